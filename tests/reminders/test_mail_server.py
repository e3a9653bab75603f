"""Mail over a socket: what the server said decides what becomes of a message."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from casemgr.errors import Unusable
from casemgr.mail.message import message
from casemgr.mail.outcomes import Bounced, NotTaken, PostDown, ReplyLost
from casemgr.mail.server import MailServerPost
from casemgr.settings import MailServer, MailTls, settings
from tests.reminders.sink import Faults, Sink, mail_server

NOON = datetime(2010, 10, 29, 16, tzinfo=UTC)


def note(name: str = "Ada Marlowe", title: str = "Answer § 552", key: str = "k") -> EmailMessage:
    facts = {
        "name": name,
        "office": "Test Office",
        "title": title,
        "says": ".A line that begins with a dot, and one that is long. " * 30,
        "address": "",
        "repeat": False,
    }
    to = (name, "ada@example.org")
    return message("trouble", facts, to=to, key=key, at=NOON, sender=("Office", "c@office.test"))


def test_a_message_arrives_whole_with_its_own_id() -> None:
    with mail_server() as sink, MailServerPost(sink.server) as post:
        post.deliver(note())

    [mail] = sink.took
    assert mail["To"] == "Ada Marlowe <ada@example.org>"
    assert mail["Subject"] == "Answer § 552"
    assert mail["Message-ID"] == note()["Message-ID"]
    assert str(mail["Message-ID"]).endswith("@office.test>")
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert ".A line that begins with a dot" in plain.get_content()
    assert mail.get_body(("html",)) is not None


@pytest.mark.parametrize(
    "typed",
    ["Ada\r\nBcc: eve@example.org", "Ada\nSubject: x", 'Ada" <eve@example.org>, "', "Ada\x00, Eve"],
)
def test_what_people_typed_adds_no_header_and_no_recipient(typed: str) -> None:
    with mail_server() as sink, MailServerPost(sink.server) as post:
        post.deliver(note(name=typed, title=typed))

    [mail] = sink.took
    assert "Bcc" not in mail
    assert len(mail.get_all("Subject", [])) == 1
    assert [each.addr_spec for each in mail["To"].addresses] == ["ada@example.org"]


def outcome(faults: Faults, patience: float = 5) -> tuple[type[BaseException], Sink]:
    with mail_server(faults) as sink:
        with MailServerPost(sink.server, patience) as post, pytest.raises(OSError) as raised:
            post.deliver(note())
        return raised.type, sink


def test_a_refused_address_is_told_from_one_to_try_again() -> None:
    assert outcome(Faults(refuses=frozenset({"ada@example.org"})))[0] is Bounced
    assert outcome(Faults(later=100))[0] is NotTaken
    assert outcome(Faults(down=True))[0] is PostDown


def test_a_lost_reply_is_told_from_a_message_that_was_not_taken() -> None:
    kind, sink = outcome(Faults(says_nothing=100))
    assert (kind, len(sink.took)) == (ReplyLost, 1)

    stalled = Faults(stalls=frozenset({"ada@example.org"}), stall=0.6)
    kind, sink = outcome(stalled, patience=0.2)
    assert kind is ReplyLost


def test_after_a_failure_the_next_message_goes_out() -> None:
    with mail_server(Faults(says_nothing=100)) as sink, MailServerPost(sink.server) as post:
        with pytest.raises(ReplyLost):
            post.deliver(note(key="one"))
        sink.faults.says_nothing = 0
        post.deliver(note(key="two"))

    assert len(sink.copies()) == 2


def test_a_server_that_is_not_there_is_down() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nowhere = MailServer("127.0.0.1", taken.getsockname()[1], MailTls.NONE)
        with MailServerPost(nowhere) as post, pytest.raises(PostDown):
            post.deliver(note())


def test_a_server_without_encryption_is_refused_where_it_was_asked_for() -> None:
    with mail_server() as sink:
        asked = MailServer("127.0.0.1", sink.port, MailTls.STARTTLS)
        with MailServerPost(asked) as post, pytest.raises(PostDown):
            post.deliver(note())
    assert not sink.took


def test_a_server_that_never_speaks_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        silent = MailServer("127.0.0.1", mute.getsockname()[1], MailTls.NONE)
        accepting = threading.Thread(target=lambda: mute.accept()[0].close())
        accepting.start()
        with MailServerPost(silent, patience=0.2) as post, pytest.raises(PostDown):
            post.deliver(note())
        accepting.join()


GOOD = {"CASEMGR_SMTP_HOST": "mail.example.org", "CASEMGR_MAIL_FROM": "office@example.org"}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"CASEMGR_MAIL_FROM": ""}, "from whom"),
        ({"CASEMGR_MAIL_FROM": "office"}, "no address"),
        ({"CASEMGR_SMTP_TLS": "none"}, "for everybody to read"),
        ({"CASEMGR_SMTP_TLS": "ssl"}, "tls, starttls or none"),
        ({"CASEMGR_SMTP_PORT": "0"}, "65535"),
    ],
)
def test_settings_that_cannot_be_right_are_refused_by_name(
    wrong: dict[str, str], says: str
) -> None:
    with pytest.raises(Unusable, match=says):
        settings({**GOOD, **wrong})


def test_the_usual_way_is_encrypted() -> None:
    server = settings(GOOD).mail.server

    assert server is not None
    assert (server.tls, server.port) == (MailTls.TLS, 465)
    assert settings({}).mail.server is None
