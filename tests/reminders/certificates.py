"""An authority of one's own, and certificates it vouches with, made anew for each test."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey
HERE = x509.IPAddress(ip_address("127.0.0.1"))


@dataclass(frozen=True)
class Authority:
    """Who vouches for names: its certificate is in `file`, for whoever is to trust it."""

    folder: Path
    key: Key
    name: x509.Name

    @property
    def file(self) -> Path:
        """Return the file with its certificate."""
        return self.folder / "authority.pem"

    def vouches(self, *names: x509.GeneralName, days: int = 30) -> ssl.SSLContext:
        """Return what a server shows whose names it vouches for, for so many days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _certificate(_named("server"), key, self.name, self.key, days)
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
        file = self.folder / "server.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        signed = made.sign(self.key, hashes.SHA256())
        file.write_bytes(secret + signed.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def make_authority(folder: Path) -> Authority:
    """Make an authority that nobody trusts yet."""
    key, name = ec.generate_private_key(ec.SECP256R1()), _named("The office's own authority")
    made = _certificate(name, key, name, key, days=60)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    authority = Authority(folder, key, name)
    signed = made.sign(key, hashes.SHA256())
    authority.file.write_bytes(signed.public_bytes(Encoding.PEM))
    return authority


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    name: x509.Name, key: Key, by: x509.Name, by_key: Key, days: int
) -> x509.CertificateBuilder:
    until = datetime.now(UTC) + timedelta(days=days)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - timedelta(days=90))
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by_key.public_key()), critical=False
        )
    )
