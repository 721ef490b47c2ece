package dev.brr.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLinesTest {

    private static LogRecord entry(Level level, String message) {
        LogRecord entry = new LogRecord(level, message);
        entry.setInstant(Instant.parse("2026-01-02T03:04:05.678901Z"));
        entry.setLoggerName("dev.brr.runtime.server.BrrServer");
        return entry;
    }

    @ParameterizedTest
    @CsvSource({"INFO, INFO", "WARNING, WARNING", "SEVERE, ERROR"})
    void anEntryIsOneLine(String level, String word) {
        // then
        assertThat(new LogLines().format(entry(Level.parse(level), "hello")))
                .isEqualTo("2026-01-02T03:04:05.678Z " + word + " BrrServer: hello\n");
    }

    @Test
    void aMessageCannotForgeALine() {
        // then
        assertThat(new LogLines().format(entry(Level.INFO, "a\r\n2026 ERROR forged")))
                .isEqualTo("2026-01-02T03:04:05.678Z INFO BrrServer: a  2026 ERROR forged\n");
    }

    @Test
    void parametersAreFilledIn() {
        // given
        LogRecord entry = entry(Level.INFO, "{0} of {1}");
        entry.setParameters(new Object[] {"one", "two"});

        // then
        assertThat(new LogLines().format(entry)).endsWith("BrrServer: one of two\n");
    }

    @Test
    void aStackTraceFollows() {
        // given
        LogRecord entry = entry(Level.SEVERE, "broken");
        entry.setThrown(new IllegalStateException("because"));

        // then
        assertThat(new LogLines().format(entry))
                .startsWith(
                        "2026-01-02T03:04:05.678Z ERROR BrrServer: broken\njava.lang.IllegalStateException: because\n")
                .contains("\tat " + LogLinesTest.class.getName());
    }

    @Test
    void anEntryWithoutAMessageIsALineAllTheSame() {
        // given
        LogRecord entry = entry(Level.WARNING, "hello");
        entry.setMessage(null);
        entry.setThrown(new IllegalStateException());
        // when
        String line = new LogLines().format(entry);
        // then
        assertThat(line).startsWith("2026-01-02T03:04:05.678Z WARNING BrrServer: \n");
    }
}
