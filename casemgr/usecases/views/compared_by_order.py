"""Days that the court fixed, moved or took away, and its hearings: each beside what is on file."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial

from casemgr.domain.court_dates import again_key, own_key
from casemgr.domain.docket_days import Speaker, StatedDate, StatedKind
from casemgr.domain.prose import long_day, with_capital
from casemgr.domain.words import DeadlineKind, EntryKind
from casemgr.usecases import lawsuit_facts
from casemgr.usecases.views.compared import Beside, Compared, Verdict, family, is_open, place
from casemgr.usecases.views.deadlines import Shown
from casemgr.usecases.views.lawsuit_rows import Entry
from casemgr.usecases.views.lawsuits import LawsuitPage

# A day is often moved at the last moment, and entered on the docket just after it.
A_LITTLE_LATE = timedelta(days=3)
# A day that is said to be extended may have passed by weeks when the court came to it.
LATE_EXTENSION = timedelta(days=30)


def by_the_court(beside: Beside, entry: Entry, each: StatedDate) -> Compared:
    ours = _of_an_order(beside, each)
    if ours is not None and each.every and not _returns(beside, ours):
        return Compared(
            verdict=Verdict.DIFFER,
            why="The day is on file, and not that the same is due again and again. Look at the "
            "entry, then correct the order date.",
            entry=entry,
            stated=each,
            ours=ours,
        )
    if ours is not None:
        return Compared(
            verdict=Verdict.AGREE,
            why="The court fixed it, and it is on file as such.",
            entry=entry,
            stated=each,
            ours=ours,
        )
    counted = next((one for one in beside.due_on(each.on) if _is_ours(one, each)), None)
    if counted is not None:
        why = "Our own count gives the same day, and the docket names it."
        return Compared(
            verdict=Verdict.AGREE, why=why, entry=entry, stated=each, ours=counted, counted=each.on
        )
    moved = _moved_or_again(beside, entry, each)
    if moved is not None:
        return moved
    why = "The court fixed it. It outranks every rule and stands also on a holiday: record it."
    if each.speaker is Speaker.CLERK and entry.kind is EntryKind.OTHER:
        why = "The clerk set it without an order's words. Look at the paper, then record it."
    return Compared(verdict=Verdict.ONLY_THEIRS, why=why, entry=entry, stated=each)


def _of_an_order(beside: Beside, each: StatedDate) -> Shown | None:
    """Return the day on file that a court fixed for that day."""
    days = beside.due_on(each.on)
    return next((one for one in days if one.line.kind is DeadlineKind.ORDER), None)


def _returns(beside: Beside, ours: Shown) -> bool:
    """Say whether a day on file is the first of several that return."""
    seconds = {again_key(own_key(ours.line.order_date_id or ""), 2), again_key(ours.line.key, 2)}
    return any(one.line.key in seconds for one in beside.page.deadlines)


def _is_ours(shown: Shown, each: StatedDate) -> bool:
    line = shown.line
    return line.kind is DeadlineKind.RULE and family(line.title) == family(each.what)


def lifted(beside: Beside, entry: Entry, each: StatedDate) -> Compared:
    """Compare a day that an entry takes away with what is on file."""
    ours = _of_an_order(beside, each)
    compared = partial(Compared, entry=entry, stated=each, ours=ours)
    if ours is None or not is_open(ours):
        return compared(verdict=Verdict.AGREE, why="It does not stand, and nothing waits for it.")
    why = (
        "The docket says that nothing is due by then any more, and it is on file. Look at the "
        "entry, then correct the order date."
    )
    return compared(verdict=Verdict.DIFFER, why=why)


def _moved_or_again(beside: Beside, entry: Entry, each: StatedDate) -> Compared | None:
    """Say that a later entry set another day in time, or that an earlier one set this day."""
    off = _taken_away(beside, entry, each)
    if off is not None:
        return off
    same = beside.of_the_same(each)
    later = next(
        (
            (other, one)
            for other, one in same
            if one.on != each.on
            and place(entry) < place(other)
            and other.filed_on <= min(each.on + _late_by(one), one.on + _late_by(one))
            and not _was_filed(beside.page, entry, other, each)
        ),
        None,
    )
    compared = partial(Compared, entry=entry, stated=each)
    if later is not None:
        why = with_capital(f"{lawsuit_facts.name(later[0])} set {long_day(later[1].on)} instead.")
        return compared(verdict=Verdict.MOVED, why=why)
    before = next(
        (other for other, one in same if place(other) < place(entry) and one.on == each.on), None
    )
    if before is None:
        return None
    why = with_capital(f"{lawsuit_facts.name(before)} names this day for the same already.")
    return compared(verdict=Verdict.AGAIN, why=why)


def _late_by(later: StatedDate) -> timedelta:
    """Return how long after a day another may still be put in its place."""
    return LATE_EXTENSION if _EXTENDS.search(later.words) else A_LITTLE_LATE


_EXTENDS = re.compile(r"(?i)\bexten(?:d|sion)|\badjourn|\benlarg")
_OFF = {
    StatedKind.DUE: (StatedKind.LIFTED, "takes the day away"),
    StatedKind.APPOINTMENT: (StatedKind.CANCELLED, "calls it off"),
}


def _taken_away(beside: Beside, entry: Entry, each: StatedDate) -> Compared | None:
    """Say that a later entry takes the very day away."""
    if each.kind not in _OFF:
        return None
    kind, does = _OFF[each.kind]
    for other, _ in beside.of_day(kind, each.on):
        if place(entry) < place(other):
            why = with_capital(f"{lawsuit_facts.name(other)} {does}.")
            return Compared(verdict=Verdict.MOVED, why=why, entry=entry, stated=each)
    return None


_REPORT = re.compile(r"(?i)\W*(?:joint |status |amended )*(?:status |joint )(?:report|letter)\b")


def _was_filed(page: LawsuitPage, entry: Entry, later: Entry, each: StatedDate) -> bool:
    """Say whether a report came in between: the later day is then that of the next report."""
    if family(each.what) != "joint letter":
        return False
    return any(
        place(entry) < place(one) < place(later) and _REPORT.match(one.says) is not None
        for one in page.entries
    )


# --- hearings and conferences


def meeting(beside: Beside, entry: Entry, each: StatedDate) -> Compared:
    ours = next((one for one in beside.page.hearings if one.there.date() == each.on), None)
    compared = partial(Compared, entry=entry, stated=each)
    if each.kind is StatedKind.CANCELLED:
        if ours is None:
            return compared(verdict=Verdict.AGREE, why="It is off, and not on file.")
        why = "The docket says it is off, and it is on file. Look at the entry, then note it there."
        return compared(verdict=Verdict.DIFFER, why=why, hearing=ours)
    if ours is not None:
        agrees = each.at is None or ours.there.time() == each.at
        why = "The day and hour are on file." if agrees else "The day is on file at another hour."
        return compared(verdict=Verdict.AGREE if agrees else Verdict.DIFFER, why=why, hearing=ours)
    moved = _moved_or_again(beside, entry, each)
    if moved is not None:
        return moved
    return compared(verdict=Verdict.ONLY_THEIRS, why="It is not on file: record it.")
