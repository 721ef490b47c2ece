package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.ListenerWatch.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** As Linux binds ports. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ListenerWatchTest {
    private static final Duration OFTEN = Duration.ofMillis(10);

    private final CompletableFuture<Integer> lost = new CompletableFuture<>();

    private ListenerWatch watch(Listener... listeners) {
        return ListenerWatch.start(List.of(listeners), OFTEN, lost::complete);
    }

    private static ServerSocket listener() throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress("127.0.0.1", 0));
        return listener;
    }

    private static Listener on(ServerSocket socket) {
        return new Listener("127.0.0.1", socket.getLocalPort(), Optional.empty());
    }

    private void assertNothingIsSaid() throws InterruptedException {
        Thread.sleep(OFTEN.multipliedBy(20));
        assertThat(lost).isNotDone();
    }

    @Test
    void aPortThatNobodyListensOnAnyMoreIsFound() throws Exception {
        // given: with a connection that lives on, as those of a service do, and another port
        try (ServerSocket other = listener();
                ServerSocket listener = listener();
                Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                Socket accepted = listener.accept();
                ListenerWatch _ = watch(on(other), on(listener))) {
            assertNothingIsSaid();

            // when
            listener.close();

            // then
            assertThat(lost.get(30, TimeUnit.SECONDS)).isEqualTo(listener.getLocalPort());
            assertThat(client.isClosed() || accepted.isClosed()).isFalse();
        }
    }

    @Test
    void aPortWhoseThreadHasEndedIsFound() throws Exception {
        // given: it still takes connections, which wait for nobody
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                end.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        try (ServerSocket listener = listener();
                ListenerWatch _ = watch(new Listener("127.0.0.1", listener.getLocalPort(), Optional.of(thread)))) {
            assertNothingIsSaid();

            // when
            end.countDown();

            // then
            assertThat(lost.get(30, TimeUnit.SECONDS)).isEqualTo(listener.getLocalPort());
        }
    }

    @Test
    void aWatchThatIsClosedSaysNothing() throws Exception {
        // given
        try (ServerSocket listener = listener()) {
            ListenerWatch watch = watch(on(listener));

            // when
            watch.close();
        }

        // then
        assertNothingIsSaid();
    }

    @Test
    void whereItCannotBeFoundOutSomebodyListens() throws Exception {
        // given: an address of another machine (RFC 5737)
        try (ListenerWatch _ = watch(new Listener("192.0.2.1", 1, Optional.empty()))) {
            // then
            assertNothingIsSaid();
        }
    }

    @Test
    void theThreadsThatAServiceAcceptsConnectionsOnAreKnown() throws Exception {
        // given
        CompletableFuture<TestService> service = new CompletableFuture<>();

        // when
        Map<String, Thread> threads = AcceptingThreads.startedBy(() -> {
            try {
                service.complete(TestService.start(
                        "paths: {/a: {get: {responses: {'204': {description: d}}}}}",
                        Map.of(),
                        config -> TestService.withManagementPort(config, 0)));
            } catch (IOException | StartupException e) {
                service.completeExceptionally(e);
            }
        });

        // then
        try (TestService _ = service.get(30, TimeUnit.SECONDS)) {
            assertThat(threads).containsOnlyKeys("@default", "management");
            assertThat(threads.values()).allMatch(Thread::isAlive);
        }
        assertThat(threads.values())
                .allSatisfy(thread ->
                        assertThat(thread.join(Duration.ofSeconds(30))).isTrue());
    }
}
