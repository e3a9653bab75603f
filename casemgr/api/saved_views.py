"""Saved views for programs: one's own, and those that others share."""

from __future__ import annotations

from typing import Any

from sqlmodel import SQLModel

from casemgr.api.nouns import Asker, Change, Create, Noun, Remove
from casemgr.api.shapes import TODAY, Shape
from casemgr.db.tables import SavedView
from casemgr.usecases import saved_views


def _seen(table: type[SQLModel], asker: Asker) -> Any:
    return saved_views.seen_by(table, asker, TODAY)


VIEWS = Noun(
    path="saved-views",
    one="saved view",
    about="A name for the filters of the list of requests, for oneself or shared.",
    shape=Shape("SavedView", SavedView),
    order="name",
    scope=_seen,
    filters={"shared": "shared", "matter": "about_matter_id"},
    create=Create(
        saved_views.ViewInput,
        saved_views.save_view,
        {"name": "Waiting at ICE", "filters": {"component": "ice", "state": "waiting"}},
    ),
    change=Change(
        saved_views.ViewInput,
        saved_views.change_view,
        {"name": "All at ICE", "filters": {"component": "ice"}, "shared": "office"},
        merged=False,
    ),
    remove=Remove(
        "remove_saved_view",
        "Forget one saved view",
        "Forget a view; the requests it listed are not touched.",
        saved_views.remove_view,
    ),
)
