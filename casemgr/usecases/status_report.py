"""The joint status report as of a day: each track, what came, the pace, both positions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count

from casemgr.domain.prose import long_day
from casemgr.domain.words import EventKind, PagesCounted
from casemgr.letters.facts import Paragraph, Table
from casemgr.usecases import papers
from casemgr.usecases.court_record import CourtRecord
from casemgr.usecases.track_record import TrackRecord
from casemgr.usecases.views.productions import ProductionsPage, Progress, Release

TOGETHER = "The defendants together"
HEAD = ("Day", "Release", "Numbers", "Pages")


def paragraphs(
    record: CourtRecord,
    page: ProductionsPage,
    positions: Sequence[tuple[str, str]],
    next_on: date | None,
) -> tuple[Paragraph, ...]:
    """Return the numbered paragraphs of the report.

    `positions` are headings with what somebody typed under each; one without words is left out.
    """
    return tuple(_numbered(record, page, positions, next_on))


def _numbered(
    record: CourtRecord,
    page: ProductionsPage,
    positions: Sequence[tuple[str, str]],
    next_on: date | None,
) -> Iterator[Paragraph]:
    number = count(1)
    for track in record.tracks:
        heading: str | None = track.agency.name
        for text, table in _of_track(track, page):
            yield Paragraph(text=text, number=next(number), heading=heading, table=table)
            heading = None
    for text, table in _of_nobody(record, page):
        yield Paragraph(text=text, number=next(number), heading=TOGETHER, table=table)
    for heading, typed in positions:
        for place, text in enumerate(papers.paragraphs(typed)):
            above = None if place else heading
            yield Paragraph(text=text, number=next(number), heading=above)
    if next_on is not None:
        says = f"The parties propose to report again by {long_day(next_on)}."
        yield Paragraph(text=says, number=next(number), heading="Next report")


def _of_track(track: TrackRecord, page: ProductionsPage) -> Iterator[tuple[str, Table | None]]:
    name = track.agency.short_name
    asked = f"The request to {name} is of {long_day(track.requested_on)}."
    decided = track.last(EventKind.DETERMINATION)
    told = f"{name} decided on it on {long_day(decided.happened_on)}." if decided else ""
    yield f"{asked} {told or f'No determination by {name} is on record.'}", None
    its = [each for each in page.releases if each.track_id == track.track.id]
    if its:
        yield _came(name, its, page.as_of), _table(name, its)
    else:
        yield f"As of {long_day(page.as_of)}, no release by {name} alone is on record.", None
    for progress in page.progress:
        if progress.paces[0].track_id == track.track.id:
            yield _pace(name, progress), None


def _of_nobody(record: CourtRecord, page: ProductionsPage) -> Iterator[tuple[str, Table | None]]:
    """Yield what came of which the record does not say from which component."""
    here = (None, record.lawsuit.id)
    its = [each for each in page.releases if each.track_id is None and each.lawsuit_id in here]
    if its:
        yield _came("the defendants", its, page.as_of), _table("the defendants", its)
    for progress in page.progress:
        if progress.paces[0].track_id is None:
            yield _pace("the defendants", progress), None


def _came(name: str, releases: Sequence[Release], as_of: date) -> str:
    known = [each.pages(PagesCounted.PROCESSED) for each in releases if not each.again]
    counted = [each for each in known if each is not None]
    of = f", of {sum(counted):,} pages" if counted else ""
    some = "; of others the number of pages is not known" if None in known else ""
    times = "1 release" if len(releases) == 1 else f"{len(releases)} releases"
    verb = "is" if len(releases) == 1 else "are"
    return f"As of {long_day(as_of)}, {times} by {name} {verb} on record{of}{some}."


def _table(name: str, releases: Sequence[Release]) -> Table:
    return Table(
        caption=f"Releases of {name}",
        head=HEAD,
        rows=tuple(_row(each) for each in releases),
    )


def _row(each: Release) -> tuple[str, ...]:
    pages = each.pages(PagesCounted.PROCESSED)
    numbers = " to ".join(one for one in (each.bates_first, each.bates_last) if one)
    return (
        long_day(each.produced_on) if each.produced_on else "not known",
        each.title,
        numbers or "not known",
        "not known" if pages is None else f"{pages:,}",
    )


def _pace(name: str, progress: Progress) -> str:
    stands, last = progress.standing, progress.paces[-1]
    fixed = "ordered" if last.fixed_by.value == "order" else "agreed"
    begins = f"The {fixed} pace is {last.says}."
    if stands.owed_on is None:
        return f"{begins} No pages have fallen due yet."
    short = f"{stands.behind:,} behind" if stands.behind else "nothing behind"
    so_far = (
        f"{begins} By {long_day(stands.owed_on)}, {stands.owed:,} pages were due; as of "
        f"{long_day(stands.as_of)}, {stands.came:,} came from {name} since the pace began, {short}."
    )
    if not stands.left or stands.ends_as_it_goes is None:
        return so_far
    return (
        f"{so_far} {stands.left:,} pages remain; at the pace until now they would be complete by "
        f"{long_day(stands.ends_as_it_goes)}."
    )
