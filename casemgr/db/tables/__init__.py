"""Every table, so that whoever imports this package has the whole schema."""

from casemgr.db.tables.closures import Closure
from casemgr.db.tables.columns import Edited, Sourced
from casemgr.db.tables.deadlines import Deadline, Reminder
from casemgr.db.tables.declarations import (
    AcceptedNote,
    Declaration,
    DeclarationVersion,
    Exhibit,
    Paragraph,
    SignOff,
)
from casemgr.db.tables.docket_takings import DocketTaking
from casemgr.db.tables.documents import Blob, Document, Letter
from casemgr.db.tables.drafts import RequestDraft
from casemgr.db.tables.events import Event
from casemgr.db.tables.feeds import CalendarFeed, FeedSubscriber
from casemgr.db.tables.filings import FilingCheck, Translation
from casemgr.db.tables.history import Heartbeat, HistoryEntry, HistoryHead
from casemgr.db.tables.holds import LegalHold
from casemgr.db.tables.imports import ImportRow, SpreadsheetImport
from casemgr.db.tables.letters import LetterDraft, LetterRelease, Sending
from casemgr.db.tables.litigation import (
    Appearance,
    DocketEntry,
    DocketLine,
    DocketPaper,
    Filing,
    Hearing,
    Lawsuit,
    LawsuitStatus,
    LawsuitTrack,
    OrderDate,
    Party,
    RelatedLawsuit,
    Service,
)
from casemgr.db.tables.matters import Flag, Matter, Task
from casemgr.db.tables.office_templates import OfficeTemplate
from casemgr.db.tables.organisations import Agency, Contact, Court, Organisation
from casemgr.db.tables.origins import Origin
from casemgr.db.tables.people import (
    ApiToken,
    Attempt,
    Membership,
    Office,
    PasswordLink,
    Person,
    RecoveryCode,
    SecondFactor,
    SignIn,
    SignInLink,
)
from casemgr.db.tables.productions import ProductionPace
from casemgr.db.tables.reminders import ReminderHours, ReminderPolicy
from casemgr.db.tables.repeats import Answered
from casemgr.db.tables.requests import (
    Appeal,
    FoiaRequest,
    Production,
    Recipient,
    Requester,
    RequestItem,
    Track,
    TrackingNumber,
)
from casemgr.db.tables.searches import SearchStatement
from casemgr.db.tables.standing_permissions import StandingPermission
from casemgr.db.tables.views import SavedView
from casemgr.db.tables.waiting import WaitingDeadline
from casemgr.db.tables.walls import Emergency, Wall
from casemgr.db.tables.ways_in import Challenge, LinkedAccount, Passkey
from casemgr.db.tables.webhooks import Webhook, WebhookDelivery

__all__ = [
    "AcceptedNote",
    "Agency", "Answered", "ApiToken", "Appeal", "Appearance", "Attempt", "Blob", "CalendarFeed",
    "Challenge", "Closure", "Contact", "Court", "Deadline", "Declaration", "DeclarationVersion",
    "DocketEntry", "DocketLine", "DocketPaper", "DocketTaking",
    "Document", "Edited", "Emergency", "Event", "Exhibit", "FeedSubscriber", "Filing",
    "FilingCheck", "Flag",
    "FoiaRequest", "Hearing", "Heartbeat", "HistoryEntry", "HistoryHead", "ImportRow", "Lawsuit",
    "LawsuitStatus",
    "LawsuitTrack", "LegalHold", "Letter", "LetterDraft", "LetterRelease", "LinkedAccount",
    "Matter", "Membership", "Office", "OfficeTemplate", "OrderDate", "Organisation", "Origin",
    "Paragraph", "Party",
    "Passkey", "PasswordLink", "Person", "Production", "ProductionPace",
    "Recipient", "RecoveryCode",
    "RelatedLawsuit", "Reminder", "ReminderHours", "ReminderPolicy", "RequestDraft", "RequestItem",
    "Requester", "SavedView",
    "SearchStatement", "SecondFactor", "Sending", "Service", "SignIn", "SignInLink", "SignOff",
    "Sourced",
    "SpreadsheetImport", "StandingPermission",
    "Task", "Track", "TrackingNumber", "Translation",
    "WaitingDeadline", "Wall", "Webhook", "WebhookDelivery",
]  # fmt: skip
