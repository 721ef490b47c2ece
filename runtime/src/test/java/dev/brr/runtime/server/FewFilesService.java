package dev.brr.runtime.server;

import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.logging.LogLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A service as a process of its own. */
final class FewFilesService {
    static final String MEMBERS = """
            paths:
              /a: {get: {operationId: a, responses: {'204': {description: d}}}}
            """;

    private FewFilesService() {}

    /** Takes the document. */
    public static void main(String[] arguments) throws StartupException, InterruptedException {
        LogLines.install();
        Map<String, OperationHandler> handlers = Map.of("a", _ -> Response.empty(204));
        TestProgram.serve(BrrServer.start(
                TestService.withManagementPort(TestService.config(Path.of(arguments[0])), 0),
                new HandlerDiscovery(handlers, List.of())));
    }
}
