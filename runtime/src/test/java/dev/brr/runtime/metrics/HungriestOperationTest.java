package dev.brr.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.metrics.HungriestOperation.Measure;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HungriestOperationTest {

    @Test
    void nobodyIsHungryBeforeAnybodyHasAnything() {
        // given
        Map<String, Long> bytes = Map.of("listPets", 0L, "addPet", 0L);
        // when
        Optional<HungriestOperation> hungriest = HungriestOperation.of(Measure.ALLOCATED, bytes, Optional.empty());
        // then
        assertThat(hungriest).isEmpty();
    }

    @Test
    void theOneWithMostIsTheHungriest() {
        // given
        Map<String, Long> bytes = Map.of("listPets", 10L, "addPet", 11L);
        // when
        Optional<HungriestOperation> hungriest = HungriestOperation.of(Measure.IN_USE, bytes, Optional.empty());
        // then
        assertThat(hungriest).contains(new HungriestOperation("addPet", 11, Measure.IN_USE));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 99,  listPets",
        "100, 100, listPets",
        "100, 124, listPets",
        "100, 125, addPet",
        "100, 900, addPet",
        "0,   1,   addPet",
        "0,   0,   ''",
        "7,   0,   listPets",
    })
    void anotherOneTakesThePlaceWithAQuarterMore(long before, long other, String chosen) {
        // given
        Optional<HungriestOperation> last = Optional.of(new HungriestOperation("listPets", 90, Measure.ALLOCATED));
        // when
        Optional<HungriestOperation> hungriest =
                HungriestOperation.of(Measure.ALLOCATED, Map.of("listPets", before, "addPet", other), last);
        // then
        assertThat(hungriest.map(HungriestOperation::operationId).orElse("")).isEqualTo(chosen);
    }

    @Test
    void whoStaysIsToldWithItsBytesOfNowAndTheMeasureOfNow() {
        // given
        Optional<HungriestOperation> last = Optional.of(new HungriestOperation("listPets", 90, Measure.ALLOCATED));
        // when
        Optional<HungriestOperation> hungriest =
                HungriestOperation.of(Measure.IN_USE, Map.of("listPets", 100L, "addPet", 101L), last);
        // then
        assertThat(hungriest).contains(new HungriestOperation("listPets", 100, Measure.IN_USE));
    }

    @Test
    void whoIsNotServedAnyMoreLosesItsPlace() {
        // given
        Optional<HungriestOperation> last = Optional.of(new HungriestOperation("removed", 900, Measure.ALLOCATED));
        // when
        Optional<HungriestOperation> hungriest = HungriestOperation.of(Measure.ALLOCATED, Map.of("listPets", 1L), last);
        // then
        assertThat(hungriest.orElseThrow().operationId()).isEqualTo("listPets");
    }
}
