package dev.brr.jemalloc;

/** Prints, for each small size class, {@code size=pages of a slab,shards}. */
public final class BinsProgram {

    private BinsProgram() {}

    public static void main(String[] arguments) {
        if (!(Jemalloc.probe() instanceof Jemalloc.Loaded loaded)) {
            throw new IllegalStateException("no jemalloc");
        }
        Mallctl mallctl = loaded.mallctl();
        long page = mallctl.readSize("arenas.page");
        for (long bin = 0; bin < mallctl.readUnsigned("arenas.nbins"); bin++) {
            String prefix = "arenas.bin." + bin + ".";
            System.out.println(mallctl.readSize(prefix + "size") + "=" + mallctl.readSize(prefix + "slab_size") / page
                    + "," + mallctl.readUnsigned(prefix + "nshards"));
        }
    }
}
