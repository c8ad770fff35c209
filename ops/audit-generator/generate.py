#!/usr/bin/env python3
"""Writes instructions/audit and the plants from the table. Usage: generate.py [ROOT OF THE TREE]"""

import json
import re
import shutil
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from table import analysis, delivery, inventory, scanners  # noqa: E402

DATE = "2026-11-20"
HERE = Path(__file__).resolve().parent


def workers():
    """All 225 in the order of their numbers."""
    rules = scanners.all_rules()
    result = inventory.WORKERS + [scanners.scanner(r) for r in rules] + analysis.WORKERS + [scanners.self_test(r) for r in rules] + delivery.WORKERS
    for number, worker in enumerate(result, 1):
        if worker.number not in (0, number):
            raise SystemExit(f"{worker.title}: planned as {worker.number}, comes out as {number}")
        worker.number = number
    return result


def slug(title):
    return "_".join(re.findall(r"[A-Za-z0-9]+", title)[:9])


def bullets(items, box=""):
    return "\n".join(f"- {box}{item}" for item in items)


def duration(seconds):
    return f"{seconds} seconds"


def dependencies(worker):
    if not worker.needs:
        return ["**No prior workers:** This worker starts from the target alone"]
    return ["**Previous workers:** " + ", ".join(f"{who} ({why})" for who, why in worker.needs)]


def results_format(worker):
    return json.dumps({
        "worker_id": f"{worker.number:03d}", "worker_name": slug(worker.title), "status": "pass|fail",
        "deliverables_created": [path for path, _ in worker.deliverables],
        "test_results": {name: "pass|fail" for name, _ in worker.tests},
        "duration_seconds": 0, "timestamp": f"{DATE}T00:00:00.000Z", "errors": []}, indent=2)


def tests(worker):
    return "\n\n".join(f"```bash\n# Test {n}: {name.replace('_', ' ')}\n{text.strip()}\n```" for n, (name, text) in enumerate(worker.tests, 1))


def execution(worker):
    parts = []
    for block in worker.blocks:
        info, text = block if isinstance(block, tuple) else ("", block)
        parts.append(f"```bash{' ' + info if info else ''}\n{text.strip()}\n```")
    return "\n\n".join(parts)


def render(worker):
    number = f"{worker.number:03d}"
    deliverables = [f"`{path}`: {holds}" for path, holds in worker.deliverables]
    can = worker.can or ["Its deliverables in the workspace"]
    boundaries = [f"**CAN create:** {line}" for line in can] + [
        "**CAN read:** The target, and the deliverables of the workers it depends on",
        f"**CANNOT modify:** {worker.cannot}", "**CANNOT use:** The network, or a tool that is not named in DEPENDENCIES",
        f"**Idempotency:** {worker.idempotency}"]
    mitigation = [f"**If {what}:** {then[0].upper() + then[1:]}" for what, then in worker.fails] + [
        f"**Rollback:** {worker.rollback}",
        "**Escalation:** If the same test fails in three attempts, hand its output to the operator", f"**Risk Level:** {worker.risk}"]
    return f"""# Worker {number}: {worker.title}

**Date:** {DATE}
**Environment:** LOCAL
**Phase:** {worker.phase}
**Priority:** {worker.priority}
**Estimated Time:** {duration(worker.seconds)}
**Status:** READY FOR EXECUTION

{worker.goal}

---

## 1. DELIVERABLES

{bullets(deliverables, '[ ] ')}

---

## 2. SUCCESS_CRITERIA

{bullets(worker.criteria, '[ ] ')}

---

## 3. BOUNDARIES

{bullets(boundaries)}

**Scope Limit:** {worker.scope}

---

## 4. DEPENDENCIES

{bullets(dependencies(worker) + [f'**Tools:** {worker.tool}', '**Services:** None; the sandbox has no network'])}

---

## 5. MITIGATION

{bullets(mitigation)}

---

## 6. TEST_PROCESS

{tests(worker)}

---

## 7. TEST_RESULTS_FORMAT

```json
{results_format(worker)}
```

---

## 8. TASK_CLASSIFICATION

- **Type:** MECHANICAL
- **Tool:** {worker.tool}
- **Reasoning:** {worker.reasoning}
- **Local-first:** Yes - no model, no network, only tools of the base system

---

## 9. RETROSPECTIVE

- **Time estimate:** {duration(worker.seconds)}
- **Store in memory:**
  - Key: "audit_worker_{number}_retrospective"
  - Namespace: "audit"
  - Content: {worker.learn}

---

## 10. PERFORMANCE_REQUIREMENTS

**Baseline:**
- {worker.baseline}

**Targets:**
{bullets(worker.targets)}

**Monitoring:**
- Before: {'The deliverables of ' + ', '.join(who for who, _ in worker.needs) + ' are in the workspace' if worker.needs else 'The target folder can be read'}
- During: Seconds and output of every block are recorded by the runtime
- After: {len(worker.tests)} of {len(worker.tests)} tests pass ({', '.join(name.replace('_', ' ') for name, _ in worker.tests)})
- Degradation limit: If execution takes >60 seconds, abort and escalate

---

## EXECUTION

{execution(worker)}
"""


def write_workforce(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("WORKER_*.md"):
        old.unlink()
    for worker in workers():
        (folder / f"WORKER_{worker.number:03d}_{slug(worker.title)}.md").write_text(render(worker), encoding="utf-8")


def write_plants(folder):
    """One file a rule: its canonical fault, in the form that README.md describes; and an index."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    index = ["rule\tscanner\tself-test\tseverity\tfile\tline"]
    for rule in scanners.all_rules():
        path, line = scanners.expected_line(rule)
        index.append(f"{rule.id}\tWORKER_{rule.number:03d}\tWORKER_{rule.number + scanners.SELF_TEST_OFFSET:03d}\t{rule.severity}\t{path}\t{line}")
        text = "".join(f"=== {name}\n{body}" for name, body in rule.files(rule.faults[0]).items())
        (folder / f"{rule.id}.plant").write_text(text, encoding="utf-8")
    (folder / "index.tsv").write_text("\n".join(index) + "\n", encoding="utf-8")


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent
    write_workforce(root / "instructions" / "audit")
    write_plants(root / "ops" / "audit-generator" / "plants")


if __name__ == "__main__":
    main()
