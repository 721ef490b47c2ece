package dev.brr.runtime.contract;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the declaration that a media type belongs to, the most specific first, as the map {@code content} of OpenAPI wants
 * it: a type before a suffix before a kind before all, and of the same type the one with the most parameters.
 *
 * <p>Parameters that a declaration does not have are ignored, and a declaration that has another value is never meant. One
 * whose parameters the type does not mention is taken where none fits better.
 *
 * @param <T> what is declared
 */
final class ClosestType<T> {
    private final List<T> declared;
    private final Function<T, MediaType> range;

    /** @param range the media type or range of a declaration */
    ClosestType(List<T> declared, Function<T, MediaType> range) {
        this.range = range;
        this.declared = declared.stream()
                .sorted(Comparator.comparingInt((T one) -> range.apply(one).precision())
                        .thenComparingInt(one -> range.apply(one).parameters().size())
                        .reversed())
                .toList();
    }

    Optional<T> find(MediaType type) {
        T closest = null;
        int fewest = Integer.MAX_VALUE;
        for (T one : declared) {
            int missing = missing(range.apply(one), type);
            if (missing == 0) {
                return Optional.of(one);
            }
            if (missing > 0 && missing < fewest) {
                closest = one;
                fewest = missing;
            }
        }
        return Optional.ofNullable(closest);
    }

    /** How many parameters of a range the type does not mention; -1 when it does not lie in it. */
    private static int missing(MediaType range, MediaType type) {
        return range.includes(type) ? range.missing(type) : -1;
    }
}
