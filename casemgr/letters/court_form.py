"""The form each court asks of a paper, with the day it took effect and where that was read.

A form is data: `court_forms/*.yaml`, read strictly. What no court's rule says and we chose
ourselves is named in `ours`, so that nobody takes our habit for the court's law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from casemgr.errors import LawFileWrong
from casemgr.law.strict import Reader

HERE = Path(__file__).resolve().parent / "court_forms"
LIMITS = HERE.parent / "court_limits.yaml"
ANY = "any"
CHOICES = ("points", "note_points", "spacing", "margin", "free_top", "page_numbers")
Status = Literal["verified", "unverified"]


@dataclass(frozen=True, slots=True)
class FormText:
    """How a paper must look from one day on.

    `points` is the least size of letters, `note_points` that of footnotes; `spacing` is lines of
    single-spaced type from one line of text to the next; `margin` and `free_top` are inches, the
    latter of blank paper at the very top of each page. `ours` names what is our choice.
    """

    since: date
    authority: str
    points: float
    note_points: float
    spacing: float
    margin: float
    free_top: float
    ours: tuple[str, ...]
    source: str
    status: Status
    page_numbers: bool = True
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SizeLimit:
    """How large one file may be that is filed with a court, in megabytes, and who says so.

    `whole` where everything that is sent at once may not be larger either.
    """

    megabytes: int
    source: str
    status: Status
    whole: bool = False

    @property
    def bytes(self) -> int:
        """Return the limit in bytes, a megabyte counted as a million: the stricter way."""
        return self.megabytes * 1_000_000


@dataclass(frozen=True, slots=True)
class CourtLimit(SizeLimit):
    """The limit of one court, by its courts-db id."""

    court: str = ""


@dataclass(frozen=True, slots=True)
class CourtLimits:
    """The limits of the courts whose own page was read."""

    limits: tuple[CourtLimit, ...]


@dataclass(frozen=True, slots=True)
class CourtForm:
    """The form of some courts, by their courts-db ids; `any` holds for all others."""

    id: str
    title: str
    courts: tuple[str, ...]
    texts: tuple[FormText, ...]
    limit: SizeLimit

    def on(self, day: date) -> FormText | None:
        """Return the text in force on a day, or None before the first we hold."""
        held = [text for text in self.texts if text.since <= day]
        return held[-1] if held else None


def form_of(court_id: str | None, day: date) -> FormText:
    """Return the form a paper for this court must have on this day.

    Where we hold no rule of the court for the day, our own choice, which says that it is one.
    """
    found = _of_court(court_id).on(day) or _forms()[ANY].on(day)
    return found or _forms()[ANY].texts[0]


def limit_of(court_id: str | None) -> SizeLimit:
    """Return how large a file this court takes, with where that was read."""
    return _limits().get(court_id or "") or _of_court(court_id).limit


def _of_court(court_id: str | None) -> CourtForm:
    forms = _forms()
    return next((each for each in forms.values() if court_id in each.courts), forms[ANY])


@cache
def _limits() -> Mapping[str, SizeLimit]:
    return {each.court: each for each in Reader(LIMITS).read(CourtLimits).limits}


@cache
def _forms() -> Mapping[str, CourtForm]:
    return read_forms(HERE)


def read_forms(folder: Path) -> Mapping[str, CourtForm]:
    """Read every form under `folder`; a wrong one raises `LawFileWrong`."""
    found: dict[str, CourtForm] = {}
    for path in sorted(folder.glob("*.yaml")):
        form = Reader(path).read(CourtForm)
        _check(form, path, found)
        found[form.id] = form
    if ANY not in found:
        raise LawFileWrong(f"{ANY}.yaml", 1, "the form for all other courts is missing.")
    return found


def _check(form: CourtForm, path: Path, others: Mapping[str, CourtForm]) -> None:
    if form.id != path.stem:
        raise LawFileWrong(path.name, 1, f"the file is {path.stem!r} but its id is {form.id!r}.")
    if not form.texts or any(a.since >= b.since for a, b in pairwise(form.texts)):
        raise LawFileWrong(path.name, 1, "'texts' wants at least one, oldest first.")
    taken = {court for other in others.values() for court in other.courts}
    if twice := sorted(taken & set(form.courts)):
        raise LawFileWrong(path.name, 1, f"{twice[0]!r} has a form in another file. Keep one.")
    named = {name for text in form.texts for name in text.ours}
    if unknown := sorted(named - set(CHOICES)):
        raise LawFileWrong(path.name, 1, f"'ours' names {unknown[0]!r}; it is none of {CHOICES}.")
