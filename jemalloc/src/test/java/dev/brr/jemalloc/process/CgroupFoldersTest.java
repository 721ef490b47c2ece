package dev.brr.jemalloc.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupFoldersTest {

    private static final String UNIFIED_MOUNT = """
            1 0 0:30 / / rw,relatime - overlay overlay rw,lowerdir=/a
            24 1 0:22 / /proc rw,nosuid - proc proc rw
            30 25 0:26 / /sys/fs/cgroup ro,nosuid,nodev shared:4 - cgroup2 cgroup rw,nsdelegate
            """;

    private static final String SPLIT_MOUNTS = """
            30 25 0:26 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755
            31 30 0:27 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd
            32 30 0:28 / /sys/fs/cgroup/memory rw,nosuid master:9 - cgroup cgroup rw,memory
            33 30 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid - cgroup cgroup rw,cpu,cpuacct
            34 30 0:31 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
            """;

    @Test
    void inAContainersOwnNamespaceItIsTheMountPoint() {
        assertThat(CgroupFolders.find("0::/\n", UNIFIED_MOUNT, "memory"))
                .contains(new CgroupFolders(2, paths("/sys/fs/cgroup").toList()));
    }

    @Test
    void onAHostEveryFolderUpToTheTopCounts() {
        assertThat(CgroupFolders.find("0::/kubepods.slice/pod1/c1\n", UNIFIED_MOUNT, "cpu"))
                .contains(new CgroupFolders(
                        2,
                        paths(
                                        "/sys/fs/cgroup/kubepods.slice/pod1/c1",
                                        "/sys/fs/cgroup/kubepods.slice/pod1",
                                        "/sys/fs/cgroup/kubepods.slice",
                                        "/sys/fs/cgroup")
                                .toList()));
    }

    @Test
    void aMountOfAPartShowsThePathBelowIt() {
        // given
        String mountinfo = "30 25 0:26 /kubepods/pod1 /sys/fs/cgroup ro - cgroup2 cgroup rw\n";

        // then
        assertThat(CgroupFolders.find("0::/kubepods/pod1/c1\n", mountinfo, "memory"))
                .map(CgroupFolders::folders)
                .contains(paths("/sys/fs/cgroup/c1", "/sys/fs/cgroup").toList());
        assertThat(CgroupFolders.find("0::/kubepods/pod1\n", mountinfo, "memory"))
                .map(CgroupFolders::folders)
                .contains(paths("/sys/fs/cgroup").toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0::/elsewhere\n", "0::/../other\n", "0::/kubepods\n"})
    void outsideOfWhatIsMountedTheMountPointIsAllThereIs(String selfCgroup) {
        assertThat(CgroupFolders.find(
                        selfCgroup, "30 25 0:26 /kubepods/pod1 /sys/fs/cgroup ro - cgroup2 cgroup rw\n", "memory"))
                .map(CgroupFolders::folders)
                .contains(paths("/sys/fs/cgroup").toList());
    }

    @Test
    void version1HasATreeForEachController() {
        // given
        String selfCgroup = "5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n1:name=systemd:/docker/abc\n0::/x\n";

        // then
        assertThat(CgroupFolders.find(selfCgroup, SPLIT_MOUNTS, "memory"))
                .contains(new CgroupFolders(
                        1,
                        paths(
                                        "/sys/fs/cgroup/memory/docker/abc",
                                        "/sys/fs/cgroup/memory/docker",
                                        "/sys/fs/cgroup/memory")
                                .toList()));
        assertThat(CgroupFolders.find(selfCgroup, SPLIT_MOUNTS, "cpu"))
                .map(found -> found.folders().getFirst())
                .contains(Path.of("/sys/fs/cgroup/cpu,cpuacct/docker/abc"));
    }

    @Test
    void aControllerThatVersion1DoesNotHaveIsThatOfVersion2() {
        assertThat(CgroupFolders.find("1:name=systemd:/a\n0::/a\n", SPLIT_MOUNTS, "memory"))
                .contains(new CgroupFolders(
                        2,
                        paths("/sys/fs/cgroup/unified/a", "/sys/fs/cgroup/unified")
                                .toList()));
    }

    @Test
    void aControllerOfVersion1ThatIsNotMountedIsNotFound() {
        assertThat(CgroupFolders.find("5:memory:/a\n", UNIFIED_MOUNT, "memory")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "a:b", "7:pids:/x"})
    void withoutAMembershipThereIsNone(String selfCgroup) {
        assertThat(CgroupFolders.find(selfCgroup, UNIFIED_MOUNT, "memory")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "1 2 3 4 5", "30 25 0:26 / /sys/fs/cgroup ro - cgroup2", " - - - "})
    void withoutAMountThereIsNone(String mountinfo) {
        assertThat(CgroupFolders.find("0::/\n", mountinfo, "memory")).isEmpty();
    }

    private static Stream<Path> paths(String... paths) {
        return Stream.of(paths).map(Path::of);
    }
}
