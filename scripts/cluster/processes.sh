# Shell functions (source it, after layout.sh): the long-running processes of the cluster.
# Each is recorded as "PID STARTTIME" in $PIDS/NAME; the start time tells it from a stranger that got its pid later.

# Each carries a mark in its environment, as do the children that it starts (containerd's shims), so that one that was
# being started when scripts/up was interrupted is found too.
MARK=BRR_CLUSTER_AT=$BRR_STATE

# start NAME COMMAND...: starts it in a session of its own unless it runs; it logs to $LOGS/NAME.log.
start() {
    local name=$1
    shift
    ! is_running "$name" || return 0
    rm -f "$PIDS/$name"
    _daemon "$name" "$@" >"$LOGS/$name.log" 2>&1 </dev/null &
    wait_until 10 test -s "$PIDS/$name" || die "$name could not be started"
}

# It records itself before it is what it will be. It keeps nothing that its starter had open, such as a lock.
_daemon() {
    # BASHPID is taken here: inside the substitution below it would be that of another process.
    local name=$1 pid=$BASHPID descriptor
    shift
    printf '%s %s\n' "$pid" "$(_start_time "$pid")" >"$PIDS/$name"
    for descriptor in /proc/self/fd/*; do
        descriptor=${descriptor##*/}
        [ "$descriptor" -le 2 ] || eval "exec $descriptor>&-"
    done
    exec env "$MARK" setsid nohup "$@"
}

# The processes that carry our mark.
marked_processes() {
    { grep -lzxF "$MARK" /proc/[0-9]*/environ 2>/dev/null || true; } | cut -d/ -f3
}

# wait_for NAME SECONDS COMMAND...: until the command succeeds; ends with the log's last lines if that does not happen.
wait_for() {
    local name=$1 deadline=$(($(date +%s) + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        is_running "$name" || _give_up "$name" "$name ended by itself"
        [ "$(date +%s)" -lt "$deadline" ] || _give_up "$name" "$name does not answer"
        sleep 0.05
    done
}

is_running() {
    local pid started
    [ -r "$PIDS/$1" ] || return 1
    read -r pid started <"$PIDS/$1" || return 1
    [ -n "$started" ] && [ "$(_start_time "$pid")" = "$started" ]
}

# stop NAME: asks it to end, ends it after 10 seconds, forgets it.
stop() {
    local pid started
    if is_running "$1"; then
        read -r pid started <"$PIDS/$1"
        kill "$pid" 2>/dev/null || true
        if ! wait_until "${2:-10}" _is_over "$1"; then
            kill -9 "$pid" 2>/dev/null || true
            wait_until 5 _is_over "$1" || true
        fi
    fi
    rm -f "$PIDS/$1"
}

recorded_processes() {
    [ ! -d "$PIDS" ] || ls "$PIDS"
}

_is_over() { ! is_running "$1"; }

# The 22nd field of stat, counted after the command's name, which may hold blanks. A zombie counts as gone.
_start_time() {
    local stat
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
    stat=${stat##*) }
    [ "${stat%% *}" = Z ] || cut -d' ' -f20 <<<"$stat"
}

_give_up() {
    tail -n 25 "$LOGS/$1.log" >&2
    die "$2" "Its whole log: $LOGS/$1.log" "scripts/down cleans up what has been started."
}
