"""Ask a browser for a passkey, and check what it brings back (W3C Web Authentication, Level 3).

Values in, values out: which challenge was asked for, and whose key it is, the caller knows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    RegistrationCredential,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

PATIENCE = 120_000  # milliseconds that a browser waits for its person
LONGEST_ANSWER = 20_000  # characters; a browser's answer has one or two thousand
LONGEST_ID = 1023  # bytes (section 4, credential ID)
UNREADABLE = "what the browser sent could not be read"


class NotProved(Exception):
    """What came back proves nothing; `str()` says why, for the history and not for the browser."""


@dataclass(frozen=True)
class Site:
    """Where passkeys of the office count: the host of its address, and that address alone."""

    host: str
    origin: str
    office: str


@dataclass(frozen=True)
class NewKey:
    """The public half of a passkey that was just made."""

    credential_id: str
    public_key: str
    sign_count: int


@dataclass(frozen=True)
class Brought:
    """What a browser brought back, read and not yet believed."""

    challenge: str
    credential_id: str
    person_id: str  # as the passkey says; empty where it does not
    whole: AuthenticationCredential


def site_of(address: str, office: str) -> Site:
    """Return where passkeys count for an office that people reach at this address.

    >>> site_of("https://casemgr.example.org", "Office")
    Site(host='casemgr.example.org', origin='https://casemgr.example.org', office='Office')
    """
    told = urlsplit(address)
    return Site(told.hostname or "", f"{told.scheme}://{told.netloc.lower()}", office)


def ask_for_new(
    site: Site, challenge: str, person: tuple[str, str, str], known: Sequence[str]
) -> str:
    """Return as JSON what a browser needs to make a passkey for a person: id, e-mail, name.

    An authenticator that holds one of the `known` makes no second one.
    """
    person_id, email, name = person
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site.office,
        user_id=person_id.encode(),
        user_name=email,
        user_display_name=name,
        challenge=challenge.encode(),
        timeout=PATIENCE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in known
        ],
    )
    return options_to_json(options)


def ask_for_known(site: Site, challenge: str) -> str:
    """Return as JSON what a browser needs to sign in with any passkey it has for this site."""
    options = generate_authentication_options(
        rp_id=site.host,
        challenge=challenge.encode(),
        timeout=PATIENCE,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def read_new(answer: str) -> tuple[str, RegistrationCredential]:
    """Return the challenge that came back with a new passkey, and the whole answer unbelieved."""
    try:
        whole = parse_registration_credential_json(_as_object(answer))
        return _said(whole.response.client_data_json), whole
    except Exception as wrong:
        raise NotProved(UNREADABLE) from wrong


def check_new(site: Site, challenge: str, whole: RegistrationCredential) -> NewKey:
    """Return the public half of a new passkey, or raise NotProved."""
    try:
        found = verify_registration_response(
            credential=whole,
            expected_challenge=challenge.encode(),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except Exception as wrong:
        raise NotProved(f"the new passkey was not taken: {wrong}") from wrong
    if len(found.credential_id) > LONGEST_ID:
        raise NotProved("the new passkey was not taken: its id is too long")
    return NewKey(
        bytes_to_base64url(found.credential_id),
        bytes_to_base64url(found.credential_public_key),
        found.sign_count,
    )


def read_known(answer: str) -> Brought:
    """Return what came back from a passkey that is to sign in."""
    try:
        whole = parse_authentication_credential_json(_as_object(answer))
        challenge = _said(whole.response.client_data_json)
        person_id = (whole.response.user_handle or b"").decode()
    except Exception as wrong:
        raise NotProved(UNREADABLE) from wrong
    return Brought(challenge, bytes_to_base64url(whole.raw_id), person_id, whole)


def check_known(site: Site, brought: Brought, challenge: str, kept: NewKey) -> int:
    """Return how often the passkey has signed by now, or raise NotProved.

    A count that did not go up since the last time means that there are two of it.
    """
    try:
        found = verify_authentication_response(
            credential=brought.whole,
            expected_challenge=challenge.encode(),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(kept.public_key),
            credential_current_sign_count=kept.sign_count,
            require_user_verification=True,
        )
    except Exception as wrong:
        raise NotProved(f"the passkey proved nothing: {wrong}") from wrong
    return found.new_sign_count


# Whatever the library stumbles over above was sent by a stranger: nothing of it is our fault, and
# all of it is one refusal. That is why every Exception is caught there.


def _as_object(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("too long")
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise TypeError("not an object")
    return found


def _said(client_data: bytes) -> str:
    """Return the challenge in what the browser signed; a page within another site's is refused."""
    said = parse_client_data_json(client_data)
    if said.cross_origin:
        raise ValueError("asked from within another site")
    return said.challenge.decode("ascii")
