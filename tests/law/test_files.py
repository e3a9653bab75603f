"""The files of law are read strictly: what nobody meant stops the program, with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casemgr.errors import LawFileWrong
from casemgr.law.check import check
from casemgr.law.reader import HERE, read_law, the_law

RULE = "foia.determination.yaml"


@pytest.fixture
def law_files(tmp_path: Path) -> Path:
    """A copy of the shipped law that a test may spoil."""
    shutil.copytree(HERE / "rules", tmp_path / "rules")
    shutil.copytree(HERE / "calendars", tmp_path / "calendars")
    return tmp_path


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    """Change one thing in one file."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "says"),
    [
        (f"rules/{RULE}", "whose: theirs", "whoose: theirs", 7, "there is no key 'whoose'"),
        (f"rules/{RULE}", "whose: theirs", "whose: theirs\nwhose: ours", 8, "'whose' is written"),
        (f"rules/{RULE}", "whose: theirs", "whose: their", 7, "'whose' is 'their'"),
        (f"rules/{RULE}", "title: ", "# ", 1, "the key 'title' is missing"),
        (f"rules/{RULE}", "    n: 10", "    n: ten", 12, "'n' is 'ten'; a int is wanted"),
        (f"rules/{RULE}", "1975-02-19", "1975-02-30", 11, "'since' cannot be read"),
        (f"rules/{RULE}", "1975-02-19", "1999-02-19", 1, "in order of 'since'"),
        (f"rules/{RULE}", "id: foia.determination", "id: foia.other", 1, "its id is 'foia.other'"),
        (f"rules/{RULE}", "whose: theirs", "method: guess\nwhose: theirs", 1, "'method' 'guess'"),
        ("calendars/federal.yaml", "month: 7", "moth: 7", 19, "there is no key 'moth'"),
        ("calendars/closures.yaml", "kind: weather", "kind: wether", 23, "'kind' is 'wether'"),
        ("calendars/agencies.yaml", "id: uscis", "id: ice", 1, "'ice' is written twice"),
        ("calendars/agencies.yaml", "parent: dhs", "parent: dsh", 1, "no parent 'dsh'"),
        ("calendars/courts.yaml", "courts:", "court:", 3, "expected one key, 'courts'"),
        ("calendars/frcp_6.yaml", "texts:", "texts: [", 7, "not YAML"),
    ],
)
def test_a_slip_in_a_file_is_named_with_file_line_and_key(
    law_files: Path, name: str, old: str, new: str, line: int, says: str
) -> None:
    spoil(law_files, name, old, new)

    with pytest.raises(LawFileWrong) as wrong:
        read_law(law_files)

    assert says in str(wrong.value)
    assert wrong.value.file == Path(name).name
    assert wrong.value.line == line


def test_the_version_changes_with_any_file(law_files: Path) -> None:
    before = read_law(law_files).version
    spoil(law_files, f"rules/{RULE}", "checked_on: 2026", "checked_on: 2025")

    assert read_law(law_files).version != before


def test_a_check_names_the_example_that_no_longer_holds(law_files: Path) -> None:
    spoil(law_files, f"rules/{RULE}", "due: 2010-03-04", "due: 2010-03-05")
    law = read_law(law_files)

    found = check(law, law.rules["foia.determination"].checked_on)

    assert found.wrong == 1
    assert "2010-03-04 where 2010-03-05 is written" in found.lines[0]


def test_a_check_lists_what_is_unverified_and_what_was_read_long_ago() -> None:
    law = the_law()
    read = law.rules["foia.determination"].checked_on

    fresh, stale = check(law, read), check(law, read.replace(year=read.year + 2))

    assert fresh.wrong == 0
    assert any("lcr.nysd.6_1a.reply" in line for line in fresh.lines)
    assert not [line for line in fresh.lines if line.startswith("old")]
    assert len([line for line in stale.lines if line.startswith("old")]) >= len(law.rules)
