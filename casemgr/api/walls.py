"""Walls and emergencies: who is kept out of a matter, who is let in; two people decide each."""

from __future__ import annotations

from typing import Any

from sqlmodel import SQLModel

from casemgr.api.nouns import Act, Asker, Create, Noun
from casemgr.api.shapes import TODAY, Shape
from casemgr.db import doors, tables
from casemgr.usecases import emergencies, walls


def known_walls(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for walls of the asker's matters; administrators see them by code."""
    return doors.walls_known_to(asker, TODAY)


def known_emergencies(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for what the asker asked for, or what others asked of their matters."""
    return doors.emergencies_known_to(asker, TODAY)


WALLS = Noun(
    path="walls",
    one="wall",
    about="Somebody who is kept out of a matter, whatever their role; asked for by one person, "
    "put up by another. Whom it is for never sees it.",
    shape=Shape("Wall", tables.Wall),
    order="asked_at",
    scope=known_walls,
    filters={"matter": "matter_id", "person": "person_id"},
    create=Create(
        walls.WallInput,
        walls.ask_for_wall,
        {
            "matter_id": "M-7F3KQ2X8MP",
            "person_id": "P-7F3KQ2X8MP",
            "because": "Worked on this for the agency.",
        },
        parent="matter_id",
    ),
    acts=(
        Act("up", "put_up_wall", "Put up a wall that somebody else asked for", walls.put_up),
        Act(
            "ask-lift",
            "ask_to_lift_wall",
            "Ask that a wall be taken down",
            walls.ask_to_lift,
            walls.LiftInput,
            {"because": "The matter is another one."},
        ),
        Act(
            "down",
            "take_down_wall",
            "Take down a wall that somebody else asked to lift",
            walls.take_down,
        ),
    ),
)

EMERGENCIES = Noun(
    path="emergencies",
    one="emergency",
    about="Somebody who asks to be let into a matter they are not on; a second person opens it, "
    "for some hours, 24 at most. The answer to a code that is no matter is the same.",
    # Without the matter it turned out to be: who asks learns nothing from the answer.
    shape=Shape("Emergency", tables.Emergency, without=("matter_id",)),
    order="asked_at",
    scope=known_emergencies,
    filters={"person": "person_id"},
    create=Create(
        emergencies.EmergencyInput,
        emergencies.ask_to_be_let_in,
        {"asked_for": "M-7F3KQ2X8MP", "because": "The court calls and nobody answers."},
    ),
    acts=(
        Act(
            "opening",
            "let_in",
            "Let somebody into a matter for an emergency",
            emergencies.let_in,
            emergencies.OpeningInput,
            {"hours": 4},
        ),
        Act(
            "end",
            "end_emergency",
            "End an emergency, or take back the question",
            emergencies.end,
        ),
    ),
)

NOUNS = (WALLS, EMERGENCIES)
