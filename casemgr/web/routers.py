"""Every page but those for signing in, which `casemgr.app` serves first."""

from fastapi import APIRouter

from casemgr.web import (
    account,
    calculator,
    calendar,
    calendar_feeds,
    closing,
    court_papers,
    deadlines,
    declaration_editor,
    declarations,
    docket_papers,
    documents,
    due,
    entries,
    exhaustion,
    filings,
    handover,
    hearings,
    help,
    history,
    imports,
    incoming,
    intake,
    intake_saved,
    lawsuit_records,
    lawsuits,
    letters,
    matters,
    opening,
    packages,
    people,
    places,
    productions,
    reminders,
    request_list,
    requests,
    responsible,
    rules,
    saved_views,
    seal,
    searches,
    services,
    walls,
)

NOUNS = (
    account,
    people,
    due,
    calendar_feeds,
    calendar,
    walls,  # before the page of a matter that takes whatever is left
    opening,
    closing,
    handover,
    packages,
    docket_papers,  # before the page of a matter that takes whatever is left
    exhaustion,  # before the page of a matter that takes whatever is left
    declaration_editor,  # before the page of a matter that takes whatever is left
    productions,  # before the page of a matter that takes whatever is left
    searches,  # before the page of a matter that takes whatever is left
    lawsuit_records,  # before the page of a matter that takes whatever is left
    matters,
    hearings,
    intake,  # before the page of a request that takes whatever is left
    intake_saved,
    court_papers,
    responsible,
    incoming,
    request_list,
    requests,
    services,
    entries,
    lawsuits,
    reminders,
    deadlines,
    filings,
    declarations,
    documents,
    letters,  # after the papers, whose addresses end in .pdf and .docx
    seal,
    history,
    help,
    rules,
    calculator,
    imports,
    saved_views,
    places,
)

PAGES: tuple[APIRouter, ...] = tuple(noun.router for noun in NOUNS)
