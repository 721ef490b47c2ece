package dev.brr.runtime.handler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answers: a status, headers, and a value, bytes, a stream of events, or nothing.
 *
 * @param status the HTTP status
 * @param headers headers beside {@code Content-Type}
 * @param mediaType the body's media type; the one that the document declares where it is absent
 * @param body what is sent
 */
public record Response(int status, Map<String, String> headers, Optional<String> mediaType, Body body) {
    public Response {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("a final answer has a status from 200 to 599, not " + status);
        }
        headers = Map.copyOf(headers);
    }

    /** What a response carries. */
    public sealed interface Body {
        /** Nothing. */
        record None() implements Body {}

        /** A value to be written as JSON (or as it is, if it is a text in a media type that is not JSON). */
        record Of(@Nullable Object value) implements Body {}

        /** Bytes as they are. */
        @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
        record Bytes(byte[] bytes) implements Body {}

        /** Server-sent events. */
        record Events(EventSource source) implements Body {}
    }

    /** Answers 200 with a value: a map, list, record, text, number, ... */
    public static Response ok(Object value) {
        return of(200, value);
    }

    /** Answers with a status and a value. */
    public static Response of(int status, @Nullable Object value) {
        return new Response(status, Map.of(), Optional.empty(), new Body.Of(value));
    }

    /** Answers with a status and no body. */
    public static Response empty(int status) {
        return new Response(status, Map.of(), Optional.empty(), new Body.None());
    }

    /** Answers with bytes in a media type. */
    public static Response bytes(int status, String mediaType, byte[] bytes) {
        return new Response(status, Map.of(), Optional.of(mediaType), new Body.Bytes(bytes));
    }

    /** Answers 200 with server-sent events, as {@code text/event-stream}. */
    public static Response events(EventSource source) {
        return new Response(200, Map.of(), Optional.of("text/event-stream"), new Body.Events(source));
    }

    /** Gives the same answer with one more header. */
    public Response withHeader(String name, String value) {
        if (headers.isEmpty()) {
            return new Response(status, Map.of(name, value), mediaType, body);
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, mediaType, body);
    }

    /** Gives the same answer in another media type. */
    public Response withMediaType(String type) {
        return new Response(status, headers, Optional.of(type), body);
    }
}
