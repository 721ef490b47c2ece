package dev.brr.runtime.handler;

import java.io.IOException;

/** Sends server-sent events until it is done. */
@FunctionalInterface
public interface EventSource {

    /**
     * Sends events; the stream ends when this returns.
     *
     * <p>Nothing is queued: {@link Sink#send} returns once the event is handed to the connection, and blocks while the
     * client does not read.
     */
    void emit(Sink sink) throws IOException, InterruptedException;

    /** Takes events on their way to one client. */
    @FunctionalInterface
    interface Sink {

        /**
         * Sends an event and flushes it.
         *
         * @throws IOException when the client is gone
         */
        void send(Event event) throws IOException;

        /** Sends an event that is data only. */
        default void send(String data) throws IOException {
            send(Event.of(data));
        }
    }
}
