package dev.brr.operator.brrservice;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Says whether the cluster knows PodMonitors, and looks again once a minute. */
final class InstalledPodMonitors implements BooleanSupplier {

    private static final String CRD = "podmonitors.monitoring.coreos.com";
    private static final Duration LASTS = Duration.ofMinutes(1);

    private record Look(boolean installed, Instant at) {}

    private final KubernetesClient client;
    private final Clock clock;
    private volatile Look last = new Look(false, Instant.MIN);

    InstalledPodMonitors(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public boolean getAsBoolean() {
        var now = clock.instant();
        if (last.at().isBefore(now.minus(LASTS))) {
            var crd = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(CRD)
                    .get();
            last = new Look(crd != null, now);
        }
        return last.installed();
    }
}
