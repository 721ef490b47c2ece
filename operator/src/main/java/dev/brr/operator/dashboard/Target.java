package dev.brr.operator.dashboard;

/**
 * Asks Prometheus for the series of a panel.
 *
 * @param expression PromQL with the placeholders of {@link ServiceSelector}
 * @param legend the name of a series; <code>{{label}}</code> stands for a label's value
 * @param style how a graph draws it
 */
record Target(String expression, String legend, Style style) {

    /** Says how a graph draws a series. */
    enum Style {
        /** As the panel draws its series. */
        SERIES,
        /** As a line over a stack that it is no part of. */
        OVERLAY,
        /** As a dashed red line that the others should stay below. */
        LIMIT
    }

    static Target series(String expression, String legend) {
        return new Target(expression, legend, Style.SERIES);
    }

    static Target overlay(String expression, String legend) {
        return new Target(expression, legend, Style.OVERLAY);
    }

    static Target limit(String expression, String legend) {
        return new Target(expression, legend, Style.LIMIT);
    }
}
