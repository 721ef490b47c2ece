package dev.brr.operator.kubernetes;

import dev.brr.api.v1alpha1.BrrService;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Events about a BrrService, one for each transition that a person may want to know of. */
public final class EventRecorder {

    private static final Logger LOGGER = LoggerFactory.getLogger(EventRecorder.class);
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MAX_NOTE = 1000;

    private final KubernetesClient client;
    private final Clock clock;
    private final String instance;
    private final AtomicLong written = new AtomicLong();

    /** Creates a recorder that reports as the given operator instance, a pod's name. */
    public EventRecorder(KubernetesClient client, Clock clock, String instance) {
        this.client = client;
        this.clock = clock;
        this.instance = instance;
    }

    /** Returns what makes an Event's name its own; the API server generates none that ends in a dot. */
    private String suffix() {
        var now = clock.instant();
        return Long.toHexString(now.getEpochSecond() * 1_000_000_000L + now.getNano())
                + Long.toHexString(written.incrementAndGet());
    }

    /** Writes one Event. A refused Event is logged: it must not keep the service from being reconciled. */
    public void record(BrrService service, boolean warning, Reason reason, String note) {
        var event = new EventBuilder()
                .withNewMetadata()
                .withName(service.getMetadata().getName() + "." + suffix())
                .withNamespace(service.getMetadata().getNamespace())
                .endMetadata()
                .withEventTime(new MicroTime(MICRO_TIME.format(clock.instant())))
                .withReportingController("brr.dev/operator")
                .withReportingInstance(instance)
                .withAction("Reconcile")
                .withType(warning ? "Warning" : "Normal")
                .withReason(reason.name())
                .withNote(note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE - 1) + "…")
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(service.getApiVersion())
                        .withKind(service.getKind())
                        .withName(service.getMetadata().getName())
                        .withNamespace(service.getMetadata().getNamespace())
                        .withUid(service.getMetadata().getUid())
                        .build())
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            LOGGER.atWarn()
                    .addKeyValue("namespace", service.getMetadata().getNamespace())
                    .addKeyValue("name", service.getMetadata().getName())
                    .addKeyValue("reason", reason)
                    .log("Event was not accepted: {}", e.getMessage());
        }
    }
}
