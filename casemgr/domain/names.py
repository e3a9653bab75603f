"""Whether two names may be of the same; a conflict check had better ask once too often."""

from __future__ import annotations

import re
import unicodedata

# Said or left out at pleasure, and of nobody in particular.
_LEFT_OUT = frozenset({
    "and", "co", "company", "corp", "corporation", "dr", "esq", "et", "for", "foundation", "in",
    "inc", "incorporated", "jr", "limited", "llc", "llp", "lp", "ltd", "mr", "mrs", "ms", "mx",
    "of", "on", "pbc", "plc", "prof", "sr", "the",
})  # fmt: skip
_CAPTION = re.compile(r" (?:v|vs|versus)\.? ", re.IGNORECASE)
# Letters that no decomposition takes apart.
_SPELLED = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"})


def tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name in one spelling, without what may be left out.

    >>> tokens("Álvarez-Núñez, Rosa M."), tokens("The Night Schools Network, Inc.")
    (('alvarez', 'nunez', 'rosa', 'm'), ('night', 'schools', 'network'))
    >>> tokens("J.R.R. O'Neill")
    ('j', 'r', 'r', 'oneill')
    """
    apart = unicodedata.normalize("NFKD", name.translate(_SPELLED))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()
    plain = re.sub(r"(?<=\w)['\u2019\u02bc`](?=\w)", "", plain)
    found = re.findall(r"[^\W_]+", plain)
    return tuple(each for each in found if each not in _LEFT_OUT) or tuple(found)


def alike(one: str, other: str) -> bool:
    """Say whether two names may be of the same person or organisation.

    Every word of the shorter must be in the longer, in whatever order, an initial standing for a
    word; one word at least must be the same in full, or the initials of an organisation.

    >>> alike("R. Alvarez", "Álvarez, Rosa María"), alike("Rosa Alvarez", "Pedro Alvarez")
    (True, False)
    >>> alike("ICE", "I.C.E."), alike("R. M.", "Rosa Martin")
    (True, False)
    """
    few, many = sorted((tokens(one), tokens(other)), key=len)
    if not few:
        return False
    if "".join(few) == "".join(many):
        return True
    return _within(few, many)


def _within(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    left = list(many)
    full = 0
    # Whole words first, so that an initial does not take a word another needs.
    for word in sorted(few, key=len, reverse=True):
        found = next((each for each in left if each == word), None)
        full += found is not None and len(word) > 1
        found = found or next((each for each in left if _initial(word, each)), None)
        if found is None:
            return False
        left.remove(found)
    return full > 0


def _initial(one: str, other: str) -> bool:
    return 1 in {len(one), len(other)} and one[0] == other[0]


def of_caption(title: str) -> tuple[str, ...]:
    """Return the names in the title of a matter that is called like a case; none otherwise.

    >>> of_caption("Alvarez v. ICE"), of_caption("Opt-out letters")
    (('Alvarez', 'ICE'), ())
    """
    sides = tuple(each.strip() for each in _CAPTION.split(" ".join(title.split())) if each.strip())
    return sides if len(sides) > 1 else ()
