"""The worker's cage: what a process may no longer do once it lays out other people's papers.

Three independent walls, so that one hole is not enough: limits of the operating system on time and
memory; no network of its own, where the system grants that to anybody; and an audit hook, which
nothing in the process can take off again, that refuses sockets, programs, and files outside the
interpreter, its libraries and the worker's own scratch folder.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000

REFUSED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
    "os.startfile", "os.kill", "os.putenv", "pty.", "ctypes.", "urllib.", "http.", "ftplib.",
    "smtplib.", "imaplib.", "poplib.", "telnetlib.", "sqlite3.", "os.listxattr", "os.getxattr",
    "os.setxattr", "os.chmod", "os.chown", "os.link", "os.symlink", "os.truncate",
    "sys.settrace", "sys.setprofile", "sys.addaudithook", "sys._getframe.f", "webbrowser.",
)  # fmt: skip
READS = frozenset({"os.listdir", "os.scandir", "glob.glob", "os.chdir"})
WRITES = frozenset({"os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree"})


def limit_for_good(output: int) -> None:
    """Allow no core dumps, and no file larger than `output` bytes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))


def limit_cpu(seconds: int) -> None:
    """From now on the process may use this many seconds of CPU; then the system kills it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def limit_memory(size: int) -> None:
    """The process may address this many bytes in all; beyond, Python raises MemoryError."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def addressed() -> int:
    """Return how many bytes the process addresses now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def leave_the_network() -> bool:
    """Move into a network of our own with nothing in it; say whether the system let us."""
    if not sys.platform.startswith("linux"):
        return False
    unshare: Callable[[int], int] = ctypes.CDLL(None, use_errno=True).unshare
    return unshare(CLONE_NEWNET) == 0 or unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0


def close_the_doors(readable: Iterable[str], scratch: str) -> None:
    """Refuse from now on sockets, programs, reads outside `readable`, writes outside `scratch`.

    What is refused raises PermissionError. There is no way back.
    """
    reads = (*map(_folder, readable), _folder(scratch), _folder("/proc/self/statm"))
    write = _folder(scratch)

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event == "open":
            _check_open(args, reads, write)
        elif event in READS:
            _inside(args[0], reads)
        elif event in WRITES:
            _inside(args[0], (write,))
        elif event.startswith(REFUSED):
            raise PermissionError(f"A paper may not do this: {event}")

    sys.addaudithook(hook)


def _check_open(args: tuple[object, ...], reads: tuple[str, ...], scratch: str) -> None:
    path, mode, flags = args
    writing = bool(set(str(mode or "")) & set("wax+")) or bool(
        isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    )
    _inside(path, (scratch,) if writing else reads)


def _inside(path: object, folders: tuple[str, ...]) -> None:
    if isinstance(path, int):  # a file that is open already
        return
    name = _folder(os.fsdecode(path if isinstance(path, str | bytes) else str(path)))
    if not name.startswith(folders):
        raise PermissionError(f"A paper may not open this: {name}")


def _folder(path: str) -> str:
    return os.path.realpath(path) + os.sep
