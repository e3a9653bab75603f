"""A docket entry as far as one reader of it needs to know it: the row itself, its facts, a line."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from casemgr.domain.words import Certainty, EntryKind


class Numbered(Protocol):
    """Its place on the docket: a number, and an attachment's part of it; None where it has none."""

    @property
    def number(self) -> int | None: ...
    @property
    def part(self) -> int | None: ...


class Dated(Numbered, Protocol):
    """Also the day it was filed."""

    @property
    def filed_on(self) -> date: ...


class Kinded(Dated, Protocol):
    """Also what kind of paper it is."""

    @property
    def kind(self) -> EntryKind: ...


class Named(Kinded, Protocol):
    """Also how surely its day is known: enough to name it."""

    @property
    def certainty(self) -> Certainty: ...
