"""What was answered to a create or a send that named itself: a repeat does nothing twice."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Answered(SQLModel, table=True):
    """An answer that is given again to the same person for the same name and body, for a day.

    The answer is sealed with a key made of the name, which is not kept, and of the office's key,
    which is not in the database: a secret shown once is not to be read here.
    """

    key: str = Field(primary_key=True, max_length=64)  # a hash of person, role and name
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    asked: str = Field(max_length=64)  # the hash of what was asked: method, address, body
    answer: str = Field(sa_type=sa.Text)
    matters: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # of which it tells
    at: datetime = Field(index=True)
