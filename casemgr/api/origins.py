"""Where matters came from that were not opened in this office."""

from __future__ import annotations

from casemgr.api.nouns import Noun
from casemgr.api.shapes import Shape
from casemgr.db import tables

ORIGINS = Noun(
    path="origins",
    one="origin",
    about="The package of another office that a matter was taken in from, and what proves it.",
    shape=Shape("Origin", tables.Origin),
    order="imported_at",
    filters={"matter": "matter_id"},
)
