package dev.brr.runtime.config;

import dev.brr.runtime.security.BasicUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the users of HTTP basic schemes. No message of it holds a password. */
final class BasicUserReader {
    /** Passwords stand in no configuration file, and in no flag: the list of processes shows flags to everyone. */
    private static final SettingKey<String> USERS = SettingKey.<String>of(
                    "",
                    "--basic-users",
                    ValueType.TEXT,
                    null,
                    "the users of an HTTP basic scheme: lines user:password or user:{SHA256}hex")
            .withFlags()
            .withVariables("BRR_BASIC_USERS__<scheme>")
            .repeated();

    private static final SettingKey<Path> USERS_FILE = SettingKey.<Path>of(
                    "security.basicUserFiles.<scheme>",
                    "--basic-users-file",
                    ValueType.FILE.shownAs("SCHEME=FILE"),
                    null,
                    "a file that holds the users of an HTTP basic scheme")
            .withVariables("BRR_BASIC_USERS_FILE__<scheme>");

    static final List<SettingKey<?>> KEYS = List.of(USERS, USERS_FILE);

    private final SettingValues values;

    BasicUserReader(SettingValues values) {
        this.values = values;
    }

    Map<String, BasicUserSettings> read() {
        Map<String, BasicUserSettings> byScheme = new TreeMap<>();
        values.each(USERS_FILE).forEach((scheme, given) -> readFile(byScheme, scheme, given));
        values.each(USERS)
                .forEach((scheme, given) -> add(byScheme, scheme, given.source(), String.join("\n", given.texts())));
        return byScheme;
    }

    private void readFile(Map<String, BasicUserSettings> byScheme, String scheme, Given given) {
        String file = given.texts().isEmpty() ? "" : given.texts().getFirst();
        try {
            add(byScheme, scheme, given.source(), Files.readString(Path.of(file)));
        } catch (IOException | IllegalArgumentException e) {
            values.mistake(
                    given.source(),
                    "the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private void add(Map<String, BasicUserSettings> byScheme, String scheme, String source, String text) {
        BasicUsers.Reading reading = BasicUsers.read(text);
        reading.mistakes().forEach(mistake -> values.mistake(source, mistake));
        BasicUserSettings other = byScheme.put(scheme, new BasicUserSettings(source, reading.users()));
        if (other != null) {
            values.mistake(source, "gives users to " + scheme + ", which has some by " + other.source());
        }
    }
}
