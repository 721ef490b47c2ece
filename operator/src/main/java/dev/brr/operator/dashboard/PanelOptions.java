package dev.brr.operator.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Knows how Grafana's panel plugins are told to draw: the parts of a panel's JSON that differ from kind to kind. */
final class PanelOptions {

    private PanelOptions() {}

    /** Returns {@code options} of a panel. */
    static ObjectNode of(Panel.Kind kind) {
        return switch (kind) {
            case GRAPH, STACK -> graph();
            case STAT -> stat();
            case TABLE -> object().put("showHeader", true).put("cellHeight", "sm");
        };
    }

    private static ObjectNode graph() {
        var options = object();
        var legend = options.putObject("legend")
                .put("showLegend", true)
                .put("displayMode", "table")
                .put("placement", "bottom");
        legend.putArray("calcs").add("lastNotNull").add("max");
        options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
        return options;
    }

    private static ObjectNode stat() {
        var options = object();
        var reduce = options.putObject("reduceOptions").put("values", false).put("fields", "");
        reduce.putArray("calcs").add("lastNotNull");
        return options.put("colorMode", "value")
                .put("graphMode", "none")
                .put("textMode", "value")
                .put("justifyMode", "auto")
                .put("orientation", "auto");
    }

    /** Returns {@code fieldConfig.defaults.custom}, which only some kinds have. */
    static Optional<ObjectNode> custom(Panel.Kind kind) {
        return switch (kind) {
            case GRAPH -> Optional.of(lines(0, "none"));
            case STACK -> Optional.of(lines(40, "normal"));
            case TABLE -> {
                var custom = object();
                custom.putObject("cellOptions").put("type", "color-text");
                yield Optional.of(custom);
            }
            case STAT -> Optional.empty();
        };
    }

    private static ObjectNode lines(int fillOpacity, String stacking) {
        var custom = object().put("drawStyle", "line")
                .put("lineWidth", 1)
                .put("fillOpacity", fillOpacity)
                .put("showPoints", "never")
                .put("spanNulls", false)
                .put("axisSoftMin", 0);
        custom.putObject("stacking").put("mode", stacking).put("group", "A");
        return custom;
    }

    /** Returns the properties of an override for the series of one target; none for a plain one. */
    static ArrayNode style(Target.Style style) {
        return switch (style) {
            case SERIES -> JsonNodeFactory.instance.arrayNode();
            case OVERLAY -> unstacked("text", object().put("fill", "solid"));
            case LIMIT -> {
                var dashes = object().put("fill", "dash");
                dashes.putArray("dash").add(10).add(10);
                yield unstacked("red", dashes);
            }
        };
    }

    private static ArrayNode unstacked(String colour, ObjectNode lineStyle) {
        var properties = JsonNodeFactory.instance.arrayNode();
        properties
                .addObject()
                .put("id", "color")
                .set("value", object().put("mode", "fixed").put("fixedColor", colour));
        properties.addObject().put("id", "custom.lineStyle").set("value", lineStyle);
        properties.addObject().put("id", "custom.lineWidth").put("value", 2);
        properties.addObject().put("id", "custom.fillOpacity").put("value", 0);
        properties
                .addObject()
                .put("id", "custom.stacking")
                .set("value", object().put("mode", "none").put("group", "limit"));
        return properties;
    }

    /** Returns the transformation that leaves a table the labels of its series. */
    static ObjectNode withoutTimeAndValue() {
        var transformation = object().put("id", "organize");
        var options = transformation.putObject("options");
        options.putObject("excludeByName").put("Time", true).put("Value", true);
        options.putObject("indexByName")
                .put("pod", 0)
                .put("version", 1)
                .put("conf_hash", 2)
                .put("prof", 3);
        options.putObject("renameByName")
                .put("pod", "Pod")
                .put("version", "jemalloc")
                .put("conf_hash", "MALLOC_CONF fingerprint")
                .put("prof", "Profiles possible");
        return transformation;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
