package dev.brr.bench;

import dev.brr.runtime.document.PathTemplate;
import dev.brr.runtime.routing.Match;
import dev.brr.runtime.routing.Router;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it takes to find the operation of a request among so many paths; another path each time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutingBenchmark {
    private static final int ASKED = 8;

    @Param({"10", "1000", "10000"})
    private int paths;

    private final Router<Integer> router = new Router<>();
    private final String[] targets = new String[ASKED];
    private int next;

    @Setup
    public void fill() {
        for (int i = 0; i < paths; i++) {
            PathTemplate template =
                    PathTemplate.parse(i % 2 == 0 ? "/things" + i + "/{id}" : "/things" + i + "/{id}/parts/{part}");
            router.add("/v1", template, "GET", i);
        }
        for (int i = 0; i < ASKED; i++) {
            int path = i * (paths / ASKED) & ~1;
            targets[i] = "/v1/things" + (path + i % 2) + (i % 2 == 0 ? "/12345" : "/12345/parts/678");
        }
    }

    @Benchmark
    public Match<Integer> route() {
        next = (next + 1) % ASKED;
        return router.route("GET", targets[next]);
    }
}
