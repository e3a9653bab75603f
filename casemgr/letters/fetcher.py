"""What a paper may load while it is laid out: our own fonts, by name, and nothing else.

Runs in the worker only, since it imports WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Mapping

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "casemgr-font:"


class FontsOnly(URLFetcher):  # type: ignore[misc]
    """Answers `casemgr-font:NAME` from memory and refuses every other address."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.fonts = fonts

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return the font. Raises FatalURLFetchingError, which ends the paper, for anything else.

        FatalURLFetchingError is a BaseException: WeasyPrint swallows everything milder and would
        print the paper without what it asked for.
        """
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or name not in self.fonts:
            raise FatalURLFetchingError(url[:200])
        return URLFetcherResponse(url, self.fonts[name], {"Content-Type": "font/ttf"})
