"""The shapes of the table's rows. Every "@@" in a plant is taken out when the planted file is written (see README.md)."""

from dataclasses import dataclass, field

SHELL_COMMENT = r"^[ \t]*#"
CODE_COMMENT = r"^[ \t]*(#|//|/?\*|<!--)"
CODE = r"\.(java|kt|kts|scala|groovy|py|js|jsx|ts|tsx|mjs|cjs|go|rb|php|cs|rs)$"


@dataclass
class Rule:
    """One scanner. `pattern` is a POSIX ERE for grep; `unless` and `comment` are EREs without {n} intervals, for awk.

    mode "match": every matching line is a finding. "absent": every file without a matching line is one, at line 1.
    "alone": every file with a matching line is one unless a file of `siblings` stands beside it or in a folder above it.
    """
    id: str
    title: str
    severity: str
    cwe: int
    pattern: str
    path: str                   # where the plants go
    faults: list                # the first one is the canonical plant
    clean: list                 # near misses
    why: str
    remedy: str
    source: str = "text"        # which inventory list is searched
    names: str = "."            # which names of that list
    not_names: str = ""
    unless: str = ""
    comment: str = ""
    icase: bool = False
    mode: str = "match"
    siblings: tuple = ()
    mask: bool = False
    before: str = ""
    after: str = ""
    category: str = ""
    number: int = 0             # of the scanner's worker

    def __post_init__(self):
        # The table quotes with double quotes, so its raw strings hold \\" where the expression means a plain quote.
        self.pattern, self.unless = self.pattern.replace('\\"', '"'), self.unless.replace('\\"', '"')

    def files(self, case):
        """The files of one case, as {path: text}; a plain string goes to the rule's own path."""
        if isinstance(case, str):
            return {self.path: self.before + case + "\n" + self.after}
        return {path: text if text.endswith("\n") else text + "\n" for path, text in case.items()}


@dataclass
class Worker:
    """A worker that is no scanner and no self-test."""
    title: str
    goal: str                   # one sentence: what it is for
    deliverables: list          # (path, what it holds)
    criteria: list
    cannot: str                 # what it must leave alone
    scope: str
    needs: list                 # (workers, why)
    blocks: list                # scripts, or (info string, script)
    tests: list                 # (name, script)
    fails: list                 # (what happens, what then)
    tool: str
    reasoning: str
    learn: str
    baseline: str
    targets: list
    phase: str = ""
    priority: int = 0
    seconds: int = 5
    risk: str = "LOW (reads the target, writes only in its own workspace)"
    rollback: str = "Delete the deliverables; nothing outside the workspace was touched"
    idempotency: str = "The same target always gives the same deliverables"
    can: list = field(default_factory=list)
    number: int = 0
