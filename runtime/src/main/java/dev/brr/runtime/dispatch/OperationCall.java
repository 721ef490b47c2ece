package dev.brr.runtime.dispatch;

import dev.brr.runtime.contract.Accept;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.OperationContract;
import dev.brr.runtime.contract.OperationParameters;
import dev.brr.runtime.contract.ReceivedBody;
import dev.brr.runtime.contract.Violation;
import dev.brr.runtime.example.ExampleAnswer;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Principal;
import dev.brr.runtime.handler.ProblemException;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.problem.Problem;
import dev.brr.runtime.spool.TemporaryFiles;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leads a matched request through its contract: size, credentials, acceptable answers, parameters, body; then to the
 * handler or the examples, and holds the answer to the document.
 */
final class OperationCall {
    private static final Logger LOG = System.getLogger(OperationCall.class.getName());

    private static final String NULL_ANSWER =
            "the handler answered null; Response.empty(204) is an answer without body";
    /** What a message of these says is the document's or a number, and never a value. */
    private static final Set<String> TELLING = Set.of("status", "mediaType", "required");

    private final Admission admission;
    private final ReplyWriter writer;
    private final RuntimeMetrics metrics;
    private final RequestBodies bodies;
    private final long maxBodyBytes;
    private final boolean validatesResponses;

    OperationCall(
            Admission admission, RuntimeMetrics metrics, long maxBodyBytes, TemporaryFiles files, int responsePercent) {
        this.admission = admission;
        this.metrics = metrics;
        this.maxBodyBytes = maxBodyBytes;
        this.bodies = new RequestBodies(maxBodyBytes, files);
        this.validatesResponses = responsePercent > 0;
        this.writer = new ReplyWriter(responsePercent);
    }

    /** Answers a request. */
    Reply call(ServedOperation operation, MatchedRequest request, String requestId) throws Refusal, IOException {
        OperationContract contract = operation.contract();
        if (request.exchange().contentLength() > maxBodyBytes) {
            throw new Refusal(Problem.bodyTooLarge(maxBodyBytes));
        }
        List<Principal> principals = admission.admit(operation, request);
        Optional<MediaType> negotiated = negotiate(contract, request);
        OperationParameters.Outcome parameters = contract.parameters().read(request);
        if (!parameters.violations().isEmpty()) {
            throw new Refusal(Problem.parameters(parameters.violations()));
        }
        if (contract.body().isEmpty()) {
            return varied(
                    contract,
                    answer(operation, request, requestId, principals, parameters, negotiated, ReceivedBody.NONE));
        }
        try (BodyRoom.Slice room = bodies.slice()) {
            ReceivedBody body = bodies.read(contract.body().get(), request.exchange(), room);
            return varied(contract, answer(operation, request, requestId, principals, parameters, negotiated, body));
        }
    }

    /** A cache has to know that another {@code Accept} gets another answer (RFC 9110, section 12.5.5). */
    private static Reply varied(OperationContract contract, Reply reply) {
        return contract.responses().successTypes().size() > 1 ? reply.with("Vary", "Accept") : reply;
    }

    private Reply answer(
            ServedOperation operation,
            MatchedRequest request,
            String requestId,
            List<Principal> principals,
            OperationParameters.Outcome parameters,
            Optional<MediaType> negotiated,
            ReceivedBody body)
            throws Refusal {
        if (operation.handler().isEmpty()) {
            return example(operation, negotiated, requestId);
        }
        BoundRequest bound = new BoundRequest(
                operation.id(),
                requestId,
                request.exchange().method(),
                parameters.values(),
                body,
                principals,
                negotiated,
                request.exchange()::header);
        return handled(operation, operation.handler().get(), bound, negotiated);
    }

    private static Optional<MediaType> negotiate(OperationContract contract, MatchedRequest request) throws Refusal {
        List<MediaType> offers = contract.responses().successTypes();
        if (offers.isEmpty()) {
            return Optional.empty();
        }
        List<String> accept = request.header("accept");
        Optional<MediaType> chosen = Accept.choose(
                switch (accept.size()) {
                    case 0 -> "";
                    case 1 -> accept.getFirst();
                    default -> String.join(",", accept);
                },
                offers);
        if (chosen.isEmpty()) {
            throw new Refusal(Problem.notAcceptable(
                    offers.stream().map(MediaType::text).distinct().collect(Collectors.joining(", "))));
        }
        return chosen;
    }

    private Reply example(ServedOperation operation, Optional<MediaType> negotiated, String requestId) throws Refusal {
        ExampleAnswer answer = operation.examples().answer(negotiated);
        if (validatesResponses && !answer.violations().isEmpty()) {
            throw violated(operation.id(), requestId, answer.violations());
        }
        Reply reply = answer.mediaType()
                .map(type -> Reply.of(answer.status(), type.text(), answer.bytes()))
                .orElseGet(() -> Reply.empty(answer.status()));
        return answer.headers().isEmpty() ? reply : withHeaders(reply, answer.headers());
    }

    private static Reply withHeaders(Reply reply, Map<String, String> headers) {
        List<Reply.Header> sent = new ArrayList<>(headers.size());
        headers.forEach((name, value) -> sent.add(new Reply.Header(name, value)));
        return new Reply(reply.status(), reply.contentType(), sent, reply.body(), reply.events());
    }

    private Reply handled(
            ServedOperation operation, OperationHandler handler, BoundRequest request, Optional<MediaType> negotiated)
            throws Refusal {
        ReplyWriter.Written written;
        try {
            Response response = Objects.requireNonNull(handler.handle(request), NULL_ANSWER);
            written = writer.write(response, operation.contract().responses(), negotiated);
        } catch (ProblemException e) {
            throw new Refusal(Problem.custom(e.status(), e.title(), e.detail()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(request, e);
        } catch (Exception | Error e) {
            throw failed(request, e);
        }
        if (!written.violations().isEmpty()) {
            throw violated(request.operationId(), request.requestId(), written.violations());
        }
        return written.reply();
    }

    /** A handler that has no stack or heap left, or a class too few, fails alone: its thread has no state of ours. */
    private static Refusal failed(BoundRequest request, Throwable cause) {
        boolean memory = cause instanceof OutOfMemoryError;
        if (memory) {
            MemoryShortage.found();
        }
        LOG.log(
                Level.ERROR,
                "The handler of " + request.operationId() + (memory ? " ran out of memory" : " failed") + " (request "
                        + request.requestId() + ")",
                cause);
        return new Refusal(Problem.internal());
    }

    /** The log names places and keywords; values stay out of it, for they may be secret. */
    private Refusal violated(String operation, String requestId, List<Violation> violations) {
        metrics.responseViolated();
        LOG.log(
                Level.WARNING,
                () -> "The answer of " + operation + " departs from the document at "
                        + violations.stream().limit(8).map(OperationCall::place).collect(Collectors.joining(", "))
                        + " (request " + requestId + ")");
        return new Refusal(Problem.responseInvalid());
    }

    private static String place(Violation violation) {
        boolean telling = TELLING.contains(violation.keyword());
        return (violation.pointer().isEmpty() ? "/" : violation.pointer()) + " (" + violation.keyword()
                + (telling ? ": " + violation.message() : "") + ")";
    }
}
