package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.api.v1alpha1.ImageStatus;
import dev.brr.api.v1alpha1.LastGood;
import dev.brr.api.v1alpha1.SecuritySpec;
import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.jemalloc.conf.Tuning;
import dev.brr.operator.brrservice.RolloutPlan.Roll;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Conditions;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.kubernetes.SetClock;
import dev.brr.operator.tuning.PodReading;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has a service and what may be wanted and observed of it. */
abstract class StatusFactoryFixture {

    static final Target TARGET = SampleCluster.TARGET;
    static final Target OLDER = SampleCluster.OTHER;
    static final ImageStatus IMAGE =
            new ImageStatus("registry.example:5000/shop/petstore", "sha256:" + "1".repeat(64), "0123456789abcdef0123");
    static final ImageStatus OLDER_IMAGE =
            new ImageStatus("registry.example:5000/shop/petstore", "sha256:" + "2".repeat(64), "fedcba9876543210fedc");
    static final Finding BUILT = Finding.holds(ConditionType.ImageBuilt, Reason.Built, "built revision 1");
    static final Finding BUILDING =
            Finding.pends(ConditionType.ImageBuilt, Reason.Building, "the image is being built");
    static final Finding INVALID = Finding.fails(ConditionType.ImageBuilt, Reason.DocumentInvalid, "line 3: is wrong");
    static final Optional<PodReading> TUNED =
            Optional.of(new PodReading.Loaded(Map.of("abort_conf", "true", "narenas", "1"), null));
    static final Optional<PodReading> MISTUNED =
            Optional.of(new PodReading.Loaded(Map.of("abort_conf", "true", "narenas", "256"), null));
    static final Optional<PodReading> SILENT = Optional.of(new PodReading.Unread("/malloc answered 503"));

    static final SecuritySpec NO_SECURITY = new SecuritySpec(null);

    final SetClock clock = new SetClock("2026-01-01T00:00:00Z");
    final StatusFactory statuses = new StatusFactory(new Conditions(clock));
    final BrrService service = BrrServiceYaml.withSpec("replicas: 2");

    static RolloutPlan roll() {
        return new Roll(TARGET, Change.None);
    }

    Observation complete() {
        return observe(SampleCluster.counted(SampleCluster.applied(service, TARGET), 2, 2, 2));
    }

    static Observation nothing() {
        return new Observation(Optional.empty(), List.of());
    }

    static Observation observe(Deployment deployment) {
        return new Observation(Optional.of(deployment), List.of());
    }

    static Wanted wanted(Finding image) {
        return wanted(image, TARGET.mallocConf());
    }

    static Wanted wanted(Finding image, String mallocConf) {
        if (!(MallocConf.parse(mallocConf) instanceof MallocConf.Parsed.Valid(var conf))) {
            throw new AssertionError(mallocConf);
        }
        return new Wanted(
                image,
                image.isTrue() ? Optional.of(IMAGE) : Optional.empty(),
                "inputs-1",
                new Tuning.Decision.Tuned(conf),
                Optional.empty(),
                null);
    }

    static BrrServiceStatus before() {
        return new BrrServiceStatus(
                2L,
                null,
                OLDER_IMAGE,
                null,
                null,
                new LastGood(OLDER.image(), OLDER_IMAGE.digest(), OLDER.mallocConf(), NO_SECURITY),
                2,
                2,
                null);
    }

    static List<String> states(BrrServiceStatus status) {
        return conditions(status).stream()
                .map(condition ->
                        "%s %s %s".formatted(condition.getType(), condition.getStatus(), condition.getReason()))
                .toList();
    }

    static List<Condition> conditions(BrrServiceStatus status) {
        return Optional.ofNullable(status.conditions()).orElse(List.of());
    }

    static Condition condition(BrrServiceStatus status, ConditionType type) {
        return Conditions.find(status.conditions(), type).orElseThrow();
    }
}
