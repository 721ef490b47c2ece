# Shell functions (source it, after processes.sh and config.sh): DNS, Prometheus, the CRDs of prometheus-operator.

apply_addons() {
    render addons.yaml
    kube apply --server-side --force-conflicts -f "$CONFIG/addons.yaml" >/dev/null
}

# The kinds that the operator writes; the others need prometheus-operator itself.
apply_crds() {
    local kind files=()
    for kind in podmonitors servicemonitors prometheusrules; do
        files+=(-f "$CRDS/monitoring.coreos.com_$kind.yaml")
    done
    kube apply --server-side --force-conflicts "${files[@]}" >/dev/null
}

start_coredns() {
    render Corefile
    start coredns "$COREDNS_BIN/coredns" -conf "$CONFIG/Corefile"
}

coredns_answers() { curl -fsS --noproxy '*' http://127.0.0.1:8181/ready; }

start_discovery() {
    start discovery "$DISCOVERY_BIN/discovery" --kubeconfig "$PKI/prometheus.conf" --output "$POD_TARGETS"
}

discovery_answers() { [ -s "$POD_TARGETS" ]; }

start_prometheus() {
    render prometheus.yaml
    mkdir -p "$BRR_STATE/prometheus"
    start prometheus prometheus --config.file "$CONFIG/prometheus.yaml" --log.level warn \
        --storage.tsdb.path "$BRR_STATE/prometheus" --storage.tsdb.retention.time 6h \
        --storage.tsdb.retention.size 1GB --web.listen-address "127.0.0.1:$PROMETHEUS_PORT" --web.enable-lifecycle
}

prometheus_answers() { curl -fsS --noproxy '*' "http://127.0.0.1:$PROMETHEUS_PORT/-/ready"; }

# The first free port from 9090 on: the machine may have a Prometheus of its own.
choose_prometheus_port() {
    local port
    for port in $(seq "$PROMETHEUS_FIRST_PORT" $((PROMETHEUS_FIRST_PORT + 9))); do
        if ! port_taken "127.0.0.1:$port"; then
            PROMETHEUS_PORT=$port
            return 0
        fi
    done
    die "no free port for Prometheus from $PROMETHEUS_FIRST_PORT on"
}

# port_taken ADDRESS:PORT
port_taken() { (exec 3<>"/dev/tcp/${1%:*}/${1##*:}") 2>/dev/null; }
