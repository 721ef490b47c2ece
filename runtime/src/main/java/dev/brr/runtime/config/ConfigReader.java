package dev.brr.runtime.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration once; collects every mistake before it refuses. */
final class ConfigReader {
    private final Map<String, String> environment;
    private final List<String> mistakes = new ArrayList<>();

    ConfigReader(Map<String, String> environment) {
        this.environment = environment;
    }

    ConfigOutcome read(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            return new ConfigOutcome.Help();
        }
        List<SettingKey<?>> keys = SettingCatalog.ALL;
        FlagSource flags = FlagSource.of(arguments, keys, mistakes::add);
        EnvironmentSource variables = new EnvironmentSource(environment);
        variables.check(keys, mistakes::add);
        SettingSource file = file(new SettingValues(List.of(flags, variables), mistakes));
        SettingValues values = new SettingValues(List.of(flags, variables, file), mistakes);
        ListenSettings listen = ListenKeys.read(values);
        RuntimeConfig config = new RuntimeConfig(
                DocumentKeys.read(values),
                listen,
                ConnectionKeys.read(values, listen.tls().isPresent()),
                LimitKeys.read(values),
                SecurityKeys.read(values),
                AnswerKeys.read(values),
                ObservabilityKeys.read(values),
                ShutdownKeys.read(values),
                DebugKeys.read(values),
                MemoryKeys.read(values));
        List<String> found = mistakes.stream().distinct().toList();
        return found.isEmpty() ? new ConfigOutcome.Usable(config) : new ConfigOutcome.Refused(found);
    }

    private SettingSource file(SettingValues values) {
        Optional<Path> file = values.find(SettingCatalog.CONFIG);
        if (file.isEmpty()) {
            return FileSource.none();
        }
        try {
            return FileSource.of(
                    file.get().toString(), Files.readString(file.get()), SettingCatalog.ALL, mistakes::add);
        } catch (IOException e) {
            String source =
                    values.given(SettingCatalog.CONFIG).map(Given::source).orElse("--config");
            values.mistake(
                    source,
                    "the file " + file.get() + " cannot be read ("
                            + e.getClass().getSimpleName() + ")");
            return FileSource.none();
        }
    }
}
