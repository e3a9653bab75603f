"""The caption at the head of a paper: its docket number and the parties it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casemgr.declarations.lines import Line

COLUMN = re.compile(
    r"\s+\)+(?=\s|$)|^\)+(?=\s|$)|(?<=[,.])\)+(?=\s|$)|(?<![CR]\.)\s+[:§│](?=\s|$)|^[:§│](?=\s|$)"
    r"|\s{3,}"
)

_LABEL = (
    r"(?:(?:Civ(?:il|\.)?|C\.?)\s*(?:Action|A\.)|Civ(?:il|\.)\s+Case|Civil|Case|Index|Docket|Cause|"
    r"Action|Master\s+File|File|Appeal|Court\s+File|Adv(?:ersary)?\.?\s+Proc(?:eeding)?\.?|MDL|"
    r"Civ\.|CASE|NO)\.?"
)
_INITIALS = (
    r"(?:-[A-Za-z]{2,5}){0,4}(?:\s?[A-Z]{2,4}(?:[-/][A-Z]{2,4})*(?=\s*(?:$|\())|\s[A-Z]{2,3}/[A-Z]{2,4}\b)?"
    r"(?:\s?\([A-Z][A-Za-z]{1,4}(?:/[A-Z][A-Za-z]{1,4})?\))*"
)
_NUMBERS = (
    re.compile(
        r"\b(\d{1,2}\s?:\s?\d{2}\s?-?\s?(?:cv|cr|mc|md|mj|bk|ap|misc|CV|CR|MC|MD|CIV|Civ|civ)\s?-?\s?"
        r"\d{3,6}(?:-[A-Za-z]{1,5}){0,4}(?:\s?\([A-Z]{2,4}(?:/[A-Z]{2,4})?\))*)"
    ),
    re.compile(
        r"\b([O\d]{2}[\s-]{0,3}(?:Civ\.|CIV\.?|Civ|civ\.?|Cv\.?|CV|cv|C\.V\.|Misc\.|MC|mc|MDL|Cr\.|cr|"
        r"Crim\.)[\s-]{0,3}(?:No\.\s*)?\d{1,6}" + _INITIALS + ")"
    ),
    re.compile(
        rf"{_LABEL}\s*(?:(?:Case\s+)?N(?:os|umber|o|OS|O|UM)\s?[.:]*|#)\s*[:.]?\s*"
        r"((?:[A-Z]{1,4}[\s.-]*)?(?:\d{1,2}:)?\d{1,4}\s?[-–—/]?\s?(?:[A-Za-z]{1,4}[-\s]?)?\d{2,7}"
        r"(?:[-/]\d{2,6})?(?:-[A-Z]{1,4}){0,3}" + _INITIALS + ")",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bN(?:os|o|OS|O)\.\s*:?\s*((?:[A-Z]{1,4}[\s.-]*)?(?:\d{1,2}:)?\d{2}\s?[-–]\s?"
        r"(?:[a-z]{2}[-\s]?)?\d{2,6}(?:-[A-Za-z]{2,4}){0,3}" + _INITIALS + ")"
    ),
    re.compile(r"\b((?:CV|Cv|CIV|Civ\.?)[\s-]\d{2}[\s-]\d{3,6}" + _INITIALS + ")"),
    re.compile(r"\bN(?:o|O)\.\s*(\d{2}\s?-?\s?[A-Z]{1,2}\s?-?\s?\d{3,6})\b"),
    re.compile(r"\b((?:[A-Z]{1,4}\s?)\d{2}[-–]\d{3,6}(?:\s+[A-Z]{2,4})*)\b"),
)
_NUMBERED = re.compile(
    r"(?:Civ\w*\.?\s|Case|Index|C\.A\.|Docket)?\s*(?:Action\s*)?Nos?\.", re.IGNORECASE
)
# What the court's own hand adds beside the parties: a bare number, its judges, its way of filing.
_OF_THE_COURT = re.compile(
    r"(?:(?:\d{1,2}:)?\d{2}|[A-Z]{2,4})[\s-](?:Civ\.?|cv|CV|\d{2})[\s-]+\d{2,6}\b|\(?[A-Z][\w'’-]+,\s+(?:M\.)?J\.\)?$|"
    r"\(?ECF\s+(?:CASE|Case)|(?:Hon\.|Judge|Magistrate\s+Judge)\s"
)
# The words between the sides; taken whole, so that no text has many ways of being them.
_VERSUS = re.compile(
    r"[,;.]?\s+(?:Plaintiff|Petitioner|Appell|Movant|Claimant)\w*"
    r"(?>[\s,/-]+\w*(?:Appell|Petition|Counter|Plaintiff|Respond)\w*)*+[\s,;.]*"
    r"(?:[-–—\s]*(?:v|vs|versus|against)\b[.\s–—-]*)",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    r"(?P<theirs>.{3,1500}?)[,;.]?\s+(?:Defendant|Respondent|Appell)\w*", re.DOTALL | re.IGNORECASE
)
_SHORTEST_SIDE, _LONGEST_SIDE = 3, 1_500  # signs


_BARE_SIDES = re.compile(
    r"(?P<ours>[A-Z][A-Z.,'’&\- ]{2,150}?)\s+v\.\s+(?P<theirs>[A-Z][A-Z.,'’&\- ]{2,150})(?=\s|$)"
)


def cells(line: Line) -> list[str]:
    """Return what stands side by side in a line of a caption.

    >>> cells(Line("NETWORK, et al.,   :   DECLARATION OF"))
    ['NETWORK, et al.,', 'DECLARATION OF']
    """
    return [part.strip() for part in COLUMN.split(line.text) if part.strip()]


def is_caption(text: str) -> bool:
    return bool(
        re.search(r"\bCOURT\b|TRIBUNAL|BOARD OF", text, re.IGNORECASE)
        and re.search(
            r"\bv\s?s?\.|against|versus|In re|Matter of|[-–]\s*v\s*[-–]", text, re.IGNORECASE
        )
    )


def docket_number(head: Sequence[Line]) -> str | None:
    """Return the docket number that the caption prints, without its label."""
    related = re.compile(r"related|relates to|lead case|consolidated", re.IGNORECASE)
    rows = [each for each in head if not related.search(each.text)]
    court = next((at for at, each in enumerate(rows) if "COURT" in each.text.upper()), 0)
    return (_number_in(rows[court:]) if court > 1 else None) or _number_in(rows)


def _number_in(rows: Sequence[Line]) -> str | None:
    beside = " ".join(cells(each)[-1] for each in rows if cells(each))
    for text in (*_rows(rows), beside, " ".join(each.text for each in rows)):
        for pattern in _NUMBERS[:-1]:
            if found := pattern.search(text):
                return _tidy(found[1])
    for text in _rows(rows):
        if (found := _NUMBERS[-1].search(text)) and not re.search(
            r"\bSt|Ave|Suite|Room|Bar\b", text
        ):
            return _tidy(found[1])
    return None


def _rows(rows: Sequence[Line]) -> Iterator[str]:
    for each in rows:
        yield from cells(each)


def _tidy(number: str) -> str:
    tidy = re.sub(r"\s+", " ", number).strip(" -,.;")
    tidy = re.sub(r"\s*([:-])\s*", r"\1", tidy)
    tidy = re.sub(r"^(\d)O(?=[-\s])|^O(\d)", lambda m: f"{m[1] or ''}0{m[2] or ''}", tidy)
    return re.sub(r"\s+(?:Hon|Judge|Date|Plaintiff|Defend|DECL|Decl|and|ECF|The|Case)$", "", tidy)


_AFTER_COURT = re.compile(
    r"(?:SOUTHERN|NORTHERN|EASTERN|WESTERN|MIDDLE|CENTRAL)\s+DISTRICT\s+OF\s+\w+(?:\s+(?:YORK|"
    r"JERSEY|MEXICO|HAMPSHIRE|CAROLINA|DAKOTA|VIRGINIA))?|DISTRICT\s+OF\s+(?:(?:NEW|NORTH|SOUTH|WEST|"
    r"RHODE|PUERTO)\s+\w+|\w+)|"
    r"(?:SAN\s+\w+|\w+)\s+DIVISION|"
    r"COUNTY\s+OF\s+(?:(?:NEW|LOS|SAN|SANTA|CONTRA|EL)\s+)?\w+|\bAT\s+(?:SEATTLE|TACOMA|\w+VILLE)|\w+\s+CIRCUIT\b",
    re.IGNORECASE,
)


def parties(head: Sequence[Line], of_title: frozenset[tuple[int, str]]) -> tuple[str, ...]:
    left = [
        row[0]
        for at, row in enumerate(map(cells, head))
        if row
        and (at, row[0]) not in of_title
        and not _NUMBERED.match(row[0])
        and not _OF_THE_COURT.match(row[0])
        and not COLUMN.match(head[at].text)
    ]
    text = re.sub(r"\s\)+(?=\s)", " ", " ".join(left)[:6000])
    for pattern in _NUMBERS[:3]:
        text = re.sub(rf"(?:{_LABEL}\s*N(?:o|O)s?\.?\s*:?\s*)?{pattern.pattern}", " ", text)
    text = re.sub(r"\s+", " ", text)
    pieces = [piece for piece in reversed(_AFTER_COURT.split(text)) if piece]
    sides = next((hit for piece in pieces if (hit := _sides(piece))), None)
    bare = None if sides else _BARE_SIDES.search(pieces[0] if pieces else "")
    sides = (bare["ours"], bare["theirs"]) if bare else sides
    named = [name for side in sides or () for name in _split(side)]
    return tuple(dict.fromkeys(each for each in named if 2 < len(each) < 160))


def _sides(text: str) -> tuple[str, str] | None:
    """Return who stands before "Plaintiff, v." and who behind it, up to what they are.

    >>> _sides("ROSA VEGA, Plaintiff, v. BUREAU OF LAMPS, Defendant.")
    ('ROSA VEGA', 'BUREAU OF LAMPS')
    """
    for versus in _VERSUS.finditer(text):
        ours = text[max(0, versus.start() - _LONGEST_SIDE) : versus.start()]
        theirs = _THEIRS.match(text, versus.end())
        if len(ours) >= _SHORTEST_SIDE and theirs:
            return ours, theirs["theirs"]
    return None


_AFTER_PARTY = re.compile(
    r"\s+\d|,?\s+Civil\s+Action|,?\s+et\s+a[lI1]\b|,\s+(?:in\s+(?:his|her|their|its)|solely)"
)


def _split(side: str) -> Iterator[str]:
    for part in re.split(r";\s*(?:and\s+)?|,\s+and\s+(?=[A-Z])", side):
        name = re.split(_AFTER_PARTY, part)[0]
        name = re.sub(r"^and\s+|,?\s+and$|[-_x]{3,}", "", name.strip(" ,.:;-–)(")).strip(
            " ,.:;-–)("
        )
        if re.search(r"[A-Za-z]{3}", name):
            yield re.sub(r"\s+", " ", name)
