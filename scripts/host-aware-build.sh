#!/usr/bin/env bash
# The build verbs that people, scripts/install and the Tiltfile share, on each host and architecture. Nothing is built
# when nothing changed: a hash of the sources is kept beside what was made from them.
#   host-aware-build.sh brr                 the library modules: jemalloc, crds, runtime
#   host-aware-build.sh pet                 the pet store and its packaged runtime; copied to build_artifacts/
#   host-aware-build.sh operator            the operator and all that its image carries
#   host-aware-build.sh operator --classes  its classes alone: the shortest way for a running dev loop
#   host-aware-build.sh operator --push     and its image, pushed to $BRR_REGISTRY/brr/operator:<hash of its content>
#   host-aware-build.sh hash operator       prints that hash
# --image REF pushes under a name of your own. Environment (scripts/env prints it): BRR_REGISTRY, BRR_REGISTRY_FROM_HOST
# (the same registry as this machine sees it), BRR_REGISTRY_INSECURE, BRR_BASE_IMAGE. MVN names another Maven.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/log.sh
. scripts/lib/dirs.sh
. scripts/lib/jdk.sh
. scripts/lib/native.sh

STAMPS=target/stamps
OPERATOR_REFERENCE=$STAMPS/operator-image
LIVE_CLASSES=target/live/classes
BASE_IMAGE=${BRR_BASE_IMAGE:-eclipse-temurin:25-jre}

usage() { sed -n '2,/^set -e/{/^#/s/^# \{0,1\}//p;}' "$0"; }

preflight() {
    have "${MVN:-mvn}" || die "Maven is missing" "Debian: apt-get install maven; macOS: brew install maven; or set MVN."
    # Maven itself may run on 17; the toolchains plugin finds the JDK that compiles by this name, wherever it lies.
    JAVA25_HOME=$(jdk_home 25) || {
        [ "$(uname -s)" != Darwin ] || warn "macOS: brew install --cask temurin@25"
        return 1
    }
    export JAVA25_HOME
}

# Maven resets the terminal's colour at its end, even where it used none.
maven() {
    "${MVN:-mvn}" -q --batch-mode --no-transfer-progress -Dmaven.test.skip=true "$@" 2>&1 | sed $'s/\e\\[0m//g'
}

# What a verb's result depends on: sources and poms, not tests.
sources_of() {
    case $1 in
        brr) printf '%s\n' pom.xml .mvn {jemalloc,crds,runtime}/{pom.xml,src/main} ;;
        pet) sources_of brr && printf '%s\n' petstore-image/{pom.xml,src/main} ;;
        classes) printf '%s\n' pom.xml .mvn {jemalloc,crds,operator}/{pom.xml,src/main} ;;
        operator) sources_of pet && printf '%s\n' operator/{pom.xml,src/main} scripts/lib/native.sh ;;
        *) die "there is nothing called '$1' to build" "brr, pet or operator" ;;
    esac
}

source_hash() {
    # shellcheck disable=SC2046  # the paths are this repository's own and have no spaces
    find $(sources_of "$1") -type f -print 2>/dev/null | LC_ALL=C sort | while IFS= read -r file; do
        printf '%s %s\n' "$(sha256_of "$file")" "$file"
    done | sha256_of | cut -c1-16
}

# What exists when a verb has done its work.
results_of() {
    case $1 in
        brr) compgen -G 'jemalloc/target/brr-jemalloc-*.jar' && compgen -G 'crds/target/brr-crds-*.jar' &&
            compgen -G 'runtime/target/brr-runtime-*.jar' ;;
        pet) compgen -G 'petstore-image/target/image/libs/*.jar' && compgen -G 'build_artifacts/petstore/libs/*.jar' ;;
        classes) [ -f operator/target/classes/dev/brr/operator/OperatorMain.class ] ;;
        operator) results_of classes && results_of pet ;;
    esac >/dev/null
}

is_current() { [ "$(cat "$STAMPS/$1" 2>/dev/null)" = "$2" ] && results_of "$1"; }

# build VERB TEXT COMMAND...
build() {
    local verb=$1 text=$2 hash
    shift 2
    hash=$(source_hash "$verb")
    if is_current "$verb" "$hash"; then
        say "==> $text: nothing changed"
        return 0
    fi
    step "$text" "$@"
    results_of "$verb" || die "the build of '$verb' succeeded but made nothing" "Remove target/ and build again."
    mkdir -p "$STAMPS"
    printf '%s\n' "$hash" >"$STAMPS/$verb"
}

build_brr() { build brr "build the libraries jemalloc, crds, runtime" maven -pl jemalloc,crds,runtime package; }

build_pet() {
    ensure_native "$(host_architecture)"
    build pet "build the pet store and its packaged runtime" package_pet
}

# What is copied there and no longer needed would stay, and end in images.
clean_image() { rm -rf petstore-image/target/image; }

package_pet() {
    clean_image && maven -pl petstore-image -am package &&
        copy_artifacts
}

# The same folder as the operator's image carries, and the allocator beside it: all that a service is made of. Left
# alone where it is the same already, for whoever watches it.
copy_artifacts() {
    local wanted=target/artifacts.partial
    rm -rf "$wanted" &&
        mkdir -p "$wanted" build_artifacts &&
        cp -R petstore-image/target/image/. "$wanted/" &&
        cp -R target/native "$wanted/native" &&
        check_document "$wanted" || return 1
    if diff -rq "$wanted" build_artifacts/petstore >/dev/null 2>&1; then
        rm -rf "$wanted"
    else
        rm -rf build_artifacts/petstore && mv "$wanted" build_artifacts/petstore
    fi
}

# A start on this machine then finds its document checked, as one from the operator's image does.
check_document() {
    "$(jdk_home 25)/bin/java" -cp "$1/libs/*" dev.brr.runtime.document.CheckMain --spec "$1/openapi.yaml" \
        --checked "$1/openapi.yaml.checked" >/dev/null
}

build_operator() {
    ensure_natives
    build operator "build the operator" compile_operator
}

build_classes() {
    build classes "compile the operator" maven -pl operator -am compile &&
        mirror_classes
}

# What a running dev loop takes its classes from. Maven empties target/classes before it compiles, and who watches that
# folder sees all classes go; here only what differs is written, each file at once, and removed what is no longer made.
mirror_classes() {
    local class
    mkdir -p "$LIVE_CLASSES"
    for class in $(cd crds/target/classes && find . -type f; cd ../../../operator/target/classes && find . -type f); do
        mirror_class "$class" || return 1
    done
    (cd "$LIVE_CLASSES" && find . -type f) | while IFS= read -r class; do
        [ -f "operator/target/classes/$class" ] || [ -f "crds/target/classes/$class" ] || rm -f "$LIVE_CLASSES/$class"
    done
}

mirror_class() {
    local class=$1 from=operator/target/classes
    [ -f "$from/$class" ] || from=crds/target/classes
    ! cmp -s "$from/$class" "$LIVE_CLASSES/$class" || return 0
    mkdir -p "$LIVE_CLASSES/$(dirname "$class")" &&
        cp "$from/$class" "$LIVE_CLASSES.partial" &&
        mv "$LIVE_CLASSES.partial" "$LIVE_CLASSES/$class"
}

compile_operator() {
    clean_image && maven -pl petstore-image,operator -am package &&
        copy_artifacts
}

# Images of services may be for both; the host's own architecture has to be there.
ensure_natives() {
    local architecture
    ensure_native "$(host_architecture)"
    for architecture in amd64 arm64; do
        ensure_native "$architecture" || warn "going on without jemalloc for $architecture"
    done
}

# What the image's content depends on beside the sources: the allocators and the base.
image_hash() {
    {
        source_hash operator
        cat "$STAMPS"/native-* 2>/dev/null || true
        printf '%s %s\n' "$BASE_IMAGE" "$(registry_digest "$(from_host "$BASE_IMAGE")" || true)"
    } | sha256_of | cut -c1-16
}

# from_host IMAGE: the name by which this machine reaches an image of $BRR_REGISTRY.
from_host() {
    local image=$1
    case $image in
        "${BRR_REGISTRY:-/}"/*) printf '%s%s\n' "${BRR_REGISTRY_FROM_HOST:-$BRR_REGISTRY}" "${image#"$BRR_REGISTRY"}" ;;
        *) printf '%s\n' "$image" ;;
    esac
}

# The registries that scripts/up brings speak plain http, on this machine alone.
insecure() {
    case ${BRR_REGISTRY_INSECURE:-}:${BRR_KUBERNETES:-} in
        true:* | :embedded | :kind) return 0 ;;
        *) return 1 ;;
    esac
}

# registry_digest REGISTRY/REPOSITORY:TAG: the digest that our registry has; fails when it has none or wants a login.
registry_digest() {
    local reference=$1 host path scheme=https digest
    host=${BRR_REGISTRY_FROM_HOST:-${BRR_REGISTRY:-}}
    host=${host%%/*}
    [ -n "$host" ] && [ "${reference%%/*}" = "$host" ] || return 1
    ! insecure || scheme=http
    path=${reference#*/}
    digest=$(curl -fsS --noproxy '*' --max-time 10 -I \
        -H 'Accept: application/vnd.oci.image.index.v1+json' -H 'Accept: application/vnd.oci.image.manifest.v1+json' \
        -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' \
        -H 'Accept: application/vnd.docker.distribution.manifest.list.v2+json' \
        "$scheme://$host/v2/${path%:*}/manifests/${path##*:}" 2>/dev/null |
        tr -d '\r' | sed -nE 's/^docker-content-digest: *(sha256:[0-9a-f]{64})$/\1/Ip')
    [ -n "$digest" ] && printf '%s\n' "$digest"
}

push_operator() {
    local image=$1 target digest
    target=$(from_host "$image")
    if digest=$(registry_digest "$target"); then
        say "==> push the operator's image: the registry has it"
    else
        step "push the operator's image $image" jib "$target"
        digest=$(cat operator/target/jib-image.digest)
    fi
    printf '%s@%s\n' "${image%:*}" "$digest" >"$OPERATOR_REFERENCE"
    cat "$OPERATOR_REFERENCE"
}

# The jib plugin builds and pushes in one go, without a Docker engine; jib.containerize keeps it to one module.
jib() {
    local options=()
    ! insecure || options=(-Djib.allowInsecureRegistries=true)
    maven -pl petstore-image,operator -am package jib:build -Djib.containerize=dev.brr:brr-operator \
        -Dbrr.operator.base="$(from_host "$BASE_IMAGE")" -Dbrr.operator.image="$1" -Djib.console=plain \
        ${options[@]+"${options[@]}"}
}

operator() {
    local push=no image=
    while [ $# -gt 0 ]; do
        case $1 in
            --push) push=yes ;;
            --classes) build_classes && return 0 ;;
            --image) image=${2:?--image needs a reference} push=yes && shift ;;
            *) die "unknown option $1" "$(usage)" ;;
        esac
        shift
    done
    build_operator
    [ "$push" = yes ] || return 0
    if [ -z "$image" ]; then
        [ -n "${BRR_REGISTRY:-}" ] || die "BRR_REGISTRY is not set: nowhere to push to" "eval \"\$(scripts/env)\""
        image=$BRR_REGISTRY/brr/operator:$(image_hash)
    fi
    push_operator "$image"
}

case ${1:-} in
    brr) preflight && build_brr ;;
    pet) preflight && build_pet ;;
    operator) preflight && operator "${@:2}" ;;
    hash)
        [ "${2:-}" = operator ] || die "only the operator's image has a hash"
        image_hash
        ;;
    -h | --help) usage ;;
    *)
        usage >&2
        exit 2
        ;;
esac
