# Shell variables (source it): where brr keeps what it builds and what it runs.
#   BRR_CACHE  binaries, packages' CRDs, the registry's storage: survives scripts/down
#   BRR_STATE  the running cluster: certificates, logs, pids, etcd, containerd, kubelet

BRR_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BRR_CLUSTER_SCRIPTS=$BRR_ROOT/scripts/cluster
BRR_CACHE=${BRR_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/brr}
if [ -z "${BRR_STATE:-}" ]; then
    if [ "$(id -u)" -eq 0 ]; then BRR_STATE=/var/lib/brr; else BRR_STATE=${XDG_STATE_HOME:-$HOME/.local/state}/brr; fi
fi
# What scripts/env prints of the cluster that scripts/up made or found.
BRR_CLUSTER_ENV=$BRR_STATE/cluster.env
