"""Who is outside the office: organisations and persons, agencies and courts."""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.fields import code


class Organisation(Sourced, Edited, table=True):
    """A requester, a client, a firm or a clinic, with the other names it goes by."""

    id: str = Field(default_factory=code("O"), primary_key=True, max_length=16)
    name: str = Field(max_length=200, unique=True)
    short_name: str = Field(default="", max_length=60)
    aliases: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    address: str = Field(default="", max_length=500)
    about: str = Field(default="", max_length=2000)  # for letters: who that is
    note: str = Field(default="", max_length=2000)


class Contact(Sourced, Edited, table=True):
    """A person outside the office."""

    id: str = Field(default_factory=code("C"), primary_key=True, max_length=16)
    name: str = Field(max_length=200)
    aliases: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    title: str = Field(default="", max_length=200)
    organisation_id: str | None = Field(
        default=None, foreign_key="organisation.id", ondelete="RESTRICT"
    )
    agency_id: str | None = Field(default=None, foreign_key="agency.id", ondelete="RESTRICT")
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=60)
    address: str = Field(default="", max_length=500)


class Agency(Edited, table=True):
    """An agency or one of its components; `id` is the short name the law engine knows it by."""

    id: str = Field(primary_key=True, max_length=24)
    name: str = Field(max_length=200)
    short_name: str = Field(max_length=60)
    parent_id: str | None = Field(default=None, foreign_key="agency.id", ondelete="RESTRICT")
    aliases: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    foia_office: str = Field(default="", max_length=200)
    address: str = Field(default="", max_length=500)
    email: str = Field(default="", max_length=254)
    portal: str = Field(default="", max_length=300)
    phone: str = Field(default="", max_length=60)
    regulation: str = Field(default="", max_length=200)
    appeals_to: str = Field(default="", max_length=500)
    holds: str = Field(default="", max_length=1000)  # what a beginner should know it has
    source: str = Field(default="", max_length=500)


class Court(SQLModel, table=True):
    """A court; `id` is its courts-db id."""

    id: str = Field(primary_key=True, max_length=24)
    name: str = Field(max_length=200)
    caption: str = Field(max_length=300)  # as printed at the head of a paper
    cites_as: str = Field(max_length=60)
    zone: str = Field(max_length=60)
    appeals_to: str | None = Field(default=None, foreign_key="court.id", ondelete="RESTRICT")
    source: str = Field(default="", max_length=500)
