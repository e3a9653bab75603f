"""The first start from a bare checkout: make `.venv` beside it and go on inside.

Standard library only. The environment is made once from a hashed lock file, carries a stamp
of what was installed, and is left alone while the stamp matches.
"""

from __future__ import annotations

import gc
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from casemgr import doctor

CHECKOUT = Path(__file__).resolve().parent.parent

MAKES_PDFS = frozenset({"demo", "serve", "test"})

FIRST_WORDS = """\
casemgr: the case manager for people who use FOIA and go to court over it.

  python3 -m casemgr demo     make a running office with the NDLON v. ICE matter, and serve it
  python3 -m casemgr test     run every test and check
  python3 -m casemgr doctor   say what this machine lacks

The first of these also makes .venv here and installs what casemgr needs into it; from then on
`python3 -m casemgr --help` shows every command."""

PIP_FAILED = (
    "pip could not install the packages (its own words are above). If the network was away, "
    "start again when it is back; a proxy or a mirror is set in pip's own configuration. "
    "Nothing half-made was left behind."
)

APP_IMPORTS = ("typer", "sqlmodel", "fastapi", "weasyprint", "uvicorn", "alembic")
TOOL_IMPORTS = ("pytest", "ruff", "mypy", "importlinter", "deptry")


@dataclass(frozen=True)
class Environment:
    """The virtual environment that belongs to one checkout."""

    checkout: Path

    @property
    def folder(self) -> Path:
        return self.checkout / ".venv"

    @property
    def python(self) -> Path:
        windows = os.name == "nt"
        return self.folder / ("Scripts/python.exe" if windows else "bin/python")

    @property
    def stamp(self) -> Path:
        return self.folder / "casemgr-stamp"

    def lock(self, command: str) -> Path:
        """Return the lock file a command needs; the development one holds the other."""
        name = "requirements-dev.lock" if command == "test" else "requirements.lock"
        return self.checkout / name

    def mark(self, lock: Path) -> str:
        """Return what the stamp says when `lock` is installed, here, for the Python below it.

        A checkout that was moved, or a Python that the system replaced, changes the mark.
        """
        place = f"{self.checkout} {self.python.resolve()} ".encode()
        return hashlib.sha256(place + lock.read_bytes()).hexdigest()

    def holds(self, command: str) -> bool:
        """Tell whether everything the command needs was installed from the lock of today."""
        if not (self.python.exists() and self.stamp.exists()):
            return False
        return self.mark(self.lock(command)) in self.stamp.read_text(encoding="ascii").split()


class CannotStart(Exception):
    """The environment cannot be made; `str()` says why and what to do."""


def begin(arguments: list[str]) -> int | str:
    """Do one command, making the environment first if need be; return an exit status or why not."""
    command = next((word for word in arguments if not word.startswith("-")), "")
    environment = Environment(CHECKOUT)
    if runs_here(environment, command):
        return hand_over()
    try:
        if not environment.holds(command):
            if command in {"", "doctor"}:
                return answer_bare(command)
            prepare(environment, command)
    except CannotStart as why:
        return str(why)
    except KeyboardInterrupt:
        return "Stopped. Nothing half-made was left behind."
    return go_on_inside(environment, arguments)


def runs_here(environment: Environment, command: str) -> bool:
    """Tell whether this Python can do the command itself.

    True from a wheel (no lock beside the package), inside the checkout's own environment, and
    inside any other virtual environment that holds what the app imports.
    """
    if not environment.lock(command).exists():
        return True
    if sys.prefix == sys.base_prefix:
        return False
    if Path(sys.prefix).resolve() == environment.folder.resolve():
        return environment.holds(command) or not environment.stamp.exists()
    wanted = APP_IMPORTS + (TOOL_IMPORTS if command == "test" else ())
    return all(importlib.util.find_spec(name) for name in wanted)


def hand_over() -> int:
    """Give the command to the command line proper."""
    # What is loaded stays: looking through it for garbage again and again takes a tenth of a start.
    gc.set_threshold(20_000, 20, 50)
    from casemgr.cli import app  # noqa: PLC0415  # typer exists only inside the environment

    app(prog_name="casemgr")
    return 0


def answer_bare(command: str) -> int:
    """Answer what needs nothing installed: which commands there are, and what is missing."""
    if command == "":
        print(FIRST_WORDS)
        return 0
    findings = doctor.examine(doctor.this_machine())
    print(doctor.report(findings))
    print("No .venv yet, or one older than its lock: `python3 -m casemgr demo` sees to it.")
    return 0 if doctor.healthy(findings) else 1


def prepare(environment: Environment, command: str) -> None:
    """Make the environment and install what the command needs, or leave nothing behind."""
    machine = doctor.this_machine()
    refuse_without_venv(environment, machine)
    if command in MAKES_PDFS and (lack := doctor.provide_pdf_libraries(machine)):
        raise CannotStart(lack)
    made = not usable(environment)
    if made:
        refuse_second_maker(environment)
        refuse_to_clear_a_strangers(environment)
    try:
        if made:
            make(environment)
        install(environment, command)
    except BaseException:
        if made:
            shutil.rmtree(environment.folder, ignore_errors=True)
        raise


def refuse_without_venv(environment: Environment, machine: doctor.Machine) -> None:
    """Stop before anything is made where this Python cannot make environments."""
    if doctor.can_make_environments() or usable(environment):
        return
    raise CannotStart(
        "This Python cannot make a virtual environment: its venv module is not installed. "
        f"Type this once, then start again:\n    {machine.command_for('venv')}"
    )


def usable(environment: Environment) -> bool:
    """Tell whether there is an environment that pip can work in, and that was finished once."""
    if not environment.python.exists() or unfinished(environment).exists():
        return False
    asked = [str(environment.python), "-m", "pip", "--version"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def unfinished(environment: Environment) -> Path:
    """Return the file that lies in an environment until it is complete for the first time."""
    return environment.folder / "casemgr-unfinished"


def refuse_second_maker(environment: Environment) -> None:
    """Stop where another start is making the environment at this moment."""
    note = unfinished(environment)
    maker = note.read_text(encoding="ascii") if note.exists() else ""
    if maker.isdigit() and is_running(int(maker)):
        raise CannotStart(
            f"Another start (process {maker}) is making .venv just now. "
            "Wait until it says that it has installed everything, then start again."
        )


def refuse_to_clear_a_strangers(environment: Environment) -> None:
    """Stop where somebody made `.venv` by hand and pip does not work in it."""
    ours = environment.stamp.exists() or unfinished(environment).exists()
    if environment.folder.exists() and not ours:
        raise CannotStart(
            "There is a .venv here that casemgr did not make, and pip does not work in it. "
            "Delete it or give it another name, then start again."
        )


def is_running(process: int) -> bool:
    """Tell whether a process is there; on Windows nobody can ask without ending it."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def make(environment: Environment) -> None:
    """Make an empty environment, in place of whatever half-made one was there."""
    say("Making .venv (only this once).")
    shutil.rmtree(environment.folder, ignore_errors=True)
    environment.folder.mkdir()
    unfinished(environment).write_text(str(os.getpid()), encoding="ascii")
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(environment.folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        shutil.rmtree(environment.folder, ignore_errors=True)
        raise CannotStart(f"Python could not make .venv:\n{made.stdout}{made.stderr}")


def install(environment: Environment, command: str) -> None:
    """Install exactly the packages of the lock, each checked against its hash."""
    lock = environment.lock(command)
    say(f"Installing what {lock.name} lists into .venv (about a minute, and only when it changed).")
    began = time.monotonic()
    # A pip that a Debian ships takes twice as long over the lock as the one we pin.
    for listed in (environment.checkout / "requirements-pip.lock", lock):
        if subprocess.call(pip(environment, listed)):
            raise CannotStart(PIP_FAILED)
    folder = find_the_checkout(environment)
    # Compiled here on every core; pip does it on one, and Python at each start if it may not write.
    subprocess.call([str(environment.python), "-m", "compileall", "-qq", "-j", "0", str(folder)])
    locks = {environment.lock(""), lock}
    environment.stamp.write_text("\n".join(map(environment.mark, locks)), encoding="ascii")
    unfinished(environment).unlink(missing_ok=True)
    say(f"Installed in {time.monotonic() - began:.0f} seconds.")


def pip(environment: Environment, lock: Path) -> list[str]:
    """Return the pip command. The lock is complete, so nothing is left for pip to resolve."""
    line = [str(environment.python), "-m", "pip", "--disable-pip-version-check", "install"]
    return [*line, "-qq", "--require-hashes", "--no-deps", "--no-compile", "-r", str(lock)]


def find_the_checkout(environment: Environment) -> Path:
    """Let the environment's Python import casemgr wherever it starts; return its packages."""
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    said = subprocess.check_output([str(environment.python), "-c", asked], text=True)
    folder = Path(said.strip())
    (folder / "casemgr-checkout.pth").write_text(f"{environment.checkout}\n", encoding="utf-8")
    return folder


def go_on_inside(environment: Environment, arguments: list[str]) -> int:
    """Start the same command again with the environment's Python, in place of this process."""
    line = [str(environment.python), "-m", "casemgr", *arguments]
    if os.name == "nt":  # Windows would return to the shell before the new process ends
        return subprocess.call(line)
    sys.stdout.flush()
    return os.execv(line[0], line)  # never returns: the new process takes this one's place


def say(sentence: str) -> None:
    """Tell the person what is going on; on the error stream, so that output stays output."""
    print(sentence, file=sys.stderr, flush=True)
