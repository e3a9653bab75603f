"""The docket report: every open date of a matter, person by person, unconfirmed dates first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from casemgr.db import court_lists, lists
from casemgr.domain.words import DeadlineState, LetterKind, Side
from casemgr.letters.court_papers import DateLine, DocketReportFacts, PersonDates
from casemgr.usecases.letters import Gather, Paper
from casemgr.usecases.views import matters
from casemgr.usecases.views.deadlines import Shown, listed
from casemgr.usecases.work import Work

NOBODY = "Nobody yet"
OPEN = frozenset({DeadlineState.NOT_CONFIRMED, DeadlineState.DUE, DeadlineState.OVERDUE})


def gather(matter_id: str, office: str) -> Gather:
    """Return what gathers the docket report of a matter as of today."""

    def gathered(work: Work) -> Paper:
        facts = report(work, matter_id, office)
        title = f"Docket report of {facts.matter} as of {work.today.isoformat()}"
        return Paper(LetterKind.DEADLINE_REPORT, title[:300], facts, matter_id)

    return gathered


def report(work: Work, matter_id: str, office: str) -> DocketReportFacts:
    """Return the open dates of a matter for each who answers for them; nobody's come first."""
    seen, matter = matters.head(work, matter_id)
    shown = [each for each in listed(seen, lists.DEADLINES) if each.state in OPEN]
    return DocketReportFacts(
        office=office,
        matter=matter.line.title,
        docket_number=next(
            iter(seen.rows(court_lists.LAWSUITS, lambda _, cited: str(cited))), None
        ),
        as_of=work.today,
        people=tuple(_people(shown)),
    )


def _people(found: Sequence[Shown]) -> Iterator[PersonDates]:
    by: dict[str, list[Shown]] = {}
    for each in sorted(found, key=lambda one: (one.line.due or date.max, one.line.title)):
        by.setdefault(each.line.owner or NOBODY, []).append(each)
    for name in sorted(by, key=lambda one: (one != NOBODY, one)):
        unsure = [each for each in by[name] if each.state is DeadlineState.NOT_CONFIRMED]
        sure = [each for each in by[name] if each.state is not DeadlineState.NOT_CONFIRMED]
        yield PersonDates(
            name=name,
            unconfirmed=tuple(map(_line, unsure)),
            others=tuple(map(_line, sure)),
        )


def _line(each: Shown) -> DateLine:
    line = each.line
    return DateLine(
        due=line.due,
        title=line.title,
        about=line.agency or line.cited_as or "",
        whose="ours" if line.whose is Side.OURS else "theirs",
        state_says=each.tag.words,
    )
