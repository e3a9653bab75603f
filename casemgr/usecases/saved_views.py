"""Saved views: keep the filters of a list under a name, for oneself, a matter or the office."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, NamedTuple

import sqlalchemy as sa
from pydantic import Field, StringConstraints
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import SQLModel, col, select

from casemgr.db import doors
from casemgr.db.request_list import TODAY, Asker
from casemgr.db.tables import SavedView
from casemgr.domain.access import Right, may
from casemgr.domain.words import Role, ViewShare
from casemgr.errors import Malformed, NotFound, Refused
from casemgr.fields import Input, Printable
from casemgr.usecases import records
from casemgr.usecases.views.request_list import Asked
from casemgr.usecases.work import Work

ViewName = Annotated[str, StringConstraints(min_length=1, max_length=80), Printable]
MOST = 200  # shown to one person


class ViewInput(Input):
    """What a view is called, what it narrows to, and who else sees it."""

    name: ViewName
    filters: Asked = Field(description="As in the address of the list.")
    shared: ViewShare = ViewShare.PRIVATE


def seen_by(_table: type[SQLModel], asker: Any, today: Any) -> ColumnElement[bool]:
    """Return the condition for views somebody may see: their own, and those shared with them.

    A view that is about a matter is seen only by who may know of the matter: a wall hides it even
    from whoever made it.
    """
    about = col(SavedView.about_matter_id)
    return sa.and_(
        sa.or_(col(SavedView.person_id) == asker.id, col(SavedView.shared) != ViewShare.PRIVATE),
        sa.or_(about.is_(None), about.in_(doors.mine(asker, today))),
    )


def save_view(work: Work, given: ViewInput) -> SavedView:
    """Keep the filters under a name."""
    values = _checked(work, given)
    row = SavedView(person_id=str(work.actor.id), made_on=work.today, **values)
    return records.keep(work, row)


def change_view(
    work: Work, view_id: str, given: ViewInput, *, version: int | None = None
) -> SavedView:
    """Give a view another name, other filters, or show it to others."""
    row = _theirs_to_change(work, view_id)
    records.not_overtaken(row, version)
    for name, value in _checked(work, given, row).items():
        setattr(row, name, value)
    return records.keep(work, row)


def remove_view(work: Work, view_id: str, *, version: int | None = None) -> None:
    """Forget a view; the requests it listed are not touched."""
    row = _theirs_to_change(work, view_id)
    records.not_overtaken(row, version)
    work.session.delete(row)
    work.session.flush()


class Line(NamedTuple):
    """A view as lists offer it."""

    id: str
    version: int
    person_id: str
    name: str
    filters: dict[str, str]
    shared: ViewShare


def views(work: Work) -> list[Line]:
    """Return the views somebody may see, by their names."""
    actor = work.actor
    given = {"today": work.today, "now": work.now, "actor": actor.id}
    found = work.rows(_seen(actor.role, office_wide=actor.office_wide), given)
    return [Line._make(row) for row in found]


@lru_cache(maxsize=16)
def _seen(role: Role, *, office_wide: bool) -> sa.Select[Any]:
    columns = (getattr(SavedView, name) for name in Line._fields)
    asked: sa.Select[Any] = sa.select(*columns)
    theirs = seen_by(SavedView, Asker(role, office_wide), TODAY)
    return asked.where(theirs).order_by(col(SavedView.name), col(SavedView.id)).limit(MOST)


def may_change(work: Work, row: SavedView | Line) -> bool:
    """Say whether somebody may change a view: their own, or a shared one as staff or attorney."""
    own = row.person_id == work.actor.id
    return own or (row.shared is not ViewShare.PRIVATE and may(work.actor.role, Right.MANAGE))


def query_of(row: SavedView | Line) -> dict[str, str]:
    """Return a view's filters as the list's address has them."""
    return {str(name): str(value) for name, value in row.filters.items()}


def _theirs_to_change(work: Work, view_id: str) -> SavedView:
    asked = select(SavedView).where(
        SavedView.id == view_id, seen_by(SavedView, work.actor, work.today)
    )
    row = work.session.exec(asked).one_or_none()
    if row is None:
        raise NotFound
    if not may_change(work, row):
        raise Refused(
            "This view was made by somebody else. Staff and attorneys can change what is shared; "
            "save the list under a name of your own instead."
        )
    return row


def _checked(work: Work, given: ViewInput, row: SavedView | None = None) -> dict[str, Any]:
    matter_id = given.filters.matter
    if matter_id is not None:
        right = Right.LOG if given.shared is ViewShare.MATTER else Right.READ
        try:
            doors.matter(work.session, work.actor, matter_id, right, work.today)
        except NotFound:
            raise Malformed({"filters": "There is no such matter. Choose one of yours."}) from None
    if given.shared is ViewShare.MATTER and matter_id is None:
        raise Malformed(
            {"shared": "Narrow the list to the matter first, then share it with its people."}
        )
    if given.shared is ViewShare.OFFICE and matter_id is not None:
        raise Malformed(
            {
                "shared": "This view is about one matter, so it can be shared only with those "
                "who are on it."
            }
        )
    if given.shared is ViewShare.OFFICE:
        doors.allow(work.actor, Right.LOG)
    _refuse_same_name(work, given.name, row)
    said = given.filters.model_dump(mode="json", exclude_defaults=True)
    return {
        "name": given.name,
        "filters": {name: _as_typed(value) for name, value in said.items()},
        "shared": given.shared,
        "about_matter_id": matter_id,
    }


def _as_typed(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _refuse_same_name(work: Work, name: str, row: SavedView | None) -> None:
    asked = select(SavedView.id).where(SavedView.person_id == work.actor.id, SavedView.name == name)
    if set(work.session.exec(asked)) - {row.id if row else ""}:
        raise Malformed({"name": f"You have a view called {name} already. Choose another name."})
