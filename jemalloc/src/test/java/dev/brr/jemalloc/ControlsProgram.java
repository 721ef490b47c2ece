package dev.brr.jemalloc;

import dev.brr.jemalloc.conf.ControlType;
import java.util.function.Supplier;

/** Reads, writes and misuses controls and prints what comes of it. */
final class ControlsProgram {

    private ControlsProgram() {}

    public static void main(String[] arguments) {
        Jemalloc.Loaded jemalloc = (Jemalloc.Loaded) Jemalloc.probe();
        Mallctl mallctl = jemalloc.mallctl();
        System.out.println("boolean=" + mallctl.readBoolean("opt.background_thread"));
        System.out.println("unsigned=" + mallctl.readUnsigned("opt.narenas"));
        System.out.println("size=" + mallctl.readSize("opt.tcache_max"));
        System.out.println("signed=" + mallctl.readSigned("opt.dirty_decay_ms"));
        System.out.println("string=" + mallctl.readString("opt.metadata_thp"));
        System.out.println("fixed_point="
                + mallctl.readText("opt.hpa_dirty_mult", ControlType.FIXED_POINT)
                        .orElse("?"));
        System.out.println("by_mib=" + mallctl.read(mallctl.mib("opt.narenas"), ControlType.UNSIGNED));
        System.out.println("mib_name=" + mallctl.mib("arena.0.purge"));
        System.out.println("not_built_in=" + mallctl.readText("opt.utrace", ControlType.BOOL));
        System.out.println("unheard_of=" + mallctl.readText("opt.foo", ControlType.BOOL));
        writes(jemalloc);
        mistakes(mallctl);
    }

    private static void writes(Jemalloc.Loaded jemalloc) {
        Mallctl mallctl = jemalloc.mallctl();
        mallctl.writeSigned("arenas.dirty_decay_ms", 1234);
        mallctl.writeSigned("arena.0.dirty_decay_ms", -1);
        System.out.println("decay_of_new_arenas=" + mallctl.readSigned("arenas.dirty_decay_ms"));
        System.out.println("decay_of_arena_0=" + mallctl.readSigned("arena.0.dirty_decay_ms"));
        System.out.println("decay_at_start=" + jemalloc.effectiveOptions().get("dirty_decay_ms"));
        System.out.println("background_before=" + jemalloc.backgroundThread());
        mallctl.writeBoolean("background_thread", true);
        System.out.println("background_after=" + jemalloc.backgroundThread());
        mallctl.writeSize("max_background_threads", 2);
        System.out.println("background_threads_max=" + mallctl.readSize("max_background_threads"));
        System.out.println("prof_before=" + jemalloc.profActive());
        mallctl.writeBoolean("prof.active", true);
        System.out.println("prof_after=" + jemalloc.profActive());
        mallctl.call("arena.4096.purge");
        System.out.println("dirty_after_purge=" + jemalloc.stats().dirty());
        mallctl.writeUnsigned("thread.arena", 1);
        System.out.println("arena_of_thread=" + mallctl.readUnsigned("thread.arena"));
    }

    private static void mistakes(Mallctl mallctl) {
        mistake("too_small", () -> mallctl.readUnsigned("stats.allocated"));
        mistake("too_large", () -> mallctl.readSize("opt.narenas"));
        mistake("no_boolean", () -> mallctl.readBoolean("opt.narenas"));
        mistake("unknown", () -> mallctl.readSize("stats.nothing"));
        mistake("empty", () -> mallctl.readSize(""));
        mistake("not_a_leaf", () -> mallctl.readSize("stats"));
        mistake("too_deep", () -> mallctl.readSize("stats.arenas.0.bins.0.mutex.num_ops.x.y.z"));
        mistake("no_such_arena", () -> mallctl.readSize("stats.arenas.77.pdirty"));
        mistake("read_only", () -> {
            mallctl.writeUnsigned("opt.narenas", 7);
            return "written";
        });
        mistake("all_arenas", () -> {
            mallctl.writeSigned("arena.4096.dirty_decay_ms", 7);
            return "written";
        });
        mistake("call_a_value", () -> {
            mallctl.writeSize("arena.0.purge", 7);
            return "called";
        });
        mistake("call_nothing", () -> {
            mallctl.call("arena.0.nothing");
            return "called";
        });
        valuesThatJemallocDoesNotLookAt(mallctl);
    }

    /** Each of them ended the process, or was taken for another value. */
    private static void valuesThatJemallocDoesNotLookAt(Mallctl mallctl) {
        mistake("text_of_a_number", () -> mallctl.readString("stats.allocated"));
        write("text_to_hooks", () -> mallctl.writeString("arena.0.extent_hooks", "x".repeat(64)));
        write("text_with_nul", () -> mallctl.writeString("arena.0.dss", "primary\0x"));
        write("number_to_text", () -> mallctl.writeSize("arena.0.dss", 5));
        write("number_to_hooks", () -> mallctl.writeSize("arena.0.extent_hooks", 5));
        write("beyond_unsigned", () -> mallctl.writeUnsigned("thread.arena", 1L << 32));
        write("below_unsigned", () -> mallctl.writeUnsigned("thread.arena", -1));
        write("no_threads", () -> mallctl.writeSize("max_background_threads", 0));
        write("too_many_threads", () -> mallctl.writeSize("max_background_threads", -1));
        write("sample_too_far", () -> mallctl.writeSize("prof.reset", 64));
        write("decay_below", () -> mallctl.writeSigned("arenas.dirty_decay_ms", -2));
        mistake("name_with_nul", () -> mallctl.readSize("epoch\0x"));
    }

    private static void write(String key, Runnable write) {
        mistake(key, () -> {
            write.run();
            return "written";
        });
    }

    private static void mistake(String key, Supplier<Object> misuse) {
        try {
            System.out.println(key + "=" + misuse.get());
        } catch (MallctlException e) {
            System.out.println(key + "="
                    + (e.errnoName() + " " + e.errno() + " [" + e.control() + "] " + e.getMessage())
                            .replace("\0", "\\0"));
        }
    }
}
