package dev.brr.runtime.server;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.dispatch.BuiltIns;
import dev.brr.runtime.dispatch.Dispatcher;
import dev.brr.runtime.dispatch.Readiness;
import dev.brr.runtime.document.CalledOrigins;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.logging.AccessLog;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.profiling.HeapEndpoints;
import dev.brr.runtime.profiling.InUseByOperation;
import dev.brr.runtime.tracing.SpanExporter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A running service. */
public final class BrrServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(BrrServer.class.getName());
    private static final Duration RELOAD_INTERVAL = Duration.ofMillis(500);

    private final RuntimeConfig config;
    private final HandlerDiscovery handlers;
    private final Jemalloc jemalloc = Jemalloc.probe();
    private final RuntimeMetrics metrics;
    private final Readiness readiness = new Readiness();
    private final HeapEndpoints heap;
    private final InUseByOperation inUse;
    private final ServiceEndpoint service;
    private final Optional<ManagementEndpoint> management;
    private final Optional<AccessLog> accessLog;
    private final Optional<SpanExporter> spans;
    private final Listeners listeners;
    private final MemoryWatch memory;
    private final Optional<FileWatch> documentWatch;
    private volatile ServicePlan plan;

    private BrrServer(RuntimeConfig config, HandlerDiscovery handlers, OutputStream out, LongSupplier nanoTime)
            throws StartupException {
        this.config = config;
        this.handlers = handlers;
        this.plan = ServicePlan.of(config, handlers);
        this.metrics = new RuntimeMetrics(jemalloc);
        countMemoryByOperation();
        this.memory = MemoryWatch.start(jemalloc, config.memory(), metrics.memory()::profiled, nanoTime);
        memory.bindTo(metrics.registry());
        this.inUse = InUseByOperation.watch(jemalloc, metrics.memory()::profiled);
        this.heap = new HeapEndpoints(jemalloc, config.debug().tokenFile(), memory.blackBox(), metrics.memory());
        BuiltIns builtIns = builtIns(plan);
        EventStreams streams = new EventStreams(config.limits().maxEventStreams());
        streams.bindTo(metrics.registry());
        ReplySender sender = new ReplySender(
                readiness, streams, new Compression(config.answers().compressMinBytes()));
        this.accessLog = accessLog(out);
        this.spans = spans();
        Optional<Integer> managementPort = config.listen().managementPort();
        this.management = managementPort.map(_ -> new ManagementEndpoint(builtIns, sender));
        this.service = new ServiceEndpoint(
                serving(plan, builtIns, managementPort.isPresent()),
                metrics,
                sender,
                config.limits().maxHeaders(),
                accessLog,
                spans);
        this.listeners = listen();
        this.documentWatch = config.document().reload()
                ? Optional.of(new FileWatch("document", RELOAD_INTERVAL, this::reload))
                : Optional.empty();
    }

    private Optional<AccessLog> accessLog(OutputStream out) {
        Optional<AccessLog> log = config.observability().accessLog()
                ? Optional.of(new AccessLog(out, config.observability().accessLogQueue()))
                : Optional.empty();
        log.ifPresent(some -> some.bindTo(metrics.registry()));
        return log;
    }

    private Optional<SpanExporter> spans() {
        Optional<SpanExporter> exporter = config.observability()
                .tracing()
                .map(tracing -> new SpanExporter(TracingPlan.target(tracing, plan.document())));
        exporter.ifPresent(some -> some.bindTo(metrics.registry()));
        return exporter;
    }

    /** Files for TLS that cannot be used end the start as a port does that is taken: nobody was killed. */
    private Listeners listen() throws StartupException {
        try {
            Listeners opened = new Listeners(config, service, new EarlyAnswers(metrics, accessLog));
            management.ifPresent(endpoint ->
                    opened.management(config.listen().managementPort().orElseThrow(), endpoint));
            opened.watchdog().bindTo(metrics.registry());
            opened.start();
            return opened;
        } catch (StartupException e) {
            inUse.close();
            memory.close();
            spans.ifPresent(SpanExporter::close);
            metrics.close();
            throw e;
        }
    }

    private BuiltIns builtIns(ServicePlan plan) {
        return new BuiltIns(plan.text(), CalledOrigins.of(plan.document()), jemalloc, metrics, readiness, heap::answer);
    }

    private void countMemoryByOperation() {
        if (config.observability().memoryByOperation() && jemalloc instanceof Jemalloc.Loaded) {
            metrics.memory()
                    .count()
                    .ifPresent(reason -> LOG.log(Level.INFO, "What operations allocate is not counted: {0}", reason));
        }
    }

    private ServiceEndpoint.Serving serving(ServicePlan plan, BuiltIns builtIns, boolean elsewhere) {
        return new ServiceEndpoint.Serving(
                elsewhere ? Optional.empty() : Optional.of(builtIns),
                Dispatcher.compile(plan.document(), plan.settings(), metrics));
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
        return start(config, handlers, System.out);
    }

    /** Starts to serve with given handlers, and an output for the access log. */
    static BrrServer start(RuntimeConfig config, HandlerDiscovery handlers, OutputStream out) throws StartupException {
        return new BrrServer(config, handlers, out, System::nanoTime);
    }

    /** Starts to serve with given handlers, and another clock for what takes hours. */
    static BrrServer start(RuntimeConfig config, HandlerDiscovery handlers, LongSupplier nanoTime)
            throws StartupException {
        return new BrrServer(config, handlers, System.out, nanoTime);
    }

    /** Serves the document as it is now, if it changed and can be served; requests in flight end with the old one. */
    private void reload() throws IOException, StartupException {
        if (Files.readString(config.document().spec()).equals(plan.text())) {
            return;
        }
        ServicePlan next = ServicePlan.of(config, handlers);
        BuiltIns builtIns = builtIns(next);
        service.serve(serving(next, builtIns, management.isPresent()));
        management.ifPresent(endpoint -> endpoint.serve(builtIns));
        plan = next;
        LOG.log(
                Level.INFO,
                "The document is read anew: {0} {1}, {2} operations",
                next.document().title(),
                next.document().version(),
                next.document().operations().size());
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

    /**
     * Says that it is not ready; goes on to serve for as long as others may take to learn of it; then takes no more
     * connections, lets the requests in flight end, and stops.
     */
    @Override
    public void close() {
        readiness.end();
        documentWatch.ifPresent(FileWatch::close);
        try {
            Thread.sleep(config.shutdown().delay());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        listeners.close();
        memory.close();
        accessLog.ifPresent(AccessLog::close);
        spans.ifPresent(SpanExporter::close);
        inUse.close();
        metrics.close();
    }
}
