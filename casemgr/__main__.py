"""`python3 -m casemgr`: make what is missing, then do what was asked."""

from __future__ import annotations

import sys


def main() -> int | str:
    """Run one command; a Python that is too old is answered in a sentence, not a traceback."""
    if sys.version_info < (3, 11):  # noqa: UP036  # reached by the Python somebody happens to have
        found = ".".join(str(part) for part in sys.version_info[:2])
        return (
            f"casemgr needs Python 3.11 or newer; {sys.executable} is Python {found}. "
            "Install a newer one and start again with it, for example: python3.11 -m casemgr demo"
        )
    from casemgr.environment import begin

    return begin(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
