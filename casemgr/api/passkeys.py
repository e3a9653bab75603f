"""Passkeys: one's own, listed and taken away. Adding one takes a browser, so that is a page."""

from __future__ import annotations

from typing import Any

from sqlmodel import SQLModel, col

from casemgr.api.nouns import Asker, Noun, Remove
from casemgr.api.shapes import Shape
from casemgr.db.tables import Passkey
from casemgr.usecases import passkeys


def own(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for the asker's own passkeys: nobody sees another's."""
    return col(Passkey.person_id) == asker.id


PASSKEYS = Noun(
    path="passkeys",
    one="passkey",
    about="A passkey you sign in with, by the name you gave it.",
    shape=Shape("Passkey", Passkey, without=("credential_id", "public_key", "sign_count")),
    order="made_at",
    scope=own,
    remove=Remove(
        "remove_passkey",
        "Take one of your passkeys away",
        "Take a passkey away at once; every browser and program of yours ends, this one too.",
        passkeys.remove,
    ),
)
