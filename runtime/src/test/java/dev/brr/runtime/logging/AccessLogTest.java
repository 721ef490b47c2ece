package dev.brr.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccessLogTest {

    private static AccessEntry entry(String path) {
        return new AccessEntry(0, "GET", path, "getPet", 200, 1234, 567, "127.0.0.1", "id-1", "");
    }

    private static String line(AccessEntry entry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        entry.write(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** An output that takes nothing until it is let. */
    private static final class Stuck extends OutputStream {
        private final CountDownLatch go = new CountDownLatch(1);
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            synchronized (taken) {
                taken.write(bytes, from, length);
            }
        }

        long lines() {
            synchronized (taken) {
                return taken.toString(StandardCharsets.UTF_8).lines().count();
            }
        }
    }

    @Test
    void anEntryIsALineOfJson() {
        // then
        assertThat(line(entry("/pets/1")))
                .isEqualTo("{\"time\":\"1970-01-01T00:00:00Z\",\"method\":\"GET\",\"path\":\"/pets/1\","
                        + "\"operation\":\"getPet\",\"status\":200,\"duration_us\":1234,\"bytes\":567,"
                        + "\"client\":\"127.0.0.1\",\"request_id\":\"id-1\"}\n");
    }

    @Test
    void theTraceIsThereWhenThereIsOne() {
        // given
        AccessEntry traced = new AccessEntry(0, "GET", "/", "a", 200, 1, 1, "c", "", "4bf9");

        // then
        assertThat(line(traced)).contains("\"trace_id\":\"4bf9\"").doesNotContain("request_id");
    }

    @Property(tries = 300)
    void noPathCanForgeALine(@ForAll String path) {
        // when
        String line = line(entry(path));

        // then
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        JsonNode read = JsonMapper.shared().readTree(line);
        assertThat(read.size()).isEqualTo(9);
        assertThat(read.get("status").intValue()).isEqualTo(200);
    }

    @Test
    void whatIsAddedIsWrittenInOrder() {
        // given
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        // when
        try (AccessLog log = new AccessLog(out, 1000)) {
            for (int i = 0; i < 1000; i++) {
                log.add(entry("/" + i));
            }
        }

        // then
        assertThat(out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.replaceAll(".*\"path\":\"/(\\d+)\".*", "$1")))
                .hasSize(1000)
                .startsWith("0", "1", "2")
                .endsWith("999");
    }

    @Test
    void whatDoesNotKeepUpIsDroppedAndCountedAndNobodyWaits() {
        // given
        Stuck out = new Stuck();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (AccessLog log = new AccessLog(out, 10)) {
            log.bindTo(registry);

            // when
            for (int i = 0; i < 1000; i++) {
                log.add(entry("/" + i));
            }
            double dropped =
                    registry.get("brr.access.log.dropped").functionCounter().count();
            out.go.countDown();

            // then
            assertThat(dropped).isGreaterThan(700);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> out.lines() == 1000 - (long) dropped);
        }
    }

    @Test
    void outputThatFailsIsCountedToo() {
        // given
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };
        try (AccessLog log = new AccessLog(broken, 10)) {
            log.bindTo(registry);

            // when
            log.add(entry("/"));

            // then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> registry.get("brr.access.log.dropped")
                                    .functionCounter()
                                    .count()
                            == 1);
        }
    }
}
