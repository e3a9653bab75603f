"""A long list of a page in parts, each with an address of its own that keeps the filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

Row = TypeVar("Row")
AT_ONCE = 50


@dataclass(frozen=True)
class Part(Generic[Row]):
    """One part of a list, and the addresses of those beside it; empty where there is none."""

    rows: Sequence[Row]
    page: int
    pages: int
    before: str
    after: str


def part_of(rows: Sequence[Row], name: str, path: str, asked: Mapping[str, str]) -> Part[Row]:
    """Return the part of a list that an address asks for by a number under a name.

    A number that is none, or past the end, is the nearest there is.
    """
    pages = max(1, -(-len(rows) // AT_ONCE))
    said = asked.get(name, "")
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 1
    page = min(max(number, 1), pages)
    kept = {each: value for each, value in asked.items() if each != name and value}

    def address(wanted: int) -> str:
        if not 1 <= wanted <= pages:
            return ""
        return f"{path}?{urlencode({**kept, name: wanted})}#{name}"

    shown = rows[(page - 1) * AT_ONCE : page * AT_ONCE]
    return Part(shown, page, pages, address(page - 1), address(page + 1))
