package dev.brr.petstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pets under numbers that count up, and only so many of them.
 *
 * <p>Their place in an array follows from the number: a map would take an entry and a boxed number more for each, which the
 * collector of a small heap would have to carry along.
 */
final class Pets {
    private final List<Pet> examples;
    private final @Nullable Pet[] added;
    private final WhenFull whenFull;
    private final long first;
    private long next;

    /** What happens to one pet too many. */
    enum WhenFull {
        /** It is not taken. */
        REFUSE,
        /** It is taken, and the oldest goes; never an example. */
        FORGET
    }

    /**
     * Makes room for pets.
     *
     * @param examples what is there from the beginning, to stay
     * @param capacity how many pets there may be, examples and all
     * @param first the number of the first one that is added
     */
    Pets(List<Pet> examples, int capacity, long first, WhenFull whenFull) {
        this.examples = List.copyOf(examples);
        this.added = new Pet[Math.max(0, capacity - examples.size())];
        this.whenFull = whenFull;
        this.first = first;
        this.next = first;
    }

    /** Adds a pet under the next number; nothing when it would be one too many. */
    synchronized Optional<Pet> add(Pet pet) {
        if (added.length == 0 || (whenFull == WhenFull.REFUSE && next - first >= added.length)) {
            return Optional.empty();
        }
        Pet numbered = pet.withId(next);
        added[place(next)] = numbered;
        next++;
        return Optional.of(numbered);
    }

    synchronized Optional<Pet> get(long id) {
        if (id >= oldest() && id < next) {
            return Optional.ofNullable(added[place(id)]);
        }
        for (Pet example : examples) {
            if (example.id() == id) {
                return Optional.of(example);
            }
        }
        return Optional.empty();
    }

    /** Gives a copy of what is there now, in the order it came. */
    synchronized List<Pet> all() {
        List<Pet> all = new ArrayList<>(examples);
        for (long id = oldest(); id < next; id++) {
            Pet pet = added[place(id)];
            if (pet != null) {
                all.add(pet);
            }
        }
        return all;
    }

    private long oldest() {
        return Math.max(first, next - added.length);
    }

    private int place(long id) {
        return (int) ((id - first) % added.length);
    }
}
