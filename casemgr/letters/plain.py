"""Facts on the wire: plain values only, as JSON, with dates kept as dates.

A template never sees anything that can do something: no rows, no sessions, no methods of ours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from casemgr.errors import Malformed

DATE = "§date"


def to_wire(facts: Mapping[str, object]) -> str:
    """Return the facts as JSON.

    Raises Malformed naming the first fact that is not a string, number, date, list or mapping.
    """
    return json.dumps(_plain(facts, ""), ensure_ascii=False, allow_nan=False)


def from_wire(text: str) -> dict[str, object]:
    """Return the facts that `to_wire` wrote."""
    facts: dict[str, object] = json.loads(text, object_hook=_dates)
    return facts


def _plain(value: object, name: str) -> object:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float) and value == value and abs(value) != float("inf"):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return {DATE: value.isoformat()}
    if isinstance(value, list | tuple):
        return [_plain(each, f"{name}[{n}]") for n, each in enumerate(value)]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: _plain(each, f"{name}.{key}".lstrip(".")) for key, each in value.items()}
    raise Malformed(
        {
            name: f"The fact {name or 'given'} is a {type(value).__name__}. Papers are made from "
            "strings, numbers, dates, lists and mappings only: hand over those."
        }
    )


def _dates(mapping: dict[str, object]) -> object:
    if mapping.keys() == {DATE}:
        return date.fromisoformat(str(mapping[DATE]))
    return mapping
