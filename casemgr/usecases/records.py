"""What every use case that writes does: check facts together, keep the row, say what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, select

from casemgr.domain.prose import long_day
from casemgr.domain.words import Side
from casemgr.errors import Malformed, Overtaken, WrongMoment
from casemgr.fields import Input
from casemgr.usecases.work import Work, changes

Row = TypeVar("Row", bound=SQLModel)

# The words are the same for an id that never was and for one on a matter of somebody else.
NOT_HERE = "There is no such {what} on this matter. Choose one from the list."


@dataclass
class Checks:
    """The problems of one input, gathered field by field and raised together."""

    work: Work
    problems: dict[str, str] = field(default_factory=dict)

    def wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; the first sentence for a field stays."""
        self.problems.setdefault(name, sentence)

    def past(self, **days: date | None) -> None:
        """Refuse days after today: what is entered as a fact has happened."""
        for name, day in days.items():
            if day is not None and day > self.work.today:
                self.wrong(
                    name,
                    f"{long_day(day)} is in the future. Give the day on which it happened, "
                    f"{long_day(self.work.today)} at the latest.",
                )

    def in_order(self, first: date | None, last: date | None, name: str) -> None:
        """Refuse an end before its start."""
        if first is not None and last is not None and last < first:
            self.wrong(name, f"{long_day(last)} is before {long_day(first)}. The end comes last.")

    def of_a_party(self, name: str, *sides: Side) -> None:
        """Refuse the court where only a party can stand: it owes nobody a paper."""
        if Side.COURT in sides:
            self.wrong(name, "A deadline is ours or theirs. Choose whose duty it is.")

    def of_matter(
        self, name: str, table: type[SQLModel], ids: str | Iterable[str] | None, matter_id: str
    ) -> None:
        """Refuse ids of rows that are not on this matter, or not known yet."""
        wanted = {ids} if isinstance(ids, str) else set(ids or ())
        if not wanted:
            return
        shape: Any = table
        asked = select(shape.id).where(col(shape.id).in_(wanted), shape.matter_id == matter_id)
        if hasattr(shape, "known_on"):
            asked = asked.where(col(shape.known_on) <= self.work.today)
        if wanted - set(self.work.session.exec(asked)):
            self.wrong(name, NOT_HERE.format(what=called(table)))

    def in_directory(
        self, name: str, table: type[SQLModel], ids: str | Iterable[str] | None
    ) -> None:
        """Refuse ids that the office's directory does not hold."""
        wanted = {ids} if isinstance(ids, str) else set(ids or ())
        if not wanted:
            return
        shape: Any = table
        found = set(self.work.session.exec(select(shape.id).where(col(shape.id).in_(wanted))))
        for missing in sorted(wanted - found):
            self.wrong(
                name,
                f"There is no {called(table)} {missing!r} in the directory. "
                "Choose one from the list, or add it first.",
            )

    def done(self) -> None:
        """Raise Malformed with every problem found."""
        if self.problems:
            raise Malformed(self.problems)


_CALLED = {"foia_request": "request", "agency": "component", "order_date": "order date"}


def called(table: type[SQLModel]) -> str:
    """Return what people call a row of a table."""
    name = str(table.__tablename__)
    return _CALLED.get(name, name.replace("_", " "))


def keep(work: Work, row: Row) -> Row:
    """Write a row now, so that a broken constraint is told and not found at the commit."""
    work.session.add(row)
    try:
        work.session.flush()
    except IntegrityError as clash:
        raise WrongMoment(
            "This clashes with something already on file, entered perhaps a moment ago. "
            "Look again, then change what is there instead of adding it twice."
        ) from clash
    return row


def not_overtaken(row: SQLModel, version: int | None) -> None:
    """Raise Overtaken where a form was opened on an older version of the row."""
    if version is not None and getattr(row, "version", version) != version:
        raise Overtaken


def change(
    work: Work,
    row: SQLModel,
    given: Input,
    tag: str = "record.changed",
    *,
    about: SQLModel | None = None,
    **facts: object,
) -> bool:
    """Set a row's fields to what was given, recorded field by field; say whether any differed.

    `about` is the row it is part of, where the row itself has no matter to be recorded under.
    """
    values = {name: getattr(given, name) for name in type(given).model_fields if hasattr(row, name)}
    return assign(work, row, values, tag, about=about, **facts)


def assign(
    work: Work,
    row: SQLModel,
    values: Mapping[str, Any],
    tag: str = "record.changed",
    *,
    about: SQLModel | None = None,
    **facts: object,
) -> bool:
    """Set named fields of a row, recorded with what they were; say whether any differed."""
    before = {name: getattr(row, name) for name in values}
    after = {name: value for name, value in values.items() if value != before[name]}
    if not after:
        return False
    for name, value in after.items():
        setattr(row, name, value)
    keep(work, row)
    work.record(tag, about or row, changes=changes(_brief(before), _brief(after)), **facts)
    return True


def _brief(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: _said(value) for name, value in values.items()}


def _said(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return long_day(value)
    if isinstance(value, list):
        said = (each.get("says", each) if isinstance(each, dict) else each for each in value)
        return ", ".join(map(str, said))
    text = str(value)
    return text if len(text) <= 120 else f"{text[:117]}..."
