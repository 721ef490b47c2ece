package dev.brr.runtime.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the {@code content} maps of bodies and responses. */
final class ContentReader {
    private final References references;
    private final Findings findings;

    ContentReader(References references, Findings findings) {
        this.references = references;
        this.findings = findings;
    }

    List<MediaTypeDeclaration> read(Located holder) {
        List<MediaTypeDeclaration> declared = new ArrayList<>();
        findings.object(holder, "content").ifPresent(content -> {
            for (Located.Member member : content.members()) {
                if (!member.key().contains("/")) {
                    findings.add(member.value().pointer(), member.key() + " is no media type");
                }
                if (member.value().isObject()) {
                    declared.add(mediaType(member.key(), member.value()));
                } else {
                    findings.add(member.value().pointer(), "a media type has to be a map");
                }
            }
        });
        return declared;
    }

    private MediaTypeDeclaration mediaType(String name, Located at) {
        Optional<String> schema =
                at.node().has("schema") ? Optional.of(Pointer.child(at.pointer(), "schema")) : Optional.empty();
        return new MediaTypeDeclaration(name, schema, example(at), encodings(at));
    }

    private Optional<JsonNode> example(Located at) {
        JsonNode single = at.node().get("example");
        if (single != null) {
            return Optional.of(single);
        }
        return findings.object(at, "examples")
                .flatMap(examples -> examples.members().stream().findFirst())
                .flatMap(first -> references.follow(first.value()))
                .map(example -> example.node().get("value"));
    }

    private Map<String, MediaTypeDeclaration.Encoding> encodings(Located at) {
        Map<String, MediaTypeDeclaration.Encoding> encodings = new HashMap<>();
        findings.object(at, "encoding").ifPresent(declared -> {
            for (Located.Member member : declared.members()) {
                if (!member.value().isObject()) {
                    findings.add(member.value().pointer(), "an encoding has to be a map");
                    continue;
                }
                Parameter.Style style = findings.text(member.value(), "style")
                        .flatMap(ParametersReader::style)
                        .orElse(Parameter.Style.FORM);
                encodings.put(
                        member.key(),
                        new MediaTypeDeclaration.Encoding(
                                findings.text(member.value(), "contentType"),
                                style,
                                findings.flag(member.value(), "explode", style == Parameter.Style.FORM),
                                member.value().node().has("style")
                                        || member.value().node().has("explode"),
                                new ParametersReader(references, findings).headers(member.value())));
            }
        });
        return encodings;
    }
}
