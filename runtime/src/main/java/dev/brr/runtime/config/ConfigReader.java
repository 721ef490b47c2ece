package dev.brr.runtime.config;

import dev.brr.runtime.config.ApiKeySettings.SchemeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the configuration once; collects every mistake before it refuses. */
final class ConfigReader {
    private static final String KEY_PREFIX = "BRR_API_KEY__";
    private static final String KEY_FILE_PREFIX = "BRR_API_KEY_FILE__";
    /** Signs of equality at the end alone are the padding of a key in base64, and name no scheme. */
    private static final Pattern SCHEME_AND_KEY = Pattern.compile("([A-Za-z0-9._-]+)=(=*[^=].*)");

    private static final List<String> KEY_FLAGS = List.of("--api-key", "--test-api-key");
    private static final List<String> FLAGS = List.of(
            "--spec",
            "--host",
            "--port",
            "--management-port",
            "--api-key",
            "--test-api-key",
            "--response-validation",
            "--max-body-bytes",
            "--drain-seconds");

    private final Map<String, String> environment;
    private final Map<String, String> flags = new HashMap<>();
    private final List<String> keyArguments = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();

    ConfigReader(Map<String, String> environment) {
        this.environment = environment;
    }

    ConfigOutcome read(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            return new ConfigOutcome.Help();
        }
        flags(arguments);
        RuntimeConfig defaults = RuntimeConfig.defaults(Path.of("."));
        String spec = setting("--spec", "BRR_SPEC").map(Setting::value).orElse("");
        if (spec.isBlank() && !flags.containsKey("--spec")) {
            mistakes.add("--spec: name the OpenAPI document to serve (or set BRR_SPEC)");
        }
        RuntimeConfig config = new RuntimeConfig(
                Path.of(spec),
                setting("--host", "BRR_HOST").map(Setting::value).orElse(defaults.host()),
                port(),
                setting("--management-port", "BRR_MANAGEMENT_PORT").map(this::port),
                apiKeys(),
                setting("--response-validation", "BRR_RESPONSE_VALIDATION")
                        .map(this::onOff)
                        .orElse(defaults.responseValidation()),
                setting("--max-body-bytes", "BRR_MAX_BODY_BYTES")
                        .map(setting -> number(setting, 0, Integer.MAX_VALUE - 8))
                        .orElse(defaults.maxBodyBytes()),
                setting("--drain-seconds", "BRR_DRAIN_SECONDS")
                        .map(setting -> Duration.ofSeconds(number(setting, 0, 3600)))
                        .orElse(defaults.drainTimeout()));
        if (config.managementPort()
                .filter(port -> port != 0 && port == config.port())
                .isPresent()) {
            mistakes.add("--management-port: is the same as the port, " + config.port());
        }
        return mistakes.isEmpty() ? new ConfigOutcome.Usable(config) : new ConfigOutcome.Refused(List.copyOf(mistakes));
    }

    /** A value together with the flag or variable it came from. */
    private record Setting(String source, String value) {}

    private void flags(List<String> arguments) {
        int at = 0;
        while (at < arguments.size()) {
            String argument = arguments.get(at++);
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            if (!FLAGS.contains(flag)) {
                mistakes.add((flag.startsWith("-") ? flag : "an argument") + ": is not known; the flags are "
                        + String.join(", ", FLAGS));
                continue;
            }
            if (equals < 0 && at == arguments.size()) {
                mistakes.add(flag + ": needs a value");
                return;
            }
            String value = equals < 0 ? arguments.get(at++) : argument.substring(equals + 1);
            if (KEY_FLAGS.contains(flag)) {
                keyArguments.add(value);
            } else if (flags.putIfAbsent(flag, value) != null) {
                mistakes.add(flag + ": is given twice");
            }
        }
    }

    private Optional<Setting> setting(String flag, String variable) {
        String value = flags.get(flag);
        if (value != null) {
            return Optional.of(new Setting(flag, value));
        }
        return variable(variable);
    }

    private Optional<Setting> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(value -> new Setting(name, value));
    }

    /** Beside a Kubernetes Service named {@code brr} there is a BRR_PORT=tcp://..., which is none of ours. */
    private int port() {
        return setting("--port", "BRR_PORT")
                .filter(setting -> !setting.value().startsWith("tcp://"))
                .or(() -> variable("PORT"))
                .map(this::port)
                .orElse(RuntimeConfig.defaults(Path.of(".")).port());
    }

    private int port(Setting setting) {
        return (int) number(setting, 0, 65535);
    }

    private long number(Setting setting, long least, long most) {
        try {
            long number = Long.parseLong(setting.value().strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // falls through to the one message for both
        }
        mistakes.add(setting.source() + ": has to be a whole number from " + least + " to " + most + ", not "
                + setting.value());
        return least;
    }

    private boolean onOff(Setting setting) {
        return switch (setting.value()) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> {
                mistakes.add(setting.source() + ": has to be on or off, not " + setting.value());
                yield true;
            }
        };
    }

    private ApiKeySettings apiKeys() {
        List<String> forAll = new ArrayList<>();
        Map<String, SchemeKeys> byScheme = new TreeMap<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(KEY_PREFIX)) {
                key(byScheme, name.substring(KEY_PREFIX.length()), value, name);
            } else if (name.startsWith(KEY_FILE_PREFIX)) {
                keyFile(byScheme, name.substring(KEY_FILE_PREFIX.length()), value, name);
            }
        });
        variable("BRR_API_KEY").map(Setting::value).ifPresent(forAll::add);
        Map<String, SchemeKeys> fromFlags = new TreeMap<>();
        List<String> forAllFromFlags = new ArrayList<>();
        for (String argument : keyArguments) {
            Matcher named = SCHEME_AND_KEY.matcher(argument);
            if (named.matches()) {
                key(fromFlags, named.group(1), named.group(2), "--api-key");
            } else if (argument.isBlank()) {
                mistakes.add("--api-key: is empty");
            } else {
                forAllFromFlags.add(argument);
            }
        }
        byScheme.putAll(fromFlags);
        return new ApiKeySettings(forAllFromFlags.isEmpty() ? forAll : forAllFromFlags, byScheme);
    }

    private void key(Map<String, SchemeKeys> byScheme, String scheme, String key, String source) {
        if (key.isBlank() || scheme.isEmpty()) {
            mistakes.add(source + ": " + (scheme.isEmpty() ? "names no scheme" : "is empty"));
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
    private void keyFile(Map<String, SchemeKeys> byScheme, String scheme, String file, String source) {
        try {
            key(byScheme, scheme, Files.readString(Path.of(file)).strip(), source);
        } catch (IOException e) {
            mistakes.add(source + ": the file " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        }
    }
}
