package dev.brr.runtime.contract;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import dev.brr.runtime.document.BoundedPattern.EndlessMatchException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One schema of the document, compiled. */
public final class ContractSchema {
    /** Beyond this many violations a client learns nothing more. */
    private static final int MAX_VIOLATIONS = 64;

    private static final Logger LOG = System.getLogger(ContractSchema.class.getName());

    private final AtomicBoolean toldOfPattern = new AtomicBoolean();
    private final Supplier<Schema> requests;
    private final Supplier<Schema> responses;
    private final @Nullable PlainSchema plainRequest;
    private final @Nullable PlainSchema plainResponse;
    private final ExecutionConfig responseConfig;

    /**
     * Holds values to a schema.
     *
     * @param requests the schema for what clients send, asked for when a value needs it
     * @param responses the schema for what the service sends, asked for when a value needs it
     * @param plainRequest what admits most values that clients send faster than the schema does, if there is such
     * @param plainResponse the same for values that the service sends
     * @param assertsFormats whether {@code format} is held to
     */
    ContractSchema(
            Supplier<Schema> requests,
            Supplier<Schema> responses,
            @Nullable PlainSchema plainRequest,
            @Nullable PlainSchema plainResponse,
            boolean assertsFormats) {
        this.requests = requests;
        this.responses = responses;
        this.plainRequest = plainRequest;
        this.plainResponse = plainResponse;
        this.responseConfig = ExecutionConfig.builder()
                .writeOnly(true)
                .formatAssertionsEnabled(assertsFormats)
                .build();
    }

    /** Holds values to schemas that are compiled. */
    ContractSchema(
            Schema requests,
            Schema responses,
            @Nullable PlainSchema plainRequest,
            @Nullable PlainSchema plainResponse,
            boolean assertsFormats) {
        this(() -> requests, () -> responses, plainRequest, plainResponse, assertsFormats);
    }

    /** Holds a value that a client sent to the schema; {@code required} does not ask for {@code readOnly} properties. */
    public List<Violation> validateRequest(JsonNode value) {
        if (plainRequest != null && plainRequest.admits(value)) {
            return List.of();
        }
        return violations(value, requests.get()::validate);
    }

    /** Holds a value that the service sends to the schema; {@code writeOnly} properties must not be in it. */
    public List<Violation> validateResponse(JsonNode value) {
        if (plainResponse != null && plainResponse.admits(value)) {
            return List.of();
        }
        return violations(value, this::errorsOfResponse);
    }

    private List<Error> errorsOfResponse(JsonNode value) {
        ExecutionContext context = new ExecutionContext(responseConfig);
        responses.get().validate(context, value);
        return context.getErrors();
    }

    private List<Violation> violations(JsonNode value, Function<JsonNode, List<Error>> validator) {
        try {
            List<Error> errors = validator.apply(value);
            return errors.isEmpty() ? List.of() : violations(errors);
        } catch (JacksonException | ArithmeticException | NumberFormatException _) {
            return beyondNumbers(value, validator);
        } catch (EndlessMatchException e) {
            return endless(e);
        } catch (StackOverflowError _) {
            // A text that is to be a regular expression itself may be nested as deeply as it likes.
            return List.of(Violation.ofBody("", "format", "has a text that is nested too deeply"));
        }
    }

    /** To admit what nobody has judged would open the service to it. */
    private List<Violation> endless(EndlessMatchException e) {
        if (toldOfPattern.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "The pattern {0} takes too long on some texts, which are refused: write it so that there is one way to"
                            + " match",
                    e.pattern());
        }
        return List.of(Violation.ofBody("", "pattern", "has a text that takes too long to match against a pattern"));
    }

    /** The validator compares with {@code long}s, and gives up where a number with an exponent does not fit one. */
    private List<Violation> beyondNumbers(JsonNode value, Function<JsonNode, List<Error>> validator) {
        try {
            return violations(validator.apply(WideNumbers.whole(value)));
        } catch (EndlessMatchException e) {
            return endless(e);
        } catch (JacksonException | ArithmeticException | NumberFormatException _) {
            return List.of(Violation.ofBody("", "type", "has a number that nothing can be compared with"));
        }
    }

    private static List<Violation> violations(List<Error> errors) {
        List<Violation> violations = new ArrayList<>(Math.min(errors.size(), MAX_VIOLATIONS));
        for (Error error : errors) {
            if (violations.size() < MAX_VIOLATIONS) {
                violations.add(Violation.ofBody(
                        error.getInstanceLocation().toString(), error.getKeyword(), error.getMessage()));
            }
        }
        return violations;
    }
}
