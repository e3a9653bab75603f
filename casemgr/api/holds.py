"""Legal holds: placed by one person, lifted by two."""

from __future__ import annotations

from casemgr.api.nouns import Act, Create, Noun
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.usecases import holds

HOLDS = Noun(
    path="legal-holds",
    one="legal hold",
    about="A duty to keep everything of a matter; while it stands nothing can be deleted.",
    shape=Shape("LegalHold", tables.LegalHold),
    order="placed_at",
    filters={"matter": "matter_id"},
    create=Create(
        holds.HoldInput,
        holds.place_hold,
        {"matter_id": "M-7F3KQ2X8MP", "because": "Suit over these records is expected."},
        parent="matter_id",
    ),
    acts=(
        Act(
            "ask-release",
            "ask_release_of_legal_hold",
            "Ask that a legal hold be lifted",
            holds.ask_release,
            holds.HoldInput,
            {"because": "The suit was dismissed."},
        ),
        Act(
            "release",
            "release_legal_hold",
            "Lift a legal hold that somebody else asked to lift",
            holds.release_hold,
        ),
    ),
)
