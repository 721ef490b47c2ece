package dev.brr.operator.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.MemoryMeasure;
import dev.brr.operator.tuning.PodReading.Absent;
import dev.brr.operator.tuning.PodReading.Loaded;
import dev.brr.operator.tuning.PodReading.Unread;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodMallocReaderTest {

    private static final String REPORT = """
            {
              "loaded": true,
              "version": "5.3.0-0-g54eaed1d8b56b1aa528be3bdd1877e59c56fa90c",
              "requested": "narenas:2,prof:true",
              "effective": {"narenas": 2, "prof": true, "dirty_decay_ms": "5000", "thp": "default"}
            }
            """;

    private final MallocEndpoint pod = new MallocEndpoint();
    private final PodMallocReader reader = new PodMallocReader();

    @AfterEach
    void stop() {
        pod.close();
    }

    @Test
    void asksForTheAllocatorsReportAsJson() throws InterruptedException {
        // given
        pod.answers(200, REPORT);
        // when
        reader.read(pod.ip(), pod.port());
        // then
        assertThat(pod.requests()).containsExactly("GET /malloc application/json");
    }

    @Test
    void readsTheOptionsOfALoadedJemalloc() throws InterruptedException {
        // given
        pod.answers(200, REPORT);
        // when
        var reading = reader.read(pod.ip(), pod.port());
        // then
        assertThat(reading)
                .isEqualTo(new Loaded(
                        Map.of("narenas", "2", "prof", "true", "dirty_decay_ms", "5000", "thp", "default"), null));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 404, 500, 503})
    void anAnswerOtherThan200IsNoReport(int status) throws InterruptedException {
        // given
        pod.answers(status, status == 204 ? "" : REPORT);
        // when
        var reading = reader.read(pod.ip(), pod.port());
        // then
        assertThat(reading).isEqualTo(new Unread("/malloc answered " + status));
    }

    @Test
    void aPodThatHangsUpIsUnread() throws InterruptedException {
        // given
        pod.hangsUp();
        // when
        var reading = reader.read(pod.ip(), pod.port());
        // then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Unread.class,
                        unread -> assertThat(unread.problem())
                                .startsWith("/malloc did not answer: ")
                                .hasSizeGreaterThan("/malloc did not answer: ".length()));
    }

    @Test
    void aPodWhosePortIsClosedIsUnread() throws InterruptedException {
        // given
        var port = pod.port();
        pod.close();
        // when
        var reading = reader.read("127.0.0.1", port);
        // then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Unread.class,
                        unread -> assertThat(unread.problem())
                                .startsWith("/malloc did not answer: ")
                                .doesNotContain("null"));
    }

    @Test
    void aPodWithAnIpv6AddressIsAskedInBrackets() throws InterruptedException {
        // given
        var nobody = "::1";
        // when
        var reading = reader.read(nobody, closedPort());
        // then
        assertThat(reading).isInstanceOf(Unread.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"loaded\": false, \"reason\": \"NOT_PRELOADED\", \"explanation\": \"LD_PRELOAD is not set\"} | LD_PRELOAD is not set",
                "{\"loaded\": false, \"reason\": \"NOT_PRELOADED\"} | NOT_PRELOADED",
                "{\"loaded\": false, \"explanation\": \"libstdc++ is missing\"} | libstdc++ is missing",
                "{\"loaded\": false, \"explanation\": \"\", \"reason\": \"ELSE\"} | ELSE",
                "{\"loaded\": false} | ''",
                "{\"loaded\": false, \"effective\": {\"narenas\": \"2\"}} | ''",
            })
    void aProcessWithoutJemallocSaysWhy(String body, String explanation) {
        // given
        // when
        var reading = PodMallocReader.parse(body);
        // then
        assertThat(reading).isEqualTo(new Absent(explanation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "true",
                "42",
                "\"loaded\"",
                "{\"loaded\": null}",
                "{\"loaded\": \"true\"}",
                "{\"loaded\": 1}",
                "{\"effective\": {\"narenas\": \"2\"}}"
            })
    void jsonThatIsNoReportIsSaidToBeNone(String body) {
        // given
        // when
        var reading = PodMallocReader.parse(body);
        // then
        assertThat(reading).isEqualTo(new Unread("/malloc answered something else than an allocator's report"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{", "{\"loaded\": true", "loaded", "{'loaded': true}"})
    void whatIsNoJsonIsSaidToBeNone(String body) {
        // given
        // when
        var reading = PodMallocReader.parse(body);
        // then
        assertThat(reading).isEqualTo(new Unread("/malloc answered no JSON"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"loaded\": true}",
                "{\"loaded\": true, \"effective\": null}",
                "{\"loaded\": true, \"effective\": {}}",
                "{\"loaded\": true, \"effective\": []}",
            })
    void aLoadedJemallocMayReportNoOptionAtAll(String body) {
        // given
        // when
        var reading = PodMallocReader.parse(body);
        // then
        assertThat(reading).isEqualTo(new Loaded(Map.of(), null));
    }

    @ParameterizedTest
    @CsvSource({"inUse, InUse", "allocated, AllocatedSinceStart"})
    void theHungriestOperationIsReadWithItsMeasure(String word, MemoryMeasure measure) {
        // given
        var body = "{\"loaded\": true, \"hungriestOperation\": {\"operationId\": \"addPet\", \"bytes\": 5000000000,"
                + " \"measure\": \"" + word + "\"}}";
        // when
        var reading = PodMallocReader.parse(body);
        // then
        assertThat(reading)
                .isEqualTo(new Loaded(Map.of(), new PodReading.Hungriest("addPet", measure, 5_000_000_000L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"addPet\"",
                "{}",
                "{\"operationId\": \"addPet\", \"bytes\": 1}",
                "{\"operationId\": \"addPet\", \"bytes\": 1, \"measure\": \"InUse\"}",
                "{\"operationId\": \"addPet\", \"measure\": \"inUse\"}",
                "{\"operationId\": \"addPet\", \"bytes\": -1, \"measure\": \"inUse\"}",
                "{\"operationId\": \"addPet\", \"bytes\": \"1\", \"measure\": \"inUse\"}",
                "{\"operationId\": \"addPet\", \"bytes\": 9223372036854775808, \"measure\": \"inUse\"}",
                "{\"operationId\": \" \", \"bytes\": 1, \"measure\": \"inUse\"}",
                "{\"bytes\": 1, \"measure\": \"inUse\"}",
            })
    void whatIsWrongWithTheHungriestOperationSpoilsNoReading(String hungriest) {
        // given
        var body = "{\"loaded\": true, \"effective\": {\"narenas\": \"2\"}, \"hungriestOperation\": " + hungriest + "}";
        // when
        var reading = PodMallocReader.parse(body);
        // then
        assertThat(reading).isEqualTo(new Loaded(Map.of("narenas", "2"), null));
    }

    private int closedPort() {
        var port = pod.port();
        pod.close();
        return port;
    }
}
