"""How near two requests are in their words: plain counting, so that it can be explained."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Words that any request may hold; what two share of these says nothing about either.
_COMMON = frozenset(
    """
    a about all also an and any are as at be been between but by can concerning could copies copy
    created dated document documentation documents each every for from had has have how if in
    including information into is it its limited made may no not of on or other our please present
    received record records reflecting regarding related relating request requested requesting
    requests sent she should such than that the their them these they this those through to under
    was we were what when where whether which who with without would you your
    """.split()  # noqa: SIM905 - a list of so many words is for reading, not for quoting
)
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?|\d{4,}")
NEAR = 0.5  # half of the words of both
FEWEST = 2  # one word in common is chance


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of two texts is in both, and in which words."""

    share: float  # from 0 to 1
    words: tuple[str, ...]  # in common, the telling ones first

    @property
    def near(self) -> bool:
        """Say whether somebody should look at both before asking again."""
        return self.share >= NEAR and len(self.words) >= FEWEST


def words_of(*texts: str) -> frozenset[str]:
    """Return the telling words of texts, each once and in one form.

    >>> sorted(words_of("All letters about opting out,", "and each reply to a letter."))
    ['letter', 'opting', 'out', 'reply']
    """
    found = (each.lower().replace("’", "'") for text in texts for each in _WORD.findall(text))
    return frozenset(_one(each.removesuffix("'s")) for each in found if each not in _COMMON)


def _one(word: str) -> str:
    """Return a word as if there were one of what it names; for comparing, not for reading."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def compare(one: frozenset[str], other: frozenset[str]) -> Likeness:
    """Return how near two sets of telling words are: twice what is in both, of what is in each.

    >>> compare(words_of("Opt-out letters"), words_of("Letters on the opt-out, 2009")).share
    0.8
    """
    both, every = one & other, len(one) + len(other)
    return Likeness(2 * len(both) / every if every else 0.0, telling(both))


def telling(words: Iterable[str], most: int | None = None) -> tuple[str, ...]:
    """Return words with the longest first: the longer one is, the fewer texts have it."""
    return tuple(sorted(words, key=lambda each: (-len(each), each)))[:most]
