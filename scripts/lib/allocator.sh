# Shell functions (source it, after log.sh and malloc-conf.sh): why a process or an image's files do not end up with
# jemalloc. They need Linux and readelf, and call ok TEXT and problem WHAT CURE... of their caller.

OTHER_ALLOCATORS='lib(tcmalloc|mimalloc|snmalloc|rpmalloc|hoard|scudo|hardened_malloc|tbbmalloc)[^/]*\.so'

# --- what is preloaded ---

# entries PRELOAD: one a line, ld.so(8). What an entry is its file's name says, and not its folder's.
entries() { tr -s ' :\t\n' '\n' <<<"$1" | sed '/^$/d'; }
first_jemalloc() { entries "$1" | grep -m 1 'jemalloc[^/]*$'; }
first_allocator() { entries "$1" | grep -m 1 -E "jemalloc[^/]*$|(^|/)${OTHER_ALLOCATORS}[^/]*$"; }

# check_preload WHO PRELOAD: false, and said why, where that does not make jemalloc the allocator, whatever files are there.
check_preload() {
    local who=$1 preload=$2 first
    if [[ $preload =~ [\"\'] ]]; then
        problem "$who has quotation marks in LD_PRELOAD=$preload: the loader takes them for part of the name" \
            "Without them: an environment file and a manifest take quotes literally where a shell would not."
    elif ! first_jemalloc "$preload" >/dev/null; then
        problem "$who has LD_PRELOAD=$preload, which names no jemalloc" "Put libjemalloc.so.2 in front, and a colon."
    elif first=$(first_allocator "$preload") && [ "$first" != "$(first_jemalloc "$preload")" ]; then
        problem "$who has jemalloc and, before it, $first in LD_PRELOAD=$preload: malloc is that one's" \
            "Name libjemalloc.so.2 first in LD_PRELOAD, or alone."
    else
        return 0
    fi
    return 1
}

# of_the_system ROOT: what /etc/ld.so.preload names; the loader comes to it behind LD_PRELOAD.
of_the_system() { sed 's/#.*//' "$1/etc/ld.so.preload" 2>/dev/null || true; }

# --- a running process, by what the kernel says of it ---

# variable PID NAME: its value in the environment that the process was started with; false without it.
variable() {
    local line
    while IFS= read -r -d '' line; do
        [ "${line%%=*}" = "$2" ] && printf '%s\n' "${line#*=}" && return 0
    done <"/proc/$1/environ"
    return 1
}

# AT_SECURE (23) of the auxiliary vector, getauxval(3). The kernel shows it to root alone where it is set.
is_secure() {
    [ -r "/proc/$1/auxv" ] || return 0
    od -An -v -t u8 -w16 "/proc/$1/auxv" 2>/dev/null | awk '$1 == 23 && $2 != 0 { found = 1 } END { exit !found }'
}

is_static() { ! readelf -lW "$1" 2>/dev/null | grep -q INTERP; }
machine_of() { readelf -hW "$1" 2>/dev/null | sed -n 's/^ *Machine: *//p'; }
needs_of() { readelf -dW "$1" 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }
exports() { readelf --dyn-syms -W "$1" 2>/dev/null | awk -v name="$2" '$8 == name && $7 != "UND" { found = 1 } END { exit !found }'; }
# file_of PID PATH: where a mapped file can be read from here; maps names it by the root of the process or by the reader's.
file_of() {
    local path
    for path in "/proc/$1/root$2" "$2"; do
        [ ! -r "$path" ] || { printf '%s\n' "$path" && return 0; }
    done
    return 1
}
# mapped_file PID NAME: the first mapped file of such a name, a regular expression.
mapped_file() { sed -n 's/^[^/]* \(\/.*\)$/\1/p' "/proc/$1/maps" | sed 's/ (deleted)$//' | grep -E -m 1 "/$2\$" || true; }

# check_process PID [ASKED]: ASKED is the MALLOC_CONF that it was meant to have.
check_process() {
    local pid=$1 asked=${2:-} library file before=$PROBLEMS
    library=$(mapped_file "$pid" '[^/]*jemalloc[^/]*')
    if [ -z "$library" ]; then
        explain_absence "$pid"
        return
    fi
    if ! file=$(file_of "$pid" "$library"); then
        problem "process $pid has $library mapped, and there is no such file any more that could be looked into" \
            "It was replaced or removed while the process ran: start it anew."
        return
    fi
    check_mapped "$pid" "$library" "$file"
    [ "$PROBLEMS" -gt "$before" ] || check_conf "$pid" "$file" "$(variable "$pid" MALLOC_CONF || true)" "$asked"
    check_link "process $pid" "/proc/$pid/root"
    [ "$PROBLEMS" -gt "$before" ] || ok "process $pid: $library is mapped and takes MALLOC_CONF=$(variable "$pid" MALLOC_CONF), option by option"
}

check_mapped() {
    local pid=$1 library=$2 file=$3 other first
    if ! exports "$file" mallctl; then
        problem "process $pid has $library mapped, which exports no mallctl: it was built with a prefix and replaces no malloc" \
            "Preload a build without one, such as Debian's libjemalloc2."
        return
    fi
    if ! loaded_at_start "$pid"; then
        problem "process $pid has $library mapped, which was loaded while the process ran: malloc is another's" \
            "A library that is opened later replaces nothing: LD_PRELOAD=libjemalloc.so.2, in what starts it."
        return
    fi
    other=$(mapped_file "$pid" "${OTHER_ALLOCATORS}[^/]*")
    first=$(first_allocator "$(variable "$pid" LD_PRELOAD || true)") || true
    if [ -n "$other" ] && [[ ${first##*/} != *jemalloc* ]]; then
        problem "process $pid has jemalloc and, before it, $other: malloc is that one's" \
            "Name libjemalloc.so.2 first in LD_PRELOAD, or alone."
    fi
}

# Whether jemalloc came with the program: it is preloaded, or a file that is mapped needs it.
loaded_at_start() {
    local file
    first_jemalloc "$(variable "$1" LD_PRELOAD || true) $(of_the_system "/proc/$1/root")" >/dev/null && return 0
    while IFS= read -r file; do
        file=$(file_of "$1" "$file") && needs_of "$file" | grep -q jemalloc && return 0
    done < <(sed -nE 's/^[^ ]+ r-x[^\/]* (\/.*)$/\1/p' "/proc/$1/maps" | sort -u)
    return 1
}

# check_conf PID LIBRARY CONF ASKED: the library itself is asked what it takes.
check_conf() {
    local who="process $1" library=$2 conf=$3 asked=$4
    if [ -n "$asked" ] && [ "$conf" != "$asked" ]; then
        problem "$who was meant to have MALLOC_CONF=$asked and has MALLOC_CONF=$conf" \
            "Something between, such as a wrapper script or the image's entrypoint, sets it anew: look for export MALLOC_CONF there."
    elif [ -z "$conf" ]; then
        problem "$who has jemalloc, but no MALLOC_CONF" "Its process was started without one: jemalloc runs by its defaults."
    else
        check_taken "$who" "$library" "$conf" "$(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' "/proc/$1/status")"
    fi
}

explain_absence() {
    local pid=$1 preload
    if grep -qE '/(ld-musl-|libc\.musl-)' "/proc/$pid/maps" || readelf -lW "/proc/$pid/exe" 2>/dev/null | grep -q 'interpreter: .*/ld-musl-'; then
        problem "process $pid runs on musl; a jemalloc built for glibc does not load there" "Use a base image on glibc."
    elif is_static "/proc/$pid/exe"; then
        problem "process $pid is a statically linked program: nothing reads LD_PRELOAD" "Link it dynamically, or jemalloc into it."
    elif is_secure "$pid"; then
        problem "process $pid has file capabilities or another identity than its caller: the loader ignores LD_PRELOAD" \
            "getcap shows it, setcap -r removes it; use a port above 1023 instead."
    elif ! preload=$(variable "$pid" LD_PRELOAD) || [ -z "$preload" ]; then
        problem "process $pid was started without LD_PRELOAD" "LD_PRELOAD=libjemalloc.so.2, in what starts it."
    elif check_preload "process $pid" "$preload"; then
        explain_unloaded "$pid" "$(first_jemalloc "$preload")"
    fi
}

# The loader said on stderr that it ignores the entry, and went on.
explain_unloaded() {
    local pid=$1 entry=$2 file=/proc/$1/root$2
    if [[ $entry != */* ]]; then
        problem "process $pid has LD_PRELOAD with $entry, and no folder that its loader searches has such a file" \
            "Debian: apt-get install libjemalloc2, in the image that runs and not only in the one that builds."
    elif [ ! -e "$file" ]; then
        problem "process $pid has LD_PRELOAD with $entry, and there is no such file for it" \
            "Is it in the image that runs, and not only in the build stage? /usr/lib/x86_64-linux-gnu is amd64's folder alone."
    elif [ "$(machine_of "$file")" != "$(machine_of "/proc/$pid/exe")" ]; then
        problem "process $pid is for $(machine_of "/proc/$pid/exe"), $entry for $(machine_of "$file")" "Take the library of that architecture."
    else
        problem "process $pid could not load $entry; it needs $(needs_of "$file" | tr '\n' ' ')" \
            "Debian: apt-get install libstdc++6 libgcc-s1, in the image that runs."
    fi
}

# --- the files of an image ---

# check_root FOLDER [LIBRARY [FOLDERS [CONF]]]: an image's root file system. LIBRARY is what its LD_PRELOAD names, or any that
# is there; FOLDERS is its LD_LIBRARY_PATH, CONF its MALLOC_CONF.
check_root() {
    local root=$1 library=${2:-} conf=${4:-} before=$PROBLEMS java
    java=$(find "$root/" -xdev -path '*/bin/java' -type f -print -quit)
    if is_on_musl "$root" "$java"; then
        problem "${root:-/} is a system on musl; a jemalloc built for glibc ends each process there at its start" "Use a base image on glibc."
        return
    fi
    find_library "$root" "$library" "${3:-}" || return 0
    library=$FOUND
    check_root_library "$root" "$library"
    [ -z "$java" ] || check_java "$root" "$java" "$library"
    [ -z "$conf" ] || [ "$PROBLEMS" -gt "$before" ] || check_taken "${root:-/}" "$root$library" "$conf"
    check_link "${root:-/}" "$root"
    [ "$PROBLEMS" -gt "$before" ] ||
        ok "${root:-/}: $library is there, with all that it needs${java:+, and /${java#"$root/"} takes it}${conf:+; it takes MALLOC_CONF=$conf, option by option}"
}

# find_library ROOT LIBRARY FOLDERS: FOUND is where it is in the root; false, and said why, where it is not. A name without a
# folder is looked for as the loader does it.
find_library() {
    local root=$1 library=$2 name=${2:-libjemalloc.so*}
    FOUND=$library
    [[ $library == */* ]] || FOUND=$(cd "$root/" && find . -xdev -name "$name" ! -type d | LC_ALL=C sort | head -1 | cut -c2-)
    if [ -z "$FOUND" ] || [ ! -s "$root$FOUND" ]; then
        problem "${root:-/} has no ${library:-libjemalloc.so.2}" \
            "It has to be in the image that runs, not only in the stage that builds: COPY --from, or apt-get install libjemalloc2."
        return 1
    fi
    [[ -n $library && $library != */* ]] || return 0
    local folder
    while IFS= read -r folder; do
        if [ -s "$root$folder/$library" ]; then
            FOUND=$folder/$library
            return 0
        fi
    done < <(searched "$root" "$3")
    problem "${root:-/} has $FOUND, and its loader looks for $library in other folders" "Name it by its path: LD_PRELOAD=$FOUND"
    return 1
}

# searched ROOT FOLDERS: where the loader of a root looks for a name, ld.so(8).
searched() {
    tr ': ' '\n\n' <<<"$2"
    { cat "$1"/etc/ld.so.conf "$1"/etc/ld.so.conf.d/*.conf 2>/dev/null || true; } | sed -nE 's/^[[:space:]]*(\/[^[:space:]#]*).*/\1/p'
    (cd "$1/" && printf '/%s\n' lib/*-linux-gnu* usr/lib/*-linux-gnu*)
    printf '%s\n' /lib64 /usr/lib64 /lib /usr/lib
}

# A system on glibc may have musl's loader beside its own, from musl-tools: java tells then, or else the C library.
is_on_musl() {
    local root=$1 java=$2
    compgen -G "$root/lib/ld-musl-*" >/dev/null || return 1
    if [ -n "$java" ] && has_interpreter "$java"; then
        readelf -lW "$java" 2>/dev/null | grep -q 'interpreter: .*/ld-musl-'
    else
        [ -z "$(find "$root/" -xdev -name libc.so.6 -print -quit)" ]
    fi
}

has_interpreter() { readelf -lW "$1" 2>/dev/null | grep -q 'interpreter: '; }

check_root_library() {
    local root=$1 library=$2 name page
    exports "$root$library" mallctl ||
        problem "$root$library exports no mallctl: it was built with a prefix and replaces no malloc" "Take a build without one."
    for name in $(needs_of "$root$library"); do
        [ -n "$(find "$root/" -xdev -name "$name" -print -quit)" ] ||
            problem "${root:-/} lacks $name, which $library needs: each process would end at its start" "Debian: apt-get install libstdc++6 libgcc-s1"
    done
    page=$(readelf -lW "$root$library" 2>/dev/null | awk '$1 == "LOAD" { print $NF }' | head -1)
    [ -z "$page" ] || [ "$((page))" -ge "$(getconf PAGESIZE)" ] ||
        problem "$root$library is laid out for pages of $((page)) bytes, this kernel's have $(getconf PAGESIZE)" "Take a build for larger pages."
}

check_java() {
    local root=$1 java=$2 library=$3 capabilities
    if is_static "$java"; then
        problem "$java is statically linked: nothing reads LD_PRELOAD" "Use a JVM that is linked dynamically."
        return
    fi
    if ! capabilities=$(capabilities_of "$root" "$java"); then
        problem "the file capabilities of $java could not be looked at" "Debian: apt-get install libcap2-bin tar"
    elif [ -n "$capabilities" ]; then
        problem "$java has file capabilities ($capabilities): the loader ignores LD_PRELOAD without a word" "setcap -r $java; use a port above 1023."
    elif [ -u "$java" ] || [ -g "$java" ]; then
        problem "$java is set-user-ID or set-group-ID: the loader ignores LD_PRELOAD without a word" "chmod ug-s $java"
    fi
    [ "$(machine_of "$java")" = "$(machine_of "$root$library")" ] ||
        problem "$java is for $(machine_of "$java"), $library for $(machine_of "$root$library")" "Take the library of that architecture."
}

# capabilities_of ROOT FILE: a word for them, or nothing; false where nobody can tell. tar tells of them, and getcap names
# them. Of an image that is unpacked its archive says it, in CAPABLE: only root may give them to a file.
capabilities_of() {
    local file=${2#"$1/"} listed words
    if [ -n "${CAPABLE:-}" ]; then
        listed=$(grep -xF "$file" "$CAPABLE") || true
    else
        listed=$(tar --xattrs --xattrs-include=security.capability -C "$1/" -cf - "$file" 2>/dev/null | capable_files) || return 1
    fi
    [ -n "$listed" ] || return 0
    words=$(PATH=$PATH:/usr/sbin:/sbin getcap "$2" 2>/dev/null) || true
    words=${words##* }
    printf '%s\n' "${words:-security.capability}"
}

# capable_files: of an archive on standard input, the files that have capabilities.
capable_files() {
    tar --xattrs --xattrs-include='*' --quoting-style=literal --warning=no-unknown-keyword -tvvvf - 2>/dev/null | awk '
        /^[-dhlbcp]/ { name = $0; sub(/^[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ +/, "", name); sub(/^\.?\//, "", name) }
        /^ +x: +[0-9]+ security\.capability$/ { print name }'
}
