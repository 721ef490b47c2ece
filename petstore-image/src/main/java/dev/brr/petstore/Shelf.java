package dev.brr.petstore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps things by key in the order they came, and only so many of them.
 *
 * @param <K> the keys
 * @param <V> the things
 */
final class Shelf<K, V> {
    private final Map<K, V> things = new LinkedHashMap<>();
    private final int capacity;

    Shelf(int capacity) {
        this.capacity = capacity;
    }

    /** Puts a thing in, in the place of the one that had the key; says no when that would be one too many. */
    synchronized boolean put(K key, V thing) {
        if (things.size() >= capacity && !things.containsKey(key)) {
            return false;
        }
        things.put(key, thing);
        return true;
    }

    synchronized Optional<V> get(K key) {
        return Optional.ofNullable(things.get(key));
    }

    synchronized boolean remove(K key) {
        return things.remove(key) != null;
    }

    /** Gives a copy of what is there now. */
    synchronized List<V> all() {
        return new ArrayList<>(things.values());
    }
}
