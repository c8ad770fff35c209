"""Wave 1: what is there. WORKER_001 lists the files once; everybody else works from its lists."""

from functools import partial

from .model import Worker

SKIPPED = ".muster audit-report node_modules target build dist out vendor".split()
WORKERS = []
FILES = ("WORKER_001", "the file lists and the helpers that make names safe")
LINES = ("WORKER_003", "lines for every text file")
LANGUAGE = ("WORKER_004", "the language of every file")
GIT = ("WORKER_013", "whether git and a repository are there")
# Git in a tree that somebody else owns, never looking above the target.
GIT_COMMAND = """export GIT_CEILING_DIRECTORIES="$(dirname "$MUSTER_TARGET")"
repository() { git --no-optional-locks -c safe.directory='*' -c core.quotePath=false -c log.showSignature=false -C "$MUSTER_TARGET" "$@"; }
"""
ENCODED = 'awk -F \'\\t\' -v OFS=\'\\t\' "$(cat inventory/encoded.awk)"'
# Turns a NUL-ended list into one encoded name a line.
NAMES = """names() { tr '\\0\\n' '\\n\\001' | awk "$(cat inventory/encoded.awk)"'{ gsub(/\\001/, "\\n"); print encoded($0) }'; }
"""


def work(title, goal, **rest):
    phase = rest.pop("phase")
    if len(rest["targets"]) < 2:
        rest["targets"] = rest["targets"] + ["Automated execution: <1 second for a few hundred files, <5 seconds for 20,000"]
    WORKERS.append(Worker(title=title, goal=goal, phase=phase, priority=1, **rest))


tree = partial(work, phase="1.1 - Tree", cannot="The target, or a list that another worker delivers")
code = partial(work, phase="1.2 - Code", cannot="The target, or the lists of WORKER_001")
parts = partial(work, phase="1.3 - Parts", cannot="The target, or the lists of WORKER_001")
people = partial(work, phase="1.4 - People and history", cannot="The target and its repository; git is asked, never told")

tree("List Files", "Every later worker reads these lists instead of walking the tree again, so this walk decides what the audit sees.",
     deliverables=[("inventory/files.tsv", "every regular file: encoded path, bytes, and text, binary, empty, large or unreadable"),
                   ("inventory/text-files.lst0", "the text files of at most 1 MiB, raw names ended by NUL, sorted"),
                   ("inventory/skipped.tsv", "what was not entered: encoded path and why"),
                   ("inventory/encoded.awk", "an awk function that percent-encodes a file name"),
                   ("inventory/named.awk", "an awk rule that reads the output of grep -Z into name and rest")],
     criteria=["Every regular file outside the skipped folders has exactly one row", "No binary file and none above 1 MiB is in the text list",
               "Names with spaces, tabs, line breaks or bytes that are no UTF-8 come through and stay one row each", "An empty target gives empty lists and no failure"],
     cannot="The target; it is walked, never written",
     scope="Skips every `.git` and the folders " + ", ".join(f"`{s}`" for s in SKIPPED) + " at any depth: copies, results and other people's code. Symbolic links are not followed",
     needs=[],
     blocks=[r"""mkdir -p inventory
cat > inventory/encoded.awk <<'AWK'
BEGIN { for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i }
function encoded(name,   i, c, out) {
  if (name !~ /[^ -~]|[%\\]/) return name
  for (i = 1; i <= length(name); i++) {
    c = substr(name, i, 1)
    out = out (c ~ /[ -~]/ && c != "%" && c != "\\" ? c : sprintf("%%%02X", code[c]))
  }
  return out
}
AWK
cat inventory/encoded.awk - > inventory/named.awk <<'AWK'
{
  cut = index($0, "\001")
  if (cut == 0) { held = held $0 "\n"; next }
  name = encoded(held substr($0, 1, cut - 1)); rest = substr($0, cut + 1); held = ""
}
AWK
""", r"""export LC_ALL=C
scratch=$(mktemp -d)
out=$PWD/inventory
cd -- "$MUSTER_TARGET"
{ find . -mindepth 1 \( -name .git -o -type d \( """ + " -o ".join(f"-name {s}" for s in SKIPPED) + r""" \) \) -prune -printf 'skipped\t0\t%P\0' \
    -o -type f ! -readable -printf 'unreadable\t%s\t%P\0' \
    -o -type f -size 0 -printf 'empty\t0\t%P\0' \
    -o -type f -size +1048576c -printf 'large\t%s\t%P\0' \
    -o -type f -printf 'small\t%s\t%P\0' 2> "$scratch/errors" || test -s "$scratch/errors"; } | sort -z -t $'\t' -k 3 > "$scratch/all"
{ grep -az '^small' "$scratch/all" || test $? -eq 1; } | cut -z -f 3- \
  | { xargs -0 -r grep -slIZ -e '' -- || test $? -eq 123; } > "$out/text-files.lst0"
cd "$out/.."
{ sed -z 's/^/text\t0\t/' inventory/text-files.lst0; cat "$scratch/all"; } | tr '\0\n' '\n\001' \
  | awk -F '\t' "$(cat inventory/encoded.awk)"'
      { name = $0; sub(/^[^\t]*\t[^\t]*\t/, "", name); gsub(/\001/, "\n", name) }
      $1 == "text" { text[name] = 1; next }
      $1 == "skipped" { print encoded(name) "\tfolder or file left out by its name" > "inventory/skipped.tsv"; next }
      { print encoded(name) "\t" $2 "\t" ($1 != "small" ? $1 : name in text ? "text" : "binary") > "inventory/files.tsv" }'
touch inventory/files.tsv inventory/skipped.tsv
sed -n 's|^find: .\./\(.*\).: Permission denied$|\1|p' "$scratch/errors" | awk "$(cat inventory/encoded.awk)"'{ print encoded($0) "\tfolder cannot be read" }' >> inventory/skipped.tsv
rm -r "$scratch"
"""],
     tests=[("every_file_once", r"""cd "$MUSTER_TARGET"
counted=$(set +o pipefail; find . -type f ! -regex '.*/\(\.git\|""" + r"\|".join(s.replace(".", r"\.") for s in SKIPPED) + r"""\)/.*' ! -name .git -printf 'x' 2> /dev/null | wc -c)
cd "$OLDPWD"
test "$(wc -l < inventory/files.tsv)" -eq "$counted"
test -z "$(cut -f 1 inventory/files.tsv | LC_ALL=C sort | uniq -d)"
"""), ("text_list_is_text", r"""test "$(tr -cd '\0' < inventory/text-files.lst0 | wc -c)" -eq "$(awk -F '\t' '$3 == "text"' inventory/files.tsv | wc -l)"
test -z "$(cd "$MUSTER_TARGET" && xargs -0 -r env LC_ALL=C grep -LI -e '' -- < "$OLDPWD/inventory/text-files.lst0" | sed -n 1p)"
awk -F '\t' 'NF != 3 || $2 !~ /^[0-9]+$/ || $3 == "text" && $2 > 1048576 { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/files.tsv
"""), ("names_are_safe", r"""odd=$(printf 'a\tb\nc%%d' | tr '\n' '\001' | LC_ALL=C awk "$(cat inventory/encoded.awk)"'{ gsub(/\001/, "\n"); print encoded($0) }')
test "$odd" = 'a%09b%0Ac%25d'
test "$(printf 'x\001y\n' | LC_ALL=C awk "$(cat inventory/named.awk)"'{ print name "=" rest }')" = 'x=y'
""")],
     fails=[("a folder cannot be read", "it is named in `inventory/skipped.tsv` and the walk goes on"), ("the target is empty", "the lists are empty, and every later worker copes with that")],
     tool="bash, find, grep, sort, cut, tr, sed and awk of a GNU system", reasoning="A walk with fixed exceptions; nothing has to be judged",
     learn="Number of files by kind, and the folders that were left out", baseline="By hand: nobody lists a tree by hand; a plain find takes a second and lists what nobody wants",
     targets=["Automated execution: <1 second for a few hundred files, <5 seconds for 20,000", "The tree is walked once in the whole run, besides tests"], seconds=5)

tree("Measure Sizes", "How big the tree is, and how its bytes are spread: a few huge files tell another story than many small ones.",
     deliverables=[("inventory/sizes.tsv", "measure and value: files, bytes, median, largest, and files by size class")],
     criteria=["Files and bytes equal what a walk of the target finds", "The size classes add up to the number of files", "The median is the middle value of the sorted sizes"],
     scope="Sizes only; which files are large is told by WORKER_025", needs=[FILES],
     blocks=[r"""LC_ALL=C sort -t $'\t' -k 2,2n inventory/files.tsv | awk -F '\t' -v OFS='\t' '
  { size[NR] = $2; sum += $2; class[$2 < 1024 ? "under 1 KiB" : $2 < 16384 ? "1 to 16 KiB" : $2 < 131072 ? "16 to 128 KiB" : $2 <= 1048576 ? "128 KiB to 1 MiB" : "above 1 MiB"]++ }
  END {
    print "files", NR; printf "bytes\t%.0f\n", sum; print "median bytes", size[int((NR + 1) / 2)] + 0; print "largest bytes", size[NR] + 0
    count = split("under 1 KiB,1 to 16 KiB,16 to 128 KiB,128 KiB to 1 MiB,above 1 MiB", names, ",")
    for (i = 1; i <= count; i++) print "class " names[i], class[names[i]] + 0
  }' > inventory/sizes.tsv
"""],
     tests=[("totals_equal_a_walk", r"""bytes=$(set +o pipefail; cd "$MUSTER_TARGET" && find . -type f ! -regex '.*/\(\.git\|""" + r"\|".join(s.replace(".", r"\.") for s in SKIPPED) + r"""\)/.*' ! -name .git -printf '%s\n' 2> /dev/null | awk '{ sum += $1 } END { printf "%.0f", sum }')
grep -qxF "bytes"$'\t'"$bytes" inventory/sizes.tsv
"""), ("classes_add_up", r"""awk -F '\t' '$1 == "files" { files = $2 } /^class / { sum += $2; rows++ } END { exit rows != 5 || files != sum }' inventory/sizes.tsv
test "$(awk -F '\t' '$1 == "files" { print $2 }' inventory/sizes.tsv)" -eq "$(wc -l < inventory/files.tsv)"
""")],
     fails=[("the target is empty", "every measure is 0"), ("a size does not fit 32 bits", "sums are printed as whole floating-point numbers, exact up to 2^53")],
     tool="bash, sort, awk, find", reasoning="Sums and one sort", learn="Bytes and the largest class", baseline="By hand: du and a spreadsheet, five minutes", targets=["Accuracy: equal to a walk, byte for byte"])

tree("Count Lines", "Lines are the unit that later workers weigh findings, languages and hot spots with.",
     deliverables=[("inventory/lines.tsv", "every text file: encoded path, lines, lines that are not blank")],
     criteria=["Every text file has one row", "No file has more non-blank lines than lines", "The sum of lines equals that of an independent count"],
     scope="Physical lines; what language they are in is told by WORKER_004", needs=[FILES],
     blocks=[r"""export LC_ALL=C
list=$PWD/inventory/text-files.lst0
count() { (cd -- "$MUSTER_TARGET" && { xargs -0 -r grep -asHcZ -e "$1" -- < "$list" || test $? -eq 123; }) | tr '\0' '\001' | awk "$(cat inventory/named.awk)"'{ print name "\t" rest }'; }
paste <(count '') <(count '[^[:space:]]' | cut -f 2) > inventory/lines.tsv
sed -i '/^\t*$/d' inventory/lines.tsv
"""],
     tests=[("every_text_file_has_a_row", r"""test "$(wc -l < inventory/lines.tsv)" -eq "$(awk -F '\t' '$3 == "text"' inventory/files.tsv | wc -l)"
awk -F '\t' 'NF != 3 || $2 !~ /^[0-9]+$/ || $3 > $2 { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/lines.tsv
"""), ("sum_is_right", r"""list=$PWD/inventory/text-files.lst0
counted=$(cd "$MUSTER_TARGET" && xargs -0 -r sed -s '$a\' -- < "$list" | wc -l)
test "$(awk -F '\t' '{ sum += $2 } END { print sum + 0 }' inventory/lines.tsv)" -eq "$counted"
""")],
     fails=[("a file has no line break at its end", "the last line counts all the same"), ("a file disappears meanwhile", "the row count differs and the test says so; run again")],
     tool="bash, grep, tr, awk, paste, sed", reasoning="Counting", learn="Total lines and the share that is blank", baseline="By hand: wc over a list, one minute", targets=["Accuracy: equal to a second count by sed and wc"])

code("Detect Languages", "Which languages the tree is written in, by name, extension and first line.",
     deliverables=[("inventory/language-of.tsv", "every text file: encoded path and language, or other"), ("inventory/languages.tsv", "language, files, lines and bytes, most lines first")],
     criteria=["Every text file has a language, if only other", "The languages' files, lines and bytes add up to those of all text files", "A file of a known extension is never other"],
     scope="By name; the inside of a file is looked at only by WORKER_021, for scripts without extension", needs=[FILES, LINES],
     blocks=[r"""export LC_ALL=C
awk -F '\t' -v OFS='\t' '
  BEGIN {
    split("java:Java kt:Kotlin kts:Kotlin scala:Scala groovy:Groovy gradle:Groovy py:Python js:JavaScript mjs:JavaScript cjs:JavaScript jsx:JavaScript ts:TypeScript tsx:TypeScript go:Go rs:Rust c:C h:C cc:C++ cpp:C++ cxx:C++ hpp:C++ hh:C++ cs:C# rb:Ruby php:PHP swift:Swift sh:Shell bash:Shell zsh:Shell ksh:Shell bats:Shell pl:Perl pm:Perl lua:Lua r:R sql:SQL html:HTML htm:HTML css:CSS scss:CSS less:CSS xml:XML xsd:XML json:JSON jsonc:JSON yaml:YAML yml:YAML toml:TOML ini:INI properties:Properties conf:Configuration md:Markdown rst:Text adoc:Text txt:Text tf:Terraform proto:Protobuf awk:Awk vue:Vue svelte:Svelte csv:Data tsv:Data", pairs, " ")
    for (i in pairs) { split(pairs[i], pair, ":"); language[pair[1]] = pair[2] }
  }
  { base = $1; sub(/.*\//, "", base); low = tolower(base); extension = low; sub(/.*\./, "", extension)
    if (low ~ /^(dockerfile|containerfile)/) found = "Dockerfile"
    else if (low ~ /^(gnu)?makefile/ || extension == "mk") found = "Make"
    else if (low == "cmakelists.txt" || extension == "cmake") found = "CMake"
    else if (low != extension && extension in language) found = language[extension]
    else found = "other"
    print $1, found }' inventory/lines.tsv > inventory/language-of.tsv
""", r"""export LC_ALL=C
awk -F '\t' -v OFS='\t' '
  FILENAME ~ /files/ { bytes[$1] = $2; next }
  FILENAME ~ /lines/ { lines[$1] = $2; next }
  { files[$2]++; sum[$2] += lines[$1]; size[$2] += bytes[$1] }
  END { for (l in files) printf "%s\t%d\t%.0f\t%.0f\n", l, files[l], sum[l], size[l] }' inventory/files.tsv inventory/lines.tsv inventory/language-of.tsv \
  | sort -t $'\t' -k 3,3nr -k 1,1 > inventory/languages.tsv
"""],
     tests=[("sums_agree", r"""test "$(wc -l < inventory/language-of.tsv)" -eq "$(wc -l < inventory/lines.tsv)"
test "$(awk -F '\t' '{ sum += $3 } END { printf "%.0f", sum }' inventory/languages.tsv)" = "$(awk -F '\t' '{ sum += $2 } END { printf "%.0f", sum }' inventory/lines.tsv)"
test "$(awk -F '\t' '{ sum += $2 } END { printf "%.0f", sum }' inventory/languages.tsv)" = "$(wc -l < inventory/lines.tsv)"
"""), ("known_extensions_are_known", r"""awk -F '\t' '$1 ~ /[^\/]\.(java|py|js|ts|go|sh|sql|md)$/ && $2 == "other" { print "FAIL " $0; bad = 1 } END { exit bad }' inventory/language-of.tsv
test "$(grep -cE '\.java'$'\t' inventory/language-of.tsv)" = "$(grep -cE '\.java'$'\t''Java$' inventory/language-of.tsv)"
""")],
     fails=[("an extension is unknown", "the file counts as other; add the extension to the table"), ("two languages share an extension", "the commoner one is named, C for .h")],
     tool="bash, awk, sort", reasoning="A fixed table of extensions", learn="The first three languages and the share of other", baseline="By hand: a guess from the folder names, one minute and often wrong", targets=["Accuracy: 100% of the extensions in the table"])

parts("Find Manifests", "A manifest says how a folder is built and what it needs; supply-chain scanners search these files only.",
      deliverables=[("inventory/manifests.tsv", "build system and encoded path"), ("inventory/manifest-files.lst0", "the same files, raw names ended by NUL")],
      criteria=["Every pom.xml, package.json, go.mod, Cargo.toml and requirements file of the text list is named", "Both deliverables name the same number of files", "Files of skipped folders are not among them"],
      scope="Finding and naming; reading what they declare is the business of WORKER_006", needs=[FILES],
      blocks=[r"""export LC_ALL=C
""" + NAMES + r"""{ grep -azE '(^|/)(pom\.xml|settings\.xml|package\.json|go\.mod|Cargo\.toml|Gemfile|composer\.json|pyproject\.toml|setup\.(py|cfg)|Pipfile|pip\.(conf|ini)|(requirements|constraints)[^/]*\.(txt|in)|(gradle|maven)-wrapper\.properties|build\.sbt|mix\.exs|CMakeLists\.txt|(GNU)?[Mm]akefile)$|\.(pom|gradle|gradle\.kts|csproj)$' inventory/text-files.lst0 || test $? -eq 1; } > inventory/manifest-files.lst0
names < inventory/manifest-files.lst0 | awk -v OFS='\t' '
  { base = $0; sub(/.*\//, "", base)
    kind = base ~ /^(pom|settings)\.xml$|\.pom$|^maven-/ ? "Maven" : base ~ /gradle/ ? "Gradle" : base == "package.json" ? "npm" : base == "go.mod" ? "Go" : base == "Cargo.toml" ? "Cargo" : base == "Gemfile" ? "Bundler" : base == "composer.json" ? "Composer" : base == "build.sbt" ? "sbt" : base == "mix.exs" ? "Mix" : base ~ /\.csproj$/ ? "NuGet" : base ~ /^CMake/ ? "CMake" : base ~ /[Mm]akefile$/ ? "Make" : "Python"
    print kind, $0 }' > inventory/manifests.tsv
"""],
      tests=[("both_lists_agree", r"""test "$(tr -cd '\0' < inventory/manifest-files.lst0 | wc -c)" -eq "$(wc -l < inventory/manifests.tsv)"
awk -F '\t' 'NF != 2 || $1 == "" { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/manifests.tsv
"""), ("none_is_missing", r"""wanted=$(awk -F '\t' '$3 == "text" { n = split($1, part, "/"); print part[n] }' inventory/files.tsv | grep -cxE 'pom.xml|package.json|go.mod|Cargo.toml|requirements.txt' || test $? -eq 1)
named=$(cut -f 2 inventory/manifests.tsv | sed 's|.*/||' | grep -cxE 'pom.xml|package.json|go.mod|Cargo.toml|requirements.txt' || test $? -eq 1)
test "$wanted" -eq "$named"
""")],
      fails=[("a build system is not known", "its manifest is passed over; add its name to the expression"), ("a manifest is larger than 1 MiB", "it is not in the text list, and is told by WORKER_025")],
      tool="bash, grep, awk, tr", reasoning="Manifests are known by their names", learn="Build systems found", baseline="By hand: find with a dozen names, five minutes", targets=["Accuracy: every name of the table"])

parts("Read Declared Dependencies", "Which parts of other people the tree asks for, in which version and where it says so.",
      deliverables=[("inventory/dependencies.tsv", "ecosystem, name, version or a dash, encoded path of the manifest, line")],
      criteria=["Dependencies of Maven, npm, Python, Go, Cargo and one-line Gradle declarations are read", "Every row names a manifest of WORKER_005 and a line that exists in it", "A dependency without a version shows a dash, not an empty field"],
      scope="What is written down; what a build resolves in the end is decided by its tool and its lock file", needs=[FILES, ("WORKER_005", "the manifests")],
      blocks=[r"""export LC_ALL=C
cd -- "$MUSTER_TARGET"
sed -z 's|^|./|' "$OLDPWD/inventory/manifest-files.lst0" | xargs -0 -r awk -v OFS='\t' "$(cat "$OLDPWD/inventory/encoded.awk")"'
  function put(ecosystem, name, version) { gsub(/[\t\r]/, " ", name); gsub(/[\t\r]/, " ", version); if (name != "") print ecosystem, name, (version == "" ? "-" : version), file, FNR }
  function inner(line, tag) { if (!match(line, "<" tag ">[^<]*</" tag ">")) return ""; return substr(line, RSTART + length(tag) + 2, RLENGTH - 2 * length(tag) - 5) }
  FNR == 1 { file = encoded(substr(FILENAME, 3)); base = file; sub(/.*\//, "", base); inside = 0 }
  base == "pom.xml" {
    if (/<(dependency|plugin|parent)>/) { inside = 1; group = name = version = ""; kind = "Maven" }
    if (inside) { if (inner($0, "groupId") != "") group = inner($0, "groupId"); if (inner($0, "artifactId") != "" && name == "") name = inner($0, "artifactId"); if (inner($0, "version") != "" && version == "") version = inner($0, "version") }
    if (inside && /<\/(dependency|plugin|parent)>/) { put("Maven", (group == "" ? "" : group ":") name, version); inside = 0 }
    next
  }
  base == "package.json" {
    line = $0
    if (match(line, /"(dev|peer|optional)?[dD]ependencies"[ \t]*:[ \t]*\{/)) { inside = 1; line = substr(line, RSTART + RLENGTH) }
    if (inside) { while (match(line, /"[^"]+"[ \t]*:[ \t]*"[^"]*"/)) { pair = substr(line, RSTART, RLENGTH); before = substr(line, 1, RSTART); line = substr(line, RSTART + RLENGTH); if (before ~ /\}/) break; split(pair, side, "\""); put("npm", side[2], side[4]) } if (line ~ /\}/) inside = 0 }
    next
  }
  base ~ /^(requirements|constraints)/ && /^[A-Za-z0-9]/ { line = $0; sub(/[ \t]*[;#].*/, "", line); name = line; sub(/[^A-Za-z0-9_.\[\]-].*/, "", name); put("Python", name, substr(line, length(name) + 1)); next }
  base == "go.mod" { if (/^require[ \t]*\(/) { inside = 1; next } if (/^\)/) inside = 0; line = $0; if (line ~ /^require[ \t]+[^(]/ || inside) { sub(/^require[ \t]+/, "", line); split(line, word, " "); if (word[1] !~ /^\/\//) put("Go", word[1], word[2]) } next }
  base == "Cargo.toml" { if (/^\[/) { inside = ($0 ~ /dependencies\]/); next } if (inside && /^[A-Za-z0-9_-]+[ \t]*=/) { name = $0; sub(/[ \t]*=.*/, "", name); version = ""; if (match($0, /"[^"]*"/)) version = substr($0, RSTART + 1, RLENGTH - 2); put("Cargo", name, version) } next }
  base ~ /gradle(\.kts)?$/ && match($0, /(mplementation|api|ompileOnly|untimeOnly)[ \t(]+["\047][^"\047:]+:[^"\047:]+:[^"\047]+["\047]/) { line = substr($0, RSTART, RLENGTH); gsub(/.*[ \t(]["\047]|["\047]$/, "", line); split(line, word, ":"); put("Gradle", word[1] ":" word[2], word[3]) }
' > "$OLDPWD/inventory/dependencies.tsv"
"""],
      tests=[("rows_have_the_shape", r"""awk -F '\t' 'NF != 5 || $1 == "" || $2 == "" || $3 == "" || $5 !~ /^[1-9][0-9]*$/ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/dependencies.tsv
test -z "$(cut -f 4 inventory/dependencies.tsv | LC_ALL=C sort -u | LC_ALL=C comm -23 - <(cut -f 2 inventory/manifests.tsv | LC_ALL=C sort -u))"
"""), ("maven_blocks_are_all_read", r"""closed=$(cd "$MUSTER_TARGET" && grep -azE '(^|/)pom\.xml$' "$OLDPWD/inventory/manifest-files.lst0" | xargs -0 -r cat -- | grep -cE '</(dependency|plugin|parent)>' || test $? -le 1)
test "$(grep -c '^Maven' inventory/dependencies.tsv || test $? -eq 1)" -le "${closed:-0}"
while IFS=$'\t' read -r _ name _ file line; do
  printf -v path '%b' "${file//%/\\x}"
  test "$(sed -n "1,${line}p" "$MUSTER_TARGET/$path" | grep -cF -- "${name##*:}")" -ge 1
done < <(awk 'NR % 7 == 1 && ++n <= 10' inventory/dependencies.tsv)
""")],
      fails=[("a manifest is written in an unusual way", "its dependencies are passed over, never guessed"), ("a version is a variable", "the variable is shown as written")],
      tool="bash, awk, sed, xargs", reasoning="Each manifest has a fixed grammar of which the common part is read", learn="Dependencies by ecosystem", baseline="By hand: opening every manifest, half an hour", targets=["Every row can be followed to its line"])

parts("Match Lock Files", "A manifest without a lock file installs something else tomorrow; this list says which folder has which.",
      deliverables=[("inventory/lockfiles.tsv", "build system, encoded path of the manifest, encoded path of its lock file or none")],
      criteria=["Every manifest of npm, Cargo, Go, Bundler, Composer and Python has a row", "The lock file is the nearest one in the manifest's folder or above", "A named lock file exists in the target"],
      scope="Presence; whether the lack is a fault is judged by the supply-chain scanners", needs=[FILES, ("WORKER_005", "the manifests")],
      blocks=[r"""LC_ALL=C awk -F '\t' -v OFS='\t' '
  BEGIN {
    locks["npm"] = "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb"; locks["Cargo"] = "Cargo.lock"; locks["Go"] = "go.sum"
    locks["Bundler"] = "Gemfile.lock"; locks["Composer"] = "composer.lock"; locks["Python"] = "poetry.lock uv.lock Pipfile.lock pdm.lock"
  }
  FILENAME ~ /files\.tsv$/ { there[$1] = 1; next }
  $1 in locks {
    count = split(locks[$1], names, " "); folder = $2; found = ""
    do {
      if (folder ~ /\//) { sub(/\/[^\/]*$/, "", folder); prefix = folder "/" } else { folder = ""; prefix = "" }
      for (i = 1; i <= count && found == ""; i++) if ((prefix names[i]) in there) found = prefix names[i]
    } while (found == "" && folder != "")
    print $1, $2, (found == "" ? "none" : found)
  }' inventory/files.tsv inventory/manifests.tsv > inventory/lockfiles.tsv
"""],
      tests=[("every_manifest_has_a_row", r"""test "$(wc -l < inventory/lockfiles.tsv)" -eq "$(grep -cE '^(npm|Cargo|Go|Bundler|Composer|Python)'$'\t' inventory/manifests.tsv || test $? -eq 1)"
"""), ("lock_files_exist", r"""while IFS=$'\t' read -r _ _ lock; do
  if test "$lock" != none; then printf -v path '%b' "${lock//%/\\x}"; test -f "$MUSTER_TARGET/$path"; fi
done < inventory/lockfiles.tsv
awk -F '\t' 'NF != 3 { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/lockfiles.tsv
""")],
      fails=[("a lock file lies in a skipped folder", "it does not count, because the build does not see it either"), ("a tool has a new kind of lock file", "add its name to the table")],
      tool="bash, awk", reasoning="Names are looked up from the manifest's folder upwards", learn="Manifests with and without lock files", baseline="By hand: a look into every folder, ten minutes", targets=["Accuracy: every named lock file is checked to exist"])

parts("Identify Licences", "Under which licence the tree stands, from the text of its licence files rather than their names.",
      deliverables=[("inventory/licences.tsv", "encoded path and SPDX identifier, or unknown; one row with a dash when there is no licence file")],
      criteria=["Every LICENSE, LICENCE, COPYING, NOTICE and UNLICENSE file has a row", "Apache, MIT, BSD, GPL, LGPL, AGPL, MPL, EPL, ISC and Unlicense are told by their text", "A tree without a licence file says so in one row"],
      scope="Licence files; the headers inside sources are counted by WORKER_009", needs=[FILES],
      blocks=[r"""export LC_ALL=C
cd -- "$MUSTER_TARGET"
{ grep -azE '(^|/)(LICEN[CS]E|COPYING|NOTICE|UNLICENSE|licen[cs]e)([.-][^/]*)?$' "$OLDPWD/inventory/text-files.lst0" || test $? -eq 1; } | sed -z 's|^|./|' | xargs -0 -r awk "$(cat "$OLDPWD/inventory/encoded.awk")"'
  function flush() { if (file != "") print file "\t" (text ~ /apache license.*version 2\.0/ ? "Apache-2.0" : text ~ /affero general public license/ ? "AGPL-3.0" : text ~ /lesser general public license/ ? "LGPL" : text ~ /general public license.*version 3/ ? "GPL-3.0" : text ~ /general public license/ ? "GPL-2.0" : text ~ /mozilla public license/ ? "MPL-2.0" : text ~ /eclipse public license/ ? "EPL" : text ~ /permission is hereby granted, free of charge/ ? "MIT" : text ~ /permission to use, copy, modify, and.or distribute/ ? "ISC" : text ~ /redistribution and use in source and binary forms.*neither the name/ ? "BSD-3-Clause" : text ~ /redistribution and use in source and binary forms/ ? "BSD-2-Clause" : text ~ /free and unencumbered software/ ? "Unlicense" : "unknown") }
  FNR == 1 { flush(); file = encoded(substr(FILENAME, 3)); text = "" }
  FNR <= 60 { line = tolower($0); gsub(/[ \t\r]+/, " ", line); text = text " " line; gsub(/  +/, " ", text) }
  END { flush() }' > "$OLDPWD/inventory/licences.tsv"
cd "$OLDPWD"
test -s inventory/licences.tsv || printf -- '-\tno licence file\n' > inventory/licences.tsv
"""],
      tests=[("every_licence_file_has_a_row", r"""files=$(awk -F '\t' '$3 == "text" { n = split($1, part, "/"); print part[n] }' inventory/files.tsv | grep -cE '^(LICEN[CS]E|COPYING|NOTICE|UNLICENSE|licen[cs]e)([.-].*)?$' || test $? -eq 1)
test "$(wc -l < inventory/licences.tsv)" -eq "$((files > 0 ? files : 1))"
"""), ("identifiers_are_known", r"""awk -F '\t' 'NF != 2 || $2 !~ /^(Apache-2\.0|AGPL-3\.0|LGPL|GPL-[23]\.0|MPL-2\.0|EPL|MIT|ISC|BSD-[23]-Clause|Unlicense|unknown|no licence file)$/ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/licences.tsv
""")],
      fails=[("a licence is not recognised", "it is unknown, never guessed; a person reads it"), ("several licences stand in one file", "the first that is recognised is named")],
      tool="bash, grep, awk, sed", reasoning="Licence texts are fixed: a phrase of each is enough", learn="Identifiers found, and texts that stayed unknown", baseline="By hand: opening the file, five minutes", targets=["No identifier is given without its phrase"])

from . import inventory_more  # noqa: E402,F401  appends WORKER_009 to WORKER_030
