# Sources every part of the embedded cluster, and says what the cluster is as a whole.

. ../lib/log.sh
. ../lib/dirs.sh
. ../lib/jdk.sh
. ./versions.sh
. ./layout.sh
. ./config.sh
. ./processes.sh
. ./pki.sh
. ./network.sh
. ./control-plane.sh
. ./node.sh
. ./containers.sh
. ./addons.sh

# In the order in which they end.
PROCESSES=(kube-proxy kubelet kube-scheduler kube-controller-manager prometheus discovery coredns
    kube-apiserver containerd registry etcd)

# Folders outside the state folder that kubelet, containerd or the CNI plugins make; those that were not there before
# go again with the cluster.
FOREIGN_FOLDERS=(/var/lib/kubelet /var/log/containers /var/lib/cni /run/containerd)
FOREIGN_RECORD=$BRR_STATE/foreign-folders

record_foreign_folders() {
    [ ! -e "$FOREIGN_RECORD" ] || return 0
    local folder
    for folder in "${FOREIGN_FOLDERS[@]}"; do
        [ -e "$folder" ] || printf '%s\n' "$folder"
    done >"$FOREIGN_RECORD"
}

# One up or down at a time; daemons are started without descriptor 9.
lock_state() {
    mkdir -p "$BRR_STATE"
    exec 9>"$BRR_STATE/lock"
    flock -n 9 || { say "waiting for another scripts/up or scripts/down to end"; flock 9; }
}

# Says what is wrong with a cluster that was up once; says nothing of one that was not.
cluster_is_healthy() {
    local name check
    [ -r "$BRR_CLUSTER_ENV" ] && [ -x "$CRANE" ] || return 1
    for name in "${PROCESSES[@]}"; do
        is_running "$name" || { say "==> $name of the embedded cluster has ended"; return 1; }
    done
    for check in apiserver_ready registry_answers coredns_answers prometheus_answers node_ready; do
        "$check" >/dev/null 2>&1 || { say "==> the embedded cluster is not well: $check says no"; return 1; }
    done
}

cluster_left_something() {
    [ -n "$(recorded_processes)$(leftovers)" ] || [ -d "$BRR_STATE/etcd" ]
}

# leftovers: a line for each thing that a cluster of ours left on this machine.
leftovers() {
    leftover_processes | sed 's/^/process /'
    leftover_mounts | sed 's/^/mount /'
    leftover_links | sed 's/^/link /'
    leftover_chains | sed 's/^/firewall chain /'
    leftover_cgroups | sed 's/^/cgroup /'
}

write_cluster_env() {
    {
        printf 'BRR_KUBERNETES=embedded\n'
        printf 'KUBECONFIG=%s\n' "$ADMIN_CONF"
        printf 'BRR_REGISTRY=%s\n' "$REGISTRY"
        printf 'BRR_REGISTRY_FROM_HOST=%s\n' "$REGISTRY"
        printf 'BRR_BASE_IMAGE=%s\n' "$BASE_IMAGE"
        printf 'BRR_PROMETHEUS=http://127.0.0.1:%s\n' "$PROMETHEUS_PORT"
        printf 'BRR_AUDIT_LOG=%s\n' "$AUDIT_LOG"
    } >"$BRR_CLUSTER_ENV.partial"
    mv "$BRR_CLUSTER_ENV.partial" "$BRR_CLUSTER_ENV"
}
