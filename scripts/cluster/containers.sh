# Shell functions (source it, after layout.sh and node.sh): the containers of the cluster, ended without asking containerd.

# Asks what runs in our cgroups to end, then ends it and the shims that watched over it. Nothing that it holds outlives
# the cluster, so a second is enough.
end_containers() {
    local pids
    pids=$(_container_pids)
    if [ -n "$pids" ]; then
        kill $pids 2>/dev/null || true
        wait_until 1 _no_containers || true
    fi
    pids="$(_container_pids) $(_shim_pids)"
    [ -z "${pids// /}" ] || kill -9 $pids 2>/dev/null || true
    wait_until 10 _no_containers || true
}

remove_cgroups() {
    local hierarchy
    for hierarchy in $(cgroup_hierarchies); do
        [ -d "$hierarchy/$CGROUP" ] || continue
        find "$hierarchy/$CGROUP" -depth -type d -exec rmdir {} + 2>/dev/null || true
    done
}

unmount_state() {
    local mount
    # Twice at most: below a mount that was shared there may be another.
    for mount in $(leftover_mounts) $(leftover_mounts); do
        umount "$mount" 2>/dev/null || umount -l "$mount" 2>/dev/null || true
    done
}

leftover_processes() {
    local pid
    for pid in $(_container_pids) $(marked_processes); do
        printf '%s (%s)\n' "$pid" "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | cut -c1-80)"
    done
}

# The deepest first.
leftover_mounts() {
    awk -v state="$BRR_STATE/" 'index($5, state) == 1 || index($5, "/var/lib/kubelet/pods/") == 1 { print $5 }' \
        /proc/self/mountinfo | sort -ru
}

leftover_cgroups() {
    local hierarchy
    for hierarchy in $(cgroup_hierarchies); do
        [ ! -d "$hierarchy/$CGROUP" ] || printf '%s\n' "$hierarchy/$CGROUP"
    done
}

_container_pids() {
    local hierarchy
    for hierarchy in $(cgroup_hierarchies); do
        [ ! -d "$hierarchy/$CGROUP" ] || find "$hierarchy/$CGROUP" -name cgroup.procs -exec cat {} + 2>/dev/null || true
    done | sort -un | grep -vx 0 || true
}

_shim_pids() {
    local pid
    for pid in $(marked_processes); do
        ! grep -qsx 'containerd-shim' "/proc/$pid/comm" || printf '%s\n' "$pid"
    done
}

_no_containers() { [ -z "$(_container_pids)$(_shim_pids)" ]; }
