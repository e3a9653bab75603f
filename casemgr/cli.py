"""The command line. Everything heavy is imported inside the commands, so that `--help` is quick."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from casemgr.errors import CasemgrError, Unusable


class Sentences(TyperGroup):
    """Answers an error of ours with its one sentence: status 2, or 1 if the machine is at fault."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except CasemgrError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1 if isinstance(error, Unusable) else 2) from error


app = typer.Typer(
    cls=Sentences,
    help="The case manager for people who use FOIA and go to court over it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")]


def need_pdf_libraries() -> None:
    """Stop with the command to type where no PDF could be made."""
    from casemgr import doctor

    if lack := doctor.provide_pdf_libraries(doctor.this_machine()):
        raise Unusable(lack)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Port = 8017,
    workers: Annotated[int, typer.Option(min=1, help="Processes; over 1 needs PostgreSQL.")] = 1,
) -> None:
    """Serve the office's pages and API."""
    need_pdf_libraries()
    from casemgr import serving
    from casemgr.settings import settings

    chosen = settings()
    if workers > 1:
        serving.serve_with_processes(host, port, workers, chosen.database_url)
        return
    from casemgr.app import create_app

    listening = serving.listen(host, port)
    application = create_app(chosen)
    typer.echo(f"Serving on {serving.address_of(listening)} (stop with Ctrl-C).")
    serving.serve(application, listening, chosen.database_url)


@app.command()
def migrate() -> None:
    """Bring the database to the shape this version needs."""
    from casemgr.db.migrate import migrate as bring_up_to_date
    from casemgr.db.migrate import revision_of
    from casemgr.db.session import open_engine
    from casemgr.settings import settings

    url = settings().database_url
    engine = open_engine(url)
    bring_up_to_date(url)
    typer.echo(f"The database stands at schema {revision_of(engine)}.")


@app.command()
def doctor() -> None:
    """Say what is missing on this machine, and the command that mends it."""
    from casemgr import doctor as look

    findings = look.examine(look.this_machine())
    typer.echo(look.report(findings))
    raise typer.Exit(0 if look.healthy(findings) else 1)


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


@app.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
def law(context: typer.Context) -> None:
    """Ask the law engine: when is something due, and why. Try `law --help`."""
    from casemgr.law_cli import app as law_app

    law_app(args=context.args, prog_name="casemgr law")


if __name__ == "__main__":
    app()
