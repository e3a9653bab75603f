"""What an office does to be sure of what it keeps, as the command line asks for it."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import select

from casemgr.db.tables import Blob
from casemgr.desk import Desk, the_office
from casemgr.domain.chain import Checked, Head
from casemgr.files.heads import heads_file, read_heads
from casemgr.usecases.invariants import Found, check_all, orphans
from casemgr.usecases.seal import check_seal


def kept_heads(desk: Desk, since: Path | None) -> list[Head]:
    """Return the office's own kept heads, and those of a copy kept elsewhere."""
    own = read_heads(heads_file(desk.settings.data))
    return own + (read_heads(since) if since else [])


def check_history(since: Path | None) -> Checked:
    """Follow the chain of the office that the settings name."""
    with the_office() as desk, desk.work(reads_only=True) as work:
        return check_seal(work, kept_heads(desk, since))


def check_everything(since: Path | None) -> tuple[list[Found], list[str]]:
    """Check every invariant of the office that the settings name; return also the orphan files."""
    with the_office() as desk:
        return check_office(desk, since)


def check_office(desk: Desk, since: Path | None = None) -> tuple[list[Found], list[str]]:
    """Check every invariant of an office, in one transaction that only reads.

    The words that were read from files which are kept no more are given up on the way.
    """
    with desk.work(reads_only=True) as work:
        found = check_all(work, desk.store, kept_heads(desk, since))
        left_over = orphans(work, desk.store)
        known = set(work.session.exec(select(Blob.sha256)))
    words = Found("words read are of files that are kept", desk.words.sweep(known))
    return [*found, words], left_over


def report(found: list[Found], left_over: list[str]) -> str:
    """Return what was checked as a table, and below it each thing that is wrong."""
    lines = [f"{each.what:<38} {each.looked_at:>9,}  {_verdict(each)}" for each in found]
    if left_over:
        count = f"{len(left_over):,}"
        lines.append(f"{'files that nothing refers to':<38} {count:>9}  harmless")
    lines += [f"  {each.what}: {says}" for each in found for says in each.wrong]
    return "\n".join(lines)


def _verdict(found: Found) -> str:
    if found.wrong:
        return f"{len(found.wrong):,} wrong"
    return "right" if found.looked_at else "nothing to look at"
