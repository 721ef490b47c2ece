package dev.brr.petstore;

import java.util.ArrayList;
import java.util.Iterator;
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
    private final WhenFull whenFull;
    private int examples;

    /** What happens to one thing too many. */
    enum WhenFull {
        /** It is not taken. */
        REFUSE,
        /** It is taken, and the oldest goes; never an example. */
        FORGET
    }

    Shelf(int capacity) {
        this(capacity, WhenFull.REFUSE);
    }

    Shelf(int capacity, WhenFull whenFull) {
        this.capacity = capacity;
        this.whenFull = whenFull;
    }

    /** Puts a thing in before all others, to stay. */
    synchronized void example(K key, V thing) {
        things.put(key, thing);
        examples++;
    }

    /** Puts a thing in, in the place of the one that had the key; says no when that would be one too many. */
    synchronized boolean put(K key, V thing) {
        if (things.size() >= capacity && !things.containsKey(key) && !forgetOne()) {
            return false;
        }
        things.put(key, thing);
        return true;
    }

    private boolean forgetOne() {
        if (whenFull == WhenFull.REFUSE || things.size() <= examples) {
            return false;
        }
        Iterator<K> oldest = things.keySet().iterator();
        for (int i = 0; i < examples; i++) {
            oldest.next();
        }
        oldest.next();
        oldest.remove();
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
