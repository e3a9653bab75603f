"""Release a letter: exactly the version that was read, kept with its bytes and facts."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from casemgr.db.tables import LetterDraft, LetterRelease, Person, StandingPermission
from casemgr.domain.prose import long_day
from casemgr.domain.words import DraftState
from casemgr.errors import Malformed, Overtaken, Refused, WrongMoment
from casemgr.fields import Input
from casemgr.files.store import Store
from casemgr.usecases import checklists, letter_facts, letters, records
from casemgr.usecases.letter_drafts import as_paper, open_to_release
from casemgr.usecases.letters import Opens, Paper
from casemgr.usecases.work import Work

NO_LONGER = (
    "The letter, or a fact it rests on, is not what you read any more. Nothing was released: read "
    "it again, then release it."
)


CERTIFIES = (
    "In this letter {signer} certifies that something is true, and nobody else can do that for "
    "them. Hand it in, so that {signer} reads and releases it."
)


class ReleaseInput(Input):
    """The fingerprint of the letter as it was read: SHA-256 over its kind, title and facts."""

    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def release(
    opens: Opens, store: Store, draft_id: str, given: ReleaseInput, *, version: int | None = None
) -> LetterRelease:
    """Release the version of a letter that was read: its PDF is made and kept.

    An attorney on the matter does, or staff under the standing permission of one. The letter is
    made outside any transaction; what was read is compared before and after.
    """
    with opens(reads_only=True) as work:
        paper = _to_release(work, draft_id, given, version)
    made = letters.printed(store, paper)
    with opens() as work:
        again = _to_release(work, draft_id, given, version)
        letter = letters.keep(work, again, made)
        return _released(work, *open_to_release(work, draft_id), letter.id)


def _to_release(work: Work, draft_id: str, given: ReleaseInput, version: int | None) -> Paper:
    draft, under = open_to_release(work, draft_id)
    if version is not None and draft.version != version:
        raise Overtaken
    if draft.state not in {DraftState.DRAFT, DraftState.WAITING}:
        raise WrongMoment(
            f"This letter is {draft.state.value} already. There is nothing to release."
        )
    written = letter_facts.of_draft(work, draft)
    if under is not None and (signer := letter_facts.certifies(written.facts)):
        raise Refused(CERTIFIES.format(signer=signer))
    if missing := checklists.blocking(checklists.check(written)):
        raise Malformed({each.key: f"{each.part}: {each.todo}" for each in missing})
    paper = as_paper(written)
    if paper.facts_hash != given.fingerprint:
        raise WrongMoment(NO_LONGER)
    return letters.with_own_templates(work, paper)


def _released(
    work: Work, draft: LetterDraft, under: StandingPermission | None, letter_id: str
) -> LetterRelease:
    row = LetterRelease(
        matter_id=draft.matter_id,
        draft_id=draft.id,
        letter_id=letter_id,
        released_by=work.actor.id,
        permission_id=under.id if under else None,
        released_at=work.now,
        known_on=work.today,
    )
    draft.state, draft.sent_back_because = DraftState.RELEASED, ""
    records.keep(work, draft)
    records.keep(work, row)
    if under is None:
        work.record("letter.released", draft, title=draft.title)
    else:
        by = work.session.get_one(Person, under.given_by).name
        until = long_day(under.until_on)
        work.record("letter.released_under", draft, title=draft.title, by=by, until=until)
    return row
