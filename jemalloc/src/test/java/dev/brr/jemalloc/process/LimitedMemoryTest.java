package dev.brr.jemalloc.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitedMemoryTest {

    private static final String STAT_V2 = "anon 300\nfile 160\ninactive_file 100\nactive_file 50\nslab 7\n";
    private static final String STAT_V1 =
            "inactive_file 1\nactive_file 2\ntotal_inactive_file 100\ntotal_active_file 50\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void version2CountsWhatTheKernelCannotTakeBack() throws IOException {
        // given
        version2("1000", "600", STAT_V2);
        // when
        LimitedMemory found = LimitedMemory.find(ProcessMemory.below(root), OptionalLong.empty());
        // then
        assertThat(reading(found)).isEqualTo(new MemoryReading(1000, 450));
    }

    @Test
    void version1CountsTheSumsOverTheFoldersBelow() throws IOException {
        // given
        write("proc/self/cgroup", "5:memory:/kubepods/pod1\n");
        write("proc/self/mountinfo", "32 30 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n");
        write("sys/fs/cgroup/memory/kubepods/memory.limit_in_bytes", "9223372036854771712");
        write("sys/fs/cgroup/memory/kubepods/pod1/memory.limit_in_bytes", "1000");
        write("sys/fs/cgroup/memory/kubepods/pod1/memory.usage_in_bytes", "600\n");
        write("sys/fs/cgroup/memory/kubepods/pod1/memory.stat", STAT_V1);
        // when
        LimitedMemory found = LimitedMemory.find(ProcessMemory.below(root), OptionalLong.empty());
        // then
        assertThat(reading(found)).isEqualTo(new MemoryReading(1000, 450));
    }

    @Test
    void theLeastLimitCountsWithTheUseOfItsOwnGroup() throws IOException {
        // given
        write("proc/self/cgroup", "0::/pod/container\n");
        write("proc/self/mountinfo", "30 25 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw\n");
        write("sys/fs/cgroup/pod/memory.max", "1000");
        write("sys/fs/cgroup/pod/memory.current", "700");
        write("sys/fs/cgroup/pod/container/memory.max", "5000");
        write("sys/fs/cgroup/pod/container/memory.current", "300");
        // when
        LimitedMemory found = LimitedMemory.find(ProcessMemory.below(root), OptionalLong.empty());
        // then
        assertThat(reading(found)).isEqualTo(new MemoryReading(1000, 700));
    }

    @Test
    void aLimitThatChangesIsReadAnew() throws IOException {
        // given
        version2("1000", "600", STAT_V2);
        LimitedMemory found = LimitedMemory.find(ProcessMemory.below(root), OptionalLong.empty());
        // when
        version2("2000", "900", STAT_V2);
        // then
        assertThat(reading(found)).isEqualTo(new MemoryReading(2000, 750));
    }

    @Test
    void aLimitThatIsTakenAwayLeavesNothingToRead() throws IOException {
        // given
        version2("1000", "600", STAT_V2);
        LimitedMemory found = LimitedMemory.find(ProcessMemory.below(root), OptionalLong.empty());
        // when
        version2("max", "900", STAT_V2);
        // then
        assertThat(((LimitedMemory.Limited) found).read()).isEmpty();
    }

    @ParameterizedTest(name = "group {0}, configured {1}: limit {2}, used {3}")
    @CsvSource(textBlock = """
            1000, 2000, 1000, 450
            1000, 1000, 1000, 450
            1000,  900,  900, 4096
            max,   900,  900, 4096
            0,     900,  900, 4096
            nonsense, 900, 900, 4096
            """)
    void aConfiguredLimitCountsWhereItIsLessAndIsComparedWithRss(String group, long configured, long limit, long used)
            throws IOException {
        // given
        version2(group, "600", STAT_V2);
        write("proc/self/status", "VmSize:\t 9 kB\nVmHWM:\t 5 kB\nVmRSS:\t 4 kB\n");
        // when
        LimitedMemory found = LimitedMemory.find(ProcessMemory.below(root), OptionalLong.of(configured));
        // then
        assertThat(reading(found)).isEqualTo(new MemoryReading(limit, used));
    }

    @Test
    void withoutAnyLimitThereIsAReason() {
        // given
        ProcessMemory nothing = ProcessMemory.below(root);
        // when
        LimitedMemory found = LimitedMemory.find(nothing, OptionalLong.empty());
        // then
        assertThat(found)
                .isEqualTo(new LimitedMemory.Unlimited(
                        "no control group of the process has a memory limit, and none is configured"));
    }

    @ParameterizedTest(name = "usage {0}, statistics {1}: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            600, 'inactive_file 100',                   500
            600, 'active_file 100',                     500
            600, 'inactive_file 700',                   0
            600, '',                                    600
            600, 'inactive_file x',                     600
            600, 'total_inactive_file 100',             600
            600, 'inactive_file_more 100',              600
            600, 'inactive_file 9999999999999999999',   600
            """)
    void whatTheStatisticsDoNotSayIsNotTakenOff(String usage, String stat, long used) throws IOException {
        // given
        version2("1000", usage, stat);
        // when
        LimitedMemory found = LimitedMemory.find(ProcessMemory.below(root), OptionalLong.empty());
        // then
        assertThat(reading(found).used()).isEqualTo(used);
    }

    @Property
    void aShareIsExactForAnyLimit(
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long limit, @ForAll @IntRange(max = 100) int percent) {
        // given
        MemoryReading reading = new MemoryReading(limit, 0);
        // when
        long share = reading.share(percent);
        // then
        assertThat(share)
                .isEqualTo(BigInteger.valueOf(limit)
                        .multiply(BigInteger.valueOf(percent))
                        .divide(BigInteger.valueOf(100))
                        .longValueExact());
    }

    @ParameterizedTest
    @CsvSource({"0", "-1"})
    void aLimitOfNothingIsRefused(long limit) {
        // given
        // when
        // then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryReading(limit, 1))
                .withMessageContaining("limit");
    }

    private static MemoryReading reading(LimitedMemory found) {
        return ((LimitedMemory.Limited) found).read().orElseThrow();
    }

    private void version2(String max, String current, String stat) throws IOException {
        write("proc/self/cgroup", "0::/\n");
        write("proc/self/mountinfo", "30 25 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw\n");
        write("sys/fs/cgroup/memory.max", max);
        write("sys/fs/cgroup/memory.current", current);
        write("sys/fs/cgroup/memory.stat", stat);
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
