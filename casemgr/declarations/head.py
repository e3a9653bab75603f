"""The head of a paper: its court, docket number, parties, title, and who declares."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casemgr.declarations.courts import court_of
from casemgr.declarations.lines import Line
from casemgr.declarations.names import (
    NAME,
    NAME_OF_ONE_LINE,
    SHORT_NAME,
    same_person,
    spelled,
    without_honours,
)
from casemgr.declarations.paper import Caption

_HEAD, _WIDE = 20_000, 2_000  # signs in which a head, and one of its lines, must show itself
_VERB = (
    r"(?:declare|state|certify|verify|affirm|depose|swear|attest|aver|do\s+say|make\s+(?:this|the)|"
    r"submit\s+this|am\s+over|solemnly|declaro)"
)
_THIRD = r"(?:declares|deposes|states|affirms|says|certifies|swears|attests|avers|being)"
# The name of a party stands before what it is in the case, and a declarant's does not.
_A_SIDE = (
    r"\b(?:Plaintiff|Petitioner|Defendant|Respondent|Appell|Debtor)\w*(?:-\w+)?[,.]?(?:\n|\s{2,})"
)
_OPENINGS = (
    re.compile(
        rf"\b(?:I|l|Yo),\s+(?:(?:the\s+undersigned|el\s+abajo\s+firmante),?\s+)?(?P<name>{SHORT_NAME})"
        rf"(?=[,\s](?:(?!\n\n)[\s\S]){{0,400}}?\b{_VERB}\b)"
    ),
    re.compile(
        rf"(?:^|\n)(?P<name>{NAME_OF_ONE_LINE})(?=,\s(?:(?!\n\n|{_A_SIDE})[\s\S]){{0,400}}?\b{_THIRD}\b)"
        r"(?!\s*,\s*et\s+al)"
    ),
    re.compile(rf"\b[Mm]y\s+(?:full\s+)?name\s+is\s+(?P<name>{NAME})"),
    re.compile(rf"\bI,\s+(?:the\s+undersigned,?\s+)?(?P<name>{NAME})(?=,)"),
    re.compile(rf"\b[Tt]he\s+undersigned,\s+(?P<name>{NAME})(?=,)"),
)
_KIND = r"(?:DECLARATION|AFFIDAVIT|AFFIRMATION|CERTIFICATION|VERIFIED\s+STATEMENT|DECLARACI[OÓ]N)"
_TITLE = re.compile(rf"\b{_KIND}\b", re.IGNORECASE)
_BEFORE_TITLE = re.compile(
    r"^(?:(?:AMENDED|CORRECTED|SUPPLEMENTAL|SECOND|THIRD|FOURTH|FIFTH|FIRST|REPLY|REBUTTAL|SWORN|"
    r"UNSWORN|EXPERT|ATTORNEY|JOINT|PUBLIC|REDACTED|(?:PLAINTIFF|DEFENDANT|PETITIONER|RESPONDENT)"
    r"S?['’]?S?['’]?)\s*)+$",
    re.IGNORECASE,
)
_NOT_TITLE = re.compile(
    r"^(?:Date|Time|Judge|Hearing|Courtroom|Ctrm|Dept|Before|Hon\b|The Hon|Place|Trial|Action|"
    r"Filed|ECF|Case|Civil|Civ\.|No\.|Index|Related|Complaint|(?:Plaintiff|Defendant)s?[,.]?$|"
    r"v\.|vs\.|Assigned|Magistrate|\[?Filed|Re:|STATE OF|COMMONWEALTH OF|COUNTY OF|ss\b|\)|Docket|"
    r"District of Columbia|City of|[IVX]+\.\s+[A-Z])",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s+(?:IN\s+(?:SUPPORT|OPPOSITION|RESPONSE|RE|REPLY|FURTHER|CONNECTION|COMPLIANCE|LIEU)|"
    r"REGARDING|PURSUANT|CONCERNING|ON\s+BEHALF|AS\s+TO|RE\b|FOR\b|UNDER|OF\s+THE|SUPPORTING|"
    r"OPPOSING|SUBMITTED|WITH|AND\s+EXHIBIT|ATTACHING|TO\b|DATED|ON\s|EN\s+APOYO|"
    r"CHIEF|DIRECTOR|INFORMATION)",
    re.IGNORECASE,
)
_COLUMN = re.compile(
    r"\s+\)+(?=\s|$)|^\)+(?=\s|$)|(?<=[,.])\)+(?=\s|$)|(?<![CR]\.)\s+[:§│](?=\s|$)|^[:§│](?=\s|$)"
    r"|\s{3,}"
)

_LABEL = (
    r"(?:(?:Civ(?:il|\.)?|C\.?)\s*(?:Action|A\.)|Civ(?:il|\.)\s+Case|Civil|Case|Index|Docket|Cause|"
    r"Action|Master\s+File|File|Appeal|Court\s+File|Adv(?:ersary)?\.?\s+Proc(?:eeding)?\.?|MDL|"
    r"Civ\.|CASE|NO)\.?"
)
_INITIALS = (
    r"(?:-[A-Za-z]{2,5}){0,4}(?:\s?[A-Z]{2,4}(?:[-/][A-Z]{2,4})*(?=\s*(?:$|\()))?"
    r"(?:\s?\([A-Z][A-Za-z]{1,4}\))*"
)
_NUMBERS = (
    re.compile(
        r"\b(\d{1,2}\s?:\s?\d{2}\s?-?\s?(?:cv|cr|mc|md|mj|bk|ap|misc|CV|CR|MC|MD|CIV|Civ|civ)\s?-?\s?"
        r"\d{3,6}(?:-[A-Za-z]{1,5}){0,4}(?:\s?\([A-Z]{2,4}\))*)"
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
    re.compile(r"\bN(?:o|O)\.\s*(\d{2}\s?-?\s?[A-Z]{1,2}\s?-?\s?\d{3,6})\b"),
    re.compile(r"\b((?:[A-Z]{1,4}\s?)\d{2}[-–]\d{3,6}(?:\s+[A-Z]{2,4})*)\b"),
)
_NUMBERED = re.compile(
    r"(?:Civ\w*\.?\s|Case|Index|C\.A\.|Docket)?\s*(?:Action\s*)?Nos?\.", re.IGNORECASE
)
_SIDES = re.compile(
    r"(?P<ours>.{3,1500}?)[,;.]?\s+(?P<role>Plaintiff|Petitioner|Appell|Movant|Claimant)\w*"
    r"(?:[\s,/-]+\w*(?:Appell|Petition|Counter|Plaintiff|Respond)\w*)*[\s,;.]*"
    r"(?:[-–—\s]*(?:v|vs|versus|against)\b[.\s–—-]*)(?P<theirs>.{3,1500}?)[,;.]?\s+"
    r"(?:Defendant|Respondent|Appell)\w*",
    re.DOTALL | re.IGNORECASE,
)


_BARE_SIDES = re.compile(
    r"(?P<ours>[A-Z][A-Z.,'’&\- ]{2,150}?)\s+v\.\s+(?P<theirs>[A-Z][A-Z.,'’&\- ]{2,150})(?=\s|$)"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the first paragraph, and the line with which the body begins."""

    caption: Caption
    court: str | None
    title: str
    declarant: str
    opening: str
    body: int  # the line after the head and the opening's own beginning
    found: bool  # an opening was found


def read_head(lines: Sequence[Line]) -> Head:
    """Read the head of a paper: everything up to the words with which somebody declares."""
    at, name = _opening(lines)
    head = lines[:at] if at is not None else lines[: _first_number(lines)]
    head = [replace(each, text=each.text[:_WIDE]) for each in head[-300:]]
    title, of_title = _title(head)
    text = "\n".join(each.text for each in lines)
    end = text[max(text.casefold().rfind("perjury"), len(text) - 1500) :]
    named = without_honours(name) or _signed_name(title, end) or _of_title(title)
    again = _signed_name(title, end)
    if again and named.casefold() not in end.casefold() and same_person(named, again):
        named = again  # the scanner misread it in the opening
    if re.search(r"(?:Plaintiff|Defendant)s?[,.]|et\s+a[lI]\.", title) and named:
        title = re.split(rf"(?<={re.escape(named.upper())})", title, maxsplit=1)[0]
    whole = " ".join(each.text for each in head)
    number = _docket_number(head)
    caption = Caption(whole, _parties(head, of_title), number, _is_caption(whole))
    return Head(
        caption=caption,
        court=court_of(_ahead_of_title(head)),
        title=title,
        declarant=spelled(named, text),
        opening="",
        body=at if at is not None else _first_number(lines),
        found=at is not None,
    )


def _opening(lines: Sequence[Line]) -> tuple[int | None, str]:
    """Return the line in which the declarant begins to declare, and the name given there."""
    text, starts = "", []
    for line in lines[:400]:
        starts.append(len(text))
        text += ("\n\n" if line.gap > 3 else "\n") + line.text[:_WIDE]
        if len(text) > _HEAD:
            break
    for pattern in _OPENINGS:
        for found in pattern.finditer(text):
            name = without_honours(found["name"])
            if re.search(r"UNITED STATES|COURT|DISTRICT|DEPARTMENT|NETWORK|AGENCY", name.upper()):
                continue
            begins = found.start() + len(found[0]) - len(found[0].lstrip())
            return max(0, bisect_right(starts, begins) - 1), name
    return None, ""


def _first_number(lines: Sequence[Line]) -> int:
    titled = next((at for at, each in enumerate(lines) if _TITLE.search(each.text)), 0)
    for at, line in enumerate(lines[titled:], start=titled):
        if re.match(r"(?:¶\s*)?\(?(?:1|[Il]\))[.)]?\s", line.text + " ") and at > titled:
            return at
    return min(len(lines), titled + 1)


def cells(line: Line) -> list[str]:
    """Return what stands side by side in a line of a caption.

    >>> cells(Line("NETWORK, et al.,   :   DECLARATION OF"))
    ['NETWORK, et al.,', 'DECLARATION OF']
    """
    return [part.strip() for part in _COLUMN.split(line.text) if part.strip()]


def _title(head: Sequence[Line]) -> tuple[str, frozenset[tuple[int, str]]]:
    """Return the title, its lines put together, and which cells of which lines they were."""
    for at in range(len(head) - 1, -1, -1):
        row = cells(head[at])
        for column, part in enumerate(row):
            if _TITLE.search(part) and _may_title(part):
                words = _whole_title(head, at, part, beside=_beside(head[at], row, column))
                title = re.sub(r"\s+", " ", " ".join(word for _, word in words)).strip(" ,:;")
                return title, frozenset(words)
    return "", frozenset()


def _may_title(part: str) -> bool:
    found = _TITLE.search(part)
    assert found is not None
    large = part[: found.end()].upper() == part[: found.end()]
    begins = found.start() == 0 or _BEFORE_TITLE.match(part[: found.start()].strip())
    return large or bool(begins and part[:1].isupper())


def _beside(line: Line, row: list[str], column: int) -> bool:
    return column > 0 or bool(_COLUMN.match(line.text)) or len(row) > 1


def _whole_title(
    head: Sequence[Line], at: int, part: str, *, beside: bool
) -> list[tuple[int, str]]:
    words = [(at, part)]
    large = part == part.upper()
    column = head[at].indent + head[at].text.find(part)
    for below, line in enumerate(head[at + 1 :], start=at + 1):
        row = cells(line)
        if beside and not _COLUMN.search(line.text) and line.indent < column - 12:
            break
        more = row[-1] if row else ""
        if beside and line.indent + line.text.rfind(more) < column - 12:
            more = ""
        if beside and not more:
            continue
        if not more or _NOT_TITLE.match(more) or (large and more != more.upper()):
            if beside and re.match(r"(?:v|vs)\.|(?:Plaintiff|Defendant)s?[,.]?$", more):
                continue
            break
        if not beside and line.gap > 1:
            break
        words.append((below, more))
    for above in range(at - 1, -1, -1):
        row = cells(head[above])
        if not row or not _BEFORE_TITLE.match(row[-1]) or row[-1] in {"PLAINTIFF", "DEFENDANT"}:
            break
        words.insert(0, (above, row[-1]))
    return words


def _signed_name(title: str, end: str) -> str:
    """Return the name in a title that stands again at the end of the paper, where it is signed."""
    found = re.search(rf"{_KIND}\s+(?:OF|DE)\s+(.+)", title, re.IGNORECASE)
    words = found[1].split()[:6] if found else []
    for size in range(len(words), 1, -1):
        name = " ".join(words[:size]).strip(",")
        pattern = r"\s+".join(re.escape(word) for word in name.split())
        if re.search(pattern, end, re.IGNORECASE):
            return without_honours(name)
    return ""


def _of_title(title: str) -> str:
    found = re.search(rf"{_KIND}\s+(?:OF|DE)\s+(.+)", title, re.IGNORECASE)
    if not found:
        return ""
    cut = re.split(r"[,;(]", _AFTER_NAME.split(found[1])[0])[0]
    return without_honours(cut) if len(cut.split()) <= 7 else ""


def _ahead_of_title(head: Sequence[Line]) -> str:
    return " ".join(each.text for each in head[:80])[:8000]


def _is_caption(text: str) -> bool:
    return bool(
        re.search(r"\bCOURT\b|TRIBUNAL|BOARD OF", text, re.IGNORECASE)
        and re.search(
            r"\bv\s?s?\.|against|versus|In re|Matter of|[-–]\s*v\s*[-–]", text, re.IGNORECASE
        )
    )


def _docket_number(head: Sequence[Line]) -> str | None:
    """Return the docket number that the caption prints, without its label."""
    related = re.compile(r"related|relates to|lead case|consolidated", re.IGNORECASE)
    rows = [each for each in head if not related.search(each.text)]
    for text in (*_rows(rows), " ".join(each.text for each in rows)):
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


def _parties(head: Sequence[Line], of_title: frozenset[tuple[int, str]]) -> tuple[str, ...]:
    left = [
        row[0]
        for at, row in enumerate(map(cells, head))
        if row
        and (at, row[0]) not in of_title
        and not _NUMBERED.match(row[0])
        and not _COLUMN.match(head[at].text)
    ]
    text = re.sub(r"\s\)+(?=\s)", " ", " ".join(left)[:6000])
    for pattern in _NUMBERS[:3]:
        text = re.sub(rf"(?:{_LABEL}\s*N(?:o|O)s?\.?\s*:?\s*)?{pattern.pattern}", " ", text)
    text = re.sub(r"\s+", " ", text)
    pieces = [piece for piece in reversed(_AFTER_COURT.split(text)) if piece]
    found = next((hit for piece in pieces if (hit := _SIDES.search(piece))), None)
    found = found or _BARE_SIDES.search(pieces[0] if pieces else "")
    if not found:
        return ()
    named = (*_split(found["ours"]), *_split(found["theirs"]))
    return tuple(dict.fromkeys(each for each in named if 2 < len(each) < 160))


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
