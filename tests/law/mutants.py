"""How many small changes of the law's code its tests notice: `python -m tests.law.mutants`.

mutmut changes one expression after the other and runs, for each change, the tests that come by it
(pyproject.toml, tool.mutmut). Its results become one table here. The check fails where fewer than
nine changes in ten were noticed, and where a changed comparison was not: that is a wrong date on
some day. Comparisons that mean the same when changed are listed below, each with its proof.

What follows the command goes to `mutmut run`, as `--max-children 1`. What one change was, says
`mutmut show` with its name. mutmut leaves functions under a decorator alone.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from mutmut.mutation.data import MutantLineSpans, SourceFileMutationData
from mutmut.mutation.diff_apply import generated_function_names
from mutmut.stats import status_by_exit_code

DOMAIN = Path("casemgr/domain")
PARTS = {
    "counting": ("counting.py",),
    "clock": ("clock*.py", "pauses.py"),
    "calendars": ("calendars.py",),
}
GOAL = 0.9
# A change after which the tests never end is noticed too.
NOTICED = ("killed", "timeout")

# What mutmut adds to the name of a function and of its changed copies.
_OF_MUTMUT = re.compile(r"__mutmut_(?:orig|\d+)\b")

# The changed line, and why nothing changes with it.
EQUIVALENT = {
    "return self.due is not None and pause.question.on >= self.due": (
        "`due` is a day that counts, and no day of a pause does: no pause begins on it."
    ),
}


@dataclass(frozen=True)
class Change:
    """One change of the code: what became of it, the line as changed, whether it is a comparison's.

    `line` is empty for changes that were noticed: nobody asks.
    """

    name: str
    status: str
    line: str = ""
    is_comparison: bool = False

    @property
    def was_noticed(self) -> bool:
        return self.status in NOTICED

    @property
    def is_wrong_date(self) -> bool:
        """Whether a comparison could be changed, and not for want of a difference."""
        return self.is_comparison and not self.was_noticed and self.line not in EQUIVALENT


def changes_of(file: Path) -> list[Change]:
    """Read what mutmut found out about one file."""
    found = SourceFileMutationData(path=file)
    found.load()
    return [
        Change(name, status) if status in NOTICED else _told(name, status, file)
        for name, code in found.exit_code_by_key.items()
        for status in [status_by_exit_code[code]]
    ]


def _told(name: str, status: str, file: Path) -> Change:
    spans = MutantLineSpans.load(file)
    assert spans is not None, f"mutmut has left no places of the functions of {file}"
    before, after = (
        dedent(_OF_MUTMUT.sub("", function))
        for function in spans.read_function_sources(generated_function_names(name))
    )
    lines = zip(before.splitlines(), after.splitlines(), strict=False)
    line = next((new.strip() for old, new in lines if old != new), "")
    return Change(name, status, line, is_other_comparison(before, after))


def is_other_comparison(before: str, after: str) -> bool:
    """Say whether one comparison stands where another stood, and not that one was left out."""
    old, new = _comparisons(before), _comparisons(after)
    return old != new and old.total() == new.total()


def _comparisons(code: str) -> Counter[type[ast.cmpop]]:
    nodes = ast.walk(ast.parse(code))
    return Counter(
        type(kind) for node in nodes if isinstance(node, ast.Compare) for kind in node.ops
    )


def verdict(parts: dict[str, Sequence[Change]]) -> tuple[list[str], bool]:
    """Return the table, line by line, and whether the tests notice enough."""
    rows = [f"{'':10} changes  noticed  score  comparisons not noticed"]
    sound = True
    for part, changes in parts.items():
        noticed = sum(change.was_noticed for change in changes)
        wrong = sum(change.is_wrong_date for change in changes)
        score = noticed / len(changes) if changes else 0.0
        sound = sound and score >= GOAL and not wrong
        rows.append(f"{part:10} {len(changes):7}  {noticed:7}  {score:5.1%}  {wrong}")
    every = [change for changes in parts.values() for change in changes]
    return [*rows, *_comparisons_told(every)], sound


def _comparisons_told(changes: Iterable[Change]) -> list[str]:
    left = [change for change in changes if change.is_comparison and not change.was_noticed]
    return [
        f"{'' if one.is_wrong_date else 'the same: '}{one.name}: {one.line}"
        f"{'' if one.is_wrong_date else f' ({EQUIVALENT[one.line]})'}"
        for one in left
    ]


def run(arguments: Sequence[str] = ()) -> int:
    """Make every change anew, tell the table, and return 0 if the tests notice enough."""
    shutil.rmtree("mutants", ignore_errors=True)
    # Started as a module of this Python: the script beside it breaks when a checkout is moved.
    line = [sys.executable, "-c", "from mutmut.__main__ import cli; cli()", "run", *arguments]
    done = subprocess.run(
        line,
        env={**os.environ, "PYTHONHASHSEED": "0"},  # the same order of tests every time
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        print(done.stdout[-4000:])
        return done.returncode
    parts = {
        part: [
            change
            for pattern in patterns
            for file in sorted(DOMAIN.glob(pattern))
            for change in changes_of(file)
        ]
        for part, patterns in PARTS.items()
    }
    rows, sound = verdict(parts)
    print("\n".join(rows))
    return 0 if sound else 1


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
