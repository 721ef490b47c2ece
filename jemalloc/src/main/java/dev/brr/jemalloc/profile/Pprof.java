package dev.brr.jemalloc.profile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the format of pprof: gzipped protobuf, as {@code profile.proto} of github.com/google/pprof numbers its fields.
 *
 * <p>Frames are named here, so no binary is needed to read it. The operation is the label {@code operation} of a sample.
 */
public final class Pprof {

    private static final long PROCESS = 1;

    private final Map<String, Long> strings = new LinkedHashMap<>();
    private final Map<StackFrame, Long> locations = new HashMap<>();
    private final Map<String, Long> functions = new HashMap<>();
    private final Protobuf file = new Protobuf();

    private Pprof() {
        strings.put("", 0L);
    }

    /** Writes a profile. */
    public static byte[] write(HeapProfile profile) {
        Pprof pprof = new Pprof();
        pprof.put(profile);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(pprof.file.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private void put(HeapProfile profile) {
        file.message(1, valueType("inuse_objects", "count"));
        file.message(1, valueType("inuse_space", "bytes"));
        for (HeapProfile.Stack stack : profile.stacks()) {
            file.message(2, sample(stack));
        }
        file.message(3, process());
        file.number(
                9,
                profile.taken().getEpochSecond() * 1_000_000_000L
                        + profile.taken().getNano());
        file.message(11, valueType("space", "bytes"));
        file.number(12, profile.sampleBytes());
        file.number(14, string("inuse_space"));
        strings.keySet().forEach(text -> file.string(6, text));
    }

    /** One mapping for all, which says that every frame is named and no binary has to be looked for. */
    private Protobuf process() {
        return new Protobuf()
                .number(1, PROCESS)
                .number(5, string("java"))
                .number(7, 1)
                .number(8, 1)
                .number(9, 1);
    }

    private Protobuf valueType(String type, String unit) {
        return new Protobuf().number(1, string(type)).number(2, string(unit));
    }

    private Protobuf sample(HeapProfile.Stack stack) {
        Protobuf sample = new Protobuf();
        stack.frames().forEach(frame -> sample.number(1, location(frame)));
        sample.number(2, stack.objects()).number(2, stack.bytes());
        if (!stack.operation().isEmpty()) {
            sample.message(3, new Protobuf().number(1, string("operation")).number(2, string(stack.operation())));
        }
        return sample;
    }

    private long location(StackFrame frame) {
        Long known = locations.get(frame);
        if (known != null) {
            return known;
        }
        long id = locations.size() + 1L;
        locations.put(frame, id);
        Protobuf line = new Protobuf().number(1, function(frame)).number(2, frame.line());
        file.message(4, new Protobuf().number(1, id).number(2, PROCESS).message(4, line));
        return id;
    }

    private long function(StackFrame frame) {
        String key = frame.name() + "\n" + frame.file();
        Long known = functions.get(key);
        if (known != null) {
            return known;
        }
        long id = functions.size() + 1L;
        functions.put(key, id);
        long name = string(frame.name());
        file.message(
                5, new Protobuf().number(1, id).number(2, name).number(3, name).number(4, string(frame.file())));
        return id;
    }

    private long string(String text) {
        return strings.computeIfAbsent(text, _ -> (long) strings.size());
    }
}
