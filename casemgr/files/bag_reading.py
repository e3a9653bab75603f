"""Open a bag that came from outside: nothing is unpacked by name, and nothing in it can swell.

A bag that cannot even be looked into is refused at once; what is wrong inside comes as sentences.
"""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casemgr.errors import Malformed
from casemgr.files.bag import AT_ONCE, BAG_IT, DATA, DECLARED, MANIFEST, SEAL, TAGS
from casemgr.files.bag import INFO as BAG_INFO

MOST_FILES = 200_000
MOST_IN_A_LIST = 64 * 1024 * 1024  # bytes of a list of checksums, or of any other tag file
LONGEST_LINE = 64 * 1024 * 1024

NOT_WHOLE = (
    "This is no package of casemgr, or it was cut off on its way. Ask for it again, and compare "
    "the size."
)
_LISTED = re.compile(r"^([0-9a-f]{64})  (\S.*)$")
_TAG_FILES = frozenset({BAG_IT, BAG_INFO, MANIFEST, SEAL})


class Bag:
    """An opened bag; names are within its one folder."""

    def __init__(self, pack: zipfile.ZipFile, size: int) -> None:
        self._pack = pack
        entries = pack.infolist()
        _refuse_odd(entries, size)
        self.root = entries[0].filename.split("/", 1)[0]
        self._entries = {each.filename.removeprefix(f"{self.root}/"): each for each in entries}

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all its files."""
        return frozenset(self._entries)

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        return self._entries[name].file_size

    def parts(self, name: str) -> Iterator[bytes]:
        """Yield a file's bytes part by part; Malformed where they are damaged."""
        try:
            with self._pack.open(self._entries[name]) as file:
                while part := file.read(AT_ONCE):
                    yield part
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError) as wrong:
            raise Malformed(f"{name} in the package is damaged.") from wrong

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield a file's lines without their ends."""
        held = b""
        for part in self.parts(name):
            *whole, held = (held + part).split(b"\n")
            if len(held) > LONGEST_LINE:
                raise Malformed(f"{name} in the package has a line without an end.")
            yield from whole
        if held:
            yield held

    def read(self, name: str) -> bytes:
        """Return a small file whole; Malformed where it is missing or no small one."""
        if name not in self._entries:
            raise Malformed(f"{name} is missing from the package.")
        if self.size(name) > MOST_IN_A_LIST:
            raise Malformed(f"{name} in the package is far too large for what it is.")
        return b"".join(self.parts(name))

    def sums(self, name: str) -> dict[str, str]:
        """Return a list of checksums: the SHA-256 by file."""
        found: dict[str, str] = {}
        for line in self._text(name).splitlines():
            said = _LISTED.match(line)
            if said is None or said[2] in found:
                raise Malformed(f"{name} in the package is no list of checksums.")
            found[said[2]] = said[1]
        return found

    def _text(self, name: str) -> str:
        try:
            return self.read(name).decode()
        except UnicodeDecodeError as wrong:
            raise Malformed(f"{name} in the package is not text.") from wrong

    def faults(self) -> Iterator[str]:
        """Yield a sentence for each file that is missing, too many, or not as it was packed."""
        if self.read(BAG_IT) != DECLARED:
            yield f"{BAG_IT} does not say that this is a bag of version 1.0."
        tags, payload = self.sums(TAGS), self.sums(MANIFEST)
        yield from self._wrong(tags, set(_TAG_FILES), TAGS)
        there = {each for each in self.names if each.startswith(DATA)}
        yield from self._wrong(payload, there, MANIFEST)
        for each in sorted(self.names - there - _TAG_FILES - {TAGS}):
            yield f"{each} does not belong into a package."

    def _wrong(self, listed: dict[str, str], wanted: set[str], by: str) -> Iterator[str]:
        for name in sorted(wanted - listed.keys()):
            yield f"{name} is in the package, but {by} does not list it."
        for name in sorted(listed):
            if name not in self._entries:
                yield f"{name} is missing from the package."
            elif self._sum(name) != listed[name]:
                yield f"{name} is not as it was packed: its checksum differs."

    def _sum(self, name: str) -> str:
        found = hashlib.sha256()
        try:
            for part in self.parts(name):
                found.update(part)
        except Malformed:
            return ""
        return found.hexdigest()


@contextmanager
def open_bag(file: Path) -> Iterator[Bag]:
    """Open a bag; Malformed, with a sentence, where it is none or could do harm."""
    try:
        pack = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as wrong:
        raise Malformed(NOT_WHOLE) from wrong
    with pack:
        yield Bag(pack, file.stat().st_size)


def _refuse_odd(entries: list[zipfile.ZipInfo], size: int) -> None:
    if not entries:
        raise Malformed(NOT_WHOLE)
    if len(entries) > MOST_FILES:
        raise Malformed(f"The package has over {MOST_FILES:,} files; no matter of ours has.")
    seen: set[str] = set()
    for each in entries:
        _refuse_name(each)
        name = unicodedata.normalize("NFC", each.filename).casefold()
        if name in seen:
            raise Malformed(f"The package holds {_shown(each)} twice, so one hides the other.")
        seen.add(name)
        _refuse_swelling(each)
    _refuse_overlap(entries, size)
    roots = {each.filename.split("/", 1)[0] for each in entries}
    if len(roots) != 1 or not all("/" in each.filename for each in entries):
        raise Malformed("The package does not hold one folder with everything in it.")


def _refuse_name(entry: zipfile.ZipInfo) -> None:
    name, kind = entry.orig_filename, stat.S_IFMT(entry.external_attr >> 16)
    parts = name.split("/")
    odd = any(sign in name for sign in "\\:%") or not name.isprintable()
    if odd or {"", ".", ".."} & set(parts):
        raise Malformed(
            f"The package holds {_shown(entry)}, a name that could lead out of its folder. "
            "Nothing of it was read."
        )
    if kind not in {0, stat.S_IFREG}:
        raise Malformed(f"{_shown(entry)} in the package is a link and no file. Nothing was read.")


def _refuse_swelling(entry: zipfile.ZipInfo) -> None:
    if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
        raise Malformed(
            f"{_shown(entry)} in the package is compressed or locked. casemgr does neither, so "
            "that a small file cannot swell into one that fills the disk. Unpack it elsewhere, "
            "look at it, and pack the folder again with: zip -0 -X -D -r package.zip FOLDER"
        )


def _refuse_overlap(entries: list[zipfile.ZipInfo], size: int) -> None:
    ahead = 0
    for each in sorted(entries, key=lambda entry: entry.header_offset):
        if each.header_offset < ahead or each.file_size != each.compress_size:
            raise Malformed("Files in the package lie over each other. Nothing of it was read.")
        ahead = each.header_offset + each.file_size
    if ahead > size:
        raise Malformed(NOT_WHOLE)


def _shown(entry: zipfile.ZipInfo) -> str:
    return ascii(entry.orig_filename[:80])
