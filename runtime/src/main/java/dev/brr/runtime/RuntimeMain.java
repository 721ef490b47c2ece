package dev.brr.runtime;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.config.ConfigOutcome;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.logging.LogLines;
import dev.brr.runtime.server.BrrServer;
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
    private static final String USAGE = """
            Serves an OpenAPI document.

              --spec FILE                   the document, YAML or JSON        (BRR_SPEC)
              --host ADDRESS                where to listen, 0.0.0.0          (BRR_HOST)
              --port N                      8080                              (BRR_PORT, PORT)
              --management-port N           a port of its own for /health, /ready, /metrics, /malloc, /openapi.*
                                                                              (BRR_MANAGEMENT_PORT)
              --api-key [SCHEME=]KEY        a key for one apiKey scheme or for all; may be repeated
                                            (BRR_API_KEY, BRR_API_KEY__SCHEME, BRR_API_KEY_FILE__SCHEME)
              --response-validation on|off  hold answers to the document, on  (BRR_RESPONSE_VALIDATION)
              --max-body-bytes N            largest request body, 16777216    (BRR_MAX_BODY_BYTES)
              --drain-seconds N             time for requests in flight, 20   (BRR_DRAIN_SECONDS)

            A flag goes before its variable, a variable before the default.
            """;

    private RuntimeMain() {}

    public static void main(String[] args) {
        LogLines.install();
        int code = run(List.of(args), System.getenv(), System.out, System.err);
        if (code >= 0) {
            System.exit(code);
        }
    }

    /** Starts; gives the exit code, or -1 while the service runs. */
    static int run(List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
        return switch (RuntimeConfig.read(args, environment)) {
            case ConfigOutcome.Help _ -> {
                out.print(USAGE);
                yield 0;
            }
            case ConfigOutcome.Refused refused -> {
                refused.messages().forEach(err::println);
                yield 2;
            }
            case ConfigOutcome.Usable usable -> serve(usable.config(), out, err);
        };
    }

    private static int serve(RuntimeConfig config, PrintStream out, PrintStream err) {
        try {
            BrrServer server = BrrServer.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "brr-stop"));
            StopSignals.exitInOrder();
            out.println(StartLine.of(server, Jemalloc.probe()));
            return -1;
        } catch (StartupException e) {
            e.reasons().forEach(err::println);
            return 1;
        }
    }
}
