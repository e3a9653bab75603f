"""How many small changes of the gate its tests notice: `python -m tests.db.mutants`.

The gate is a page of conditions, most of them arguments of `where`, so its changes are those that
let somebody through: a condition left out, turned round or moved by one, a refusal not raised, a
right added to a role. Each is made in a copy of the checkout, and the gate's tests run on it.
Every change has to be noticed, but those listed below as meaning the same.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

CHECKOUT = Path(__file__).resolve().parents[2]
GATE = ("casemgr/domain/access.py", "casemgr/db/doors.py")
TESTS = ("tests/domain/test_access.py", "tests/db/test_gate.py")
AT_ONCE = 2
AROUND = 50  # signs shown before and after a change

# The changed line, and why nobody can tell the difference.
EQUIVALENT: dict[str, str] = {}

_OTHER: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_NAMES = {
    "is_": "is_not",
    "is_not": "is_",
    "in_": "not_in",
    "and_": "or_",
    "or_": "and_",
    "true": "false",
    "false": "true",
}
_ALL_OF = {"where", "and_", "or_", "frozenset"}


@dataclass(frozen=True)
class Change:
    """One change: the file, where, the statement as changed, and the whole file with it."""

    file: str
    line: int
    says: str
    code: str


def changes_of(file: str, code: str) -> Iterator[Change]:
    """Yield every change of one file, in the order of its lines."""
    seen = {ast.unparse(ast.parse(code))}
    for at, node in enumerate(ast.walk(ast.parse(code))):
        for which in range(_ways(node)):
            tree = ast.parse(code)
            changed = next(each for n, each in enumerate(ast.walk(tree)) if n == at)
            _change(tree, changed, which)
            text = ast.unparse(ast.fix_missing_locations(tree))
            if text not in seen:
                seen.add(text)
                line = getattr(node, "lineno", 0)
                yield Change(file, line, _first_difference(code, text), text)


def _ways(node: ast.AST) -> int:
    """Say in how many ways this piece of code can be changed."""
    match node:
        case ast.Compare():
            return len(_OTHER.get(type(node.ops[0]), ()))
        case ast.BoolOp() | ast.UnaryOp(op=ast.Not()) | ast.IfExp() | ast.Raise():
            return 1
        case ast.Constant(value=True | False):
            return 1
        case ast.Expr(value=ast.Call()):
            return 1
        case ast.Set():
            return len(node.elts)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return (name in _NAMES) + (len(node.args) if name in _ALL_OF else 0) + (name == "not_")
    return 0


def _change(tree: ast.AST, node: ast.AST, which: int) -> None:
    """Change one piece of the tree in place."""
    match node:
        case ast.Compare():
            node.ops[0] = _OTHER[type(node.ops[0])][which]()
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.UnaryOp():
            _put(tree, node, node.operand)
        case ast.IfExp():
            node.body, node.orelse = node.orelse, node.body
        case ast.Constant():
            node.value = not node.value
        case ast.Raise() | ast.Expr():
            _put(tree, node, ast.Pass())
        case ast.Set():
            del node.elts[which]
        case ast.Call(func=ast.Attribute(attr=name)) if name in _NAMES and which == 0:
            assert isinstance(node.func, ast.Attribute)
            node.func.attr = _NAMES[name]
        case ast.Call(func=ast.Attribute(attr="not_")):
            _put(tree, node, node.args[0])
        case ast.Call():
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            del node.args[which - (name in _NAMES)]


def _put(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
            elif isinstance(value, list):
                value[:] = [new if each is old else each for each in value]


def _first_difference(before: str, after: str) -> str:
    """Return where it became another, as it reads after the change."""
    old = ast.unparse(ast.parse(before))
    at = next((n for n, pair in enumerate(zip(old, after, strict=False)) if len(set(pair)) > 1), -1)
    begins = after.rfind("\n", 0, at) + 1
    return after[max(begins, at - AROUND) : at + AROUND].split("\n")[0].strip()


def is_noticed(change: Change, copy: Path) -> bool:
    """Make one change in a copy of the checkout, and say whether a test fails there."""
    file = copy / change.file
    before = file.read_text(encoding="utf-8")
    file.write_text(change.code, encoding="utf-8")
    line = ["-m", "pytest", "-x", "-q", "-n0", "-p", "no:randomly", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(
            [sys.executable, *line, *TESTS],
            cwd=copy,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=300,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        file.write_text(before, encoding="utf-8")
    return done.returncode != 0


def copied(folder: Path) -> Path:
    """Copy what the tests need into a folder."""
    for part in ("casemgr", "alembic", "templates", "seeds", "tests"):
        shutil.copytree(
            CHECKOUT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__")
        )
    for file in ("pyproject.toml", "README.md"):
        shutil.copy(CHECKOUT / file, folder / file)
    return folder


def run() -> int:
    """Make every change, tell the table, and return 0 if each was noticed or means the same."""
    changes = [
        change
        for file in GATE
        for change in changes_of(file, (CHECKOUT / file).read_text(encoding="utf-8"))
    ]
    with tempfile.TemporaryDirectory(prefix="casemgr-gate-") as folder:
        copies: Queue[Path] = Queue()
        for number in range(AT_ONCE):
            copies.put(copied(Path(folder) / str(number)))

        def noticed(change: Change) -> bool:
            copy = copies.get()
            try:
                return is_noticed(change, copy)
            finally:
                copies.put(copy)

        unchanged = Change(GATE[0], 0, "", (CHECKOUT / GATE[0]).read_text(encoding="utf-8"))
        if noticed(unchanged):
            print("The gate's tests fail without any change, so they tell nothing.")
            return 1
        with ThreadPoolExecutor(AT_ONCE) as pool:
            results = dict(zip(changes, pool.map(noticed, changes), strict=True))
    return tell(results)


def tell(results: dict[Change, bool]) -> int:
    """Print how many changes were noticed, and each that was not; return 0 if all that matter."""
    left = [change for change, noticed in results.items() if not noticed]
    wrong = [change for change in left if change.says not in EQUIVALENT]
    print(f"{'':28} changes  noticed")
    for file in GATE:
        of_file = [noticed for change, noticed in results.items() if change.file == file]
        print(f"{file:28} {len(of_file):7}  {sum(of_file):7}")
    for change in left:
        why = EQUIVALENT.get(change.says)
        print(
            f"{'the same: ' if why else ''}{change.file}:{change.line}: {change.says}"
            f"{f' ({why})' if why else ''}"
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(run())
