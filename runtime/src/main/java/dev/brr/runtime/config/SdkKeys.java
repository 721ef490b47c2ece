package dev.brr.runtime.config;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads OpenTelemetry's variables that switch spans off (environment variable specification, General SDK Configuration
 * and Exporter Selection).
 */
final class SdkKeys {
    private static final Logger LOG = System.getLogger(SdkKeys.class.getName());
    private static final String OTLP = "otlp";
    private static final String NONE = "none";

    private static final SettingKey<Boolean> DISABLED = SettingKey.<Boolean>of(
                    "",
                    "--tracing-disabled",
                    ValueType.TEXT.map("true or false", text -> text.strip().equalsIgnoreCase("true"), String::valueOf),
                    null,
                    "switches spans off, whatever names the endpoint; all but true is false")
            .withFlags()
            .withVariables("OTEL_SDK_DISABLED");

    private static final SettingKey<String> EXPORTER = SettingKey.<String>of(
                    "",
                    "--tracing-exporter",
                    ValueType.TEXT.map(
                            OTLP + " or " + NONE + ", as spans are sent by OTLP alone",
                            text -> exporter(text.strip().toLowerCase(Locale.ROOT)),
                            text -> text),
                    null,
                    "none switches spans off, whatever names the endpoint; where there is one, others are refused")
            .withFlags()
            .withVariables("OTEL_TRACES_EXPORTER");

    static final List<SettingKey<?>> ALL = List.of(DISABLED, EXPORTER);

    private SdkKeys() {}

    /** Whether they let spans be sent at all; one that names another exporter is a mistake. */
    static boolean letSend(SettingValues values) {
        values.given(DISABLED).ifPresent(SdkKeys::tellIfNeither);
        return !values.find(DISABLED).orElse(false)
                && !values.find(EXPORTER).orElse(OTLP).equals(NONE);
    }

    /** The specification forbids to take it for true, and wants it told. */
    private static void tellIfNeither(Given given) {
        String text = given.texts().getFirst().strip();
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            LOG.log(Level.WARNING, "{0}: {1} is neither true nor false, and counts as false", given.source(), text);
        }
    }

    private static @Nullable String exporter(String text) {
        return text.equals(OTLP) || text.equals(NONE) ? text : null;
    }
}
