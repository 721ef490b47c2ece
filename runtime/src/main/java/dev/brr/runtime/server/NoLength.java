package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.Reply;
import io.helidon.common.GenericType;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.mapper.Value;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderValues;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A {@code Content-Length: 0} that is not sent.
 *
 * <p>An answer with 204 must not have a length, and one with 304 none but that of the content that it stands for (RFC
 * 9110, section 8.6); Helidon (seen with 4.5.0) gives each answer without a length one.
 */
final class NoLength implements Header {
    static final Header HEADER = new NoLength();

    private final Header zero = HeaderValues.CONTENT_LENGTH_ZERO;

    private NoLength() {}

    /** Whether a reply is sent without a length; of a stream that {@code HEAD} asks for nobody knows it. */
    static boolean fits(Reply reply) {
        return reply.status() == 204 || reply.status() == 304 || reply.events().isPresent();
    }

    @Override
    public void writeHttp1Header(BufferData buffer) {
        // That is what it is for.
    }

    @Override
    public String name() {
        return zero.name();
    }

    @Override
    public HeaderName headerName() {
        return zero.headerName();
    }

    @Override
    public String get() {
        return zero.get();
    }

    @Override
    public List<String> allValues() {
        return zero.allValues();
    }

    @Override
    public int valueCount() {
        return zero.valueCount();
    }

    @Override
    public boolean sensitive() {
        return zero.sensitive();
    }

    @Override
    public boolean changing() {
        return zero.changing();
    }

    @Override
    public <N> Value<N> as(Class<N> type) {
        return zero.as(type);
    }

    @Override
    public <N> Value<N> as(GenericType<N> type) {
        return zero.as(type);
    }

    @Override
    public <N> Value<N> as(Function<? super String, ? extends N> mapper) {
        return zero.as(mapper);
    }

    @Override
    public Optional<String> asOptional() {
        return zero.asOptional();
    }

    @Override
    public Value<Boolean> asBoolean() {
        return zero.asBoolean();
    }

    @Override
    public Value<String> asString() {
        return zero.asString();
    }

    @Override
    public Value<Integer> asInt() {
        return zero.asInt();
    }

    @Override
    public Value<Long> asLong() {
        return zero.asLong();
    }

    @Override
    public Value<Double> asDouble() {
        return zero.asDouble();
    }
}
