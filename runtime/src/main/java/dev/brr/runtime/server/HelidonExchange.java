package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.Exchange;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A request as Helidon has it. */
final class HelidonExchange implements Exchange {
    /** The names come from the document, so there are not many. */
    private static final Map<String, HeaderName> NAMES = new ConcurrentHashMap<>();

    private final ServerRequest request;
    private boolean bodyRead;

    HelidonExchange(ServerRequest request) {
        this.request = request;
    }

    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public String rawPath() {
        return request.prologue().uriPath().rawPath();
    }

    @Override
    public String rawQuery() {
        return request.prologue().query().rawValue();
    }

    @Override
    public List<String> header(String name) {
        HeaderName key = NAMES.get(name);
        if (key == null) {
            key = NAMES.computeIfAbsent(name, HeaderNames::create);
        }
        return request.headers().contains(key) ? request.headers().get(key).allValues() : List.of();
    }

    @Override
    public long contentLength() {
        if (!request.content().hasEntity()) {
            return 0;
        }
        return request.headers().contentLength().orElse(-1);
    }

    @Override
    public byte[] body(long limit) throws IOException, BodyTooLargeException {
        try (InputStream stream = request.content().inputStream()) {
            byte[] bytes = stream.readNBytes((int) Math.min(limit, Integer.MAX_VALUE - 9) + 1);
            if (bytes.length > limit) {
                throw new BodyTooLargeException();
            }
            bodyRead = true;
            return bytes;
        }
    }

    /** Whether so much of the body may be left that it is better to close the connection than to read it. */
    boolean leavesBody() {
        long length = contentLength();
        return length != 0 && !bodyRead && (length < 0 || length > 64 * 1024);
    }
}
