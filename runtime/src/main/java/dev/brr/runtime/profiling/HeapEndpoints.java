package dev.brr.runtime.profiling;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.jemalloc.profile.HeapProfiler;
import dev.brr.jemalloc.profile.JavaFrames;
import dev.brr.jemalloc.profile.ProfiledOperation;
import dev.brr.runtime.blackbox.BlackBox;
import dev.brr.runtime.blackbox.Sampling;
import dev.brr.runtime.blackbox.SamplingDemand;
import dev.brr.runtime.contract.Json;
import dev.brr.runtime.dispatch.Exchange;
import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.metrics.OperationMemoryMetrics;
import dev.brr.runtime.problem.Problem;
import dev.brr.runtime.profiling.ProfileFormat.Grouping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers below {@code /debug}: takes heap profiles, compares them, and switches sampling.
 *
 * <p>Whoever may read profiles learns names of classes and how much memory things take, and taking one costs time; so a
 * token is asked for, and without one everything here is closed.
 */
public final class HeapEndpoints {
    private static final String GET = "GET";
    private static final String POST = "POST";
    private static final String JSON = "application/json";
    private static final int LEAST_LG_SAMPLE = 12;
    private static final int MOST_LG_SAMPLE = 30;

    private static final String NUMBER = "X-Heap-Profile";
    private static final List<String> PROFILE = List.of("format", "by");

    private final Jemalloc jemalloc;
    private final DebugToken token;
    private final Supplier<HeapProfiler.Probe> probe;
    private final KeptEvidence evidence;
    private final Sampling sampling;
    private final OperationMemoryMetrics operations;
    private final KeptProfiles kept = new KeptProfiles();
    private final Map<DebugPath, Endpoint> endpoints = new EnumMap<>(DebugPath.class);

    private record Endpoint(String method, List<String> parameters, Answer answer) {}

    private interface Answer {
        Reply to(HeapQuery query) throws IOException, RefusedException;
    }

    private interface ProfilersAnswer {
        Reply to(HeapProfiler profiler, HeapQuery query) throws IOException, RefusedException;
    }

    /**
     * Makes the endpoints of this process.
     *
     * @param tokenFile where the token is, if anybody may have one
     * @param blackBox what keeps profiles when memory runs out
     * @param operations is told each profile of all memory in use, and knows what operations allocate
     */
    public HeapEndpoints(
            Jemalloc jemalloc, Optional<Path> tokenFile, BlackBox.Started blackBox, OperationMemoryMetrics operations) {
        this.jemalloc = jemalloc;
        this.probe = () -> HeapProfiler.probe(jemalloc);
        this.operations = operations;
        this.token = new DebugToken(tokenFile);
        this.evidence = new KeptEvidence(blackBox);
        this.sampling = switch (blackBox) {
            case BlackBox.Started.Keeping(BlackBox box) -> box.sampling();
            case BlackBox.Started.Off(String _) -> new Sampling();
        };
        profiles();
        switches();
        endpoints.put(DebugPath.STATUS, new Endpoint(GET, List.of(), _ -> status()));
        endpoints.put(DebugPath.STATISTICS, new Endpoint(GET, List.of(), _ -> statistics()));
    }

    private void profiles() {
        endpoints.put(
                DebugPath.PPROF,
                profilers(GET, List.of(), (profiler, _) -> heap(profiler, ProfileFormat.PPROF, Grouping.STACK)));
        endpoints.put(
                DebugPath.HEAP,
                profilers(GET, PROFILE, (profiler, query) -> heap(profiler, query.format(), query.grouping())));
        endpoints.put(DebugPath.OPERATIONS, new Endpoint(GET, List.of(), _ -> operations()));
        endpoints.put(DebugPath.DIFFERENCE, profilers(GET, List.of("format", "by", "from", "to"), this::difference));
    }

    private void switches() {
        endpoints.put(DebugPath.START, profilers(POST, List.of(), (profiler, _) -> {
            sampling.start(profiler, SamplingDemand.Party.PERSON);
            return status();
        }));
        endpoints.put(DebugPath.STOP, profilers(POST, List.of(), (profiler, _) -> {
            sampling.stop(profiler, SamplingDemand.Party.PERSON);
            return status();
        }));
        endpoints.put(DebugPath.RESET, profilers(POST, List.of("lg_sample"), this::reset));
    }

    private Endpoint profilers(String method, List<String> parameters, ProfilersAnswer answer) {
        return new Endpoint(method, parameters, query -> switch (probe.get()) {
            case HeapProfiler.Probe.Unavailable(String reason) -> unavailable(reason);
            case HeapProfiler.Probe.Ready(HeapProfiler profiler) -> answer.to(profiler, query);
        });
    }

    private Reply unavailable(String reason) {
        ProfileSource instead = ProfileSource.without(jemalloc);
        String where = instead == ProfileSource.STATISTICS
                ? "; what jemalloc counts is at " + DebugPath.STATISTICS.text()
                : "";
        return Reply.of(Problem.custom(503, "Heap profiling is unavailable", reason + where))
                .with(ProfileSource.HEADER, instead.term());
    }

    /** Answers a request; nothing when the path is none of these. */
    public Optional<Reply> answer(Exchange exchange) {
        if (KeptEvidence.isAt(exchange.rawPath())) {
            Endpoint files = new Endpoint(GET, List.of(), _ -> evidence.answer(exchange.rawPath()));
            return Optional.of(answer(exchange, GET, () -> opened(files, exchange)));
        }
        return DebugPath.of(exchange.rawPath())
                .map(endpoints::get)
                .map(endpoint -> answer(exchange, endpoint.method(), () -> opened(endpoint, exchange)));
    }

    private Reply answer(Exchange exchange, String method, Supplier<Reply> opened) {
        return switch (token.judge(exchange)) {
            case CLOSED -> forbidden("No token is configured: see debug.tokenFile, BRR_DEBUG_TOKEN_FILE");
            case UNREADABLE ->
                forbidden("The file with the token, debug.tokenFile, cannot be read; the log of the service says why");
            case REFUSED -> Reply.of(Problem.unauthorized()).with("WWW-Authenticate", "Bearer realm=\"debug\"");
            case OPEN ->
                method.equals(exchange.method())
                        ? opened.get().with("Cache-Control", "no-store")
                        : Reply.of(Problem.methodNotAllowed(method)).with("Allow", method);
        };
    }

    private static Reply forbidden(String detail) {
        return Reply.of(Problem.custom(403, "Forbidden", detail));
    }

    private Reply opened(Endpoint endpoint, Exchange exchange) {
        try {
            return endpoint.answer().to(HeapQuery.read(exchange.rawQuery(), endpoint.parameters()));
        } catch (RefusedException e) {
            return Reply.of(Problem.custom(400, "Bad Request", e.detail()));
        } catch (IOException e) {
            return Reply.of(Problem.custom(503, "The heap profile could not be taken", String.valueOf(e.getMessage())));
        }
    }

    private Reply heap(HeapProfiler profiler, ProfileFormat format, Grouping grouping) throws IOException {
        HeapProfile profile = profiler.take();
        operations.profiled(profile);
        String number = kept.keep(profile);
        return reply(
                        profiler,
                        format,
                        grouping.group(profile),
                        "Heap in use, profile " + number + ", " + second(profile))
                .with(NUMBER, number);
    }

    private Reply operations() throws IOException {
        Map<String, OperationMemoryMetrics.Allocated> allocated = operations.allocated();
        return switch (probe.get()) {
            case HeapProfiler.Probe.Unavailable(String reason) ->
                allocated.isEmpty()
                        ? unavailable(reason)
                        : OperationsReport.withoutProfile(allocated, ProfileSource.without(jemalloc), reason);
            case HeapProfiler.Probe.Ready(HeapProfiler profiler) -> {
                HeapProfile profile = profiler.take();
                operations.profiled(profile);
                String number = kept.keep(profile);
                yield OperationsReport.of(allocated, profile, ProfileSource.of(profiler))
                        .with(NUMBER, number);
            }
        };
    }

    private Reply difference(HeapProfiler profiler, HeapQuery query) throws IOException, RefusedException {
        ProfileFormat format = query.format();
        Grouping grouping = query.grouping();
        Optional<String> first = query.get("from");
        Optional<HeapProfile> named = first.isPresent() ? Optional.of(profile("from", first.get())) : Optional.empty();
        Optional<String> second = query.get("to");
        HeapProfile to = second.isPresent() ? profile("to", second.get()) : profiler.take();
        HeapProfile from = named.or(() -> kept.oldestFor(to))
                .orElseThrow(() -> new RefusedException("there is no profile yet to compare with"
                        + (kept.numbers().isEmpty() ? "" : ", since all samples were forgotten")
                        + "; GET /debug/heap takes one"));
        if (!to.isComparableTo(from)) {
            throw new RefusedException(
                    "from: all samples were forgotten between profile %s and the other one (POST /debug/heap/reset), and would look like memory that was freed; what the other one can be compared with are %s"
                            .formatted(first.orElse(""), kept.numbersFor(to)));
        }
        ProfileSource source = ProfileSource.of(profiler);
        String title = "Heap growth, " + second(from) + " to " + second(to);
        return format.difference(grouping.group(to.since(from)), title, source)
                .with(ProfileSource.HEADER, source.term());
    }

    private static Instant second(HeapProfile profile) {
        return profile.taken().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Reply reply(HeapProfiler profiler, ProfileFormat format, HeapProfile profile, String title) {
        ProfileSource source = ProfileSource.of(profiler);
        return format.reply(profile, title, source).with(ProfileSource.HEADER, source.term());
    }

    private HeapProfile profile(String parameter, String number) throws RefusedException {
        try {
            return kept.get(number);
        } catch (RefusedException e) {
            throw new RefusedException(parameter + ": " + e.detail());
        }
    }

    private Reply reset(HeapProfiler profiler, HeapQuery query) throws RefusedException {
        Optional<String> lgSample = query.get("lg_sample");
        if (lgSample.isEmpty()) {
            profiler.reset();
            return status();
        }
        String given = lgSample.get();
        int power = given.matches("[0-9]{1,2}") ? Integer.parseInt(given) : 0;
        if (power < LEAST_LG_SAMPLE || power > MOST_LG_SAMPLE) {
            throw new RefusedException("lg_sample: has to be a whole number from %d to %d, not %s"
                    .formatted(LEAST_LG_SAMPLE, MOST_LG_SAMPLE, given));
        }
        profiler.reset(power);
        return status();
    }

    private Reply statistics() {
        return switch (jemalloc) {
            case Jemalloc.Loaded loaded ->
                Reply.of(200, JSON, loaded.statsJson().getBytes(StandardCharsets.UTF_8));
            case Jemalloc.Absent(var _, String explanation) -> unavailable(explanation);
        };
    }

    /** Answers also where there is nothing to switch, for this is where one looks for the reason. */
    private Reply status() {
        Map<String, Object> status = new LinkedHashMap<>();
        switch (probe.get()) {
            case HeapProfiler.Probe.Unavailable(String reason) -> {
                status.put("active", false);
                status.put("source", ProfileSource.without(jemalloc).term());
                status.put("reason", reason);
            }
            case HeapProfiler.Probe.Ready(HeapProfiler profiler) -> sampling(status, profiler);
        }
        status.put("kept", kept.numbers());
        status.put("blackBox", evidence.status());
        return Reply.of(200, JSON, Json.MAPPER.writeValueAsBytes(status));
    }

    private void sampling(Map<String, Object> status, HeapProfiler profiler) {
        status.put("active", profiler.isActive());
        status.put(
                "wantedBy",
                sampling.demand(profiler).parties().stream()
                        .map(SamplingDemand.Party::term)
                        .toList());
        status.put("source", ProfileSource.of(profiler).term());
        switch (profiler.frames()) {
            case JavaFrames.Hooked hooked -> {
                status.put("javaFrames", true);
                status.put("operationsOfVirtualThreads", hooked.followsVirtualThreads());
                status.put("unfollowedCalls", ProfiledOperation.unfollowedCalls());
                status.put("samples", hooked.counts().samples());
            }
            case JavaFrames.NotYet() -> {
                status.put("javaFrames", false);
                status.put("reason", "sampling was not started yet; POST /debug/heap/start");
            }
            case JavaFrames.Missing(String reason) -> {
                status.put("javaFrames", false);
                status.put("reason", reason);
            }
        }
    }
}
