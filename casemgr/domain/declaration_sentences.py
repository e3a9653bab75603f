"""What happened, as a ready sentence for a declaration: only what is on file, and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casemgr.domain.prose import long_day
from casemgr.domain.words import Certainty, EntryKind, EventKind, Outcome, Side

# After the day: who did what. `{agency}` is the component, `{whom}` who was spoken with.
HAPPENED: Mapping[EventKind, str] = {
    EventKind.SENT: "the request was sent to {agency}",
    EventKind.RECEIVED: "{agency} received the request",
    EventKind.RECEIVED_BY_DESIGNATED: "the request reached an office that {agency} has named to "
    "receive requests",
    EventKind.ACKNOWLEDGED: "{agency} acknowledged the request",
    EventKind.INFORMATION_REQUEST: "{agency} asked for more information about the request",
    EventKind.INFORMATION_REPLY_SENT: "the requesters answered the question of {agency}",
    EventKind.INFORMATION_REPLY_RECEIVED: "{agency} received the answer to its question",
    EventKind.FEE_QUESTION: "{agency} asked about fees",
    EventKind.FEE_ESTIMATE: "{agency} sent an estimate of fees",
    EventKind.FEE_REPLY_SENT: "the requesters answered {agency} about fees",
    EventKind.FEE_REPLY_RECEIVED: "{agency} received the answer about fees",
    EventKind.EXTENSION_NOTICE: "{agency} gave notice that it extended its time to answer",
    EventKind.EXPEDITION_REQUESTED: "the requesters asked {agency} for expedited processing",
    EventKind.EXPEDITION_DECIDED: "{agency} decided on expedited processing",
    EventKind.FEE_WAIVER_REQUESTED: "the requesters asked {agency} to waive fees",
    EventKind.FEE_WAIVER_DECIDED: "{agency} decided on the waiver of fees",
    EventKind.DETERMINATION: "{agency} {decided}",
    EventKind.APPEAL_SENT: "the requesters sent an administrative appeal to {agency}",
    EventKind.APPEAL_RECEIVED: "{agency} received the administrative appeal",
    EventKind.APPEAL_DETERMINATION: "{agency} decided the administrative appeal",
    EventKind.STILL_INTERESTED: "{agency} asked whether the requesters were still interested",
    EventKind.INTEREST_REPLY_SENT: "the requesters told {agency} that they were",
    EventKind.ROUTED: "{agency} passed the request on to another of its offices",
    EventKind.REFERRED: "{agency} referred records to another agency",
    EventKind.CONSULTED: "{agency} consulted another agency about records",
    EventKind.CALL: "there was a telephone call with {whom}",
    EventKind.LETTER: "{agency} wrote about the request",
    EventKind.RECORDS_PRODUCED: "{agency} produced records",
    EventKind.OGIS: "the Office of Government Information Services was asked for help",
    EventKind.WITHDRAWN: "the request to {agency} was withdrawn",
    EventKind.CLOSED: "{agency} closed the request",
    EventKind.SUIT_FILED: "this action was filed",
}
DECIDED: Mapping[Outcome | None, str] = {
    Outcome.GRANTED: "granted the request",
    Outcome.PARTIAL: "refused the request in part",
    Outcome.DENIED: "refused the request",
    Outcome.NO_RECORDS: "answered that it found no records",
    Outcome.GLOMAR: "declined to say whether it has such records",
    Outcome.IMPROPER: "turned the request away as improper",
}
FILED_BY: Mapping[Side, str] = {Side.OURS: "plaintiffs filed", Side.THEIRS: "defendants filed"}
PAPER: Mapping[EntryKind, str] = {
    EntryKind.COMPLAINT: "the complaint",
    EntryKind.ANSWER: "an answer",
    EntryKind.MOTION: "a motion",
    EntryKind.OPPOSITION: "an opposition",
    EntryKind.REPLY: "a reply",
    EntryKind.RECONSIDERATION: "a motion for reconsideration",
    EntryKind.STIPULATION: "a stipulation",
    EntryKind.NOTICE_OF_APPEAL: "a notice of appeal",
    EntryKind.FEE_MOTION: "a motion for fees",
    EntryKind.DECLARATION: "a declaration",
    EntryKind.LETTER: "a letter",
}
BY_THE_COURT: Mapping[EntryKind, str] = {
    EntryKind.ORDER: "the Court entered an order",
    EntryKind.OPINION: "the Court issued an opinion",
    EntryKind.JUDGMENT: "the Court entered judgment",
}


def when(day: date, certainty: Certainty) -> str:
    """Return the head of a sentence: how surely the day is known is said with it.

    >>> when(date(2010, 3, 4), Certainty.MONTH)
    'In March 2010'
    """
    return {
        Certainty.EXACT: f"On {long_day(day)}",
        Certainty.ABOUT: f"Around {day:%B %Y}",
        Certainty.MONTH: f"In {day:%B %Y}",
        Certainty.UNKNOWN: "On a day that the file does not show",
    }[certainty]


def of_event(
    kind: EventKind,
    day: date,
    certainty: Certainty,
    *,
    agency: str,
    outcome: Outcome | None = None,
    whom: str = "",
    says: str = "",
) -> str:
    """Return an event as a sentence; where its kind has none, the line of the timeline itself."""
    if kind not in HAPPENED:
        return f"{when(day, certainty)}: {says or 'something that the file does not describe.'}"
    told = HAPPENED[kind].format(
        agency=agency,
        whom=" of ".join(each for each in (whom, agency) if each) or agency,
        decided=DECIDED.get(outcome, "decided the request"),
    )
    return f"{when(day, certainty)}, {told}."


def of_entry(kind: EntryKind, side: Side, day: date, cited: str) -> str:
    """Return a docket entry as a sentence; `cited` is `Dkt. 12`, or empty without a number.

    >>> of_entry(EntryKind.MOTION, Side.THEIRS, date(2010, 10, 28), "Dkt. 12")
    'On October 28, 2010, defendants filed a motion. Dkt. 12.'
    """
    if side is Side.COURT:
        told = BY_THE_COURT.get(kind, "the Court made an entry on the docket")
    else:
        told = f"{FILED_BY[side]} {PAPER.get(kind, 'a paper')}"
    return f"On {long_day(day)}, {told}.{f' {cited}.' if cited else ''}"


def of_document(title: str, dated: date | None, token: str) -> str:
    """Return the sentence that attaches a document as an exhibit."""
    day = f", dated {long_day(dated)}" if dated and long_day(dated) not in title else ""
    return f"Attached as {token} is a true and correct copy of {title}{day}."
