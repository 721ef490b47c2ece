package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.LastGood;
import dev.brr.api.v1alpha1.MallocStatus;
import dev.brr.operator.brrservice.RolloutPlan.Keep;
import dev.brr.operator.brrservice.RolloutPlan.Nothing;
import dev.brr.operator.brrservice.RolloutPlan.Roll;
import dev.brr.operator.brrservice.RolloutPlan.RollBack;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.tuning.WantedTuning;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusFactoryTest extends StatusFactoryFixture {

    @Test
    void aServiceThatRunsAsWantedIsReadyInEveryField() {
        // given
        var wanted = wanted(BUILT);
        // when
        var status = statuses.status(service, wanted, roll(), complete(), Map.of("a", TUNED, "b", TUNED));
        // then
        assertThat(status.observedGeneration()).isEqualTo(3L);
        assertThat(states(status))
                .containsExactly(
                        "Ready True ServiceReady",
                        "ImageBuilt True Built",
                        "RolledOut True RolloutComplete",
                        "TuningApplied True TuningConfirmed",
                        "DashboardPublished True DashboardPublished");
        assertThat(status.image()).isEqualTo(IMAGE);
        assertThat(status.malloc()).isEqualTo(new MallocStatus(TARGET.mallocConf(), "abort_conf:true,narenas:1"));
        assertThat(status.lastGood())
                .isEqualTo(new LastGood(TARGET.image(), "sha256:" + "1".repeat(64), TARGET.mallocConf(), NO_SECURITY));
        assertThat(status.replicas()).isEqualTo(2);
        assertThat(status.readyReplicas()).isEqualTo(2);
        assertThat(status.selector())
                .isEqualTo("app.kubernetes.io/instance=petstore,app.kubernetes.io/managed-by=brr-operator");
    }

    @Test
    void anUnchangedStateIsAnEqualStatusHoweverMuchTimePasses() {
        // given
        var before = statuses.status(service, wanted(BUILT), roll(), complete(), Map.of("a", TUNED));
        service.setStatus(before);
        clock.pass(Duration.ofHours(1));
        // when
        var after = statuses.status(service, wanted(BUILT), roll(), complete(), Map.of("a", TUNED));
        // then
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aRefusedTuningReportsTheOneThatRuns() {
        // given
        var tuning = WantedTuning.decide(BrrServiceYaml.withSpec("malloc: {options: {no_such_option: '1'}}")
                .getSpec());
        var wanted = new Wanted(BUILT, Optional.of(IMAGE), "inputs-1", tuning, Optional.empty(), null);
        // when
        var status =
                statuses.status(service, wanted, new Keep(OLDER, Optional.empty()), complete(), Map.of("a", TUNED));
        // then
        assertThat(status.malloc()).isEqualTo(new MallocStatus(OLDER.mallocConf(), "abort_conf:true,narenas:1"));
    }

    @Test
    void aRefusedTuningBeforeAnythingRanHasNoMallocStatus() {
        // given
        var tuning = WantedTuning.decide(BrrServiceYaml.withSpec("malloc: {options: {no_such_option: '1'}}")
                .getSpec());
        var wanted = new Wanted(BUILT, Optional.of(IMAGE), "inputs-1", tuning, Optional.empty(), null);
        // when
        var status = statuses.status(service, wanted, new Nothing(), nothing(), Map.of());
        // then
        assertThat(status.malloc()).isNull();
    }

    @Test
    void whileTheNextTuningRollsOutTheStatusNamesItAndNotYetItsEffect() {
        // given
        var wanted = wanted(BUILT, "abort_conf:true,narenas:2");
        var target = wanted.target().orElseThrow();
        var deployment = SampleCluster.counted(SampleCluster.applied(service, target), 2, 1, 1);
        // when
        var status = statuses.status(
                service, wanted, new Roll(target, Change.Restart), observe(deployment), Map.of("a", Optional.empty()));
        // then
        assertThat(status.malloc()).isEqualTo(new MallocStatus("abort_conf:true,narenas:2", null));
    }

    @Test
    void podsThatDisagreeHaveNoCommonEffect() {
        // given
        var readings = Map.of("a", TUNED, "b", MISTUNED);
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), complete(), readings);
        // then
        assertThat(status.malloc()).isEqualTo(new MallocStatus(TARGET.mallocConf(), null));
    }

    @ParameterizedTest
    @EnumSource(names = {"BuildFailed", "DocumentInvalid", "DocumentNotFound", "PushSecretUnusable"})
    void theImageOfBeforeStaysWhereThereIsNoNewOne(Reason reason) {
        // given
        service.setStatus(before());
        var failed = Finding.fails(ConditionType.ImageBuilt, reason, "no");
        // when
        var status = statuses.status(
                service, wanted(failed), new Keep(OLDER, Optional.empty()), complete(), Map.of("a", TUNED));
        // then
        assertThat(status.image()).isEqualTo(OLDER_IMAGE);
    }

    @Test
    void aNewImageReplacesTheOneOfBefore() {
        // given
        service.setStatus(before());
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), nothing(), Map.of());
        // then
        assertThat(status.image()).isEqualTo(IMAGE);
    }

    @Test
    void whatWasLastGoodStaysUntilTheNextIsReady() {
        // given
        service.setStatus(before());
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), nothing(), Map.of());
        // then
        assertThat(status.lastGood()).isEqualTo(before().lastGood());
    }

    @Test
    void whatIsReadyBecomesLastGood() {
        // given
        service.setStatus(before());
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), complete(), Map.of("a", TUNED));
        // then
        assertThat(status.lastGood())
                .isEqualTo(new LastGood(TARGET.image(), IMAGE.digest(), TARGET.mallocConf(), NO_SECURITY));
    }

    @Test
    void aRollbackNeitherForgetsWhatWasGoodNorCallsTheFailedOneGood() {
        // given
        service.setStatus(before());
        var plan = new RollBack(OLDER, TARGET.hash());
        var deployment = SampleCluster.counted(SampleCluster.applied(service, OLDER, plan), 2, 2, 2);
        // when
        var status = statuses.status(service, wanted(BUILT), plan, observe(deployment), Map.of("a", TUNED));
        // then
        assertThat(status.lastGood()).isEqualTo(before().lastGood());
        assertThat(states(status)).contains("Ready False RolledBack");
    }

    @Test
    void podsAreCountedAsTheDeploymentCountsThem() {
        // given
        var deployment = SampleCluster.counted(SampleCluster.applied(service, TARGET), 3, 2, 1);
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), observe(deployment), Map.of("a", TUNED));
        // then
        assertThat(status.replicas()).isEqualTo(3);
        assertThat(status.readyReplicas()).isEqualTo(1);
    }

    @Test
    void aDeploymentThatNobodyCountedHasNoPods() {
        // given
        var deployment = SampleCluster.applied(service, TARGET);
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), observe(deployment), Map.of());
        // then
        assertThat(status.replicas()).isZero();
        assertThat(status.readyReplicas()).isZero();
    }
}
