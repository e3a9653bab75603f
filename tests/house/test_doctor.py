"""The doctor names what is missing and the one command that mends it."""

from __future__ import annotations

import sys

import pytest

from casemgr.doctor import Finding, Machine, family_of, healthy, provide_pdf_libraries, report

DEBIAN_ROOT = Machine("debian", root=True)


class Apt:
    """Stands for the system: libraries that are missing until an install succeeds."""

    def __init__(self, works: bool) -> None:
        self.works = works
        self.lines: list[str] = []
        self.lacking = ["pango", "harfbuzz-subset"]

    def run(self, line: list[str]) -> int:
        self.lines.append(" ".join(line))
        if "install" in line and self.works:
            self.lacking = []
        return 0 if self.works else 100

    def missing(self) -> list[str]:
        return self.lacking


@pytest.mark.parametrize(
    ("system", "release", "family"),
    [
        ("Linux", "ID=debian\nVERSION_ID=12", "debian"),
        ("Linux", 'ID=linuxmint\nID_LIKE="ubuntu debian"', "debian"),
        ("Linux", "ID=fedora", "fedora"),
        ("Linux", 'ID="rocky"\nID_LIKE="rhel centos fedora"', "fedora"),
        ("Linux", "ID=alpine", "alpine"),
        ("Linux", "ID=nixos", ""),
        ("Linux", "", ""),
        ("Darwin", "", "macos"),
        ("Windows", "", "windows"),
    ],
)
def test_systems_are_told_apart(system, release, family):
    assert family_of(system, release) == family


def test_where_nothing_is_missing_nothing_is_done():
    assert (
        provide_pdf_libraries(DEBIAN_ROOT, missing=list, run=lambda _: pytest.fail("ran")) is None
    )


def test_root_on_debian_gets_the_libraries_installed_and_is_told(capsys):
    apt = Apt(works=True)

    assert provide_pdf_libraries(DEBIAN_ROOT, apt.missing, apt.run) is None

    assert [line.split("-qq ")[1].split()[0] for line in apt.lines] == ["update", "install"]
    assert apt.lines[1].endswith("libpangoft2-1.0-0 libharfbuzz-subset0")
    assert "Installing libpangoft2-1.0-0 and libharfbuzz-subset0" in capsys.readouterr().err


def test_an_install_that_fails_says_what_to_type():
    apt = Apt(works=False)

    why = provide_pdf_libraries(DEBIAN_ROOT, apt.missing, apt.run)

    assert why is not None
    assert "apt-get install libpangoft2-1.0-0 libharfbuzz-subset0" in why


@pytest.mark.parametrize(
    ("machine", "command"),
    [
        (
            Machine("debian", root=False),
            "sudo apt-get install libpangoft2-1.0-0 libharfbuzz-subset0",
        ),
        (Machine("fedora", root=True), "dnf install pango"),
        (Machine("macos", root=False), "brew install pango"),
        (Machine("", root=True), "Install pango"),
    ],
)
def test_elsewhere_the_command_is_said_and_nothing_is_run(machine, command):
    apt = Apt(works=True)

    why = provide_pdf_libraries(machine, apt.missing, apt.run)

    assert why is not None
    assert command in why
    assert apt.lines == []


def test_the_venv_command_fits_this_python():
    wanted = f"apt-get install python3.{sys.version_info.minor}-venv"

    assert DEBIAN_ROOT.command_for("venv") == wanted


def test_the_report_tells_what_is_missing_from_what_is_only_absent():
    findings = [
        Finding("pango", "every PDF", present=False, mend="install it"),
        Finding("chromium", "browser tests", present=False, mend="or not", required=False),
        Finding("venv", "the first start", present=True, mend="never shown"),
    ]

    assert report(findings).splitlines() == [
        "MISSING  pango (for every PDF)",
        "         install it",
        "absent   chromium (for browser tests)",
        "         or not",
        "ok       venv (for the first start)",
    ]


def test_only_what_is_required_makes_a_machine_unfit():
    absent = Finding("chromium", "browser tests", present=False, required=False)
    missing = Finding("pango", "every PDF", present=False)

    assert healthy([absent])
    assert not healthy([absent, missing])
