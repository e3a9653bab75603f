"""Lines of a form: shown, added and removed by its buttons, with everything typed kept."""

from __future__ import annotations

from collections.abc import Mapping

from casemgr.web.intake_form import lines


def rows(said: Mapping[str, str], *names: str) -> list[int]:
    """Return the numbers of the lines to show: at least one, so that there is where to type."""
    return lines(said, *names) or [1]


def edited(said: dict[str, str], do: str) -> tuple[dict[str, str], str]:
    """Return the fields with a line added or removed, and the field to go on in."""
    act, _, rest = do.partition("_")
    kind, _, number = rest.partition("_")
    if kind not in _COLUMNS or act not in {"add", "remove"}:
        return said, ""
    if act == "remove":
        gone = {f"{name}_{number}" for name in _COLUMNS[kind]}
        left = {name: text for name, text in said.items() if name not in gone}
        return left, f"{kind}_{rows(left, kind)[0]}"
    return _with_line(said, kind)


# What a line is made of; what comes after the first is taken over into the next line.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "item": ("item",),
    "office": ("office", "sent", "how", "about", "proof"),
    "requester": ("requester",),
}
_TAKEN_OVER = ("sent", "how", "about")


def _with_line(said: dict[str, str], kind: str) -> tuple[dict[str, str], str]:
    there = rows(said, kind)
    last, new = there[-1], there[-1] + 1
    taken = {f"{name}_{new}": said.get(f"{name}_{last}", "") for name in _COLUMNS[kind]}
    empty = {name: "" for name in taken if name.rpartition("_")[0] not in _TAKEN_OVER}
    first = {f"{kind}_{last}": said.get(f"{kind}_{last}", "")}
    more = {name: text for name, text in taken.items() if text}
    return {**first, **said, **more, **empty}, f"{kind}_{new}"
