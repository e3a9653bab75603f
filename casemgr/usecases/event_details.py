"""What a letter or call says beyond its kind, and which kinds can say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from casemgr.domain.exemptions import read_claim, read_claims
from casemgr.domain.words import EventKind
from casemgr.fields import Printable

if TYPE_CHECKING:
    from casemgr.usecases.events import EventInput


def _claim(typed: str) -> str:
    return str(read_claim(typed))


def _listed(given: Any) -> Any:
    # A form has one box for all of them.
    return read_claims(given) if isinstance(given, str) else given


# 5 U.S.C. § 552(b)(1)-(9), with the letters of (b)(7), the statute of (b)(3), and pages.
Exemption = Annotated[str, Field(max_length=160), Printable, AfterValidator(_claim)]
Exemptions = Annotated[list[Exemption], Field(max_length=40), BeforeValidator(_listed)]
Pages = Annotated[int, Field(ge=0, le=100_000_000)]

ASKING = frozenset(
    {EventKind.INFORMATION_REQUEST, EventKind.FEE_QUESTION, EventKind.STILL_INTERESTED}
)
OF_FEES = frozenset({EventKind.FEE_ESTIMATE, EventKind.FEE_QUESTION, EventKind.FEE_REPLY_SENT})
DECIDING = frozenset({EventKind.DETERMINATION, EventKind.APPEAL_DETERMINATION})
APPEALING = frozenset({EventKind.APPEAL_SENT, EventKind.APPEAL_RECEIVED})
PAGES = ("pages_released", "pages_in_part", "pages_withheld", "pages_referred")

_BELONGS: Mapping[str, tuple[frozenset[EventKind], str]] = {
    "answer_by": (ASKING, "Only a letter that wants an answer names a day for it"),
    "amount_cents": (OF_FEES, "Only letters about fees have an amount"),
    "appeal_says": (
        DECIDING | {EventKind.FEE_WAIVER_DECIDED, EventKind.EXPEDITION_DECIDED},
        "Only a decision says how to appeal",
    ),
    "exemptions": (DECIDING, "Only a decision claims exemptions"),
    "late_because": (APPEALING, "Only an appeal can be late"),
    **dict.fromkeys(PAGES, (DECIDING, "Only a decision counts pages; log records as a release")),
}


def misplaced(given: EventInput) -> Iterator[tuple[str, str]]:
    """Name each detail that this kind of event cannot have, with the sentence for its field."""
    for name, (kinds, why) in _BELONGS.items():
        if getattr(given, name) not in (None, "", []) and given.kind not in kinds:
            yield name, f"{why}. Leave it out, or choose what happened again."
    if given.answer_by is not None and given.answer_by < given.happened_on:
        yield "answer_by", "An answer cannot be wanted before the letter. Check both days."
