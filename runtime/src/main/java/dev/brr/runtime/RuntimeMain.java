package dev.brr.runtime;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.config.ConfigOutcome;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.config.SettingsReference;
import dev.brr.runtime.logging.LogLines;
import dev.brr.runtime.server.BrrServer;
import dev.brr.runtime.server.CarrierWatch;
import dev.brr.runtime.server.Carriers;
import dev.brr.runtime.server.StartupException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Serves an OpenAPI document until it is told to stop.
 *
 * <p>Exit code 0 after SIGTERM or SIGINT, when the requests in flight have ended; 1 when the service cannot start; 2 when
 * the configuration is refused.
 */
public final class RuntimeMain {
    private RuntimeMain() {}

    public static void main(String[] args) {
        LogLines.install();
        Carriers.provide(System.getProperties(), Runtime.getRuntime().availableProcessors());
        int code = run(List.of(args), System.getenv(), System.out, System.err);
        if (code >= 0) {
            System.exit(code);
        }
    }

    /** Starts; gives the exit code, or -1 while the service runs. */
    static int run(List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
        return switch (RuntimeConfig.read(args, environment)) {
            case ConfigOutcome.Help _ -> {
                out.print(usage());
                yield 0;
            }
            case ConfigOutcome.Refused refused -> {
                refused.messages().forEach(err::println);
                yield 2;
            }
            case ConfigOutcome.Usable usable -> serve(usable.config(), out, err);
        };
    }

    private static String usage() {
        return """
                Serves an OpenAPI document.

                %s
                A flag goes before its variable, a variable before the file of --config, the file before the default.
                """.formatted(SettingsReference.flags());
    }

    private static int serve(RuntimeConfig config, PrintStream out, PrintStream err) {
        try {
            BrrServer server = BrrServer.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "brr-stop"));
            CarrierWatch.start();
            StopSignals.exitInOrder();
            out.println(StartLine.of(server, Jemalloc.probe()));
            return -1;
        } catch (StartupException e) {
            e.reasons().forEach(err::println);
            return 1;
        }
    }
}
