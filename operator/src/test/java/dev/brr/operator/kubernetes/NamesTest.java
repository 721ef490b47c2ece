package dev.brr.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void anObjectIsNamedLikeItsServiceAndLivesBesideIt() {
        // given
        var service = BrrServiceYaml.withoutSpec();
        // when
        var metadata = Names.metadata(service);
        // then
        assertThat(metadata.getName()).isEqualTo("petstore");
        assertThat(metadata.getNamespace()).isEqualTo("shop");
    }

    @Test
    void anObjectCanHaveANameOfItsOwn() {
        // given
        var service = BrrServiceYaml.withoutSpec();
        // when
        var metadata = Names.metadata(service, "petstore-extra");
        // then
        assertThat(metadata.getName()).isEqualTo("petstore-extra");
    }

    @Test
    void anObjectIsLabelled() {
        // given
        var service = BrrServiceYaml.withoutSpec();
        // when
        var metadata = Names.metadata(service);
        // then
        assertThat(metadata.getLabels()).isEqualTo(Labels.of(service));
    }

    @Test
    void anObjectGoesWithItsService() {
        // given
        var service = BrrServiceYaml.withoutSpec();
        // when
        var owners = Names.metadata(service).getOwnerReferences();
        // then
        assertThat(owners)
                .containsExactly(new OwnerReferenceBuilder()
                        .withApiVersion("brr.dev/v1alpha1")
                        .withKind("BrrService")
                        .withName("petstore")
                        .withUid("5f1c6a52-3c0e-4b39-9d5d-8f6f0f6f0a01")
                        .withController(true)
                        .withBlockOwnerDeletion(true)
                        .build());
    }

    @Test
    void labelsOfOneObjectCanBeAddedToWithoutTouchingAnother() {
        // given
        var service = BrrServiceYaml.withoutSpec();
        var dashboard = Names.metadata(service, Names.dashboard(service));
        // when
        dashboard.getLabels().put("grafana_dashboard", "1");
        // then
        assertThat(Names.metadata(service).getLabels()).doesNotContainKey("grafana_dashboard");
    }

    @Test
    void theDashboardsConfigMapSaysWhatItIs() {
        // given
        var service = BrrServiceYaml.withoutSpec();
        // when
        var name = Names.dashboard(service);
        // then
        assertThat(name).isEqualTo("petstore-dashboard");
    }

    @Test
    void theLongestAllowedNameLeavesRoomForTheSuffix() {
        // given
        var service = BrrServiceYaml.named("shop", "p".repeat(50));
        // when
        var name = Names.dashboard(service);
        // then
        assertThat(name).hasSizeLessThanOrEqualTo(63);
    }
}
