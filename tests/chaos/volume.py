"""A small volume of one's own, to be filled: a real one, which only this process sees."""

from __future__ import annotations

import ctypes
import errno
import multiprocessing
import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

SIZE = 64 * 1024 * 1024
CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000  # linux/sched.h
MS_REC, MS_PRIVATE = 0x4000, 0x40000  # linux/mount.h

FORK = multiprocessing.get_context("fork")


def mount(folder: Path, size: int = SIZE) -> None:
    """Give this process, and those it starts, a volume at a folder; it is gone when they end.

    Root may, and so may anybody where the system grants people a world of their own; OSError
    elsewhere. A process with more than one thread may not.
    """
    _leave_the_world()
    _call("mount", b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    _call("mount", b"casemgr", os.fsencode(folder), b"tmpfs", 0, f"size={size}".encode())


def _leave_the_world() -> None:
    user, group = os.getuid(), os.getgid()
    try:
        _call("unshare", CLONE_NEWNS)
    except PermissionError:
        _call("unshare", CLONE_NEWNS | CLONE_NEWUSER)
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def _call(name: str, *given: object) -> None:
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*given) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


@cache
def can_mount() -> bool:
    """Say whether such a volume can be had here."""
    with TemporaryDirectory() as folder:
        process = FORK.Process(target=_try, args=(Path(folder),))
        process.start()
        process.join()
    return process.exitcode == 0


def _try(folder: Path) -> None:
    try:
        mount(folder, 1024 * 1024)
    except (OSError, AttributeError):  # no such call on this system
        os._exit(1)
    os._exit(0)


def fill(folder: Path) -> Path:
    """Fill a volume to the last byte; return the file that does it."""
    ballast = folder / "ballast"
    for size in (1024 * 1024, 4096, 1):
        handle = os.open(ballast, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            while os.write(handle, b"x" * size):
                pass
        except OSError as why:
            if why.errno != errno.ENOSPC:
                raise
        finally:
            os.close(handle)
    return ballast
