"""The second factor: an authenticator app's code, or one of ten recovery codes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import StringConstraints
from sqlmodel import Session, col, select

from casemgr.db.tables import Person, RecoveryCode, SecondFactor
from casemgr.domain import totp
from casemgr.errors import Malformed
from casemgr.fields import ALPHABET, Input
from casemgr.usecases import passkeys, signin, sso, throttle
from casemgr.usecases.work import Work

RECOVERY_CODES = 10
HALF_CODE = 5  # signs before the dash and after it: fifty bits a code

WRONG = "This code does not fit, or it was used already. Wait for the next one and type that."
TOO_MANY = "Too many tries. Wait an hour, then try again, or ask an administrator."
NOT_YET = "This code does not fit. Check the telephone's clock, then type the code it shows now."


class CodeInput(Input):
    """A code as it was typed: the app's six digits, or a recovery code."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=60)]


class EnrolInput(CodeInput):
    """The app's first code, and which of the secrets we showed it belongs to."""

    salt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


@dataclass(frozen=True)
class Shown:
    """What somebody needs to set up an app: the secret to type, and the address to take in."""

    salt: str
    text: str
    address: str


def show(work: Work, person: Person, office: str, salt: str | None = None) -> Shown:
    """Return a fresh secret for a person's app; nothing is kept until the app's code proves it."""
    chosen = salt or secrets.token_hex(16)
    secret = _secret(work.key, person.id, chosen)
    return Shown(chosen, totp.as_text(secret), totp.address(secret, office, person.email))


def _secret(key: bytes, person_id: str, salt: str) -> bytes:
    said = f"second factor:{person_id}:{salt}".encode()
    return hmac.new(key, said, hashlib.sha256).digest()[: totp.SECRET_BYTES]


def is_on(session: Session, person_id: str) -> bool:
    """Say whether a person has set up an app."""
    return session.get(SecondFactor, person_id) is not None


@dataclass(frozen=True)
class Factors:
    """What somebody has set up to prove who they are beside a password."""

    app: bool
    passkeys: bool

    @property
    def any(self) -> bool:
        """Say whether there is anything: the first is set up by the password alone, no other."""
        return self.app or self.passkeys


def factors_of(session: Session, person_id: str) -> Factors:
    """Return what a person has set up; a passkey counts also while passkeys are switched off."""
    return Factors(is_on(session, person_id), passkeys.are_there(session, person_id))


def enrol(
    work: Work, person: Person, given: EnrolInput, *, but: str | None = None
) -> tuple[str, ...]:
    """Take an app into use once its code proves it, and return ten recovery codes, shown once.

    Whatever else was signed in ends, except the session of the cookie `but`.
    """
    secret = _secret(work.key, person.id, given.salt)
    step = totp.step_of(secret, given.code, signin.moment())
    if step is None:
        raise Malformed({"code": NOT_YET})
    factor = work.session.get(SecondFactor, person.id)
    if factor is None:
        factor = SecondFactor(person_id=person.id, salt=given.salt, since_at=signin.moment())
    factor.salt, factor.last_step, factor.since_at = given.salt, step, signin.moment()
    work.session.add(factor)
    signin.lock_out(work, person.id, but=but)
    work.record("factor.set", person, title=person.name)
    return renew_recovery_codes(work, person)


def renew_recovery_codes(work: Work, person: Person) -> tuple[str, ...]:
    """Return ten fresh recovery codes, shown once; the old ones are void."""
    work.session.execute(sa.delete(RecoveryCode).where(col(RecoveryCode.person_id) == person.id))
    codes = tuple(_new_code() for _ in range(RECOVERY_CODES))
    for code in codes:
        work.session.add(RecoveryCode(code_hash=_hash(work, code), person_id=person.id))
    work.record("factor.codes", person, title=person.name)
    return codes


def _new_code() -> str:
    signs = [secrets.choice(ALPHABET) for _ in range(2 * HALF_CODE)]
    return f"{''.join(signs[:HALF_CODE])}-{''.join(signs[HALF_CODE:])}"


def _hash(work: Work, code: str) -> str:
    # Fifty bits could be tried out against a plain hash; the key is not in the database.
    said = f"recovery:{totp.normal(code).upper()}".encode("utf-8", "replace")
    return hmac.new(work.key, said, hashlib.sha256).hexdigest()


def codes_left(session: Session, person_id: str) -> int:
    """Return how many recovery codes a person has left."""
    left = select(sa.func.count()).where(
        col(RecoveryCode.person_id) == person_id, col(RecoveryCode.used_at).is_(None)
    )
    return int(session.exec(left.select_from(RecoveryCode)).one())


def may_try(work: Work, person_id: str, address: str) -> bool:
    """Count a try at the second factor, and say whether it is allowed; see signin.may_try."""
    account, place = _keys(person_id, address)
    return throttle.may_try(
        work.session, account, place, throttle.FACTOR, signin.moment(), still=None
    )


def was_right(work: Work, person_id: str, address: str) -> None:
    """Forget a try that was right."""
    throttle.take_back(work.session, *_keys(person_id, address))


def _keys(person_id: str, address: str) -> tuple[str, str]:
    return f"factor:{person_id}", f"factor-address:{signin.token_hash(address)}"


def prove(work: Work, person: Person, typed: str) -> bool:
    """Say whether a code is right, and use it up: the same code never counts again."""
    return _prove_by_app(work, person, typed) or _prove_by_recovery(work, person, typed)


def _prove_by_app(work: Work, person: Person, typed: str) -> bool:
    factor = work.session.get(SecondFactor, person.id)
    if factor is None:
        return False
    secret = _secret(work.key, person.id, factor.salt)
    step = totp.step_of(secret, typed, signin.moment())
    if step is None:
        return False
    # One statement: of two processes with the same code, one changes the row.
    used = sa.update(SecondFactor).where(
        col(SecondFactor.person_id) == person.id, col(SecondFactor.last_step) < step
    )
    return _changed_one(work, used.values(last_step=step))


def _prove_by_recovery(work: Work, person: Person, typed: str) -> bool:
    used = sa.update(RecoveryCode).where(
        col(RecoveryCode.code_hash) == _hash(work, typed),
        col(RecoveryCode.person_id) == person.id,
        col(RecoveryCode.used_at).is_(None),
    )
    if not _changed_one(work, used.values(used_at=signin.moment())):
        return False
    work.record("factor.recovered", person, title=person.name)
    return True


def _changed_one(work: Work, statement: Any) -> bool:
    return bool(work.session.execute(statement).rowcount == 1)  # type: ignore[attr-defined]


def remove(work: Work, person: Person) -> None:
    """Take a lost app and the passkeys away, and the account of the single sign-on with them.

    Their owner sets up another app at the next sign-in.
    """
    for table in (SecondFactor, RecoveryCode):
        shape: Any = table
        work.session.execute(sa.delete(table).where(shape.person_id == person.id))
    passkeys.remove_all(work, person.id)
    sso.unlink(work, person.id)
    signin.lock_out(work, person.id)
    work.record("factor.removed", person, title=person.name)
