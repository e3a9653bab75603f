"""A table under a paragraph of testimony, typed as plain lines so that anybody can change it.

    The table below states what the file shows.
    Table: The request of February 3, 2010
    | Component | Received |
    | ICE | February 4, 2010 |

The words above are the testimony; the table prints below them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_COLUMNS = 8
MARK = "Table:"


@dataclass(frozen=True)
class Typed:
    """A table as it was typed: its caption, its head and its rows, each with as many cells."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def parted(says: str) -> tuple[str, Typed | None]:
    """Return the words of a paragraph and the table under them; None where there is none.

    What is not typed as a table throughout is words: nothing is dropped.

    >>> parted("See below.\\nTable: Days\\n| Who | When |\\n| ICE | Monday |")[1].rows
    (('ICE', 'Monday'),)
    """
    lines = says.rstrip().splitlines()
    first = len(lines)
    while first and _is_row(lines[first - 1]):
        first -= 1
    rows = [_cells(line) for line in lines[first:]]
    words = "\n".join(lines[: max(first - 1, 0)]).rstrip()
    if len(rows) < 2 or not words or not lines[first - 1].startswith(MARK):
        return says, None
    if len(rows[0]) > MOST_COLUMNS or any(len(each) != len(rows[0]) for each in rows):
        return says, None
    return words, Typed(lines[first - 1].removeprefix(MARK).strip(), rows[0], tuple(rows[1:]))


def as_typed(table: Typed) -> str:
    """Return a table as the lines that are typed for it."""
    rows = (f"| {' | '.join(map(_plain, each))} |" for each in (table.head, *table.rows))
    return "\n".join([f"{MARK} {_plain(table.caption)}", *rows])


def with_table(words: str, table: Typed | None) -> str:
    """Return the words of a paragraph with a table under them."""
    return f"{words}\n{as_typed(table)}" if table else words


def days_late(due: Sequence[int]) -> str:
    """Return how many days a day lies after another, or after the first and last it may be.

    >>> days_late([12]), days_late([3, 12]), days_late([-4]), days_late([-2, 5])
    ('12', '3 to 12', '0', '0 to 5')
    """
    few, many = max(min(due), 0), max(max(due), 0)
    return str(few) if few == many else f"{few} to {many}"


def _is_row(line: str) -> bool:
    bare = line.strip()
    return len(bare) > 2 and bare.startswith("|") and bare.endswith("|")


def _cells(line: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in line.strip()[1:-1].split("|"))


def _plain(cell: str) -> str:
    return " ".join(cell.replace("|", "/").split())
