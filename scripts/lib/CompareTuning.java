import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.jemalloc.conf.TuningCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares a MALLOC_CONF with the options that a process has, by the rule by which the operator does it: run as
 * {@code java -cp brr-jemalloc.jar CompareTuning.java MALLOC_CONF}, with a line {@code name=value} for each opt.* on
 * standard input. Prints what differs and exits with 1, or prints nothing.
 */
final class CompareTuning {

    public static void main(String[] arguments) throws IOException {
        var differences =
                switch (MallocConf.parse(arguments[0])) {
                    case MallocConf.Parsed.Valid(var conf) -> TuningCheck.compare(conf, effective());
                    case MallocConf.Parsed.Invalid(var problems) -> problems;
                };
        differences.forEach(IO::println);
        System.exit(differences.isEmpty() ? 0 : 1);
    }

    private static Map<String, String> effective() throws IOException {
        var options = new HashMap<String, String>();
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(line -> line.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> options.put(pair[0], pair[1]));
        }
        return options;
    }
}
