package dev.brr.jemalloc.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.jemalloc.conf.MallocConf.Parsed;
import dev.brr.jemalloc.conf.MallocConfProblem;
import dev.brr.jemalloc.conf.TuningCheck;
import dev.brr.jemalloc.conf.TuningCheck.Mismatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the rules of the operator and those of the script, which has them again for where there is no Java, to one table. */
class TuningDifferencesTest {

    private static final Path TABLE = Path.of("src", "test", "resources", "tuning", "differences.txt");

    /** As the script itself takes what its function says. */
    private static final String DIFFERENCES = """
            set -euo pipefail
            . scripts/lib/malloc-conf.sh
            mapfile -t unlike < <(differences "$1" "$2")
            if [ "${#unlike[@]}" -gt 0 ]; then printf '%s\\n' "${unlike[@]}"; fi
            """;

    /**
     * A row of the table.
     *
     * @param asked a MALLOC_CONF
     * @param observed opt.* by their names
     * @param differences what Java says
     * @param byScript what the script says
     */
    record Row(String asked, Map<String, String> observed, List<String> differences, List<String> byScript) {

        static Row of(String line) {
            String[] cells = line.split(" *\\| *", -1);
            assertThat(cells).as(line).hasSizeBetween(3, 4);
            Map<String, String> observed = new LinkedHashMap<>();
            for (String option : texts(cells[1])) {
                observed.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
            }
            return new Row(cells[0], observed, texts(cells[2]), texts(cells[cells.length - 1]));
        }

        private static List<String> texts(String cell) {
            return cell.isEmpty() || cell.equals("-") ? List.of() : Arrays.asList(cell.split("; "));
        }

        @Override
        public String toString() {
            return asked + " where " + observed;
        }
    }

    static List<Row> rows() {
        try (Stream<String> lines = Files.lines(TABLE)) {
            return lines.filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theOperatorSaysWhatTheTableSays(Row row) {
        // when
        List<String> said = switch (MallocConf.parse(row.asked())) {
            case Parsed.Valid(MallocConf conf) ->
                TuningCheck.compare(conf, row.observed()).stream()
                        .map(Mismatch::toString)
                        .toList();
            case Parsed.Invalid(List<MallocConfProblem> problems) ->
                problems.stream().map(MallocConfProblem::message).toList();
        };

        // then
        assertThat(said).isEqualTo(row.differences());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theScriptSaysWhatTheTableSays(Row row) throws IOException, InterruptedException {
        // given: what jemalloc prints at the end of a process
        String printed = row.observed().entrySet().stream()
                .map(option -> "\t\t\t\"%s\": \"%s\"".formatted(option.getKey(), option.getValue()))
                .collect(Collectors.joining(",\n", "{\n\t\"jemalloc\": {\n\t\t\"opt\": {\n", "\n\t\t}\n\t}\n}\n"));

        // when
        Process script = new ProcessBuilder("bash", "-c", DIFFERENCES, "bash", row.asked(), printed)
                .directory(EnsureJemalloc.repository().toFile())
                .redirectErrorStream(true)
                .start();
        script.getOutputStream().close();
        List<String> said = new String(script.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();

        // then
        assertThat(said).isEqualTo(row.byScript());
        assertThat(script.waitFor()).isZero();
    }
}
