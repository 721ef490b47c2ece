package dev.brr.runtime.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the keys of one origin, and follows their rotation.
 *
 * <p>Keys are fetched when they are first asked for, again in the background when four fifths of their time have passed,
 * and by the request that finds them past it. A token that names an unknown key has them fetched once more. Two fetches
 * are never nearer than {@link #MIN_INTERVAL}, and one runs at a time. While a fetch fails, keys serve {@link #GRACE}
 * beyond their time; without keys no token can be told good from bad.
 */
final class RotatingKeys implements JWKSource<SecurityContext> {
    /** The least time between two fetches; or the time that keys serve, if that is shorter. */
    static final Duration MIN_INTERVAL = Duration.ofSeconds(10);

    /** How long keys serve beyond their time while their origin is out of reach. */
    static final Duration GRACE = Duration.ofHours(1);

    private static final Logger LOG = System.getLogger(RotatingKeys.class.getName());

    private final String scheme;
    private final KeyOrigin origin;
    private final long freshNanos;
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile State state;
    private volatile Runnable failureListener = () -> {};

    /**
     * A set of keys.
     *
     * @param edition another number exactly when the keys are others; 0 before there are any
     */
    record Keys(JWKSet set, long edition) {
        private static final Keys NONE = new Keys(new JWKSet(), 0);

        boolean isNone() {
            return edition == 0;
        }
    }

    private record State(Keys keys, long fetchedAt, long attemptedAt, boolean attempted, boolean failed) {}

    /** @param freshFor how long keys serve before they are fetched again */
    RotatingKeys(String scheme, KeyOrigin origin, Duration freshFor, LongSupplier nanoTime) {
        this.scheme = scheme;
        this.origin = origin;
        this.freshNanos = freshFor.toNanos();
        this.intervalNanos = Math.min(MIN_INTERVAL.toNanos(), freshNanos);
        this.nanoTime = nanoTime;
        this.state = new State(Keys.NONE, 0, 0, false, false);
    }

    /** Has something told of each fetch that fails. */
    void onFailedFetch(Runnable listener) {
        failureListener = listener;
    }

    /** Says that keys are out of reach, and when to ask again. */
    static final class OutOfReachException extends KeySourceException {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        OutOfReachException(Duration retryAfter) {
            super("the keys are out of reach");
            this.retryAfter = retryAfter;
        }

        Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Gives the keys to verify with now. */
    Keys current() throws OutOfReachException {
        State seen = state;
        Keys keys = seen.keys();
        if (keys.isNone()) {
            return renewed(keys);
        }
        long age = nanoTime.getAsLong() - seen.fetchedAt();
        if (age <= freshNanos / 5 * 4) {
            return keys;
        }
        if (age <= freshNanos || (seen.failed() && age <= freshNanos + GRACE.toNanos())) {
            renewInBackground(seen);
            return keys;
        }
        return renewed(keys);
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws OutOfReachException {
        Keys keys = current();
        List<JWK> fitting = selector.select(keys.set());
        if (!fitting.isEmpty() || !namesKey(selector)) {
            return fitting;
        }
        Keys newer = renewed(keys);
        if (newer.edition() == keys.edition() && state.failed()) {
            throw new OutOfReachException(untilNextFetch(state));
        }
        return selector.select(newer.set());
    }

    private static boolean namesKey(JWKSelector selector) {
        return selector.getMatcher().getKeyIDs() != null;
    }

    /** Gives other keys than those seen, if there are any yet or a fetch is due; else the same. */
    private Keys renewed(Keys seen) throws OutOfReachException {
        fetching.lock();
        try {
            if (state.keys().edition() == seen.edition() && isDue(state)) {
                fetch();
            }
            State now = state;
            if (now.keys().isNone() || nanoTime.getAsLong() - now.fetchedAt() > freshNanos + GRACE.toNanos()) {
                throw new OutOfReachException(untilNextFetch(now));
            }
            return now.keys();
        } finally {
            fetching.unlock();
        }
    }

    private void renewInBackground(State seen) {
        if (!isDue(seen) || fetching.isLocked()) {
            return;
        }
        Thread.ofVirtual().name("brr-keys").start(() -> {
            if (fetching.tryLock()) {
                try {
                    if (isDue(state)) {
                        fetch();
                    }
                } finally {
                    fetching.unlock();
                }
            }
        });
    }

    private boolean isDue(State of) {
        return !of.attempted() || nanoTime.getAsLong() - of.attemptedAt() >= intervalNanos;
    }

    private Duration untilNextFetch(State of) {
        long left = intervalNanos - (nanoTime.getAsLong() - of.attemptedAt());
        return Duration.ofNanos(Math.max(0, left));
    }

    private void fetch() {
        State before = state;
        long attemptedAt = nanoTime.getAsLong();
        try {
            JWKSet set = origin.fetch();
            Keys keys = before.keys();
            boolean same = !keys.isNone() && keys.set().toJSONObject().equals(set.toJSONObject());
            state = new State(
                    same ? keys : new Keys(set, keys.edition() + 1), nanoTime.getAsLong(), attemptedAt, true, false);
        } catch (IOException | RuntimeException e) {
            state = new State(before.keys(), before.fetchedAt(), attemptedAt, true, true);
            failureListener.run();
            LOG.log(
                    Level.WARNING,
                    "The keys of the security scheme {0} cannot be had from {1} ({2}); {3}",
                    scheme,
                    origin,
                    String.valueOf(e.getMessage()),
                    before.keys().isNone() ? "its tokens are answered with 503" : "the last ones serve on");
        }
    }
}
