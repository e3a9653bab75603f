"""A paragraph as it is typed becomes one as it prints: references as numbers, tables as tables."""

from __future__ import annotations

from casemgr.domain.declaration_tables import parted
from casemgr.domain.declaration_text import Names, printed
from casemgr.letters import facts as paper


def as_printed(
    says: str, names: Names, *, number: int | None, heading: str = ""
) -> paper.Paragraph:
    """Return what is typed in a paragraph as its paper prints it.

    >>> as_printed("See paragraph {para:notice}.", Names({"notice": 5}, {}), number=6).text
    'See paragraph 5.'
    """
    words, table = parted(printed(says, names))
    return paper.Paragraph(
        text=words,
        number=number,
        heading=heading or None,
        table=paper.Table(caption=table.caption, head=table.head, rows=table.rows)
        if table
        else None,
    )
