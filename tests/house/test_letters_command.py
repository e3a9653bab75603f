"""`casemgr letters`: what a track has and may have, and a letter as a file, as somebody."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casemgr.cli import app
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import Requester
from casemgr.domain.words import LetterKind
from casemgr.usecases import letter_drafts
from casemgr.usecases.letter_drafts import DraftInput
from tests import makes

Told = tuple[int, str]


@pytest.fixture
def typed(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Told]:
    """Return what types a command in an office where Sam has begun a status inquiry."""
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'casemgr.sqlite3')}"
    engine = open_engine(url)
    desk = makes.make_desk(engine, tmp_path)
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        request = makes.make_request(session, makes.make_matter(session, cast.sam, cast.mira))
        asker = makes.make_organisation(session)
        session.add(Requester(request_id=request.id, organisation_id=asker.id))
        track = makes.make_track(session, request)
        makes.make_event(session, track)
    with desk.work(makes.actor_of(cast.sam)) as work:
        given = DraftInput(kind=LetterKind.STATUS_INQUIRY)
        draft = letter_drafts.begin_draft(work, track.id, given).id
    engine.dispose()
    monkeypatch.setenv("CASEMGR_DATA", str(desk.settings.data))
    monkeypatch.setenv("CASEMGR_DATABASE_URL", url)

    def type_(*words: str, who: str = "sam@example.org") -> Told:
        codes = [word.replace("TRACK", track.id).replace("DRAFT", draft) for word in words]
        said = CliRunner().invoke(app, ["letters", *codes, "--as", who])
        return said.exit_code, said.output

    return type_


def test_the_letters_of_a_track_are_listed_with_what_may_be_written(
    typed: Callable[..., Told],
) -> None:
    code, said = typed("list", "TRACK")

    assert code == 0, said
    assert "draft      Status inquiry: ICE" in said
    assert "may be written now: ogis. Possible at any time." in said


def test_a_letter_is_written_into_a_file_once_and_says_that_it_is_a_draft(
    typed: Callable[..., Told], tmp_path: Path
) -> None:
    pdf, word = tmp_path / "letter.pdf", tmp_path / "letter.docx"

    made = typed("make", "DRAFT", str(pdf)), typed("make", "DRAFT", str(word))

    assert [code for code, _ in made] == [0, 0], made
    assert "a draft that nobody has released" in made[0][1]
    assert pdf.read_bytes().startswith(b"%PDF")
    assert word.read_bytes().startswith(b"PK")
    assert "was not touched" in typed("make", "DRAFT", str(pdf))[1]
    assert "neither .pdf nor .docx" in typed("make", "DRAFT", str(tmp_path / "letter.txt"))[1]


def test_a_stranger_learns_nothing(typed: Callable[..., Told], tmp_path: Path) -> None:
    own = typed("make", "DRAFT", str(tmp_path / "a.pdf"), who="eve@example.org")
    nowhere = typed("make", "LD-0000000000", str(tmp_path / "a.pdf"), who="eve@example.org")

    assert own == nowhere
    assert own[0] == 2
