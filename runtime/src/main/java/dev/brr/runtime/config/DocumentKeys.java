package dev.brr.runtime.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads {@link DocumentSettings}. */
final class DocumentKeys {
    private static final DocumentSettings DEFAULTS = DocumentSettings.of(Path.of(""));

    private static final SettingKey<Path> SPEC =
            SettingKey.of("document.spec", "--spec", ValueType.FILE, null, "the OpenAPI document, YAML or JSON");

    private static final SettingKey<Boolean> RESPONSE_VALIDATION = SettingKey.of(
            "document.responseValidation",
            "--response-validation",
            ValueType.ON_OFF,
            DEFAULTS.responseValidation(),
            "hold answers to the document");

    private static final SettingKey<Integer> RESPONSE_SAMPLE_PERCENT = SettingKey.of(
            "document.responseSamplePercent",
            "--response-sample-percent",
            ValueType.count(1, 100),
            DEFAULTS.responseSamplePercent(),
            "how many of a hundred answers are held to the document, taken by chance");

    private static final SettingKey<Boolean> FORMAT_ASSERTION = SettingKey.of(
            "document.formatAssertion",
            "--format-assertion",
            ValueType.ON_OFF,
            DEFAULTS.formatAssertion(),
            "hold values to the format that their schema names (email, uuid, date-time, int32, ...)");

    private static final SettingKey<Boolean> RELOAD = SettingKey.of(
            "document.reload",
            "--reload",
            ValueType.ON_OFF,
            DEFAULTS.reload(),
            "read the document anew when its file changes, and keep the old one when the new one has problems");

    static final List<SettingKey<?>> ALL =
            List.of(SPEC, RESPONSE_VALIDATION, RESPONSE_SAMPLE_PERCENT, FORMAT_ASSERTION, RELOAD);

    private DocumentKeys() {}

    static DocumentSettings read(SettingValues values) {
        Optional<Path> spec = values.find(SPEC);
        if (values.isAbsent(SPEC)) {
            values.mistake("--spec", "name the OpenAPI document to serve (or set BRR_SPEC)");
        }
        return new DocumentSettings(
                spec.orElse(DEFAULTS.spec()),
                values.get(RESPONSE_VALIDATION),
                values.get(RESPONSE_SAMPLE_PERCENT),
                values.get(FORMAT_ASSERTION),
                values.get(RELOAD));
    }
}
