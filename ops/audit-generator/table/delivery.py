"""Wave 5: the reports, and at its end the two operations that leave the workspace. WORKER_211 to WORKER_225."""

from functools import partial

from .model import Worker

WORKERS = []
FINDINGS = ("WORKER_111", "all findings")
RULES = ("WORKER_112", "the words of the rules")
SCORE = ("WORKER_130", "the score")
# Baselines of earlier runs. Today's is left alone, so that pruning need not wait for publishing: both operations ask at once, and
# one visit of the operator is enough.
EARLIER = "'[0-9]*T[0-9]*Z-*.tsv' ! -name \"*Z-$MUSTER_RUN.tsv\""
LISTED = r"""earlier() { test ! -d "$folder" || find "$folder" -maxdepth 1 -type f -name """ + EARLIER + r""" -printf "$1"; }
"""

# Text for Markdown tables, for HTML and XML, and for JSON. What is not printable ASCII becomes a question mark: the lists that are
# reported hold none, but names out of manifests and CODEOWNERS may.
MARKDOWN = r"""function md(text) { gsub(/[^ -~]/, "?", text); gsub(/[\\`*_\[\]<>|]/, "\\\\&", text); return text } """
HTML = r"""function esc(text) { gsub(/[^ -~]/, "?", text); gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text); gsub(/"/, "\\&quot;", text); gsub(/\047/, "\\&#39;", text); return text } """
JSON = r"""function js(text,   i, n, part, out) { gsub(/[^ -~]/, "?", text); n = split(text, part, /\\/); out = part[1]; for (i = 2; i <= n; i++) out = out "\\\\" part[i]; n = split(out, part, /"/); out = part[1]; for (i = 2; i <= n; i++) out = out "\\\"" part[i]; return "\"" out "\"" } """
# JSON is checked without any tool for it: strings and numbers become s, then brackets are taken off from the inside until one s is left.
VALID_JSON = r"""valid_json() {
  LC_ALL=C awk '
    { gsub(/"([^"\\]|\\["\\\/bfnrtu])*"/, "s"); gsub(/-?[0-9]+(\.[0-9]+)?|true|false|null/, "s"); gsub(/[ \t]+/, ""); text = text $0
      do { before = length(text); gsub(/\[(s(,s)*)?\]/, "s", text); gsub(/\{(s:s(,s:s)*)?\}/, "s", text) } while (length(text) != before)
      gsub(/s(,s)+,/, "s,", text); gsub(/s:s(,s:s)+,/, "s:s,", text) }
    END { if (text != "s") print "FAIL not JSON: " substr(text, 1, 200); exit text != "s" }' "$1"
}
"""


def work(title, goal, **rest):
    rest["targets"] = rest["targets"] + ["Automated execution: <1 second for a thousand findings"]
    rest["blocks"] = rest["blocks"] if rest.pop("bare", False) else ["mkdir -p delivery\n" + rest["blocks"][0]] + rest["blocks"][1:]
    rest.setdefault("cannot", "The analysis it reports on, another report, or the target")
    WORKERS.append(Worker(title=title, goal=goal, priority=5, **rest))


report = partial(work, phase="5.1 - Reports")
exchange = partial(work, phase="5.2 - Exchange formats")
hand_over = partial(work, phase="5.3 - Hand-over")

report("Write Executive Summary", "One page for the person who has two minutes: the number, what is bad, what changed, what to do first.",
       deliverables=[("delivery/executive-summary.md", "one page of Markdown")],
       criteria=["The total score and all nine parts are on the page", "The counts by severity are those of the findings", "The three most exposed files and the trend are named"],
       scope="One page; every detail is in the full report", needs=[SCORE, ("WORKER_129", "the trend"), ("WORKER_118", "the exposed files"), ("WORKER_122", "the counts"), ("WORKER_117", "the critical path"), ("WORKER_119", "the hot spots"), FINDINGS],
       blocks=[r"""LC_ALL=C awk -F '\t' '""" + MARKDOWN + r"""
  FILENAME ~ /findings\.tsv/ { severity[$3]++; all++; next }
  FILENAME ~ /trend-summary/ { trend[$1] = $2; next }
  FILENAME ~ /score/ { if ($1 == "total") total = $4; else parts = parts "| " $1 " | " $3 " | " $2 " | " md($5) " |\n"; next }
  FILENAME ~ /exposure/ { if (++exposed <= 3) first = first "- " md($1) ": " $2 " findings, weight " $3 ", " $4 " files depend on it\n"; next }
  FILENAME ~ /hot-spots/ { if (++hot == 1) hottest = md($1) " (" $2 " commits, " $3 " lines)"; next }
  FILENAME ~ /critical-path/ { steps++; next }
  END {
    printf "# Audit: executive summary\n\n**Score: %.1f of 100.** %d findings: %d critical, %d high, %d medium, %d low.\n\n", total, all, severity["critical"], severity["high"], severity["medium"], severity["low"]
    if (trend["baseline"] == "none") print "This is the first audit: there is no baseline to compare with.\n"
    else printf "Since the last audit (%s): %d new, %d fixed, %d known.\n\n", md(trend["baseline"]), trend["new"], trend["fixed"], trend["known"]
    print "## Where to begin\n"; printf "%s", first == "" ? "- No file has findings.\n" : first
    printf "\nHottest file: %s. Longest import chain: %d steps.\n\n## Score by part\n\n| part | value | weight | rests on |\n|---|---|---|---|\n%s", hottest == "" ? "none" : hottest, steps, parts
  }' analysis/findings.tsv analysis/trend-summary.tsv analysis/score.tsv analysis/exposure.tsv analysis/hot-spots.tsv analysis/critical-path.tsv > delivery/executive-summary.md
"""],
       tests=[("numbers_are_those_of_the_analysis", r"""total=$(awk -F '\t' '$1 == "total" { printf "%.1f", $4 }' analysis/score.tsv)
grep -qF "**Score: $total of 100.** $(wc -l < analysis/findings.tsv) findings: $(cut -f 3 analysis/findings.tsv | grep -cx critical || test $? -eq 1) critical" delivery/executive-summary.md
"""), ("all_parts_are_named", r"""while IFS=$'\t' read -r part _; do
  if test "$part" != total; then grep -qF "| $part |" delivery/executive-summary.md; fi
done < analysis/score.tsv
test "$(grep -c '^| ' delivery/executive-summary.md)" -eq 10
""")],
       fails=[("there are no findings", "the page says so and names no file"), ("there is no baseline", "the page says that this is the first audit")],
       tool="bash, awk, grep", reasoning="Numbers into sentences", learn="Score and counts", baseline="By hand: an hour before the meeting", targets=["One page, whatever the size of the tree"])

report("Write Markdown Report", "The full report as text: readable in any editor, and on any code host.",
       deliverables=[("delivery/report.md", "score, categories, rules with findings, and every finding")],
       criteria=["All 80 scanners are named in the table of rules", "Every finding is a row; a table beyond 2,000 rows says how many are left out", "Text out of the target cannot break a table"],
       scope="The whole audit; advice in order of work is in the remediation plan", needs=[FINDINGS, RULES, SCORE, ("WORKER_122", "counts by category"), ("WORKER_123", "counts by folder"), ("WORKER_124", "counts by owner"), ("WORKER_125", "densities")],
       blocks=[r"""LC_ALL=C awk -F '\t' '""" + MARKDOWN + r"""
  function head(title, columns,   n, i, c) { printf "\n## %s\n\n", title; n = split(columns, c, ","); for (i = 1; i <= n; i++) printf "| %s ", c[i]; printf "|\n"; for (i = 1; i <= n; i++) printf "|---"; print "|" }
  function row(first, last,   i) { for (i = first; i <= last; i++) printf "| %s ", md($i); print "|" }
  FNR == 1 && FILENAME ~ /score/ { print "# Audit report"; head("Score", "part,weight,value,points,rests on") }
  FNR == 1 && FILENAME ~ /by-category/ { head("Findings by category", "category,rules,rules with findings,findings,critical,high,medium,low") }
  FNR == 1 && FILENAME ~ /by-folder/ { head("Findings by folder", "folder,findings,weight,files") }
  FNR == 1 && FILENAME ~ /by-owner/ { head("Findings by owner", "owners,findings,critical and high,files") }
  FNR == 1 && FILENAME ~ /density/ { head("Findings for every 1,000 lines", "language,lines,findings,density") }
  FNR == 1 && FILENAME ~ /rules\.tsv/ { head("Rules", "rule,category,severity,CWE,title,findings") }
  FNR == 1 && FILENAME ~ /findings/ { head("Findings", "category,rule,severity,file,line,excerpt") }
  FILENAME ~ /rules\.tsv/ { printf "| %s | %s | %s | %s | %s | %s |\n", $1, $2, $3, $4, md($5), $8; next }
  FILENAME ~ /findings/ { if (++shown <= 2000) row(1, 6); next }
  FILENAME ~ /by-folder/ && FNR > 200 { next }
  { row(1, NF) }
  END { if (shown > 2000) printf "\n%d more findings are left out here; delivery/findings.csv has them all.\n", shown - 2000; if (!shown) print "\nNo findings." }' \
  analysis/score.tsv analysis/by-category.tsv analysis/by-folder.tsv analysis/by-owner.tsv analysis/density.tsv analysis/rules.tsv analysis/findings.tsv > delivery/report.md
"""],
       tests=[("names_every_scanner", r"""while IFS=$'\t' read -r rule _; do grep -qF "| $rule |" delivery/report.md; done < analysis/rules.tsv
test "$(sed -n '/^## Rules/,/^## Findings/p' delivery/report.md | grep -c '^| [a-z]*-')" -eq 80
"""), ("every_finding_is_a_row", r"""findings=$(wc -l < analysis/findings.tsv)
test "$(sed -n '/^## Findings$/,$p' delivery/report.md | grep -cE '^\| (secrets|shell|docker|sql|network|supply) \|' || test $? -eq 1)" -eq "$((findings < 2000 ? findings : 2000))"
test -z "$(sed -n '/^## Findings$/,$p' delivery/report.md | grep '^| ' | sed 's/\\|//g' | awk -F '|' 'NF != 8' | sed -n 1p)"
""")],
       fails=[("there are no findings", "the report says so under its last heading"), ("an excerpt holds a bar or a bracket", "it is escaped, so the table stands")],
       tool="bash, awk, sed, grep", reasoning="Lists into tables", learn="Rows written", baseline="By hand: a day", targets=["All 80 rules named"])

report("Write HTML Report", "The report for a browser, in one file that needs no network and runs no script.",
       deliverables=[("delivery/report.html", "self-contained HTML 5")],
       criteria=["Everything taken from the target is escaped", "No script, no image and no address is loaded from anywhere", "Every finding is a row, in a section of its rule, up to 5,000"],
       scope="Reading; sorting and searching are left to the browser", needs=[FINDINGS, RULES, SCORE, ("WORKER_129", "the trend"), ("WORKER_118", "the exposed files")],
       blocks=[r"""LC_ALL=C awk -F '\t' -v run="$MUSTER_RUN" '""" + HTML + r"""
  BEGIN {
    print "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Audit report</title>\n<style>"
    print "body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1c2330;background:#fff}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}td,th{border-bottom:1px solid #d8dde6;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}code{font:13px/1.4 ui-monospace,monospace}.critical{color:#a40021}.high{color:#b84300}.medium{color:#7a5c00}.low{color:#3d5a73}summary{cursor:pointer;padding:.3rem 0}.score{font-size:3rem;font-weight:600}@media(prefers-color-scheme:dark){body{color:#dfe5ee;background:#14181f}td,th{border-color:#2f3846}.critical{color:#ff8095}.high{color:#ffab70}.medium{color:#e8cf70}.low{color:#9fc3e0}}"
    print "</style>\n</head>\n<body>\n<h1>Audit report</h1>\n<p>Run " esc(run) "</p>"
  }
  FILENAME ~ /rules\.tsv/ { rules++; id[rules] = $1; severity[$1] = $3; cwe[$1] = $4; title[$1] = $5; why[$1] = $6; remedy[$1] = $7; hits[$1] = $8; next }
  FILENAME ~ /trend-summary/ { trend[$1] = $2; next }
  FILENAME ~ /score/ { if ($1 == "total") total = $4; else parts = parts "<tr><td>" esc($1) "</td><td>" $3 "</td><td>" $2 "</td><td>" esc($5) "</td></tr>\n"; next }
  FILENAME ~ /exposure/ { if (++n <= 20) exposed = exposed "<tr><td><code>" esc($1) "</code></td><td>" $2 "</td><td>" $3 "</td><td>" $4 "</td><td>" $5 "</td></tr>\n"; next }
  { if (++shown > 5000) next
    if ($2 != last) { if (last != "") print "</table></details>"; else print_head(); last = $2
      printf "<details><summary><strong class=\"%s\">%s</strong> %s, %d findings (%s)</summary>\n<p>%s. <em>%s.</em></p>\n<table><tr><th>file</th><th>line</th><th>excerpt</th></tr>\n", $3, $3, esc(title[$2]), hits[$2], cwe[$2], esc(why[$2]), esc(remedy[$2]) }
    printf "<tr class=\"finding\"><td><code>%s</code></td><td>%d</td><td><code>%s</code></td></tr>\n", esc($4), $5, esc($6) }
  function print_head() {
    printf "<p class=\"score\">%.1f</p>\n<p>of 100. Baseline %s: %d new, %d fixed, %d known.</p>\n<h2>Score</h2>\n<table><tr><th>part</th><th>value</th><th>weight</th><th>rests on</th></tr>\n%s</table>\n", total, esc(trend["baseline"]), trend["new"], trend["fixed"], trend["known"], parts
    printf "<h2>Most exposed files</h2>\n<table><tr><th>file</th><th>findings</th><th>weight</th><th>dependents</th><th>exposure</th></tr>\n%s</table>\n<h2>Findings</h2>\n", exposed
  }
  END {
    if (last == "") { print_head(); print "<p>No findings.</p>" } else print "</table></details>"
    if (shown > 5000) printf "<p>%d more findings are left out here; findings.csv has them all.</p>\n", shown - 5000
    print "<h2>Rules</h2>\n<table><tr><th>rule</th><th>severity</th><th>title</th><th>findings</th></tr>"
    for (i = 1; i <= rules; i++) printf "<tr class=\"rule\"><td><code>%s</code></td><td>%s</td><td>%s</td><td>%d</td></tr>\n", id[i], severity[id[i]], esc(title[id[i]]), hits[id[i]]
    print "</table>\n</body>\n</html>"
  }' analysis/rules.tsv analysis/trend-summary.tsv analysis/score.tsv analysis/exposure.tsv analysis/findings.tsv > delivery/report.html
"""],
       tests=[("only_known_tags", r"""test -z "$(grep -oE '<[^>]*>' delivery/report.html | grep -vxE '<!DOCTYPE html>|</?(html|head|title|style|body|h1|h2|p|table|tr|th|td|code|details|summary|strong|em)>|<html lang="en">|<meta [a-z]+="[a-z0-9=, -]+"( content="[a-z0-9=, -]+")?>|<(p|strong|tr) class="[a-z]+">' | sed -n 1p)"
test "$(tr -cd '<' < delivery/report.html | wc -c)" -eq "$(grep -oE '<[^>]*>' delivery/report.html | wc -l)"
test -z "$(sed -n '/^<style>/,/^<.style>/p' delivery/report.html | grep -iE 'url\(|@import')"
for tag in table tr td details code; do test "$(grep -oE "<$tag[ >]" delivery/report.html | wc -l)" -eq "$(grep -o "</$tag>" delivery/report.html | wc -l)"; done
"""), ("nothing_is_left_out", r"""findings=$(wc -l < analysis/findings.tsv)
test "$(grep -c '<tr class="finding">' delivery/report.html || test $? -eq 1)" -eq "$((findings < 5000 ? findings : 5000))"
test "$(grep -c '<tr class="rule">' delivery/report.html)" -eq 80
test "$(sed -n '$p' delivery/report.html)" = '</html>'
""")],
       fails=[("an excerpt holds markup", "it is escaped and shown as text"), ("there are no findings", "the page says so")],
       tool="bash, awk, sed, grep", reasoning="Lists into tables, escaped", learn="Size of the page", baseline="By hand: half a day", targets=["Opens without a network"])

exchange("Write JSON Report", "The audit for programs: everything that the reports say, in one document.",
         deliverables=[("delivery/report.json", "run, score, categories, rules and findings")],
         criteria=["The document is valid JSON", "It holds 80 rules, six categories and every finding", "Numbers are numbers, and everything else is an escaped string"],
         scope="One document; SARIF for code hosts is written by WORKER_215", needs=[FINDINGS, RULES, SCORE, ("WORKER_122", "counts by category"), ("WORKER_129", "the trend"), ("WORKER_013", "the head that was audited")],
         blocks=[r"""LC_ALL=C awk -F '\t' -v run="$MUSTER_RUN" -v at="$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)" '""" + JSON + r"""
  FNR == 1 { list = FILENAME; sub(/.*\//, "", list) }
  list == "git-state.tsv" { if ($1 == "head") head = $2; next }
  list == "trend-summary.tsv" { trend = trend (trend == "" ? "" : ", ") js($1) ": " ($1 == "baseline" ? js($2) : $2 + 0); next }
  list == "score.tsv" { if ($1 == "total") total = $4; else score = score (score == "" ? "" : ",\n") "    {\"part\": " js($1) ", \"weight\": " $2 ", \"value\": " $3 ", \"points\": " $4 ", \"basis\": " js($5) "}"; next }
  list == "by-category.tsv" { categories = categories (categories == "" ? "" : ",\n") "    {\"category\": " js($1) ", \"rules\": " $2 ", \"findings\": " $4 ", \"critical\": " $5 ", \"high\": " $6 ", \"medium\": " $7 ", \"low\": " $8 "}"; next }
  list == "rules.tsv" && !opened++ { printf "{\n  \"run\": %s,\n  \"auditedAt\": %s,\n  \"head\": %s,\n  \"score\": %s,\n  \"trend\": {%s},\n  \"parts\": [\n%s\n  ],\n  \"categories\": [\n%s\n  ],\n  \"rules\": [\n", js(run), js(at), js(head), total, trend, score, categories }
  list == "rules.tsv" { printf "%s    {\"rule\": %s, \"category\": %s, \"severity\": %s, \"cwe\": %s, \"title\": %s, \"why\": %s, \"remedy\": %s, \"findings\": %d}", rules++ ? ",\n" : "", js($1), js($2), js($3), js($4), js($5), js($6), js($7), $8; next }
  { printf "%s    {\"rule\": %s, \"severity\": %s, \"file\": %s, \"line\": %d, \"excerpt\": %s}", findings++ ? ",\n" : "\n  ],\n  \"findings\": [\n", js($2), js($3), js($4), $5, js($6) }
  END { print (findings ? "" : "\n  ],\n  \"findings\": [") "\n  ]\n}" }' inventory/git-state.tsv analysis/trend-summary.tsv analysis/score.tsv analysis/by-category.tsv analysis/rules.tsv analysis/findings.tsv > delivery/report.json
"""],
         tests=[("document_is_valid", VALID_JSON + r"""valid_json delivery/report.json
"""), ("nothing_is_left_out", r"""test "$(grep -c '^    {"rule": .*"cwe": ' delivery/report.json)" -eq 80
test "$(grep -c '^    {"rule": .*"excerpt": ' delivery/report.json || test $? -eq 1)" -eq "$(wc -l < analysis/findings.tsv)"
test "$(grep -c '^    {"category": ' delivery/report.json)" -eq 6
grep -qF "\"run\": \"$MUSTER_RUN\"" delivery/report.json
""")],
         fails=[("an excerpt holds quotes or backslashes", "they are escaped"), ("there is no repository", "the head is a dash")],
         tool="bash, awk, date, grep", reasoning="A fixed document from lists", learn="Bytes written", baseline="By hand: not done", targets=["Valid for every target"])

exchange("Write SARIF Report", "The format that code hosts and editors read: findings show up beside the lines they are about.",
         deliverables=[("delivery/report.sarif", "SARIF 2.1.0 with 80 rules and every finding")],
         criteria=["The document is valid JSON of version 2.1.0 with one run", "Every result points to a rule by index and to a URI relative to the source root", "Critical and high are errors, medium is a warning, low is a note; every result has a fingerprint without its line"],
         scope="Results and rules; no code flows and no fixes", needs=[FINDINGS, RULES],
         blocks=[r"""LC_ALL=C awk -F '\t' '""" + JSON + r"""
  BEGIN { for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i; level["critical"] = level["high"] = "error"; level["medium"] = "warning"; level["low"] = "note"; score["critical"] = "9.5"; score["high"] = "8.0"; score["medium"] = "5.5"; score["low"] = "2.5" }
  function uri(name,   i, c, out) { if (name !~ /[^A-Za-z0-9._~\/%-]/) return name; for (i = 1; i <= length(name); i++) { c = substr(name, i, 1); out = out (c ~ /[A-Za-z0-9._~\/%-]/ ? c : sprintf("%%%02X", code[c])) } return out }
  function hash(text,   i, a, b) { a = 7; b = 11; for (i = 1; i <= length(text); i++) { a = (a * 31 + code[substr(text, i, 1)]) % 2147483647; b = (b * 37 + code[substr(text, i, 1)]) % 2147483629 } return sprintf("%08x%08x", a, b) }
  FILENAME ~ /rules\.tsv/ {
    if (!rules) printf "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n  \"runs\": [{\n    \"tool\": {\"driver\": {\"name\": \"Muster audit\", \"semanticVersion\": \"1.0.0\", \"rules\": [\n"
    name = ""; n = split($1, part, "-"); for (i = 1; i <= n; i++) name = name toupper(substr(part[i], 1, 1)) substr(part[i], 2)
    title[$1] = $5; place[$1] = rules + 0
    printf "%s      {\"id\": %s, \"name\": %s, \"shortDescription\": {\"text\": %s}, \"fullDescription\": {\"text\": %s}, \"help\": {\"text\": %s}, \"defaultConfiguration\": {\"level\": %s}, \"properties\": {\"category\": %s, \"security-severity\": %s, \"tags\": [\"security\", %s]}}", rules++ ? ",\n" : "", js($1), js(name), js($5), js($6 "."), js($7 "."), js(level[$3]), js($2), js(score[$3]), js("external/cwe/" tolower($4))
    next }
  { if (!results) printf "\n    ]}},\n    \"originalUriBaseIds\": {\"SRCROOT\": {\"description\": {\"text\": \"The audited tree\"}}},\n    \"columnKind\": \"unicodeCodePoints\",\n    \"results\": [\n"
    key = $2 "\t" $4 "\t" $6; count[key]++
    printf "%s      {\"ruleId\": %s, \"ruleIndex\": %d, \"level\": %s, \"message\": {\"text\": %s}, \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": %s, \"uriBaseId\": \"SRCROOT\"}, \"region\": {\"startLine\": %d}}}], \"partialFingerprints\": {\"musterFinding/v1\": %s}}", results++ ? ",\n" : "", js($2), place[$2], js(level[$3]), js(title[$2] ": " $6), js(uri($4)), $5, js(hash(key) ":" count[key]) }
  END { if (!results) printf "\n    ]}},\n    \"columnKind\": \"unicodeCodePoints\",\n    \"results\": ["; print "\n    ]\n  }]\n}" }' analysis/rules.tsv analysis/findings.tsv > delivery/report.sarif
"""],
         tests=[("document_is_valid", VALID_JSON + r"""valid_json delivery/report.sarif
grep -qxF '  "version": "2.1.0",' delivery/report.sarif
"""), ("results_point_to_rules", r"""test "$(grep -c '^      {"id": ' delivery/report.sarif)" -eq 80
test "$(grep -c '^      {"ruleId": ' delivery/report.sarif || test $? -eq 1)" -eq "$(wc -l < analysis/findings.tsv)"
awk -F '"' '/^      \{"id": / { id[n++] = $4 } /^      \{"ruleId": / { index_ = $0; sub(/.*"ruleIndex": /, "", index_); if (id[index_ + 0] != $4) { print "FAIL index of " $4; bad = 1 } } END { exit bad }' delivery/report.sarif
test -z "$(grep -oE '"uri": "[^"]*"' delivery/report.sarif | grep -vE '"uri": "[A-Za-z0-9._~/%-]+"' | sed -n 1p)"
test -z "$(grep -oE '"musterFinding/v1": "[^"]*"' delivery/report.sarif | sort | uniq -d | sed -n 1p)"
""")],
         fails=[("a path holds a space or a bracket", "it is percent-encoded in the URI"), ("there are no findings", "the results are an empty list, which is valid")],
         tool="bash, awk, grep, sort, uniq", reasoning="A standard with fixed fields", learn="Results written", baseline="By hand: not done", targets=["Valid for every target"])

exchange("Write CSV Export", "The findings for a spreadsheet, complete and safe to open.",
         deliverables=[("delivery/findings.csv", "header and one record a finding, RFC 4180")],
         criteria=["Every finding is one record of seven quoted fields", "Quotes inside a field are doubled", "No field can be taken for a formula"],
         scope="Findings only; counts are left to the spreadsheet", needs=[FINDINGS, RULES],
         blocks=[r"""LC_ALL=C awk -F '\t' '
  function field(text) { gsub(/"/, "\"\"", text); if (text ~ /^[=+@-]/) text = "\047" text; return "\"" text "\"" }
  BEGIN { printf "\"category\",\"rule\",\"severity\",\"cwe\",\"file\",\"line\",\"excerpt\"\r\n" }
  FILENAME ~ /rules\.tsv/ { cwe[$1] = $4; next }
  { printf "%s,%s,%s,%s,%s,%s,%s\r\n", field($1), field($2), field($3), field(cwe[$2]), field($4), field($5), field($6) }' analysis/rules.tsv analysis/findings.tsv > delivery/findings.csv
"""],
         tests=[("records_are_well_formed", r"""test "$(wc -l < delivery/findings.csv)" -eq "$(($(wc -l < analysis/findings.tsv) + 1))"
test -z "$(tr -d '\r' < delivery/findings.csv | grep -vE '^"([^"]|"")*"(,"([^"]|"")*"){6}$' | sed -n 1p)"
"""), ("no_formula", r"""test -s delivery/findings.csv
test -z "$(grep -E '(^|,)"[=+@-]' delivery/findings.csv | sed -n 1p)"
test "$(tail -n +2 delivery/findings.csv | cut -d '"' -f 4 | LC_ALL=C sort | uniq -c | awk '{ print $2 "\t" $1 }')" = "$(awk -F '\t' '$8 > 0 { print $1 "\t" $8 }' analysis/rules.tsv)"
""")],
         fails=[("an excerpt begins with an equals sign", "an apostrophe is put before it"), ("there are no findings", "only the header is written")],
         tool="bash, awk, grep, tr, sort", reasoning="A standard with three rules", learn="Records written", baseline="By hand: copy and paste", targets=["Opens in every spreadsheet"])

exchange("Write JUnit Report", "The audit as a test run: a pipeline that can read JUnit shows it without any other tool.",
         deliverables=[("delivery/junit.xml", "one suite a category, one case a rule, a failure for each rule with findings")],
         criteria=["There are six suites and 80 cases", "A rule with findings fails with its first 20 findings in the text", "Counts of tests and failures in the suites add up to the totals"],
         scope="Rules as cases; single findings are in SARIF", needs=[FINDINGS, RULES],
         blocks=[r"""LC_ALL=C sort -t $'\t' -k 2,2 -k 1,1 analysis/rules.tsv | LC_ALL=C awk -F '\t' '""" + HTML + r"""
  FILENAME == "analysis/findings.tsv" { if (++seen[$2] <= 20) text[$2] = text[$2] esc($4) ":" $5 " " esc($6) "\n"; next }
  { n++; suite[n] = $2; id[n] = $1; title[n] = $5; remedy[n] = $7; hits[n] = $8; tests[$2]++; if ($8 > 0) { failures[$2]++; failed++ } }
  END {
    printf "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"audit\" tests=\"%d\" failures=\"%d\">\n", n, failed
    for (i = 1; i <= n; i++) {
      if (suite[i] != suite[i - 1]) { if (i > 1) print "  </testsuite>"; printf "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\">\n", suite[i], tests[suite[i]], failures[suite[i]] }
      if (hits[i] == 0) printf "    <testcase classname=\"audit.%s\" name=\"%s\"/>\n", suite[i], id[i]
      else printf "    <testcase classname=\"audit.%s\" name=\"%s\"><failure message=\"%s: %d findings\">%s. %s.\n%s</failure></testcase>\n", suite[i], id[i], esc(title[i]), hits[i], esc(title[i]), esc(remedy[i]), text[id[i]]
    }
    print "  </testsuite>\n</testsuites>"
  }' analysis/findings.tsv - > delivery/junit.xml
"""],
         tests=[("suites_and_cases", r"""test "$(grep -c '<testsuite ' delivery/junit.xml)" -eq 6
test "$(grep -c '<testcase ' delivery/junit.xml)" -eq 80
test "$(grep -c '<failure ' delivery/junit.xml || test $? -eq 1)" -eq "$(awk -F '\t' '$8 > 0' analysis/rules.tsv | wc -l)"
"""), ("markup_is_balanced", r"""test -z "$(grep -oE '<[^>]*>' delivery/junit.xml | grep -vE '^<(\?xml |/?testsuites?[ >]|testcase [^<]*/?>|/testcase>|failure |/failure>)' | sed -n 1p)"
test "$(grep -o '</failure>' delivery/junit.xml | wc -l)" -eq "$(grep -o '<failure ' delivery/junit.xml | wc -l)"
test "$(grep '<testsuite ' delivery/junit.xml | sed 's/.*failures="\([0-9]*\)".*/\1/' | paste -sd + | sed 's/^/0+/')" != 0+
test "$(($(grep '<testsuite ' delivery/junit.xml | sed 's/.*failures="\([0-9]*\)".*/\1/' | paste -sd +)))" -eq "$(sed -n 's/.*<testsuites .*failures="\([0-9]*\)".*/\1/p' delivery/junit.xml)"
""")],
         fails=[("an excerpt holds markup", "it is escaped"), ("a rule has many findings", "the first 20 stand in the text, the count in the message")],
         tool="bash, awk, sort, grep, sed", reasoning="Rules are cases", learn="Failed cases", baseline="By hand: not done", targets=["80 of 80 rules are cases"])

report("Write Remediation Plan", "What to do in which order: by rule, worst first, with the remedy and the places.",
       deliverables=[("delivery/remediation-plan.md", "one numbered step a rule with findings, with its remedy and first ten places")],
       criteria=["Every rule with findings is one step", "Steps are ordered by severity weight times findings", "Each step names the files by exposure, most exposed first"],
       scope="What and in which order; who and when is decided by people", needs=[FINDINGS, RULES, ("WORKER_118", "the exposure of each file")],
       blocks=[r"""LC_ALL=C awk -F '\t' 'BEGIN { w["critical"] = 20; w["high"] = 8; w["medium"] = 3; w["low"] = 1 } $8 > 0 { print w[$3] * $8 "\t" $0 }' analysis/rules.tsv | LC_ALL=C sort -t $'\t' -k 1,1nr -k 2,2 > delivery/.steps
LC_ALL=C awk -F '\t' -v OFS='\t' 'FILENAME ~ /exposure/ { e[$1] = $5; next } { print $2, e[$4] + 0, $4, $5 }' analysis/exposure.tsv analysis/findings.tsv | LC_ALL=C sort -t $'\t' -k 1,1 -k 2,2nr -k 3,3 -k 4,4n > delivery/.places
LC_ALL=C awk -F '\t' '""" + MARKDOWN + r"""
  FILENAME ~ /places/ { if (++n[$1] <= 10) place[$1] = place[$1] "   - " md($3) ", line " $4 "\n"; next }
  FNR == 1 { print "# Remediation plan\n\nWorst first: severity weight times findings. Places are ordered by how many files depend on them.\n" }
  { printf "%d. **%s** (%s, %s, %d findings, weight %d)\n   %s. %s.\n%s%s\n", ++step, md($6), $4, $5, $9, $1, md($8), md($7), place[$2], ($9 > 10 ? "   - and " ($9 - 10) " more\n" : "") }
  END { if (!step) print "# Remediation plan\n\nNothing to do: there are no findings." }' delivery/.places delivery/.steps > delivery/remediation-plan.md
rm delivery/.steps delivery/.places
"""],
       tests=[("every_rule_with_findings_is_a_step", r"""test "$(grep -cE '^[0-9]+\. \*\*' delivery/remediation-plan.md || test $? -eq 1)" -eq "$(awk -F '\t' '$8 > 0' analysis/rules.tsv | wc -l)"
grep -qxF '# Remediation plan' delivery/remediation-plan.md
"""), ("worst_comes_first", r"""sed -n 's/^[0-9]*\. .* weight \([0-9]*\))$/\1/p' delivery/remediation-plan.md | sort -nr -c
listed=$(grep -c '^   - .*, line [0-9]*$' delivery/remediation-plan.md || test $? -eq 1)
test "$listed" -eq "$(awk -F '\t' '{ sum += $8 < 10 ? $8 : 10 } END { print sum + 0 }' analysis/rules.tsv)"
""")],
       fails=[("there are no findings", "the plan says that nothing is to do"), ("a rule has hundreds of places", "ten are named and the rest counted")],
       tool="bash, awk, sort, sed, grep", reasoning="An order by weight", learn="Number of steps", baseline="By hand: a planning meeting", targets=["Every rule with findings has its remedy"])

report("Write Category Reports", "One page a category, for the people who own that kind of fault.",
       deliverables=[(f"delivery/category-{name}.md", f"the {name} page: its rules, why they matter, and their findings") for name in ("secrets", "shell", "docker", "sql", "network", "supply")],
       criteria=["There are six pages, and every rule stands on exactly one", "The findings on a page are those of its category, up to 500", "A rule without findings is named as clean"],
       scope="The same facts as the full report, cut by category", needs=[FINDINGS, RULES],
       blocks=[r"""for category in secrets shell docker sql network supply; do
  LC_ALL=C awk -F '\t' -v category=$category '""" + MARKDOWN + r"""
    BEGIN { print "# Audit: " category }
    FILENAME ~ /rules\.tsv/ { if ($2 == category) printf "\n## %s\n\n%s (%s, %s): %s.\n\n%s. %s.\n", $1, md($5), $3, $4, ($8 > 0 ? $8 " findings" : "clean"), md($6), md($7); next }
    $1 == category { if (!shown++) print "\n## Findings\n\n| rule | severity | file | line | excerpt |\n|---|---|---|---|---|"; if (shown <= 500) printf "| %s | %s | %s | %s | %s |\n", $2, $3, md($4), $5, md($6) }
    END { if (shown > 500) printf "\n%d more are in findings.csv.\n", shown - 500 }' analysis/rules.tsv analysis/findings.tsv > delivery/category-$category.md
done
"""],
       tests=[("every_rule_on_one_page", r"""test "$(cat delivery/category-{secrets,shell,docker,sql,network,supply}.md | grep '^## ' | grep -vx '## Findings' | cut -c 4- | LC_ALL=C sort)" = "$(cut -f 1 analysis/rules.tsv)"
"""), ("findings_are_on_their_page", r"""for category in secrets shell docker sql network supply; do
  findings=$(awk -F '\t' -v c=$category '$1 == c' analysis/findings.tsv | wc -l)
  test "$(grep -c '^| [a-z]*-' "delivery/category-$category.md" || test $? -eq 1)" -eq "$((findings < 500 ? findings : 500))"
done
""")],
       fails=[("a category is clean", "its page names its rules as clean"), ("a page would be too long", "500 findings are shown and the rest counted")],
       tool="bash, awk, grep, sort", reasoning="A cut by one column", learn="The longest page", baseline="By hand: copy and paste", targets=["Six pages"])

report("Draw Dependency Graph", "The import graph by folder, to be drawn by any tool that knows DOT or Mermaid.",
       deliverables=[("delivery/dependency-graph.dot", "folders and the imports between them for Graphviz"), ("delivery/dependency-graph.mmd", "the same for Mermaid, which code hosts draw")],
       criteria=["The 80 strongest connections between folders are drawn, with their number of imports", "Both files have the same number of edges", "Folder names cannot break the syntax"],
       scope="Folders, because a picture of all files shows nothing", needs=[("WORKER_113", "the import graph"), ("WORKER_116", "the reach of each file")],
       blocks=[r"""LC_ALL=C awk -F '\t' '
  function folder(path) { if (!sub(/\/[^\/]*$/, "", path)) path = "."; return path }
  { a = folder($1); b = folder($2); if (a != b) count[a "\t" b]++ }
  END { for (k in count) print count[k] "\t" k }' analysis/imports.tsv | LC_ALL=C sort -t $'\t' -k 1,1nr -k 2,3 | awk 'NR <= 80' > delivery/.edges
LC_ALL=C awk -F '\t' -v mermaid=delivery/dependency-graph.mmd '
  function name(text) { gsub(/[^A-Za-z0-9._\/@ %-]/, "_", text); return text }
  function id(text) { if (!(text in number)) { number[text] = ++ids; print "  n" ids "[\"" name(text) "\"]" > mermaid; print "  \"" name(text) "\";" } return "n" number[text] }
  BEGIN { print "digraph imports {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];"; print "flowchart LR" > mermaid }
  { a = id($2); b = id($3); print "  \"" name($2) "\" -> \"" name($3) "\" [label=\"" $1 "\"];"; print "  " a " -->|" $1 "| " b > mermaid }
  END { print "}" }' delivery/.edges > delivery/dependency-graph.dot
rm delivery/.edges
"""],
       tests=[("both_have_the_same_edges", r"""edges=$(awk -F '\t' 'function folder(path) { if (!sub(/\/[^\/]*$/, "", path)) path = "."; return path } { a = folder($1); b = folder($2) } a != b && !seen[a, b]++ { n++ } END { print (n > 80 ? 80 : n + 0) }' analysis/imports.tsv)
test "$(grep -c -- ' -> ' delivery/dependency-graph.dot || test $? -eq 1)" -eq "$edges"
test "$(grep -c -- ' -->|' delivery/dependency-graph.mmd || test $? -eq 1)" -eq "$edges"
"""), ("syntax_holds", r"""test "$(sed -n 1p delivery/dependency-graph.dot)" = 'digraph imports {'
test "$(sed -n '$p' delivery/dependency-graph.dot)" = '}'
test "$(sed -n 1p delivery/dependency-graph.mmd)" = 'flowchart LR'
test -z "$(sed '1,3d;$d' delivery/dependency-graph.dot | grep -vE '^  "[^"]*"( -> "[^"]*" \[label="[0-9]+"\])?;$' | sed -n 1p)"
""")],
       fails=[("there are no imports", "both graphs are empty and valid"), ("two folders have the same name after cleaning", "DOT draws them as one")],
       tool="bash, awk, sort, grep, sed", reasoning="Edges are summed up by folder", learn="Connections drawn", baseline="By hand: a whiteboard", targets=["At most 80 connections, so that a picture stays readable"])

report("Certify Scanners", "What the self-tests showed: which scanner may be believed when it reports nothing.",
       deliverables=[("delivery/scanner-certificate.md", "one row a scanner: cases shown, cases passed, verdict, findings in this tree")],
       criteria=["All 80 scanners have a row", "A scanner is proven only when all its cases passed", "The page says how many are proven and names those that are not"],
       scope="The self-tests of this run", needs=[("WORKER_131-210", "the results of all self-tests"), RULES],
       blocks=[r"""LC_ALL=C awk -F '\t' '
  FILENAME ~ /selftests\// { rule = FILENAME; gsub(/.*\/|\.tsv$/, "", rule); shown[rule]++; if ($2 == 1) faults[rule]++; if ($4 == "pass") passed[rule]++; next }
  { n++; ok = shown[$1] > 0 && shown[$1] == passed[$1]; if (ok) proven++; else failing = failing " " $1
    rows = rows "| " $1 " | " faults[$1] + 0 " | " shown[$1] - faults[$1] " | " passed[$1] + 0 " | " (ok ? "proven" : "not proven") " | " $8 " |\n" }
  END { printf "# Scanner certificate\n\n%d of %d scanners are proven in this run.%s\n\n| scanner | faults shown | look-alikes shown | passed | verdict | findings here |\n|---|---|---|---|---|---|\n%s", proven, n, failing == "" ? "" : " Not proven:" failing ".", rows }' selftests/*.tsv analysis/rules.tsv > delivery/scanner-certificate.md
"""],
       tests=[("every_scanner_is_judged", r"""test "$(grep -cE '^\| [a-z]+-.* (proven|not proven) \|' delivery/scanner-certificate.md)" -eq 80
test "$(find selftests -name '*.tsv' | wc -l)" -eq 80
"""), ("verdicts_follow_the_self_tests", r"""proven=$(for file in selftests/*.tsv; do awk -F '\t' '$4 != "pass" { bad = 1 } END { if (NR && !bad) print "proven" }' "$file"; done | wc -l)
grep -q "^$proven of 80 scanners are proven" delivery/scanner-certificate.md
test "$(grep -c ' | proven | ' delivery/scanner-certificate.md)" -eq "$proven"
""")],
       fails=[("a self-test failed", "this worker is blocked until the scanner is mended: a certificate with a hole is none"), ("a scanner has no cases", "it is not proven")],
       tool="bash, awk, grep, find", reasoning="Counting passes", learn="Scanners that are not proven", baseline="By hand: trust", targets=["80 of 80 judged"])

hand_over("Seal Delivery", "A list of everything that is handed over, with checksums, and the baseline that the next audit compares with.",
          deliverables=[("delivery/manifest.tsv", "SHA-256, bytes and file name of every report"), ("delivery/baseline.tsv", "the fingerprints of today's findings")],
          criteria=["Every report of the workers before is in the manifest", "Checksums and sizes are right", "The baseline holds one row a finding and no line numbers"],
          scope="Listing and copying; publishing needs an approval and is the business of WORKER_223",
          needs=[("WORKER_211-221", "all reports"), ("WORKER_129", "the fingerprints")],
          blocks=[r"""cp analysis/fingerprints.tsv delivery/baseline.tsv
cd delivery
for file in baseline.tsv category-*.md dependency-graph.dot dependency-graph.mmd executive-summary.md findings.csv junit.xml remediation-plan.md report.html report.json report.md report.sarif scanner-certificate.md; do
  printf '%s\t%s\t%s\n' "$(sha256sum < "$file" | cut -c 1-64)" "$(stat -c %s "$file")" "$file"
done > manifest.tsv
"""],
          tests=[("checksums_are_right", r"""cd delivery
awk -F '\t' '{ print $1 "  " $3 }' manifest.tsv | sha256sum --check --quiet --strict
test "$(wc -l < manifest.tsv)" -eq 18
"""), ("baseline_is_complete", r"""cmp delivery/baseline.tsv analysis/fingerprints.tsv
test "$(wc -l < delivery/baseline.tsv)" -eq "$(wc -l < analysis/findings.tsv)"
LC_ALL=C sort -c delivery/baseline.tsv
""")],
          fails=[("a report is missing", "its worker failed and this one is blocked: nothing incomplete is sealed"), ("a checksum differs", "a report was changed after it was sealed; seal again")],
          tool="bash, sha256sum, stat, sort", reasoning="A list with checksums", learn="Bytes handed over", baseline="By hand: not done", targets=["18 files, each with its checksum"])

hand_over("Publish Report", "The reports leave the workspace: they are put into the target, where people look for them. This needs an approval.",
          deliverables=[("delivery/published.tsv", "SHA-256 and path of every file as it stands in the target")],
          criteria=["Every file of the manifest stands in the target, byte for byte", "The baseline of this run is filed once, under its date", "The mark of this run is written last, so that its presence means that all the rest is there", "Rejected or unanswered, the target is untouched"],
          cannot="Any file of the target outside its audit-report folder", can=["Files in the target's audit-report folder, after approval", "The evidence in the workspace"],
          scope="Publishing what was sealed; old baselines are left to WORKER_224", needs=[("WORKER_222", "the sealed delivery")], bare=True,
          blocks=[("operation=production_deploy writes=\"audit-report\" check=\"test -f audit-report/$MUSTER_RUN.published\"", r"""folder=$MUSTER_TARGET/audit-report
mkdir -p "$folder/baselines"
put() { cp "$1" "$2.part"; mv "$2.part" "$2"; }
while IFS=$'\t' read -r _ _ file; do
  if test "$file" != baseline.tsv; then put "delivery/$file" "$folder/$file"; fi
done < delivery/manifest.tsv
put delivery/manifest.tsv "$folder/manifest.tsv"
filed=$(find "$folder/baselines" -maxdepth 1 -type f -name "*Z-$MUSTER_RUN.tsv" -printf '%f\n' | sort | sed -n 1p)
filed=${filed:-$(date -u +%Y%m%dT%H%M%SZ)-$MUSTER_RUN.tsv}
put delivery/baseline.tsv "$folder/baselines/$filed"
printf 'baseline\t%s\n' "$filed" > "$folder/$MUSTER_RUN.part"
mv "$folder/$MUSTER_RUN.part" "$folder/$MUSTER_RUN.published"
"""), r"""folder=$MUSTER_TARGET/audit-report
filed=$(sed -n 's/^baseline\t//p' "$folder/$MUSTER_RUN.published")
{
  while IFS=$'\t' read -r _ _ file; do
    if test "$file" = baseline.tsv; then file=baselines/$filed; fi
    printf '%s\taudit-report/%s\n' "$(sha256sum < "$folder/$file" | cut -c 1-64)" "$file"
  done < delivery/manifest.tsv
} > delivery/published.tsv
"""],
          tests=[("published_equals_sealed", r"""diff <(cut -f 1 delivery/published.tsv) <(cut -f 1 delivery/manifest.tsv)
while IFS=$'\t' read -r sum path; do
  test "$(sha256sum < "$MUSTER_TARGET/$path" | cut -c 1-64)" = "$sum"
done < delivery/published.tsv
test "$(wc -l < delivery/published.tsv)" -eq "$(wc -l < delivery/manifest.tsv)"
"""), ("filed_once_and_marked", r"""test -f "$MUSTER_TARGET/audit-report/$MUSTER_RUN.published"
test "$(find "$MUSTER_TARGET/audit-report/baselines" -maxdepth 1 -type f -name "*Z-$MUSTER_RUN.tsv" | wc -l)" -eq 1
test -z "$(find "$MUSTER_TARGET/audit-report" -maxdepth 2 -name '*.part' | sed -n 1p)"
""")],
          fails=[("the operation is rejected", "nothing was written; the reports stay in the workspace and the results folder"), ("the node dies while publishing", "the check looks for the mark of this run, which is written last; without it publishing starts over and overwrites its own files"),
                 ("another run publishes at the same time", "each writes whole files by renaming; the last one wins and both baselines are filed")],
          tool="bash, cp, mv, find, date, sha256sum", reasoning="Copying what was sealed; the only judgement is the operator's", learn="How long the approval was open, and what was published",
          baseline="By hand: copying eighteen files and forgetting one", targets=["Nothing half-written: every file is renamed into place"], seconds=10,
          risk="MEDIUM (writes into the target's audit-report folder, after approval)", rollback="Delete the mark of this run, its baseline and the reports from the target's audit-report folder; an earlier report is restored by publishing its run again",
          idempotency="Publishing the same run twice leaves the same files and one baseline")

hand_over("Prune Old Baselines", "Of the baselines of earlier runs the newest five are kept: older ones are deleted from the target, which needs an approval.",
          deliverables=[("delivery/pruned.tsv", "kept or removed, and the name of each earlier baseline, newest first")],
          criteria=["At most five earlier baselines are left, and they are the newest by their date", "Only files named like a dated baseline are ever deleted, and never the one of this run", "With five or fewer nothing is deleted and the worker succeeds"],
          cannot="Reports, marks, the baseline of this run, or any file that is no dated baseline", can=["A log line for each removed baseline in the target's baselines folder, after approval", "The evidence in the workspace"],
          scope="Baselines of earlier runs below the target's audit-report folder", needs=[("WORKER_223", "today's baseline is filed: no old one goes before its successor is there, and nobody else writes into the folder meanwhile")], bare=True,
          blocks=[("operation=file_delete writes=\"audit-report/baselines\" check=\"test \\\"$(find audit-report/baselines -maxdepth 1 -type f -name " + EARLIER.replace('"', '\\"') + " | wc -l)\\\" -le 5\"", r"""cd "$MUSTER_TARGET/audit-report/baselines"
find . -maxdepth 1 -type f -name """ + EARLIER + r""" -printf '%f\n' | LC_ALL=C sort -r | tail -n +6 | while IFS= read -r name; do
  printf '%s\t%s\n' "$MUSTER_RUN" "$name" >> pruned.log
  rm -- "$name"
done
"""), r"""folder=$MUSTER_TARGET/audit-report/baselines
""" + LISTED + r"""{
  earlier 'kept\t%f\n'
  if test -f "$folder/pruned.log"; then awk -F '\t' -v run="$MUSTER_RUN" '$1 == run && !seen[$2]++ { print "removed\t" $2 }' "$folder/pruned.log"; fi
} | LC_ALL=C sort -t $'\t' -k 2,2r > delivery/pruned.tsv
"""],
          tests=[("newest_five_are_left", r"""folder=$MUSTER_TARGET/audit-report/baselines
""" + LISTED + r"""test "$(earlier x | wc -c)" -le 5
diff <(awk -F '\t' '$1 == "kept" { print $2 }' delivery/pruned.tsv | LC_ALL=C sort) <(earlier '%f\n' | LC_ALL=C sort)
awk -F '\t' '$1 == "kept" && removed { print "FAIL older than a removed one: " $2; bad = 1 } $1 == "removed" { removed = 1 } END { exit bad }' delivery/pruned.tsv
"""), ("removed_are_gone", r"""test -f delivery/pruned.tsv
while IFS=$'\t' read -r state name; do
  case $state in removed) test ! -e "$MUSTER_TARGET/audit-report/baselines/$name" ;; kept) test -f "$MUSTER_TARGET/audit-report/baselines/$name" ;; *) exit 1 ;; esac
done < delivery/pruned.tsv
""")],
          fails=[("the operation is rejected", "nothing was deleted; the folder grows by one small file a run"), ("the node dies while deleting", "the check counts what is left: more than five means that it did not happen, and starting over deletes only the rest")],
          tool="bash, find, sort, tail, awk", reasoning="An order by date; the only judgement is the operator's", learn="Baselines removed", baseline="By hand: forgotten until the folder is full",
          targets=["Never fewer than the newest five are kept"], risk="MEDIUM (deletes files in the target, after approval)", rollback="A deleted baseline is a copy: take it from the results folder of its run, whose id is in its name",
          idempotency="With five or fewer earlier baselines nothing happens")

hand_over("Conclude Audit", "The last word of the run: the score, what was delivered, what was published and what was pruned.",
          deliverables=[("delivery/final-summary.md", "one short page that closes the audit")],
          criteria=["The score is that of the executive summary", "Every published file is listed with its checksum", "Kept and removed baselines of earlier runs are counted as the pruning left them"],
          scope="Closing; nothing is decided here", needs=[("WORKER_211", "the executive summary"), ("WORKER_223", "what was published"), ("WORKER_224", "what was pruned")],
          blocks=[r"""{
  printf '# Audit concluded\n\n%s\n\n' "$(sed -n '3p' delivery/executive-summary.md)"
  printf 'Run %s. Baselines of earlier runs kept: %s, removed: %s.\n\n| published | SHA-256 |\n|---|---|\n' "$MUSTER_RUN" "$(grep -c '^kept' delivery/pruned.tsv || test $? -eq 1)" "$(grep -c '^removed' delivery/pruned.tsv || test $? -eq 1)"
  awk -F '\t' '{ print "| " $2 " | " $1 " |" }' delivery/published.tsv
} > delivery/final-summary.md
"""],
          tests=[("says_what_the_summary_says", r"""grep -qxF "$(grep -F '**Score: ' delivery/executive-summary.md)" delivery/final-summary.md
grep -qF "Run $MUSTER_RUN." delivery/final-summary.md
"""), ("every_published_file_is_listed", r"""while IFS=$'\t' read -r sum path; do grep -qxF "| $path | $sum |" delivery/final-summary.md; done < delivery/published.tsv
test "$(grep -c '^| audit-report/' delivery/final-summary.md)" -eq "$(wc -l < delivery/published.tsv)"
""")],
          fails=[("publishing was rejected", "this worker is blocked, and the executive summary is the last word"), ("the counts look wrong", "they are read from the evidence of the two workers before; look there")],
          tool="bash, sed, grep, awk", reasoning="Three lists into one page", learn="Score, files published, earlier baselines kept", baseline="By hand: a mail", targets=["One page"])
