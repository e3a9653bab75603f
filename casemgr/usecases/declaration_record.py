"""What a matter knows that a declaration can be compared with."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import lists
from casemgr.db.tables import Event
from casemgr.declarations.caption_checks import serial
from casemgr.declarations.paper import KnownExhibit, Paper, PartyName, Record
from casemgr.files.store import Store
from casemgr.usecases.views.documents import DocumentLine
from casemgr.usecases.views.lawsuit_rows import LawsuitLine, Party
from casemgr.usecases.views.lens import Lens
from casemgr.usecases.views.matters import head
from casemgr.usecases.work import Work


def record_of(work: Work, matter_id: str, paper: Paper, store: Store | None = None) -> Record:
    """Return what a matter knows: NotFound for one the actor may not see.

    Of several lawsuits the one with the paper's docket number is taken, else the only one or the
    first filed. With a store, the words of the matter's text files are compared too.
    """
    seen, _ = head(work, matter_id)
    lawsuit = _lawsuit(seen, paper)
    parties = [
        PartyName(each.name, tuple(each.aliases))
        for each in seen.rows(lists.PARTIES, Party)
        if lawsuit is not None and each.lawsuit_id == lawsuit.id
    ]
    first = sa.select(sa.func.min(col(Event.happened_on))).where(
        col(Event.matter_id) == matter_id, col(Event.known_on) <= work.today
    )
    return Record(
        docket_number=lawsuit.cited_as if lawsuit is not None else None,
        court=lawsuit.court_id if lawsuit is not None else None,
        parties=tuple(parties),
        first_event_on=work.session.execute(first).scalar_one(),
        papers=(*_papers(seen, store), *_timeline(work, matter_id)),
    )


def _lawsuit(seen: Lens, paper: Paper) -> LawsuitLine | None:
    lawsuits = seen.rows(lists.LAWSUITS, LawsuitLine)
    number = paper.caption.docket_number
    named = [each for each in lawsuits if number and serial(each.docket_number) == serial(number)]
    same_court = [each for each in lawsuits if each.court_id == paper.court]
    return next(iter([*named, *same_court, *lawsuits]), None)


def _papers(seen: Lens, store: Store | None) -> list[KnownExhibit]:
    return [
        KnownExhibit("", each.title, f"{each.title} {each.summary} {_text(each, store)}")
        for each in seen.rows(lists.DOCUMENTS, DocumentLine)
        if "declaration" not in each.title.casefold()
    ]


def _text(line: DocumentLine, store: Store | None) -> str:
    if store is None or line.sha256 is None or not line.file_name.lower().endswith(".txt"):
        return ""
    return store.read(line.sha256)[:200_000].decode("utf-8", errors="replace")


def _timeline(work: Work, matter_id: str) -> list[KnownExhibit]:
    said = sa.select(col(Event.says)).where(
        col(Event.matter_id) == matter_id, col(Event.known_on) <= work.today
    )
    lines = " ".join(work.session.scalars(said))
    return [KnownExhibit("", "the timeline", lines)] if lines else []
