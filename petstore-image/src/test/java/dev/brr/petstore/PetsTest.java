package dev.brr.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.petstore.Pets.WhenFull;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PetsTest {
    private static final Pet MAX = pet(7, "Max");
    private static final long FIRST = 100;

    private static Pet pet(long id, String name) {
        return new Pet(id, name, null, null, null, null);
    }

    private static Pets pets(int capacity, WhenFull whenFull) {
        return new Pets(List.of(MAX), capacity, FIRST, whenFull);
    }

    private static List<String> names(Pets pets) {
        return pets.all().stream().map(Pet::name).toList();
    }

    @Test
    void whatIsAddedIsFoundUnderTheNumberItGot() {
        // given
        Pets pets = pets(3, WhenFull.REFUSE);

        // when
        Optional<Pet> rocky = pets.add(pet(0, "Rocky"));
        Optional<Pet> bella = pets.add(pet(55, "Bella"));

        // then
        assertThat(rocky.map(Pet::id)).contains(100L);
        assertThat(bella.map(Pet::id)).contains(101L);
        assertThat(pets.get(101)).isEqualTo(bella);
        assertThat(pets.all()).containsExactly(MAX, rocky.orElseThrow(), bella.orElseThrow());
    }

    @Test
    void numbersThatNobodyHasFindNothing() {
        // given
        Pets pets = pets(3, WhenFull.REFUSE);
        pets.add(pet(0, "Rocky"));

        // then
        assertThat(List.of(-1L, 0L, 8L, 99L, 101L, 102L, Long.MAX_VALUE, Long.MIN_VALUE))
                .allSatisfy(id -> assertThat(pets.get(id)).isEmpty());
        assertThat(pets.get(7)).contains(MAX);
    }

    @Test
    void oneTooManyIsRefused() {
        // given
        Pets pets = pets(2, WhenFull.REFUSE);
        pets.add(pet(0, "Rocky"));

        // then
        assertThat(pets.add(pet(0, "Bella"))).isEmpty();
        assertThat(names(pets)).containsExactly("Max", "Rocky");
    }

    @Test
    void oneTooManyTakesThePlaceOfTheOldestButOfNoExample() {
        // given
        Pets pets = pets(3, WhenFull.FORGET);
        pets.add(pet(0, "Rocky"));
        pets.add(pet(0, "Bella"));

        // when
        Optional<Pet> luna = pets.add(pet(0, "Luna"));

        // then
        assertThat(names(pets)).containsExactly("Max", "Bella", "Luna");
        assertThat(pets.get(100)).isEmpty();
        assertThat(pets.get(102)).isEqualTo(luna);
    }

    @Test
    void whereExamplesTakeAllRoomNothingIsAdded() {
        // given
        Pets pets = pets(1, WhenFull.FORGET);

        // then
        assertThat(pets.add(pet(0, "Rocky"))).isEmpty();
        assertThat(pets.get(100)).isEmpty();
        assertThat(names(pets)).containsExactly("Max");
    }

    @Test
    void itForgetsOnlyWhereItWasAskedTo() {
        // then
        assertThat(PetStoreHandlers.whenFull(null)).isEqualTo(WhenFull.REFUSE);
        assertThat(PetStoreHandlers.whenFull("refuse")).isEqualTo(WhenFull.REFUSE);
        assertThat(PetStoreHandlers.whenFull("forget")).isEqualTo(WhenFull.FORGET);
    }

    @Test
    void whatWasReadDoesNotChangeAnyMore() {
        // given
        Pets pets = pets(3, WhenFull.REFUSE);
        List<Pet> read = pets.all();

        // when
        pets.add(pet(0, "Rocky"));

        // then
        assertThat(read).containsExactly(MAX);
    }

    @Property
    void theYoungestAreThereInTheirOrder(
            @ForAll @IntRange(min = 1, max = 12) int capacity, @ForAll @IntRange(max = 40) int count) {
        // given
        Pets pets = pets(capacity, WhenFull.FORGET);

        // when
        for (int i = 0; i < count; i++) {
            pets.add(pet(0, "pet " + i));
        }

        // then
        int kept = Math.min(count, capacity - 1);
        assertThat(pets.all()).hasSize(1 + kept);
        for (int i = 0; i < count; i++) {
            Optional<Pet> found = pets.get(FIRST + i);
            assertThat(found.map(Pet::name)).isEqualTo(i < count - kept ? Optional.empty() : Optional.of("pet " + i));
        }
    }

    @Test
    void manyAtOnceGetNumbersOfTheirOwn() {
        // given
        Pets pets = pets(101, WhenFull.REFUSE);

        // when
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                var _ = threads.submit(() -> pets.add(pet(0, "Rocky")));
            }
        }

        // then
        assertThat(pets.all()).hasSize(101).extracting(Pet::id).doesNotHaveDuplicates();
    }
}
