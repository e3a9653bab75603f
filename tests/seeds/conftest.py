"""The seeds as read, by section and key."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casemgr.shipped import shipped
from casemgr.usecases.seeds import Seed, Seeds, read_seeds


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    """Read the seed files once."""
    return read_seeds(shipped("seeds"))


@pytest.fixture(scope="session")
def seed(seeds: Seeds) -> Callable[[str, str], Seed]:
    """Give one seed by its section and key."""
    by_place = {(each.section, each.key): each for each in seeds.rows}
    return lambda section, key: by_place[section, key]
