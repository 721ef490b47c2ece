package dev.brr.runtime.server;

import java.util.Properties;

/**
 * The platform threads that carry virtual ones.
 *
 * <p>A carrier takes what other threads hand to it, a new connection among that, only when it has nothing of its own to do.
 * A thread of the JDK that polls sockets (a subpoller of {@code sun.nio.ch.Poller}, JDK 25) stays with one carrier as long
 * as its sockets have something to read, and makes work there. As many carriers as processors, the JDK's own choice, can
 * therefore all be kept by connections that ask without end, and then a new one, a probe of the kubelet for example, waits
 * for seconds. With one carrier more than there are subpollers for reading there is always one that looks around. The one
 * for writing is not counted, since it has work only where clients do not read what they are sent; {@link CarrierWatch}
 * adds a carrier then.
 */
public final class Carriers {
    /** The JDK's property for how many there are. */
    static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

    /** The most subpollers that the JDK 25 has for reading. */
    private static final int READ_POLLERS_AT_MOST = 32;

    private Carriers() {}

    /** Tells how many carriers so many processors need: at least one for each, and one more than read. */
    static int of(int processors) {
        int readPollers = Math.min(Integer.highestOneBit(processors), READ_POLLERS_AT_MOST);
        return Math.max(processors, readPollers + 1);
    }

    /**
     * Sets their number, unless somebody has set it. Has an effect only before the first virtual thread.
     *
     * @param properties those of the system
     */
    public static void provide(Properties properties, int processors) {
        properties.putIfAbsent(PARALLELISM, Integer.toString(of(processors)));
    }
}
