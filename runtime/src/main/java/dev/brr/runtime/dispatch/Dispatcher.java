package dev.brr.runtime.dispatch;

import dev.brr.jemalloc.profile.ProfiledOperation;
import dev.brr.runtime.contract.ContractSchemas;
import dev.brr.runtime.contract.OperationContract;
import dev.brr.runtime.contract.Query;
import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.example.OperationExamples;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.metrics.OperationMeters;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.problem.Problem;
import dev.brr.runtime.routing.Match;
import dev.brr.runtime.routing.Router;
import dev.brr.runtime.security.Authenticator;
import dev.brr.runtime.spool.TemporaryFiles;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Answers every request for the operations of a document. */
public final class Dispatcher {
    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    /** A longer request target, path and query together, is refused. */
    public static final int MAX_TARGET = 8192;

    private final Router<ServedOperation> router;
    private final OperationCall call;
    private final CorsGate cors;
    private final OperationMeters unmatched;
    private final Map<String, String> routes;
    /** What the service takes at all. */
    private final String methods;

    private Dispatcher(
            Router<ServedOperation> router,
            OperationCall call,
            CorsGate cors,
            RuntimeMetrics metrics,
            Map<String, String> routes,
            String methods) {
        this.methods = methods;
        this.router = router;
        this.call = call;
        this.cors = cors;
        this.unmatched = metrics.operation(OperationMeters.UNMATCHED);
        this.routes = Map.copyOf(routes);
    }

    /** The path template of an operation, by its id; nothing where there is no such operation. */
    public Optional<String> route(String operation) {
        return Optional.ofNullable(routes.get(operation));
    }

    /** Whether the document has an operation for a request. */
    public boolean declares(Exchange exchange) {
        return router.route(exchange.method(), exchange.rawPath()) instanceof Match.Found;
    }

    /** Whether a request is a preflight for an operation of the document that pages of other origins may call. */
    public boolean answersPreflight(Exchange exchange) {
        return cors.announcesOperation(exchange);
    }

    /**
     * An answer and what its time counts for.
     *
     * @param reply the answer
     * @param meters the meters of the operation
     * @param requestId what to send as {@code x-request-id}
     */
    public record Dispatched(Reply reply, OperationMeters meters, String requestId) {}

    /**
     * Answers a request.
     *
     * @throws IOException when the client breaks off while its body is read
     */
    public Dispatched dispatch(Exchange exchange) throws IOException {
        String requestId = RequestIds.of(exchange.header(RequestIds.HEADER));
        return answer(exchange, requestId);
    }

    private Dispatched answer(Exchange exchange, String requestId) throws IOException {
        int query = exchange.rawQuery().isEmpty() ? 0 : exchange.rawQuery().length() + 1;
        if (exchange.rawPath().length() + query > MAX_TARGET) {
            return unmatched(exchange, Reply.of(Problem.targetTooLong(MAX_TARGET)), requestId);
        }
        if (!isPlain(exchange.rawPath()) || !isPlain(exchange.rawQuery())) {
            return unmatched(exchange, Reply.of(Problem.malformedTarget()), requestId);
        }
        if (!exchange.rawPath().startsWith("/")) {
            boolean ofService =
                    exchange.rawPath().equals("*") && exchange.method().equals("OPTIONS");
            // A path that begins with no slash would pass a proxy that guards paths (RFC 9112, section 3.2).
            Reply reply = ofService ? Reply.empty(204).with("Allow", methods) : Reply.of(Problem.malformedTarget());
            return unmatched(exchange, reply, requestId);
        }
        Optional<Reply> preflight = cors.preflight(exchange);
        if (preflight.isPresent()) {
            return new Dispatched(preflight.get(), unmatched, requestId);
        }
        return switch (router.route(exchange.method(), exchange.rawPath())) {
            case Match.Unknown<ServedOperation> _ -> unmatched(exchange, Reply.of(Problem.notFound()), requestId);
            case Match.Malformed<ServedOperation> _ ->
                unmatched(exchange, Reply.of(Problem.malformedTarget()), requestId);
            case Match.OtherMethods<ServedOperation> other ->
                new Dispatched(
                        cors.openedOnPath(otherMethods(exchange, other), exchange, other.targets()),
                        unmatched,
                        requestId);
            case Match.Found<ServedOperation> found -> {
                ServedOperation operation = found.target();
                Reply reply = call(exchange, operation, found.values(), requestId);
                yield new Dispatched(cors.opened(reply, exchange, operation), operation.meters(), requestId);
            }
        };
    }

    /** A target is ASCII (RFC 3986, section 2): other bytes would be guessed at. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private Dispatched unmatched(Exchange exchange, Reply reply, String requestId) {
        return new Dispatched(cors.opened(reply, exchange, null), unmatched, requestId);
    }

    private static Reply otherMethods(Exchange exchange, Match.OtherMethods<ServedOperation> other) {
        Reply reply = exchange.method().equals("OPTIONS")
                ? Reply.empty(204)
                : Reply.of(Problem.methodNotAllowed(other.allow()));
        return reply.with("Allow", other.allow());
    }

    private Reply call(Exchange exchange, ServedOperation operation, List<String> values, String requestId)
            throws IOException {
        Query query;
        try {
            query = Query.parse(exchange.rawQuery());
        } catch (IllegalArgumentException _) {
            return Reply.of(Problem.malformedTarget());
        }
        try (ProfiledOperation.Scope _ = operation.profiled().open()) {
            return call.call(operation, new MatchedRequest(exchange, operation.named(values), query), requestId);
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (OutOfMemoryError _) {
            // Bodies are on the heap while they are read: too many at once find no room.
            MemoryShortage.found();
            LOG.log(
                    Level.ERROR,
                    "No memory was left to read a request of " + operation.id() + " (request " + requestId + ")");
            return Reply.of(Problem.unavailable("There is no memory left for this request"));
        }
    }

    /** What a document is served with. */
    public record Settings(
            Map<String, OperationHandler> handlers,
            AccessSettings access,
            long maxBodyBytes,
            TemporaryFiles files,
            boolean assertsFormats,
            int responsePercent) {

        /** With temporary files where Java has them, as many as there is room for. */
        public Settings(
                Map<String, OperationHandler> handlers,
                AccessSettings access,
                long maxBodyBytes,
                boolean validatesResponses) {
            this(
                    handlers,
                    access,
                    maxBodyBytes,
                    new TemporaryFiles(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), Long.MAX_VALUE),
                    true,
                    validatesResponses ? 100 : 0);
        }
    }

    /** Compiles a document into what answers its requests. */
    public static Dispatcher compile(ServiceDocument document, Settings settings, RuntimeMetrics metrics) {
        AccessSettings access = settings.access();
        access.credentials()
                .tokens()
                .forEach((scheme, verifier) -> verifier.onFailedFetch(metrics.failedKeyFetches(scheme)));
        CorsPolicy corsForAll =
                access.policies().orElse(document.policies()).cors().orElse(CorsPolicy.OFF);
        boolean corsOn = corsForAll.isOn();
        boolean limits = false;
        Router<ServedOperation> router = new Router<>();
        Map<String, String> routes = new HashMap<>();
        for (ServedOperation served : served(document, settings, metrics)) {
            served.warnOfExamples();
            corsOn |= served.access().cors().isOn();
            limits |= !served.access().rateLimit().isNone();
            Operation operation = served.contract().operation();
            routes.put(operation.id(), operation.path().text());
            for (String basePath : operation.basePaths()) {
                router.add(basePath, operation.path(), operation.method(), served);
            }
        }
        OperationCall call = new OperationCall(
                new Admission(access, limits, metrics),
                metrics,
                settings.maxBodyBytes(),
                settings.files(),
                settings.responsePercent());
        return new Dispatcher(
                router, call, new CorsGate(router, corsForAll, corsOn), metrics, routes, methods(document));
    }

    private static List<ServedOperation> served(ServiceDocument document, Settings settings, RuntimeMetrics metrics) {
        References references = new References(document.root());
        ContractSchemas schemas = new ContractSchemas(document.root(), settings.assertsFormats());
        AccessSettings access = settings.access();
        Authenticator authenticator = new Authenticator(document, access.credentials());
        List<ServedOperation> served = new ArrayList<>(document.operations().size());
        for (Operation operation : document.operations()) {
            ProfiledOperation profiled = ProfiledOperation.of(operation.id());
            metrics.memory().follow(profiled);
            served.add(new ServedOperation(
                    OperationContract.compile(
                            operation, document.securitySchemes().values(), schemas, references),
                    operation.path().names(),
                    Optional.ofNullable(settings.handlers().get(operation.id())),
                    OperationAccess.of(operation, document, access.policies(), authenticator),
                    new OperationExamples(operation, schemas, references),
                    metrics.operation(operation.id()),
                    profiled));
        }
        return served;
    }

    private static String methods(ServiceDocument document) {
        Set<String> methods = new TreeSet<>(List.of("GET", "HEAD", "OPTIONS"));
        document.operations().forEach(operation -> methods.add(operation.method()));
        return String.join(", ", methods);
    }
}
