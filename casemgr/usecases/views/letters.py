"""Letters as pages show them: those about a track, a letter with its check list, what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casemgr.db import doors, letter_lists, lists
from casemgr.db.tables import LetterDraft
from casemgr.domain import arguments
from casemgr.domain.access import Right, may
from casemgr.domain.arguments import Argument
from casemgr.domain.prose import long_day
from casemgr.domain.words import DraftState, LetterKind, Outcome, SendMethod
from casemgr.errors import NotFound
from casemgr.usecases import (
    checklists,
    letter_drafts,
    letter_facts,
    standing_permissions,
    track_record,
)
from casemgr.usecases.checklists import Check
from casemgr.usecases.letter_facts import Written
from casemgr.usecases.letter_kinds import APPEALS, FOLDED, KINDS, Kind
from casemgr.usecases.standing_permissions import Standing
from casemgr.usecases.views.documents import DocumentLine
from casemgr.usecases.views.history import Said, of_subjects
from casemgr.usecases.views.incoming import Asked, asked_on
from casemgr.usecases.views.lens import Lens, lens
from casemgr.usecases.views.possible_letters import Possible, possible
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One letter on its way, as a list shows it."""

    id: str
    matter_id: str
    matter: str
    closed_on: date | None
    request_id: str
    request: str
    track_id: str
    agency: str
    kind: LetterKind
    title: str
    state: DraftState
    sent_back_because: str
    begun_by: str | None
    writer: str | None
    begun_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One release with how it was sent, where it was."""

    id: str
    draft_id: str
    letter_id: str
    pages: int
    sha256: str
    template_version: str
    by: str | None
    allowed_by: str | None  # whose standing permission it was released under
    released_at: datetime
    void_on: date | None
    void_because: str
    version: int
    sending_id: str | None
    sent_on: date | None
    method: SendMethod | None
    addressed_to: str | None
    proof: str | None
    document_id: str | None
    source: str | None
    sending_version: int | None


@dataclass(frozen=True, slots=True)
class LettersPage:
    """The letters about one component's track."""

    matter_id: str
    matter: str
    request_id: str
    request: str
    track_id: str
    agency: str
    possible: list[Possible]
    drafts: list[DraftLine]
    may_log: bool
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A letter: what is typed, its check list, its releases, and who may do what."""

    line: DraftLine
    kind: Kind
    typed: Mapping[str, str]
    chosen: Sequence[str]
    offered: Sequence[Argument]
    checks: Sequence[Check]
    blocked: int
    fingerprint: str
    answered: str
    may_answer: Sequence[Asked]  # what of theirs a letter of this kind can be about
    releases: Sequence[ReleaseLine]
    history: Sequence[Said]
    can_release: Sequence[str]
    documents: Sequence[tuple[str, str]]  # that may prove a sending
    may_change: bool
    may_release: bool
    under: Standing | None  # what lets staff release it without asking
    certifies: str  # who certifies something in it, and must read it for that
    is_appeal: bool
    goes_out: bool

    @property
    def unfold(self) -> bool:
        """Say whether what is rarely typed is to be seen: something is there, or is missing."""
        missing = {each.key for each in self.checks if each.blocks and not each.met}
        return bool(FOLDED & set(self.typed)) or bool(missing & {"address", "appeal_office"})

    @property
    def released(self) -> ReleaseLine | None:
        """Return the release that stands, where one does."""
        return next((each for each in self.releases if each.void_on is None), None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The letters that wait for somebody."""

    to_release: Sequence[DraftLine]
    sent_back: Sequence[DraftLine]
    to_send: Sequence[DraftLine]

    def __len__(self) -> int:
        return len(self.to_release) + len(self.sent_back) + len(self.to_send)


# --- what may be written


def look_at_track(work: Work, request_id: str, track_id: str) -> LettersPage:
    """Show which letters may be written about a track now, and those begun, released and sent."""
    seen = lens(work)
    record = track_record.read(work, track_id)
    matter = doors.matter(work.session, work.actor, record.track.matter_id, Right.READ, work.today)
    if record.request.id != request_id:
        raise NotFound
    closed = matter.closed_on if matter.closed_on and matter.closed_on <= work.today else None
    return LettersPage(
        matter_id=matter.id,
        matter=matter.title,
        request_id=record.request.id,
        request=record.request.title,
        track_id=track_id,
        agency=record.agency.short_name or record.agency.name,
        possible=possible(record),
        drafts=seen.rows(letter_lists.DRAFTS_OF_TRACK, DraftLine, track_id=track_id),
        may_log=may(work.actor.role, Right.LOG) and closed is None,
        closed_on=closed,
    )


# --- one letter


def look(work: Work, draft_id: str) -> DraftPage:
    """Show a letter with what is typed, its check list, its releases and its history."""
    seen = lens(work)
    line = seen.one(letter_lists.DRAFT, DraftLine, id=draft_id)
    draft = letter_drafts.open_draft(work, draft_id, Right.READ)
    written = letter_facts.of_draft(work, draft)
    found = checklists.check(written)
    certifies = letter_facts.certifies(written.facts)
    under = standing_permissions.for_letter(work, draft)
    free = may(work.actor.role, Right.RELEASE) or (under is not None and not certifies)
    over = draft.state in {DraftState.SENT, DraftState.WITHDRAWN} or line.closed_on is not None
    return DraftPage(
        line=line,
        kind=KINDS[draft.kind],
        typed=_as_typed(draft),
        chosen=written.parts.arguments,
        offered=_offered(written),
        checks=found,
        blocked=len(checklists.blocking(found)),
        fingerprint=letter_drafts.as_paper(written).facts_hash,
        answered=_answered(written),
        may_answer=asked_on(work, draft.track_id, letter_facts.ANSWERS.get(draft.kind, ())),
        releases=seen.rows(letter_lists.RELEASES, ReleaseLine, draft_id=draft_id),
        history=of_subjects(seen, [draft_id]),
        can_release=_can_release(work, draft, certifies),
        documents=_documents(seen, draft),
        may_change=may(work.actor.role, Right.LOG) and not over,
        may_release=free and not over,
        under=under,
        certifies=certifies,
        is_appeal=draft.kind in APPEALS,
        goes_out=KINDS[draft.kind].logs is not None,
    )


def _can_release(work: Work, draft: LetterDraft, certifies: str) -> list[str]:
    """Return the names of who may release a letter: attorneys first, then staff they let."""
    can = doors.who_can(work.session, draft.matter_id, Right.RELEASE, work.today)
    held = [] if certifies else standing_permissions.of_matter(work, draft.matter_id)
    return [
        *(name for _, name in can),
        *(each.person.name for each in held if standing_permissions.covers(each, draft)),
    ]


def _documents(seen: Lens, draft: LetterDraft) -> list[tuple[str, str]]:
    """Return the matter's documents as the options of a form, where one may be asked for."""
    if draft.state not in {DraftState.RELEASED, DraftState.SENT}:
        return []
    its = seen.narrowed(draft.matter_id)
    return [(each.id, each.title) for each in its.rows(lists.DOCUMENTS, DocumentLine)]


def _as_typed(draft: LetterDraft) -> dict[str, str]:
    """Return what was typed as a form shows it; days as people type them."""
    shown = {"event_id": draft.event_id or ""}
    for name, value in draft.typed.items():
        if name in {"dated_on", "answer_by"}:
            day = date.fromisoformat(value)
            shown[name] = f"{day.month}/{day.day}/{day.year}"
        elif isinstance(value, bool):
            shown[name] = "true" if value else ""
        elif not isinstance(value, list):
            shown[name] = str(value)
    return shown


def _offered(written: Written) -> list[Argument]:
    record = written.record
    claimed = list(record.exemptions)
    if written.answered is not None and written.answered.outcome is Outcome.GLOMAR:
        claimed.append("glomar")
    offered = arguments.offered(written.draft.kind, claimed, record.requested_on, written.on)
    kept = [arguments.BY_KEY[key] for key in written.parts.arguments if key in arguments.BY_KEY]
    return [*offered, *(each for each in kept if each not in offered)]


def _answered(written: Written) -> str:
    event = written.answered
    if event is None:
        return ""
    return f"{event.kind.value.replace('_', ' ')} of {long_day(event.happened_on)}"


# --- what waits


def waiting(work: Work, seen: Lens) -> Waiting:
    """Return the letters that wait for whoever looks: to release, sent back to them, to be sent."""
    given = {"actor": work.actor.id or ""}
    to_send = seen.rows(letter_lists.TO_SEND, DraftLine) if may(work.actor.role, Right.LOG) else []
    return Waiting(
        to_release=_open(_to_release(work, seen)),
        sent_back=_open(seen.rows(letter_lists.SENT_BACK, DraftLine, **given)),
        to_send=_open([each for each in to_send if KINDS[each.kind].logs is not None]),
    )


def _to_release(work: Work, seen: Lens) -> list[DraftLine]:
    """Return what waits for an attorney, or for staff whom one lets release such letters."""
    if may(work.actor.role, Right.RELEASE):
        return seen.rows(letter_lists.WAITING, DraftLine)
    if not (held := standing_permissions.of_actor(work)):
        return []
    theirs = {(each.row.matter_id, kind) for each in held for kind in each.row.kinds}
    found = seen.rows(letter_lists.WAITING, DraftLine)
    return [each for each in found if (each.matter_id, each.kind.value) in theirs]


def _open(found: Sequence[DraftLine]) -> list[DraftLine]:
    return [each for each in found if each.closed_on is None]
