"""The templates, stylesheets and fonts we ship, read once and named by what is in them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment

from casemgr.letters.fill import sandbox_of
from casemgr.shipped import shipped

STYLES = re.compile(r"\{#\s*styles:\s*([\w. -]+?)\s*#\}")
NAMES = re.compile(r"""\{%-?\s*(?:include|extends|from|import)\s+["']([\w.-]+)["']""")


@dataclass(frozen=True)
class Shelf:
    """File names to contents."""

    templates: Mapping[str, str]
    sheets: Mapping[str, str]
    fonts: Mapping[str, bytes]

    @classmethod
    def read(cls, folder: Path) -> Shelf:
        """Read `letters/*.html`, `letters/*.css` and `fonts/*.ttf` of the templates folder."""
        letters = folder / "letters"
        return cls(
            templates={each.name: each.read_text("utf-8") for each in letters.glob("*.html")},
            sheets={each.name: each.read_text("utf-8") for each in letters.glob("*.css")},
            fonts={each.name: each.read_bytes() for each in (folder / "fonts").glob("*.ttf")},
        )

    def sheets_of(self, template: str, sources: Mapping[str, str]) -> tuple[str, ...]:
        """Return the stylesheets the template names in its first comment: `{# styles: … #}`.

        A name we do not ship is left out: a template cannot bring a stylesheet of its own.
        """
        found = STYLES.search(sources.get(template) or self.templates.get(template, ""))
        named = found.group(1).split() if found else ["paper.css"]
        return tuple(name for name in named if name in self.sheets)

    def sandbox(self, sources: Mapping[str, str]) -> Environment:
        """Return the sandbox in which our templates are filled, shadowed by `sources`."""
        return sandbox_of({**self.templates, **sources}) if sources else self._our_sandbox

    def version_of(self, template: str, sources: Mapping[str, str]) -> str:
        """Return what names this very form: equal versions print equal facts as equal papers.

        A digest of the template, all it includes, its stylesheets, the fonts and WeasyPrint.
        """
        digest = hashlib.sha256(f"WeasyPrint {version('weasyprint')}".encode())
        texts = {**self.templates, **sources}
        for name in sorted(with_parts(template, texts)):
            digest.update(f"\0{name}\0{texts.get(name, '')}".encode())
        for name in self.sheets_of(template, sources):
            digest.update(f"\0{name}\0{self.sheets[name]}".encode())
        digest.update(self._fonts_digest)
        return f"{template}@{digest.hexdigest()[:16]}"

    @cached_property
    def _our_sandbox(self) -> Environment:
        return sandbox_of(self.templates)

    @cached_property
    def _fonts_digest(self) -> bytes:
        return hashlib.sha256(b"".join(self.fonts[name] for name in sorted(self.fonts))).digest()


@cache
def our_templates() -> Mapping[str, str]:
    """Return the text of every template we ship, by file name, read once."""
    folder = shipped("templates") / "letters"
    return {each.name: each.read_text("utf-8") for each in sorted(folder.glob("*.html"))}


def with_parts(template: str, texts: Mapping[str, str]) -> set[str]:
    """Return the names of a template and of all it includes, by what these texts say."""
    found: set[str] = set()
    waiting = [template]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += NAMES.findall(texts.get(name, ""))
    return found
