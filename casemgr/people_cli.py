"""`casemgr people`: the first administrator, and off-boarding somebody in one command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from casemgr.domain.words import Role

if TYPE_CHECKING:
    from casemgr.usecases.offboarding import Report

# Imports of the database stand inside the commands, so that `casemgr --help` stays quick.
app = typer.Typer(help="Invite people into the office, and end every way in of somebody.")


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="The person's name.")],
    email: Annotated[str, typer.Argument(help="Their e-mail address.")],
    role: Annotated[Role, typer.Option(help="What they do in the office.")] = Role.STUDENT,
) -> None:
    """Invite somebody and print the link with which they set a password, once, within 72 hours."""
    from pydantic import ValidationError  # noqa: PLC0415 - see above

    from casemgr.desk import the_office  # noqa: PLC0415
    from casemgr.errors import Malformed  # noqa: PLC0415
    from casemgr.usecases import invitations  # noqa: PLC0415
    from casemgr.usecases.people import PersonInput  # noqa: PLC0415

    try:
        given = PersonInput(name=name, email=email, role=role)
    except ValidationError as wrong:
        field = str(wrong.errors()[0]["loc"][0])
        raise Malformed(f"The {field} does not look right. Check it and try again.") from wrong
    with the_office() as desk, desk.work() as work:
        invited = invitations.invite(work, given)
    address = f"{desk.settings.address}/invitation/{invited.secret}"
    typer.echo(f"{name} ({role.value}) may come in. Hand over this link; it opens once, until")
    typer.echo(f"{invited.ends_at.astimezone(desk.zone):%B %d, %Y, %H:%M %Z}:\n{address}")


@app.command("off-board")
def off_board(
    email: Annotated[str, typer.Argument(help="The e-mail address of whoever leaves.")],
) -> None:
    """End every way in of somebody, hand on what they had to do, and say what nobody takes."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above
    from casemgr.usecases import offboarding  # noqa: PLC0415

    with the_office() as desk, desk.work() as work:
        report = offboarding.off_board_by_email(work, email)
    for line in report_lines(report):
        typer.echo(line)


def report_lines(report: Report) -> list[str]:
    """Return a report as lines for the terminal."""
    figures = [
        ("Sessions ended", report.sessions),
        ("API tokens ended", report.tokens),
        ("Links made void", report.links),
        ("Passkeys removed", report.passkeys),
        ("Sign-on accounts unlinked", report.sign_ons),
        ("Memberships ended", report.memberships),
        ("Duties handed on", sum(each.handed_on for each in report.duties)),
        ("Duties left", sum(not each.handed_on for each in report.duties)),
    ]
    lines = [f"{report.person.name} cannot come in any more."]
    lines += [f"  {name:<18} {count:>4}" for name, count in figures]
    lines += [
        f"  {duty.kind} {duty.id} on matter {duty.matter_id}: "
        f"{duty.due_on.isoformat() if duty.due_on else 'no day'}, "
        f"{'handed on' if duty.handed_on else 'nobody is there for it'}"
        for duty in report.duties
    ]
    lines += [f"  Nobody answers for matter {each} any more." for each in report.unanswered]
    return lines
