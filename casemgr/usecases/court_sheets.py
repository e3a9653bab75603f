"""What belongs in a court's own forms: the civil cover sheet, and a summons for each defendant."""

from __future__ import annotations

from collections.abc import Iterator

from casemgr.db.tables import Party
from casemgr.domain.words import PartyRole, Side
from casemgr.letters.court_papers import DataSheetFacts, SheetLine, SheetPart
from casemgr.usecases.court_record import CourtRecord, number_of
from casemgr.usecases.work import Work

THIRTY_DAYS = (
    "The printed summons gives a federal defendant 60 days. In a FOIA suit it is 30: cross 60 out "
    "and write 30, with 5 U.S.C. § 552(a)(4)(C) beside it. The clerk may docket 60 all the same; "
    "the answer is due in 30."
)
SERVED = (
    "Each summons is served on three: the United States Attorney for the district, the Attorney "
    "General, and the agency. Fed. R. Civ. P. 4(i)(1)-(2)."
)
CODE = "The code for FOIA was 895 when this was written. Compare it with the form you file."


def cover_sheet(work: Work, record: CourtRecord, county: str, because: str) -> DataSheetFacts:
    """Return what belongs in the boxes of the civil cover sheet."""
    ours, theirs = record.side(PartyRole.PLAINTIFF), record.side(PartyRole.DEFENDANT)
    related = [
        ", ".join(each for each in (row.number, row.title, row.how) if each)
        for row in record.related
    ]
    return DataSheetFacts(
        title="Civil cover sheet: what belongs in it",
        form="JS 44, or the district's own sheet",
        matter=record.matter.title,
        docket_number=number_of(record.lawsuit),
        as_of=work.today,
        warnings=(CODE,),
        parts=(
            SheetPart(
                heading="Parties and counsel",
                lines=(
                    _line("I(a) Plaintiffs", *(each.name for each in ours)),
                    _line("I(b) County of the first plaintiff", county),
                    _line("I(c) Attorneys", *_attorneys(record, Side.OURS)),
                    _line("Defendants", *(each.name for each in theirs)),
                    _line("Attorneys, if known", *_attorneys(record, Side.THEIRS)),
                ),
            ),
            SheetPart(
                heading="The case",
                lines=(
                    _line("II Basis of jurisdiction", "2, U.S. Government Defendant"),
                    _line("III Citizenship of the parties", "Leave empty: no diversity case"),
                    _line("IV Nature of suit", "Freedom of Information Act (895)"),
                    _line("V Origin", "1, Original Proceeding"),
                    _line(
                        "VI Cause of action",
                        "5 U.S.C. § 552",
                        "Action under the Freedom of Information Act for agency records",
                    ),
                    _line("VII Demand", "No sum. Injunctive relief. No jury."),
                    _line("VIII Related cases", *related, because),
                ),
            ),
        ),
    )


def summons(work: Work, record: CourtRecord) -> DataSheetFacts:
    """Return what belongs in the summons of each defendant, with the 30-day warning."""
    return DataSheetFacts(
        title="Summons: what belongs in it",
        form="AO 440, one for each defendant",
        matter=record.matter.title,
        docket_number=number_of(record.lawsuit),
        as_of=work.today,
        warnings=(THIRTY_DAYS, SERVED),
        parts=tuple(_summons_of(record, each) for each in record.side(PartyRole.DEFENDANT)),
    )


def _summons_of(record: CourtRecord, party: Party) -> SheetPart:
    plaintiffs = record.side(PartyRole.PLAINTIFF)
    first = plaintiffs[0].name if plaintiffs else ""
    caption = first + (", et al." if len(plaintiffs) > 1 else "")
    lead = record.of(Side.OURS)[:1]
    return SheetPart(
        heading=party.name,
        lines=(
            _line("Court", *record.court.caption.splitlines()),
            _line("Plaintiff", caption),
            _line("Civil action no.", number_of(record.lawsuit)),
            _line("To", party.name, *record.addresses[party.id]),
            _line("Days to answer", "30, not 60: 5 U.S.C. § 552(a)(4)(C)"),
            _line(
                "Plaintiff's attorney",
                *(line for each in lead for line in (each.name, *each.lines)),
            ),
        ),
    )


def _attorneys(record: CourtRecord, side: Side) -> Iterator[str]:
    """Yield a line for each office, with everybody of it who appears."""
    by: dict[str, list[str]] = {}
    for each in record.of(side):
        by.setdefault(each.office, []).append(each.name)
    for office, names in by.items():
        yield f"{office}: {', '.join(names)}" if office else ", ".join(names)


def _line(box: str, *says: str) -> SheetLine:
    known = tuple(each for each in says if each)
    return SheetLine(box=box, says=known or ("Not on record: fill it in by hand",))
