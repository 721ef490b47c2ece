package dev.brr.runtime.dispatch;

import dev.brr.runtime.contract.Json;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.OperationResponses;
import dev.brr.runtime.contract.Violation;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.handler.Response.Body;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes what a handler answered, and holds it to the document. */
final class ReplyWriter {
    private static final MediaType JSON = MediaType.parse("application/json").orElseThrow();
    private static final MediaType TEXT =
            MediaType.parse("text/plain; charset=utf-8").orElseThrow();
    private static final byte[] NO_BODY = new byte[0];

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
        if (response.body() instanceof Body.None) {
            return held(withoutBody(response), response, responses, Optional.empty(), null, validates);
        }
        MediaType type = type(response, responses, negotiated);
        if (OperationResponses.isBodiless(response.status())) {
            return held(withoutBody(response), response, responses, Optional.of(type), null, validates);
        }
        return switch (response.body()) {
            case Body.None _ -> throw new IllegalStateException("a body that is none was answered before");
            case Body.Bytes bytes -> ofBytes(bytes.bytes(), type, response, responses, validates);
            case Body.Events events ->
                held(ofEvents(events, type, response), response, responses, Optional.of(type), null, validates);
            case Body.Of of when type.isJson() -> ofJson(of.value(), type, response, responses, validates);
            case Body.Of of -> ofText(of.value(), type, response, responses, validates);
        };
    }

    /** What the handler names, else what was agreed with the client, else JSON. */
    private static MediaType type(Response response, OperationResponses responses, Optional<MediaType> negotiated) {
        return response.mediaType()
                .flatMap(MediaType::parse)
                .or(() -> responses.mediaType(response.status(), negotiated))
                .map(range -> concrete(range, response.body()))
                .orElse(JSON);
    }

    private static Written ofBytes(
            byte[] bytes, MediaType type, Response response, OperationResponses responses, boolean validates) {
        Reply reply = reply(response, type, bytes);
        JsonNode tree;
        try {
            tree = validates && type.isJson() ? Json.tree(bytes) : null;
        } catch (JacksonException _) {
            return new Written(reply, List.of(Violation.ofBody("", "json", "the bytes are not JSON")));
        }
        return held(reply, response, responses, Optional.of(type), tree, validates);
    }

    private static Written ofJson(
            @Nullable Object value,
            MediaType type,
            Response response,
            OperationResponses responses,
            boolean validates) {
        JsonNode tree = validates ? Json.MAPPER.valueToTree(value) : null;
        Reply reply = reply(response, type, Json.MAPPER.writeValueAsBytes(tree == null ? value : tree));
        return held(reply, response, responses, Optional.of(type), tree, validates);
    }

    private static Written ofText(
            @Nullable Object value,
            MediaType type,
            Response response,
            OperationResponses responses,
            boolean validates) {
        byte[] text = text(value, type);
        JsonNode node = validates && type.type().equals("text") ? textNode(text, type) : null;
        return held(reply(response, type, text), response, responses, Optional.of(type), node, validates);
    }

    private static Written held(
            Reply reply,
            Response response,
            OperationResponses responses,
            Optional<MediaType> sent,
            @Nullable JsonNode tree,
            boolean validates) {
        return new Written(
                reply, validates ? responses.validate(response.status(), sent, tree, response.headers()) : List.of());
    }

    /** An answer has one type where the document allows many: text for a text, else JSON. */
    private static MediaType concrete(MediaType type, Body body) {
        if (!type.isRange()) {
            return type;
        }
        boolean isText = body instanceof Body.Of(CharSequence _);
        return isText && type.includes(TEXT) ? TEXT : type.includes(JSON) ? JSON : type;
    }

    private static JsonNode textNode(byte[] text, MediaType type) {
        return JsonNodeFactory.instance.stringNode(new String(text, type.charset()));
    }

    private static byte[] text(@Nullable Object value, MediaType type) {
        if (type.isRange() || value instanceof Map || value instanceof Collection || value instanceof Record) {
            throw new IllegalArgumentException("The answer of a handler has no form in " + type.essence()
                    + ": answer a text or bytes, or name another media type by withMediaType");
        }
        return value instanceof byte[] bytes ? bytes : encoded(String.valueOf(value), type.charset());
    }

    private static byte[] encoded(String text, Charset charset) {
        if (!charset.equals(StandardCharsets.UTF_8) && !charset.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("The answer of a handler has characters that " + charset
                    + " has no bytes for: leave them out, or declare charset=utf-8");
        }
        return text.getBytes(charset);
    }

    private static Reply withoutBody(Response response) {
        return new Reply(response.status(), null, headers(response), NO_BODY, Optional.empty());
    }

    private static Reply reply(Response response, MediaType type, byte[] body) {
        return new Reply(response.status(), contentType(response, type), headers(response), body, Optional.empty());
    }

    private static Reply ofEvents(Body.Events events, MediaType type, Response response) {
        return new Reply(
                response.status(),
                contentType(response, type),
                headers(response),
                NO_BODY,
                Optional.of(events.source()));
    }

    private static String contentType(Response response, MediaType type) {
        return response.mediaType().orElseGet(type::text);
    }

    private static List<Reply.Header> headers(Response response) {
        if (response.headers().isEmpty()) {
            return List.of();
        }
        List<Reply.Header> headers = new ArrayList<>(response.headers().size());
        response.headers().forEach((name, value) -> headers.add(new Reply.Header(name, value)));
        return headers;
    }
}
