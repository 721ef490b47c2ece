package dev.brr.operator;

import dev.brr.operator.brrservice.ReconcilerAssembly;
import dev.brr.operator.config.OperatorConfig;
import dev.brr.operator.config.OperatorConfigException;
import dev.brr.operator.observability.ManagementServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the operator until it is told to stop. */
public final class OperatorMain implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(OperatorMain.class);

    private final KubernetesClient client;
    private final ReconcilerAssembly assembly;
    private final Operator operator;
    private final ManagementServer management;

    /**
     * Starts the operator with the given settings.
     *
     * @throws IOException where the packaged runtime or the management port cannot be had
     */
    public OperatorMain(OperatorConfig config, KubernetesClient client) throws IOException {
        this.client = client;
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        assembly = new ReconcilerAssembly(config, client, Clock.systemUTC());
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(MicrometerMetricsV2.newBuilder(registry).build()));
        operator.register(assembly.reconciler(), configuration -> {
            if (!config.watchNamespaces().isEmpty()) {
                configuration.settingNamespaces(config.watchNamespaces());
            }
        });
        management = new ManagementServer(
                config.managementPort(),
                () -> true,
                () -> operator.getRuntimeInfo().isStarted()
                        && operator.getRuntimeInfo().allEventSourcesAreHealthy(),
                registry::scrape);
        operator.start();
        LOGGER.atInfo()
                .addKeyValue("registry", config.registry())
                .addKeyValue("namespaces", config.watchNamespaces().isEmpty() ? "all" : config.watchNamespaces())
                .addKeyValue("managementPort", management.port())
                .log("operator runs");
    }

    /** Starts the operator with settings from the environment. */
    @SuppressWarnings("SystemOut") // before logging is of use: what is wrong belongs on the terminal
    public static void main(String[] arguments) throws IOException {
        try {
            var config = OperatorConfig.from(System.getenv());
            var main = new OperatorMain(config, new KubernetesClientBuilder().build());
            Runtime.getRuntime().addShutdownHook(new Thread(main::close, "shutdown"));
        } catch (OperatorConfigException e) {
            System.err.println("brr-operator: " + e.getMessage());
            System.exit(2);
        }
    }

    @Override
    public void close() {
        operator.stop();
        assembly.close();
        management.close();
        client.close();
    }
}
