package dev.brr.petstore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An animal; what is not known of it is null. */
record Pet(
        long id,
        String name,
        @Nullable String breed,
        @Nullable Integer age,
        @Nullable Boolean vaccinated,
        @Nullable List<String> tags) {
    Pet {
        tags = tags == null ? null : List.copyOf(tags);
    }

    Pet withId(long newId) {
        return new Pet(newId, name, breed, age, vaccinated, tags);
    }

    boolean hasTags(List<String> wanted) {
        return wanted.isEmpty() || (tags != null && tags.containsAll(wanted));
    }
}
