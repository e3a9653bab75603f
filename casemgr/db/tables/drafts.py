"""Drafts of requests: what somebody has typed and not yet saved, which nobody else sees."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited
from casemgr.domain.words import Intake
from casemgr.fields import choice, code


class RequestDraft(Edited, table=True):
    """What somebody typed of a request, kept word for word until it is saved or removed.

    It is its owner's alone and no record of the matter yet, so the matter it is meant for is not
    called `matter_id`: no list, package or hold of the matter reaches it.
    """

    __tablename__ = "request_draft"

    id: str = Field(default_factory=code("RD"), primary_key=True, max_length=16)
    owner_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    intake: Intake = Field(sa_type=choice(Intake), nullable=False)
    for_matter_id: str | None = Field(
        default=None, foreign_key="matter.id", index=True, ondelete="RESTRICT"
    )
    title: str = Field(default="", max_length=200)  # by which its owner knows it again
    typed: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)  # field by field
    sha256: str | None = Field(default=None, foreign_key="blob.sha256", ondelete="RESTRICT")
    file_name: str = Field(default="", max_length=200)
    begun_at: datetime
    changed_at: datetime
