"""Verify a stored proof: its hash, its law, and its date by the second counter."""

from __future__ import annotations

from dataclasses import dataclass

from casemgr.domain.proofs import Proof
from casemgr.law.naive import recount
from casemgr.law.reader import Law


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a proof holds, and the sentences that say what was found."""

    holds: bool
    says: tuple[str, ...]


def verify(law: Law, found: Proof) -> Verdict:
    """Recount a proof with the naive counter and compare; a changed proof does not hold.

    Law files that changed since are named; the recount then uses the law of today.
    """
    if not found.is_intact:
        return Verdict(False, ("The proof was changed after it was made: its hash does not fit.",))
    told = found.content
    notes = []
    if told["law_version"] != law.version:
        notes.append(
            f"The law files were {told['law_version']} when it was made and are {law.version} now."
        )
    due = recount(law, told["inputs"])
    counted = due.isoformat() if due else None
    if counted == told["due"]:
        return Verdict(True, (*notes, f"Both counters give {counted or 'no date yet'}."))
    return Verdict(False, (*notes, f"The proof says {told['due']}; the second counter, {counted}."))
