"""The system libraries WeasyPrint needs, and the one command that installs them here."""

from __future__ import annotations

import ctypes
import ctypes.util
import platform
import sys
from collections.abc import Mapping

NEEDED = {
    "pango": ("libpangoft2-1.0.so.0", "pangoft2-1.0"),
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", "harfbuzz-subset"),
}
COMMANDS = {
    "debian": "apt-get install libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "dnf install pango",
    "alpine": "apk add pango fontconfig so:libharfbuzz-subset.so.0",
    "arch": "pacman -S pango",
    "suse": "zypper install libpango-1_0-0 libharfbuzz-subset0",
}


def missing_libraries() -> list[str]:
    """Return the names of the libraries PDFs need and this machine lacks; empty when all is well.

    Looks for them by loading them, without importing WeasyPrint.
    """
    return [name for name, (file, short) in NEEDED.items() if not _loads(file, short)]


def install_command() -> str:
    """Return the command that installs them on this system."""
    if sys.platform == "darwin":
        return "brew install pango"
    if sys.platform == "win32":
        return "pacman -S mingw-w64-ucrt-x86_64-pango (in MSYS2 UCRT64)"
    try:
        release: Mapping[str, str] = platform.freedesktop_os_release()
    except OSError:
        release = {}
    family = f"{release.get('ID', '')} {release.get('ID_LIKE', '')}".split()
    return next((COMMANDS[name] for name in family if name in COMMANDS), COMMANDS["debian"])


def _loads(file: str, short: str) -> bool:
    for name in (file, ctypes.util.find_library(short)):
        try:
            if name is not None and ctypes.CDLL(name):
                return True
        except OSError:
            continue
    return False
