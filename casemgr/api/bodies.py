"""Bodies read strictly: no "1" for 1, no unknown key, every field's problem in our words."""

from __future__ import annotations

import json
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, GetCoreSchemaHandler, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from casemgr.api.problems import malformed
from casemgr.errors import Malformed
from casemgr.fields import Input

Shape = TypeVar("Shape", bound=BaseModel)


class StrictJson:
    """Marks a body that is read as JSON says it: `Annotated[EventInput, StrictJson()]`."""

    def __get_pydantic_core_schema__(
        self, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Wrap the shape's own schema, which still is what OpenAPI shows."""

        def read(value: Any, _: core_schema.ValidatorFunctionWrapHandler) -> BaseModel:
            return strictly(source, value)

        return core_schema.no_info_wrap_validator_function(read, handler(source))


def strictly(shape: type[Shape], value: Any) -> Shape:
    """Return parsed JSON as a shape, or raise Malformed with each field's sentence."""
    if isinstance(value, shape):
        return value
    if isinstance(value, bytes):  # what came was not said to be JSON, so nobody has read it
        raise Malformed("Send JSON, and say so with the header Content-Type: application/json.")
    try:
        return shape.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as wrong:
        raise malformed(wrong.errors(include_url=False)) from None


def again(shape: type[Shape], values: dict[str, Any]) -> Shape:
    """Return typed values as a shape, checked as a whole."""
    try:
        return shape.model_validate(values)
    except ValidationError as wrong:
        raise malformed(wrong.errors(include_url=False)) from None


def with_parent(shape: type[Input], parent: str, one: str) -> type[Input]:
    """Return the shape with the id of the row it is made under."""
    about = Field(max_length=32, pattern=r"^[A-Za-z0-9_.-]+$", description="What it is added to.")
    made: type[Input] = create_model(
        f"New{_title(one)}",
        __base__=shape,
        __doc__=shape.__doc__,
        **{parent: (Annotated[str, about], ...)},  # type: ignore[call-overload]
    )
    return made


def partial(shape: type[Input], one: str) -> type[Input]:
    """Return the shape with every field optional: what is left out stays as it is."""
    fields: dict[str, Any] = {
        name: (_kind(info), Field(default=None)) for name, info in shape.model_fields.items()
    }
    made: type[Input] = create_model(
        f"{_title(one)}Change",
        __base__=Input,
        __doc__="What to change; a field that is left out stays as it is.",
        **fields,
    )
    return made


def _kind(info: FieldInfo) -> Any:
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def _title(one: str) -> str:
    return "".join(word.capitalize() for word in one.split())
