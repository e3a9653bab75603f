"""The first start from a bare checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from casemgr import __main__ as start
from casemgr import doctor, environment
from casemgr.environment import CannotStart, Environment
from tests.conftest import program
from tests.house.sources import HOUSE

Version = namedtuple("Version", "major minor")


@pytest.fixture
def checkout(tmp_path: Path) -> Environment:
    """A checkout whose environment is finished and stamped."""
    for lock in ("requirements.lock", "requirements-dev.lock", "requirements-pip.lock"):
        (tmp_path / lock).write_text(f"# {lock}\n", encoding="utf-8")
    made = Environment(tmp_path)
    made.python.parent.mkdir(parents=True)
    made.python.symlink_to(sys.executable)
    made.stamp.write_text(made.mark(made.lock("demo")), encoding="ascii")
    return made


def test_a_python_that_is_too_old_is_told_so(monkeypatch):
    monkeypatch.setattr(sys, "version_info", Version(3, 9))

    said = start.main()

    assert isinstance(said, str)
    assert "needs Python 3.11 or newer" in said
    assert "is Python 3.9" in said


def test_the_first_start_imports_nothing_that_is_not_python():
    """`-S` hides every installed package, as on a bare machine."""
    asked = "import casemgr.__main__, casemgr.environment, casemgr.doctor"

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.append('.'); {asked}"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""


def test_the_second_start_leaves_pip_alone(checkout):
    assert checkout.holds("demo")
    assert checkout.holds("serve")


def test_the_tests_need_their_tools_too(checkout):
    assert not checkout.holds("test")


def test_a_new_lock_is_installed(checkout):
    checkout.lock("demo").write_text("# another\n", encoding="utf-8")

    assert not checkout.holds("demo")


def test_a_moved_checkout_is_made_anew(checkout, tmp_path):
    moved = tmp_path.parent / f"{tmp_path.name}-moved"
    tmp_path.rename(moved)

    assert not Environment(moved).holds("demo")


def test_an_environment_whose_python_is_gone_is_made_anew(checkout):
    checkout.python.unlink()

    assert not checkout.holds("demo")
    assert not environment.usable(checkout)


def test_a_half_made_environment_is_not_trusted(checkout):
    environment.unfinished(checkout).touch()

    assert not environment.usable(checkout)


def test_an_environment_that_somebody_made_by_hand_is_not_cleared(tmp_path):
    theirs = tmp_path / ".venv" / "notes.txt"
    theirs.parent.mkdir()
    theirs.write_text("mine", encoding="utf-8")

    with pytest.raises(CannotStart, match="casemgr did not make"):
        environment.prepare(Environment(tmp_path), "migrate")

    assert theirs.read_text(encoding="utf-8") == "mine"


def test_two_starts_do_not_make_it_at_once(checkout):
    environment.unfinished(checkout).write_text(str(os.getpid()), encoding="ascii")

    with pytest.raises(CannotStart, match=f"process {os.getpid()}.*Wait"):
        environment.prepare(checkout, "migrate")

    assert checkout.python.exists()


@pytest.mark.full
def test_an_environment_whose_maker_died_is_made_anew(checkout):
    died = subprocess.Popen([sys.executable, "-c", ""])
    died.wait()
    environment.unfinished(checkout).write_text(str(died.pid), encoding="ascii")

    environment.refuse_second_maker(checkout)
    environment.make(checkout)

    assert environment.unfinished(checkout).read_text(encoding="ascii") == str(os.getpid())
    assert not checkout.stamp.exists()


@pytest.mark.full
def test_stopping_the_first_start_leaves_nothing_half_made(monkeypatch, tmp_path):
    def interrupt(_environment, _command):
        raise KeyboardInterrupt

    (tmp_path / "requirements.lock").write_text("", encoding="utf-8")
    monkeypatch.setattr(environment, "CHECKOUT", tmp_path)
    monkeypatch.setattr(environment, "install", interrupt)
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)

    assert environment.begin(["migrate"]) == "Stopped. Nothing half-made was left behind."
    assert not (tmp_path / ".venv").exists()


def test_a_wheel_needs_no_checkout(tmp_path):
    assert environment.runs_here(Environment(tmp_path), "demo")


def test_without_venv_the_command_is_said_and_nothing_is_made(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "can_make_environments", lambda: False)
    monkeypatch.setattr(doctor, "this_machine", lambda: doctor.Machine("debian", root=False))

    with pytest.raises(CannotStart, match="sudo apt-get install python3"):
        environment.prepare(Environment(tmp_path), "demo")

    assert list(tmp_path.iterdir()) == []


def test_without_the_pdf_libraries_nothing_is_made(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "provide_pdf_libraries", lambda _machine: "Type: install pango")

    with pytest.raises(CannotStart, match="install pango"):
        environment.prepare(Environment(tmp_path), "demo")

    assert list(tmp_path.iterdir()) == []


def test_a_failed_install_leaves_nothing_half_made(monkeypatch, tmp_path, capfd):
    """Real venv and real pip; no index, so that the network has no part in it."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    (tmp_path / "requirements-pip.lock").write_text("", encoding="utf-8")
    lock = f"casemgr-has-no-such-package==1 --hash=sha256:{'0' * 64}\n"
    (tmp_path / "requirements.lock").write_text(lock, encoding="utf-8")

    with pytest.raises(CannotStart, match="pip could not install"):
        environment.prepare(Environment(tmp_path), "migrate")

    assert not (tmp_path / ".venv").exists()
    assert "casemgr-has-no-such-package" in capfd.readouterr().err


def test_typed_alone_it_says_what_to_type_and_makes_nothing(monkeypatch, tmp_path, capsys):
    (tmp_path / "requirements.lock").write_text("", encoding="utf-8")
    monkeypatch.setattr(environment, "CHECKOUT", tmp_path)
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)

    assert environment.begin(["--help"]) == 0

    assert "python3 -m casemgr demo" in capsys.readouterr().out
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail), ("", pytest.skip)])
def test_a_missing_program_fails_in_ci_and_is_skipped_elsewhere(monkeypatch, ci, outcome):
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setenv("CI", ci)

    with pytest.raises(outcome.Exception, match="chromium is not on this machine"):
        program("chromium", "chromium")
