package dev.brr.operator.build;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Builds nothing: answers, fails or waits as a test tells it, and remembers what it was asked. */
public final class SteeredBuilder implements ImageBuilder {

    /** The digest of every image that it says it built, unless it is told another one. */
    public static final String DIGEST = "sha256:" + "1".repeat(64);
    /** What it says of each image. */
    public static final AotDecision AOT = new AotDecision.Included("0123456789abcdef0123");

    private final List<BuildRequest> requests = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean adopts;
    private volatile String digest = DIGEST;
    private volatile @Nullable Throwable failure;

    /** Holds every build back until the returned latch is counted down. */
    public CountDownLatch holdsBack() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /** Says from now on that the registry had the image. */
    public void adopts() {
        adopts = true;
    }

    /** Makes images of another digest from now on, as with another file of an AOT cache. */
    public void makes(String other) {
        digest = other;
    }

    /** Fails from now on, with an IOException, a RuntimeException or an Error. */
    public void fails(Throwable with) {
        failure = with;
    }

    /** Succeeds from now on. */
    public void succeeds() {
        failure = null;
    }

    /** Returns what it was asked to build, in order. */
    public List<BuildRequest> requests() {
        return List.copyOf(requests);
    }

    /** Returns what it was given of the check of each, in order. */
    public List<String> checked() {
        return List.copyOf(texts);
    }

    @Override
    public BuildOutcome.Succeeded build(BuildRequest request, String checked) throws IOException, InterruptedException {
        requests.add(request);
        texts.add(checked);
        if (!gate.await(30, TimeUnit.SECONDS)) {
            throw new IOException("held back for 30 s");
        }
        switch (failure) {
            case null -> {
                return new BuildOutcome.Succeeded(
                        request.repository(), digest, request.revision(DIGEST, AOT), adopts, AOT);
            }
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException("no failure of a build", failure);
        }
    }
}
