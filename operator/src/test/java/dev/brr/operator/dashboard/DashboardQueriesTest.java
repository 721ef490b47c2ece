package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.operator.dashboard.PromtoolTests.Expected;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.openshift.api.model.monitoring.v1.RuleBuilder;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroupBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prometheus' own parser and engine judge the queries. */
class DashboardQueriesTest {

    @TempDir
    private Path folder;

    static List<String> queries() {
        return HeapDashboard.queries(Petstore.balanced(), Duration.ofMinutes(2));
    }

    @Test
    void parse() throws Exception {
        // given
        var queries = queries();
        var rules = IntStream.range(0, queries.size())
                .mapToObj(i -> new RuleBuilder()
                        .withRecord("query:%d".formatted(i))
                        .withExpr(new IntOrString(queries.get(i)))
                        .build())
                .toList();
        // when
        var verdict = new Promtool(folder)
                .rules(List.of(new RuleGroupBuilder()
                        .withName("queries")
                        .withRules(rules)
                        .build()))
                .check();
        // then
        assertThat(verdict.content()).as(verdict.output()).isTrue();
        assertThat(verdict.output()).contains("%d rules found".formatted(queries.size()));
    }

    @Test
    void giveDataOfAServiceThatAnsweredAFewRequests() throws Exception {
        // given
        var tests = PromtoolTests.everyMinute().scraped(Scrape.recorded(), "shop", "petstore", "petstore-1");
        // when
        queries().forEach(tests::expectData);
        // then
        assertContent(tests);
    }

    @Test
    void giveDataBeforeTheFirstGarbageCollection() throws Exception {
        // given
        var fresh = Scrape.recorded().without(name -> name.startsWith("jvm_gc_pause"));
        var tests = PromtoolTests.everyMinute().scraped(fresh, "shop", "petstore", "petstore-1");
        // when
        queries().forEach(tests::expectData);
        // then
        assertContent(tests);
    }

    @Test
    void giveNothingAboutAServiceThatIsNotScraped() throws Exception {
        // given: the same name in another namespace, and another name in the same
        var tests = PromtoolTests.everyMinute()
                .scraped(Scrape.recorded(), "elsewhere", "petstore", "petstore-1")
                .scraped(Scrape.recorded(), "shop", "stock", "stock-1");
        // when
        queries().forEach(tests::expect);
        // then
        assertContent(tests);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void askOnlyForWhatAProcessServes(String query) {
        // given
        var scrape = Scrape.recorded();
        // when
        var metrics = PromqlNames.metrics(query);
        // then
        assertThat(metrics)
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(scrape.types()).containsKey(scrape.familyOf(metric)));
    }

    @Test
    void aWrongExpectationIsNoticed() throws Exception {
        // given
        var tests = PromtoolTests.everyMinute()
                .scraped(Scrape.recorded(), "shop", "petstore", "petstore-1")
                .expect("sum(jemalloc_loaded)", Expected.of(Map.of(), 2));
        // when
        var verdict = new Promtool(folder).test(tests.yaml());
        // then
        assertThat(verdict.content()).isFalse();
    }

    private void assertContent(PromtoolTests tests) throws IOException, InterruptedException {
        var verdict = new Promtool(folder).test(tests.yaml());
        assertThat(verdict.content()).as(verdict.output()).isTrue();
    }
}
