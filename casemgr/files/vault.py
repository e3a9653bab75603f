"""One encrypted file: whoever lacks the passphrase reads nothing, and a changed byte is refused.

The file is a header and then chunks of a mebibyte, each sealed with AES-256-GCM. A chunk's nonce
holds its number and whether it is the last, and every chunk is bound to the header: nothing can be
left out, moved, cut off or taken from another file. The key is made from the passphrase with
Argon2id, so that guessing is slow.
"""

from __future__ import annotations

import hmac
import io
import os
import secrets
from dataclasses import dataclass
from typing import BinaryIO

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casemgr.errors import Malformed

MAGIC = b"casemgr backup 1\n"
SALT, PREFIX, CHECK = 16, 7, 16
HEADER = len(MAGIC) + SALT + PREFIX + CHECK
CHUNK = 1024 * 1024
TAG = 16
MEMORY = 65536  # KiB for one guess at the passphrase

NOT_OURS = "This is no backup of casemgr. Give the file that `casemgr backup` wrote."
WRONG = (
    "This passphrase does not open this backup (or the first bytes of the file were damaged). "
    "Give the passphrase it was made with."
)
DAMAGED = (
    "This backup was damaged or cut off, so nothing was restored. Use another copy of it, or an "
    "older backup."
)


@dataclass(frozen=True)
class _Keys:
    """What seals the chunks, the first bytes of their nonces, and the header they are bound to."""

    cipher: AESGCM
    prefix: bytes
    header: bytes

    def nonce(self, number: int, last: bool) -> bytes:
        return self.prefix + number.to_bytes(4, "big") + bytes([last])


def _keys(passphrase: str, salt: bytes, prefix: bytes) -> _Keys:
    made = hash_secret_raw(
        passphrase.encode(), salt, time_cost=3, memory_cost=MEMORY, parallelism=1, hash_len=48,
        type=Type.ID,
    )  # fmt: skip
    # The last bytes stand in the header: a wrong passphrase is told from a damaged file by them.
    header = MAGIC + salt + prefix + made[32:]
    return _Keys(AESGCM(made[:32]), prefix, header)


class Sealing(io.RawIOBase):
    """Writes an encrypted file; it is whole only once closed."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._file = file
        self._keys = _keys(passphrase, secrets.token_bytes(SALT), secrets.token_bytes(PREFIX))
        self._held = bytearray()
        self._number = 0
        file.write(self._keys.header)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take bytes; a chunk goes out when more follows it, for the last one is marked."""
        self._held += data
        while len(self._held) > CHUNK:
            self._seal(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write the last chunk and see that all of it is on the disk."""
        if not self.closed:
            self._seal(bytes(self._held), last=True)
            self._file.flush()
            os.fsync(self._file.fileno())
        super().close()

    def _seal(self, data: bytes, *, last: bool) -> None:
        keys = self._keys
        self._file.write(keys.cipher.encrypt(keys.nonce(self._number, last), data, keys.header))
        self._number += 1


class Opening(io.RawIOBase):
    """Reads an encrypted file, each chunk checked before any of it is given out."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._file = file
        self._keys = _read_header(file.read(HEADER), passphrase)
        self._held = b""
        self._number = 0
        self._ahead = file.read(CHUNK + TAG)
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray) -> int:  # type: ignore[override]
        """Fill the buffer as far as the next chunk goes; 0 at the end."""
        if not self._held and not self._ended:
            self._held = self._next()
        part, self._held = self._held[: len(into)], self._held[len(into) :]
        into[: len(part)] = part
        return len(part)

    def to_the_end(self) -> None:
        """Read what is left, so that a file that was cut off is noticed."""
        while self.read(CHUNK):
            pass

    def _next(self) -> bytes:
        data, self._ahead = self._ahead, self._file.read(CHUNK + TAG)
        self._ended = not self._ahead
        nonce = self._keys.nonce(self._number, self._ended)
        self._number += 1
        try:
            return self._keys.cipher.decrypt(nonce, data, self._keys.header)
        except InvalidTag as wrong:
            raise Malformed(DAMAGED) from wrong


def _read_header(header: bytes, passphrase: str) -> _Keys:
    if len(header) < HEADER or not header.startswith(MAGIC):
        raise Malformed(NOT_OURS)
    salt = header[len(MAGIC) : len(MAGIC) + SALT]
    prefix = header[len(MAGIC) + SALT : len(MAGIC) + SALT + PREFIX]
    keys = _keys(passphrase, salt, prefix)
    if not hmac.compare_digest(keys.header, header):
        raise Malformed(WRONG)
    return keys
