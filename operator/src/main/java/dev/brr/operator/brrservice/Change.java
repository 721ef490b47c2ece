package dev.brr.operator.brrservice;

import java.util.Optional;

/** Says what a change of the spec does to what runs. */
public enum Change {
    /** Nothing that runs or is published changes. */
    None,
    /** Only what is published about the service changes. */
    Publish,
    /** The pods restart with the image that they have. */
    Restart,
    /** A new image rolls out. */
    Rebuild;

    /** Tells what going from one target to another means for the pods. */
    public static Change between(Optional<Target> current, Target wanted) {
        return current.map(now -> now.image().equals(wanted.image())
                        ? (now.mallocConf().equals(wanted.mallocConf()) ? None : Restart)
                        : Rebuild)
                .orElse(Rebuild);
    }
}
