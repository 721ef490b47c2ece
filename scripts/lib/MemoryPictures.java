import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Draws what recorded runs held over time as SVG; arguments: the folder with the runs, the folder for the pictures. Each
 * picture has one thing to show. Runs are laid over each other where the load ends and the idling begins.
 */
final class MemoryPictures {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;
    private static final int LEFT = 62;
    private static final int RIGHT = 170;
    private static final int TOP = 64;
    private static final int BOTTOM = 46;
    private static final double MIB = 1 << 20;

    private static final String RED = "#c0392b";
    private static final String BLUE = "#1f6fb2";
    private static final String GREEN = "#2e8b57";
    private static final String AMBER = "#c77d0a";
    private static final String GREY = "#8a8f98";

    /** One line of a run; sizes in MiB, seconds from the beginning of the idling. */
    private record Sample(double second, String phase, double rss, double live, double allocated, double active,
            double dirty, double resident, double mapped, double retained) {}

    /** A line of a picture; filled down to the axis where it stands for an amount that lies within others. */
    private record Line(String label, String color, boolean filled, List<Sample> run, ToDoubleFunction<Sample> value) {}

    private record Picture(String file, String title, String subtitle, double from, List<Line> lines) {}

    public static void main(String[] arguments) throws IOException {
        var runs = Path.of(arguments[0]);
        var glibc = run(runs.resolve("glibc.csv"));
        var defaults = run(runs.resolve("jemalloc.csv"));
        var lowRss = run(runs.resolve("low-rss.csv"));
        var balanced = run(runs.resolve("balanced.csv"));
        for (var picture : pictures(glibc, defaults, lowRss, balanced)) {
            Files.writeString(Path.of(arguments[1], picture.file()), svg(picture));
        }
    }

    private static List<Picture> pictures(
            List<Sample> glibc, List<Sample> defaults, List<Sample> lowRss, List<Sample> balanced) {
        return List.of(
                new Picture("rss.svg", "The same service, two allocators",
                        "RSS, and what the service has allocated itself", Double.NEGATIVE_INFINITY, List.of(
                        new Line("allocated", GREY, true, lowRss, Sample::live),
                        new Line("RSS, glibc", RED, false, glibc, Sample::rss),
                        new Line("RSS, LowRss", BLUE, false, lowRss, Sample::rss))),
                new Picture("layers.svg", "What jemalloc counts, one within the other",
                        "preset Balanced", Double.NEGATIVE_INFINITY, List.of(
                        new Line("RSS of the pod", RED, false, balanced, Sample::rss),
                        new Line("resident", AMBER, true, balanced, Sample::resident),
                        new Line("active", BLUE, true, balanced, Sample::active),
                        new Line("allocated", GREEN, true, balanced, Sample::allocated))),
                new Picture("dirty.svg", "Dirty pages after the load",
                        "memory that the service gave back, and jemalloc not yet", -1, List.of(
                        new Line("defaults", RED, false, defaults, Sample::dirty),
                        new Line("Balanced: 5 s", AMBER, false, balanced, Sample::dirty),
                        new Line("LowRss: 1 s", BLUE, false, lowRss, Sample::dirty))),
                new Picture("retained.svg", "Retained grows as memory goes",
                        "preset Balanced: addresses are kept, the memory behind them is not", Double.NEGATIVE_INFINITY,
                        List.of(
                        new Line("mapped", AMBER, false, balanced, Sample::mapped),
                        new Line("RSS of the pod", RED, false, balanced, Sample::rss),
                        new Line("retained", BLUE, false, balanced, Sample::retained))));
    }

    private static List<Sample> run(Path file) throws IOException {
        var lines = Files.readAllLines(file);
        var idle = lines.stream().filter(line -> line.contains(",idle,")).findFirst().orElseThrow();
        var zero = Double.parseDouble(idle.split(",")[0]);
        var samples = new ArrayList<Sample>();
        for (var line : lines.subList(1, lines.size())) {
            var field = line.split(",", -1);
            samples.add(new Sample((Double.parseDouble(field[0]) - zero) / 1000, field[1], mib(field[2]), mib(field[3]),
                    mib(field[4]), mib(field[5]), mib(field[6]), mib(field[7]), mib(field[8]), mib(field[9])));
        }
        return samples;
    }

    private static double mib(String bytes) {
        return bytes.isEmpty() ? 0 : Long.parseLong(bytes) / MIB;
    }

    private static String svg(Picture picture) {
        var from = Math.max(picture.from(), picture.lines().stream()
                .mapToDouble(line -> first(line.run(), "load")).max().orElseThrow());
        var to = picture.lines().stream().mapToDouble(line -> last(line.run(), "idle")).min().orElseThrow();
        var most = picture.lines().stream().flatMapToDouble(line -> line.run().stream()
                .filter(sample -> sample.second() >= from).mapToDouble(line.value())).max().orElseThrow();
        var step = most > 500 ? 200 : most > 200 ? 100 : 50;
        var top = Math.ceil(most / step) * step;
        var out = new StringBuilder();
        out.append(format("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img"
                     font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="12" fill="#333">
                <title>%s</title>
                <rect width="%d" height="%d" fill="#fff"/>
                <text x="%d" y="24" font-size="16" font-weight="600">%s</text>
                <text x="%d" y="42" fill="#666">%s</text>
                """, WIDTH, HEIGHT, WIDTH, HEIGHT, picture.title(), WIDTH, HEIGHT, LEFT, picture.title(), LEFT,
                picture.subtitle()));
        phases(out, picture.lines().getLast().run(), from, to);
        for (var value = 0; value <= top; value += step) {
            out.append(format("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#e3e5e8\"/>\n", LEFT,
                    WIDTH - RIGHT, y(value, top), y(value, top)));
            out.append(format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#666\">%d</text>\n", LEFT - 8,
                    y(value, top) + 4, value));
        }
        out.append(format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#666\">MiB</text>\n", LEFT - 8, TOP - 8));
        for (var second = (int) Math.ceil(from); second <= to; second++) {
            if (second % 5 == 0) {
                out.append(format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#666\">%d s</text>\n",
                        x(second, from, to), HEIGHT - BOTTOM + 18, second));
            }
        }
        out.append(format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#666\">%s</text>\n",
                (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "from the end of the load"));
        picture.lines().stream().filter(Line::filled).forEach(line -> area(out, line, from, to, top));
        picture.lines().forEach(line -> path(out, line, from, to, top));
        labels(out, picture, to, top);
        return out.append("</svg>\n").toString();
    }

    private static void phases(StringBuilder out, List<Sample> run, double from, double to) {
        for (var phase : List.of("load", "peak", "idle")) {
            var seconds = run.stream().filter(sample -> sample.phase().equals(phase)).mapToDouble(Sample::second).toArray();
            if (seconds.length == 0 || seconds[seconds.length - 1] <= from) {
                continue;
            }
            var left = x(Math.max(seconds[0], from), from, to);
            var right = x(Math.min(seconds[seconds.length - 1], to), from, to);
            if (right - left > 30) {
                out.append(format("<text x=\"%.1f\" y=\"%d\" fill=\"#8a8f98\">%s</text>\n", left + 4, TOP + 10, phase));
            }
            out.append(format("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#b9bec6\" stroke-dasharray=\"3 3\"/>\n",
                    left, left, TOP, HEIGHT - BOTTOM));
        }
    }

    private static void area(StringBuilder out, Line line, double from, double to, double top) {
        out.append(format("<path d=\"M%.1f %.1f", x(from, from, to), y(0, top)));
        points(line, from, to).forEach(sample -> out.append(format(" L%.1f %.1f", x(sample.second(), from, to),
                y(line.value().applyAsDouble(sample), top))));
        out.append(format(" L%.1f %.1f Z\" fill=\"%s\" fill-opacity=\"0.18\"/>\n", x(to, from, to), y(0, top), line.color()));
    }

    private static void path(StringBuilder out, Line line, double from, double to, double top) {
        var command = "M";
        out.append("<path d=\"");
        for (var sample : points(line, from, to)) {
            out.append(format("%s%.1f %.1f ", command, x(sample.second(), from, to), y(line.value().applyAsDouble(sample), top)));
            command = "L";
        }
        out.append(format("\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\"/>\n", line.color()));
    }

    /** Beside the end of each line, moved apart where they would lie over each other. */
    private static void labels(StringBuilder out, Picture picture, double to, double top) {
        record Label(Line line, double last, double y) {}
        var labels = new ArrayList<Label>();
        picture.lines().stream()
                .map(line -> {
                    var last = line.value().applyAsDouble(points(line, Double.NEGATIVE_INFINITY, to).getLast());
                    return new Label(line, last, y(last, top) + 4);
                })
                .sorted((one, other) -> Double.compare(one.y(), other.y()))
                .forEach(label -> {
                    var above = labels.isEmpty() ? Double.NEGATIVE_INFINITY : labels.getLast().y() + 16;
                    labels.add(new Label(label.line(), label.last(), Math.max(label.y(), above)));
                });
        var over = labels.getLast().y() - (HEIGHT - BOTTOM + 4);
        for (var label : labels) {
            out.append(format("<text x=\"%d\" y=\"%.1f\" fill=\"%s\" font-weight=\"600\">%s, %.0f</text>\n",
                    WIDTH - RIGHT + 8, label.y() - Math.max(0, over), label.line().color(), label.line().label(), label.last()));
        }
    }

    private static double first(List<Sample> run, String phase) {
        return run.stream().filter(sample -> sample.phase().equals(phase)).mapToDouble(Sample::second).min().orElseThrow();
    }

    private static double last(List<Sample> run, String phase) {
        return run.stream().filter(sample -> sample.phase().equals(phase)).mapToDouble(Sample::second).max().orElseThrow();
    }

    private static List<Sample> points(Line line, double from, double to) {
        return line.run().stream().filter(sample -> sample.second() >= from && sample.second() <= to).toList();
    }

    private static double x(double second, double from, double to) {
        return LEFT + (second - from) / (to - from) * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
    }

    private static String format(String text, Object... arguments) {
        return String.format(Locale.ROOT, text, arguments);
    }
}
