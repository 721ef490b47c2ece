package dev.brr.runtime.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads a document and looks for everything that keeps it from being served. */
final class DocumentChecker {
    private static final Pattern SUPPORTED = Pattern.compile("3\\.[01]\\.\\d+(-.+)?");

    DocumentCheck check(String text) {
        SourceTree source;
        try {
            source = read(text);
        } catch (SyntaxException e) {
            return new DocumentCheck.Invalid(e.problems());
        }
        Findings findings = new Findings(source);
        if (!isSupported(source.root(), findings)) {
            return new DocumentCheck.Invalid(findings.inOrder());
        }
        KnownKeys.check(new Located(source.root(), ""), findings);
        upgrade(source.root());
        return check(source.root(), findings, true);
    }

    /** Gives a document that was checked before; nothing when it cannot be one. */
    Optional<ServiceDocument> accept(JsonNode root) {
        Findings findings = new Findings(new SourceTree(root, Map.of()));
        if (!isSupported(root, findings)) {
            return Optional.empty();
        }
        upgrade(root);
        return check(root, findings, false) instanceof DocumentCheck.Valid(ServiceDocument document)
                ? Optional.of(document)
                : Optional.empty();
    }

    private static void upgrade(JsonNode root) {
        if (OpenApi30.isVersionOf(root)) {
            OpenApi30.upgrade(root);
        }
    }

    static SourceTree read(String text) throws SyntaxException {
        return isJson(text) ? JsonSource.read(text) : YamlSource.read(text);
    }

    static boolean isJson(String text) {
        String begin = text.stripLeading();
        return begin.startsWith("{") || begin.startsWith("[");
    }

    private static boolean isSupported(JsonNode root, Findings findings) {
        if (!root.isObject()) {
            findings.add("", "not an OpenAPI document: it has to be a map with the key openapi");
        } else if (root.has("swagger")) {
            findings.add("/swagger", "Swagger 2.0 is not served; convert the document to OpenAPI 3.1");
        } else if (!root.has("openapi")) {
            findings.add("", "not an OpenAPI document: the key openapi is missing (openapi: 3.1.0)");
        } else if (!SUPPORTED.matcher(root.get("openapi").asString("")).matches()) {
            findings.add("/openapi", unsupported(root.get("openapi").asString("")));
        } else {
            return true;
        }
        return false;
    }

    /** Three numbers make a version (OpenAPI 3.1.1, section 4.8.1.1); YAML takes two for a number. */
    private static String unsupported(String version) {
        return version.equals("3.0") || version.equals("3.1")
                ? "a version has three numbers; write openapi: " + version + ".0"
                : "OpenAPI " + version + " is not supported; versions 3.1 and 3.0 are";
    }

    private static DocumentCheck check(JsonNode root, Findings findings, boolean schemasToo) {
        Located document = new Located(root, "");
        TreeWalk walk = TreeWalk.of(root);
        References references = new References(root);
        checkReferences(walk, references, findings);
        PlainReferences.rewrite(root, walk);
        if (schemasToo) {
            new SchemaCheck().check(root, walk.schemas(), findings);
        }

        String title = findings.object(document, "info")
                .flatMap(info -> findings.requiredText(info, "title"))
                .orElse("");
        String version = findings.object(document, "info")
                .flatMap(info -> findings.requiredText(info, "version"))
                .orElse("");
        if (!root.has("info")) {
            findings.add("", "the key info is missing");
        }
        SecurityReader security = SecurityReader.read(document, references, findings);
        List<String> basePaths = new ServersReader(findings).read(document).orElse(ServersReader.ROOT);
        List<Operation> operations = new PathsReader(document, basePaths, references, security, findings).read();
        Policies policies = new PoliciesReader(findings).read(document);
        return findings.isEmpty()
                ? new DocumentCheck.Valid(
                        new ServiceDocument(title, version, basePaths, operations, security.schemes(), policies, root))
                : new DocumentCheck.Invalid(findings.inOrder());
    }

    private static void checkReferences(TreeWalk walk, References references, Findings findings) {
        for (Map.Entry<String, String> entry : walk.references().entrySet()) {
            String pointer = entry.getKey();
            String reference = entry.getValue();
            if (walk.anchors().containsKey(reference)) {
                continue;
            }
            if (!reference.startsWith("#")) {
                findings.add(
                        pointer,
                        "$ref to " + reference
                                + " leaves the document; only references inside it (#/...) are followed");
            } else if (references.target(reference).isEmpty()) {
                findings.add(pointer, "$ref to " + reference + " finds nothing");
            } else if (references.follow(Pointer.parent(pointer)).isEmpty()) {
                findings.add(pointer, "$ref to " + reference + " leads back to itself");
            }
        }
        walk.dynamicReferences().forEach((pointer, reference) -> {
            if (!walk.anchors().containsKey(reference)
                    && references.target(reference).isEmpty()) {
                findings.add(pointer, "$dynamicRef to " + reference + " finds nothing in the document");
            }
        });
    }
}
