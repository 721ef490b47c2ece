package dev.brr.runtime.profiling;

import dev.brr.jemalloc.profile.AllocationClass;
import dev.brr.jemalloc.profile.CollapsedStacks;
import dev.brr.jemalloc.profile.FlameGraph;
import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.jemalloc.profile.Pprof;
import dev.brr.jemalloc.profile.StackFrame;
import dev.brr.runtime.contract.Json;
import dev.brr.runtime.dispatch.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a profile as one asks for it. */
enum ProfileFormat {
    PPROF("pprof"),
    COLLAPSED("collapsed"),
    HTML("html"),
    JSON("json");

    private final String term;

    ProfileFormat(String term) {
        this.term = term;
    }

    static Optional<ProfileFormat> of(String term) {
        return Arrays.stream(values()).filter(each -> each.term.equals(term)).findFirst();
    }

    static String terms() {
        return Arrays.stream(values()).map(each -> each.term).collect(Collectors.joining(", "));
    }

    /** Writes what is in use. */
    Reply reply(HeapProfile profile, String title, ProfileSource source) {
        return reply(profile, title, source, FlameGraph::page);
    }

    /** Writes what came between two profiles. */
    Reply difference(HeapProfile difference, String title, ProfileSource source) {
        return reply(difference, title, source, FlameGraph::differencePage);
    }

    private Reply reply(
            HeapProfile profile, String title, ProfileSource source, BiFunction<HeapProfile, String, String> page) {
        return switch (this) {
            case PPROF -> Reply.of(200, "application/octet-stream", Pprof.write(profile));
            case COLLAPSED -> text("text/plain; charset=utf-8", CollapsedStacks.write(drawn(profile)));
            case HTML ->
                text(
                        "text/html; charset=utf-8",
                        page.apply(
                                drawn(profile),
                                title + (source == ProfileSource.NATIVE_FRAMES ? ", native frames alone" : "")));
            case JSON -> Reply.of(200, "application/json", Json.MAPPER.writeValueAsBytes(fields(profile, source)));
        };
    }

    private static Reply text(String type, String text) {
        return Reply.of(200, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Where each operation has but one frame, its own name, the name is drawn once. */
    private static HeapProfile drawn(HeapProfile profile) {
        return new HeapProfile(
                profile.taken(),
                profile.sampleBytes(),
                profile.stacks().stream()
                        .map(stack -> stack.frames().size() == 1
                                        && stack.frames().getFirst().name().equals(stack.operation())
                                ? new HeapProfile.Stack(stack.frames(), "", stack.bytes(), stack.objects())
                                : stack)
                        .toList());
    }

    /** The profile as JSON has it. */
    static Map<String, Object> fields(HeapProfile profile, ProfileSource source) {
        return Map.of(
                "taken",
                profile.taken().toString(),
                "source",
                source.term(),
                "sampleBytes",
                profile.sampleBytes(),
                "bytes",
                profile.bytes(),
                "stacks",
                profile.stacks().stream()
                        .map(stack -> Map.of(
                                "operation",
                                stack.operation(),
                                "bytes",
                                stack.bytes(),
                                "objects",
                                stack.objects(),
                                "frames",
                                stack.frames().stream().map(StackFrame::name).toList()))
                        .toList());
    }

    /** What stacks are grouped under. */
    enum Grouping {
        STACK("stack"),
        OPERATION("operation"),
        ALLOCATION_CLASS("class-of-allocation");

        private final String term;

        Grouping(String term) {
            this.term = term;
        }

        static Optional<Grouping> of(String term) {
            return Arrays.stream(values())
                    .filter(each -> each.term.equals(term))
                    .findFirst();
        }

        static String terms() {
            return Arrays.stream(values()).map(each -> each.term).collect(Collectors.joining(", "));
        }

        /** The profile with one frame for each group. */
        HeapProfile group(HeapProfile profile) {
            return switch (this) {
                case STACK -> profile;
                case OPERATION -> grouped(profile, profile.by(HeapProfile.Stack::operation), HeapProfile.Share::name);
                case ALLOCATION_CLASS ->
                    grouped(
                            profile,
                            profile.by(stack -> AllocationClass.of(stack).label()),
                            _ -> "");
            };
        }

        private static HeapProfile grouped(
                HeapProfile profile, List<HeapProfile.Share> shares, Function<HeapProfile.Share, String> operation) {
            return new HeapProfile(
                    profile.taken(),
                    profile.sampleBytes(),
                    profile.resets(),
                    shares.stream()
                            .map(share -> new HeapProfile.Stack(
                                    List.of(new StackFrame(
                                            share.name().isEmpty() ? "no operation" : share.name(),
                                            "",
                                            0,
                                            StackFrame.Kind.JAVA)),
                                    operation.apply(share),
                                    share.bytes(),
                                    share.objects()))
                            .toList());
        }
    }
}
