"""What a package of a whole matter holds, and whether it is what it says it is.

A package is a bag (`casemgr.files.bag`). Within `data/`:

    about.json        which matter of which office, when, by whom, and the versions
    facts/            the matter's rows, a table a file, a row a line of JSON
    office/           who of the office is on it, whom it reminds, where it came from
    address-book/     of the people, agencies, courts and others it names only what it needs
    documents/        every file as it came, in a folder named by its SHA-256
    former/           the same for what proves an earlier move from another office
    history.jsonl     the matter's records of the history with their seals
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casemgr.db.matter_rows import OF_AN_OFFICE, Row, books, of_matters
from casemgr.db.schema import SCHEMA
from casemgr.db.strict_rows import Whole, read_row
from casemgr.domain import audit
from casemgr.errors import Malformed, Unusable
from casemgr.files.bag import DATA, MANIFEST, SEAL
from casemgr.files.bag_reading import Bag, open_bag

FORMAT = 1
ABOUT, README, HISTORY = "about.json", "README.txt", "history.jsonl"
FACTS, OFFICE, ADDRESS_BOOK = "facts", "office", "address-book"
DOCUMENTS, FORMER = "documents", "former"
MOST_FAULTS = 20

_FILE = re.compile(rf"^({DOCUMENTS}|{FORMER})/([0-9a-f]{{64}})/[A-Za-z0-9._-]{{1,80}}$")


def folder_of(table: sa.Table) -> str:
    """Return the folder in which a table's rows are."""
    if table.name in OF_AN_OFFICE:
        return OFFICE
    return FACTS if table in of_matters() else ADDRESS_BOOK


def row_files() -> dict[str, sa.Table]:
    """Return the files of rows, those first that others refer to."""
    return {f"{folder_of(each)}/{each.name}.jsonl": each for each in (*books(), *of_matters())}


def content_hash(sums: Mapping[str, str]) -> str:
    """Return one hash over facts and documents, by checksums within `data/`.

    It stays the same when a matter goes to another office, where everything else is told anew.
    """
    of_content = (f"{FACTS}/", f"{DOCUMENTS}/")
    listed = (f"{sums[name]}  {name}\n" for name in sorted(sums) if name.startswith(of_content))
    return hashlib.sha256("".join(listed).encode()).hexdigest()


def seal_over(key: bytes, manifest: bytes) -> str:
    """Return an office's seal over a package: HMAC-SHA-256 over its manifest, as hex digits."""
    return hmac.digest(key, b"casemgr package\n" + manifest, "sha256").hex()


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Which(_Strict):
    """The matter that was packed."""

    id: str = Field(pattern=r"^[A-Za-z0-9][\w.-]{0,31}$")
    title: str = Field(max_length=200)


class Reached(_Strict):
    """How far the office's history reached: the newest record's number and its seal."""

    seq: int = Field(ge=0)
    seal: str = Field(max_length=64)


class About(_Strict):
    """What a package says of itself."""

    format: int
    schema_: str = Field(alias="schema")
    program: str = Field(max_length=40)
    law: str = Field(max_length=64)  # the law files its dates were counted under
    office: str = Field(max_length=200)
    matter: Which
    exported_at: datetime
    exported_by: str = Field(max_length=200)
    head: Reached
    records: int = Field(ge=0)  # of the history, how many are of this matter
    content: str = Field(pattern=r"^[0-9a-f]{64}$")


def read_about(bag: Bag) -> About:
    """Return what a package says of itself; refuse one that this version cannot read."""
    try:
        said = json.loads(bag.read(f"{DATA}{ABOUT}"))
        versions = said["format"], said["schema"], str(said["program"])[:40]
    except (ValueError, TypeError, KeyError, RecursionError) as wrong:
        raise Malformed(f"{DATA}{ABOUT} in the package is not what casemgr writes.") from wrong
    if versions[:2] != (FORMAT, SCHEMA):
        raise Unusable(
            f"This package is of format {str(versions[0])[:20]}, schema {str(versions[1])[:20]}, "
            f"made by casemgr {versions[2]}. This version reads format {FORMAT}, schema {SCHEMA}. "
            "Export it again from an office of this version, or use that version here."
        )
    try:
        return About.model_validate(said)
    except ValidationError as wrong:
        where = ".".join(map(str, wrong.errors()[0]["loc"]))
        raise Malformed(f"{DATA}{ABOUT} in the package is not right at {where}.") from wrong


@dataclass
class Package:
    """An opened package; `faults` looks at every byte of it."""

    bag: Bag
    about: About
    fingerprint: str
    sums: Mapping[str, str]  # SHA-256 by the name within data/
    key: bytes | None = None  # of an office that may have sealed it
    counted: dict[str, int] = field(default_factory=dict)

    @property
    def is_sealed(self) -> bool | None:
        """Say whether the seal is this office's; None where no key was given."""
        if self.key is None:
            return None
        said = self.bag.read(SEAL).decode("ascii", "replace").strip()
        return hmac.compare_digest(said, seal_over(self.key, self.bag.read(MANIFEST)))

    def rows(self, name: str, table: sa.Table) -> Iterator[Row]:
        """Yield the rows of a file; Malformed, with the line, where one is not of the table."""
        for number, line in enumerate(self.bag.lines(f"{DATA}{name}"), start=1):
            try:
                yield read_row(table, line)
            except ValueError as wrong:
                raise Malformed(f"{name}, line {number}: {wrong}.") from wrong

    def files(self, folder: str = "") -> Iterator[tuple[str, str]]:
        """Yield every kept file's SHA-256 and its name within `data/`."""
        for name in sorted(self.sums):
            found = _FILE.match(name)
            if found is not None and found[1].startswith(folder):
                yield found[2], name

    def faults(self) -> Iterator[str]:
        """Yield a sentence for everything that is wrong, the checksums first."""
        found = False
        for says in self.bag.faults():
            found = True
            yield says
        if not found:  # of bytes that are not as they were packed, more need not be said
            yield from self._inside()

    def _inside(self) -> Iterator[str]:
        wanted = {ABOUT, README, HISTORY, *row_files()}
        for name in sorted(wanted - self.sums.keys()):
            yield f"{name} is missing from the package: it is not whole."
        for name in sorted(self.sums.keys() - wanted):
            if not _FILE.match(name):
                yield f"{name} does not belong into the package of a matter."
        if wanted <= self.sums.keys():
            yield from self._rows()
            yield from self._history()
        if content_hash(self.sums) != self.about.content:
            yield f"{ABOUT} names another content than the facts and documents make."

    def _rows(self) -> Iterator[str]:
        whole = Whole(self.about.matter.id)
        blobs: dict[str, int] = {}
        for name, table in row_files().items():
            try:
                for number, row in enumerate(self.rows(name, table), start=1):
                    if table.name == "blob":
                        blobs[row["sha256"]] = row["size"]
                    yield from _taken(whole, table, row, f"{name}, line {number}")
            except Malformed as wrong:
                yield str(wrong)
            self.counted[table.name] = whole.count(table.name)
        if self.counted["matter"] != 1:
            yield f"{FACTS}/matter.jsonl does not hold the one matter of this package."
        yield from whole.missing()
        yield from self._files(blobs)

    def _files(self, blobs: dict[str, int]) -> Iterator[str]:
        there: dict[str, str] = {}
        for sha256, name in self.files():
            if self.sums[name] != sha256:
                yield f"{name} is not the file that its folder names."
            elif sha256 in there:
                yield f"{name} is the same file as {there[sha256]}."
            elif blobs.get(sha256) != self.bag.size(f"{DATA}{name}"):
                yield f"{name} is a file of another size than is said, or nothing names it."
            there[sha256] = name
        for sha256 in sorted(blobs.keys() - there.keys()):
            yield f"The document {sha256} is named and not there."
        self.counted[DOCUMENTS] = sum(each.startswith(DOCUMENTS) for each in there.values())

    # --- the history of the office it comes from

    def _history(self) -> Iterator[str]:
        records, ours = 0, 0
        before: tuple[int, str] = (0, "")
        for number, line in enumerate(self.bag.lines(f"{DATA}{HISTORY}"), start=1):
            try:
                seq, seal, fits = self._record(line, before)
            except ValueError as wrong:
                yield f"{HISTORY}, line {number}: {wrong}."
                return
            records, ours, before = records + 1, ours + fits, (seq, seal)
        if (records, True) != (self.about.records, before[0] <= self.about.head.seq):
            yield f"{HISTORY} does not hold the {self.about.records:,} records it should."
        if self.is_sealed and ours != records:
            yield f"{records - ours:,} records of the history do not bear this office's seal."
        if self.is_sealed is False and ours:
            yield (
                "Records of the history bear this office's seal, but the package does not: "
                "somebody changed it and packed it again."
            )
        self.counted[HISTORY] = records

    def _record(self, line: bytes, last: tuple[int, str]) -> tuple[int, str, bool]:
        said = _record_of(line)
        entry: dict[str, Any] = said["entry"]
        sealed = audit.canonical(entry)
        if line != history_line(said["before"], sealed, said["seal"]):
            raise ValueError("it is not written as casemgr writes it")
        if entry["matter_id"] != self.about.matter.id:
            raise ValueError("it is of another matter")
        seq = entry["seq"]
        if type(seq) is not int or seq <= last[0]:
            raise ValueError("its number is out of order")
        if seq == last[0] + 1 and said["before"] != last[1]:
            raise ValueError("it does not follow on the record before it")
        if self.key is None:
            return seq, said["seal"], False
        return seq, said["seal"], audit.seal_of(self.key, said["before"], sealed) == said["seal"]


def _taken(whole: Whole, table: sa.Table, row: Row, where: str) -> Iterator[str]:
    try:
        whole.take(table, row)
    except ValueError as wrong:
        yield f"{where}: {wrong}."


def _record_of(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
        shaped = (
            set(said) == {"before", "entry", "seal"}
            and set(said["entry"]) == set(audit.SEALED)
            and all(isinstance(said[name], str) for name in ("before", "seal"))
        )
    except (ValueError, TypeError, RecursionError) as wrong:
        raise ValueError("it is no record of a history") from wrong
    if not shaped:
        raise ValueError("it is no record of a history")
    return dict(said)


def history_line(before: str, sealed: bytes, seal: str) -> bytes:
    """Return a record as a line: the seal of the record before it, what was sealed, its seal."""
    return b'{"before":"%s","entry":%s,"seal":"%s"}' % (before.encode(), sealed, seal.encode())


@contextmanager
def open_package(file: Path, key: bytes | None = None) -> Iterator[Package]:
    """Open a package; Malformed or Unusable where it is none, could do harm, or is too new."""
    with open_bag(file) as bag:
        about = read_about(bag)
        sums = bag.sums(MANIFEST)
        yield Package(
            bag,
            about,
            hashlib.sha256(bag.read(MANIFEST)).hexdigest(),
            {name.removeprefix(DATA): value for name, value in sums.items()},
            key,
        )


def refuse_faulty(package: Package) -> None:
    """Raise Malformed with the first sentences on what is wrong with a package, if anything is."""
    if wrong := list(islice(package.faults(), MOST_FAULTS)):
        raise Malformed("\n".join([*wrong, "Nothing of the package was used. Ask for it again."]))
