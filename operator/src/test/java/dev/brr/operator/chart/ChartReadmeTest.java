package dev.brr.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What people read about the values is what the chart has; scripts/generate writes the README's table anew. */
class ChartReadmeTest {

    private static final String BEGIN = "<!-- values: begin -->\n";
    private static final String END = "<!-- values: end -->";

    @Test
    void listsEveryValueWithItsDefaultAndDescription() throws IOException {
        // given
        var table = ValuesTable.of(Chart.tree("values.yaml"), Chart.tree("values.schema.json"));
        var readme = Chart.text("README.md");
        var begin = readme.indexOf(BEGIN) + BEGIN.length();
        var end = readme.indexOf(END);
        if (Boolean.getBoolean("brr.generate")) {
            readme = readme.substring(0, begin) + table + readme.substring(end);
            Files.writeString(Chart.FOLDER.resolve("README.md"), readme);
            end = readme.indexOf(END);
        }
        // when
        var listed = readme.substring(begin, end);
        // then
        assertThat(listed)
                .as("the table of values is stale; run scripts/generate and commit")
                .isEqualTo(table);
    }

    @Test
    void tellsOfEachWayToInstall() {
        // given
        var readme = Chart.text("README.md");
        // when
        // then
        assertThat(Chart.cases())
                .allSatisfy(file -> assertThat(readme)
                        .as("README.md does not tell of ci/%s", file.getFileName())
                        .contains("ci/" + file.getFileName()));
    }

    @Test
    void valuesYamlSaysWhatEachKeyIsFor() {
        // given
        var lines = Chart.text("values.yaml").lines().toList();
        // when
        var silent = new ArrayList<String>();
        for (int i = 1; i < lines.size(); i++) {
            var line = lines.get(i);
            var hasValue = line.matches("\\s*[A-Za-z-]+: \\S.*");
            if (hasValue && !lines.get(i - 1).strip().startsWith("#")) {
                silent.add(line.strip());
            }
        }
        // then
        assertThat(silent).isEmpty();
    }
}
