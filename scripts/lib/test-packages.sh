# Shell functions (source it, after log.sh): what the tests need and a plain Debian 12 lacks, installed by apt-get. A JDK
# 25 and Go are not in Debian 12: jdk.sh and the cluster's scripts say where to get them.

# program:package
TEST_PROGRAMS=(mvn:maven curl:curl openssl:openssl jq:jq git:git ar:binutils shellcheck:shellcheck cc:build-essential
    musl-gcc:musl-tools aarch64-linux-gnu-gcc:gcc-aarch64-linux-gnu)

# ensure_test_packages: installs those that are missing. Where that cannot be done it names them, and the tests that need
# them fail and say so.
ensure_test_packages() {
    local missing
    mapfile -t missing < <(_missing_test_packages)
    [ "${#missing[@]}" -gt 0 ] || return 0
    if ! have apt-get || [ "$(id -u)" -ne 0 ]; then
        warn "missing: ${missing[*]} (names of Debian's packages; some tests will fail without them)"
        return 0
    fi
    step "install ${missing[*]}" _install_test_packages "${missing[@]}"
}

_missing_test_packages() {
    local pair
    for pair in "${TEST_PROGRAMS[@]}"; do
        have "${pair%%:*}" || printf '%s\n' "${pair#*:}"
    done
    # What a compiler for arm64 needs besides: Debian only recommends it.
    printf '#include <stdlib.h>\n' | aarch64-linux-gnu-gcc -E - >/dev/null 2>&1 || printf 'libc6-dev-arm64-cross\n'
    # It has setcap, which is not on everybody's path: a test gives capabilities to a file.
    PATH=$PATH:/usr/sbin:/sbin have setcap || printf 'libcap2-bin\n'
    # A Python without ensurepip makes half a virtual environment and then fails.
    python3 -c 'import ensurepip, venv' 2>/dev/null || printf 'python3-venv\n'
    # The tests preload what this system has. Its loader only complains of what it cannot preload, and goes on.
    [ -z "$(LD_PRELOAD=libjemalloc.so.2 env true 2>&1)" ] || printf 'libjemalloc2\n'
}

_install_test_packages() {
    apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null
}
