package dev.brr.runtime.config;

import dev.brr.runtime.spelling.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The settings in a YAML file: maps whose keys, joined by dots, are the names of settings. */
final class FileSource implements SettingSource {
    private static final int MAX_CHARACTERS = 1024 * 1024;

    private final String file;
    private final Consumer<String> mistakes;
    private final Map<String, Given> entries = new LinkedHashMap<>();

    private FileSource(String file, Consumer<String> mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    /** A file that says nothing. */
    static FileSource none() {
        return new FileSource("", _ -> {});
    }

    /**
     * Reads a file.
     *
     * @param file its name, for the messages
     * @param text what it holds
     */
    static FileSource of(String file, String text, List<SettingKey<?>> keys, Consumer<String> mistakes) {
        FileSource source = new FileSource(file, mistakes);
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setUseMarks(true)
                .setCodePointLimit(MAX_CHARACTERS)
                .setMaxAliasesForCollections(0)
                .setAllowNonScalarKeys(true)
                .build();
        try {
            new Compose(settings).composeString(text).ifPresent(source::root);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            mistakes.accept(file + ":" + line + ": is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            mistakes.accept(file + ": is not YAML: " + e.getMessage());
        } catch (StackOverflowError _) {
            mistakes.accept(file + ": is nested too deeply");
        }
        source.refuseUnknown(keys);
        return source;
    }

    private void root(Node node) {
        if (node instanceof MappingNode mapping) {
            map(mapping, "");
        } else if (!node.getTag().equals(Tag.NULL)) {
            mistakes.accept(place(node) + ": has to be a map of settings");
        }
    }

    private void map(MappingNode mapping, String prefix) {
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (!(keyNode instanceof ScalarNode key) || tuple.getValueNode().isRecursive()) {
                mistakes.accept(place(keyNode) + ": a key has to be a plain word");
                continue;
            }
            value(tuple.getValueNode(), prefix + key.getValue(), place(keyNode));
        }
    }

    private void value(Node node, String name, String place) {
        switch (node) {
            case MappingNode inner -> map(inner, name + ".");
            case SequenceNode list -> list(list, name, place);
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.NULL) -> mistakes.accept(place + ": " + name + " is empty");
            case ScalarNode scalar -> put(name, place, List.of(scalar.getValue()));
            default -> mistakes.accept(place + ": " + name + " is not a value");
        }
    }

    private void list(SequenceNode list, String name, String place) {
        List<String> texts = new ArrayList<>();
        for (Node item : list.getValue()) {
            if (item instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
                texts.add(scalar.getValue());
            } else {
                mistakes.accept(place(item) + ": an item of " + name + " has to be a plain value");
                return;
            }
        }
        put(name, place, texts);
    }

    private void put(String name, String place, List<String> texts) {
        Given given = new Given(place + ": " + name, texts);
        if (entries.putIfAbsent(name, given) != null) {
            mistakes.accept(place + ": " + name + " is given twice");
        }
    }

    private String place(Node node) {
        return file + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private void refuseUnknown(List<SettingKey<?>> keys) {
        Set<String> known = new LinkedHashSet<>();
        keys.stream().map(SettingKey::name).filter(name -> !name.isEmpty()).forEach(known::add);
        entries.forEach((name, given) -> {
            boolean isKnown = known.contains(name)
                    || known.stream()
                            .anyMatch(
                                    pattern -> SettingKey.member(pattern, name).isPresent());
            if (!isKnown) {
                mistakes.accept(given.source() + " is not known" + cure(name, known));
            }
        });
    }

    private static String cure(String name, Set<String> known) {
        Optional<String> nearest = Spelling.nearest(name, known, 3);
        if (nearest.isPresent()) {
            return "; did you mean " + nearest.get() + "?";
        }
        String room = name.substring(0, name.indexOf('.') + 1);
        List<String> there = known.stream()
                .filter(each -> !room.isEmpty() && each.startsWith(room))
                .toList();
        return there.isEmpty() ? "" : "; there are " + String.join(", ", there);
    }

    @Override
    public Optional<Given> find(SettingKey<?> key) {
        Optional<Given> found = Optional.ofNullable(entries.get(key.name()));
        if (found.isPresent()
                && key.many() == SettingKey.Many.ONE
                && found.get().texts().size() != 1) {
            mistakes.accept(found.get().source() + ": has to be one value, not a list");
            return Optional.empty();
        }
        return found.map(given -> new Given(
                given.source(),
                given.texts().size() == 1 ? key.split(given.texts().getFirst()) : given.texts()));
    }

    @Override
    public Map<String, Given> findEach(SettingKey<?> family) {
        Map<String, Given> members = new LinkedHashMap<>();
        entries.forEach((name, given) ->
                SettingKey.member(family.name(), name).ifPresent(member -> members.put(member, given)));
        return members;
    }
}
