package dev.brr.runtime.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Lists every setting that there is; what is not here is refused. */
final class SettingCatalog {
    static final SettingKey<Path> CONFIG =
            SettingKey.<Path>of("", "--config", ValueType.FILE, null, "a YAML file of settings");

    static final List<SettingKey<?>> ALL = Stream.of(
                    List.of(CONFIG),
                    DocumentKeys.ALL,
                    ListenKeys.ALL,
                    ConnectionKeys.ALL,
                    LimitKeys.ALL,
                    SecurityKeys.ALL,
                    AnswerKeys.ALL,
                    ObservabilityKeys.ALL,
                    TracingKeys.ALL,
                    SdkKeys.ALL,
                    ShutdownKeys.ALL,
                    DebugKeys.ALL,
                    MemoryKeys.ALL,
                    BlackBoxKeys.ALL)
            .<SettingKey<?>>flatMap(List::stream)
            .toList();

    private SettingCatalog() {}
}
