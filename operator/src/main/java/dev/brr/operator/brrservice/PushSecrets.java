package dev.brr.operator.brrservice;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceSpec;
import dev.brr.api.v1alpha1.ImageSpec;
import dev.brr.operator.build.RegistryCredentials;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads the credentials of {@code spec.image.pushSecretRef}. Its messages never contain any part of a credential. */
final class PushSecrets {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA_KEY = ".dockerconfigjson";

    /** Is what a Secret gives. */
    sealed interface Answer {
        /** The credentials to push with; null means the operator's own. */
        record Usable(@Nullable RegistryCredentials credentials) implements Answer {}

        /** The Secret does not serve; the message says what to do. */
        record Unusable(String message) implements Answer {}
    }

    private final BiFunction<String, String, Optional<Secret>> secrets;

    /** Creates with a look-up of Secrets by namespace and name. */
    PushSecrets(BiFunction<String, String, Optional<Secret>> secrets) {
        this.secrets = secrets;
    }

    /** Returns the credentials for a service's repository. */
    Answer credentials(BrrService service, String repository) {
        var reference = Optional.ofNullable(service.getSpec())
                .map(BrrServiceSpec::image)
                .map(ImageSpec::pushSecretRef)
                .map(secret -> secret.name());
        return reference
                .map(name -> read(service.getMetadata().getNamespace(), name, repository))
                .orElseGet(() -> new Answer.Usable(null));
    }

    private Answer read(String namespace, String name, String repository) {
        try {
            return secrets.apply(namespace, name)
                    .map(secret -> parse(secret, name, repository))
                    .orElseGet(() ->
                            new Answer.Unusable("there is no Secret %s in namespace %s".formatted(name, namespace)));
        } catch (KubernetesClientException e) {
            return new Answer.Unusable(
                    e.getCode() == 403
                            ? "the operator may not read Secret %s in namespace %s; add the namespace to the chart's rbac.pushSecretNamespaces"
                                    .formatted(name, namespace)
                            : "Secret %s in namespace %s cannot be read: %s"
                                    .formatted(name, namespace, e.getMessage()));
        }
    }

    private static Answer parse(Secret secret, String name, String repository) {
        var data = secret.getData() == null ? null : secret.getData().get(DATA_KEY);
        if (data == null) {
            return new Answer.Unusable("Secret %s has no key %s; make it with kubectl create secret docker-registry"
                    .formatted(name, DATA_KEY));
        }
        try {
            return entry(JSON.readTree(decode(data)).path("auths"), repository)
                    .flatMap(PushSecrets::credentials)
                    .<Answer>map(Answer.Usable::new)
                    .orElseGet(() -> new Answer.Unusable(
                            "Secret %s has no credentials for %s".formatted(name, host(repository))));
        } catch (JacksonException | IllegalArgumentException e) {
            return new Answer.Unusable("Secret %s, key %s, is no docker configuration".formatted(name, DATA_KEY));
        }
    }

    /** Returns the entry that says most of where a repository is: a host alone, or one with the beginning of a path. */
    private static Optional<JsonNode> entry(JsonNode auths, String repository) {
        return auths.properties().stream()
                .filter(entry -> (repository + "/").startsWith(place(entry.getKey()) + "/"))
                .max(Comparator.comparingInt(entry -> place(entry.getKey()).length()))
                .map(Map.Entry::getValue);
    }

    /** Returns the key without what tools put around it; for Docker Hub they write the address that it had first. */
    private static String place(String key) {
        var place = key.replaceFirst("^https?://", "").replaceFirst("/(v[12]/?)?$", "");
        return place.equals("index.docker.io") ? "docker.io" : place;
    }

    private static Optional<RegistryCredentials> credentials(JsonNode entry) {
        if (entry.path("username").isTextual() && entry.path("password").isTextual()) {
            return Optional.of(new RegistryCredentials(
                    entry.path("username").textValue(), entry.path("password").textValue()));
        }
        var pair = decode(entry.path("auth").asText(""));
        var colon = pair.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new RegistryCredentials(pair.substring(0, colon), pair.substring(colon + 1)));
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static String host(String repository) {
        return repository.substring(0, repository.indexOf('/'));
    }
}
