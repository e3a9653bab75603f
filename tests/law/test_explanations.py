"""What the law says, word for word: a change of a sentence is read before it is kept.

`explanations.jsonl` holds calls and whole answers, each read by a person when it was written.
To rewrite it after a change that was meant: `python -m tests.law.test_explanations`, then read
the difference as prose.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casemgr.law.calls import answer

FILE = Path(__file__).parent / "explanations.jsonl"
KEPT: list[dict[str, Any]] = [
    json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()
]


def told(call: dict[str, Any]) -> dict[str, Any]:
    """The whole answer to a call, without the id it did not have."""
    found = answer(call)
    assert found.pop("id") is None
    return found


def test_there_are_explanations_to_hold() -> None:
    assert len(KEPT) >= 40


@pytest.mark.parametrize("kept", KEPT, ids=[str(place) for place in range(len(KEPT))])
def test_the_explanation_is_the_one_that_was_read(kept: dict[str, Any]) -> None:
    assert told(kept["call"]) == kept["answer"]


def rewrite() -> None:
    lines = [{"call": kept["call"], "answer": told(kept["call"])} for kept in KEPT]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
