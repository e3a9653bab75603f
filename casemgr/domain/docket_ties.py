"""What each entry of a docket answers and decides, read from the clerk's words for all at once.

The ties follow from the entries alone, never from the order in which papers brought them: an
opposition that comes in before its motion is tied to it when the motion comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.domain.words import EntryKind


@dataclass(frozen=True, slots=True)
class Named:
    """An entry with the numbers its text names: those it answers, the motions it decides.

    `answers_id` is what it is tied to already, by a person or an earlier paper.
    """

    id: str
    number: int | None
    part: int | None
    kind: EntryKind
    filed_on: date
    answers: tuple[int, ...] = ()
    decides: tuple[int, ...] = ()
    answers_id: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """What an entry answers, or None, and the motions it decides, by their ids."""

    answers_id: str | None
    decides_ids: tuple[str, ...]


def ties(docket: Iterable[Named]) -> Mapping[str, Tie]:
    """Return for every entry of a docket what its text ties it to."""
    entries = sorted(docket, key=lambda each: (each.filed_on, each.number or 0))
    numbered = {
        each.number: each for each in entries if each.number is not None and each.part is None
    }
    opposed: defaultdict[str, list[Named]] = defaultdict(list)
    found: dict[str, Tie] = {}
    # In order of their days, so that an opposition is known before the reply to it.
    for each in entries:
        tie = _tie(each, numbered, opposed)
        found[each.id] = tie
        answers_id = tie.answers_id or each.answers_id
        if each.kind is EntryKind.OPPOSITION and answers_id is not None:
            opposed[answers_id].append(each)
    return found


def _tie(each: Named, numbered: Mapping[int, Named], opposed: Mapping[str, Sequence[Named]]) -> Tie:
    if each.part is not None:
        return Tie(None, ())
    decides = tuple(numbered[n].id for n in each.decides if n in numbered and n != each.number)
    answered = next((numbered[n] for n in each.answers if n in numbered), None)
    if answered is None or answered.id == each.id or each.filed_on < answered.filed_on:
        return Tie(None, decides)
    return Tie(_replied_to(each, answered, opposed.get(answered.id, ())), decides)


def _replied_to(each: Named, answered: Named, oppositions: Sequence[Named]) -> str:
    """Return what a reply answers: the last opposition to the motion that its text names."""
    if each.kind is not EntryKind.REPLY or answered.kind is not EntryKind.MOTION:
        return answered.id
    before = [one for one in oppositions if one.filed_on <= each.filed_on]
    return max(before, key=lambda one: (one.filed_on, one.number or 0), default=answered).id
