package dev.brr.runtime.example;

import dev.brr.runtime.contract.ContractSchemas;
import dev.brr.runtime.contract.Json;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.OperationResponses;
import dev.brr.runtime.contract.Violation;
import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.document.Parameter;
import dev.brr.runtime.document.Pointer;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.ResponseDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Makes the headers of an answer from the document: those that it requires, by their example or else by their schema, and
 * of the others those that have an example.
 */
final class HeaderSamples {
    /** What the server says itself, or what would say something false of the answer as it is sent. */
    private static final Set<String> OF_THE_SERVER = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "date",
            "keep-alive",
            "server",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "vary",
            "x-content-type-options",
            "x-request-id");

    private static final String OF_CORS = "access-control-";

    private final References references;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Parameter> byExample = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    private HeaderSamples(References references) {
        this.references = references;
    }

    static HeaderSamples of(ResponseDeclaration response, ContractSchemas schemas, References references) {
        HeaderSamples samples = new HeaderSamples(references);
        for (Parameter header : response.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!OF_THE_SERVER.contains(name) && !name.startsWith(OF_CORS)) {
                samples.add(header);
            }
        }
        samples.violations.addAll(
                OperationResponses.validateHeaders(samples.byExample, samples.headers, schemas, references));
        return samples;
    }

    /** The texts by their names. */
    Map<String, String> headers() {
        return headers;
    }

    /** Where an example departs from its schema, and what no header can carry. */
    List<Violation> violations() {
        return violations;
    }

    private void add(Parameter header) {
        Optional<JsonNode> given = header.schemaPointer().flatMap(this::given);
        if (given.isEmpty() && !header.required()) {
            return;
        }
        String text = given.or(() -> header.schemaPointer().map(pointer -> new SchemaSample(references).of(pointer)))
                .map(value -> text(value, header))
                .orElse("text");
        boolean isSendable = text.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (CorsPolicy.isHeaderName(header.name()) && isSendable) {
            headers.put(header.name(), text);
            if (given.isPresent()) {
                byExample.add(header);
            }
        } else {
            violations.add(new Violation("header", header.name(), header.name(), "header", "no header can carry it"));
        }
    }

    /** An example stands beside the schema, be that in the header itself or in its {@code content}. */
    private Optional<JsonNode> given(String schemaPointer) {
        String holder = Pointer.parent(schemaPointer);
        return references
                .node(Pointer.child(holder, "example"))
                .or(() -> references
                        .node(Pointer.child(holder, "examples"))
                        .flatMap(examples -> examples.propertyNames().stream().findFirst())
                        .flatMap(name -> references.node(Pointer.child(Pointer.child(holder, "examples"), name)))
                        .map(example -> example.get("value")));
    }

    private static String text(JsonNode value, Parameter header) {
        boolean isJson = header.mediaType()
                .flatMap(MediaType::parse)
                .filter(MediaType::isJson)
                .isPresent();
        if (isJson) {
            return Json.MAPPER.writeValueAsString(value);
        }
        List<String> parts = new ArrayList<>();
        if (value.isObject()) {
            value.forEachEntry((name, member) -> {
                if (header.explode()) {
                    parts.add(name + "=" + member.asString(""));
                } else {
                    parts.add(name);
                    parts.add(member.asString(""));
                }
            });
        } else if (value.isArray()) {
            value.forEach(item -> parts.add(item.asString("")));
        } else {
            parts.add(value.asString(""));
        }
        return String.join(",", parts);
    }
}
