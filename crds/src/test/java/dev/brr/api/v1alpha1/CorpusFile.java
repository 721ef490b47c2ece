package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A BrrService of the corpus. What the API server should make of it stands in the comments above it:
 *
 * <pre>
 * # expect: a part of the message that refuses it
 * # default: /spec/malloc/preset = Balanced       what comes back there, though the file does not say it
 * # length: /spec/image/base = 512                repeats the letter of the text's {a} until it is that long
 * </pre>
 *
 * @param name folder and file, e.g. {@code invalid/replicas-negative.yaml}
 * @param text the file as it is
 * @param expectations parts of the message; all of them are expected
 * @param defaults by their JSON pointer
 * @param lengths in characters, by the JSON pointer of the text
 */
record CorpusFile(String name, String text, List<String> expectations, List<Setting> defaults, List<Setting> lengths) {

    /** Binds a value to a JSON pointer. */
    record Setting(JsonPointer pointer, String value) {}

    private static final Pattern DIRECTIVE = Pattern.compile("# ([a-z]+): (.*)");
    private static final Pattern SETTING = Pattern.compile("(/\\S+) = (\\S+)");
    private static final Pattern REPEATED = Pattern.compile("\\{(.)}");

    static CorpusFile read(Path file) {
        try {
            var name = file.getParent().getFileName() + "/" + file.getFileName();
            return parse(name, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CorpusFile parse(String name, String text) {
        var expectations = new ArrayList<String>();
        var defaults = new ArrayList<Setting>();
        var lengths = new ArrayList<Setting>();
        text.lines().map(DIRECTIVE::matcher).filter(Matcher::matches).forEach(directive -> {
            var value = directive.group(2);
            switch (directive.group(1)) {
                case "expect" -> expectations.add(value);
                case "default" -> defaults.add(setting(name, value));
                case "length" -> lengths.add(setting(name, value));
                default ->
                    throw new IllegalArgumentException(
                            name + ": \"" + directive.group() + "\" is neither expect, default nor length");
            }
        });
        return new CorpusFile(name, text, List.copyOf(expectations), List.copyOf(defaults), List.copyOf(lengths));
    }

    /** Returns what the API server gets: the file as it is, or JSON where a length was filled in. */
    String body() {
        return lengths.isEmpty() ? text : document().toString();
    }

    /** Returns the object with every length filled in. */
    JsonNode document() {
        var document = Yaml.read(text);
        lengths.forEach(length -> fill(document, length));
        return document;
    }

    private void fill(JsonNode document, Setting length) {
        var template = document.at(length.pointer()).asText();
        var place = REPEATED.matcher(template);
        if (!place.find()) {
            throw new IllegalArgumentException(name + ": nothing to repeat at " + length.pointer());
        }
        var missing = Integer.parseInt(length.value())
                - (template.length() - place.group().length());
        var filled = place.replaceFirst(Matcher.quoteReplacement(place.group(1).repeat(missing)));
        var holder = document.at(length.pointer().head());
        switch (holder) {
            case ObjectNode object -> object.put(length.pointer().last().getMatchingProperty(), filled);
            case ArrayNode array -> array.set(length.pointer().last().getMatchingIndex(), filled);
            default -> throw new IllegalArgumentException(name + ": nothing holds " + length.pointer());
        }
    }

    private static Setting setting(String name, String text) {
        var setting = SETTING.matcher(text);
        if (!setting.matches()) {
            throw new IllegalArgumentException(name + ": \"" + text + "\" is not of the form /pointer = value");
        }
        return new Setting(JsonPointer.compile(setting.group(1)), setting.group(2));
    }

    @Override
    public String toString() {
        return name;
    }
}
