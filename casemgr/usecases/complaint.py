"""The complaint's shell: parties, jurisdiction, what happened on each track, counts, relief.

It states facts from the record and the law they rest on, and leaves the story to whoever signs.
What is not on record is not pleaded; the check list says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count

from casemgr.db.tables import Event
from casemgr.domain.ledger import Footing, Kind
from casemgr.domain.prose import listed, long_day
from casemgr.domain.words import Certainty, EventKind, PartyRole
from casemgr.letters.facts import Paragraph
from casemgr.letters.fill import letter_of
from casemgr.usecases.court_record import CourtRecord
from casemgr.usecases.track_record import TrackRecord
from casemgr.usecases.views.exhaustion import Line

Piece = tuple[str | None, str]  # a heading above it, or none; what it says
PLEADED = frozenset({Footing.OPEN, Footing.IN_SUIT})

# The count's heading, what happened, and the clause it rests on.
COUNTS: Mapping[Kind, tuple[str, str, str]] = {
    Kind.TIMELINESS: (
        "Failure to decide in time",
        "No determination on the request came from {agency} within the time the Act allows.",
        "5 U.S.C. § 552(a)(6)(A)(i), (a)(6)(C)(i)",
    ),
    Kind.EXPEDITION: (
        "Failure to process out of turn",
        "Expedited processing, which had been asked for, was not granted by {agency}.",
        "5 U.S.C. § 552(a)(6)(E)",
    ),
    Kind.FEE_WAIVER: (
        "Refusal to waive fees",
        "The fees were not waived by {agency}, as had been asked and the Act requires.",
        "5 U.S.C. § 552(a)(4)(A)(iii)",
    ),
    Kind.SEARCH: (
        "Inadequate search",
        "No reasonable search for the records was made, or told of, by {agency}.",
        "5 U.S.C. § 552(a)(3)(C)",
    ),
    Kind.WITHHOLDING: (
        "Improper withholding",
        "Records are kept back by {agency} without a reason that the Act allows.",
        "5 U.S.C. § 552(a)(4)(B), (a)(8), (b)",
    ),
}
EXHAUSTED = (
    "What had to be tried first within {agency} was exhausted, or the Act deems it to "
    "be{since}. 5 U.S.C. § 552(a)(6)(C)(i)."
)
RELIEF = (
    "order each defendant to search for the records at once and to say how it searched",
    "order each defendant to release every record that is not exempt, by a day the Court sets",
    "keep the case until each defendant has done so",
    "award the costs of this action and reasonable attorney fees, 5 U.S.C. § 552(a)(4)(E)",
    "grant what else is just",
)


def paragraphs(record: CourtRecord, venue: str, narrative: Sequence[str]) -> tuple[Paragraph, ...]:
    """Return the numbered paragraphs of the complaint, and the prayer without numbers."""
    number = count(1)
    numbered = [
        Paragraph(text=says, number=next(number), heading=heading)
        for heading, says in _pieces(record, venue, narrative)
    ]
    return (*numbered, *_prayer())


def pleaded(record: CourtRecord) -> list[Line]:
    """Return the claims that can be pleaded, as the ledger has them."""
    return [each for each in record.claims if each.claim.footing in PLEADED]


def _pieces(record: CourtRecord, venue: str, narrative: Sequence[str]) -> Iterator[Piece]:
    yield (
        "Jurisdiction and venue",
        (
            "This action arises under the Freedom of Information Act, 5 U.S.C. § 552. The Court "
            "has jurisdiction under 5 U.S.C. § 552(a)(4)(B) and 28 U.S.C. § 1331."
        ),
    )
    yield None, f"Venue is proper in this district under 5 U.S.C. § 552(a)(4)(B): {venue}"
    yield from _headed("Parties", _of_parties(record))
    yield from _headed("What this case is about", iter(narrative))
    for tracks in _by_request(record.tracks):
        yield from _headed(
            f"The request of {long_day(tracks[0].requested_on)}", _of_request(tracks)
        )
    yield from _of_counts(record)


def _by_request(tracks: Sequence[TrackRecord]) -> list[list[TrackRecord]]:
    by: dict[str, list[TrackRecord]] = {}
    for each in tracks:
        by.setdefault(each.request.id, []).append(each)
    return list(by.values())


def _headed(heading: str, texts: Iterator[str]) -> Iterator[Piece]:
    for place, text in enumerate(texts):
        yield (None if place else heading), text


def _of_parties(record: CourtRecord) -> Iterator[str]:
    for each in record.side(PartyRole.PLAINTIFF):
        at = ", ".join(record.addresses[each.id])
        yield f"Plaintiff {each.name}{f', of {at},' if at else ''} asked for the records at issue."
    for each in record.side(PartyRole.DEFENDANT):
        yield (
            f"Defendant {each.name} is an agency within the meaning of 5 U.S.C. § 552(f)(1) and "
            "has possession and control of records that were asked for."
        )


def _of_request(tracks: Sequence[TrackRecord]) -> Iterator[str]:
    first = tracks[0]
    yield (
        f"By a letter of {long_day(first.requested_on)}, "
        f"{listed([each.name for each in first.requesters])} asked "
        f"{listed([each.agency.name for each in tracks])} for records: {first.request.title}."
    )
    if first.items:
        yield f"The letter asked for: {'; '.join(item.rstrip('.;') for item in first.items)}."
    for track in tracks:
        yield from _of_track(track)


def _of_track(track: TrackRecord) -> Iterator[str]:
    if sent := track.sent_on:
        yield f"The letter to {track.agency.short_name} was sent on {long_day(sent)}."
    yield from (_happened(track, each) for each in track.events if each.kind in _TOLD)
    if track.numbers:
        numbers = listed([each.number for each in track.numbers])
        yield f"{track.agency.short_name} gave the request the number {numbers}."


_TOLD: Mapping[EventKind, str] = {
    EventKind.RECEIVED: "{day}, {agency} received the request.",
    EventKind.ACKNOWLEDGED: "{day}, {agency} acknowledged the request.",
    EventKind.EXTENSION_NOTICE: "{day}, {agency} said that it needed more time.",
    EventKind.DETERMINATION: "{day}, {agency} decided on the request.",
    EventKind.APPEAL_SENT: "{day}, an appeal within the agency was sent.",
    EventKind.APPEAL_DETERMINATION: "{day}, the appeal within the agency was decided.",
    EventKind.RECORDS_PRODUCED: "{day}, {agency} released records.",
}


def _happened(track: TrackRecord, event: Event) -> str:
    exact = event.certainty is Certainty.EXACT
    day = f"On {'' if exact else 'or about '}{long_day(event.happened_on)}"
    return _TOLD[event.kind].format(agency=track.agency.short_name, day=day)


def _of_counts(record: CourtRecord) -> Iterator[Piece]:
    by: dict[Kind, list[Line]] = {}
    for line in pleaded(record):
        by.setdefault(line.claim.kind, []).append(line)
    in_order = [(kind, by[kind]) for kind in COUNTS if kind in by]
    for place, (kind, lines) in enumerate(in_order):
        name, happened, cites = COUNTS[kind]
        yield f"Count {place + 1}: {name}", "The paragraphs above are repeated here."
        for since, agencies in _by_day(lines):
            yield None, happened.format(agency=listed(agencies))
            yield None, EXHAUSTED.format(agency=listed(agencies), since=since)
        yield None, f"This violated the Act. {cites}."


def _by_day(lines: Sequence[Line]) -> Iterator[tuple[str, list[str]]]:
    """Yield the agencies against which a claim lies since the same day, with that day in words."""
    by: dict[date | None, list[str]] = {}
    for line in lines:
        by.setdefault(line.claim.since, []).append(line.track.agency)
    for day, agencies in by.items():
        yield f", since {long_day(day)}" if day else "", list(dict.fromkeys(agencies))


def _prayer() -> Iterator[Paragraph]:
    for place, each in enumerate(RELIEF):
        letter = letter_of(place + 1)
        yield Paragraph(
            text=f"({letter}) {each}{'.' if each is RELIEF[-1] else ';'}",
            heading="Relief: the Court is asked to" if place == 0 else None,
        )
