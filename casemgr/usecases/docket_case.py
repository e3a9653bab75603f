"""A lawsuit as a docket paper tells it: its number, its judge, its parties, and their sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlmodel import select

from casemgr.db.tables import Lawsuit, Party
from casemgr.dockets.shapes import CaseRead
from casemgr.domain.words import PartyRole, Side
from casemgr.usecases import litigation, parties
from casemgr.usecases.litigation import LawsuitInput
from casemgr.usecases.parties import PartyInput
from casemgr.usecases.work import Work


def new_lawsuit(work: Work, matter_id: str, case: CaseRead, court_id: str) -> Lawsuit:
    """Record the lawsuit of a case with its parties; `court_id` where the paper does not say."""
    lawsuit = litigation.record_lawsuit(
        work,
        matter_id,
        LawsuitInput(
            court_id=case.court_id or court_id,
            docket_number=case.docket_number,
            title=case.title[:300] or case.docket_number,
            judge=case.judge[:200],
            magistrate=case.magistrate[:200],
            filed_on=case.filed_on if case.filed_on and case.filed_on <= work.today else None,
        ),
    )
    named: set[str] = set()
    for position, (role, name) in enumerate(_parties(case), start=1):
        if name not in named:
            named.add(name)
            party = PartyInput(role=role, name=name[:300], position=position)
            parties.record_party(work, lawsuit.id, party)
    return lawsuit


def _parties(case: CaseRead) -> Iterator[tuple[PartyRole, str]]:
    for each in case.parties:
        role = _ROLES.get(each.role.casefold())
        if role is not None and each.name:
            yield role, each.name


_ROLES: Mapping[str, PartyRole] = {
    "plaintiff": PartyRole.PLAINTIFF,
    "petitioner": PartyRole.PLAINTIFF,
    "consolidated plaintiff": PartyRole.PLAINTIFF,
    "defendant": PartyRole.DEFENDANT,
    "respondent": PartyRole.DEFENDANT,
    "consolidated defendant": PartyRole.DEFENDANT,
    "amicus": PartyRole.AMICUS,
}
_SIDES = {PartyRole.PLAINTIFF: Side.OURS, PartyRole.DEFENDANT: Side.THEIRS}


def sides_of(work: Work, lawsuit: Lawsuit, case: CaseRead) -> tuple[tuple[str, Side], ...]:
    """Return the names that filers go by, and whose side each is on."""
    return tuple(_who(work, lawsuit, case))


def _who(work: Work, lawsuit: Lawsuit, case: CaseRead) -> Iterator[tuple[str, Side]]:
    for party in work.session.exec(select(Party).where(Party.lawsuit_id == lawsuit.id)):
        side = _SIDES.get(party.role)
        if side is not None:
            for name in (party.name, *party.aliases):
                yield name, side
    for role, name in _parties(case):
        if role in _SIDES:
            yield name, _SIDES[role]
