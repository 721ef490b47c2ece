package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @Property
    void hashesAlikeExactlyWhereItRunsAlike(
            @ForAll @Chars({'a', 'b'}) @StringLength(max = 2) String image,
            @ForAll @Chars({'a', 'b'}) @StringLength(max = 2) String conf,
            @ForAll @Chars({'a', 'b'}) @StringLength(max = 2) String otherImage,
            @ForAll @Chars({'a', 'b'}) @StringLength(max = 2) String otherConf) {
        // given
        var one = new Target(image, conf, "inputs-1");
        var other = new Target(otherImage, otherConf, "inputs-2");
        // when
        var alike = one.runsLike(other);
        // then
        assertThat(one.hash().equals(other.hash())).isEqualTo(alike);
        assertThat(alike).isEqualTo(image.equals(otherImage) && conf.equals(otherConf));
    }

    @ParameterizedTest
    @ValueSource(strings = {"schemes", "settings"})
    void whatElseMayLetPodsStartIsAnotherAttemptAtTheSame(String what) {
        // given
        var target = new Target("registry.example/petstore@sha256:1", "narenas:1", "inputs-1");
        var credential = new EnvVar("BRR_CREDENTIAL__A", "x", null);
        // when
        var other = what.equals("schemes")
                ? target.with(List.of(credential))
                : new Target(target.image(), target.mallocConf(), target.buildInputs(), List.of(), "0123");
        // then
        assertThat(other.runsLike(target)).isTrue();
        assertThat(other.hash()).isNotEqualTo(target.hash());
    }

    @Test
    void theHashFitsIntoAnAnnotation() {
        // given
        var target = new Target("registry.example/petstore@sha256:1", "narenas:1", "inputs-1");
        // when
        var hash = target.hash();
        // then
        assertThat(hash).matches("[0-9a-f]{16}");
    }
}
