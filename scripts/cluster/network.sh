# Shell functions (source it, after layout.sh): the bridge, the kernel settings and the firewall chains of the cluster.

# Kernel settings that kubelet, kube-proxy or this script change; their values from before come back with scripts/down.
SYSCTLS=(net.ipv4.ip_forward net.ipv4.conf.all.route_localnet net.bridge.bridge-nf-call-iptables
    net.bridge.bridge-nf-call-ip6tables vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops
    kernel.keys.root_maxkeys kernel.keys.root_maxbytes)
SAVED_SYSCTLS=$BRR_STATE/sysctls

make_network() {
    _save_sysctls
    modprobe -q br_netfilter 2>/dev/null || true
    sysctl -q -w net.ipv4.ip_forward=1
    # Without it the answer of a pod behind a Service takes the short way over the bridge and is never translated back.
    if [ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]; then
        sysctl -q -w net.bridge.bridge-nf-call-iptables=1
        MASQUERADE_ALL=false
    else
        MASQUERADE_ALL=true
    fi
    if ! ip link show "$BRIDGE" >/dev/null 2>&1; then ip link add "$BRIDGE" type bridge; fi
    ip addr replace "$NODE_IP/24" brd + dev "$BRIDGE"
    ip link set "$BRIDGE" up
}

remove_network() {
    local link
    for link in $(_bridge_ports); do ip link delete "$link" 2>/dev/null || true; done
    ip link delete "$BRIDGE" 2>/dev/null || true
    remove_firewall_chains
    _restore_sysctls
}

# Links that are left: the bridge and the pods' ends on it.
leftover_links() {
    _bridge_ports
    ip -o link show "$BRIDGE" 2>/dev/null | awk -F': ' '{ print $2 }'
}

# Takes away the chains that Kubernetes and the CNI plugins made, and the rules that lead to them; no other rule.
remove_firewall_chains() {
    local tool table
    for tool in iptables ip6tables; do
        have "$tool" || continue
        for table in nat filter mangle; do
            _removal_of_chains "$tool" "$table" | "$tool-restore" --noflush 2>/dev/null || true
            _unhook_empty_table "$tool" "$table"
        done
    done
}

# Built-in chains without a rule do nothing, and yet have the kernel track each connection: a fifth of what a small request
# over loopback costs.
_unhook_empty_table() {
    local rules
    rules=$("$1-save" -t "$2" 2>/dev/null) || return 0
    ! grep -qE '^(-A|:[^ ]+ (DROP|-))' <<<"$rules" || return 0
    "$1" -t "$2" -X 2>/dev/null || true
}

leftover_chains() {
    local tool
    for tool in iptables ip6tables; do
        ! have "$tool" || "$tool-save" 2>/dev/null | sed -nE 's/^:((KUBE|CNI)-[^ ]+) .*/\1/p'
    done
}

# What undoes them in one transaction: rules of the built-in chains first, then every chain emptied, then all deleted.
_removal_of_chains() {
    local rules
    rules=$("$1-save" -t "$2" 2>/dev/null) || return 0
    grep -qE '^:(KUBE|CNI)-' <<<"$rules" || return 0
    printf '*%s\n' "$2"
    sed -nE '/^-A (KUBE|CNI)-/d; s/^-A (.* -j (KUBE|CNI)-[^ "]+)$/-D \1/p' <<<"$rules"
    sed -nE 's/^:((KUBE|CNI)-[^ ]+) .*/-F \1/p' <<<"$rules"
    sed -nE 's/^:((KUBE|CNI)-[^ ]+) .*/-X \1/p' <<<"$rules"
    printf 'COMMIT\n'
}

_bridge_ports() {
    ip -o link show master "$BRIDGE" 2>/dev/null | awk -F': ' '{ sub(/@.*/, "", $2); print $2 }'
}

_save_sysctls() {
    [ ! -e "$SAVED_SYSCTLS" ] || return 0
    local key
    for key in "${SYSCTLS[@]}"; do
        printf '%s %s\n' "$key" "$(sysctl -n "$key" 2>/dev/null)"
    done | awk 'NF == 2' >"$SAVED_SYSCTLS.partial"
    mv "$SAVED_SYSCTLS.partial" "$SAVED_SYSCTLS"
}

_restore_sysctls() {
    [ -e "$SAVED_SYSCTLS" ] || return 0
    local key value
    while read -r key value; do sysctl -q -w "$key=$value" 2>/dev/null || true; done <"$SAVED_SYSCTLS"
    rm -f "$SAVED_SYSCTLS"
}
