package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.core.util.BufferRecycler;

class BuffersTest {

    @Test
    void whatAThreadReleasesItGetsAgain() {
        // given
        Buffers buffers = new Buffers();
        BufferRecycler first = buffers.acquirePooled();

        // when
        buffers.releasePooled(first);

        // then
        assertThat(buffers.acquirePooled()).isSameAs(first);
    }

    @Test
    void whatIsInUseIsGivenToNobodyElse() {
        // given: a value read while another is being read, on the same thread
        Buffers buffers = new Buffers();
        BufferRecycler outer = buffers.acquirePooled();
        BufferRecycler inner = buffers.acquirePooled();

        // when
        buffers.releasePooled(inner);
        buffers.releasePooled(outer);

        // then: a place holds one; the other is let go
        assertThat(inner).isNotSameAs(outer);
        assertThat(buffers.acquirePooled()).isSameAs(outer);
        assertThat(buffers.acquirePooled()).isNotIn(inner, outer);
    }

    @Test
    void noTwoThreadsHoldTheSameBuffersAtOnce() throws Exception {
        // given: far more threads than places
        Buffers buffers = new Buffers();
        Set<BufferRecycler> held = ConcurrentHashMap.newKeySet();
        Callable<Integer> use = () -> {
            int shared = 0;
            for (int i = 0; i < 200; i++) {
                BufferRecycler one = buffers.acquirePooled();
                shared += held.add(one) ? 0 : 1;
                Thread.yield();
                held.remove(one);
                buffers.releasePooled(one);
            }
            return shared;
        };

        // when
        int shared = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> users = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                users.add(use);
            }
            for (Future<Integer> user : threads.invokeAll(users)) {
                shared += user.get();
            }
        }

        // then
        assertThat(shared).isZero();
    }

    @Test
    void manyThreadsReadAndWriteTheirOwnJsonThroughTheMapper() throws Exception {
        // given: texts that differ in length and in content from thread to thread
        List<Callable<Boolean>> users = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            byte[] json = ("{\"id\":" + i + ",\"text\":\""
                            + String.valueOf((char) ('a' + i % 26)).repeat(i * 97) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            users.add(() -> {
                boolean same = true;
                for (int round = 0; round < 50; round++) {
                    byte[] written = Json.MAPPER.writeValueAsBytes(Json.MAPPER.readTree(json));
                    same &= Arrays.equals(written, json);
                }
                return same;
            });
        }

        // when
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // then
            assertThat(threads.invokeAll(users))
                    .allSatisfy(user -> assertThat(user.get()).isTrue());
        }
    }
}
