package dev.brr.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the account that the chart made may do, asked of the API server as that account. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorAccountE2E {

    private Cluster operator;

    @BeforeAll
    void connect() {
        operator = Cluster.asOperator();
    }

    @AfterAll
    void end() {
        operator.close();
    }

    @ParameterizedTest
    @CsvSource({
        "brr.dev, brrservices, watch",
        "brr.dev, brrservices/status, patch",
        "apps, deployments, patch",
        "'', services, patch",
        "'', configmaps, watch",
        "'', pods, watch",
        "autoscaling, horizontalpodautoscalers, delete",
        "monitoring.coreos.com, podmonitors, patch",
        "monitoring.coreos.com, prometheusrules, patch",
        "events.k8s.io, events, create"
    })
    void mayDoItsWork(String group, String resource, String verb) {
        // given
        var namespace = "default";
        // when
        var allowed = allowed(group, resource, verb, namespace);
        // then
        assertThat(allowed).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', secrets, get",
        "'', secrets, list",
        "'', secrets, watch",
        "'', pods, create",
        "'', pods/exec, create",
        "'', pods, delete",
        "'', nodes, get",
        "'', nodes/proxy, get",
        "'', serviceaccounts/token, create",
        "'', namespaces, delete",
        "apps, daemonsets, create",
        "rbac.authorization.k8s.io, clusterroles, bind",
        "rbac.authorization.k8s.io, rolebindings, create",
        "brr.dev, brrservices, create",
        "brr.dev, brrservices, delete",
        "brr.dev, brrservices, patch",
        "apiextensions.k8s.io, customresourcedefinitions, create",
        "apiextensions.k8s.io, customresourcedefinitions, list"
    })
    void mayDoNothingElse(String group, String resource, String verb) {
        // given
        var namespace = "default";
        // when
        var allowed = allowed(group, resource, verb, namespace);
        // then
        assertThat(allowed).isFalse();
    }

    @Test
    void readingASecretIsRefusedForReal() {
        // given
        var secrets = operator.client().secrets().inNamespace("default").withName("petstore-keys");
        // when, then
        assertThatThrownBy(secrets::get)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(403));
    }

    private boolean allowed(String group, String resource, String verb, String namespace) {
        var slash = resource.indexOf('/');
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup(group)
                .withResource(slash < 0 ? resource : resource.substring(0, slash))
                .withSubresource(slash < 0 ? null : resource.substring(slash + 1))
                .withVerb(verb)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return operator.client()
                .authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }
}
