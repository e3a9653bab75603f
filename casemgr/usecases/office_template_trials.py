"""Try the office's own template on the facts of a real paper, and make a kept paper once more."""

from __future__ import annotations

import json
from functools import cache

from casemgr.db import doors
from casemgr.db.tables import Letter, OfficeTemplate
from casemgr.domain.access import Right
from casemgr.errors import Malformed, WrongMoment
from casemgr.files.store import Store
from casemgr.letters import agency_letters, court_papers, filing_facts
from casemgr.letters import facts as paper
from casemgr.letters.render import Rendered, render
from casemgr.letters.shelf import our_templates, with_parts
from casemgr.usecases import office_templates
from casemgr.usecases.letters import Opens
from casemgr.usecases.work import Work

TRIAL = "TRIAL of version {number} – not approved"
NOT_USED = (
    "The letter {title} is not made from {name}, so it shows nothing of this version. Choose "
    "another letter."
)


def try_on(opens: Opens, template_id: str, letter_id: str) -> Rendered:
    """Make a paper as this version would print it, from the facts of a letter one may read.

    Every page says that it is a trial; nothing is kept.
    """
    with opens(reads_only=True) as work:
        row = office_templates.opened(work, template_id)
        letter = doors.letter(work.session, work.actor, letter_id, Right.READ, work.today)
        template, sources = _used(work, row, letter)
    facts = facts_of(letter)
    mark = TRIAL.format(number=row.number)
    return render(template, facts.plain(), title=letter.title, draft=mark, sources=sources)


def approve(
    opens: Opens, template_id: str, letter_id: str, *, version: int | None = None
) -> OfficeTemplate:
    """Approve a version that prints a real paper; one that cannot is refused with the reason."""
    with opens(reads_only=True) as work:
        office_templates.refuse_own(work, office_templates.opened(work, template_id))
    try_on(opens, template_id, letter_id)
    with opens() as work:
        return office_templates.approve(work, template_id, version=version)


def again(opens: Opens, store: Store, letter_id: str, *, draft: str | None = None) -> Rendered:
    """Make a kept letter once more from the templates and facts it remembers.

    With the template version it names, it says the very same; another version is seen in the
    result's `template_version`. `draft` is the mark that stood on its pages.
    """
    with opens(reads_only=True) as work:
        letter = doors.letter(work.session, work.actor, letter_id, Right.READ, work.today)
    sources: dict[str, str] = {}
    if letter.template_sha256 is not None:
        sources = json.loads(store.read(letter.template_sha256))
    facts = facts_of(letter)
    return render(
        template_of(letter), facts.plain(), title=letter.title, draft=draft, sources=sources
    )


def template_of(letter: Letter) -> str:
    """Return the file name of the template a letter was made from."""
    return letter.template_version.partition("@")[0]


def facts_of(letter: Letter) -> paper.Paper:
    """Return the facts a letter was made from, read as strictly as when it was made."""
    known = _kinds()
    template = template_of(letter)
    if template not in known:
        raise WrongMoment("We do not know any more what this letter was made from.")
    return paper.read(known[template], letter.facts)


@cache
def _kinds() -> dict[str, type[paper.Paper]]:
    """Return the facts of every paper, by the template that prints them."""
    modules = (paper, agency_letters, court_papers, filing_facts)
    classes = [each for module in modules for each in vars(module).values()]
    return {
        each.TEMPLATE: each
        for each in classes
        if isinstance(each, type) and issubclass(each, paper.Paper) and "TEMPLATE" in vars(each)
    }


def _used(work: Work, row: OfficeTemplate, letter: Letter) -> tuple[str, dict[str, str]]:
    template = template_of(letter)
    own = {**office_templates.sources_for(work, template), row.name: row.source}
    if row.name not in with_parts(template, {**our_templates(), **own}):
        raise Malformed({"letter_id": NOT_USED.format(title=letter.title, name=row.name)})
    return template, own
