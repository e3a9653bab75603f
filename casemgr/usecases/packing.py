"""Export a matter whole: everything of it in one package that can be checked and taken in again."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO, BinaryIO, cast

import sqlalchemy as sa
from sqlmodel import Session

from casemgr import __version__
from casemgr.db import chain, doors
from casemgr.db.dump import as_line
from casemgr.db.matter_rows import (
    OF_AN_OFFICE,
    Referred,
    Row,
    books,
    from_the_books,
    lines,
    of_matters,
    references,
)
from casemgr.db.schema import SCHEMA
from casemgr.db.tables import Matter
from casemgr.domain.access import Right
from casemgr.errors import NotFound, Unusable, WrongMoment
from casemgr.files.bag import (
    MANIFEST,
    Source,
    pack,
    plain,
    read_in_parts,
    refuse_full,
    safe_part,
)
from casemgr.files.store import Store
from casemgr.usecases import packages, signin
from casemgr.usecases.letters import Opens
from casemgr.usecases.packages import About, Reached, Which
from casemgr.usecases.work import Work

IN_MEMORY = 256 * 1024  # bytes of a table before its rows go to the disk
OF_A_LETTER = {
    "sha256": "pdf",
    "page_sha256": "html",
    "word_sha256": "docx",
    "template_sha256": "json",
}

READ_ME = """\
This is one matter of an office that works with casemgr: {title}
Exported by {by}, {office}, on {day}.

What is here
  about.json      which matter, when, by whom, and the versions of everything
  facts/          the matter's records: a table a file, a record a line of JSON
  office/         who of the office was on it, and whom it reminded
  address-book/   the people, agencies, courts and others that it names
  documents/      every paper as it was received or made, in a folder named by its SHA-256
  former/         if it came from another office before: what proves that
  history.jsonl   who did what, when: each record with its seal and the seal before it

How to check it without casemgr
  Unpack it. In the folder above this one type: sha256sum -c manifest-sha256.txt
  Every line must end in OK. The SHA-256 of manifest-sha256.txt is the package's fingerprint: the
  office that made it has it in its own history, which nobody can change unseen.

How to check it with casemgr
  casemgr matter verify FILE       anywhere; in the office that made it, its seals too
  casemgr matter import FILE       takes it into another office, after the same check
"""


@dataclass(frozen=True)
class Exported:
    """A package that was made: an open file without a name, gone once it is closed."""

    file: BinaryIO
    matter_id: str
    fingerprint: str
    content: str
    size: int

    @property
    def name(self) -> str:
        """Return what to call the file."""
        return f"{self.matter_id}.zip"

    def parts(self) -> Iterator[bytes]:
        """Yield the package part by part and let go of it at the end, however that comes."""
        with self.file:
            yield from read_in_parts(self.file)


@dataclass
class _Gathered:
    """The matter as of one moment: its rows are set aside, its documents stay where they are."""

    about: About
    payload: dict[str, Source] = field(default_factory=dict)


def export_matter(
    opens: Opens, store: Store, office: str, scratch: Path, matter_id: str
) -> Exported:
    """Make the package of a whole matter, for an attorney on it, freshly signed in.

    Rows are read in one short transaction and documents in none, so that nobody waits. Whether
    they still may is asked again when it is recorded, before a byte leaves. `scratch` is a folder
    nobody else reads.
    """
    with ExitStack() as spools:
        with opens(reads_only=True) as work:
            matter = _may_export(work, matter_id)
            gathered = _gather(work, matter, store, office, _Aside(scratch, spools))
            key, by = work.key, work.actor.name
        file = cast(BinaryIO, tempfile.TemporaryFile(dir=scratch))  # noqa: SIM115 - handed on
        try:
            about = gathered.about
            payload = gathered.payload | {
                packages.ABOUT: plain(_json(about)),
                packages.README: plain(_read_me(about)),
            }
            with _one_at_a_time():
                refuse_full(scratch, sum(each.size for each in payload.values()))
                fingerprint = pack(
                    file,
                    f"casemgr-{about.matter.id}",
                    payload,
                    _info(about, by),
                    lambda manifest: packages.seal_over(key, manifest),
                )
            with opens() as work:
                matter = _may_export(work, matter_id)
                work.record("matter.exported", matter, title=matter.title, fingerprint=fingerprint)
        except BaseException:
            file.close()
            raise
    return Exported(file, about.matter.id, fingerprint, about.content, _size(file))


_packing = Lock()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one export write at a time: several large ones would hold every worker thread."""
    if not _packing.acquire(blocking=False):
        raise WrongMoment("Another matter is being exported just now. Try again in a minute.")
    try:
        yield
    finally:
        _packing.release()


def _may_export(work: Work, matter_id: str) -> Matter:
    matter = doors.matter(work.session, work.actor, matter_id, Right.EXPORT, work.today)
    signin.fresh(work)
    return matter


def may_export(work: Work, matter_id: str) -> None:
    """Raise what an export would raise: NotFound, Refused, or that the sign-in is too long ago."""
    _may_export(work, matter_id)


def _size(file: BinaryIO) -> int:
    return file.seek(0, 2)


@dataclass(frozen=True)
class _Aside:
    """Sets lines aside in files without a name, each with its checksum."""

    scratch: Path
    spools: ExitStack
    sums: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, given: Iterable[bytes]) -> Source:
        """Write lines to a file of their own and return what packs it."""
        made = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(self.scratch))  # noqa: SIM115
        spool = cast(BinaryIO, self.spools.enter_context(cast(IO[bytes], made)))
        found, size = hashlib.sha256(), 0
        for line in given:
            for part in (line, b"\n"):
                found.update(part)
                size += spool.write(part)
        self.sums[name] = found.hexdigest()
        return Source(size, lambda: read_in_parts(spool))


def _gather(work: Work, matter: Matter, store: Store, office: str, aside: _Aside) -> _Gathered:
    payload: dict[str, Source] = {}
    referred, names = Referred(), _Names()
    for table in of_matters():
        name = f"{packages.folder_of(table)}/{table.name}.jsonl"
        found = lines(work.session, table, matter.id, referred)
        payload[name] = aside.put(name, names.seen(table, found))
    kept = from_the_books(work.session, referred)
    for table in books():
        name = f"{packages.ADDRESS_BOOK}/{table.name}.jsonl"
        payload[name] = aside.put(name, (as_line(row) for row in kept[table.name]))
    for blob in kept["blob"]:
        name = names.of(blob["sha256"])
        aside.sums[name] = blob["sha256"]
        payload[name] = _document(store, blob)
    records = _History(work.session, matter.id)
    payload[packages.HISTORY] = aside.put(packages.HISTORY, records.lines())
    return _Gathered(_about(work, matter, office, records, aside), payload)


class _Names:
    """What each kept file is called in the package; one that several records name, after the
    first of them."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def seen(self, table: sa.Table, found: Iterable[tuple[Row, bytes]]) -> Iterator[bytes]:
        """Look at the rows as they go by, and pass on their lines."""
        for row, line in found:
            for column, other in references(table):
                if other == "blob" and row[column] is not None:
                    self._say(table.name, row[column], _called(table, row, column))
            yield line

    def _say(self, table: str, sha256: str, name: str) -> None:
        folder = packages.FORMER if table in OF_AN_OFFICE else packages.DOCUMENTS
        said = f"{folder}/{sha256}/{safe_part(name)}"
        if self._names.setdefault(sha256, said).startswith(packages.FORMER):
            self._names[sha256] = said  # what is a document too counts as one

    def of(self, sha256: str) -> str:
        """Return the name of a file within `data/`."""
        return self._names[sha256]


def _called(table: sa.Table, row: Row, column: str) -> str:
    if table.name == "origin":
        return {"manifest_sha256": MANIFEST, "history_sha256": packages.HISTORY}[column]
    if table.name == "letter":
        return f"{row['id']}.{OF_A_LETTER[column]}"
    return str(row.get("file_name") or row["id"])


def _document(store: Store, blob: Row) -> Source:
    def parts() -> Iterator[bytes]:
        try:
            yield from store.parts(blob["sha256"])
        except NotFound as lost:
            raise Unusable(
                f"The document {blob['sha256']} is gone or was changed on the disk, so the matter "
                "cannot be exported whole. Run casemgr verify, and put the file back from a backup."
            ) from lost

    return Source(blob["size"], parts)


class _History:
    """The matter's records of the history, counted as they go by."""

    def __init__(self, session: Session, matter_id: str) -> None:
        self.session, self.matter_id = session, matter_id
        self.records = 0

    def lines(self) -> Iterator[bytes]:
        """Yield each record as a line."""
        for before, stored in chain.of_matter(self.session, self.matter_id):
            if stored.sealed is None:
                raise Unusable(
                    f"Record {stored.seq:,} of the history cannot be read, so the matter cannot be "
                    "exported whole. Run casemgr history verify."
                )
            self.records += 1
            yield packages.history_line(before, stored.sealed, stored.seal)


def _about(work: Work, matter: Matter, office: str, records: _History, aside: _Aside) -> About:
    head = chain.newest(work.session)
    return About(
        format=packages.FORMAT,
        schema_=SCHEMA,
        program=__version__,
        law=work.law_files.version,
        office=office,
        matter=Which(id=matter.id, title=matter.title),
        exported_at=work.now.replace(microsecond=0),
        exported_by=work.actor.name,
        head=Reached(seq=head.seq, seal=head.seal),
        records=records.records,
        content=packages.content_hash(aside.sums),
    )


def _json(about: About) -> bytes:
    said = about.model_dump(mode="json", by_alias=True)
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def _read_me(about: About) -> bytes:
    return READ_ME.format(
        title=about.matter.title,
        by=about.exported_by,
        office=about.office,
        day=about.exported_at.date().isoformat(),
    ).encode()


def _info(about: About, by: str) -> dict[str, str]:
    return {
        "Source-Organization": about.office,
        "Contact-Name": by,
        "External-Identifier": about.matter.id,
        "External-Description": about.matter.title,
        "Bagging-Date": about.exported_at.date().isoformat(),
    }
