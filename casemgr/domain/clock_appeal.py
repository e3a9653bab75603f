"""The requester's time to appeal, the agency's time to decide the appeal, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from casemgr.domain.clock_events import ClockEvent
from casemgr.domain.clock_facts import ClockFacts
from casemgr.domain.clock_request import Ignored, RequestStage
from casemgr.domain.counting import named
from casemgr.domain.methods import method_of
from casemgr.domain.plans import Plan
from casemgr.domain.steps import Step
from casemgr.errors import LawError

APPEAL = "5 U.S.C. § 552(a)(6)(A)(ii)"
EXTRA = 10


@dataclass(frozen=True, slots=True)
class Window:
    """The requester's time to appeal: the day to plan by, the last day, and what must happen."""

    plan_by: date
    last_day: date
    counts_by: str
    cites: str
    determination: ClockEvent

    def as_dict(self) -> dict[str, str]:
        """Give the window as JSON."""
        return {
            "plan_by": self.plan_by.isoformat(),
            "last_day": self.last_day.isoformat(),
            "counts_by": self.counts_by,
            "cites": self.cites,
        }


@dataclass(frozen=True, slots=True)
class AppealStage:
    """Where the appeal stands: `due` is the last day for the agency's decision on it."""

    window: Window | None = None
    sent: ClockEvent | None = None
    received: ClockEvent | None = None
    decided: ClockEvent | None = None
    due: date | None = None
    extension: ClockEvent | None = None
    ignored: tuple[Ignored, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def is_pending(self) -> bool:
        """Whether an appeal that counts waits for its decision."""
        return (self.sent is not None or self.received is not None) and self.decided is None

    def is_overdue(self, as_of: date) -> bool:
        """Whether the agency's time to decide the appeal has run without a decision."""
        return self.decided is None and self.due is not None and as_of > self.due


def appeal_stage(
    known: Sequence[ClockEvent], request: RequestStage, facts: ClockFacts
) -> AppealStage:
    """Compute the appeal's stage from the events known."""
    decided = _of(known, "appeal_determination")[:1]
    ignored: list[Ignored] = []
    sent, received = _counting_appeal(known, request, facts, ignored, accepted=bool(decided))
    followed_by = next((one for one in (*decided, received, sent) if one), None)
    window, steps = _window(known, followed_by, facts)
    due, longer = _due(known, received, request, facts)
    stage = AppealStage(
        window, sent, received, decided[0] if decided else None, due, longer, tuple(ignored)
    )
    return replace(stage, steps=(*steps, *_told(stage, facts.as_of)))


def _of(known: Sequence[ClockEvent], kind: str) -> list[ClockEvent]:
    return [event for event in known if event.kind == kind]


def _counting_appeal(
    known: Sequence[ClockEvent],
    request: RequestStage,
    facts: ClockFacts,
    ignored: list[Ignored],
    *,
    accepted: bool,
) -> tuple[ClockEvent | None, ClockEvent | None]:
    """Find the first appeal that counts; an appeal the agency decided counts in any case."""
    sent = _first_that_counts(_of(known, "appeal_sent"), known, request, facts, ignored, accepted)
    arrived = _of(known, "appeal_received")
    if sent is not None:
        arrived = [one for one in arrived if one.latest >= sent.on]
    received = _first_that_counts(arrived, known, request, facts, ignored, accepted)
    late = any(one.event in arrived for one in ignored) and received is None
    return (None if late else sent), received


def _first_that_counts(
    appeals: Sequence[ClockEvent],
    known: Sequence[ClockEvent],
    request: RequestStage,
    facts: ClockFacts,
    ignored: list[Ignored],
    accepted: bool,
) -> ClockEvent | None:
    found: ClockEvent | None = None
    for event in appeals:
        why = None if accepted else _refused(event, known, request, facts)
        if found is not None:
            why = "An earlier appeal already started the agency's time."
        if why is None:
            found = event
        else:
            ignored.append(Ignored(event, why))
    return found


def _window(
    known: Sequence[ClockEvent], followed_by: ClockEvent | None, facts: ClockFacts
) -> tuple[Window | None, list[Step]]:
    """Open the window of the last adverse determination that an appeal could follow."""
    adverse = [event for event in known if event.kind == "determination" and event.is_adverse]
    if followed_by is not None:
        adverse = [one for one in adverse if one.on <= followed_by.latest] or adverse[:1]
    if not adverse:
        return None, []
    determination = adverse[-1]
    try:
        window = _window_of(determination, facts)
    except LawError as error:
        return None, [Step(determination.on, str(error), facts.rules["foia.appeal_window"].cites)]
    says = (
        f"the requester may appeal: plan by {named(window.plan_by)}, last day "
        f"{named(window.last_day)}, {window.counts_by} by then."
    )
    return window, [Step(determination.on, says, window.cites)]


def _window_of(determination: ClockEvent, facts: ClockFacts) -> Window:
    rule = facts.rules["foia.appeal_window"]
    plan = Plan(
        rule,
        method_of(rule),
        facts.almanac,
        "ours",
        agency=facts.agency,
        requested_on=facts.requested_on,
    )
    ask, method = plan.ask(determination.on), plan.method
    last_day = method.count(ask, None)
    assert method.careful is not None
    current = [one for one in plan.windows if one.since <= facts.requested_on]
    # The statute does not say sent or received: received is the careful reading.
    counts_by = current[-1].counts_by if current else "received"
    plan_by = method.careful(ask, last_day)
    return Window(plan_by, last_day, counts_by, method.footing(ask).cites, determination)


def _refused(
    event: ClockEvent, known: Sequence[ClockEvent], request: RequestStage, facts: ClockFacts
) -> str | None:
    """Say why an appeal does not count: nothing to appeal yet or at all, or too late."""
    before = [one for one in _of(known, "determination") if one.on <= event.latest]
    if not before:
        silent = request.due is not None and event.latest > request.due
        return None if silent else "There was nothing to appeal yet: the agency's time still ran."
    if not any(one.is_adverse for one in before):
        return "There was nothing to appeal: the request was granted."
    window, _ = _window(known, event, facts)
    if window is None or event.on <= window.last_day:
        return None
    if event.kind == "appeal_received" and window.counts_by == "sent":
        in_time = [one for one in _of(known, "appeal_sent") if one.on <= window.last_day]
        if in_time or not _of(known, "appeal_sent"):
            return None
    return f"The time to appeal ended on {window.last_day.isoformat()}."


def _due(
    known: Sequence[ClockEvent],
    received: ClockEvent | None,
    request: RequestStage,
    facts: ClockFacts,
) -> tuple[date | None, ClockEvent | None]:
    """Twenty working days from receipt of the appeal; ten more where they were not yet used."""
    if received is None:
        return None, None
    working = facts.almanac.working
    n = facts.rules["foia.appeal_determination"].text_on(received.on).n
    due = working.after(received.latest, n)
    for notice in _of(known, "extension_notice"):
        if received.on < notice.on <= due and _is_for_appeal(notice, known, request):
            return working.after(received.latest, n + EXTRA), notice
    return due, None


def _is_for_appeal(notice: ClockEvent, known: Sequence[ClockEvent], request: RequestStage) -> bool:
    """Whether a notice can only mean the appeal: the ten days unused, the request's time over."""
    if request.extension is not None or any(
        one.on < notice.on for one in _of(known, "appeal_determination")
    ):
        return False
    decided = request.determination is not None and request.determination.on < notice.on
    # A notice within the request's time would have made that longer.
    return decided or request.due is not None


def _told(stage: AppealStage, as_of: date) -> list[Step]:
    steps = []
    if stage.sent:
        steps.append(Step(stage.sent.on, "the requester's appeal was sent."))
    if stage.received and stage.due:
        then = "its time runs" if stage.extension else f"its last day is {named(stage.due)}"
        says = f"the agency received the appeal: {then}."
        steps.append(Step(stage.received.on, says, APPEAL))
    if stage.extension and stage.due:
        says = (
            f"notice of unusual circumstances for the appeal: the last day is {named(stage.due)}."
        )
        steps.append(Step(stage.extension.on, says, "5 U.S.C. § 552(a)(6)(B)(i)"))
    if stage.decided:
        steps.append(Step(stage.decided.on, "the agency decided the appeal.", APPEAL))
    if stage.is_overdue(as_of) and stage.due:
        steps.append(Step(stage.due, "the time to decide the appeal ran out.", APPEAL))
    return steps
