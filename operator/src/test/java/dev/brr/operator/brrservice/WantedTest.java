package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.ImageStatus;
import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.jemalloc.conf.MallocConfProblem;
import dev.brr.jemalloc.conf.Tuning;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WantedTest {

    private static final ImageStatus IMAGE = new ImageStatus("registry.example:5000/shop/petstore", "sha256:1", "rev");
    private static final Tuning.Decision TUNED =
            new Tuning.Decision.Tuned(MallocConf.empty().with("narenas", "2").with("prof", "true"));
    private static final Tuning.Decision REFUSED = new Tuning.Decision.Refused(List.of(new MallocConfProblem(
            "x", MallocConfProblem.NO_POSITION, MallocConfProblem.Reason.UNKNOWN_OPTION, "x is unknown")));

    @Test
    void imageAndTuningAreATarget() {
        // given
        var wanted = wanted(IMAGE, TUNED);
        // when
        var target = wanted.target();
        // then
        assertThat(target)
                .contains(new Target("registry.example:5000/shop/petstore@sha256:1", "narenas:2,prof:true", "inputs"));
    }

    @Test
    void withoutAnImageThereIsNoTarget() {
        // given
        var wanted = wanted(null, TUNED);
        // when
        var target = wanted.target();
        // then
        assertThat(target).isEmpty();
    }

    @Test
    void withARefusedTuningThereIsNoTarget() {
        // given
        var wanted = wanted(IMAGE, REFUSED);
        // when
        var target = wanted.target();
        // then
        assertThat(target).isEmpty();
        assertThat(wanted.mallocConf()).isEmpty();
    }

    private static Wanted wanted(@Nullable ImageStatus image, Tuning.Decision tuning) {
        return new Wanted(
                Finding.holds(ConditionType.ImageBuilt, Reason.Built, "built"),
                Optional.ofNullable(image),
                "inputs",
                tuning,
                Optional.empty());
    }
}
