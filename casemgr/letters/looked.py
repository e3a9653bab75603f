"""What was seen of a PDF: its lines and pages, and what it hides. Shapes only, quick to load."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand beside each other on one line; `size` is that of its smallest letter."""

    text: str
    left: float
    right: float
    top: float
    baseline: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines from top to bottom, and the baselines of rules drawn across it."""

    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Hidden:
    """One thing found: its kind, the page it lies on (None: the whole file), and a sentence."""

    code: str
    page: int | None
    says: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """A PDF as it was looked through: its pages, whether it holds text, what is hidden in it."""

    pages: int
    has_text: bool
    found: tuple[Hidden, ...]


class Locked(Exception):
    """The PDF wants a password."""
