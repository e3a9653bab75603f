"""An answer that counts at once and explains when asked: the same lines do both."""

from __future__ import annotations

from datetime import date

from casemgr.domain.counting import so_many
from casemgr.domain.methods import Ask, Footing, Method, method_of
from casemgr.domain.rules import Answer
from casemgr.domain.steps import Reading, Step


class Counted(Answer):
    """What a rule gives for one question. The date is counted now, the rest when it is read."""

    __slots__ = ("_ask", "_foot", "_method", "_readings", "_steps", "due")
    due: date
    _ask: Ask
    _foot: Footing | None
    _method: Method
    _readings: tuple[Reading, ...] | None
    _steps: tuple[Step, ...] | None

    def __init__(self, ask: Ask) -> None:
        keep = object.__setattr__
        method = method_of(ask.plan.rule)
        keep(self, "_ask", ask)
        keep(self, "_method", method)
        keep(self, "due", method.count(ask, None))
        keep(self, "_foot", None)
        keep(self, "_steps", None)
        keep(self, "_readings", None)

    @property
    def rule(self) -> str:
        return self._ask.plan.rule.id

    @property
    def title(self) -> str:
        return self._ask.plan.rule.title

    @property
    def whose(self) -> str:
        return self._ask.plan.whose

    @property
    def safe(self) -> date:
        if self._method.careful is not None:
            return self._method.careful(self._ask, self.due)
        days = [self.due, *(reading.due for reading in self.readings)]
        return min(days) if self.whose == "ours" else max(days)

    @property
    def text_since(self) -> date:
        return self._footing.text_since

    @property
    def cites(self) -> str:
        return self._footing.cites

    @property
    def _footing(self) -> Footing:
        found = self._foot or self._method.footing(self._ask)
        object.__setattr__(self, "_foot", found)
        return found

    @property
    def steps(self) -> tuple[Step, ...]:
        if self._steps is not None:
            return self._steps
        steps = [_opening(self._ask)]
        self._method.count(self._ask, steps)
        if note := self._ask.text.note:
            steps.append(Step(None, note, self._ask.plan.rule.cites))
        told = tuple(steps)
        object.__setattr__(self, "_steps", told)
        return told

    @property
    def readings(self) -> tuple[Reading, ...]:
        if self._readings is not None:
            return self._readings
        found = tuple(self._method.readings(self._ask, self.due))
        object.__setattr__(self, "_readings", found)
        return found

    @property
    def status(self) -> str:
        return "unverified" if self.caution else "verified"

    @property
    def caution(self) -> str | None:
        rule, text = self._ask.plan.rule, self._ask.text
        doubts = list(self._footing.doubts)
        if rule.status == "unverified":
            doubts.insert(0, rule.doubt or f"{rule.cites} was not read in its primary source")
        if text.status == "unverified":
            doubts.insert(0, f"{text.authority} was not read in its primary source")
        if not doubts:
            return None
        return f"Not verified: {'; '.join(doubts)}. Read the text before relying on this date."


def _opening(ask: Ask) -> Step:
    openings, key = ask.plan.openings, (ask.text.since, ask.n)
    says = openings.get(key) or openings.setdefault(key, _period(ask))
    return Step(ask.trigger, f"{says}{ask.law_on.isoformat()}.", ask.text.authority)


def _period(ask: Ask) -> str:
    rule, text = ask.plan.rule, ask.text
    period = f"{so_many(ask.n, text.unit)} {rule.direction} {rule.after}"
    if rule.method == "appeal_window":
        period = f"from {rule.after}"
    return f"{rule.title}: {period}, by the text in force on "
