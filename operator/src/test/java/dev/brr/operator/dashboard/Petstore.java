package dev.brr.operator.dashboard;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.jemalloc.conf.Tuning;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.tuning.WantedTuning;

/** Knows the service that the tests are about: petstore in namespace shop. */
final class Petstore {

    static final String SPEC = """
            malloc: {preset: Balanced}
            replicas: 1
            resources:
              limits: {cpu: "1", memory: 512Mi}
            """;

    private Petstore() {}

    static BrrService balanced() {
        return BrrServiceYaml.withSpec(SPEC);
    }

    static BrrService preset(String preset) {
        return BrrServiceYaml.withSpec(SPEC.replace("Balanced", preset));
    }

    /** Wants an option that does not exist. */
    static BrrService refused() {
        return BrrServiceYaml.withSpec("malloc: {options: {dirty_decay: \"5000\"}}");
    }

    static String wantedHash(BrrService service) {
        return WantedTuning.decide(service.getSpec()) instanceof Tuning.Decision.Tuned(var conf)
                ? conf.hash()
                : "refused";
    }
}
