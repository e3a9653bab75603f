"""Productions of a matter: what came, which numbers are missing, and how far behind the pace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.db import production_lists as lists
from casemgr.domain import bates, pace
from casemgr.domain.bates import Gap, Overlap, Range
from casemgr.domain.pace import Came, Pace, Standing
from casemgr.domain.words import Certainty, Confidence, Every, FixedBy, PagesCounted
from casemgr.usecases import paces, productions
from casemgr.usecases.views import matters, pace_picture
from casemgr.usecases.views.lens import Lens, lens
from casemgr.usecases.views.pace_picture import Picture
from casemgr.usecases.views.searches import Option, components, entries, entry_name
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Release:
    """One release of records."""

    id: str
    matter_id: str
    track_id: str | None
    lawsuit_id: str | None
    event_id: str | None
    title: str
    produced_on: date | None
    certainty: Certainty
    bates_first: str
    bates_last: str
    again: bool
    pages_released: int | None
    pages_in_part: int | None
    pages_withheld: int | None
    pages_referred: int | None
    exemptions: list[str]
    note: str
    agency: str | None
    cited_as: str | None
    source: str
    confidence: Confidence
    version: int

    @property
    def unreadable(self) -> bool:
        """Say whether its page numbers are none that we can read."""
        return bool(self.bates_first) and not productions.ranges([self])

    def pages(self, counted: PagesCounted) -> int | None:
        """Return its pages of one sort, or those its numbers span; None where neither is known."""
        got = (self.pages_released, self.pages_in_part)
        kept = (self.pages_withheld, self.pages_referred)
        told = [each for each in got + kept if each is not None]
        if told:
            of_sort = got if counted is PagesCounted.RELEASED else got + kept
            return sum(each or 0 for each in of_sort)
        spanned: list[Range] = productions.ranges([self]) if self.bates_first else []
        return spanned[0].pages if spanned else None


@dataclass(frozen=True, slots=True)
class PaceLine:
    """A pace as it was fixed."""

    id: str
    matter_id: str
    track_id: str | None
    agency: str | None
    pages: int
    every: Every
    counted: PagesCounted
    since_on: date
    until_on: date | None
    in_all: int | None
    fixed_by: FixedBy
    docket_entry_id: str | None
    number: int | None
    part: int | None
    filed_on: date | None
    words: str
    source: str
    confidence: Confidence
    version: int

    @property
    def says(self) -> str:
        """Return the pace as people say it."""
        return paces.said(self.pages, self.every)

    @property
    def paper(self) -> str:
        """Return which paper fixed it."""
        if self.docket_entry_id:
            return entry_name(self.number, self.part, self.filed_on)
        return self.source


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one component, or all together, stand against their pace."""

    agency: str | None
    paces: list[PaceLine]
    standing: Standing
    not_counted: list[Release]
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class ProductionsPage:
    """Everything that came, with gaps, overlaps and pace, as of a day."""

    matter: matters.Matter
    as_of: date
    releases: list[Release]
    gaps: list[Gap]
    overlaps: list[Overlap]
    progress: list[Progress]
    components: list[Option]
    lawsuits: list[Option]
    entries: list[Option]

    def release(self, id_: str) -> Release:
        """Return a release by its id."""
        return next(each for each in self.releases if each.id == id_)


def look(work: Work, matter_id: str) -> ProductionsPage:
    """Show what came back, which numbers are missing and how the pace is kept."""
    seen, matter = matters.head(work, matter_id)
    releases = seen.rows(lists.RELEASES, Release)
    fresh = productions.ranges(each for each in releases if not each.again and each.bates_first)
    every = productions.ranges(each for each in releases if each.bates_first)
    return ProductionsPage(
        matter=matter,
        as_of=work.today,
        releases=releases,
        gaps=bates.gaps(every),
        overlaps=bates.overlaps(fresh),
        progress=list(_progress(seen, releases)),
        components=components(seen),
        lawsuits=seen.rows(lists.LAWSUITS, lambda id_, name: (id_, name)),
        entries=entries(seen),
    )


def one(work: Work, production_id: str) -> tuple[ProductionsPage, Release]:
    """Return one release with the page it is on; NotFound for whoever may not know of it."""
    found = lens(work).one(lists.RELEASE, Release, id=production_id)
    return look(work, found.matter_id), found


def one_pace(work: Work, pace_id: str) -> tuple[ProductionsPage, PaceLine]:
    """Return one pace with the page it is on; NotFound for whoever may not know of it."""
    found = lens(work).one(lists.PACE, PaceLine, id=pace_id)
    return look(work, found.matter_id), found


def _progress(seen: Lens, releases: Sequence[Release]) -> Iterator[Progress]:
    by: dict[str | None, list[PaceLine]] = {}
    for line in seen.rows(lists.PACES, PaceLine):
        by.setdefault(line.track_id, []).append(line)
    for track_id, lines in by.items():
        its = [each for each in releases if track_id in (None, each.track_id)]
        yield _stands(lines, its, seen.today)


def _stands(lines: list[PaceLine], releases: Sequence[Release], today: date) -> Progress:
    counted = lines[-1].counted
    fresh = [each for each in releases if not each.again]
    came = list(_came(fresh, counted))
    fixed = [Pace(each.pages, each.every, each.since_on, each.until_on) for each in lines]
    told = [each.in_all for each in lines if each.in_all is not None]
    stands = pace.standing(fixed, came, today, told[-1] if told else None)
    left_out = [each for each in fresh if each.produced_on is None or each.pages(counted) is None]
    picture = pace_picture.draw(fixed, came, stands)
    return Progress(lines[0].agency, lines, stands, left_out, picture)


def _came(releases: Sequence[Release], counted: PagesCounted) -> Iterator[Came]:
    for each in releases:
        pages = each.pages(counted)
        if each.produced_on is not None and pages is not None:
            yield Came(each.produced_on, pages)
