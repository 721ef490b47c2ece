package dev.brr.operator.kubernetes;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes the reference of conditions and reasons from the enums; a new constant does not compile without its text. */
final class ConditionsReference {

    /** The committed page, relative to this module. */
    static final Path COMMITTED = Path.of("..", "docs", "reference", "conditions.md");

    private ConditionsReference() {}

    static String generate() {
        return """
                <!-- Generated from the enums ConditionType and Reason; do not edit. CONTRIBUTING says how to write it anew. -->

                # Conditions and reasons

                What `kubectl describe brrservice NAME` shows under *Conditions*, and what pipelines wait for:

                ```
                kubectl wait brrservice/petstore --for=condition=Ready --timeout=5m
                ```

                A condition is `True`, `False` (somebody has to do something, or it is switched off) or `Unknown` (not
                told yet: it is on the way). `Ready` repeats reason and message of the first of `ImageBuilt`,
                `TuningApplied` and `RolledOut` that is `False`, else of the first that is `Unknown`; it is `True` only
                when all three are. `observedGeneration` says which spec a condition is about;
                `lastTransitionTime` moves only when the status does.

                ## Conditions

                | Condition | True means |
                |---|---|
                %s
                ## Reasons

                Reasons are API: their names do not change within a version. The column *where* names the conditions that
                carry a reason besides `Ready`, and *Event* where it is told as an Event alone.

                | Reason | Where | Meaning |
                |---|---|---|
                %s""".formatted(
                Arrays.stream(ConditionType.values())
                        .map(type -> "| `%s` | %s |\n".formatted(type, meaning(type)))
                        .collect(Collectors.joining()),
                Arrays.stream(Reason.values())
                        .map(reason -> "| `%s` | %s | %s |\n".formatted(reason, where(reason), cell(reason.meaning())))
                        .collect(Collectors.joining()));
    }

    static String meaning(ConditionType type) {
        return switch (type) {
            case Ready -> "The service of this generation runs, tuned.";
            case ImageBuilt -> "The image of this generation exists in the registry.";
            case RolledOut -> "Every pod runs this generation's image and tuning and is available.";
            case TuningApplied -> "Every pod's jemalloc reports the options that were asked for.";
            case DashboardPublished -> "The dashboard of this generation is published.";
            case WithinMemoryLimit ->
                "Never: it is there, and `False`, only while a pod shows that its container was killed last.";
        };
    }

    static String where(Reason reason) {
        return switch (reason) {
            case ServiceReady, ApplyFailed -> "`Ready`";
            case Waiting -> "`RolledOut`, `TuningApplied`";
            case Built,
                    Adopted,
                    Prebuilt,
                    Building,
                    DocumentNotFound,
                    DocumentInvalid,
                    PlatformUnsupported,
                    PushSecretUnusable,
                    BaseImageRefused,
                    BuildFailed -> "`ImageBuilt`";
            case MallocConfRefused, TuningConfirmed, TuningIgnored, TuningUnread -> "`TuningApplied`";
            case RolloutComplete, RolloutFailed, SecretNotFound, RolledBack -> "`RolledOut`";
            case RollingOut, ScaledToZero -> "`RolledOut`, `TuningApplied`";
            case DashboardPublished, DashboardDisabled -> "`DashboardPublished`";
            case OutOfMemoryKilled -> "`WithinMemoryLimit`";
            case RestartedForTuning, RolledToImage -> "Event";
        };
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
