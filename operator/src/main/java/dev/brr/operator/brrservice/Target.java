package dev.brr.operator.brrservice;

import dev.brr.operator.build.Hash;

/**
 * Says what the pods run.
 *
 * @param image the image, by digest
 * @param mallocConf the value of MALLOC_CONF
 * @param buildInputs the hash of the inputs that the image was built from
 */
public record Target(String image, String mallocConf, String buildInputs) {

    /** Returns what identifies image and tuning together, 16 hex digits. */
    public String hash() {
        return Hash.of(image, mallocConf).substring(0, 16);
    }

    /** Says whether another target runs the same; how its image came to be makes no difference. */
    public boolean runsLike(Target other) {
        return image.equals(other.image) && mallocConf.equals(other.mallocConf);
    }
}
