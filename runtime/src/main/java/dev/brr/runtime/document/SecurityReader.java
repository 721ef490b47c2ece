package dev.brr.runtime.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads security schemes and the requirements that name them. */
final class SecurityReader {
    private final Map<String, SecurityScheme> schemes = new LinkedHashMap<>();
    private final Findings findings;
    private List<SecurityRequirement> forAll = List.of();

    private SecurityReader(Findings findings) {
        this.findings = findings;
    }

    static SecurityReader read(Located document, References references, Findings findings) {
        SecurityReader reader = new SecurityReader(findings);
        findings.object(document, "components")
                .flatMap(components -> findings.object(components, "securitySchemes"))
                .ifPresent(declared -> {
                    for (Located.Member member : declared.members()) {
                        references
                                .follow(member.value())
                                .flatMap(scheme -> reader.scheme(member.key(), scheme))
                                .ifPresent(scheme -> reader.schemes.put(member.key(), scheme));
                    }
                });
        reader.forAll = reader.requirements(document).orElse(List.of());
        return reader;
    }

    Map<String, SecurityScheme> schemes() {
        return schemes;
    }

    /** Reads an operation's alternatives: its own if it has any, even none, or else the document's. */
    List<SecurityRequirement> alternatives(Located operation) {
        return requirements(operation).orElse(forAll);
    }

    private Optional<List<SecurityRequirement>> requirements(Located holder) {
        return findings.array(holder, "security").map(alternatives -> {
            List<SecurityRequirement> requirements = new ArrayList<>();
            for (Located alternative : alternatives.items()) {
                if (alternative.isObject()) {
                    requirements.add(requirement(alternative));
                } else {
                    findings.add(alternative.pointer(), "has to be a map of scheme names to scopes");
                }
            }
            return requirements;
        });
    }

    private SecurityRequirement requirement(Located alternative) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        for (Located.Member member : alternative.members()) {
            if (!schemes.containsKey(member.key())) {
                findings.add(
                        member.value().pointer(),
                        "the security scheme " + member.key() + " is not among components/securitySchemes");
            }
            named.put(member.key(), scopes(alternative, member.key()));
        }
        return new SecurityRequirement(named);
    }

    /** Scopes that could not be read would be scopes that nobody is asked for. */
    private List<String> scopes(Located alternative, String scheme) {
        List<String> scopes = new ArrayList<>();
        findings.array(alternative, scheme).ifPresent(list -> {
            for (Located scope : list.items()) {
                if (scope.node().isString()) {
                    scopes.add(scope.node().stringValue());
                } else {
                    findings.add(scope.pointer(), "a scope has to be text");
                }
            }
        });
        return scopes;
    }

    private Optional<SecurityScheme> scheme(String name, Located at) {
        if (!at.isObject()) {
            findings.add(at.pointer(), "has to be a map");
            return Optional.empty();
        }
        Optional<String> type = findings.requiredText(at, "type");
        return switch (type.orElse("")) {
            case "apiKey" -> apiKey(name, at);
            case "http" ->
                findings.requiredText(at, "scheme")
                        .filter(scheme -> !scheme.isBlank())
                        .map(scheme -> new SecurityScheme.Http(name, scheme.toLowerCase(Locale.ROOT)));
            case "oauth2" -> Optional.of(new SecurityScheme.OAuth2(name));
            case "openIdConnect" ->
                findings.requiredText(at, "openIdConnectUrl").map(url -> new SecurityScheme.OpenIdConnect(name, url));
            case "mutualTLS" -> Optional.of(new SecurityScheme.MutualTls(name));
            case "" -> Optional.empty();
            default -> {
                findings.add(
                        Pointer.child(at.pointer(), "type"),
                        type.get() + " is none of apiKey, http, oauth2, openIdConnect, mutualTLS");
                yield Optional.empty();
            }
        };
    }

    private Optional<SecurityScheme> apiKey(String name, Located at) {
        Optional<String> parameter = findings.requiredText(at, "name");
        Optional<Parameter.Location> in = findings.requiredText(at, "in").flatMap(text -> switch (text) {
            case "header" -> Optional.of(Parameter.Location.HEADER);
            case "query" -> Optional.of(Parameter.Location.QUERY);
            case "cookie" -> Optional.of(Parameter.Location.COOKIE);
            default -> {
                findings.add(Pointer.child(at.pointer(), "in"), text + " is none of header, query, cookie");
                yield Optional.empty();
            }
        });
        return parameter.isPresent() && in.isPresent()
                ? Optional.of(new SecurityScheme.ApiKey(name, in.get(), parameter.get()))
                : Optional.empty();
    }
}
