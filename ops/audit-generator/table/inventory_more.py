"""Wave 1, continued: WORKER_009 to WORKER_030."""

from .inventory import ENCODED, FILES, GIT, GIT_COMMAND, LANGUAGE, LINES, NAMES, SKIPPED, code, parts, people, tree  # noqa: F401

LIST = 'cd -- "$MUSTER_TARGET"\n'

code("Count Licence Headers", "How many source files say in their first lines whose they are and under which terms.",
     deliverables=[("inventory/licence-headers.tsv", "language, source files, files with a header")],
     criteria=["A header is a copyright line or an SPDX identifier within the first 20 lines", "No language has more headers than files", "Only languages of programs count, not data or prose"],
     scope="Presence of a header; its text is not compared with the licence file of WORKER_008", needs=[FILES, LANGUAGE],
     blocks=[r"""export LC_ALL=C
{ cd -- "$MUSTER_TARGET"; { xargs -0 -r grep -asHnZiE -m 1 -e 'SPDX-License-Identifier|copyright' -- < "$OLDPWD/inventory/text-files.lst0" || test $? -eq 123; } | tr '\0' '\001'; } | {
  cd "$OLDPWD"
  awk -v OFS='\t' "$(cat inventory/named.awk)"'{ if (rest + 0 <= 20) print name }' > inventory/.headed
}
awk -F '\t' -v OFS='\t' '
  FILENAME ~ /headed$/ { headed[$1] = 1; next }
  $2 ~ /^(Java|Kotlin|Scala|Groovy|Python|JavaScript|TypeScript|Go|Rust|C|C\+\+|C#|Ruby|PHP|Swift|Shell|Perl|Lua|SQL)$/ { files[$2]++; with[$2] += $1 in headed }
  END { for (l in files) print l, files[l], with[l] }' inventory/.headed inventory/language-of.tsv | sort > inventory/licence-headers.tsv
rm inventory/.headed
"""],
     tests=[("rows_have_the_shape", r"""awk -F '\t' 'NF != 3 || $2 !~ /^[1-9][0-9]*$/ || $3 !~ /^[0-9]+$/ || $3 > $2 + 0 { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/licence-headers.tsv
"""), ("files_agree_with_languages", r"""while IFS=$'\t' read -r language files _; do
  test "$(cut -f 2 inventory/language-of.tsv | grep -cxF "$language")" -eq "$files"
done < inventory/licence-headers.tsv
""")],
     fails=[("a header stands below line 20", "it does not count; a reader does not find it either"), ("no program is in the tree", "the list is empty")],
     tool="bash, grep, awk, sort", reasoning="Two words in the first 20 lines", learn="Share of files with a header by language", baseline="By hand: an hour for a few hundred files", targets=["Accuracy: the first match of every file is looked at"])

people("Resolve Owners", "Who answers for a file, by the CODEOWNERS file: the last rule that matches decides, as on the hosting services.",
       deliverables=[("inventory/owners.tsv", "rule number, pattern and owners; one row with a dash when there is no CODEOWNERS"), ("inventory/owner-of.tsv", "every file: encoded path and its owners, or unowned")],
       criteria=["Every file has one owner entry", "The last matching rule wins", "A tree without CODEOWNERS leaves every file unowned and says so"],
       scope="What the file says; who really works on a file is told by the history workers", needs=[FILES],
       blocks=[r"""export LC_ALL=C
rules=/dev/null
for place in .github/CODEOWNERS CODEOWNERS docs/CODEOWNERS .gitlab/CODEOWNERS; do
  if test -r "$MUSTER_TARGET/$place"; then rules=$MUSTER_TARGET/$place; break; fi
done
sed 's/\r$//; s/[[:space:]]#.*//' "$rules" | awk -v OFS='\t' '/^[^#\[[:space:]]/ { owners = $2; for (i = 3; i <= NF; i++) owners = owners " " $i; print ++n, $1, (owners == "" ? "unowned" : owners) }
  END { if (!n) print 0, "-", "no CODEOWNERS file" }' > inventory/owners.tsv
""", r"""LC_ALL=C awk -F '\t' -v OFS='\t' '
  function expression(pattern,   i, c, out, anchored) {
    anchored = pattern ~ /\/./
    sub(/^\//, "", pattern)
    for (i = 1; i <= length(pattern); i++) {
      c = substr(pattern, i, 1)
      if (c == "*" && substr(pattern, i, 3) == "**/") { out = out "(.*/)?"; i += 2 }
      else if (c == "*" && substr(pattern, i, 2) == "**") { out = out ".*"; i++ }
      else if (c == "*") out = out "[^/]*"
      else if (c == "?") out = out "[^/]"
      else if (c ~ /[A-Za-z0-9_\/-]/) out = out c
      else out = out "[" c "]"
    }
    if (out ~ /\/$/) out = out ".*"; else out = out "(/.*)?"
    return (anchored ? "^" : "^(.*/)?") out "$"
  }
  FILENAME ~ /owners\.tsv$/ { if ($1 > 0) { rule[++n] = expression($2); owner[n] = $3 } next }
  { found = "unowned"; for (i = n; i >= 1; i--) if ($1 ~ rule[i]) { found = owner[i]; break } print $1, found }' inventory/owners.tsv inventory/files.tsv > inventory/owner-of.tsv
"""],
       tests=[("every_file_has_an_entry", r"""diff <(cut -f 1 inventory/owner-of.tsv) <(cut -f 1 inventory/files.tsv)
awk -F '\t' 'NF != 2 || $2 == "" { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/owner-of.tsv
"""), ("owners_come_from_the_rules", r"""test -s inventory/owners.tsv
test -z "$(cut -f 2 inventory/owner-of.tsv | LC_ALL=C sort -u | grep -vxF unowned | LC_ALL=C comm -23 - <(cut -f 3 inventory/owners.tsv | LC_ALL=C sort -u))"
if grep -q '^0' inventory/owners.tsv; then test -z "$(cut -f 2 inventory/owner-of.tsv | grep -vxF unowned)"; fi
""")],
       fails=[("a pattern uses a form that is not known", "its special characters are taken as they stand"), ("there is no CODEOWNERS file", "every file is unowned, which is a result")],
       tool="bash, sed, awk, diff, comm", reasoning="The rules are globs with a fixed meaning", learn="Share of files without an owner", baseline="By hand: not done, because it takes days", targets=["Accuracy: the last matching rule, for every file"])

people("Count Contributors", "How many people the history knows, and how it is spread over them; names only, addresses are left out.",
       deliverables=[("inventory/contributors.tsv", "author name and commits among the newest 5,000, most first; a dash and 0 without git or repository")],
       criteria=["The commits add up to those that were looked at", "No mail address is in the list", "Without git or a repository there is one row that says so"],
       scope="The newest 5,000 commits reachable from HEAD", needs=[FILES, GIT],
       blocks=[GIT_COMMAND + r"""if grep -qxF 'history'$'\t''yes' inventory/git-state.tsv; then
  repository log -n 5000 --format=%aN HEAD | LC_ALL=C awk "$(cat inventory/encoded.awk)"'{ sub(/ *<[^>]*>/, ""); gsub(/[^ ]*@[^ ]*/, "(address)"); gsub(/\t/, " "); count[encoded($0)]++ } END { for (a in count) print a "\t" count[a] }' \
    | LC_ALL=C sort -t $'\t' -k 2,2nr -k 1,1 > inventory/contributors.tsv
else
  printf -- '-\t0\n' > inventory/contributors.tsv
fi
"""],
       tests=[("commits_add_up", GIT_COMMAND + r"""commits=0
if grep -qxF 'history'$'\t''yes' inventory/git-state.tsv; then commits=$(repository rev-list -n 5000 --count HEAD); fi
test "$(awk -F '\t' '{ sum += $2 } END { print sum }' inventory/contributors.tsv)" -eq "$commits"
"""), ("no_address_is_kept", r"""awk -F '\t' 'NF != 2 || $1 ~ /@/ || $2 !~ /^[0-9]+$/ { print "FAIL row " NR; bad = 1 } END { exit bad || NR == 0 }' inventory/contributors.tsv
""")],
       fails=[("git is missing", "one row says so, and later workers go on without history"), ("one person has two names", "both are listed unless the tree has a .mailmap")],
       tool="bash, git where present, awk, sort", reasoning="Counting names", learn="Number of contributors", baseline="By hand: git shortlog, one minute", targets=["Never prints an address"])

people("Measure Churn", "How often each file was changed: code that changes all the time is where faults are made and mended.",
       deliverables=[("inventory/churn.tsv", "encoded path and commits that touched it among the newest 2,000, most first; only files that still exist")],
       criteria=["Every path is a file of the list", "No file has more commits than were looked at", "Without a history the list is empty"],
       scope="The newest 2,000 commits reachable from HEAD; renames count as new files", needs=[FILES, GIT],
       blocks=[GIT_COMMAND + r"""if grep -qxF 'history'$'\t''yes' inventory/git-state.tsv; then
  repository log -n 2000 --no-renames --no-merges --format= --name-only -z HEAD | tr '\0\n' '\n\001' | LC_ALL=C awk "$(cat inventory/encoded.awk)"'
    FILENAME == "inventory/files.tsv" { split($0, field, "\t"); there[field[1]] = 1; next }
    { gsub(/\001/, "\n"); name = encoded($0); if (name in there) count[name]++ }
    END { for (n in count) print n "\t" count[n] }' inventory/files.tsv - | LC_ALL=C sort -t $'\t' -k 2,2nr -k 1,1 > inventory/churn.tsv
else
  touch inventory/churn.tsv
fi
"""],
       tests=[("paths_are_files", r"""test -z "$(cut -f 1 inventory/churn.tsv | LC_ALL=C sort | LC_ALL=C comm -23 - <(cut -f 1 inventory/files.tsv | LC_ALL=C sort))"
awk -F '\t' 'NF != 2 || $2 !~ /^[1-9][0-9]*$/ || $2 > 2000 { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/churn.tsv
"""), ("the_first_is_right", GIT_COMMAND + r"""IFS=$'\t' read -r file commits < inventory/churn.tsv || file=
if test -n "$file"; then
  printf -v path '%b' "${file//%/\\x}"
  newest=$(repository rev-list -n 2000 --no-merges HEAD | sed -n '$p')
  test "$commits" -ge 1
  test "$(repository rev-list --count --no-merges HEAD -- ":(literal)$path")" -ge "$commits" || test -n "$(repository rev-parse -q --verify "$newest^2")"
fi
test "$(wc -l < inventory/churn.tsv)" -le "$(wc -l < inventory/files.tsv)"
""")],
       fails=[("git is missing or there is no history", "the list is empty; hot spots are then ranked by size alone"), ("the clone is shallow", "the counts cover what is there")],
       tool="bash, git where present, tr, awk, sort", reasoning="Counting names in the log", learn="The most changed file and its count", baseline="By hand: a git log one-liner that breaks on odd names", targets=["One pass over the log"])

people("Read Git State", "Whether git is installed, whether the target is a repository, and where its head stands; later workers ask this list first.",
       deliverables=[("inventory/git-state.tsv", "key and value: tool, repository, history, branch, head, commits, first and last commit date, tags")],
       criteria=["All nine keys are present, with a dash where there is nothing to say", "Without git the tool row says missing and nothing fails", "The head is what git itself says"],
       scope="Facts about the repository whose top is the target; a repository further up is not looked for", needs=[FILES],
       blocks=[GIT_COMMAND + r"""tool=missing inside=no history=no branch=- head=- commits=- first=- last=- tags=-
if command -v git > /dev/null; then
  tool=$(git --version | sed 's/^git version //')
  if repository rev-parse --git-dir > /dev/null 2>&1; then inside=yes; fi
  if test $inside = yes && head=$(repository rev-parse -q --verify 'HEAD^{commit}' 2> /dev/null); then
    history=yes
    branch=$(repository symbolic-ref -q --short HEAD || printf detached)
    commits=$(repository rev-list --count HEAD)
    first=$(repository log --max-parents=0 --format=%cs HEAD | sort | sed -n 1p)
    last=$(repository log -n 1 --format=%cs HEAD)
    tags=$(repository tag | wc -l)
  else head=-; fi
fi
printf '%s\t%s\n' tool "$tool" repository "$inside" history "$history" branch "$branch" head "${head:--}" commits "$commits" 'first commit' "$first" 'last commit' "$last" tags "$tags" > inventory/git-state.tsv
"""],
       tests=[("all_keys_are_there", r"""awk -F '\t' 'NF != 2 || $2 == "" { print "FAIL row " $0; bad = 1 } END { exit bad || NR != 9 }' inventory/git-state.tsv
"""), ("head_is_right", GIT_COMMAND + r"""if ! head=$(repository rev-parse -q --verify 'HEAD^{commit}' 2> /dev/null); then head=-; fi
grep -qxF 'head'$'\t'"$head" inventory/git-state.tsv
if ! command -v git > /dev/null; then grep -qxF 'tool'$'\t''missing' inventory/git-state.tsv; fi
""")],
       fails=[("git is missing", "the tool row says so, and everything that needs a history goes on without"), ("the tree belongs to somebody else", "git is told for this call only that the folder is safe")],
       tool="bash, git where present, sort, sed", reasoning="Nine questions to git", learn="Commits and the date of the last one", baseline="By hand: five git commands, two minutes", targets=["Nothing is written into the repository, not even an index refresh"])

code("Classify Tests", "Which files are tests, by the conventions of their languages; the untested part is worked out from it.",
     deliverables=[("inventory/tests.tsv", "encoded path and kind: test, or fixture for data below a test folder")],
     criteria=["Files named like tests of Java, Python, JavaScript, Go, Ruby and shell are found", "Other files below a test folder are fixtures", "No file is listed twice"],
     scope="Names and folders; whether a test tests anything is not judged", needs=[FILES, LANGUAGE],
     blocks=[r"""LC_ALL=C awk -F '\t' -v OFS='\t' '
  { base = $1; sub(/.*\//, "", base) }
  base ~ /(Test|Tests|IT|Spec)\.(java|kt|scala|groovy|cs|swift)$|^Test[A-Z][A-Za-z0-9_]*\.(java|kt)$|^test_.*\.py$|_test\.(py|go|rb|cc|cpp)$|_spec\.rb$|\.(test|spec)\.(js|jsx|ts|tsx|mjs|cjs)$|\.bats$|Test\.php$/ { print $1, "test"; next }
  $1 ~ /(^|\/)(tests?|__tests__|spec|testdata|fixtures)\// { print $1, "fixture" }' inventory/language-of.tsv > inventory/tests.tsv
"""],
     tests=[("names_are_recognised", r"""test "$(cut -f 1 inventory/language-of.tsv | grep -cE '(Test|Tests)\.java$|(^|/)test_[^/]*\.py$|_test\.go$|\.(test|spec)\.(js|ts)$' || test $? -eq 1)" \
  -eq "$(awk -F '\t' '$2 == "test" { print $1 }' inventory/tests.tsv | grep -cE '(Test|Tests)\.java$|(^|/)test_[^/]*\.py$|_test\.go$|\.(test|spec)\.(js|ts)$' || test $? -eq 1)"
"""), ("rows_are_unique_files", r"""awk -F '\t' 'NF != 2 || $2 !~ /^(test|fixture)$/ || seen[$1]++ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/tests.tsv
test -z "$(cut -f 1 inventory/tests.tsv | LC_ALL=C sort | LC_ALL=C comm -23 - <(cut -f 1 inventory/files.tsv | LC_ALL=C sort))"
""")],
     fails=[("a project has its own convention", "its tests count as sources; add the convention to the expression"), ("a helper lies in a test folder", "it is a fixture, which does no harm")],
     tool="bash, awk, grep, comm", reasoning="Naming conventions", learn="Tests and fixtures found", baseline="By hand: find with a dozen names", targets=["Accuracy: every convention of the list"])

tree("Find Documents", "Which of the documents that people look for first are there: how to begin, how to help, whom to tell about a hole.",
     deliverables=[("inventory/documents.tsv", "document and encoded path, or missing: readme, licence, changelog, contributing, security, code of conduct, architecture")],
     criteria=["Each of the seven documents has exactly one row", "The file nearest to the top is named", "A named file exists"],
     scope="Presence and place; nobody reads them here", needs=[FILES],
     blocks=[r"""LC_ALL=C awk -F '\t' -v OFS='\t' '
  BEGIN {
    n = split("readme licence changelog contributing security conduct architecture", order, " ")
    like["readme"] = "^readme([.]|$)"; like["licence"] = "^(licen[cs]e|copying)([.-]|$)"; like["changelog"] = "^(changelog|changes|history|news|release[_-]?notes)([.]|$)"
    like["contributing"] = "^contributing([.]|$)"; like["security"] = "^security([.]|$)"; like["conduct"] = "^code[_-]of[_-]conduct([.]|$)"; like["architecture"] = "^(architecture|design)([.]|$)"
  }
  $3 == "text" { base = tolower($1); depth = gsub(/\//, "/", base); sub(/.*\//, "", base)
    for (i = 1; i <= n; i++) if (base ~ like[order[i]] && (!(order[i] in best) || depth < level[order[i]])) { best[order[i]] = $1; level[order[i]] = depth } }
  END { for (i = 1; i <= n; i++) print order[i], (order[i] in best ? best[order[i]] : "missing") }' inventory/files.tsv > inventory/documents.tsv
"""],
     tests=[("seven_rows", r"""test "$(cut -f 1 inventory/documents.tsv | paste -sd ' ')" = 'readme licence changelog contributing security conduct architecture'
"""), ("named_files_exist", r"""while IFS=$'\t' read -r _ file; do
  if test "$file" != missing; then printf -v path '%b' "${file//%/\\x}"; test -s "$MUSTER_TARGET/$path"; fi
done < inventory/documents.tsv
if test -s "$MUSTER_TARGET/README.md" && test -r "$MUSTER_TARGET/README.md"; then grep -qxE 'readme'$'\t''[^/]+' inventory/documents.tsv; fi
""")],
     fails=[("two files compete", "the one nearest to the top wins"), ("a document has another name", "it is missing here, as it is for a newcomer")],
     tool="bash, awk", reasoning="Names and depths are compared", learn="Which documents are missing", baseline="By hand: a look at the top folder, two minutes", targets=["Accuracy: every named file is checked to exist"])

tree("Find Configuration", "Where the settings of programs and tools lie: these are the files that differ between machines.",
     deliverables=[("inventory/configuration.tsv", "kind and encoded path: application, editor, lint, environment, build or service")],
     criteria=["Environment files, application settings, editor and lint configuration are told apart", "No path is listed twice", "Every path is a text file of the list"],
     scope="Finding; secrets inside them are the business of the scanners", needs=[FILES],
     blocks=[r"""LC_ALL=C awk -F '\t' -v OFS='\t' '
  $3 != "text" { next }
  { base = tolower($1); sub(/.*\//, "", base); kind = "" }
  base ~ /^\.env($|\.)|\.env$/ { kind = "environment" }
  kind == "" && base ~ /^(application|bootstrap|settings|config|appsettings|logback|log4j2?|muster)[^\/]*\.(ya?ml|properties|json|toml|xml|conf|ini)$/ { kind = "application" }
  kind == "" && base ~ /^\.(editorconfig|gitattributes|gitignore|dockerignore|mailmap)$|\.code-workspace$/ { kind = "editor" }
  kind == "" && base ~ /^(\.eslintrc|\.prettierrc|\.pylintrc|\.flake8|ruff\.toml|checkstyle|\.golangci|\.rubocop|\.shellcheckrc|\.stylelintrc|mypy\.ini|tslint|biome)/ { kind = "lint" }
  kind == "" && base ~ /^(nginx|httpd|haproxy|redis|my|postgresql|supervisord|prometheus|grafana)[^\/]*\.(conf|cnf|ini|ya?ml|cfg)$|\.service$/ { kind = "service" }
  kind == "" && base ~ /^(tsconfig|webpack\.|vite\.|rollup\.|babel\.|jest\.|tox\.ini|gradle\.properties|\.mvn|maven\.config|jvm\.config)/ { kind = "build" }
  kind != "" { print kind, $1 }' inventory/files.tsv > inventory/configuration.tsv
"""],
     tests=[("rows_are_unique_text_files", r"""awk -F '\t' 'FILENAME ~ /files/ { if ($3 == "text") text[$1] = 1; next } NF != 2 || !($2 in text) || seen[$2]++ || $1 !~ /^(application|editor|lint|environment|build|service)$/ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/files.tsv inventory/configuration.tsv
"""), ("plain_names_are_found", r"""wanted=$(awk -F '\t' '$3 == "text" { n = split($1, part, "/"); print part[n] }' inventory/files.tsv | grep -cxE '\.editorconfig|\.gitignore|\.env|tsconfig\.json|application\.(yml|yaml|properties|conf)' || test $? -eq 1)
test "$(cut -f 2 inventory/configuration.tsv | sed 's|.*/||' | grep -cxE '\.editorconfig|\.gitignore|\.env|tsconfig\.json|application\.(yml|yaml|properties|conf)' || test $? -eq 1)" -eq "$wanted"
""")],
     fails=[("a file fits two kinds", "the first kind of the table wins"), ("a tool is unknown", "its file is passed over; add its name")],
     tool="bash, awk, grep, sed", reasoning="Configuration files are known by their names", learn="Files by kind", baseline="By hand: ten minutes of looking", targets=["Accuracy: every name of the table"])

parts("Find Container Files", "What is built into images and how containers are started; container scanners search these files only.",
      deliverables=[("inventory/containers.tsv", "kind, encoded path, and base images or a dash"), ("inventory/container-files.lst0", "Dockerfiles, compose files and Kubernetes manifests, raw names ended by NUL")],
      criteria=["Every Dockerfile and compose file of the text list is named", "The base images of a Dockerfile are listed in their order", "A YAML file counts as Kubernetes only when it has an apiVersion and a kind"],
      scope="Finding and naming; what is wrong inside is told by the container scanners", needs=[FILES],
      blocks=[r"""export LC_ALL=C
out=$PWD/inventory
cd -- "$MUSTER_TARGET"
{
  grep -azE '(^|/)(Docker|Container)file[^/]*$|\.[Dd]ockerfile$|(^|/)([^/]*[.-])?(compose|stack)[^/]*\.ya?ml$' "$out/text-files.lst0" || test $? -eq 1
  { grep -azE '\.ya?ml$' "$out/text-files.lst0" || test $? -eq 1; } | { xargs -0 -r grep -slZE -e '^apiVersion:[[:space:]]' -- || test $? -eq 123; } | { xargs -0 -r grep -slZE -e '^kind:[[:space:]]' -- || test $? -eq 123; }
} | sort -zu > "$out/container-files.lst0"
sed -z 's|^|./|' "$out/container-files.lst0" | xargs -0 -r awk "$(cat "$out/encoded.awk")"'
  function flush() { if (file != "") print (image ? "Dockerfile" : file ~ /compose|stack/ ? "compose" : "Kubernetes") "\t" file "\t" (bases == "" ? "-" : bases) }
  FNR == 1 { flush(); file = encoded(substr(FILENAME, 3)); image = file !~ /\.ya?ml$/; bases = "" }
  image && toupper($1) == "FROM" { name = $2 ~ /^--/ ? $3 : $2; gsub(/[^ -~]/, "", name); bases = bases (bases == "" ? "" : " ") name }
  !image && $1 == "image:" { name = $2; gsub(/["\047]|[^ -~]/, "", name); bases = bases (bases == "" ? "" : " ") name }
  END { flush() }' > "$out/containers.tsv"
"""],
      tests=[("both_lists_agree", r"""test "$(tr -cd '\0' < inventory/container-files.lst0 | wc -c)" -eq "$(wc -l < inventory/containers.tsv)"
awk -F '\t' 'NF != 3 || $1 !~ /^(Dockerfile|compose|Kubernetes)$/ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/containers.tsv
"""), ("no_dockerfile_is_missing", r"""wanted=$(awk -F '\t' '$3 == "text" { n = split($1, part, "/"); print part[n] }' inventory/files.tsv | grep -cE '^Dockerfile' || test $? -eq 1)
test "$(awk -F '\t' '$1 == "Dockerfile" { print $2 }' inventory/containers.tsv | sed 's|.*/||' | grep -cE '^Dockerfile' || test $? -eq 1)" -eq "$wanted"
""")],
      fails=[("a chart is a template", "it counts when its apiVersion and kind stand at the line's beginning"), ("an image name is a variable", "the variable is shown as written")],
      tool="bash, grep, sort, sed, awk", reasoning="Names, and two keys for Kubernetes", learn="Images and base images", baseline="By hand: ten minutes", targets=["YAML files are opened only to look for two keys"])

parts("Find Pipelines", "Which machines build and ship this tree, and from which files; pipeline scanners search these only.",
      deliverables=[("inventory/pipelines.tsv", "service, encoded path and jobs or stages counted"), ("inventory/pipeline-files.lst0", "the same files, raw names ended by NUL")],
      criteria=["Workflows of GitHub, GitLab, Jenkins, Azure, CircleCI, Travis, Drone and Bitbucket are known", "Both deliverables name the same number of files", "The count of a workflow is that of its runner lines"],
      scope="Finding and counting; what the steps do is judged by the scanners", needs=[FILES],
      blocks=[r"""export LC_ALL=C
out=$PWD/inventory
cd -- "$MUSTER_TARGET"
{ grep -azE '(^|/)\.github/(workflows|actions)/.*\.ya?ml$|(^|/)(\.gitlab-ci|azure-pipelines|\.travis|\.drone|bitbucket-pipelines|\.woodpecker|cloudbuild)[^/]*\.ya?ml$|(^|/)\.circleci/config\.yml$|(^|/)Jenkinsfile[^/]*$' "$out/text-files.lst0" || test $? -eq 1; } > "$out/pipeline-files.lst0"
sed -z 's|^|./|' "$out/pipeline-files.lst0" | xargs -0 -r awk "$(cat "$out/encoded.awk")"'
  function flush() { if (file != "") print (file ~ /\.github\// ? "GitHub" : file ~ /gitlab/ ? "GitLab" : file ~ /Jenkinsfile/ ? "Jenkins" : file ~ /azure/ ? "Azure" : file ~ /circleci/ ? "CircleCI" : file ~ /travis/ ? "Travis" : file ~ /drone|woodpecker/ ? "Drone" : file ~ /bitbucket/ ? "Bitbucket" : "other") "\t" file "\t" jobs + 0 }
  FNR == 1 { flush(); file = encoded(substr(FILENAME, 3)); jobs = 0 }
  /^[ \t]*(runs-on|stage|- stage|- step|vmImage):/ || /^[ \t]*stage[ \t]*\(/ { jobs++ }
  END { flush() }' > "$out/pipelines.tsv"
"""],
      tests=[("both_lists_agree", r"""test "$(tr -cd '\0' < inventory/pipeline-files.lst0 | wc -c)" -eq "$(wc -l < inventory/pipelines.tsv)"
awk -F '\t' 'NF != 3 || $3 !~ /^[0-9]+$/ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/pipelines.tsv
"""), ("no_workflow_is_missing", r"""wanted=$(awk -F '\t' '$3 == "text" { print $1 }' inventory/files.tsv | grep -cE '(^|/)\.github/workflows/[^/]*\.ya?ml$' || test $? -eq 1)
test "$(cut -f 2 inventory/pipelines.tsv | grep -cE '(^|/)\.github/workflows/[^/]*\.ya?ml$' || test $? -eq 1)" -eq "$wanted"
""")],
      fails=[("the service is unknown", "its file is passed over; add its name to the expression"), ("a workflow calls another", "each file counts for itself")],
      tool="bash, grep, sed, awk", reasoning="Pipelines are known by their places", learn="Services and files found", baseline="By hand: two minutes", targets=["Accuracy: every place of the table"])

parts("Find Infrastructure", "What the tree sets up outside itself: servers, clusters, networks, described as code.",
      deliverables=[("inventory/infrastructure.tsv", "tool, encoded path and lines")],
      criteria=["Terraform, Helm, Ansible, Pulumi, CloudFormation, Packer, Vagrant and Nix files are told", "Every path is a text file with a line count", "No path is listed twice"],
      scope="Finding; containers and Kubernetes belong to WORKER_017", needs=[FILES, LINES],
      blocks=[r"""LC_ALL=C awk -F '\t' -v OFS='\t' '
  { tool = "" }
  $1 ~ /\.(tf|tfvars|hcl)$/ { tool = $1 ~ /\.pkr\.hcl$/ ? "Packer" : "Terraform" }
  $1 ~ /(^|\/)(Chart|values[^\/]*)\.ya?ml$/ { tool = "Helm" }
  $1 ~ /(^|\/)(ansible\.cfg|playbook[^\/]*\.ya?ml|site\.ya?ml)$|(^|\/)roles\/[^\/]+\/(tasks|handlers)\/[^\/]*\.ya?ml$/ { tool = "Ansible" }
  $1 ~ /(^|\/)Pulumi[^\/]*\.ya?ml$/ { tool = "Pulumi" }
  $1 ~ /(^|\/)(cloudformation|template)[^\/]*\.(ya?ml|json)$|\.cfn\.ya?ml$/ { tool = "CloudFormation" }
  $1 ~ /(^|\/)Vagrantfile$/ { tool = "Vagrant" }
  $1 ~ /\.nix$/ { tool = "Nix" }
  tool != "" { print tool, $1, $2 }' inventory/lines.tsv > inventory/infrastructure.tsv
"""],
      tests=[("rows_repeat_the_line_counts", r"""awk -F '\t' 'FILENAME ~ /lines/ { lines[$1] = $2; next } NF != 3 || !($2 in lines) || lines[$2] != $3 || seen[$2]++ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/lines.tsv inventory/infrastructure.tsv
"""), ("terraform_is_complete", r"""test -f inventory/infrastructure.tsv
test "$(grep -cE '^Terraform' inventory/infrastructure.tsv || test $? -eq 1)" -eq "$(cut -f 1 inventory/lines.tsv | grep -E '\.(tf|tfvars|hcl)$' | grep -cvE '\.pkr\.hcl$' || test $? -eq 1)"
""")],
      fails=[("a file fits two tools", "the later rule of the table wins, being the more special one"), ("a playbook has a name of its own", "it is passed over; its roles are found")],
      tool="bash, awk, grep", reasoning="Names and places", learn="Tools found", baseline="By hand: five minutes", targets=["Accuracy: every name of the table"])

parts("Find SQL Scripts", "Which scripts create, change and fill databases; SQL scanners search these files only.",
      deliverables=[("inventory/sql.tsv", "encoded path, then lines that create, alter or drop, and lines that insert, update or delete"), ("inventory/sql-files.lst0", "the same files, raw names ended by NUL")],
      criteria=["Every file ending in sql, ddl, dml, psql or pgsql is listed", "Structure and data statements are counted apart", "Both deliverables name the same number of files"],
      scope="Scripts of their own; SQL inside programs is looked at by the scanners for those languages", needs=[FILES],
      blocks=[r"""export LC_ALL=C
out=$PWD/inventory
cd -- "$MUSTER_TARGET"
{ grep -azE '\.([sS][qQ][lL]|ddl|dml|psql|pgsql)$' "$out/text-files.lst0" || test $? -eq 1; } > "$out/sql-files.lst0"
sed -z 's|^|./|' "$out/sql-files.lst0" | xargs -0 -r awk "$(cat "$out/encoded.awk")"'
  function flush() { if (file != "") print file "\t" structure + 0 "\t" data + 0 }
  FNR == 1 { flush(); file = encoded(substr(FILENAME, 3)); structure = data = 0 }
  { word = toupper($1) }
  word ~ /^(CREATE|ALTER|DROP|TRUNCATE)$/ { structure++ }
  word ~ /^(INSERT|UPDATE|DELETE|MERGE|COPY)$/ { data++ }
  END { flush() }' > "$out/sql.tsv"
"""],
      tests=[("both_lists_agree", r"""test "$(tr -cd '\0' < inventory/sql-files.lst0 | wc -c)" -eq "$(wc -l < inventory/sql.tsv)"
awk -F '\t' 'NF != 3 || $2 !~ /^[0-9]+$/ || $3 !~ /^[0-9]+$/ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/sql.tsv
"""), ("statements_are_counted", r"""counted=$(set +eo pipefail; cd "$MUSTER_TARGET" && xargs -0 -r cat -- < "$OLDPWD/inventory/sql-files.lst0" | LC_ALL=C grep -aiE '^[[:space:]]*(create|alter|drop|truncate)([[:space:]]|$)' | wc -l)
test "$(awk -F '\t' '{ sum += $2 } END { print sum + 0 }' inventory/sql.tsv)" -eq "$counted"
""")],
      fails=[("a statement begins in the middle of a line", "it is not counted; the counts are a measure, not a parse"), ("a dump is larger than 1 MiB", "it is told by WORKER_025")],
      tool="bash, grep, sed, awk", reasoning="The first word of a line", learn="Scripts and statements", baseline="By hand: fifteen minutes", targets=["Accuracy: equal to a second count by grep"])

parts("Find Shell Scripts", "Every shell script, also those without an extension, told by their first line; shell scanners search these files only.",
      deliverables=[("inventory/scripts.tsv", "interpreter and encoded path"), ("inventory/shell-scripts.lst0", "the same files, raw names ended by NUL")],
      criteria=["Files ending in sh, bash, ksh, zsh or bats are listed", "Files without an extension are listed when their first line names a shell", "A Python or Perl script is not among them"],
      scope="Scripts of sh, bash, dash, ksh and zsh; build files that hold shell lines are not scripts", needs=[FILES],
      blocks=[r"""export LC_ALL=C
out=$PWD/inventory
cd -- "$MUSTER_TARGET"
{
  grep -azE '\.(sh|bash|ksh|zsh|bats)$' "$out/text-files.lst0" || test $? -eq 1
  { grep -azE '(^|/)\.?[^./]+$' "$out/text-files.lst0" || test $? -eq 1; } | { xargs -0 -r grep -asHnZ -m 1 -e '^#!' -- || test $? -eq 123; } | while IFS= read -r -d '' name && IFS= read -r line; do
    if [[ $line =~ ^1:#!.*[/\ ](ba|da|k|z)?sh([[:space:]]|$) ]]; then printf '%s\0' "$name"; fi
  done
} | sort -zu > "$out/shell-scripts.lst0"
sed -z 's|^|./|' "$out/shell-scripts.lst0" | xargs -0 -r awk "$(cat "$out/encoded.awk")"'
  FNR == 1 { file = encoded(substr(FILENAME, 3)); shell = "by its name"; if ($0 ~ /^#!/) { shell = $0; gsub(/[^ -~]/, "", shell); sub(/^#![ \t]*/, "", shell); sub(/^[^ ]*\/env[ \t]+(-S[ \t]+)?/, "", shell); sub(/[ \t].*/, "", shell); sub(/.*\//, "", shell) } print shell "\t" file }' > "$out/scripts.tsv"
"""],
      tests=[("both_lists_agree", r"""test "$(tr -cd '\0' < inventory/shell-scripts.lst0 | wc -c)" -eq "$(wc -l < inventory/scripts.tsv)"
test -z "$(cut -f 2 inventory/scripts.tsv | LC_ALL=C sort | LC_ALL=C comm -23 - <(awk -F '\t' '$3 == "text" { print $1 }' inventory/files.tsv | LC_ALL=C sort))"
"""), ("named_scripts_are_complete", r"""test "$(cut -f 2 inventory/scripts.tsv | grep -cE '\.(sh|bash|ksh|zsh|bats)$' || test $? -eq 1)" -eq "$(awk -F '\t' '$3 == "text" { print $1 }' inventory/files.tsv | grep -cE '\.(sh|bash|ksh|zsh|bats)$' || test $? -eq 1)"
while IFS=$'\t' read -r _ file; do
  printf -v path '%b' "${file//%/\\x}"
  case $file in *.sh|*.bash|*.ksh|*.zsh|*.bats) ;; *) sed -n 1p "$MUSTER_TARGET/$path" | grep -qaE '^#!.*sh' ;; esac
done < <(sed -n 1,20p inventory/scripts.tsv)
""")],
      fails=[("the first line is unusual", "the file is passed over unless its name tells it"), ("a wrapper starts a shell in its second line", "it is no shell script for this list")],
      tool="bash, grep, sort, sed, awk, tr", reasoning="Extension or first line", learn="Scripts by interpreter", baseline="By hand: file over the tree, one minute", targets=["Only files without extension are opened to look at their first line"])

tree("List Executables", "Which files may be run, and whether each is a script, a program, or data that nobody meant to make executable.",
     deliverables=[("inventory/executables.tsv", "octal mode, script, binary or plain, and encoded path")],
     criteria=["Every file with an execute bit outside the skipped folders is listed", "Files that others may write are shown by their mode", "A file with an execute bit but no first line of a script is plain"],
     scope="Mode bits of regular files; nothing is run", needs=[FILES],
     blocks=[r"""export LC_ALL=C
out=$PWD/inventory
cd -- "$MUSTER_TARGET"
{ find . -mindepth 1 \( -name .git -o -type d \( """ + " -o ".join(f"-name {s}" for s in SKIPPED) + r""" \) \) -prune -o -type f -perm /111 -printf '%m\t%P\0' 2> /dev/null || test $? -eq 1; } | sort -z -t $'\t' -k 2 > "$out/.modes"
cut -z -f 2- "$out/.modes" | { xargs -0 -r grep -asHnZ -m 1 -e '^#!' -- || test $? -eq 123; } | tr '\0' '\001' | awk "$(cat "$out/named.awk")"'rest ~ /^1:/ { print "script\t" name }' > "$out/.scripts"
tr '\0\n' '\n\001' < "$out/.modes" | awk "$(cat "$out/encoded.awk")"'
  FILENAME ~ /\.scripts$/ { name = $0; sub(/^script\t/, "", name); script[name] = 1; next }
  FILENAME ~ /files\.tsv$/ { split($0, field, "\t"); kind[field[1]] = field[3]; next }
  { mode = $0; sub(/\t.*/, "", mode); name = $0; sub(/^[^\t]*\t/, "", name); gsub(/\001/, "\n", name); name = encoded(name)
    print mode "\t" (name in script ? "script" : kind[name] == "binary" || kind[name] == "large" ? "binary" : "plain") "\t" name }' "$out/.scripts" "$out/files.tsv" - > "$out/executables.tsv"
rm "$out/.modes" "$out/.scripts"
"""],
     tests=[("rows_have_the_shape", r"""awk -F '\t' 'NF != 3 || $1 !~ /^[0-7]+$/ || $2 !~ /^(script|binary|plain)$/ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/executables.tsv
test -z "$(cut -f 3 inventory/executables.tsv | LC_ALL=C sort | LC_ALL=C comm -23 - <(cut -f 1 inventory/files.tsv | LC_ALL=C sort))"
"""), ("modes_are_right", r"""while IFS=$'\t' read -r mode _ file; do
  printf -v path '%b' "${file//%/\\x}"
  test "$(stat -c %a "$MUSTER_TARGET/$path")" = "$mode"
done < <(sed -n 1,20p inventory/executables.tsv)
""")],
     fails=[("the file system has no execute bits", "everything or nothing is listed, and the count shows it"), ("a mode changes meanwhile", "the test says so; run again")],
     tool="bash, find, sort, grep, awk, stat", reasoning="Mode bits and a first line", learn="Plain files with an execute bit", baseline="By hand: find -perm, two minutes", targets=["Accuracy: modes compared with stat"])

tree("List Symbolic Links", "Where links lead: a link out of the tree breaks a checkout and can lead a tool to files that are not its business.",
     deliverables=[("inventory/symlinks.tsv", "encoded path, encoded destination as written, and inside, outside or dangling")],
     criteria=["Every symbolic link outside the skipped folders has a row", "A link that leads out of the target is outside, also by way of other links", "A link to nothing is dangling"],
     scope="Links are read, never followed into a walk", needs=[FILES],
     blocks=[r"""export LC_ALL=C
out=$PWD/inventory
encoder=$(cat inventory/encoded.awk)
cd -- "$MUSTER_TARGET"
top=$(pwd -P)
{ find . -mindepth 1 \( -name .git -o -type d \( """ + " -o ".join(f"-name {s}" for s in SKIPPED) + r""" \) \) -prune -o -type l -printf '%P\0%l\0' 2> /dev/null || test $? -eq 1; } | while IFS= read -r -d '' name && IFS= read -r -d '' to; do
  end=$(readlink -m -- "./$name")
  case $end in "$top"|"$top"/*) state=inside ;; *) state=outside ;; esac
  if test $state = inside && ! test -e "./$name"; then state=dangling; fi
  printf '%s\0%s\0%s\0' "$name" "$to" "$state"
done | tr '\0\n' '\n\001' | awk "$encoder"'{ gsub(/\001/, "\n"); row = row (NR % 3 == 1 ? "" : "\t") encoded($0); if (NR % 3 == 0) { print row; row = "" } }' | sort > "$out/symlinks.tsv"
"""],
     tests=[("every_link_has_a_row", r"""cd "$MUSTER_TARGET"
counted=$(set +o pipefail; find . -type l ! -regex '.*/\(\.git\|""" + r"\|".join(s.replace(".", r"\.") for s in SKIPPED) + r"""\)/.*' ! -name .git -printf 'x' 2> /dev/null | wc -c)
cd "$OLDPWD"
test "$(wc -l < inventory/symlinks.tsv)" -eq "$counted"
"""), ("states_are_true", r"""awk -F '\t' 'NF != 3 || $3 !~ /^(inside|outside|dangling)$/ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/symlinks.tsv
while IFS=$'\t' read -r file _ state; do
  printf -v path '%b' "${file//%/\\x}"
  test -L "$MUSTER_TARGET/$path"
  if test "$state" = dangling; then ! test -e "$MUSTER_TARGET/$path" || exit 1; fi
done < <(sed -n 1,20p inventory/symlinks.tsv)
""")],
     fails=[("links form a circle", "they are dangling, because they lead nowhere"), ("the destination is absolute", "it is shown as written and counts as outside unless it comes back in")],
     tool="bash, find, readlink, awk, sort", reasoning="Each link is resolved once", learn="Links that lead outside", baseline="By hand: find -type l, two minutes", targets=["No link is followed into a folder"])

tree("Find Identical Files", "Files with the same content twice: a copy is changed once and forgotten once.",
     deliverables=[("inventory/identical-files.tsv", "group number, SHA-256, bytes and encoded path; only files of at least 64 bytes that occur more than once")],
     criteria=["Every group has at least two files with the same hash and size", "Only files that share their size with another are read", "Groups are numbered from the one that wastes most bytes"],
     scope="Whole text files; blocks that repeat inside files are found in wave 3", needs=[FILES],
     blocks=[r"""export LC_ALL=C
awk -F '\t' '$3 == "text" && $2 >= 64 { count[$2]++; row[++n] = $2 "\t" $1 } END { for (i = 1; i <= n; i++) { split(row[i], field, "\t"); if (count[field[1]] > 1) print row[i] } }' inventory/files.tsv > inventory/.candidates
encoder=$(cat inventory/encoded.awk)
out=$PWD/inventory
paste <(tr '\0\n' '\n\001' < inventory/text-files.lst0 | awk "$encoder"'{ gsub(/\001/, "\n"); print encoded($0) }') <(tr '\0\n' '\n\001' < inventory/text-files.lst0) \
  | awk -F '\t' 'FILENAME != "-" { wanted[$2] = 1; next } $1 in wanted { sub(/^[^\t]*\t/, ""); print }' inventory/.candidates - | tr '\n\001' '\0\n' > inventory/.list
(cd -- "$MUSTER_TARGET" && { xargs -0 -r sha256sum --zero -- < "$out/.list" || test $? -eq 123; }) | tr '\0\n' '\n\001' | awk "$encoder"'
  FILENAME != "-" { split($0, field, "\t"); bytes[field[2]] = field[1]; next }
  { name = substr($0, 67); gsub(/\001/, "\n", name); name = encoded(name); print substr($0, 1, 64) "\t" bytes[name] "\t" name }' inventory/.candidates - | sort > inventory/.hashes
awk -F '\t' 'NR == FNR { count[$1]++; next } count[$1] > 1 { printf "%.0f\t%s\n", (count[$1] - 1) * $2, $0 }' inventory/.hashes inventory/.hashes \
  | sort -t $'\t' -k 1,1nr -k 2,2 -k 4,4 | awk -F '\t' -v OFS='\t' '$2 != last { group++; last = $2 } { print group, $2, $3, $4 }' > inventory/identical-files.tsv
rm inventory/.candidates inventory/.list inventory/.hashes
"""],
     tests=[("groups_have_company", r"""awk -F '\t' 'NF != 4 || length($2) != 64 || $3 < 64 { print "FAIL row " $0; bad = 1 } { count[$1]++; hash[$1 "\t" $2] = 1 } END { for (g in count) { if (count[g] < 2) { print "FAIL group " g; bad = 1 } groups++ } for (h in hash) hashes++; exit bad || groups != hashes }' inventory/identical-files.tsv
"""), ("first_group_is_identical", r"""first=
while IFS=$'\t' read -r _ _ _ file; do
  printf -v path '%b' "${file//%/\\x}"
  if test -n "$first"; then cmp "$first" "$MUSTER_TARGET/$path"; else first=$MUSTER_TARGET/$path; fi
done < <(awk -F '\t' '$1 == 1 && ++n <= 5' inventory/identical-files.tsv)
test -z "$(cut -f 4 inventory/identical-files.tsv | LC_ALL=C sort | LC_ALL=C comm -23 - <(cut -f 1 inventory/files.tsv | LC_ALL=C sort))"
""")],
     fails=[("a file changes while it is read", "its hash stands alone and it drops out of the groups"), ("licence texts repeat", "they are listed like any copy; a person knows better")],
     tool="bash, awk, sha256sum, paste, sort, cmp", reasoning="Equal hashes mean equal files", learn="Groups and wasted bytes", baseline="By hand: impossible beyond a few dozen files", targets=["Only files that share a size are hashed"])

tree("List Binaries", "What cannot be reviewed: programs, archives, images and everything above 1 MiB that no scanner reads.",
     deliverables=[("inventory/binaries.tsv", "class, bytes and encoded path, largest first")],
     criteria=["Every binary, large or unreadable file has one row", "Compiled programs and archives are told from images, fonts and media", "The rows are sorted by size, largest first"],
     scope="Class by extension; nothing is unpacked", needs=[FILES],
     blocks=[r"""LC_ALL=C awk -F '\t' -v OFS='\t' '
  $3 == "text" || $3 == "empty" { next }
  { low = tolower($1) }
  { class = $3 == "unreadable" ? "unreadable" : low ~ /\.(class|jar|war|ear|so|dll|dylib|exe|o|a|lib|pyc|pyo|wasm|node|bin|elf|ko)$/ ? "program" : low ~ /\.(zip|tar|t?gz|bz2|xz|zst|7z|rar|deb|rpm|whl|nupkg|iso|img)$/ ? "archive" : low ~ /\.(png|jpe?g|gif|webp|ico|bmp|tiff?|svg|avif|psd)$/ ? "image" : low ~ /\.(ttf|otf|woff2?|eot)$/ ? "font" : low ~ /\.(mp[34]|wav|ogg|webm|mov|avi|flac)$/ ? "media" : low ~ /\.(pdf|docx?|xlsx?|pptx?|odt|ods)$/ ? "document" : low ~ /\.(db|sqlite3?|parquet|avro|pb|npy|onnx|pt|gguf|safetensors)$/ ? "data" : low ~ /\.(jks|p12|pfx|keystore|der|gpg)$/ ? "keys" : $3 == "large" ? "large text or other" : "other"
    print class, $2, $1 }' inventory/files.tsv | LC_ALL=C sort -t $'\t' -k 2,2nr -k 3,3 > inventory/binaries.tsv
"""],
     tests=[("every_one_has_a_row", r"""test "$(wc -l < inventory/binaries.tsv)" -eq "$(cut -f 3 inventory/files.tsv | grep -cxE 'binary|large|unreadable' || test $? -eq 1)"
awk -F '\t' 'NF != 3 || $1 == "" { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/binaries.tsv
"""), ("largest_first", r"""cut -f 2 inventory/binaries.tsv | sort -nr -c
""")],
     fails=[("an extension lies", "the class is wrong, the row stands all the same"), ("a program hides in a text extension", "it is binary by its bytes and so it is listed")],
     tool="bash, awk, sort, grep", reasoning="Class by extension", learn="Programs and archives in the tree", baseline="By hand: five minutes", targets=["No file is opened a second time"])

code("Check Encodings", "Files that break tools quietly: mixed line ends, byte order marks, bytes that are no UTF-8, a missing last line end.",
     deliverables=[("inventory/encodings.tsv", "trait and encoded path: crlf, bom, not-utf8 or no-final-newline")],
     criteria=["Every text file is looked at for all four traits", "A file can have several rows, one a trait, and none twice", "Files in order have no row"],
     scope="Bytes, not meaning; scripts for Windows may well keep their CRLF", needs=[FILES],
     blocks=[r"""export LC_ALL=C
out=$PWD/inventory
each() { (cd -- "$MUSTER_TARGET" && { xargs -0 -r "${@:2}" < "$out/text-files.lst0" || test $? -eq 123; }) | tr '\0\n' '\n\001' | awk -v trait="$1" "$(cat "$out/encoded.awk")"'{ gsub(/\001/, "\n"); print trait "\t" encoded($0) }'; }
{
  each crlf grep -aslZ -e $'\r$' --
  each bom grep -aslZ -m 1 -e $'^\xef\xbb\xbf' --
  each not-utf8 env LC_ALL=C.UTF-8 grep -aslZvx -e '.*' --
  # The last byte of each file, one after the other, beside its name.
  paste <(tr '\0\n' '\n\001' < inventory/text-files.lst0 | awk "$(cat inventory/encoded.awk)"'{ gsub(/\001/, "\n"); print encoded($0) }') \
    <(cd -- "$MUSTER_TARGET" && xargs -0 -r tail -q -c 1 -- < "$out/text-files.lst0" | od -An -v -tu1 -w1) | awk -F '\t' '$2 + 0 != 10 { print "no-final-newline\t" $1 }'
} > inventory/encodings.tsv
"""],
     tests=[("rows_have_the_shape", r"""awk -F '\t' 'NF != 2 || $1 !~ /^(crlf|bom|not-utf8|no-final-newline)$/ || seen[$0]++ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/encodings.tsv
test -z "$(cut -f 2 inventory/encodings.tsv | LC_ALL=C sort -u | LC_ALL=C comm -23 - <(awk -F '\t' '$3 == "text" { print $1 }' inventory/files.tsv | LC_ALL=C sort))"
"""), ("carriage_returns_are_counted", r"""newline=$(printf '\nx')
sed -n 's/^no-final-newline\t//p' inventory/encodings.tsv | sed -n 1,10p | while IFS= read -r file; do
  printf -v path '%b' "${file//%/\\x}"
  test "$(tail -c 1 -- "$MUSTER_TARGET/$path"; printf x)" != "$newline"
done
counted=$(cd "$MUSTER_TARGET" && xargs -0 -r awk 'FNR == 1 { counted = 0 } /\r$/ && !counted { counted = 1; total++ } END { print total + 0 }' < <(sed -z 's|^|./|' "$OLDPWD/inventory/text-files.lst0") | awk '{ sum += $1 } END { print sum + 0 }')
test "$(grep -c '^crlf' inventory/encodings.tsv || test $? -eq 1)" -eq "$counted"
""")],
     fails=[("the locale C.UTF-8 is missing", "not-utf8 is then judged by bytes above 127; install the locale"), ("a file is in another encoding on purpose", "it is listed once, and the report says where")],
     tool="bash, grep, tail, od, paste, awk", reasoning="Four properties of bytes", learn="Files by trait", baseline="By hand: file and dos2unix, ten minutes", targets=["One pass over the files a trait"])

tree("Sum Up Folders", "How files and bytes are spread over the folders, each with everything below it.",
     deliverables=[("inventory/folders.tsv", "encoded folder, depth, files and bytes below it; the top is a dot")],
     criteria=["Every folder that holds a file, directly or below, has one row", "The top folder's row equals the whole tree", "No folder is smaller than one inside it"],
     scope="Sums of the file list; empty folders do not appear", needs=[FILES],
     blocks=[r"""LC_ALL=C awk -F '\t' -v OFS='\t' '
  { folder = $1; files["."]++; bytes["."] += $2
    while (sub(/\/[^\/]*$/, "", folder)) { files[folder]++; bytes[folder] += $2 } }
  END { if (!(("." in files))) files["."] = 0
    for (f in files) { depth = f == "." ? 0 : gsub(/\//, "/", f) + 1; printf "%s\t%d\t%d\t%.0f\n", f, depth, files[f], bytes[f] } }' inventory/files.tsv | LC_ALL=C sort > inventory/folders.tsv
"""],
     tests=[("top_is_the_whole", r"""awk -F '\t' 'FILENAME ~ /files/ { n++; sum += $2; next } $1 == "." { found = ($3 == n + 0 && $4 == sum + 0) } END { exit !found }' inventory/files.tsv inventory/folders.tsv
"""), ("parents_contain_children", r"""awk -F '\t' 'NF != 4 { bad = 1 } { files[$1] = $3 } END { for (f in files) { parent = f; if (sub(/\/[^\/]*$/, "", parent) && files[parent] < files[f]) { print "FAIL " f; bad = 1 } } exit bad }' inventory/folders.tsv
test "$(wc -l < inventory/folders.tsv)" -eq "$(($(awk -F '\t' '{ f = $1; while (sub(/\/[^\/]*$/, "", f)) if (!seen[f]++) n++ } END { print n + 0 }' inventory/files.tsv) + 1))"
""")],
     fails=[("the tree is empty", "one row, the top, with zeros"), ("the tree is very deep", "the sums take one step a level, nothing more")],
     tool="bash, awk, sort", reasoning="Sums along the path of each file", learn="The largest three folders", baseline="By hand: du, one minute", targets=["One pass over the list"])

tree("Find Odd Names", "Names that other systems or careless scripts stumble over, before they do it in production.",
     deliverables=[("inventory/odd-names.tsv", "trait and encoded path: space, control, not-ascii, leading-dash, long, reserved or case-clash")],
     criteria=["Spaces, control characters, bytes beyond ASCII, leading dashes and paths above 200 characters are told", "Names that Windows reserves are told", "Two paths that differ only in case are both listed"],
     scope="Names of files; their content is not opened", needs=[FILES],
     blocks=[r"""LC_ALL=C awk -F '\t' -v OFS='\t' '
  { base = $1; sub(/.*\//, "", base); low = tolower($1); path[NR] = $1; lower[NR] = low; clash[low]++ }
  $1 ~ / / { print "space", $1 }
  $1 ~ /%([01][0-9A-F]|7F)/ { print "control", $1 }
  $1 ~ /%[89A-F][0-9A-F]/ { print "not-ascii", $1 }
  base ~ /^-/ { print "leading-dash", $1 }
  length($1) > 200 { print "long", $1 }
  tolower(base) ~ /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)/ || base ~ /[<>:"|?*]|[. ]$/ { print "reserved", $1 }
  END { for (i = 1; i <= NR; i++) if (clash[lower[i]] > 1) print "case-clash", path[i] }' inventory/files.tsv | LC_ALL=C sort > inventory/odd-names.tsv
"""],
     tests=[("rows_have_the_shape", r"""awk -F '\t' 'NF != 2 || $1 !~ /^(space|control|not-ascii|leading-dash|long|reserved|case-clash)$/ || seen[$0]++ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/odd-names.tsv
"""), ("spaces_and_clashes_are_counted", r"""test "$(grep -c '^space' inventory/odd-names.tsv || test $? -eq 1)" -eq "$(cut -f 1 inventory/files.tsv | grep -c ' ' || test $? -eq 1)"
test "$(grep -c '^case-clash' inventory/odd-names.tsv || test $? -eq 1)" -eq "$(cut -f 1 inventory/files.tsv | LC_ALL=C tr 'A-Z' 'a-z' | LC_ALL=C sort | uniq -D | wc -l)"
""")],
     fails=[("a name is odd on purpose", "it is listed; nobody has to act on it"), ("a name has several traits", "it has a row for each")],
     tool="bash, awk, sort, grep, uniq", reasoning="Properties of a string", learn="Traits found", baseline="By hand: nobody looks until a script breaks", targets=["One pass over the list"])

parts("List Endpoints", "Which hosts the tree talks to or points at: the outside world as the sources know it.",
      deliverables=[("inventory/endpoints.tsv", "scheme, host with port, files that mention it, most first; at most 500")],
      criteria=["Hosts after http, https, ws, wss, ftp, jdbc, amqp, redis, mongodb and postgres are found", "User and password of an address are never repeated", "Every host is counted once a file"],
      scope="Mentions, also in comments and documents; nothing is contacted", needs=[FILES],
      blocks=[r"""export LC_ALL=C
out=$PWD/inventory
cd -- "$MUSTER_TARGET"
{ xargs -0 -r grep -asHoZE -e '(https?|wss?|ftp|amqps?|rediss?|mongodb(\+srv)?|postgres(ql)?|mysql)://([^][/@[:space:]"<>()'\''`]*@)?[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?' -- < "$out/text-files.lst0" || test $? -eq 123; } | tr '\0' '\001' | awk "$(cat "$out/named.awk")"'
  { scheme = rest; sub(/:\/\/.*/, "", scheme); host = rest; sub(/^[^:]*:\/\//, "", host); sub(/.*@/, "", host); sub(/[.-]+$/, "", host); key = scheme "\t" tolower(host); if (host != "" && !seen[key "\t" name]++) count[key]++ }
  END { for (k in count) print k "\t" count[k] }' | sort -t $'\t' -k 3,3nr -k 1,2 | awk 'NR <= 500' > "$out/endpoints.tsv"
"""],
      tests=[("rows_have_the_shape", r"""awk -F '\t' 'NF != 3 || $2 ~ /@/ || $3 !~ /^[1-9][0-9]*$/ || seen[$1 "\t" $2]++ { print "FAIL row " $0; bad = 1 } END { exit bad || NR > 500 }' inventory/endpoints.tsv
cut -f 3 inventory/endpoints.tsv | sort -nr -c
"""), ("the_first_is_counted_again", r"""IFS=$'\t' read -r scheme host files < inventory/endpoints.tsv || host=
if test -n "$host"; then
  counted=$(set +eo pipefail; cd "$MUSTER_TARGET" && xargs -0 -r env LC_ALL=C grep -ailF -e "$scheme://" -- < "$OLDPWD/inventory/text-files.lst0" | wc -l)
  test "$files" -le "$counted"
  test "$files" -ge 1
fi
""")],
      fails=[("a host is put together at run time", "it is not found; only what is written is listed"), ("there are more than 500 hosts", "the 500 most mentioned are kept")],
      tool="bash, grep, awk, sort", reasoning="Addresses have a fixed form", learn="Number of hosts and the first ten", baseline="By hand: grep and an hour of sorting", targets=["No credential is ever printed"])

code("List Environment Variables", "What has to be set for this code to run: every variable it asks the environment for, and where first.",
     deliverables=[("inventory/environment.tsv", "variable, places that read it, encoded path and line of the first")],
     criteria=["Reads in Java, Kotlin, Python, JavaScript, Go, Ruby, PHP and C are found", "Every variable is listed once with its number of places", "The first place is a line that holds the name"],
     scope="Reads by name; variables of shell scripts and of build tools are not told from plain ones", needs=[FILES, LANGUAGE],
     blocks=[r"""export LC_ALL=C
out=$PWD/inventory
cd -- "$MUSTER_TARGET"
{ grep -azE '\.(java|kt|kts|scala|groovy|py|js|jsx|ts|tsx|mjs|cjs|go|rb|php|c|cc|cpp|rs)$' "$out/text-files.lst0" || test $? -eq 1; } \
  | { xargs -0 -r grep -asHnoZE -e '(System\.getenv\(|os\.environ(\.get)?[[(]|os\.getenv\(|process\.env\.|process\.env\[|os\.Getenv\(|os\.LookupEnv\(|ENV\[|ENV\.fetch\(|[^A-Za-z_.]getenv\(|env::var\()["'\'']?[A-Za-z_][A-Za-z0-9_]*' -- || test $? -eq 123; } \
  | tr '\0' '\001' | awk "$(cat "$out/named.awk")"'
  { line = rest + 0; variable = rest; sub(/^[0-9]+:/, "", variable); sub(/.*[^A-Za-z0-9_]/, "", variable); if (variable !~ /^[A-Z_][A-Z0-9_]+$/) next
    if (!count[variable]++) first[variable] = name "\t" line }
  END { for (v in count) print v "\t" count[v] "\t" first[v] }' | sort > "$out/environment.tsv"
"""],
     tests=[("rows_have_the_shape", r"""awk -F '\t' 'NF != 4 || $1 !~ /^[A-Z_][A-Z0-9_]+$/ || $2 < 1 || $4 < 1 || seen[$1]++ { print "FAIL row " $0; bad = 1 } END { exit bad }' inventory/environment.tsv
"""), ("first_places_hold_the_name", r"""while IFS=$'\t' read -r variable _ file line; do
  printf -v path '%b' "${file//%/\\x}"
  test "$(sed -n "${line}p" "$MUSTER_TARGET/$path" | LC_ALL=C grep -acF -- "$variable")" -eq 1
done < <(sed -n 1,20p inventory/environment.tsv)
""")],
     fails=[("a name is put together at run time", "it is not found"), ("a framework maps settings to variables", "only direct reads are listed")],
     tool="bash, grep, awk, sort, sed", reasoning="Reads have a fixed form in each language", learn="Variables found", baseline="By hand: half an hour of grep", targets=["Accuracy: the first places are read again"])
