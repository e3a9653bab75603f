"""The head of a paper: its court, docket number, parties, title, and who declares."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from casemgr.declarations.caption import COLUMN, cells, docket_number, is_caption, parties
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
    r"\b(?:Plaintiff|Petitioner|Defendant|Respondent|Appell|Debtor)\w*(?:-\w+)?[,.]?(?:\s\))*"
    r"(?:\n|\s{2,}|\s(?:v|vs)\.\s)"
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
    re.compile(rf"(?:^|\n)(?P<name>{NAME_OF_ONE_LINE}),?\s+(?:hereby\s+|solemnly\s+)*{_THIRD}\b"),
    re.compile(rf"\b[Mm]y\s+(?:full\s+)?name\s+is\s+(?P<name>{NAME})"),
    re.compile(rf"\bI,\s+(?:the\s+undersigned,?\s+)?(?P<name>{NAME})(?=,)"),
    re.compile(rf"\b[Tt]he\s+undersigned,\s+(?P<name>{NAME})(?=,)"),
)
_KIND = r"(?:DECLARATION|AFFIDAVIT|AFFIRMATION|CERTIFICATION|VERIFIED\s+STATEMENT|DECLARACI[OÓ]N)"
_TITLE = re.compile(rf"\b{_KIND}\b", re.IGNORECASE)
_BEFORE_TITLE = re.compile(
    r"^(?:(?:AMENDED|CORRECTED|SUPPLEMENTAL|SECOND|THIRD|FOURTH|FIFTH|FIRST|REPLY|REBUTTAL|SWORN|"
    r"UNSWORN|EXPERT|ATTORNEY|JOINT|PUBLIC|REDACTED|(?:PLAINTIFF|DEFENDANT|PETITIONER|RESPONDENT)"
    r"(?>S?['’]?S?['’]?))\s*)+$",
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
    if named and re.search(
        r"(?:Plaintiff|Defendant|Respondent|Petitioner)s?[,.]|et\s+a[lI]\.", title
    ):
        title = re.split(rf"(?<={re.escape(named.upper())})", title, maxsplit=1)[0]
    whole = " ".join(each.text for each in head)
    number = docket_number(head)
    caption = Caption(whole, parties(head, of_title), number, is_caption(whole))
    return Head(
        caption=caption,
        court=court_of(_ahead_of_title(head)),
        title=title,
        declarant=spelled(named, text),
        opening="",
        body=at if at is not None else _first_number(lines),
        found=at is not None,
    )


_NO_PERSON = re.compile(
    r"UNITED STATES|COURT|DISTRICT|DEPARTMENT|NETWORK|AGENCY|\bJUDGE|BUREAU|DECLARATION|AFFIDAVIT|"
    r"OFFICE OF|BOARD OF|DEFENDANT|PLAINTIFF|^OF\s"
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
            if _NO_PERSON.search(name.upper()):
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


def _title(head: Sequence[Line]) -> tuple[str, frozenset[tuple[int, str]]]:
    """Return the title, its lines put together, and which cells of which lines they were."""
    for at in range(len(head) - 1, -1, -1):
        row = cells(head[at])
        for column, part in enumerate(row):
            if _TITLE.search(part) and _may_title(part):
                words = _whole_title(head, at, part, beside=_beside(head[at], row, column))
                title = _in_one(word for _, word in words)
                return title, frozenset(words)
    return "", frozenset()


def _in_one(words: Iterable[str]) -> str:
    """Return the lines of a title as one: "CROSS-" and "MOTION" are one word."""
    title = re.sub(r"\s+", " ", " ".join(words)).strip(" ,:;")
    title = re.sub(r"(?<=[A-Za-z]-)\s(?=[A-Z])", "", title)
    return re.sub(r"(?:\s+\d{1,2}\.?){2,}$", "", title)  # numbers of lines


def _may_title(part: str) -> bool:
    found = _TITLE.search(part)
    assert found is not None
    large = part[: found.end()].upper() == part[: found.end()]
    begins = found.start() == 0 or _BEFORE_TITLE.match(part[: found.start()].strip())
    return large or bool(begins and part[:1].isupper())


def _beside(line: Line, row: list[str], column: int) -> bool:
    return column > 0 or bool(COLUMN.match(line.text)) or len(row) > 1


def _whole_title(
    head: Sequence[Line], at: int, part: str, *, beside: bool
) -> list[tuple[int, str]]:
    words = [(at, part)]
    large = part == part.upper()
    column = head[at].indent + head[at].text.find(part)
    for below, line in enumerate(head[at + 1 :], start=at + 1):
        row = cells(line)
        if beside and not COLUMN.search(line.text) and line.indent < column - 12:
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
