"""Import a matter that another office exported: all of it or nothing, and as it was.

Only at the command line. Whoever runs it can read the database anyhow, so that nobody within an
office gets a confirmed date or a signed paper in by writing a package of their own.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.dump import Inserter
from casemgr.db.matter_rows import Row, books, columns, of_matters, references
from casemgr.db.strict_rows import model_of
from casemgr.db.tables import (
    Blob,
    Matter,
    Membership,
    Office,
    Organisation,
    Origin,
    Person,
    Reminder,
)
from casemgr.domain.access import Right
from casemgr.domain.names import alike
from casemgr.domain.words import ReminderState
from casemgr.errors import Malformed, Refused, WrongMoment
from casemgr.fields import Input, Note
from casemgr.files.bag import DATA, MANIFEST, SEAL, refuse_full
from casemgr.files.store import Store
from casemgr.usecases import conflicts, packages, records, signin
from casemgr.usecases.packages import Package
from casemgr.usecases.work import Work

AT_ONCE = 500
NOBODYS = "imported.invalid"  # RFC 2606: no mail ever goes there


class ImportInput(Input):
    """Who looked at a possible conflict before a matter is taken in, and why it is none."""

    cleared: Note = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was taken in: people who were not known here came as names without access."""

    matter: Matter
    placeholders: tuple[str, ...]
    walled: tuple[str, ...]  # who was kept out there, and may be here under another code
    law: str  # empty, or that the dates were counted under other law files


Staged = Mapping[str, Path]


def stage(package: Package, folder: Path) -> Staged:
    """Write every file of a package to a folder on the store's disk, under its SHA-256.

    The package has been looked at before; what changed since is refused.
    """
    kept = {sha256: f"{DATA}{name}" for sha256, name in package.files()}
    kept |= {
        package.fingerprint: MANIFEST,
        package.sums[packages.HISTORY]: f"{DATA}{packages.HISTORY}",
    }
    refuse_full(folder, sum(package.bag.size(name) for name in kept.values()))
    return {
        sha256: _put(folder / sha256, sha256, package.bag.parts(name))
        for sha256, name in kept.items()
    }


def _put(path: Path, sha256: str, parts: Iterable[bytes]) -> Path:
    found = hashlib.sha256()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for part in parts:
            found.update(part)
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    if found.hexdigest() != sha256:
        raise Malformed("The package was changed while it was read. Nothing of it was used.")
    return path


def take_in(
    work: Work, package: Package, staged: Staged, store: Store, given: ImportInput
) -> TakenIn:
    """Take a whole matter in; whoever does it answers for it from now on.

    Its rows are as they were: holds, walls, closed or open, and the day each was known on. The
    names on it are looked for on every matter of this office first, as when one is opened. The
    history of the former office is kept as it came; here one record tells of it.
    """
    doors.allow(work.actor, Right.MANAGE)
    signin.fresh(work)
    _refuse_known(work, package)
    walled = _walled(package)
    _refuse_walled(work, walled)
    conflicts.clear(work, _names(package), given.cleared)
    try:
        placeholders = _insert(work, package)
        matter = work.session.get_one(Matter, package.about.matter.id)
        _keep_origin(work, package, staged)
    except IntegrityError as clash:
        raise WrongMoment(
            "Records of this matter are here already, on another matter or by another way, so "
            "nothing was taken in. A package is taken into an office that never had the matter."
        ) from clash
    _answer_for(work, matter)
    _take_over_reminders(work, matter.id)
    law = _note_law(work, package)
    work.session.flush()
    for sha256, path in staged.items():
        store.adopt(path, sha256)
    kept_out = tuple(sorted(name for name in walled.values() if name in placeholders))
    return TakenIn(matter, placeholders, kept_out, law)


def _refuse_known(work: Work, package: Package) -> None:
    if work.session.get(Matter, package.about.matter.id) is not None:
        raise WrongMoment(
            f"The matter {package.about.matter.id} is in this office already, so nothing was taken "
            "in. A matter is taken in once; what changed since elsewhere is not merged."
        )


def _walled(package: Package) -> Mapping[str, str]:
    """Return who stands behind a wall, by code and name."""
    names = {row["id"]: row["name"] for row in _rows(package, "person")}
    standing = (row["person_id"] for row in _rows(package, "wall") if row["down_at"] is None)
    return {each: names[each] for each in standing}


def _refuse_walled(work: Work, walled: Mapping[str, str]) -> None:
    # People change offices, and a code does not go with them: of one's own name, too, one is asked.
    same = (alike(name, work.actor.name) for name in walled.values())
    if work.actor.id in walled or any(same):
        raise Refused("Somebody else must take this matter in: ask another attorney or staff.")


def _rows(package: Package, name: str) -> Iterator[Row]:
    for file, table in packages.row_files().items():
        if table.name == name:
            yield from package.rows(file, table)


def _names(package: Package) -> list[str]:
    """Return the clients, opponents and requesters; every office has matters with the agencies."""
    found = [each for row in _rows(package, "matter") for each in row["names"]]
    found += [row["name"] for row in _rows(package, "party") if row["agency_id"] is None]
    asking = {row["organisation_id"] for row in _rows(package, "requester")}
    found += [row["name"] for row in _rows(package, "organisation") if row["id"] in asking]
    return list(dict.fromkeys(found))


# --- rows


def _insert(work: Work, package: Package) -> tuple[str, ...]:
    work.session.flush()
    into = Inserter(work.session)
    same = _same_organisations(work, package)
    placeholders: list[str] = []
    for table in books():
        missing = _missing(work, table, [*_rows(package, table.name)], same)
        into.insert(table, [_with_defaults(table, _moved(table, row, same)) for row in missing])
        if table.name == "person":
            placeholders = [row["name"] for row in missing]
    for table in of_matters():
        moved = (_moved(table, row, same) for row in _rows(package, table.name))
        while part := list(islice(moved, AT_ONCE)):
            into.insert(table, part)
    into.finish()
    return tuple(placeholders)


def _same_organisations(work: Work, package: Package) -> Mapping[str, str]:
    """Return which organisations this office knows by the same name, but another code."""
    named = {row["name"]: row["id"] for row in _rows(package, "organisation")}
    asked = select(Organisation.name, Organisation.id).where(col(Organisation.name).in_(named))
    return {named[name]: here for name, here in work.session.exec(asked) if named[name] != here}


def _missing(
    work: Work, table: sa.Table, rows: Sequence[Row], same: Mapping[str, str]
) -> list[Row]:
    """Return the rows that this office's books do not have; what they have stays as it is."""
    key = columns(table)[0]
    named = [row[key] for row in rows]
    here: set[str] = set(same)
    for at in range(0, len(named), AT_ONCE):
        asked = sa.select(table.c[key]).where(table.c[key].in_(named[at : at + AT_ONCE]))
        here |= set(work.session.scalars(asked))
    return [row for row in rows if row[key] not in here]


def _moved(table: sa.Table, row: Row, same: Mapping[str, str]) -> Row:
    moved = {
        name: same[row[name]]
        for name, other in references(table)
        if other == "organisation" and row[name] in same
    }
    return {**row, **moved} if moved else row


def _with_defaults(table: sa.Table, row: Row) -> Row:
    """Return a row of the books with the columns that did not come along."""
    if table.name == "person":
        # A name to whom what they did belongs: no password, no access, no mail.
        row = {**row, "email": f"{row['id'].lower()}@{NOBODYS}", "active": False}
    made = model_of(table)(**row)
    return {column.name: getattr(made, column.name) for column in table.columns}


# --- what is new in this office


def _keep_origin(work: Work, package: Package, staged: Staged) -> None:
    about, history = package.about, package.sums[packages.HISTORY]
    for sha256 in (package.fingerprint, history):
        if work.session.get(Blob, sha256) is None:
            size = staged[sha256].stat().st_size
            work.session.add(Blob(sha256=sha256, size=size, media_type="text/plain"))
    work.session.flush()
    origin = Origin(
        matter_id=about.matter.id,
        office=about.office,
        program=about.program,
        exported_by=about.exported_by,
        exported_at=about.exported_at,
        manifest_sha256=package.fingerprint,
        history_sha256=history,
        seal=package.bag.read(SEAL).decode("ascii", "replace").strip()[:64],
        head_seal=about.head.seal,
        imported_by=str(work.actor.id),
        imported_at=work.now,
        known_on=work.today,
    )
    work.session.add(origin)
    work.session.flush()
    matter = work.session.get_one(Matter, about.matter.id)
    work.record(
        "matter.imported",
        matter,
        title=matter.title,
        office=about.office,
        fingerprint=package.fingerprint,
        head=about.head.seal,
    )


def _answer_for(work: Work, matter: Matter) -> None:
    asked = select(Membership).where(
        Membership.matter_id == matter.id, Membership.person_id == str(work.actor.id)
    )
    member = work.session.exec(asked).one_or_none() or Membership(
        person_id=str(work.actor.id), matter_id=matter.id, since_on=work.today
    )
    member.since_on = min(member.since_on, work.today)
    member.until_on, member.responsible = None, True
    records.keep(work, member)
    work.record("member.added", member, title=work.actor.name)


def _take_over_reminders(work: Work, matter_id: str) -> None:
    """Owe to whoever took the matter in what was still owed to people who are not here.

    What fell due on the way is not sent late: whoever takes a matter in looks at its dates.
    """
    waiting = [ReminderState.PENDING, ReminderState.CLAIMED]
    asked = (
        select(Reminder, Person.active)
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .where(Reminder.matter_id == matter_id, col(Reminder.state).in_(waiting))
        .order_by(col(Reminder.id))
    )
    owed = work.session.exec(asked).all()
    taken = {reminder.dedupe_key for reminder, active in owed if active}
    for reminder, active in owed:
        key = reminder.dedupe_key.replace(f":{reminder.person_id}:", f":{work.actor.id}:")
        if reminder.send_at <= work.now:
            reminder.state = ReminderState.SKIPPED
        elif not active and key in taken:
            reminder.state = ReminderState.CANCELLED
        elif not active:
            taken.add(key)
            reminder.person_id, reminder.dedupe_key = str(work.actor.id), key
        work.session.add(reminder)


def _note_law(work: Work, package: Package) -> str:
    """Have `casemgr law moved` count the dates again where they rest on other law files."""
    here, there = work.law_files.version, package.about.law
    if here == there:
        return ""
    office = work.session.get(Office, 1)
    if office is not None and office.law_version == here:
        office.law_version = there
        work.session.add(office)
    return (
        f"Its dates were counted under the law files {there}; those here are {here}. They stand "
        "as they were. Type: casemgr law moved (to look), then: casemgr law moved --apply"
    )
