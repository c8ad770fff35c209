#!/usr/bin/env python3
"""Checks the audit workforce without the runtime. Needs bash, GNU tools and Python 3.9 or later.

    check.py                  everything below
    check.py files            what is committed is what the table gives; ten points, unique deliverables, known dependencies
    check.py empty            every worker's TEST_PROCESS fails on an empty workspace
    check.py plants           every scanner reports its own planted fault, and no sibling does
    check.py self             the audit finds nothing in its own files, although they are full of plants
    check.py run TARGET       carries out the whole workforce over TARGET and prints the slowest workers (writes TARGET/audit-report)
"""

import filecmp
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.dont_write_bytecode = True
import generate  # noqa: E402
from workforce import Runner, load, ordered  # noqa: E402

ROOT = generate.HERE.parent.parent
AUDIT, PLANTS = ROOT / "instructions" / "audit", generate.HERE / "plants"
POINTS = ["DELIVERABLES", "SUCCESS_CRITERIA", "BOUNDARIES", "DEPENDENCIES", "MITIGATION", "TEST_PROCESS", "TEST_RESULTS_FORMAT",
          "TASK_CLASSIFICATION", "RETROSPECTIVE", "PERFORMANCE_REQUIREMENTS", "EXECUTION"]
WAVES = {1: 30, 2: 80, 3: 20, 4: 80, 5: 15}
ROOM = tempfile.TemporaryDirectory(prefix="audit-check-")     # goes away with the process


def folder():
    return Path(tempfile.mkdtemp(dir=ROOM.name))


def check_files():
    fresh = folder()
    generate.write_workforce(fresh / "audit")
    generate.write_plants(fresh / "plants")
    problems = []
    for committed, made in ((AUDIT, fresh / "audit"), (PLANTS, fresh / "plants")):
        names = {p.name for p in made.iterdir()} | {p.name for p in committed.iterdir() if p.name != "README.md"}
        _, different, odd = filecmp.cmpfiles(committed, made, sorted(names), shallow=False)
        problems += [f"{committed / name} is not what the table gives: run generate.py" for name in different + odd]
    workforce, owner, count = load(AUDIT), {}, defaultdict(int)
    ordered(workforce)
    for instruction in workforce.values():
        count[instruction.priority] += 1
        problems += [f"{instruction.id}: {point} is missing" for point in POINTS if not instruction.sections.get(point, "").strip()]
        for path in instruction.deliverables:
            if path in owner:
                problems.append(f"{instruction.id}: {path} belongs to {owner[path]}")
            owner[path] = instruction.id
    if dict(count) != WAVES:
        problems.append(f"workers by wave: {dict(count)}, expected {WAVES}")
    return problems


def check_empty():
    target, problems = folder(), []
    (target / "readme.txt").write_text("a valid target\n")
    runner = Runner(AUDIT, target, folder())
    for instruction in runner.workforce.values():
        if not any(runner.bash(test, instruction.id, folder(), folder()).returncode for test in instruction.tests):
            problems.append(f"{instruction.id}: its tests pass on an empty workspace")
    return problems


def unpack(plant, into):
    """Writes the files of a plant; the format is in README.md."""
    file = None
    for line in plant.read_text(encoding="utf-8").replace("@@", "").splitlines(keepends=True):
        if line.startswith("=== "):
            file = into / line[4:].rstrip("\n")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("")
        else:
            with file.open("a", encoding="utf-8") as out:
                out.write(line)


def findings(target):
    """Runs waves 1 and 2 over a tree: problems, and the findings as rows."""
    room = folder()
    problems = Runner(AUDIT, target, room).run(waves=(1, 2))
    return problems, [line.split("\t") for file in sorted(room.glob("WORKER_*/out/findings/*.tsv")) for line in file.read_text().splitlines()]


def check_plants():
    tree, expected = folder(), {}
    for row in (PLANTS / "index.tsv").read_text().splitlines()[1:]:
        rule, _, _, severity, path, line = row.split("\t")
        expected[rule] = [[rule, severity, f"{rule}/{path}", line]]
        unpack(PLANTS / f"{rule}.plant", tree / rule)
    problems, rows = findings(tree)
    found = defaultdict(list)
    for row in rows:
        found[row[2].split("/")[0]].append(row[:4])
    return problems + [f"{rule}: expected {expected[rule]}, found {found[rule]}" for rule in expected if found[rule] != expected[rule]]


def check_self():
    tree = folder()
    (tree / "instructions").mkdir()
    (tree / "instructions" / "audit").symlink_to(AUDIT)
    for source in (AUDIT, generate.HERE):
        for file in sorted(p for p in source.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            copy = tree / "copy" / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    problems, rows = findings(tree)
    return problems + ["finding in our own files: " + " ".join(row[:4]) for row in rows]


def check_run(target):
    runner = Runner(AUDIT, target, folder())
    problems = runner.run()
    for name, seconds in sorted(runner.seconds.items(), key=lambda item: -item[1])[:10]:
        print(f"{seconds * 1000:6.0f} ms  {runner.workforce[name].path.name}")
    print(f"{sum(runner.seconds.values()):6.1f} s   {len(runner.seconds)} workers, one after the other")
    return problems


def main():
    checks = {"files": check_files, "empty": check_empty, "plants": check_plants, "self": check_self}
    wanted = sys.argv[1:2] or list(checks)
    failed = False
    for name in wanted:
        problems = check_run(sys.argv[2]) if name == "run" else checks[name]()
        print(f"{name}: {'ok' if not problems else str(len(problems)) + ' problems'}")
        for problem in problems:
            print("  " + problem)
        failed |= bool(problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
