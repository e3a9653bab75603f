"""Read a declaration somebody else wrote, from its text, whatever its layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casemgr.declarations.closing import Closing, closing_starts, read_closing, signature_alone
from casemgr.declarations.exhibits import exhibits_of
from casemgr.declarations.flat import relined
from casemgr.declarations.head import Head, read_head
from casemgr.declarations.lines import Line, is_flat, joined, lines_of, stamped_number
from casemgr.declarations.numbering import is_heading, paragraphs_of
from casemgr.declarations.paper import Caption, Jurat, Paper
from casemgr.errors import Malformed

_FIRST = 60  # lines among which a caption stands
_LONG_CLOSING = 4_000  # signs in which an oath, its day and its place stand
LONGEST = 4_000_000  # signs: some thousand pages

NO_TEXT = (
    "This file holds no text that can be read, only pictures of pages or nothing at all. "
    "Save it with its text, or have the scanner recognise the words, and give it again."
)
NO_DECLARATION = (
    "This does not read like a declaration: nobody declares, swears or signs under penalty of "
    "perjury in it. Give the declaration itself, as text, PDF with text, or Word."
)
TOO_LONG = (
    "This text is longer than any declaration. Give the declaration alone, without its exhibits."
)

_INLINE = re.compile(
    r"(?<=[.?!:”\")\]])\s+(?=(?:\(?\d{1,3}[.)]|\([Il]\))\s+[“\"(]?[A-Z])(?<!No\.\s)(?<!Ex\.\s)(?<!Nos\.\s)(?<!v\.\s)"
)
_MONTHS = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)


def read_text(text: str) -> Paper:
    """Return what a declaration says; Malformed, with a sentence, where it is not one.

    Pages may be apart by form feeds; court stamps, page and line numbers are taken off.
    """
    if len(text) > LONGEST:
        raise Malformed({"file": TOO_LONG})
    lines = lines_of(text)
    if sum(len(each.text) for each in lines) < 40:
        raise Malformed({"file": NO_TEXT})
    flat = is_flat(lines)
    if flat:
        lines = relined(text)
    stamped = stamped_number(text)
    head = read_head(lines)
    body, closing, behind = _parts(lines, head)
    opening, rest = _opening(body, head)
    paragraphs = paragraphs_of(rest, reliable=not flat)
    if not paragraphs and not closing:
        raise Malformed({"file": NO_DECLARATION})
    caption = _numbered(head.caption, stamped, lines)
    begins = opening or _first_words(rest)
    end = read_closing(closing, begins[:_LONG_CLOSING], head.declarant)
    if not _is_declaration(head, end):
        raise Malformed({"file": NO_DECLARATION})
    return Paper(
        court=head.court,
        docket_number=caption.docket_number or stamped,
        title=head.title,
        declarant=head.declarant or _signer(closing),
        opening=opening,
        paragraphs=paragraphs,
        exhibits=exhibits_of(paragraphs, behind, closing),
        jurat=end.jurat,
        jurat_text=end.jurat_text,
        executed_on=end.executed_on,
        executed_at=end.executed_at,
        signed=end.signed,
        caption=caption,
        closing=closing,
        signature_alone=signature_alone(lines[: len(lines) - len(behind)], head.declarant),
    )


def _numbered(caption: Caption, stamped: str | None, lines: Sequence[Line]) -> Caption:
    """Give a caption the number on its stamp, where its own text prints that number too.

    A program that reads columns may put it behind the words with which the declarant begins.
    """
    if caption.docket_number or stamped is None:
        return caption
    printed = any(stamped in each.text for each in lines[:_FIRST])
    return replace(caption, docket_number=stamped) if printed else caption


def _parts(lines: Sequence[Line], head: Head) -> tuple[list[Line], str, list[Line]]:
    """Return the body, the closing as text, and the lines behind it (cover sheets, exhibits)."""
    after = list(_split_at_numbers(lines[head.body :]))
    text, starts = "", []
    for line in after:
        text += "\n" * (min(line.gap, 1) + 1 if text else 0)
        starts.append(len(text))
        text += line.text
    floor = starts[1] if len(starts) > 1 else 0
    at = closing_starts(text, floor)
    if at is None:
        return after, "", []
    cut = max(n for n, start in enumerate(starts) if start <= at)
    inside = after[cut].text[: at - starts[cut]].strip()
    body = after[:cut] + ([replace(after[cut], text=inside)] if inside else [])
    if re.fullmatch(r"¶?\s*\(?\d{1,3}[.)]", inside):
        # The oath is itself a numbered paragraph.
        sentence = re.search(r"\.\s", text[at:] + " ")
        end = at + (sentence.end() if sentence else len(text))
        body[-1] = replace(after[cut], text=f"{inside} {text[at:end]}".replace("\n", " ").strip())
    closing, behind = _behind(after[cut:], text[at:])
    return body, closing, behind


def _behind(lines: Sequence[Line], text: str) -> tuple[str, list[Line]]:
    """Part the closing from what stands behind it: the first cover sheet, or thirty lines on."""
    for at, line in enumerate(lines):
        if at and re.match(
            r"^\W*(?:EXHIBIT|Exhibit|ATTACHMENT|TAB)\s+[“\"]?\w{1,3}[”\"]?\W*$", line.text
        ):
            return text.split(line.text)[0][:_LONG_CLOSING], list(lines[at:])
        if at and re.match(r"(?:CERTIFICATE|PROOF)\s+OF\s+SERVICE", line.text):
            return text.split(line.text)[0][:_LONG_CLOSING], list(lines[at:])
    return text[:_LONG_CLOSING], list(lines[40:])


def _split_at_numbers(lines: Sequence[Line]) -> Iterator[Line]:
    """Begin a line where a number begins a paragraph in the middle of one."""
    for line in lines:
        parts = _INLINE.split(line.text)
        yield replace(line, text=parts[0])
        for part in parts[1:]:
            yield Line(part, line.indent, 0, line.page)


def _opening(body: Sequence[Line], head: Head) -> tuple[str, list[Line]]:
    """Part the opening words from the paragraphs; a numbered opening is a paragraph itself."""
    if not body:
        return "", []
    if not head.found or re.match(r"^(?:¶\s*)?\(?(?:\d{1,3}|[Il]\))[.)]?\s", body[0].text):
        return "", list(body)
    for at, line in enumerate(body):
        numbered = re.match(r"^(?:¶\s*)?\(?(?:1|[Il](?=\)))[.)]", line.text)
        if at and (numbered or at > 60):
            return _without_headings(body[:at]), list(body[at:])
    return _unnumbered_opening(body)


def _without_headings(opening: Sequence[Line]) -> str:
    last = len(opening)
    while last > 1 and is_heading(opening[last - 1]):
        last -= 1
    return joined(opening[:last])


def _unnumbered_opening(body: Sequence[Line]) -> tuple[str, list[Line]]:
    for at, line in enumerate(body):
        first = re.match(r"^(?:¶\s*)?\(?\d{1,3}[.)]\s", line.text)
        if at and (first or line.gap):
            return joined(body[:at]), list(body[at:])
    return joined(body), []


def _first_words(rest: Sequence[Line]) -> str:
    return joined(rest[:8])


def _is_declaration(head: Head, end: Closing) -> bool:
    titled = bool(re.search(r"DECLAR|AFFI|CERTIF|STATEMENT", head.title, re.IGNORECASE))
    return end.jurat is not Jurat.MISSING or titled or (head.found and bool(end.executed_on))


def _signer(closing: str) -> str:
    found = re.search(
        r"(?:/\s?[sS]\s?/|\bs/)\s*([A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]*){1,4})", closing
    )
    return re.sub(r"\b(.+)\s+\1$", r"\1", re.sub(r"\s+", " ", found[1])) if found else ""
