package dev.brr.operator.dashboard;

/** Places a panel on Grafana's grid of 24 columns; a unit of height is 30 pixels. */
record GridPosition(int x, int y, int width, int height) {

    static final int COLUMNS = 24;

    /** Goes from left to right and begins a new line where the next panel has no room. */
    static final class Cursor {

        private int x;
        private int y;
        private int lineHeight;

        /** Returns the place of the next panel. */
        GridPosition next(int width, int height) {
            if (x + width > COLUMNS) {
                x = 0;
                y += lineHeight;
                lineHeight = 0;
            }
            var position = new GridPosition(x, y, width, height);
            x += width;
            lineHeight = Math.max(lineHeight, height);
            return position;
        }
    }
}
