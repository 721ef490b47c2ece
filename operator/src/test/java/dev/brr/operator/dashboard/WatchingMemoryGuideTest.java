package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide shows the rows, panels and alerts that there are. */
class WatchingMemoryGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide", "03-watching-memory.md");
    private static final Path DASHBOARD = Path.of("src", "test", "resources", "dashboard", "petstore.json");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z][^|]*) \\| ([^|]+) \\|$");
    private static final List<String> NUMBERS =
            List.of("eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen");
    private static final int FIRST_NUMBER = 8;

    private static List<String> alerts() {
        return HeapAlerts.rules(Petstore.balanced()).stream()
                .map(AlertRule::name)
                .toList();
    }

    private static String section(String title) throws IOException {
        String[] parts = Files.readString(GUIDE).split("(?m)^## " + title + "$", 2);
        assertThat(parts).as("the section " + title).hasSize(2);
        return parts[1].split("(?m)^## ", 2)[0];
    }

    @Test
    void itsTableHasTheRowsOfTheDashboardWithTheirPanels() throws IOException {
        // given
        Map<String, List<String>> rows = new LinkedHashMap<>();
        String row = "";
        for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels")) {
            if (panel.path("type").asText().equals("row")) {
                row = panel.path("title").asText();
                rows.put(row, new ArrayList<>());
            } else {
                Objects.requireNonNull(rows.get(row)).add(panel.path("title").asText());
            }
        }
        // when
        Map<String, List<String>> shown = new LinkedHashMap<>();
        ROW.matcher(section("The dashboard"))
                .results()
                .filter(found -> !found.group(1).equals("Row"))
                .forEach(found ->
                        shown.put(found.group(1), List.of(found.group(2).split(", "))));
        // then
        assertThat(shown).containsExactlyEntriesOf(rows);
    }

    @Test
    void itListsTheAlertsAsKubectlDoes() throws IOException {
        // given
        String section = section("Alerts");
        // when
        List<String> listed = section.substring(section.indexOf("```\n\n```\n") + "```\n\n```\n".length())
                .lines()
                .takeWhile(line -> !line.equals("```"))
                .toList();
        // then
        assertThat(listed).containsExactlyElementsOf(alerts());
    }

    @Test
    void itCountsTheAlerts() throws IOException {
        // given
        List<String> alerts = alerts();
        // when
        String section = section("Alerts").replace('\n', ' ');
        // then
        assertThat(section)
                .contains("with %s alerts from %s to %s"
                        .formatted(NUMBERS.get(alerts.size() - FIRST_NUMBER), alerts.getFirst(), alerts.getLast()));
    }
}
