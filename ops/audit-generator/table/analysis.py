"""Wave 3: what the inventory and the findings mean together. WORKER_111 to WORKER_130."""

from functools import partial

from .model import Worker

WORKERS = []
SCANNERS = "WORKER_031-110"
WEIGHT = 'BEGIN { weight["critical"] = 20; weight["high"] = 8; weight["medium"] = 3; weight["low"] = 1 }'
# Some builds of busybox awk have no sqrt.
ROOT = """ function root(x,   r, i) { if (x <= 0) return 0; r = x > 1 ? x : 1; for (i = 0; i < 40; i++) r = (r + x / r) / 2; return r } """
PROGRAMS = "Java|Kotlin|Scala|Groovy|Python|JavaScript|TypeScript|Go|Rust|C|C\\\\+\\\\+|C#|Ruby|PHP|Swift|Shell"
GIT_COMMAND = """export GIT_CEILING_DIRECTORIES="$(dirname "$MUSTER_TARGET")"
repository() { git --no-optional-locks -c safe.directory='*' -c core.quotePath=false -c log.showSignature=false -C "$MUSTER_TARGET" "$@"; }
"""


def work(title, goal, **rest):
    rest["targets"] = rest["targets"] + ["Automated execution: <1 second for a few hundred files, <10 seconds for 20,000"]
    rest["blocks"] = ["mkdir -p analysis\n" + rest["blocks"][0]] + rest["blocks"][1:]
    rest.setdefault("cannot", "The findings and the inventory it reads, or the target")
    WORKERS.append(Worker(title=title, goal=goal, priority=3, **rest))


findings = partial(work, phase="3.1 - Findings together")
graph = partial(work, phase="3.2 - Dependency graph")
code = partial(work, phase="3.3 - Code health")
verdict = partial(work, phase="3.4 - Verdict")

ALL = ("WORKER_111", "all findings in one list")
EDGES = ("WORKER_113", "the import graph")

findings("Merge Findings", "Eighty lists become one, worst first, so that nobody after this worker has to know how many scanners there are.",
         deliverables=[("analysis/findings.tsv", "category, rule, severity, encoded path, line, excerpt; sorted by severity, rule, path and line")],
         criteria=["Every row of every scanner is there exactly once", "The category is the one that the scanner itself names", "Critical comes before high, high before medium, medium before low"],
         scope="Joining and sorting; nothing is dropped, weighed or judged", needs=[(SCANNERS, "the findings of all scanners")],
         blocks=[r"""LC_ALL=C awk -F '\t' -v OFS='\t' '
  BEGIN { rank["critical"] = 1; rank["high"] = 2; rank["medium"] = 3; rank["low"] = 4 }
  /^# rule: / && FILENAME ~ /\.sh$/ { rule = substr($0, 9) }
  /^# category: / && FILENAME ~ /\.sh$/ { category[rule] = substr($0, 13) }
  FILENAME ~ /\.tsv$/ { print rank[$2], category[$1], $1, $2, $3, $4, $5 }' scanners/*.sh findings/*.tsv \
  | LC_ALL=C sort -t $'\t' -k 1,1n -k 3,3 -k 5,5 -k 6,6n | cut -f 2- > analysis/findings.tsv
"""],
         tests=[("nothing_is_lost", r"""diff <(cat findings/*.tsv | LC_ALL=C sort) <(awk -F '\t' -v OFS='\t' '{ print $2, $3, $4, $5, $6 }' analysis/findings.tsv | LC_ALL=C sort)
test "$(find scanners -name '*.sh' | wc -l)" -eq 80
"""), ("worst_first", r"""awk -F '\t' 'BEGIN { r["critical"] = 1; r["high"] = 2; r["medium"] = 3; r["low"] = 4 } NF != 6 || $1 == "" || r[$3] < last { print "FAIL row " NR ": " $0; bad = 1 } { last = r[$3] } END { exit bad }' analysis/findings.tsv
""")],
         fails=[("a scanner was blocked", "this worker is blocked too: half a list would look like a clean tree"), ("a row is malformed", "the scanner's own test has refused it before")],
         tool="bash, awk, sort, diff", reasoning="A merge with a fixed order", learn="Findings by severity", baseline="By hand: cat and sort, and a mistake in the order", targets=["Nothing lost, nothing twice"])

findings("Catalogue Rules", "What each rule looks for, why it matters and what to do: the reports take their words from here.",
         deliverables=[("analysis/rules.tsv", "rule, category, severity, CWE, title, why, remedy, findings")],
         criteria=["Every scanner has exactly one row and no field is empty", "The count of each rule is that of its findings file", "The rows are sorted by rule"],
         scope="Words out of the scanners' own headers; no new ones", needs=[(SCANNERS, "the scanners' headers and findings")],
         blocks=[r"""LC_ALL=C awk -v OFS='\t' '
  FILENAME ~ /\.tsv$/ { name = FILENAME; gsub(/.*\/|\.tsv$/, "", name); count[name]++; next }
  /^# rule: / { rule = substr($0, 9); rules[rule] = 1 }
  /^# (category|severity|cwe|title|why|remedy): / { key = $2; text = $0; sub(/^# [a-z]+: /, "", text); value[rule, key] = text }
  END { for (r in rules) print r, value[r, "category:"], value[r, "severity:"], value[r, "cwe:"], value[r, "title:"], value[r, "why:"], value[r, "remedy:"], count[r] + 0 }' findings/*.tsv scanners/*.sh | LC_ALL=C sort > analysis/rules.tsv
"""],
         tests=[("every_scanner_has_a_row", r"""diff <(cut -f 1 analysis/rules.tsv) <(find scanners -name '*.sh' -printf '%f\n' | sed 's/\.sh$//' | LC_ALL=C sort)
awk -F '\t' '{ for (i = 1; i <= 8; i++) if ($i == "") bad = 1 } NF != 8 || $4 !~ /^CWE-[0-9]+$/ || $8 !~ /^[0-9]+$/ { bad = 1 } bad { print "FAIL row " $0; exit } END { exit bad || NR != 80 }' analysis/rules.tsv
"""), ("counts_are_right", r"""diff <(cut -f 1,8 analysis/rules.tsv) <(cd findings && for file in *.tsv; do printf '%s\t%s\n' "${file%.tsv}" "$(wc -l < "$file")"; done | LC_ALL=C sort)
""")],
         fails=[("a header line is missing", "the field is empty and the test names the rule"), ("a rule was renamed", "its old findings have no scanner and the counts differ")],
         tool="bash, awk, sort, diff", reasoning="Headers have a fixed form", learn="Rules with findings", baseline="By hand: reading 80 headers", targets=["80 of 80 rules described"])

graph("Build Import Graph", "Which source file needs which other one in this tree, over six families of languages.",
      deliverables=[("analysis/import-graph.sh", "a script that prints the edges of any tree, given a root and a list"), ("analysis/nodes.tsv", "every source file of a language that is followed"),
                    ("analysis/imports.tsv", "file and file it needs, encoded, each pair once")],
      criteria=["Imports of Java and Kotlin, Python, JavaScript and TypeScript, C and C++, Go and shell are followed inside the tree", "Java classes of the same folder count when they are named (up to 5,000 Java files)",
                "Both ends of every edge are files of the tree, and no file needs itself", "A planted tree of all six families gives exactly its edges"],
      scope="What is written as an import, include or source line; what is loaded by name at run time is not seen", needs=[("WORKER_001", "the text files"), ("WORKER_004", "their languages")],
      blocks=[r"""cat > analysis/import-graph.sh <<'SCRIPT'
#!/usr/bin/env bash
# Prints "file TAB file it needs" for a tree. usage: bash import-graph.sh ROOT LIST0 ENCODED.AWK
set -eo pipefail
export LC_ALL=C
helper=$(cat "$3")
exec 3< "$2"
cd -- "$1"
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
{ grep -azE '\.(java|kt|kts|scala|groovy|py|js|jsx|ts|tsx|mjs|cjs|c|h|cc|cpp|hpp|hh|cxx|go|sh|bash)$|(^|/)go\.mod$' <&3 || test $? -eq 1; } > "$scratch/list"
# One line a mention: file, what it mentions.
mentions() {
  { xargs -0 -r grep -asHZE -e "$1" -- || test $? -eq 123; } | tr '\0' '\001'
}
{
  { grep -azE '\.(java|kt|kts|scala|groovy)$' "$scratch/list" || test $? -eq 1; } | mentions '^(import|package)[[:space:]]'
  { grep -azE '\.py$' "$scratch/list" || test $? -eq 1; } | mentions '^[[:space:]]*(import|from)[[:space:]]'
  { grep -azE '\.(js|jsx|ts|tsx|mjs|cjs)$' "$scratch/list" || test $? -eq 1; } | mentions "(from|import|require\(|import\()[[:space:]]*[\"'\`]\.\.?/"
  { grep -azE '\.(c|h|cc|cpp|hpp|hh|cxx)$' "$scratch/list" || test $? -eq 1; } | mentions '^[[:space:]]*#[[:space:]]*include[[:space:]]*"'
  { grep -azE '\.go$' "$scratch/list" || test $? -eq 1; } | mentions '^(import[[:space:]]+)?[[:space:]]*([A-Za-z_.]+[[:space:]]+)?"[^"]+/[^"]+"[[:space:]]*$'
  { grep -azE '(^|/)go\.mod$' "$scratch/list" || test $? -eq 1; } | mentions '^module[[:space:]]'
  { grep -azE '\.(sh|bash)$' "$scratch/list" || test $? -eq 1; } | mentions '^[[:space:]]*(source|\.|bash|sh)[[:space:]]+[^|;&]*\.(sh|bash)'
} > "$scratch/mentions"
tr '\0\n' '\n\002' < "$scratch/list" > "$scratch/names"
# Java: capital words of a file that are classes of its own folder.
if test "$(grep -azcE '\.java$' "$scratch/list" || test $? -eq 1)" -le 5000; then
  { grep -azE '\.java$' "$scratch/list" || test $? -eq 1; } | sed -z 's|^|./|' | xargs -0 -r awk -v names="$scratch/names" '
    BEGIN { while ((getline line < names) > 0) if (line ~ /\.java$/) { folder = line; base = line; if (!sub(/\/[^\/]*$/, "", folder)) folder = "."; sub(/.*\//, "", base); sub(/\.java$/, "", base); class[folder, base] = 1 } }
    FNR == 1 { file = substr(FILENAME, 3); folder = file; own = file; if (!sub(/\/[^\/]*$/, "", folder)) folder = "."; sub(/.*\//, "", own); sub(/\.java$/, "", own) }
    /^[ \t]*(\*|\/\/|\/\*|import|package)/ { next }
    /[A-Z]/ { n = split($0, word, /[^A-Za-z0-9_]+/); for (i = 1; i <= n; i++) if (word[i] ~ /^[A-Z]/ && word[i] != own && ((folder, word[i]) in class) && !seen[file, word[i]]++) print file "\001=" (folder == "." ? "" : folder "/") word[i] ".java" }' >> "$scratch/mentions"
fi
awk -v names="$scratch/names" "$helper"'
  function put(to) { if (to != "" && to != file && !seen[file, to]++) print encoded(shown(file)) "\t" encoded(shown(to)) }
  function shown(name) { gsub(/\002/, "\n", name); return name }
  function normal(path,   part, n, i, m, out) { n = split(path, part, "/"); m = 0; for (i = 1; i <= n; i++) { if (part[i] == "." || part[i] == "") continue; if (part[i] == "..") { if (m > 0) m--; continue } out[++m] = part[i] } path = ""; for (i = 1; i <= m; i++) path = path (i > 1 ? "/" : "") out[i]; return path }
  function near(suffix,   n, option, i, best, score, top) {   # files that end in /suffix; one in the same top folder is preferred
    n = split(ending[suffix], option, "\n"); if (n == 1) return option[1]
    top = file; sub(/\/.*/, "", top)
    for (i = 1; i <= n; i++) if (option[i] == suffix || index(option[i], top "/") == 1) return option[i]
    return "" }
  function first(base, endings,   n, e, i) { n = split(endings, e, " "); for (i = 1; i <= n; i++) { if (e[i] == "-" ? base in there : (base e[i]) in there) return e[i] == "-" ? base : base e[i] } return "" }
  BEGIN {
    while ((getline line < names) > 0) {
      there[line] = 1; n = split(line, part, "/"); suffix = ""; folder = line; if (!sub(/\/[^\/]*$/, "", folder)) folder = ""
      if (line ~ /\.go$/ && line !~ /_test\.go$/) package[folder] = package[folder] (package[folder] == "" ? "" : "\n") line
      for (i = n; i >= 1 && i > n - 12; i--) { suffix = part[i] (suffix == "" ? "" : "/" suffix); ending[suffix] = ending[suffix] (ending[suffix] == "" ? "" : "\n") line }
    }
  }
  { cut = index($0, "\001"); if (!cut) { held = held $0 "\002"; next }
    file = held substr($0, 1, cut - 1); rest = substr($0, cut + 1); held = ""; folder = file; if (!sub(/\/[^\/]*$/, "", folder)) folder = "" }
  rest ~ /^=/ { put(substr(rest, 2)); next }
  file ~ /\.(java|kt|kts|scala|groovy)$/ {
    sub(/^import[ \t]+(static[ \t]+)?/, "", rest); sub(/[ \t;].*/, "", rest); gsub(/\./, "/", rest)
    for (tries = 0; tries < 3 && rest ~ /\//; tries++) { to = ""; if ((rest ".java") in ending) to = near(rest ".java"); else if ((rest ".kt") in ending) to = near(rest ".kt"); else if ((rest ".scala") in ending) to = near(rest ".scala"); else if ((rest ".groovy") in ending) to = near(rest ".groovy"); if (to != "") { put(to); break } sub(/\/[^\/]*$/, "", rest) }
    next
  }
  file ~ /\.py$/ {
    line = rest; sub(/^[ \t]+/, "", line); sub(/[ \t]*#.*/, "", line)
    if (line ~ /^from[ \t]/) { split(line, word, /[ \t]+/); base = word[2]; wanted = line; sub(/.*[ \t]import[ \t]*/, "", wanted) } else { sub(/^import[ \t]+/, "", line); base = ""; wanted = line }
    gsub(/[()]/, "", wanted); count = split(wanted, want, /[ \t]*,[ \t]*/)
    for (w = 1; w <= count; w++) {
      sub(/[ \t]+as[ \t].*/, "", want[w]); gsub(/[ \t]/, "", want[w])
      if (base ~ /^\./) { up = base; dots = gsub(/\./, ".", up); match(base, /^\.+/); dots = RLENGTH; tail = substr(base, dots + 1); gsub(/\./, "/", tail); place = folder; for (d = 1; d < dots; d++) if (!sub(/\/[^\/]*$/, "", place)) place = ""; stem = normal(place "/" tail) }
      else { stem = base == "" ? want[w] : base; gsub(/\./, "/", stem) }
      leaf = base == "" ? "" : want[w]; to = ""
      if (base ~ /^\./) { if (leaf != "") to = first(normal(stem "/" leaf), ".py /__init__.py"); if (to == "") to = first(stem, ".py /__init__.py") }
      else { if (leaf != "" && (stem "/" leaf ".py") in ending) to = near(stem "/" leaf ".py"); else if ((stem ".py") in ending) to = near(stem ".py"); else if ((stem "/__init__.py") in ending) to = near(stem "/__init__.py") }
      put(to)
    }
    next
  }
  file ~ /\.(js|jsx|ts|tsx|mjs|cjs)$/ {
    while (match(rest, /["\047`]\.\.?\/[^"\047`]*["\047`]/)) { base = normal(folder "/" substr(rest, RSTART + 1, RLENGTH - 2)); rest = substr(rest, RSTART + RLENGTH)
      to = first(base, "- .ts .tsx .js .jsx .mjs .cjs /index.ts /index.tsx /index.js"); if (to == "" && base ~ /\.js$/) { sub(/\.js$/, "", base); to = first(base, ".ts .tsx") } put(to) }
    next
  }
  file ~ /\.(c|h|cc|cpp|hpp|hh|cxx)$/ { if (match(rest, /"[^"]+"/)) { name = substr(rest, RSTART + 1, RLENGTH - 2); to = normal(folder "/" name); if (!(to in there)) { name = normal(name); to = name in ending ? near(name) : "" } put(to) } next }
  file ~ /go\.mod$/ { sub(/^module[ \t]+/, "", rest); sub(/[ \t].*/, "", rest); module[rest] = folder; next }
  file ~ /\.go$/ { if (match(rest, /"[^"]+"/)) { go[++goes] = substr(rest, RSTART + 1, RLENGTH - 2); from[goes] = file } next }
  file ~ /\.(sh|bash)$/ { if (match(rest, /[^ \t"\047]*\.(sh|bash)/)) { name = substr(rest, RSTART, RLENGTH); sub(/^.*[$})][A-Za-z_]*\}?"?\//, "", name); sub(/^.*\)"?\//, "", name); to = normal(folder "/" name); if (!(to in there)) { name = normal(name); to = name in there ? name : name in ending ? near(name) : "" } put(to) } }
  END {
    for (g = 1; g <= goes; g++) for (m in module) if (index(go[g] "/", m "/") == 1) {
      place = substr(go[g], length(m) + 2); place = module[m] == "" ? place : module[m] (place == "" ? "" : "/" place); file = from[g]
      count = split(package[place], member, "\n"); for (i = 1; i <= count; i++) put(member[i]) }
  }' "$scratch/mentions" | sort -u
SCRIPT
""", r"""bash analysis/import-graph.sh "$MUSTER_TARGET" inventory/text-files.lst0 inventory/encoded.awk > analysis/imports.tsv
awk -F '\t' '$2 ~ /^(Java|Kotlin|Scala|Groovy|Python|JavaScript|TypeScript|C|C\+\+|Go|Shell)$/ { print $1 }' inventory/language-of.tsv | LC_ALL=C sort > analysis/nodes.tsv
"""],
      tests=[("edges_join_files_of_the_tree", r"""awk -F '\t' 'NF != 2 || $1 == $2 || $1 == "" || $2 == "" || seen[$0]++ { print "FAIL row " $0; bad = 1 } END { exit bad }' analysis/imports.tsv
test -z "$(tr '\t' '\n' < analysis/imports.tsv | LC_ALL=C sort -u | LC_ALL=C comm -23 - <(awk -F '\t' '$3 == "text" { print $1 }' inventory/files.tsv | LC_ALL=C sort))"
test -f analysis/nodes.tsv
"""), ("planted_tree_gives_its_edges", r"""scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
cd "$scratch"
mkdir -p j/src/a/b p/pkg w/lib c go/util s
printf 'package a.b;\nclass One { Two two; }\n' > j/src/a/b/One.java
printf 'package a.b;\nclass Two { }\n' > j/src/a/b/Two.java
printf 'package a;\nimport a.b.One;\nimport java.util.List;\nclass Top { }\n' > j/src/a/Top.java
printf 'from .low import x\nimport os\n' > p/pkg/high.py
printf 'x = 1\n' > p/pkg/low.py
printf 'import pkg.high\n' > p/main.py
printf "import { y } from './lib/y';\n" > w/x.ts
printf 'export const y = 1;\n' > w/lib/y.ts
printf '#include "part.h"\n#include <stdio.h>\n' > c/main.c
printf 'int part;\n' > c/part.h
printf 'module shop\n' > go/go.mod
printf 'package main\nimport (\n\t"shop/util"\n\t"fmt"\n)\n' > go/main.go
printf 'package util\n' > go/util/u.go
printf '. "$(dirname "$0")/lib.sh"\n' > s/run.sh
printf 'x=1\n' > s/lib.sh
find . -type f ! -name .list -printf '%P\0' > .list
edges=$(bash "$OLDPWD/analysis/import-graph.sh" "$scratch" .list "$OLDPWD/inventory/encoded.awk" | tr '\t\n' '> ')
test "$edges" = 'c/main.c>c/part.h go/main.go>go/util/u.go j/src/a/Top.java>j/src/a/b/One.java j/src/a/b/One.java>j/src/a/b/Two.java p/main.py>p/pkg/high.py p/pkg/high.py>p/pkg/low.py s/run.sh>s/lib.sh w/x.ts>w/lib/y.ts '
""")],
      fails=[("an import cannot be resolved inside the tree", "it is somebody else's code and no edge"), ("two files fit an import", "the one in the same top folder is taken, else none: no edge is guessed")],
      tool="bash, grep, awk, tr, sort, comm", reasoning="Import lines have a fixed grammar in each language", learn="Nodes, edges and the languages they are in", baseline="By hand: a tool for each language and an afternoon", targets=["A planted tree of six families gives exactly its eight edges"])

graph("Measure Coupling", "How many files need each file, and how many it needs: what stands in the middle is hard to change.",
      deliverables=[("analysis/coupling.tsv", "encoded path, files that need it, files it needs, instability from 0 to 1; most needed first")],
      criteria=["Every node has a row, also one without edges", "The sums of both counts equal the number of edges", "Instability is needed divided by all edges of the file, 0 without edges"],
      scope="Direct edges; what follows from them further on is told by WORKER_116", needs=[EDGES],
      blocks=[r"""LC_ALL=C awk -F '\t' '
  FILENAME ~ /nodes/ { node[$1] = 1; next }
  { node[$1] = node[$2] = 1; out[$1]++; into[$2]++ }
  END { for (n in node) printf "%s\t%d\t%d\t%.2f\n", n, into[n], out[n], into[n] + out[n] ? out[n] / (into[n] + out[n]) : 0 }' analysis/nodes.tsv analysis/imports.tsv \
  | LC_ALL=C sort -t $'\t' -k 2,2nr -k 1,1 > analysis/coupling.tsv
"""],
      tests=[("sums_equal_the_edges", r"""test "$(awk -F '\t' '{ sum += $2 } END { print sum + 0 }' analysis/coupling.tsv)" -eq "$(wc -l < analysis/imports.tsv)"
test "$(awk -F '\t' '{ sum += $3 } END { print sum + 0 }' analysis/coupling.tsv)" -eq "$(wc -l < analysis/imports.tsv)"
"""), ("the_first_is_counted_again", r"""awk -F '\t' 'NF != 4 || $4 < 0 || $4 > 1 { print "FAIL row " $0; bad = 1 } END { exit bad }' analysis/coupling.tsv
IFS=$'\t' read -r file into _ < analysis/coupling.tsv || file=
if test -n "$file"; then test "$(cut -f 2 analysis/imports.tsv | grep -cxF -- "$file" || test $? -eq 1)" -eq "$into"; fi
""")],
      fails=[("there are no edges", "every count is 0"), ("a file is generated", "it counts like any other; leave it out of the tree if it should not")],
      tool="bash, awk, sort, grep", reasoning="Counting edges", learn="The three most needed files", baseline="By hand: not done", targets=["Accuracy: both sums equal the edges"])

graph("Find Import Cycles", "Files that need each other in a circle can only be understood, tested and moved together.",
      deliverables=[("analysis/cycles.tsv", "cycle number, files in it, encoded path; largest first"), ("analysis/components.tsv", "every node: encoded path and the number of its strongly connected component")],
      criteria=["Every cycle is one strongly connected component of at least two files", "With each component taken as one node the graph has no cycle left, which tsort confirms", "A tree without cycles gives an empty list"],
      scope="Imports between files; cycles between folders or modules are not looked for", needs=[EDGES],
      blocks=[r"""LC_ALL=C awk -F '\t' '
  FILENAME ~ /nodes/ { add($1); next }
  { add($1); add($2); next_[$1, ++degree[$1]] = $2 }
  function add(n) { if (!(n in known)) { known[n] = 1; node[++count] = n } }
  function visit(root,   top, n, m) {           # Tarjan, with a stack of its own instead of recursion
    work[top = 1] = root; position[root] = 0; number[root] = low[root] = ++clock; stack[++height] = root; on[root] = 1
    while (top > 0) {
      n = work[top]
      if (position[n] < degree[n]) {
        m = next_[n, ++position[n]]
        if (!(m in number)) { number[m] = low[m] = ++clock; position[m] = 0; stack[++height] = m; on[m] = 1; work[++top] = m }
        else if (on[m] && number[m] < low[n]) low[n] = number[m]
      } else {
        top--
        if (top > 0 && low[n] < low[work[top]]) low[work[top]] = low[n]
        if (low[n] == number[n]) { components++; do { m = stack[height--]; on[m] = 0; component[m] = components; size[components]++ } while (m != n) }
      }
    }
  }
  END { for (i = 1; i <= count; i++) if (!(node[i] in number)) visit(node[i]); for (i = 1; i <= count; i++) print node[i] "\t" component[node[i]] }' analysis/nodes.tsv analysis/imports.tsv | LC_ALL=C sort > analysis/components.tsv
awk -F '\t' 'NR == FNR { size[$2]++; next } size[$2] > 1 { print size[$2] "\t" $2 "\t" $1 }' analysis/components.tsv analysis/components.tsv | LC_ALL=C sort -t $'\t' -k 1,1nr -k 2,2n -k 3,3 \
  | awk -F '\t' -v OFS='\t' '$2 != last { cycle++; last = $2 } { print cycle, $1, $3 }' > analysis/cycles.tsv
"""],
      tests=[("no_cycle_is_left", r"""test -s analysis/components.tsv || test ! -s analysis/nodes.tsv
awk -F '\t' 'NR == FNR { c[$1] = $2; next } c[$1] != c[$2] { print "c" c[$1], "c" c[$2] }' analysis/components.tsv analysis/imports.tsv | tsort > /dev/null
"""), ("cycles_are_cycles", r"""awk -F '\t' '
  FILENAME ~ /cycles/ { cycle[$3] = $1; size[$1]++; said[$1] = $2; next }
  ($1 in cycle) && ($2 in cycle) && cycle[$1] == cycle[$2] { out[$1] = 1; into[$2] = 1 }
  END { for (f in cycle) if (!(f in out) || !(f in into)) { print "FAIL " f; bad = 1 } for (c in size) if (size[c] < 2 || size[c] != said[c]) bad = 1; exit bad }' analysis/cycles.tsv analysis/imports.tsv
""")],
      fails=[("the graph is empty", "both lists are empty or hold single files"), ("the graph is very large", "the walk is linear in files and edges")],
      tool="bash, awk, sort, tsort", reasoning="Strongly connected components after Tarjan", learn="Cycles and the size of the largest", baseline="By hand: nobody finds them by hand", targets=["Confirmed by tsort, which shares no code with it"])

graph("Compute Blast Radius", "If this file breaks, what breaks with it: everything that needs it, directly or over others.",
      deliverables=[("analysis/blast-radius.tsv", "encoded path, direct dependents, all dependents, share of all files in per cent; largest first")],
      criteria=["The 200 most needed files are followed to the end", "All dependents include the direct ones and never the file itself", "The largest radius is confirmed by a second method"],
      scope="The 200 files with most direct dependents, which is every needed file in a small tree", needs=[EDGES, ("WORKER_114", "the most needed files")],
      blocks=[r"""LC_ALL=C awk -F '\t' '
  FILENAME ~ /coupling/ { total++; if ($2 > 0 && wanted < 200) { start[++wanted] = $1; direct[$1] = $2 } next }
  { back[$2, ++degree[$2]] = $1 }
  END {
    for (s = 1; s <= wanted; s++) {
      head = 0; tail = 1; queue[1] = start[s]; seen[start[s]] = s
      while (head < tail) { n = queue[++head]; for (i = 1; i <= degree[n]; i++) { m = back[n, i]; if (seen[m] != s) { seen[m] = s; queue[++tail] = m } } }
      printf "%s\t%d\t%d\t%.1f\n", start[s], direct[start[s]], tail - 1, 100 * (tail - 1) / total
    }
  }' analysis/coupling.tsv analysis/imports.tsv | LC_ALL=C sort -t $'\t' -k 3,3nr -k 2,2nr -k 1,1 > analysis/blast-radius.tsv
"""],
      tests=[("rows_have_the_shape", r"""awk -F '\t' 'NF != 4 || $3 < $2 || $2 < 1 || $4 > 100 { print "FAIL row " $0; bad = 1 } END { exit bad || NR > 200 }' analysis/blast-radius.tsv
needed=$(awk -F '\t' '$2 > 0' analysis/coupling.tsv | wc -l)
test "$(wc -l < analysis/blast-radius.tsv)" -eq "$((needed < 200 ? needed : 200))"
"""), ("largest_is_confirmed", r"""IFS=$'\t' read -r file _ all _ < analysis/blast-radius.tsv || file=
if test -n "$file"; then
  reached=$(file="$file" awk -F '\t' '{ from[NR] = $1; to[NR] = $2 } END { hit[ENVIRON["file"]] = 1; do { grown = 0; for (i = 1; i <= NR; i++) if ((to[i] in hit) && !(from[i] in hit)) { hit[from[i]] = 1; count++; grown = 1 } } while (grown); print count + 0 }' analysis/imports.tsv)
  test "$reached" -eq "$all"
fi
""")],
      fails=[("there are no edges", "the list is empty"), ("files stand in a cycle", "each has the others in its radius, which is true")],
      tool="bash, awk, sort", reasoning="Reverse reachability", learn="The file with the largest radius", baseline="By hand: asking the person who knows", targets=["Confirmed by relaxation over the edge list"])

graph("Find Critical Path", "The longest chain of files that build on each other: it bounds how far work on the tree can be done side by side.",
      deliverables=[("analysis/critical-path.tsv", "step from 1, encoded path that stands for the component, files in the component")],
      criteria=["Every step needs the next one directly", "Cycles count as one step", "The length equals the number of layers that remain when sources are taken off again and again"],
      scope="One longest chain; others of the same length are not listed", needs=[EDGES, ("WORKER_115", "the components, so that cycles do no harm")],
      blocks=[r"""LC_ALL=C awk -F '\t' '
  FILENAME ~ /components/ { c[$1] = $2; size[$2]++; if (!($2 in name)) name[$2] = $1; if ($2 > count) count = $2; next }
  c[$1] != c[$2] && !seen[c[$1], c[$2]]++ { next_[c[$1], ++degree[c[$1]]] = c[$2]; into[c[$2]]++ }
  END {
    for (i = 1; i <= count; i++) { longest[i] = 1; if (!into[i]) queue[++tail] = i }
    while (head < tail) { n = queue[++head]; for (i = 1; i <= degree[n]; i++) { m = next_[n, i]; if (longest[n] + 1 > longest[m]) { longest[m] = longest[n] + 1; before[m] = n } if (--into[m] == 0) queue[++tail] = m } }
    for (i = 1; i <= count; i++) if (longest[i] > best) { best = longest[i]; last = i }
    for (n = last; n; n = before[n]) chain[++steps] = n
    for (i = steps; i >= 1; i--) print steps - i + 1 "\t" name[chain[i]] "\t" size[chain[i]]
  }' analysis/components.tsv analysis/imports.tsv > analysis/critical-path.tsv
"""],
      tests=[("every_step_needs_the_next", r"""awk -F '\t' '
  FILENAME ~ /components/ { c[$1] = $2; next }
  FILENAME ~ /imports/ { edge[c[$1], c[$2]] = 1; next }
  NF != 3 || $1 != ++step { print "FAIL row " $0; bad = 1 }
  step > 1 && !((last, c[$2]) in edge) { print "FAIL no edge to " $2; bad = 1 }
  { last = c[$2] } END { exit bad }' analysis/components.tsv analysis/imports.tsv analysis/critical-path.tsv
"""), ("length_equals_the_layers", r"""layers=$(awk -F '\t' '
  FILENAME ~ /components/ { c[$1] = $2; left[$2] = 1; next }
  c[$1] != c[$2] { from[++n] = c[$1]; to[n] = c[$2] }
  END { for (;;) { split("", blocked); some = 0
      for (i = 1; i <= n; i++) if ((from[i] in left) && (to[i] in left)) blocked[to[i]] = 1
      split("", gone); for (x in left) { some = 1; if (!(x in blocked)) gone[x] = 1 }
      if (!some) break; layers++; for (x in gone) delete left[x] } print layers + 0 }' analysis/components.tsv analysis/imports.tsv)
test "$(wc -l < analysis/critical-path.tsv)" -eq "$layers"
""")],
      fails=[("the graph is empty", "the path is empty"), ("several chains are longest", "the one found first is told")],
      tool="bash, awk", reasoning="Longest path in an acyclic graph", learn="Length of the chain and its first and last file", baseline="By hand: not done", targets=["Confirmed by counting layers"])

findings("Rank Exposure", "A fault in a file that everything needs is worse than the same fault at the rim: weight times reach.",
         deliverables=[("analysis/exposure.tsv", "encoded path, findings, weight, all dependents, exposure; highest first")],
         criteria=["Every file with a finding has one row", "Weights are 20, 8, 3 and 1 for critical, high, medium and low", "Exposure is the weight times one plus the dependents' square root, rounded to one place"],
         scope="An order to work in; it does not say how likely an attack is", needs=[ALL, ("WORKER_116", "how far each file reaches")],
         blocks=[r"""LC_ALL=C awk -F '\t' '""" + WEIGHT + ROOT + r"""
  FILENAME ~ /blast/ { reach[$1] = $3; next }
  { count[$4]++; sum[$4] += weight[$3] }
  END { for (f in count) printf "%s\t%d\t%d\t%d\t%.1f\n", f, count[f], sum[f], reach[f], sum[f] * (1 + root(reach[f])) }' analysis/blast-radius.tsv analysis/findings.tsv | LC_ALL=C sort -t $'\t' -k 5,5nr -k 1,1 > analysis/exposure.tsv
"""],
         tests=[("every_file_with_findings", r"""diff <(cut -f 4 analysis/findings.tsv | LC_ALL=C sort -u) <(cut -f 1 analysis/exposure.tsv | LC_ALL=C sort)
test "$(awk -F '\t' '{ sum += $2 } END { print sum + 0 }' analysis/exposure.tsv)" -eq "$(wc -l < analysis/findings.tsv)"
"""), ("weights_are_right", r"""total=$(cut -f 3 analysis/findings.tsv | sed 's/critical/20/; s/high/8/; s/medium/3/; s/low/1/' | paste -sd + | sed 's/^$/0/')
test "$(awk -F '\t' '{ sum += $3 } END { print sum + 0 }' analysis/exposure.tsv)" -eq "$((total))"
awk -F '\t' 'NF != 5 || $5 + 0.1 < $3 { print "FAIL row " $0; bad = 1 } END { exit bad }' analysis/exposure.tsv
""")],
         fails=[("no file has findings", "the list is empty, which is the best result"), ("a file is no source", "its reach is 0 and its exposure is its weight")],
         tool="bash, awk, sort, diff", reasoning="A documented formula", learn="The three most exposed files", baseline="By hand: opinions", targets=["Every number can be worked out again"])

code("Rank Hot Spots", "Large files that are changed all the time: where faults are made, and where tidying pays first.",
     deliverables=[("analysis/hot-spots.tsv", "encoded path, commits, lines, heat; hottest first, at most 200")],
     criteria=["Only source files are ranked", "Heat is lines times one plus commits", "Without a history the ranking is by size and every row shows 0 commits"],
     scope="Where, not why; the history looked at is that of WORKER_012", needs=[("WORKER_003", "lines"), ("WORKER_004", "languages"), ("WORKER_012", "churn")],
     blocks=[r"""LC_ALL=C awk -F '\t' '
  FILENAME ~ /churn/ { commits[$1] = $2; next }
  FILENAME ~ /language/ { if ($2 ~ /^(""" + PROGRAMS.replace("\\\\", "\\") + r""")$/) source[$1] = 1; next }
  $1 in source { printf "%s\t%d\t%d\t%.0f\n", $1, commits[$1], $2, $2 * (1 + commits[$1]) }' inventory/churn.tsv inventory/language-of.tsv inventory/lines.tsv | LC_ALL=C sort -t $'\t' -k 4,4nr -k 1,1 | awk 'NR <= 200' > analysis/hot-spots.tsv
"""],
     tests=[("heat_is_the_product", r"""awk -F '\t' 'NF != 4 || $4 != $3 * (1 + $2) { print "FAIL row " $0; bad = 1 } END { exit bad || NR > 200 }' analysis/hot-spots.tsv
cut -f 4 analysis/hot-spots.tsv | sort -nr -c
"""), ("inputs_are_repeated", r"""awk -F '\t' 'FILENAME ~ /lines/ { lines[$1] = $2; next } FILENAME ~ /churn/ { commits[$1] = $2; next } lines[$1] != $3 || commits[$1] + 0 != $2 { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/lines.tsv inventory/churn.tsv analysis/hot-spots.tsv
""")],
     fails=[("there is no history", "the ranking is by size and says 0 commits"), ("a generated file is hot", "it is listed; skip its folder if it should not be")],
     tool="bash, awk, sort", reasoning="One product", learn="The hottest file", baseline="By hand: asking the team", targets=["Every product can be worked out again"])

code("Measure Complexity", "How much each source file decides and how deep it nests, by a measure that works for every language.",
     deliverables=[("analysis/complexity.tsv", "encoded path, lines that are not blank, lines that decide, lines nested five levels or deeper, deciding lines in per cent; most deciding first")],
     criteria=["Every source file has a row", "A deciding line holds if, for, while, case, catch, except, when, && or a pipe pair", "No count is larger than the lines of the file"],
     scope="A proxy to rank files with; it is not cyclomatic complexity", needs=[("WORKER_003", "lines"), ("WORKER_004", "languages")],
     blocks=[r"""export LC_ALL=C
out=$PWD
count() { (cd -- "$MUSTER_TARGET" && { xargs -0 -r grep -asHcZE -e "$1" -- < "$out/inventory/text-files.lst0" || test $? -eq 123; }) | tr '\0' '\001' | awk "$(cat inventory/named.awk)"'{ print name "\t" rest }'; }
count '(^|[^A-Za-z0-9_])(if|elif|elsif|for|foreach|while|case|catch|except|when|rescue|until)([^A-Za-z0-9_]|$)|&&|[|][|]' > analysis/.deciding
count '^(                    |	{5})[[:space:]]*[^[:space:]*]' > analysis/.deep
awk -F '\t' '
  FILENAME ~ /language/ { if ($2 ~ /^(""" + PROGRAMS.replace("\\\\", "\\") + r""")$/) source[$1] = 1; next }
  FILENAME ~ /deciding/ { deciding[$1] = $2; next }
  FILENAME ~ /deep/ { deep[$1] = $2; next }
  $1 in source { printf "%s\t%d\t%d\t%d\t%.1f\n", $1, $3, deciding[$1], deep[$1], $3 ? 100 * deciding[$1] / $3 : 0 }' inventory/language-of.tsv analysis/.deciding analysis/.deep inventory/lines.tsv | sort -t $'\t' -k 3,3nr -k 1,1 > analysis/complexity.tsv
rm analysis/.deciding analysis/.deep
"""],
     tests=[("every_source_has_a_row", r"""test "$(wc -l < analysis/complexity.tsv)" -eq "$(cut -f 2 inventory/language-of.tsv | grep -cxE '""" + PROGRAMS.replace("\\\\", "\\") + r"""' || test $? -eq 1)"
awk -F '\t' 'NF != 5 || $3 > $2 || $4 > $2 || $5 > 100 { print "FAIL row " $0; bad = 1 } END { exit bad }' analysis/complexity.tsv
"""), ("the_first_is_counted_again", r"""IFS=$'\t' read -r file _ deciding _ < analysis/complexity.tsv || file=
if test -n "$file"; then
  printf -v path '%b' "${file//%/\\x}"
  test "$(LC_ALL=C awk '{ line = " " $0 " " } line ~ /[^A-Za-z0-9_](if|elif|elsif|for|foreach|while|case|catch|except|when|rescue|until)[^A-Za-z0-9_]/ || /&&/ || /[|][|]/ { n++ } END { print n + 0 }' "$MUSTER_TARGET/$path")" -eq "$deciding"
fi
""")],
     fails=[("a word stands in a comment", "it counts; the measure ranks, it does not judge"), ("a file is written on one line", "it has few lines and few deciding lines")],
     tool="bash, grep, awk, sort", reasoning="Counting lines by two expressions", learn="The most deciding files", baseline="By hand: a tool for each language", targets=["Two passes over the files, by grep"])

code("Find Duplicated Blocks", "Runs of six or more lines that stand in two places: the next fault will be mended in one of them.",
     deliverables=[("analysis/duplication.tsv", "lines, encoded path and line of the first place, encoded path and line of the copy; longest first, at most 500"),
                   ("analysis/duplication-summary.tsv", "measure and value: lines read, lines duplicated, share in per cent")],
     criteria=["A block is at least six lines after blank lines, brackets, imports and comments are left out", "The first line of both places is the same apart from space", "At most 150,000 lines are read, and the summary says how many were"],
     scope="Equal lines; renamed copies are not found", needs=[("WORKER_001", "the text files"), ("WORKER_004", "languages")],
     blocks=[r"""export LC_ALL=C
out=$PWD
cd -- "$MUSTER_TARGET"
{ grep -azE '\.(java|kt|kts|scala|groovy|py|js|jsx|ts|tsx|mjs|cjs|go|rs|c|cc|cpp|cs|rb|php|swift|sh|bash)$' "$out/inventory/text-files.lst0" || test $? -eq 1; } \
  | { xargs -0 -r grep -asHnZE -e '[A-Za-z0-9].*[A-Za-z0-9]' -- || test $? -eq 123; } | tr '\0' '\001' | awk -v blocks="$out/analysis/.blocks" -v summary="$out/analysis/duplication-summary.tsv" "$(cat "$out/inventory/named.awk")"'
  function flush() { if (run) { print run + 5 "\t" name_of[source] "\t" line_of[source] "\t" name_of[copy] "\t" line_of[copy] > blocks; doubled += run + 5 } run = 0 }
  read >= 150000 { next }
  { colon = index(rest, ":"); text = substr(rest, colon + 1); gsub(/^[ \t]+|[ \t\r]+$/, "", text); gsub(/[ \t]+/, " ", text) }
  text ~ /^(import|package|from|using|use|#|\/\/|\/\*|\*|@Override)/ || length(text) < 4 { next }
  { n = ++read; name_of[n] = name; line_of[n] = substr(rest, 1, colon - 1); words[n % 6] = text
    if (name != last) { flush(); last = name; begun = n }
    if (n - begun < 5) next
    key = words[(n - 5) % 6] "\n" words[(n - 4) % 6] "\n" words[(n - 3) % 6] "\n" words[(n - 2) % 6] "\n" words[(n - 1) % 6] "\n" words[n % 6]
    if (!(key in place)) { place[key] = n - 5; flush(); next }
    if (run && place[key] == source + run && n - 5 == copy + run) { run++; next }
    flush(); if (place[key] + 5 < n - 5) { source = place[key]; copy = n - 5; run = 1 } }
  END { flush(); printf "lines read\t%d\nlines duplicated\t%d\nshare\t%.1f\n", read, doubled, read ? 100 * doubled / read : 0 > summary }'
cd "$out"
touch analysis/.blocks
sort -t $'\t' -k 1,1nr -k 2,2 -k 3,3n -k 5,5n analysis/.blocks | awk 'NR <= 500' > analysis/duplication.tsv
rm analysis/.blocks
"""],
     tests=[("rows_have_the_shape", r"""awk -F '\t' 'NF != 5 || $1 < 6 || $3 < 1 || $5 < 1 || ($2 == $4 && $3 == $5) { print "FAIL row " $0; bad = 1 } END { exit bad || NR > 500 }' analysis/duplication.tsv
test "$(cut -f 1 analysis/duplication-summary.tsv | paste -sd ,)" = 'lines read,lines duplicated,share'
"""), ("both_places_say_the_same", r"""while IFS=$'\t' read -r _ first line copy other; do
  printf -v one '%b' "${first//%/\\x}"; printf -v two '%b' "${copy//%/\\x}"
  test "$(sed -n "${line}p" "$MUSTER_TARGET/$one" | LC_ALL=C tr -d ' \t\r')" = "$(sed -n "${other}p" "$MUSTER_TARGET/$two" | LC_ALL=C tr -d ' \t\r')"
done < <(sed -n 1,8p analysis/duplication.tsv)
""")],
     fails=[("the tree has more lines than the limit", "the first 150,000 are compared and the summary says so"), ("copies are wanted", "they are listed all the same; nobody has to act")],
     tool="bash, grep, awk, sort, sed", reasoning="Windows of six lines are compared as text", learn="Share of duplicated lines", baseline="By hand: found by accident", targets=["Memory bounded by the line limit"])

findings("Count By Category", "Which kind of fault the tree has most of, and how bad.",
         deliverables=[("analysis/by-category.tsv", "category, rules, rules with findings, findings, critical, high, medium, low")],
         criteria=["All six categories have a row, also with 0 findings", "The severities of a row add up to its findings", "All rows add up to all findings"],
         scope="Counts; the words for them are in the catalogue", needs=[ALL, ("WORKER_112", "the rules of each category")],
         blocks=[r"""LC_ALL=C awk -F '\t' -v OFS='\t' '
  FILENAME ~ /rules/ { rules[$2]++; hit[$2] += $8 > 0; next }
  { n[$1]++; s[$1, $3]++ }
  END { for (c in rules) print c, rules[c], hit[c], n[c] + 0, s[c, "critical"] + 0, s[c, "high"] + 0, s[c, "medium"] + 0, s[c, "low"] + 0 }' analysis/rules.tsv analysis/findings.tsv | LC_ALL=C sort > analysis/by-category.tsv
"""],
         tests=[("sums_agree", r"""awk -F '\t' 'NF != 8 || $4 != $5 + $6 + $7 + $8 || $3 > $2 { print "FAIL row " $0; bad = 1 } { rules += $2 } END { exit bad || NR != 6 || rules != 80 }' analysis/by-category.tsv
test "$(awk -F '\t' '{ sum += $4 } END { print sum + 0 }' analysis/by-category.tsv)" -eq "$(wc -l < analysis/findings.tsv)"
"""), ("one_cell_is_counted_again", r"""test "$(awk -F '\t' '$1 == "secrets" { print $4 }' analysis/by-category.tsv)" -eq "$(cat findings/secret-*.tsv | wc -l)"
test "$(awk -F '\t' '$1 == "docker" { print $4 }' analysis/by-category.tsv)" -eq "$(cat findings/docker-*.tsv | wc -l)"
""")],
         fails=[("a category has no findings", "its row shows zeros"), ("a new category appears", "the test asks for six and has to be told")],
         tool="bash, awk, sort", reasoning="Counting", learn="The category with most weight", baseline="By hand: a pivot table", targets=["Every cell can be counted again"])

findings("Count By Folder", "Where in the tree the findings lie, so that work can be split by place.",
         deliverables=[("analysis/by-folder.tsv", "folder of at most two levels, findings, weight, files with findings; heaviest first")],
         criteria=["Every finding counts for exactly one folder", "Files at the top count for the folder dot", "The weights are those of the exposure ranking"],
         scope="Two levels; the exact file is in the findings", needs=[ALL],
         blocks=[r"""LC_ALL=C awk -F '\t' '""" + WEIGHT + r"""
  { folder = $4; if (!sub(/\/[^\/]*$/, "", folder)) folder = "."; n = split(folder, part, "/"); if (n > 2) folder = part[1] "/" part[2]
    count[folder]++; sum[folder] += weight[$3]; if (!seen[folder, $4]++) files[folder]++ }
  END { for (f in count) print f "\t" count[f] "\t" sum[f] "\t" files[f] }' analysis/findings.tsv | LC_ALL=C sort -t $'\t' -k 3,3nr -k 1,1 > analysis/by-folder.tsv
"""],
         tests=[("sums_agree", r"""test "$(awk -F '\t' '{ sum += $2 } END { print sum + 0 }' analysis/by-folder.tsv)" -eq "$(wc -l < analysis/findings.tsv)"
test "$(awk -F '\t' '{ sum += $4 } END { print sum + 0 }' analysis/by-folder.tsv)" -eq "$(cut -f 4 analysis/findings.tsv | LC_ALL=C sort -u | wc -l)"
"""), ("two_levels_at_most", r"""awk -F '\t' 'NF != 4 || $1 ~ /\/.*\// || $3 < $2 || $4 > $2 { print "FAIL row " $0; bad = 1 } END { exit bad }' analysis/by-folder.tsv
cut -f 3 analysis/by-folder.tsv | sort -nr -c
""")],
         fails=[("everything lies in one folder", "there is one row"), ("there are no findings", "the list is empty")],
         tool="bash, awk, sort", reasoning="Counting by a prefix", learn="The heaviest folder", baseline="By hand: a pivot table", targets=["Every finding is counted once"])

findings("Count By Owner", "Whose files the findings are in, so that each gets a list instead of everybody getting all.",
         deliverables=[("analysis/by-owner.tsv", "owners, findings, critical and high, files with findings; most findings first")],
         criteria=["Every finding counts for exactly one owner entry, or unowned", "Critical and high together never exceed the findings", "Owners without findings are not listed"],
         scope="Owners by CODEOWNERS; who wrote the line is not asked", needs=[ALL, ("WORKER_010", "the owner of every file")],
         blocks=[r"""LC_ALL=C awk -F '\t' '
  FILENAME ~ /owner-of/ { owner[$1] = $2; next }
  { o = ($4 in owner) ? owner[$4] : "unowned"; count[o]++; if ($3 == "critical" || $3 == "high") bad[o]++; if (!seen[o, $4]++) files[o]++ }
  END { for (o in count) print o "\t" count[o] "\t" bad[o] + 0 "\t" files[o] }' inventory/owner-of.tsv analysis/findings.tsv | LC_ALL=C sort -t $'\t' -k 2,2nr -k 1,1 > analysis/by-owner.tsv
"""],
         tests=[("sums_agree", r"""test "$(awk -F '\t' '{ sum += $2 } END { print sum + 0 }' analysis/by-owner.tsv)" -eq "$(wc -l < analysis/findings.tsv)"
awk -F '\t' 'NF != 4 || $3 > $2 || $4 > $2 || $1 == "" { print "FAIL row " $0; bad = 1 } END { exit bad }' analysis/by-owner.tsv
"""), ("owners_are_known", r"""test -z "$(cut -f 1 analysis/by-owner.tsv | grep -vxF unowned | LC_ALL=C sort | LC_ALL=C comm -23 - <(cut -f 2 inventory/owner-of.tsv | LC_ALL=C sort -u))"
test "$(awk -F '\t' '{ sum += $3 } END { print sum + 0 }' analysis/by-owner.tsv)" -eq "$(cut -f 3 analysis/findings.tsv | grep -cxE 'critical|high' || test $? -eq 1)"
""")],
         fails=[("nobody owns anything", "there is one row, unowned"), ("a file has several owners", "they stand together as one entry")],
         tool="bash, awk, sort, comm", reasoning="A join and a count", learn="Findings without an owner", baseline="By hand: an hour of asking around", targets=["Every finding is counted once"])

findings("Measure Finding Density", "Findings for every thousand lines, by language: large parts have more of everything, so counts alone mislead.",
         deliverables=[("analysis/density.tsv", "language, lines, findings, findings for every 1,000 lines; densest first")],
         criteria=["Every language with lines has a row", "The findings add up to all findings in text files", "The density is findings times 1,000 divided by lines, to two places"],
         scope="By language of the file that holds the finding", needs=[ALL, ("WORKER_004", "lines and languages")],
         blocks=[r"""LC_ALL=C awk -F '\t' '
  FILENAME ~ /languages/ { lines[$1] = $3; next }
  FILENAME ~ /language-of/ { language[$1] = $2; next }
  { count[language[$4]]++ }
  END { for (l in lines) printf "%s\t%d\t%d\t%.2f\n", l, lines[l], count[l], lines[l] ? 1000 * count[l] / lines[l] : 0 }' inventory/languages.tsv inventory/language-of.tsv analysis/findings.tsv | LC_ALL=C sort -t $'\t' -k 4,4nr -k 1,1 > analysis/density.tsv
"""],
         tests=[("sums_agree", r"""test "$(awk -F '\t' '{ sum += $3 } END { print sum + 0 }' analysis/density.tsv)" -eq "$(wc -l < analysis/findings.tsv)"
diff <(cut -f 1,2 analysis/density.tsv | LC_ALL=C sort) <(cut -f 1,3 inventory/languages.tsv | LC_ALL=C sort)
"""), ("quotients_are_right", r"""awk -F '\t' 'NF != 4 || ($2 > 0 && ($4 - 1000 * $3 / $2 > 0.006 || 1000 * $3 / $2 - $4 > 0.006)) { print "FAIL row " $0; bad = 1 } END { exit bad }' analysis/density.tsv
""")],
         fails=[("a language has few lines", "its density is large and says little; the lines stand beside it"), ("there are no findings", "every density is 0")],
         tool="bash, awk, sort, diff", reasoning="A quotient for each language", learn="The densest language with more than 1,000 lines", baseline="By hand: a spreadsheet", targets=["Every quotient is checked"])

code("Find Version Conflicts", "The same dependency asked for in different versions: one of the manifests is forgotten.",
     deliverables=[("analysis/version-conflicts.tsv", "ecosystem, dependency, versions, encoded manifests that ask for it")],
     criteria=["A conflict is one name with at least two different concrete versions", "Variables and missing versions are no versions", "Every manifest that takes part is named"],
     scope="What manifests ask for; what the build resolves is not worked out", needs=[("WORKER_006", "the declared dependencies")],
     blocks=[r"""LC_ALL=C sort -u inventory/dependencies.tsv | LC_ALL=C awk -F '\t' -v OFS='\t' '
  $3 == "-" || $3 ~ /\$/ || $3 !~ /[0-9]/ { next }
  { key = $1 "\t" $2; if (!seen[key, "v", $3]++) { versions[key] = versions[key] (versions[key] == "" ? "" : " ") $3; count[key]++ } if (!seen[key, "m", $4]++) manifests[key] = manifests[key] (manifests[key] == "" ? "" : " ") $4 }
  END { for (k in count) if (count[k] > 1) print k, versions[k], manifests[k] }' | LC_ALL=C sort > analysis/version-conflicts.tsv
"""],
     tests=[("conflicts_are_complete", r"""test "$(wc -l < analysis/version-conflicts.tsv)" -eq "$(awk -F '\t' '$3 != "-" && $3 !~ /\$/ && $3 ~ /[0-9]/ { print $1 "\t" $2 "\t" $3 }' inventory/dependencies.tsv | LC_ALL=C sort -u | cut -f 1,2 | uniq -d | wc -l)"
"""), ("rows_have_two_versions", r"""awk -F '\t' 'NF != 4 || $3 !~ / / || $4 == "" { print "FAIL row " $0; bad = 1 } END { exit bad }' analysis/version-conflicts.tsv
""")],
     fails=[("a difference is wanted", "it is listed; the manifests say where"), ("versions are managed in a parent", "they are dashes here and no conflict")],
     tool="bash, awk, sort, uniq", reasoning="Comparing strings by name", learn="Number of conflicts", baseline="By hand: an hour with two windows", targets=["Confirmed by a second count with uniq"])

code("Find Untested Sources", "Sources that no test names: not proof that they are untested, but the place to look first.",
     deliverables=[("analysis/untested.tsv", "encoded path and lines, largest first"), ("analysis/test-reach.tsv", "measure and value: sources, with a test, share in per cent")],
     criteria=["A source counts as tested when a test carries its name, or imports it", "Tests, fixtures, shell and files below 15 lines are no sources here", "Sources with and without a test add up to all"],
     scope="Names and imports; coverage is measured by running tests, which is not done here", needs=[("WORKER_003", "lines"), ("WORKER_004", "languages"), ("WORKER_014", "tests"), ("WORKER_113", "what tests import")],
     blocks=[r"""LC_ALL=C awk -F '\t' -v unlisted=analysis/test-reach.tsv '
  function stem(path) { sub(/.*\//, "", path); sub(/\.[^.]*$/, "", path); return path }
  FILENAME ~ /tests\.tsv/ { no_source[$1] = 1; if ($2 == "test") { test[$1] = 1; s = stem($1); gsub(/(Tests?|IT|Spec)$|^Test|^test_|_test$|_spec$|\.(test|spec)$/, "", s); named[s] = 1 } next }
  FILENAME ~ /imports/ { if ($1 in test) named_file[$2] = 1; next }
  FILENAME ~ /language/ { if ($2 ~ /^(Java|Kotlin|Scala|Groovy|Python|JavaScript|TypeScript|Go|Rust|C|C\+\+|C#|Ruby|PHP|Swift)$/) source[$1] = 1; next }
  ($1 in source) && !($1 in no_source) && $3 >= 15 && $1 !~ /(^|\/)(package-info|module-info|__init__|conftest)\./ { total++; if ((stem($1) in named) || ($1 in named_file)) tested++; else print $1 "\t" $2 }
  END { printf "sources\t%d\nwith a test\t%d\nshare\t%.1f\n", total, tested, total ? 100 * tested / total : 100 > unlisted }' inventory/tests.tsv analysis/imports.tsv inventory/language-of.tsv inventory/lines.tsv | LC_ALL=C sort -t $'\t' -k 2,2nr -k 1,1 > analysis/untested.tsv
"""],
     tests=[("sums_agree", r"""awk -F '\t' 'FILENAME ~ /untested/ { n++; if (NF != 2) bad = 1; next } { value[$1] = $2 } END { exit bad || !("sources" in value) || value["sources"] != value["with a test"] + n }' analysis/untested.tsv analysis/test-reach.tsv
"""), ("no_test_is_listed", r"""test -z "$(cut -f 1 analysis/untested.tsv | LC_ALL=C sort | LC_ALL=C comm -12 - <(cut -f 1 inventory/tests.tsv | LC_ALL=C sort))"
awk -F '\t' '$1 == "share" && ($2 < 0 || $2 > 100) { bad = 1 } END { exit bad || NR != 3 }' analysis/test-reach.tsv
""")],
     fails=[("tests have names of their own", "their sources count when they are imported, else they are listed"), ("there are no sources", "the share is 100, because nothing lacks a test")],
     tool="bash, awk, sort, comm", reasoning="Names and imports are matched", learn="Share of sources with a test", baseline="By hand: a coverage run", targets=["Every source is counted once"])

code("Estimate Bus Factor", "How many people know each folder: where one person wrote nearly everything, everything waits for that person.",
     deliverables=[("analysis/bus-factor.tsv", "top folder, people, changes, share of the first person in per cent, people who made half of the changes; no names")],
     criteria=["The newest 2,000 commits are looked at", "People are counted, never named", "Without a history there is one row that says so"],
     scope="Changes by author name, by top folder", needs=[("WORKER_001", "the files that still exist"), ("WORKER_013", "whether there is a history")],
     blocks=[GIT_COMMAND + r"""if grep -qxF 'history'$'\t''yes' inventory/git-state.tsv; then
  repository log -n 2000 --no-renames --no-merges --format=%x01%aN --name-only HEAD | LC_ALL=C awk '
    FILENAME == "inventory/files.tsv" { top = $0; sub(/\t.*/, "", top); if (!sub(/\/.*/, "", top)) top = "."; there[top] = 1; next }
    /^\001/ { author = substr($0, 2); next }
    $0 == "" { next }
    { top = $0; gsub(/^"/, "", top); if (!sub(/\/.*/, "", top)) top = "."; if (!(top in there)) next
      changes[top]++; if (!by[top, author]++) { people[top]++; member[top, people[top]] = author } }
    END { for (t in changes) {
        half = 0; sum = 0; first = 0; split("", used)
        while (2 * sum < changes[t]) { best = 0; for (i = 1; i <= people[t]; i++) if (!(i in used) && by[t, member[t, i]] > best) { best = by[t, member[t, i]]; pick = i } used[pick] = 1; sum += best; half++; if (half == 1) first = best }
        printf "%s\t%d\t%d\t%.1f\t%d\n", t, people[t], changes[t], 100 * first / changes[t], half } }' inventory/files.tsv - | LC_ALL=C sort > analysis/bus-factor.tsv
else
  printf -- '-\t0\t0\t0.0\t0\n' > analysis/bus-factor.tsv
fi
"""],
     tests=[("rows_have_the_shape", r"""awk -F '\t' 'NF != 5 || $5 > $2 || $4 > 100 || $3 < $2 { print "FAIL row " $0; bad = 1 } END { exit bad }' analysis/bus-factor.tsv
if grep -qxF 'history'$'\t''no' inventory/git-state.tsv; then test "$(wc -l < analysis/bus-factor.tsv)" -eq 1; fi
"""), ("folders_exist", r"""while IFS=$'\t' read -r folder _; do
  case $folder in -|.) ;; *) printf -v path '%b' "${folder//%/\\x}"; test -d "$MUSTER_TARGET/$path" ;; esac
done < analysis/bus-factor.tsv
test -z "$(grep -o '@' analysis/bus-factor.tsv | sed -n 1p)" || test -n "$(cut -f 1 analysis/bus-factor.tsv | grep -o '@' | sed -n 1p)"
""")],
     fails=[("there is no git or no history", "one row of zeros says so"), ("a person has two names", "the count is too high by one unless there is a .mailmap")],
     tool="bash, git where present, awk, sort", reasoning="Counting changes by author and folder", learn="Folders that one person knows", baseline="By hand: asking who knows what", targets=["One pass over the log"])

verdict("Compare With Baseline", "What is new since the last published audit, what was mended, what is still there.",
        deliverables=[("analysis/fingerprints.tsv", "rule, encoded path and excerpt of every finding, sorted; line numbers left out, so that moved code stays known"),
                      ("analysis/trend.tsv", "new, fixed or known, then rule, path and excerpt"), ("analysis/trend-summary.tsv", "key and value: baseline, new, fixed, known")],
        criteria=["The newest baseline is the last by name in `audit-report` of the target".replace("`", ""), "New and known together are all findings of today; fixed and known are all of the baseline", "Without a baseline every finding is new and the summary says none"],
        scope="Equality of rule, path and excerpt; whether a change made things better is said by the score", needs=[ALL],
        blocks=[r"""LC_ALL=C awk -F '\t' -v OFS='\t' '{ print $2, $4, $6 }' analysis/findings.tsv | LC_ALL=C sort > analysis/fingerprints.tsv
folder=$MUSTER_TARGET/audit-report/baselines
newest=none
if test -d "$folder" && test -r "$folder"; then
  newest=$(find "$folder" -maxdepth 1 -type f -name '[0-9]*T[0-9]*Z-*.tsv' -printf '%f\n' | LC_ALL=C sort | sed -n '$p')
fi
old=/dev/null
if test -n "$newest" && test "$newest" != none; then old=$folder/$newest; else newest=none; fi
{
  LC_ALL=C comm -23 analysis/fingerprints.tsv <(LC_ALL=C sort "$old") | sed 's/^/new\t/'
  LC_ALL=C comm -13 analysis/fingerprints.tsv <(LC_ALL=C sort "$old") | sed 's/^/fixed\t/'
  LC_ALL=C comm -12 analysis/fingerprints.tsv <(LC_ALL=C sort "$old") | sed 's/^/known\t/'
} > analysis/trend.tsv
{ printf 'baseline\t%s\n' "$newest"; for state in new fixed known; do printf '%s\t%s\n' $state "$(grep -c "^$state"$'\t' analysis/trend.tsv || test $? -eq 1)"; done; } > analysis/trend-summary.tsv
"""],
        tests=[("sums_agree", r"""test "$(grep -cE '^(new|known)'$'\t' analysis/trend.tsv || test $? -eq 1)" -eq "$(wc -l < analysis/findings.tsv)"
test "$(cut -f 1 analysis/trend-summary.tsv | paste -sd ,)" = 'baseline,new,fixed,known'
awk -F '\t' '$1 != "baseline" { sum += $2 } END { print sum + 0 }' analysis/trend-summary.tsv | grep -qxF "$(wc -l < analysis/trend.tsv)"
"""), ("baseline_is_accounted_for", r"""newest=$(awk -F '\t' '$1 == "baseline" { print $2 }' analysis/trend-summary.tsv)
rows=0
if test "$newest" != none; then rows=$(wc -l < "$MUSTER_TARGET/audit-report/baselines/$newest"); fi
test "$(grep -cE '^(fixed|known)'$'\t' analysis/trend.tsv || test $? -eq 1)" -eq "$rows"
""")],
        fails=[("there is no baseline", "everything is new, which is what a first audit says"), ("a baseline was edited by hand", "its unknown rows show up as fixed")],
        tool="bash, awk, sort, comm, find", reasoning="Set differences of sorted lists", learn="New and fixed findings", baseline="By hand: comparing two reports for an hour", targets=["Every finding is new or known, none both"])

verdict("Compute Score", "One number from 0 to 100 with its parts, so that two audits can be compared and a bad part cannot hide.",
        deliverables=[("analysis/score.tsv", "part, weight, value from 0 to 100, points, what it rests on; the last row is the total")],
        criteria=["The weights of the nine parts add up to 100", "Points are weight times value divided by 100, and the total is their sum", "Every part names the number it rests on"],
        scope="A summary for people who compare; the findings themselves decide what to do",
        needs=[("WORKER_015", "documents"), ("WORKER_008", "licences"), ("WORKER_115", "cycles"), ("WORKER_120", "complexity"), ("WORKER_121", "duplication"), ("WORKER_122", "findings by category"), ("WORKER_126", "version conflicts"), ("WORKER_127", "test reach")],
        blocks=[r"""LC_ALL=C awk -F '\t' '""" + ROOT + r"""
  function limit(x) { return x < 0 ? 0 : x > 100 ? 100 : x }
  function put(part, weight, value, basis) { value = limit(value); printf "%s\t%d\t%.1f\t%.2f\t%s\n", part, weight, value, weight * value / 100, basis; total += weight * value / 100 }
  FILENAME ~ /by-category/ { w = 20 * $5 + 8 * $6 + 3 * $7 + $8; if ($1 == "secrets") secrets += w; else if ($1 == "supply") supply += w; else other += w; next }
  FILENAME ~ /lines\.tsv/ { lines += $3; next }
  FILENAME ~ /components/ { nodes++; next }
  FILENAME ~ /cycles/ { cyclic++; next }
  FILENAME ~ /complexity/ { code += $2; deep += $4; deciding += $3; next }
  FILENAME ~ /duplication/ { if ($1 == "share") share = $2; next }
  FILENAME ~ /conflicts/ { conflicts++; next }
  FILENAME ~ /reach/ { if ($1 == "share") reach = $2; next }
  FILENAME ~ /documents/ { if ($2 != "missing") documents++; next }
  FILENAME ~ /licences/ { if ($2 != "unknown" && $2 != "no licence file") licence = 1; next }
  END {
    thousand = lines / 1000; if (thousand < 1) thousand = 1
    put("secrets", 25, 100 - 25 * secrets / root(thousand) / 4, "weight of findings " secrets + 0 " in " lines + 0 " lines")
    put("dangerous code", 20, 100 - 10 * other / root(thousand) / 4, "weight of findings " other + 0)
    put("supply chain", 10, 100 - 10 * supply / root(thousand) / 4 - 5 * conflicts, "weight of findings " supply + 0 ", version conflicts " conflicts + 0)
    put("structure", 10, nodes ? 100 - 200 * cyclic / nodes : 100, "files in cycles " cyclic + 0 " of " nodes + 0)
    put("complexity", 10, code ? 100 - 500 * deep / code - (100 * deciding / code > 15 ? 2 * (100 * deciding / code - 15) : 0) : 100, "deciding lines " deciding + 0 ", deep lines " deep + 0 " of " code + 0)
    put("duplication", 5, 100 - 4 * share, "duplicated lines " share + 0 " per cent")
    put("tests", 10, reach, "sources with a test " reach + 0 " per cent")
    put("documents", 5, 100 * documents / 7, documents + 0 " of 7 documents")
    put("licence", 5, licence ? 100 : 0, licence ? "licence recognised" : "no licence recognised")
    printf "total\t100\t%.1f\t%.2f\tsum of the points\n", total, total
  }' analysis/by-category.tsv inventory/lines.tsv analysis/components.tsv analysis/cycles.tsv analysis/complexity.tsv analysis/duplication-summary.tsv analysis/version-conflicts.tsv analysis/test-reach.tsv inventory/documents.tsv inventory/licences.tsv > analysis/score.tsv
"""],
        tests=[("points_add_up", r"""awk -F '\t' 'NF != 5 || $3 < 0 || $3 > 100 { print "FAIL row " $0; bad = 1 } $1 != "total" { weight += $2; points += $4; if ($4 - $2 * $3 / 100 > 0.03 || $2 * $3 / 100 - $4 > 0.03) { print "FAIL points " $0; bad = 1 } next } { total = $4 }
  END { exit bad || NR != 10 || weight != 100 || total - points > 0.05 || points - total > 0.05 }' analysis/score.tsv
"""), ("bases_are_true", r"""grep -q "^documents.*"$'\t'"$(grep -vc $'\t''missing$' inventory/documents.tsv || test $? -eq 1) of 7 documents" analysis/score.tsv
grep -q "^structure.*files in cycles $(wc -l < analysis/cycles.tsv) of $(wc -l < analysis/components.tsv)" analysis/score.tsv
""")],
        fails=[("the tree is empty", "nothing is wrong and little is right: the parts without a basis are full, documents and licence are 0"), ("a part seems unjust", "its basis stands beside it; weights are in this file, one line each")],
        tool="bash, awk", reasoning="A formula of nine documented parts", learn="The total and the weakest part", baseline="By hand: a meeting", targets=["Every point can be worked out again"])
