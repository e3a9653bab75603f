"""What is on file of a lawsuit, row by row, as lists and pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from casemgr.domain.words import Certainty, Confidence, EntryKind, PaperKind, PartyRole, Side
from casemgr.usecases.views.docket_rows import DocketRow


@dataclass(frozen=True, slots=True)
class LawsuitLine:
    """One action as a list shows it."""

    id: str
    matter_id: str
    matter: str
    closed_on: date | None  # the matter's, where it is closed today
    court_id: str
    court: str
    court_cites_as: str
    docket_number: str
    cited_as: str
    title: str
    judge: str
    magistrate: str
    filed_on: date | None
    below_id: str | None
    note: str
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class OfLawsuit:
    """Anything that belongs to one action."""

    id: str
    lawsuit_id: str


@dataclass(frozen=True, slots=True)
class Status(OfLawsuit):
    """What somebody says the status is."""

    says: str
    since_on: date | None
    ends_it: bool
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Related(OfLawsuit):
    """Another action to know of."""

    number: str
    title: str
    how: str
    source: str


@dataclass(frozen=True, slots=True)
class Entry(OfLawsuit):
    """A row of the docket."""

    number: int | None
    part: int | None
    kind: EntryKind
    filed_by: Side
    filed_on: date
    until_on: date | None
    certainty: Certainty
    says: str
    answers_id: str | None
    document_id: str | None
    source: str
    confidence: Confidence

    @property
    def name(self) -> str:
        """Return `Dkt. 29-1`, or `no number` where the paper has none or we do not know it."""
        if self.number is None:
            return "no number"
        return f"Dkt. {self.number}" + (f"-{self.part}" if self.part is not None else "")


@dataclass(frozen=True, slots=True)
class Party(OfLawsuit):
    """A party by the name filed."""

    role: PartyRole
    name: str
    aliases: list[str]
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Appearance(OfLawsuit):
    """Somebody who appears for a side."""

    name: str
    side: Side
    capacity: str
    organisation: str | None
    since_on: date | None
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Service(OfLawsuit):
    """Service of process on one person."""

    served_on_whom: str
    us_attorney: bool
    method: str
    sent_on: date | None
    delivered_on: date | None
    proof: str
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class OrderDate(OfLawsuit):
    """A date a court fixed."""

    docket_entry_id: str | None
    hearing_id: str | None
    title: str
    whose: Side
    fixed_for: date
    words: str
    met_on: date | None
    met_by: str
    source: str
    confidence: Confidence

    def met(self, today: date) -> bool:
        """Say whether it was met as far as is known on a day."""
        return self.met_on is not None and self.met_on <= today


@dataclass(frozen=True, slots=True)
class Hearing(OfLawsuit):
    """An appointment in its own zone."""

    title: str
    starts_at: datetime
    zone: str
    place: str
    outcome: str
    outcome_known_on: date | None
    source: str
    confidence: Confidence
    key: str  # the same for every time it was set for
    superseded_on: date | None
    superseded_because: str
    superseded_by_id: str | None
    changed_by_entry_id: str | None

    @property
    def is_off(self) -> bool:
        """Say whether it was called off and set for no other time."""
        return self.superseded_on is not None and self.superseded_by_id is None

    @property
    def there(self) -> datetime:
        """Return the moment as the clock on the courtroom's wall shows it."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    def known_outcome(self, today: date) -> str:
        """Return how it ended, as far as is known on a day."""
        known = self.outcome_known_on is not None and self.outcome_known_on <= today
        return self.outcome if known else ""


@dataclass(frozen=True, slots=True)
class TrackInSuit:
    """A component whose handling of a request is before the court."""

    id: str
    request_id: str
    agency: str
    request: str


@dataclass(frozen=True, slots=True)
class Paper(OfLawsuit):
    """A docket paper the docket was read from."""

    document_id: str
    kind: PaperKind
    sender: str
    known_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a docket paper says of an entry."""

    docket_entry_id: str
    docket_paper_id: str
    says: str


ROWS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class DocketPart:
    """A hundred papers of a docket at a time: a long one would not open."""

    every: list[DocketRow[Entry]]
    number: int

    @classmethod
    def of(cls, rows: list[DocketRow[Entry]], number: int, entry_id: str) -> DocketPart:
        """Return the part of this number, or that with an entry where one is named."""
        if entry_id:
            at = next((i for i, row in enumerate(rows) if row.holds(entry_id)), 0)
            number = at // ROWS_SHOWN + 1
        return cls(rows, min(max(1, number), max(1, -(-len(rows) // ROWS_SHOWN))))

    @property
    def parts(self) -> int:
        """Return how many parts there are."""
        return max(1, -(-len(self.every) // ROWS_SHOWN))

    @property
    def rows(self) -> list[DocketRow[Entry]]:
        """Return the papers of this part."""
        start = (self.number - 1) * ROWS_SHOWN
        return self.every[start : start + ROWS_SHOWN]
