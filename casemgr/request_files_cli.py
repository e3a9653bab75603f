"""`casemgr requests list`, `export` and `import`: many requests at once, from the command line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from casemgr.desk import Desk
    from casemgr.usecases.views.request_list import Asked, Line
    from casemgr.usecases.work import Actor

# Imports of the office stand inside the commands, so that `casemgr --help` stays quick.

Who = Annotated[str, typer.Option("--as", help="The e-mail address of whoever it is done for.")]
Matter = Annotated[str, typer.Option(help="Only of this matter: its code.")]
Component = Annotated[str, typer.Option(help="Only to this agency: its short code, such as ice.")]
State = Annotated[str, typer.Option(help="not_started, waiting, decided or closed.")]
Owner = Annotated[str, typer.Option(help="Only those this person is responsible for: their code.")]
DueAfter = Annotated[str, typer.Option(help="Next date on this day or later, such as 2026-09-08.")]
DueBefore = Annotated[str, typer.Option(help="Next date on this day or earlier.")]
Text = Annotated[str, typer.Option(help="In title or reference, or how a number begins.")]
FeeWaiver = Annotated[str, typer.Option(help="yes or no: whether a fee waiver was asked.")]
Late = Annotated[bool, typer.Option("--late", help="Only where the agency's time ran out.")]
Sort = Annotated[str, typer.Option(help="asked, title or due.")]


@contextmanager
def _office(email: str) -> Iterator[tuple[Desk, Actor]]:
    from casemgr.desk import the_office  # noqa: PLC0415 - see above

    with the_office() as desk:
        yield desk, desk.somebody(email)


def _asked(**given: object) -> Asked:
    from pydantic import ValidationError  # noqa: PLC0415 - see above

    from casemgr.errors import Malformed  # noqa: PLC0415
    from casemgr.usecases.views.request_list import Asked  # noqa: PLC0415

    set_to = {name: value for name, value in given.items() if value not in ("", False)}
    try:
        return Asked.model_validate(set_to)
    except ValidationError as wrong:
        name = str(wrong.errors()[0]["loc"][0])
        raise Malformed(
            f"--{name.replace('_', '-')} {set_to[name]} cannot be used. "
            "Look at: casemgr requests list --help"
        ) from wrong


def list_requests(
    who: Who,
    matter: Matter = "",
    component: Component = "",
    state: State = "",
    owner: Owner = "",
    due_after: DueAfter = "",
    due_before: DueBefore = "",
    text: Text = "",
    fee_waiver: FeeWaiver = "",
    late: Late = False,
    sort: Sort = "asked",
    most: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
) -> None:
    """List requests, one a line: code, day, state, next date, title, components."""
    asked = _asked(
        matter=matter, component=component, state=state, owner=owner, due_after=due_after,
        due_before=due_before, text=text, fee_waiver=fee_waiver, late=late, sort=sort,
    )  # fmt: skip
    from casemgr.usecases.views import request_list  # noqa: PLC0415 - see above

    with _office(who) as (desk, actor), desk.work(actor, reads_only=True) as work:
        count = request_list.count(work, asked)
        found = request_list.look(work, asked, most=most)
        for line in found.lines:
            late_now = "late" if line.is_late(work.today) else ""
            said = (
                line.id,
                _asked_on(line),
                f"{line.stage.value:<11} {late_now:<4}",
                line.next_due_on or "no date   ",
                line.title,
                line.names,
            )
            typer.echo("  ".join(map(str, said)).rstrip())
    more = f"more than {count - 1:,}" if count > request_list.MOST_COUNTED else f"{count:,}"
    typer.echo(f"{len(found.lines):,} of {more}.")


def _asked_on(line: Line) -> str:
    if line.requested_on is None:
        return "not known "
    surely = "" if line.certainty.value == "exact" else f"{line.certainty.value} "
    return f"{surely}{line.requested_on}"


def export_requests(
    file: Annotated[
        Path, typer.Argument(help="The file to write: its name ends in .csv or .xlsx.")
    ],
    who: Who,
    matter: Matter = "",
    component: Component = "",
    state: State = "",
    owner: Owner = "",
    due_after: DueAfter = "",
    due_before: DueBefore = "",
    text: Text = "",
    fee_waiver: FeeWaiver = "",
    late: Late = False,
    sort: Sort = "asked",
) -> None:
    """Write the filtered list into a file; who took it is recorded."""
    from functools import partial  # noqa: PLC0415 - see above

    from casemgr.errors import Malformed, WrongMoment  # noqa: PLC0415
    from casemgr.usecases import request_files  # noqa: PLC0415

    asked = _asked(
        matter=matter, component=component, state=state, owner=owner, due_after=due_after,
        due_before=due_before, text=text, fee_waiver=fee_waiver, late=late, sort=sort,
    )  # fmt: skip
    kind: Any = file.suffix.lower().removeprefix(".")
    if kind not in request_files.MEDIA:
        raise Malformed(f"{file} ends in neither .csv nor .xlsx. Name it by what it is to be.")
    if file.exists():
        raise WrongMoment(f"{file} is there already and was not touched. Give another name.")
    with _office(who) as (desk, actor):
        made = request_files.export(partial(desk.work, actor), asked, kind, desk.settings.data)
        with file.open("xb") as into, made.file as held:
            held.seek(0)
            shutil.copyfileobj(held, into)
    typer.echo(f"{file}: {made.rows:,} requests.")


def import_requests(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A .csv or .xlsx.")],
    who: Who,
    matter: Annotated[
        str, typer.Option(help="The matter's code; needed where you are on several.")
    ] = "",
    columns: Annotated[
        str, typer.Option(help="What columns mean, such as A=reference,B=title; else a guess.")
    ] = "",
    day_first: Annotated[
        bool | None, typer.Option(help="What comes first in days like 2/3/2015.")
    ] = None,
    formulas: Annotated[bool, typer.Option(help="Use what formulas last showed.")] = False,
    leave_out_wrong: Annotated[
        bool, typer.Option("--leave-out-wrong", help="Import the rows that are right.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what is wrong with each row, import nothing.")
    ] = False,
) -> None:
    """Import a spreadsheet of requests into a matter, whole or not at all."""
    from casemgr.files.kinds import Upload  # noqa: PLC0415 - see above
    from casemgr.usecases import imports  # noqa: PLC0415

    with _office(who) as (desk, actor):
        with desk.work(actor) as work:
            into = matter or _the_matter(work)
            upload = Upload(file.name, file.read_bytes())
            import_id = imports.begin(work, into, desk.store, upload).id
        given = {"day_first": day_first, "formulas": formulas}
        right = _checked(desk, actor, import_id, columns, given)
        if dry_run or not right:
            with desk.work(actor) as work:
                imports.drop(work, import_id)
            typer.echo("Nothing was imported.")
            raise typer.Exit(0 if dry_run else 2)
        with desk.work(actor) as work:
            imports.start(work, import_id, imports.StartInput(leave_out_wrong=leave_out_wrong))
        row = _go_on(desk, actor, import_id)
    typer.echo(row.problem or f"{row.done:,} requests imported as {import_id}.")
    raise typer.Exit(2 if row.problem else 0)


def _the_matter(work: Any) -> str:
    from casemgr.errors import Malformed  # noqa: PLC0415 - see above
    from casemgr.usecases.views import request_list  # noqa: PLC0415

    mine = request_list.choices(work)["matter"]
    if len(mine) != 1:
        raise Malformed("Say which matter the requests belong to: --matter M-7F3KQ2X8MP.")
    return mine[0][0]


def _go_on(desk: Desk, actor: Actor, import_id: str) -> Any:
    from casemgr.db import doors  # noqa: PLC0415 - see above
    from casemgr.db.tables import SpreadsheetImport  # noqa: PLC0415
    from casemgr.domain.access import Right  # noqa: PLC0415
    from casemgr.importing import work_off  # noqa: PLC0415

    while True:  # a server on the same office may be doing this very step
        work_off(desk)
        with desk.work(actor, reads_only=True) as work:
            row = doors.open_door(
                work.session, work.actor, SpreadsheetImport, import_id, Right.READ, work.today
            )
        if row.state.value not in {"reading", "checking", "importing"}:
            return row


def _checked(desk: Desk, actor: Actor, import_id: str, columns: str, given: dict[str, Any]) -> bool:
    """Have the rows checked and say what is wrong; return whether any can be imported."""
    from casemgr.usecases import imports  # noqa: PLC0415 - see above
    from casemgr.usecases.views import imports as views  # noqa: PLC0415

    row = _go_on(desk, actor, import_id)
    if row.problem:
        typer.echo(row.problem, err=True)
        return False
    kept = {name: value for name, value in given.items() if value is not None}
    said = {**row.matching, **kept}
    if columns:
        said["columns"] = _columns(columns)
    with desk.work(actor) as work:
        imports.match(work, import_id, imports.MatchingInput.model_validate(said))
    row = _go_on(desk, actor, import_id)
    with desk.work(actor, reads_only=True) as work:
        for each in views.rows_of(work, import_id, only_wrong=True, most=1_000):
            for told in each["says"]:
                header = "" if told["column"] is None else f"{row.headers[told['column']]}: "
                typer.echo(f"Row {each['number']}: {header}{told['says']}")
    typer.echo(
        f"{row.rows:,} rows: {row.rows - row.wrong - row.left_out:,} right, {row.wrong:,} wrong, "
        f"{row.left_out:,} on file already."
    )
    return bool(row.rows - row.wrong - row.left_out)


def _columns(typed: str) -> dict[str, str]:
    """Read `A=reference,B=title`."""
    from casemgr.domain.spreadsheets import Field  # noqa: PLC0415 - see above
    from casemgr.errors import Malformed  # noqa: PLC0415

    found: dict[str, str] = {}
    for each in typed.split(","):
        letters, _, wanted = (part.strip() for part in each.partition("="))
        if not letters.isascii() or not letters.isalpha() or wanted not in set(Field):
            known = ", ".join(Field)
            raise Malformed(
                f"--columns {each.strip()} cannot be read. Write A=title,B=offices; a column is "
                f"one of {known}."
            )
        at = 0
        for sign in letters.upper():
            at = at * 26 + ord(sign) - 64
        found[str(at - 1)] = wanted
    return found
