"""For mutmut only: the quickest of a mutant's tests first, for most mutants fall to any of them."""

from __future__ import annotations

import pytest
from mutmut.state import state


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the tests by the time each took on the code as it is."""
    took = state().duration_by_test
    items.sort(key=lambda item: took.get(item.nodeid, 0.0))
