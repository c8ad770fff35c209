"""Carries out a workforce in plain Python, for the checks of this folder only.

It follows the contract of the runtime closely enough to test instruction files without it: dependency order, workspaces seeded
with the deliverables of all transitive dependencies, `bash -eo pipefail` for every block with a bare environment, tests in a
copy of the workspace. It has no gate: every operation counts as approved.
"""

import hashlib
import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

FENCE = re.compile(r"^(`{3,})(\S*)[ \t]*(.*)$")


@dataclass
class Instruction:
    id: str
    path: Path
    priority: int
    deliverables: list
    dependencies: list
    blocks: list          # (info, script) of EXECUTION
    tests: list           # scripts of TEST_PROCESS
    sections: dict = field(default_factory=dict)


def fenced(text):
    """Every fenced block of a section, as (language, info, body)."""
    found, opening, info, body = [], None, None, []
    for line in text.split("\n"):
        match = FENCE.match(line)
        if opening is None and match:
            opening, info, body = match.group(1), (match.group(2), match.group(3)), []
        elif opening is not None and line.rstrip() == opening:
            found.append((info[0], info[1], "\n".join(body) + "\n"))
            opening = None
        elif opening is not None:
            body.append(line)
    return found


def sections(text):
    """Section name → text; headings inside fenced blocks are no headings."""
    result, name, opening = {}, "", None
    for line in text.split("\n"):
        match = FENCE.match(line)
        if match and opening is None:
            opening = match.group(1)
        elif opening is not None and line.rstrip() == opening:
            opening = None
        heading = re.match(r"^## (?:\d+\. )?(.+)$", line) if opening is None else None
        if heading:
            name = heading.group(1).strip()
        result[name] = result.get(name, "") + ("" if heading else line + "\n")
    return result


def expand(text):
    """WORKER_003 and WORKER_031-110, in the order in which they are named."""
    ids = []
    for low, high in re.findall(r"WORKER_(\d+)(?:-(?:WORKER_)?(\d+))?", text):
        ids += [f"WORKER_{n:03d}" for n in range(int(low), int(high or low) + 1)]
    return ids


def parse(path):
    text = path.read_text(encoding="utf-8")
    parts = sections(text)
    return Instruction(
        id=re.match(r"WORKER_\d+", path.name).group(0), path=path,
        priority=int(re.search(r"^\*\*Priority:\*\* (\d)", text, re.M).group(1)),
        deliverables=re.findall(r"`([^`]+)`", parts["DELIVERABLES"]),
        dependencies=expand("\n".join(line for line in parts["DEPENDENCIES"].split("\n") if "Previous workers" in line)),
        blocks=[(info, body) for language, info, body in fenced(parts["EXECUTION"]) if language == "bash"],
        tests=[body for language, _, body in fenced(parts["TEST_PROCESS"]) if language == "bash"],
        sections=parts)


def load(folder):
    return {i.id: i for i in (parse(p) for p in sorted(Path(folder).glob("WORKER_*.md")))}


def ordered(workforce):
    """Dependencies first; within that by wave and number. A cycle or a later wave is refused."""
    done, order = set(), []
    waiting = sorted(workforce.values(), key=lambda i: (i.priority, i.id))
    while waiting:
        ready = next((i for i in waiting if all(d in done for d in i.dependencies)), None)
        if ready is None:
            raise SystemExit(f"cycle or unknown dependency among {[i.id for i in waiting][:5]}")
        for name in ready.dependencies:
            if workforce[name].priority > ready.priority:
                raise SystemExit(f"{ready.id} waits for {name} of a later wave")
        done.add(ready.id)
        order.append(ready)
        waiting.remove(ready)
    return order


def transitive(workforce, instruction, memo):
    if instruction.id not in memo:
        reached = set()
        for name in instruction.dependencies:
            reached |= {name} | transitive(workforce, workforce[name], memo)
        memo[instruction.id] = reached
    return memo[instruction.id]


class Runner:
    """Runs workers one after the other below `room`; `prefix` is a sandbox command, `awk` a folder put before PATH."""

    def __init__(self, folder, target, room, run="run_check", sandbox=False, path="/usr/bin:/bin"):
        self.workforce, self.target, self.room = load(folder), Path(target).resolve(), Path(room)
        self.run_id, self.sandbox, self.path, self.memo, self.seconds = run, sandbox, path, {}, {}

    def environment(self, worker, inputs, home):
        return {"PATH": self.path, "HOME": str(home), "LANG": "C.UTF-8", "MUSTER_TARGET": str(self.target),
                "MUSTER_RUN": self.run_id, "MUSTER_WORKER": worker, "MUSTER_ATTEMPT": "1", "MUSTER_INPUTS": str(inputs)}

    def bash(self, script, worker, folder, inputs, writes=()):
        file = self.room / "script"
        file.write_text(script, encoding="utf-8")
        for name in writes:
            (self.target / name).mkdir(parents=True, exist_ok=True)
        command = self.boxed(folder, inputs, writes) + ["bash", "-eo", "pipefail", str(file)]
        return subprocess.run(command, cwd=folder, env=self.environment(worker, inputs, folder), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)

    def boxed(self, folder, inputs, writes):
        if not self.sandbox:
            return []
        command = ["bwrap", "--unshare-all", "--die-with-parent", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
        for name in ("/usr", "/bin", "/lib", "/lib64", "/sbin", "/etc/passwd", "/etc/group", "/etc/alternatives", "/etc/ld.so.cache"):
            command += ["--ro-bind-try", name, name]
        command += ["--bind", str(folder), str(folder), "--ro-bind", str(inputs), str(inputs)]
        command += ["--ro-bind", str(self.target), str(self.target), "--ro-bind", str(self.room / "script"), str(self.room / "script")]
        for name in writes:
            command += ["--bind", str(self.target / name), str(self.target / name)]
        return command + ["--chdir", str(folder)]

    def deliverables(self, ids):
        return [(self.room / name / "out", path) for name in sorted(ids) for path in self.workforce[name].deliverables]

    def prepare(self, instruction):
        home = self.room / instruction.id
        out, inputs = home / "out", home / "in"
        for folder in (out, inputs):
            folder.mkdir(parents=True)
            for source, path in self.deliverables(transitive(self.workforce, instruction, self.memo)):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source / path, folder / path)
        return out, inputs

    def work(self, instruction):
        """One worker, executed and tested; the list of what went wrong is empty when all is well."""
        out, inputs = self.prepare(instruction)
        began = time.monotonic()
        for info, script in instruction.blocks:
            writes = re.findall(r'writes="([^"]*)"', info)
            done = self.bash(script, instruction.id, out, inputs, writes[0].split() if writes else ())
            if done.returncode:
                return [f"{instruction.id} execution exit {done.returncode}: {done.stdout.decode(errors='replace')[-2000:]}"]
            check = re.findall(r'check="((?:[^"\\]|\\.)*)"', info)
            if check and self.check(check[0], instruction, inputs).returncode:
                return [f"{instruction.id} check does not hold after the operation: {check[0]}"]
        missing = [path for path in instruction.deliverables if not (out / path).is_file()]
        problems = [f"{instruction.id} deliverable missing: {path}" for path in missing] or self.test(instruction, out, inputs)
        self.seconds[instruction.id] = time.monotonic() - began
        return problems

    def check(self, command, instruction, inputs):
        command = re.sub(r"\\(.)", r"\1", command)
        return subprocess.run(["bash", "-eo", "pipefail", "-c", command], cwd=self.target,
                              env=self.environment(instruction.id, inputs, "/tmp"), capture_output=True)

    def test(self, instruction, out, inputs):
        copy = self.room / instruction.id / "copy"
        shutil.copytree(out, copy)
        before, problems = hashes(copy, instruction.deliverables), []
        for number, script in enumerate(instruction.tests, 1):
            done = self.bash(script, instruction.id, copy, inputs)
            text = done.stdout.decode(errors="replace")
            if done.returncode or re.search(r"^FAIL", text, re.M):
                problems.append(f"{instruction.id} test {number} exit {done.returncode}: {text[-2000:]}")
        if hashes(copy, instruction.deliverables) != before:
            problems.append(f"{instruction.id} a deliverable changed under the test")
        shutil.rmtree(copy)
        return problems

    def run(self, waves=range(1, 6)):
        problems, failed = [], set()
        for instruction in ordered(self.workforce):
            if instruction.priority not in waves:
                continue
            if failed & set(instruction.dependencies):
                failed.add(instruction.id)
                problems.append(f"{instruction.id} blocked")
                continue
            found = self.work(instruction)
            if found:
                failed.add(instruction.id)
                problems += found
        return problems


def hashes(folder, paths):
    return {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in paths if (folder / path).is_file()}
