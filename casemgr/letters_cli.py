"""`casemgr letters`: which letters a track has and may have, and one of them as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from casemgr.desk import Desk
    from casemgr.usecases.work import Actor

# Imports of the office stand inside the commands, so that `casemgr --help` stays quick.
app = typer.Typer(
    help="List the letters about a track, and make one as PDF or for Word.", no_args_is_help=True
)

Who = Annotated[str, typer.Option("--as", help="The e-mail address of whoever it is done for.")]


@app.command("list")
def list_letters(
    track: Annotated[str, typer.Argument(help="The track's code, such as T-7F3KQ2X8MP.")], who: Who
) -> None:
    """List the letters begun about a track, and those whose moment is now, with the reason."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above
    from casemgr.usecases import track_record  # noqa: PLC0415
    from casemgr.usecases.views import letters  # noqa: PLC0415

    with the_office() as desk, desk.work(desk.somebody(who), reads_only=True) as work:
        request_id = track_record.read(work, track).request.id
        seen = letters.look_at_track(work, request_id, track)
    for draft in seen.drafts:
        typer.echo(f"{draft.id}  {draft.state.value:<10} {draft.title}")
    for each in seen.possible:
        if each.now:
            typer.echo(f"may be written now: {each.kind.value}. {each.why}")


@app.command("make")
def make_letter(
    draft: Annotated[str, typer.Argument(help="The letter's code, such as LD-7F3KQ2X8MP.")],
    file: Annotated[Path, typer.Argument(help="The file to write, ending in .pdf or .docx.")],
    who: Who,
) -> None:
    """Write a letter into a file: the released version, or else one marked as a draft."""
    from casemgr.desk import the_office  # noqa: PLC0415 - see above
    from casemgr.errors import Malformed, WrongMoment  # noqa: PLC0415

    if file.suffix not in {".pdf", ".docx"}:
        raise Malformed(f"{file} ends in neither .pdf nor .docx. Give a name that says which.")
    if file.exists():
        raise WrongMoment(f"{file} is there already and was not touched. Give another name.")
    with the_office() as desk:
        released, data = _bytes(desk, desk.somebody(who), draft, file.suffix)
    file.write_bytes(data)
    said = "the released version" if released else "a draft that nobody has released"
    typer.echo(f"{file}: {len(data):,} bytes, {said}.")


def _bytes(desk: Desk, actor: Actor, draft_id: str, suffix: str) -> tuple[bool, bytes]:
    from functools import partial  # noqa: PLC0415 - see above

    from casemgr.domain.access import Right  # noqa: PLC0415
    from casemgr.usecases import letter_drafts, letters  # noqa: PLC0415

    opens = partial(desk.work, actor)
    with opens(reads_only=True) as work:
        draft = letter_drafts.open_draft(work, draft_id, Right.READ)
        release = letter_drafts.standing_release(work, draft)
        letter_id = release.letter_id if release else ""
    if not letter_id:
        letter_id = letters.make(opens, desk.store, letter_drafts.preview(draft_id))[0].id
    if suffix == ".docx":
        return release is not None, letters.opened_in_word(opens, desk.store, letter_id)[1]
    with opens() as work:
        return release is not None, letters.opened(work, desk.store, letter_id)[1]
