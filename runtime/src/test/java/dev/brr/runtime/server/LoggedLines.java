package dev.brr.runtime.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the runtime logs from now on, until it is closed. */
final class LoggedLines implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.brr.runtime");
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            String thrown =
                    entry.getThrown() == null ? "" : ": " + entry.getThrown().getMessage();
            lines.add(new SimpleFormatter().formatMessage(entry) + thrown);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    LoggedLines() {
        logger.addHandler(log);
    }

    /** The lines so far, each with the message of what was thrown. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Whether a line has the text. */
    boolean has(String text) {
        return lines().stream().anyMatch(line -> line.contains(text));
    }

    void clear() {
        lines.clear();
    }

    @Override
    public void close() {
        logger.removeHandler(log);
    }
}
