"""What each letter needs before it may be released: every part looked for in its facts.

A part that is missing says what to do. One that blocks keeps the letter from being released; the
others are notes. `verified` says whether the law beside it was read for this office's rule book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casemgr.domain import arguments
from casemgr.domain.prose import long_day
from casemgr.domain.words import EventKind, FeeCategory, LetterKind, Outcome
from casemgr.usecases.letter_facts import Written


@dataclass(frozen=True, slots=True)
class Check:
    """One part of a letter: whether it is there, the law behind it, and what to do if it is not."""

    key: str
    part: str
    met: bool
    law: str = ""
    verified: bool = True
    blocks: bool = True
    todo: str = ""
    seen: str = ""  # what was found, where that is worth saying


Checks = Iterator[Check]


def check(written: Written) -> list[Check]:
    """Return the check list of a letter as it stands, in the order in which one reads a letter."""
    own = OWN.get(written.draft.kind, _nothing)
    return [*_address(written), *own(written)]


def blocking(found: list[Check]) -> list[Check]:
    """Return what keeps the letter from being released."""
    return [each for each in found if each.blocks and not each.met]


def _nothing(_: Written) -> Checks:
    yield from ()


def _address(written: Written) -> Checks:
    facts: Any = written.facts
    if written.draft.kind is LetterKind.PROOF_OF_SENDING:
        return
    yield Check(
        "address",
        "The address of the office it goes to",
        len(facts.addressee) > 2 or bool(written.parts.addressed_to),
        todo="Type the address below, or add it to the component in the directory.",
        seen=", ".join(facts.addressee),
    )
    yield Check(
        "requesters",
        "Who asks for the records",
        bool(written.record.requesters),
        "5 U.S.C. § 552(a)(3)(A)",
        verified=False,
        todo="Add the organisations that ask to the request.",
    )
    if written.draft.kind is LetterKind.FOIA_REQUEST:
        return
    yield Check(
        "request_date",
        "The day of the request",
        written.record.request.requested_on is not None,
        todo="Enter the day of the request letter on the request.",
        blocks=False,
    )
    yield Check(
        "number",
        "Their tracking number",
        bool(written.record.numbers),
        "5 U.S.C. § 552(a)(7)(A)",
        blocks=False,
        todo="If they gave a number, add it to the track. The letter says now that none came.",
        seen=", ".join(each.number for each in written.record.numbers),
    )


# --- the request


def _foia_request(written: Written) -> Checks:
    facts: Any = written.facts
    yield Check(
        "items",
        "What records are asked for, item by item",
        bool(facts.items),
        "5 U.S.C. § 552(a)(3)(A)",
        verified=False,
        todo="Add at least one item to the request.",
    )
    yield Check(
        "range",
        "From when to when",
        facts.range_from is not None or facts.range_to is not None,
        blocks=False,
        todo="Give the request a range of days. Without one it asks for records of any time.",
    )
    category = written.record.request.fee_category
    yield Check(
        "fees",
        "How fees are to be charged, and up to how much",
        category is not FeeCategory.OTHER or bool(facts.fees.waiver) or facts.fees.cap is not None,
        "5 U.S.C. § 552(a)(4)(A)(ii)",
        verified=False,
        blocks=False,
        todo="Choose a fee category, a limit, or say why fees should be waived.",
    )
    if facts.expedition is not None:
        yield Check(
            "certified",
            "The certification for faster processing",
            bool(facts.expedition.certified_by),
            "5 U.S.C. § 552(a)(6)(E)(vi)",
            verified=False,
            todo="Somebody must certify it. The attorney who releases the letter does.",
            seen=facts.expedition.certified_by,
        )
    yield Check(
        "not_sent",
        "It has not been sent already",
        written.record.sent_on is None,
        blocks=False,
        todo="The track says it was sent. Release it again only if another copy is to go out.",
    )


def _proof_of_sending(written: Written) -> Checks:
    facts: Any = written.facts
    yield Check(
        "sent",
        "A copy that was sent, with its day",
        any(each.on is not None for each in facts.deliveries),
        todo="Record first how and when the request was sent.",
    )
    yield Check(
        "proof",
        "A number or a paper that proves it",
        bool(facts.deliveries) and all(each.proof for each in facts.deliveries),
        blocks=False,
        todo="Add the receipt, the confirmation number or the postmark to each copy.",
    )


# --- answers and waiting


def _question_reply(written: Written) -> Checks:
    yield Check(
        "question",
        "The letter it answers",
        written.answered is not None,
        "5 U.S.C. § 552(a)(6)(A)(ii)",
        todo="Log their question on the track first, with its day.",
        seen=long_day(written.answered.happened_on) if written.answered else "",
    )
    yield Check("asked", "What they asked", bool(written.parts.question), blocks=False,
                todo="Say in a sentence what they asked.")  # fmt: skip
    yield Check("answer", "Our answer", bool(written.parts.answer.strip()),
                todo="Type the answer below.")  # fmt: skip
    if written.answered is not None and written.answered.kind is EventKind.FEE_QUESTION:
        yield Check(
            "pays",
            "What we will pay, or that we promise nothing",
            written.parts.pays is not None,
            blocks=False,
            todo="Give an amount, or leave it empty: then the letter says that we promise nothing.",
        )


def _still_interested(written: Written) -> Checks:
    yield Check(
        "asked",
        "The letter that asks whether we are still interested",
        written.answered is not None,
        blocks=False,
        todo="Log their letter on the track, with its day. It has a date of its own.",
        seen=long_day(written.answered.happened_on) if written.answered else "",
    )


def _status_inquiry(written: Written) -> Checks:
    facts: Any = written.facts
    yield from _was_sent(written)
    yield Check(
        "received",
        "The day they received the request",
        facts.clock.received_on is not None,
        blocks=False,
        todo="It is not known for certain. The letter asks them for it.",
    )
    yield Check(
        "undecided",
        "They have not decided",
        written.record.first(EventKind.DETERMINATION) is None,
        todo="They have decided. If that is wrong, an appeal is the next letter.",
    )
    if facts.tone == "last":
        yield Check(
            "late",
            "Their time has run out",
            facts.clock.late > 0,
            "5 U.S.C. § 552(a)(6)(C)(i)",
            todo="It has not, by our count. Choose the first or the second tone.",
            seen=_late(facts.clock.late),
        )


def _constructive_denial(written: Written) -> Checks:
    facts: Any = written.facts
    yield from _was_sent(written)
    yield Check(
        "received",
        "The day they received the request, for certain",
        facts.clock.received_on is not None,
        "5 U.S.C. § 552(a)(6)(A)(i)",
        todo="Enter the day from their letter or the receipt. The count begins there.",
    )
    yield Check(
        "late",
        "Their last day has passed",
        facts.clock.late > 0,
        "5 U.S.C. § 552(a)(6)(C)(i)",
        todo=written.record.cannot_count or "It has not, by our count. Send a status inquiry.",
        seen=_late(facts.clock.late),
    )
    yield Check(
        "undecided",
        "They have not decided",
        written.record.first(EventKind.DETERMINATION) is None,
        "Oglesby v. Department of the Army, 920 F.2d 57 (D.C. Cir. 1990)",
        todo="They have decided, so the next step is an appeal.",
    )
    yield Check(
        "proof",
        "How the days were counted",
        bool(facts.clock.steps),
        blocks=False,
        todo="There is no count to show. Look at the track's dates first.",
    )


def _was_sent(written: Written) -> Checks:
    yield Check(
        "sent",
        "The request was sent",
        written.record.sent_on is not None,
        todo="Record first that the request was sent.",
        seen=long_day(written.record.sent_on) if written.record.sent_on else "",
    )


def _late(days: int) -> str:
    return f"{days} working day{'' if days == 1 else 's'} past" if days else ""


def _ogis(written: Written) -> Checks:
    parts = written.parts
    yield Check("history", "What happened so far", bool(written.record.events),
                todo="Log what happened on the track first.")  # fmt: skip
    yield Check("stuck", "Where it is stuck", bool(parts.stuck.strip()),
                todo="Say below where it is stuck.")  # fmt: skip
    yield Check("settles", "What would settle it", bool(parts.settles.strip()), blocks=False,
                todo="Say what would end the dispute.")  # fmt: skip
    yield Check(
        "consent",
        "That OGIS and the agency may talk about the request",
        parts.consents,
        "5 U.S.C. § 552(h)(3)",
        verified=False,
        todo="Tick it if the requesters agree.",
    )
    yield Check(
        "no_stop",
        "It stops no deadline",
        True,
        blocks=False,
        seen="Every date goes on, the appeal's too.",
    )


# --- appeals


def _appeal(written: Written) -> Checks:
    facts: Any = written.facts
    yield Check(
        "decision",
        "The decision it appeals from, with its day",
        written.answered is not None,
        "5 U.S.C. § 552(a)(6)(A)(i)(III)",
        todo="Log their decision on the track first.",
        seen=long_day(written.answered.happened_on) if written.answered else "",
    )
    yield Check(
        "appeal_office",
        "The address of the appeal office",
        bool(written.parts.addressed_to or written.record.agency.appeals_to),
        todo="Type the address their decision names for appeals.",
    )
    yield from _window(written)
    yield Check(
        "reasons",
        "Reasons: your own, or arguments you ticked",
        bool(facts.reasons or facts.grounds),
        todo="Write why the decision is wrong, or tick at least one argument.",
    )
    yield Check(
        "looked_up",
        "Every authority was read for our rule book",
        all(arguments.BY_KEY[key].verified for key in written.parts.arguments
            if key in arguments.BY_KEY),
        blocks=False,
        todo="Look up those marked “not read here” before this is sent.",
    )  # fmt: skip
    yield Check("relief", "What is asked for", bool(facts.relief), todo="Say what they should do.")


def _window(written: Written) -> Checks:
    facts: Any = written.facts
    if facts.last_day is None:
        yield Check(
            "window",
            "The last day to appeal",
            False,
            blocks=False,
            todo="No last day could be counted. Read the decision for the day it gives.",
        )
        return
    late = written.on > facts.last_day
    yield Check(
        "window",
        "In time, or the reason why it is late",
        not late or bool(facts.late_because),
        facts.window_cites or "",
        todo=f"The last day was {long_day(facts.last_day)}. Say why it is late; it is printed.",
        seen=f"last day {long_day(facts.last_day)}" + (", late" if late else ""),
    )


def _appeal_denial(written: Written) -> Checks:
    facts: Any = written.facts
    yield from _appeal(written)
    yield from _adverse(written)
    yield Check(
        "exemptions",
        "The exemptions they claim",
        bool(facts.withheld),
        "5 U.S.C. § 552(b)",
        verified=False,
        blocks=False,
        todo="Add the exemptions to the decision on the track. The letter then names them.",
        seen=", ".join(each.exemption for each in facts.withheld),
    )
    yield Check(
        "segregable",
        "That what is not exempt must be released",
        "segregable" in written.parts.arguments,
        "5 U.S.C. § 552(b)",
        verified=False,
        blocks=False,
        todo="Tick that argument unless every page was released in part.",
    )
    if written.record.requested_on >= arguments.IMPROVED:
        yield Check(
            "harm",
            "That they show no harm",
            "foreseeable_harm" in written.parts.arguments,
            "5 U.S.C. § 552(a)(8)(A)",
            verified=False,
            blocks=False,
            todo="Tick that argument unless their letter names a harm.",
        )


def _adverse(written: Written) -> Checks:
    outcome = written.answered.outcome if written.answered else None
    yield Check(
        "adverse",
        "The decision refuses something",
        outcome is not Outcome.GRANTED,
        blocks=False,
        todo="They granted everything, by the track. Check the outcome there.",
    )


def _appeal_search(written: Written) -> Checks:
    facts: Any = written.facts
    yield from _appeal(written)
    yield Check(
        "where",
        "Where they should have looked, or what shows there is more",
        bool(facts.look_in or facts.known),
        "5 U.S.C. § 552(a)(3)(C)",
        verified=False,
        todo="Name at least one office or system, or a record that shows there is more.",
    )
    yield Check("terms", "Words to search for", bool(facts.terms), blocks=False,
                todo="Add the words they should search for.")  # fmt: skip


def _appeal_fee_waiver(written: Written) -> Checks:
    facts: Any = written.facts
    yield from _appeal(written)
    yield Check(
        "asked",
        "The reasons the request gave",
        bool(facts.asked),
        "5 U.S.C. § 552(a)(4)(A)(iii)",
        verified=False,
        blocks=False,
        todo="The request on file gives none. Write them under your own reasons.",
    )


def _appeal_expedition(written: Written) -> Checks:
    yield from _appeal(written)
    yield Check(
        "certified",
        "The certification",
        written.parts.certify,
        "5 U.S.C. § 552(a)(6)(E)(vi)",
        verified=False,
        todo="Tick it if the signer can certify what the letter says of the need.",
    )


OWN: Mapping[LetterKind, Callable[[Written], Checks]] = {
    LetterKind.FOIA_REQUEST: _foia_request,
    LetterKind.PROOF_OF_SENDING: _proof_of_sending,
    LetterKind.QUESTION_REPLY: _question_reply,
    LetterKind.STILL_INTERESTED: _still_interested,
    LetterKind.STATUS_INQUIRY: _status_inquiry,
    LetterKind.CONSTRUCTIVE_DENIAL: _constructive_denial,
    LetterKind.OGIS: _ogis,
    LetterKind.APPEAL_DENIAL: _appeal_denial,
    LetterKind.APPEAL_SEARCH: _appeal_search,
    LetterKind.APPEAL_FEE_WAIVER: _appeal_fee_waiver,
    LetterKind.APPEAL_EXPEDITION: _appeal_expedition,
}
