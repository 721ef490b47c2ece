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

# The same training as the operator's, but in one step: the JVM writes the cache when it ends.
_record_aot() {
    local java=$1 image=$2 cache=$3 work status=0
    work=$(mktemp -d)
    mkdir -p "$(dirname "$cache")"
    # Adapters in the cache are compared by name when they are loaded, and JDK 25.0.3 warns of false alarms. Profiles of a
    # start would have the start's own methods compiled (docs/benchmarks.md).
    LD_PRELOAD=$(_preload "$image") "$java" "@$image/jvm.options" -Xmx64m -XX:AOTCacheOutput="$work/new.aot" \
        -XX:+UnlockDiagnosticVMOptions -XX:-AOTAdapterCaching -XX:-AOTRecordTraining \
        -cp "$(class_path "$image/libs" "$image/petstore")" dev.brr.runtime.training.TrainingMain >"$work/log" 2>&1 ||
        status=$?
    if [ "$status" -eq 0 ] && [ -s "$work/new.aot" ]; then
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
