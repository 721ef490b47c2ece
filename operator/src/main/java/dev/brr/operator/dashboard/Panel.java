package dev.brr.operator.dashboard;

import java.util.List;

/**
 * Shows one thing about a service.
 *
 * @param kind how it is drawn
 * @param title what it shows; unique on a dashboard
 * @param description what it means, what is good, and what to do when it is not
 * @param unit what its values are
 * @param width columns, of 24
 * @param targets what it asks for
 * @param thresholds from which values on it changes colour; green below the first
 * @param mappings which values it shows as words
 */
record Panel(
        Kind kind,
        String title,
        String description,
        Unit unit,
        int width,
        List<Target> targets,
        List<Threshold> thresholds,
        List<ValueMapping> mappings) {

    private static final int SIXTH = 4;
    private static final int THIRD = 8;
    private static final int HALF = 12;

    Panel {
        targets = List.copyOf(targets);
        thresholds = List.copyOf(thresholds);
        mappings = List.copyOf(mappings);
    }

    /** Says how a panel is drawn. */
    enum Kind {
        /** Lines over time. */
        GRAPH("timeseries", 8),
        /** Areas over time, one on the other. */
        STACK("timeseries", 8),
        /** One number, the latest. */
        STAT("stat", 4),
        /** The labels of the latest series. */
        TABLE("table", 6);

        private final String grafana;
        private final int height;

        Kind(String grafana, int height) {
            this.grafana = grafana;
            this.height = height;
        }

        String grafana() {
            return grafana;
        }

        int height() {
            return height;
        }
    }

    static Panel graph(String title, Unit unit, String description, Target... targets) {
        return of(Kind.GRAPH, title, unit, description, HALF, targets);
    }

    static Panel stack(String title, Unit unit, String description, Target... targets) {
        return of(Kind.STACK, title, unit, description, HALF, targets);
    }

    static Panel stat(String title, Unit unit, String description, Target target) {
        return of(Kind.STAT, title, unit, description, SIXTH, target);
    }

    static Panel table(String title, String description, Target target) {
        return of(Kind.TABLE, title, Unit.STATE, description, 24 - SIXTH, target);
    }

    private static Panel of(Kind kind, String title, Unit unit, String description, int width, Target... targets) {
        return new Panel(kind, title, description, unit, width, List.of(targets), List.of(), List.of());
    }

    /** Returns the panel in a third of the width. */
    Panel third() {
        return new Panel(kind, title, description, unit, THIRD, targets, thresholds, mappings);
    }

    /** Returns the panel coloured by value. */
    Panel coloured(Threshold... by) {
        return new Panel(kind, title, description, unit, width, targets, List.of(by), mappings);
    }

    /** Returns the panel with words for values. */
    Panel mapped(ValueMapping... to) {
        return new Panel(kind, title, description, unit, width, targets, thresholds, List.of(to));
    }
}
