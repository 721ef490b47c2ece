package dev.brr.operator.dashboard;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.tuning.WantedTuning;
import java.time.Duration;
import java.util.List;

/** Makes the Grafana dashboard of a service. */
public final class HeapDashboard {

    private HeapDashboard() {}

    /** Returns the dashboard as Grafana's JSON, the same bytes for the same service. */
    public static String json(BrrService service) {
        return GrafanaJson.of(dashboard(service));
    }

    /**
     * Returns every query of the dashboard as Prometheus takes it, for all pods.
     *
     * @param rateInterval what rates look back over, in Grafana's place; at least twice the scrape interval
     */
    public static List<String> queries(BrrService service, Duration rateInterval) {
        var dashboard = dashboard(service);
        return dashboard
                .panels()
                .flatMap(panel -> panel.targets().stream())
                .map(dashboard::query)
                .map(query -> query.replace("$__rate_interval", rateInterval.toSeconds() + "s")
                        .replace("$pod", ".*"))
                .distinct()
                .toList();
    }

    static Dashboard dashboard(BrrService service) {
        return Dashboard.of(service, WantedTuning.decide(service.getSpec()));
    }
}
