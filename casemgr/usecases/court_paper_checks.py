"""What each paper of a lawsuit needs, looked for in the record and in what was typed for it.

A part that is missing says what to do. One that blocks keeps the paper from being made.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from casemgr.domain.prose import listed
from casemgr.domain.words import PartyRole, Side
from casemgr.fields import Day, Input, Printable
from casemgr.letters import facts as paper
from casemgr.usecases import complaint
from casemgr.usecases.certificates import ALL_BY_COURT, served_in
from casemgr.usecases.checklists import Check, Checks
from casemgr.usecases.court_record import CourtRecord
from casemgr.usecases.litigation import Short

Long = Annotated[str, Field(max_length=20_000), Printable]


class ComplaintInput(Input):
    """What a person says of a complaint: why here, the story, who signs."""

    venue: Long = ""
    narrative: Long = ""
    signer: Short = ""


class CoverSheetInput(Input):
    """What no record says: the county, and why a case is related."""

    county: Short = ""
    related_because: Long = ""


class SummonsInput(Input):
    """Nothing is typed: every box comes from the record."""


class ProofInput(Input):
    """Who served the papers and swears to it."""

    server: Short = ""
    server_title: Short = ""


class CertificateInput(Input):
    """Who was served with what, otherwise than by the court's system, by whom and on which day."""

    papers: Long = ""
    served: Long = ""
    by_court: Long = ""
    server: Short = ""
    served_on: Day | None = None


class MotionInput(Input):
    """What is asked for, under which rules, upon which papers."""

    what: Short = ""
    rules: Short = ""
    relief: Long = ""
    upon: Long = ""
    answer_by: Day | None = None
    reply_by: Day | None = None
    signer: Short = ""


class ReportInput(Input):
    """Both positions, what is proposed, and when the next report comes."""

    ours: Long = ""
    theirs: Long = ""
    proposed: Long = ""
    next_on: Day | None = None
    signer: Short = ""


# --- what every paper under a caption needs


def _caption(record: CourtRecord) -> Checks:
    for role in (PartyRole.PLAINTIFF, PartyRole.DEFENDANT):
        found = record.side(role)
        yield Check(
            role.value,
            f"The {role.value}s",
            bool(found),
            "Fed. R. Civ. P. 10(a)",
            verified=False,
            todo="Record the parties of the lawsuit.",
            seen=", ".join(each.name for each in found),
        )


def _signs(record: CourtRecord, given: Any) -> Checks:
    signer = signer_of(record, given.signer)
    yield Check(
        "signer",
        "Who signs",
        signer is not None,
        "Fed. R. Civ. P. 11(a)",
        verified=False,
        todo="Record who appears for us.",
        seen=signer.name if signer else "",
    )


def signer_of(record: CourtRecord, name: str) -> paper.Signer | None:
    """Return who of our counsel signs: the one named, else the first; None where nobody appears."""
    ours = record.of(Side.OURS)
    chosen = [each for each in ours if each.name == name] or ours
    return chosen[0].signer if chosen else None


def complaint_needs(record: CourtRecord, given: ComplaintInput) -> Checks:
    """Yield what a complaint needs."""
    yield from _caption(record)
    yield Check(
        "tracks",
        "The tracks in suit",
        bool(record.tracks),
        todo="Note which components' handling of the request is before the court.",
        seen=", ".join(each.agency.short_name for each in record.tracks),
    )
    counts = complaint.pleaded(record)
    yield Check(
        "counts",
        "A claim that can be pleaded today",
        bool(counts),
        "5 U.S.C. § 552(a)(6)(C)(i)",
        todo="Look at what can be pleaded: nothing is open on these tracks.",
        seen=f"{len(counts)} on {len({each.track.id for each in counts})} tracks",
    )
    yield Check(
        "venue",
        "Why this court",
        bool(given.venue),
        "5 U.S.C. § 552(a)(4)(B)",
        todo="Say where a plaintiff lives or has its office, or where the records are.",
    )
    yield Check(
        "narrative",
        "The story in your own words",
        bool(given.narrative),
        blocks=False,
        todo="The paper has the dates only. Say what the records are about and why they matter.",
    )
    yield from _signs(record, given)


def cover_needs(record: CourtRecord, given: CoverSheetInput) -> Checks:
    """Yield what the cover sheet needs."""
    yield from _caption(record)
    yield Check(
        "county",
        "The county of the first plaintiff",
        bool(given.county),
        blocks=False,
        todo="Type it, or fill it in by hand.",
    )
    yield Check(
        "related",
        "Related cases",
        bool(record.related),
        blocks=False,
        todo="If there is an earlier case about the same request, record it as related.",
        seen=", ".join(each.number for each in record.related),
    )


def summons_needs(record: CourtRecord, _: SummonsInput) -> Checks:
    """Yield what the summonses needs."""
    yield from _caption(record)
    nowhere = [
        each.name for each in record.side(PartyRole.DEFENDANT) if not record.addresses[each.id]
    ]
    yield Check(
        "addresses",
        "The address of each defendant",
        not nowhere,
        blocks=False,
        todo=f"No address is on file of {listed(nowhere)}: say which agency it is.",
    )


def proof_needs(record: CourtRecord, given: ProofInput) -> Checks:
    """Yield what the proof of service needs."""
    yield from _caption(record)
    served = [each for each in record.services if each.sent_on or each.delivered_on]
    yield Check(
        "services",
        "Somebody who was served, with the day",
        bool(served),
        "Fed. R. Civ. P. 4(l)",
        verified=False,
        todo="Record the service: on whom, how, and on which day.",
        seen="; ".join(each.served_on_whom for each in served),
    )
    yield Check(
        "us_attorney",
        "The United States Attorney",
        any(each.us_attorney for each in served),
        "Fed. R. Civ. P. 4(i)(1)(A)",
        blocks=False,
        todo="No service on the United States Attorney is on file. The time to answer needs it.",
    )
    yield Check(
        "attorney_general",
        "The Attorney General",
        any("attorney general" in each.served_on_whom.casefold() for each in served),
        "Fed. R. Civ. P. 4(i)(1)(B)",
        blocks=False,
        todo="No service on the Attorney General of the United States is on file.",
    )
    yield Check("server", "Who served", bool(given.server), todo="Type who sent or handed them.")


def certificate_needs(record: CourtRecord, given: CertificateInput) -> Checks:
    """Yield what a certificate of service needs: somebody the court's system does not serve."""
    yield from _caption(record)
    served = served_in(given.served)
    yield Check(
        "served",
        "Somebody served otherwise than by the court's system",
        bool(served),
        "Fed. R. Civ. P. 5(d)(1)(B)",
        verified=False,
        todo=ALL_BY_COURT,
        seen="; ".join(each.name for each in served),
    )
    yield Check("papers", "The papers served", bool(given.papers), todo="Name them, one a line.")
    yield Check("server", "Who served", bool(given.server), todo="Type who sent or handed them.")
    yield Check(
        "served_on",
        "The day of service",
        given.served_on is not None,
        blocks=False,
        todo="Left blank on the paper until it is known.",
    )


def motion_needs(record: CourtRecord, given: MotionInput) -> Checks:
    """Yield what a notice of motion needs."""
    yield from _caption(record)
    for key, part, todo in (
        ("what", "What the motion is for", "Type it: for summary judgment, to compel."),
        ("rules", "The rules and statutes it rests on", "Name them."),
        ("relief", "What the Court is asked to do", "Say it in a sentence."),
        ("upon", "The papers it rests on", "List them, one a line."),
    ):
        yield Check(
            key,
            part,
            bool(getattr(given, key)),
            "Fed. R. Civ. P. 7(b)(1)",
            verified=False,
            todo=todo,
        )
    yield Check(
        "judge",
        "The judge",
        bool(record.lawsuit.judge),
        blocks=False,
        todo="The paper says “the Court” while no judge is on record.",
        seen=record.lawsuit.judge,
    )
    yield from _signs(record, given)


def report_needs(record: CourtRecord, given: ReportInput) -> Checks:
    """Yield what a status report needs."""
    yield from _caption(record)
    yield Check(
        "tracks",
        "The tracks in suit",
        bool(record.tracks),
        todo="Note which components' handling of the request is before the court.",
        seen=", ".join(each.agency.short_name for each in record.tracks),
    )
    for key, part in (("ours", "Our position"), ("theirs", "Their position")):
        todo = "A joint report has both. Leave it out only where there is no dispute."
        yield Check(key, part, bool(getattr(given, key)), blocks=False, todo=todo)
    yield from _signs(record, given)
