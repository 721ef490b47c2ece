package dev.brr.operator.dashboard;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.jemalloc.conf.Tuning;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says what a service's dashboard shows, before it is anybody's JSON.
 *
 * @param uid the name by which Grafana knows it, at most 40 characters, the same for the same namespace and name
 * @param title namespace and name: within a folder Grafana wants titles that differ
 * @param everyPod which series are the service's
 * @param rows the panels
 */
record Dashboard(String uid, String title, ServiceSelector everyPod, List<Row> rows) {

    private static final int UID_BYTES = 16;

    Dashboard {
        rows = List.copyOf(rows);
    }

    /** Returns the dashboard of a service that wants a tuning. */
    static Dashboard of(BrrService service, Tuning.Decision tuning) {
        var metadata = service.getMetadata();
        return new Dashboard(
                uid(metadata.getNamespace(), metadata.getName()),
                metadata.getNamespace() + " / " + metadata.getName(),
                ServiceSelector.everyPod(service),
                List.of(
                        MemoryPanels.row(),
                        AllocationPanels.row(tuning),
                        OperationPanels.row(),
                        JvmPanels.row(),
                        RequestPanels.requests(),
                        RequestPanels.cpu()));
    }

    /** Returns every panel, row by row. */
    Stream<Panel> panels() {
        return rows.stream().flatMap(row -> row.panels().stream());
    }

    /** Returns what a target asks for, about the chosen pods. */
    String query(Target target) {
        return everyPod.chosenPods().in(target.expression());
    }

    /** Hashes, because both names may hold the characters that would keep them apart. */
    private static String uid(String namespace, String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((namespace + "/" + name).getBytes(StandardCharsets.UTF_8));
            return "brr-" + HexFormat.of().formatHex(digest, 0, UID_BYTES);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
