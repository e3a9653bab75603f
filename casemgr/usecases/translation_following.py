"""What becomes of the English when paragraphs are joined, or called by another name."""

from __future__ import annotations

from collections.abc import Mapping

from casemgr.db.tables import DeclarationVersion, Paragraph
from casemgr.domain import declaration_english as english
from casemgr.domain import declaration_text as text
from casemgr.usecases import declarations, records, translations
from casemgr.usecases.declaration_typing import fingerprint
from casemgr.usecases.work import Work


def join(work: Work, version: DeclarationVersion, first: Paragraph, second: Paragraph) -> None:
    """Join the English of two paragraphs, which are about to be joined themselves.

    It is right for the whole where it was right for both.
    """
    row = translations.of(work, version)
    texts = translations.english_of(row) if row is not None else {}
    if row is None or second.id not in texts:
        return
    wrong = english.states(
        translations.kept_of(row), translations.words_of_paragraphs((first, second))
    )
    both = [texts.get(first.id, ""), texts.pop(second.id)]
    texts[first.id] = " ".join(each for each in both if each)
    whole = "" if wrong else fingerprint(text.joined(first.says, second.says))
    row.paragraphs = translations.listed(texts)
    made_from = {key: words for key, words in row.made_from.items() if key != second.id}
    row.made_from = {**made_from, first.id: whole}
    records.keep(work, row)


def rename(
    work: Work, version: DeclarationVersion, renamed: Mapping[str, str], before: str, after: str
) -> None:
    """Let the English follow paragraphs whose references to a name now point to another.

    `renamed` are the paragraphs as they read from then on, by their codes, not yet kept.
    """
    row = translations.of(work, version)
    if row is None:
        return
    rows = [each for each in declarations.paragraphs_of(work, version) if each.id in renamed]
    wrong = english.states(translations.kept_of(row), translations.words_of_paragraphs(rows))
    now = {key: fingerprint(says) for key, says in renamed.items() if key not in wrong}
    texts = {
        key: text.renamed(says, "para", before, after)
        for key, says in translations.english_of(row).items()
    }
    row.paragraphs, row.made_from = translations.listed(texts), {**row.made_from, **now}
    records.keep(work, row)
