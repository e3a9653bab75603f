"""An answer that counts at once and explains when asked: the same lines do both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casemgr.domain.counting import iso
from casemgr.domain.plans import Ask, Footing, Plan
from casemgr.domain.rules import Answer
from casemgr.domain.steps import Reading, Step


class Counted(Answer, Ask):
    """A question and what the rule gives. The date is counted now, the rest when it is read.

    It is its own question: to make two objects takes as long as to count.
    """

    __slots__ = ("_due", "_foot", "_readings", "_steps")
    # What was worked out is put down quickly (only both together take the frozen ways' place);
    # what people read has no way to be set.
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__
    _due: date
    _foot: Footing | None
    _readings: tuple[Reading, ...] | None
    _steps: tuple[Step, ...] | None

    def __init__(self, plan: Plan, trigger: date) -> None:
        self.plan, self.course = plan, plan.course_on(trigger)
        self.trigger, self.law_on = trigger, plan.law_on or trigger
        self._due = plan.method.count(self, None)
        self._foot = self._readings = self._steps = None

    @property
    def due(self) -> date:
        return self._due

    @property
    def rule(self) -> str:
        return self.plan.rule.id

    @property
    def title(self) -> str:
        return self.plan.rule.title

    @property
    def whose(self) -> str:
        return self.plan.whose

    @property
    def safe(self) -> date:
        careful = self.plan.method.careful
        if careful is not None:
            return careful(self, self.due)
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
        if self._foot is None:
            self._foot = self.plan.method.footing(self)
        return self._foot

    @property
    def steps(self) -> tuple[Step, ...]:
        told = self._steps
        if told is None:
            told = self._steps = _steps(self)
        return told

    @property
    def readings(self) -> tuple[Reading, ...]:
        if self._readings is None:
            self._readings = tuple(self.plan.method.readings(self, self.due))
        return self._readings

    @property
    def status(self) -> str:
        return "unverified" if self.caution else "verified"

    @property
    def caution(self) -> str | None:
        rule, text = self.plan.rule, self.text
        doubts = list(self._footing.doubts)
        if rule.status == "unverified":
            doubts.insert(0, rule.doubt or f"{rule.cites} was not read in its primary source")
        if text.status == "unverified":
            doubts.insert(0, f"{text.authority} was not read in its primary source")
        if not doubts:
            return None
        return f"Not verified: {_told(doubts)} Read the text before relying on this date."


def _told(doubts: Sequence[str]) -> str:
    """Run doubts together, some of them phrases, some whole sentences with a stop of their own."""
    told = ""
    for doubt in doubts:
        between = "; " if doubt[:1].islower() else ". "
        told = f"{told}{between if told else ''}{doubt.removesuffix('.')}"
    return f"{told}."


def _steps(ask: Ask) -> tuple[Step, ...]:
    """Count once more, writing down each step: the lines that make the date explain it."""
    course, text = ask.course, ask.course.text
    says = course.says or f"{course.begins}{iso(ask.law_on)}."
    steps = [Step(ask.trigger, says, text.authority)]
    ask.plan.method.count(ask, steps)
    if text.note:
        steps.append(Step(None, text.note, ask.plan.rule.cites))
    return tuple(steps)
