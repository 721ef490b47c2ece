package dev.brr.jemalloc.profile;

/** Writes one line a stack, outermost frame first, parted by semicolons, then the bytes: what flame graph tools read. */
public final class CollapsedStacks {

    private CollapsedStacks() {}

    /** Writes a profile; the operation, where there is one, is the outermost frame. */
    public static String write(HeapProfile profile) {
        StringBuilder text = new StringBuilder();
        for (HeapProfile.Stack stack : profile.stacks()) {
            if (!stack.operation().isEmpty()) {
                text.append(clean(stack.operation())).append(";");
            }
            for (StackFrame frame : stack.frames().reversed()) {
                text.append(clean(frame.name())).append(';');
            }
            if (!stack.frames().isEmpty() || !stack.operation().isEmpty()) {
                text.setLength(text.length() - 1);
            } else {
                text.append("[unknown]");
            }
            text.append(' ').append(stack.bytes()).append('\n');
        }
        return text.toString();
    }

    /** Semicolons part frames and line ends part stacks. */
    private static String clean(String name) {
        return name.replace(';', ':').replace('\n', ' ').replace('\r', ' ');
    }
}
