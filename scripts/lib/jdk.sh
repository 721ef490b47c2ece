# Shell function (source it, after log.sh): where a JDK of a major version is.

# jdk_home MAJOR: prints the home of a JDK, found by BRR_JAVA_HOME, JAVA_HOME, the usual folders, then PATH.
jdk_home() {
    local major=$1 home
    for home in "${BRR_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*"$major"* /opt/java/* /opt/*jdk*"$major"* \
        "$HOME"/.sdkman/candidates/java/"$major"* /Library/Java/JavaVirtualMachines/*"$major"*/Contents/Home \
        "$(_jdk_on_path)"; do
        if _is_jdk "$home" "$major"; then
            printf '%s\n' "$home"
            return 0
        fi
    done
    die "no JDK $major found" "Install Temurin $major (https://adoptium.net), or set BRR_JAVA_HOME to its folder."
}

_is_jdk() {
    [ -n "$1" ] && [ -x "$1/bin/javac" ] && grep -q "^JAVA_VERSION=\"$2[.\"]" "$1/release" 2>/dev/null
}

_jdk_on_path() {
    have javac && dirname "$(dirname "$(readlink -f "$(command -v javac)")")" || true
}
