"""The files of the house, as the rules look at them."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]


def ignored_names() -> list[str]:
    """Return what .gitignore leaves out; a bare machine has no git to ask."""
    lines = (HOUSE / ".gitignore").read_text(encoding="utf-8").splitlines()
    return [line.rstrip("/") for line in lines if line and not line.startswith("#")] + [".git"]


def is_left_out(name: str, left_out: list[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in left_out)


def files() -> Iterator[Path]:
    """Yield every file that belongs to the repository."""
    left_out = ignored_names()
    for folder, folders, names in os.walk(HOUSE):
        folders[:] = sorted(name for name in folders if not is_left_out(name, left_out))
        yield from (Path(folder, name) for name in names if not is_left_out(name, left_out))


def texts() -> Iterator[tuple[str, str]]:
    """Yield the place and text of every file that is text."""
    for file in files():
        data = file.read_bytes()
        if b"\0" not in data[:8192]:
            yield str(file.relative_to(HOUSE)), data.decode("utf-8", errors="replace")


def modules(folder: str = "casemgr") -> Iterator[tuple[str, ast.Module]]:
    """Yield the place and syntax tree of every Python file below a folder."""
    for file in sorted((HOUSE / folder).rglob("*.py")):
        if "_shipped" not in file.parts:
            tree = ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
            yield str(file.relative_to(HOUSE)), tree


def calls(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield every call as it is written, such as `datetime.now`, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno
