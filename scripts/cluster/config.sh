# Shell function (source it, after layout.sh): configuration files from their templates in config/.

# render NAME: writes $CONFIG/NAME from config/NAME, where each @VARIABLE@ stands for the shell variable's value.
render() {
    local text name
    text=$(<"$BRR_CLUSTER_SCRIPTS/config/$1")
    while [[ $text =~ @([A-Z_]+)@ ]]; do
        name=${BASH_REMATCH[1]}
        [ -n "${!name+set}" ] || die "config/$1 names @$name@, which nothing sets"
        text=${text//"@$name@"/${!name}}
    done
    printf '%s\n' "$text" >"$CONFIG/$1"
}
