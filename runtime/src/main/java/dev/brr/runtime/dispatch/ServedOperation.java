package dev.brr.runtime.dispatch;

import dev.brr.jemalloc.profile.ProfiledOperation;
import dev.brr.runtime.contract.OperationContract;
import dev.brr.runtime.contract.Violation;
import dev.brr.runtime.example.OperationExamples;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.metrics.OperationMeters;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operation as it is served.
 *
 * @param contract what it is held to
 * @param pathNames the names of its path parameters, in the order of the template
 * @param handler what answers it, if there is one
 * @param access who may call it
 * @param examples what answers it otherwise
 * @param meters what times it
 * @param profiled what heap profiles know it by
 */
record ServedOperation(
        OperationContract contract,
        List<String> pathNames,
        Optional<OperationHandler> handler,
        OperationAccess access,
        OperationExamples examples,
        OperationMeters meters,
        ProfiledOperation profiled) {
    private static final Logger LOG = System.getLogger(ServedOperation.class.getName());

    String id() {
        return contract.operation().id();
    }

    /** Gives the raw values of the path parameters their names. */
    Map<String, String> named(List<String> values) {
        if (values.isEmpty()) {
            return Map.of();
        }
        Map<String, String> named = HashMap.newHashMap(values.size());
        for (int i = 0; i < values.size(); i++) {
            named.put(pathNames.get(i), values.get(i));
        }
        return named;
    }

    /** An example that its own schema refuses is the document's mistake, and better known at the start. */
    void warnOfExamples() {
        if (handler.isEmpty()) {
            for (Violation violation : examples.violations()) {
                LOG.log(
                        Level.WARNING,
                        "The example of {0} departs from its schema at {1}: {2}",
                        id(),
                        violation.pointer().isEmpty() ? "/" : violation.pointer(),
                        violation.message());
            }
        }
    }
}
