"""The office's own text of a template: written by one person, tried on real facts, approved by
another. Until then, and once it is withdrawn, our own is used."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from pydantic import StringConstraints
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import OfficeTemplate
from casemgr.domain.access import Right
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.fields import Input, Printable
from casemgr.letters.shelf import our_templates, with_parts
from casemgr.usecases import records
from casemgr.usecases.work import Work


class TemplateInput(Input):
    """Which of our templates it takes the place of, its text, and what is different in it."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,50}\.html$")]
    source: Annotated[str, StringConstraints(min_length=20, max_length=100_000), Printable]
    note: Annotated[str, StringConstraints(min_length=5, max_length=500), Printable]


def write(work: Work, given: TemplateInput) -> OfficeTemplate:
    """Write the next version of the office's own text of a template; it is used by nobody yet."""
    doors.allow(work.actor, Right.MANAGE)
    if given.name not in our_templates():
        raise Malformed({"name": f"There is no template {given.name}. Choose one of the list."})
    last = work.session.scalar(
        sa.select(sa.func.max(col(OfficeTemplate.number))).where(
            col(OfficeTemplate.name) == given.name
        )
    )
    row = OfficeTemplate(
        name=given.name,
        number=int(last or 0) + 1,
        source=given.source,
        note=given.note,
        written_by=work.actor.id or "",
        written_at=work.now,
    )
    records.keep(work, row)
    work.record("template.written", row, title=row.name, number=row.number)
    return row


def opened(work: Work, template_id: str) -> OfficeTemplate:
    """Return a template of the office to whoever writes or approves them."""
    doors.allow(work.actor, Right.MANAGE)
    row = work.session.get(OfficeTemplate, template_id)
    if row is None:
        raise NotFound
    return row


def every(work: Work) -> list[OfficeTemplate]:
    """Return all versions of all templates of the office, the newest first."""
    doors.allow(work.actor, Right.MANAGE)
    return list(
        work.session.exec(
            select(OfficeTemplate).order_by(
                col(OfficeTemplate.name), col(OfficeTemplate.number).desc()
            )
        )
    )


def refuse_own(work: Work, row: OfficeTemplate) -> None:
    """Raise WrongMoment where this person may not approve this text, or nobody may any more."""
    doors.allow(work.actor, Right.RELEASE)
    if row.approved_at is not None or row.withdrawn_at is not None:
        raise WrongMoment("This version is approved or withdrawn already. Write a new version.")
    if row.written_by == work.actor.id:
        raise WrongMoment(
            "You wrote this version, so somebody else approves it: a second pair of eyes reads "
            "what leaves the office."
        )


def approve(work: Work, template_id: str, *, version: int | None = None) -> OfficeTemplate:
    """Approve a text that was tried; papers are made from it from now on."""
    row = opened(work, template_id)
    records.not_overtaken(row, version)
    refuse_own(work, row)
    row.approved_by, row.approved_at = work.actor.id, work.now
    records.keep(work, row)
    work.record("template.approved", row, title=row.name, number=row.number)
    return row


def withdraw(work: Work, template_id: str, *, version: int | None = None) -> OfficeTemplate:
    """Withdraw a text; the version approved before it, or ours, is used again."""
    doors.allow(work.actor, Right.RELEASE)
    row = opened(work, template_id)
    records.not_overtaken(row, version)
    if row.withdrawn_at is not None:
        raise WrongMoment("This version is withdrawn already.")
    row.withdrawn_by, row.withdrawn_at = work.actor.id, work.now
    records.keep(work, row)
    work.record("template.withdrawn", row, title=row.name, number=row.number)
    return row


def sources_for(work: Work, template: str) -> dict[str, str]:
    """Return the office's own texts that a paper of this template is made from, by file name."""
    own = {
        row.name: row.source
        for row in work.session.exec(
            select(OfficeTemplate)
            .where(
                col(OfficeTemplate.approved_at).is_not(None),
                col(OfficeTemplate.withdrawn_at).is_(None),
            )
            .order_by(col(OfficeTemplate.number))
        )
    }
    if not own:
        return {}
    used = with_parts(template, {**our_templates(), **own})
    return {name: source for name, source in own.items() if name in used}
