package dev.brr.jemalloc.load;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Does what the requests of a service do to its allocator: fixed work from fixed seeds, so that two runs differ only in
 * how their threads take turns.
 *
 * <p>A request takes some small blocks and frees them at its end, sometimes a large one for its answer, compresses now
 * and then, and replaces one or two entries of a cache that all threads share. The threads live as long as this object:
 * what an allocator keeps for a thread stays while the thread has nothing to do.
 */
final class ServiceLoad implements AutoCloseable {

    /** What is asked for by an entry of the cache. */
    enum Mix {
        SMALL(64, 32 << 10),
        LARGE(512, 160 << 10);

        private final int least;
        private final int most;

        Mix(int least, int most) {
            this.least = least;
            this.most = most;
        }
    }

    private static final int LARGE_ANSWER_EVERY = 4;
    private static final int COMPRESSED_EVERY = 16;
    private static final byte[] TEXT = text();

    private final ExecutorService workers;
    private final int threads;
    private final SharedCache cache;

    /** Starts the threads, for a cache of so many entries. */
    ServiceLoad(int threads, int entries) {
        this.threads = threads;
        workers = Executors.newFixedThreadPool(threads);
        cache = new SharedCache(entries);
    }

    /** Serves so many requests on all threads and waits for their end. */
    void serve(int requests, Mix mix, long seed) throws Exception {
        List<Callable<Void>> shares = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int share = requests / threads + (thread < requests % threads ? 1 : 0);
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + thread);
            shares.add(() -> {
                byte[] buffer = new byte[TEXT.length * 2];
                for (int i = 0; i < share; i++) {
                    request(random, mix, i, buffer);
                }
                return null;
            });
        }
        for (Future<Void> done : workers.invokeAll(shares)) {
            done.get();
        }
    }

    /** Lets so many of a hundred entries of the cache go. */
    void drain(int percent, long seed) {
        cache.drain(new SplittableRandom(seed), percent);
    }

    /** Returns the bytes asked for by all that is allocated between requests. */
    long liveBytes() {
        return cache.bytes();
    }

    @Override
    public void close() {
        workers.close();
    }

    private void request(SplittableRandom random, Mix mix, int number, byte[] buffer) throws DataFormatException {
        NativeBlock[] scratch = new NativeBlock[2 + random.nextInt(9)];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = NativeBlock.of(NativeBlock.size(random, 32, 8 << 10));
        }
        if (number % LARGE_ANSWER_EVERY == 0) {
            NativeBlock answer = NativeBlock.of(NativeBlock.size(random, 16 << 10, 256 << 10));
            cache.put(random, NativeBlock.of(NativeBlock.size(random, mix.least, mix.most)));
            answer.free();
        }
        if (number % COMPRESSED_EVERY == 0) {
            compress(buffer);
        }
        cache.put(random, NativeBlock.of(NativeBlock.size(random, mix.least, mix.most)));
        for (NativeBlock block : scratch) {
            block.free();
        }
    }

    private static void compress(byte[] buffer) throws DataFormatException {
        Deflater deflater = new Deflater(1);
        Inflater inflater = new Inflater();
        try {
            deflater.setInput(TEXT);
            deflater.finish();
            int length = deflater.deflate(buffer);
            inflater.setInput(buffer, 0, length);
            inflater.inflate(new byte[TEXT.length]);
        } finally {
            deflater.end();
            inflater.end();
        }
    }

    private static byte[] text() {
        byte[] text = new byte[4096];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + random.nextInt(8));
        }
        return text;
    }
}
