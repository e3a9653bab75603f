"""What goes with a declaration to the court: covers, the list of exhibits, the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from casemgr.letters.facts import Caption, Paper, Plain, Signer


@dataclass(frozen=True, kw_only=True)
class CoverFacts(Paper):
    """The sheet before an exhibit: its label (`Exhibit A`), its title, and what it belongs to."""

    TEMPLATE: ClassVar[str] = "exhibit_cover.html"

    caption: Caption
    label: str
    title: str
    to: str


@dataclass(frozen=True, kw_only=True)
class ListedExhibit(Plain):
    """One line of the list; `dated`, `pages` and `cited_in` are words, empty where not known."""

    label: str
    title: str
    dated: str = ""
    source: str = ""
    pages: str = ""
    cited_in: str = ""


@dataclass(frozen=True, kw_only=True)
class ExhibitListFacts(Paper):
    """Every exhibit of one paper, in the order of the labels."""

    TEMPLATE: ClassVar[str] = "exhibit_list.html"

    caption: Caption
    to: str
    exhibits: tuple[ListedExhibit, ...]


@dataclass(frozen=True, kw_only=True)
class Served(Plain):
    """One person served otherwise than by the court's system: who, where, and how."""

    name: str
    lines: tuple[str, ...]
    how: str


@dataclass(frozen=True, kw_only=True)
class CertificateFacts(Paper):
    """A certificate of service (Fed. R. Civ. P. 5(d)(1)(B)(i)); a day not known is left blank."""

    TEMPLATE: ClassVar[str] = "certificate_of_service.html"

    caption: Caption
    papers: tuple[str, ...]
    served: tuple[Served, ...]
    by_court: tuple[str, ...]
    signer: Signer
    on: date | None = None
