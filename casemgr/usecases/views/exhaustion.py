"""The exhaustion ledger of a matter: each track and claim, what can be pleaded, since when, why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from casemgr.db import lists
from casemgr.domain.ledger import Claim, Footing, Kind
from casemgr.usecases import ledger, track_facts
from casemgr.usecases.track_facts import TrackFacts
from casemgr.usecases.views import matters
from casemgr.usecases.views.lens import Lens
from casemgr.usecases.work import Work

KINDS: Mapping[Kind, str] = {
    Kind.TIMELINESS: "The time ran out",
    Kind.EXPEDITION: "Faster processing",
    Kind.FEE_WAIVER: "Fee waiver",
    Kind.SEARCH: "Search",
    Kind.WITHHOLDING: "Records kept back",
}
FOOTINGS: Mapping[Footing, str] = {
    Footing.OPEN: "Can be pleaded",
    Footing.IN_SUIT: "Open when suit was filed",
    Footing.APPEAL_FIRST: "Appeal first",
    Footing.NOT_YET: "Not yet",
    Footing.LOST: "Closed",
    Footing.NONE: "Does not arise",
}


@dataclass(frozen=True, slots=True)
class TrackOfMatter:
    """A track of a matter with its request."""

    id: str
    request_id: str
    reference: str
    title: str
    short_name: str
    agency: str
    in_suit_on: date | None
    kept_back: int


@dataclass(frozen=True, slots=True)
class Line:
    """One claim on one track; `deadline_id` is where its date is proved."""

    track: TrackOfMatter
    claim: Claim
    deadline_id: str
    cannot_count: str


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The whole ledger of a matter, as of a day."""

    matter: matters.Matter
    as_of: date
    lines: list[Line]

    @property
    def tracks(self) -> list[list[Line]]:
        """Return the lines track by track."""
        by: dict[str, list[Line]] = {}
        for line in self.lines:
            by.setdefault(line.track.id, []).append(line)
        return list(by.values())


def look(work: Work, matter_id: str) -> LedgerPage:
    """Show what can be pleaded on a matter today, in as few statements for many tracks as one."""
    seen, matter = matters.head(work, matter_id)
    return LedgerPage(matter, work.today, list(_lines(seen, matter_id)))


def _lines(seen: Lens, matter_id: str) -> Iterator[Line]:
    tracks = seen.rows(lists.TRACKS_OF_MATTER, TrackOfMatter, matter_id=matter_id)
    pairs = seen.rows(lists.KEYS_OF_MATTER, lambda key, row_id: (key, row_id), matter_id=matter_id)
    keys: dict[str, str] = dict(pairs)
    read = track_facts.read(seen.work, [track.id for track in tracks])
    for track, facts in zip(tracks, read, strict=True):
        yield from _of_track(seen.work, track, facts, keys)


def _of_track(
    work: Work, track: TrackOfMatter, facts: TrackFacts, keys: Mapping[str, str]
) -> Iterator[Line]:
    clock, cannot = ledger.clock_of(work, facts)
    kept = track.kept_back > 0
    for claim in ledger.claims_of(work, facts, clock, track.in_suit_on, withheld=kept):
        proof = keys.get(f"{track.id}:{claim.proof}", "") if claim.proof else ""
        yield Line(track, claim, proof, cannot)
