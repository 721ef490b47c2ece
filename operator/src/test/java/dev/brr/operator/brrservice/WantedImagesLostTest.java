package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.api.v1alpha1.ImageStatus;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.kubernetes.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The image of a service that runs cannot be pulled any more. */
class WantedImagesLostTest extends WantedImagesFixture {

    private static final String OTHER_DIGEST = "sha256:" + "2".repeat(64);

    private final BrrService service = BrrServiceYaml.withSpec("{}");

    @Test
    void theRegistryIsAskedAndTheImageStaysWantedMeanwhile() {
        // given
        var target = running();
        var gate = builder.holdsBack();
        // when
        var wanted = look(target);
        // then
        assertThat(wanted.target()).contains(target);
        assertThat(wanted.imageFinding().status()).isEqualTo(Status.True);
        gate.countDown();
        await().until(() -> builder.requests().size() == 2);
    }

    @Test
    void whereTheRegistryHasItNothingIsRolledOut() {
        // given
        var target = running();
        builder.adopts();
        // when
        lookUntilDone(target);
        var wanted = look(target);
        // then
        assertThat(wanted.target()).contains(target);
        assertThat(wanted.imageFinding().reason()).isEqualTo(Reason.Adopted);
    }

    @Test
    void whereItIsBuiltAgainWithTheSameDigestNothingIsRolledOut() {
        // given
        var target = running();
        // when
        lookUntilDone(target);
        var wanted = look(target);
        // then
        assertThat(wanted.target()).contains(target);
        assertThat(builder.requests()).hasSize(2);
        assertThat(builder.requests().getLast()).isEqualTo(builder.requests().getFirst());
    }

    @Test
    void anotherDigestOfTheSameRevisionIsRolledOut() {
        // given
        var target = running();
        var revision = look(target, Set.of()).image().map(ImageStatus::revision);
        builder.makes(OTHER_DIGEST);
        // when
        lookUntilDone(target);
        var wanted = look(target);
        // then
        assertThat(wanted.image().map(ImageStatus::digest)).contains(OTHER_DIGEST);
        assertThat(wanted.image().map(ImageStatus::revision)).isEqualTo(revision);
        assertThat(wanted.target().map(Target::image)).contains(REPOSITORY + "@" + OTHER_DIGEST);
    }

    @Test
    void afterTheOperatorsRestartTheRegistryIsAskedToo() {
        // given
        var target = running();
        images.retain((namespace, name) -> false);
        // when
        lookUntilDone(target);
        // then
        assertThat(builder.requests()).hasSize(2);
        assertThat(look(target).target()).contains(target);
    }

    @Test
    void anImageThatCannotBeBuiltAgainIsSaid() {
        // given
        var target = running();
        builder.fails(new IOException("the registry registry.example:5000 cannot be reached"));
        // when
        lookUntilDone(target);
        var wanted = look(target);
        // then
        assertThat(wanted.imageFinding().reason()).isEqualTo(Reason.BuildFailed);
        assertThat(wanted.imageFinding().message()).contains("cannot be reached");
        assertThat(wanted.retryAt()).isPresent();
    }

    @Test
    void onceItCanBePulledItIsNotAskedForAnyMore() {
        // given
        var target = running();
        lookUntilDone(target);
        clock.pass(Duration.ofDays(1));
        // when
        var wanted = images.of(service, Optional.of(target), Set.of(), woken::incrementAndGet);
        // then
        assertThat(wanted.imageFinding().message()).isEqualTo("the image of this revision runs");
        assertThat(builder.requests()).hasSize(2);
    }

    @Test
    void anotherImageThatCannotBePulledIsNoReasonToAsk() {
        // given
        var target = running();
        // when
        var wanted = images.of(
                service, Optional.of(target), Set.of(REPOSITORY + "@" + OTHER_DIGEST), woken::incrementAndGet);
        // then
        assertThat(wanted.imageFinding().message()).isEqualTo("the image of this revision runs");
        assertThat(builder.requests()).hasSize(1);
    }

    @Test
    void aPrebuiltImageIsNobodysToBuild() {
        // given
        var prebuilt = BrrServiceYaml.withSpec("image: {prebuilt: '%s'}".formatted(PREBUILT));
        // when
        var wanted = images.of(prebuilt, Optional.empty(), Set.of(PREBUILT), woken::incrementAndGet);
        // then
        assertThat(wanted.imageFinding().reason()).isEqualTo(Reason.Prebuilt);
        assertThat(builder.requests()).isEmpty();
    }

    /** Builds, and has the image run for an hour. */
    private Target running() {
        var built = askUntilDone(service);
        service.setStatus(new BrrServiceStatus(3L, null, built.image().orElseThrow(), null, null, null, 1, 1, null));
        clock.pass(Duration.ofHours(1));
        return built.target().orElseThrow();
    }

    private Wanted look(Target target) {
        return look(target, Set.of(target.image()));
    }

    private Wanted look(Target target, Set<String> unpullable) {
        return images.of(service, Optional.of(target), unpullable, woken::incrementAndGet);
    }

    private void lookUntilDone(Target target) {
        int before = woken.get();
        look(target);
        await().until(() -> woken.get() == before + 1);
    }
}
