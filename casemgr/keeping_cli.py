"""Commands that keep an office safe: check the history, check everything, back up, restore."""

from __future__ import annotations

from datetime import UTC, datetime
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


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
) -> None:
    """Write the whole office into one encrypted file, while people work."""
    from casemgr.backup import back_up  # noqa: PLC0415 - see above
    from casemgr.desk import the_office  # noqa: PLC0415
    from casemgr.settings import backup_passphrase  # noqa: PLC0415
    from casemgr.usecases.reminders import BACKUP, beat  # noqa: PLC0415

    passphrase = backup_passphrase()
    with the_office() as desk:
        kept = back_up(desk, file.resolve(), passphrase)
        with desk.work() as work:  # `casemgr doctor` asks how old the newest is
            beat(work, datetime.now(UTC), kept.file.name, BACKUP)
    typer.echo(
        f"{kept.file}: {kept.rows:,} rows, {kept.documents:,} documents, history up to record "
        f"{kept.head:,}, {kept.size:,} bytes. Keep it, and the passphrase, elsewhere."
    )


def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The backup.")],
    into: Annotated[
        str, typer.Option(help="An empty folder for SQLite, or a postgresql:// address.")
    ],
    since: Since = None,
) -> None:
    """Make an office of a backup, in an empty place, and check everything."""
    from casemgr.keeping import check_office, report  # noqa: PLC0415 - see above
    from casemgr.restore import place_of  # noqa: PLC0415
    from casemgr.restore import restore as put_back  # noqa: PLC0415
    from casemgr.settings import backup_passphrase, settings  # noqa: PLC0415

    passphrase = backup_passphrase()
    place = place_of(into, settings().data)
    desk = put_back(file, place, passphrase)
    try:
        found, left_over = check_office(desk, since)
    finally:
        desk.engine.dispose()
    typer.echo(report(found, left_over))
    wrong = sum(len(each.wrong) for each in found)
    says = "Everything is right." if not wrong else f"{wrong:,} wrong: look before you use it."
    typer.echo(f"Restored into {place.data}. {says}")
    raise typer.Exit(1 if wrong else 0)
