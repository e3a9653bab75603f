"""What came back from Word, as shapes only, quick to load."""

from __future__ import annotations

from dataclasses import dataclass


class NotADeclaration(ValueError):
    """The file is no Word file, or holds no testimony; the message says which."""


@dataclass(frozen=True, slots=True)
class Returned:
    """One paragraph as it came back; `heading` stands above it."""

    numbered: bool
    says: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedText:
    """The testimony of a file: how it opens, its paragraphs, and what to know of the file."""

    opening: str
    paragraphs: tuple[Returned, ...]
    told: tuple[str, ...]
