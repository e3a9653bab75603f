"""The agency's period for the request itself: start, pauses, extension, determination."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casemgr.domain.almanac import Almanac
from casemgr.domain.calendars import Calendar
from casemgr.domain.clock_events import ClockEvent
from casemgr.domain.counting import named
from casemgr.domain.pauses import Pause, merged, pair, runs_out
from casemgr.domain.rules import Rule
from casemgr.domain.steps import Step

# Pub. L. 110-175, section 6: the ten-day start and the two pauses bind for requests since then.
OPEN_GOVERNMENT_ACT = date(2008, 12, 31)
RECEIPT = "5 U.S.C. § 552(a)(6)(A)"
TOLLING = "5 U.S.C. § 552(a)(6)(A)(ii)"
EXTENSION = "5 U.S.C. § 552(a)(6)(B)(i)"
# What starts, stops and restarts the clock, until the agency has decided.
STEERING = (
    "received_by_designated",
    "received",
    "information_request",
    "information_reply_received",
    "fee_question",
    "fee_reply_received",
)


@dataclass(frozen=True, slots=True)
class Ignored:
    """An event that does not do what its sender thinks, and why."""

    event: ClockEvent
    why: str

    def as_dict(self) -> dict[str, Any]:
        """Give it as JSON: the event's id, kind and day, and the reason."""
        event = self.event
        return {"id": event.id, "kind": event.kind, "on": event.on.isoformat(), "why": self.why}


@dataclass(frozen=True, slots=True)
class RequestStage:
    """Where the request stands: when the clock started, what stopped it, when it runs out.

    `starts` are the earliest and the latest day 0; `due` the latest last day; `due_range` both
    ends where they differ. `n` is the length of the period in working days.
    """

    n: int
    longer: int
    starts: tuple[date, date] | None = None
    pauses: tuple[Pause, ...] = ()
    extension: ClockEvent | None = None
    determination: ClockEvent | None = None
    due: date | None = None
    earliest: date | None = None
    is_paused: bool = False
    only_designated: ClockEvent | None = None
    capped_from: ClockEvent | None = None
    ignored: tuple[Ignored, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def due_range(self) -> tuple[date, date] | None:
        """Both ends of the last day, where receipt or a pause is uncertain."""
        if self.due is None or self.earliest is None or self.earliest == self.due:
            return None
        return self.earliest, self.due

    @property
    def length(self) -> int:
        """The working days the agency has in all."""
        return self.longer if self.extension else self.n

    def without_complaint_about(self, notice: ClockEvent | None) -> RequestStage:
        """Return the stage without its complaint about a notice that served the appeal."""
        if notice is None:
            return self
        told = _SAYS["extension_notice"]
        return replace(
            self,
            ignored=tuple(one for one in self.ignored if one.event != notice),
            steps=tuple(
                step
                for step in self.steps
                if step.on != notice.on or not step.says.startswith(told)
            ),
        )

    def is_missed(self, as_of: date) -> bool:
        """Whether the time has run without a determination."""
        return self.determination is None and self.due is not None and as_of > self.due

    def was_missed(self, as_of: date) -> bool:
        """Whether the time ran without a determination in time, though one may have come since."""
        decided = self.determination.on if self.determination else as_of
        return self.due is not None and decided > self.due

    def came_too_late(self, pause: Pause) -> bool:
        """Whether the agency asked when its time had run, which changes nothing.

        It cannot have asked on `due` itself: a day on which the clock stands is never the last.
        """
        return self.due is not None and pause.question.on > self.due

    def stood(self) -> list[tuple[date, date]]:
        """List the first and last days of the times the clock stood still after day 0."""
        assert self.starts is not None
        start = self.starts[1]
        spans = merged(
            pause.days(late=True) for pause in self.pauses if not self.came_too_late(pause)
        )
        return [(first, last) for first, last in spans if last and last > start]

    def recount(self, working: Calendar) -> list[Step]:
        """List the days of the period: day 0, those that stood still, those skipped, the last."""
        if self.starts is None or self.due is None:
            return []
        start = self.starts[1]
        steps = self._routing(working)
        steps.append(Step(start, f"recount: {named(start)} is day 0 and is not counted.", RECEIPT))
        stood = self.stood()
        for first, last in stood:
            says = f"{named(first)} to {named(last)}: the clock stands, no day is counted."
            steps.append(Step(first, says, TOLLING))
        steps += [step for step in working.skipped(start, self.due) if not _within(step, stood)]
        says = f"{named(self.due)} is working day {self.length}: the last day."
        return [*steps, Step(self.due, says, RECEIPT)]

    def _routing(self, working: Calendar) -> list[Step]:
        """List the days in which a designated component may have kept the request."""
        if self.capped_from is None or self.starts is None:
            return []
        had, start = self.capped_from.latest, self.starts[1]
        says = f"recount: {named(had)} a designated component had the request; not counted."
        latest = f"{named(start)} is working day 10: the clock starts at the latest."
        return [
            Step(had, says, RECEIPT),
            *working.skipped(had, start),
            Step(start, latest, RECEIPT),
        ]


def _within(step: Step, stood: Sequence[tuple[date, date]]) -> bool:
    return any(step.on and first <= step.on <= last for first, last in stood)


def request_stage(
    known: Sequence[ClockEvent],
    requested_on: date,
    almanac: Almanac,
    rules: Mapping[str, Rule],
) -> RequestStage:
    """Compute the request's stage after each event, and keep the story as steps."""
    blank = RequestStage(
        n=rules["foia.determination"].text_on(requested_on).n,
        longer=rules["foia.extension"].text_on(requested_on).n,
    )
    routing = rules["foia.routing"].texts[0].n if requested_on >= OPEN_GOVERNMENT_ACT else None
    stage, steps = blank, list[Step]()
    bearing = [event for event in known if event.kind in _SAYS]  # on the request's own clock
    for count, event in enumerate(bearing, start=1):
        after = _stage(blank, bearing[:count], almanac.working, routing)
        steps += _told(event, stage, after)
        stage = after
    return replace(stage, steps=tuple(steps))


def _stage(
    blank: RequestStage, known: Sequence[ClockEvent], working: Calendar, routing: int | None
) -> RequestStage:
    """Compute the stage from the events known so far."""
    determination = _first(known, "determination")
    ignored = _late_to_decide(known, determination)
    late = {id(one.event) for one in ignored}
    open_events = [event for event in known if id(event) not in late]
    pauses, not_pausing = _pauses(open_events, routing is not None)
    starts, not_starting = _starts(open_events, working, routing)
    stage = RequestStage(
        n=blank.n,
        longer=blank.longer,
        starts=starts,
        pauses=tuple(pauses),
        determination=determination,
        only_designated=_only_designated(open_events, routing),
        capped_from=_capped_from(open_events, starts, routing),
        ignored=(*ignored, *not_pausing, *not_starting),
    )
    return _counted(stage, open_events, working) if starts else _unstarted(stage, open_events)


def _first(known: Sequence[ClockEvent], kind: str) -> ClockEvent | None:
    return next((event for event in known if event.kind == kind), None)


def _of(known: Sequence[ClockEvent], kind: str) -> list[ClockEvent]:
    return [event for event in known if event.kind == kind]


def _late_to_decide(known: Sequence[ClockEvent], determination: ClockEvent | None) -> list[Ignored]:
    """List what the agency did to its clock after it had decided."""
    if determination is None:
        return []
    after = known[known.index(determination) + 1 :]
    why = "The request had already been decided."
    return [Ignored(one, why) for one in after if one.kind in STEERING]


def _only_designated(known: Sequence[ClockEvent], routing: int | None) -> ClockEvent | None:
    designated = _first(known, "received_by_designated")
    return designated if routing and designated and not _first(known, "received") else None


def _capped_from(
    known: Sequence[ClockEvent], starts: tuple[date, date] | None, routing: int | None
) -> ClockEvent | None:
    """Return the receipt by a designated component, where its ten days set day 0."""
    received, designated = _first(known, "received"), _first(known, "received_by_designated")
    if not routing or designated is None or starts is None:
        return None
    return designated if received is None or starts[1] < received.latest else None


def _starts(
    known: Sequence[ClockEvent], working: Calendar, routing: int | None
) -> tuple[tuple[date, date] | None, list[Ignored]]:
    """Find day 0: receipt by the right component, at the latest ten days after a designated one."""
    received, designated = _first(known, "received"), _first(known, "received_by_designated")
    ignored = [
        Ignored(one, "The clock had started with an earlier receipt.")
        for kind in ("received", "received_by_designated")
        for one in _of(known, kind)[1:]
    ]
    if designated and routing is None:
        why = "Before 2008-12-31 receipt by another component did not start the clock."
        ignored.append(Ignored(designated, why))
        designated = None
    if designated is None:
        return ((received.on, received.latest) if received else None), ignored
    caps = [working.after(day, routing or 0) for day in (designated.on, designated.latest)]
    if received is None:
        return (designated.on, caps[1]), ignored
    if caps[1] < received.on:
        why = "The clock had started on the tenth working day after a designated component had it."
        ignored.append(Ignored(received, why))
    return (min(received.on, caps[0]), min(received.latest, caps[1])), ignored


def _pauses(known: Sequence[ClockEvent], allowed: bool) -> tuple[list[Pause], list[Ignored]]:
    """Join questions to answers: one request for information, fee questions without number."""
    asked, fees = _of(known, "information_request"), _of(known, "fee_question")
    answers, fee_answers = (
        _of(known, "information_reply_received"),
        _of(known, "fee_reply_received"),
    )
    if not allowed:
        why = "Before 2008-12-31 the statute did not let the agency stop its clock."
        return [], [Ignored(one, why) for one in (*asked, *fees, *answers, *fee_answers)]
    why = "The agency may stop its clock for one request for information only."
    ignored = [Ignored(one, why) for one in asked[1:]]
    pauses = pair(asked[:1], answers) + pair(fees, fee_answers)
    used = {id(pause.reply) for pause in pauses}
    idle = [one for one in (*answers, *fee_answers) if id(one) not in used]
    why = "No question that stopped the clock was waiting for this answer."
    return pauses, ignored + [Ignored(one, why) for one in idle]


def _counted(stage: RequestStage, known: Sequence[ClockEvent], working: Calendar) -> RequestStage:
    """Run the period out from its latest and its earliest start."""
    assert stage.starts is not None
    notices = _of(known, "extension_notice")
    late, used = _run_out(stage, working, notices, late=True)
    early, _ = _run_out(stage, working, notices, late=False)
    stage = replace(
        stage, due=late, earliest=early if late else None, extension=used, is_paused=late is None
    )
    return replace(stage, ignored=(*stage.ignored, *_without_effect(stage, notices)))


def _run_out(
    stage: RequestStage, working: Calendar, notices: Sequence[ClockEvent], *, late: bool
) -> tuple[date | None, ClockEvent | None]:
    """Return the last day at one end of what is uncertain, and the notice that made it longer."""
    assert stage.starts is not None
    start = stage.starts[1] if late else stage.starts[0]
    pauses = [pause.days(late=late) for pause in stage.pauses]
    due = runs_out(start, stage.n, pauses, working)
    for notice in notices:
        sent = notice.on if late else notice.latest
        if (due is None or sent <= due) and not _decided_before(stage, notice):
            return runs_out(start, stage.longer, pauses, working), notice
    return due, None


def _decided_before(stage: RequestStage, notice: ClockEvent) -> bool:
    return stage.determination is not None and stage.determination.on < notice.on


def _without_effect(stage: RequestStage, notices: Sequence[ClockEvent]) -> list[Ignored]:
    """List notices and questions that came when the time had run, or once too often."""
    found = []
    for notice in notices:
        if why := _why_no_extension(stage, notice):
            found.append(Ignored(notice, why))
    for pause in stage.pauses:
        if stage.came_too_late(pause):
            found.append(Ignored(pause.question, "The time had already run out."))
    return found


def _why_no_extension(stage: RequestStage, notice: ClockEvent) -> str | None:
    if _decided_before(stage, notice):
        return "The request had already been decided."
    if stage.extension is None:
        assert stage.due is not None  # a notice while the clock stands is in time
        return f"The notice was sent after the time had run on {stage.due.isoformat()}."
    if notice is not stage.extension:
        return "The ten working days of unusual circumstances can be used once."
    if notice.until and stage.due and notice.until > stage.due:
        return (
            f"It names {notice.until.isoformat()}, but the time is longer by "
            f"{stage.longer - stage.n} working days at most: to {stage.due.isoformat()}."
        )
    return None


def _unstarted(stage: RequestStage, known: Sequence[ClockEvent]) -> RequestStage:
    """Nothing was received: what the agency did to a clock that does not run has no effect."""
    why = "No receipt is known, so the clock has not started."
    idle = [Ignored(one, why) for one in _of(known, "extension_notice")]
    idle += [Ignored(pause.question, why) for pause in stage.pauses]
    return replace(stage, ignored=(*stage.ignored, *idle))


_SAYS = {
    "received_by_designated": "a designated component has the request",
    "received": "the right component received the request",
    "information_request": "the agency asked the requester for information",
    "information_reply_received": "the agency received the information",
    "fee_question": "the agency asked about fees",
    "fee_reply_received": "the agency received the answer about fees",
    "extension_notice": "the agency gave notice of unusual circumstances",
    "determination": "the agency decided",
}


def _told(event: ClockEvent, before: RequestStage, after: RequestStage) -> list[Step]:
    """Say what one event did to the clock; nothing it said before is taken back."""
    between = f" (between {event.on.isoformat()} and {event.latest.isoformat()})"
    when = between if event.until_on and event.until_on != event.on else ""
    effect = _effect(event, before, after)
    return [Step(event.on, f"{_SAYS[event.kind]}{when}: {effect}.", _authority(event.kind))]


def _effect(event: ClockEvent, before: RequestStage, after: RequestStage) -> str:
    refused = next((one.why for one in after.ignored if one.event is event), None)
    if refused and event is after.extension:
        return f"{_moved_to(before, after)}. {refused.rstrip('.')}"
    if refused:
        return f"without effect. {refused.rstrip('.')}"
    if event.kind == "determination":
        late = after.due is not None and event.on > after.due
        return "late" if late else "in time"
    return _moved_to(before, after)


def _moved_to(before: RequestStage, after: RequestStage) -> str:
    if after.is_paused:
        return "the clock stands"
    if after.due is None:
        return "the clock has not started"
    if after.due == before.due:
        return f"the last day stays {named(after.due)}"
    was = f", before {named(before.due)}" if before.due else ""
    if after.due_range:
        return (
            f"the last day is between {after.due_range[0].isoformat()} and {named(after.due)}{was}"
        )
    return f"the last day is {named(after.due)}{was}"


def _authority(kind: str) -> str:
    if kind == "extension_notice":
        return EXTENSION
    return TOLLING if "information" in kind or "fee" in kind else RECEIPT
