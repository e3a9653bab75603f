"""Which dates an act would move: any create or change takes `?preview=true` and does nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel
from starlette.responses import Response

from casemgr.domain.deadlines import Moved
from casemgr.usecases.preview import preview
from casemgr.usecases.work import Work

Preview = Annotated[
    bool, Query(description="Answer 200 with the dates this would move, and do nothing.")
]


class Previewed(BaseModel):
    """The dates an act would move, with their reminders and new proofs; nothing was saved."""

    moved: list[Moved]


def previewed(work: Work, act: Callable[[Work], object]) -> Response:
    """Answer with what an act would do to the dates of the asker's matters."""
    said = Previewed(moved=list(preview(work, act)))
    return Response(said.model_dump_json(), media_type="application/json")
