"""What each letter to an agency is made from, beyond the request itself.

As in `casemgr.letters.facts`: plain values only, and what may be None says what the letter does
then. Every letter names the request it is about, and is about one component.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from casemgr.letters.facts import Letterhead, Paper, Plain, Signer, Step

Question = Literal["information", "fees"]
Tone = Literal["first", "second", "last"]


@dataclass(frozen=True, kw_only=True)
class AboutRequest(Plain):
    """The request a letter is about, as the agency can find it.

    - `component`, `agency`: who was asked; `agency` None where the component is its own agency.
    - `dated`: the day of the request letter, or None where it is not on file.
    - `numbers`: the tracking numbers the agency gave; empty prints that none was received.
    - `requesters`: whose request it is. `reference`: our own number.
    """

    component: str
    agency: str | None
    subject: str
    dated: date | None
    numbers: tuple[str, ...]
    requesters: tuple[str, ...]
    reference: str


@dataclass(frozen=True, kw_only=True)
class AgencyLetter(Paper):
    """What every letter about a request has.

    `sent_by` is the method as the letter prints it, or None: no line. `contact` is who answers
    questions; `signers` is the attorney who releases it.
    """

    letterhead: Letterhead
    on: date
    sent_by: str | None
    addressee: tuple[str, ...]
    request: AboutRequest
    salutation: str
    contact: Signer
    signers: tuple[Signer, ...]
    closing: str = "Sincerely,"
    enclosures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClockProof(Plain):
    """The agency's time, counted: what a letter about lateness rests on.

    - `received_on`: the day the component had the request, or None: not known.
    - `days`: the working days the law gave it, the extension included.
    - `due`: its last day, or None where none can be said.
    - `late`: working days past that day; 0 where it is not late. `left`: working days to it.
    - `steps`: the count, a line each, with its authority.
    """

    received_on: date | None
    days: int
    due: date | None
    late: int
    left: int
    extended: bool = False
    steps: tuple[Step, ...] = ()


# ------------------------------------------------------------------------------ proof of sending


@dataclass(frozen=True, kw_only=True)
class Delivery(Plain):
    """One copy that left the office: what, to whom, how, when, and its proof (None: nothing)."""

    what: str
    to: str
    how: str
    on: date | None
    proof: str | None


@dataclass(frozen=True, kw_only=True)
class ProofOfSendingFacts(Paper):
    """A statement of how and when a request and the letters about it left the office."""

    TEMPLATE: ClassVar[str] = "proof_of_sending.html"

    letterhead: Letterhead
    on: date
    request: AboutRequest
    deliveries: tuple[Delivery, ...]
    signers: tuple[Signer, ...]
    remarks: tuple[str, ...] = ()


# -------------------------------------------------------------------------------------- answers


@dataclass(frozen=True, kw_only=True)
class QuestionReplyFacts(AgencyLetter):
    """Our answer to what the agency asked, about the records or about fees.

    - `asked_on`: the day of its letter, or None. `question`: what it asked, in our words.
    - `answer`: paragraphs. `pays`: whole dollars the requester commits to, or None: no promise.
    - `pauses`: whether the agency's clock may stand still over this question; the letter then says
      that it runs again (5 U.S.C. § 552(a)(6)(A)(ii), requests since December 31, 2008).
    """

    TEMPLATE: ClassVar[str] = "question_reply.html"

    about: Question
    asked_on: date | None
    question: str | None
    answer: tuple[str, ...]
    pays: int | None = None
    pauses: bool = True


@dataclass(frozen=True, kw_only=True)
class StillInterestedFacts(AgencyLetter):
    """That the requesters still want the records, in answer to an agency that asked."""

    TEMPLATE: ClassVar[str] = "still_interested.html"

    asked_on: date | None
    remarks: tuple[str, ...] = ()


# -------------------------------------------------------------------------------------- waiting


@dataclass(frozen=True, kw_only=True)
class StatusInquiryFacts(AgencyLetter):
    """How does it go: asked for the first time, again, or for the last time before suing.

    `earlier` are the days of the inquiries before this one; `answer_by` the day we ask for, or
    None.
    """

    TEMPLATE: ClassVar[str] = "status_inquiry.html"

    tone: Tone
    clock: ClockProof
    earlier: tuple[date, ...] = ()
    answer_by: date | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConstructiveDenialFacts(AgencyLetter):
    """That the agency's time ran out without a decision, and what follows from it.

    - `may_sue_since`: the first day a suit could be brought, or None where that is not certain.
    - `fee_bar`: whether search fees can no longer be charged (requests since December 31, 2008).
    """

    TEMPLATE: ClassVar[str] = "constructive_denial.html"

    clock: ClockProof
    may_sue_since: date | None
    fee_bar: bool
    answer_by: date | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OgisFacts(AgencyLetter):
    """A request to OGIS, the government's mediator for FOIA (5 U.S.C. § 552(h)(3)).

    `history` is what happened, a line each. `consents`: that OGIS may speak with the agency about
    the request and see its papers.
    """

    TEMPLATE: ClassVar[str] = "ogis.html"

    history: tuple[Step, ...]
    stuck: tuple[str, ...]
    settles: tuple[str, ...]
    consents: bool


# -------------------------------------------------------------------------------------- appeals


@dataclass(frozen=True, kw_only=True)
class Ground(Plain):
    """One argument of an appeal: its heading, its paragraphs, and the law it rests on."""

    heading: str
    paragraphs: tuple[str, ...]
    cites: str


@dataclass(frozen=True, kw_only=True)
class Withheld(Plain):
    """An exemption the agency claimed (`7(C)`), its place in the Act, and what for, or empty."""

    exemption: str
    cites: str
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class Pages(Plain):
    """How many pages the agency released, in part, withheld and referred; None: it did not say."""

    released: int | None = None
    in_part: int | None = None
    withheld: int | None = None
    referred: int | None = None


@dataclass(frozen=True, kw_only=True)
class AppealFacts(AgencyLetter):
    """What every administrative appeal has.

    - `decided_on`: the day of the decision appealed from; `decided`: what it did, as the end of a
      sentence. `last_day`: the last day to appeal, or None; `window_cites`: the rule it follows
      from. `late_because`: why it is late, or None: it is in time.
    - `grounds`: the arguments the writer chose; `reasons`: what they wrote themselves.
    - `relief`: what is asked for, a line each.
    """

    decided_on: date | None
    decided: str
    last_day: date | None
    window_cites: str | None
    late_because: str | None
    grounds: tuple[Ground, ...]
    reasons: tuple[str, ...]
    relief: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AppealDenialFacts(AppealFacts):
    """An appeal from a refusal in whole or part, by exemption and page counts."""

    TEMPLATE: ClassVar[str] = "appeal_denial.html"

    withheld: tuple[Withheld, ...] = ()
    pages: Pages | None = None


@dataclass(frozen=True, kw_only=True)
class AppealSearchFacts(AppealFacts):
    """An appeal from an answer that nothing was found, or from a search that was too narrow.

    `known` are records that show more must exist; `look_in` and `terms` where and for what to look.
    """

    TEMPLATE: ClassVar[str] = "appeal_search.html"

    known: tuple[str, ...] = ()
    look_in: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AppealFeeWaiverFacts(AppealFacts):
    """An appeal from a refused fee waiver; `asked` are the reasons the request gave for it."""

    TEMPLATE: ClassVar[str] = "appeal_fee_waiver.html"

    asked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AppealExpeditionFacts(AppealFacts):
    """An appeal from refused expedition; `certified_by` certifies what it states of the need.

    `certified_by` None prints no certification.
    """

    TEMPLATE: ClassVar[str] = "appeal_expedition.html"

    asked: tuple[str, ...] = ()
    certified_by: str | None = None
