package dev.brr.runtime.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A path item, and the ones that it refers to: what stands beside its {@code $ref} counts as well (OpenAPI 3.1.1, section
 * 4.8.9).
 *
 * @param parts the item itself first, then what each {@code $ref} leads to
 */
record PathItem(List<Located> parts) {
    /** What changes nothing of what is served may be said twice. */
    private static final Set<String> PROSE = Set.of("$ref", "summary", "description");

    PathItem {
        parts = List.copyOf(parts);
    }

    /** Follows the references of a path item; nothing when they end in what is no map, or lead back. */
    static Optional<PathItem> of(Located at, References references) {
        List<Located> parts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<Located> next = Optional.of(at);
        while (next.isPresent()) {
            Located part = next.get();
            if (!part.isObject() || !seen.add(part.pointer())) {
                return Optional.empty();
            }
            parts.add(part);
            if (!References.isReference(part.node())) {
                return Optional.of(new PathItem(parts));
            }
            next = references.target(part.node().get("$ref").stringValue());
        }
        return Optional.empty();
    }

    /** Lists the members of all parts; one that several have is a finding, for OpenAPI does not say which counts. */
    List<Located.Member> members(Findings findings) {
        Map<String, Located.Member> members = new LinkedHashMap<>();
        for (Located part : parts) {
            for (Located.Member member : part.members()) {
                Located.Member closer = members.putIfAbsent(member.key(), member);
                if (closer != null && !PROSE.contains(member.key())) {
                    findings.add(
                            closer.value().pointer(),
                            "the path item of the $ref beside it has " + member.key()
                                    + " as well, and only one can count; keep one of them");
                }
            }
        }
        return List.copyOf(members.values());
    }

    /** The part that has a member; the item itself where none has it. */
    Located holder(String key) {
        return parts.stream().filter(part -> part.node().has(key)).findFirst().orElse(parts.getFirst());
    }
}
