"""A process that commits so many times and says how often SQLite asked for its files to be synced.

    python -m tests.chaos.durable FOLDER COMMITS SYNCHRONOUS

SQLite's own way to the disk is left as it is, and a counter put in front of its xSync: for
machines without strace. What strace sees beside it are the system calls themselves.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import sys
from pathlib import Path

import sqlalchemy as sa

from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import HistoryHead

FILE = "casemgr.sqlite3"
_POINTER = ctypes.sizeof(ctypes.c_void_p)
# sqlite3.h: int xOpen(sqlite3_vfs*, const char*, sqlite3_file*, int, int*) is the first function of
# sqlite3_vfs; int xSync(sqlite3_file*, int) the sixth entry of sqlite3_io_methods.
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        ("pNext", ctypes.c_void_p),
        ("zName", ctypes.c_char_p),
        ("pAppData", ctypes.c_void_p),
        ("xOpen", _OPEN),
    )


class _Methods(ctypes.Structure):
    _fields_ = (
        ("iVersion", ctypes.c_int),
        ("close_read_write_truncate", ctypes.c_void_p * 4),
        ("xSync", _SYNC),
        ("rest", ctypes.c_void_p * 13),
    )


class Counter:
    """Counts what SQLite asks of xSync, on every file it opens from now on in this process."""

    def __init__(self) -> None:
        self.syncs = 0
        library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))  # the one Python uses
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        self._vfs = library.sqlite3_vfs_find(None).contents
        # A copy: the field itself is about to be written over.
        address = ctypes.cast(self._vfs.xOpen, ctypes.c_void_p).value
        self._whole = _OPEN(address)  # type: ignore[arg-type]
        self._kept: dict[int, tuple[_Methods, object]] = {}
        self._own = _OPEN(self._open)
        self._vfs.xOpen = self._own

    def _open(self, vfs: int, name: int, file: int, flags: int, out: int) -> int:
        result = int(self._whole(vfs, name, file, flags, out))
        methods = ctypes.c_void_p.from_address(file)
        if result == 0 and methods.value:
            methods.value = ctypes.addressof(self._counting(methods.value))
        return result

    def _counting(self, found: int) -> _Methods:
        """Return the methods of a kind of file with a counter before xSync."""
        if found not in self._kept:
            made = _Methods()
            version = ctypes.c_int.from_address(found).value
            entries = {1: 12, 2: 16}.get(version, 18)  # sqlite3.h, sqlite3_io_methods
            ctypes.memmove(ctypes.addressof(made), found, _POINTER * (1 + entries))
            asked = _SYNC(ctypes.cast(made.xSync, ctypes.c_void_p).value)  # type: ignore[arg-type]

            def sync(file: int, flags: int) -> int:
                self.syncs += 1
                return int(asked(file, flags))

            made.xSync = _SYNC(sync)
            self._kept[found] = (made, asked)
        return self._kept[found][0]


def main(folder: str, commits: str, synchronous: str) -> None:
    """Commit, each time as a piece of work does; print how often a sync was asked for."""
    counter = Counter()
    engine = open_engine(f"sqlite:///{Path(folder) / FILE}")
    if synchronous == "OFF":
        sa.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    for number in range(int(commits)):
        with transaction(engine) as session:
            session.execute(sa.update(HistoryHead).values(seal=str(number)))
    print(counter.syncs)
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
