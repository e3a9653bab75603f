"""`casemgr docket`: what was searched, what came, and the papers of a lawsuit, in a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from casemgr.desk import Desk
    from casemgr.domain.words import LetterKind
    from casemgr.usecases.letters import Gather
    from casemgr.usecases.views.court_papers import PapersPage
    from casemgr.usecases.views.productions import ProductionsPage, Progress
    from casemgr.usecases.views.searches import SearchLog
    from casemgr.usecases.work import Actor

# Imports of the office stand inside the commands, so that `casemgr --help` stays quick.
Who = Annotated[str, typer.Option("--as", help="The e-mail address of whoever it is done for.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, as the API gives it.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Matter = Annotated[str, typer.Argument(help="The matter's code, such as M-7F3KQ2X8MP.")]
Lawsuit = Annotated[str, typer.Argument(help="The lawsuit's code, such as LS-7F3KQ2X8MP.")]
File = Annotated[Path, typer.Argument(help="The file to write, ending in .pdf or .docx.")]


def searches(matter: Matter, who: Who, as_json: Json = False, as_csv: Csv = False) -> None:
    """Say of every search what was asked, what was told, and what no paper says."""
    from casemgr.api.searches import table_of  # noqa: PLC0415 - see above
    from casemgr.desk import the_office  # noqa: PLC0415
    from casemgr.usecases import searches_csv  # noqa: PLC0415
    from casemgr.usecases.views import searches as views  # noqa: PLC0415

    with the_office() as desk, desk.work(desk.somebody(who), reads_only=True) as work:
        seen = views.look(work, matter)
    if as_csv:
        typer.echo(searches_csv.write(seen), nl=False)
        return
    typer.echo(table_of(seen).model_dump_json(indent=2) if as_json else "\n".join(_searched(seen)))


def _searched(seen: SearchLog) -> Iterator[str]:
    yield f"{len(seen.rows)} places to search; {seen.empties} cells are not said."
    for row in seen.rows:
        where = " / ".join(each for each in (row.component, row.custodian, row.system) if each)
        done = "searched" if row.searched else "no paper says it was searched"
        missing = ", ".join(each.value for each in row.empties)
        yield f"{where}: {done}{f'; not said: {missing}' if missing else ''}."


def productions(matter: Matter, who: Who, as_json: Json = False, as_csv: Csv = False) -> None:
    """List what came, which numbers are missing or came twice, and how the pace is kept."""
    from casemgr.api.productions import ledger_of  # noqa: PLC0415 - see above
    from casemgr.desk import the_office  # noqa: PLC0415
    from casemgr.usecases import productions_csv  # noqa: PLC0415
    from casemgr.usecases.views import productions as views  # noqa: PLC0415

    with the_office() as desk, desk.work(desk.somebody(who), reads_only=True) as work:
        seen = views.look(work, matter)
    if as_csv:
        typer.echo(productions_csv.write(seen), nl=False)
        return
    typer.echo(ledger_of(seen).model_dump_json(indent=2) if as_json else "\n".join(_came(seen)))


def _came(seen: ProductionsPage) -> Iterator[str]:
    for each in seen.releases:
        day = each.produced_on.isoformat() if each.produced_on else "no day"
        numbers = " to ".join(one for one in (each.bates_first, each.bates_last) if one)
        yield f"{day}  {each.title}{f' ({numbers})' if numbers else ''}"
    for gap in seen.gaps:
        yield f"missing: {gap.says}, {gap.pages} pages"
    for both in seen.overlaps:
        yield f"twice: {both.says}"
    for it in seen.progress:
        yield _pace(it)


def _pace(it: Progress) -> str:
    stands = it.standing
    who = it.agency or "Every component"
    end = stands.ends_as_it_goes.isoformat() if stands.ends_as_it_goes else "not known"
    return (
        f"{who}: {stands.came:,} of {stands.owed:,} pages owed came, {stands.behind:,} behind; "
        f"as it goes the end is {end}."
    )


def papers(lawsuit: Lawsuit, who: Who, as_json: Json = False) -> None:
    """List the papers that can be made in a lawsuit, what is typed for each, and what it lacks."""
    from casemgr.api.court_papers import ready_of  # noqa: PLC0415 - see above
    from casemgr.desk import the_office  # noqa: PLC0415
    from casemgr.usecases.views import court_papers as views  # noqa: PLC0415

    with the_office() as desk, desk.work(desk.somebody(who), reads_only=True) as work:
        seen = views.look(work, lawsuit)
    typer.echo(ready_of(seen).model_dump_json(indent=2) if as_json else "\n".join(_listed(seen)))


def _listed(seen: PapersPage) -> Iterator[str]:
    for each in seen.papers:
        typed = ", ".join(each.it.shape.model_fields)
        yield f"{each.it.kind.value}: {each.it.name}{f' (typed: {typed})' if typed else ''}"
        for missing in each.missing:
            yield f"  lacks: {missing.part}. {missing.todo}"


def make(
    lawsuit: Lawsuit,
    kind: Annotated[str, typer.Argument(help="The kind of paper, as `papers` lists it.")],
    file: File,
    who: Who,
    typed: Annotated[
        str, typer.Option(help='What is typed for it, as JSON: {"signer": "Ada Park"}.')
    ] = "{}",
) -> None:
    """Make a paper of a lawsuit from the record and what is typed, and write it into a file."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above
    from casemgr.usecases import court_papers  # noqa: PLC0415

    known = _kind(kind)
    given = court_papers.read(known, _object(typed))
    with the_office() as desk:
        _write(desk, desk.somebody(who), court_papers.gather(lawsuit, known, given), file)


def report(matter: Matter, file: File, who: Who) -> None:
    """Make the docket report of a matter: open dates by person, unconfirmed ones first."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above
    from casemgr.usecases import docket_report  # noqa: PLC0415

    with the_office() as desk:
        _write(desk, desk.somebody(who), docket_report.gather(matter, desk.office), file)


def _kind(named: str) -> LetterKind:
    from casemgr.errors import Malformed  # noqa: PLC0415 - see above
    from casemgr.usecases import court_papers  # noqa: PLC0415

    for kind in court_papers.PAPERS:
        if kind.value == named:
            return kind
    kinds = ", ".join(kind.value for kind in court_papers.PAPERS)
    raise Malformed(f"There is no paper {named!r} of a lawsuit. Choose one of: {kinds}.")


def _object(typed: str) -> dict[str, object]:
    from casemgr.errors import Malformed  # noqa: PLC0415 - see above

    try:
        said = json.loads(typed)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise Malformed('What is typed must be a JSON object, such as {"signer": "Ada Park"}.')
    return said


def _write(desk: Desk, actor: Actor, gather: Gather, file: Path) -> None:
    from functools import partial  # noqa: PLC0415 - see above

    from casemgr.errors import Malformed, WrongMoment  # noqa: PLC0415
    from casemgr.usecases import letters  # noqa: PLC0415

    if file.suffix not in {".pdf", ".docx"}:
        raise Malformed(f"{file} ends in neither .pdf nor .docx. Give a name that says which.")
    if file.exists():
        raise WrongMoment(f"{file} is there already and was not touched. Give another name.")
    opens = partial(desk.work, actor)
    letter, data = letters.make(opens, desk.store, gather)
    if file.suffix == ".docx":
        data = letters.opened_in_word(opens, desk.store, letter.id)[1]
    file.write_bytes(data)
    typer.echo(f"{file}: {len(data):,} bytes, {letter.title}.")
