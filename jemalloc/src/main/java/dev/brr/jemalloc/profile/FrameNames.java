package dev.brr.jemalloc.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names the words of a dump's stacks, each once. */
final class FrameNames {

    private static final int INDEX_SHIFT = 48;
    private static final long METHOD_MASK = (1L << INDEX_SHIFT) - 1;
    private static final int NO_INDEX = 0xFFFF;
    private static final int OPERATION = 0xFFFE;
    private static final StackFrame UNLOADED = new StackFrame("[unloaded class]", "", 0, StackFrame.Kind.JAVA);

    private final NativeNames natives;
    private final Methods methods;
    private final Map<Long, StackFrame> known = new HashMap<>();

    FrameNames(NativeNames natives, Methods methods) {
        this.natives = natives;
        this.methods = methods;
    }

    /** Knows the methods of this process by jmethodID. */
    interface Methods {
        /** Returns {@code Lpackage/Class;}, method and source file, parted by tabs. */
        Optional<String> describe(long method);

        /** Returns a source line, 0 where it is not known. */
        int line(long method, int bytecodeIndex);

        /** Returns the operation of a number. */
        Optional<String> operation(long number);
    }

    /** The allocator, and the hook that it calls: they are innermost in every stack, and say nothing. */
    private static final Pattern ALLOCATOR = Pattern.compile("libjemalloc.*|libbrrprof\\.so");

    /** What the JVM numbers hidden classes with: another number in each process, for the same lambda. */
    private static final Pattern HIDDEN = Pattern.compile("\\.0x[0-9a-f]+$");

    /**
     * Names a stack.
     *
     * @return its frames, innermost first and without those of the allocator itself, and the operation
     */
    NamedStack name(long[] words) {
        List<StackFrame> frames = new ArrayList<>(words.length);
        String operation = "";
        for (long word : words) {
            if (word >>> INDEX_SHIFT == OPERATION) {
                operation = methods.operation(word & METHOD_MASK).orElse("");
            } else {
                frames.add(known.computeIfAbsent(word, this::name));
            }
        }
        return new NamedStack(List.copyOf(withoutAllocator(frames)), operation);
    }

    /** Keeps the outermost frame where there is no other. */
    private static List<StackFrame> withoutAllocator(List<StackFrame> frames) {
        int first = 0;
        while (first < frames.size() - 1
                && frames.get(first).kind() == StackFrame.Kind.NATIVE
                && ALLOCATOR.matcher(frames.get(first).file()).matches()) {
            first++;
        }
        return frames.subList(first, frames.size());
    }

    record NamedStack(List<StackFrame> frames, String operation) {}

    private StackFrame name(long word) {
        return isJava(word) ? java(word) : natives.name(word);
    }

    private static boolean isJava(long word) {
        return word >>> INDEX_SHIFT != 0;
    }

    private StackFrame java(long word) {
        long method = word & METHOD_MASK;
        Optional<String> described = methods.describe(method);
        if (described.isEmpty()) {
            return UNLOADED;
        }
        int index = (int) (word >>> INDEX_SHIFT);
        String[] parts = described.get().split("\t", 3);
        String type = HIDDEN.matcher(
                        parts[0].substring(1, parts[0].length() - 1).replace('/', '.'))
                .replaceFirst("");
        int line = index == NO_INDEX ? 0 : methods.line(method, index - 1);
        return new StackFrame(type + "." + parts[1], parts[2], line, StackFrame.Kind.JAVA);
    }
}
