"""A declaration's own marks: references to paragraphs and exhibits, letters, splitting, joining.

`{para:notice}` prints the number of the paragraph named *notice*; `{Ex:heffernan}` prints
`Ex. A`. Both stay right whatever is moved, added or taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

TOKEN = re.compile(r"\{\s*(?P<kind>para|ex)\s*:\s*(?P<name>[^{}\n]{1,80}?)\s*\}", re.IGNORECASE)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST_NAME = 40
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Reference:
    """One reference in a text: `kind` is `para` or `ex`, `name` as the token spells it."""

    kind: str
    name: str
    written: str


@dataclass(frozen=True)
class Names:
    """What the references of one text may point to: names to numbers, names to exhibit letters.

    A paragraph without a number has None: it can be named and not be cited by number.
    """

    paragraphs: Mapping[str, int | None]
    exhibits: Mapping[str, str]


def name_of(text: str) -> str:
    """Return what a title is called in a reference.

    >>> name_of("Heffernan letter, June 3, 2011")
    'heffernan-letter-june-3-2011'
    """
    words = re.findall(r"\w+", text.casefold())
    return "-".join(words)[:LONGEST_NAME].rstrip("-")


def references(text: str) -> tuple[Reference, ...]:
    """Return the references of a text, in order."""
    return tuple(
        Reference(found["kind"].lower(), name_of(found["name"]), found[0])
        for found in TOKEN.finditer(text)
    )


def printed(text: str, names: Names) -> str:
    """Return a text as the paper prints it; a reference to nothing says so in square brackets.

    >>> printed("See {Ex:letter}, paragraph {para:notice}.", Names({"notice": 5}, {"letter": "A"}))
    'See Ex. A, paragraph 5.'
    """
    return TOKEN.sub(lambda found: _said(found, names), text)


def _said(found: re.Match[str], names: Names) -> str:
    name = name_of(found["name"])
    if found["kind"].lower() == "ex":
        label = names.exhibits.get(name)
        return f"Ex. {label}" if label else f"[no exhibit “{name}”]"
    number = names.paragraphs.get(name)
    return str(number) if number is not None else f"[no paragraph “{name}”]"


def broken(text: str, names: Names) -> tuple[Reference, ...]:
    """Return the references of a text that point to nothing, or to a paragraph without a number."""
    return tuple(each for each in references(text) if _target(each, names) is None)


def _target(each: Reference, names: Names) -> object:
    found: Mapping[str, object] = names.exhibits if each.kind == "ex" else names.paragraphs
    return found.get(each.name)


def renamed(text: str, kind: str, before: str, after: str) -> str:
    """Return a text in which references to one name point to another."""

    def one(found: re.Match[str]) -> str:
        if found["kind"].lower() != kind or name_of(found["name"]) != before:
            return found[0]
        return f"{{{found['kind']}:{after}}}"

    return TOKEN.sub(one, text)


def by_first_mention(texts: Iterable[str], names: Sequence[str]) -> list[str]:
    """Return the names of exhibits as the texts first mention them, then the ones never mentioned.

    >>> by_first_mention(["See {Ex:b}.", "And {Ex:a}, {Ex:b}."], ["a", "b", "c"])
    ['b', 'a', 'c']
    """
    mentioned = [each.name for text in texts for each in references(text) if each.kind == "ex"]
    known = set(names)
    first = [name for name in dict.fromkeys(mentioned) if name in known]
    return first + [name for name in names if name not in set(first)]


def letter(place: int) -> str:
    """Return the letter of the exhibit at a place, counted from 1.

    >>> letter(1), letter(26), letter(27), letter(53)
    ('A', 'Z', 'AA', 'BA')
    """
    said = ""
    while place > 0:
        place, rest = divmod(place - 1, 26)
        said = ALPHABET[rest] + said
    return said


def split(text: str) -> list[str]:
    """Return the parts of a text that empty lines divide.

    >>> split("One.\\n\\nTwo.")
    ['One.', 'Two.']
    """
    return [part.strip() for part in _EMPTY_LINE.split(text.replace("\r\n", "\n")) if part.strip()]


def joined(first: str, second: str) -> str:
    """Return two texts as one paragraph."""
    return f"{first.rstrip()} {second.lstrip()}".strip()
