"""The docket as people read it: each paper with its exhibits under it, titled one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from casemgr.domain.docket_entries import Numbered
from casemgr.domain.docket_text import Attachment, attachments


class Shown(Numbered, Protocol):
    """An entry of a docket, or an attachment of one."""

    @property
    def id(self) -> str: ...
    @property
    def says(self) -> str: ...


Entry = TypeVar("Entry", bound=Shown)


@dataclass(frozen=True, slots=True)
class DocketRow(Generic[Entry]):
    """One paper of the docket.

    - `parts`: its attachments that are on file, each a row of its own with its own address.
    - `named`: those that its text names and that are not on file.
    """

    entry: Entry
    parts: tuple[Entry, ...]

    def holds(self, entry_id: str) -> bool:
        """Say whether this is the row of an entry, or of one that hangs on it."""
        return any(each.id == entry_id for each in (self.entry, *self.parts))

    @property
    def named(self) -> tuple[Attachment, ...]:
        """Read only for the papers that are shown: a docket has thousands."""
        there = {each.part for each in self.parts}
        if self.entry.part is not None:
            return ()
        return tuple(each for each in attachments(self.entry.says) if each.number not in there)


def rows(entries: Sequence[Entry]) -> Iterator[DocketRow[Entry]]:
    """Yield the papers in the order given; an attachment whose paper is not here stands alone."""
    mains = {each.number for each in entries if each.part is None}
    parts: dict[int | None, list[Entry]] = {}
    for each in entries:
        if each.part is not None and each.number in mains:
            parts.setdefault(each.number, []).append(each)
    for each in entries:
        if each.part is None:
            its = parts.get(each.number, []) if each.number is not None else []
            yield _row(each, sorted(its, key=lambda one: one.part or 0))
        elif each.number not in mains:
            yield DocketRow(each, ())


def _row(entry: Entry, parts: Sequence[Entry]) -> DocketRow[Entry]:
    return DocketRow(entry, tuple(parts))
