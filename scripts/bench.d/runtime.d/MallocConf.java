import dev.brr.jemalloc.conf.CpuLimit;
import dev.brr.jemalloc.conf.Preset;

/** Prints the MALLOC_CONF of a preset for so many CPUs; arguments: preset, CPUs. */
final class MallocConf {
    public static void main(String[] arguments) {
        System.out.println(Preset.of(arguments[0]).orElseThrow().conf(CpuLimit.ofMillicores(1000 * Integer.parseInt(arguments[1]))));
    }
}
