"""A bag: one zip that any program unpacks, with the checksum of every file in it (RFC 8493).

The same content makes the same bytes: names sorted, times fixed, nothing compressed. Whoever has it
unpacked checks it with `sha256sum -c manifest-sha256.txt`.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from casemgr.errors import Unusable

BAG_IT, INFO, SEAL = "bagit.txt", "bag-info.txt", "seal.txt"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
DATA = "data/"
DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
AT_ONCE = 1024 * 1024
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say
_UNIX, _PLAIN_FILE = 3, 0o100600 << 16


@dataclass(frozen=True, slots=True)
class Source:
    """One file to be packed: its size, and what gives its bytes part by part."""

    size: int
    parts: Callable[[], Iterable[bytes]]


def plain(data: bytes) -> Source:
    """Return bytes as a file to be packed."""
    return Source(len(data), lambda: (data,))


def pack(
    file: BinaryIO,
    root: str,
    payload: Mapping[str, Source],
    info: Mapping[str, str],
    sealed: Callable[[bytes], str],
) -> str:
    """Write a bag whose one folder is `root`; return the SHA-256 of its manifest, its fingerprint.

    `payload` is by the names within `data/`; `sealed` makes the seal over the manifest's bytes.
    """
    size = sum(each.size for each in payload.values())
    said = {**info, "Payload-Oxum": f"{size}.{len(payload)}"}
    tags = {INFO: _headers(said), BAG_IT: DECLARED}
    with zipfile.ZipFile(file, "w") as pack_:
        for name, data in tags.items():
            _add(pack_, f"{root}/{name}", plain(data))
        sums = {
            f"{DATA}{name}": _add(pack_, f"{root}/{DATA}{name}", payload[name])
            for name in sorted(payload)
        }
        manifest = _listed(sums)
        tags |= {MANIFEST: manifest, SEAL: f"{sealed(manifest)}\n".encode()}
        for name in (MANIFEST, SEAL):
            _add(pack_, f"{root}/{name}", plain(tags[name]))
        of_tags = {name: hashlib.sha256(tags[name]).hexdigest() for name in sorted(tags)}
        _add(pack_, f"{root}/{TAGS}", plain(_listed(of_tags)))
    return hashlib.sha256(manifest).hexdigest()


def _add(pack_: zipfile.ZipFile, name: str, source: Source) -> str:
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
    entry.file_size = source.size  # so that a large one is written as such from its first byte
    found, written = hashlib.sha256(), 0
    with pack_.open(entry, "w") as into:
        for part in source.parts():
            into.write(part)
            found.update(part)
            written += len(part)
    if written != source.size:
        raise ValueError(f"{name} has {written} bytes and was said to have {source.size}")
    return found.hexdigest()


def _listed(sums: Mapping[str, str]) -> bytes:
    return "".join(f"{value}  {name}\n" for name, value in sums.items()).encode()


def _headers(said: Mapping[str, str]) -> bytes:
    lines = (f"{name}: {' '.join(value.split())}\n" for name, value in said.items())
    return "".join(lines).encode()


_ODD = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST_NAME = 80


def safe_part(typed: str) -> str:
    """Return a file's name as every system can unpack it; its ending stays.

    >>> safe_part("../Carta n.º 3 (señor).pdf")
    'Carta_n.o_3_senor_.pdf'
    """
    last = typed.replace("\\", "/").rsplit("/", 1)[-1]
    ascii_only = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode()
    kept = _ODD.sub("_", ascii_only).strip("._ ") or "file"
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 10:
        return kept[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


ROOM_LEFT = 64 * 1024 * 1024  # bytes an office needs to go on working


def refuse_full(folder: Path, size: int) -> None:
    """Raise Unusable where a file of this size would fill the disk that an office works on."""
    if shutil.disk_usage(folder).free < size + ROOM_LEFT:
        raise Unusable(
            f"This needs {size // 1024**2 + 1:,} MiB on the disk of {folder}, and there is no such "
            "room. Make room there first; nothing was changed."
        )


def read_in_parts(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file from its start, a mebibyte at a time."""
    file.seek(0)
    while part := file.read(AT_ONCE):
        yield part
