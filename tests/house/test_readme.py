"""The README is kept: what can be typed or set is in it."""

from __future__ import annotations

import re

import pytest
from typer.main import get_command

from casemgr.cli import app
from casemgr.settings import KNOWN
from tests.house.sources import HOUSE

README = (HOUSE / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command):
    assert re.search(rf"\bcasemgr {command}\b", README)


@pytest.mark.parametrize("variable", sorted(KNOWN))
def test_every_setting_is_in_the_readme(variable):
    assert f"`{variable}`" in README


def test_the_readme_names_no_setting_that_is_not_there():
    assert set(re.findall(r"\bCASEMGR_[A-Z_]+\b", README)) <= KNOWN


def test_every_picture_in_the_readme_is_there():
    pictures = re.findall(r"!\[[^]]*\]\(([^)\s]+)\)", README)

    assert [picture for picture in pictures if not (HOUSE / picture).exists()] == []


RUNNING = sorted((HOUSE / "templates" / "running").iterdir())


@pytest.mark.parametrize("file", RUNNING, ids=lambda file: file.name)
def test_the_files_for_a_real_office_are_explained_and_set_what_there_is(file):
    text = file.read_text(encoding="utf-8")

    assert file.name in README
    assert set(re.findall(r"\bCASEMGR_[A-Z_]+\b", text)) <= KNOWN
    for command in re.findall(r"bin/casemgr (\w+)", text):
        assert command in COMMANDS
