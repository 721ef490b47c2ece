package dev.brr.bench;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.config.ConfigOutcome;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.dispatch.Dispatcher;
import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.server.ServicePlan;
import dev.brr.runtime.server.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The pet store without a socket: routing, authentication, validation both ways, handler, JSON, and the meters. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {
    private static final String KEY = "a-key";
    private static final MemoryExchange GET = MemoryExchange.get(
            "/pets/12345", Map.of("x-api-key", List.of(KEY), "host", List.of("localhost"), "accept", List.of("*/*")));
    private static final MemoryExchange POST = MemoryExchange.post(
            "/pets",
            Map.of("x-api-key", List.of(KEY), "content-type", List.of("application/json")),
            "{\"name\":\"Rocky\",\"breed\":\"Beagle\",\"age\":1,\"vaccinated\":false,\"tags\":[\"curious\"]}"
                    .getBytes(StandardCharsets.UTF_8));

    private final RuntimeMetrics metrics = new RuntimeMetrics(Jemalloc.probe());
    private final Dispatcher dispatcher = dispatcher(metrics);

    @Setup(Level.Trial)
    public void check() throws IOException {
        for (MemoryExchange exchange : List.of(GET, POST)) {
            Reply reply = dispatcher.dispatch(exchange).reply();
            if (reply.status() != 200) {
                throw new IllegalStateException(new String(reply.body(), StandardCharsets.UTF_8));
            }
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        metrics.close();
    }

    @Benchmark
    public Reply getPet() throws IOException {
        return answer(GET);
    }

    @Benchmark
    public Reply addPet() throws IOException {
        return answer(POST);
    }

    private Reply answer(MemoryExchange exchange) throws IOException {
        Dispatcher.Dispatched dispatched = dispatcher.dispatch(exchange);
        dispatched.meters().record(exchange.method(), dispatched.reply().status(), 1000);
        return dispatched.reply();
    }

    private static Dispatcher dispatcher(RuntimeMetrics metrics) {
        try (InputStream in = DispatchBenchmark.class.getResourceAsStream("/dev/brr/petstore/openapi.yaml")) {
            Path document = Files.createTempFile("openapi", ".yaml");
            Files.write(document, Objects.requireNonNull(in).readAllBytes());
            List<String> arguments = List.of("--spec", document.toString(), "--api-key", KEY);
            if (!(RuntimeConfig.read(arguments, Map.of()) instanceof ConfigOutcome.Usable usable)) {
                throw new IllegalStateException("the arguments are wrong: " + arguments);
            }
            ServicePlan plan = ServicePlan.of(usable.config(), HandlerDiscovery.find());
            Files.delete(document);
            return Dispatcher.compile(plan.document(), plan.settings(), metrics);
        } catch (IOException | StartupException e) {
            throw new IllegalStateException(e);
        }
    }
}
