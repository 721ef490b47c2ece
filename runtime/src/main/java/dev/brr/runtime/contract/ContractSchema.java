package dev.brr.runtime.contract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One schema of the document, compiled. */
public final class ContractSchema {
    /** Beyond this many violations a client learns nothing more. */
    private static final int MAX_VIOLATIONS = 64;

    private final Schema schema;

    ContractSchema(Schema schema) {
        this.schema = schema;
    }

    /** Holds a value that a client sent to the schema; {@code required} does not ask for {@code readOnly} properties. */
    public List<Violation> validateRequest(JsonNode value) {
        List<Error> errors = schema.validate(value);
        return errors.isEmpty() ? List.of() : violations(errors, "readOnly");
    }

    /** Holds a value that the service sends to the schema; {@code required} does not ask for {@code writeOnly} ones. */
    public List<Violation> validateResponse(JsonNode value) {
        List<Error> errors = schema.validate(value);
        return errors.isEmpty() ? List.of() : violations(errors, "writeOnly");
    }

    private static List<Violation> violations(List<Error> errors, String notAskedFor) {
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
    private static boolean isExcused(Error error, String flag) {
        if (!error.getKeyword().equals("required") || error.getProperty() == null) {
            return false;
        }
        JsonNode schema = error.getSchemaNode();
        return schema != null
                && schema.path("properties")
                        .path(error.getProperty())
                        .path(flag)
                        .asBoolean(false);
    }
}
