"""What can be recorded, the sentence each makes, and the seal that ties one to the next."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from string import Formatter

# What of an entry its seal is made over; the seal itself is the column beside them.
SEALED = (
    "seq",
    "at",
    "person_id",
    "person_name",
    "what",
    "matter_id",
    "subject_kind",
    "subject_id",
    "facts",
)

# The tag, and the sentence it makes after the person's name. A fact named in braces must be given.
SENTENCES: Mapping[str, str] = {
    "planted": "entered {title} from the seeds",
    "practice.reset": "put the practice matter back as it was",
    "backup.made": "made a backup of the whole office: {title}",
    "denied": "asked for {title} and was refused: {why}",
    "person.signed_in": "signed in",
    "person.signed_in_by_passkey": "signed in with a passkey",
    "person.signed_in_by_sso": "signed in by single sign-on",
    "person.signed_out": "signed out",
    "person.refused": "was refused: {why}",
    "person.added": "added {title} as {role}",
    "person.invited": "made an invitation for {title}",
    "person.reset": "made a link for {title} to set a new password",
    "person.password": "set a new password",
    "person.off_boarded": "ended every way in of {title}: {says}",
    "session.ended": "signed out another browser: {title}",
    "factor.set": "set up an authenticator app",
    "factor.codes": "made ten new recovery codes",
    "factor.recovered": "signed in with a recovery code",
    "factor.removed": "took authenticator app and passkeys of {title} away",
    "passkey.added": "added the passkey {title}",
    "passkey.removed": "removed the passkey {title}",
    "sso.linked": "came in by single sign-on for the first time: that account is theirs now",
    "token.made": "made the API token {title}",
    "token.revoked": "revoked the API token {title}",
    "feed.made": "made the calendar address {title}",
    "feed.revoked": "revoked the calendar address {title}",
    "webhook.made": "has a program at {host} told what happens: {title}",
    "webhook.changed": "changed what a program at {host} is told: {title}",
    "webhook.paused": "has the program {title} told nothing for now",
    "webhook.resumed": "has the program {title} told again",
    "webhook.ended": "has the program {title} told nothing any more",
    "webhook.failed": "could not tell the program {title}, and gave up: {why}",
    "matter.opened": "opened the matter {title}",
    "matter.changed": "changed {changes}",
    "matter.closed": "closed the matter {title}: {because} Still open: {left}",
    "matter.reopened": "opened the matter {title} again: {because}",
    "matter.exported": "exported the whole matter {title} as the package {fingerprint}",
    "matter.imported": "took in the matter {title}, which {office} had exported as the package "
    "{fingerprint}; that office's history is kept with it",
    "origin.opened": "opened the history that {title} kept of this matter",
    "conflict.checked": "looked for {title} on the matters of the office: {says}",
    "member.added": "put {title} on the matter",
    "member.removed": "ended {title}'s membership",
    "hold.placed": "placed a legal hold on {title}: {because}",
    "hold.release_asked": "asked to lift a legal hold on {title}: {because}",
    "hold.released": "lifted a legal hold on {title}: {because}",
    "wall.asked": "asked for a wall between {title} and the matter {matter}",
    "wall.up": "put up a wall between {title} and this matter, as {by} asked: {because}",
    "wall.dropped": "dropped the question of a wall between {title} and the matter {matter}",
    "wall.lift_asked": "asked to take down the wall between {title} and this matter: {because}",
    "wall.down": "took down the wall between {title} and this matter: {because}",
    "emergency.asked": "asked to be let into {title} in an emergency: {because}",
    "emergency.opened": "let {title} in for an emergency until {until}: {because}",
    "emergency.ended": "ended the emergency for which {title} was let in",
    "request.logged": "logged the request {title}",
    "request.changed": "changed {changes}",
    "request.imported": "brought it in from row {number} of the spreadsheet {title}",
    "import.begun": "brought the spreadsheet {title} to be imported",
    "import.done": "imported {count} requests from the spreadsheet {title}",
    "import.undone": "took back the whole import of the spreadsheet {title}: {because}",
    "import.dropped": "gave up importing the spreadsheet {title}",
    "import.failed": "could not import the spreadsheet {title}: {why}",
    "requests.exported": "took a list of {count} requests of this matter away as a file: {filters}",
    "request.given": "made {to} responsible for the request {title}",
    "track.added": "added {title} as a recipient",
    "tracking_number.added": "added the tracking number {title}",
    "event.logged": "logged {title}",
    "event.changed": "changed {changes}",
    "event.withdrawn": "withdrew {title}: {because}",
    "event.chosen": "chose {title} as the one that counts: {because}",
    "appeal.logged": "logged the appeal {title}",
    "production.logged": "logged the production {title}",
    "search.noted": "noted what {title} says of a search",
    "search.withdrawn": "took back what was noted that {title} says of a search: {because}",
    "pace.recorded": "recorded the pace of production {title}",
    "lawsuit.recorded": "recorded the lawsuit {title}",
    "party.recorded": "recorded the party {title}",
    "appearance.recorded": "recorded the appearance of {title}",
    "service.recorded": "recorded service on {title}",
    "docket_entry.recorded": "recorded docket entry {title}",
    "docket.taken_in": "took in a docket paper, {title}: {says}",
    "docket.begun": "began to take in a docket paper, {title}",
    "docket.failed": "could not take in a docket paper, {title}: {why}",
    "filing.recorded": "recorded the filing {title}",
    "order_date.recorded": "recorded the order date {title}",
    "waiting_deadline.recorded": "recorded the waiting deadline {title}",
    "hearing.recorded": "recorded the hearing {title}",
    "hearing.moved": "moved the hearing {title} from {was} to {now}, because {because}",
    "hearing.cancelled": "noted that the hearing {title} of {was} is off, because {because}",
    "task.made": "planned {title}",
    "task.done": "did {title}",
    "task.withdrawn": "gave up {title}",
    "task.assigned": "gave {title} to {to}",
    "duties.handed_over": "handed {count} of {title} over to {to}: {says}",
    "record.changed": "changed {changes}",
    "deadline.made": "noted the deadline “{title}”, due {due}, because {because}",
    "deadline.moved": "moved the deadline “{title}” from {was} to {due}, because {because}",
    "deadline.withdrawn": "took off the deadline “{title}” of {was}, because {because}",
    "deadline.done": "noted the deadline “{title}” as done on {on}: {how}",
    "deadline.confirmed": "confirmed {title}",
    "deadline.checked": "double-checked {title}",
    "deadline.assigned": "gave {title} to {to}",
    "deadline.overridden": "set {title} to {due}: {because}",
    "closure.entered": "entered the closure {title}: {because}",
    "closure.withdrawn": "took back the closure {title}: {because}",
    "law.changed": "brought every date into step with the law files {title}",
    "declaration.made": "began the {title}",
    "declaration.changed": "changed {title}",
    "declaration.given": "made {to} responsible for the {title}",
    "declaration.note_accepted": "let a finding stand, {title}: {because}",
    "declaration.note_taken_back": "took back the reason for {title}",
    "declaration.checked": "looked through a file of the filing of {title}: {says}",
    "declaration.cleared": "cleared a file of the filing of {title} ({found}): {because}",
    "declaration.packaged": "made the filing package of {title}, {fingerprint}",
    "declaration.returned": "took back the {title} from Word: {says}",
    "declaration.translated": "wrote the English of {title}",
    "template.written": "wrote version {number} of the office's own {title}",
    "template.approved": "approved version {number} of the office's own {title}",
    "template.withdrawn": "withdrew version {number} of the office's own {title}",
    "declaration.signed_off": "signed off the {title}",
    "declaration.sign_off_void": "made the sign-off of {title} void: {because}",
    "document.added": "added the document {title}",
    "document.opened": "opened the document {title}",
    "letter.made": "made {title} as a PDF",
    "letter.opened": "opened {title}",
    "letter.begun": "began the letter {title}",
    "letter.changed": "changed the letter {title}: {parts}",
    "letter.handed_in": "handed in the letter {title} for release",
    "letter.sent_back": "sent back the letter {title}: {because}",
    "letter.released": "released the letter {title}",
    "letter.released_under": "released the letter {title}, as {by} allowed until {until}",
    "letter.release_void": "changed the letter {title} after its release, which is void since",
    "letter.given_up": "gave up the letter {title}: {because}",
    "letter.sent": "recorded that the letter {title} was sent on {on}: {how}",
    "permission.given": "allowed {to} to release letters without asking until {until}: {kinds}",
    "permission.taken_back": "no longer lets {to} release letters without asking: {because}",
    "reminder.sent": "reminded {to} of {title}",
    "reminder.failed": "could not reach {to} about {title}: {why}",
    "reminder.escalated": "turns to {to} about {title}, as {whose} was told and {why}",
    "reminder.acknowledged": "knows of {title}",
    "reminder.snoozed": "wants to hear of {title} again on {on}",
    "policy.changed": "changed how {title} is reminded of: {changes}",
    "organisation.recorded": "recorded the organisation {title}",
    "contact.recorded": "recorded the contact {title}",
    "agency.recorded": "recorded the agency {title}",
}


def check(what: str, facts: Mapping[str, object]) -> None:
    """Raise KeyError where a tag is unknown or lacks a fact its sentence needs."""
    needed = {name for _, name, _, _ in Formatter().parse(SENTENCES[what]) if name}
    if missing := needed - facts.keys():
        raise KeyError(f"{what} needs {', '.join(sorted(missing))}")


def sentence(what: str, facts: Mapping[str, object]) -> str:
    """Return what was done as the end of a sentence that begins with a name."""
    return SENTENCES[what].format_map(dict(facts))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


# One encoder for all: making one for each entry costs more than encoding it.
_ENCODE = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
).encode


def canonical(entry: Mapping[str, object]) -> bytes:
    """Return the one byte form of an entry that its seal is made over."""
    return _ENCODE(entry).encode()


def seal(key: bytes, before: str, entry: Mapping[str, object]) -> str:
    """Return the HMAC-SHA-256 over the entry and the seal before it, as 64 hex digits."""
    return seal_of(key, before, canonical(entry))


def sealer(key: bytes) -> Callable[[str, bytes], str]:
    """Return what seals as `seal_of` does with one key, in half the time: for many on end.

    HMAC (RFC 2104) hashes the key's two paddings first; here that is done once and copied.
    """
    short = key if len(key) <= 64 else hashlib.sha256(key).digest()
    inner, outer = (
        hashlib.sha256(bytes(each ^ pad for each in short.ljust(64, b"\0"))) for pad in (0x36, 0x5C)
    )

    def seal(before: str, sealed: bytes) -> str:
        first, second = inner.copy(), outer.copy()
        first.update(before.encode() + b"\n" + sealed)
        second.update(first.digest())
        return second.hexdigest()

    return seal


def seal_of(key: bytes, before: str, sealed: bytes) -> str:
    """Return the seal over an entry that is in its canonical form already."""
    return hmac.digest(key, before.encode() + b"\n" + sealed, "sha256").hex()
