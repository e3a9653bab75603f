"""`casemgr reminders` and `casemgr mail`: what is owed and why, and whether mail goes out."""

from __future__ import annotations

from typing import Annotated

import typer

# Imports of the office stand inside the commands, so that `casemgr --help` stays quick.
app = typer.Typer(help="See which reminders are owed, and send them now.", no_args_is_help=True)
mail = typer.Typer(
    help="Try whether mail goes out, and send again what came back.", no_args_is_help=True
)

Who = Annotated[str, typer.Option("--as", help="The e-mail address of whoever looks.")]


@app.command("list")
def list_reminders(
    who: Who,
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days ahead.")] = 7,
) -> None:
    """List the reminders that wait on the matters of somebody, the next one first."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above
    from casemgr.usecases.views import reminders  # noqa: PLC0415

    with the_office() as desk, desk.work(desk.somebody(who), reads_only=True) as work:
        found = reminders.waiting(work, days)
    for each in found:
        at = each.send_at.astimezone(desk.zone)
        typer.echo(
            f"{at:%Y-%m-%d %H:%M}  {each.deadline_id or each.id:<13}  {each.to}: {each.title}"
        )
    typer.echo(f"{len(found)} waiting in the next {days} days.")


@app.command()
def explain(
    deadline: Annotated[str, typer.Argument(help="The date's code, such as D-7F3KQ2X8MP.")],
    who: Who,
) -> None:
    """Say who is told of a date and when, what was sent, and what became of it."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above
    from casemgr.usecases.views import reminders  # noqa: PLC0415

    with the_office() as desk, desk.work(desk.somebody(who), reads_only=True) as work:
        seen = reminders.of_deadline(work, deadline)
    typer.echo(f"{seen.plan}: {', '.join(seen.people) or 'nobody'}")
    for each in seen.lines:
        at = (each.sent_at or each.send_at).astimezone(desk.zone)
        why = f" ({each.last_problem})" if each.last_problem else ""
        typer.echo(f"{at:%Y-%m-%d %H:%M}  {each.to}: {each.about}. {each.became}{why}")


@app.command("sweep")
def sweep_now(
    clock_is_right: Annotated[
        bool, typer.Option("--clock-is-right", help="Believe this machine's clock as it stands.")
    ] = False,
) -> None:
    """Send everything that is due, now; chat, SMS and webhooks are told too."""
    from casemgr.carrying import carry  # noqa: PLC0415 - see above
    from casemgr.desk import the_office  # noqa: PLC0415
    from casemgr.errors import Unusable  # noqa: PLC0415
    from casemgr.knocking import knock  # noqa: PLC0415
    from casemgr.mail.chat import open_chat  # noqa: PLC0415
    from casemgr.mail.post import open_post  # noqa: PLC0415
    from casemgr.scheduler import look_at_clock_once  # noqa: PLC0415
    from casemgr.sweeping import sweep  # noqa: PLC0415

    with the_office() as desk:
        again, wrong = look_at_clock_once(desk, believe=clock_is_right)
        if wrong:
            raise Unusable(f"{wrong} Set it right, or add --clock-is-right if it is.")
        with open_post(desk.settings, demonstration=desk.demonstration) as post:
            chat = open_chat(desk.settings, demonstration=desk.demonstration)
            count = sweep(desk, post, chat=chat)
        told, knocked = carry(desk), knock(desk, chat)
    if again:
        typer.echo(f"{again} marked as sent at a time that has not come are owed again.")
    typer.echo(f"{count} sent.")
    if told:
        typer.echo(f"{told} told to webhooks.")
    if knocked:
        typer.echo(f"{knocked} told by chat or SMS.")


@mail.command("test")
def test_mail(
    to: Annotated[str, typer.Argument(help="The address to send a short message to.")],
) -> None:
    """Send one short message, and say exactly what the mail server answered."""
    from casemgr.alarm import trial  # noqa: PLC0415 - see above
    from casemgr.desk import the_office  # noqa: PLC0415
    from casemgr.errors import Unusable  # noqa: PLC0415
    from casemgr.mail.chat import open_chat  # noqa: PLC0415
    from casemgr.mail.post import open_post, where  # noqa: PLC0415

    with the_office() as desk:
        place = where(desk.settings)
        try:
            with open_post(desk.settings) as post:
                post.deliver(trial(desk, to))
        except (OSError, ValueError) as why:
            raise Unusable(f"The message did not go to {place}: {why}") from why
        typer.echo(f"The message was taken by {place}.")
        try:
            chat = open_chat(desk.settings)
            if chat is not None and chat.tell(to, f"casemgr: a test. {desk.settings.address}"):
                typer.echo(f"So was one by {' and '.join(chat.by(to))}.")
        except OSError as why:
            raise Unusable(str(why)) from why


@mail.command()
def retry() -> None:
    """Owe again what could not be sent to anybody; the next sweep sends it."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above
    from casemgr.usecases import reminders  # noqa: PLC0415

    with the_office() as desk, desk.work() as work:
        count = reminders.try_again(work)
    typer.echo(f"{count} owed again. The next sweep sends them: casemgr reminders sweep")
