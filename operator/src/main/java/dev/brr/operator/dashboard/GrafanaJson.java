package dev.brr.operator.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/**
 * Writes a dashboard as Grafana takes it, for Grafana 10.4 and later (schema version 39).
 *
 * <p>Keys have a fixed order and lines end alike everywhere: the same dashboard is the same bytes, so that an object
 * that holds it need not be written again.
 */
final class GrafanaJson {

    /** The schema of Grafana 10.4; later ones migrate it when they load it. */
    private static final int SCHEMA_VERSION = 39;

    private static final ObjectWriter WRITER = new JsonMapper()
            .writer(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private final Dashboard dashboard;
    private final GridPosition.Cursor cursor = new GridPosition.Cursor();
    private int panels;

    private GrafanaJson(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    static String of(Dashboard dashboard) {
        try {
            return WRITER.writeValueAsString(new GrafanaJson(dashboard).tree()) + "\n";
        } catch (JsonProcessingException treesOfTextAndNumbersAreWritable) {
            throw new UncheckedIOException(treesOfTextAndNumbersAreWritable);
        }
    }

    private ObjectNode tree() {
        var tree = object().put("uid", dashboard.uid())
                .put("title", dashboard.title())
                .put(
                        "description",
                        "Memory, allocator, JVM and requests of one BrrService. Written by brr: edit a copy.")
                .put("schemaVersion", SCHEMA_VERSION)
                .put("editable", true)
                .put("graphTooltip", 1)
                .put("refresh", "30s")
                .put("timezone", "browser");
        tree.putArray("tags").add("brr").add("jemalloc");
        tree.putObject("time").put("from", "now-1h").put("to", "now");
        tree.putObject("annotations").putArray("list").add(firingAlerts());
        tree.putObject("templating").putArray("list").add(datasourceVariable()).add(podVariable());
        var array = tree.putArray("panels");
        for (var row : dashboard.rows()) {
            array.add(row(row));
            row.panels().forEach(panel -> array.add(panel(panel)));
        }
        return tree;
    }

    private ObjectNode firingAlerts() {
        var annotation = object().put("name", "Alerts").put("enable", true).put("iconColor", "red");
        annotation.set("datasource", datasource());
        return annotation
                .put("expr", dashboard.everyPod().in("ALERTS{SERVICE, alertstate=\"firing\"}"))
                .put("titleFormat", "{{alertname}}")
                .put("textFormat", "{{pod}}");
    }

    private static ObjectNode datasourceVariable() {
        return object().put("name", "datasource")
                .put("label", "Data source")
                .put("type", "datasource")
                .put("query", "prometheus")
                .put("refresh", 1);
    }

    private ObjectNode podVariable() {
        var query = dashboard.everyPod().in("label_values(jemalloc_loaded{SERVICE}, pod)");
        var variable = object().put("name", "pod").put("label", "Pod").put("type", "query");
        variable.set("datasource", datasource());
        variable.put("definition", query);
        variable.putObject("query").put("query", query).put("refId", "pod");
        variable.put("refresh", 2)
                .put("sort", 1)
                .put("multi", true)
                .put("includeAll", true)
                .put("allValue", ".*");
        variable.putObject("current").put("text", "All").put("value", "$__all");
        return variable;
    }

    private ObjectNode row(Row row) {
        var node = placed("row", row.title(), GridPosition.COLUMNS, 1).put("collapsed", false);
        node.putArray("panels");
        return node;
    }

    private ObjectNode panel(Panel panel) {
        var node = placed(
                        panel.kind().grafana(),
                        panel.title(),
                        panel.width(),
                        panel.kind().height())
                .put("description", panel.description());
        node.set("datasource", datasource());
        targets(panel, node.putArray("targets"));
        var fieldConfig = node.putObject("fieldConfig");
        defaults(panel, fieldConfig.putObject("defaults"));
        overrides(panel, fieldConfig.putArray("overrides"));
        node.set("options", PanelOptions.of(panel.kind()));
        if (panel.kind() == Panel.Kind.TABLE) {
            node.putArray("transformations").add(PanelOptions.withoutTimeAndValue());
        }
        return node;
    }

    private ObjectNode placed(String type, String title, int width, int height) {
        var position = cursor.next(width, height);
        var node = object().put("id", ++panels).put("type", type).put("title", title);
        node.putObject("gridPos")
                .put("h", position.height())
                .put("w", position.width())
                .put("x", position.x())
                .put("y", position.y());
        return node;
    }

    private void targets(Panel panel, ArrayNode array) {
        var table = panel.kind() == Panel.Kind.TABLE;
        var latestOnly = table || panel.kind() == Panel.Kind.STAT;
        for (int i = 0; i < panel.targets().size(); i++) {
            var target = panel.targets().get(i);
            var node = object().put("refId", refId(i));
            node.set("datasource", datasource());
            node.put("expr", dashboard.query(target))
                    .put("legendFormat", target.legend())
                    .put("editorMode", "code")
                    .put("format", table ? "table" : "time_series")
                    .put("instant", latestOnly)
                    .put("range", !latestOnly);
            array.add(node);
        }
    }

    private static void defaults(Panel panel, ObjectNode defaults) {
        defaults.put("unit", panel.unit().grafana());
        defaults.putObject("color").put("mode", panel.kind() == Panel.Kind.STAT ? "thresholds" : "palette-classic");
        var thresholds = defaults.putObject("thresholds").put("mode", "absolute");
        var steps = thresholds.putArray("steps");
        steps.addObject().put("color", "green").putNull("value");
        panel.thresholds()
                .forEach(threshold ->
                        steps.addObject().put("color", threshold.colour()).put("value", threshold.from()));
        var mappings = defaults.putArray("mappings");
        if (!panel.mappings().isEmpty()) {
            var options = mappings.addObject().put("type", "value").putObject("options");
            panel.mappings()
                    .forEach(mapping -> options.putObject(mapping.value())
                            .put("text", mapping.text())
                            .put("color", mapping.colour()));
        }
        PanelOptions.custom(panel.kind()).ifPresent(custom -> defaults.set("custom", custom));
    }

    private static void overrides(Panel panel, ArrayNode overrides) {
        for (int i = 0; i < panel.targets().size(); i++) {
            var properties = PanelOptions.style(panel.targets().get(i).style());
            if (!properties.isEmpty()) {
                var override = overrides.addObject();
                override.putObject("matcher").put("id", "byFrameRefID").put("options", refId(i));
                override.set("properties", properties);
            }
        }
    }

    private static String refId(int index) {
        return String.valueOf((char) ('A' + index));
    }

    private static ObjectNode datasource() {
        return object().put("type", "prometheus").put("uid", "${datasource}");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
