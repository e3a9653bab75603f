"""Columns that several tables share."""

from datetime import date
from typing import Any

from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from casemgr.domain.words import Confidence
from casemgr.fields import choice

# SQLAlchemy reads and writes the rows; what pydantic needs to check one is made when asked for.
SQLModel.model_config["defer_build"] = True

# Constraint names are ours from the first migration on: SQLite cannot drop what it cannot name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Sourced(SQLModel):
    """A fact with its source, how good it is, and the day from which the office knew it.

    Every page and list shows only what was known on its day: `known_on <= work.today`.
    """

    source: str = Field(default="", max_length=500)
    confidence: Confidence = Field(
        default=Confidence.OURS, sa_type=choice(Confidence), nullable=False
    )
    known_on: date = Field(index=True)


class Edited(SQLModel):
    """A row that people edit: a stale write is refused (StaleDataError -> Overtaken)."""

    version: int = Field(default=1, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        table = cls.__dict__.get("__table__")
        return {} if table is None else {"version_id_col": table.c.version}
