"""The seal of the history: whether every record is as it was written."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from casemgr.api.problems import answers
from casemgr.api.routes import api_router
from casemgr.desk import DeskDep, WorkDep
from casemgr.files.heads import heads_file, read_heads
from casemgr.usecases.seal import look_at_seal

router = api_router()


class Seal(BaseModel):
    """What following the whole chain found."""

    holds: bool
    says: Annotated[
        str,
        Field(examples=["The seal holds: 412 records are as written, held against 3 kept heads."]),
    ]
    records: Annotated[int, Field(description="How many are certainly as written.")]
    seal: Annotated[str, Field(description="The seal of the newest of them.")]
    kept_heads: Annotated[int, Field(description="Heads outside the database it was held against.")]
    first_bad: Annotated[int | None, Field(description="The number of the first bad record.")]


@router.get(
    "/history/seal",
    operation_id="check_seal",
    summary="Check the seal of the history",
    responses=answers(401, 403, 503),
)
def check_seal(work: WorkDep, desk: DeskDep) -> Seal:
    """Follow the whole chain now, and name the first record that is not as it was written."""
    found = look_at_seal(work, read_heads(heads_file(desk.settings.data)))
    return Seal(
        holds=found.holds,
        says=found.says,
        records=found.last.seq,
        seal=found.last.seal,
        kept_heads=found.heads,
        first_bad=None if found.broken is None else found.broken.seq,
    )
