package dev.brr.operator.dashboard;

import java.util.List;

/** Groups panels under a heading. */
record Row(String title, List<Panel> panels) {

    Row {
        panels = List.copyOf(panels);
    }
}
