package dev.brr.runtime;

import sun.misc.Signal;

/**
 * Makes a stop by signal an orderly end: the JVM's own way would be to exit with 128 and the signal's number.
 *
 * <p>Halting at the end of a shutdown hook would do that too, and cut short the other hooks: those that write a flight
 * recording or an AOT cache.
 */
final class StopSignals {
    private StopSignals() {}

    /** From now on SIGTERM and SIGINT run the shutdown hooks and end with 0. */
    static void exitInOrder() {
        for (String name : new String[] {"TERM", "INT"}) {
            Signal.handle(new Signal(name), _ -> System.exit(0));
        }
    }
}
