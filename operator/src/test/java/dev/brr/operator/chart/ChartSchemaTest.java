package dev.brr.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** values.schema.json refuses what would fail later or, worse, be ignored. */
class ChartSchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // misspelt: without a closed schema each of these would be ignored in silence
                "registry: {host: a.example, insecur: true}         | at '/registry': additional properties 'insecur' not allowed",
                "watchNamespace: [shop]                             | additional properties 'watchNamespace' not allowed",
                "image: {repo: a/b}                                 | at '/image': additional properties 'repo' not allowed",
                "crd: {enabled: false}                              | additional properties 'crd' not allowed",
                "crds: {enable: false}                              | at '/crds': additional properties 'enable' not allowed",
                "rbac: {pushSecretNamespace: [a]}                   | at '/rbac': additional properties 'pushSecretNamespace' not allowed",
                "resources: {limit: {memory: 1Gi}}                  | at '/resources': additional properties 'limit' not allowed",
                "resources: {limits: {mem: 1Gi}}                    | at '/resources/limits': additional properties 'mem' not allowed",
                "metrics: {podmonitor: {interval: 5s}}              | at '/metrics': additional properties 'podmonitor' not allowed",
                "networkPolicy: {egress: []}                        | at '/networkPolicy': additional properties 'egress' not allowed",
                "replicas: 2                                        | additional properties 'replicas' not allowed",
                "imagePullSecrets: [{secret: a}]                    | at '/imagePullSecrets/0'",
                // out of range
                "management: {port: 80}                             | at '/management/port': minimum: got 80, want 1,024",
                "management: {port: 70000}                          | at '/management/port': maximum: got 70,000, want 65,535",
                "networkPolicy: {egressPorts: [0]}                  | at '/networkPolicy/egressPorts/0': minimum: got 0, want 1",
                "networkPolicy: {egressPorts: []}                   | at '/networkPolicy/egressPorts': minItems: got 0, want 1",
                "terminationGracePeriodSeconds: 0                   | at '/terminationGracePeriodSeconds': minimum: got 0, want 1",
                // one of a few
                "metrics: {scrape: podMonitor}                      | at '/metrics/scrape': value must be one of 'Annotations', 'PodMonitor', 'None'",
                "image: {pullPolicy: always}                        | at '/image/pullPolicy': value must be one of 'Always', 'IfNotPresent', 'Never'",
                // of another type
                "registry: {insecure: 'yes'}                        | at '/registry/insecure': got string, want boolean",
                "watchNamespaces: shop                              | at '/watchNamespaces': got string, want array",
                "extraEnv: {HTTPS_PROXY: a}                         | at '/extraEnv': got object, want array",
                "nodeSelector: {a: 1}                               | at '/nodeSelector/a': got number, want string",
                "management: {port: '8080'}                         | at '/management/port': got string, want integer",
                // no name of its kind
                "registry: {host: 'https://a.example'}              | at '/registry/host': 'https://a.example' does not match pattern",
                "registry: {host: a.example/}                       | at '/registry/host': 'a.example/' does not match pattern",
                "registry: {host: A.example}                        | at '/registry/host': 'A.example' does not match pattern",
                "registry: {host: 'a.example:port'}                 | at '/registry/host': 'a.example:port' does not match pattern",
                "registry: {credentialsSecret: My_Secret}           | at '/registry/credentialsSecret': 'My_Secret' does not match pattern",
                "watchNamespaces: [Shop]                            | at '/watchNamespaces/0': 'Shop' does not match pattern",
                "watchNamespaces: ['shop,other']                    | at '/watchNamespaces/0': 'shop,other' does not match pattern",
                "watchNamespaces: [shop, shop]                      | at '/watchNamespaces': items at 0 and 1 are equal",
                "rbac: {pushSecretNamespaces: ['*']}                | at '/rbac/pushSecretNamespaces/0': '*' does not match pattern",
                "image: {digest: 'sha256:abc'}                      | at '/image/digest': 'sha256:abc' does not match pattern",
                "image: {tag: 'a b'}                                | at '/image/tag': 'a b' does not match pattern",
                "image: {repository: 'a.example/b:1'}               | at '/image/repository': 'a.example/b:1' does not match pattern",
                "baseImage: ''                                      | at '/baseImage': minLength: got 0, want 1",
                "baseImage: 'a b'                                   | at '/baseImage': 'a b' does not match pattern",
                "cache: {sizeLimit: big}                            | at '/cache/sizeLimit': 'big' does not match pattern",
                "resources: {limits: {memory: 1gb}}                 | at '/resources/limits/memory': '1gb' does not match pattern",
                "resources: {requests: {cpu: 100mi}}                | at '/resources/requests/cpu': '100mi' does not match pattern",
                "metrics: {podMonitor: {interval: often}}           | at '/metrics/podMonitor/interval': 'often' does not match pattern",
                "fullnameOverride: Brr                              | at '/fullnameOverride': 'Brr' does not match pattern",
                // would break the selector that cannot be changed later
                "commonLabels: {app.kubernetes.io/name: mine}       | invalid propertyName 'app.kubernetes.io/name'",
                "podLabels: {app.kubernetes.io/instance: mine}      | invalid propertyName 'app.kubernetes.io/instance'",
                // incomplete
                "extraEnv: [{value: a}]                             | at '/extraEnv/0': missing property 'name'",
                "extraVolumeMounts: [{name: a}]                     | at '/extraVolumeMounts/0': missing property 'mountPath'",
            })
    void refuses(String values, String message) {
        // given
        var complete = values.startsWith("registry:") ? values : Chart.REGISTRY + values;
        // when
        // then
        assertThatThrownBy(() -> Chart.render(complete)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry: {host: localhost:5000}",
                "registry: {host: 10.244.0.1:5000, insecure: true}",
                "registry: {host: registry.example.com:5443/team/services}",
                "registry: {host: a.example, credentialsSecret: push.secret-1}",
                Chart.REGISTRY + "image: {repository: a.example:5000/brr/operator, tag: 1.2.3-rc.1}",
                Chart.REGISTRY + "image: {tag: 0123456789abcdef}",
                Chart.REGISTRY + "baseImage: a.example/b/c:25",
                Chart.REGISTRY + "resources: {limits: {memory: 805306368, cpu: 1.5}}",
                Chart.REGISTRY + "resources: {limits: {cpu: 2}}",
                Chart.REGISTRY + "global: {anything: goes}",
                Chart.REGISTRY + "podLabels: {example.com/a: b}",
                Chart.REGISTRY + "command: [sh, -c, 'sleep 1']",
            })
    void takes(String values) {
        // given
        // when
        // then
        assertThatCode(() -> Chart.render(values)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "registry: {insecure: true}", "registry: {host: ''}"})
    void asksForTheRegistry(String values) {
        // given
        // when
        // then
        assertThatThrownBy(() -> Chart.render(values))
                .hasMessageContaining("registry.host is required: host[:port][/prefix]")
                .hasMessageContaining("--set registry.host=registry.example.com/team");
    }

    @Test
    void isDraft07() {
        // given
        // when
        var schema = Chart.tree("values.schema.json");
        // then
        assertThat(schema.get("$schema").asText()).isEqualTo("http://json-schema.org/draft-07/schema#");
    }

    @Test
    void describesEveryKey() {
        // given
        var withoutDescription = new ArrayList<String>();
        // when
        visit("", Chart.tree("values.schema.json"), (path, node) -> {
            if (!node.path("description").asText().endsWith(".")) {
                withoutDescription.add(path);
            }
        });
        // then
        assertThat(withoutDescription).isEmpty();
    }

    @Test
    void closesEveryObjectThatHasKeysOfItsOwn() {
        // given
        var open = new ArrayList<String>();
        var schema = Chart.tree("values.schema.json");
        // when
        visit("", schema, (path, node) -> {
            if (node.has("properties") && node.path("additionalProperties").asBoolean(true)) {
                open.add(path);
            }
        });
        // then
        assertThat(open).isEmpty();
        assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
    }

    @Test
    void knowsTheSameKeysAsValuesYaml() {
        // given
        var known = new TreeSet<String>();
        visit("", Chart.tree("values.schema.json"), (path, node) -> {
            if (!node.has("properties")) {
                known.add(path);
            }
        });
        // The first is Helm's own; the others have no default on purpose.
        known.removeAll(List.of(
                "global",
                "resources.limits.cpu",
                "resources.limits.ephemeral-storage",
                "resources.requests.ephemeral-storage"));
        // when
        var defaults = ValuesTable.leaves(Chart.tree("values.yaml"), Chart.tree("values.schema.json"));
        // then
        assertThat(defaults.keySet()).containsExactlyInAnyOrderElementsOf(known);
    }

    private interface Visitor {
        void visit(String path, JsonNode node);
    }

    private static void visit(String path, JsonNode schema, Visitor visitor) {
        schema.path("properties").properties().forEach(property -> {
            var below = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            visitor.visit(below, property.getValue());
            visit(below, property.getValue(), visitor);
        });
    }
}
