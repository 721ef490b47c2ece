package dev.brr.runtime.server;

import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.logging.LogLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A service whose operation computes until the process ends, and heeds no interrupt. */
final class ComputingService {
    static final String MEMBERS = """
            paths:
              /compute: {get: {operationId: compute, responses: {'204': {description: d}}}}
            """;

    /** What it writes when a handler begins. */
    static final String COMPUTES = "computes";

    private static volatile long turns;

    private ComputingService() {}

    /** Takes the document. */
    public static void main(String[] arguments) throws StartupException, InterruptedException {
        LogLines.install();
        OperationHandler endless = _ -> {
            System.out.println(COMPUTES);
            while (true) {
                turns = turns + 1;
            }
        };
        CarrierWatch.start();
        TestProgram.serve(BrrServer.start(
                TestService.config(Path.of(arguments[0])),
                new HandlerDiscovery(Map.of("compute", endless), List.of())));
    }
}
