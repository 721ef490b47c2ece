package dev.brr.runtime.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Formats a log record as one line: time, level, logger, message; a stack trace follows on lines of its own. */
public final class LogLines extends Formatter {
    private static final Logger LIBRARIES = Logger.getLogger("io.helidon");
    /** Says with a stack trace what the service says itself: that a port is taken. */
    private static final Logger START_OF_SERVER = Logger.getLogger("io.helidon.webserver.LoomServer");

    /** Sends everything at INFO and above to standard error in this form; of the web server, warnings only. */
    public static void install() {
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setFormatter(new LogLines());
        Logger.getLogger("").addHandler(handler);
        Logger.getLogger("").setLevel(Level.INFO);
        LIBRARIES.setLevel(Level.WARNING);
        START_OF_SERVER.setLevel(Level.OFF);
    }

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(160)
                .append(entry.getInstant().truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append(level(entry.getLevel()))
                .append(' ')
                .append(simpleName(entry.getLoggerName()))
                .append(": ")
                .append(entry.getMessage() == null ? "" : oneLine(formatMessage(entry)))
                .append('\n');
        if (entry.getThrown() != null) {
            StringWriter trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace));
            line.append(trace);
        }
        return line.toString();
    }

    private static String level(Level level) {
        return level.intValue() >= Level.SEVERE.intValue() ? "ERROR" : level.getName();
    }

    private static String simpleName(String logger) {
        return logger == null ? "" : logger.substring(logger.lastIndexOf('.') + 1);
    }

    /** A message may hold what a client sent; a line break in it would forge a line of the log. */
    private static String oneLine(String message) {
        return message.replace('\n', ' ').replace('\r', ' ');
    }
}
