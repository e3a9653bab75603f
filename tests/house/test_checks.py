"""`casemgr test` counts honestly."""

from __future__ import annotations

import pytest

from casemgr import checks
from casemgr.checks import Count, count_results, run_check
from casemgr.errors import Unusable

RESULTS = (
    b"""<testsuites><testsuite tests="10" failures="2" errors="1" skipped="3"/></testsuites>"""
)


@pytest.fixture
def only_the_suite(monkeypatch):
    """Leave out lint, types and layers, which run for themselves."""
    monkeypatch.setattr(checks, "CHECKS", {})


def write(folder, text):
    file = folder / "test_sample.py"
    file.write_text(text, encoding="utf-8")
    # One process, and no plugin that loads for seconds what these samples never use.
    left_out = [
        word
        for name in ("cacheprovider", "randomly", "schemathesis")
        for word in ("-p", f"no:{name}")
    ]
    return [str(file), "-n0", *left_out]


def test_errors_count_as_failures():
    assert count_results(RESULTS) == Count(passed=4, failed=3, skipped=3)


@pytest.mark.parametrize(("status", "count"), [(0, Count(passed=1)), (1, Count(failed=1))])
def test_a_check_counts_as_one_test(status, count, capsys):
    counted = run_check("sample", ["-c", f"print('what is wrong'); raise SystemExit({status})"])

    assert counted == count
    assert ("what is wrong" in capsys.readouterr().out) is bool(status)


def test_a_check_with_a_table_shows_it_though_all_is_well(capsys):
    run_check("sample", ["-c", "print('the table')"], shown=True)

    assert "the table" in capsys.readouterr().out


def test_gate_and_law_are_changed_line_by_line_only_when_everything_runs_in_full(monkeypatch):
    ran = []
    monkeypatch.setattr(checks, "CHECKS", {})
    monkeypatch.setattr(checks, "run_suite", lambda arguments: Count(passed=1))
    monkeypatch.setattr(
        checks, "run_check", lambda name, line, shown=False: ran.append(line) or Count(passed=1)
    )

    for arguments in ([], ["--full", "tests/law"], ["--full"]):
        checks.run_all(arguments)

    assert ran == [("-m", "tests.db.mutants"), ("-m", "tests.law.mutants")]


def test_the_last_line_counts_and_a_failure_shows_in_the_status(only_the_suite, tmp_path, capfd):
    arguments = write(
        tmp_path,
        "import pytest\n"
        "def test_one(): pass\n"
        "def test_two(): assert False\n"
        "def test_three(): pytest.skip" + "('no such program')\n",
    )

    assert checks.run_all(arguments) == 1

    assert capfd.readouterr().out.splitlines()[-1] == "1 passed, 1 failed, 1 skipped"


def test_a_good_run_ends_with_status_0(only_the_suite, tmp_path, capfd):
    assert checks.run_all(write(tmp_path, "def test_one(): pass\n")) == 0

    assert capfd.readouterr().out.splitlines()[-1] == "1 passed, 0 failed, 0 skipped"


@pytest.mark.parametrize("text", ["", "this is no Python\n"])
def test_a_suite_that_ran_nothing_has_failed(only_the_suite, tmp_path, capfd, text):
    assert checks.run_all(write(tmp_path, text)) == 1

    assert "0 passed, 1 failed" in capfd.readouterr().out.splitlines()[-1]


def test_an_installed_package_says_where_the_tests_are(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "CHECKOUT", tmp_path)

    with pytest.raises(Unusable, match="Clone the repository"):
        checks.run_all()
