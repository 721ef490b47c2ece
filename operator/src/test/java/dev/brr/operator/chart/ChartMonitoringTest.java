package dev.brr.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who finds the operator's metrics, and who reaches the operator at all. */
class ChartMonitoringTest {

    @ParameterizedTest
    @CsvSource({"Annotations, true, 0", "PodMonitor, false, 1", "None, false, 0"})
    void isScrapedInOneWayOnly(String scrape, boolean annotated, int podMonitors) {
        // given
        var values = Chart.REGISTRY + "metrics: {scrape: " + scrape + "}";
        // when
        var rendered = Chart.render(values);
        // then
        assertThat(annotations(rendered).containsKey("prometheus.io/scrape")).isEqualTo(annotated);
        assertThat(rendered.all(PodMonitor.class)).hasSize(podMonitors);
    }

    @Test
    void annotatesThePortThatItListensOn() {
        // given
        var values = Chart.REGISTRY + "management: {port: 9443}";
        // when
        var annotations = annotations(Chart.render(values));
        // then
        assertThat(annotations)
                .containsEntry("prometheus.io/scrape", "true")
                .containsEntry("prometheus.io/port", "9443")
                .containsEntry("prometheus.io/path", "/metrics");
    }

    @Test
    void selectsItsPodByThePodMonitor() {
        // given
        var values = Chart.REGISTRY
                + "metrics: {scrape: PodMonitor, podMonitor: {interval: 15s, labels: {release: monitoring}}}";
        var rendered = Chart.render(values);
        // when
        var monitor = rendered.only(PodMonitor.class);
        // then
        assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "monitoring");
        assertThat(podLabels(rendered))
                .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
        assertThat(monitor.getSpec().getPodMetricsEndpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.getPort())
                    .isEqualTo(rendered.container().getPorts().getFirst().getName());
            assertThat(endpoint.getPath()).isEqualTo("/metrics");
            assertThat(endpoint.getInterval()).isEqualTo("15s");
        });
    }

    @Test
    void hasNoNetworkPolicyUnlessAsked() {
        // given
        // when
        var policies = Chart.render(Chart.REGISTRY).all(NetworkPolicy.class);
        // then
        assertThat(policies).isEmpty();
    }

    @Test
    void letsOnlyTheNamedPortsThrough() {
        // given
        var values = Chart.REGISTRY + "networkPolicy: {enabled: true, egressPorts: [443, 9090]}";
        var rendered = Chart.render(values);
        // when
        var policy = rendered.only(NetworkPolicy.class).getSpec();
        // then
        assertThat(policy.getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(podLabels(rendered))
                .containsAllEntriesOf(policy.getPodSelector().getMatchLabels());
        assertThat(policy.getIngress()).singleElement().satisfies(rule -> {
            assertThat(rule.getFrom()).isEmpty();
            assertThat(rule.getPorts())
                    .singleElement()
                    .satisfies(port -> assertThat(port.getPort().getStrVal()).isEqualTo("management"));
        });
        assertThat(policy.getEgress().stream().flatMap(rule -> rule.getPorts().stream()))
                .extracting(port -> port.getProtocol() + " " + port.getPort().getIntVal())
                .containsExactly("UDP 53", "TCP 53", "TCP 443", "TCP 9090");
    }

    @Test
    void reachesByDefaultWhatTheOperatorTalksTo() {
        // given
        var values = Chart.REGISTRY + "networkPolicy: {enabled: true}";
        // when
        var ports = Chart.render(values).only(NetworkPolicy.class).getSpec().getEgress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal());
        // then
        assertThat(ports).contains(443, 6443, 5000, 9090);
    }

    @Test
    void saysWhoMayScrape() {
        // given
        var production = Chart.FOLDER.resolve("ci").resolve("production-values.yaml");
        // when
        var from = Chart.render(production)
                .only(NetworkPolicy.class)
                .getSpec()
                .getIngress()
                .getFirst()
                .getFrom();
        // then
        assertThat(from)
                .singleElement()
                .satisfies(peer -> assertThat(peer.getNamespaceSelector().getMatchLabels())
                        .containsEntry("kubernetes.io/metadata.name", "monitoring"));
    }

    private static Map<String, String> annotations(Rendered rendered) {
        return rendered.only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations();
    }

    private static Map<String, String> podLabels(Rendered rendered) {
        return rendered.only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels();
    }
}
