# Shell variables (source it): the versions of the embedded cluster, in one place.
# Kubernetes and CoreDNS are pinned in go.mod, with all that they depend on.

_go_module_version() {
    sed -n "s|^\(require\)\{0,1\}[[:space:]]*$1 \(v[0-9.]*\).*|\2|p" "$(dirname "${BASH_SOURCE[0]}")/go.mod"
}
KUBERNETES_VERSION=$(_go_module_version k8s.io/kubernetes)
COREDNS_VERSION=$(_go_module_version github.com/coredns/coredns)
HELM_VERSION=v3.22.0
CRANE_VERSION=v0.22.1
PROMETHEUS_OPERATOR_VERSION=v0.85.0
JAVA_MAJOR=25

# Debian 12's own packages; the cluster needs nothing of their configuration.
CLUSTER_PACKAGES=(
    etcd-server containerd runc containernetworking-plugins docker-registry prometheus
    iptables iproute2 kmod procps busybox-static openssl jq curl
)
