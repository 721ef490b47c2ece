package dev.brr.runtime.blackbox;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last pieces of evidence, each in a folder of its own, bounded in number and in bytes.
 *
 * <p>A folder is written under another name, forced to the disk and renamed: whoever is killed in the middle leaves either
 * all of it or a rest that the next run removes. On a full volume the oldest goes, too. Safe for use by many threads of one
 * process.
 */
final class EvidenceRing {
    private static final Logger LOG = System.getLogger(EvidenceRing.class.getName());
    private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z-[a-z0-9_]+-[0-9a-f]{8}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String UNFINISHED = ".unfinished-";

    private final Volume volume;
    private final Path directory;
    private final String run;
    private final int most;
    private final long mostBytes;

    private EvidenceRing(Volume volume, Path directory, String run, int most, long mostBytes) {
        this.volume = volume;
        this.directory = directory;
        this.run = run;
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /**
     * Opens the ring, makes its folder if there is none, and removes what a former run did not finish.
     *
     * @param run eight hexadecimal digits that tell this run from others
     * @throws IOException when the folder cannot be made or written
     */
    static EvidenceRing open(Path directory, String run, int most, long mostBytes) throws IOException {
        return open(Volume.ofFiles(), directory, run, most, mostBytes);
    }

    static EvidenceRing open(Volume volume, Path directory, String run, int most, long mostBytes) throws IOException {
        Files.createDirectories(directory);
        EvidenceRing ring = new EvidenceRing(volume, directory, run, most, mostBytes);
        for (Path child : ring.children()) {
            if (child.getFileName().toString().startsWith(UNFINISHED)) {
                delete(child);
            }
        }
        ring.trim();
        return ring;
    }

    /**
     * Keeps evidence, and lets the oldest go beyond the bounds, or where the volume has no room for it.
     *
     * @param files contents by name
     * @throws IOException when it cannot be written, is larger than the ring, or would have no room on the volume even
     *     without any other evidence: then none of that is lost
     */
    synchronized Evidence keep(KeptReason reason, Instant taken, Map<String, byte[]> files) throws IOException {
        long bytes =
                files.values().stream().mapToLong(content -> content.length).sum();
        if (bytes > mostBytes) {
            throw new IOException(
                    "evidence of %d bytes is larger than the ring: see blackbox.bytes, %d".formatted(bytes, mostBytes));
        }
        String name = TIME.format(taken) + "-" + reason.tag() + "-" + run;
        long wanted = Volume.BLOCK
                + files.values().stream()
                        .mapToLong(content -> Volume.blocks(content.length))
                        .sum();
        while (true) {
            try {
                write(name, files);
                break;
            } catch (IOException e) {
                makeRoom(wanted, e);
            }
        }
        trim();
        return evidence(directory.resolve(name));
    }

    private void write(String name, Map<String, byte[]> files) throws IOException {
        Path unfinished = directory.resolve(UNFINISHED + name);
        try {
            Files.createDirectories(unfinished);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                volume.write(unfinished.resolve(file.getKey()), file.getValue());
            }
            force(unfinished);
            Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            force(directory);
        } catch (IOException e) {
            delete(unfinished);
            throw e;
        }
    }

    /** Drops the oldest piece; gives the failure back where it is another one, or all pieces together were too few. */
    private void makeRoom(long wanted, IOException failure) throws IOException {
        long usable = volume.usableBytes(directory);
        if (!Volume.isFull(failure, usable, wanted)) {
            throw failure;
        }
        List<Evidence> all = list();
        long taken = all.stream().mapToLong(EvidenceRing::onVolume).sum();
        if (all.isEmpty() || wanted - usable > taken) {
            throw new IOException(
                    "the volume of %s is full: evidence takes %d bytes, %d are free, and the %d pieces of evidence that are there take %d"
                            .formatted(directory, wanted, usable, all.size(), taken),
                    failure);
        }
        Evidence oldest = all.getFirst();
        LOG.log(
                Level.WARNING,
                "The volume of {0} is full: the oldest evidence, {1}, goes to make room",
                directory,
                oldest.name());
        delete(directory.resolve(oldest.name()));
    }

    /** Lists what there is, oldest first. */
    synchronized List<Evidence> list() throws IOException {
        List<Evidence> all = new ArrayList<>();
        for (Path child : children()) {
            if (NAME.matcher(child.getFileName().toString()).matches()) {
                all.add(evidence(child));
            }
        }
        return List.copyOf(all);
    }

    /** Reads a file of a piece of evidence; nothing when there is no such piece or file. */
    synchronized Optional<byte[]> read(String name, String file) throws IOException {
        for (Evidence evidence : list()) {
            if (evidence.name().equals(name) && evidence.files().containsKey(file)) {
                return Optional.of(Files.readAllBytes(directory.resolve(name).resolve(file)));
            }
        }
        return Optional.empty();
    }

    /** When evidence was taken, as its name says. */
    static Instant taken(Evidence evidence) {
        return TIME.parse(evidence.name().substring(0, evidence.name().indexOf('-')), Instant::from);
    }

    private void trim() throws IOException {
        List<Evidence> all = new ArrayList<>(list());
        long bytes = all.stream().mapToLong(Evidence::bytes).sum();
        while (!all.isEmpty() && (all.size() > most || bytes > mostBytes)) {
            Evidence oldest = all.removeFirst();
            bytes -= oldest.bytes();
            delete(directory.resolve(oldest.name()));
        }
    }

    private Evidence evidence(Path folder) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path file : children.toList()) {
                files.put(file.getFileName().toString(), Files.size(file));
            }
        }
        String name = folder.getFileName().toString();
        return new Evidence(name, files, !name.endsWith("-" + run));
    }

    private List<Path> children() throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static long onVolume(Evidence evidence) {
        return Volume.BLOCK
                + evidence.files().values().stream().mapToLong(Volume::blocks).sum();
    }

    /** A rename is on the disk when its folder is. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path folder) throws IOException {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException _) {
            // it was not begun
        }
    }
}
