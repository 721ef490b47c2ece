package dev.brr.runtime.server;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.dispatch.BuiltIns;
import dev.brr.runtime.dispatch.Dispatcher;
import dev.brr.runtime.dispatch.Readiness;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.metrics.RuntimeMetrics;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A running service. */
public final class BrrServer implements AutoCloseable {
    private static final String MANAGEMENT = "management";
    /** Longer than any target that is answered, so that the answer to a longer one is a 414 of ours. */
    private static final int MAX_PROLOGUE = 4 * Dispatcher.MAX_TARGET;

    private static final int MAX_HEADERS = 32 * 1024;

    private final WebServer server;
    private final Readiness readiness;
    private final RuntimeMetrics metrics;
    private final ServicePlan plan;
    private final boolean hasManagementPort;

    private BrrServer(
            WebServer server, Readiness readiness, RuntimeMetrics metrics, ServicePlan plan, boolean management) {
        this.server = server;
        this.readiness = readiness;
        this.metrics = metrics;
        this.plan = plan;
        this.hasManagementPort = management;
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
        BuiltIns builtIns = new BuiltIns(plan.text(), jemalloc, metrics, readiness);
        Dispatcher dispatcher = Dispatcher.compile(plan.document(), plan.settings(), metrics);
        boolean management = config.listen().managementPort().isPresent();
        ServiceEndpoint service = new ServiceEndpoint(
                management ? Optional.empty() : Optional.of(builtIns), dispatcher, metrics, readiness);
        WebServerConfig.Builder builder = WebServer.builder()
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .routing(routing -> routing.any(service));
        listener(builder, config, config.listen().port());
        config.listen()
                .managementPort()
                .ifPresent(port -> builder.putSocket(MANAGEMENT, socket -> {
                    listener(socket, config, port);
                    socket.addRouting(HttpRouting.builder().any(new ManagementEndpoint(builtIns, readiness)));
                }));
        WebServer started = builder.build().start();
        if (!started.isRunning()) {
            metrics.close();
            throw new StartupException(List.of(reason(config)));
        }
        return new BrrServer(started, readiness, metrics, plan, management);
    }

    /** The web server does not say why it did not start; binding the same addresses does. */
    private static String reason(RuntimeConfig config) {
        List<Integer> ports = new ArrayList<>(List.of(config.listen().port()));
        config.listen().managementPort().ifPresent(ports::add);
        for (int port : ports) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(config.listen().host(), port));
            } catch (IOException | IllegalArgumentException e) {
                return "cannot listen on " + config.listen().host() + ":" + port + ": " + e.getMessage();
            }
        }
        return "cannot listen on " + config.listen().host() + ":" + ports;
    }

    private static void listener(ListenerConfig.BuilderBase<?, ?> listener, RuntimeConfig config, int port) {
        listener.host(config.listen().host());
        listener.port(port);
        listener.shutdownGracePeriod(config.shutdown().drainTimeout());
        listener.directHandlers(ProtocolProblems.handlers());
        // Else the second write of a long answer waits for the client's delayed acknowledgement, 40 milliseconds.
        listener.connectionOptions(options -> options.tcpNoDelay(true));
        listener.protocolsDiscoverServices(false);
        listener.addProtocol(Http1Config.builder()
                .maxPrologueLength(MAX_PROLOGUE)
                .maxHeadersSize(MAX_HEADERS)
                .validatePrologue(false)
                .build());
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** The port of health, readiness, metrics and the document. */
    public int managementPort() {
        return hasManagementPort ? server.port(MANAGEMENT) : server.port();
    }

    /** What it serves. */
    public ServicePlan plan() {
        return plan;
    }

    /** Says that it is not ready, takes no more connections, lets the requests in flight end, and stops. */
    @Override
    public void close() {
        readiness.end();
        server.stop();
        metrics.close();
    }
}
