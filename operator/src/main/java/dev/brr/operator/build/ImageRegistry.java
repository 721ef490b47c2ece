package dev.brr.operator.build;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.image.json.BuildableManifestTemplate;
import com.google.cloud.tools.jib.image.json.ManifestListTemplate;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.DigestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Speaks to registries: what a reference is now, and with which credentials. */
public final class ImageRegistry {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String insecureHost;
    private final @Nullable Path dockerConfig;

    /**
     * Creates a registry client.
     *
     * @param insecureHost the one host, with port, that may be spoken to without TLS; empty for none
     * @param dockerConfig a directory with the operator's own {@code config.json}
     */
    public ImageRegistry(String insecureHost, @Nullable Path dockerConfig) {
        this.insecureHost = insecureHost;
        this.dockerConfig = dockerConfig;
    }

    /**
     * Returns the digest that a reference has now, or nothing where the registry does not know it.
     *
     * @throws IOException where the registry cannot be reached or answers with an error
     */
    public Optional<String> digest(String reference, @Nullable RegistryCredentials credentials)
            throws IOException, RegistryException, InvalidImageReferenceException {
        var image = ImageReference.parse(reference);
        if (image.getDigest().isPresent()) {
            return image.getDigest();
        }
        return ask(
                image,
                credentials,
                client -> client.checkManifest(image.getQualifier())
                        .map(manifest -> manifest.getDigest().toString()));
    }

    /**
     * Returns the environment that an image gives its processes, as {@code NAME=value}; nothing for an image without
     * that architecture, or in the registry's first format.
     *
     * @param architecture as images name it, e.g. {@code amd64}
     * @throws IOException where the registry cannot be reached or answers with an error
     */
    public List<String> environment(String reference, String architecture)
            throws IOException, RegistryException, InvalidImageReferenceException {
        var image = ImageReference.parse(reference);
        return ask(image, null, client -> {
            var manifest = manifest(client, image, architecture);
            return manifest.isPresent() ? environment(client, manifest.get()) : List.of();
        });
    }

    /**
     * Returns the digests of an image's layers, lowest first; nothing for an image without that architecture, or in the
     * registry's first format.
     *
     * @throws IOException where the registry cannot be reached or answers with an error
     */
    public List<String> layers(String reference, String architecture)
            throws IOException, RegistryException, InvalidImageReferenceException {
        var image = ImageReference.parse(reference);
        return ask(
                image,
                null,
                client -> manifest(client, image, architecture).stream()
                        .flatMap(manifest -> manifest.getLayers().stream())
                        .map(layer -> requireNonNull(layer.getDigest()).toString())
                        .toList());
    }

    /** Copies one blob of an image's repository, e.g. a layer as it is stored. */
    public void copyBlob(String reference, String digest, OutputStream out)
            throws IOException, RegistryException, InvalidImageReferenceException {
        try {
            var blob = DescriptorDigest.fromDigest(digest);
            ask(
                    ImageReference.parse(reference),
                    null,
                    client ->
                            client.pullBlob(blob, ignored -> {}, ignored -> {}).writeTo(out));
        } catch (DigestException e) {
            throw new IOException("no digest: " + digest, e);
        }
    }

    /** Returns a reference for Jib, with the given credentials or else the operator's own. */
    public RegistryImage image(String reference, @Nullable RegistryCredentials credentials)
            throws InvalidImageReferenceException {
        var parsed = ImageReference.parse(reference);
        var image = RegistryImage.named(parsed);
        image.addCredentialRetriever(() -> credential(parsed, credentials));
        return image;
    }

    /** Says whether the host of a reference may be spoken to without TLS. */
    public boolean allowsInsecure(String reference) {
        return !insecureHost.isEmpty() && reference.startsWith(insecureHost + "/");
    }

    /** Replaces the tag of a reference by a digest. */
    public static String byDigest(String reference, String digest) throws InvalidImageReferenceException {
        var image = ImageReference.parse(reference);
        return ImageReference.of(image.getRegistry(), image.getRepository(), null, digest)
                .toString();
    }

    /** Asks one thing of the registry that an image is in. */
    private interface Question<T> {
        T of(RegistryClient client) throws IOException, RegistryException;
    }

    private <T> T ask(ImageReference image, @Nullable RegistryCredentials credentials, Question<T> question)
            throws IOException, RegistryException {
        var http = new FailoverHttpClient(allowsInsecure(image.toString()), false, ignored -> {});
        try {
            var factory = RegistryClient.factory(EventHandlers.NONE, image.getRegistry(), image.getRepository(), http);
            var credential = credential(image, credentials);
            credential.ifPresent(factory::setCredential);
            var client = factory.newRegistryClient();
            if (!client.doPullBearerAuth() && credential.isPresent()) {
                client.configureBasicAuth();
            }
            return question.of(client);
        } catch (ConnectException | UnknownHostException e) {
            throw new IOException("the registry " + image.getRegistry() + " cannot be reached: " + e.getMessage(), e);
        } finally {
            http.shutDown();
        }
    }

    private static Optional<BuildableManifestTemplate> manifest(
            RegistryClient client, ImageReference image, String architecture) throws IOException, RegistryException {
        var manifest = client.pullManifest(image.getQualifier()).getManifest();
        if (manifest instanceof ManifestListTemplate platforms) {
            var digest = platforms.getDigestsForPlatform(architecture, "linux").stream()
                    .findFirst();
            if (digest.isEmpty()) {
                return Optional.empty();
            }
            manifest = client.pullManifest(digest.get()).getManifest();
        }
        return manifest instanceof BuildableManifestTemplate buildable ? Optional.of(buildable) : Optional.empty();
    }

    private static List<String> environment(RegistryClient client, BuildableManifestTemplate manifest)
            throws IOException {
        var configuration = requireNonNull(manifest.getContainerConfiguration()).getDigest();
        var text = new ByteArrayOutputStream();
        client.pullBlob(requireNonNull(configuration), ignored -> {}, ignored -> {})
                .writeTo(text);
        var environment = new ArrayList<String>();
        JSON.readTree(text.toByteArray()).path("config").path("Env").forEach(entry -> environment.add(entry.asText()));
        return environment;
    }

    private Optional<Credential> credential(ImageReference image, @Nullable RegistryCredentials credentials) {
        if (credentials != null) {
            return Optional.of(Credential.from(credentials.username(), credentials.password()));
        }
        if (dockerConfig == null) {
            return Optional.empty();
        }
        try {
            return CredentialRetrieverFactory.forImage(image, ignored -> {})
                    .dockerConfig(dockerConfig.resolve("config.json"))
                    .retrieve();
        } catch (CredentialRetrievalException e) {
            throw new IllegalStateException(
                    "the operator's own config.json in " + dockerConfig + " cannot be used: " + e.getMessage(), e);
        }
    }
}
