"""Who may do what: the table between roles and rights, read out, and its sentences."""

from __future__ import annotations

import pytest

from casemgr.domain.access import RIGHTS, Right, as_said, may, refusal
from casemgr.domain.words import Role

# Said once more here, so that a right given away by a slip is noticed.
TABLE = {
    Role.STUDENT: "read, log",
    Role.STAFF: "read, log, confirm, manage",
    Role.ATTORNEY: "read, log, confirm, manage, release, override, sign off, export, screen",
    Role.ADMINISTRATOR: "screen",
    Role.GUEST: "read",
}


@pytest.mark.parametrize("role", Role)
def test_each_role_has_exactly_its_rights(role: Role) -> None:
    rights = set(TABLE[role].split(", "))

    assert {right.value for right in RIGHTS[role]} == rights
    assert {right.value for right in Right if may(role, right)} == rights


@pytest.mark.parametrize(
    ("role", "right", "says"),
    [
        (Role.STUDENT, Right.CONFIRM, "A student cannot confirm a date. Staff and attorneys"),
        (Role.STUDENT, Right.RELEASE, "A student cannot release a letter. Attorneys"),
        (Role.STAFF, Right.OVERRIDE, "Staff cannot override a date. Attorneys"),
        (Role.GUEST, Right.LOG, "A guest cannot log or change this. Students and staff and"),
        (Role.ADMINISTRATOR, Right.READ, "An administrator cannot read this. Students and staff"),
        (Role.STUDENT, Right.MANAGE, "A student cannot open matters or put people on them. Staff"),
        (Role.STAFF, Right.SIGN_OFF, "Staff cannot sign off a declaration. Attorneys"),
        (Role.STAFF, Right.EXPORT, "Staff cannot export a whole matter. Attorneys"),
        (Role.STAFF, Right.SCREEN, "Staff cannot decide on walls and emergencies. Attorneys"),
    ],
)
def test_a_refusal_says_what_and_who_can(role: Role, right: Right, says: str) -> None:
    sentence = refusal(role, right)

    assert sentence.startswith(says)
    assert sentence.endswith(" on the matter can.")
    assert as_said(right) in sentence
