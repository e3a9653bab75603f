"""A rule of law with all its texts, and the answer it gives with its explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from casemgr.domain.steps import Reading, Step
from casemgr.errors import LawError

__all__ = ["Answer", "Example", "Reading", "Rule", "Side", "Status", "Step", "Text", "Unit"]

Side = Literal["ours", "theirs"]
Status = Literal["verified", "unverified"]
Unit = Literal["working_days", "days", "months", "years"]


@dataclass(frozen=True, slots=True)
class Text:
    """One wording of a rule: how long it gives, and since which day.

    `n` of `unit` is the period; `abroad` replaces `n` for a defendant outside the United States.
    `status` is `unverified` where this text was not read in its primary source.
    """

    since: date
    n: int
    unit: Unit
    authority: str
    abroad: int | None = None
    status: Status = "verified"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example kept beside the rule; it runs as a test and on the rules page."""

    name: str
    trigger: date
    due: date
    given: Mapping[str, Any] = field(default_factory=dict)
    source: str = "own"


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that gives somebody days to act, with every text since the first we hold.

    `after` says in words what the trigger is. `counted_under` names the law of counting:
    `foia` (an agency's working days), `plain` (calendar days that never move), or the
    counting rule of a court (`frcp_6`, `frap_26`). `three_days` is `added` where the period runs
    from being served, so that Rule 6(d) reaches it, and `reading` where that is unsettled.
    `method` names a function of
    `casemgr.domain.methods` where the period alone does not say what to do.
    """

    id: str
    title: str
    cites: str
    url: str
    after: str
    whose: Side
    counted_under: Literal["foia", "plain", "frcp_6", "frap_26"]
    texts: tuple[Text, ...]
    examples: tuple[Example, ...]
    checked_on: date
    checked_by: str
    status: Status
    group: str | None = None
    direction: Literal["after", "before"] = "after"
    three_days: Literal["none", "added", "reading"] = "none"
    method: str = "period"
    chosen_by: Literal["trigger", "requested_on"] = "trigger"
    doubt: str | None = None

    @property
    def since(self) -> date:
        """The first day of the oldest text held."""
        return self.texts[0].since

    def text_on(self, day: date) -> Text:
        """Return the wording in force on `day`; a day before the first text is refused."""
        for text in reversed(self.texts):
            if text.since <= day:
                return text
        raise LawError(
            f"{self.id} ({self.cites}) has no text for {day.isoformat()}: the first one held is of "
            f"{self.texts[0].since.isoformat()}. Choose a later day, or add the older text to the "
            "rule's file."
        )


@dataclass(frozen=True)  # without slots: what counts at once (answers.Counted) has its own, fewer
class Answer:
    """What a rule gives: the date, the careful date, who must act, and why.

    `due` is the last day on which the act is timely under the reading the rule book calls the
    law; `safe` is the day a careful office works to: the earliest reading for what we must do,
    the latest before we say that they are late. `status` is `unverified` where the text was not
    read against its primary source; `caution` is the sentence that says so.
    """

    due: date | datetime | None
    safe: date | None
    rule: str | None
    title: str
    whose: str
    text_since: date | None
    cites: str
    steps: tuple[Step, ...]
    readings: tuple[Reading, ...]
    status: str
    caution: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Give the answer as the JSON of a law call."""
        safe, caution = self.safe, self.caution
        return {
            "due": self.due.isoformat() if self.due else None,
            "safe": safe.isoformat() if safe else None,
            "rule": self.rule,
            "title": self.title,
            "whose": self.whose,
            "text_since": self.text_since.isoformat() if self.text_since else None,
            "cites": self.cites,
            "steps": [step.as_dict() for step in self.steps],
            "readings": [reading.as_dict() for reading in self.readings],
            "status": "unverified" if caution else self.status,
            "caution": caution,
        }
