"""What to look at before suing: each of the three from what is on file, and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from casemgr.domain.readiness import ticks
from casemgr.domain.words import Certainty, EventKind, Outcome


@dataclass(frozen=True)
class On:
    kind: EventKind
    happened_on: date
    outcome: Outcome | None = None
    certainty: Certainty = Certainty.EXACT
    id: str = "E-1"
    answers_id: str | None = None


def on(kind: EventKind, day: int, outcome: Outcome | None = None) -> On:
    return On(kind, date(2010, 9, day), outcome)


SENT = on(EventKind.SENT, 8)
GOT = on(EventKind.RECEIVED, 9)
CHECKED = on(EventKind.CHECKED, 20)


@pytest.mark.parametrize(
    ("events", "done"),
    [
        ((), (False, False, True)),
        ((SENT,), (False, False, True)),
        ((SENT, GOT), (True, False, True)),
        ((SENT, CHECKED), (True, True, True)),
        ((GOT, on(EventKind.DETERMINATION, 21, Outcome.DENIED)), (True, True, True)),
        ((GOT, on(EventKind.DETERMINATION, 21, Outcome.IMPROPER)), (True, False, True)),
        ((GOT, CHECKED, on(EventKind.DETERMINATION, 21, Outcome.IMPROPER)), (True, False, True)),
        ((GOT, on(EventKind.INFORMATION_REQUEST, 15)), (True, False, False)),
        ((GOT, on(EventKind.INFORMATION_REQUEST, 15), CHECKED), (True, True, False)),
        ((GOT, CHECKED, on(EventKind.INFORMATION_REQUEST, 21)), (True, False, False)),
        (
            (GOT, on(EventKind.INFORMATION_REQUEST, 15),
             on(EventKind.INFORMATION_REPLY_SENT, 16), CHECKED),
            (True, True, True),
        ),
        ((GOT, CHECKED, on(EventKind.FEE_QUESTION, 21)), (True, True, False)),
        (
            (GOT, CHECKED, on(EventKind.FEE_QUESTION, 10), on(EventKind.FEE_REPLY_SENT, 11),
             on(EventKind.FEE_QUESTION, 12)),
            (True, True, False),
        ),
        ((GOT, CHECKED, on(EventKind.STILL_INTERESTED, 21)), (True, True, False)),
        (
            (GOT, CHECKED, on(EventKind.STILL_INTERESTED, 21),
             on(EventKind.INTEREST_REPLY_SENT, 21)),
            (True, True, True),
        ),
    ],
)  # fmt: skip
def test_each_is_shown_by_what_is_on_file(
    events: tuple[On, ...], done: tuple[bool, bool, bool]
) -> None:
    """In whatever order a list has them."""
    assert tuple(each.done for each in ticks(events)) == done
    assert tuple(each.done for each in ticks(events[::-1])) == done


def test_each_says_by_what() -> None:
    office, described, nothing_open = ticks([GOT, on(EventKind.FEE_QUESTION, 21)])

    assert office.why == "The right office got it on September 9, 2010."
    assert described.why == "Nobody has checked. Read it as a stranger would."
    unsure, *_ = ticks([On(EventKind.RECEIVED, date(2010, 9, 9), certainty=Certainty.ABOUT)])
    assert unsure.why == "The right office got it on a day we do not know exactly."
    assert nothing_open.why == "Not answered: what they asked about fees on September 21, 2010."


def test_an_answer_to_one_question_leaves_the_other_open() -> None:
    first = On(EventKind.FEE_QUESTION, date(2010, 9, 10), id="E-1")
    second = On(EventKind.FEE_QUESTION, date(2010, 9, 12), id="E-2")
    reply = On(EventKind.FEE_REPLY_SENT, date(2010, 9, 14), id="E-3", answers_id="E-1")

    *_, open_still = ticks([GOT, first, second, reply])
    *_, closed = ticks([GOT, first, second, replace(reply, answers_id=None)])

    assert open_still.why == "Not answered: what they asked about fees on September 12, 2010."
    assert closed.done
