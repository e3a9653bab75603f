"""`casemgr docket`: take in a docket paper, and put the clerk's dates beside ours."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casemgr.docket_files_cli import make, papers, productions, report, searches

if TYPE_CHECKING:
    from casemgr.desk import Desk
    from casemgr.dockets.shapes import PaperRead
    from casemgr.files.kinds import Upload
    from casemgr.usecases.docket_papers import TakenIn
    from casemgr.usecases.docket_plan import DocketImport, Plan
    from casemgr.usecases.views.compared import Compared
    from casemgr.usecases.work import Actor

# Imports of the office stand inside the commands, so that `casemgr --help` stays quick.
app = typer.Typer(
    help="Take in docket papers, compare dates; searches, productions and papers of a lawsuit.",
    no_args_is_help=True,
)

for listed in (searches, productions, papers, make, report):
    app.command()(listed)

Who = Annotated[str, typer.Option("--as", help="The e-mail address of whoever it is done for.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Courts = "The court's id, such as nysd, for a page that does not say which court it is from."


@app.command("import")
def take_in(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The docket paper.")],
    matter: Annotated[str, typer.Option(help="The matter's code, such as M-7F3KQ2X8MP.")],
    who: Who,
    lawsuit: Annotated[str, typer.Option(help="The lawsuit, for a paper that names none.")] = "",
    court: Annotated[str, typer.Option(help=Courts)] = "",
    same: Annotated[
        list[int] | None, typer.Option(help="A line that is the entry on file it may be.")
    ] = None,
    apart: Annotated[
        list[int] | None, typer.Option(help="A line that is another than it may be.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come, no more.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take in a saved docket page, a notice (.eml, .txt), CourtListener's JSON, or a CSV docket.

    What is new is added; nothing on file is written over; the same paper twice adds nothing.
    """
    from casemgr.desk import the_office  # noqa: PLC0415 - see above
    from casemgr.files.kinds import Upload  # noqa: PLC0415
    from casemgr.usecases import docket_plan, docket_reading  # noqa: PLC0415

    given = docket_plan.DocketImport(
        lawsuit_id=lawsuit or None, court_id=court or None, same=same or [], apart=apart or []
    )
    upload = Upload(file.name, file.read_bytes())
    _say("Reading the paper …")
    paper = docket_reading.read_caged(upload.data, court)
    entries = sum(len(each.entries) for each in paper.cases)
    _say(f"Read {entries} entries. Putting them beside the docket …")
    with the_office() as desk:
        actor = desk.somebody(who)
        with desk.work(actor, reads_only=True) as work:
            planned = docket_plan.plan(work, matter, paper, given)
            told = _plan(planned)
        done = () if dry_run else _take_in(desk, actor, matter, upload, paper, given)
        result = {**told, "taken_in": [_taken(each) for each in done]}
    typer.echo(json.dumps(result, indent=2) if as_json else "\n".join(_in_words(result, dry_run)))


def _say(what: str) -> None:
    """Say how far it has come to whoever sits before it, and nothing to a program."""
    if sys.stderr.isatty():
        typer.echo(what, err=True)


def _take_in(
    desk: Desk, actor: Actor, matter: str, upload: Upload, paper: PaperRead, given: DocketImport
) -> tuple[TakenIn, ...]:
    from casemgr.usecases import docket_papers  # noqa: PLC0415 - see above

    with desk.work(actor) as work:
        document_id = docket_papers.keep_paper(work, desk.store, matter, upload).id
    _say("Taking them in, and counting their dates …")
    with desk.work(actor) as work:
        return docket_papers.take_in(work, document_id, paper, given)


def _plan(planned: Plan) -> dict[str, Any]:
    from casemgr.domain.docket_merge import Fit  # noqa: PLC0415 - see above

    return {
        "kind": planned.paper.kind.value,
        "sender": planned.paper.sender,
        "doubts": list(planned.paper.doubts),
        "cases": [
            {
                "court": each.case.court_id,
                "docket_number": each.case.docket_number,
                "title": each.case.title,
                "lawsuit": each.lawsuit.id if each.lawsuit else None,
                "entries": len(each.case.entries),
                "refused": each.refused,
                "counts": {fit.value: count for fit, count in sorted(each.counts.items())},
                "ask": [
                    {"line": at, "number": line.number, "may_be": placed.entry_id}
                    for at, line, placed in each.lines(Fit.MAYBE)
                ],
            }
            for each in planned.cases
        ],
    }


def _taken(each: TakenIn) -> dict[str, Any]:
    return {
        "lawsuit": each.lawsuit.id,
        "docket_number": each.lawsuit.docket_number,
        "added": each.added,
        "joined": each.joined,
        "kept_beside": each.kept_beside,
        "left_out": each.left_out,
    }


def _in_words(result: dict[str, Any], dry_run: bool) -> Iterator[str]:
    yield from result["doubts"]
    for case in result["cases"]:
        counts = ", ".join(f"{count} {fit}" for fit, count in case["counts"].items())
        where = case["lawsuit"] or "a new lawsuit"
        name = f"{case['docket_number'] or 'this docket'} {case['title']}".strip()
        yield case["refused"] or f"{name}: {case['entries']} entries for {where} ({counts})."
        for asked in case["ask"]:
            yield (
                f"  Line {asked['line']} (no. {asked['number']}) may be {asked['may_be']}, which "
                f"has no number: give --same {asked['line']} or --apart {asked['line']}."
            )
    for each in result["taken_in"]:
        yield (
            f"{each['docket_number']}: {each['added']} entries added, {each['kept_beside']} kept "
            f"beside ours, {each['joined']} given their number, {each['left_out']} left out."
        )
    if dry_run:
        yield "Nothing was written."


@app.command("reconcile")
def reconcile(
    matter: Annotated[str, typer.Argument(help="The matter's code, such as M-7F3KQ2X8MP.")],
    who: Who,
    as_json: Json = False,
) -> None:
    """Compare every date the dockets of a matter state with ours."""
    from casemgr.db import lists  # noqa: PLC0415 - see above
    from casemgr.desk import the_office  # noqa: PLC0415
    from casemgr.usecases.views import reconciliation  # noqa: PLC0415
    from casemgr.usecases.views.lawsuit_rows import LawsuitLine  # noqa: PLC0415
    from casemgr.usecases.views.matters import head  # noqa: PLC0415

    with the_office() as desk, desk.work(desk.somebody(who), reads_only=True) as work:
        seen, _ = head(work, matter)
        found = {
            line.cited_as: [_compared(each) for each in reconciliation.look(work, line.id).dates]
            for line in seen.rows(lists.LAWSUITS, LawsuitLine)
        }
    typer.echo(json.dumps(found, indent=2) if as_json else "\n".join(_told(found)))


def _compared(each: Compared) -> dict[str, Any]:
    stated = each.stated
    return {
        "verdict": each.verdict.value,
        "entry": each.entry_name,
        "what": stated.what if stated else (each.ours.line.title if each.ours else ""),
        "who": stated.who if stated else "",
        "clerk": stated.on.isoformat() if stated else None,
        "ours": each.counted.isoformat() if each.counted else None,
        "rule": each.rule,
        "why": each.why,
    }


def _told(found: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    for cited_as, dates in found.items():
        yield f"{cited_as}: {len(dates)} dates"
        for each in dates:
            says = each["clerk"] or each["ours"] or ""
            day = f"{each['verdict']:<12} {says}  {each['entry']:<10}"
            yield f"  {day} {each['what']}: {each['why']}"
