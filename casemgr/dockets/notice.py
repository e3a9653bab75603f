"""Read a notice of electronic filing: the e-mail a court's filing system sends for each filing.

One notice may cover several cases; each gets its own entry, with its own number. Links in it are
read for the number the court files the paper under, and never followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from casemgr.dockets.shapes import (
    CaseRead,
    EntryRead,
    PaperRead,
    Unreadable,
    court_day,
    decoded,
    filed_under,
    plain,
)
from casemgr.domain.words import PaperKind

NOT_ONE = (
    "This is no notice of electronic filing: it does not say which case and which docket text. "
    "Save the whole e-mail as .eml and try again."
)
_COURT = re.compile(r"@(?:[a-z0-9-]+\.)*?(?P<court>[a-z0-9]+)\.uscourts\.gov$", re.IGNORECASE)
_FILED = re.compile(r"\bfiled on\s+(\d{1,2}/\d{1,2}/\d{2,4})", re.IGNORECASE)
_ENTERED = re.compile(r"\bon\s+(\d{1,2}/\d{1,2}/\d{2,4})\s+at\b", re.IGNORECASE)
_LABELS = (
    "Case Name", "Case Number", "Filer", "Judge", "Document Number", "Docket Text",
    "Document description", "WARNING",
)  # fmt: skip
_LABEL = re.compile(rf"(?P<label>{'|'.join(_LABELS)}):", re.IGNORECASE)
# What ends the last docket text: the list of whom the court mailed it to, or of its files.
_AFTER = re.compile(
    r"\S+ (?:Notice has been|has been) (?:electronically mailed|delivered)|"
    r"The following document\(s\) are associated|Notice will not be electronically mailed",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+:\d{2}-[a-z]{2}-\d+", re.IGNORECASE)
_LINK = re.compile(r"⟨(?P<href>[^⟩]*)⟩")
_FILED_UNDER = re.compile(r"/doc1/(\d{9,14})")


def is_notice(data: bytes) -> bool:
    """Say whether bytes look like such a notice, without reading it."""
    head = data[:200_000]
    return b"Notice of Electronic Filing" in head or b"Activity in Case" in head


def read_notice(data: bytes) -> PaperRead:
    """Read a notice saved as an e-mail, or its text alone; `Unreadable` where it is none."""
    message = message_from_bytes(data, policy=policy.default)
    text = _text(message) if message.keys() else decoded(data)
    sender = parseaddr(str(message.get("From", "")))[1]
    court = _COURT.search(sender)
    court_id = court["court"].lower() if court else ""
    cases = tuple(_cases(plain(text), plain(str(message.get("Subject", ""))), court_id))
    if not cases:
        raise Unreadable(NOT_ONE)
    return PaperRead(
        kind=PaperKind.NOTICE,
        cases=cases,
        sender=sender,
        doubts=() if court else (_doubt(sender),),
    )


def _doubt(sender: str) -> str:
    said = f"It says it is from {sender}, which is" if sender else "It names no sender, so it is"
    return (
        f"{said} not from a court's address. Anybody can write such an e-mail: look at the court's "
        "own docket before you rely on it."
    )


# --- the e-mail as text: links stand after their words, in ⟨ ⟩


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("html", "plain"))
    if body is None:
        raise Unreadable(NOT_ONE)
    raw = body.get_payload(decode=True)
    assert isinstance(raw, bytes)
    if body.get_content_type() == "text/html":
        return _of_markup(decoded(raw))
    return decoded(raw)


def _of_markup(source: str) -> str:
    # Only the process that reads a paper needs it: a server starts without.
    from lxml import html as markup  # noqa: PLC0415

    root = markup.document_fromstring(f"<div>{source}</div>")
    for each in root.xpath("//script | //style"):
        each.drop_tree()
    for link in root.xpath("//a[@href]"):
        link.tail = f" ⟨{link.get('href')}⟩ {link.tail or ''}"
    for block in root.xpath("//p | //br | //tr | //td | //div"):
        block.tail = f"\n{block.tail or ''}"
    return str(root.text_content())


# --- its cases


def _cases(said: str, subject: str, court_id: str) -> Iterator[CaseRead]:
    filed_on = _first_day(_FILED, said) or _first_day(_ENTERED, said)
    entered_on = _first_day(_ENTERED, said)
    blocks = [dict(_fields(block)) for block in re.split(r"(?=Case Name:)", said)[1:]]
    short = _short(subject, [each.get("case name", "") for each in blocks])
    for fields in blocks:
        number = _NUMBER.search(fields.get("case number", ""))
        text_of = fields.get("docket text", "")
        if number is None or not text_of or filed_on is None:
            continue
        yield CaseRead(
            court_id=court_id,
            docket_number=number[0],
            title=_title(fields["case name"]),
            entries=(
                EntryRead(
                    number=_entry_number(fields.get("document number", "")),
                    filed_on=filed_on,
                    entered_on=entered_on,
                    says=plain(_LINK.sub("", text_of)).replace("# (", "("),
                    short=short,
                    court_document=_filed_under(fields.get("document number", "")),
                ),
            ),
        )


def _first_day(pattern: re.Pattern[str], text: str) -> date | None:
    found = pattern.search(text)
    return court_day(found[1]) if found else None


def _fields(block: str) -> Iterator[tuple[str, str]]:
    """Return what each label of a block is followed by, up to the next label."""
    marks = list(_LABEL.finditer(block))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        said = block[mark.end() : after.start() if after else len(block)]
        if mark["label"].lower() == "docket text":
            said = _to_the_end(block[mark.end() :])
            yield "docket text", said
            return
        yield mark["label"].lower(), said.strip()


def _to_the_end(said: str) -> str:
    """Return a docket text: it may itself hold words that look like a label."""
    end = _AFTER.search(said)
    return said[: end.start()] if end else said


def _entry_number(said: str) -> int | None:
    found = re.match(r"\s*(\d{1,5})\b", said)
    return int(found[1]) if found else None


def _filed_under(said: str) -> str:
    link = _LINK.search(said)
    found = _FILED_UNDER.search(link["href"]) if link else None
    return filed_under(found[1]) if found else ""


def _title(named: str) -> str:
    return plain(re.sub(r" et al\.?(?= v\.| *$)", "", plain(_LINK.sub("", named))))


def _short(subject: str, names: Iterable[str]) -> str:
    """Return the kind of filing that the subject line ends with, after the name of a case."""
    for name in names:
        _, found, after = subject.partition(plain(_LINK.sub("", name)) or subject)
        if found and after.strip():
            return after.strip()
    return ""
