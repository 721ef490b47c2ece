# Shell functions (source it, after log.sh, dirs.sh and native.sh): how the JVM of a packaged service is started on this
# machine: the class path in a fixed order, and the AOT cache that belongs to exactly that class path and JVM.
# BRR_AOT=no starts without a cache. Caches lie in $BRR_CACHE/aot, 45 MB each; the newest four are kept.

# class_path FOLDER...: prints the jars of each folder, by name. A wildcard's order is nobody's promise, and an AOT cache
# holds for one order only.
class_path() {
    local folder
    for folder in "$@"; do
        (cd "$folder" && for jar in *.jar; do printf '%s/%s\n' "$PWD" "$jar"; done) | LC_ALL=C sort
    done | paste -sd : -
}

# aot_options JAVA IMAGE: prints the option that names the pet store's cache, and makes the cache where there is none.
# Prints nothing where it cannot be made: a service starts without it, only later.
aot_options() {
    local cache
    [ "${BRR_AOT:-yes}" != no ] || return 0
    cache=$(_aot_file "$1" "$2")
    if [ ! -s "$cache" ]; then
        step "record an AOT cache of the start (once for each build)" _record_aot "$1" "$2" "$cache" >&2 || {
            warn "going on without an AOT cache: starts take longer"
            return 0
        }
    fi
    printf '%s\n' "-XX:AOTCache=$cache"
}

# What a cache depends on: the JVM, its options, and path, size and time of each jar.
_aot_file() {
    local path
    path=$(class_path "$2/libs" "$2/petstore")
    printf '%s/aot/%s.aot\n' "$BRR_CACHE" "$({
        "$1" -Xinternalversion
        cat "$2/jvm.options"
        # shellcheck disable=SC2046  # our own artifacts: no spaces in their names
        ls -ln --time-style=full-iso $(printf '%s' "$path" | tr : ' ') 2>/dev/null || printf '%s\n' "$path"
    } | sha256_of | cut -c1-20)"
}

# One start of the pet store that answers a few requests of each kind and ends in order: then the JVM writes the cache.
_record_aot() {
    local java=$1 image=$2 cache=$3 work server port status=0
    work=$(mktemp -d)
    mkdir -p "$(dirname "$cache")"
    # Adapters in the cache are compared by name when they are loaded, and JDK 25.0.3 warns of false alarms. Profiles of a
    # start are not replayed (jvm.options).
    LD_PRELOAD=$(_preload "$image") "$java" "@$image/jvm.options" -Xmx64m -XX:AOTCacheOutput="$work/new.aot" \
        -XX:+UnlockDiagnosticVMOptions -XX:-AOTAdapterCaching -XX:-AOTRecordTraining \
        -cp "$(class_path "$image/libs" "$image/petstore")" dev.brr.runtime.RuntimeMain --host 127.0.0.1 --port 0 \
        --spec "$image/openapi.yaml" --api-key training >"$work/log" 2>&1 &
    server=$!
    if wait_until 60 grep -q '^Listening on port ' "$work/log"; then
        port=$(sed -nE 's/^Listening on port ([0-9]+):.*/\1/p' "$work/log")
        _training_requests "http://127.0.0.1:$port" >/dev/null 2>&1
    fi
    kill "$server" 2>/dev/null || true
    wait "$server" || true
    if [ -s "$work/new.aot" ]; then
        mv "$work/new.aot" "$cache.$$" && mv "$cache.$$" "$cache"
        find "$(dirname "$cache")" -name '*.aot' -printf '%T@ %p\n' 2>/dev/null | sort -rn | sed '1,4d;s/^[^ ]* //' |
            xargs -r rm -f
    else
        tail -5 "$work/log" >&2
        status=1
    fi
    rm -rf "$work"
    return "$status"
}

_preload() {
    local library
    library=$1/native/linux-$(host_architecture)/libjemalloc.so.2
    [ "$(uname -s)" != Linux ] || [ ! -s "$library" ] || printf '%s\n' "$(cd "$(dirname "$library")" && pwd)/libjemalloc.so.2"
}

_training_requests() {
    local url=$1 times path
    for ((times = 0; times < 10; times++)); do
        for path in /pets /pets/12345 /pets/none /users /health /metrics; do
            curl -s -m 10 -H 'X-API-Key: training' "$url$path" || true
        done
        curl -s -m 10 "$url/pets/12345" || true
        curl -s -m 10 -H 'X-API-Key: training' -H 'Content-Type: application/json' "$url/pets" \
            -d '{"name":"Rocky","breed":"Beagle","age":1,"vaccinated":false,"tags":["curious"]}' || true
    done
}
