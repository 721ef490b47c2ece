# Shell variables (source it, after lib/dirs.sh): addresses, ports and folders of the embedded cluster.

# The bridge is there before anything else: the node, the API server, DNS and the registry all listen on its address,
# which pods, containerd and the host reach alike and nobody outside this machine does.
BRIDGE=cni0
NODE_NAME=brr
NODE_IP=10.244.0.1
POD_CIDR=10.244.0.0/24
SERVICE_CIDR=10.96.0.0/16
KUBERNETES_SERVICE_IP=10.96.0.1
DNS_SERVICE_IP=10.96.0.10
CLUSTER_DOMAIN=cluster.local

API_PORT=6443
ETCD_PORT=23790
ETCD_PEER_PORT=23800
REGISTRY_PORT=5000
KUBELET_PORT=10250
PROMETHEUS_FIRST_PORT=9090
REGISTRY=$NODE_IP:$REGISTRY_PORT
PAUSE_IMAGE=$REGISTRY/brr/pause:1
BASE_IMAGE=$REGISTRY/brr/jre-base:25

BIN=$BRR_CACHE/bin
_hash() { (cd "$BRR_CLUSTER_SCRIPTS" && cat "$@") | sha256sum | cut -c1-10; }
KUBERNETES_BIN=$BIN/kubernetes-$KUBERNETES_VERSION-$(_hash go.mod go.sum)
COREDNS_BIN=$BIN/coredns-$COREDNS_VERSION-$(_hash go.mod go.sum coredns/main.go)
DISCOVERY_BIN=$BIN/discovery-$(_hash go.mod go.sum discovery/{main,targets}.go)
HELM_BIN=$BIN/helm-$HELM_VERSION
CRANE_BIN=$BIN/crane-$CRANE_VERSION
CRANE=$CRANE_BIN/crane
IMAGE_KEYS=$BRR_CACHE/images
CRDS=$BRR_CACHE/prometheus-operator-crds-$PROMETHEUS_OPERATOR_VERSION
REGISTRY_STORAGE=$BRR_CACHE/registry

PKI=$BRR_STATE/pki
CONFIG=$BRR_STATE/config
LOGS=$BRR_STATE/logs
PIDS=$BRR_STATE/pids
SOCKETS=$BRR_STATE/run
POD_TARGETS=$SOCKETS/pods.json
AUDIT_LOG=$LOGS/audit.log
ADMIN_CONF=$BRR_STATE/admin.conf
CONTAINERD_SOCKET=$SOCKETS/containerd.sock
# Every container of ours is below this cgroup, so that nothing else is ever taken for one.
CGROUP=brr

# That of the running cluster, which may have had to take another than the first.
PROMETHEUS_PORT=$(sed -n 's/^BRR_PROMETHEUS=.*://p' "$BRR_CLUSTER_ENV" 2>/dev/null || true)

kube() { "$KUBECTL" --kubeconfig "$ADMIN_CONF" "$@"; }
if have kubectl; then KUBECTL=$(command -v kubectl); else KUBECTL=$KUBERNETES_BIN/kubectl; fi
