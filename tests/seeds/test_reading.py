"""The seed files are read strictly: nothing that nobody meant gets into an office."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from casemgr.errors import SeedsWrong
from casemgr.fields import CODE_LENGTH, seeded_code
from casemgr.shipped import shipped
from casemgr.usecases.seeds import read_seeds


@pytest.fixture
def copy(tmp_path):
    """Copy the seeds, to spoil them."""
    return shutil.copytree(shipped("seeds"), tmp_path / "seeds")


def spoil(folder, file, old, new):
    path = folder / "ndlon" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_misspelt_key_is_refused_with_file_line_and_key(copy):
    line = spoil(copy, "2010-docket.yaml", "hurts: [theirs]", "hurst: [theirs]")

    with pytest.raises(SeedsWrong) as refused:
        read_seeds(copy)

    assert f"2010-docket.yaml, line {line}:" in str(refused.value)
    assert "'hurst'" in str(refused.value)


def test_a_key_written_twice_is_refused_with_file_line_and_key(copy):
    line = spoil(copy, "2010-docket.yaml", "  number: 41\n", "  number: 41\n  number: 39\n")

    with pytest.raises(SeedsWrong) as refused:
        read_seeds(copy)

    assert f"2010-docket.yaml, line {line + 1}:" in str(refused.value)
    assert "'number'" in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("answers: dkt-41", "answers: dkt-14", "'dkt-14'"),
        ("kind: notice_of_appeal", "kind: notice", "'notice'"),
        ("key: dkt-50", "key: dkt-41", "'dkt-41'"),
        ("source: OP1; ST; FP", "source: OP9; ST; FP", "'OP9'"),
        ("  source: OP1; ST; FP\n", "", "A fact needs one"),
        ("filed_on: 2011-02-07", "filed_on: 2011-02-30", "filed_on"),
        ("filed_on: 2011-02-07", "filed_on: early 2011", "filed_on"),
        ("  confidence: A\n  known_on: 2011-02-07", "  confidence: A", "'known_on'"),
        ("known_on: 2011-02-07", "known_on: 2010-02-07", "known on 2010-02-07, before"),
        ("lawsuit: 10-civ-3488}", "lawsiut: 10-civ-3488}", "'lawsiut'"),
        ("matter: secure-communities, ", "", "'matter' is missing"),
    ],
)
def test_what_nobody_meant_is_refused_with_its_file_and_the_word(copy, old, new, says):
    spoil(copy, "2010-docket.yaml", old, new)

    with pytest.raises(SeedsWrong) as refused:
        read_seeds(copy)

    assert str(refused.value).startswith("2010-docket.yaml, ")
    assert says in str(refused.value)


def test_any_change_shows_in_the_fingerprint(copy, seeds):
    assert read_seeds(copy).fingerprint == seeds.fingerprint

    spoil(copy, "2010-docket.yaml", "Supplemental order.", "A supplemental order.")

    assert read_seeds(copy).fingerprint != seeds.fingerprint


def test_every_fact_has_a_source_and_a_day(seeds):
    facts = [each for each in seeds.rows if "source" in each.table.model_fields]

    assert len(facts) > 300
    assert [each.key for each in facts if not each.values["source"]] == []
    undated = {each.section for each in seeds.rows if each.known_on == date.min}
    assert undated == {"agencies", "courts", "people"}


def test_nothing_invented_stands_in_a_real_matter(seeds):
    invented = {
        each.values["matter_id"]
        for each in seeds.rows
        if "Invented for practice" in each.values.get("source", "") and "matter_id" in each.values
    }

    assert invented == {seeded_code("M", "practice")}


def test_the_codes_are_stable_and_differ(seeds):
    codes = [each.id for each in seeds.rows if each.id is not None]

    assert len(codes) == len(set(codes))
    assert seeded_code("M", "secure-communities") == "M-WG0QGYZBAB"
    assert {len(each.partition("-")[2]) for each in codes if "-" in each} == {CODE_LENGTH}


def test_every_row_is_one_its_table_accepts(seeds):
    for each in seeds.rows:
        assert each.table.model_validate(dict(each.values))
