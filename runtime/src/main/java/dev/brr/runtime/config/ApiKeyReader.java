package dev.brr.runtime.config;

import dev.brr.runtime.config.ApiKeySettings.SchemeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@link ApiKeySettings}. No message of it holds a key. */
final class ApiKeyReader {
    /** Signs of equality at the end alone are the padding of a key in base64, and name no scheme. */
    private static final Pattern SCHEME_AND_KEY = Pattern.compile("([A-Za-z0-9._-]+)=(=*[^=].*)");

    /** A key stands in no configuration file: such a file is shown to more people than may know it. */
    private static final SettingKey<String> API_KEY = SettingKey.<String>of(
                    "",
                    "--api-key",
                    ValueType.TEXT.shownAs("[SCHEME=]KEY"),
                    null,
                    "a key for one apiKey scheme or for all; may be repeated")
            .withFlags("--api-key", "--test-api-key")
            .repeated();

    private static final SettingKey<String> SCHEME_KEY = SettingKey.<String>of(
                    "", "--api-key", ValueType.TEXT.shownAs("KEY"), null, "a key for one apiKey scheme")
            .withFlags()
            .withVariables("BRR_API_KEY__<scheme>");

    private static final SettingKey<Path> SCHEME_KEY_FILE = SettingKey.<Path>of(
                    "security.apiKeyFiles.<scheme>",
                    "--api-key-file",
                    ValueType.FILE.shownAs("SCHEME=FILE"),
                    null,
                    "a file that holds the key for one apiKey scheme")
            .withVariables("BRR_API_KEY_FILE__<scheme>");

    static final List<SettingKey<?>> KEYS = List.of(API_KEY, SCHEME_KEY, SCHEME_KEY_FILE);

    private final SettingValues values;

    ApiKeyReader(SettingValues values) {
        this.values = values;
    }

    ApiKeySettings read() {
        Map<String, SchemeKeys> byScheme = new TreeMap<>();
        values.each(SCHEME_KEY).forEach((scheme, given) -> add(byScheme, scheme, first(given), given.source()));
        values.each(SCHEME_KEY_FILE).forEach((scheme, given) -> addFile(byScheme, scheme, given));
        List<String> forAll = new ArrayList<>();
        Map<String, SchemeKeys> named = new TreeMap<>();
        Optional<Given> keys = values.given(API_KEY);
        keys.ifPresent(given -> given.texts().forEach(text -> sort(given.source(), text, forAll, named)));
        byScheme.putAll(named);
        return new ApiKeySettings(forAll, byScheme);
    }

    /** A flag may name the scheme before the key; a variable has a form of its own for that. */
    private void sort(String source, String text, List<String> forAll, Map<String, SchemeKeys> named) {
        Matcher matcher = SCHEME_AND_KEY.matcher(text);
        if (source.startsWith("--") && matcher.matches()) {
            add(named, matcher.group(1), matcher.group(2), source);
        } else if (text.isBlank()) {
            values.mistake(source, "is empty");
        } else {
            forAll.add(text);
        }
    }

    private static String first(Given given) {
        return given.texts().isEmpty() ? "" : given.texts().getFirst();
    }

    private void add(Map<String, SchemeKeys> byScheme, String scheme, String key, String source) {
        if (key.isBlank()) {
            values.mistake(source, "is empty");
            return;
        }
        List<String> keys = new ArrayList<>();
        if (byScheme.containsKey(scheme)) {
            keys.addAll(byScheme.get(scheme).keys());
        }
        keys.add(key);
        byScheme.put(scheme, new SchemeKeys(source, keys));
    }

    /** A mounted Secret; text editors leave a line end that is not part of the key. */
    private void addFile(Map<String, SchemeKeys> byScheme, String scheme, Given given) {
        String file = first(given);
        try {
            add(byScheme, scheme, Files.readString(Path.of(file)).strip(), given.source());
        } catch (IOException | IllegalArgumentException e) {
            values.mistake(
                    given.source(),
                    "the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
