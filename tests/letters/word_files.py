"""Word files as they come back from other hands."""

from __future__ import annotations

import io
import zipfile

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>'
OATH = "I declare under penalty of perjury that the foregoing is true and correct."


def run(says: str, properties: str = "") -> str:
    """Return a run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{says}</w:t></w:r>'


def line(*runs: str, numbered: bool = True) -> str:
    """Return a paragraph, numbered by Word unless told otherwise."""
    said = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p>{NUMBERED if numbered else ''}{said}</w:p>"


def a_word_file(*lines: str, comments: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """Return a .docx with these paragraphs between an opening and an oath."""
    text = "".join(
        (line("I, Rosa Alvarez, declare:", numbered=False), *lines, line(OATH, numbered=False))
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", "<Types/>")
        pack.writestr("word/document.xml", f"<w:document {NS}><w:body>{text}</w:body></w:document>")
        if comments:
            pack.writestr("word/comments.xml", f"<w:comments {NS}>{comments}</w:comments>")
        for name, data in (more or {}).items():
            pack.writestr(name, data)
    return made.getvalue()
