package dev.brr.runtime.dispatch;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request put together by hand. */
final class FakeExchange implements Exchange {
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, List<String>> headers = new HashMap<>();
    private byte[] body = new byte[0];
    private boolean lengthKnown = true;
    private InetAddress remote = InetAddress.ofLiteral("192.0.2.1");

    private FakeExchange(String method, String path, String query) {
        this.method = method;
        this.path = path;
        this.query = query;
    }

    static FakeExchange of(String method, String target) {
        int mark = target.indexOf('?');
        return mark < 0
                ? new FakeExchange(method, target, "")
                : new FakeExchange(method, target.substring(0, mark), target.substring(mark + 1));
    }

    static FakeExchange get(String target) {
        return of("GET", target);
    }

    FakeExchange with(String header, String value) {
        headers.computeIfAbsent(header.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                .add(value);
        return this;
    }

    FakeExchange withBody(String contentType, String text) {
        return withBody(text).with("content-type", contentType);
    }

    /** A body of which nobody says what it is. */
    FakeExchange withBody(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    FakeExchange chunked() {
        lengthKnown = false;
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String rawPath() {
        return path;
    }

    @Override
    public String rawQuery() {
        return query;
    }

    @Override
    public List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    FakeExchange from(String address) {
        remote = InetAddress.ofLiteral(address);
        return this;
    }

    @Override
    public InetAddress remoteAddress() {
        return remote;
    }

    @Override
    public long contentLength() {
        return lengthKnown ? body.length : -1;
    }

    @Override
    public InputStream bodyStream(long limit) {
        return new LimitedInput(new ByteArrayInputStream(body), limit);
    }

    @Override
    public byte[] body(long limit) throws BodyTooLargeException {
        if (body.length > limit) {
            throw new BodyTooLargeException();
        }
        return Arrays.copyOf(body, body.length);
    }
}
