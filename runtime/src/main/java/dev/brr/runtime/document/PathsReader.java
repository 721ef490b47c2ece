package dev.brr.runtime.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the paths of a document into operations. */
final class PathsReader {
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d|[1-5]XX|default");

    private final Located document;
    private final References references;
    private final SecurityReader security;
    private final Findings findings;
    private final ParametersReader parameters;
    private final ContentReader content;
    private final PoliciesReader policies;
    private final Map<String, String> shapes = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<String> basePaths;
    private final ServersReader servers;

    /** @param basePaths those of the document, for operations that name no servers of their own */
    PathsReader(
            Located document,
            List<String> basePaths,
            References references,
            SecurityReader security,
            Findings findings) {
        this.document = document;
        this.basePaths = basePaths;
        this.servers = new ServersReader(findings);
        this.references = references;
        this.security = security;
        this.findings = findings;
        this.policies = new PoliciesReader(findings);
        this.content = new ContentReader(references, findings);
        this.parameters = new ParametersReader(references, findings);
    }

    List<Operation> read() {
        Optional<Located> paths = findings.object(document, "paths");
        if (paths.isEmpty() || paths.get().node().isEmpty()) {
            findings.add(document.node().has("paths") ? "/paths" : "", "there are no paths to serve");
            return operations;
        }
        for (Located.Member member : paths.get().members()) {
            if (!member.key().startsWith("x-")) {
                path(member.key(), member.value());
            }
        }
        meetings();
        return operations;
    }

    /** Two templates that differ may be one path under the servers of their operations. */
    private void meetings() {
        Map<String, Operation> met = new HashMap<>();
        for (Operation operation : operations) {
            for (String basePath : operation.basePaths()) {
                String text = basePath + operation.path().text();
                Operation other = met.putIfAbsent(
                        operation.method() + " " + PathTemplate.parse(text).shape(), operation);
                // Templates of one shape are told of where they stand.
                if (other != null
                        && !other.path().shape().equals(operation.path().shape())) {
                    findings.add(
                            operation.pointer(),
                            operation.method() + " " + text + " is taken by " + other.pointer()
                                    + ", by the servers of both");
                }
            }
        }
    }

    private void path(String text, Located at) {
        PathTemplate template;
        try {
            template = PathTemplate.parse(text);
        } catch (IllegalArgumentException e) {
            findings.add(at.pointer(), e.getMessage() == null ? "not a path template" : e.getMessage());
            return;
        }
        String twin = shapes.putIfAbsent(template.shape(), text);
        if (twin != null) {
            findings.add(at.pointer(), "the same requests match " + twin);
        }
        Optional<PathItem> found = PathItem.of(at, references);
        if (found.isEmpty()) {
            if (!References.isReference(at.node())) {
                findings.add(at.pointer(), "has to be a map of methods to operations");
            }
            return;
        }
        PathItem item = found.get();
        List<Parameter> shared = parameters.read(item.holder("parameters"));
        Policies ofPath = item.parts().stream().map(policies::read).reduce(Policies.NONE, Policies::orElse);
        List<String> ofServers = servers.read(item.holder("servers")).orElse(basePaths);
        for (Located.Member member : item.members(findings)) {
            if (METHODS.contains(member.key())) {
                operation(template, member, shared, ofPath, ofServers, at);
            }
        }
    }

    private void operation(
            PathTemplate template,
            Located.Member member,
            List<Parameter> shared,
            Policies ofPath,
            List<String> ofServers,
            Located path) {
        Located at = member.value();
        if (!at.isObject()) {
            findings.add(at.pointer(), "an operation has to be a map");
            return;
        }
        String method = member.key().toUpperCase(Locale.ROOT);
        Optional<String> declaredId = findings.text(at, "operationId");
        declaredId.ifPresent(id -> unique(id, at));
        List<Parameter> merged = merge(shared, parameters.read(at));
        pathParameters(template, merged, at);
        operations.add(new Operation(
                declaredId.orElse(method + " " + template.text()),
                method,
                template,
                servers.read(at).orElse(ofServers),
                merged,
                body(at),
                responses(at),
                security.alternatives(at),
                policies.read(at).orElse(ofPath),
                Pointer.child(path.pointer(), member.key())));
    }

    private void unique(String id, Located at) {
        String other = ids.putIfAbsent(id, at.pointer());
        if (other != null && !other.equals(at.pointer())) {
            findings.add(Pointer.child(at.pointer(), "operationId"), "the operationId " + id + " is taken by " + other);
        }
    }

    private static List<Parameter> merge(List<Parameter> shared, List<Parameter> own) {
        Map<String, Parameter> merged = new LinkedHashMap<>();
        shared.forEach(parameter -> merged.put(parameter.in() + " " + parameter.name(), parameter));
        own.forEach(parameter -> merged.put(parameter.in() + " " + parameter.name(), parameter));
        return List.copyOf(merged.values());
    }

    private void pathParameters(PathTemplate template, List<Parameter> declared, Located at) {
        List<String> names = template.names();
        List<String> known = declared.stream()
                .filter(parameter -> parameter.in() == Parameter.Location.PATH)
                .map(Parameter::name)
                .toList();
        for (String name : Set.copyOf(names)) {
            if (!known.contains(name)) {
                findings.add(
                        at.pointer(), "the path parameter " + name + " of " + template.text() + " is not declared");
            }
        }
        if (Set.copyOf(names).size() < names.size()) {
            findings.add(at.pointer(), template.text() + " has the same parameter twice");
        }
        for (String name : known) {
            if (!names.contains(name)) {
                findings.add(at.pointer(), "the path parameter " + name + " is not in " + template.text());
            }
        }
    }

    private Optional<RequestBody> body(Located operation) {
        return findings.object(operation, "requestBody")
                .flatMap(references::follow)
                .filter(Located::isObject)
                .map(body -> {
                    if (!body.node().has("content")) {
                        findings.add(body.pointer(), "the key content is missing");
                    }
                    return new RequestBody(findings.flag(body, "required", false), content.read(body));
                });
    }

    private boolean isVersion30() {
        return OpenApi30.isVersionOf(document.node());
    }

    /** OpenAPI 3.1 does without responses, 3.0 does not; neither has a list of none (3.1.1, sections 4.8.10 and 4.8.16). */
    private Map<String, ResponseDeclaration> responses(Located operation) {
        Map<String, ResponseDeclaration> declared = new LinkedHashMap<>();
        if (!operation.node().has("responses") && !isVersion30()) {
            return declared;
        }
        Optional<Located> responses = findings.object(operation, "responses");
        if (responses.isEmpty() || responses.get().node().isEmpty()) {
            findings.add(operation.pointer(), "the operation declares no responses");
            return declared;
        }
        for (Located.Member member : responses.get().members()) {
            if (member.key().startsWith("x-")) {
                continue;
            }
            if (!STATUS.matcher(member.key()).matches()) {
                findings.add(member.value().pointer(), member.key() + " is no status (200, 2XX, default)");
            }
            response(member).ifPresent(response -> declared.put(member.key(), response));
        }
        return declared;
    }

    private Optional<ResponseDeclaration> response(Located.Member member) {
        Optional<Located> found = references.follow(member.value());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Located response = found.get();
        if (!response.isObject()) {
            findings.add(response.pointer(), "a response has to be a map");
            return Optional.empty();
        }
        return Optional.of(new ResponseDeclaration(member.key(), content.read(response), parameters.headers(response)));
    }
}
