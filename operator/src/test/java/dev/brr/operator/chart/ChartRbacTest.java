package dev.brr.operator.chart;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator may do what it does and nothing else. */
class ChartRbacTest {

    /** All that the operator does where it watches; a right that is added here wants a reason. */
    private static final List<String> IN_A_NAMESPACE = List.of(
            "brr.dev/brrservices get,list,watch",
            "brr.dev/brrservices/status get,patch,update",
            "brr.dev/brrservices/finalizers update",
            "apps/deployments get,list,watch,create,patch,update,delete",
            "/services get,list,watch,create,patch,update,delete",
            "/configmaps get,list,watch,create,patch,update,delete",
            "/pods get,list,watch",
            "autoscaling/horizontalpodautoscalers get,list,watch,create,patch,update,delete",
            "monitoring.coreos.com/podmonitors get,list,watch,create,patch,update,delete",
            "monitoring.coreos.com/prometheusrules get,list,watch,create,patch,update,delete",
            "events.k8s.io/events create,patch");

    private static final List<String> IN_THE_CLUSTER = List.of("apiextensions.k8s.io/customresourcedefinitions"
            + "[brrservices.brr.dev,podmonitors.monitoring.coreos.com,prometheusrules.monitoring.coreos.com] get");

    private static final String TWO_NAMESPACES = Chart.REGISTRY + "watchNamespaces: [shop, shop-staging]\n";

    static List<Path> cases() {
        return Chart.cases();
    }

    @Test
    void watchesEveryNamespaceWithOneClusterRole() {
        // given
        // when
        var rendered = Chart.render(Chart.REGISTRY);
        // then
        assertThat(rights(clusterRole(rendered, "brr-operator").getRules()))
                .containsExactlyInAnyOrderElementsOf(both(IN_THE_CLUSTER, IN_A_NAMESPACE));
        assertThat(rendered.all(Role.class)).isEmpty();
        assertThat(rendered.all(RoleBinding.class)).isEmpty();
    }

    @Test
    void watchesNamedNamespacesWithARoleInEach() {
        // given
        // when
        var rendered = Chart.render(TWO_NAMESPACES);
        // then
        assertThat(rendered.all(Role.class))
                .hasSize(2)
                .allSatisfy(
                        role -> assertThat(rights(role.getRules())).containsExactlyInAnyOrderElementsOf(IN_A_NAMESPACE))
                .extracting(role -> role.getMetadata().getNamespace())
                .containsExactly("shop", "shop-staging");
        assertThat(rendered.all(RoleBinding.class))
                .extracting(binding -> binding.getMetadata().getNamespace())
                .containsExactly("shop", "shop-staging");
    }

    @Test
    void withNamedNamespacesMayOnlyLookAtThreeCrdsInTheCluster() {
        // given
        // when
        var rules = clusterRole(Chart.render(TWO_NAMESPACES), "brr-operator").getRules();
        // then
        assertThat(rights(rules)).isEqualTo(new TreeSet<>(IN_THE_CLUSTER));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void grantsNoWildcard(Path values) {
        // given
        // when
        var rules = allRules(Chart.render(values));
        // then
        assertThat(rules)
                .allSatisfy(rule -> assertThat(Stream.of(
                                        rule.getApiGroups(),
                                        rule.getResources(),
                                        rule.getVerbs(),
                                        rule.getNonResourceURLs())
                                .flatMap(Collection::stream))
                        .doesNotContain("*")
                        .noneMatch(name -> name.contains("*")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void grantsNoWayToBecomeMore(Path values) {
        // given
        var dangerous = List.of("escalate", "bind", "impersonate");
        // when
        var rules = allRules(Chart.render(values));
        // then
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.getVerbs()).doesNotContainAnyElementsOf(dangerous);
            assertThat(rule.getApiGroups()).doesNotContain("rbac.authorization.k8s.io");
            assertThat(rule.getResources())
                    .doesNotContain("pods/exec", "pods/attach", "pods/portforward", "serviceaccounts/token", "nodes");
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void grantsSecretsOnlyWhereValuesNameTheNamespace(Path values) {
        // given
        var named = values.toString().contains("namespaced") ? List.of("shop") : List.<String>of();
        var rendered = Chart.render(values);
        // when
        var withSecrets = rendered.all(Role.class).stream()
                .filter(role -> reachesSecrets(role.getRules()))
                .toList();
        // then
        assertThat(withSecrets)
                .allSatisfy(role -> assertThat(rights(role.getRules())).containsExactly("/secrets get"))
                .extracting(role -> role.getMetadata().getNamespace())
                .containsExactlyElementsOf(named);
        assertThat(rendered.all(ClusterRole.class)).noneMatch(role -> reachesSecrets(role.getRules()));
    }

    @Test
    void keepsTheRightOnPushSecretsInARoleOfItsOwn() {
        // given
        var values = TWO_NAMESPACES + "rbac: {pushSecretNamespaces: [elsewhere]}";
        // when
        var rendered = Chart.render(values);
        // then
        assertThat(rendered.names())
                .contains("Role elsewhere/brr-operator-push-secrets", "RoleBinding elsewhere/brr-operator-push-secrets")
                .doesNotContain("Role elsewhere/brr-operator");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bindsEveryRoleToTheIdentityOfThePod(Path values) {
        // given
        var rendered = Chart.render(values);
        var identity = rendered.pod().getServiceAccountName();
        // when
        var subjects = Stream.concat(
                        rendered.all(ClusterRoleBinding.class).stream().map(ClusterRoleBinding::getSubjects),
                        rendered.all(RoleBinding.class).stream().map(RoleBinding::getSubjects))
                .flatMap(List::stream)
                .toList();
        // then
        assertThat(subjects)
                .allSatisfy(subject -> assertThat(subject)
                        .isEqualTo(new Subject("", "ServiceAccount", identity, Chart.NAMESPACE)
                                .toBuilder().withApiGroup(null).build()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bindsOnlyRolesThatItMakes(Path values) {
        // given
        var rendered = Chart.render(values);
        var made = Stream.concat(rendered.all(ClusterRole.class).stream(), rendered.all(Role.class).stream())
                .map(ChartRbacTest::place)
                .toList();
        // when
        var bound = Stream.concat(
                        rendered.all(ClusterRoleBinding.class).stream()
                                .map(binding ->
                                        "ClusterRole " + binding.getRoleRef().getName()),
                        rendered.all(RoleBinding.class).stream()
                                .map(binding -> "Role "
                                        + binding.getMetadata().getNamespace()
                                        + "/" + binding.getRoleRef().getName()))
                .toList();
        // then
        assertThat(made).containsAll(bound);
    }

    @Test
    void makesNoRolesWhenAnAdministratorDoes() {
        // given
        var values = TWO_NAMESPACES + "rbac: {create: false, pushSecretNamespaces: [shop]}";
        // when
        var names = Chart.render(values).names();
        // then
        assertThat(names).noneMatch(name -> name.contains("Role"));
    }

    @Test
    void letsUsersOfTheClustersOwnRolesWorkWithBrrServices() {
        // given
        // when
        var rendered = Chart.render(Chart.REGISTRY);
        // then
        var view = clusterRole(rendered, "brr-operator-view");
        assertThat(view.getMetadata().getLabels()).containsEntry("rbac.authorization.k8s.io/aggregate-to-view", "true");
        assertThat(rights(view.getRules()))
                .containsExactlyInAnyOrder(
                        "brr.dev/brrservices get,list,watch",
                        "brr.dev/brrservices/status get,list,watch",
                        "brr.dev/brrservices/scale get,list,watch");
        var edit = clusterRole(rendered, "brr-operator-edit");
        assertThat(edit.getMetadata().getLabels())
                .containsEntry("rbac.authorization.k8s.io/aggregate-to-edit", "true")
                .doesNotContainKey("rbac.authorization.k8s.io/aggregate-to-view");
        assertThat(rights(edit.getRules()))
                .containsExactlyInAnyOrder(
                        "brr.dev/brrservices create,update,patch,delete,deletecollection",
                        "brr.dev/brrservices/scale update,patch");
    }

    @Test
    void leavesTheClustersOwnRolesAloneOnRequest() {
        // given
        var values = Chart.REGISTRY + "rbac: {aggregateToDefaultRoles: false}";
        // when
        var roles = Chart.render(values).all(ClusterRole.class);
        // then
        assertThat(roles).extracting(role -> role.getMetadata().getName()).containsExactly("brr-operator");
    }

    @Test
    void givesTheTokenToThePodAndNotToWhoeverUsesTheAccount() {
        // given
        // when
        var rendered = Chart.render(Chart.REGISTRY);
        // then
        assertThat(rendered.only(ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(rendered.pod().getAutomountServiceAccountToken()).isTrue();
    }

    @Test
    void usesAnAccountThatExists() {
        // given
        var values = Chart.REGISTRY + "serviceAccount: {create: false, name: mine}";
        // when
        var rendered = Chart.render(values);
        // then
        assertThat(rendered.all(ServiceAccount.class)).isEmpty();
        assertThat(rendered.pod().getServiceAccountName()).isEqualTo("mine");
    }

    @Test
    void givesSeparateReleasesSeparateNames() {
        // given
        var values = Chart.REGISTRY + "fullnameOverride: second";
        // when
        var names = Chart.render(values).names();
        // then
        assertThat(names)
                .filteredOn(name -> !name.startsWith("CustomResource"))
                .allMatch(name -> name.contains("second"));
    }

    private static ClusterRole clusterRole(Rendered rendered, String name) {
        return rendered.all(ClusterRole.class).stream()
                .filter(role -> role.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<PolicyRule> allRules(Rendered rendered) {
        return Stream.concat(
                        rendered.all(ClusterRole.class).stream().map(ClusterRole::getRules),
                        rendered.all(Role.class).stream().map(Role::getRules))
                .flatMap(List::stream)
                .toList();
    }

    private static boolean reachesSecrets(List<PolicyRule> rules) {
        return rules.stream().anyMatch(rule -> rule.getResources().contains("secrets"));
    }

    /** "group/resource[names] verbs" of each resource, sorted. */
    private static TreeSet<String> rights(List<PolicyRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.getApiGroups().stream()
                        .flatMap(group -> rule.getResources().stream()
                                .map(resource -> group + "/" + resource + names(rule) + " "
                                        + String.join(",", rule.getVerbs()))))
                .collect(toCollection(TreeSet::new));
    }

    private static String names(PolicyRule rule) {
        return rule.getResourceNames().isEmpty() ? "" : "[" + String.join(",", rule.getResourceNames()) + "]";
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static String place(HasMetadata role) {
        var namespace = role.getMetadata().getNamespace();
        return role.getKind() + " " + (namespace == null ? "" : namespace + "/")
                + role.getMetadata().getName();
    }
}
