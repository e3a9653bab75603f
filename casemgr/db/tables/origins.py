"""Where a matter came from, if it was not opened here: the package another office made of it."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from casemgr.fields import code


class Origin(SQLModel, table=True):
    """One move of a matter from office to office, and what proves it.

    The bytes of the package's manifest and of the former office's history are kept as they came;
    the manifest's SHA-256 is the fingerprint of the whole package.
    """

    id: str = Field(default_factory=code("OG"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    office: str = Field(max_length=200)
    program: str = Field(max_length=40)  # the version of casemgr that made the package
    exported_by: str = Field(max_length=200)
    exported_at: datetime
    manifest_sha256: str = Field(foreign_key="blob.sha256", ondelete="RESTRICT")
    history_sha256: str = Field(foreign_key="blob.sha256", ondelete="RESTRICT")
    seal: str = Field(max_length=64)  # that office's, over the manifest
    head_seal: str = Field(max_length=64)  # of the newest record of its history on that day
    imported_by: str = Field(foreign_key="person.id", ondelete="RESTRICT")
    imported_at: datetime
    known_on: date
