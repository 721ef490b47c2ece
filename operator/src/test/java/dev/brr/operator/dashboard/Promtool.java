package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.fail;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroup;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Runs Prometheus' own tool in a folder. A machine without it fails the tests: nothing else can judge PromQL. */
record Promtool(Path folder) {

    private static final String RULES = "rules.yaml";

    /** Is what a run said, and whether it was content. */
    record Verdict(boolean content, String output) {}

    /** Writes the rules that {@link #check} and {@link #test} are about. */
    Promtool rules(List<RuleGroup> groups) throws IOException {
        Files.writeString(folder.resolve(RULES), Serialization.asYaml(Map.of("groups", groups)));
        return this;
    }

    /** Parses the rules with all their expressions and templates. */
    Verdict check() throws IOException, InterruptedException {
        return run("check", "rules", RULES);
    }

    /** Runs unit tests in promtool's own format. */
    Verdict test(String yaml) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("test.yaml"), yaml);
        return run("test", "rules", "test.yaml");
    }

    private Verdict run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(executable().toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Verdict(process.waitFor() == 0, output);
    }

    private static Path executable() {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(Objects.requireNonNullElse(System.getenv("PATH"), ""))
                .map(entry -> Path.of(entry, "promtool"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> fail("promtool is not on the PATH; it is in Debian's package prometheus "
                        + "(apt-get install prometheus) and in Prometheus' release archives"));
    }
}
