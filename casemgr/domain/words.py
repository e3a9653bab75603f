"""The closed lists of the house: every kind, state and role, by the name the field uses."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person does in the office."""

    STUDENT = "student"
    STAFF = "staff"
    ATTORNEY = "attorney"
    ADMINISTRATOR = "administrator"
    GUEST = "guest"  # co-counsel: reads one matter


class TokenScope(StrEnum):
    """What a program may do with an API token, within what its person may."""

    READ = "read"
    WRITE = "write"


class WayIn(StrEnum):
    """How somebody proved who they are when they signed in."""

    PASSWORD = "password"  # noqa: S105  # a word, and nobody's
    PASSKEY = "passkey"
    SINGLE_SIGN_ON = "sso"
    LINK = "link"  # a demonstration's


class Asked(StrEnum):
    """What a browser is to come back with."""

    NEW_PASSKEY = "new_passkey"
    PASSKEY = "passkey"
    SINGLE_SIGN_ON = "sso"


class Side(StrEnum):
    """Whose duty or paper it is."""

    OURS = "ours"
    THEIRS = "theirs"
    COURT = "court"


class Certainty(StrEnum):
    """How surely a day is known."""

    EXACT = "exact"
    ABOUT = "about"
    MONTH = "month"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How good the source of a fact is."""

    A = "A"  # stated in a primary document
    B = "B"  # a press release, the news, an advocate's page
    C = "C"  # inferred, or known but not read again
    OURS = "ours"  # entered by a person of this office


class EventKind(StrEnum):
    """What can happen to a track or a lawsuit; the first block feeds a component's clock."""

    RECEIVED_BY_DESIGNATED = "received_by_designated"
    RECEIVED = "received"
    INFORMATION_REQUEST = "information_request"
    INFORMATION_REPLY_RECEIVED = "information_reply_received"
    FEE_QUESTION = "fee_question"
    FEE_REPLY_RECEIVED = "fee_reply_received"
    EXTENSION_NOTICE = "extension_notice"
    EXPEDITION_REQUESTED = "expedition_requested"
    EXPEDITION_DECIDED = "expedition_decided"
    DETERMINATION = "determination"
    APPEAL_SENT = "appeal_sent"
    APPEAL_RECEIVED = "appeal_received"
    APPEAL_DETERMINATION = "appeal_determination"
    SUIT_FILED = "suit_filed"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    INFORMATION_REPLY_SENT = "information_reply_sent"
    FEE_ESTIMATE = "fee_estimate"
    FEE_REPLY_SENT = "fee_reply_sent"
    STILL_INTERESTED = "still_interested"
    INTEREST_REPLY_SENT = "interest_reply_sent"
    ROUTED = "routed"
    REFERRED = "referred"
    CONSULTED = "consulted"
    FEE_WAIVER_REQUESTED = "fee_waiver_requested"
    FEE_WAIVER_DECIDED = "fee_waiver_decided"
    CALL = "call"
    LETTER = "letter"
    RECORDS_PRODUCED = "records_produced"
    OGIS = "ogis"
    CHECKED = "checked"  # somebody of the office read whether it is a proper request
    HAPPENED = "happened"  # anything else worth a line in the timeline


CLOCK_EVENTS = frozenset(list(EventKind)[:16])


class ClosureOf(StrEnum):
    """What an office enters as closed on a day although no statute makes it a holiday."""

    CLERK_INACCESSIBLE = "clerk_inaccessible"  # of one court: Rule 6(a)(3) runs on
    AGENCY_CLOSED = "agency_closed"  # of one agency, or of all: the law counts the day; a reading


class Outcome(StrEnum):
    """How an agency decided."""

    GRANTED = "granted"
    PARTIAL = "partial"
    DENIED = "denied"
    NO_RECORDS = "no_records"
    GLOMAR = "glomar"
    IMPROPER = "improper"


class EntryKind(StrEnum):
    """What a docket entry is, as far as dates follow from it."""

    COMPLAINT = "complaint"
    ANSWER = "answer"
    MOTION = "motion"
    OPPOSITION = "opposition"
    REPLY = "reply"
    RECONSIDERATION = "reconsideration"
    ORDER = "order"
    OPINION = "opinion"
    JUDGMENT = "judgment"
    STIPULATION = "stipulation"
    NOTICE_OF_APPEAL = "notice_of_appeal"
    FEE_MOTION = "fee_motion"
    DECLARATION = "declaration"
    MINUTE = "minute"
    LETTER = "letter"
    OTHER = "other"


class PeriodUnit(StrEnum):
    """What a court's period is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"


class AwaitedAct(StrEnum):
    """What must happen before a waiting deadline fires: to a paper, or that a hearing is set."""

    SERVICE = "service"
    FILING = "filing"
    ENTRY = "entry"
    RECEIPT = "receipt"
    DECISION = "decision"
    BEFORE_HEARING = "before_hearing"  # it is counted back from a hearing
    AFTER_HEARING = "after_hearing"


class PaperKind(StrEnum):
    """What sort of docket paper it is."""

    SHEET = "sheet"  # a docket sheet or history report saved from the court's site
    NOTICE = "notice"  # a notice of electronic filing
    SERVICE = "service"  # the answer of a docket service
    TABLE = "table"  # a table somebody typed


class PartyRole(StrEnum):
    """Where a party stands."""

    PLAINTIFF = "plaintiff"
    DEFENDANT = "defendant"
    AMICUS = "amicus"


class ServiceMethod(StrEnum):
    """How a paper was served; the words of `service` in law calls."""

    PERSONAL = "personal"
    MAIL = "mail"
    ELECTRONIC = "electronic"
    CLERK = "clerk"
    OTHER_CONSENTED = "other_consented"


class SendMethod(StrEnum):
    """How a letter went out."""

    MAIL = "mail"
    CERTIFIED_MAIL = "certified_mail"
    EMAIL = "email"
    PORTAL = "portal"
    FAX = "fax"
    HAND = "hand"
    UNKNOWN = "unknown"


class DeadlineState(StrEnum):
    """What a deadline is on a day."""

    NOT_YET = "not_yet"
    NOT_CONFIRMED = "not_confirmed"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    SUPERSEDED = "superseded"


class DeadlineKind(StrEnum):
    """Where a due date comes from: a rule, a court, or an attorney's reasoned override."""

    RULE = "rule"
    ORDER = "order"
    OVERRIDE = "override"


class ReminderState(StrEnum):
    """Where a reminder is on its way."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"  # fell due before the office used casemgr


class DeclarationKind(StrEnum):
    """What a declaration is for."""

    FACT = "fact"
    ATTORNEY = "attorney"
    EXPERT = "expert"
    SUMMARY_JUDGMENT = "summary_judgment"  # with the delay told from the clocks
    INJUNCTION = "injunction"  # in support of a preliminary injunction
    FEES = "fees"
    AGENCY = "agency"


class Lettering(StrEnum):
    """How a declaration's exhibits get their letters."""

    FIXED = "fixed"  # as somebody gave them
    FIRST_MENTION = "first_mention"  # A is the first one that a paragraph cites


class Frozen(StrEnum):
    """Why the words of a version stand for good."""

    SENT = "sent"  # for the witness to read
    SIGNED_OFF = "signed_off"
    NAMED = "named"  # by hand
    SUPERSEDED = "superseded"  # a new version was begun from it


class LetterKind(StrEnum):
    """The documents made from templates."""

    FOIA_REQUEST = "foia_request"
    DECLARATION = "declaration"
    DEADLINE_REPORT = "deadline_report"
    DEADLINE_PROOF = "deadline_proof"
    PROOF_OF_SENDING = "proof_of_sending"
    QUESTION_REPLY = "question_reply"
    STILL_INTERESTED = "still_interested"
    STATUS_INQUIRY = "status_inquiry"
    APPEAL_DENIAL = "appeal_denial"
    APPEAL_SEARCH = "appeal_search"
    APPEAL_FEE_WAIVER = "appeal_fee_waiver"
    APPEAL_EXPEDITION = "appeal_expedition"
    CONSTRUCTIVE_DENIAL = "constructive_denial"
    OGIS = "ogis"
    COMPLAINT = "complaint"
    COVER_SHEET = "cover_sheet"
    SUMMONS = "summons"
    PROOF_OF_SERVICE = "proof_of_service"
    CERTIFICATE_OF_SERVICE = "certificate_of_service"
    NOTICE_OF_MOTION = "notice_of_motion"
    STATUS_REPORT = "status_report"


class DraftState(StrEnum):
    """How far a letter is on its way out of the office."""

    DRAFT = "draft"
    WAITING = "waiting"  # for an attorney, who releases it or sends it back
    RELEASED = "released"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


class Tone(StrEnum):
    """How a status inquiry asks: the first time, again, or for the last time before suing."""

    FIRST = "first"
    SECOND = "second"
    LAST = "last"


class SaidIn(StrEnum):
    """Which sort of paper says something of a search."""

    REQUEST = "request"
    AGREEMENT = "agreement"
    ORDER = "order"
    DECLARATION = "declaration"
    LETTER = "letter"  # of the agency


class Every(StrEnum):
    """How often so many pages are owed."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"


class PagesCounted(StrEnum):
    """Which pages count towards a pace: all that were gone through, or those we got."""

    PROCESSED = "processed"
    RELEASED = "released"


class FixedBy(StrEnum):
    """Who fixed a pace."""

    ORDER = "order"
    AGREEMENT = "agreement"


class FeeCategory(StrEnum):
    """How an agency may charge a requester, 5 U.S.C. § 552(a)(4)(A)(ii)."""

    COMMERCIAL = "commercial"
    EDUCATIONAL = "educational"
    NEWS_MEDIA = "news_media"
    OTHER = "other"


class MatterStatus(StrEnum):
    """Whether the office still works on it."""

    OPEN = "open"
    CLOSED = "closed"


class TaskState(StrEnum):
    """What became of a plan."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Intake(StrEnum):
    """By which of the two ways a request comes into the office."""

    SENT = "sent"  # the letter is out: it is logged
    NEW = "new"  # it is still to be written


class RequestStage(StrEnum):
    """How far a request has come with all its components together, as lists show it."""

    NOT_STARTED = "not_started"  # nothing shows that any component has it
    WAITING = "waiting"  # a component has it and has not decided
    DECIDED = "decided"  # whoever has it has decided
    CLOSED = "closed"  # every component is done with it


class ViewShare(StrEnum):
    """Who sees a saved view beside the person who made it."""

    PRIVATE = "private"
    MATTER = "matter"
    OFFICE = "office"


class TakingState(StrEnum):
    """Where a docket paper is on its way into a docket."""

    WAITING = "waiting"
    READING = "reading"
    TAKING = "taking"  # its entries are added and their dates counted
    DONE = "done"
    FAILED = "failed"


class ImportState(StrEnum):
    """Where a spreadsheet is on its way into a matter."""

    READING = "reading"
    MATCHING = "matching"  # waits for somebody to say what its columns mean
    CHECKING = "checking"
    CHECKED = "checked"  # waits for somebody to look and start it
    IMPORTING = "importing"
    IMPORTED = "imported"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"
    DROPPED = "dropped"  # given up before it was imported
