"""Hand one message to a program outside: to the very machine that was looked at, with limits.

Its name is looked up once, and the connection goes to what was found and judged, so that a name
that means another machine a moment later leads nowhere else. Nothing but the answer's number is
read; an address to go on to is not followed; no proxy and no password of the environment is used.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from pathlib import Path
from threading import Timer
from urllib.parse import urlsplit

from casemgr.mail.outcomes import NotTaken, ReplyLost

PATIENCE = 5.0  # seconds for each step
IN_ALL = 10.0  # seconds for the whole of it, from the first byte on
# Stand for any IPv4 address (RFC 4291 2.5.5.1, 2765, 6052, 8215), or lead into one site (RFC 3879):
# not every Python counts them as inside.
_ELSEWHERE = tuple(
    IPv6Network(each)
    for each in ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "fec0::/10")
)

Networks = Collection[IPv4Network | IPv6Network]


@dataclass(frozen=True, slots=True)
class Place:
    """A machine that was looked at: `at` are its numbers, `host` what its certificate must say.

    `vouched_by` are certificates of the office's own, beside those that the machine trusts.
    """

    host: str
    at: tuple[str, ...]
    port: int
    path: str
    encrypted: bool
    vouched_by: Path | None = None


def find(address: str, allowed: Networks = ()) -> Place:
    """Look up where an address leads; raise NotTaken where nothing of ours may go.

    `allowed` are the networks inside the office that it may lead to.
    """
    parts = urlsplit(address)
    host, encrypted = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if encrypted else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as wrong:
        raise NotTaken(f"There is no machine called {host}.") from wrong
    numbers = tuple(dict.fromkeys(str(each[4][0]) for each in found))
    for each in numbers:
        _judge(host, ipaddress.ip_address(each.partition("%")[0]), allowed, encrypted=encrypted)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(host, numbers, port, path, encrypted)


def _judge(
    host: str, number: IPv4Address | IPv6Address, allowed: Networks, *, encrypted: bool
) -> None:
    number = getattr(number, "ipv4_mapped", None) or number
    if not encrypted and not number.is_loopback:
        raise NotTaken(f"{host} is not this machine, so it must be told over https.")
    inside = any(number in each for each in allowed if each.version == number.version)
    if not inside and not _is_outside(number):
        raise NotTaken(
            f"{host} is inside a private network. An administrator can allow that network: "
            "CASEMGR_WEBHOOK_NETWORKS."
        )


def _is_outside(number: IPv4Address | IPv6Address) -> bool:
    if any(number in each for each in _ELSEWHERE):
        return False
    if isinstance(number, IPv6Address) and (number.sixtofour or number.teredo):
        return False
    return number.is_global and not number.is_multicast


def hand_over(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    allowed: Networks = (),
    vouched_by: Path | None = None,
) -> None:
    """Send a message to an address; return once the program has said that it took it.

    Raises NotTaken where it certainly did not, ReplyLost where nobody can say.
    """
    place = replace(find(address, allowed), vouched_by=vouched_by)
    with _connected(place) as connection:
        try:
            connection.request("POST", place.path, body, {**headers, "Connection": "close"})
            status = connection.getresponse().status
        except (OSError, HTTPException, ValueError) as wrong:
            raise ReplyLost(f"{place.host} gave no answer ({type(wrong).__name__}).") from wrong
    _read(place.host, status)


def _read(host: str, status: int) -> None:
    if 300 <= status < 400:
        raise NotTaken(f"{host} sends on to another address ({status}), which is not followed.")
    if not 200 <= status < 300:
        raise NotTaken(f"{host} answered {status}.")


@contextmanager
def _connected(place: Place) -> Iterator[HTTPConnection]:
    line = _reached(place)
    # Who answers a byte at a time would hold us for ever: after this the line is cut.
    ends = Timer(IN_ALL, _cut, [line])
    ends.daemon = True
    ends.start()
    try:
        with closing(_over(line, place)) as connection:
            yield connection
    finally:
        ends.cancel()
        line.close()


def _reached(place: Place) -> socket.socket:
    """Return a line to the first of its numbers that answers."""
    why: OSError | None = None
    for number in place.at[:4]:
        try:
            line = socket.create_connection((number, place.port), PATIENCE)
        except OSError as wrong:
            why = wrong
            continue
        return _wrapped(line, place) if place.encrypted else line
    raise NotTaken(f"{place.host} does not answer ({type(why).__name__}).") from why


def _wrapped(line: socket.socket, place: Place) -> socket.socket:
    try:
        return _trusted(place.vouched_by).wrap_socket(
            line, server_hostname=place.host, do_handshake_on_connect=False
        )
    except NotTaken:
        line.close()
        raise
    except (OSError, ValueError) as wrong:
        line.close()
        raise NotTaken(f"{place.host} cannot be trusted ({type(wrong).__name__}).") from wrong


def _over(line: socket.socket, place: Place) -> HTTPConnection:
    if not isinstance(line, ssl.SSLSocket):
        plain = HTTPConnection(place.host, place.port)
        plain.sock = line
        return plain
    try:
        line.do_handshake()
    except (OSError, ValueError) as wrong:
        why = getattr(wrong, "verify_message", "") or type(wrong).__name__
        raise NotTaken(f"{place.host} cannot be trusted ({why}).") from wrong
    secure = HTTPSConnection(place.host, place.port, context=_trusted(place.vouched_by))
    secure.sock = line
    return secure


def _cut(line: socket.socket) -> None:
    with suppress(OSError):  # it may be closed already
        socket.socket.shutdown(line, socket.SHUT_RDWR)


@cache
def _trusted(vouched_by: Path | None) -> ssl.SSLContext:
    """Return whom this machine and the office trust to vouch for a name.

    Read once, for it takes long: a certificate added later wants casemgr to be started again.
    """
    trusted = ssl.create_default_context()
    if vouched_by is not None:
        try:
            trusted.load_verify_locations(vouched_by)
        except (OSError, ssl.SSLError) as wrong:
            raise NotTaken(
                f"CASEMGR_WEBHOOK_CA_FILE names {vouched_by}, in which no certificate can be read."
            ) from wrong
    return trusted
