package dev.brr.runtime.server;

import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.config.TlsSettings;
import dev.brr.runtime.dispatch.Dispatcher;
import io.helidon.common.tls.Tls;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ports that a service listens on. */
final class Listeners implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Listeners.class.getName());
    private static final String MANAGEMENT = "management";
    /** Longer than any target that is answered, so that the answer to a longer one is a 414 of ours. */
    private static final int MAX_PROLOGUE = 4 * Dispatcher.MAX_TARGET;

    private final RuntimeConfig config;
    private final WebServerConfig.Builder builder;
    private final List<ConnectionWatchdog> watchdogs = new ArrayList<>();
    private Optional<WebServer> server = Optional.empty();
    private volatile Optional<TlsFiles> tlsFiles = Optional.empty();
    private Optional<FileWatch> tlsWatch = Optional.empty();
    private Optional<ListenerWatch> listenerWatch = Optional.empty();

    /**
     * @param service what answers on the service's port
     * @param answers where what is no request on that port is noted
     */
    Listeners(RuntimeConfig config, Handler service, EarlyAnswers answers) throws StartupException {
        this.config = config;
        withoutDiscovery();
        this.builder = WebServer.builder()
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .routing(routing -> routing.any(service));
        listener(
                builder,
                config.listen().port(),
                Optional.of(answers),
                DescriptorLimit.forService(config.connections().max(), DescriptorLimit.left()));
        tellIfFewer();
        if (config.listen().tls().isPresent()) {
            TlsSettings settings = config.listen().tls().get();
            TlsFiles files = read(settings);
            builder.tls(tls(files, settings));
            tlsFiles = Optional.of(files);
        }
    }

    /** The server is told all that it needs; else it would look through every jar for services of its own. */
    private static void withoutDiscovery() {
        if (!GlobalServiceRegistry.configured()) {
            GlobalServiceRegistry.registry(ServiceRegistryManager.create(ServiceRegistryConfig.builder()
                            .discoverServices(false)
                            .discoverServicesFromServiceLoader(false)
                            .build())
                    .registry());
        }
    }

    private static TlsFiles read(TlsSettings settings) throws StartupException {
        try {
            return TlsFiles.read(settings);
        } catch (IOException e) {
            throw new StartupException(List.of("a file of TLS cannot be read: " + e));
        }
    }

    private static Tls tls(TlsFiles files, TlsSettings settings) throws StartupException {
        try {
            return files.tls();
        } catch (GeneralSecurityException e) {
            throw new StartupException(List.of("TLS cannot be served from " + settings.certificateFile() + " and "
                    + settings.keyFile() + ": " + e.getMessage()));
        }
    }

    private void watchTls(WebServer started, TlsSettings settings) {
        tlsWatch = Optional.of(new FileWatch("TLS certificate", settings.reloadInterval(), () -> {
            TlsFiles files = TlsFiles.read(settings);
            if (!files.isSameAs(tlsFiles.orElseThrow())) {
                started.reloadTls(files.tls());
                tlsFiles = Optional.of(files);
                LOG.log(Level.INFO, "The TLS certificate is read anew from {0}", settings.certificateFile());
            }
        }));
    }

    /** Adds the management port; a flood of connections to the service leaves it alone. */
    void management(int port, Handler handler) {
        builder.putSocket(MANAGEMENT, socket -> {
            listener(
                    socket,
                    port,
                    Optional.empty(),
                    DescriptorLimit.forManagement(config.connections().max(), DescriptorLimit.left()));
            socket.addRouting(HttpRouting.builder().any(handler));
        });
    }

    private void listener(
            ListenerConfig.BuilderBase<?, ?> listener,
            int port,
            Optional<EarlyAnswers> answers,
            DescriptorLimit.Connections connections) {
        listener.host(config.listen().host());
        listener.port(port);
        listener.shutdownGracePeriod(config.shutdown().drainTimeout());
        listener.directHandlers(ProtocolProblems.handlers(config.limits().maxHeaderBytes(), answers));
        // Else the second write of a long answer waits for the client's delayed acknowledgement, 40 milliseconds.
        listener.connectionOptions(options -> options.tcpNoDelay(true));
        listener.protocolsDiscoverServices(false);
        // The watchdog knows better which connections are idle.
        listener.idleConnectionTimeout(Duration.ofDays(365));
        listener.idleConnectionPeriod(Duration.ofDays(1));
        listener.maxTcpConnections(connections.accepted());
        ConnectionWatchdog watchdog =
                new ConnectionWatchdog(config.connections().withMax(connections.served()), config.limits());
        watchdogs.add(watchdog);
        Http1Config http = Http1Config.builder()
                .maxPrologueLength(MAX_PROLOGUE)
                .maxHeadersSize(config.limits().maxHeaderBytes())
                .validatePrologue(false)
                // HostHeader does, for less.
                .validateRequestHostHeader(false)
                // What was asked and answered is for the access log to say.
                .receiveLog(false)
                .sendLog(false)
                // HTTP/1.1 keeps a connection unless it says otherwise (RFC 9112, section 9.3).
                .sendKeepAliveHeader(false)
                // What others than this service name or write is checked where it is set (ReplySender).
                .validateResponseHeaders(false)
                .build();
        listener.addConnectionSelector(new WatchedProtocol(http, watchdog, answers));
    }

    private void tellIfFewer() {
        int served = watchdog().max();
        if (served < config.connections().max()) {
            LOG.log(
                    Level.WARNING,
                    "The limit of open files is too low for {0} connections: {1} are served at a time",
                    config.connections().max(),
                    served);
        }
    }

    /** What sees the connections of the service's port. */
    ConnectionWatchdog watchdog() {
        return watchdogs.getFirst();
    }

    /** Begins to listen. */
    void start() throws StartupException {
        WebServer started = builder.build();
        Map<String, Thread> threads = AcceptingThreads.startedBy(started::start);
        if (!started.isRunning()) {
            close();
            throw new StartupException(List.of(reason()));
        }
        server = Optional.of(started);
        listenerWatch = ListenerWatch.start(listeners(started, threads));
        config.listen().tls().ifPresent(settings -> watchTls(started, settings));
    }

    private List<ListenerWatch.Listener> listeners(WebServer started, Map<String, Thread> threads) {
        List<ListenerWatch.Listener> listeners = new ArrayList<>();
        listeners.add(listener(started.port(), threads.get(WebServer.DEFAULT_SOCKET_NAME)));
        if (config.listen().managementPort().isPresent()) {
            listeners.add(listener(started.port(MANAGEMENT), threads.get(MANAGEMENT)));
        }
        return listeners;
    }

    private ListenerWatch.Listener listener(int port, @Nullable Thread thread) {
        return new ListenerWatch.Listener(config.listen().host(), port, Optional.ofNullable(thread));
    }

    /** The web server does not say why it did not start; binding the same addresses does. */
    private String reason() {
        String host = config.listen().host();
        List<Integer> ports = new ArrayList<>(List.of(config.listen().port()));
        config.listen().managementPort().ifPresent(ports::add);
        for (int port : ports) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(host, port));
            } catch (IOException | IllegalArgumentException e) {
                return "cannot listen on " + host + ":" + port + ": " + e.getMessage();
            }
        }
        return "cannot listen on " + host + ":" + ports;
    }

    /** The service's port. */
    int port() {
        return server.orElseThrow().port();
    }

    /** The port of health, readiness, metrics and the document. */
    int managementPort() {
        return config.listen().managementPort().isPresent()
                ? server.orElseThrow().port(MANAGEMENT)
                : port();
    }

    /** Takes no more connections, and lets the requests in flight end. */
    @Override
    public void close() {
        tlsWatch.ifPresent(FileWatch::close);
        listenerWatch.ifPresent(ListenerWatch::close);
        server.ifPresent(WebServer::stop);
        watchdogs.forEach(ConnectionWatchdog::close);
    }
}
