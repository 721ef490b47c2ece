package dev.brr.runtime.problem;

import dev.brr.runtime.contract.Json;
import dev.brr.runtime.contract.Violation;
import dev.brr.runtime.ratelimit.RateLimit;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A problem as a client reads it.
 *
 * <p>Besides the members of RFC 9457 it repeats the detail as {@code error} and {@code message}, names a {@code reason}
 * where there is one, lists parameters at fault as {@code fields} and everything at fault as {@code errors}. Its keys are
 * in alphabetical order.
 *
 * @param status the HTTP status
 * @param type the last part of the type's URI; empty for {@code about:blank}
 * @param title what kind of problem it is
 * @param detail what is wrong this time
 * @param reason a word for programs; empty for none
 * @param violations what does not hold
 */
public record Problem(int status, String type, String title, String detail, String reason, List<Violation> violations) {
    /** The media type of {@link #json()}. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "https://brr.dev/problems/";

    public Problem {
        violations = List.copyOf(violations);
    }

    private static Problem of(int status, String type, String title, String detail) {
        return new Problem(status, type, title, detail, "", List.of());
    }

    /** A problem of a handler's own. */
    public static Problem custom(int status, String title, String detail) {
        return of(status, "", title, detail);
    }

    public static Problem unauthorized() {
        return of(401, "", "Unauthorized", "Missing or invalid credentials");
    }

    public static Problem forbidden(String detail) {
        return of(403, "", "Forbidden", detail);
    }

    /** What a page of another origin, or its preflight, may not do here. */
    public static Problem crossOrigin(String detail) {
        return of(403, "forbidden", "Forbidden", detail);
    }

    public static Problem notFound() {
        return of(404, "not-found", "Not Found", "Not Found");
    }

    public static Problem methodNotAllowed(String allow) {
        return of(405, "method-not-allowed", "Method Not Allowed", "The path takes " + allow);
    }

    public static Problem notAcceptable(String offered) {
        return of(406, "not-acceptable", "Not Acceptable", "The operation answers in " + offered);
    }

    public static Problem malformedTarget() {
        return of(400, "bad-request", "Bad Request", "The request target is not well encoded");
    }

    public static Problem badRequest(String detail) {
        return of(400, "bad-request", "Bad Request", detail);
    }

    public static Problem parameters(List<Violation> violations) {
        return new Problem(
                400,
                "parameter-validation-failed",
                "Bad Request",
                "One or more request parameters are missing or invalid",
                "parameter_validation_failed",
                violations);
    }

    public static Problem bodyRequired() {
        return of(400, "bad-request", "Request body required", "Request body required");
    }

    public static Problem body(List<Violation> violations) {
        String reason = violations.stream()
                .map(Violation::keyword)
                .filter("multipart_missing_boundary"::equals)
                .findFirst()
                .orElse("");
        return new Problem(
                400, "bad-request", "Request validation failed", "Request validation failed", reason, violations);
    }

    public static Problem bodyTooLarge(long limit) {
        return new Problem(
                413,
                "payload-too-large",
                "Payload Too Large",
                "The request body is larger than " + limit + " bytes",
                "request_body_too_large",
                List.of());
    }

    public static Problem targetTooLong(int limit) {
        return of(414, "uri-too-long", "URI Too Long", "The request target is longer than " + limit + " octets");
    }

    public static Problem unsupportedMediaType(String type, String accepted) {
        String given = type.isEmpty()
                ? "The request has no Content-Type"
                : "Content-Type '" + type + "' not declared by this operation";
        return of(415, "bad-request", "Unsupported Media Type", given + "; accepted: " + accepted);
    }

    public static Problem tooManyRequests(RateLimit limit) {
        return of(
                429,
                "too-many-requests",
                "Too Many Requests",
                "A client may call this operation " + limit.requests() + " times in " + limit.seconds() + " seconds");
    }

    public static Problem unavailable(String detail) {
        return of(503, "service-unavailable", "Service Unavailable", detail);
    }

    public static Problem internal() {
        return of(
                500,
                "internal-server-error",
                "Internal Server Error",
                "The operation failed; the log of the service says why");
    }

    public static Problem responseInvalid() {
        return of(500, "internal-server-error", "Response validation failed", "Response validation failed");
    }

    /** Renders the problem. */
    public byte[] json() {
        TreeMap<String, JsonNode> members = new TreeMap<>();
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        members.put("status", nodes.numberNode(status));
        members.put("title", nodes.stringNode(title));
        members.put("detail", nodes.stringNode(detail));
        members.put("type", nodes.stringNode(type.isEmpty() ? "about:blank" : TYPES + type));
        if (!type.isEmpty()) {
            members.put("error", nodes.stringNode(detail));
            members.put("message", nodes.stringNode(detail));
        }
        if (!reason.isEmpty()) {
            members.put("reason", nodes.stringNode(reason));
        }
        if (type.equals("parameter-validation-failed")) {
            members.put("fields", fields());
        }
        if (!violations.isEmpty()) {
            members.put("errors", errors());
        }
        ObjectNode object = nodes.objectNode();
        object.setAll(members);
        return Json.MAPPER.writeValueAsBytes(object);
    }

    private ArrayNode fields() {
        ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        for (Violation violation : violations) {
            fields.addObject()
                    .put("error", FieldError.of(violation))
                    .put("in", violation.in())
                    .put("name", violation.name());
        }
        return fields;
    }

    private ArrayNode errors() {
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        for (Violation violation : violations) {
            ObjectNode error = errors.addObject();
            error.put("in", violation.in());
            error.put("keyword", violation.keyword());
            error.put("message", violation.message());
            if (!violation.name().isEmpty()) {
                error.put("name", violation.name());
            }
            error.put("pointer", violation.pointer());
        }
        return errors;
    }
}
