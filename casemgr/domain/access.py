"""Who may do what: one table between roles and rights, small enough to read to a client."""

from __future__ import annotations

from enum import StrEnum

from casemgr.domain.words import Role


class Right(StrEnum):
    """A power over the rows of a matter one is on."""

    READ = "read"
    LOG = "log"  # log, draft, accept facts
    CONFIRM = "confirm"  # confirm a computed deadline, double-check another's
    RELEASE = "release"  # send a letter to an agency
    OVERRIDE = "override"  # set a date against the rule, with reason and document
    SIGN_OFF = "sign off"  # a version of a declaration
    MANAGE = "manage"  # open a matter, put people on it
    EXPORT = "export"  # take everything of a matter away in one file
    SCREEN = "screen"  # put up and take down walls, let somebody in for an emergency


_STUDENT = frozenset({Right.READ, Right.LOG})
_STAFF = _STUDENT | {Right.CONFIRM, Right.MANAGE}
_ATTORNEY = _STAFF | {
    Right.RELEASE, Right.OVERRIDE, Right.SIGN_OFF, Right.EXPORT, Right.SCREEN,
}  # fmt: skip

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.STUDENT: _STUDENT,
    Role.STAFF: _STAFF,
    Role.ATTORNEY: _ATTORNEY,
    Role.ADMINISTRATOR: frozenset({Right.SCREEN}),  # looks after people, never reads a matter
    Role.GUEST: frozenset({Right.READ}),
}

_AS_SAID = {
    Right.READ: "read this",
    Right.LOG: "log or change this",
    Right.CONFIRM: "confirm a date",
    Right.RELEASE: "release a letter",
    Right.OVERRIDE: "override a date",
    Right.SIGN_OFF: "sign off a declaration",
    Right.MANAGE: "open matters or put people on them",
    Right.EXPORT: "export a whole matter",
    Right.SCREEN: "decide on walls and emergencies",
}


def may(role: Role, right: Right) -> bool:
    """Say whether a role has a right at all, on a matter its holder is on."""
    return right in RIGHTS[role]


def as_said(right: Right) -> str:
    """Return a right as the end of a sentence that begins with who may.

    >>> as_said(Right.CONFIRM)
    'confirm a date'
    """
    return _AS_SAID[right]


def refusal(role: Role, right: Right) -> str:
    """Return the sentence for somebody without the right: what, and who can.

    >>> refusal(Role.STUDENT, Right.CONFIRM)
    'A student cannot confirm a date. Staff and attorneys on the matter can.'
    """
    can = [each for each in (Role.STUDENT, Role.STAFF, Role.ATTORNEY) if may(each, right)]
    plural = {Role.STUDENT: "students", Role.STAFF: "staff", Role.ATTORNEY: "attorneys"}
    names = " and ".join(plural[each] for each in can)
    article = "An" if role.value[0] in "aeiou" else "A"
    who = f"{article} {role}" if role is not Role.STAFF else "Staff"
    return f"{who} cannot {_AS_SAID[right]}. {names.capitalize()} on the matter can."
