"""Letters that staff release without asking: allowed by an attorney, for some, and until a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import col

from casemgr.db.session import transaction
from casemgr.db.tables import (
    HistoryEntry,
    LetterRelease,
    Membership,
    Person,
    StandingPermission,
)
from casemgr.domain.words import DraftState, LetterKind, Role
from casemgr.errors import Malformed, NotFound, Refused, WrongMoment
from casemgr.usecases import letter_drafts, releases, standing_permissions
from casemgr.usecases.letter_kinds import SentBack
from casemgr.usecases.releases import ReleaseInput
from casemgr.usecases.standing_permissions import PermissionInput, TakenBack
from casemgr.usecases.views import letters as views
from casemgr.usecases.views import standing_permissions as pages
from casemgr.usecases.views.lens import lens
from tests import makes
from tests.usecases.test_letters import OCTOBER, Desk

STATUS = LetterKind.STATUS_INQUIRY
UNTIL = date(2010, 12, 31)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    """Open the office; Ada is its staff, Sam its student, Mira its attorney."""
    return Desk(engine, tmp_path)


def give(desk: Desk, by: Person | None = None, **given: Any) -> StandingPermission:
    """Let Ada release status inquiries until the end of the year, as Mira does."""
    usual = {"person_id": desk.cast.ada.id, "kinds": [STATUS], "until_on": UNTIL}
    with desk.work(by or desk.cast.mira) as work:
        wanted = PermissionInput.model_validate({**usual, **given})
        return standing_permissions.give_permission(work, desk.matter.id, wanted)


def release(desk: Desk, kind: LetterKind = STATUS, by: Person | None = None) -> LetterRelease:
    """Release a letter of this kind to ICE, as whoever has read it."""
    person = by or desk.cast.ada
    draft = desk.draft(kind)
    given = ReleaseInput(fingerprint=desk.fingerprint(draft, person))
    return releases.release(desk.opens(person), desk.desk.store, draft.id, given)


def test_staff_release_what_an_attorney_lets_them_and_the_history_says_so(desk: Desk) -> None:
    with pytest.raises(Refused, match="Attorneys on the matter can"):
        release(desk)  # the control: without it they cannot

    permission = give(desk)
    released = release(desk)

    assert (released.released_by, released.permission_id) == (desk.cast.ada.id, permission.id)
    said = [row for row in desk.rows(HistoryEntry) if row.what == "letter.released_under"]
    assert [row.facts["by"] for row in said] == ["Mira Castellan"]
    with desk.work(desk.cast.sam) as work:
        page = pages.look(work, desk.matter.id)
        shown = views.look(work, released.draft_id)
    assert [line.person for line in page.standing] == ["Ada Marlowe"]
    assert [each.draft_id for each in page.released[permission.id]] == [released.draft_id]
    assert shown.releases[0].allowed_by == "Mira Castellan"
    assert shown.can_release == ["Mira Castellan", "Ada Marlowe"]


@on_sqlite
def test_it_goes_out_in_the_name_of_the_attorney_who_allowed_it(desk: Desk) -> None:
    with transaction(desk.desk.engine) as session:
        first = makes.make_person(session, "Abel First", Role.ATTORNEY)
        makes.make_membership(session, first, desk.matter, responsible=True)
    draft = desk.draft(STATUS)
    assert desk.facts(draft, desk.cast.ada).signers[0].name == "Abel First"

    give(desk)

    assert desk.facts(draft, desk.cast.ada).signers[0].name == "Mira Castellan"
    assert desk.facts(draft, desk.cast.sam).signers[0].name == "Abel First"


@on_sqlite
def test_it_is_for_the_kinds_it_names_and_for_nobody_else(desk: Desk) -> None:
    give(desk)
    with transaction(desk.desk.engine) as session:
        bo = makes.make_person(session, "Bo Lind", Role.STAFF)
        makes.make_membership(session, bo, desk.matter)

    for kind, by in ((LetterKind.CONSTRUCTIVE_DENIAL, None), (STATUS, desk.cast.sam), (STATUS, bo)):
        with pytest.raises(Refused):
            release(desk, kind, by)


def _off(desk: Desk, person: Person) -> None:
    with transaction(desk.desk.engine) as session:
        session.execute(
            sa.update(Membership)
            .where(col(Membership.person_id) == person.id)
            .values(until_on=OCTOBER - timedelta(days=1))
        )


def _becomes(desk: Desk, person: Person, role: Role) -> Person:
    with transaction(desk.desk.engine) as session:
        row = session.get_one(Person, person.id)
        row.role = role
        return row


def _take_back(desk: Desk, permission: StandingPermission) -> None:
    with desk.work(desk.cast.mira) as work:
        standing_permissions.take_back(work, permission.id, TakenBack(because="The trial is over"))


ENDS: dict[str, tuple[Callable[[Desk, StandingPermission], object], str]] = {
    "taken back": (
        _take_back,
        "Mira Castellan took this permission back: The trial is over. Hand the letter in",
    ),
    "the giver left": (
        lambda desk, _: _off(desk, desk.cast.mira),
        "Mira Castellan, who gave this, is no attorney on this matter any more. Hand",
    ),
    "the giver is no attorney": (
        lambda desk, _: _becomes(desk, desk.cast.mira, Role.STAFF),
        "Mira Castellan, who gave this, is no attorney on this matter any more. Hand",
    ),
}


@on_sqlite
@pytest.mark.parametrize("how", ENDS)
def test_it_ends_with_what_it_rests_on_and_says_by_what(desk: Desk, how: str) -> None:
    permission = give(desk)
    release(desk)
    ends, says = ENDS[how]

    ends(desk, permission)

    with pytest.raises(Refused) as refused:
        release(desk)
    assert str(refused.value).startswith(says)
    with desk.work(desk.cast.ada) as work:
        page = pages.look(work, desk.matter.id)
    assert ([*page.standing], [line.id for line, _ in page.over]) == ([], [permission.id])
    assert page.over[0][1] in says


@on_sqlite
def test_it_ends_with_the_person_it_is_for(desk: Desk) -> None:
    give(desk)
    draft = desk.draft(STATUS)
    given = ReleaseInput(fingerprint=desk.fingerprint(draft, desk.cast.ada))

    student = _becomes(desk, desk.cast.ada, Role.STUDENT)

    with pytest.raises(Refused, match="Ada Marlowe is no staff on this matter any more"):
        releases.release(desk.opens(student), desk.desk.store, draft.id, given)
    _off(desk, student)
    with pytest.raises(NotFound):
        releases.release(desk.opens(student), desk.desk.store, draft.id, given)


@on_sqlite
def test_it_holds_on_its_last_day_and_not_after(desk: Desk) -> None:
    give(desk, until_on=OCTOBER)
    draft = desk.draft(STATUS)

    with desk.work(desk.cast.ada) as work:
        assert standing_permissions.for_letter(work, draft) is not None
        later = work.on(OCTOBER + timedelta(days=1))
        assert standing_permissions.for_letter(later, draft) is None
        assert "ended on October 29, 2010" in standing_permissions.why_refused(later, draft)


@on_sqlite
def test_before_it_was_taken_back_it_held(desk: Desk) -> None:
    permission = give(desk)
    draft = desk.draft(STATUS)
    with desk.work(desk.cast.mira) as work:
        later = work.on(OCTOBER + timedelta(days=3))
        standing_permissions.take_back(later, permission.id, TakenBack(because="Enough."))

    with desk.work(desk.cast.ada) as work:
        assert standing_permissions.for_letter(work, draft) is not None
        after = work.on(OCTOBER + timedelta(days=3))
        assert standing_permissions.for_letter(after, draft) is None


@on_sqlite
def test_nobody_certifies_for_somebody_else(desk: Desk) -> None:
    give(desk, kinds=[LetterKind.FOIA_REQUEST])

    with pytest.raises(Refused, match="In this letter Mira Castellan certifies"):
        release(desk, LetterKind.FOIA_REQUEST)
    draft = desk.draft(LetterKind.FOIA_REQUEST)
    with desk.work(desk.cast.ada) as work:
        seen = views.look(work, draft.id)
    assert (seen.may_release, seen.certifies) == (False, "Mira Castellan")
    assert seen.can_release == ["Mira Castellan"]


@on_sqlite
def test_what_waits_for_an_attorney_waits_for_them_too(desk: Desk) -> None:
    draft, other = desk.draft(STATUS), desk.draft(LetterKind.OGIS, stuck="x")
    with desk.work(desk.cast.sam) as work:
        letter_drafts.hand_in(work, draft.id)
        letter_drafts.hand_in(work, other.id)

    def waits() -> list[str]:
        with desk.work(desk.cast.ada) as work:
            return [each.id for each in views.waiting(work, lens(work)).to_release]

    assert waits() == []
    give(desk)
    assert waits() == [draft.id]
    with desk.work(desk.cast.ada) as work:
        back = letter_drafts.send_back(work, draft.id, SentBack(because="Name the call."))
        assert back.state is DraftState.DRAFT
        with pytest.raises(Refused):
            letter_drafts.send_back(work, other.id, SentBack(because="Name the call."))


@on_sqlite
def test_an_attorney_on_the_matter_gives_it_and_takes_it_back(desk: Desk) -> None:
    for by in (desk.cast.ada, desk.cast.sam):
        with pytest.raises(Refused, match="cannot release a letter"):
            give(desk, by)
    with pytest.raises(NotFound):
        give(desk, desk.cast.eve)
    permission = give(desk)
    with desk.work(desk.cast.ada) as work, pytest.raises(Refused):
        standing_permissions.take_back(work, permission.id, TakenBack(because="No."))
    with desk.work(desk.cast.eve) as work, pytest.raises(NotFound):
        standing_permissions.take_back(work, permission.id, TakenBack(because="No."))
    _take_back(desk, permission)
    with pytest.raises(WrongMoment, match="taken back already"):
        _take_back(desk, permission)
    told = [row.what for row in desk.rows(HistoryEntry) if row.what.startswith("permission.")]
    assert told == ["permission.given", "permission.taken_back"]


@on_sqlite
def test_who_was_let_in_for_some_hours_gives_nothing_that_outlasts_them(desk: Desk) -> None:
    with transaction(desk.desk.engine) as session:
        makes.make_emergency(
            session,
            desk.cast.eve,
            desk.matter,
            opened_by=desk.cast.mira.id,
            opened_at=makes.NOON,
            until_at=makes.NOON + timedelta(days=9),
        )

    with pytest.raises(Refused, match="let into this matter for an emergency"):
        give(desk, desk.cast.eve)


@on_sqlite
@pytest.mark.parametrize(
    ("given", "name", "says"),
    [
        ({"person_id": "sam"}, "person_id", "Students always hand letters in"),
        ({"person_id": "eve"}, "person_id", "who is on this matter"),
        ({"until_on": OCTOBER - timedelta(days=1)}, "until_on", "is past"),
        ({"until_on": date(2011, 11, 30)}, "until_on", "give October 30, 2011 or an earlier day"),
        ({"kinds": [STATUS, LetterKind.OGIS]}, "kinds", "may do this already until December 31"),
    ],
)
def test_what_cannot_be_allowed_is_said_beside_its_field(
    desk: Desk, given: dict[str, Any], name: str, says: str
) -> None:
    give(desk)
    if "person_id" in given:
        given = {"person_id": getattr(desk.cast, given["person_id"]).id}

    with pytest.raises(Malformed) as wrong:
        give(desk, **given)

    assert says in wrong.value.problems[name]
    assert len(desk.rows(StandingPermission)) == 1


def test_papers_of_a_court_are_nothing_to_allow() -> None:
    given = {"person_id": "P-7F3KQ2X8MP", "until_on": UNTIL}

    for kinds in ([LetterKind.DECLARATION], []):
        with pytest.raises(ValueError, match="kinds"):
            PermissionInput.model_validate({**given, "kinds": kinds})
