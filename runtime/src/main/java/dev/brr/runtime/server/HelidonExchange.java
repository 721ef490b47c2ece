package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.Exchange;
import dev.brr.runtime.dispatch.LimitedInput;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as Helidon has it. */
final class HelidonExchange implements Exchange {
    /** More than any document asks for. */
    private static final HeaderNameCache NAMES = new HeaderNameCache(1024);

    private static final long SMALL_REST = 64L * 1024;
    private static final long UNREAD = -2;

    private final ServerRequest request;
    private long contentLength = UNREAD;
    private boolean bodyRead;
    private boolean close;
    private boolean answered;
    private @Nullable String traceParent;

    HelidonExchange(ServerRequest request) {
        this.request = request;
    }

    @Override
    public String method() {
        return request.prologue().method().text();
    }

    /**
     * A client may name the whole URL, as it would to a proxy; what comes before the path does not count then. Of what is
     * neither a path nor a URL of HTTP, all is given: it begins with no slash.
     */
    @Override
    public String rawPath() {
        String path = request.prologue().uriPath().rawPath();
        if (path.startsWith("/")) {
            return path;
        }
        int authority = isPrefix("http://", path) ? 7 : isPrefix("https://", path) ? 8 : -1;
        if (authority < 0) {
            return path;
        }
        int slash = path.indexOf('/', authority);
        return slash < 0 ? "/" : path.substring(slash);
    }

    private static boolean isPrefix(String prefix, String text) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    @Override
    public String rawQuery() {
        return request.prologue().query().rawValue();
    }

    /** Has the request seem to belong to a span of the service's own. */
    void traceParent(String text) {
        traceParent = text;
    }

    @Override
    public List<String> header(String name) {
        if (traceParent != null && name.equals("traceparent")) {
            return List.of(traceParent);
        }
        HeaderName key = NAMES.of(name);
        return request.headers().contains(key) ? request.headers().get(key).allValues() : List.of();
    }

    @Override
    public InetAddress remoteAddress() {
        return request.remotePeer().address() instanceof InetSocketAddress socket && socket.getAddress() != null
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    @Override
    public long contentLength() {
        if (contentLength == UNREAD) {
            contentLength = request.content().hasEntity()
                    ? request.headers().contentLength().orElse(-1)
                    : 0;
        }
        return contentLength;
    }

    @Override
    public byte[] body(long limit) throws IOException {
        ConnectionWatch watch = WatchedConnection.current().watch();
        watch.bodyBegins();
        try (InputStream stream = input()) {
            // A body of known length gets an array of that length, as far as it comes.
            long length = contentLength();
            byte[] bytes = length > 0 && length <= limit
                    ? stream.readNBytes((int) length)
                    : stream.readNBytes((int) Math.min(limit, Integer.MAX_VALUE - 9) + 1);
            if (bytes.length > limit || (bytes.length == length && stream.read() >= 0)) {
                throw new BodyTooLargeException();
            }
            bodyRead = true;
            watch.enter(ConnectionWatch.Phase.WORK);
            return bytes;
        }
    }

    @Override
    public InputStream bodyStream(long limit) {
        ConnectionWatch watch = WatchedConnection.current().watch();
        watch.bodyBegins();
        return new LimitedInput(input(), limit) {
            @Override
            public void close() throws IOException {
                bodyRead = hasEnded();
                watch.enter(ConnectionWatch.Phase.WORK);
                if (bodyRead) {
                    super.close();
                }
            }
        };
    }

    private InputStream input() {
        InputStream in = request.content().inputStream();
        return contentLength() >= 0 ? in : new ChunkedInput(in, WatchedConnection.current());
    }

    /** How many names of headers it has. */
    int headers() {
        return request.headers().size();
    }

    /** Notes that an answer is on its way. */
    void answered() {
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    /** Has the connection closed after this answer, as if the client wanted that. */
    void closeAfterwards() {
        close = true;
    }

    /** Whether the client wants the connection closed after this answer. */
    boolean wantsClose() {
        return close
                || request.headers().contains(HeaderNames.CONNECTION)
                        && request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /** Whether so much of the body may be left that it is better to close the connection than to read it. */
    boolean leavesBody() {
        long length = contentLength();
        return length != 0 && !bodyRead && (length < 0 || length > SMALL_REST);
    }
}
