"""Letters as drafts: begin one, change it, hand it in for release, send it back, give it up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Agency, Event, LetterDraft, LetterRelease, StandingPermission, Track
from casemgr.domain import arguments
from casemgr.domain.access import Right, may
from casemgr.domain.words import DraftState, LetterKind
from casemgr.errors import Malformed, Refused, WrongMoment
from casemgr.fields import Code, Input
from casemgr.usecases import letter_facts, letters, records, standing_permissions, track_record
from casemgr.usecases.letter_kinds import (
    KINDS,
    GivenUp,
    Parts,
    SentBack,
    Written,
    foreign_to,
    typed,
)
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work


class DraftInput(Input):
    """Which letter is begun, what it answers, and what has been typed so far.

    `event_id` left out is the newest event that a letter of this kind answers.
    """

    kind: Written
    event_id: Code | None = None
    typed: Parts = Parts()


class DraftChange(Input):
    """What the letter answers and what has been typed; the kind of a letter never changes."""

    event_id: Code | None = None
    typed: Parts = Parts()


def begin_draft(work: Work, track_id: str, given: DraftInput) -> LetterDraft:
    """Begin a letter about a track; everything but what is typed comes from the record."""
    track = doors.track(work.session, work.actor, track_id, Right.LOG, work.today)
    record = track_record.read(work, track.id)
    _check(work, track, given.kind, given.typed, given.event_id)
    answered = given.event_id or getattr(letter_facts.answers(given.kind, record), "id", None)
    draft = LetterDraft(
        matter_id=track.matter_id,
        track_id=track.id,
        kind=given.kind,
        title=_title(given.kind, record.agency),
        event_id=answered,
        typed=typed(given.typed),
        begun_by=work.actor.id,
        begun_at=work.now,
        known_on=work.today,
    )
    records.keep(work, draft)
    letter_facts.of_draft(work, draft)  # what the record has too little for is refused here
    work.record("letter.begun", draft, title=draft.title)
    return draft


def _title(kind: LetterKind, agency: Agency) -> str:
    return f"{KINDS[kind].name}: {agency.short_name or agency.name}"


def change_draft(
    work: Work, draft_id: str, given: DraftChange, *, version: int | None = None
) -> LetterDraft:
    """Change what was typed. A release of the version before is void from then on."""
    draft = open_draft(work, draft_id, Right.LOG)
    records.not_overtaken(draft, version)
    _not_over(draft)
    track = doors.track(work.session, work.actor, draft.track_id, Right.LOG, work.today)
    _check(work, track, draft.kind, given.typed, given.event_id)
    event_id = given.event_id or draft.event_id
    if (typed(given.typed), event_id) == (draft.typed, draft.event_id):
        return draft
    before = draft.typed
    draft.typed, draft.event_id = typed(given.typed), event_id
    _void(work, draft, "changed the letter")
    records.keep(work, draft)
    work.record("letter.changed", draft, title=draft.title, parts=_changed(before, draft.typed))
    return draft


def hand_in(work: Work, draft_id: str, *, version: int | None = None) -> LetterDraft:
    """Ask the attorneys on the matter to release the letter; it waits on their page of what is due.

    A letter with a part missing may wait too: the check list goes with it.
    """
    draft = open_draft(work, draft_id, Right.LOG)
    records.not_overtaken(draft, version)
    if draft.state is not DraftState.DRAFT:
        raise WrongMoment(f"This letter is {draft.state.value} already. Only a draft is handed in.")
    draft.state, draft.sent_back_because = DraftState.WAITING, ""
    records.keep(work, draft)
    work.record("letter.handed_in", draft, title=draft.title)
    return draft


def send_back(
    work: Work, draft_id: str, given: SentBack, *, version: int | None = None
) -> LetterDraft:
    """Give a letter back to its writer, with what is to be changed."""
    draft, _ = open_to_release(work, draft_id)
    records.not_overtaken(draft, version)
    if draft.state is not DraftState.WAITING:
        raise WrongMoment("This letter does not wait for a release. Only one that does goes back.")
    draft.state, draft.sent_back_because = DraftState.DRAFT, given.because
    records.keep(work, draft)
    work.record("letter.sent_back", draft, title=draft.title, because=given.because)
    return draft


def give_up(
    work: Work, draft_id: str, given: GivenUp, *, version: int | None = None
) -> LetterDraft:
    """Give a letter up before it is sent; it stays readable."""
    draft = open_draft(work, draft_id, Right.LOG)
    records.not_overtaken(draft, version)
    _not_over(draft)
    _void(work, draft, "gave the letter up")
    draft.state = DraftState.WITHDRAWN
    records.keep(work, draft)
    work.record("letter.given_up", draft, title=draft.title, because=given.because)
    return draft


def open_draft(work: Work, draft_id: str, right: Right) -> LetterDraft:
    """Return a draft to somebody who may have it."""
    return doors.open_door(work.session, work.actor, LetterDraft, draft_id, right, work.today)


def open_to_release(work: Work, draft_id: str) -> tuple[LetterDraft, StandingPermission | None]:
    """Return a draft to an attorney, or to staff whom one lets release letters of its kind.

    With it comes the permission it is released under; None where an attorney releases.
    """
    if may(work.actor.role, Right.RELEASE):
        return open_draft(work, draft_id, Right.RELEASE), None
    draft = open_draft(work, draft_id, Right.READ)
    if held := standing_permissions.for_letter(work, draft):
        return open_draft(work, draft_id, Right.LOG), held.row
    try:
        return open_draft(work, draft_id, Right.RELEASE), None  # which says who can
    except Refused as refused:
        if over := standing_permissions.why_refused(work, draft):
            raise Refused(over, refused.ask) from refused
        raise


def standing_release(work: Work, draft: LetterDraft) -> LetterRelease | None:
    """Return the release of a draft that is not void; None where there is none."""
    doors.open_door(work.session, work.actor, LetterDraft, draft.id, Right.READ, work.today)
    return work.session.exec(
        select(LetterRelease)
        .where(LetterRelease.draft_id == draft.id, col(LetterRelease.void_on).is_(None))
        .order_by(col(LetterRelease.released_at).desc())
        .limit(1)
    ).first()


def preview(draft_id: str, kind: LetterKind | None = None) -> letters.Gather:
    """Return what gathers a draft as a paper that says on every page that it is not released."""

    def gather(work: Work) -> letters.Paper:
        draft = open_draft(work, draft_id, Right.READ)
        if kind not in {None, draft.kind}:
            raise Malformed({"kind": f"This draft is of another kind: {draft.kind.value}."})
        return paper_of(work, draft, letters.NOT_RELEASED)

    return gather


def paper_of(work: Work, draft: LetterDraft, mark: str = "") -> letters.Paper:
    """Return a draft as a paper about to be made; without a mark it is the one to be released."""
    return as_paper(letter_facts.of_draft(work, draft), mark)


def as_paper(written: letter_facts.Written, mark: str = "") -> letters.Paper:
    """Return a letter as it stands as a paper about to be made."""
    draft = written.draft
    title = f"{draft.title}, {written.record.request.title}"[:290]
    title += " (draft)" if mark else ""  # a list of papers shows which one left the office
    return letters.Paper(
        draft.kind, title, written.facts, draft.matter_id, mark, track_id=draft.track_id
    )


def _void(work: Work, draft: LetterDraft, did: str) -> None:
    """Take back the release of the version before: what was released is not what is written now."""
    released = standing_release(work, draft)
    if released is None:
        return
    draft.state = DraftState.DRAFT
    released.void_on = work.today
    released.void_because = f"{work.actor.name} {did} after it was released."
    records.keep(work, released)
    work.record("letter.release_void", draft, title=draft.title)


def _not_over(draft: LetterDraft) -> None:
    if draft.state is DraftState.SENT:
        raise WrongMoment("This letter was sent and stays as it was. Begin another one.")
    if draft.state is DraftState.WITHDRAWN:
        raise WrongMoment("This letter was given up. Begin another one.")


def _check(work: Work, track: Track, kind: LetterKind, parts: Parts, event_id: str | None) -> None:
    checks = Checks(work)
    for name in foreign_to(kind, parts):
        checks.wrong("typed", f"A letter of this kind has no part “{name}”. Leave it out.")
    for key in parts.arguments:
        if key not in arguments.BY_KEY or arguments.BY_KEY[key].kind is not kind:
            checks.wrong("typed", f"There is no argument “{key}” for this letter. Leave it out.")
    if event_id is not None:
        checks.of_matter("event_id", Event, event_id, track.matter_id)
        checks.done()
        event = work.session.get_one(Event, event_id)
        if event.track_id != track.id:
            checks.wrong("event_id", records.NOT_HERE.format(what="event"))
        elif event.kind not in letter_facts.ANSWERS.get(kind, ()):
            checks.wrong("event_id", "A letter of this kind does not answer that. Choose another.")
    checks.done()


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return ", ".join(name.replace("_", " ") for name in names) or "what it answers"


def draft_of_release(work: Work, release_id: str) -> str:
    """Return the code of the draft that a release is of, to somebody who may read it."""
    release = doors.open_door(
        work.session, work.actor, LetterRelease, release_id, Right.READ, work.today
    )
    return release.draft_id
