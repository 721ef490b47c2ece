# Shell functions (source it, after log.sh): what a jemalloc makes of a MALLOC_CONF, by asking that library itself. They
# call problem WHAT CURE... of their caller.

# The options that a try sets itself; how hpa_dirty_mult is printed is no text of MALLOC_CONF.
NOT_COMPARED='^(stats_print|stats_print_opts|hpa_dirty_mult)$'

# tried LIBRARY CONF [CPUS]: all that a program says that runs with these options and prints opt.* as JSON at its end;
# false where it does not get there. It runs in an empty folder, for some options write files, and on the CPUS of who
# asks, for jemalloc counts them.
tried() {
    local library=$1 conf=$2 on=() folder status=0
    if [ -n "${3:-}" ] && taskset -c "$3" /bin/true 2>/dev/null; then on=(taskset -c "$3"); fi
    folder=$(mktemp -d)
    (cd "$folder" && exec "${on[@]}" env LD_PRELOAD="$library" \
        MALLOC_CONF="abort_conf:true,$(without_print_options "$conf"),stats_print:true,stats_print_opts:Jmdablxeh" /bin/true 2>&1) || status=$?
    rm -rf "$folder"
    return "$status"
}

# What leaves a part out of what is printed; empty parts stay, for they are mistakes.
without_print_options() { sed -E ':again; s/(^|,)stats_print_opts:[^,]*,/\1/; t again; s/,?stats_print_opts:[^,]*$//' <<<"$1"; }

# complaints SAID: without what options tell jemalloc to print.
complaints() { sed '/^{/,/^}/d' <<<"$1" | grep -vE '^<jemalloc>: (-- Set conf value|malloc_conf #)' | head -n 5 || true; }

# effective_options SAID: opt.* as lines of name=value.
effective_options() {
    tr -d '\t\n' <<<"$1" | sed -n 's/.*"opt": *{\([^}]*\)}.*/\1/p' | sed 's/,"/\n"/g' |
        sed -nE 's/^"([^"]+)": *"?([^"]*)"?$/\1=\2/p'
}

# differences CONF SAID: a line for each option that is not in effect as it is written. TuningCheck has the same rules, and
# TuningDifferencesTest holds both to one table.
differences() {
    local conf=$1 effective name value
    effective=$(effective_options "$2")
    if [ -z "$effective" ]; then
        printf 'it does not say what opt.* are\n'
        return
    fi
    tr , '\n' <<<"$conf" | cut -d : -f 1 | grep -vE "$NOT_COMPARED" | sort | uniq -d | sed 's/$/ is there twice, and the last one counts/'
    while IFS=: read -r name value; do
        difference "$effective" "$name" "$value"
    done < <(tr , '\n' <<<"$conf")
}

# difference EFFECTIVE NAME VALUE
difference() {
    local effective=$1 name=$2 value=$3 shown=$2 actual
    if [[ $name =~ $NOT_COMPARED || $name:$value == narenas:default ]]; then return; fi
    if [[ $name =~ ^(lg_)?prof_ && $value != false ]] && ! grep -qx 'prof=true' <<<"$effective"; then
        printf '%s has no effect without prof:true\n' "$name:$value"
        return
    fi
    if [[ $name:$value =~ ^lg_tcache_max:[0-9]+$ ]]; then
        shown=tcache_max
        value=$((1 << 10#$value))
    fi
    actual=$(grep -m 1 "^$shown=" <<<"$effective") || return 0
    actual=${actual#*=}
    if [[ $name == thp && $actual == 'not supported' && $value != always ]]; then return; fi
    [ "$actual" = "$value" ] || printf '%s is %s, not %s\n' "$shown" "$actual" "$value"
}

# check_taken WHO LIBRARY CONF [CPUS]: whether the library takes each option, and as it is written.
check_taken() {
    local who=$1 library=$2 conf=$3 said ended=0 complaint unlike
    [ ! -L /etc/malloc.conf ] ||
        note "this machine has /etc/malloc.conf -> $(readlink /etc/malloc.conf), and the options are tried on top of that"
    said=$(tried "$library" "$conf" "${4:-}") || ended=$?
    complaint=$(complaints "$said")
    if [[ $complaint == *'ERROR: ld.so: object '* || $complaint == *'error while loading shared libraries'* ]]; then
        problem "$who: MALLOC_CONF=$conf cannot be tried, for this machine does not load $library: $complaint" \
            "Look at it where it runs, or on a machine with the same distribution."
    elif [ "$ended" -ne 0 ] || [ -n "$complaint" ]; then
        problem "$who: jemalloc does not take MALLOC_CONF=$conf: ${complaint:-it ended the process}" \
            "Without abort_conf:true in front it runs on without these options and says no more than that."
    elif mapfile -t unlike < <(differences "$conf" "$said") && [ "${#unlike[@]}" -gt 0 ]; then
        problem "$who: jemalloc takes MALLOC_CONF=$conf otherwise than it is written" "${unlike[@]}" \
            "Numbers are read as in C (010 is 8) and cut to their type. Write what opt.* is to be."
    elif [[ $conf != abort_conf:true* ]]; then
        problem "$who: MALLOC_CONF=$conf does not begin with abort_conf:true" \
            "Put it first: a later mistake would be ignored in silence."
    fi
}

# check_link WHO ROOT: jemalloc reads the target of this link as options too, before MALLOC_CONF, jemalloc(3), TUNING.
check_link() {
    local link
    link=$(readlink "$2/etc/malloc.conf" 2>/dev/null) || return 0
    problem "$1 has the link /etc/malloc.conf -> $link: jemalloc takes options from it that MALLOC_CONF does not name" \
        "rm /etc/malloc.conf in the image, and name in MALLOC_CONF what is needed of it."
}
