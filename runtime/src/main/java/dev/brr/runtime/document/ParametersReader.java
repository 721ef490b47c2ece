package dev.brr.runtime.document;

import dev.brr.runtime.document.Parameter.Location;
import dev.brr.runtime.document.Parameter.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the parameter lists of paths and operations. */
final class ParametersReader {
    private static final Map<Location, Set<Style>> STYLES = Map.of(
            Location.PATH, Set.of(Style.SIMPLE, Style.LABEL, Style.MATRIX),
            Location.QUERY, Set.of(Style.FORM, Style.SPACE_DELIMITED, Style.PIPE_DELIMITED, Style.DEEP_OBJECT),
            Location.HEADER, Set.of(Style.SIMPLE),
            Location.COOKIE, Set.of(Style.FORM));
    /** OpenAPI has a parameter of these names ignored: the document says them with content types and security. */
    private static final Set<String> IGNORED_HEADERS = Set.of("accept", "content-type", "authorization");

    private final References references;
    private final Findings findings;

    ParametersReader(References references, Findings findings) {
        this.references = references;
        this.findings = findings;
    }

    List<Parameter> read(Located holder) {
        List<Parameter> parameters = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        findings.array(holder, "parameters").ifPresent(list -> {
            for (Located item : list.items()) {
                references.follow(item).flatMap(this::parameter).ifPresent(parameter -> {
                    if (!seen.add(parameter.in() + " " + parameter.name())) {
                        findings.add(
                                item.pointer(),
                                "the " + parameter.in().term() + " parameter " + parameter.name() + " is there twice");
                    }
                    if (!isIgnored(parameter)) {
                        parameters.add(parameter);
                    }
                });
            }
        });
        return parameters;
    }

    /** Reads the headers of a response or of a part of a form, in the form of parameters; a content type does not count. */
    List<Parameter> headers(Located holder) {
        List<Parameter> headers = new ArrayList<>();
        findings.object(holder, "headers").ifPresent(declared -> {
            for (Located.Member member : declared.members()) {
                references
                        .follow(member.value())
                        .filter(Located::isObject)
                        .filter(_ -> !member.key().equalsIgnoreCase("content-type"))
                        .ifPresent(at -> headers.add(described(at, member.key(), Location.HEADER, Style.SIMPLE)));
            }
        });
        return headers;
    }

    private static boolean isIgnored(Parameter parameter) {
        return parameter.in() == Location.HEADER
                && IGNORED_HEADERS.contains(parameter.name().toLowerCase(Locale.ROOT));
    }

    private Optional<Parameter> parameter(Located at) {
        if (!at.isObject()) {
            findings.add(at.pointer(), "a parameter has to be a map");
            return Optional.empty();
        }
        Optional<String> name = findings.requiredText(at, "name");
        Optional<Location> in = findings.requiredText(at, "in").flatMap(text -> location(text, at));
        if (name.isEmpty() || in.isEmpty()) {
            return Optional.empty();
        }
        Parameter parameter = described(at, name.get(), in.get(), style(at, in.get()));
        if (in.get() == Location.PATH && !parameter.required()) {
            findings.add(at.pointer(), "the path parameter " + name.get() + " needs required: true");
        }
        return Optional.of(parameter);
    }

    private Parameter described(Located at, String name, Location in, Style style) {
        Optional<Located> content = content(at);
        Optional<String> schema = content.isPresent()
                ? content.filter(media -> media.node().has("schema")).map(Located::pointer)
                : Optional.of(at.pointer()).filter(pointer -> at.node().has("schema"));
        return new Parameter(
                name,
                in,
                style,
                findings.flag(at, "explode", style == Style.FORM),
                findings.flag(at, "required", false),
                in == Location.QUERY && findings.flag(at, "allowEmptyValue", false),
                schema.map(pointer -> Pointer.child(pointer, "schema")),
                content.map(media -> Pointer.tokens(media.pointer()).getLast()));
    }

    private Optional<Location> location(String text, Located at) {
        Optional<Location> location = Arrays.stream(Location.values())
                .filter(candidate -> candidate.term().equals(text))
                .findFirst();
        if (location.isEmpty()) {
            findings.add(Pointer.child(at.pointer(), "in"), text + " is none of path, query, header, cookie");
        }
        return location;
    }

    private Style style(Located at, Location in) {
        Optional<String> text = findings.text(at, "style");
        Optional<Style> style = text.flatMap(ParametersReader::style);
        if (text.isPresent()
                && style.filter(STYLES.getOrDefault(in, Set.of())::contains).isEmpty()) {
            findings.add(
                    Pointer.child(at.pointer(), "style"), text.get() + " is no style of a " + in.term() + " parameter");
        }
        return style.orElse(in.defaultStyle());
    }

    static Optional<Style> style(String text) {
        return Arrays.stream(Style.values())
                .filter(style -> style.term().equals(text))
                .findFirst();
    }

    private Optional<Located> content(Located at) {
        Optional<Located> content = findings.object(at, "content");
        if (content.isEmpty()) {
            return Optional.empty();
        }
        List<Located.Member> members = content.get().members();
        if (members.size() != 1 || at.node().has("schema")) {
            findings.add(content.get().pointer(), "a parameter has one media type in content, and no schema beside it");
        }
        return members.stream().findFirst().map(Located.Member::value).filter(Located::isObject);
    }
}
