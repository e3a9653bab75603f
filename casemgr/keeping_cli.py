"""Commands that keep an office safe: check the history, check everything, back up, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

# Imports of the office stand inside the commands, so that `casemgr --help` stays quick.
history = typer.Typer(help="Check that the history is as it was written.", no_args_is_help=True)

Since = Annotated[
    Path | None,
    typer.Option(
        help="A copy of history.heads kept elsewhere: shows what was cut off or rolled back.",
        exists=True,
        dir_okay=False,
    ),
]


@history.callback()
def _history() -> None:
    """Check that the history is as it was written."""


@history.command("verify")
def verify_history(since: Since = None) -> None:
    """Follow the seal through every record and name the first that is not as it was written."""
    from casemgr.keeping import check_history  # noqa: PLC0415 - see above

    found = check_history(since)
    typer.echo(found.says, err=not found.holds)
    raise typer.Exit(0 if found.holds else 1)


def verify(since: Since = None) -> None:
    """Check every invariant of the office and print how much of each was looked at."""
    from casemgr.keeping import check_everything, report  # noqa: PLC0415 - see above

    found, left_over = check_everything(since)
    typer.echo(report(found, left_over))
    wrong = sum(len(each.wrong) for each in found)
    typer.echo("Everything is right." if not wrong else f"{wrong:,} wrong.")
    raise typer.Exit(1 if wrong else 0)
