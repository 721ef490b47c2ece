# Shell functions (source it, after processes.sh and config.sh): containerd, the registry, kubelet, kube-proxy.

start_containerd() {
    render containerd.toml
    mkdir -p "$CONFIG/cni" "$CONFIG/certs.d/$REGISTRY"
    render cni.conflist
    mv "$CONFIG/cni.conflist" "$CONFIG/cni/10-brr.conflist"
    render registry-hosts.toml
    mv "$CONFIG/registry-hosts.toml" "$CONFIG/certs.d/$REGISTRY/hosts.toml"
    start containerd containerd --config "$CONFIG/containerd.toml"
}

containerd_answers() { ctr --address "$CONTAINERD_SOCKET" --timeout 2s version; }

start_registry() {
    mkdir -p "$REGISTRY_STORAGE"
    render registry.yaml
    start registry docker-registry serve "$CONFIG/registry.yaml"
}

registry_answers() { curl -fsS --noproxy '*' "http://$REGISTRY/v2/"; }

start_kubelet() {
    _copy_resolv_conf
    _make_cgroups
    render kubelet.yaml
    # --containerd: cAdvisor inside kubelet looks there for the containers' names, whatever the configuration says.
    start kubelet "$KUBERNETES_BIN/kubelet" --config "$CONFIG/kubelet.yaml" --kubeconfig "$PKI/kubelet.conf" \
        --containerd "$CONTAINERD_SOCKET" --root-dir "$BRR_STATE/kubelet" --cert-dir "$BRR_STATE/kubelet/pki" \
        --hostname-override "$NODE_NAME" --node-ip "$NODE_IP"
}

kubelet_answers() { curl -fsS --noproxy '*' http://127.0.0.1:10248/healthz; }

node_ready() {
    [ "$(kube get node "$NODE_NAME" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = True ]
}

start_kube_proxy() {
    render kube-proxy.yaml
    start kube-proxy "$KUBERNETES_BIN/kube-proxy" --config "$CONFIG/kube-proxy.yaml"
}

kube_proxy_answers() { curl -fsS --noproxy '*' "http://$NODE_IP:10256/healthz"; }

# A resolver on a loopback address of the host is none for a pod.
_copy_resolv_conf() {
    local source=/etc/resolv.conf
    if grep -q '^nameserver 127\.' "$source" && [ -e /run/systemd/resolve/resolv.conf ]; then
        source=/run/systemd/resolve/resolv.conf
    fi
    grep -E '^(nameserver|search|options)' "$source" >"$CONFIG/resolv.conf" || true
    grep -q '^nameserver' "$CONFIG/resolv.conf" || printf 'nameserver 127.0.0.1\n' >>"$CONFIG/resolv.conf"
}

# The mount points of every cgroup hierarchy: one with cgroup v2, one a controller with v1.
cgroup_hierarchies() { awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/mounts; }

# kubelet wants its root cgroup to be there in each of them.
_make_cgroups() {
    local hierarchy
    for hierarchy in $(cgroup_hierarchies); do
        mkdir -p "$hierarchy/$CGROUP"
        # v1 only: a cpuset starts empty, and an empty one takes no process.
        if [ -e "$hierarchy/$CGROUP/cpuset.mems" ] && [ -e "$hierarchy/tasks" ]; then
            cat "$hierarchy/cpuset.cpus" >"$hierarchy/$CGROUP/cpuset.cpus"
            cat "$hierarchy/cpuset.mems" >"$hierarchy/$CGROUP/cpuset.mems"
        fi
    done
}
