# shellcheck shell=sh
# What every start needs, of a checkout and of an unpacked archive: sourced by `muster`.

say() { printf '%s\n' "muster: $*" >&2; }

# Sets class_path from the only line of a file: names below a folder, separated by colons. False when
# one of them is gone or must not be read; `missing` is the first of those.
#
#   $1  the file
#   $2  the folder
read_class_path() {
  class_path=
  missing=$1
  [ -r "$1" ] && IFS= read -r entries <"$1" || return 1
  missing=
  old_ifs=$IFS
  IFS=:
  set -f
  for entry in $entries; do
    case $entry in
      # The folder may have been moved or copied since this was written.
      */jars/*/*) [ -r "$2/${entry#"${entry%/*/*/*}"/}" ] && entry=$2/${entry#"${entry%/*/*/*}"/} ;;
      /*) ;;
      *) entry=$2/$entry ;;
    esac
    [ -r "$entry" ] && [ -s "$entry" ] || missing=${missing:-$entry}
    class_path=$class_path:$entry
  done
  set +f
  IFS=$old_ifs
  class_path=${class_path#:}
  [ -n "$class_path" ] && [ -z "$missing" ]
}

# A descriptor that the caller has closed would be given to the next file that is opened, and what
# is printed would go into that file. What is written to this one fails as it would have.
keep_descriptors() {
  [ -d /proc/$$/fd ] || return 0
  [ -L /proc/$$/fd/0 ] || exec </dev/null
  [ -L /proc/$$/fd/1 ] || exec 1</dev/null
  [ -L /proc/$$/fd/2 ] || exec 2>/dev/null
}

# File names are bytes to the system and characters to Java, which translates by the locale: it must
# be one of UTF-8 that is installed, whatever the caller's is. Nothing else of Muster looks at it.
use_utf8() {
  for installed in /usr/lib/locale/C.utf8 /usr/lib/locale/C.UTF-8; do
    if [ -d "$installed" ]; then
      LC_ALL=C.UTF-8
      export LC_ALL
      return
    fi
  done
  chosen=C.UTF-8
  if command -v locale >/dev/null 2>&1; then
    for candidate in C.UTF-8 "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" en_US.UTF-8 \
      "$(locale -a 2>/dev/null | grep -i 'utf-*8' | head -n 1)"; do
      if [ -n "$candidate" ] &&
        [ "$(LC_ALL=$candidate locale charmap 2>/dev/null)" = UTF-8 ]; then
        chosen=$candidate
        break
      fi
    done
  fi
  LC_ALL=$chosen
  export LC_ALL
}

is_utf8() {
  case $1 in
    *[!\ -~]*) printf '%s' "$1" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1 ;;
  esac
}

# One sentence instead of what the JVM or a file system says later. The folder of this program comes
# first, then the arguments.
check_surroundings() {
  here=$(pwd -P 2>/dev/null)
  if [ -z "$here" ]; then
    say 'the current folder no longer exists or cannot be told; cd to one that does and try again'
    exit 2
  fi
  case $1 in
    *:*)
      say "the folder $1 has a colon in its name, which separates folders for Java; move it"
      exit 2
      ;;
  esac
  case $1/ in
    *'!/'*)
      say "the folder $1 has a name that ends in an exclamation mark, which separates the entries of" \
        'archives for Java; rename it'
      exit 2
      ;;
  esac
  case "$here$*${HOME:-}${MUSTER_DATA:-}${MUSTER_RESULTS:-}" in
    *[!\ -~]*) command -v iconv >/dev/null 2>&1 && check_names "$@" ;;
  esac
  limit=$(ulimit -v 2>/dev/null) || limit=unlimited
  case $limit in
    unlimited | '') ;;
    *)
      if [ "$limit" -lt "$address_space_min_kib" ] && [ -z "${MUSTER_JAVA_OPTS:-}" ]; then
        say "the limit of address space (ulimit -v) is $limit KiB, and Java needs" \
          "$address_space_min_kib; raise it, or set less in MUSTER_JAVA_OPTS"
        exit 2
      fi
      ;;
  esac
  limit=$(ulimit -H -n 2>/dev/null) || limit=unlimited
  case $limit in
    unlimited | '') ;;
    *)
      if [ "$limit" -lt "$files_min" ]; then
        say "the limit of open files (ulimit -n) is $limit, and Muster needs $files_min; raise it"
        exit 2
      fi
      ;;
  esac
}

check_names() {
  if ! is_utf8 "$1"; then
    say "the name of its folder is not UTF-8, so that Java cannot open it: $1; rename it"
    exit 2
  fi
  if ! is_utf8 "$here"; then
    say "the name of the current folder is not UTF-8, so that Java cannot open it: $here;" \
      'rename it (convmv does), or cd to another'
    exit 2
  fi
  shift
  for word in "$@" "${HOME:-}" "${MUSTER_DATA:-}" "${MUSTER_RESULTS:-}"; do
    if ! is_utf8 "$word"; then
      say "this name is not UTF-8, so that Java cannot open it: $word; rename it (convmv does)"
      exit 2
    fi
  done
}

# Becomes the JVM.
#
#   $1  the program java
#   $2  Muster's folder, that of instructions/ and waves/
#   $3  the class path
#   $4  the JVM's AOT cache, which halves the start-up; may be missing
#   …   the arguments
hand_over() {
  java=$1
  place=$2
  path=$3
  cache=$4
  shift 4

  terminals=
  [ -t 0 ] && terminals=0
  [ -t 1 ] && terminals=${terminals}1
  [ -t 2 ] && terminals=${terminals}2
  # `stty` asks what it reads from; its own messages go away last, or it would read from there. In
  # the substitution stdout is a pipe, so 3 stands for it.
  columns=0
  case $terminals in
    *2*) size=$(stty size <&2 2>/dev/null) && columns=${size#* } ;;
    *1) { size=$(stty size <&3 2>/dev/null) && columns=${size#* }; } 3<&1 ;;
  esac

  # Nearly everything ends before the optimising compiler would pay, and the processors belong to
  # the workers. Only a node that stays gets it. Without it the JVM would collect all of the heap
  # each time that 7 MB of code have been compiled, twice within a run's first ten seconds.
  speed='-XX:TieredStopAtLevel=1 -XX:SweeperThreshold=100'
  heap=-Xmx512m
  for word in "$@"; do
    case $word in
      run | resume) heap=-Xmx1g ;;
      up)
        # It begins with a heap of its own size, not with a share of the machine, and grows when it
        # must: most of what an idle node held was never used again. What a large run took is given
        # back when the node has become idle, at once and not in steps, with as little as goes left
        # over: what is needed later is taken again. So are what the C library keeps for later, and
        # the buffers that threads keep for what they once wrote at a time.
        heap='-Xms48m -Xmx1g -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=10 -XX:-ShrinkHeapInSteps
          -XX:MarkSweepDeadRatio=0 -XX:TrimNativeHeapInterval=30000
          -Djdk.nio.maxCachedBufferSize=65536'
        # Each place of its own that the C library has for threads keeps pieces for later; its own
        # measure is eight of them a processor.
        export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
        speed=-XX:+TieredCompilation
        ;;
    esac
  done

  set -- -cp "$path" dev.muster.cli.Main "$@"
  if [ -r "$cache" ]; then
    # Mapping the cache where it was made saves moving it at every start.
    set -- -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 "-XX:AOTCache=$cache" "$@"
  fi

  # shellcheck disable=SC2086 # options are split into words on purpose
  exec "$java" -Xlog:disable '-Xlog:all=error,aot*=off,cds*=off:stderr' -XX:+UseSerialGC \
    $speed $heap $jvm_flags -Dmuster.home="$place" -Dmuster.terminals="$terminals" \
    -Dmuster.columns="$columns" ${MUSTER_JAVA_OPTS:-} "$@"
}

# Lets the JVM write its AOT cache. Without one everything works the same, only slower, so that a
# failure here is no failure. Before that the libraries in the cache's folder are made ready for it
# (ops/adr/0055).
#
#   $1  the program java
#   $2  Muster's folder
#   $3  the class path
#   $4  the cache to write
#   $5  a log
train() {
  "$1" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$3" dev.muster.cli.jars.ReadyJars \
    "${4%/*}" >"$5" 2>&1 </dev/null || :
  # shellcheck disable=SC2086
  "$1" -XX:AOTCacheOutput="$4" -XX:+UseSerialGC $jvm_flags -Dmuster.home="$2" -cp "$3" \
    dev.muster.cli.Main warm-up >>"$5" 2>&1 </dev/null || rm -f "$4"
}

jvm_flags='--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED'
address_space_min_kib=3500000
files_min=256
