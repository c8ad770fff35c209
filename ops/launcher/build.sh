# shellcheck shell=sh
# Builds a checkout when that is needed: sourced by `muster`. What is built lies in target/launcher.

# Whether the last build can be used; sets class_path, or `missing` to what is not there. Entries are
# below target/launcher, so that its user's ~/.m2 may be cleaned.
is_complete() {
  read_class_path "$work/class-path" "$work" || return 1
  missing=$work/build-id
  IFS= read -r build_id <"$work/build-id"
} 2>/dev/null

# Whether something that goes into a build is newer than the last one. Folders count too: their time
# changes when a file in them is deleted.
is_older_than_sources() {
  [ -r "$work/stamp" ] || return 0
  newer=$(find "$home/pom.xml" \
    "$home/protocol/pom.xml" "$home/protocol/src/main" \
    "$home/orchestrator/pom.xml" "$home/orchestrator/src/main" \
    "$home/worker-node/pom.xml" "$home/worker-node/src/main" \
    "$home/ops/client/pom.xml" "$home/ops/client/src/main" \
    "$home/ops/node/pom.xml" "$home/ops/node/src/main" \
    "$home/ops/cli/pom.xml" "$home/ops/cli/src/main" "$home/ops/docs" "$home/waves" "$home/instructions/roles" \
    -newer "$work/stamp" 2>/dev/null | head -n 1)
  [ -n "$newer" ]
}

is_stale() {
  ! is_complete || is_older_than_sources
}

# One build at a time. A lock whose owner is gone is broken, by one of those who wait.
take_lock() {
  waited=0
  until mkdir "$work/lock" 2>/dev/null; do
    owner=$(cat "$work/lock/pid" 2>/dev/null)
    if ! [ -d "$work/lock" ] && [ "$waited" -ge 3 ]; then
      say "cannot write into $work; is its disk full?"
      exit 1
    fi
    if [ "$waited" -eq 0 ] && [ -d "$work/lock" ]; then
      say "waiting for another build${owner:+ (process $owner)}"
    fi
    if { [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; } ||
      { [ -z "$owner" ] && [ "$waited" -ge 5 ]; }; then
      break_lock "$owner"
    fi
    if [ "$waited" -ge 900 ]; then
      say "another build has not ended for 15 minutes; if there is none, remove $work/lock"
      exit 1
    fi
    sleep 1
    waited=$((waited + 1))
  done
  trap 'rm -rf "$work/lock"' EXIT
  trap 'stop_maven; exit 130' INT
  trap 'stop_maven; exit 143' TERM
  trap 'stop_maven; exit 129' HUP
  echo $$ >"$work/lock/pid"
}

break_lock() {
  mkdir "$work/lock.break" 2>/dev/null || return 0
  if [ "$(cat "$work/lock/pid" 2>/dev/null)" = "$1" ]; then
    rm -rf "$work/lock"
  fi
  rmdir "$work/lock.break"
}

release_lock() {
  rm -rf "$work/lock"
  trap - EXIT INT TERM HUP
}

build() {
  # What others could write, they could have us run.
  mask=$(umask)
  umask go-w
  if ! mkdir -p "$work" 2>/dev/null || ! [ -w "$work" ]; then
    do_without
    return
  fi
  take_lock
  if is_stale; then
    if ! command -v mvn >/dev/null 2>&1; then
      say "building needs Maven (mvn), which is not on the path; install it and try again"
      exit 2
    fi
    announce
    began=$(date +%s)
    : >"$work/stamp.new"
    if ! run_maven; then
      explain
      exit 1
    fi
    if ! gather; then
      say "could not keep what was built in $work; is its disk full?"
      exit 1
    fi
    train "$jdk/bin/java" "$home" "$class_path" "$work/jars/$build_id/muster.aot" \
      "$work/training.log"
    mv "$work/stamp.new" "$work/stamp"
    say "built in $(($(date +%s) - began)) s"
  fi
  release_lock
  umask "$mask"
}

# Somebody else's checkout, or one that must not be written.
do_without() {
  if is_complete; then
    say "its sources are newer than its build, and $work cannot be written; running the build as it is"
  elif [ -e "$work/class-path" ]; then
    say "the build in $home cannot be used here ($missing is missing or must not be read) nor" \
      "renewed ($work cannot be written); let its owner run $home/muster version, with umask 022"
    exit 4
  else
    say "$home is not built, and $work cannot be written; let its owner run $home/muster version" \
      'once, or make it writable'
    exit 4
  fi
}

announce() {
  if [ -e "$work/class-path" ] && ! is_complete; then
    say "$missing of the last build is gone: building again, about a minute (log: $log)"
  elif [ -e "$work/class-path" ]; then
    say "sources changed: building, about a minute (log: $log)"
  elif [ -d "${HOME:-}/.m2/repository/org/apache/pekko" ]; then
    say "building, which the first time takes 1 to 2 minutes (log: $log)"
  else
    say "building, which the first time takes 2 to 4 minutes and downloads about 200 MB" \
      "(log: $log)"
  fi
}

# Maven works in the background, so that a signal to this shell ends it at once. Without being told
# its folder it looks for a `.mvn` in those around it, which may hold options and extensions of
# others.
run_maven() {
  (cd "$home" && JAVA_HOME=$jdk MAVEN_BASEDIR=$home exec mvn -B -Dmaven.test.skip=true -Djacoco.skip=true \
    -Dspotless.check.skip=true -pl ops/cli -am package) >"$log" 2>&1 </dev/null &
  maven=$!
  report "$maven" &
  reporter=$!
  wait "$maven"
  status=$?
  kill "$reporter" 2>/dev/null
  maven=
  return "$status"
}

stop_maven() {
  [ -n "$maven" ] && kill "$maven" "$reporter" 2>/dev/null
  maven=
}

# Says every ten seconds how far Maven is.
report() {
  while sleep 1 >/dev/null 2>&1 && kill -0 "$1" 2>/dev/null; do
    passed=$(($(date +%s) - began))
    [ "$passed" -ge "${next_report:-10}" ] || continue
    next_report=$((passed + 10))
    module=$(sed -n 's/^\[INFO\] Building \([^ ]*\) .*\[\([0-9]*\)\/\([0-9]*\)\]$/\1 (\2 of \3)/p' \
      "$log" | tail -n 1)
    files=$(grep -c '^\[INFO\] Downloaded from' "$log")
    fetched=
    [ "$files" -gt 0 ] && fetched=", $files files downloaded"
    say "building ${module:-(Maven starts)}$fetched, $passed s"
  done
}

said() {
  grep -Eqi "$1" "$log"
}

# The cause in a sentence, and where the rest is.
explain() {
  if said 'no space left on device|disk quota exceeded'; then
    cause='a disk is full (that of the checkout, of ~/.m2 or of /tmp); free some space'
  elif said 'unknown host|could not transfer|name resolution|network is unreachable|connection (refused|reset|timed out)|connect timed out|no route to host|is offline|in offline mode|PKIX path'; then
    cause='Maven could not download what it needs; check the network (a proxy belongs into ~/.m2/settings.xml)'
  elif said 'could not create local repository|(permission denied|accessdenied).*\.m2|\.m2.*(permission denied|accessdenied)|read-only file system'; then
    cause="Maven cannot write ${HOME:-its home}/.m2 or the checkout; make them writable, or set MAVEN_OPTS=-Dmaven.repo.local=FOLDER"
  elif said 'outofmemoryerror|cannot allocate memory|could not reserve enough space' ||
    [ "$status" -eq 137 ]; then
    cause='there is not enough memory (a build needs about 1.5 GB)'
  elif said 'requires maven version|requires a maven version|release version 25 not supported|invalid target release'; then
    cause='this Maven or its JDK is too old: Maven 3.8 or newer and a JDK 25'
  else
    cause=$(grep -E '^\[ERROR\] .' "$log" | head -n 3)
    [ -n "$cause" ] || cause=$(tail -n 5 "$log")
  fi
  say "the build failed: $cause"
  say "its whole log is $log"
}

# All jars are put into a folder of their own for each build, so that neither a later build nor a
# cleaned ~/.m2 changes a file under a node that runs, and other users need not be let into it. Ours
# are copied, since Maven writes over them; the others (100 MB) are linked where that is possible.
# The folder before the last stays for nodes that run.
gather() {
  previous=$(cat "$work/build-id" 2>/dev/null)
  build_id=$(date +%Y%m%d%H%M%S)-$$
  entries=
  mkdir -p "$work/jars/$build_id" || return 1
  jars=$home/ops/cli/target/cli.jar:$(cat "$home/ops/cli/target/class-path")
  old_ifs=$IFS
  IFS=:
  set -f
  for jar in $jars; do
    keep "$jar" || break
  done
  set +f
  IFS=$old_ifs
  [ "$kept" = "$jar" ] || return 1
  printf '%s\n' "${entries#:}" >"$work/class-path.new" || return 1
  mv "$work/class-path.new" "$work/class-path" || return 1
  printf '%s\n' "$build_id" >"$work/build-id" || return 1
  is_complete || return 1
  [ -n "$previous" ] && rm -f "$work/jars/$previous/muster.aot"
  for folder in "$work/jars"/*; do
    case ${folder##*/} in
      "$build_id" | "$previous") ;;
      *) rm -rf "$folder" ;;
    esac
  done
}

keep() {
  name=${1##*/}
  [ -e "$work/jars/$build_id/$name" ] && name=$(printf '%s' "$1" | cksum | tr ' ' '-')-$name
  case $1 in
    "$home"/*) cp "$1" "$work/jars/$build_id/$name" || return 1 ;;
    *)
      { ! [ -L "$1" ] && ln "$1" "$work/jars/$build_id/$name" 2>/dev/null; } ||
        cp "$1" "$work/jars/$build_id/$name" || return 1
      ;;
  esac
  entries=$entries:$work/jars/$build_id/$name
  kept=$1
}

log=$work/build.log
maven=
