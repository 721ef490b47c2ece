package dev.brr.operator.brrservice;

import dev.brr.operator.build.Hash;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/**
 * Says what the pods run: an image, and what only goes with it.
 *
 * @param image the image, by digest
 * @param mallocConf the value of MALLOC_CONF
 * @param buildInputs the hash of the inputs that the image was built from
 * @param schemes the variables that feed the security schemes of the image's document: a service does not start with one
 *     for a scheme that its document has not
 * @param settings the hash of what else of the spec could make a rollout fail or succeed; empty where it is not known
 */
public record Target(String image, String mallocConf, String buildInputs, List<EnvVar> schemes, String settings) {

    /** Copies the variables. */
    public Target {
        schemes = List.copyOf(schemes);
    }

    /** Says what pods without security schemes run. */
    public Target(String image, String mallocConf, String buildInputs) {
        this(image, mallocConf, buildInputs, List.of(), "");
    }

    /** Returns what identifies an attempt to roll it out, 16 hex digits. */
    public String hash() {
        return Hash.of(image, mallocConf, Serialization.asJson(schemes), settings)
                .substring(0, 16);
    }

    /** Says whether another target runs the same image and tuning; how the image came to be makes no difference. */
    public boolean runsLike(Target other) {
        return image.equals(other.image) && mallocConf.equals(other.mallocConf);
    }

    /** Returns the same with other security schemes. */
    Target with(List<EnvVar> others) {
        return new Target(image, mallocConf, buildInputs, others, settings);
    }
}
