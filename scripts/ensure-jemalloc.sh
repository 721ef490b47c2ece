#!/usr/bin/env bash
# Checks that jemalloc is what services really run with.
#   ensure-jemalloc.sh                     what is built: the allocator and the packaged runtime; then, where a cluster
#                                          of scripts/up runs the pet store, its pods too
#   ensure-jemalloc.sh --pod NAMESPACE/POD also that pod:  mapped, and opt.* equal to its MALLOC_CONF
#   ensure-jemalloc.sh --service NAMESPACE/NAME   also every running pod of that BrrService
#   ensure-jemalloc.sh --pid PID [URL]     also that process on this machine; URL is where it serves /malloc
#                                          (default http://localhost:8080)
# and of what brr did not make, only what is named:
#   ensure-jemalloc.sh --process PID [MALLOC_CONF]   a process on this machine, by what the kernel says of it; MALLOC_CONF
#                                          is what it was meant to have. Its library is run with its options, and has
#                                          to take each of them as it is written
#   ensure-jemalloc.sh --root FOLDER [LIBRARY]       the files of an image, unpacked; LIBRARY is what LD_PRELOAD names, a
#                                          path or a name
#   ensure-jemalloc.sh --image REFERENCE [LIBRARY]   an image in a registry (needs crane and jq), with its own LD_PRELOAD and
#                                          MALLOC_CONF; LIBRARY is what will be preloaded in place of the first
# Prints what is wrong with its cure, and exits with 1, when something is.
set -euo pipefail
CALLED_FROM=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/log.sh
. scripts/lib/dirs.sh
. scripts/lib/jdk.sh
. scripts/lib/native.sh
. scripts/lib/malloc-conf.sh
. scripts/lib/allocator.sh

IMAGE=petstore-image/target/image
MANAGEMENT_PORT=9090
PROBLEMS=0

# Where an image is unpacked for a while, and what that folder is called in what is said.
UNPACKED=''
UNPACKED_NAME=''
# Its files that have capabilities, one a line.
CAPABLE=''

ok() { printf '✅ %s\n' "$(named "$*")"; }

# problem WHAT CURE...
problem() {
    PROBLEMS=$((PROBLEMS + 1))
    printf '❌ %s\n' "$(named "$1")" >&2
    shift
    local cure
    for cure in "$@"; do printf '   %s\n' "$(named "$cure")" >&2; done
}

# named TEXT: files of an unpacked image by the image's name.
named() {
    local text=$1
    if [ -n "$UNPACKED" ]; then
        text=${text//"$UNPACKED/"/"$UNPACKED_NAME:/"}
        text=${text//"$UNPACKED"/"$UNPACKED_NAME"}
    fi
    printf '%s\n' "$text"
}

# --- what is built ---

check_library() {
    local architecture=$1 library
    library=$(native_folder "$architecture")/libjemalloc.so.2
    if [ ! -s "$library" ]; then
        problem "$library is missing" "scripts/host-aware-build.sh pet fetches it (Debian's libjemalloc2 $JEMALLOC_VERSION)."
        return
    fi
    if [ "$(uname -s)" != Linux ] || [ "$architecture" != "$(host_architecture)" ]; then
        note "jemalloc for linux-$architecture is there; only a machine of that kind can try it"
        return
    fi
    check_profiling "$library"
    check_needs "$library"
}

# With abort_conf, jemalloc ends a process whose options it does not know: prof:true is one where profiling is left out.
check_profiling() {
    local said
    if [ "$(host_architecture)" = arm64 ]; then
        note "jemalloc $JEMALLOC_VERSION for arm64: Debian builds it without profiling, there are no heap profiles"
        return
    fi
    if said=$(MALLOC_CONF=abort_conf:true,prof:true,prof_active:false LD_PRELOAD=$1 /bin/true 2>&1) && [ -z "$said" ]; then
        note "jemalloc $JEMALLOC_VERSION loads, profiling compiled in"
    else
        problem "$1 does not take prof:true: ${said:-it ended the process}" \
            "Heap profiles need a jemalloc that was built with --enable-prof: remove target/native and build again."
    fi
}

check_needs() {
    local library=$1 missing needs
    needs=$(ldd "$library" | sed -nE 's/^[[:space:]]*(lib[^ ]+) .*/\1/p' | sort)
    missing=$(ldd "$library" | sed -nE 's/^[[:space:]]*([^ ]+) => not found.*/\1/p')
    if [ -n "$missing" ]; then
        problem "jemalloc needs what this machine lacks: $missing" "Debian: apt-get install libstdc++6 libgcc-s1"
    else
        note "it needs $(tr '\n' ' ' <<<"$needs")"
    fi
    check_base_image "$needs"
}

# The base of services' images has to carry the same libraries, or LD_PRELOAD is ignored in every pod.
check_base_image() {
    local base files missing='' name
    [ -n "${BRR_BASE_IMAGE:-}" ] && have crane || return 0
    base=$BRR_BASE_IMAGE
    [ -z "${BRR_REGISTRY_FROM_HOST:-}" ] || base=${base/#"$BRR_REGISTRY"/$BRR_REGISTRY_FROM_HOST}
    if ! files=$(crane export --insecure --platform "linux/$(host_architecture)" "$base" - 2>/dev/null | tar -t 2>/dev/null); then
        problem "the base image $BRR_BASE_IMAGE cannot be read" "scripts/up pushes it again."
        return
    fi
    for name in $1; do
        grep -q "/$name\$" <<<"$files" || missing="$missing $name"
    done
    if [ -n "$missing" ]; then
        problem "the base image $BRR_BASE_IMAGE lacks$missing" \
            "jemalloc would not load: use a base with them, such as eclipse-temurin:25-jre."
    else
        note "the base image $BRR_BASE_IMAGE carries them"
    fi
}

check_runtime() {
    local name
    if [ ! -d "$IMAGE/libs" ]; then
        problem "the packaged runtime $IMAGE is missing" "scripts/host-aware-build.sh pet"
        return
    fi
    for name in brr-jemalloc brr-runtime jna; do
        compgen -G "$IMAGE/libs/$name-[0-9]*.jar" >/dev/null ||
            problem "the packaged runtime has no $name in $IMAGE/libs" "scripts/host-aware-build.sh pet"
    done
    if ! grep -q -- '--enable-native-access' "$IMAGE/jvm.options" 2>/dev/null; then
        problem "$IMAGE/jvm.options does not allow native access" "jemalloc's statistics are read through it: --enable-native-access=ALL-UNNAMED"
    fi
    [ "$PROBLEMS" -gt 0 ] || note "the packaged runtime reads jemalloc: $(find "$IMAGE/libs" -name '*.jar' | wc -l | tr -d ' ') jars in $IMAGE/libs"
}

check_configuration() {
    check_library "$(host_architecture)"
    check_runtime
    [ "$PROBLEMS" -gt 0 ] || ok "jemalloc is correctly configured"
}

# --- what runs ---

# compare WHO REPORT: REPORT is what /malloc answers; the rule of comparison is the operator's own.
compare() {
    local who=$1 report=$2 requested differences jar
    if [ "$(jq -r .loaded <<<"$report")" != true ]; then
        problem "$who does not use jemalloc: $(jq -r '.explanation // "no reason given"' <<<"$report")"
        return
    fi
    requested=$(jq -r .requested <<<"$report")
    if [ -z "$requested" ]; then
        problem "$who has jemalloc, but no MALLOC_CONF" "Its process was started without one."
        return
    fi
    jar=$(find "$IMAGE/libs" -name 'brr-jemalloc-*.jar' | head -1)
    if differences=$(jq -r '.effective | to_entries[] | "\(.key)=\(.value)"' <<<"$report" |
        "$(jdk_home 25)/bin/java" -cp "$jar" scripts/lib/CompareTuning.java "$requested"); then
        ok "$who: jemalloc $(jq -r .version <<<"$report") is mapped and opt.* is as asked: $requested"
    else
        problem "$who: jemalloc did not take all of MALLOC_CONF=$requested" "$differences" \
            "jemalloc ignores what it does not know; abort_conf:true makes it say so."
    fi
}

check_pid() {
    local pid=$1 url=${2:-http://localhost:8080} report
    readable_process "$pid"
    check_process "$pid"
    grep -q jemalloc "/proc/$pid/maps" || return 0
    report=$(curl -fsS --noproxy '*' --max-time 10 "$url/malloc") ||
        { problem "process $pid does not answer on $url/malloc" "Name its address: --pid $pid http://localhost:PORT" && return; }
    compare "process $pid" "$report"
}

# What is behind an image's reference lies in the registry as this machine sees it.
check_image() {
    local reference=$1 library=${2:-} platform said config
    have crane || die "crane is missing, which reads images" "Debian: it comes with scripts/up; or https://github.com/google/go-containerregistry"
    have jq || die "jq is missing, which reads the configuration of images" "Debian: apt-get install jq"
    [ -z "${BRR_REGISTRY_FROM_HOST:-}" ] || reference=${reference/#"$BRR_REGISTRY"/$BRR_REGISTRY_FROM_HOST}
    platform=linux/$(host_architecture)
    UNPACKED=$(mktemp -d)
    UNPACKED_NAME=$1
    CAPABLE=$(mktemp)
    said=$(mktemp)
    if config=$(unpack_image "$reference" "$platform" 2>"$said"); then
        check_unpacked "$1" "$library" "$config"
    else
        problem "the image $1 cannot be read for $platform: $(tail -n 1 "$said")" "Is it spelled right, and pushed? crane export $reference says more."
    fi
    chmod -R u+rwX "$UNPACKED" && rm -rf "$UNPACKED" "$said" "$CAPABLE"
    UNPACKED='' CAPABLE=''
}

# Prints the image's configuration. Devices cannot be made by everybody, and times of other tools do not matter. What crane
# says is said, and not what tar makes of it.
unpack_image() {
    local tarball status=0
    tarball=$(mktemp)
    crane export --insecure --platform "$2" "$1" "$tarball" && crane config --insecure --platform "$2" "$1" &&
        capable_files <"$tarball" >"$CAPABLE" &&
        tar -xf "$tarball" --warning=no-unknown-keyword --no-same-owner --exclude='dev/*' -C "$UNPACKED" || status=$?
    rm -f "$tarball"
    return "$status"
}

# check_unpacked IMAGE LIBRARY CONFIG: LIBRARY is what a pod will preload, in place of what the image itself does.
check_unpacked() {
    local image=$1 library=$2 config=$3 preload conf
    conf=$(image_variable MALLOC_CONF "$config")
    if [ -z "$library" ]; then
        preload=$(image_variable LD_PRELOAD "$config")
        [ -n "$preload" ] || preload=$(of_the_system "$UNPACKED")
        if [ -z "$preload" ]; then
            problem "$image sets no LD_PRELOAD: its processes run without jemalloc, whatever files it has" \
                "ENV LD_PRELOAD=libjemalloc.so.2; or, where a pod sets it, name here what it will be: --image $image LIBRARY"
            return
        fi
        check_preload "$image" "$preload" || return 0
        library=$(first_jemalloc "$preload")
        [ -n "$conf" ] || note "$image sets no MALLOC_CONF: jemalloc runs by its defaults, unless who starts it sets one"
    fi
    check_root "$UNPACKED" "$library" "$(image_variable LD_LIBRARY_PATH "$config")" "$conf"
}

# image_variable NAME CONFIG: of two values the last counts, as for who starts the container.
image_variable() {
    jq -r --arg name "$1=" '[.config.Env[]? | select(startswith($name)) | .[($name | length):]] | last // ""' <<<"$2"
}

# By the API server's proxy, so that it works from any machine that kubectl works from.
check_pod() {
    local namespace=${1%%/*} pod=${1#*/} report said
    said=$(mktemp)
    if report=$(kubectl get --raw "/api/v1/namespaces/$namespace/pods/$pod:$MANAGEMENT_PORT/proxy/malloc" 2>"$said"); then
        check_pod_asked "$1" "$(jq -r .requested <<<"$report")"
        compare "pod $1" "$report"
    else
        problem "pod $1 does not answer on :$MANAGEMENT_PORT/malloc: $(cat "$said")" "kubectl describe pod -n $namespace $pod"
    fi
    rm -f "$said"
}

# check_pod_asked NAMESPACE/POD HAS: what the pod's spec says is what its process should have been started with.
check_pod_asked() {
    local asked
    asked=$(kubectl get pod -n "${1%%/*}" "${1#*/}" \
        -o 'jsonpath={.spec.containers[*].env[?(@.name=="MALLOC_CONF")].value}')
    [ -z "$asked" ] || [ "$asked" = "$2" ] ||
        problem "pod $1 was meant to have MALLOC_CONF=$asked and has MALLOC_CONF=$2" \
            "A wrapper script in its image sets it anew."
}

check_service() {
    local namespace=${1%%/*} name=${1#*/} pods pod
    pods=$(kubectl get pods -n "$namespace" --field-selector status.phase=Running \
        -l "app.kubernetes.io/instance=$name,app.kubernetes.io/managed-by=brr-operator" \
        -o 'jsonpath={range .items[*]}{.metadata.name}{"\n"}{end}')
    [ -n "$pods" ] || problem "BrrService $1 has no running pod" "kubectl describe brrservice -n $namespace $name"
    for pod in $pods; do check_pod "$namespace/$pod"; done
}

petstore_runs() {
    [ -n "${KUBECONFIG:-}" ] && have kubectl && kubectl get brrservice petstore -n default >/dev/null 2>&1
}

load_environment() {
    local environment
    if environment=$(scripts/env 2>/dev/null); then eval "$environment"; fi
}

needs_value() { [ -n "${2:-}" ] || die "$1 needs a value" "See scripts/ensure-jemalloc.sh --help."; }
namespaced() { [[ $2 == */* ]] || die "$1 wants NAMESPACE/NAME, not '$2'"; }

readable_process() {
    [[ $1 =~ ^[0-9]+$ ]] || die "$1 is no process' number" "pgrep -a java lists those of Java."
    [ -d "/proc/$1" ] || die "there is no process $1" "Processes of a pod: use --pod."
    ! grep -q '^State:[[:space:]]*[ZX]' "/proc/$1/status" 2>/dev/null || die "process $1 has ended" "Its parent has not taken note of it yet."
    [ -L "/proc/$1/exe" ] && grep -q '^VmSize:' "/proc/$1/status" 2>/dev/null || die "process $1 is a thread of the kernel" "It has no allocator of its own."
    cat "/proc/$1/maps" "/proc/$1/environ" >/dev/null 2>&1 || die "process $1 may not be looked at" "Run as its user, or as root."
}

# absolute FOLDER: by the folder that the script was called from.
absolute() {
    local folder=${1%/}
    [[ $1 == /* ]] || folder=$CALLED_FROM/$folder
    printf '%s\n' "$folder"
}

# Only what is named, without what this repository builds.
only() {
    have readelf || die "readelf is missing" "Debian: apt-get install binutils"
    case $1 in
        --process) needs_value "$@" && readable_process "$2" && check_process "$2" "${3:-}" ;;
        --root) needs_value "$@" && { [ -d "$(absolute "$2")" ] || die "there is no folder $2"; } && check_root "$(absolute "$2")" "${3:-}" ;;
        --image) needs_value "$@" && load_environment && check_image "$2" "${3:-}" ;;
    esac
    conclude
}

conclude() {
    if [ "$PROBLEMS" -gt 0 ]; then
        printf '❌ Configuration check found %s problem(s).\n' "$PROBLEMS" >&2
        exit 1
    fi
    ok "Configuration check complete!"
}

main() {
    load_environment
    check_configuration
    if [ "${1:-}" != '' ] || petstore_runs; then
        have jq || die "jq is missing, which reads what /malloc answers" "Debian: apt-get install jq; macOS: brew install jq"
    fi
    case ${1:-} in
        '') if petstore_runs; then check_service default/petstore; fi ;;
        --pid) needs_value "$@" && check_pid "$2" "${3:-}" ;;
        --pod) needs_value "$@" && namespaced "$@" && check_pod "$2" ;;
        --service) needs_value "$@" && namespaced "$@" && check_service "$2" ;;
        *) die "unknown option $1" "See scripts/ensure-jemalloc.sh --help." ;;
    esac
    conclude
}

case ${1:-} in
    --process | --root | --image) only "$@" && exit 0 ;;
    -h | --help) sed -n '2,/^set -e/{/^#/s/^# \{0,1\}//p;}' "$0" && exit 0 ;;
esac
main "$@"
