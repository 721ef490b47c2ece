package dev.brr.runtime.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.jemalloc.Absence;
import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.process.LimitedMemory;
import dev.brr.jemalloc.process.MemoryReading;
import dev.brr.runtime.config.BlackBoxSettings;
import dev.brr.runtime.contract.Json;
import dev.brr.runtime.metrics.BlackBoxMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A black box in this process, which has no jemalloc and uses as much of its limit as a test says. */
class BlackBoxTest {
    private static final Jemalloc ABSENT = new Jemalloc.Absent(Absence.NOT_PRELOADED, "LD_PRELOAD is not set");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final AtomicLong used = new AtomicLong();
    private final LimitedMemory.Limited memory = () -> Optional.of(new MemoryReading(1000, used.get()));

    @TempDir
    private Path folder;

    @Test
    void withoutAProfilerStatisticsAreKeptAloneAndSaySo() throws IOException {
        // given
        try (BlackBox box = start()) {
            // when
            used.set(850);
            await().atMost(PATIENCE).until(() -> box.counts().kept(KeptReason.limit(80)) == 1);
            // then
            Evidence kept = box.kept().getFirst();
            assertThat(kept.beforeRestart()).isFalse();
            assertThat(kept.files()).containsOnlyKeys(Evidence.ABOUT);
            var about =
                    Json.MAPPER.readTree(box.read(kept.name(), Evidence.ABOUT).orElseThrow());
            assertThat(about.path("reason").asString()).isEqualTo("limit_80");
            assertThat(about.path("usedBytes").asLong()).isEqualTo(850);
            assertThat(about.path("limitBytes").asLong()).isEqualTo(1000);
            assertThat(about.at("/jvm/heapCommittedBytes").asLong()).isPositive();
            assertThat(about.at("/profile/kept").asBoolean()).isFalse();
            assertThat(about.at("/profile/reason").asString()).isEqualTo("LD_PRELOAD is not set");
            assertThat(box.counts().lastKeptSeconds()).isPositive();
        }
    }

    @Test
    void aRunThatWasToldToStopIsNotTakenForKilled() {
        // given
        start().close();
        // when
        try (BlackBox next = start()) {
            // then
            assertThat(next.formerRunWasKilled()).isFalse();
        }
    }

    @Test
    void theFirstRunFollowsNone() throws IOException {
        // given
        // when
        try (BlackBox box = start()) {
            // then
            assertThat(box.formerRunWasKilled()).isFalse();
            assertThat(box.kept()).isEmpty();
            assertThat(box.counts().former()).isZero();
            assertThat(box.counts().lastKeptSeconds()).isZero();
        }
    }

    @Test
    void theMarkOfARunThatCouldNotTakeItAwayTellsOfAKill() throws IOException {
        // given
        Files.writeString(folder.resolve("running"), "0123abcd");
        EvidenceRing.open(folder, "0123abcd", 8, 1000)
                .keep(KeptReason.limit(90), Instant.parse("2026-01-02T12:00:00Z"), Map.of());
        // when
        try (BlackBox box = start()) {
            // then
            assertThat(box.formerRunWasKilled()).isTrue();
            assertThat(box.counts().former()).isEqualTo(1);
            assertThat(box.counts().lastKeptSeconds()).isEqualTo(1767355200.0);
            assertThat(box.kept()).singleElement().matches(Evidence::beforeRestart);
        }
    }

    @Test
    void whatCannotBeWrittenIsCountedAndTheLookingGoesOn() throws IOException {
        // given
        BlackBoxSettings tiny =
                new BlackBoxSettings(Optional.of(folder.resolve("kept")), 80, 90, 60, 20, Duration.ofMinutes(10), 8, 1);
        try (BlackBox box = keeping(BlackBox.start(ABSENT, memory, tiny, _ -> {}))) {
            // when
            used.set(850);
            await().atMost(PATIENCE).until(() -> box.counts().failures() >= 1);
            used.set(950);
            // then
            await().atMost(PATIENCE).until(() -> box.counts().failures() >= 2);
            assertThat(box.kept()).isEmpty();
        }
    }

    @Test
    void whatCouldNotBeWrittenIsTriedAgain() throws IOException {
        // given
        Path place = folder.resolve("kept");
        try (BlackBox box =
                keeping(BlackBox.start(ABSENT, memory, BlackBoxSettings.DEFAULTS.withDirectory(place), _ -> {}))) {
            Files.move(place, folder.resolve("elsewhere"));
            Files.writeString(place, "in the way");
            used.set(850);
            await().atMost(PATIENCE).until(() -> box.counts().failures() >= 1);
            // when
            Files.delete(place);
            // then
            await().atMost(PATIENCE).until(() -> box.counts().kept(KeptReason.limit(80)) == 1);
            assertThat(box.kept()).hasSize(1);
        }
    }

    @Test
    void whatTheMemoryCannotBeReadForIsNoEndToTheLooking() {
        // given
        AtomicInteger reads = new AtomicInteger();
        LimitedMemory.Limited failing = () -> switch (reads.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("the control group went");
            case 2 -> throw new OutOfMemoryError("for the test");
            default -> memory.read();
        };
        used.set(850);
        // when
        try (BlackBox box =
                keeping(BlackBox.start(ABSENT, failing, BlackBoxSettings.DEFAULTS.withDirectory(folder), _ -> {}))) {
            // then
            await().atMost(PATIENCE).until(() -> box.counts().kept(KeptReason.limit(80)) == 1);
            assertThat(box.isLooking()).isTrue();
            assertThat(box.counts().failures()).isZero();
        }
    }

    @Test
    void aBlackBoxThatDoesNotLookAnyMoreIsNotActive() {
        // given
        var registry = new SimpleMeterRegistry();
        BlackBoxSettings settings = BlackBoxSettings.DEFAULTS.withDirectory(folder);
        var started = BlackBox.start(ABSENT, memory, settings, _ -> {});
        new BlackBoxMetrics(started, settings).bindTo(registry);
        double before = registry.get("brr.blackbox.active").gauge().value();
        // when
        keeping(started).close();
        // then
        assertThat(before).isEqualTo(1);
        await().atMost(PATIENCE)
                .until(() -> registry.get("brr.blackbox.active").gauge().value() == 0);
    }

    @Test
    void withoutAFolderOrALimitThereIsNone() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("file"), "");
        BlackBoxSettings none = BlackBoxSettings.DEFAULTS;
        // when
        var noFolder = BlackBox.start(ABSENT, memory, none, _ -> {});
        var noLimit =
                BlackBox.start(ABSENT, new LimitedMemory.Unlimited("no limit"), none.withDirectory(folder), _ -> {});
        var noPlace = BlackBox.start(ABSENT, memory, none.withDirectory(file), _ -> {});
        // then
        assertThat(noFolder).isEqualTo(new BlackBox.Started.Off("no blackbox.directory is set"));
        assertThat(noLimit).isEqualTo(new BlackBox.Started.Off("no limit"));
        assertThat(noPlace)
                .isInstanceOfSatisfying(
                        BlackBox.Started.Off.class,
                        off -> assertThat(off.reason()).startsWith("blackbox.directory " + file + " cannot be used: "));
    }

    @Test
    void metricsTellOfEachReason() {
        // given
        var registry = new SimpleMeterRegistry();
        BlackBoxSettings settings = BlackBoxSettings.DEFAULTS.withDirectory(folder);
        var started = BlackBox.start(ABSENT, memory, settings, _ -> {});
        try (BlackBox box = keeping(started)) {
            new BlackBoxMetrics(started, settings).bindTo(registry);
            // when
            used.set(950);
            await().atMost(PATIENCE).until(() -> box.counts().kept(KeptReason.limit(90)) == 1);
            // then
            assertThat(registry.get("brr.blackbox.active").gauge().value()).isEqualTo(1);
            assertThat(List.of("limit_80", "limit_90", "floor_growth").stream()
                            .map(reason -> registry.get("brr.blackbox.kept")
                                    .tag("reason", reason)
                                    .functionCounter()
                                    .count()))
                    .containsExactly(0.0, 1.0, 0.0);
            assertThat(registry.get("brr.blackbox.sampling").gauge().value()).isZero();
        }
    }

    @Test
    void withoutABlackBoxThereIsAZeroAlone() {
        // given
        var registry = new SimpleMeterRegistry();
        // when
        new BlackBoxMetrics(new BlackBox.Started.Off("none"), BlackBoxSettings.DEFAULTS).bindTo(registry);
        // then
        assertThat(registry.getMeters()).hasSize(1);
        assertThat(registry.get("brr.blackbox.active").gauge().value()).isZero();
    }

    private BlackBox start() {
        return keeping(BlackBox.start(ABSENT, memory, BlackBoxSettings.DEFAULTS.withDirectory(folder), _ -> {}));
    }

    private static BlackBox keeping(BlackBox.Started started) {
        return ((BlackBox.Started.Keeping) started).box();
    }
}
