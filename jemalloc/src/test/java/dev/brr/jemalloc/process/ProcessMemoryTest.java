package dev.brr.jemalloc.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessMemoryTest {

    private static final String UNIFIED = "30 25 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw\n";
    private static final String SPLIT = """
            32 30 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            33 30 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct
            """;

    @TempDir
    private Path root;

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            536870912 | 100000 100000 | 536870912 | 1000
            536870912 | 50000 100000  | 536870912 | 500
            536870912 | 150000 100000 | 536870912 | 1500
            536870912 | 33333 100000  | 536870912 | 334
            536870912 | 1000 100000   | 536870912 | 10
            max       | max 100000    | -         | -
            max       | 25000 50000   | -         | 500
            1         | max 100000    | 1         | -
            -         | -             | -         | -
            nonsense  | 5 x           | -         | -
            12kB      | 100000        | -         | -
            536870912 | 100000 0      | 536870912 | -
            """)
    void aContainerOfVersion2HasItsLimitsInOneFolder(
            @Nullable String memoryMax,
            @Nullable String cpuMax,
            @Nullable Long memoryBytes,
            @Nullable Integer cpuMillicores)
            throws IOException {
        // given
        write("proc/self/cgroup", "0::/\n");
        write("proc/self/mountinfo", UNIFIED);
        write("sys/fs/cgroup/memory.max", memoryMax);
        write("sys/fs/cgroup/cpu.max", cpuMax);

        // when
        CgroupLimits limits = ProcessMemory.below(root).limits();

        // then
        assertThat(limits).isEqualTo(limits(memoryBytes, cpuMillicores));
    }

    @ParameterizedTest(name = "{0} and {1} of {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            536870912           | 200000 | 100000 | 536870912 | 2000
            9223372036854771712 | -1     | 100000 | -         | -
            9223372036854771712 | 10000  | 100000 | -         | 100
            536870912           | 0      | 100000 | 536870912 | -
            536870912           | 10000  | -      | 536870912 | -
            -1                  | -1     | -1     | -         | -
            """)
    void aContainerOfVersion1HasItsLimitsInTwoTrees(
            String memory,
            String quota,
            @Nullable String period,
            @Nullable Long memoryBytes,
            @Nullable Integer cpuMillicores)
            throws IOException {
        // given
        write("proc/self/cgroup", "5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n");
        write("proc/self/mountinfo", SPLIT);
        write("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", memory);
        write("sys/fs/cgroup/cpu/docker/abc/cpu.cfs_quota_us", quota);
        write("sys/fs/cgroup/cpu/docker/abc/cpu.cfs_period_us", period);

        // when
        CgroupLimits limits = ProcessMemory.below(root).limits();

        // then
        assertThat(limits).isEqualTo(limits(memoryBytes, cpuMillicores));
    }

    @Test
    void theLeastLimitOnTheWayUpCounts() throws IOException {
        // given
        write("proc/self/cgroup", "0::/kubepods/pod/container\n");
        write("proc/self/mountinfo", UNIFIED);
        write("sys/fs/cgroup/kubepods/pod/container/memory.max", "max");
        write("sys/fs/cgroup/kubepods/pod/container/cpu.max", "200000 100000");
        write("sys/fs/cgroup/kubepods/pod/memory.max", "1000000");
        write("sys/fs/cgroup/kubepods/pod/cpu.max", "max 100000");
        write("sys/fs/cgroup/kubepods/memory.max", "9000000");
        write("sys/fs/cgroup/kubepods/cpu.max", "150000 100000");

        // when
        CgroupLimits limits = ProcessMemory.below(root).limits();

        // then
        assertThat(limits).isEqualTo(limits(1_000_000L, 1500));
    }

    @Test
    void whereThereIsNoProcNothingIsKnown() {
        // given
        ProcessMemory memory = ProcessMemory.below(root);

        // then
        assertThat(memory.status()).isEmpty();
        assertThat(memory.limits()).isEqualTo(CgroupLimits.none());
    }

    @Test
    void aChangedLimitIsSeen() throws IOException {
        // given
        write("proc/self/cgroup", "0::/\n");
        write("proc/self/mountinfo", UNIFIED);
        write("sys/fs/cgroup/memory.max", "1000");
        ProcessMemory memory = ProcessMemory.below(root);
        assertThat(memory.limits().memoryBytes()).hasValue(1000);

        // when
        write("sys/fs/cgroup/memory.max", "2000");

        // then
        assertThat(memory.limits().memoryBytes()).hasValue(2000);
    }

    @Test
    void thisProcessHasAStatusAndItsLimitsCanBeAskedFor() {
        // given
        ProcessMemory memory = ProcessMemory.ofThisProcess();

        // then
        assertThat(memory.status()).isPresent();
        assertThat(memory.limits().memoryBytes().orElse(Long.MAX_VALUE)).isGreaterThan(50L << 20);
    }

    private static CgroupLimits limits(@Nullable Long memoryBytes, @Nullable Integer cpuMillicores) {
        return new CgroupLimits(
                memoryBytes == null ? OptionalLong.empty() : OptionalLong.of(memoryBytes),
                cpuMillicores == null ? OptionalInt.empty() : OptionalInt.of(cpuMillicores));
    }

    private void write(String file, @Nullable String text) throws IOException {
        if (text != null) {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text + (text.endsWith("\n") ? "" : "\n"));
        }
    }
}
