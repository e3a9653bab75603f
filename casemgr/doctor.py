"""What this machine lacks, and the one command that mends it. Standard library only: the
doctor must be able to speak before anything is installed.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

# The names under which WeasyPrint looks for each library, the usual Linux name first.
PDF_LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "gobject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    "harfbuzz-subset": (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib",
        "libharfbuzz-subset-0.dll",
    ),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
    "pangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
}

DEBIAN_PDF_PACKAGES = ("libpangoft2-1.0-0", "libharfbuzz-subset0")

# What mends a lack, by family of systems. Only the Debian lines were run by us.
COMMANDS: Mapping[str, Mapping[str, str]] = {
    "pdf": {
        "debian": "apt-get install " + " ".join(DEBIAN_PDF_PACKAGES),
        "fedora": "dnf install pango harfbuzz",
        "alpine": "apk add pango harfbuzz fontconfig",
        "arch": "pacman -S pango",
        "macos": "brew install pango",
        "windows": "pacman -S mingw-w64-ucrt-x86_64-pango (in an MSYS2 window)",
    },
    "venv": {"debian": "apt-get install python3.{minor}-venv"},
    "chromium": {
        "debian": "apt-get install chromium fonts-liberation",
        "fedora": "dnf install chromium",
        "alpine": "apk add chromium",
        "arch": "pacman -S chromium",
        "macos": "brew install --cask chromium",
    },
    "poppler": {
        "debian": "apt-get install poppler-utils",
        "fedora": "dnf install poppler-utils",
        "alpine": "apk add poppler-utils",
        "arch": "pacman -S poppler",
        "macos": "brew install poppler",
    },
}

IN_WORDS: Mapping[str, str] = {
    "pdf": "Install pango, harfbuzz (with harfbuzz-subset) and fontconfig.",
    "venv": "Install the venv module (with ensurepip) for this Python.",
    "chromium": "Install Chromium so that `chromium` is on the path.",
    "poppler": "Install poppler's command line tools, so that `pdftoppm` is on the path.",
}


@dataclass(frozen=True)
class Machine:
    """The system we run on: its family (`debian`, `macos`, … or empty) and whether we are root."""

    family: str
    root: bool

    def command_for(self, lack: str) -> str:
        """Return what to type here to mend a lack; in words where we know no command."""
        line = COMMANDS[lack].get(self.family)
        if line is None:
            return IN_WORDS[lack]
        needs_sudo = not self.root and self.family in {"debian", "fedora", "alpine", "arch"}
        return ("sudo " if needs_sudo else "") + line.format(minor=sys.version_info.minor)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what it is, what it is for, and what mends it if it is missing."""

    what: str
    needed_for: str
    present: bool
    mend: str = ""
    required: bool = True


def family_of(system: str, os_release: str) -> str:
    """Return the family of systems whose package command works here, or an empty string.

    >>> family_of("Linux", 'ID=ubuntu' + chr(10) + 'ID_LIKE="debian"')
    'debian'
    """
    if system in {"Darwin", "Windows"}:
        return {"Darwin": "macos", "Windows": "windows"}[system]
    said = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    names = f"{said.get('ID', '')} {said.get('ID_LIKE', '')}".replace('"', "").split()
    known = ("debian", "fedora", "alpine", "arch")
    return next((name for name in names if name in known), "")


def this_machine() -> Machine:
    """Look at the system we run on."""
    release = Path("/etc/os-release")
    text = release.read_text(encoding="utf-8") if release.exists() else ""
    return Machine(family_of(platform.system(), text), root=is_root())


def is_root() -> bool:
    """Tell whether packages can be installed without asking."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def loads(name: str) -> bool:
    """Tell whether the system's linker finds a library of that name."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing_pdf_libraries(can_load: Callable[[str], bool] = loads) -> list[str]:
    """Name the libraries without which no PDF can be made."""
    return [
        library
        for library, names in PDF_LIBRARIES.items()
        if not any(can_load(name) for name in names)
    ]


def quietly(line: list[str]) -> int:
    """Run a command; only what it says of errors is shown."""
    return subprocess.call(line, stdout=subprocess.DEVNULL)


def provide_pdf_libraries(
    machine: Machine,
    missing: Callable[[], list[str]] = missing_pdf_libraries,
    run: Callable[[list[str]], int] = quietly,
) -> str | None:
    """See to it that PDFs can be made; return nothing, or the sentence that says what to type.

    As root on a Debian system the libraries are installed, and the person is told so.
    """
    lacking = missing()
    if not lacking:
        return None
    print(f"To make PDFs, casemgr needs: {', '.join(lacking)}.", file=sys.stderr)
    if machine.family == "debian" and machine.root:
        return install_debian_pdf_packages(missing, run)
    return (
        f"They are not on this machine. Type this once, then start again:\n"
        f"    {machine.command_for('pdf')}"
    )


def install_debian_pdf_packages(
    missing: Callable[[], list[str]], run: Callable[[list[str]], int]
) -> str | None:
    """Install the PDF libraries with apt-get; return nothing, or why it did not work."""
    print(f"Installing {' and '.join(DEBIAN_PDF_PACKAGES)} with apt-get.", file=sys.stderr)
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    run([*apt, "update"])
    failed = run([*apt, "install", "-y", "--no-install-recommends", *DEBIAN_PDF_PACKAGES])
    if failed or missing():
        return (
            "apt-get could not install them (its own words are above). When it can reach its "
            f"servers, start again, or type: {COMMANDS['pdf']['debian']}"
        )
    return None


def examine(machine: Machine) -> list[Finding]:
    """Look at everything casemgr needs from the machine, without changing anything."""
    return [
        Finding(
            f"Python {platform.python_version()}",
            "everything",
            sys.version_info >= (3, 11),
            "Install Python 3.11 or newer.",
        ),
        Finding("venv", "the first start", can_make_environments(), machine.command_for("venv")),
        Finding(
            "pango and harfbuzz-subset",
            "every PDF",
            not missing_pdf_libraries(),
            machine.command_for("pdf"),
        ),
        *examine_programs(machine),
        Finding(
            "apprise",
            "chat and SMS, if CASEMGR_NOTIFY_FILE is set",
            importlib.util.find_spec("apprise") is not None,
            'python -m pip install "apprise>=2.2,<3"',
            required="CASEMGR_NOTIFY_FILE" in os.environ,
        ),
    ]


def examine_programs(machine: Machine) -> list[Finding]:
    """Look for the programs that only the tests use."""
    wanted = (("chromium", "browser tests", "chromium"), ("pdftoppm", "PDF tests", "poppler"))
    return [
        Finding(
            program,
            needed_for,
            shutil.which(program) is not None,
            machine.command_for(lack),
            required=False,
        )
        for program, needed_for, lack in wanted
    ]


def can_make_environments() -> bool:
    """Tell whether this Python can make a virtual environment; Debian ships that apart."""
    in_one_already = sys.prefix != sys.base_prefix
    return in_one_already or importlib.util.find_spec("ensurepip") is not None


def report(findings: Iterable[Finding]) -> str:
    """Say it in lines: what is there, what is missing, and what to type."""
    lines = []
    for finding in findings:
        state = "ok     " if finding.present else "MISSING" if finding.required else "absent "
        lines.append(f"{state}  {finding.what} (for {finding.needed_for})")
        if not finding.present:
            lines.append(f"         {finding.mend}")
    return "\n".join(lines)


def healthy(findings: Iterable[Finding]) -> bool:
    """Tell whether nothing that casemgr cannot do without is missing."""
    return all(finding.present for finding in findings if finding.required)
