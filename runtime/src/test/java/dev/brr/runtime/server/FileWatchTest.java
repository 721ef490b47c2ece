package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FileWatchTest {
    private static final Duration OFTEN = Duration.ofMillis(1);

    private static boolean comes(CountDownLatch latch) throws InterruptedException {
        return latch.await(30, TimeUnit.SECONDS);
    }

    @Test
    void itLooksAgainAndAgain() throws InterruptedException {
        // given
        CountDownLatch looks = new CountDownLatch(5);

        // when
        try (FileWatch _ = new FileWatch("thing", OFTEN, looks::countDown)) {
            // then
            assertThat(comes(looks)).isTrue();
        }
    }

    @Test
    void aLookThatFailsIsTriedAgain() throws InterruptedException {
        // given
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch fine = new CountDownLatch(2);

        // when
        try (FileWatch _ = new FileWatch("thing", OFTEN, () -> {
            switch (looks.incrementAndGet()) {
                case 1 -> throw new IOException("not there");
                case 2 -> throw new IllegalStateException();
                case 3 -> throw new StackOverflowError();
                case 4 -> throw new NoClassDefFoundError("Gone");
                default -> fine.countDown();
            }
        })) {
            // then
            assertThat(comes(fine)).isTrue();
        }
    }

    @Test
    void aLookUnderWayIsInterruptedByTheEnd() throws InterruptedException {
        // given
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        FileWatch watch = new FileWatch("thing", OFTEN, () -> {
            looking.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        assertThat(comes(looking)).isTrue();

        // when
        watch.close();

        // then
        assertThat(comes(interrupted)).isTrue();
    }

    @Test
    void whatIsWrongWithAFileIsSaidBesideItsName() {
        // then
        assertThat(FileWatch.reason(new NoSuchFileException("tls.crt"))).isEqualTo("there is no file tls.crt");
        assertThat(FileWatch.reason(new AccessDeniedException("tls.key")))
                .isEqualTo("the file tls.key may not be read");
        assertThat(FileWatch.reason(new IOException("line 3: not YAML"))).isEqualTo("line 3: not YAML");
        assertThat(FileWatch.reason(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}
