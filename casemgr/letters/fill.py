"""Fill a template with facts: Jinja in its sandbox, with nothing in reach but the facts.

Templates only place facts. They have no globals, a short list of filters and tests, escaping that
cannot be switched off, and no way to print a fact that is missing or empty.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError, TemplateError, TemplateNotFound, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from casemgr.domain.prose import full_day, long_day
from casemgr.letters.marks import runs

SPANISH_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
# Pub. L. 114-185, sec. 6: its changes (foreseeable harm, 552(a)(8)(A), among them) apply to
# requests made after its enactment on 30 June 2016.
ENACTED_2016 = date(2016, 6, 30)


class Unfillable(Exception):
    """The template and the facts do not fit; `fact` names what is missing, where that is known."""

    def __init__(self, says: str, fact: str = "") -> None:
        self.fact = fact
        super().__init__(says)


def fill(name: str, sandbox: Environment, facts: Mapping[str, object]) -> str:
    """Return the HTML of the template `name` with the facts in their places.

    Raises Unfillable with a sentence for a fact that is missing or empty, for a template that
    reaches for what it may not have, and for one that is not well formed.
    """
    try:
        return sandbox.get_template(name).render(dict(facts))
    except UndefinedError as missing:
        raise _missing(name, missing) from missing
    except SecurityError as refused:
        raise Unfillable(
            f"The template {name} reaches for something templates may not have ({refused}). "
            "Templates only place facts: take that out."
        ) from refused
    except TemplateSyntaxError as wrong:
        raise Unfillable(
            f"The template {wrong.name or name} cannot be read at line {wrong.lineno}: "
            f"{wrong.message}. Mend that line."
        ) from wrong
    except TemplateNotFound as unknown:
        raise Unfillable(
            f"There is no template called {unknown}. Choose one of: "
            f"{', '.join(each for each in sandbox.list_templates() if each[0] != '_')}."
        ) from unknown
    except TemplateError as wrong:
        raise Unfillable(f"The template {name} cannot be filled: {wrong}.") from wrong
    except (TypeError, ValueError, ArithmeticError, AttributeError, LookupError) as wrong:
        raise Unfillable(
            f"The template {name} uses a fact in a way that fact does not allow ({wrong}). "
            "Compare the template with the facts it documents."
        ) from wrong


def sandbox_of(sources: Mapping[str, str]) -> Environment:
    """Return the sandbox for these template sources, by name; it may be used again and again."""
    jinja = Sandbox(
        loader=DictLoader(dict(sources)),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    jinja.globals.clear()
    jinja.filters = {name: jinja.filters[name] for name in KEPT_FILTERS}
    jinja.filters |= {name: _of_a_fact(place) for name, place in FILTERS.items()}
    jinja.tests = {name: jinja.tests[name] for name in KEPT_TESTS} | TESTS
    return jinja


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which here also refuses to switch escaping off and to call anything."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        for node in parsed.find_all(nodes.ScopedEvalContextModifier):
            raise TemplateSyntaxError(
                "escaping cannot be switched off in a paper", node.lineno, name, filename
            )
        return parsed

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read a fact by its name first, so that a fact may be called `items`."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        """Say whether a template may call this: macros and `super()`, never a method of a value."""
        return type(obj).__module__ == "jinja2.runtime"

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002
        """Say whether a template may read this attribute: only the loop's own."""
        return type(obj).__module__ == "jinja2.runtime" and not attr.startswith("_")


def _of_a_fact(place: Callable[..., Any]) -> Callable[..., Any]:
    """Make a filter that says which fact is missing instead of failing over it."""

    @functools.wraps(place)
    def placed(fact: Any, *more: Any) -> Any:
        for each in (fact, *more):
            if isinstance(each, Undefined):
                str(each)  # raises UndefinedError with its name
        if fact is None:
            return _printable(fact)
        return place(fact, *more)

    return placed


def _printable(value: object) -> object:
    if value is None:
        raise Unfillable("The template prints a fact that is empty (None). Give it a value.")
    if isinstance(value, bool | dict | list | tuple):
        raise Unfillable(
            f"The template prints a whole {type(value).__name__} where a word belongs. "
            "Print its parts."
        )
    return value


def _missing(name: str, error: UndefinedError) -> Unfillable:
    found = re.search(r"'([^']+)' is undefined|has no attribute '([^']+)'", str(error))
    fact = (found.group(1) or found.group(2)) if found else ""
    return Unfillable(
        f"The fact {fact or '(' + str(error) + ')'} is missing, and the template {name} needs it. "
        "Give it; a paper is never printed with a gap.",
        fact,
    )


def spanish_date(day: date) -> str:
    """Return `3 de febrero de 2010`."""
    return f"{day.day} de {SPANISH_MONTHS.split()[day.month - 1]} de {day.year}"


def table_date(day: date) -> str:
    """Return `Wed, Feb 3, 2010`, for the narrow columns of a table."""
    return f"{day:%a}, {day:%b} {day.day}, {day.year}"


def letter_of(number: int) -> str:
    """Return the lettering of a part: 1 is a, 26 is z, 27 is aa."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def name_below(title: str) -> str:
    """Return the title with the declarant's name on a line of its own."""
    return re.sub(r"(?i)^([\w ]*?declaration of) +", r"\1\n", title)


def dollars(whole: int) -> str:
    """Return `$1,200`."""
    return f"${whole:,}"


def after_2016_amendments(day: date) -> bool:
    """Say whether a request of this day is governed by the FOIA Improvement Act of 2016."""
    return day > ENACTED_2016


KEPT_FILTERS = ("e", "escape", "first", "join", "last", "length", "lower", "title", "upper")
FILTERS: dict[str, Callable[..., Any]] = {
    "court_date": long_day,
    "dollars": dollars,
    "letter_of": letter_of,
    "long_date": full_day,
    "name_below": name_below,
    "runs": runs,
    "spanish_date": spanish_date,
    "table_date": table_date,
}
KEPT_TESTS = ("none", "eq", "==", "in")
TESTS: dict[str, Callable[..., bool]] = {"after_2016_amendments": after_2016_amendments}
