"""`casemgr law`: ask the law from the command line, in bulk or one date at a time."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from casemgr.desk import Desk
    from casemgr.law.reader import Law
    from casemgr.law.verify import Verdict

# Imports of the law stand inside the commands, so that `casemgr --help` stays quick.
app = typer.Typer(help="Ask the law engine for dates, and check the law it knows.")

AsJson = Annotated[bool, typer.Option("--json", help="Print the JSON of the answer.")]


@app.command()
def batch() -> None:
    """Answer law calls: one JSON object a line from standard input, one answer a line."""
    from casemgr.law.calls import answer_lines

    try:
        for line in answer_lines(sys.stdin):
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away; there is nobody left to tell


@app.command()
def due(
    rule: Annotated[str, typer.Argument(help="The rule, as in foia.determination.")],
    trigger: Annotated[str, typer.Option(help="The day it runs from, as in 2010-02-03.")],
    trigger_until: Annotated[
        str | None, typer.Option(help="The last day it may have been.")
    ] = None,
    court: Annotated[str | None, typer.Option(help="The court, as in nysd.")] = None,
    agency: Annotated[str | None, typer.Option(help="The agency, as in dhs.")] = None,
    service: Annotated[str | None, typer.Option(help="How the paper was served.")] = None,
    law_as_of: Annotated[str | None, typer.Option(help="Force the text of that day.")] = None,
    closed: Annotated[list[str] | None, typer.Option(help="A day the clerk was closed.")] = None,
    whose: Annotated[str | None, typer.Option(help="ours or theirs.")] = None,
    abroad: Annotated[bool, typer.Option(help="The defendant is abroad.")] = False,
    requested_on: Annotated[str | None, typer.Option(help="The day of the request.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say when a rule's period ends, and why."""
    asked = {
        "do": "due",
        "rule": rule,
        "trigger": trigger,
        "trigger_until": trigger_until,
        "court": court,
        "agency": agency,
        "service": service,
        "law_as_of": law_as_of,
        "closed": closed or None,
        "whose": whose,
        "abroad": abroad or None,
        "requested_on": requested_on,
    }
    call = {key: value for key, value in asked.items() if value is not None}
    _show(_answer(call), as_json, _due_lines)


@app.command()
def clock(
    file: Annotated[
        Path,
        typer.Argument(
            help="A JSON file with agency, requested_on, as_of, events; - reads standard input."
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Compute a component's clock from its events."""
    call = _json_of(file)
    _show(_answer({"do": "clock", **call}), as_json, _clock_lines)


@app.command()
def verify(
    proof: Annotated[
        str,
        typer.Argument(
            help="A deadline's id, as in D-7F3KQ2X8MP, or the JSON of a proof; - reads it."
        ),
    ],
) -> None:
    """Recount a stored proof with the second, naive counter; exit with 1 if it does not hold."""
    from casemgr.errors import CasemgrError

    try:
        verdict = _verdict(proof)
    except CasemgrError as error:
        _refuse(str(error))
    for sentence in verdict.says:
        typer.echo(sentence)
    raise typer.Exit(0 if verdict.holds else 1)


def _verdict(proof: str) -> Verdict:
    if re.fullmatch(r"D-[0-9A-Z]{4,16}", proof):
        from casemgr.usecases.relaw import recounted, stored

        with _office() as desk, desk.work(reads_only=True) as work:
            return recounted(work, stored(work, proof))
    from casemgr.domain.proofs import read_proof
    from casemgr.law.reader import the_law
    from casemgr.law.verify import verify as recount

    return recount(the_law(), read_proof(_json_of(Path(proof))))


@app.command()
def moved(
    apply: Annotated[
        bool, typer.Option("--apply", help="Move them; else they are listed.")
    ] = False,
) -> None:
    """List every date on file that the law files as they are now would move."""
    from casemgr.usecases.preview import told
    from casemgr.usecases.relaw import recount_all, would_move

    with _office() as desk, desk.work() as work:
        if apply:
            recount_all(work)
        found = told(work) if apply else would_move(work)
    for each in found:
        was, due = str(each.was or "no day"), str(each.due or "no day")
        typer.echo(f"{was:>10} -> {due:>10}  {each.title}")
    verb = "moved" if apply else "would move; nothing was saved"
    typer.echo(f"{len(found)} {'date' if len(found) == 1 else 'dates'} {verb}.")


@contextmanager
def _office() -> Iterator[Desk]:
    """Open the office that the settings name; what it refuses is a sentence."""
    from casemgr.desk import the_office
    from casemgr.errors import CasemgrError

    try:
        with the_office() as desk:
            yield desk
    except CasemgrError as error:
        _refuse(str(error))


@app.command()
def check() -> None:
    """Load every file of law, run every example, and list what is unverified or read long ago."""
    from datetime import UTC, datetime

    from casemgr.law.check import check as examine

    found = examine(_law(), datetime.now(UTC).date())
    for line in found.lines:
        typer.echo(line)
    raise typer.Exit(1 if found.wrong else 0)


def _law() -> Law:
    from casemgr.errors import CasemgrError
    from casemgr.law.reader import the_law

    try:
        return the_law()
    except CasemgrError as error:
        _refuse(str(error))


def _answer(call: dict[str, Any]) -> dict[str, Any]:
    from casemgr.law.calls import answer

    _law()
    found: dict[str, Any] = answer(call)
    if "error" in found:
        _refuse(found["error"])
    return found


def _json_of(file: Path) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        found = json.loads(text)
    except (OSError, ValueError) as error:
        _refuse(f"{file} cannot be read: {error}. Give a file with one JSON object.")
    if not isinstance(found, dict):
        _refuse(f"{file} holds no JSON object. Give a file with one.")
    return found


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def _show(found: dict[str, Any], as_json: bool, lines: Any) -> None:
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in lines(found):
        typer.echo(line)


def _due_lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['title']} ({found['rule']}, {found['cites']})"
    yield f"Due: {found['due']}    Careful date: {found['safe']}    Whose: {found['whose']}"
    if found["caution"]:
        yield found["caution"]
    yield from _told(found)


def _clock_lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"State: {found['state'].replace('_', ' ')}"
    for key in (
        "due",
        "due_range",
        "days_left",
        "may_sue",
        "may_sue_since",
        "sue_basis",
        "lost_on",
        "appeal",
        "agency_appeal_due",
        "limitations_end",
        "expedition_due",
    ):
        if found[key] is not None:
            yield f"{key.replace('_', ' ')}: {_words(found[key])}"
    for one in found["ignored"]:
        yield f"without effect: {one['kind'].replace('_', ' ')} of {one['on']}. {one['why']}"
    yield from _told(found)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key.replace('_', ' ')} {one}" for key, one in value.items())
    if isinstance(value, list):
        return " to ".join(str(one) for one in value)
    return (
        {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )


def _told(found: dict[str, Any]) -> Iterator[str]:
    for step in found["steps"]:
        cites = f"  [{step['cites']}]" if step["cites"] else ""
        yield f"  {step['on'] or '          '}  {step['says']}{cites}"
    for one in found["readings"]:
        yield f"  or {one['due']}: {one['name']}. {one['why']}"
