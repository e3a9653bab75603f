"""The six plain choices of what came, what each means, and the few fields it then needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from casemgr.domain.words import Outcome
from casemgr.usecases import incoming
from casemgr.usecases.incoming import Came
from casemgr.web import speak

Look = Literal["text", "area", "choose", "radios", "yes", "agency", "asked"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: its look, its label, what to type, and what there is to choose."""

    name: str
    label: str
    hint: str = ""
    look: Look = "text"
    options: tuple[tuple[str, str], ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can come: everyday words, one line of meaning, the word of the law."""

    slug: str
    says: str
    means: str
    law: str
    shape: type[Came] | None = None  # none: it leads to further choices, or to the plain form
    fields: tuple[Field, ...] = ()
    day: str = "Date of the letter"

    @property
    def labels(self) -> dict[str, str]:
        """Return what each field is called on the form."""
        return {"happened_on": self.day, **{each.name: each.label for each in self.fields}}


PAGES = (
    Field("pages_released", "Pages released in full"),
    Field("pages_in_part", "Pages released in part"),
    Field("pages_withheld", "Pages withheld in full"),
    Field("pages_referred", "Pages referred to another agency"),
)
CLAIMED = Field(
    "exemptions",
    "Exemptions they claim",
    "One a line: 5, or 7(C): 12 whole, 40 in part, or 3 (8 U.S.C. § 1367).",
    "area",
)
NUMBER = Field("number", "Their tracking number", "As they write it.")
AMOUNT = Field("amount_cents", "Amount in dollars", "For example 450 or 1,200.50.")
AGENCY = Field("agency_id", "Which component", look="agency")
WHO = (
    Field("with_whom", "With whom", "Name and office, as they said it."),
    Field("phone", "Number", "The one that was called, or that called."),
)

FIRST: tuple[Choice, ...] = (
    Choice(
        "got-it",
        "They got it",
        "A letter or e-mail that says they have the request, often with a number.",
        "acknowledgment",
        incoming.Acknowledged,
        (
            Field(
                "received_on",
                "The day they say they received it",
                "Leave empty if they name none. The clock starts with it.",
            ),
            Field(
                "received_where",
                "Who received it?",
                look="radios",
                options=(
                    ("right", "The office that will answer"),
                    ("designated", "An office that may pass it on"),
                ),
                default="right",
            ),
            NUMBER,
            Field("agency_says_due", "The day they expect to be done", "Their word, not the law."),
        ),
    ),
    Choice(
        "more-time",
        "They need more time",
        "A letter that speaks of unusual circumstances or an extension.",
        "extension, unusual circumstances",
        incoming.MoreTime,
        (Field("agency_says_due", "The day they claim", "Leave empty if they name none."),),
    ),
    Choice(
        "asks",
        "They ask us something",
        "They want details, a promise to pay, or to hear that we still want it. It is our turn.",
        "clarification, fee commitment, still interested",
        incoming.TheyAsk,
        (
            Field(
                "asks",
                "What do they want?",
                look="radios",
                options=(
                    ("information", "Details of what we ask for"),
                    ("fees", "A payment, or a promise to pay"),
                    ("interest", "To hear that we still want the records"),
                ),
            ),
            Field("answer_by", "By which day", "The day the letter names. Leave empty if none."),
            AMOUNT,
        ),
    ),
    Choice(
        "decided",
        "They decided",
        "An answer to the request, to an appeal, on faster processing or on a fee waiver.",
        "determination",
        incoming.Decided,
        (
            Field(
                "decides",
                "What did they decide on?",
                look="radios",
                options=(
                    ("request", "The request"),
                    ("appeal", "Our appeal"),
                    ("expedition", "Faster processing"),
                    ("fee_waiver", "The fee waiver"),
                ),
                default="request",
            ),
            Field(
                "outcome",
                "How?",
                look="choose",
                options=tuple(speak.choices(Outcome)),
            ),
            Field(
                "appeal_says",
                "What the letter says about appealing",
                "Its own words, often on the last page.",
                "area",
            ),
            CLAIMED,
            *PAGES,
        ),
    ),
    Choice(
        "records",
        "Records",
        "A disc, a link or a parcel with records, whatever the letter says.",
        "production, release",
        incoming.Records,
        (
            Field("title", "A name for it", "Leave empty for “Records of” and the day."),
            Field("bates_first", "First page number", "The number stamped on the first page."),
            Field("bates_last", "Last page number"),
            Field("again", "The same pages came before, and now once more", look="yes"),
            *PAGES,
            CLAIMED,
        ),
        day="The day it came",
    ),
    Choice("other", "Other", "A call, a referral, the mediator, our own answer or appeal.", ""),
)
OTHERS: tuple[Choice, ...] = (
    Choice(
        "call",
        "A telephone call",
        "Who said what, at which number. A call can be evidence.",
        "",
        incoming.Call,
        (*WHO, Field("agency_says_due", "The day they gave", "When they expect to be done.")),
        day="The day of the call",
    ),
    Choice(
        "handed-on",
        "Another office has it now",
        "They passed it on, referred records, or consult another agency. It gets its own clock.",
        "routing, referral, consultation",
        incoming.HandedOn,
        (
            Field(
                "how",
                "How?",
                look="radios",
                options=(
                    ("routed", "Passed on: the other office is the right one (routing)"),
                    ("referred", "Referred: the other agency answers for its records"),
                    ("consulted", "Consulted: the other agency is asked, this one answers"),
                ),
            ),
            AGENCY,
            Field("received_on", "The day the other office received it", "Leave empty if unknown."),
            Field("number", "The number it got there"),
            Field(
                "ends_here",
                "Nothing is left to do for this component (closes this track)",
                look="yes",
            ),
        ),
    ),
    Choice(
        "answered",
        "We answered them",
        "Our answer to a question, about fees, or that we still want it.",
        "reply",
        incoming.WeAnswered,
        (
            Field(
                "answers",
                "What was it about?",
                look="radios",
                options=(
                    ("information", "Details of what we ask for"),
                    ("fees", "Fees"),
                    ("interest", "That we still want the records"),
                ),
            ),
            Field(
                "answers_id",
                "Which letter of theirs?",
                "Leave empty if it answers all of them.",
                look="asked",
            ),
            Field(
                "reached_on",
                "The day they had it",
                "The clock goes on from that day. Leave empty until you know.",
            ),
            Field("amount_cents", "We will pay up to, in dollars", "Leave empty if not said."),
        ),
        day="The day we sent it",
    ),
    Choice(
        "appealed",
        "We appealed",
        "An appeal that went out, and the day they had it.",
        "administrative appeal",
        incoming.Appealed,
        (
            Field("grounds", "On what grounds", look="area"),
            Field("received_on", "The day they had it", "Leave empty until you know."),
            Field("number", "The number of the appeal"),
            Field(
                "late_because",
                "Why it went out late",
                "Only if its last day had passed. It is kept, and marked late.",
                "area",
            ),
        ),
        day="The day we sent it",
    ),
    Choice(
        "estimate",
        "They said what it may cost",
        "A figure, without a question to us.",
        "fee estimate",
        incoming.Estimated,
        (AMOUNT,),
    ),
    Choice(
        "ogis",
        "OGIS, the mediator",
        "What we wrote or heard there. No deadline stops for it.",
        "5 U.S.C. § 552(h)(3)",
        incoming.Ogis,
        WHO,
        day="The day",
    ),
    Choice(
        "withdrawn",
        "We withdrew the request",
        "Its clock ends here. Nothing is deleted.",
        "withdrawal",
        incoming.Withdrawn,
        day="The day we withdrew it",
    ),
    Choice("anything", "Anything else", "Every kind there is, in one list.", ""),
)
BY_SLUG: Mapping[str, Choice] = {each.slug: each for each in (*FIRST, *OTHERS)}
