"""Turn what the seed files say into rows with ids, in the order in which they became known.

A source is written `KEY place; KEY place`; the keys are explained in `sources.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import SQLModel

from casemgr.fields import seeded_code
from casemgr.usecases.seedfiles import (
    SECTIONS,
    OfficeSeed,
    Written,
    columns_of,
    read_seed_files,
    written_name,
)


@dataclass(frozen=True, slots=True)
class Seed:
    """One row to plant: its values, references as ids, and the day it was known."""

    section: str
    key: str
    table: type[SQLModel]
    values: Mapping[str, Any]
    known_on: date
    joins: str = ""  # what the last of the rows is called that it belongs to

    @property
    def id(self) -> Any:
        """Return the row's id; None for a row that only joins two others."""
        return self.values.get("id")

    @property
    def name(self) -> str:
        """Return the row's own words, or else those of the row it belongs to."""
        names = ("name", "title", "says", "served_on_whom", "number", "kind")
        own = next((str(self.values[each]) for each in names if self.values.get(each)), "")
        return own or self.joins or self.key

    @property
    def title(self) -> str:
        """Return what the history calls the row."""
        table = str(self.table.__tablename__).replace("_", " ")
        said = f"{table}: {self.name}" if self.name == self.joins else self.name
        return said if len(said) <= 200 else said[:199] + "…"


@dataclass(frozen=True, slots=True)
class Seeds:
    """Everything to plant: sorted by the day it was known, parents before children."""

    office: OfficeSeed
    rows: tuple[Seed, ...]
    fingerprint: str


def read_seeds(folder: Path) -> Seeds:
    """Return every row that the seed files make; a wrong reference or day is refused by name."""
    files = read_seed_files(folder)
    linked = _Linker(files.sources, _index(files.rows)).link_all()
    order = {table.name: place for place, table in enumerate(SQLModel.metadata.sorted_tables)}
    rows = sorted(linked, key=lambda seed: (seed.known_on, order[str(seed.table.__tablename__)]))
    return Seeds(files.office, tuple(rows), files.fingerprint)


Place = tuple[str, str]  # table name and key


def _index(rows: Iterable[Written]) -> dict[Place, Written]:
    index: dict[Place, Written] = {}
    for row in rows:
        place = (str(row.table.__tablename__), row.key)
        if place in index:
            raise row.wrong(f"the key is written twice, first in {index[place].file}. Keep one.")
        index[place] = row
    return index


@dataclass
class _Linker:
    """Looks references up; a row's parents are linked before it."""

    sources: Mapping[str, str]
    index: Mapping[Place, Written]
    found: dict[Place, Seed] = field(default_factory=dict)

    def link_all(self) -> list[Seed]:
        """Return every row, parents before children."""
        for place in self.index:
            self._link(place)
        return list(self.found.values())

    def _link(self, place: Place) -> Seed:
        if place not in self.found:
            row = self.index[place]
            values, parents = self._values(row)
            known_on = _known_on(row, values, parents)
            joins = next((each.name for each in reversed(parents)), "")
            self.found[place] = Seed(row.section, row.key, row.table, values, known_on, joins)
        return self.found[place]

    def _values(self, row: Written) -> tuple[dict[str, Any], list[Seed]]:
        values: dict[str, Any] = {"id": seeded_code(row.prefix, row.key)} if row.prefix else {}
        parents: list[Seed] = []
        for column in columns_of(row.section):
            said = row.says.get(written_name(column))
            if column.foreign_keys:
                values[column.name] = self._reference(row, column, said, parents)
            elif column.name == "decides_ids":
                decided = [self._refer(row, "docket_entry", key) for key in said or ()]
                parents += decided
                values[column.name] = [each.id for each in decided]
            elif said is not None:
                values[column.name] = list(said) if isinstance(said, tuple) else said
        if row.section == "flags":
            values |= self._subject(row, parents)
        return self._spelled_out(row, values), parents

    def _reference(
        self, row: Written, column: sa.Column[Any], said: str | None, parents: list[Seed]
    ) -> str | None:
        if said is None:
            if not column.nullable:
                raise row.wrong(f"the key {written_name(column)!r} is missing.")
            return None
        target = next(iter(column.foreign_keys)).column.table.name
        parents.append(self._refer(row, target, said))
        return str(parents[-1].id)

    def _refer(self, row: Written, table: str, key: str) -> Seed:
        if (table, key) not in self.index:
            raise row.wrong(f"there is no {table} with the key {key!r}.")
        return self._link((table, key))

    def _subject(self, row: Written, parents: list[Seed]) -> dict[str, Any]:
        section, _, key = str(row.says["about"]).partition(" ")
        if section not in SECTIONS:
            raise row.wrong(f"'about' begins with {section!r}, which is no section.")
        parents.append(self._refer(row, str(SECTIONS[section][0].__tablename__), key))
        return {
            "subject_kind": str(parents[-1].table.__tablename__),
            "subject_id": parents[-1].id,
        }

    def _spelled_out(self, row: Written, values: dict[str, Any]) -> dict[str, Any]:
        if "source" in row.table.model_fields:
            values["source"] = self._source(row, str(values.get("source", "")))
        if "starts_at" in values:  # written in the hearing's own zone
            there = ZoneInfo(values["zone"])
            values["starts_at"] = values["starts_at"].replace(tzinfo=there).astimezone(UTC)
        return values

    def _source(self, row: Written, written: str) -> str:
        said = []
        for part in written.split(";"):
            key, _, place = part.strip().partition(" ")
            if key not in self.sources:
                raise row.wrong(f"the source {key!r} is not in sources.yaml. A fact needs one.")
            said.append(f"{self.sources[key]}, {place}" if place else self.sources[key])
        return "; ".join(said)


def _known_on(row: Written, values: Mapping[str, Any], parents: Iterable[Seed]) -> date:
    """Return the day a row was known: its own, or that of what it hangs on."""
    of_parents = max((each.known_on for each in parents), default=date.min)
    own: date = values.get("known_on", values.get("since_on", of_parents))
    if own < of_parents:
        raise row.wrong(
            f"known on {own}, before what it hangs on, which is known on {of_parents}. "
            "Give it that day or a later one."
        )
    return own
