"""Turns a rule into two workers: the scanner (wave 2) and its self-test (wave 4)."""

import re
import shlex
import warnings

from . import docker, network, secrets, shell, sql, supply
from .model import Worker

warnings.filterwarnings("ignore", "Possible nested set")     # [[(] is a plain bracket expression in POSIX

FIRST_SCANNER, SELF_TEST_OFFSET, CAP = 31, 100, 1000
SOURCES = {                     # source → (worker that lists it, list, what it holds)
    "text": ("WORKER_001", "inventory/text-files.lst0", "the text files to search"),
    "manifest": ("WORKER_005", "inventory/manifest-files.lst0", "the manifests to search"),
    "container": ("WORKER_017", "inventory/container-files.lst0", "the container files to search"),
    "pipeline": ("WORKER_018", "inventory/pipeline-files.lst0", "the pipeline files to search"),
    "sql": ("WORKER_020", "inventory/sql-files.lst0", "the SQL scripts to search"),
    "shell": ("WORKER_021", "inventory/shell-scripts.lst0", "the shell scripts to search"),
}
CATEGORIES = [("secrets", secrets), ("shell", shell), ("docker", docker), ("sql", sql), ("network", network), ("supply", supply)]
NAMES = {"secrets": "Secret", "shell": "Shell", "docker": "Container", "sql": "SQL", "network": "Network", "supply": "Supply-chain"}


def all_rules():
    rules = []
    for category, module in CATEGORIES:
        for rule in module.RULES:
            rule.category, rule.number = category, FIRST_SCANNER + len(rules)
            rules.append(rule)
    return rules


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def chosen(rule, list_file):
    """The pipeline that picks the rule's names out of a NUL-ended list."""
    steps = [f"grep -azE -e {quoted(rule.names)} {list_file}"] if rule.names != "." else [f"cat {list_file}"]
    if rule.not_names:
        steps.append(f"grep -azvE -e {quoted(rule.not_names)}")
    return steps


SCRIPT = r"""#!/usr/bin/env bash
# rule: {id}
# category: {category}
# severity: {severity}
# cwe: CWE-{cwe}
# title: {title}
# why: {why}
# remedy: {remedy}
# usage: bash {id}.sh ROOT LIST0
#   LIST0 holds paths below ROOT, each ended by NUL. Prints rule, severity, file, line and excerpt, tabs between them; at most
#   {cap} findings. Bytes outside printable ASCII, "%" and "\" are percent-encoded in file names.
set -eo pipefail
export LC_ALL=C
export unless={unless}
export comment={comment}
pattern={pattern}
exec 3< "$2"
cd -- "$1"

chosen() {{
  {chosen}
}}
{find}
found | awk '
  BEGIN {{
    unless = ENVIRON["unless"]; comment = ENVIRON["comment"]
    for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i
  }}
  function encoded(name,   i, c, out) {{
    if (name !~ /[^ -~]|[%\\]/) return name
    for (i = 1; i <= length(name); i++) {{
      c = substr(name, i, 1)
      out = out (c ~ /[ -~]/ && c != "%" && c != "\\" ? c : sprintf("%%%02X", code[c]))
    }}
    return out
  }}
  {{
    cut = index($0, "\001")
    if (cut == 0) {{ held = held $0 "\n"; next }}      # a file name that holds a line break
    name = held substr($0, 1, cut - 1); held = ""
    rest = substr($0, cut + 1); colon = index(rest, ":")
    text = substr(rest, colon + 1){lower}
    if (comment != "" && {subject} ~ comment) next
    if (unless != "" && {subject} ~ unless) next
    if (++count > {cap}) next
    shown = substr(text, 1, 400); gsub(/[^ -~]+/, " ", shown); sub(/^ +/, "", shown); shown = substr(shown, 1, 160)
{mask}    print "{id}\t{severity}\t" encoded(name) "\t" substr(rest, 1, colon - 1) "\t" shown
  }}
'
"""

MASK = r"""    if ({when}) {{
      hidden = ""
      while (match(shown, /[^ "\047`]+/)) {{
        keep = RLENGTH >= 16 ? 4 : RLENGTH >= 4 ? 2 : RLENGTH
        hidden = hidden substr(shown, 1, RSTART - 1 + keep) (keep < RLENGTH ? "****" : "")
        shown = substr(shown, RSTART + RLENGTH)
      }}
      shown = hidden shown
    }}
"""
SENSITIVE = "tolower(text) ~ /passw|secret|token|api.?key|credential|authori[sz]ation/"

FIND_MATCH = r"""found() {{
  chosen | {{ xargs -0 -r grep -asHnZ{i}E -e "$pattern" -- || test $? -eq 123; }} | tr '\0' '\001'
}}"""
FIND_ABSENT = r"""found() {{
  chosen | {{ xargs -0 -r grep -asLZ{i}E -e "$pattern" -- || test $? -eq 123; }} | while IFS= read -r -d '' name; do
    printf '%s\0011:the whole file\n' "$name"
  done
}}"""
FIND_ALONE = r"""guarded() {{
  local folder=$1 prefix sibling
  while :; do
    case $folder in */*) folder=${{folder%/*}}; prefix=$folder/ ;; *) folder=; prefix= ;; esac
    for sibling in {siblings}; do
      if test -e "$prefix$sibling"; then return 0; fi
    done
    if test -z "$folder"; then return 1; fi
  done
}}
found() {{
  chosen | {{ xargs -0 -r grep -asHnZ{i}E -m 1 -e "$pattern" -- || test $? -eq 123; }} | while IFS= read -r -d '' name && IFS= read -r rest; do
    guarded "$name" || printf '%s\001%s\n' "$name" "$rest"
  done
}}"""


def script(rule):
    find = {"match": FIND_MATCH, "absent": FIND_ABSENT, "alone": FIND_ALONE}[rule.mode]
    steps = chosen(rule, "<&3")
    guarded = [s if s.startswith("cat") else "{ " + s + " || test $? -eq 1; }" for s in steps]
    return SCRIPT.format(
        id=rule.id, category=rule.category, severity=rule.severity, cwe=rule.cwe, title=rule.title, why=rule.why, remedy=rule.remedy, cap=CAP,
        unless=quoted(rule.unless), comment=quoted(rule.comment), pattern=quoted(rule.pattern), chosen=" | ".join(guarded),
        find=find.format(i="i" if rule.icase else "", siblings=" ".join(rule.siblings)),
        lower="; lowered = tolower(text)" if rule.icase else "", subject="lowered" if rule.icase else "text", mask=MASK.format(when="1" if rule.mask else SENSITIVE))


def counted(rule, list_file):
    """The same number by another way: no awk, no scanner script."""
    i = "i" if rule.icase else ""
    flag = {"match": f"-ahs{i}E", "absent": f"-asLZ{i}E", "alone": f"-aslZ{i}E"}[rule.mode]
    steps = chosen(rule, list_file)
    steps.append(f"(cd \"$MUSTER_TARGET\" && xargs -0 -r env LC_ALL=C grep {flag} -e \"$pattern\" --)")
    if rule.mode == "match":
        for filtered in (rule.comment, rule.unless):
            if filtered:
                steps.append(f"LC_ALL=C grep -av{i}E -e {quoted(filtered)}")
        return " | ".join(steps + ["wc -l"])
    return " | ".join(steps + ["tr -cd '\\0'", "wc -c"])


def scanner(rule):
    list_worker, list_file, holds = SOURCES[rule.source]
    findings, program = f"findings/{rule.id}.tsv", f"scanners/{rule.id}.sh"
    i = "i" if rule.icase else ""
    if rule.mode == "absent":
        truth = f'test "$(LC_ALL=C grep -ac{i}E -e "$pattern" -- "$MUSTER_TARGET/$path")" -eq 0'
    else:
        truth = f'test "$(sed -n "${{line}}p" "$MUSTER_TARGET/$path" | LC_ALL=C grep -ac{i}E -e "$pattern")" -eq 1'
    what = {"match": "Every line that matches the rule's expression and is no exception of it is one finding",
            "absent": "Every file of the rule's kind without a line that matches its expression is one finding, at line 1",
            "alone": f"Every file with a line that matches is one finding, unless {', '.join(rule.siblings)} stands beside it or in a folder above it"}[rule.mode]
    relation = "-le" if rule.mode == "alone" else "-eq"
    tests = [
        ("rows_have_the_shape", f"""awk -F '\\t' -v rule={rule.id} -v severity={rule.severity} '
  NF != 5 || $1 != rule || $2 != severity || $3 == "" || $4 !~ /^[1-9][0-9]*$/ {{ print "FAIL row " NR ": " $0; bad = 1 }}
  END {{ exit bad }}' {findings}
bash -n {program}
"""),
        ("findings_are_true", f"""pattern={quoted(rule.pattern)}
while IFS=$'\\t' read -r _ _ file line _; do
  printf -v path '%b' "${{file//%/\\\\x}}"
  {truth}
done < <(sed -n 1,10p {findings})
"""),
        ("nothing_is_lost", f"""pattern={quoted(rule.pattern)}
export LC_ALL=C
counted=$(set +eo pipefail; {counted(rule, list_file)})
test "$(wc -l < {findings})" {relation} "$((counted < {CAP} ? counted : {CAP}))"
"""),
    ]
    return Worker(
        title=f"Scan {rule.title}", number=rule.number, phase=f"2.{[c for c, _ in CATEGORIES].index(rule.category) + 1} - {NAMES[rule.category]} scanners", priority=2,
        goal=f"{rule.why}. This worker writes the scanner for that one fault, runs it over the target and keeps what it found.",
        deliverables=[(program, "the scanner, a script of its own that any list of files can be given to"),
                      (findings, "its findings: rule, severity, file, line and excerpt, tabs between them; empty when there are none")],
        criteria=[what, f"Every row carries the rule `{rule.id}` and the severity {rule.severity}" + ("; excerpts are masked, no secret is repeated" if rule.mask else ""),
                  "The number of findings equals a second count made without the scanner" if rule.mode != "alone" else "No more findings than files that match in a second count made without the scanner",
                  f"No other scanner reports this fault (CWE-{rule.cwe})"],
        can=["The scanner and its findings in the workspace"],
        cannot="The target, or the findings of another rule",
        scope=f"The rule `{rule.id}` and no other; it reports at most {CAP} findings and leaves their weighing to wave 3",
        needs=[(list_worker, holds)],
        blocks=[f"mkdir -p scanners findings\ncat > {program} <<'SCANNER'\n{script(rule)}SCANNER\n", f"bash {program} \"$MUSTER_TARGET\" {list_file} > {findings}\n"],
        tests=tests,
        fails=[("a line is reported that is no fault", f"add the exception to the rule `{rule.id}` in the generator's table with a look-alike, and generate again"),
               ("a file vanishes while it is searched", "it is passed over; the second count of the test tells whether anything was lost")],
        tool="bash, grep, xargs, tr, awk",
        reasoning=f"The fault shows in the text: {rule.title[0].lower() + rule.title[1:]} is found by one expression and its exceptions",
        learn=f"Number of findings of {rule.id}, and which of them turned out to be harmless",
        baseline=f"By hand: reading every file for {rule.title[0].lower() + rule.title[1:]}, hours for a large tree",
        targets=["Automated execution: <1 second for a few hundred files, <5 seconds for 20,000", f"Remedy given with every finding: {rule.remedy}"],
        rollback=f"Delete `{findings}` and the scanner; nothing outside the workspace was touched")


def planting(cases):
    """Bash that writes cases, each in a folder of its own; the "@@" of every plant is taken out while it is written."""
    folders = sorted({f"{name}/{path}".rsplit("/", 1)[0] for name, files in cases for path in files})
    lines = ['scratch=$(mktemp -d)', "trap 'rm -r \"$scratch\"' EXIT", 'plant() { mapfile -t text; printf \'%s\\n\' "${text[@]//@@/}" > "$scratch/$1"; }',
             "(cd \"$scratch\" && mkdir -p " + " ".join(shlex.quote(f) for f in folders) + ")"]
    for name, files in cases:
        for path, text in files.items():
            lines.append(f"plant {shlex.quote(name + '/' + path)} <<'PLANT'\n{text}PLANT")
    lines.append("(cd \"$scratch\" && find . -type f ! -name .list -printf '%P\\0') > \"$scratch/.list\"")
    return "\n".join(lines) + "\n"


def expected_line(rule):
    """Where the canonical plant is reported: (path, line)."""
    python = rule.pattern.replace("[:space:]", r"\s")
    for path, text in rule.files(rule.faults[0]).items():
        if rule.mode == "absent":
            return path, 1
        for number, line in enumerate(text.replace("@@", "").split("\n"), 1):
            if re.search(python, line, re.I if rule.icase else 0) and re.search(rule.names, path) and not (rule.comment and re.search(rule.comment, line)):
                return path, number
    raise SystemExit(f"{rule.id}: its own expression does not match its canonical plant")


def self_test(rule):
    result, program = f"selftests/{rule.id}.tsv", f"scanners/{rule.id}.sh"
    cases = [(f"fault-{n}", rule.files(c)) for n, c in enumerate(rule.faults, 1)] + [(f"clean-{n}", rule.files(c)) for n, c in enumerate(rule.clean, 1)]
    path, line = expected_line(rule)
    execution = planting(cases) + f"""bash {program} "$scratch" "$scratch/.list" > "$scratch/.found"
mkdir -p selftests
for case in {' '.join(name for name, _ in cases)}; do
  printf '%s\\t%s\\n' "$case" "$(cut -f 3 "$scratch/.found" | grep -c "^$case/" || test $? -eq 1)"
done | awk -F '\\t' -v OFS='\\t' '{{ expected = $1 ~ /^fault/ ? 1 : 0; print $1, expected, $2, (expected == $2 ? "pass" : "fail") }}' > {result}
"""
    again = planting([("a folder", rule.files(rule.faults[0])), ("look-alike", rule.files(rule.clean[0]))])
    again += f"""row=$(bash {program} "$scratch" "$scratch/.list")
test "$(cut -f 1-4 <<< "$row")" = {rule.id}$'\\t'{rule.severity}$'\\t'{shlex.quote('a folder/' + path)}$'\\t'{line}
"""
    if rule.mask and rule.mode == "match" and "private-key" not in rule.id:
        again += "grep -qF '****' <<< \"$row\"\n"
    tests = [("every_case_as_expected", f"""test "$(grep -c '^fault-' {result})" -eq {len(rule.faults)}
test "$(grep -c '^clean-' {result})" -eq {len(rule.clean)}
awk -F '\\t' 'NF != 4 || $2 != $3 || $4 != "pass" {{ print "FAIL case " $0; bad = 1 }} END {{ exit bad || NR != {len(cases)} }}' {result}
"""), ("found_again_elsewhere", again)]
    lower = rule.title[0].lower() + rule.title[1:]
    return Worker(
        title=f"Self-test {rule.title}", number=rule.number + SELF_TEST_OFFSET, phase=f"4.{[c for c, _ in CATEGORIES].index(rule.category) + 1} - {NAMES[rule.category]} self-tests", priority=4,
        goal=f"A scanner that finds nothing says nothing about the tree until it has been seen finding something. This worker shows `{rule.id}` {len(rule.faults)} planted faults and {len(rule.clean)} clean look-alikes.",
        deliverables=[(result, "one row a case: name, findings expected, findings made, pass or fail")],
        criteria=[f"Each of the {len(rule.faults)} planted faults is found exactly once", f"None of the {len(rule.clean)} look-alikes is reported",
                  f"The canonical fault is found again in another folder, at line {line}" + (", with its secret masked" if rule.mask else "")],
        can=["A scratch folder that is removed when the block ends", "The result in the workspace"],
        cannot="The scanner under test, the target, or the findings of wave 2",
        scope=f"The scanner `{rule.id}`; whether the target has the fault is the business of WORKER_{rule.number:03d}",
        needs=[(f"WORKER_{rule.number:03d}", f"the scanner for {lower}")],
        blocks=[execution], tests=tests,
        fails=[("a planted fault is missed", f"the scanner is blind: its empty result in this run proves nothing, repair `{rule.id}` and run again"),
               ("a look-alike is reported", "add the exception to the rule, or accept it and change the look-alike, in the generator's table")],
        tool="bash, awk and the scanner under test",
        reasoning=f"Expected and made findings are compared case by case for {lower}",
        learn=f"Which cases of {rule.id} failed, and the look-alikes worth adding",
        baseline="By hand: planting six files, running the scanner and comparing, ten minutes",
        targets=["Automated execution: <1 second", f"Accuracy: {len(cases)} of {len(cases)} cases, independent of the target's size"],
        idempotency="The cases are fixed; the same scanner always gives the same rows")
