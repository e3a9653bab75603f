"""The name of a person as papers print it: where it ends, and its usual spelling."""

from __future__ import annotations

import re

_LETTER = r"[^\W\d_a-zß-öø-ÿ]"  # a capital, or a letter of a script without capitals
_HONOUR = (
    r"(?:(?:Dr|Mr|Mrs|Ms|Mx|Prof|Hon|Rev|Col|Lt|Maj|Capt|Cmdr|Gen|Sgt|Judge|Professor|Doctor|"
    r"Colonel|Major|Captain|Lieutenant|Commander|General|Admiral|Sergeant)"
    r"\.?\s+)*"
)
_WORD = rf"{_LETTER}[\w'’.\-]*"
_SMALL = r"(?:de|da|del|della|la|las|los|le|van|von|der|den|bin|ibn|al|el|y|e|dos|di)"
_ENDING = r"(?:,?\s+(?:Jr|Sr|II|III|IV|JR|SR)\b\.?)?(?:\s#?\d{1,2}(?=[,\s]))?"
NAME = (
    rf"{_HONOUR}{_WORD}(?:[ \t\n]+(?:[\"“(]{_WORD}[\"”)]|{_SMALL}(?=\s)|{_WORD})){{1,5}}{_ENDING}"
)
NAME_OF_ONE_LINE = NAME.replace(r"[ \t\n]+", r"[ \t]+").replace(r",?\s+", r",?[ \t]+")
# One name, as a novice or somebody under a pseudonym signs: only where the place leaves no doubt.
SHORT_NAME = rf"(?:{NAME}|{_WORD})"

_NO_NAME = {"DECLARE", "DECLARES", "HEREBY", "BEING", "STATE", "AM", "DO", "UNDER", "PURSUANT"}
_ROMAN = re.compile(r"^(?:II|III|IV|VI|[A-Z]\.)+$", re.IGNORECASE)


def without_honours(name: str) -> str:
    """Return a name without titles before and degrees behind it, and without what follows it.

    >>> without_honours("Dr. Jane Q. Public, Ph.D.")
    'Jane Q. Public'
    """
    bare = re.sub(r"\s+", " ", name).strip(" ,;:.")
    bare = re.sub(rf"^{_HONOUR}", "", bare, flags=re.IGNORECASE) or bare
    words = []
    for word in bare.split(" "):
        if word.upper().strip(",") in _NO_NAME:
            break
        words.append(word)
        if re.search(r"[a-z]{2}\.$", word) and not re.match(
            r"(?:Jr|Sr|St|Mc|Wm|Chas|Thos)\.", word
        ):
            break  # a full stop: what follows is the next sentence
    bare = " ".join(words)
    bare = re.sub(
        r",?\s+(?:Ph\.?\s?D\.?|M\.?D\.?|J\.?D\.?|Esq\.?|M\.?P\.?H\.?|LL\.?M\.?|R\.?N\.?)$", "", bare
    )
    ended = re.search(r"\b(?:Jr|Sr)$", bare)
    return (
        f"{bare.strip(' ,')}."
        if ended
        else bare.strip(" ,.")
        if bare[-3:-2].islower()
        else bare.strip(" ,")
    )


def spelled(name: str, text: str) -> str:
    """Return a name printed in capitals as the rest of the paper prints it, or as names are.

    >>> spelled("DAVID M. McHARDY", "David M. McHardy, Chief")
    'David M. McHardy'
    >>> spelled("ROSA O'NEILL III", "")
    "Rosa O'Neill III"
    """
    if not name or name != name.upper():
        return name
    pattern = r"\s+".join(re.escape(word) for word in name.split())
    for found in re.finditer(pattern, text, re.IGNORECASE):
        if found[0] != found[0].upper():
            return re.sub(r"\s+", " ", found[0])
    return " ".join(_word(word) for word in name.split())


def same_person(one: str, other: str) -> bool:
    """Say whether two printed names may be the same: the last words agree, scanners aside."""
    first, second = (re.findall(r"\w+", each.casefold()) for each in (one, other))
    return bool(first and second) and (first[-1] == second[-1] or first[0] == second[0])


def _word(word: str) -> str:
    if _ROMAN.match(word):
        return word
    whole = re.sub(r"[^\W\d_]+", lambda part: part[0][0] + part[0][1:].lower(), word)
    return re.sub(r"\bMc([a-z])", lambda part: f"Mc{part[1].upper()}", whole)
