# Shell functions (source it, after log.sh and dirs.sh): the jemalloc that services run with, as a file for each
# architecture. It is Debian 12's package, pinned by version and hash, so that every machine makes the same images:
# the hashes are those of the distribution's own index.

JEMALLOC_VERSION=5.3.0-1
JEMALLOC_POOL=${JEMALLOC_POOL:-https://deb.debian.org/debian/pool/main/j/jemalloc}

# host_architecture: amd64 or arm64, as images name it.
host_architecture() {
    case $(uname -m) in
        x86_64 | amd64) printf 'amd64\n' ;;
        aarch64 | arm64) printf 'arm64\n' ;;
        *) die "brr has no jemalloc for $(uname -m)" "It runs on amd64 and arm64." ;;
    esac
}

# sha256_of FILE... or of what comes in.
sha256_of() {
    if have sha256sum; then sha256sum "$@"; else shasum -a 256 "$@"; fi | cut -d ' ' -f 1
}

native_folder() { printf '%s/target/native/linux-%s\n' "$BRR_ROOT" "$1"; }

# ensure_native ARCHITECTURE: target/native/linux-ARCHITECTURE/libjemalloc.so.2 is that of the pinned package.
ensure_native() {
    local architecture=$1 folder deb stamp wanted
    folder=$(native_folder "$architecture")
    wanted=$(_jemalloc_sha256 "$architecture")
    stamp=$BRR_ROOT/target/stamps/native-$architecture
    if [ -s "$folder/libjemalloc.so.2" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return 0; fi
    deb=$BRR_CACHE/jemalloc-$JEMALLOC_VERSION/libjemalloc2_${JEMALLOC_VERSION}_$architecture.deb
    _has_hash "$deb" "$wanted" || _download_jemalloc "$architecture" "$deb" "$wanted" || return 1
    _unpack_jemalloc "$deb" "$folder" || return 1
    mkdir -p "$(dirname "$stamp")"
    printf '%s\n' "$wanted" >"$stamp"
}

_jemalloc_sha256() {
    case $1 in
        amd64) printf 'a4117c23c5c8acf6c9678a6cb086f000b79476369da7efe8a78a70826956ad3d\n' ;;
        arm64) printf '866eba7688ec5cbb98200a05540c4909df6320557371b634b5d394cd32b9f252\n' ;;
    esac
}

_has_hash() { [ -s "$1" ] && [ "$(sha256_of "$1")" = "$2" ]; }

_download_jemalloc() {
    local architecture=$1 deb=$2 wanted=$3 work
    work=$(mktemp -d)
    if ! { have apt-get && _apt_download "$architecture" "$work" && _has_hash "$work/jemalloc.deb" "$wanted"; } &&
        ! { _web_download "$(basename "$deb")" "$work" && _has_hash "$work/jemalloc.deb" "$wanted"; }; then
        rm -rf "$work"
        warn "libjemalloc2 $JEMALLOC_VERSION for $architecture could not be had from apt-get or $JEMALLOC_POOL."
        warn "Put the Debian package there yourself: $deb (sha256 $wanted)"
        return 1
    fi
    mkdir -p "$(dirname "$deb")"
    mv "$work/jemalloc.deb" "$deb"
    rm -rf "$work"
}

# Another architecture than the host's gets package lists of its own, so that nothing of the machine's apt is changed; root reads
# them itself, for apt's own user may not enter the folder.
_apt_download() {
    local architecture=$1 work=$2 options=()
    if [ "$(dpkg --print-architecture 2>/dev/null)" != "$architecture" ]; then
        mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
        options=(-o "Dir::State=$work/state" -o "Dir::Cache=$work/cache" -o Dir::State::status=/dev/null
            -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" -o APT::Sandbox::User=root)
        apt-get "${options[@]}" update -q >/dev/null 2>&1 || return 1
    fi
    (cd "$work" && apt-get "${options[@]}" download -q "libjemalloc2:$architecture=$JEMALLOC_VERSION") >/dev/null 2>&1 &&
        mv "$work"/libjemalloc2_*.deb "$work/jemalloc.deb"
}

_web_download() { curl -fsSL --retry 2 -o "$2/jemalloc.deb" "$JEMALLOC_POOL/$1" 2>/dev/null; }

_unpack_jemalloc() {
    local deb=$1 folder=$2 work status=0
    work=$(mktemp -d)
    if have dpkg-deb; then
        dpkg-deb -x "$deb" "$work"
    else
        (cd "$work" && ar x "$deb" && tar -xf data.tar.*)
    fi || status=$?
    if [ "$status" -eq 0 ]; then
        mkdir -p "$folder"
        cp "$work"/usr/lib/*/libjemalloc.so.2 "$folder/libjemalloc.so.2" &&
            cp "$work/usr/share/doc/libjemalloc2/copyright" "$folder/libjemalloc.copyright" &&
            chmod 644 "$folder"/libjemalloc.* || status=$?
    fi
    rm -rf "$work"
    return "$status"
}
