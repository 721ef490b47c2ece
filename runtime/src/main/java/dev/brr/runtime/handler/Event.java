package dev.brr.runtime.handler;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One server-sent event.
 *
 * @param data its text; may have several lines
 * @param name its kind, if it has one
 * @param id its id, if it has one
 */
public record Event(String data, Optional<String> name, Optional<String> id) {
    public Event {
        name.ifPresent(Event::requireOneLine);
        id.ifPresent(Event::requireOneLine);
    }

    /** Makes an event of data only. */
    public static Event of(String data) {
        return new Event(data, Optional.empty(), Optional.empty());
    }

    private static void requireOneLine(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("the name and id of an event are one line each");
        }
    }

    /** Renders the event as {@code text/event-stream} has it. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder();
        id.ifPresent(one -> text.append("id: ").append(one).append('\n'));
        name.ifPresent(one -> text.append("event: ").append(one).append('\n'));
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        if (data.isEmpty()) {
            text.append("data:\n");
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
