"""The command line. Everything heavy is imported inside the commands, so that `--help` is quick."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer
from typer.core import TyperGroup

from casemgr.errors import CasemgrError, Malformed, Unusable
from casemgr.keeping_cli import backup, history, restore, verify

if TYPE_CHECKING:
    from socket import socket

    from casemgr.demo import Done
    from casemgr.desk import Desk


class Sentences(TyperGroup):
    """Answers an error of ours with its one sentence: status 2, or 1 if the machine is at fault."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except CasemgrError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1 if isinstance(error, Unusable) else 2) from error
        except Exception as error:
            if is_silent_database(error):
                says = "The database does not answer. Start it, or check CASEMGR_DATABASE_URL."
            elif is_full_disk(error):
                says = "The disk is full, so this was not done. Make room, then run it again."
            else:
                raise
            typer.echo(f"{says}\n{getattr(error, 'orig', error)}", err=True)
            raise typer.Exit(1) from error


def is_silent_database(problem: Exception) -> bool:
    """Tell whether a database could not be reached; by name, for SQLAlchemy may not be loaded.

    SQLite says OperationalError of much else too, which is for us to mend and not the person.
    """
    kind = type(problem)
    if (kind.__module__, kind.__name__) != ("sqlalchemy.exc", "OperationalError"):
        return False
    return "psycopg" in str(problem) or "unable to open database file" in str(problem)


def is_full_disk(problem: Exception) -> bool:
    """Tell whether there was no room on a disk, however that came to us."""
    if isinstance(problem, OSError):
        return problem.errno in {errno.ENOSPC, errno.EDQUOT}
    return "database or disk is full" in str(getattr(problem, "orig", problem))


app = typer.Typer(
    cls=Sentences,
    help="The case manager for people who use FOIA and go to court over it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.add_typer(history, name="history")
for command in (verify, backup, restore):
    app.command()(command)

USUAL_PORT = 8017
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")]


DEMO_FOLDER = Path("demo-office")
DEMO_DAY = "2010-10-29"  # the day after the emergency motion, with clocks running on every side


def day_of(typed: str) -> date:
    """Read a day, or say what a day looks like."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Malformed(f"{typed!r} is no day. Write it like {DEMO_DAY}.") from None


def need_pdf_libraries() -> None:
    """Stop with the command to type where no PDF could be made."""
    from casemgr import doctor

    if lack := doctor.provide_pdf_libraries(doctor.this_machine()):
        raise Unusable(lack)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Port = USUAL_PORT,
    workers: Annotated[int, typer.Option(min=1, help="Processes; over 1 needs PostgreSQL.")] = 1,
) -> None:
    """Serve the office's pages and API."""
    need_pdf_libraries()
    from casemgr import serving
    from casemgr.desk import the_office
    from casemgr.safety import refuse_unsafe
    from casemgr.settings import settings

    chosen = settings()
    serving.refuse_several(workers, chosen.database_url)
    with the_office() as desk:
        refuse_unsafe(desk, host, os.environ)
    if workers > 1:
        serving.serve_with_processes(host, port, workers)
        return
    from casemgr.app import create_app

    listening = serving.listen(host, port)
    application = create_app(chosen)
    typer.echo(f"Serving on {serving.address_of(listening)} (stop with Ctrl-C).")
    serving.serve(application, listening, chosen.database_url)


@app.command()
def migrate() -> None:
    """Bring the database to the shape this version needs."""
    from casemgr.db.schema import SCHEMA, bring_up_to_date
    from casemgr.settings import settings

    bring_up_to_date(settings().database_url)
    typer.echo(f"The database stands at schema {SCHEMA}.")


@app.command()
def plant() -> None:
    """Plant the seeds in an empty office: directory, both NDLON matters, a practice matter."""
    from casemgr.desk import the_office
    from casemgr.usecases.plant import counts
    from casemgr.usecases.plant import plant as plant_seeds

    with the_office() as desk, desk.work() as work:
        planted = plant_seeds(work, as_of=None)
        counted = counts(work)
    for table, rows in counted.items():
        typer.echo(f"{table:<24} {rows:>6}")
    typer.echo("Planted." if planted.changed else "Nothing was changed: planted before.")


@app.command()
def demo(
    data: Annotated[Path, typer.Option(help="Folder for the demonstration office.")] = DEMO_FOLDER,
    as_of: Annotated[str, typer.Option(help="The day to show, such as 2010-10-29.")] = DEMO_DAY,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Do the job, then stop.")] = False,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port; else 8017, or one that is free.")
    ] = None,
) -> None:
    """Make a running office with the NDLON v. ICE matter, do the main job, and serve it."""
    day = day_of(as_of)
    need_pdf_libraries()
    from casemgr import demo as demonstration
    from casemgr import serving

    listening = None if no_serve else serving.listen_near("127.0.0.1", port, USUAL_PORT)
    address = (
        serving.address_of(listening) if listening else f"http://127.0.0.1:{port or USUAL_PORT}"
    )
    done = demonstration.run_demo(data.resolve(), day, address, lambda step: typer.echo(step))
    demonstration.put_away()
    typer.echo(demonstration.table(done))
    if not done.changed:
        typer.echo("Nothing was changed: this office was made before.")
    if listening is not None:
        serve_demonstration(done, listening)


def serve_demonstration(done: Done, listening: socket) -> None:
    """Serve the office just made, and say who may sign in where."""
    from casemgr import serving
    from casemgr.app import build

    typer.echo(f"\nServing on {serving.address_of(listening)} (stop with Ctrl-C). Sign in as:")
    for person, link in done.links.items():
        typer.echo(f"  {person}: {link}")
    serving.serve(build(done.desk, in_a_hurry=True), listening, done.desk.settings.database_url)


@contextmanager
def an_office() -> Iterator[Desk | None]:
    """Open the office of the settings, where there is one."""
    from casemgr.db.schema import is_there
    from casemgr.settings import settings

    if not is_there(settings().database_url):
        yield None
        return
    from casemgr.desk import the_office

    with the_office() as desk:
        yield desk


def law_standing() -> str | None:
    """Say that this office's dates were counted under other law files, where there is an office."""
    from casemgr.usecases.relaw import standing

    with an_office() as desk:
        if desk is None:
            return None
        with desk.work(reads_only=True) as work:
            return standing(work)


def office_faults() -> list[str]:
    """Say what is unsafe or late in the office of the settings, where there is one."""
    from casemgr.safety import look_around, unsafe

    try:
        with an_office() as desk:
            if desk is None:
                return []
            host = urlsplit(desk.settings.address).hostname or ""
            now = datetime.now(UTC)
            return [*unsafe(desk, host, os.environ), *look_around(desk, now)]
    except CasemgrError as wrong:
        return [str(wrong)]


@app.command()
def doctor() -> None:
    """Say what is missing on this machine, and the command that mends it."""
    from casemgr import doctor as look

    findings = look.examine(look.this_machine())
    typer.echo(look.report(findings))
    faults = office_faults()
    for fault in faults:
        typer.echo(f"WRONG    {fault}")
    if not faults and (told := law_standing()):
        typer.echo(told)
    raise typer.Exit(0 if look.healthy(findings) and not faults else 1)


@app.command("test")
def check(
    pytest_arguments: Annotated[
        list[str] | None, typer.Argument(help="After `--`: paths or options for pytest.")
    ] = None,
    chaos: Annotated[bool, typer.Option("--chaos", help="Kills and faults at full size.")] = False,
    full: Annotated[bool, typer.Option("--full", help="The large sizes too.")] = False,
) -> None:
    """Run every test and check; the last line counts them."""
    need_pdf_libraries()
    from casemgr import checks

    sizes = [option for option, on in (("--chaos", chaos), ("--full", full)) if on]
    raise typer.Exit(checks.run_all([*sizes, *(pytest_arguments or [])]))


# Commands with commands of their own: the module that holds them, its Typer, what they are for.
# Each is loaded only when it is asked for.
GROUPS = {
    "law": ("casemgr.law_cli", "app", "Ask the law engine: when is something due, and why."),
    "people": (
        "casemgr.people_cli",
        "app",
        "Invite people into the office, and end every way in of somebody.",
    ),
    "docket": (
        "casemgr.docket_cli",
        "app",
        "Take in docket papers, compare dates; searches, productions, papers of a lawsuit.",
    ),
    "declaration": ("casemgr.declaration_cli", "app", "Check a declaration, whoever wrote it."),
    "matter": (
        "casemgr.matter_cli",
        "app",
        "Export a whole matter as one package, check one, import one.",
    ),
    "requests": ("casemgr.requests_cli", "app", "Write, log and show requests."),
    "letters": (
        "casemgr.letters_cli",
        "app",
        "List the letters about a track, make one as a file.",
    ),
    "reminders": (
        "casemgr.reminders_cli",
        "app",
        "See which reminders are owed, and send them now.",
    ),
    "mail": (
        "casemgr.reminders_cli",
        "mail",
        "Try whether mail goes out, and send again what came back.",
    ),
}


def _group(name: str, module: str, typer_app: str, says: str) -> None:
    def group(context: typer.Context) -> None:
        held = getattr(import_module(module), typer_app)
        held(args=context.args, prog_name=f"casemgr {name}")

    app.command(
        name,
        help=f"{says} Try `{name} --help`.",
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )(group)


for named, (module, typer_app, says) in GROUPS.items():
    _group(named, module, typer_app, says)


if __name__ == "__main__":
    app()
