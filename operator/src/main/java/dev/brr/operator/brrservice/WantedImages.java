package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceSpec;
import dev.brr.api.v1alpha1.ImageSpec;
import dev.brr.api.v1alpha1.ImageStatus;
import dev.brr.api.v1alpha1.Platform;
import dev.brr.operator.build.BuildOutcome;
import dev.brr.operator.build.BuildQueue;
import dev.brr.operator.build.BuildRequest;
import dev.brr.operator.build.RegistryCredentials;
import dev.brr.operator.build.ServiceFiles;
import dev.brr.operator.config.OperatorConfig;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.openapi.DocumentProblem;
import dev.brr.operator.openapi.DocumentResolution;
import dev.brr.operator.openapi.DocumentSource;
import dev.brr.operator.tuning.WantedTuning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a spec into what it wants: asks for the document, the push credentials and the build, and decides the tuning. */
final class WantedImages {

    private static final String PREBUILT = "prebuilt";
    /** Nobody watches Secrets: one that is missing is looked for again. */
    private static final Duration LOOK_FOR_SECRET = Duration.ofSeconds(30);

    private final OperatorConfig config;
    private final ServiceFiles files;
    private final DocumentSource documents;
    private final PushSecrets pushSecrets;
    private final BuildQueue builds;
    private final Clock clock;

    WantedImages(
            OperatorConfig config,
            ServiceFiles files,
            DocumentSource documents,
            PushSecrets pushSecrets,
            BuildQueue builds,
            Clock clock) {
        this.config = config;
        this.files = files;
        this.documents = documents;
        this.pushSecrets = pushSecrets;
        this.builds = builds;
        this.clock = clock;
    }

    /**
     * Says what a service wants now. Never blocks on a build.
     *
     * @param runs the target that the Deployment runs, if there is one
     * @param unpullable images that nodes fail to pull for pods of the service
     * @param wake called when a build that this starts has ended
     */
    Wanted of(BrrService service, Optional<Target> runs, Set<String> unpullable, Runnable wake) {
        var prebuilt = imageSpec(service).map(ImageSpec::prebuilt);
        if (prebuilt.isPresent()) {
            return prebuilt(service, prebuilt.get());
        }
        var refusal = files.refusal(architectures(service));
        if (refusal.isPresent()) {
            return without(service, Reason.PlatformUnsupported, refusal.get());
        }
        return switch (documents.resolve(service)) {
            case DocumentResolution.Missing(var message) -> without(service, Reason.DocumentNotFound, message);
            case DocumentResolution.Found found ->
                running(service, request(service, found, null).inputs(), pullable(runs, unpullable))
                        .orElseGet(() -> switch (pushSecrets.credentials(service, repository(service))) {
                            case PushSecrets.Answer.Unusable(var message) ->
                                failed(
                                        service,
                                        Reason.PushSecretUnusable,
                                        message,
                                        clock.instant().plus(LOOK_FOR_SECRET));
                            case PushSecrets.Answer.Usable(var credentials) ->
                                built(service, request(service, found, credentials), unpullable, wake);
                        });
        };
    }

    /** Forgets the services, by namespace and name, that do not exist any more. */
    void retain(BiPredicate<String, String> exists) {
        builds.retain(key -> exists.test(key.substring(0, key.indexOf('/')), key.substring(key.indexOf('/') + 1)));
    }

    /** Returns the image of these inputs where it runs: it needs no registry, and no credentials for one. */
    private static Optional<Wanted> running(BrrService service, String inputs, Optional<Target> runs) {
        var status = Optional.ofNullable(service.getStatus()).map(known -> known.image());
        return runs.filter(target -> target.buildInputs().equals(inputs))
                .flatMap(target ->
                        status.filter(image -> target.image().equals(image.repository() + "@" + image.digest())))
                .map(image -> with(service, image, inputs, Reason.Built, "the image of this revision runs"));
    }

    /** An image that nodes fail to pull may be lost, also where a pod of before still runs it. */
    private static Optional<Target> pullable(Optional<Target> runs, Set<String> unpullable) {
        return runs.filter(target -> !unpullable.contains(target.image()));
    }

    private Wanted built(BrrService service, BuildRequest request, Set<String> unpullable, Runnable wake) {
        var key = service.getMetadata().getNamespace() + "/"
                + service.getMetadata().getName();
        return switch (builds.ask(key, request, unpullable, wake)) {
            case BuildOutcome.Running() ->
                new Wanted(
                        Finding.pends(ConditionType.ImageBuilt, Reason.Building, "the image is being built"),
                        Optional.empty(),
                        request.inputs(),
                        WantedTuning.decide(service.getSpec()),
                        Optional.empty(),
                        service.getSpec());
            case BuildOutcome.Succeeded done ->
                with(
                        service,
                        new ImageStatus(
                                done.repository(),
                                done.digest(),
                                done.revision(),
                                done.aot().text()),
                        request.inputs(),
                        done.adopted() ? Reason.Adopted : Reason.Built,
                        done.adopted()
                                ? "the registry held revision " + done.revision()
                                : "built and pushed revision " + done.revision());
            case BuildOutcome.Refused(var problems) ->
                without(service, Reason.DocumentInvalid, describe(service, problems));
            case BuildOutcome.BaseRefused(var message, var retryAt) ->
                failed(service, Reason.BaseImageRefused, message, retryAt);
            case BuildOutcome.Failed(var message, var attempts, var retryAt) ->
                failed(
                        service,
                        Reason.BuildFailed,
                        "%s (attempt %d, again at %s)".formatted(message, attempts, retryAt),
                        retryAt);
        };
    }

    private Wanted prebuilt(BrrService service, String reference) {
        var at = reference.indexOf('@');
        var name = reference.substring(0, at);
        var tag = name.indexOf(':', name.lastIndexOf('/') + 1);
        var image = new ImageStatus(tag < 0 ? name : name.substring(0, tag), reference.substring(at + 1), null);
        return with(service, image, PREBUILT, Reason.Prebuilt, "spec.image.prebuilt names the image");
    }

    private static Wanted with(BrrService service, ImageStatus image, String inputs, Reason reason, String message) {
        return new Wanted(
                Finding.holds(ConditionType.ImageBuilt, reason, message),
                Optional.of(image),
                inputs,
                WantedTuning.decide(service.getSpec()),
                Optional.empty(),
                service.getSpec());
    }

    private static Wanted without(BrrService service, Reason reason, String message) {
        return new Wanted(
                Finding.fails(ConditionType.ImageBuilt, reason, message),
                Optional.empty(),
                "",
                WantedTuning.decide(service.getSpec()),
                Optional.empty(),
                service.getSpec());
    }

    private static Wanted failed(BrrService service, Reason reason, String message, Instant retryAt) {
        return new Wanted(
                Finding.fails(ConditionType.ImageBuilt, reason, message),
                Optional.empty(),
                "",
                WantedTuning.decide(service.getSpec()),
                Optional.of(retryAt),
                service.getSpec());
    }

    private BuildRequest request(
            BrrService service, DocumentResolution.Found found, @Nullable RegistryCredentials credentials) {
        return new BuildRequest(
                imageSpec(service).map(ImageSpec::base).orElse(config.baseImage()),
                repository(service),
                found.text(),
                found.bundled(),
                architectures(service),
                files.hash(),
                credentials);
    }

    private static List<String> architectures(BrrService service) {
        return imageSpec(service)
                .map(ImageSpec::platforms)
                .filter(platforms -> !platforms.isEmpty())
                .map(platforms -> platforms.stream().map(Platform::architecture).toList())
                .orElseGet(() -> List.of(WantedTuning.architecture(service.getSpec())));
    }

    private String repository(BrrService service) {
        return imageSpec(service)
                .map(ImageSpec::repository)
                .orElseGet(() -> "%s/%s/%s"
                        .formatted(
                                config.registry(),
                                service.getMetadata().getNamespace(),
                                service.getMetadata().getName()));
    }

    private static Optional<ImageSpec> imageSpec(BrrService service) {
        return Optional.ofNullable(service.getSpec()).map(BrrServiceSpec::image);
    }

    private static String describe(BrrService service, List<DocumentProblem> problems) {
        var source = DocumentSource.reference(service)
                .map(reference -> "ConfigMap %s, key %s".formatted(reference.name(), reference.key()))
                .orElse("spec.openapi.inline");
        return source + ": " + problems.stream().map(DocumentProblem::text).collect(Collectors.joining("; "));
    }
}
