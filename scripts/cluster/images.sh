# Shell functions (source it): images made from a folder, without a Docker engine, the same digest each time.

. ../lib/log.sh
. ../lib/dirs.sh
. ../lib/jdk.sh
. ./versions.sh
. ./layout.sh

make_work_folder() {
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
}

# image_key FILE...: a hash of everything that an image is made from.
image_key() {
    cat "$@" ./images.sh | sha256sum | cut -c1-16
}

# image_is_pushed IMAGE KEY: whether the registry still has what was once made from the same inputs.
image_is_pushed() {
    local digest
    digest=$(cat "$(_key_file "$1" "$2")" 2>/dev/null) || return 1
    [ "$("$CRANE" digest --insecure "$1" 2>/dev/null)" = "$digest" ]
}

# pack FOLDER TAR: sorted, owned by root, without times.
pack() {
    tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=gnu -C "$1" -cf "$2" .
}

# push_image IMAGE KEY TAR FLAG...: one layer on nothing; the flags are those of "crane mutate".
push_image() {
    local image=$1 key=$2 layer=$3
    shift 3
    "$CRANE" append --insecure --oci-empty-base -f "$layer" -t "$image" >/dev/null 2>&1 ||
        die "crane could not push $image" "Does the registry answer?"
    "$CRANE" mutate --insecure "$image" -t "$image" --set-platform "linux/$(image_architecture)" "$@" >/dev/null 2>&1 ||
        die "crane could not configure $image"
    mkdir -p "$IMAGE_KEYS"
    "$CRANE" digest --insecure "$image" >"$(_key_file "$image" "$key")"
}

image_architecture() {
    case $(uname -m) in
        x86_64) printf 'amd64\n' ;;
        aarch64 | arm64) printf 'arm64\n' ;;
        *) uname -m ;;
    esac
}

_key_file() { printf '%s/%s-%s\n' "$IMAGE_KEYS" "$(tr '/:' '__' <<<"$1")" "$2"; }
