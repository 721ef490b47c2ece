package dev.brr.operator.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.operator.kubernetes.ConditionType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that loses an image before a node has pulled it, as one that cleans up does. */
class LostImageE2E {

    /** A document that no other service has, so that no node has an image of the same digest. */
    private static final String SPEC = """
            replicas: %d
            openapi:
              inline: |
                openapi: 3.1.0
                info: {title: Lost and found, version: "1"}
                paths:
                  /found:
                    get:
                      operationId: found
                      responses:
                        "200": {description: found, content: {application/json: {schema: {type: string}, example: here}}}
            """;

    private Cluster cluster;
    private ServiceInCluster service;

    @BeforeEach
    void create() {
        cluster = Cluster.asAdministrator();
        service = new ServiceInCluster(cluster, "lost");
    }

    @AfterEach
    void end() {
        service.close();
        cluster.close();
    }

    @Test
    void anImageThatTheRegistryLostIsBuiltAgain() {
        // given
        service.apply(SPEC.formatted(0));
        service.awaitReason(ConditionType.ImageBuilt, "Built");
        var image = requireNonNull(service.get().getStatus().image());
        var manifest = "http://" + Cluster.variable("BRR_REGISTRY") + "/v2/" + service.namespace() + "/"
                + service.name() + "/manifests/" + image.digest();
        assertThat(Cluster.delete(manifest).statusCode()).isEqualTo(202);
        // when
        service.apply(SPEC.formatted(1));
        service.awaitReady();
        // then
        assertThat(service.get("/found").body()).isEqualTo("\"here\"");
    }
}
