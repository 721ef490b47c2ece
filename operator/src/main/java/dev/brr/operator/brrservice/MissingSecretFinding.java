package dev.brr.operator.brrservice;

import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Names;
import dev.brr.operator.kubernetes.Reason;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds pods that wait for a Secret, or for a key in one. The operator reads no Secrets of services: the kubelet's word is
 * taken, which looks again every few seconds and starts the container once all is there.
 */
final class MissingSecretFinding {

    private static final String CONFIG_ERROR = "CreateContainerConfigError";

    /** Is a variable of a container whose value a Secret has. */
    private record Reference(String variable, SecretKeySelector selector) {

        /** Tells whether the kubelet's message is about this one: {@code kubelet_pods.go}, makeEnvironmentVariables. */
        boolean isMissing(String message) {
            return message.contains("secret \"%s\" not found".formatted(selector.getName()))
                    || message.contains("couldn't find key %s in Secret ".formatted(selector.getKey()))
                            && message.endsWith("/" + selector.getName());
        }

        String text() {
            return "key %s of Secret %s, named by %s"
                    .formatted(selector.getKey(), selector.getName(), ServiceEnvironment.field(variable));
        }
    }

    private MissingSecretFinding() {}

    /** Judges; nothing where no pod waits for a Secret. */
    static Optional<Finding> judge(List<Pod> pods) {
        var missing = pods.stream()
                .map(MissingSecretFinding::missing)
                .flatMap(Optional::stream)
                .map(Reference::text)
                .distinct()
                .sorted()
                .collect(Collectors.joining("; "));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.fails(
                        ConditionType.RolledOut,
                        Reason.SecretNotFound,
                        "new pods wait for what does not exist: " + missing
                                + "; create it and they start, those of before serve until then"));
    }

    /** Says whether a pod waits for a Secret. */
    static boolean waits(Pod pod) {
        return missing(pod).isPresent();
    }

    private static Optional<Reference> missing(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status -> status.getContainerStatuses().stream())
                .filter(status -> Names.CONTAINER.equals(status.getName()))
                .map(MissingSecretFinding::configurationError)
                .flatMap(Optional::stream)
                .flatMap(message -> references(pod).stream().filter(reference -> reference.isMissing(message)))
                .findFirst();
    }

    private static Optional<String> configurationError(ContainerStatus status) {
        return Optional.ofNullable(status.getState())
                .map(ContainerState::getWaiting)
                .filter(waiting -> CONFIG_ERROR.equals(waiting.getReason()))
                .map(ContainerStateWaiting::getMessage);
    }

    private static List<Reference> references(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> Names.CONTAINER.equals(container.getName()))
                .map(Container::getEnv)
                .flatMap(List::stream)
                .flatMap(variable -> selector(variable).map(some -> new Reference(variable.getName(), some)).stream())
                .toList();
    }

    private static Optional<SecretKeySelector> selector(EnvVar variable) {
        return Optional.ofNullable(variable.getValueFrom()).map(EnvVarSource::getSecretKeyRef);
    }
}
