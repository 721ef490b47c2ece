package dev.brr.runtime.server;

import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.contract.BodyReader;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.dispatch.AccessSettings;
import dev.brr.runtime.dispatch.Dispatcher;
import dev.brr.runtime.document.DocumentCheck;
import dev.brr.runtime.document.DocumentProblem;
import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.security.Credentials;
import dev.brr.runtime.spelling.Spelling;
import dev.brr.runtime.spool.TemporaryFiles;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is going to be served, once document, handlers and configuration are known to fit together.
 *
 * @param text the document as its author wrote it
 * @param document the document, checked
 * @param settings what it is served with
 * @param closedSchemes the security schemes that nothing opens, so that their operations refuse everybody
 */
public record ServicePlan(
        String text, ServiceDocument document, Dispatcher.Settings settings, Set<String> closedSchemes) {
    private static final Logger LOG = System.getLogger(ServicePlan.class.getName());
    private static final int MAX_SLIPS = 3;

    /**
     * Reads the document and holds it, the handlers and the configuration against each other.
     *
     * @throws StartupException with everything that does not fit
     */
    public static ServicePlan of(RuntimeConfig config, HandlerDiscovery discovered) throws StartupException {
        String text = text(config.document().spec());
        ServiceDocument document = checked(config.document().spec(), text);
        List<String> mistakes = new ArrayList<>(discovered.conflicts());
        AccessSettings access = SecurityPlan.of(document, config.security(), mistakes);
        checkFolder(config.limits().temporaryFolder(), document, mistakes);
        if (!mistakes.isEmpty()) {
            throw new StartupException(mistakes);
        }
        return new ServicePlan(
                text,
                document,
                settings(config, fitting(document, discovered), access),
                closed(document, access.credentials()));
    }

    private static String text(Path spec) throws StartupException {
        try {
            return Files.readString(spec);
        } catch (IOException e) {
            throw new StartupException(List.of("the document " + spec + " cannot be read: " + e));
        }
    }

    private static ServiceDocument checked(Path spec, String text) throws StartupException {
        return switch (ServiceDocument.check(spec, text)) {
            case DocumentCheck.Valid valid -> valid.document();
            case DocumentCheck.Invalid invalid ->
                throw new StartupException(invalid.problems().stream()
                        .map(DocumentProblem::text)
                        .map(problem -> spec + ", " + problem)
                        .toList());
        };
    }

    private static void checkFolder(Path folder, ServiceDocument document, List<String> mistakes) {
        if (takesFiles(document) && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
            mistakes.add("nothing can be written into " + folder + ", where large files that clients send have to go;"
                    + " name another folder by limits.temporaryFolder (--temporary-folder)");
        }
    }

    private static Dispatcher.Settings settings(
            RuntimeConfig config, Map<String, OperationHandler> handlers, AccessSettings access) {
        return new Dispatcher.Settings(
                handlers,
                access,
                config.limits().maxBodyBytes(),
                new TemporaryFiles(
                        config.limits().temporaryFolder(), config.limits().maxTemporaryBytes()),
                config.document().formatAssertion(),
                config.document().responseValidation() ? config.document().responseSamplePercent() : 0);
    }

    private static boolean takesFiles(ServiceDocument document) {
        return document.operations().stream()
                .flatMap(operation -> operation.body().stream())
                .flatMap(body -> body.content().stream())
                .flatMap(content -> MediaType.parse(content.mediaType()).stream())
                .anyMatch(BodyReader::streams);
    }

    private static Map<String, OperationHandler> fitting(ServiceDocument document, HandlerDiscovery discovered) {
        Map<String, OperationHandler> handlers = new HashMap<>(discovered.handlers());
        Set<String> operations =
                document.operations().stream().map(Operation::id).collect(Collectors.toCollection(TreeSet::new));
        Set<String> without = new TreeSet<>(operations);
        without.removeAll(handlers.keySet());
        Set<String> strays = new TreeSet<>(handlers.keySet());
        strays.removeAll(operations);
        for (String stray : strays) {
            Optional<String> meant = Spelling.nearest(stray, without, MAX_SLIPS);
            LOG.log(
                    Level.WARNING,
                    "There is a handler for {0}, and the document has no operation of that operationId{1}",
                    stray,
                    meant.map(name -> "; did you mean " + name + "?").orElse(""));
        }
        handlers.keySet().retainAll(operations);
        return handlers;
    }

    private static Set<String> closed(ServiceDocument document, Credentials credentials) {
        Set<String> named = new TreeSet<>();
        for (Operation operation : document.operations()) {
            operation
                    .security()
                    .forEach(requirement -> named.addAll(requirement.schemes().keySet()));
        }
        named.removeAll(credentials.schemes());
        return named;
    }
}
