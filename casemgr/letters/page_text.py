"""The text of a printed page as plain tagged HTML, for whoever reads it and does not see it.

A paper is printed from a filled template. What stands here is that very page without its looks:
the same words in the same order, headings one or two steps lower, footnotes in brackets.
"""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

STAY = frozenset({"b", "br", "caption", "i", "li", "ol", "p", "table", "tbody", "td", "th", "thead",
                  "tr", "ul"})  # fmt: skip
LOWER = {"h1": "h3", "h2": "h4", "h3": "h5"}
UNSEEN = frozenset({"head", "style", "script", "title"})
NOTE = "note"


def tagged(page: str) -> str:
    """Return the words of a filled template as HTML that is safe to put into another page.

    >>> tagged('<html><body><h1 class="a">Of Rosa</h1><p onclick="x()">1. I &lt;saw&gt; it.</p>')
    '<h3>Of Rosa</h3><p>1. I &lt;saw&gt; it.</p>'
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return "".join(reader.made).strip()


class _Reader(HTMLParser):
    """Keeps words and the tags that say what they are; of other tags only their words stay."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[str] = []
        self.notes: list[bool] = []  # for each span that is open, whether it is a footnote
        self.unseen = 0
        self.langs: list[bool] = []  # for each division that is open, whether it names a language

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "span":
            self.notes.append(given.get("class") == NOTE)
            self.made.append(" [Footnote: " if self.notes[-1] else "")
        elif tag == "div":
            lang = given.get("lang") or ""
            self.langs.append(bool(lang))
            self.made.append(f'<div lang="{escape(lang)}">' if lang else "")
        elif tag in STAY or tag in LOWER:
            scope = given.get("scope")
            said = f' scope="{escape(scope)}"' if tag == "th" and scope else ""
            self.made.append(f"<{LOWER.get(tag, tag)}{said}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag == "span" and self.notes:
            self.made.append("]" if self.notes.pop() else "")
        elif tag == "div" and self.langs:
            self.made.append("</div>" if self.langs.pop() else "")
        elif (tag in STAY and tag != "br") or tag in LOWER:
            self.made.append(f"</{LOWER.get(tag, tag)}>")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.made.append(escape(data.replace("\u200b", ""), quote=False))
