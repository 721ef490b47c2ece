package dev.brr.runtime.profiling;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.jemalloc.profile.HeapProfiler;
import dev.brr.jemalloc.profile.JavaFrames;
import dev.brr.jemalloc.profile.ProfiledOperation;
import dev.brr.runtime.blackbox.BlackBox;
import dev.brr.runtime.contract.Json;
import dev.brr.runtime.contract.Query;
import dev.brr.runtime.dispatch.Exchange;
import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
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
    private static final int LEAST_LG_SAMPLE = 12;
    private static final int MOST_LG_SAMPLE = 30;

    private final DebugToken token;
    private final Supplier<HeapProfiler.Probe> probe;
    private final KeptEvidence evidence;
    private final Consumer<HeapProfile> taken;
    private final KeptProfiles kept = new KeptProfiles();
    private final Map<String, Endpoint> endpoints = new TreeMap<>();

    private record Endpoint(String method, Answer answer) {}

    private interface Answer {
        Reply to(HeapProfiler profiler, Map<String, String> query) throws IOException, RefusedException;
    }

    /**
     * Makes the endpoints of this process.
     *
     * @param tokenFile where the token is, if anybody may have one
     * @param blackBox what keeps profiles when memory runs out
     * @param taken is told each profile of all memory in use
     */
    public HeapEndpoints(
            Jemalloc jemalloc, Optional<Path> tokenFile, BlackBox.Started blackBox, Consumer<HeapProfile> taken) {
        this(() -> HeapProfiler.probe(jemalloc), new DebugToken(tokenFile), new KeptEvidence(blackBox), taken);
    }

    HeapEndpoints(
            Supplier<HeapProfiler.Probe> probe, DebugToken token, KeptEvidence evidence, Consumer<HeapProfile> taken) {
        this.probe = probe;
        this.taken = taken;
        this.token = token;
        this.evidence = evidence;
        endpoints.put(
                "/debug/pprof/heap", new Endpoint(GET, (profiler, _) -> heap(profiler, Map.of("format", "pprof"))));
        endpoints.put("/debug/heap", new Endpoint(GET, this::heap));
        endpoints.put("/debug/heap/diff", new Endpoint(GET, this::difference));
        endpoints.put(
                "/debug/heap/operations",
                new Endpoint(GET, (profiler, _) -> heap(profiler, Map.of("format", "json", "by", "operation"))));
        endpoints.put("/debug/heap/status", new Endpoint(GET, (profiler, _) -> status(profiler)));
        endpoints.put("/debug/heap/start", new Endpoint(POST, (profiler, _) -> {
            profiler.start();
            return status(profiler);
        }));
        endpoints.put("/debug/heap/stop", new Endpoint(POST, (profiler, _) -> {
            profiler.stop();
            return status(profiler);
        }));
        endpoints.put("/debug/heap/reset", new Endpoint(POST, this::reset));
    }

    /** Answers a request; nothing when the path is none of these. */
    public Optional<Reply> answer(Exchange exchange) {
        if (KeptEvidence.isAt(exchange.rawPath())) {
            return Optional.of(answer(exchange, GET, () -> evidence.answer(exchange.rawPath())));
        }
        return Optional.ofNullable(endpoints.get(exchange.rawPath()))
                .map(endpoint -> answer(exchange, endpoint.method(), () -> opened(endpoint, exchange)));
    }

    private Reply answer(Exchange exchange, String method, Supplier<Reply> opened) {
        return switch (token.judge(exchange)) {
            case CLOSED ->
                Reply.of(Problem.custom(
                        403, "Forbidden", "No token is configured: see debug.tokenFile, BRR_DEBUG_TOKEN_FILE"));
            case REFUSED -> Reply.of(Problem.unauthorized()).with("WWW-Authenticate", "Bearer realm=\"debug\"");
            case OPEN ->
                method.equals(exchange.method())
                        ? opened.get().with("Cache-Control", "no-store")
                        : Reply.of(Problem.methodNotAllowed(method)).with("Allow", method);
        };
    }

    private Reply opened(Endpoint endpoint, Exchange exchange) {
        try {
            return switch (probe.get()) {
                case HeapProfiler.Probe.Unavailable(String reason) ->
                    Reply.of(Problem.custom(503, "Heap profiling is unavailable", reason));
                case HeapProfiler.Probe.Ready(HeapProfiler profiler) ->
                    endpoint.answer().to(profiler, query(exchange));
            };
        } catch (RefusedException e) {
            return Reply.of(Problem.custom(400, "Bad Request", e.detail));
        } catch (IOException e) {
            return Reply.of(Problem.custom(503, "The heap profile could not be taken", String.valueOf(e.getMessage())));
        }
    }

    private Reply heap(HeapProfiler profiler, Map<String, String> query) throws IOException, RefusedException {
        ProfileFormat format = format(query);
        ProfileFormat.Grouping grouping = grouping(query);
        HeapProfile profile = profiler.take();
        taken.accept(profile);
        long number = kept.keep(profile);
        return format.reply(grouping.group(profile), "Heap in use, profile " + number + ", " + profile.taken())
                .with("X-Heap-Profile", Long.toString(number));
    }

    private Reply difference(HeapProfiler profiler, Map<String, String> query) throws IOException, RefusedException {
        ProfileFormat format = format(query);
        ProfileFormat.Grouping grouping = grouping(query);
        HeapProfile from = query.containsKey("from")
                ? profile("from", query.get("from"))
                : kept.oldest()
                        .orElseThrow(() -> new RefusedException(
                                "there is no profile yet to compare with; GET /debug/heap takes one"));
        HeapProfile to = query.containsKey("to") ? profile("to", query.get("to")) : profiler.take();
        return format.reply(grouping.group(to.since(from)), "Heap growth, " + from.taken() + " to " + to.taken());
    }

    private HeapProfile profile(String parameter, String number) throws RefusedException {
        try {
            Optional<HeapProfile> found = kept.get(Long.parseLong(number));
            if (found.isPresent()) {
                return found.get();
            }
        } catch (NumberFormatException _) {
            // the one message below is for both
        }
        throw new RefusedException(parameter + ": there is no profile " + number + "; kept are " + kept.numbers());
    }

    private Reply reset(HeapProfiler profiler, Map<String, String> query) throws RefusedException {
        String lgSample = query.get("lg_sample");
        if (lgSample == null) {
            profiler.reset();
        } else if (lgSample.matches("[0-9]{1,2}")
                && Integer.parseInt(lgSample) >= LEAST_LG_SAMPLE
                && Integer.parseInt(lgSample) <= MOST_LG_SAMPLE) {
            profiler.reset(Integer.parseInt(lgSample));
        } else {
            throw new RefusedException("lg_sample: has to be a whole number from %d to %d, not %s"
                    .formatted(LEAST_LG_SAMPLE, MOST_LG_SAMPLE, lgSample));
        }
        return status(profiler);
    }

    private Reply status(HeapProfiler profiler) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("active", profiler.isActive());
        switch (profiler.frames()) {
            case JavaFrames.Hooked hooked -> {
                status.put("javaFrames", true);
                status.put("operationsOfVirtualThreads", hooked.followsVirtualThreads());
                status.put("unfollowedCalls", ProfiledOperation.unfollowedCalls());
                status.put("samples", hooked.counts().samples());
            }
            case JavaFrames.Missing(String reason) -> {
                status.put("javaFrames", false);
                status.put("reason", reason);
            }
        }
        status.put("kept", kept.numbers());
        status.put("blackBox", evidence.status());
        return Reply.of(200, "application/json", Json.MAPPER.writeValueAsBytes(status));
    }

    private static ProfileFormat format(Map<String, String> query) throws RefusedException {
        String term = query.getOrDefault("format", "collapsed");
        return ProfileFormat.of(term)
                .orElseThrow(
                        () -> new RefusedException("format: is one of " + ProfileFormat.terms() + ", not " + term));
    }

    private static ProfileFormat.Grouping grouping(Map<String, String> query) throws RefusedException {
        String term = query.getOrDefault("by", "stack");
        return ProfileFormat.Grouping.of(term)
                .orElseThrow(() ->
                        new RefusedException("by: is one of " + ProfileFormat.Grouping.terms() + ", not " + term));
    }

    private static Map<String, String> query(Exchange exchange) throws RefusedException {
        try {
            Map<String, String> query = new TreeMap<>();
            Query.parse(exchange.rawQuery()).pairs().forEach(pair -> query.put(pair.name(), pair.rawValue()));
            return query;
        } catch (IllegalArgumentException _) {
            throw new RefusedException("the query cannot be read");
        }
    }

    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        private final String detail;

        RefusedException(String detail) {
            super(detail);
            this.detail = detail;
        }
    }
}
