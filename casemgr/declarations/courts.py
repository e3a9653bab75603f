"""Which court a caption names, as its courts-db id."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

_DIVISIONS = {
    "NORTHERN": "n", "SOUTHERN": "s", "EASTERN": "e", "WESTERN": "w", "MIDDLE": "m", "CENTRAL": "c",
}  # fmt: skip
_CIRCUITS = {
    "FIRST": "ca1", "SECOND": "ca2", "THIRD": "ca3", "FOURTH": "ca4", "FIFTH": "ca5",
    "SIXTH": "ca6", "SEVENTH": "ca7", "EIGHTH": "ca8", "NINTH": "ca9", "TENTH": "ca10",
    "ELEVENTH": "ca11", "DISTRICTOFCOLUMBIA": "cadc", "DC": "cadc", "FEDERAL": "cafc",
}  # fmt: skip
_OF_ONE_NAME = (
    ("SUPREMECOURTOFTHEUNITEDSTATES", "scotus"),
    ("UNITEDSTATESSUPREMECOURT", "scotus"),
    ("COURTOFFEDERALCLAIMS", "uscfc"),
    ("COURTOFINTERNATIONALTRADE", "cit"),
    ("UNITEDSTATESTAXCOURT", "tax"),
    ("COURTOFAPPEALSFORVETERANSCLAIMS", "cavc"),
    ("FOREIGNINTELLIGENCESURVEILLANCECOURTOFREVIEW", "fiscr"),
    ("FOREIGNINTELLIGENCESURVEILLANCECOURT", "fisc"),
    ("JUDICIALPANELONMULTIDISTRICTLITIGATION", "jpml"),
)
_SAME = {"the", "of", "for", "and", "in", "state", "county", "commonwealth", "city"}


@dataclass(frozen=True, slots=True)
class _Known:
    districts: dict[tuple[str, str], str]  # (division's letter or "", state) to id
    states: tuple[str, ...]  # as letters, the longest first
    names: tuple[tuple[str, str, Counter[str]], ...]  # id, state, the words of the court's name


def court_of(head: str) -> str | None:
    """Return the courts-db id of the court at the head of a paper; None where none is named.

    >>> court_of("IN THE UNITED STATES DISTRICT COURT FOR THE DISTRICT OF COLUMBIA")
    'dcd'
    >>> court_of("United States Court of Appeals for the Second Circuit")
    'ca2'
    """
    letters = re.sub(r"[^A-Z]", "", head.upper())
    return _appeals(letters) or _named(letters) or _district(letters) or _state_court(head)


def _appeals(letters: str) -> str | None:
    at = letters.find("UNITEDSTATESCOURTOFAPPEALS")
    if at < 0:
        return None
    # A caption of an appeal may also name the court appealed from: only what follows counts.
    near = letters[at : at + 90]
    found = re.search(rf"({'|'.join(_CIRCUITS)})CIRCUIT", near)
    return _CIRCUITS[found[1]] if found else None


def _named(letters: str) -> str | None:
    if "COURT" not in letters and "PANEL" not in letters:
        return None
    return next((court for name, court in _OF_ONE_NAME if name in letters[:2000]), None)


def _district(letters: str) -> str | None:
    known = _known()
    states = "|".join(known.states)
    pattern = (
        rf"({'|'.join(_DIVISIONS)})?(?:DISTRICT|DISTRICTCOURT|COURT)(?:OF|FOR)(?:THE)?({states})"
    )
    courts = [each.start() for each in re.finditer("DISTRICTCOURT|BANKRUPTCYCOURT", letters)]
    best: tuple[int, str] | None = None
    for found in re.finditer(pattern, letters):
        court = known.districts.get((_DIVISIONS.get(found[1] or "", ""), found[2]))
        if court is None:
            continue
        far = min((abs(found.start() - at) for at in courts), default=None)
        if far is None and not found[1]:
            continue
        if best is None or (far or 0) < best[0]:
            best = (far or 0, court)
    if best is None or best[0] > 400:
        return None
    if "BANKRUPTCYCOURT" in letters and "DISTRICTCOURT" not in letters:
        return best[1][:-1] + "b"
    return best[1]


def _state_court(head: str) -> str | None:
    words = Counter(re.findall(r"[a-z]+", head.casefold()))
    if not (words["court"] or words["courts"]) or words["immigration"]:
        return None
    best: tuple[int, str] | None = None
    for court, state, name in _known().names:
        if all(words[word] >= count for word, count in name.items()) and state in head.casefold():
            size = name.total()
            if best is None or size > best[0]:
                best = (size, court)
    return best[1] if best else None


@cache
def _known() -> _Known:
    """Read courts-db once; loaded only where a paper is read, for it is two megabytes."""
    import courts_db  # noqa: PLC0415 - see above

    courts: list[dict[str, Any]] = courts_db.load_courts_db()
    districts: dict[tuple[str, str], str] = {}
    for each in courts:
        code, state = str(each["id"]), re.sub(r"[^A-Z]", "", str(each.get("location")).upper())
        state = "DISTRICTOFCOLUMBIA" if code == "dcd" else state
        if each.get("system") == "federal" and re.fullmatch(r"[a-z]{2}[a-z]?d", code):
            districts[(code[2] if len(code) == 4 else "", state)] = code
    districts[("", "COLUMBIA")] = "dcd"
    states = sorted({state for _, state in districts}, key=len, reverse=True)
    names = tuple(_name(each) for each in courts if each.get("system") == "state")
    return _Known(districts, tuple(states), tuple(each for each in names if each[2].total() > 1))


def _name(court: dict[str, Any]) -> tuple[str, str, Counter[str]]:
    words = re.findall(r"[a-z]+", str(court["name"]).casefold())
    state = str(court.get("location") or "").casefold()
    return str(court["id"]), state, Counter(each for each in words if each not in _SAME)
