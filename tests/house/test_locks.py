"""The lock files: complete, hashed, in step with pyproject, and free of addresses."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.sources import HOUSE

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-pip.lock"]
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^ ;\\]+)")


def pins(lock: str) -> dict[str, set[str]]:
    """Return the versions of each package; a universal lock may hold two for two systems."""
    found: dict[str, set[str]] = {}
    for line in (HOUSE / lock).read_text(encoding="utf-8").splitlines():
        if hit := PINNED.match(line):
            found.setdefault(canonicalize_name(hit["name"]), set()).add(hit["version"])
    return found


def asked_for(extra: str | None = None) -> list[Requirement]:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return [Requirement(line) for line in listed]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_its_hash(lock):
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (HOUSE / lock).read_text(encoding="utf-8"))
    packages = [block for block in blocks if not block.startswith("#")]

    assert packages
    unpinned = [block for block in packages if not PINNED.match(block) or "sha256:" not in block]
    assert unpinned == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock):
    text = (HOUSE / lock).read_text(encoding="utf-8")

    assert "://" not in text
    assert re.search(r"^--(?!hash)", text, re.MULTILINE) is None


@pytest.mark.parametrize(
    ("lock", "extra"), [("requirements.lock", None), ("requirements-dev.lock", "dev")]
)
def test_the_lock_is_what_pyproject_asks_for(lock, extra):
    locked = pins(lock)

    wrong = [
        str(wanted)
        for wanted in asked_for(extra)
        if not any(
            wanted.specifier.contains(version)
            for version in locked.get(canonicalize_name(wanted.name), ())
        )
    ]

    assert wrong == []


def test_developers_run_the_versions_that_users_run():
    users, developers = pins("requirements.lock"), pins("requirements-dev.lock")

    assert {name: developers.get(name) for name in users} == users
