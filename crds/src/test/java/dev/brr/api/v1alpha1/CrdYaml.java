package dev.brr.api.v1alpha1;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;

/** Generates the CRD from the records and adds what the generator has no annotation for. */
final class CrdYaml {

    /** The committed file, relative to this module. */
    static final Path COMMITTED = Path.of("brrservices.brr.dev-v1.yaml");

    private static final String HEADER =
            "# Generated from the records in crds/src/main/java; do not edit. scripts/generate writes it anew.\n";

    private static final String CPU = "^([0-9]+m|[0-9]+(\\.[0-9]{1,3})?)$";
    private static final String MEMORY = "^[0-9]+(\\.[0-9]+)?(k|Ki|M|Mi|G|Gi|T|Ti)?$";

    /** References that make sense only whole: two appliers must not own a half each. */
    private static final List<String> REFERENCES = List.of(
            "/properties/spec/properties/openapi/properties/configMapKeyRef",
            "/properties/spec/properties/image/properties/pushSecretRef",
            "/properties/spec/properties/security/properties/schemes/items/properties/secretKeyRef",
            "/properties/spec/properties/observability/properties/tracing/properties/headersSecretRef");

    /** Lists whose order says nothing, and in which no entry is twice. */
    private static final List<String> SETS = List.of(
            "/properties/spec/properties/image/properties/platforms",
            "/properties/spec/properties/http/properties/cors/properties/origins",
            "/properties/spec/properties/http/properties/cors/properties/headers",
            "/properties/spec/properties/http/properties/cors/properties/exposeHeaders",
            "/properties/spec/properties/http/properties/rateLimit/properties/trustedProxies");

    private static final String REMEMBERED_SCHEMES =
            "/properties/status/properties/lastGood/properties/security/properties/schemes";

    /** What the operator may give as the reason of a condition; a test of the operator's holds it to this list. */
    private static final List<String> REASONS = List.of(
            "ServiceReady",
            "Waiting",
            "Built",
            "Adopted",
            "Prebuilt",
            "Building",
            "DocumentNotFound",
            "DocumentInvalid",
            "PlatformUnsupported",
            "PushSecretUnusable",
            "BaseImageRefused",
            "BuildFailed",
            "MallocConfRefused",
            "TuningConfirmed",
            "TuningIgnored",
            "TuningUnread",
            "RolloutComplete",
            "RollingOut",
            "RolloutFailed",
            "SecretNotFound",
            "RolledBack",
            "ScaledToZero",
            "DashboardPublished",
            "DashboardDisabled",
            "OutOfMemoryKilled",
            "ApplyFailed");

    private CrdYaml() {}

    static String generate() {
        try (var out = new InMemoryOutput()) {
            new CRDGenerator()
                    .customResourceClasses(BrrService.class)
                    .forCRDVersions("v1")
                    .withParallelGenerationEnabled(false)
                    .withOutput(out)
                    .generate();
            var crd = (ObjectNode) Yaml.read(out.text());
            complete(schema(crd));
            orderColumns((ArrayNode) crd.at("/spec/versions/0/additionalPrinterColumns"));
            writeWholeNumbersAsSuch(crd);
            return HEADER + Yaml.write(crd);
        }
    }

    static JsonNode schema(JsonNode crd) {
        return crd.at("/spec/versions/0/schema/openAPIV3Schema");
    }

    private static void complete(JsonNode schema) {
        ((ObjectNode) schema).put("description", "A service: an OpenAPI document and what its memory should do.");
        describe(schema, "/properties/spec", "What the service should be.");
        describe(schema, "/properties/status", "What the operator observed.");
        // An empty object lets the defaults inside it apply, so that a reader of the object sees them.
        for (var part : new String[] {"malloc", "monitoring", "rollout"}) {
            ((ObjectNode) schema.at("/properties/spec/properties/" + part)).putObject("default");
        }
        ((ObjectNode) schema.at("/properties/spec")).putObject("default");
        listMap(schema, "/properties/spec/properties/security/properties/schemes", "name");
        listMap(schema, "/properties/status/properties/conditions", "type");
        set(schema, REMEMBERED_SCHEMES, "x-kubernetes-list-type", "atomic");
        SETS.forEach(list -> set(schema, list, "x-kubernetes-list-type", "set"));
        REFERENCES.forEach(reference -> set(schema, reference, "x-kubernetes-map-type", "atomic"));
        boundMapValues(schema.at("/properties/spec/properties/malloc/properties/options"));
        for (var side : new String[] {"limits", "requests"}) {
            var amounts = "/properties/spec/properties/resources/properties/" + side + "/properties/";
            quantity(schema.at(amounts + "cpu"), CPU);
            quantity(schema.at(amounts + "memory"), MEMORY);
        }
        quantity(schema.at("/properties/status/properties/hungriestOperation/properties/memory"), MEMORY);
        nameRule((ObjectNode) schema);
        dropRepeatedRules(schema);
        // What the operator copies from a spec has been held to them there.
        ((ObjectNode) schema.at(REMEMBERED_SCHEMES + "/items")).remove("x-kubernetes-validations");
        conditions((ObjectNode) schema.at("/properties/status/properties/conditions/items"));
    }

    /** Puts the columns in the order in which people read them; the generator sorts by path. */
    private static void orderColumns(ArrayNode columns) {
        var byName = new HashMap<String, JsonNode>();
        columns.forEach(column -> byName.put(column.get("name").textValue(), column));
        columns.removeAll();
        for (var name : List.of("Ready", "Replicas", "Preset", "Image", "Age", "Reason", "Hungriest")) {
            columns.add(requireNonNull(byName.remove(name), name));
        }
        columns.addAll(byName.values());
    }

    /** The name becomes that of a Service and a label value: an RFC 1035 label with room for a suffix. */
    private static void nameRule(ObjectNode schema) {
        schema.putArray("x-kubernetes-validations")
                .addObject()
                .put(
                        "message",
                        "metadata.name must be at most 50 lower case letters, digits and dashes, beginning with a letter:"
                                + " the Service gets the same name")
                .put(
                        "rule",
                        "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$') && size(self.metadata.name) <= 50");
    }

    /** A rule on a record component reaches the generator twice, by the field and by the accessor. */
    private static void dropRepeatedRules(JsonNode node) {
        if (node.get("x-kubernetes-validations") instanceof ArrayNode rules) {
            var distinct = new LinkedHashSet<JsonNode>();
            rules.forEach(distinct::add);
            rules.removeAll();
            rules.addAll(distinct);
        }
        node.forEach(CrdYaml::dropRepeatedRules);
    }

    /** The generator takes every bound for a double and writes 1000.0. */
    private static void writeWholeNumbersAsSuch(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(field ->
                            field.getValue().isDouble() && field.getValue().canConvertToExactIntegral())
                    .forEach(field ->
                            field.setValue(LongNode.valueOf(field.getValue().longValue())));
        }
        node.forEach(CrdYaml::writeWholeNumbersAsSuch);
    }

    private static void describe(JsonNode schema, String pointer, String text) {
        set(schema, pointer, "description", text);
    }

    private static void set(JsonNode schema, String pointer, String key, String value) {
        ((ObjectNode) schema.at(pointer)).put(key, value);
    }

    private static void listMap(JsonNode schema, String pointer, String key) {
        var list = (ObjectNode) schema.at(pointer);
        list.put("x-kubernetes-list-type", "map");
        list.putArray("x-kubernetes-list-map-keys").add(key);
    }

    private static void boundMapValues(JsonNode map) {
        var values = (ObjectNode) map.at("/additionalProperties");
        values.put("maxLength", 256);
        values.put("minLength", 1);
    }

    /** A pattern speaks of strings only and a minimum of numbers only: an amount may be written as either. */
    private static void quantity(JsonNode amount, String pattern) {
        var node = (ObjectNode) amount;
        node.put("minimum", 0);
        node.put("pattern", pattern);
        node.put("maxLength", 32);
    }

    /** States the bounds and texts of the API conventions' condition, which the generator takes from a plain model. */
    private static void conditions(ObjectNode item) {
        var properties = (ObjectNode) item.get("properties");
        text(properties, "type", "The condition's name.", 316);
        text(properties, "reason", "Why, in one of these words: " + String.join(", ", REASONS) + ".", 1024);
        text(properties, "message", "Why, for people.", 32_768);
        text(properties, "lastTransitionTime", "When the status last changed.", 64);
        ((ObjectNode) properties.get("observedGeneration"))
                .put("description", "The generation it is about.")
                .put("minimum", 0)
                .put("maximum", BrrServiceStatus.LARGEST_EXACT_INTEGER);
        var status = text(properties, "status", "True, False or Unknown.", 7);
        status.putArray("enum").add("True").add("False").add("Unknown");
        ArrayNode required = item.putArray("required");
        required.add("lastTransitionTime")
                .add("message")
                .add("reason")
                .add("status")
                .add("type");
    }

    private static ObjectNode text(ObjectNode properties, String name, String description, int maxLength) {
        var node = (ObjectNode) properties.get(name);
        node.put("description", description);
        node.put("maxLength", maxLength);
        return node;
    }

    private static final class InMemoryOutput implements CRDGenerator.CRDOutput<OutputStream> {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public OutputStream outputFor(String crdName) {
            return bytes;
        }

        @Override
        public URI crdURI(String crdName) {
            return URI.create("file:///" + crdName);
        }

        @Override
        public void close() {}

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
