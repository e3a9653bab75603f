"""`casemgr declaration`: check a declaration, whoever wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casemgr.errors import Malformed

if TYPE_CHECKING:
    from casemgr.declarations.paper import Finding, Paper, Para, Record

# Imports of the office stand inside the commands, so that `casemgr --help` stays quick.
app = typer.Typer(
    help="Begin, check and print declarations.",
    no_args_is_help=True,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("check")
def check_file(
    file: Annotated[
        Path | None, typer.Argument(help="The declaration: text, PDF with text, or Word.")
    ] = None,
    as_json: Json = False,
    matter: Annotated[
        str, typer.Option(help="Compare it with this matter too, such as M-7F3KQ2X8MP.")
    ] = "",
    who: Annotated[
        str, typer.Option("--as", help="With --matter: the e-mail address of who may see it.")
    ] = "",
    codes: Annotated[bool, typer.Option("--codes", help="List every check, and why.")] = False,
) -> None:
    """Read a declaration somebody else wrote, and say what a careful colleague would find.

    Exit status 0 when it was read, whatever was found; 2 when it could not be read.
    """
    from casemgr.declarations.check import check  # noqa: PLC0415 - see above

    if codes:
        typer.echo("\n".join(_table()))
        return
    paper = _read(file)
    against = _matter(matter, who, paper) if matter else None
    today = datetime.now(UTC).date()
    found = check(paper, against, today)
    if as_json:
        typer.echo(json.dumps(_as_json(paper, found), indent=2, ensure_ascii=False))
    else:
        typer.echo("\n".join(_in_words(paper, found)))


Who = Annotated[str, typer.Option("--as", help="The e-mail address of whoever it is done for.")]


@app.command("new")
def begin(
    matter: Annotated[str, typer.Argument(help="The matter's code, such as M-7F3KQ2X8MP.")],
    declarant: Annotated[str, typer.Argument(help="Who declares: the full name, as it is signed.")],
    who: Who,
    lawsuit: Annotated[
        str, typer.Option(help="In which lawsuit, such as LS-7F3KQ2X8MP: the caption's.")
    ] = "",
    kind: Annotated[str, typer.Option(help="fact, attorney, expert and so on.")] = "fact",
    purpose: Annotated[str, typer.Option(help="Printed under the title: in support of …")] = "",
) -> None:
    """Begin a declaration with an empty first version, and say its code."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above
    from casemgr.domain.words import DeclarationKind, Lettering  # noqa: PLC0415
    from casemgr.usecases.declarations import (  # noqa: PLC0415
        DeclarationInput,
        begin_declaration,
    )

    if kind not in set(DeclarationKind):
        raise Malformed(f"There is no kind {kind!r}. Use one of: {', '.join(DeclarationKind)}.")
    given = DeclarationInput(
        title=f"Declaration of {declarant}"[:200],
        declarant=declarant[:200],
        kind=DeclarationKind(kind),
        purpose=purpose[:300],
        lettering=Lettering.FIRST_MENTION,
        lawsuit_id=lawsuit or None,
    )
    with the_office() as desk, desk.work(desk.somebody(who)) as work:
        typer.echo(begin_declaration(work, matter, given).id)


@app.command("render")
def render_declaration(
    declaration: Annotated[str, typer.Argument(help="Its code, such as DC-7F3KQ2X8MP.")],
    file: Annotated[Path, typer.Argument(help="The file to write, ending in .pdf or .docx.")],
    who: Who,
) -> None:
    """Write the newest version in the form of its court; nobody signed off: marked as a draft."""
    from functools import partial  # noqa: PLC0415 - see above

    from casemgr.desk import the_office  # noqa: PLC0415
    from casemgr.errors import WrongMoment  # noqa: PLC0415
    from casemgr.usecases import letters  # noqa: PLC0415

    if file.suffix not in {".pdf", ".docx"}:
        raise Malformed(f"{file.name} ends in neither .pdf nor .docx. Give a name that says which.")
    if file.exists():
        raise WrongMoment(f"{file.name} is there already and was not touched. Give another name.")
    with the_office() as desk:
        opens = partial(desk.work, desk.somebody(who))
        letter, data = letters.make(opens, desk.store, letters.declaration(declaration))
        if file.suffix == ".docx":
            data = letters.opened_in_word(opens, desk.store, letter.id)[1]
    file.write_bytes(data)
    typer.echo(f"{file.name}: {letter.pages} pages, {len(data):,} bytes.")


def _read(file: Path | None) -> Paper:
    from casemgr.usecases.declaration_reading import read_caged  # noqa: PLC0415 - see above

    if file is None:
        raise Malformed("Name the file to check, such as declaration.pdf.")
    try:
        data = file.read_bytes()
    except OSError as wrong:
        raise Malformed(f"{file.name} cannot be opened. Check its name and folder.") from wrong
    return read_caged(data)


def _matter(matter: str, who: str, paper: Paper) -> Record:
    from casemgr.desk import the_office  # noqa: PLC0415 - see above
    from casemgr.usecases.declaration_record import record_of  # noqa: PLC0415

    if not who:
        raise Malformed("Say for whom with --as: a matter is shown only to who may see it.")
    with the_office() as desk, desk.work(desk.somebody(who), reads_only=True) as work:
        return record_of(work, matter, paper, desk.store)


def _as_json(paper: Paper, found: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "court": paper.court,
        "docket_number": paper.docket_number,
        "title": paper.title or None,
        "declarant": paper.declarant or None,
        "paragraphs": [_paragraph(each) for each in paper.paragraphs],
        "exhibits": [{"label": each.label, "title": each.title} for each in paper.exhibits],
        "jurat": paper.jurat.value,
        "executed_on": paper.executed_on.isoformat() if paper.executed_on else None,
        "executed_at": paper.executed_at or None,
        "signed": paper.signed,
        "findings": [_finding(each) for each in found],
    }


def _paragraph(para: Para) -> dict[str, Any]:
    return {"number": para.number, "text": para.text, "after": para.after}


def _finding(each: Finding) -> dict[str, Any]:
    return {
        "code": each.code,
        "paragraph": each.paragraph,
        "severity": each.severity.value,
        "says": each.says,
        "fix": each.fix,
    }


def _in_words(paper: Paper, found: tuple[Finding, ...]) -> Iterator[str]:
    numbered = sum(each.number is not None for each in paper.paragraphs)
    yield paper.title or "A declaration without a title"
    yield (
        f"  {paper.declarant or 'Nobody named'}, {paper.court or 'no court read'}, "
        f"{paper.docket_number or 'no docket number'}: {numbered} numbered paragraphs, "
        f"{len(paper.exhibits)} exhibits, {_executed(paper.executed_on, paper.executed_at)}."
    )
    for each in found:
        where = f"¶ {each.paragraph}" if each.paragraph is not None else ""
        where = where or (f"after ¶ {each.after}" if each.after is not None else "the paper")
        yield f"{each.severity.value:<8} {each.code:<26} {where}: {each.says} {each.fix}"
    problems = sum(each.severity.value == "problem" for each in found)
    yield f"{problems} problems, {len(found) - problems} notes."


def _executed(on: date | None, at: str) -> str:
    day = f"executed on {on.isoformat()}" if on else "undated"
    return f"{day} at {at}" if at else day


def _table() -> Iterator[str]:
    from casemgr.declarations.codes import CODES  # noqa: PLC0415 - see above

    for each in CODES:
        yield f"{each.code} ({each.severity.value})"
        yield f"  What: {each.what}"
        yield f"  Why:  {each.why}"
        yield f"  Fix:  {each.fix}"


@app.command("package")
def make_package(
    declaration: Annotated[
        str, typer.Argument(help="The declaration's code, such as DC-7F3KQ2X8MP.")
    ],
    file: Annotated[Path, typer.Argument(help="The file to write, ending in .zip.")],
    who: Annotated[str, typer.Option("--as", help="The e-mail address of who it is done for.")],
    archive: Annotated[bool, typer.Option("--archive", help="Our own papers as PDF/A.")] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Of a version nobody signed off: not to file.")
    ] = False,
) -> None:
    """Look through the papers of a filing, and write its package unless one is held back."""
    from functools import partial  # noqa: PLC0415 - see above

    from casemgr.desk import the_office  # noqa: PLC0415
    from casemgr.usecases import filing_checks, filing_packages  # noqa: PLC0415

    if file.suffix != ".zip" or file.exists():
        raise Malformed(f"{file} must be a new file that ends in .zip. Give another name.")
    with the_office() as desk:
        opens = partial(desk.work, desk.somebody(who))
        filing = filing_checks.check(opens, desk.store, declaration)
        given = filing_packages.PackageInput(archive=archive, draft=draft)
        made = filing_packages.make(opens, desk.store, declaration, given)
    file.write_bytes(made.data)
    typer.echo(f"{file}: {len(filing.exhibits)} exhibits, {len(made.data):,} bytes.")
    for each in filing.remarks:
        typer.echo(each)
