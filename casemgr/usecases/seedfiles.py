"""Read the seed files strictly: each key a column of its table, and nothing else.

A file holds sections named by noun (`events`, `docket_entries`, …). A row's keys are the columns
of its table, references without their `_id`: `track: 2010-ice` names the row with that key.
`tracks: [..]` writes the same fact once for each; `about: SECTION KEY` says what a flag is on.
`defaults` stands for references that a row does not name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, make_dataclass
from functools import cache
from pathlib import Path
from types import GenericAlias
from typing import Any, Literal

import sqlalchemy as sa
from sqlmodel import SQLModel

from casemgr.db import tables
from casemgr.errors import LawFileWrong, SeedsWrong
from casemgr.law.strict import Reader

# Section, table, and the prefix of its codes; None where a row says its own id, or has none.
SECTIONS: Mapping[str, tuple[type[SQLModel], str | None]] = {
    "agencies": (tables.Agency, None),
    "courts": (tables.Court, None),
    "people": (tables.Person, "P"),
    "organisations": (tables.Organisation, "O"),
    "contacts": (tables.Contact, "C"),
    "matters": (tables.Matter, "M"),
    "memberships": (tables.Membership, "MB"),
    "tasks": (tables.Task, "TA"),
    "requests": (tables.FoiaRequest, "R"),
    "request_items": (tables.RequestItem, "RI"),
    "requesters": (tables.Requester, "RR"),
    "tracks": (tables.Track, "T"),
    "recipients": (tables.Recipient, "RC"),
    "tracking_numbers": (tables.TrackingNumber, "TN"),
    "documents": (tables.Document, "DOC"),
    "lawsuits": (tables.Lawsuit, "LS"),
    "lawsuit_tracks": (tables.LawsuitTrack, None),
    "lawsuit_statuses": (tables.LawsuitStatus, "SS"),
    "related_lawsuits": (tables.RelatedLawsuit, "RL"),
    "parties": (tables.Party, "PA"),
    "appearances": (tables.Appearance, "AC"),
    "services": (tables.Service, "SV"),
    "events": (tables.Event, "E"),
    "productions": (tables.Production, "PR"),
    "docket_entries": (tables.DocketEntry, "DE"),
    "filings": (tables.Filing, "FI"),
    "hearings": (tables.Hearing, "H"),
    "order_dates": (tables.OrderDate, "OD"),
    "declarations": (tables.Declaration, "DC"),
    "declaration_versions": (tables.DeclarationVersion, "DV"),
    "paragraphs": (tables.Paragraph, "PG"),
    "flags": (tables.Flag, "FL"),
}
# Their rows are known by their id, their number, or the two rows they join.
_KEYLESS = frozenset({"agencies", "courts", "flags", "lawsuit_tracks"})
_MANY_TEXTS = GenericAlias(tuple, (str, ...))


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from, by the key that facts name it with."""

    key: str
    says: str


@dataclass(frozen=True, slots=True)
class OfficeSeed:
    """The office that the seeds make."""

    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Written:
    """A row as a file writes it, its references not yet looked up."""

    file: str
    section: str
    key: str
    says: Mapping[str, Any]

    @property
    def table(self) -> type[SQLModel]:
        """Return the table it is a row of."""
        return SECTIONS[self.section][0]

    @property
    def prefix(self) -> str | None:
        """Return the prefix of its code; None where the row has no code."""
        return SECTIONS[self.section][1]

    def wrong(self, what: str) -> SeedsWrong:
        """Return the error that names the row's file, section and key."""
        return SeedsWrong(f"{self.file}, {self.section}, {self.key!r}: {what}")


@dataclass(frozen=True, slots=True)
class SeedFiles:
    """What all seed files say; `fingerprint` changes when any of them does."""

    office: OfficeSeed
    sources: Mapping[str, str]
    rows: tuple[Written, ...]
    fingerprint: str


def read_seed_files(folder: Path) -> SeedFiles:
    """Return what the seed files say; whatever nobody meant is refused with file, line and key."""
    paths = sorted(folder.rglob("*.yaml"))
    read = [(path.name, _read(path)) for path in paths]
    offices = [file.office for _, file in read if file.office is not None]
    if len(offices) != 1:
        raise SeedsWrong(f"The seed files name {len(offices)} offices. Name one, in office.yaml.")
    return SeedFiles(
        office=offices[0],
        sources={each.key: each.says for _, file in read for each in file.sources},
        rows=tuple(row for name, file in read for row in _rows(name, file)),
        fingerprint=fingerprint_of(folder),
    )


def _read(path: Path) -> Any:
    try:
        return Reader(path).read(_file_shape())
    except LawFileWrong as wrong:
        raise SeedsWrong(str(wrong)) from wrong


def fingerprint_of(folder: Path) -> str:
    """Return what changes when any seed file does, without reading what they say."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _rows(file: str, read: Any) -> Iterator[Written]:
    if unknown := sorted(set(read.defaults) - _references()):
        raise SeedsWrong(f"{file}, defaults: {unknown[0]!r} is no reference of any section.")
    for section in SECTIONS:
        for row in getattr(read, section):
            says = {each.name: getattr(row, each.name) for each in fields(row)}
            given = {name: value for name, value in says.items() if value is not None}
            stood_in = {name: key for name, key in read.defaults.items() if name in says}
            yield from _multiplied(file, section, {**stood_in, **given})


def _multiplied(file: str, section: str, says: dict[str, Any]) -> Iterator[Written]:
    """Write a fact once for each of its `tracks`."""
    tracks = says.pop("tracks", None)
    key = str(says.pop("key", None) or says.get("id") or says.get("number") or section)
    if tracks is None:
        yield Written(file, section, key, says)
        return
    for track in tracks:
        yield Written(file, section, f"{key}/{track}", {**says, "track": track})


# --- the shape of a file, made from the tables: a misspelt key has no column to go to


@cache
def _file_shape() -> type:
    sections = [
        (name, GenericAlias(tuple, (_row_shape(name), ...)), field(default=())) for name in SECTIONS
    ]
    return make_dataclass(
        "SeedFile",
        [
            ("defaults", Mapping[str, str], field(default_factory=dict)),
            ("sources", GenericAlias(tuple, (Source, ...)), field(default=())),
            ("office", OfficeSeed | None, field(default=None)),
            *sections,
        ],
        frozen=True,
    )


def _row_shape(section: str) -> type:
    needed: list[tuple[str, Any]] = [] if section in _KEYLESS else [("key", str)]
    free: list[tuple[str, Any]] = []
    for column in columns_of(section):
        kind = needed if _must_be_written(section, column) else free
        kind.append((written_name(column), _kind(column)))
    if section == "flags":
        needed = [("about", str), *(each for each in needed if not each[0].startswith("subject_"))]
    if any(name == "track" for name, _ in free):
        free.append(("tracks", _MANY_TEXTS))
    optional = [(name, kind | None, field(default=None)) for name, kind in free]
    return make_dataclass(section, [*needed, *optional], frozen=True)


def columns_of(section: str) -> Iterator[sa.Column[Any]]:
    """Yield the columns that a section's rows may write."""
    table, prefix = SECTIONS[section]
    shape: sa.Table = table.__table__  # type: ignore[attr-defined]
    for column in shape.columns:
        if column.name != "version" and (column.name != "id" or prefix is None):
            yield column


def written_name(column: sa.Column[Any]) -> str:
    """Return the key that a seed file writes a column under."""
    if column.foreign_keys:
        return column.name.removesuffix("_id")
    return "decides" if column.name == "decides_ids" else column.name


@cache
def _references() -> frozenset[str]:
    return frozenset(
        written_name(column)
        for section in SECTIONS
        for column in columns_of(section)
        if column.foreign_keys
    )


def _kind(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.Enum):
        return Literal[tuple(column.type.enums)]
    if isinstance(column.type, sa.JSON):
        return _MANY_TEXTS
    if isinstance(column.type, sa.TypeDecorator):
        return column.type.impl_instance.python_type
    return column.type.python_type


def _must_be_written(section: str, column: sa.Column[Any]) -> bool:
    # A reference may come from `defaults`, so it is missed only when it is looked up.
    found = SECTIONS[section][0].model_fields[column.name]
    return not column.foreign_keys and found.is_required()
