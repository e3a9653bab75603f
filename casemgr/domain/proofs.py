"""A deadline's proof: what was asked, under which law, what came out and why, under one hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casemgr.domain.clock import Clock
from casemgr.domain.rules import Answer, Rule
from casemgr.errors import LawError

KEYS = (
    "title",
    "rule",
    "text_since",
    "cites",
    "whose",
    "due",
    "safe",
    "status",
    "caution",
    "inputs",
    "law_version",
    "engine_version",
    "steps",
    "readings",
)


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything needed to recount a deadline, and a SHA-256 over all of it.

    `inputs` is the law call that gave the date; `law_version` names the rule and calendar files
    and the office's closures; `engine_version` the program. Dates are ISO 8601.
    """

    content: Mapping[str, Any]
    sha256: str

    @property
    def is_intact(self) -> bool:
        """Whether the content is what the hash was made over."""
        return fingerprint(self.content) == self.sha256

    def as_dict(self) -> dict[str, Any]:
        """Give the proof as JSON, the hash last."""
        return {**self.content, "sha256": self.sha256}


def fingerprint(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the content as canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def proof(
    answer: Answer, *, inputs: Mapping[str, Any], law_version: str, engine_version: str
) -> Proof:
    """Make the proof of an answer from the call that gave it and the versions it rests on."""
    told = answer.as_dict()
    told |= {"inputs": _plain(inputs), "law_version": law_version, "engine_version": engine_version}
    content = {key: told[key] for key in KEYS}
    return Proof(content, fingerprint(content))


def read_proof(stored: Mapping[str, Any]) -> Proof:
    """Read a proof back from its JSON; something else is refused."""
    missing = [key for key in (*KEYS, "sha256") if key not in stored]
    if missing:
        raise LawError(
            f"This is no proof: it lacks {', '.join(missing)}. Give the JSON of a stored proof."
        )
    content = {key: value for key, value in stored.items() if key != "sha256"}
    return Proof(content, str(stored["sha256"]))


def _plain(value: Any) -> Any:
    """Return the value as JSON would give it back: dates as text, tuples and sets as lists."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(one) for one in value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def determination(clock: Clock, rules: Mapping[str, Rule], requested: Mapping[str, Any]) -> Answer:
    """Give a clock's determination date as an answer, so that it can be proved like any other.

    `requested` is the clock call (`requested_on` chooses the text). `safe` is the latest reading:
    the day after which we say that the agency is late on every footing.
    """
    rule = rules["foia.determination"]
    text = rule.text_on(requested["requested_on"])
    days = [reading.due for reading in clock.readings] + ([clock.due] if clock.due else [])
    return Answer(
        due=clock.due,
        safe=max(days) if days else None,
        rule=rule.id,
        title=rule.title,
        whose=rule.whose,
        text_since=text.since,
        cites=rule.cites,
        steps=clock.steps,
        readings=clock.readings,
        status=rule.status,
    )


def as_text(found: Proof) -> str:
    """Write a proof as plain text for a mail, a page printed or an exhibit."""
    told = found.content
    lines = [
        str(told["title"]),
        f"Due: {told['due'] or 'not known yet'}    Careful date: {told['safe'] or 'not known yet'}",
        f"Rule: {told['rule'] or 'a date set by a court'} ({told['cites']})",
        f"Text in force since {told['text_since'] or 'not applicable'}",
        *([str(told["caution"])] if told["caution"] else []),
        "",
        "How it was counted:",
        *(_step_line(step) for step in told["steps"]),
        *_reading_lines(told["readings"]),
        "",
        f"Law files {told['law_version']}, engine {told['engine_version']}",
        f"SHA-256 {found.sha256}",
    ]
    return "\n".join(lines) + "\n"


def _step_line(step: Mapping[str, Any]) -> str:
    cites = f"  [{step['cites']}]" if step["cites"] else ""
    return f"  {step['on'] or '          '}  {step['says']}{cites}"


def _reading_lines(readings: list[Mapping[str, Any]]) -> list[str]:
    if not readings:
        return []
    told = [f"  {one['due']}  {one['name']}: {one['why']}" for one in readings]
    return ["", "Other defensible dates:", *told]
