"""What each paper of a lawsuit rests on, where that stands, and whether it was read there.

Read means: read at a source for the rule book of this project. What could not be read says so, on
the page and in the API, as the files of rules do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casemgr.domain.words import LetterKind

_RULES = "https://www.law.cornell.edu/rules/frcp/rule_"
_CODE = "https://www.law.cornell.edu/uscode/text/"
_NEW_YORK = frozenset({"nysd", "nyed"})
_SDNY = "https://www.nysd.uscourts.gov/rules"


@dataclass(frozen=True, slots=True)
class Source:
    """One text a paper rests on: what it asks of the paper, where it stands, if it was read."""

    cites: str
    asks: str
    url: str
    read: bool
    courts: frozenset[str] = frozenset()  # the only courts it is the law of; empty: of all


def _frcp(number: int, part: str, asks: str, *, read: bool = False) -> Source:
    return Source(f"Fed. R. Civ. P. {number}{part}", asks, f"{_RULES}{number}", read)


def _local(rule: str, asks: str, *, read: bool = False) -> Source:
    return Source(f"S.D.N.Y. and E.D.N.Y. Local Civil Rule {rule}", asks, _SDNY, read, _NEW_YORK)


_FORMAT = _local("7.1(b)", "The form of every paper: type, spacing, margins.", read=True)
_CAPTION = _frcp(10, "(a)", "A caption with the court, the parties and the number.")
_SIGNED = _frcp(11, "(a)", "Counsel signs, with address, e-mail and telephone.")
_THIRTY = Source(
    "5 U.S.C. § 552(a)(4)(C)", "The agency answers in 30 days, not 60.", f"{_CODE}5/552", read=True
)
_OATH = Source(
    "28 U.S.C. § 1746", "A declaration under penalty of perjury.", f"{_CODE}28/1746", read=True
)

LAW: Mapping[LetterKind, tuple[Source, ...]] = {
    LetterKind.COMPLAINT: (
        Source("5 U.S.C. § 552(a)(4)(B)", "Which courts may hear it.", f"{_CODE}5/552", read=True),
        _frcp(8, "(a)", "Jurisdiction, the claim in short, and what is asked for."),
        _frcp(10, "(b)", "Numbered paragraphs, each of one set of circumstances."),
        _CAPTION,
        _SIGNED,
        _FORMAT,
    ),
    LetterKind.COVER_SHEET: (
        Source(
            "Form JS 44 and its instructions",
            "The boxes and the codes of the sheet.",
            "https://www.uscourts.gov/forms-rules/forms/civil-cover-sheet",
            read=False,
        ),
    ),
    LetterKind.SUMMONS: (
        _frcp(4, "(a)-(b)", "What a summons says; one for each defendant."),
        _frcp(4, "(i)(1)-(2)", "Whom it is served on in a suit against an agency.", read=True),
        _THIRTY,
    ),
    LetterKind.PROOF_OF_SERVICE: (
        _frcp(4, "(l)", "Service is proved to the court, by the server's own statement."),
        _frcp(4, "(c)(2)", "Who may serve: of age, and no party."),
        _frcp(4, "(i)(1)-(2)", "Whom it is served on in a suit against an agency.", read=True),
        _OATH,
    ),
    LetterKind.CERTIFICATE_OF_SERVICE: (
        _frcp(
            5, "(d)(1)(B)", "A certificate, except for whom the court's own system serves a paper."
        ),
        _frcp(5, "(b)(2)", "The ways in which a paper may be served."),
        _FORMAT,
    ),
    LetterKind.NOTICE_OF_MOTION: (
        _frcp(7, "(b)(1)", "A motion in writing, with its grounds and what is asked for."),
        _local("7.1(a)", "Notice of motion, memorandum of law, and what supports them.", read=True),
        _local("6.1(b)", "When the opposition and the reply are served.", read=True),
        _SIGNED,
        _FORMAT,
    ),
    LetterKind.STATUS_REPORT: (_CAPTION, _SIGNED, _FORMAT),
}


def law_of(kind: LetterKind, court_id: str) -> list[Source]:
    """Return what a paper rests on in a court: its own local rules, and none of another's."""
    return [each for each in LAW.get(kind, ()) if not each.courts or court_id in each.courts]
