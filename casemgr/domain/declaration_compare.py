"""Two versions of a declaration side by side: paragraphs that belong together, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORD = re.compile(r"\S+\s*|\s+")
ALIKE = 0.5  # of their words in common: below it, one was taken out and another put in
MOST_PAIRS = 200_000  # of equal words: few words again and again would take minutes
MOST_WORDS = 4_000  # of one paragraph: beyond, it is shown as taken out and put in whole

How = Literal["same", "changed", "added", "removed"]
Kept = Literal["same", "added", "removed"]


@dataclass(frozen=True)
class Side:
    """One paragraph of one version; `number` is None where it has none."""

    number: int | None
    says: str


@dataclass(frozen=True)
class Words:
    """Words that stand in both, or that were added or removed."""

    kind: Kept
    says: str


@dataclass(frozen=True)
class Row:
    """What became of one paragraph; `before` or `after` is None where it was added or removed."""

    how: How
    before: Side | None
    after: Side | None
    words: tuple[Words, ...]


def compare(before: Sequence[Side], after: Sequence[Side]) -> tuple[Row, ...]:
    """Return what became of each paragraph from one version to the next, in the order read.

    A new number alone is no change: numbers follow from the order.
    """
    rows: list[Row] = []
    says = [each.says for each in before], [each.says for each in after]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *says, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [_same(*pair) for pair in zip(before[i1:i2], after[j1:j2], strict=True)]
        else:
            rows += _changed(before[i1:i2], after[j1:j2])
    return tuple(rows)


def words(before: str, after: str) -> tuple[Words, ...]:
    """Return two texts as one, with what was removed and what was added.

    >>> [(each.kind, each.says) for each in words("On May 1 we met.", "On May 2 we met.")]
    [('same', 'On May '), ('removed', '1 '), ('added', '2 '), ('same', 'we met.')]
    """
    one, other = WORD.findall(before), WORD.findall(after)
    if max(len(one), len(other)) > MOST_WORDS or _pairs(one, other) > MOST_PAIRS:
        return _whole(before, after)
    found: list[Words] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Words("same", "".join(one[i1:i2])))
            continue
        found += _whole("".join(one[i1:i2]), "".join(other[j1:j2]))
    return tuple(found)


def _pairs(one: list[str], other: list[str]) -> int:
    """Return how many pairs of equal words there are: a comparison takes that long, or longer."""
    there = Counter(other)
    return sum(many * there[word] for word, many in Counter(one).items())


def _whole(before: str, after: str) -> tuple[Words, ...]:
    removed = (Words("removed", before),) if before else ()
    added = (Words("added", after),) if after else ()
    return removed + added


def _same(before: Side, after: Side) -> Row:
    return Row("same", before, after, (Words("same", after.says),))


def _changed(before: Sequence[Side], after: Sequence[Side]) -> list[Row]:
    """Pair what is alike, in order; the rest was taken out or put in."""
    rows: list[Row] = []
    rest = list(after)
    for old in before:
        place = next((n for n, new in enumerate(rest) if _alike(old.says, new.says)), None)
        if place is None:
            rows.append(Row("removed", old, None, (Words("removed", old.says),)))
            continue
        rows += [_added(each) for each in rest[:place]]
        new = rest[place]
        rows.append(Row("changed", old, new, words(old.says, new.says)))
        rest = rest[place + 1 :]
    return rows + [_added(each) for each in rest]


def _added(new: Side) -> Row:
    return Row("added", None, new, (Words("added", new.says),))


def _alike(before: str, after: str) -> bool:
    """Say whether two texts are one paragraph: half of their words are the same, in any order."""
    one, other = set(before.split()), set(after.split())
    return bool(one & other) and 2 * len(one & other) >= ALIKE * (len(one) + len(other))
