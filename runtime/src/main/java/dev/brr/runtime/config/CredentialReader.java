package dev.brr.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads credentials whose kind the document tells. No message of it holds one. */
final class CredentialReader {
    private static final SettingKey<String> CREDENTIAL = SettingKey.<String>of(
                    "",
                    "--credential",
                    ValueType.TEXT,
                    null,
                    "the credential of a scheme, as a Secret holds it: the key of an apiKey scheme,"
                            + " the users of an HTTP basic scheme")
            .withFlags()
            .withVariables("BRR_CREDENTIAL__<scheme>")
            .repeated();

    static final List<SettingKey<?>> KEYS = List.of(CREDENTIAL);

    private CredentialReader() {}

    static Map<String, CredentialSettings> read(SettingValues values) {
        Map<String, CredentialSettings> byScheme = new TreeMap<>();
        values.each(CREDENTIAL).forEach((scheme, given) -> {
            String text = String.join("\n", given.texts());
            if (text.isBlank()) {
                values.mistake(given.source(), "is empty");
            } else {
                byScheme.put(scheme, new CredentialSettings(given.source(), text));
            }
        });
        return byScheme;
    }
}
