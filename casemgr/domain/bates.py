"""Bates numbers: the stamp on each page of a production, its ranges, gaps and overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Prefix and number; and the same with a letter or a short second number, for a page put in later.
_PLAIN = re.compile(r"^(?P<prefix>.*?)(?P<number>\d+)(?P<after>)$")
_STAMP = re.compile(r"^(?P<prefix>.*?)(?P<number>\d+)(?P<after>[A-Za-z]|[.-][A-Za-z0-9]{1,3})$")
_DIVIDES = re.compile(r"[\s._\-#]+")
LONGEST = 18  # digits; a longer one is no page number


@dataclass(frozen=True, slots=True)
class Stamp:
    """One Bates number; `family` is its prefix in one spelling, `after` what follows the number."""

    typed: str
    family: str
    prefix: str
    number: int
    width: int
    after: str

    def with_number(self, number: int) -> str:
        """Return another number of the same family as this one is printed.

        >>> read("ICE-000123").with_number(9)
        'ICE-000009'
        """
        return f"{self.prefix}{number:0{self.width}d}"


def read(typed: str) -> Stamp:
    """Return a Bates number as it is read; ValueError with a sentence where it is none.

    The last number counts, unless a short ending follows it as in `000123.1` or `000123A`; spaces,
    hyphens, dots and capitals of the prefix make no other family.

    >>> read("2012FOIA03488-000123A").number, read("NDLON ICE 0042").family
    (123, 'NDLONICE')
    >>> read("ice_000042").family == read("ICE 42").family
    True
    """
    text = " ".join(typed.split())
    plain, put_in = _PLAIN.match(text), _STAMP.match(text)
    found = put_in if put_in and _is_ending(put_in) else plain
    if not found or len(found["number"]) > LONGEST:
        raise ValueError(
            f"{typed!r} is not a Bates number. Type it as it is stamped, like ICE 000123."
        )
    family = _DIVIDES.sub("", found["prefix"]).upper()
    digits = found["number"]
    after = found["after"].upper()
    return Stamp(typed, family, found["prefix"], int(digits), len(digits), after)


def _is_ending(found: re.Match[str]) -> bool:
    """Say whether what follows a number only marks a page put in, and is not the number itself."""
    after = found["after"].lstrip(".-")
    return not after.isdecimal() or len(after) < len(found["number"])


@dataclass(frozen=True, slots=True)
class Range:
    """The pages of one production, from its first stamp to its last."""

    id: str
    first: Stamp
    last: Stamp
    of: str = ""  # whose: numbers without a prefix are told apart by it

    @property
    def family(self) -> tuple[str, str]:
        """Return what its numbers run on in: a prefix, or without one whose they are."""
        return self.first.family, "" if self.first.family else self.of

    @property
    def pages(self) -> int:
        """Return how many pages it spans; pages put in later with a letter are not known."""
        return self.last.number - self.first.number + 1


def span(id_: str, first: str, last: str, of: str = "") -> Range:
    """Return the range between two stamps; ValueError with a sentence where there is none.

    Only the number of the last may be given, as in `ICE 000001` to `000200`.
    """
    begin, end = read(first), read(last or first)
    if end.family == "" and begin.family:
        end = Stamp(end.typed, begin.family, begin.prefix, end.number, end.width, end.after)
    if begin.family != end.family:
        raise ValueError(
            f"{first} and {last} have two different prefixes, so they are no one range. Log a "
            "production for each prefix."
        )
    if (end.number, end.after) < (begin.number, begin.after):
        raise ValueError(f"{last} comes before {first}. The last page's number is the higher one.")
    return Range(id_, begin, end, of)


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers between two productions that no production has."""

    after: Range
    before: Range

    @property
    def pages(self) -> int:
        """Return how many numbers are missing."""
        return self.before.first.number - self.after.last.number - 1

    @property
    def says(self) -> str:
        """Return the missing numbers as they would be stamped."""
        stamp = self.after.last
        first, last = self.after.last.number + 1, self.before.first.number - 1
        named = stamp.with_number(first)
        return named if first == last else f"{named} to {stamp.with_number(last)}"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Numbers that two productions both have."""

    one: Range
    other: Range

    @property
    def says(self) -> str:
        """Return the numbers both have, as they are stamped."""
        stamp = self.other.first
        first = max(self.one.first.number, self.other.first.number)
        last = min(self.one.last.number, self.other.last.number)
        named = stamp.with_number(first)
        return named if first == last else f"{named} to {stamp.with_number(last)}"


def overlaps(ranges: Iterable[Range]) -> list[Overlap]:
    """Return which productions have the same numbers, each with the one it meets first."""
    found = []
    for family in _families(ranges):
        widest = family[0]
        for each in family[1:]:
            if _place(each.first) <= _place(widest.last):
                found.append(Overlap(widest, each))
            if _place(each.last) > _place(widest.last):
                widest = each
    return found


def gaps(ranges: Iterable[Range]) -> list[Gap]:
    """Return the numbers between productions of one family that no production has."""
    found = []
    for family in _families(ranges):
        furthest = family[0]
        for each in family[1:]:
            if each.first.number > furthest.last.number + 1:
                found.append(Gap(furthest, each))
            if _place(each.last) > _place(furthest.last):
                furthest = each
    return found


def _place(stamp: Stamp) -> tuple[int, str]:
    return stamp.number, stamp.after


def _families(ranges: Iterable[Range]) -> list[Sequence[Range]]:
    by: dict[tuple[str, str], list[Range]] = {}
    for each in ranges:
        by.setdefault(each.family, []).append(each)
    return [
        sorted(each, key=lambda one: (_place(one.first), _place(one.last))) for each in by.values()
    ]
