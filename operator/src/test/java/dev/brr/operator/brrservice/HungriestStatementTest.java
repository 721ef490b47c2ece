package dev.brr.operator.brrservice;

import static dev.brr.api.v1alpha1.MemoryMeasure.AllocatedSinceStart;
import static dev.brr.api.v1alpha1.MemoryMeasure.InUse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.HungriestOperation;
import dev.brr.api.v1alpha1.MemoryMeasure;
import dev.brr.operator.tuning.PodReading;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which operation a status calls the hungriest, and when it says something new. */
class HungriestStatementTest {

    private static final String THEN = "2026-01-01T00:00:00Z";
    private static final String NOW = "2026-01-02T00:00:00Z";
    private static final Set<String> PODS = Set.of("a", "b");
    private static final Optional<PodReading> NOTHING = Optional.of(new PodReading.Loaded(Map.of(), null));
    private static final Optional<PodReading> ABSENT = Optional.of(new PodReading.Absent("LD_PRELOAD is not set"));
    private static final Optional<PodReading> SILENT = Optional.of(new PodReading.Unread("/malloc answered 503"));
    private static final HungriestOperation BEFORE = stated("addPet", InUse, "64Mi", "a");

    @Test
    void aPodsWordIsStatedWithPodAmountAndTime() {
        // given
        var readings = Map.of("a", says("addPet", InUse, 70));
        // when
        var stated = decide(null, readings);
        // then
        assertThat(stated).isEqualTo(new HungriestOperation("addPet", InUse, new Quantity("64Mi"), "a", NOW));
    }

    @Test
    void ofSeveralPodsTheOneWithTheMostIsStated() {
        // given
        var readings = Map.of("a", says("addPet", InUse, 70), "b", says("listPets", InUse, 130));
        // when
        var stated = decide(null, readings);
        // then
        assertThat(stated).isEqualTo(new HungriestOperation("listPets", InUse, new Quantity("128Mi"), "b", NOW));
    }

    @Test
    void equalPodsAreDecidedByName() {
        // given
        var readings = Map.of("b", says("listPets", InUse, 70), "a", says("addPet", InUse, 70));
        // when
        var stated = decide(null, readings);
        // then
        assertThat(stated).extracting(HungriestOperation::pod).isEqualTo("a");
    }

    @Test
    void whatIsInUseCountsMoreThanAnythingThatWasAllocated() {
        // given
        var readings = Map.of("a", says("addPet", AllocatedSinceStart, 9_000), "b", says("listPets", InUse, 16));
        // when
        var stated = decide(null, readings);
        // then
        assertThat(stated).extracting(HungriestOperation::operationId).isEqualTo("listPets");
    }

    @ParameterizedTest
    @CsvSource({"InUse, 8, true", "InUse, 7, false", "AllocatedSinceStart, 8, true", "AllocatedSinceStart, 7, false"})
    void belowEightMebibytesNothingIsStated(MemoryMeasure measure, long mebibytes, boolean told) {
        // given
        var readings = Map.of("a", says("addPet", measure, mebibytes));
        // when
        var stated = decide(null, readings);
        // then
        assertThat(stated != null).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(longs = {37, 50, 64, 90, 111})
    void anAmountThatMovesALittleChangesNothing(long mebibytes) {
        // given
        var readings = Map.of("a", says("addPet", InUse, mebibytes));
        // when
        var stated = decide(BEFORE, readings);
        // then
        assertThat(stated).isSameAs(BEFORE);
    }

    @ParameterizedTest
    @CsvSource({"36, 32Mi", "113, 128Mi", "300, 256Mi", "2048, 2Gi"})
    void anAmountThatMovesFarIsStatedAnew(long mebibytes, String memory) {
        // given
        var readings = Map.of("a", says("addPet", InUse, mebibytes));
        // when
        var stated = decide(BEFORE, readings);
        // then
        assertThat(stated).isEqualTo(new HungriestOperation("addPet", InUse, new Quantity(memory), "a", NOW));
    }

    @ParameterizedTest
    @CsvSource({"79, a", "80, b"})
    void anotherPodTakesThePlaceWithAQuarterMore(long mebibytes, String pod) {
        // given
        var readings = Map.of("a", says("addPet", InUse, 64), "b", says("listPets", InUse, mebibytes));
        // when
        var stated = decide(BEFORE, readings);
        // then
        assertThat(stated).extracting(HungriestOperation::pod).isEqualTo(pod);
    }

    @Test
    void anotherOperationOfThePodIsStatedAsThePodSaysIt() {
        // given: the runtime changes its word only for a quarter more
        var readings = Map.of("a", says("listPets", InUse, 65));
        // when
        var stated = decide(BEFORE, readings);
        // then
        assertThat(stated).isEqualTo(new HungriestOperation("listPets", InUse, new Quantity("64Mi"), "a", NOW));
    }

    @Test
    void aProfileTakesThePlaceOfACount() {
        // given
        var counted = stated("addPet", AllocatedSinceStart, "4Gi", "a");
        // when
        var stated = decide(counted, Map.of("a", says("addPet", InUse, 16)));
        // then
        assertThat(stated).isEqualTo(new HungriestOperation("addPet", InUse, new Quantity("16Mi"), "a", NOW));
    }

    @Test
    void whatWasFreedIsStatedNoMore() {
        // given
        var readings = Map.of("a", says("addPet", InUse, 2));
        // when
        var stated = decide(BEFORE, readings);
        // then
        assertThat(stated).isNull();
    }

    @Test
    void whatWasFreedLeavesThePlaceToAnotherPod() {
        // given
        var readings = Map.of("a", says("addPet", InUse, 2), "b", says("listPets", InUse, 16));
        // when
        var stated = decide(BEFORE, readings);
        // then
        assertThat(stated).extracting(HungriestOperation::operationId).isEqualTo("listPets");
    }

    @Test
    void aProcessThatWasStartedAnewDoesNotTakeBackWhatItsFormerRunSaid() {
        // given
        var silent = Map.of("a", NOTHING);
        var fresh = Map.of("a", says("getPet", AllocatedSinceStart, 3));
        // when
        // then
        assertThat(decide(BEFORE, silent)).isSameAs(BEFORE);
        assertThat(decide(BEFORE, fresh)).isSameAs(BEFORE);
    }

    @Test
    void aPodThatDoesNotAnswerKeepsItsStatement() {
        // given
        var unread = Map.of("a", SILENT, "b", says("listPets", InUse, 70));
        var unasked = Map.of("a", Optional.<PodReading>empty());
        var notReady = Map.<String, Optional<PodReading>>of();
        // when
        // then
        assertThat(decide(BEFORE, unread)).isSameAs(BEFORE);
        assertThat(decide(BEFORE, unasked)).isSameAs(BEFORE);
        assertThat(decide(BEFORE, notReady)).isSameAs(BEFORE);
    }

    @Test
    void aPodThatDoesNotAnswerIsOvertakenAllTheSame() {
        // given
        var readings = Map.of("a", SILENT, "b", says("listPets", InUse, 80));
        // when
        var stated = decide(BEFORE, readings);
        // then
        assertThat(stated).extracting(HungriestOperation::pod).isEqualTo("b");
    }

    @Test
    void theStatementOfAPodThatIsGoneStandsUntilAllOthersHaveAnswered() {
        // given
        var gone = stated("addPet", InUse, "64Mi", "z");
        // when
        // then
        assertThat(decide(gone, Map.of("a", NOTHING, "b", SILENT))).isSameAs(gone);
        assertThat(decide(gone, Map.of("a", NOTHING, "b", Optional.empty()))).isSameAs(gone);
        assertThat(decide(gone, Map.of())).isSameAs(gone);
        assertThat(decide(gone, Map.of("a", NOTHING, "b", ABSENT))).isNull();
    }

    @Test
    void thePodThatComesAfterAPodThatIsGoneSpeaksForItself() {
        // given
        var gone = stated("addPet", InUse, "64Mi", "z");
        // when
        var stated = decide(gone, Map.of("a", says("addPet", InUse, 20), "b", NOTHING));
        // then
        assertThat(stated).isEqualTo(new HungriestOperation("addPet", InUse, new Quantity("16Mi"), "a", NOW));
    }

    @Test
    void withoutAWordThereIsNoStatement() {
        // given
        // when
        // then
        assertThat(decide(null, Map.of())).isNull();
        assertThat(decide(null, Map.of("a", NOTHING, "b", ABSENT))).isNull();
        assertThat(decide(null, Map.of("a", SILENT, "b", Optional.empty()))).isNull();
    }

    @Test
    void aNameLongerThanTheApiTakesIsCutOffAndRecognized() {
        // given
        var readings = Map.of("a", says("x".repeat(300), InUse, 64));
        // when
        var stated = decide(null, readings);
        // then
        assertThat(stated).extracting(HungriestOperation::operationId).isEqualTo("x".repeat(255) + "…");
        assertThat(decide(stated, readings)).isSameAs(stated);
    }

    @ParameterizedTest
    @CsvSource({
        "8388608, 8Mi",
        "11863283, 8Mi",
        "11863284, 16Mi",
        "1073741824, 1Gi",
        "759250124, 512Mi",
        "759250125, 1Gi"
    })
    void amountsAreRoundedToPowersOfTwo(long bytes, String memory) {
        // given
        // when
        var rounded = HungriestStatement.rounded(bytes);
        // then
        assertThat(rounded).isEqualTo(new Quantity(memory));
    }

    /** Whatever one looks at twice is stated once. */
    @Property(tries = 500)
    void theSameWordsLeadToTheSameStatement(
            @ForAll @LongRange(max = 1L << 40) long first, @ForAll @LongRange(max = 1L << 40) long second) {
        // given
        var readings = Map.of("a", says(InUse, first), "b", says(InUse, second));
        // when
        var once = decide(null, readings);
        var again = decide(once, readings);
        // then
        assertThat(again).isSameAs(once);
    }

    /** A count that only grows is stated no more than once for each doubling. */
    @Property(tries = 100)
    void aCountThatGrowsIsStatedRarely(@ForAll @LongRange(min = 1, max = 1L << 24) long step) {
        // given
        HungriestOperation stated = null;
        var statements = 0;
        // when
        for (long bytes = 0; bytes < 1_000 * step; bytes += step) {
            var next = decide(stated, Map.of("a", says(AllocatedSinceStart, bytes)));
            statements += Objects.equals(next, stated) ? 0 : 1;
            stated = next;
        }
        // then
        assertThat(statements).isLessThanOrEqualTo(11);
    }

    private static Optional<PodReading> says(String operation, MemoryMeasure measure, long mebibytes) {
        return Optional.of(
                new PodReading.Loaded(Map.of(), new PodReading.Hungriest(operation, measure, mebibytes << 20)));
    }

    private static Optional<PodReading> says(MemoryMeasure measure, long bytes) {
        return Optional.of(new PodReading.Loaded(Map.of(), new PodReading.Hungriest("addPet", measure, bytes)));
    }

    private static HungriestOperation stated(String operation, MemoryMeasure measure, String memory, String pod) {
        return new HungriestOperation(operation, measure, new Quantity(memory), pod, THEN);
    }

    private static @Nullable HungriestOperation decide(
            @Nullable HungriestOperation before, Map<String, Optional<PodReading>> readings) {
        return HungriestStatement.decide(before, readings, PODS, NOW);
    }
}
