package dev.brr.runtime.config;

import java.util.List;
import java.util.stream.Collectors;

/** Writes down what settings there are: for {@code --help}, and for the reference. */
public final class SettingsReference {
    private static final int FLAG_WIDTH = 38;

    private SettingsReference() {}

    /** Gives a line for each flag, with its variable and its default. */
    public static String flags() {
        return SettingCatalog.ALL.stream()
                .filter(key -> !key.flags().isEmpty())
                .map(SettingsReference::flag)
                .collect(Collectors.joining());
    }

    private static String flag(SettingKey<?> key) {
        String flag = "  " + key.flags().getFirst() + " " + key.type().sign();
        String words = key.meaning()
                + key.defaultText().map(text -> ", " + text).orElse("")
                + " (" + String.join(", ", key.variables()) + ")";
        return flag + " ".repeat(Math.max(2, FLAG_WIDTH - flag.length())) + words + "\n";
    }

    /** Gives the table of all settings, in Markdown. */
    static String markdown() {
        StringBuilder text = new StringBuilder("""
                | in the file | flag | variable | default | what it does |
                |---|---|---|---|---|
                """);
        for (SettingKey<?> key : SettingCatalog.ALL) {
            text.append("| ").append(code(key.name().isEmpty() ? List.of() : List.of(key.name())));
            text.append(" | ").append(code(key.flags()));
            text.append(" | ").append(code(key.variables()));
            text.append(" | ").append(code(key.defaultText().stream().toList()));
            text.append(" | ")
                    .append(key.meaning())
                    .append("; ")
                    .append(cell(key.type().expectation()));
            text.append(key.many() == SettingKey.Many.LIST ? ", or a list of such" : "")
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String code(List<String> names) {
        return names.stream().map(name -> "`" + cell(name) + "`").collect(Collectors.joining(", "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
