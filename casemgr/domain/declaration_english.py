"""The English of a declaration and the words it was made from: it is old once the words change.

Each English goes by the code of its paragraph, or by `opening`; words are told by fingerprints.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

OPENING = "opening"


class State(StrEnum):
    """What is wrong with an English: the words under it changed, or there is none."""

    OLD = "old"
    MISSING = "missing"


@dataclass(frozen=True)
class English:
    """The English as it is kept: each text, and the fingerprint of the words it was made from."""

    texts: Mapping[str, str]
    made_from: Mapping[str, str]


def made_from(
    kept: English,
    texts: Mapping[str, str],
    seen: Mapping[str, str],
    still_right: Collection[str] = (),
) -> dict[str, str]:
    """Return the fingerprint of the words that each English was made from.

    `seen` are the words that the translator had before them. English left as it was keeps the
    words it had, unless somebody says that it is still right.

    >>> kept = English({"PG-1": "I asked."}, {"PG-1": "old"})
    >>> made_from(kept, {"PG-1": "I asked."}, {"PG-1": "new"})
    {'PG-1': 'old'}
    >>> made_from(kept, {"PG-1": "I asked again."}, {"PG-1": "new"})
    {'PG-1': 'new'}
    """
    return {
        key: seen[key]
        if says != kept.texts.get(key) or key in still_right
        else kept.made_from.get(key, "")
        for key, says in texts.items()
        if says and key in seen
    }


def states(kept: English, words: Mapping[str, str]) -> dict[str, State]:
    """Return what is wrong with the English of these words; what is right is left out.

    >>> kept = English({"PG-1": "I asked.", "PG-2": "They answered."}, {"PG-1": "a", "PG-2": "b"})
    >>> found = states(kept, {"PG-1": "a", "PG-2": "c", "PG-3": "d"})
    >>> [f"{key} is {state}" for key, state in found.items()]
    ['PG-2 is old', 'PG-3 is missing']
    """
    found = {key: _state(kept, key, now) for key, now in words.items()}
    return {key: state for key, state in found.items() if state is not None}


def _state(kept: English, key: str, now: str) -> State | None:
    if not kept.texts.get(key):
        return State.MISSING
    return None if kept.made_from.get(key) == now else State.OLD
