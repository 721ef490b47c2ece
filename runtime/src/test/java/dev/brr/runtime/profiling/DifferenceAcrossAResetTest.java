package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.RunningService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A real service leaks, forgets its samples, and leaks on: what was forgotten is not to look like memory that was freed. */
class DifferenceAcrossAResetTest {

    /** Blocks of a mebibyte with one sample in 64 KiB: nothing is left to chance. */
    private static final Percentage ALMOST_EXACTLY = Percentage.withPercentage(10);

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static String run = "";
    private static HttpResponse<String> withoutAnyProfile;
    private static HttpResponse<String> withoutAnyProfileSince;

    /** Profiles 1 and 2 are from before the reset, 3 and 4 from after; each has ten mebibytes more than the one before. */
    @BeforeAll
    static void leakAndForget() throws IOException, InterruptedException {
        service = RunningService.start(LeakingService.process(
                folder, "128m", "abort_conf:true,prof:true,prof_active:false,lg_prof_sample:16"));
        service.send("POST", "/debug/heap/start", 200);
        withoutAnyProfile = service.send("GET", "/debug/heap/diff");
        leakAndTakeProfile(1);
        leakAndTakeProfile(2);
        service.send("POST", "/debug/heap/reset", 200);
        withoutAnyProfileSince = service.send("GET", "/debug/heap/diff");
        leakAndTakeProfile(3);
        leakAndTakeProfile(4);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"1, 3, '3 4'", "2, 4, '3 4'", "1, , '3 4'", "3, 1, '1 2'", "4, 2, '1 2'"})
    void aDifferenceAcrossTheResetIsRefused(int from, Integer to, String comparable)
            throws IOException, InterruptedException {
        // given
        String target = "/debug/heap/diff?from=" + from + (to == null ? "" : "&to=" + to);
        // when
        HttpResponse<String> refusal = service.send("GET", target);
        // then
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body())
                .contains("from: all samples were forgotten between profile " + from + " and the other one")
                .contains("can be compared with are "
                        + List.of(comparable.replaceAll("(\\d)", "$1-" + run).split(" ")));
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"1, 2, 10", "3, 4, 10", "4, 3, -10", "2, 2, 0"})
    void onOneSideOfTheResetItIsWhatLeaked(int from, int to, long mebibytes) throws IOException, InterruptedException {
        // given
        String target = "/debug/heap/diff?format=json&by=operation&from=" + from + "&to=" + to;
        // when
        JsonNode growth = service.json(target);
        // then
        assertThat(leaked(growth)).isCloseTo(mebibytes << 20, ALMOST_EXACTLY);
    }

    @ParameterizedTest(name = "to {0} since {1}")
    @CsvSource({"4, 3, 10", "3, 3, 0", "2, 1, 10"})
    void withoutFromItIsSinceTheOldestOfTheSameSamples(int to, int oldest, long mebibytes)
            throws IOException, InterruptedException {
        // given
        JsonNode named = service.json("/debug/heap/diff?format=json&from=" + oldest + "&to=" + to);
        // when
        JsonNode growth = service.json("/debug/heap/diff?format=json&to=" + to);
        // then
        assertThat(growth).isEqualTo(named);
        assertThat(leaked(service.json("/debug/heap/diff?format=json&by=operation&to=" + to)))
                .isCloseTo(mebibytes << 20, ALMOST_EXACTLY);
    }

    @Test
    void upToNowWithoutFromItIsSinceTheFirstAfterTheReset() throws IOException, InterruptedException {
        // given
        // when
        JsonNode growth = service.json("/debug/heap/diff?format=json&by=operation");
        // then
        assertThat(leaked(growth)).isCloseTo(10L << 20, ALMOST_EXACTLY);
    }

    @Test
    void aNumberOfAnotherRunIsRefusedAndSaidToBeOne() throws IOException, InterruptedException {
        // given
        String other = run.equals("00000000") ? "11111111" : "00000000";
        // when
        HttpResponse<String> refusal = service.send("GET", "/debug/heap/diff?from=1-" + run + "&to=2-" + other);
        // then
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).contains("to: profile 2-" + other + " is of another run of the service");
        assertThat(service.send("GET", "/debug/heap/diff?from=1-" + run + "&to=2-" + run)
                        .statusCode())
                .isEqualTo(200);
    }

    /** Ten mebibytes grew and nothing was freed: a page that is told so is red all the same. */
    @Test
    void thePageOfADifferenceIsDrawnAsOneAlsoWhereEverythingGrew() throws IOException, InterruptedException {
        // given
        String target = "/debug/heap/diff?format=html&from=1&to=2";
        // when
        String page = service.send("GET", target).body();
        // then
        assertThat(page).contains("const DIFFERS = true;");
        assertThat(service.send("GET", "/debug/heap?format=html").body()).contains("const DIFFERS = false;");
    }

    @Test
    void beforeAnyProfileThereIsNothingToCompareWith() {
        // given
        // when
        HttpResponse<String> refusal = withoutAnyProfile;
        // then
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).contains("there is no profile yet to compare with; GET /debug/heap takes one");
    }

    @Test
    void afterTheResetTheOnesOfBeforeAreNothingToCompareWith() {
        // given
        // when
        HttpResponse<String> refusal = withoutAnyProfileSince;
        // then
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body())
                .contains("there is no profile yet to compare with, since all samples were forgotten");
    }

    private static void leakAndTakeProfile(int number) throws IOException, InterruptedException {
        for (int i = 0; i < 10; i++) {
            service.send("GET", "/leak", 204);
        }
        String[] named = service.send("GET", "/debug/heap")
                .headers()
                .firstValue("X-Heap-Profile")
                .orElseThrow()
                .split("-");
        assertThat(named).hasSize(2).startsWith(Integer.toString(number));
        run = named[1];
    }

    private static long leaked(JsonNode profile) {
        return profile.path("stacks")
                .valueStream()
                .filter(stack -> stack.path("frames").get(0).asString().equals("leakingOperation"))
                .mapToLong(stack -> stack.path("bytes").asLong())
                .sum();
    }
}
