"""The words of a declaration's exhibits, for the checks that compare quotations with them.

Each file is read once, in the cage and outside any transaction; what it says is kept by its bytes.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import Blob, Declaration, Document, Exhibit
from casemgr.domain.access import Right
from casemgr.files.store import Store
from casemgr.files.words import FileWords, Words
from casemgr.usecases import words_reading
from casemgr.usecases.declaration_content import Attached
from casemgr.usecases.letters import Opens
from casemgr.usecases.work import Work

AT_ONCE = 6  # files that are read before the checks are shown; the others with the next page
WHILE_WRITING = 2  # before the text is shown, for which nobody waits gladly
LARGEST = 30_000_000  # bytes of one file
READ = frozenset(
    {
        "application/pdf",
        "text/plain",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)


def read_new(
    opens: Opens, store: Store, words: Words, declaration_id: str, most: int = AT_ONCE
) -> None:
    """Read the exhibits of a declaration that were not read yet; NotFound for a stranger's."""
    with opens(reads_only=True) as work:
        row = doors.declaration(work.session, work.actor, declaration_id, Right.READ, work.today)
        new = [each for each in _files(work, row) if words.read(each) is None]
    for sha256 in new[:most]:
        words.keep(sha256, words_reading.read_caged(store.read(sha256)))


def of(work: Work, exhibit: Attached) -> FileWords:
    """Return what an exhibit says; nothing where it was not read or holds no text."""
    found = work.words.read(exhibit.sha256) if work.words and exhibit.sha256 else None
    return found or FileWords("")


def not_compared(work: Work, exhibits: Iterable[Attached]) -> tuple[str, ...]:
    """Return the labels of the exhibits whose words are not known, so that nothing is compared."""
    return tuple(each.label for each in exhibits if each.sha256 and not of(work, each).text.strip())


def _files(work: Work, row: Declaration) -> list[str]:
    found = work.session.scalars(
        sa.select(col(Blob.sha256))
        .join(Document, col(Document.sha256) == col(Blob.sha256))
        .join(Exhibit, col(Exhibit.document_id) == col(Document.id))
        .where(
            col(Exhibit.declaration_id) == row.id,
            col(Document.known_on) <= work.today,
            col(Blob.size) <= LARGEST,
            col(Blob.media_type).in_(READ),
        )
        .order_by(col(Exhibit.position), col(Exhibit.label))
    )
    return list(dict.fromkeys(found))
