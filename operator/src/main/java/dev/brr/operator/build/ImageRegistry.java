package dev.brr.operator.build;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Speaks to registries: what a reference is now, and with which credentials. */
public final class ImageRegistry {

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
        var http = new FailoverHttpClient(allowsInsecure(reference), false, ignored -> {});
        try {
            var factory = RegistryClient.factory(EventHandlers.NONE, image.getRegistry(), image.getRepository(), http);
            var credential = credential(image, credentials);
            credential.ifPresent(factory::setCredential);
            var client = factory.newRegistryClient();
            if (!client.doPullBearerAuth() && credential.isPresent()) {
                client.configureBasicAuth();
            }
            return client.checkManifest(image.getQualifier())
                    .map(manifest -> manifest.getDigest().toString());
        } catch (ConnectException | UnknownHostException e) {
            throw new IOException("the registry " + image.getRegistry() + " cannot be reached: " + e.getMessage(), e);
        } finally {
            http.shutDown();
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
