package dev.brr.runtime.server;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.profile.HeapProfiler;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.dispatch.BuiltIns;
import dev.brr.runtime.dispatch.Dispatcher;
import dev.brr.runtime.dispatch.Readiness;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.profiling.HeapEndpoints;
import java.util.Optional;

/** A running service. */
public final class BrrServer implements AutoCloseable {
    private final Listeners listeners;
    private final Readiness readiness;
    private final RuntimeMetrics metrics;
    private final ServicePlan plan;

    private BrrServer(Listeners listeners, Readiness readiness, RuntimeMetrics metrics, ServicePlan plan) {
        this.listeners = listeners;
        this.readiness = readiness;
        this.metrics = metrics;
        this.plan = plan;
    }

    /**
     * Starts to serve with the handlers that the class path has.
     *
     * @throws StartupException when the document or the configuration do not allow it, or the port is taken
     */
    public static BrrServer start(RuntimeConfig config) throws StartupException {
        return start(config, HandlerDiscovery.find());
    }

    /** Starts to serve with given handlers. */
    public static BrrServer start(RuntimeConfig config, HandlerDiscovery handlers) throws StartupException {
        ServicePlan plan = ServicePlan.of(config, handlers);
        Jemalloc jemalloc = Jemalloc.probe();
        RuntimeMetrics metrics = new RuntimeMetrics(jemalloc);
        Readiness readiness = new Readiness();
        BuiltIns builtIns = new BuiltIns(
                plan.text(),
                jemalloc,
                metrics,
                readiness,
                new HeapEndpoints(jemalloc, config.debug().tokenFile())::answer);
        nameSamplesFromTheStart(jemalloc);
        Dispatcher dispatcher = Dispatcher.compile(plan.document(), plan.settings(), metrics);
        EventStreams streams = new EventStreams(config.limits().maxEventStreams());
        streams.bindTo(metrics.registry());
        ReplySender sender = new ReplySender(readiness, streams);
        Optional<Integer> managementPort = config.listen().managementPort();
        ServiceEndpoint service = new ServiceEndpoint(
                managementPort.isPresent() ? Optional.empty() : Optional.of(builtIns),
                dispatcher,
                metrics,
                sender,
                config.limits().maxHeaders());
        Listeners listeners = new Listeners(config, service);
        managementPort.ifPresent(port -> listeners.management(port, new ManagementEndpoint(builtIns, sender)));
        listeners.watchdog().bindTo(metrics.registry());
        try {
            listeners.start();
        } catch (StartupException e) {
            metrics.close();
            throw e;
        }
        return new BrrServer(listeners, readiness, metrics, plan);
    }

    /** A process that samples from its start is to know methods and operations from its start. */
    private static void nameSamplesFromTheStart(Jemalloc jemalloc) {
        if (HeapProfiler.probe(jemalloc) instanceof HeapProfiler.Probe.Ready(HeapProfiler profiler)
                && profiler.isActive()) {
            profiler.start();
        }
    }

    /** The port that it listens on. */
    public int port() {
        return listeners.port();
    }

    /** The port of health, readiness, metrics and the document. */
    public int managementPort() {
        return listeners.managementPort();
    }

    /** What it serves. */
    public ServicePlan plan() {
        return plan;
    }

    /** Says that it is not ready, takes no more connections, lets the requests in flight end, and stops. */
    @Override
    public void close() {
        readiness.end();
        listeners.close();
        metrics.close();
    }
}
