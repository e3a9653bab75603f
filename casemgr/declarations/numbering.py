"""Find the numbered paragraphs of a paper, and what stands among them without a number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casemgr.declarations.lines import Line, joined
from casemgr.declarations.paper import Para

# "6." "6)" "(6)" "¶ 6." at the beginning of a line; scanners read 1 as I or l.
_MARK = re.compile(
    r"^(?:(?P<sign>¶)\s*)?(?:\((?P<in>\d{1,3}|[Il])\)|(?P<n>\d{1,3})(?P<stop>[.)]))(?:\s+|(?=[A-Z“\"‘(\[])|$)"
    r"|^¶\s*(?P<bare>\d{1,3})\s+"
)
_SUB = re.compile(r"^(?:\(?[a-zA-Z]\)|[a-z]\.|\(?[ivxlc]{1,5}[.)]|[•▪●○◦■–—*-]\s|o\s)\s*")
_HEADING_MARK = re.compile(r"^(?:[IVXLC]{1,6}|[A-Z]|\d{1,2})\s*[.)]\s+\S")
_ENDED = re.compile(r"[.?!:;][\"”’')\]]*\s*(?:\d{1,3})?$")
_CLOSED = re.compile(r"[.?!][\"”’')\]]*\s*(?:\d{1,3})?$")
_SMALL = {"of", "the", "and", "in", "to", "for", "a", "an", "by", "on", "with", "from", "or", "at",
          "as", "under", "v.", "re", "its", "their"}  # fmt: skip
_FOOTNOTE = re.compile(r"^(?:\d{1,2}|\[\^?\d{1,2}\]:?|\^\d{1,2}|[*†‡])\s+[A-Z“\"]")


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int  # which line
    number: int
    rest: int  # where the words begin in that line
    style: str


def paragraphs_of(lines: Sequence[Line], reliable: bool = True) -> tuple[Para, ...]:
    """Return the paragraphs between opening and oath, in order.

    With `reliable` false the blank lines of the text mean nothing, so nothing is unnumbered.
    """
    marks = _chain(lines)
    if not marks:
        return tuple(_unnumbered_paper(lines))
    found: list[Para] = []
    heading = _heading_above(lines, marks[0].at)
    for at, mark in enumerate(marks):
        until = marks[at + 1].at if at + 1 < len(marks) else len(lines)
        first = lines[mark.at]
        body = [
            Line(first.text[mark.rest :], first.indent, 0, first.page),
            *lines[mark.at + 1 : until],
        ]
        pieces, following = _pieces([each for each in body if each.text], reliable)
        found.append(Para(mark.number, pieces[0] if pieces else "", None, heading))
        found += [Para(None, text, mark.number) for text in pieces[1:]]
        heading = following
    return tuple(_trusted(found))


def _trusted(found: list[Para]) -> Iterator[Para]:
    """Join what has no number to what has, where so much is without that the breaks mean nothing.

    A program that reads a page's picture or a web page's text breaks lines where it likes.
    """
    bare = sum(each.number is None for each in found)
    if bare <= max(2, 0.34 * (len(found) - bare)):
        yield from found
        return
    whole: list[Para] = []
    for each in found:
        if each.number is None and whole:
            last = whole[-1]
            whole[-1] = Para(last.number, f"{last.text} {each.text}", last.after, last.heading)
        else:
            whole.append(each)
    yield from whole


# --- the numbers


def _marks(lines: Sequence[Line]) -> Iterator[_Mark]:
    for at, line in enumerate(lines):
        found = _MARK.match(line.text)
        if not found:
            continue
        said = found["in"] or found["n"] or found["bare"]
        number = 1 if said in {"I", "l"} else int(said)
        style = "()" if found["in"] else "¶" if found["bare"] or found["sign"] else found["stop"]
        yield _Mark(at, number, found.end(), style)


def _chain(lines: Sequence[Line]) -> list[_Mark]:
    """Return the marks that number the paragraphs: the others are lists, quotes and accidents."""
    marks = list(_marks(lines))
    start = next((at for at, each in enumerate(marks) if each.number == 1), None)
    if start is None:
        start = 0 if marks and _begins(lines, marks[0]) else None
    if start is None:
        return []
    style = marks[start].style
    same = _Marks([each for each in marks[start:] if each.style == style])
    kept = [same.all[0]]
    inner = 0  # how far a list inside the paragraph has come
    for at, mark in enumerate(same.all[1:], start=1):
        last = kept[-1].number
        if mark.number == last + 1 and not _comes_again(lines, same, at, inner):
            kept.append(mark)
            inner = 0
        elif mark.number == inner + 1 and (inner or last > 1 or _deeper(lines, mark, kept[-1])):
            inner = mark.number
        elif _slip(lines, same, at, last):
            kept.append(mark)
            inner = 0
    return kept


class _Marks:
    """Marks of one style, and where each number stands among them."""

    def __init__(self, marks: list[_Mark]) -> None:
        self.all = marks
        self._places: dict[int, list[int]] = {}
        for at, mark in enumerate(marks):
            self._places.setdefault(mark.number, []).append(at)

    def next(self, number: int, after: int) -> int | None:
        """Return where a number comes next after a place; None where it does not."""
        places = self._places.get(number, [])
        at = bisect_right(places, after)
        return places[at] if at < len(places) else None


def _begins(lines: Sequence[Line], mark: _Mark) -> bool:
    """Say whether a mark may begin a paragraph: a sentence ended before it, one begins after."""
    words = lines[mark.at].text[mark.rest :] or (
        lines[mark.at + 1].text if mark.at + 1 < len(lines) else ""
    )
    if not re.match(r"[\"“‘'(\[]*[A-Z¿¡0-9\u0590-\u06ff]", words):
        return False
    if mark.at == 0 or lines[mark.at].gap:
        return True
    return bool(_ENDED.search(lines[mark.at - 1].text)) or is_heading(lines[mark.at - 1])


def _comes_again(lines: Sequence[Line], same: _Marks, at: int, inner: int) -> bool:
    """Say whether the number comes again before the next one, at a better place for a paragraph."""
    mark = same.all[at]
    again, following = same.next(mark.number, at), same.next(mark.number + 1, at)
    in_list = bool(inner) and inner + 1 == mark.number
    if again is None or (following is not None and following < again and not in_list):
        return False
    return in_list or (not _begins(lines, mark) and _begins(lines, same.all[again]))


def _deeper(lines: Sequence[Line], mark: _Mark, outer: _Mark) -> bool:
    return lines[mark.at].indent > lines[outer.at].indent + 2


def _slip(lines: Sequence[Line], same: _Marks, at: int, last: int) -> bool:
    """Say whether a number out of turn is a slip of numbering, not a figure in a sentence."""
    mark = same.all[at]
    if not _begins(lines, mark) or not lines[mark.at].text[mark.rest :].strip():
        return False
    one, two = (same.next(last + step, at) is not None for step in (1, 2))
    if mark.number == last:
        return one or two or at == len(same.all) - 1
    if last < mark.number <= last + 3:
        return not one
    # One figure mistyped: the paragraphs after it go on as if it were right.
    return two and not one


# --- the words


def _pieces(body: list[Line], reliable: bool) -> tuple[list[str], str]:
    """Return a paragraph's words, then those of each block without a number, then the heading."""
    blocks = _blocks(body) if reliable else [body]
    heading = ""
    while len(blocks) > 1 and _block_is_heading(blocks[-1]):
        heading = f"{joined(blocks.pop())} {heading}".strip()
    if reliable and len(blocks) == 1:
        blocks[0], heading = _trailing_heading(blocks[0])
    pieces: list[str] = []
    for block in blocks:
        if not block:
            continue
        words = _words(block)
        if not pieces:
            pieces.append(words)
        elif _block_is_heading(block):
            continue
        elif _goes_on(pieces[-1], block, body[0]):
            pieces[-1] = f"{pieces[-1]}\n{words}" if _SUB.match(words) else f"{pieces[-1]} {words}"
        elif not _FOOTNOTE.match(block[0].text):
            pieces.append(words)
    return pieces, heading


def _blocks(body: list[Line]) -> list[list[Line]]:
    """Return the body in blocks, at blank lines; in a text with one after each line, none."""
    gaps = [each.gap for each in body[1:]]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 0
    many = len(gaps) > 3 and usual > 0
    blocks: list[list[Line]] = []
    edge = min((each.indent for each in body), default=0)
    for at, line in enumerate(body):
        breaks = line.gap > usual if many else line.gap > 0
        if not blocks or (at and (breaks or _is_indented_again(body, at, edge))):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _is_indented_again(body: list[Line], at: int, edge: int) -> bool:
    """Say whether a line begins as far in as the paragraph, whose other lines begin further out.

    So a double-spaced page shows a paragraph, which has no more room above it than any line.
    """
    first, line = body[0].indent, body[at].indent
    return first - edge >= 3 and abs(line - first) <= 1 and bool(_CLOSED.search(body[at - 1].text))


def _words(block: list[Line]) -> str:
    """Return a block as text, each lettered part on a line of its own."""
    parts: list[list[Line]] = []
    for line in block:
        if not parts or (_SUB.match(line.text) and not line.text[:2].isupper()):
            parts.append([])
        parts[-1].append(line)
    return "\n".join(joined(part) for part in parts)


def _goes_on(before: str, block: list[Line], first: Line) -> bool:
    """Say whether a block belongs to the paragraph before it: a list, a quotation, a line."""
    text = block[0].text
    if not _CLOSED.search(before) or _SUB.match(text) or _MARK.match(text):
        return True
    if text[:1].islower() or text[:1] in "“\"‘'[*…" or re.match(r"(?:Id\.|See |Cf\.)", text):
        return True
    inner = [each.indent for each in block]
    return len(block) > 1 and min(inner) > first.indent + 4  # a block quotation stands further in


def _block_is_heading(block: list[Line]) -> bool:
    if len(block) > 3:
        return False
    return is_heading(Line(joined(block)))


def is_heading(line: Line) -> bool:
    """Say whether a line is a heading: short, without a full stop, its words in capitals.

    >>> is_heading(Line("II. THE SEARCH")), is_heading(Line("We searched it."))
    (True, False)
    """
    text = re.sub(r"^(?:[IVXLC]{1,6}|[A-Za-z]|\d{1,2})\s*[.)]\s+", "", line.text)
    text = re.sub(r"\(\w{1,3}\)", "", text)  # of an exemption: "(b)(4)"
    words = re.findall(r"[^\W\d_][\w'’.&-]*", text)
    if not words or len(words) > 16 or (_CLOSED.search(text) and not text.isupper()):
        return False
    if text.rstrip().endswith((",", ";")):
        return False
    large = [each for each in words if each[0].isupper()]
    small = [each for each in words if each[0].islower() and each.casefold() not in _SMALL]
    return text.isupper() or (bool(large) and words[0][0].isupper() and not small)


def _trailing_heading(block: list[Line]) -> tuple[list[Line], str]:
    """Take off a heading that stands under a paragraph without a blank line between."""
    last = block[-1]
    if (
        len(block) > 1
        and is_heading(last)
        and _CLOSED.search(block[-2].text)
        and (
            last.text.isupper()
            or _HEADING_MARK.match(last.text)
            or last.indent > max(each.indent for each in block[:-1]) + 8  # in the middle
        )
    ):
        return block[:-1], last.text
    return block, ""


def _heading_above(lines: Sequence[Line], at: int) -> str:
    above = lines[at - 1] if at else None
    return above.text if above is not None and is_heading(above) else ""


def _unnumbered_paper(lines: Sequence[Line]) -> Iterator[Para]:
    """Return the blocks of a paper that numbers nothing."""
    blocks: list[list[Line]] = []
    for line in lines:
        if not blocks or (line.gap and _CLOSED.search(blocks[-1][-1].text)):
            blocks.append([])
        blocks[-1].append(line)
    for block in blocks:
        if not _block_is_heading(block):
            yield Para(None, _words(block))
