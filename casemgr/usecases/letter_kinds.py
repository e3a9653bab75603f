"""The kinds of letters: what each is for, what the writer types, and what its sending means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from casemgr.domain.words import EventKind, LetterKind, SendMethod, Tone
from casemgr.fields import Code, Day, Input, Note, Printable, Reason, ShortText

Text = Annotated[str, StringConstraints(max_length=8000), Printable]


def _keys(value: Any) -> Any:
    # A form sends what was ticked as words in one field; a program sends a list.
    return value.split() if isinstance(value, str) else value


Key = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9_]+$")]
Keys = Annotated[list[Key], Field(max_length=60), BeforeValidator(_keys)]


class Parts(Input):
    """What the writer of a letter types; each kind of letter has some of these and no others.

    Texts have one paragraph between blank lines; lists (places, words, enclosures) one entry a
    line. `dated_on` left out is the day on which it is looked at or released.
    """

    dated_on: Day | None = None
    method: SendMethod | None = None
    addressed_to: ShortText = ""
    salutation: ShortText = ""
    tone: Tone | None = None
    question: Note = ""
    answer: Text = ""
    pays: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    reasons: Text = ""
    arguments: Keys = []
    known: Text = ""
    look_in: Text = ""
    terms: Note = ""
    relief: Note = ""
    late_because: Annotated[str, StringConstraints(max_length=500), Printable] = ""
    certify: bool = False
    stuck: Text = ""
    settles: Text = ""
    consents: bool = False
    answer_by: Day | None = None
    remarks: Text = ""
    enclosures: Note = ""
    copies: Note = ""


class Typed(Parts):
    """What a page hands in of a letter: its parts, and which letter of theirs it answers."""

    event_id: Code | None = None

    @property
    def parts(self) -> Parts:
        """Return what was typed without what it answers."""
        return Parts.model_validate(self.model_dump(exclude={"event_id"}))


class SentBack(Input):
    """What is to be changed before the letter can be released."""

    because: Annotated[str, StringConstraints(min_length=1, max_length=2000), Printable]


class GivenUp(Input):
    """Why a letter will not be sent."""

    because: Reason


@dataclass(frozen=True, slots=True)
class Asks:
    """One thing the writer types: its label, a hint, and how it is asked for on a page."""

    name: str
    label: str
    hint: str = ""
    control: str = "area"  # area, text, tone, method, yes, arguments


DATED = Asks("dated_on", "Date of the letter", "Leave empty for the day it is released.", "text")
METHOD = Asks("method", "How it will go", "It is printed above the address.", "method")
ADDRESS = Asks(
    "addressed_to", "Address", "One line each. Leave empty for the address on file.", "area"
)
SALUTATION = Asks("salutation", "Salutation", "Leave empty for “Dear FOIA Officer:”.", "text")
REMARKS = Asks("remarks", "Anything to add", "A blank line begins a new paragraph.")
BY = Asks(
    "answer_by", "Ask for an answer by", "A day you will look again. Not a legal date.", "text"
)
ENCLOSED = Asks("enclosures", "Enclosures", "One a line.")
COPIES = Asks("copies", "Copies to", "One a line.")
HEAD, TAIL = (METHOD, ADDRESS, SALUTATION, DATED), (ENCLOSED, COPIES)
REASONS = Asks("reasons", "Your own reasons", "A blank line begins a new paragraph.")
ARGUMENTS = Asks(
    "arguments",
    "Arguments",
    "Tick only what is true of this decision. Nothing is added unless you tick it.",
    "arguments",
)
RELIEF = Asks("relief", "What we ask for", "One a line. Leave empty for the usual requests.")
LATE = Asks("late_because", "If it is late: why", "Printed in the appeal, and kept.")
APPEAL = (REASONS, ARGUMENTS, RELIEF, LATE)


# What is rarely typed: a page keeps it folded away until it is needed.
FOLDED = frozenset(each.name for each in (*HEAD, *TAIL)) - {METHOD.name}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter: its name, its purpose in a sentence, what is typed, what sending logs.

    `logs` None: it stays in the file and is not sent to an agency.
    """

    name: str
    purpose: str
    asks: tuple[Asks, ...]
    logs: EventKind | None = EventKind.LETTER

    @property
    def labels(self) -> dict[str, str]:
        """Return what each part is called where it is typed."""
        return {each.name: each.label for each in self.asks}


KINDS: Mapping[LetterKind, Kind] = {
    LetterKind.FOIA_REQUEST: Kind(
        "Request letter",
        "Asks for the records. Sending it starts the request.",
        (METHOD, DATED),
        EventKind.SENT,
    ),
    LetterKind.PROOF_OF_SENDING: Kind(
        "Proof of sending",
        "Says for the file how and when the request left, and what proves it.",
        (REMARKS, DATED),
        None,
    ),
    LetterKind.QUESTION_REPLY: Kind(
        "Answer to their question",
        "Answers what they asked about the records or the fees, so that their clock runs again.",
        (
            Asks("question", "What they asked", "In your own words, one or two sentences."),
            Asks("answer", "Our answer", "A blank line begins a new paragraph."),
            Asks(
                "pays", "Fees: we will pay up to", "Whole dollars. Empty promises nothing.", "text"
            ),
            *HEAD,
            *TAIL,
        ),
        EventKind.INFORMATION_REPLY_SENT,
    ),
    LetterKind.STILL_INTERESTED: Kind(
        "Yes, we still want the records",
        "Answers an agency that asks whether we are still interested, before it closes the file.",
        (REMARKS, *HEAD, *TAIL),
        EventKind.INTEREST_REPLY_SENT,
    ),
    LetterKind.STATUS_INQUIRY: Kind(
        "Status inquiry",
        "Asks how far they are and when they will finish.",
        (
            Asks("tone", "Tone", "The last one says that a suit may follow.", "tone"),
            BY,
            REMARKS,
            *HEAD,
            *TAIL,
        ),
    ),
    LetterKind.APPEAL_DENIAL: Kind(
        "Appeal: records refused",
        "Asks the appeal office to undo a refusal in whole or part. Needed before suing once they "
        "have decided.",
        (*APPEAL, *HEAD, *TAIL),
        EventKind.APPEAL_SENT,
    ),
    LetterKind.APPEAL_SEARCH: Kind(
        "Appeal: no records, or a poor search",
        "Asks the appeal office to have the search done again, and better.",
        (
            Asks("known", "Records that show there is more", "One a line, with its date."),
            Asks("look_in", "Where they should look", "Offices, people, systems. One a line."),
            Asks("terms", "Words to search for", "One a line."),
            *APPEAL,
            *HEAD,
            *TAIL,
        ),
        EventKind.APPEAL_SENT,
    ),
    LetterKind.APPEAL_FEE_WAIVER: Kind(
        "Appeal: fee waiver refused",
        "Asks the appeal office to grant the fee waiver.",
        (*APPEAL, *HEAD, *TAIL),
        EventKind.APPEAL_SENT,
    ),
    LetterKind.APPEAL_EXPEDITION: Kind(
        "Appeal: faster processing refused",
        "Asks the appeal office to take the request out of turn.",
        (
            Asks(
                "certify", "The signer certifies that what it says of the need is true", "", "yes"
            ),
            *APPEAL,
            *HEAD,
            *TAIL,
        ),
        EventKind.APPEAL_SENT,
    ),
    LetterKind.CONSTRUCTIVE_DENIAL: Kind(
        "Notice that their time is up",
        "Says that the time to decide has passed and that we may sue (the law calls this "
        "constructive denial).",
        (BY, REMARKS, *HEAD, *TAIL),
    ),
    LetterKind.OGIS: Kind(
        "Letter to OGIS, the mediator",
        "Asks for help in the dispute. It stops no deadline: go on counting.",
        (
            Asks("stuck", "Where it is stuck", "A blank line begins a new paragraph."),
            Asks("settles", "What would settle it"),
            Asks("consents", "The requesters agree that OGIS and the agency may talk", "", "yes"),
            *HEAD,
            *TAIL,
        ),
        EventKind.OGIS,
    ),
}


def is_written(kind: LetterKind) -> LetterKind:
    """Return a kind of letter that somebody writes; ValueError for a paper with its own page."""
    if kind not in KINDS:
        raise ValueError("is made from its own page and has no draft; choose a letter")
    return kind


Written = Annotated[LetterKind, AfterValidator(is_written)]

APPEALS = frozenset(kind for kind, each in KINDS.items() if each.logs is EventKind.APPEAL_SENT)


def foreign_to(kind: LetterKind, parts: Parts) -> list[str]:
    """Return the names of what was typed that a letter of this kind has no place for."""
    own = {each.name for each in KINDS[kind].asks}
    return sorted(set(typed(parts)) - own)


def typed(parts: Parts) -> dict[str, Any]:
    """Return what was typed as it is kept: plain values, and nothing that was left empty."""
    return parts.model_dump(mode="json", exclude_defaults=True)
