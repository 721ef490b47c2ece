package dev.brr.runtime.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Keeps pieces of evidence on a real volume that has room for some of them, and prints what is there after each. */
final class SmallVolumeProgram {
    private SmallVolumeProgram() {}

    /** Takes the folder; the volume has 64 KiB. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        EvidenceRing ring = EvidenceRing.open(folder, "0123abcd", 100, 1 << 20);
        Instant noon = Instant.parse("2026-01-02T12:00:00Z");
        for (int i = 0; i < 5; i++) {
            print(ring, noon.plusSeconds(i), 20_000);
        }
        FormerRun former = FormerRun.follow(folder);
        print(ring, noon.plusSeconds(5), 60_000);
        print(ring, noon.plusSeconds(6), 100_000);
        Files.write(folder.resolve("others"), new byte[(int) Volume.ofFiles().usableBytes(folder)]);
        print(ring, noon.plusSeconds(7), 20_000);
        former.end();
        FormerRun.follow(folder);
        System.out.println("killed=" + FormerRun.follow(folder).killed());
    }

    private static void print(EvidenceRing ring, Instant taken, int bytes) throws IOException {
        String outcome = "kept";
        try {
            ring.keep(KeptReason.limit(80), taken, Map.of("x", new byte[bytes]));
        } catch (IOException e) {
            outcome = String.valueOf(e.getMessage()).replaceFirst(".* is (full).*", "$1");
        }
        List<String> seconds = ring.list().stream()
                .map(evidence -> evidence.name().substring(13, 15))
                .toList();
        System.out.println(outcome + " " + seconds);
    }
}
