package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The room under many requests at once, and at its edges. */
class BodyRoomConcurrencyTest {
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void manyRequestsTogetherNeverHoldMoreThanThereIsAndGiveAllBack() throws Exception {
        // given
        BodyRoom room = new BodyRoom(8 * MEBIBYTE);
        AtomicLong held = new AtomicLong();
        AtomicLong overdrawn = new AtomicLong();
        List<Callable<Boolean>> requests = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            long wanted = (i % 5 + 1) * MEBIBYTE;
            requests.add(() -> {
                for (int round = 0; round < 100; round++) {
                    try (BodyRoom.Slice slice = room.take(wanted)) {
                        long large = slice.bytes() > BodyRoom.SMALL ? slice.bytes() : 0;
                        if (held.addAndGet(large) > 8 * MEBIBYTE) {
                            overdrawn.incrementAndGet();
                        }
                        Thread.yield();
                        held.addAndGet(-large);
                    }
                }
                return true;
            });
        }

        // when
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> request : threads.invokeAll(requests)) {
                request.get();
            }
        }

        // then
        assertThat(overdrawn).hasValue(0);
        assertThat(room.take(100 * MEBIBYTE).bytes()).isEqualTo(8 * MEBIBYTE);
    }

    @ParameterizedTest
    @CsvSource({
        // room, wanted, given, left for the next large one
        "1000000, 65536, 65536, 1000000",
        "1000000, 65537, 65537, 934463",
        "1000000, 1000000, 1000000, 65536",
        "1000000, 1000001, 1000000, 65536",
        "1000000, 0, 0, 1000000",
        "70000, 69000, 69000, 65536",
        "0, 70000, 65536, 65536",
    })
    void aBodyGetsWhatItWantsWhileThereIsRoom(long bytes, long wanted, long given, long left) {
        // given
        BodyRoom room = new BodyRoom(bytes);

        // then
        assertThat(room.take(wanted).bytes()).isEqualTo(given);
        assertThat(room.take(2_000_000).bytes()).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({"300000, 700000", "0, 1000000", "600000, 400000", "900000, 400000"})
    void whatIsKeptIsNeverMoreThanWasTaken(long kept, long free) {
        // given
        BodyRoom room = new BodyRoom(1_000_000);
        BodyRoom.Slice slice = room.take(600_000);

        // when
        slice.keep(kept);
        slice.keep(kept);

        // then
        assertThat(room.take(5_000_000).bytes()).isEqualTo(free);
    }

    @Test
    void theRoomIsLargeEnoughForTheLargestBodyWhateverTheHeap() {
        // given: more than any heap
        long largest = Long.MAX_VALUE / 4;

        // then
        assertThat(BodyRoom.of(largest).take(largest).bytes()).isEqualTo(largest);
    }
}
