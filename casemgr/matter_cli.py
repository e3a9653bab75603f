"""`casemgr matter`: a whole matter out of an office, checked, and into another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from casemgr.desk import Desk
    from casemgr.usecases.packages import Package
    from casemgr.usecases.taking_in import TakenIn
    from casemgr.usecases.work import Actor

A_DAY = 24 * 60 * 60

# Imports of the office stand inside the commands, so that `casemgr --help` stays quick.
app = typer.Typer(
    help="Export a whole matter as one package, check a package, import it elsewhere.",
    no_args_is_help=True,
)

Who = Annotated[str, typer.Option("--as", help="The e-mail address of whoever it is done for.")]
TheFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The package.")]


@app.command("export")
def export(
    matter: Annotated[str, typer.Argument(help="The matter's code, such as M-7F3KQ2X8MP.")],
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
    who: Who,
) -> None:
    """Write everything of a matter into one file, for an attorney on it."""
    from functools import partial  # noqa: PLC0415 - see above

    from casemgr.desk import the_office  # noqa: PLC0415
    from casemgr.errors import WrongMoment  # noqa: PLC0415
    from casemgr.usecases.packing import export_matter  # noqa: PLC0415

    if file.exists():
        raise WrongMoment(f"{file} is there already and was not touched. Give another name.")
    with the_office() as desk:
        opens = partial(desk.work, desk.somebody(who))
        made = export_matter(opens, desk.store, desk.office, desk.settings.data, matter)
        _write(file.resolve(), made.parts())
    typer.echo(
        f"{file}: {made.size:,} bytes.\nFingerprint {made.fingerprint}\n"
        f"Content     {made.content}\n"
        "The package is not encrypted: keep it as you would keep the papers themselves."
    )


def _write(file: Path, parts: Iterator[bytes]) -> None:
    half = file.with_name(f".{file.name}.half")
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as opened:
            for part in parts:
                opened.write(part)
            opened.flush()
            os.fsync(opened.fileno())
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


@app.command("verify")
def verify(file: TheFile) -> None:
    """Check every file, record and seal of a package; in the office that made it, the key too."""
    from itertools import islice  # noqa: PLC0415 - see above

    from casemgr.usecases.packages import MOST_FAULTS, open_package  # noqa: PLC0415

    with open_package(file, _own_key()) as package:
        faults = list(islice(package.faults(), MOST_FAULTS))
        for line in faults or _told(package):
            typer.echo(line)
        typer.echo("Not as it was made." if faults else "Everything is as it was packed.")
    raise typer.Exit(1 if faults else 0)


def _own_key() -> bytes | None:
    from casemgr.settings import settings  # noqa: PLC0415 - see above

    path = settings().data / "history.key"
    return bytes.fromhex(path.read_text(encoding="ascii")) if path.exists() else None


def _told(package: Package) -> Iterator[str]:
    from casemgr.usecases.packages import DOCUMENTS, FACTS, HISTORY, row_files  # noqa: PLC0415

    about, counted = package.about, package.counted
    rows = sum(counted[t.name] for name, t in row_files().items() if name.startswith(FACTS))
    yield f"{about.matter.title} ({about.matter.id})"
    yield f"exported by {about.exported_by}, {about.office}, {about.exported_at:%Y-%m-%d %H:%M %Z}"
    yield (
        f"{rows:,} records, {counted[DOCUMENTS]:,} documents, {counted[HISTORY]:,} lines of history"
    )
    yield f"Fingerprint {package.fingerprint}"
    yield f"Content     {about.content}"
    yield {
        True: "The seal is of this office, on the package and on every line of the history.",
        False: "The seal is of another office: ask there whether its history has the fingerprint.",
        None: "There is no office here whose seal it could bear: ask the one that made it.",
    }[package.is_sealed]


@contextmanager
def _folder(data: Path) -> Iterator[Path]:
    """Give a folder on the disk of the documents; what a kill left there goes a day later."""
    import shutil  # noqa: PLC0415 - see above
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    with TemporaryDirectory(prefix=".import-", dir=data) as made:
        folder = Path(made)
        for left in data.glob(".import-*"):
            if folder.stat().st_mtime - left.stat().st_mtime > A_DAY:
                shutil.rmtree(left, ignore_errors=True)
        yield folder


@app.command("import")
def take_in(
    file: TheFile,
    who: Who,
    cleared: Annotated[
        str, typer.Option(help="Who cleared a possible conflict, and why it is none.")
    ] = "",
) -> None:
    """Take a matter in as it was, all of it or nothing, after every check."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above

    with the_office() as desk:
        actor = desk.somebody(who)
        done, content = bring_in(desk, actor, file, cleared)
    typer.echo(f"{done.matter.title} ({done.matter.id}) is in this office. {actor.name} answers.")
    typer.echo(f"Content     {content}")
    if done.placeholders:
        names = ", ".join(done.placeholders)
        typer.echo(f"Kept as names without access: {names}.")
    if done.walled:
        names = ", ".join(done.walled)
        typer.echo(f"Kept out by a wall there: {names}. Put one up for each who is here.")
    if done.law:
        typer.echo(done.law)


def bring_in(desk: Desk, actor: Actor, file: Path, cleared: str = "") -> tuple[TakenIn, str]:
    """Check a package to its last byte and take its matter in; return also its content's hash."""
    from casemgr.usecases import taking_in  # noqa: PLC0415 - see above
    from casemgr.usecases.packages import open_package, refuse_faulty  # noqa: PLC0415

    given = taking_in.ImportInput(cleared=cleared)
    with open_package(file, desk.key) as package:
        refuse_faulty(package)
        with _folder(desk.settings.data) as folder:
            staged = taking_in.stage(package, folder)
            with desk.work(actor) as work:
                done = taking_in.take_in(work, package, staged, desk.store, given)
        return done, package.about.content
