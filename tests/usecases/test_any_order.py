"""No order of imports, edits, order dates and corrections leads to two different dockets."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from casemgr.db.tables import Deadline, DocketEntry, DocketLine, OrderDate
from casemgr.dockets.shapes import CaseRead, EntryRead, PaperRead
from casemgr.domain.words import EntryKind, PaperKind, PartyRole
from casemgr.files.kinds import Upload
from casemgr.usecases import docket_papers, litigation, orders, parties, waiting
from casemgr.usecases.docket_plan import DocketImport
from casemgr.usecases.litigation import DocketEntryInput
from casemgr.usecases.orders import OrderDateInput
from casemgr.usecases.parties import PartyInput
from casemgr.usecases.waiting import WaitingInput
from casemgr.usecases.work import Work
from tests.usecases.suits import Suit

MARCH = date(2011, 3, 31)
SAYS = {
    1: "COMPLAINT against River Agency. Document filed by Old Mill Project.",
    20: "ORDER: Motions due by 1/3/2011. Replies are due seven days after service of the "
    "oppositions.",
    21: "MOTION for Summary Judgment. Document filed by Old Mill Project.",
    24: "MEMORANDUM OF LAW in Opposition re: 21 MOTION . Document filed by River Agency.",
    25: "ORDER granting more time. Motions due by 1/10/2011.",
    26: "REPLY MEMORANDUM OF LAW in Support re: 21 MOTION . Document filed by Old Mill Project.",
    30: "ORDER granting 21 Motion for Summary Judgment.",
}
FILED = {
    1: date(2010, 4, 27), 20: date(2010, 12, 1), 21: date(2011, 1, 3), 24: date(2011, 1, 24),
    25: date(2010, 12, 20), 26: date(2011, 1, 31), 30: date(2011, 3, 1),
}  # fmt: skip
MORE = " Return Date set for 2/10/2011 at 02:00 PM."
# Which entries each paper holds, and whether the clerk had added to them by then.
PAPERS = (((1, 20, 21), ""), ((20, 24, 25, 26), ""), ((21, 24, 26, 30), MORE), ((1, 25, 30), ""))


def paper(numbers: tuple[int, ...], note: str) -> PaperRead:
    """Return a docket sheet with these entries."""
    entries = tuple(
        EntryRead(number=each, filed_on=FILED[each], says=SAYS[each] + note) for each in numbers
    )
    case = CaseRead(court_id="nysd", docket_number="", title="", entries=entries)
    return PaperRead(kind=PaperKind.SHEET, cases=(case,))


Act = Callable[[Suit], object]


def take(at: int) -> Act:
    """Return the act of taking a paper in."""

    def act(suit: Suit) -> object:
        upload = Upload(f"{at}.html", f"paper {at}".encode())
        given = DocketImport(lawsuit_id=suit.lawsuit.id)

        def keep(work: Work) -> str:
            return docket_papers.keep_paper(work, suit.desk.store, suit.matter.id, upload).id

        kept = suit.do(keep)
        return suit.do(lambda work: docket_papers.take_in(work, kept, paper(*PAPERS[at]), given))

    return act


def entry_of(suit: Suit, number: int) -> DocketEntry | None:
    with Session(suit.engine) as session:
        return session.exec(select(DocketEntry).where(DocketEntry.number == number)).first()


def correct(suit: Suit) -> object:
    """Note on which day the judgment's order was entered, once it is on the docket."""
    row = entry_of(suit, 30)
    if row is None:
        return "not yet"
    stands = {name: getattr(row, name) for name in DocketEntryInput.model_fields}
    entry = DocketEntryInput.model_validate({**stands, "hurts": ["ours"]})
    return suit.do(lambda work: litigation.change_docket_entry(work, row.id, entry))


def fix(number: int, fixed_for: date) -> Act:
    """Return the act of recording a day that an order fixed for the motions."""

    def act(suit: Suit) -> object:
        row = entry_of(suit, number)
        first = next((each.key for each in suit.deadlines(":order")), "")
        if row is None or (number == 25 and not first):
            return "not yet"
        words = f"Motions due by {fixed_for}."
        date_ = OrderDateInput(
            title="Motions", whose="ours", fixed_for=fixed_for, words=words,
            docket_entry_id=row.id, changes_key=first,
        )  # fmt: skip
        return suit.do(lambda work: orders.record_order_date(work, suit.lawsuit.id, date_))

    return act


def wait(suit: Suit) -> object:
    """Record the period that waits for the oppositions, once its order is on the docket."""
    row = entry_of(suit, 20)
    if row is None:
        return "not yet"
    period = WaitingInput(
        title="Replies", whose="ours", asks=EntryKind.REPLY, length=7,
        awaits=EntryKind.OPPOSITION, docket_entry_id=row.id,
    )  # fmt: skip
    return suit.do(lambda work: waiting.record_waiting(work, suit.lawsuit.id, period))


ACTS: tuple[Act, ...] = (
    take(0), take(1), take(2), take(3), take(1), correct,
    fix(20, date(2011, 1, 3)), fix(25, date(2011, 1, 10)), wait,
)  # fmt: skip


def done(suit: Suit, order: list[int]) -> None:
    """Do every act in this order; what cannot be done yet is done as soon as it can be."""
    ahead = [ACTS[each] for each in order]
    while ahead:
        ahead = [act for act in ahead if act(suit) == "not yet"]


def final(suit: Suit) -> tuple[list[Any], list[Any], list[Any], list[date]]:
    """Return the docket and its dates as people see them: no code, no day of typing."""
    with Session(suit.engine) as session:
        rows = session.exec(select(DocketEntry)).all()
        numbers = {each.id: each.number for each in rows}
        readings = session.exec(select(DocketLine)).all()
        current = session.exec(select(Deadline).where(col(Deadline.superseded_on).is_(None))).all()
        dates = [
            (each.title, each.due, each.safe, each.done_on, each.kind,
             tuple(step["says"] for step in each.steps), numbers.get(each.docket_entry_id or ""))
            for each in current
        ]  # fmt: skip
        fixed = sorted(each.fixed_for for each in session.exec(select(OrderDate)))
    docket = [
        (each.number, each.filed_on, each.kind, each.filed_by, each.says, tuple(each.hurts),
         numbers.get(each.answers_id or ""), sorted(numbers[one] or 0 for one in each.decides_ids))
        for each in rows
    ]  # fmt: skip
    said = {(numbers[each.docket_entry_id], each.says) for each in readings}
    return sorted(docket, key=str), sorted(dates, key=str), sorted(said, key=str), fixed


def test_no_order_of_acts_makes_another_docket_or_loses_a_date(
    sqlite_template: Path, tmp_path: Path
) -> None:
    at = count()

    def after(order: list[int]) -> tuple[list[Any], list[Any], list[Any], list[date]]:
        folder = tmp_path / str(next(at))
        folder.mkdir()
        suit = Suit(sqlite_template, folder, MARCH)
        try:
            for role, name in (("plaintiff", "Old Mill Project"), ("defendant", "River Agency")):
                party = PartyInput(role=PartyRole(role), name=name)
                suit.do(lambda work, p=party: parties.record_party(work, suit.lawsuit.id, p))  # type: ignore[misc]
            done(suit, order)
            return final(suit)
        finally:
            suit.engine.dispose()
            shutil.rmtree(folder)

    wanted = after(list(range(len(ACTS))))
    docket, dates, _, fixed = wanted
    assert len(docket) == len(SAYS)
    assert fixed == [date(2011, 1, 3), date(2011, 1, 10)]
    motions = next(each for each in dates if each[0] == "Motions")
    assert motions[1] == date(2011, 1, 10)
    assert "Dkt. 20 set January 3, 2011" in motions[5][0]

    # An example that fails is a list of nine numbers: there is nothing to shrink.
    @settings(
        max_examples=4,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.permutations(range(len(ACTS))))
    def run(order: list[int]) -> None:
        assert after(order) == wanted

    run()
