package dev.brr.runtime.profiling;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Collects what a class of this process tells the log, until it is closed. */
final class ToldLines implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord told) {
            lines.add(formatter.formatMessage(told));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    ToldLines(Class<?> teller) {
        logger = Logger.getLogger(teller.getName());
        logger.addHandler(handler);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
