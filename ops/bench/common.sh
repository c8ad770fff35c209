# shellcheck shell=bash
# What the measurements here share: sourced by them.
#
# Each compares builds (NAME=CHECKOUT, each with its own `muster`) in alternating rounds, so that
# what else the machine does falls on all of them, and prints a Markdown table of medians.
set -euo pipefail
export LC_ALL=C.UTF-8 # a comma in a number would end it

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rounds=5
workers=225
builds=()
usage='[-n WORKERS] [-r ROUNDS] [NAME=CHECKOUT ...]'

refuse() {
  echo "$1; usage: $0 $usage" >&2
  exit 2
}

#   $1  what has to be a number from 1
expect_number() {
  [[ $1 =~ ^[1-9][0-9]{0,5}$ ]] || refuse "expected a number from 1, but got '$1'"
}

# Reads `-n WORKERS`, `-r ROUNDS` and builds; this checkout when none is named.
read_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      -n) expect_number "${2-}" && workers=$2 && shift 2 ;;
      -r) expect_number "${2-}" && rounds=$2 && shift 2 ;;
      *=*) builds+=("$1") && shift ;;
      *) refuse "'$1' is not known" ;;
    esac
  done
  [ "${#builds[@]}" -gt 0 ] || builds=("this=$(cd "$here/../.." && pwd)")
  local build
  for build in "${builds[@]}"; do
    [[ $build =~ ^[A-Za-z0-9._-]+= ]] || refuse "expected NAME=CHECKOUT, but got '$build'"
    [ -x "${build#*=}/muster" ] || refuse "there is no muster in '${build#*=}'"
  done
}

# Sets `scratch`, which goes with this process.
make_scratch() {
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  mkdir "$scratch/target" "$scratch/workforce"
  echo 'a target' > "$scratch/target/readme.txt"
}

# One instruction whose EXECUTION comes from stdin.
#
#   $1  its number
#   $2  its name
#   $3  the file it delivers
#   $4  the test
instruction() {
  local number id
  printf -v number %03d "$1"
  id=WORKER_${number}_$2.md
  {
    printf '# Worker %s: %s\n\n**Phase:** 1.1 - Bench\n**Priority:** 1\n**Estimated Time:** 1 second\n' \
      "$number" "$2"
    printf '\n## 1. DELIVERABLES\n\n- [ ] `%s`: one line\n' "$3"
    printf '\n## 2. SUCCESS_CRITERIA\n\n- [ ] The file holds its line\n'
    printf '\n## 3. BOUNDARIES\n\n- **CAN create:** `%s` in the workspace\n- **CANNOT modify:** The target\n' "$3"
    printf '\n## 4. DEPENDENCIES\n\n- **No prior workers:** It stands alone\n'
    printf '\n## 5. MITIGATION\n\n- **Rollback:** Delete `%s`\n- **Risk Level:** LOW\n' "$3"
    printf '\n## 6. TEST_PROCESS\n\n```bash\n%s\n```\n' "$4"
    printf '\n## 7. TEST_RESULTS_FORMAT\n\n```json\n{ "worker_id": "%s", "status": "pass|fail" }\n```\n' "$number"
    printf '\n## 8. TASK_CLASSIFICATION\n\n- **Type:** MECHANICAL\n- **Tool:** bash\n'
    printf '\n## 9. RETROSPECTIVE\n\n- **Time estimate:** 1 second\n'
    printf '\n## 10. PERFORMANCE_REQUIREMENTS\n\n- Automated execution: <1 second\n'
    printf '\n## EXECUTION\n\n'
    cat
  } > "$scratch/workforce/$id"
}

# Runs a command and prints its wall time and the processor time of all that it started, in
# milliseconds. Children of a sandbox are nobody's to wait for, so that only perf(1) counts them; else
# the second figure lacks them.
timed() {
  local began=$EPOCHREALTIME ended
  if command -v perf > /dev/null && perf stat -x, -e task-clock -o "$scratch/cpu" true 2> /dev/null; then
    perf stat -x, -e task-clock -o "$scratch/cpu" "$@" > "$scratch/said" 2>&1 || return 1
    ended=$EPOCHREALTIME
    awk -F, -v began="$began" -v ended="$ended" \
      '/task-clock/ { printf "%.0f %.0f\n", (ended - began) * 1000, $1 }' "$scratch/cpu"
  else
    TIMEFORMAT='%R %U %S'
    { time "$@" > "$scratch/said" 2>&1; } 2>&1 |
      awk '{ printf "%.0f %.0f\n", $1 * 1000, ($2 + $3) * 1000 }'
  fi
}

# Runs muster of a build on a workforce with nothing known before, timed.
#
#   $1  checkout
#   $2  workforce
#   …   further arguments
timed_run() {
  local build=$1 workforce=$2 data=$scratch/data
  shift 2
  rm -rf "$data"
  # Whatever else the machine does, nothing is held back.
  timed env MUSTER_HEADROOM_CPU_PERCENT=100 MUSTER_DATA="$data/data" MUSTER_RESULTS="$data/out" \
    XDG_STATE_HOME="$data/state" XDG_CONFIG_HOME="$data/config" "$build/muster" run "$workforce" \
    --target "$scratch/target" --port 0 --no-input "$@" || { cat "$scratch/said" >&2 && return 1; }
}

# Median, least and greatest of the lines of stdin, as the cells of a table.
spread() {
  sort -n | awk '{ v[NR] = $1 } END {
    m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
    printf "%.0f | %.0f – %.0f", m, v[1], v[NR] }'
}
