"""Programs outside are told what happens: by codes alone, signed, at least once, and only what
whoever made the webhook may see at that moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from ipaddress import IPv4Network, ip_network
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from casemgr.carrying import carry
from casemgr.db.tables import Membership, Person, Reminder, Webhook, WebhookDelivery
from casemgr.desk import Desk
from casemgr.domain.happenings import Happening
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import EventKind, Outcome, ReminderState
from casemgr.errors import Malformed, NotFound, Refused
from casemgr.mail.outcomes import NotTaken, ReplyLost
from casemgr.usecases import offboarding, webhook_deliveries, webhooks
from casemgr.usecases.webhooks import WebhookInput
from tests import makes
from tests.reminders.certificates import HERE, make_authority
from tests.reminders.office import Office
from tests.reminders.receiver import Taken, receiver

TOLD = ["date.made", "date.moved", "agency.refused"]
LATER = timedelta(minutes=6)  # a lease has lapsed by then


@dataclass
class Outside:
    """Programs outside, by address: takes what they are told, or fails as it is told to."""

    taken: list[tuple[str, Taken]] = field(default_factory=list)
    fails: dict[str, OSError] = field(default_factory=dict)

    def send(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Take a message, or fail."""
        if (why := self.fails.get(address)) is not None:
            raise why
        self.taken.append((address, Taken(dict(headers), body)))

    @property
    def told(self) -> list[str]:
        """Return what kinds of messages arrived, in order."""
        return [each.said["type"] for _, each in self.taken]


def at_work(office: Office) -> Desk:
    """Return the desk of an office that is no demonstration: messages leave it."""
    return replace(office.desk, demonstration=False)


def make_hook(office: Office, person: Person, **given: object) -> tuple[Webhook, str]:
    asked = {"name": "Chat", "address": "https://chat.example.org/h", "happenings": TOLD, **given}
    with office.desk.work(makes.actor_of(person)) as work:
        return webhooks.make(work, WebhookInput.model_validate(asked))


def move(office: Office) -> None:
    """Note in the history that the office's date moved, as the clock does."""
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        facts = {"was": "2010-11-12", "due": "2010-11-15", "because": "the judge is away"}
        work.record("deadline.moved", office.deadline, title=office.deadline.title, **facts)


def deliveries(office: Office) -> list[WebhookDelivery]:
    with office.desk.work(reads_only=True) as work:
        return list(work.session.exec(select(WebhookDelivery)))


def test_a_program_is_told_of_a_moved_date_by_codes_alone(office: Office) -> None:
    _, secret = make_hook(office, office.cast.mira)
    outside = Outside()

    move(office)
    count = carry(at_work(office), outside.send)
    again = carry(at_work(office), outside.send)

    assert (count, again) == (1, 0)
    [(address, message)] = outside.taken
    assert address == "https://chat.example.org/h"
    site = office.desk.settings.address
    assert message.said["type"] == "date.moved"
    assert message.said["data"] == {
        "office": site,
        "matter_id": office.matter.id,
        "kind": "deadline",
        "id": office.deadline.id,
        "page": f"{site}/deadlines/{office.deadline.id}",
        "api": f"{site}/api/v1/deadlines/{office.deadline.id}",
    }
    words = (office.matter.title, office.deadline.title, "judge", "Ada", "Mira", "2010-11")
    assert not [each for each in words if each.encode() in message.body.replace(b"2010-10-29", b"")]
    assert message.is_signed(secret)
    assert not message.is_signed("whsec_" + "A" * 43 + "=")
    assert "casemgr-possible-repeat" not in message.headers


def test_a_changed_word_or_moment_does_not_fit_the_signature(office: Office) -> None:
    _, secret = make_hook(office, office.cast.mira)
    outside = Outside()
    move(office)
    carry(at_work(office), outside.send)
    [(_, message)] = outside.taken

    later = {**message.headers, "webhook-timestamp": "1999999999"}
    another = {**message.headers, "webhook-id": "WD-0000000000"}
    assert not replace(message, body=message.body.replace(b"moved", b"gone!")).is_signed(secret)
    assert not replace(message, headers=later).is_signed(secret)
    assert not replace(message, headers=another).is_signed(secret)


def test_only_what_was_chosen_is_told_and_a_refusal_by_its_name(office: Office) -> None:
    make_hook(office, office.cast.mira)
    outside = Outside()
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        request = makes.make_request(work.session, office.matter)
        makes.make_agency(work.session)
        track = makes.make_track(work.session, request)
        kinds: list[dict[str, Any]] = [
            {"kind": EventKind.CALL},
            {"kind": EventKind.DETERMINATION, "outcome": Outcome.GRANTED},
            {"kind": EventKind.DETERMINATION, "outcome": Outcome.DENIED},
        ]
        for each in kinds:
            event = makes.make_event(work.session, track, **each)
            work.record("event.logged", event, title="something")
        work.record("deadline.done", office.deadline, title="x", on="2010-10-29", how="filed")

    carry(at_work(office), outside.send)

    assert outside.told == ["agency.refused"]


def test_of_a_matter_its_maker_is_not_on_nothing_is_told(office: Office) -> None:
    make_hook(office, office.cast.eve)
    outside = Outside()

    move(office)

    assert carry(at_work(office), outside.send) == 0
    assert deliveries(office) == []


def test_of_one_matter_only_that_one_is_told(office: Office) -> None:
    with office.desk.work() as work:
        other = makes.make_matter(work.session, office.cast.mira, title="Another")
    make_hook(office, office.cast.mira, about_matter_id=other.id)
    outside = Outside()
    move(office)

    assert carry(at_work(office), outside.send) == 0
    with pytest.raises(Malformed, match="no such matter"):
        make_hook(office, office.cast.eve, about_matter_id=other.id)


@pytest.mark.parametrize("how", ["wall", "left", "away", "removed"])
def test_what_may_no_longer_be_known_is_not_sent(office: Office, how: str) -> None:
    hook, _ = make_hook(office, office.cast.mira)
    outside = Outside(fails={hook.address: NotTaken("down")})
    move(office)
    now = office.desk.now()
    carry(at_work(office), outside.send, now)  # owed, and not sent yet
    outside.fails.clear()
    with office.desk.work(makes.actor_of(office.cast.noor)) as work:
        mira = office.cast.mira
        if how == "wall":
            makes.make_wall(work.session, mira, office.matter, office.cast.noor, office.cast.eve)
        elif how == "left":
            asked = select(Membership).where(Membership.person_id == mira.id)
            work.session.exec(asked).one().until_on = makes.EARLIER
        elif how == "away":
            offboarding.off_board(work, mira.id)
        else:
            webhooks.end(work, hook.id)

    assert carry(at_work(office), outside.send, now + LATER) == 0
    assert outside.taken == []
    assert [each.state for each in deliveries(office)] == [ReminderState.CANCELLED]


def test_while_paused_it_waits_and_then_follows(office: Office) -> None:
    hook, _ = make_hook(office, office.cast.mira)
    outside = Outside()
    with office.desk.work(makes.actor_of(office.cast.mira)) as work:
        webhooks.pause(work, hook.id)
    move(office)
    assert carry(at_work(office), outside.send) == 0
    with office.desk.work(makes.actor_of(office.cast.mira)) as work:
        webhooks.resume(work, hook.id)

    assert carry(at_work(office), outside.send) == 1


def test_one_that_does_not_answer_is_tried_later_and_holds_up_nobody(office: Office) -> None:
    dead, _ = make_hook(office, office.cast.mira, address="https://dead.example.org/")
    make_hook(office, office.cast.mira)
    outside = Outside(fails={dead.address: NotTaken("dead.example.org does not answer.")})
    for _ in range(3):
        move(office)

    carry(at_work(office), outside.send, office.desk.now())

    waiting = [each for each in deliveries(office) if each.webhook_id == dead.id]
    assert len(outside.taken) == 3
    assert sorted(each.attempts for each in waiting) == [0, 0, 1], "the dead one is asked once"
    assert "dead.example.org does not answer." in {each.last_problem for each in waiting}


def test_whatever_goes_wrong_with_one_the_others_are_told(office: Office) -> None:
    odd, _ = make_hook(office, office.cast.mira, address="https://odd.example.org/")
    make_hook(office, office.cast.mira)
    outside = Outside()

    def send(address: str, body: bytes, headers: Mapping[str, str]) -> None:
        if address == odd.address:
            raise ValueError("nobody thought of this")
        outside.send(address, body, headers)

    move(office)

    assert carry(at_work(office), send) == 1
    assert len(outside.taken) == 1
    assert "nobody thought of this" in {each.last_problem for each in deliveries(office)}


def test_what_nobody_takes_is_given_up_visibly_and_can_be_sent_again(office: Office) -> None:
    hook, _ = make_hook(office, office.cast.mira)
    outside = Outside(fails={hook.address: NotTaken("chat.example.org answered 500.")})
    move(office)
    moment = office.desk.now()
    tries = 0
    while not tries or deliveries(office)[0].state is ReminderState.CLAIMED:
        carry(at_work(office), outside.send, moment)
        moment += timedelta(minutes=61)
        tries += 1
        assert tries <= webhook_deliveries.TRIES
    outside.fails.clear()
    [given_up] = deliveries(office)
    with office.desk.work(makes.actor_of(office.cast.mira)) as work:
        [told] = work.session.exec(select(Reminder).where(Reminder.kind == ReminderKind.TROUBLE))
        webhook_deliveries.send_again(work, given_up.id)

    assert (given_up.state, tries) == (ReminderState.FAILED, webhook_deliveries.TRIES)
    assert (told.person_id, told.facts["title"]) == (office.cast.mira.id, "Chat could not be told")
    assert carry(at_work(office), outside.send, moment) == 1
    assert outside.taken[0][1].id == given_up.id


def test_a_lost_answer_is_repeated_under_the_same_id_and_says_so(office: Office) -> None:
    make_hook(office, office.cast.mira)
    lost = Outside()

    def took_and_fell_silent(address: str, body: bytes, headers: Mapping[str, str]) -> None:
        lost.send(address, body, headers)
        raise ReplyLost("no answer")

    move(office)
    moment: datetime = office.desk.now()
    carry(at_work(office), took_and_fell_silent, moment)
    carry(at_work(office), lost.send, moment + LATER)

    [(_, first), (_, second)] = lost.taken
    assert first.id == second.id
    assert first.body == second.body
    assert "Casemgr-Possible-Repeat" not in first.headers
    assert second.headers["Casemgr-Possible-Repeat"] == "1"


def test_of_two_rounds_at_once_one_tells(both: Office) -> None:
    make_hook(both, both.cast.mira)
    outside, second = Outside(), Outside()

    def send(address: str, body: bytes, headers: Mapping[str, str]) -> None:
        carry(at_work(both), second.send)  # while the first is at it
        outside.send(address, body, headers)

    for _ in range(3):
        move(both)

    assert carry(at_work(both), send) == 3
    assert len({each.id for _, each in outside.taken}) == 3
    assert second.taken == []


def test_what_arrived_is_forgotten_after_three_months_and_what_did_not_is_kept(
    office: Office,
) -> None:
    hook, _ = make_hook(office, office.cast.mira)
    outside = Outside()
    move(office)
    carry(at_work(office), outside.send, office.desk.now())
    with office.desk.work() as work:
        lost: dict[str, Any] = {
            "state": ReminderState.FAILED,
            "owed_at": makes.NOON,
            "send_at": makes.NOON,
        }
        work.session.add(WebhookDelivery(webhook_id=hook.id, happening=Happening.TEST, **lost))
    move(office)

    carry(at_work(office), outside.send, office.desk.now() + timedelta(days=91))

    states = [each.state for each in deliveries(office)]
    assert states == [ReminderState.FAILED]
    assert len(outside.taken) == 2


@pytest.mark.parametrize("allowed", [(ip_network("127.0.0.0/8"),), ()])
def test_a_program_on_this_machine_is_told_where_the_office_allows_it(
    office: Office, allowed: tuple[IPv4Network, ...], tmp_path: Path
) -> None:
    """Over https, with a certificate that the office's own authority vouches for."""
    authority = make_authority(tmp_path)
    with receiver(tls=authority.vouches(HERE)) as heard:
        _, secret = make_hook(office, office.cast.mira, address=heard.address)
        move(office)
        desk = at_work(office)
        ours = {"webhook_networks": allowed, "webhook_ca_file": authority.file}
        count = carry(replace(desk, settings=replace(desk.settings, **ours)))

    assert count == len(heard.taken) == len(allowed)
    assert all(each.is_signed(secret) for each in heard.taken)
    if not allowed:
        assert "CASEMGR_WEBHOOK_NETWORKS" in deliveries(office)[0].last_problem


def test_nothing_leaves_a_demonstration(office: Office) -> None:
    make_hook(office, office.cast.mira)
    move(office)
    outside = Outside()

    assert carry(office.desk, outside.send) == 0
    assert outside.taken == []


def test_only_attorneys_make_one_and_nobody_touches_anothers(office: Office) -> None:
    hook, _ = make_hook(office, office.cast.mira)

    for person in (office.cast.ada, office.cast.sam, office.cast.noor):
        with pytest.raises(Refused):
            make_hook(office, person)
    with office.desk.work(makes.actor_of(office.cast.eve)) as work:
        for act in (webhooks.pause, webhooks.resume, webhooks.end, webhooks.try_out):
            with pytest.raises(NotFound):
                act(work, hook.id)
    with office.desk.work(makes.actor_of(office.cast.noor)) as work:
        assert webhooks.end(work, hook.id).ended_at is not None


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://chat.example.org/h", "Use https"),
        ("ftp://chat.example.org/h", "plain letters"),
        ("https://ada:secret@chat.example.org/h", "Leave out"),
        ("https://chat.example.org/h\r\nX-Evil: 1", "plain letters"),
        ("https://chat.example.org:port/", "no address"),
        ("chat", "plain letters"),
    ],
)
def test_an_address_that_cannot_be_right_is_told(address: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        WebhookInput.model_validate({"name": "x", "address": address, "happenings": TOLD})


def test_the_secret_is_nowhere_in_the_database(office: Office) -> None:
    hook, secret = make_hook(office, office.cast.mira)
    moved = replace(office.desk, key=b"another key")

    with moved.work() as work:
        kept = work.session.get_one(Webhook, hook.id)
        assert webhooks.secret_of(work, kept) != secret
        assert secret not in str(kept.model_dump())
