"""A message to a program outside goes to the machine that was judged, or nowhere."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509 import DNSName, GeneralName

from casemgr.errors import Unusable
from casemgr.mail import hook_post
from casemgr.mail.hook_post import find, hand_over
from casemgr.mail.outcomes import NotTaken, ReplyLost
from casemgr.settings import settings
from tests.reminders.certificates import HERE as HERE_BY_NUMBER
from tests.reminders.certificates import Authority, make_authority
from tests.reminders.receiver import receiver

HERE = (ip_network("127.0.0.0/8"),)


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://0.0.0.0/",
        "https://10.1.2.3/",
        "https://172.16.0.1/",
        "https://192.168.1.1:8443/x",
        "https://100.64.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://224.0.0.1/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[64:ff9b:1::a00:1]/",
        "https://[2002:a00:1::]/",
        "https://[::10.0.0.1]/",
        "https://[::ffff:0:10.0.0.1]/",
        "https://[fec0::1]/",
        "https://2130706433/",
    ],
)
def test_an_address_inside_our_networks_is_refused(address: str) -> None:
    with pytest.raises(NotTaken, match=r"private network|no machine"):
        find(address)


def test_a_network_the_office_allows_is_taken_and_no_other() -> None:
    allowed = (ip_network("10.0.5.0/24"),)

    assert find("https://10.0.5.9:8443/a?b=c", allowed).path == "/a?b=c"
    with pytest.raises(NotTaken, match="private network"):
        find("https://10.0.6.9/", allowed)


def test_without_encryption_only_this_machine_is_told() -> None:
    with pytest.raises(NotTaken, match="must be told over https"):
        find("http://10.0.5.9/", (ip_network("10.0.5.0/24"),))


def _names(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> list[str]:
    """Have every name mean these machines, one after the other; return the names asked for."""
    asked: list[str] = []
    ask = socket.getaddrinfo

    def answer(host: str, port: Any, *more: Any, **named: Any) -> Any:
        if host in numbers:
            return ask(host, port, *more, **named)
        asked.append(host)
        number = numbers[min(len(asked), len(numbers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


def test_a_name_that_means_our_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _names(monkeypatch, "192.168.0.7")

    with pytest.raises(NotTaken, match=r"hooks\.example\.org is inside a private network"):
        hand_over("https://hooks.example.org/", b"{}", {})


def test_a_name_is_looked_up_once_and_that_machine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver() as heard:
        asked = _names(monkeypatch, "127.0.0.1", "10.0.0.1")
        address = heard.address.replace("127.0.0.1", "hooks.example.org")
        hand_over(address, b'{"a":1}', {"webhook-id": "WD-1"}, HERE)

    assert asked == ["hooks.example.org"]
    assert heard.taken[0].headers["host"].startswith("hooks.example.org:")
    assert heard.taken[0].body == b'{"a":1}'


def test_a_machine_is_told_at_the_number_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    both = (ip_network("127.0.0.0/8"),)
    with receiver() as heard:
        found = replace(find(heard.address, both), at=("127.0.0.9", "127.0.0.1"))
        monkeypatch.setattr(hook_post, "find", lambda *_: found)
        hand_over(heard.address, b"{}", {}, both)

    assert len(heard.taken) == 1


@pytest.mark.parametrize(
    ("answers", "says"), [(302, "not followed"), (500, "answered 500"), (404, "answered 404")]
)
def test_an_answer_that_is_no_yes_is_told_and_nothing_is_followed(answers: int, says: str) -> None:
    with receiver(answers=answers) as heard, pytest.raises(NotTaken, match=says):
        hand_over(heard.address, b"{}", {}, HERE)

    assert len(heard.taken) == 1


def test_who_hangs_up_may_have_taken_it() -> None:
    with receiver(answers=0) as heard, pytest.raises(ReplyLost):
        hand_over(heard.address, b"{}", {}, HERE)


def test_who_answers_a_letter_at_a_time_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook_post, "IN_ALL", 0.2)
    with receiver(drips=True) as heard, pytest.raises(ReplyLost):
        hand_over(heard.address, b"{}", {}, HERE)


def test_who_speaks_no_tls_is_not_told() -> None:
    with receiver() as heard, pytest.raises(NotTaken, match="cannot be trusted"):
        hand_over(heard.address.replace("http:", "https:"), b"{}", {}, HERE)

    assert heard.taken == []


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    """Give an authority of one's own that nobody trusts; what is trusted is read anew."""
    hook_post._trusted.cache_clear()
    yield make_authority(tmp_path)
    hook_post._trusted.cache_clear()


def test_over_https_who_is_vouched_for_by_the_office_is_told(authority: Authority) -> None:
    with receiver(tls=authority.vouches(HERE_BY_NUMBER)) as heard:
        hand_over(heard.address, b'{"a":1}', {"webhook-id": "WD-1"}, HERE, authority.file)

    assert [each.body for each in heard.taken] == [b'{"a":1}']


def test_over_https_who_is_vouched_for_by_the_machine_is_told(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with receiver(tls=authority.vouches(HERE_BY_NUMBER)) as heard:
        hand_over(heard.address, b"{}", {}, HERE)

    assert len(heard.taken) == 1


@pytest.mark.parametrize(
    ("name", "days", "trusted", "says"),
    [
        (HERE_BY_NUMBER, 30, False, "unable to get local issuer certificate"),
        (DNSName("elsewhere.example.org"), 30, True, "IP address mismatch"),
        (HERE_BY_NUMBER, -1, True, "certificate has expired"),
    ],
    ids=["nobody known vouches", "another name", "over"],
)
def test_over_https_nothing_is_told_without_a_certificate_and_why_is_said(
    authority: Authority, name: GeneralName, days: int, trusted: bool, says: str
) -> None:
    vouched_by = authority.file if trusted else None
    with (
        receiver(tls=authority.vouches(name, days=days)) as heard,
        pytest.raises(NotTaken, match=f"cannot be trusted.*{says}"),
    ):
        hand_over(heard.address, b"{}", {}, HERE, vouched_by)

    assert heard.taken == []


def test_a_file_without_certificates_is_told_by_the_name_of_its_setting(
    authority: Authority, tmp_path: Path
) -> None:
    nothing = tmp_path / "empty.pem"
    nothing.touch()
    with (
        receiver(tls=authority.vouches(HERE_BY_NUMBER)) as heard,
        pytest.raises(NotTaken, match="CASEMGR_WEBHOOK_CA_FILE"),
    ):
        hand_over(heard.address, b"{}", {}, HERE, nothing)

    assert heard.taken == []


def test_nobody_listening_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(NotTaken, match="does not answer"):
        hand_over(f"http://127.0.0.1:{port}/", b"{}", {}, HERE)


def test_the_setting_takes_networks_and_nothing_else() -> None:
    chosen = settings({"CASEMGR_WEBHOOK_NETWORKS": "10.0.5.0/24, fd00::/8"})

    assert [str(each) for each in chosen.webhook_networks] == ["10.0.5.0/24", "fd00::/8"]
    with pytest.raises(Unusable, match="CASEMGR_WEBHOOK_NETWORKS"):
        settings({"CASEMGR_WEBHOOK_NETWORKS": "the office"})
