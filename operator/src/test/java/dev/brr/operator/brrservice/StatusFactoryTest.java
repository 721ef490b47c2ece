package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.api.v1alpha1.ImageStatus;
import dev.brr.api.v1alpha1.LastGood;
import dev.brr.api.v1alpha1.MallocStatus;
import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.jemalloc.conf.Tuning;
import dev.brr.operator.brrservice.RolloutPlan.Keep;
import dev.brr.operator.brrservice.RolloutPlan.Nothing;
import dev.brr.operator.brrservice.RolloutPlan.Roll;
import dev.brr.operator.brrservice.RolloutPlan.RollBack;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Conditions;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.kubernetes.SetClock;
import dev.brr.operator.tuning.PodReading;
import dev.brr.operator.tuning.WantedTuning;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatusFactoryTest {

    private static final Target TARGET = SampleCluster.TARGET;
    private static final Target OLDER = SampleCluster.OTHER;
    private static final ImageStatus IMAGE =
            new ImageStatus("registry.example:5000/shop/petstore", "sha256:" + "1".repeat(64), "0123456789abcdef0123");
    private static final ImageStatus OLDER_IMAGE =
            new ImageStatus("registry.example:5000/shop/petstore", "sha256:" + "2".repeat(64), "fedcba9876543210fedc");
    private static final Finding BUILT = Finding.holds(ConditionType.ImageBuilt, Reason.Built, "built revision 1");
    private static final Finding BUILDING =
            Finding.pends(ConditionType.ImageBuilt, Reason.Building, "the image is being built");
    private static final Finding INVALID =
            Finding.fails(ConditionType.ImageBuilt, Reason.DocumentInvalid, "line 3: is wrong");
    private static final Optional<PodReading> TUNED =
            Optional.of(new PodReading.Loaded(Map.of("abort_conf", "true", "narenas", "1")));
    private static final Optional<PodReading> MISTUNED =
            Optional.of(new PodReading.Loaded(Map.of("abort_conf", "true", "narenas", "256")));
    private static final Optional<PodReading> SILENT = Optional.of(new PodReading.Unread("/malloc answered 503"));

    private final SetClock clock = new SetClock("2026-01-01T00:00:00Z");
    private final StatusFactory statuses = new StatusFactory(new Conditions(clock));
    private final BrrService service = BrrServiceYaml.withSpec("replicas: 2");

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
                .isEqualTo(new LastGood(TARGET.image(), "sha256:" + "1".repeat(64), TARGET.mallocConf()));
        assertThat(status.replicas()).isEqualTo(2);
        assertThat(status.readyReplicas()).isEqualTo(2);
        assertThat(status.selector())
                .isEqualTo("app.kubernetes.io/instance=petstore,app.kubernetes.io/managed-by=brr-operator");
    }

    @Test
    void readyTellsHowManyPodsRun() {
        // given
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), complete(), Map.of("a", TUNED));
        // then
        assertThat(condition(status, ConditionType.Ready).getMessage()).isEqualTo("2 of 2 pods run it, tuned as asked");
    }

    @Test
    void everyConditionIsAboutTheGenerationOfTheService() {
        // given
        service.getMetadata().setGeneration(8L);
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), complete(), Map.of("a", TUNED));
        // then
        assertThat(status.observedGeneration()).isEqualTo(8L);
        assertThat(status.conditions())
                .extracting(Condition::getObservedGeneration)
                .containsOnly(8L);
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("unready")
    void readyRepeatsTheFirstThatFailsElseTheFirstThatPends(
            String situation,
            Finding image,
            RolloutPlan plan,
            Observation observation,
            Map<String, Optional<PodReading>> readings,
            Reason reason) {
        // given
        // when
        var status = statuses.status(service, wanted(image), plan, observation, readings);
        // then
        var ready = condition(status, ConditionType.Ready);
        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getReason()).isEqualTo(reason.name());
        assertThat(conditions(status).stream().skip(1))
                .anyMatch(other -> other.getReason().equals(ready.getReason())
                        && other.getMessage().equals(ready.getMessage()));
    }

    static Stream<Arguments> unready() {
        var service = BrrServiceYaml.withSpec("replicas: 2");
        var applied = SampleCluster.applied(service, TARGET);
        var rolling = observe(SampleCluster.counted(applied, 2, 1, 1));
        var stuck = observe(SampleCluster.stuck(applied));
        var complete = observe(SampleCluster.counted(applied, 2, 2, 2));
        var nothing = new Observation(Optional.empty(), List.of());
        var keep = new Keep(OLDER, Optional.empty());
        return Stream.of(
                Arguments.of("first build", BUILDING, new Nothing(), nothing, Map.of(), Reason.Building),
                Arguments.of("next build", BUILDING, keep, complete, Map.of("a", TUNED), Reason.Building),
                Arguments.of("bad document", INVALID, keep, complete, Map.of("a", TUNED), Reason.DocumentInvalid),
                Arguments.of(
                        "bad document before anything ran",
                        INVALID,
                        new Nothing(),
                        nothing,
                        Map.of(),
                        Reason.DocumentInvalid),
                Arguments.of("rolling", BUILT, roll(), rolling, Map.of("a", TUNED), Reason.RollingOut),
                Arguments.of(
                        "pods not asked", BUILT, roll(), complete, Map.of("a", Optional.empty()), Reason.TuningUnread),
                Arguments.of("pods silent", BUILT, roll(), complete, Map.of("a", SILENT), Reason.TuningUnread),
                Arguments.of("no pod to ask", BUILT, roll(), complete, Map.of(), Reason.TuningUnread),
                Arguments.of("mistuned", BUILT, roll(), complete, Map.of("a", MISTUNED), Reason.TuningIgnored),
                Arguments.of(
                        "mistuned while rolling", BUILT, roll(), rolling, Map.of("a", MISTUNED), Reason.TuningIgnored),
                Arguments.of("stuck", BUILT, roll(), stuck, Map.of(), Reason.RolloutFailed),
                Arguments.of(
                        "rolled back",
                        BUILT,
                        new RollBack(OLDER, TARGET.hash()),
                        complete,
                        Map.of("a", TUNED),
                        Reason.RolledBack),
                Arguments.of("image before rollout", INVALID, roll(), stuck, Map.of(), Reason.DocumentInvalid));
    }

    @Test
    void aRefusedTuningNamesTheFieldTheOptionAndWhatGoesOn() {
        // given
        var tuning = WantedTuning.decide(BrrServiceYaml.withSpec("malloc: {options: {no_such_option: '1'}}")
                .getSpec());
        var wanted = new Wanted(BUILT, Optional.of(IMAGE), "inputs-1", tuning, Optional.empty());
        // when
        var status =
                statuses.status(service, wanted, new Keep(OLDER, Optional.empty()), complete(), Map.of("a", TUNED));
        // then
        var applied = condition(status, ConditionType.TuningApplied);
        assertThat(applied.getStatus()).isEqualTo("False");
        assertThat(applied.getReason()).isEqualTo("MallocConfRefused");
        assertThat(applied.getMessage())
                .startsWith("spec.malloc.options: ")
                .contains("no_such_option")
                .endsWith("; the pods keep the tuning that they have");
        assertThat(condition(status, ConditionType.Ready).getReason()).isEqualTo("MallocConfRefused");
    }

    @Test
    void aRefusedTuningReportsTheOneThatRuns() {
        // given
        var tuning = WantedTuning.decide(BrrServiceYaml.withSpec("malloc: {options: {no_such_option: '1'}}")
                .getSpec());
        var wanted = new Wanted(BUILT, Optional.of(IMAGE), "inputs-1", tuning, Optional.empty());
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
        var wanted = new Wanted(BUILT, Optional.of(IMAGE), "inputs-1", tuning, Optional.empty());
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

    @Test
    void aDeploymentWhoseTuningSomebodyBrokeIsNotJudgedByIt() {
        // given
        var broken = new Target(TARGET.image(), "this is no configuration", "inputs-1");
        // when
        var status = statuses.status(
                service, wanted(BUILDING), new Keep(broken, Optional.empty()), nothing(), Map.of("a", TUNED));
        // then
        assertThat(condition(status, ConditionType.TuningApplied).getReason()).isEqualTo("Waiting");
    }

    @Test
    void beforeAnythingRunsTheTuningWaits() {
        // given
        // when
        var status = statuses.status(service, wanted(BUILDING), new Nothing(), nothing(), Map.of());
        // then
        assertThat(states(status))
                .containsExactly(
                        "Ready False Building",
                        "ImageBuilt Unknown Building",
                        "RolledOut Unknown Waiting",
                        "TuningApplied Unknown Waiting",
                        "DashboardPublished True DashboardPublished");
        assertThat(status.replicas()).isZero();
        assertThat(status.readyReplicas()).isZero();
        assertThat(status.image()).isNull();
        assertThat(status.lastGood()).isNull();
    }

    @Test
    void aServiceScaledToZeroIsNotReadyAndSaysThatNothingCanBeAsked() {
        // given
        var idle = BrrServiceYaml.withSpec("replicas: 0");
        var deployment = SampleCluster.counted(SampleCluster.applied(idle, TARGET), 0, 0, 0);
        // when
        var status = statuses.status(idle, wanted(BUILT), roll(), observe(deployment), Map.of());
        // then
        assertThat(states(status))
                .startsWith(
                        "Ready False ScaledToZero",
                        "ImageBuilt True Built",
                        "RolledOut True ScaledToZero",
                        "TuningApplied Unknown ScaledToZero");
    }

    @Test
    void aDashboardThatIsSwitchedOffDoesNotKeepTheServiceFromBeingReady() {
        // given
        var without = BrrServiceYaml.withSpec("replicas: 2\nmonitoring: {dashboard: false}");
        // when
        var status = statuses.status(without, wanted(BUILT), roll(), complete(), Map.of("a", TUNED));
        // then
        assertThat(states(status)).contains("Ready True ServiceReady", "DashboardPublished False DashboardDisabled");
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
        assertThat(status.lastGood()).isEqualTo(new LastGood(TARGET.image(), IMAGE.digest(), TARGET.mallocConf()));
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

    @Test
    void aTransitionTimeIsThatOfTheChange() {
        // given
        service.setStatus(statuses.status(service, wanted(BUILT), roll(), nothing(), Map.of()));
        clock.pass(Duration.ofSeconds(42));
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), complete(), Map.of("a", TUNED));
        // then
        assertThat(condition(status, ConditionType.ImageBuilt).getLastTransitionTime())
                .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(condition(status, ConditionType.Ready).getLastTransitionTime())
                .isEqualTo("2026-01-01T00:00:42Z");
    }

    private static RolloutPlan roll() {
        return new Roll(TARGET, Change.None);
    }

    private Observation complete() {
        return observe(SampleCluster.counted(SampleCluster.applied(service, TARGET), 2, 2, 2));
    }

    private static Observation nothing() {
        return new Observation(Optional.empty(), List.of());
    }

    private static Observation observe(Deployment deployment) {
        return new Observation(Optional.of(deployment), List.of());
    }

    private static Wanted wanted(Finding image) {
        return wanted(image, TARGET.mallocConf());
    }

    private static Wanted wanted(Finding image, String mallocConf) {
        if (!(MallocConf.parse(mallocConf) instanceof MallocConf.Parsed.Valid(var conf))) {
            throw new AssertionError(mallocConf);
        }
        return new Wanted(
                image,
                image.isTrue() ? Optional.of(IMAGE) : Optional.empty(),
                "inputs-1",
                new Tuning.Decision.Tuned(conf),
                Optional.empty());
    }

    private static BrrServiceStatus before() {
        return new BrrServiceStatus(
                2L,
                null,
                OLDER_IMAGE,
                null,
                new LastGood(OLDER.image(), OLDER_IMAGE.digest(), OLDER.mallocConf()),
                2,
                2,
                null);
    }

    private static List<String> states(BrrServiceStatus status) {
        return conditions(status).stream()
                .map(condition ->
                        "%s %s %s".formatted(condition.getType(), condition.getStatus(), condition.getReason()))
                .toList();
    }

    private static List<Condition> conditions(BrrServiceStatus status) {
        return Optional.ofNullable(status.conditions()).orElse(List.of());
    }

    private static Condition condition(BrrServiceStatus status, ConditionType type) {
        return Conditions.find(status.conditions(), type).orElseThrow();
    }
}
