"""Find what ships beside the code: templates, seeds, alembic."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the folder `name` of the checkout we run from, else the copy inside the wheel."""
    beside, inside = PACKAGE.parent / name, PACKAGE / "_shipped" / name
    return beside if (PACKAGE.parent / "pyproject.toml").exists() else inside
