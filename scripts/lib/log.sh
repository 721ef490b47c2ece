# Shell functions (source it): what the scripts of brr say, and how long each step took.

_brr_now() { date +%s%N; }
_brr_elapsed() { awk -v a="$1" -v b="$(_brr_now)" 'BEGIN { printf "%.1f s", (b - a) / 1e9 }'; }

say() { printf '%s\n' "$*"; }
note() { printf '    %s\n' "$*"; }
warn() { printf 'warning: %s\n' "$*" >&2; }

# die MESSAGE [HINT...]: what went wrong, then what to do about it.
die() {
    printf 'error: %s\n' "$1" >&2
    shift
    local hint
    for hint in "$@"; do printf '       %s\n' "$hint" >&2; done
    exit 1
}

# step TEXT COMMAND...: says what happens, runs it in this shell, says how long it took.
step() {
    local text=$1 begun status=0
    shift
    begun=$(_brr_now)
    printf '==> %s\n' "$text"
    "$@" || status=$?
    if [ "$status" -ne 0 ]; then
        printf '    failed after %s\n' "$(_brr_elapsed "$begun")" >&2
        return "$status"
    fi
    printf '    %s\n' "$(_brr_elapsed "$begun")"
}

# wait_until SECONDS COMMAND...: true as soon as the command succeeds, false when the time is over.
wait_until() {
    local deadline=$(($(date +%s) + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$(date +%s)" -lt "$deadline" ] || return 1
        sleep 0.05
    done
}

have() { command -v "$1" >/dev/null 2>&1; }
