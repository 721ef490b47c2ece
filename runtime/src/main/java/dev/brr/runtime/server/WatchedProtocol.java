package dev.brr.runtime.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Optional;
import java.util.Set;

/** HTTP/1.1, and HTTP/1.0 in its clothes, on connections that a watchdog sees. */
final class WatchedProtocol implements ServerConnectionSelector {
    private final ServerConnectionSelector http;
    private final ConnectionWatchdog watchdog;
    private final Optional<EarlyAnswers> answers;
    private final int maxHead;

    /** @param answers where what connections are answered before there is a request is noted, if anywhere */
    WatchedProtocol(Http1Config config, ConnectionWatchdog watchdog, Optional<EarlyAnswers> answers) {
        this.http = Http1ConnectionSelector.builder().config(config).build();
        this.watchdog = watchdog;
        this.answers = answers;
        this.maxHead = config.maxHeadersSize();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new WatchedConnection(watchdog, http, context, answers, maxHead);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }
}
