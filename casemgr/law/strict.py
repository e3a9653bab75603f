"""Read a YAML file into dataclasses, refusing whatever nobody meant: the field names are the keys.

A misspelt key, a missing one, one written twice or a value of the wrong kind raises
`LawFileWrong` with the file, the line and the key.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import yaml

from casemgr.errors import LawFileWrong

Made = TypeVar("Made")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Reader:
    """Reads one file; every complaint carries its name and the line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._values = yaml.SafeLoader("")

    def read(self, kind: type[Made]) -> Made:
        """Return the whole file as one `kind`."""
        return cast(Made, self._fit(self._root(), kind, "the file"))

    def read_list(self, kind: type[Made], key: str) -> tuple[Made, ...]:
        """Return the list under the file's only key, `key`."""
        node = self._root()
        entries = self._entries(node)
        if set(entries) != {key}:
            raise self._wrong(node, f"expected one key, {key!r}; found {sorted(entries)}.")
        made = self._fit(entries[key][1], types.GenericAlias(tuple, (kind, ...)), key)
        return cast("tuple[Made, ...]", made)

    def _root(self) -> yaml.Node:
        loader = _Loader(self.path.read_text(encoding="utf-8"))
        try:
            node = loader.get_single_node()
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise LawFileWrong(self.path.name, line, f"not YAML: {error.problem}.") from error
        finally:
            loader.dispose()
        if node is None:
            raise LawFileWrong(self.path.name, 1, "the file is empty.")
        return cast(yaml.Node, node)

    def _wrong(self, node: yaml.Node, what: str) -> LawFileWrong:
        return LawFileWrong(self.path.name, node.start_mark.line + 1, what)

    def _entries(self, node: yaml.Node) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(node, "expected keys and values here.")
        found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            if key.value in found:
                raise self._wrong(key, f"the key {key.value!r} is written twice. Keep one.")
            found[key.value] = (key, value)
        return found

    def _fit(self, node: yaml.Node, kind: Any, key: str) -> Any:
        """Turn a node into a value of `kind`, or say why it is none."""
        origin = get_origin(kind)
        if is_dataclass(kind):
            return self._dataclass(node, cast(type, kind))
        if origin is tuple:
            return self._tuple(node, get_args(kind)[0], key)
        if origin in (Union, types.UnionType):
            return self._optional(node, kind, key)
        if origin is Mapping:
            return {
                name: self._scalar(value, key) for name, (_, value) in self._entries(node).items()
            }
        return self._value(node, kind, key)

    def _optional(self, node: yaml.Node, kind: Any, key: str) -> Any:
        if node.tag == "tag:yaml.org,2002:null":
            return None
        inner = next(one for one in get_args(kind) if one is not type(None))
        return self._fit(node, inner, key)

    def _tuple(self, node: yaml.Node, kind: Any, key: str) -> tuple[Any, ...]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._wrong(node, f"{key!r} wants a list.")
        return tuple(self._fit(one, kind, key) for one in node.value)

    def _value(self, node: yaml.Node, kind: Any, key: str) -> Any:
        value = self._scalar(node, key)
        if get_origin(kind) is Literal:
            if value not in get_args(kind):
                raise self._wrong(
                    node, f"{key!r} is {value!r}; it is one of {list(get_args(kind))}."
                )
            return value
        plain_date = kind is date and isinstance(value, date) and not isinstance(value, datetime)
        if plain_date or (kind is not date and type(value) is kind):
            return value
        raise self._wrong(node, f"{key!r} is {value!r}; a {kind.__name__} is wanted.")

    def _scalar(self, node: yaml.Node, key: str) -> Any:
        try:
            return self._values.construct_object(node, deep=True)
        except (ValueError, yaml.YAMLError) as error:
            raise self._wrong(node, f"{key!r} cannot be read: {error}.") from error

    def _dataclass(self, node: yaml.Node, kind: type) -> Any:
        entries, known = self._entries(node), _known(kind)
        for name, (written, _) in entries.items():
            if name not in known:
                raise self._wrong(
                    written, f"there is no key {name!r}. Known are: {', '.join(known)}."
                )
        for name, (_, needed) in known.items():
            if needed and name not in entries:
                raise self._wrong(node, f"the key {name!r} is missing.")
        made = {
            name: self._fit(value, known[name][0], name) for name, (_, value) in entries.items()
        }
        return kind(**made)


@cache
def _known(kind: type) -> Mapping[str, tuple[Any, bool]]:
    """Return the fields a file may write, each with its type and whether it must be there."""
    hints = get_type_hints(kind)
    return {
        one.name: (hints[one.name], one.default is MISSING and one.default_factory is MISSING)
        for one in fields(kind)
        if one.init and not one.name.startswith("_")
    }
