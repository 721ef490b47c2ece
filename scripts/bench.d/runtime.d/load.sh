# Shell functions (source it, at the root of the repository): servers on loopback in the background, load on them, and
# the CPU time that it took them. Sets WORK, a folder for the run; ends all servers when the script ends.
#   BRR_BENCH_NETWORK       set once in_own_network has been called: what comes from elsewhere is there
#   PID[name], PORT[name]   of each server
#   API_KEY                 what the load sends as X-API-Key

FILES=scripts/bench.d/runtime.d
IMAGE=build_artifacts/petstore
CONNECTIONS=64
# How long wrk waits for an answer; what comes later is an error.
TIMEOUT=${BRR_BENCH_TIMEOUT:-2s}
NEW_PET='{"name":"Rocky","breed":"Beagle","age":1,"vaccinated":false,"tags":["curious"]}'
GET_PET='GET /pets/12345'
ADD_PET='POST /pets'

WORK=$(mktemp -d)
declare -A PID PORT
API_KEY=bench-$RANDOM$RANDOM
export API_KEY

sample() { printf '%s %s\n' "$1" "$2" >>"$BRR_BENCH_SAMPLES"; }
fact() { printf '%s\n' "$*" >>"$BRR_BENCH_FACTS"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; }

tidy_up() {
    local status=$? name
    for name in "${!PID[@]}"; do kill -9 "${PID[$name]}" 2>/dev/null || true; done
    rm -rf "$WORK"
    exit "$status"
}
trap tidy_up EXIT
trap 'exit 130' INT TERM

# in_own_network: the benchmark begins anew in a network that has nothing but a loopback, if one can be had. Firewall rules
# of this machine, as a cluster makes them, would be asked about each packet: a fifth of a small request.
in_own_network() {
    local as_root=()
    if [ -n "${BRR_BENCH_NETWORK:-}" ]; then
        [ "$BRR_BENCH_NETWORK" != own ] || ip link set lo up
        fact loopback "$BRR_BENCH_NETWORK"
        return 0
    fi
    [ "$(id -u)" -eq 0 ] || as_root=(--user --map-root-user)
    if have ip && unshare "${as_root[@]}" --net true 2>/dev/null; then
        rm -rf "$WORK"
        BRR_BENCH_NETWORK=own exec unshare "${as_root[@]}" --net -- "scripts/bench.d/${0##*/}"
    fi
    BRR_BENCH_NETWORK="this machine's, firewall rules and all" in_own_network
}

# Below those that Linux gives to clients: a port that one of wrk's connections has had does not answer, and is taken.
free_port() {
    local port=$((10000 + RANDOM % 20000))
    while (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    printf '%s\n' "$port"
}

# serve NAME COMMAND...: in the background, the port in place of @PORT@; its words go to $LOG_TO, or to a file of WORK.
serve() {
    local name=$1
    shift
    PORT[$name]=$(free_port)
    "${@//@PORT@/${PORT[$name]}}" >"${LOG_TO:-$WORK/$name.log}" 2>&1 &
    PID[$name]=$!
}

await() {
    wait_until 60 answers "$1" && return 0
    tail -20 "$WORK/$1.log" >&2
    die "$1 does not answer GET /pets/12345 with 200"
}

answers() {
    [ "$(curl -s -o /dev/null -m 5 -w '%{http_code}' -H "X-API-Key: $API_KEY" \
        "http://127.0.0.1:${PORT[$1]}/pets/12345")" = 200 ]
}

# ticks PID: THREAD TICKS NAME of each thread.
ticks() {
    local file
    for file in "/proc/$1/task"/*/stat; do
        sed -nE 's/^([0-9]+) \((.*)\) . (([^ ]+ ){10})([0-9]+) ([0-9]+) .*/\1 \5 \6 \2/p' "$file" 2>/dev/null || true
    done | awk '{ ticks = $2 + $3; name = $4 "_" $5; print $1, ticks, name }'
}

# used BEFORE AFTER: seconds of CPU that threads used between, without those that compile, and with those alone.
used() {
    awk -v hertz="$(getconf CLK_TCK)" '
        FNR == NR { before[$1] = $2; next }
        $3 ~ /^C[12]_Comp/ { jit += $2 - before[$1]; next }
        { own += $2 - before[$1] }
        END { printf "%.4f %.4f\n", own / hertz, jit / hertz }' "$1" "$2"
}

# load SERVER "METHOD PATH" SECONDS [CONNECTIONS]: sets CPU_US, JIT_SHARE, P99_MS, MAX_MS, REQUESTS.
load() {
    local server=$1 method=${2%% *} path=${2#* } body='' counted errors kinds own jit p99 max
    [ "$method" = GET ] || body=$NEW_PET
    ticks "${PID[$server]}" >"$WORK/before"
    counted=$(METHOD=$method BODY=$body wrk -t "$((${4:-2} < 2 ? 1 : 2))" -c "${4:-$CONNECTIONS}" -d "${3}s" --timeout "$TIMEOUT" --latency \
        -s "$FILES/request.lua" "http://127.0.0.1:${PORT[$server]}$path" | sed -n 's/^counted //p')
    ticks "${PID[$server]}" >"$WORK/after"
    read -r REQUESTS errors _ p99 max kinds <<<"$counted"
    # Of the peers one in a hundred may come too late for wrk, which waits two seconds; of the service, none.
    if [ "${REQUESTS:-0}" -eq 0 ] || { [ "$errors" -ne 0 ] && [ "$server" = brr ]; } ||
        [ $((errors * 100)) -gt "$REQUESTS" ]; then
        die "$server answered $method $path $REQUESTS times, $errors of them not with success: $kinds" \
            "$(tail -5 "$WORK/$server.log")"
    fi
    read -r own jit < <(used "$WORK/before" "$WORK/after")
    CPU_US=$(awk -v own="$own" -v n="$REQUESTS" 'BEGIN { printf "%.2f", own * 1e6 / n }')
    read -r P99_MS MAX_MS < <(awk -v p99="$p99" -v max="$max" 'BEGIN { printf "%.2f %.0f\n", p99 / 1000, max / 1000 }')
    JIT_SHARE=$(awk -v own="$own" -v jit="$jit" 'BEGIN { printf "%d", 100 * jit / (own + jit + 1e-9) }')
}

# rss_mib NAME: what a server has resident.
rss_mib() { awk '$1 == "VmRSS:" { printf "%.1f\n", $2 / 1024 }' "/proc/${PID[$1]}/status"; }

# service_options PRESET MIB: the options of the image as in a container of so much memory and as many processors as
# there are here; sets SERVICE_OPTIONS, AOT, CLASS_PATH, JEMALLOC and CONF.
service_options() {
    local preset=$1 memory_mib=$2
    SERVICE_OPTIONS=("@$IMAGE/jvm.options" "-XX:MaxRAM=${memory_mib}m")
    JEMALLOC=$(native_folder "$(host_architecture)")/libjemalloc.so.2
    CONF=$("$JAVA" -cp "$IMAGE/libs/*" "$FILES/MallocConf.java" "$preset" "$(getconf _NPROCESSORS_ONLN)")
    AOT=$(aot_options "$JAVA" "$IMAGE")
    CLASS_PATH=$(class_path "$IMAGE/libs" "$IMAGE/petstore")
}

# serve_pet_store NAME [FLAG...]
serve_pet_store() {
    local name=$1
    shift
    serve "$name" env "LD_PRELOAD=$JEMALLOC" "MALLOC_CONF=$CONF" "BRR_API_KEY=$API_KEY" PET_STORE_WHEN_FULL=forget \
        "$JAVA" "${SERVICE_OPTIONS[@]}" ${AOT:+"$AOT"} -cp "$CLASS_PATH" \
        dev.brr.runtime.RuntimeMain --host 127.0.0.1 --port @PORT@ --spec "$IMAGE/openapi.yaml" "$@"
}
