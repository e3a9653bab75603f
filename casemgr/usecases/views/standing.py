"""Where a track stands on a day, in words: state, what you may do, what we must do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from casemgr.domain.clock import Clock
from casemgr.domain.prose import listed
from casemgr.domain.readiness import CITES, Tick, ticks
from casemgr.domain.words import EventKind, Side
from casemgr.usecases.views.deadlines import Shown
from casemgr.usecases.views.events import Event
from casemgr.usecases.views.tags import Tag, days, short

if TYPE_CHECKING:
    from casemgr.usecases.views.requests import TrackLine
    from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Standing:
    """A track's state with the sentences that go with it."""

    name: str
    state: str
    tag: Tag
    headline: str  # after the agency's name: "is 3 working days past its deadline"
    may: tuple[str, ...]
    ticks: tuple[Tick, ...]  # what to look at before suing, where suing is open
    must: tuple[str, ...]
    ignored: tuple[tuple[str, str], ...]
    cannot_count: str  # why no clock runs, where the law held here has no answer


def standing(
    track: TrackLine,
    clock: Clock,
    cannot_count: str,
    events: Sequence[Event],
    dates: Sequence[Shown],
    work: Work,
) -> Standing:
    """Say where a track stands, what its lateness allows, and what it asks of us."""
    looked_at = ticks(events) if _may_sue(track, clock) else ()
    tag, headline = _state(track, clock, events, looked_at, work.today)
    return Standing(
        name=track.short_name,
        state=clock.state,
        tag=tag,
        headline=headline,
        may=tuple(_may(track, clock, work.today)),
        ticks=looked_at,
        must=tuple(_must(clock, dates, work.today)),
        ignored=_ignored(clock),
        cannot_count=cannot_count,
    )


def _may_sue(track: TrackLine, clock: Clock) -> bool:
    in_suit = clock.state == "in_suit" or track.in_suit_on is not None
    return clock.may_sue and clock.may_sue_since is not None and not in_suit


def _state(
    track: TrackLine,
    clock: Clock,
    events: Sequence[Event],
    looked_at: Sequence[Tick],
    today: date,
) -> tuple[Tag, str]:
    left = clock.days_left
    if clock.state == "closed":
        return Tag("Closed", "done"), "is closed"
    if clock.state == "in_suit":
        since = f" since {short(track.in_suit_on, today)}" if track.in_suit_on else ""
        late = " It did not decide in time." if left is not None and left < 0 else ""
        return Tag("In suit", "right"), f"has been in suit{since}.{late}".rstrip(".")
    if clock.state == "paused":
        asked = next((e for e in events if e.kind.value.endswith(("_request", "_question"))), None)
        since = f" since {short(asked.happened_on, today)}" if asked else ""
        return Tag(f"Paused{since}", "paused"), f"waits for an answer of ours{since}"
    if clock.state in {"determined", "exhausted"} and any(
        e.kind is EventKind.DETERMINATION for e in events
    ):
        return Tag("Decided", "plain"), "has decided"
    if clock.state == "appeal_pending":
        return Tag("Appeal with the agency", "plain"), "has our appeal"
    if clock.state == "appeal_overdue":
        return Tag("Appeal unanswered in time", "right"), "did not decide the appeal in time"
    if clock.state in {"overdue", "exhausted"}:
        past = days(-left, "working day") if left is not None and left < 0 else "some days"
        open_to_us = "You may sue" if all(each.done for each in looked_at) else "Check before suing"
        return Tag(f"{past} past. {open_to_us}", "right"), f"is {past} past its deadline"
    if clock.state == "running":
        if clock.due_range and clock.due_range[0] != clock.due_range[1]:
            return Tag("Receipt date not known", "doubt"), "got it on a day we do not know"
        said = days(left, "working day") if left is not None else "time"
        return Tag(f"{said} left", "plain"), f"has {said} left"
    return Tag("Not started", "plain"), "has not been shown to have the request"


def _may(track: TrackLine, clock: Clock, today: date) -> list[str]:
    if clock.state == "in_suit" or track.in_suit_on is not None:
        return ["A lawsuit is under way. Look at its docket for the next dates."]
    found = []
    if clock.may_sue and clock.may_sue_since is not None:
        found.append(
            f"Sue since {short(clock.may_sue_since, today)}: {_basis(clock.sue_basis)} "
            f"The time runs over a proper request only ({CITES}). Look first:"
        )
        if clock.sue_basis == "constructive_exhaustion":
            found.append(
                "This closes if the agency decides first. Then you must appeal before suing."
            )
    if clock.lost_on is not None:
        found.append(
            f"The right to sue without an appeal closed on {short(clock.lost_on, today)}, "
            "when the agency decided."
        )
    return found or ["Nothing yet but ask how it goes."]


def _basis(basis: str | None) -> str:
    return {
        "constructive_exhaustion": "the time to decide ran out with no decision "
        "(the law calls this exhausted, 5 U.S.C. § 552(a)(6)(C)).",
        "actual_exhaustion": "the appeal was decided (5 U.S.C. § 552(a)(6)(A)(ii)).",
        "appeal_overdue": "the time to decide the appeal ran out (5 U.S.C. § 552(a)(6)(C)).",
    }.get(basis or "", "the agency's time is up.")


def _must(clock: Clock, dates: Sequence[Shown], today: date) -> list[str]:
    found = []
    if clock.state == "paused":
        found.append(
            "Answer the agency's question. Until it has the answer, its clock stands still."
        )
    if clock.appeal is not None and clock.state == "determined":
        found.append(
            f"Appeal: plan by {short(clock.appeal.plan_by, today)}, "
            f"last day {short(clock.appeal.last_day, today)} "
            f"(counts when {clock.appeal.counts_by}, {clock.appeal.cites})."
        )
    if not found and not any(each.line.whose is Side.OURS for each in dates):
        found.append("Nothing for this component now.")
    return found


def _ignored(clock: Clock) -> tuple[tuple[str, str], ...]:
    """Pair what does not do what its sender thinks with the reason."""
    return tuple((each.event.kind.replace("_", " "), each.why) for each in clock.ignored)


def summary(found: Sequence[Standing]) -> str:
    """Return one sentence for each way the tracks stand: who is where.

    Components that stand alike share a sentence, so that five are not five sentences.
    """
    alike: dict[str, list[str]] = {}
    for each in found:
        alike.setdefault(each.headline, []).append(each.name)
    return " ".join(f"{listed(names)} {_plural(said, names)}." for said, names in alike.items())


_PLURAL = {"is ": "are ", "has ": "have ", "waits ": "wait ", "got ": "got ", "did ": "did "}


def _plural(said: str, names: Sequence[str]) -> str:
    if len(names) == 1:
        return said
    for one, many in _PLURAL.items():
        if said.startswith(one):
            said = many + said[len(one) :]
            break
    return said.replace(" It did", " They did").replace("its deadline", "their deadlines")
