"""What each paper is made from: the contract between the use cases and the templates.

Every class here is plain: strings, numbers, dates, tuples and other plain classes. A use case
fills one in, or reads it back from what a document remembers with `read(cls, mapping)`, and
gives `facts.plain()` to `casemgr.letters.render.render`. What may be `None` says so and says what
the paper does then; everything else is required, and a paper is never printed with a gap.

Texts of paragraphs take two simple marks: `*words*` prints in italics, and `[^1]` prints the
first of the paragraph's `notes` as a footnote.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from casemgr.errors import Malformed

Whose = Literal["ours", "theirs"]
State = Literal["not_yet", "not_confirmed", "due", "overdue", "done", "superseded"]
FeeCategory = Literal["commercial", "educational", "news_media", "other"]
Jurat = Literal["inside", "outside"]


@dataclass(frozen=True, kw_only=True)
class Plain:
    """What every set of facts can do: refuse what it does not know, and become a mapping."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    def plain(self) -> dict[str, Any]:
        """Return the facts as strings, numbers, dates, tuples and mappings only."""
        return dataclasses.asdict(self)


@dataclass(frozen=True, kw_only=True)
class Paper(Plain):
    """Facts that fill a whole paper; `TEMPLATE` is the file that prints them."""

    TEMPLATE: ClassVar[str]


Facts = TypeVar("Facts", bound=Plain)


def read(cls: type[Facts], mapping: Mapping[str, object]) -> Facts:
    """Make facts from what a document remembers (dates may be ISO strings).

    Raises Malformed naming each fact that is missing, unknown or of the wrong kind.
    """
    try:
        return TypeAdapter(cls).validate_python(dict(mapping))
    except ValidationError as wrong:
        raise Malformed(
            {
                (name := ".".join(map(str, each["loc"]))): f"{name}: {each['msg']}."
                for each in wrong.errors()
            }
        ) from wrong


# ---------------------------------------------------------------- parts several papers share


@dataclass(frozen=True, kw_only=True)
class Letterhead(Plain):
    """Who writes: the office's name and the lines under it (address, telephone, e-mail)."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Signer(Plain):
    """One person who signs, and the lines under the name (post, organisation, address)."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Party(Plain):
    """One side of a caption: every party in the docket's order, and what the side is called.

    `role` is the word for one of them, `Plaintiff` or `Defendant`; the paper adds the s.
    """

    names: tuple[str, ...]
    role: str


@dataclass(frozen=True, kw_only=True)
class Caption(Plain):
    """The head of a court paper, from the matter and never typed (Fed. R. Civ. P. 10(a)).

    `full` names every party, as a complaint must; otherwise the first of each side and *et al.*
    `docket_number` is what the court's own papers print: `10 Civ. 3488 (SAS)(KNF)`.
    """

    court: str
    district: str
    plaintiffs: Party
    defendants: Party
    docket_number: str
    full: bool = False


@dataclass(frozen=True, kw_only=True)
class Step(Plain):
    """One line of a proof: a day, what happened on it, and the clause that says so."""

    on: date | None
    says: str
    cites: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reading(Plain):
    """One defensible result where law or practice is unsettled, and why."""

    name: str
    due: date | None
    why: str


# ---------------------------------------------------------------------------------- declaration


@dataclass(frozen=True, kw_only=True)
class Table(Plain):
    """A table under a paragraph of testimony: what it shows, its head, its rows, all of them words.

    A first column headed `Day` is kept narrow.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Paragraph(Plain):
    """One paragraph of testimony. Without `number` it prints unnumbered, as its author left it.

    `heading` prints above it; `notes` are its footnotes in order; `table` prints below it.
    """

    text: str
    number: int | None = None
    heading: str | None = None
    notes: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, kw_only=True)
class Translation(Plain):
    """The English of a declaration made in another language, and who certifies it.

    - `opening`, `paragraphs`: the translation, in the order and with the numbers of the original.
    - `language`: what the original is written in, in English: `Spanish`.
    - `translator`: who translated, with the lines under the signature.
    - `competence`: why the translator can, one or more sentences in the first person.
    - `jurat`, `executed_on`, `executed_at`: the translator's own oath, as of the declarant.
    """

    language: str
    opening: str
    paragraphs: tuple[Paragraph, ...]
    translator: Signer
    competence: str
    jurat: Jurat = "inside"
    executed_on: date | None = None
    executed_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class DeclarationFacts(Paper):
    """A declaration under 28 U.S.C. § 1746, as S.D.N.Y. wants papers to look.

    - `title`: `Declaration of Sarang Sekhavat`; printed in capitals in the caption, the name on a
      line of its own.
    - `purpose`: `in support of plaintiffs' motion …`, under the title, or None.
    - `declarant`: the person, with the lines under the signature.
    - `opening`: the sentence before paragraph 1.
    - `jurat`: `inside` the United States (§ 1746(2)) or `outside` (§ 1746(1), which adds the
      words *under the laws of the United States of America*).
    - `executed_on`, `executed_at`: None prints a line to be filled in by hand at signing.
    - `language`: of the testimony, as `en` or `es`. Its oath is printed in that language.
    - `oath`: the oath in a language we do not know it in, or None.
    - `translation`: what follows a declaration that is not in English, or None.
    """

    TEMPLATE: ClassVar[str] = "declaration.html"

    caption: Caption
    title: str
    declarant: Signer
    opening: str
    paragraphs: tuple[Paragraph, ...]
    jurat: Jurat = "inside"
    purpose: str | None = None
    executed_on: date | None = None
    executed_at: str | None = None
    language: str = "en"
    oath: str | None = None
    translation: Translation | None = None


# ------------------------------------------------------------------------------- request letter


@dataclass(frozen=True, kw_only=True)
class Requester(Plain):
    """Who asks, and one or two sentences on who that is, or none."""

    name: str
    about: str


@dataclass(frozen=True, kw_only=True)
class Definition(Plain):
    """A word the letter uses, and what it means there."""

    term: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Item(Plain):
    """One numbered item of records asked for, with lettered parts where it has them."""

    text: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fees(Plain):
    """How fees are to be assessed, and whether a waiver is asked for.

    - `category`, `why`: 5 U.S.C. § 552(a)(4)(A)(ii), with the sentences that show it.
    - `waiver`: the reasons, a paragraph each; empty where none is asked for
      (5 U.S.C. § 552(a)(4)(A)(iii)).
    - `cap`: whole dollars up to which the requester will pay unasked; None promises nothing.
    - `regulation`: the component's own rule of the letter's day, or None.
    """

    category: FeeCategory
    why: tuple[str, ...] = ()
    waiver: tuple[str, ...] = ()
    cap: int | None = None
    regulation: str | None = None


@dataclass(frozen=True, kw_only=True)
class Expedition(Plain):
    """Why the request must be taken out of turn (5 U.S.C. § 552(a)(6)(E)), and who certifies it."""

    reasons: tuple[str, ...]
    certified_by: str
    regulation: str | None = None


@dataclass(frozen=True, kw_only=True)
class RequestLetterFacts(Paper):
    """A FOIA request to one component.

    - `sent_by`: the method, as the letter prints it (`By certified mail, return receipt …`), or
      None: no line.
    - `addressee`: the lines of the address; `component` and `agency` name who is asked
      (`agency` None where the component is its own agency).
    - `introduction`: paragraphs of background, or none.
    - `range_from`, `range_to`: the days the records are from; None for `range_from` means from
      the beginning, None for `range_to` means until the day the search is made.
    - `look_in`: offices, custodians and systems; `terms`: words to search for.
    - `form`: the form of production asked for, a line each (§ 552(a)(3)(B)).
    - `reference`: our own number for the request, or None.
    """

    TEMPLATE: ClassVar[str] = "foia_request.html"

    letterhead: Letterhead
    on: date
    sent_by: str | None
    addressee: tuple[str, ...]
    component: str
    agency: str | None
    subject: str
    requesters: tuple[Requester, ...]
    items: tuple[Item, ...]
    fees: Fees
    contact: Signer
    signers: tuple[Signer, ...]
    salutation: str = "Dear FOIA Officer:"
    introduction: tuple[str, ...] = ()
    definitions: tuple[Definition, ...] = ()
    range_from: date | None = None
    range_to: date | None = None
    look_in: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    expedition: Expedition | None = None
    reference: str | None = None


# ------------------------------------------------------------------------------------ deadlines


@dataclass(frozen=True, kw_only=True)
class DeadlineFacts(Plain):
    """One deadline with its proof, as the page shows it.

    - `reference`: its address (`D-7F3KQ2`); `about`: the track or lawsuit it belongs to.
    - `obliged`: who must act. `act`: what, in one sentence.
    - `due`: the last day on which the act is timely; None where it cannot be said yet.
    - `safe`: the day a careful office works to, or None where it is the same.
    - `state_says`: the tag of the page (`Late: 4 days`, `Not confirmed`).
    - `rule`: the rule's title, or the order for a date a court fixed. `cites`: its authorities.
    - `text_since`: the day since which that text is in force, or None (an order).
    - `starts_with`: the event or entry it is counted from, with its source, one sentence.
    - `checked`: who confirmed or double-checked it and when, one sentence, or None: nobody yet.
    """

    reference: str
    title: str
    whose: Whose
    about: str
    obliged: str
    act: str
    due: date | None
    state: State
    state_says: str
    rule: str
    cites: tuple[str, ...]
    starts_with: str
    steps: tuple[Step, ...]
    safe: date | None = None
    text_since: date | None = None
    readings: tuple[Reading, ...] = ()
    checked: str | None = None


@dataclass(frozen=True, kw_only=True)
class DeadlineReportFacts(Paper):
    """Every deadline of a matter as of a day, ours and theirs, each with its proof."""

    TEMPLATE: ClassVar[str] = "deadline_report.html"

    office: str
    matter: str
    docket_number: str | None
    as_of: date
    ours: tuple[DeadlineFacts, ...]
    theirs: tuple[DeadlineFacts, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DeadlineProofFacts(Paper):
    """One deadline and its proof, as a page that can be an exhibit."""

    TEMPLATE: ClassVar[str] = "deadline_proof.html"

    office: str
    matter: str
    docket_number: str | None
    as_of: date
    deadline: DeadlineFacts


# ---------------------------------------------------------------------------------- plain letter


@dataclass(frozen=True, kw_only=True)
class LetterFacts(Paper):
    """Any other letter: status inquiries, replies, appeals. Paragraphs as in a declaration."""

    TEMPLATE: ClassVar[str] = "letter.html"

    letterhead: Letterhead
    on: date
    sent_by: str | None
    addressee: tuple[str, ...]
    subject: str
    salutation: str
    paragraphs: tuple[Paragraph, ...]
    signers: tuple[Signer, ...]
    closing: str = "Sincerely,"
    enclosures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
