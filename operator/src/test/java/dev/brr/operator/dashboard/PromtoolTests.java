package dev.brr.operator.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes unit tests of expressions in promtool's format. JSON is YAML, so no name needs quoting by hand.
 *
 * @param group the one test group
 */
record PromtoolTests(ObjectNode group) {

    /** Begins tests of series with a value a minute. */
    static PromtoolTests everyMinute() {
        var group = JsonNodeFactory.instance.objectNode().put("interval", "1m");
        group.putArray("input_series");
        group.putArray("promql_expr_test");
        return new PromtoolTests(group);
    }

    /** Gives a series its values, in promtool's notation: {@code 0+60x10} begins at 0 and grows by 60. */
    PromtoolTests series(String series, String values) {
        group.withArray("input_series").addObject().put("series", series).put("values", values);
        return this;
    }

    /** Gives a service's pod the values of a scrape, unchanged for ten minutes. */
    PromtoolTests scraped(Scrape scrape, String namespace, String service, String pod) {
        scrape.samples().forEach(sample -> series(sample.of(namespace, service, pod), sample.value() + "+0x10"));
        return this;
    }

    /** Expects an expression to give exactly these samples after ten minutes. */
    PromtoolTests expect(String expression, Expected... samples) {
        var test = group.withArray("promql_expr_test")
                .addObject()
                .put("expr", expression)
                .put("eval_time", "10m");
        var expected = test.putArray("exp_samples");
        Arrays.stream(samples)
                .forEach(sample ->
                        expected.addObject().put("labels", sample.selector()).put("value", sample.value()));
        return this;
    }

    /** Expects an expression to give anything at all. */
    PromtoolTests expectData(String expression) {
        return expect("count(" + expression + ") > bool 0", Expected.of(Map.of(), 1));
    }

    String yaml() {
        var document = JsonNodeFactory.instance.objectNode().put("evaluation_interval", "1m");
        document.putArray("tests").add(group);
        return document.toPrettyString();
    }

    /** Is a sample that an expression should give. */
    record Expected(Map<String, String> labels, double value) {

        static Expected of(Map<String, String> labels, double value) {
            return new Expected(labels, value);
        }

        String selector() {
            List<String> matchers = labels.entrySet().stream()
                    .map(label -> "%s=\"%s\"".formatted(label.getKey(), label.getValue()))
                    .sorted()
                    .toList();
            return "{" + String.join(", ", matchers) + "}";
        }
    }
}
