package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.build.AotCaches;
import dev.brr.operator.build.BuildQueue;
import dev.brr.operator.build.ImageRegistry;
import dev.brr.operator.build.JibImageBuilder;
import dev.brr.operator.build.ServiceFiles;
import dev.brr.operator.config.OperatorConfig;
import dev.brr.operator.kubernetes.EventRecorder;
import dev.brr.operator.openapi.DocumentSource;
import dev.brr.operator.openapi.DocumentWatches;
import dev.brr.operator.openapi.RuntimeDocumentChecker;
import dev.brr.operator.tuning.PodMallocReader;
import dev.brr.operator.tuning.TuningReadings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Puts the reconciler and its collaborators together, and ends them. */
public final class ReconcilerAssembly implements AutoCloseable {

    private static final int BUILD_THREADS = 2;
    private static final int BUILD_PLACES = 1000;

    private final DocumentWatches watches;
    private final JibImageBuilder builder;
    private final BuildQueue queue;
    private final TuningReadings readings;
    private final BrrServiceReconciler reconciler;

    /**
     * Assembles.
     *
     * @throws IOException naming the part of the packaged runtime that is missing
     */
    public ReconcilerAssembly(OperatorConfig config, KubernetesClient client, Clock clock) throws IOException {
        var files = ServiceFiles.read(config.serviceDirectory(), config.nativeDirectory());
        var wakeUps = new SimpleInboundEventSource<BrrService>("wake-ups");
        var registry =
                new ImageRegistry(config.registryInsecure() ? host(config.registry()) : "", config.dockerConfig());
        builder = new JibImageBuilder(
                files,
                registry,
                config.cacheDirectory(),
                Optional.of(AotCaches.ofThisJvm(
                        files, registry, config.cacheDirectory().resolve("aot"))));
        queue = new BuildQueue(
                builder, new RuntimeDocumentChecker(config.serviceDirectory()), clock, BUILD_THREADS, BUILD_PLACES);
        watches = new DocumentWatches(
                client, (namespace, name) -> wakeUps.propagateEvent(new ResourceID(name, namespace)));
        readings = new TuningReadings(new PodMallocReader(), clock);
        var images = new WantedImages(
                config,
                files,
                new DocumentSource(files.petStoreDocument(), watches::get),
                new PushSecrets((namespace, name) -> Optional.ofNullable(
                        client.secrets().inNamespace(namespace).withName(name).get())),
                queue,
                clock);
        reconciler = new BrrServiceReconciler(
                images,
                watches,
                readings,
                new InstalledPodMonitors(client, clock),
                new EventRecorder(client, clock, config.instance()),
                clock,
                wakeUps);
    }

    /** Returns the reconciler. */
    public BrrServiceReconciler reconciler() {
        return reconciler;
    }

    @Override
    public void close() {
        watches.close();
        queue.close();
        builder.close();
        readings.close();
    }

    private static String host(String registry) {
        var slash = registry.indexOf('/');
        return slash < 0 ? registry : registry.substring(0, slash);
    }
}
