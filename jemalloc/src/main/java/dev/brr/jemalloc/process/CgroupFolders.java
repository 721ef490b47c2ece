package dev.brr.jemalloc.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the folders in which the limits of a process stand, cgroups(7).
 *
 * @param version 1 or 2, which decides the names of the files in them
 * @param folders from the process's own up to the top of what it can see; the least limit of all counts
 */
record CgroupFolders(int version, List<Path> folders) {

    CgroupFolders {
        folders = List.copyOf(folders);
    }

    /** One line of {@code /proc/self/cgroup}: {@code 4:memory:/pod}, or {@code 0::/pod} of version 2. */
    private record Membership(List<String> controllers, String path) {}

    /** One line of {@code /proc/self/mountinfo}, proc_pid_mountinfo(5). */
    private record Mount(String root, String point, String type, List<String> options) {}

    /**
     * Finds the folders of a controller. Version 1 goes first: where both are mounted, a controller is in one only.
     *
     * @param controller {@code memory} or {@code cpu}
     */
    static Optional<CgroupFolders> find(String selfCgroup, String mountinfo, String controller) {
        List<Membership> memberships = memberships(selfCgroup);
        List<Mount> mounts = mounts(mountinfo);
        Optional<Membership> first = memberships.stream()
                .filter(membership -> membership.controllers().contains(controller))
                .findFirst();
        if (first.isPresent()) {
            return mounts.stream()
                    .filter(mount ->
                            mount.type().equals("cgroup") && mount.options().contains(controller))
                    .findFirst()
                    .map(mount ->
                            new CgroupFolders(1, upwards(mount, first.get().path())));
        }
        Optional<Membership> unified = memberships.stream()
                .filter(membership -> membership.controllers().equals(List.of("")))
                .findFirst();
        return mounts.stream()
                .filter(mount -> unified.isPresent() && mount.type().equals("cgroup2"))
                .findFirst()
                .map(mount -> new CgroupFolders(
                        2, upwards(mount, unified.orElseThrow().path())));
    }

    /** Lists the folders from the process's up to the mount point; just the mount point where it lies outside. */
    private static List<Path> upwards(Mount mount, String path) {
        Path top = Path.of(mount.point());
        Path root = Path.of(mount.root());
        Path own = Path.of(path).normalize();
        List<Path> folders = new ArrayList<>();
        if (own.startsWith(root)) {
            Path below = root.relativize(own);
            for (int depth = below.getNameCount(); depth > 0; depth--) {
                folders.add(top.resolve(below.subpath(0, depth)).normalize());
            }
        }
        if (!folders.contains(top)) {
            folders.add(top);
        }
        return folders;
    }

    private static List<Membership> memberships(String selfCgroup) {
        return selfCgroup
                .lines()
                .map(line -> line.split(":", 3))
                .filter(fields -> fields.length == 3)
                .map(fields -> new Membership(Arrays.asList(fields[1].split(",", -1)), fields[2]))
                .toList();
    }

    private static List<Mount> mounts(String mountinfo) {
        List<Mount> mounts = new ArrayList<>();
        mountinfo.lines().forEach(line -> {
            List<String> fields = Arrays.asList(line.split(" ", -1));
            int dash = fields.indexOf("-");
            if (dash >= 5 && fields.size() >= dash + 4) {
                mounts.add(new Mount(
                        fields.get(3),
                        fields.get(4),
                        fields.get(dash + 1),
                        Arrays.asList(fields.get(dash + 3).split(",", -1))));
            }
        });
        return mounts;
    }
}
