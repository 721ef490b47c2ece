package dev.brr.operator.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.brr.api.v1alpha1.BrrService;

/** Makes the Grafana dashboard of a service. */
public final class HeapDashboard {

    private HeapDashboard() {}

    /** Returns the dashboard as Grafana's JSON, the same bytes for the same service. */
    public static String json(BrrService service) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schemaVersion", 41)
                .put("title", service.getMetadata().getName())
                .toPrettyString();
    }
}
