package dev.brr.runtime.contract;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One schema of the document, compiled. */
public final class ContractSchema {
    /** Beyond this many violations a client learns nothing more. */
    private static final int MAX_VIOLATIONS = 64;

    private static final ExecutionConfig RESPONSE = ExecutionConfig.builder()
            .writeOnly(true)
            .formatAssertionsEnabled(true)
            .build();

    private final Schema schema;
    private final JsonNode root;
    private final @Nullable PlainSchema plainRequest;
    private final @Nullable PlainSchema plainResponse;

    /**
     * Holds values to a schema.
     *
     * @param plainRequest what admits most values that clients send faster than the schema does, if there is such
     * @param plainResponse the same for values that the service sends
     */
    ContractSchema(
            Schema schema, JsonNode root, @Nullable PlainSchema plainRequest, @Nullable PlainSchema plainResponse) {
        this.schema = schema;
        this.root = root;
        this.plainRequest = plainRequest;
        this.plainResponse = plainResponse;
    }

    /** Holds a value that a client sent to the schema; {@code required} does not ask for {@code readOnly} properties. */
    public List<Violation> validateRequest(JsonNode value) {
        if (plainRequest != null && plainRequest.admits(value)) {
            return List.of();
        }
        List<Error> errors = schema.validate(value);
        return errors.isEmpty() ? List.of() : violations(errors, "readOnly");
    }

    /** Holds a value that the service sends to the schema; {@code writeOnly} properties must not be in it. */
    public List<Violation> validateResponse(JsonNode value) {
        if (plainResponse != null && plainResponse.admits(value)) {
            return List.of();
        }
        ExecutionContext context = new ExecutionContext(RESPONSE);
        schema.validate(context, value);
        List<Error> errors = context.getErrors();
        return errors.isEmpty() ? List.of() : violations(errors, "writeOnly");
    }

    private List<Violation> violations(List<Error> errors, String notAskedFor) {
        List<Violation> violations = new ArrayList<>();
        for (Error error : errors) {
            if (violations.size() < MAX_VIOLATIONS && !isExcused(error, notAskedFor)) {
                violations.add(Violation.ofBody(
                        error.getInstanceLocation().toString(), error.getKeyword(), error.getMessage()));
            }
        }
        return violations;
    }

    /** A missing property that travels the other way only is not missing. */
    private boolean isExcused(Error error, String flag) {
        if (!error.getKeyword().equals("required") || error.getProperty() == null) {
            return false;
        }
        NodePath keyword = error.getSchemaLocation().getFragment();
        JsonNode owner = root;
        for (int i = 0; i < keyword.getNameCount() - 1; i++) {
            owner = keyword.getElement(i) instanceof Integer index ? owner.path(index) : owner.path(keyword.getName(i));
        }
        return owner.path("properties").path(error.getProperty()).path(flag).asBoolean(false);
    }
}
