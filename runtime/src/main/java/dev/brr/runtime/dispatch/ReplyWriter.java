package dev.brr.runtime.dispatch;

import dev.brr.runtime.contract.Json;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.OperationResponses;
import dev.brr.runtime.contract.Violation;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.handler.Response.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes what a handler answered, and holds it to the document. */
final class ReplyWriter {
    private static final MediaType JSON = MediaType.parse("application/json").orElseThrow();

    private static final int ALL = 100;

    private final int percent;
    private final IntUnaryOperator dice;

    /** @param percent how many of a hundred answers are held to the document */
    ReplyWriter(int percent) {
        this(percent, sides -> ThreadLocalRandom.current().nextInt(sides));
    }

    /** @param dice gives a number from 0 to below its argument */
    ReplyWriter(int percent, IntUnaryOperator dice) {
        this.percent = percent;
        this.dice = dice;
    }

    private boolean validates() {
        return percent >= ALL || (percent > 0 && dice.applyAsInt(ALL) < percent);
    }

    /** A reply, and where it departs from the document. */
    record Written(Reply reply, List<Violation> violations) {}

    /** Writes a response; {@code negotiated} is its media type unless it names one itself. */
    Written write(Response response, OperationResponses responses, Optional<MediaType> negotiated) {
        boolean validates = validates();
        Optional<MediaType> declared = response.mediaType().flatMap(MediaType::parse);
        MediaType type = declared.or(() -> response.status() < 300 ? negotiated : Optional.empty())
                .orElse(JSON);
        String contentType = response.mediaType().orElseGet(type::essence);
        JsonNode tree = null;
        Reply reply;
        switch (response.body()) {
            case Body.None _ -> reply = reply(response, null, new byte[0]);
            case Body.Bytes bytes -> {
                reply = reply(response, contentType, bytes.bytes());
                tree = validates && type.isJson() ? Json.MAPPER.readTree(bytes.bytes()) : null;
            }
            case Body.Events events ->
                reply = new Reply(
                        response.status(), contentType, headers(response), new byte[0], Optional.of(events.source()));
            case Body.Of of -> {
                if (type.isJson()) {
                    tree = validates ? Json.MAPPER.valueToTree(of.value()) : null;
                    Object value = tree == null ? of.value() : tree;
                    reply = reply(response, contentType, Json.MAPPER.writeValueAsBytes(value));
                } else {
                    reply = reply(response, contentType, text(of.value()));
                }
            }
        }
        return new Written(reply, validates ? violations(response, responses, type, tree) : List.of());
    }

    private static List<Violation> violations(
            Response response, OperationResponses responses, MediaType type, @Nullable JsonNode tree) {
        Optional<MediaType> sent = response.body() instanceof Body.None ? Optional.empty() : Optional.of(type);
        return responses.validate(response.status(), sent, tree, headerNames(response));
    }

    private static Set<String> headerNames(Response response) {
        if (response.headers().isEmpty()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        response.headers().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    private static byte[] text(@Nullable Object value) {
        return value instanceof byte[] bytes ? bytes : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }

    private static Reply reply(Response response, @Nullable String contentType, byte[] body) {
        return new Reply(response.status(), contentType, headers(response), body, Optional.empty());
    }

    private static List<Reply.Header> headers(Response response) {
        if (response.headers().isEmpty()) {
            return List.of();
        }
        List<Reply.Header> headers = new ArrayList<>();
        response.headers().forEach((name, value) -> headers.add(new Reply.Header(name, value)));
        return headers;
    }
}
