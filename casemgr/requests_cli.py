"""`casemgr requests`: log a request that was sent, begin a new one, and see how one stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casemgr import request_files_cli

if TYPE_CHECKING:
    from datetime import date

    from casemgr.db.tables import FoiaRequest
    from casemgr.desk import Desk
    from casemgr.usecases.views.requests import RequestPage
    from casemgr.usecases.work import Work

# Imports of the office stand inside the commands, so that `casemgr --help` stays quick.
app = typer.Typer(
    help="Write, log, show and list requests; take the list away; import an old spreadsheet.",
    no_args_is_help=True,
)
app.command("list")(request_files_cli.list_requests)
app.command("export")(request_files_cli.export_requests)
app.command("import")(request_files_cli.import_requests)

Who = Annotated[str, typer.Option("--as", help="The e-mail address of whoever it is done for.")]
Matter = Annotated[str, typer.Option(help="The matter's code, such as M-7F3KQ2X8MP.")]
Title = Annotated[str, typer.Option(help="What the records are about, in a few words.")]
Items = Annotated[list[str], typer.Option("--item", help="What it asks for; once for each item.")]
SENT = "An office, the day and how: ice=9/8/2026 or ice=2026-09-08,portal; once for each office."
HOW_TO_SEND = "Write it as OFFICE=DAY or OFFICE=DAY,HOW, like ice=9/8/2026,portal."


@app.command("log")
def log(
    matter: Matter,
    title: Title,
    to: Annotated[list[str], typer.Option(help=SENT)],
    item: Items,
    who: Who,
    dated: Annotated[str, typer.Option(help="The day of the letter, if it is another.")] = "",
    letter: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The letter's file.")
    ] = None,
    fee_waiver: Annotated[bool, typer.Option(help="The letter asks for a fee waiver.")] = False,
    faster: Annotated[bool, typer.Option(help="The letter asks for faster processing.")] = False,
) -> None:
    """Log a request that was sent: to which offices, when, and what it asks for."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above

    with the_office() as desk, desk.work(desk.somebody(who)) as work:
        sendings = [_sending(each, work.today) for each in to]
        days = [each["sent_on"] for each in sendings]
        facts = {
            "title": title,
            "items": item,
            "sendings": sendings,
            "requested_on": _day(dated, work.today) if dated else min(days),
            "asks_fee_waiver": fee_waiver,
            "asks_expedition": faster,
        }
        _log(desk, work, matter, facts, letter)


@app.command("new")
def new(
    matter: Matter,
    title: Title,
    to: Annotated[list[str], typer.Option(help="An office, such as ice; once for each.")],
    item: Items,
    who: Who,
) -> None:
    """Begin a request that is still to be written and sent."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above

    with the_office() as desk, desk.work(desk.somebody(who)) as work:
        _log(desk, work, matter, {"title": title, "items": item, "agency_ids": to}, None)


def _log(desk: Desk, work: Work, matter: str, facts: dict[str, Any], letter: Path | None) -> None:
    from casemgr.api.bodies import again  # noqa: PLC0415 - see above
    from casemgr.usecases.requests import NewRequest, log_request  # noqa: PLC0415

    given = again(NewRequest, facts)
    if letter is not None:
        given = given.model_copy(update={"document_id": _keep(desk, work, matter, given, letter)})
    foia: FoiaRequest = log_request(work, matter, given)
    typer.echo(f"{foia.title} is saved as {foia.id}.")


def _keep(desk: Desk, work: Work, matter: str, given: Any, letter: Path) -> str:
    from casemgr.files.kinds import Upload  # noqa: PLC0415 - see above
    from casemgr.usecases.documents import DocumentInput, add_document  # noqa: PLC0415

    about = DocumentInput(
        title=f"Request letter: {given.title}", kind="letter", dated_on=given.requested_on
    )
    upload = Upload(letter.name, letter.read_bytes())
    return add_document(work, matter, about, desk.store, upload).id


def _sending(typed: str, today: date) -> dict[str, Any]:
    from casemgr.errors import Malformed  # noqa: PLC0415 - see above

    office, is_given, rest = typed.partition("=")
    day, _, how = rest.rpartition(",") if _ends_with_a_way(rest) else (rest, "", "")
    if not office.strip() or not is_given or not day.strip():
        raise Malformed(f"“{typed}” does not say to whom and when. {HOW_TO_SEND}")
    sent = {"agency_id": office.strip(), "sent_on": _day(day, today)}
    return {**sent, "method": how.strip()} if how else sent


def _ends_with_a_way(rest: str) -> bool:
    from casemgr.domain.words import SendMethod  # noqa: PLC0415 - see above

    return rest.rpartition(",")[2].strip() in set(SendMethod)


def _day(typed: str, today: date) -> date:
    from casemgr.errors import Malformed  # noqa: PLC0415 - see above
    from casemgr.web import typed as days  # noqa: PLC0415

    try:
        return days.day(typed, today)
    except ValueError as wrong:
        raise Malformed(str(wrong)) from wrong


@app.command("show")
def show(
    request: Annotated[str, typer.Argument(help="The request's code, such as R-7F3KQ2X8MP.")],
    who: Who,
) -> None:
    """Show a request: how each office stands, and which dates follow."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above
    from casemgr.usecases.views import requests  # noqa: PLC0415

    with the_office() as desk, desk.work(desk.somebody(who), reads_only=True) as work:
        for line in _told(requests.look(work, request)):
            typer.echo(line)


def _told(seen: RequestPage) -> Iterator[str]:
    yield f"{seen.line.title} ({seen.line.id})"
    yield f"Matter    {seen.line.matter} ({seen.line.matter_id})"
    yield f"Dated     {seen.line.requested_on or 'not sent yet'}"
    for item in seen.items:
        yield f"Asks for  {item.says}"
    for panel in seen.panels:
        yield f"{panel.line.short_name} {panel.standing.headline}."
        for shown in (*panel.theirs, *panel.ours):
            yield f"  {shown.line.title}: {shown.line.due or 'no day yet'}"
