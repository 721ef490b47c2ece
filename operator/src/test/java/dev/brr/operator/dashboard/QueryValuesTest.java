package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.operator.dashboard.PromtoolTests.Expected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the queries make of known figures, by Prometheus' own engine. */
class QueryValuesTest {

    private static final String POD_1 = "namespace=\"shop\", service=\"petstore\", pod=\"petstore-1\"";
    private static final String POD_2 = "namespace=\"shop\", service=\"petstore\", pod=\"petstore-2\"";
    private static final Expected ZERO = Expected.of(Map.of(), 0);

    @TempDir
    private Path folder;

    @Test
    void heapUsageAddsUpToWhatIsResident() throws Exception {
        // given
        var tests = PromtoolTests.everyMinute()
                .series("jemalloc_stats_allocated_bytes{" + POD_1 + "}", "600x10")
                .series("jemalloc_stats_active_bytes{" + POD_1 + "}", "700x10")
                .series("jemalloc_dirty_bytes{" + POD_1 + "}", "200x10")
                .series("jemalloc_stats_metadata_bytes{" + POD_1 + "}", "100x10");
        // when
        tests.expect(Panels.query("Heap usage", "allocated"), Expected.of(Map.of(), 600))
                .expect(Panels.query("Heap usage", "internal fragmentation"), Expected.of(Map.of(), 100))
                .expect(Panels.query("Heap usage", "dirty"), Expected.of(Map.of(), 200))
                .expect(Panels.query("Heap usage", "metadata"), Expected.of(Map.of(), 100));
        // then
        assertContent(tests);
    }

    @Test
    void efficiencyAndFragmentationAreOfAllPodsTogether() throws Exception {
        // given
        var tests = PromtoolTests.everyMinute()
                .series("jemalloc_stats_allocated_bytes{" + POD_1 + "}", "600x10")
                .series("jemalloc_stats_allocated_bytes{" + POD_2 + "}", "200x10")
                .series("jemalloc_stats_active_bytes{" + POD_1 + "}", "700x10")
                .series("jemalloc_stats_active_bytes{" + POD_2 + "}", "300x10")
                .series("jemalloc_stats_resident_bytes{" + POD_1 + "}", "1000x10")
                .series("jemalloc_stats_resident_bytes{" + POD_2 + "}", "600x10");
        // when
        tests.expect(Panels.query("Memory efficiency", "chosen pods"), Expected.of(Map.of(), 0.5))
                .expect(
                        "round(" + Panels.query("Fragmentation", "chosen pods") + ", 0.001)",
                        Expected.of(Map.of(), 0.2))
                .expect(
                        "round(" + Panels.query("Memory efficiency by pod", "{{pod}} efficiency") + ", 0.01)",
                        Expected.of(labels("petstore-1"), 0.6),
                        Expected.of(labels("petstore-2"), 0.33));
        // then
        assertContent(tests);
    }

    @Test
    void usedOfTheLimitIsThatOfTheFullestPod() throws Exception {
        // given
        var tests = PromtoolTests.everyMinute()
                .series("process_memory_rss_bytes{" + POD_1 + "}", "400x10")
                .series("process_memory_rss_bytes{" + POD_2 + "}", "450x10")
                .series("process_memory_limit_bytes{" + POD_1 + "}", "500x10")
                .series("process_memory_limit_bytes{" + POD_2 + "}", "500x10");
        // when
        tests.expect(Panels.query("Used of the limit", "fullest pod"), Expected.of(Map.of(), 0.9))
                .expect(Panels.query("RSS against the limit", "limit of a pod"), Expected.of(Map.of(), 500));
        // then
        assertContent(tests);
    }

    @Test
    void remainderOfRssIsNeverNegativeInAnyPod() throws Exception {
        // given: jemalloc counts pages as resident that were never touched
        var tests = PromtoolTests.everyMinute()
                .series("process_memory_rss_bytes{" + POD_1 + "}", "100x10")
                .series("process_memory_rss_bytes{" + POD_2 + "}", "500x10")
                .series("jemalloc_stats_resident_bytes{" + POD_1 + "}", "150x10")
                .series("jemalloc_stats_resident_bytes{" + POD_2 + "}", "200x10");
        // when
        tests.expect(Panels.query("What RSS is made of", "remainder"), Expected.of(Map.of(), 300))
                .expect(Panels.query("What RSS is made of", "RSS"), Expected.of(Map.of(), 600));
        // then
        assertContent(tests);
    }

    @Test
    void nativeMemoryIsWhatTheJvmHasNotCommitted() throws Exception {
        // given
        var tests = PromtoolTests.everyMinute()
                .series("process_memory_rss_bytes{" + POD_1 + "}", "100x10")
                .series("jvm_memory_committed_bytes{area=\"heap\", id=\"Eden Space\", " + POD_1 + "}", "30x10")
                .series("jvm_memory_committed_bytes{area=\"nonheap\", id=\"Metaspace\", " + POD_1 + "}", "20x10")
                .series("process_memory_rss_bytes{" + POD_2 + "}", "100x10")
                .series("jvm_memory_committed_bytes{area=\"heap\", id=\"Eden Space\", " + POD_2 + "}", "130x10");
        // when
        tests.expect(
                Panels.query("Native memory", "{{pod}}"),
                Expected.of(Map.of("pod", "petstore-1"), 50),
                Expected.of(Map.of("pod", "petstore-2"), 0));
        // then
        assertContent(tests);
    }

    @Test
    void purgesByTheGuardAreByPodAndMinuteAndZeroWithoutAGuard() throws Exception {
        // given
        var tests = scrapedOnce()
                .series("jemalloc_loaded{" + POD_2 + "}", "1x10")
                .series("jemalloc_guard_purges_total{reason=\"near_limit\", " + POD_1 + "}", "0+6x10")
                .series("jemalloc_guard_purges_total{reason=\"critical\", " + POD_1 + "}", "0+30x10");
        // when
        tests.expect(
                        "round(" + Panels.query("Purges by the memory guard", "{{pod}} near limit") + ", 0.01)",
                        Expected.of(Map.of("pod", "petstore-1"), 6),
                        Expected.of(Map.of("pod", "petstore-2"), 0))
                .expect(
                        "round(" + Panels.query("Purges by the memory guard", "{{pod}} critical") + ", 0.01)",
                        Expected.of(Map.of("pod", "petstore-1"), 30),
                        Expected.of(Map.of("pod", "petstore-2"), 0));
        // then
        assertContent(tests);
    }

    @Test
    void errorsAreByStatusAndNoZeroStandsBesideThem() throws Exception {
        // given
        var tests = scrapedOnce()
                .series("http_server_requests_seconds_count{status=\"200\", " + POD_1 + "}", "0+600x10")
                .series("http_server_requests_seconds_count{status=\"404\", " + POD_1 + "}", "0+120x10")
                .series("http_server_requests_seconds_count{status=\"503\", " + POD_1 + "}", "0+60x10");
        // when
        tests.expect(
                Panels.query("Errors by status", "{{status}}"),
                Expected.of(Map.of("status", "404"), 2),
                Expected.of(Map.of("status", "503"), 1));
        // then
        assertContent(tests);
    }

    @Test
    void errorsAreZeroWhereThereAreNone() throws Exception {
        // given
        var tests =
                scrapedOnce().series("http_server_requests_seconds_count{status=\"200\", " + POD_1 + "}", "0+600x10");
        // when
        tests.expect(Panels.query("Errors by status", "{{status}}"), Expected.of(Map.of("status", "none"), 0));
        // then
        assertContent(tests);
    }

    @Test
    void gcPausesAreZeroForThePodThatHadNone() throws Exception {
        // given: one second of pauses a minute in the other
        var tests = scrapedOnce()
                .series("jemalloc_loaded{" + POD_2 + "}", "1x10")
                .series("jvm_gc_pause_seconds_sum{action=\"end of minor GC\", " + POD_2 + "}", "0+0.6x10")
                .series("jvm_gc_pause_seconds_max{action=\"end of minor GC\", " + POD_2 + "}", "0.2x10")
                .series("jvm_gc_pause_seconds_max{action=\"end of major GC\", " + POD_2 + "}", "0.5x10");
        // when
        tests.expect(
                        "round(" + Panels.query("Time in GC pauses", "{{pod}}") + ", 0.001)",
                        Expected.of(Map.of("pod", "petstore-1"), 0),
                        Expected.of(Map.of("pod", "petstore-2"), 0.01))
                .expect(
                        Panels.query("Longest GC pause", "{{pod}}"),
                        Expected.of(Map.of("pod", "petstore-1"), 0),
                        Expected.of(Map.of("pod", "petstore-2"), 0.5));
        // then
        assertContent(tests);
    }

    @Test
    void costsOfARequestAreCostsByRequests() throws Exception {
        // given: 10 requests, 5000 allocations and 20 ms of CPU a second, over two pods
        var tests = scrapedOnce()
                .series("http_server_requests_seconds_count{status=\"200\", " + POD_1 + "}", "0+360x10")
                .series("http_server_requests_seconds_count{status=\"404\", " + POD_2 + "}", "0+240x10")
                .series("process_memory_allocations{" + POD_1 + "}", "0+300000x10")
                .series("process_cpu_seconds_total{" + POD_1 + "}", "0+0.6x10")
                .series("process_cpu_seconds_total{" + POD_2 + "}", "0+0.6x10");
        // when
        tests.expect(
                        "round(" + Panels.query("CPU per request", "CPU per request") + ", 0.0001)",
                        Expected.of(Map.of(), 0.002))
                .expect(
                        "round(" + Panels.query("Allocations per request", "allocations per request") + ", 0.1)",
                        Expected.of(Map.of(), 500));
        // then
        assertContent(tests);
    }

    @Test
    void costsOfARequestAreNoNumberWithoutRequests() throws Exception {
        // given: a number that is no number differs from itself
        var tests = scrapedOnce()
                .series("http_server_requests_seconds_count{status=\"200\", " + POD_1 + "}", "5x10")
                .series("process_memory_allocations{" + POD_1 + "}", "0+60x10")
                .series("process_cpu_seconds_total{" + POD_1 + "}", "0+0.6x10");
        var cpu = Panels.query("CPU per request", "CPU per request");
        var allocations = Panels.query("Allocations per request", "allocations per request");
        // when
        tests.expect("(" + cpu + ") == bool (" + cpu + ")", ZERO)
                .expect("(" + allocations + ") == bool (" + allocations + ")", ZERO);
        // then
        assertContent(tests);
    }

    @Test
    void latencyIsReadFromTheHistogram() throws Exception {
        // given: of 100 requests a minute 50 below 1 ms, 45 from 5 to 10 ms, 5 from 50 to 100 ms
        var bucket = "http_server_requests_seconds_bucket{operation=\"list_pets\", le=\"%s\", " + POD_1 + "}";
        var tests = PromtoolTests.everyMinute()
                .series(bucket.formatted("0.001"), "0+50x10")
                .series(bucket.formatted("0.005"), "0+50x10")
                .series(bucket.formatted("0.01"), "0+95x10")
                .series(bucket.formatted("0.05"), "0+95x10")
                .series(bucket.formatted("0.1"), "0+100x10")
                .series(bucket.formatted("+Inf"), "0+100x10");
        // when
        tests.expect(Panels.query("Latency", "p50"), Expected.of(Map.of(), 0.001))
                .expect(Panels.query("Latency", "p95"), Expected.of(Map.of(), 0.01))
                .expect("round(" + Panels.query("Latency", "p99") + ", 0.001)", Expected.of(Map.of(), 0.09))
                .expect(
                        Panels.query("Latency p95 by operation", "{{operation}}"),
                        Expected.of(Map.of("operation", "list_pets"), 0.01));
        // then
        assertContent(tests);
    }

    @Test
    void tuningTableHasOneLineForEachPod() throws Exception {
        // given
        var tests = PromtoolTests.everyMinute()
                .series("jemalloc_info{version=\"5.3.0\", conf_hash=\"aaa\", prof=\"true\", " + POD_1 + "}", "1x10")
                .series("jemalloc_info{version=\"5.3.0\", conf_hash=\"bbb\", prof=\"true\", " + POD_2 + "}", "1x10");
        // when
        tests.expect(
                Panels.query("Tuning of the pods", "{{pod}}"),
                Expected.of(Map.of("pod", "petstore-1", "version", "5.3.0", "conf_hash", "aaa", "prof", "true"), 1),
                Expected.of(Map.of("pod", "petstore-2", "version", "5.3.0", "conf_hash", "bbb", "prof", "true"), 1));
        // then
        assertContent(tests);
    }

    private static Map<String, String> labels(String pod) {
        return Map.of("namespace", "shop", "service", "petstore", "pod", pod);
    }

    private static PromtoolTests scrapedOnce() {
        return PromtoolTests.everyMinute().series("jemalloc_loaded{" + POD_1 + "}", "1x10");
    }

    private void assertContent(PromtoolTests tests) throws IOException, InterruptedException {
        var verdict = new Promtool(folder).test(tests.yaml());
        assertThat(verdict.content()).as(verdict.output()).isTrue();
    }
}
