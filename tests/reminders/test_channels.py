"""Chat or SMS beside the mail: the address of a page to whom the office's file names, and a service
that fails holds up no mail."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

from casemgr import reminder_chat
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import Side
from casemgr.errors import Unusable
from casemgr.mail.chat import Chat, open_chat, says_of
from casemgr.mail.outcomes import Bounced, NotTaken, PostDown
from casemgr.settings import settings
from casemgr.sweeping import sweep
from casemgr.usecases import health, owing, reminders
from tests import makes
from tests.reminders.office import DUE, Office, moment
from tests.reminders.test_settings_pages import browser

DAY = DUE - timedelta(days=3)


@dataclass
class Services:
    """Stands for apprise: what it was asked to send where, and whether that works."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    works: bool = True

    def module(self) -> ModuleType:
        """Return it under the names and with the calls that apprise has."""
        outer = self

        class Apprise:
            def __init__(self) -> None:
                self.addresses: list[str] = []

            def add(self, address: str) -> bool:
                known = address.startswith("ntfy://")
                self.addresses += [address] if known else []
                return known

            def notify(self, body: str, timeout: float) -> bool:
                assert timeout > 0
                outer.sent += [(each, body) for each in self.addresses]
                return outer.works

        made = ModuleType("apprise")
        made.__spec__ = ModuleSpec("apprise", None)
        made.Apprise = Apprise  # type: ignore[attr-defined]
        return made


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Services:
    """Have the package apprise there."""
    found = Services()
    monkeypatch.setitem(sys.modules, "apprise", found.module())
    return found


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no package apprise, whatever this machine has."""
    monkeypatch.setattr("casemgr.mail.chat.installed", lambda: False)


def chat_of(folder: Path, lines: Sequence[str]) -> Chat:
    file = folder / "notify"
    file.write_text("\n".join(["# who is told where", "", *lines]), encoding="utf-8")
    return Chat(file)


def swept(office: Office, chat: Chat) -> int:
    return sweep(office.desk, office.post, at=moment(DAY, time(12)), chat=chat)


def test_who_is_named_is_told_the_address_of_the_page_and_nothing_else(
    office: Office, tmp_path: Path, services: Services
) -> None:
    chat = chat_of(tmp_path, ["Ada@example.org  ntfy://ntfy.example.org/ada"])

    swept(office, chat)

    page = f"{office.desk.settings.address}/deadlines/{office.deadline.id}"
    says = f"casemgr: a reminder waits for you. {page}"
    assert services.sent == [("ntfy://ntfy.example.org/ada", says)]
    assert len(office.post.subjects(office.cast.ada)) == 1


@pytest.mark.parametrize("works", [True, False])
def test_a_service_that_fails_holds_up_no_mail_and_is_told_of(
    office: Office, tmp_path: Path, services: Services, works: bool
) -> None:
    services.works = works
    chat = chat_of(tmp_path, ["ada@example.org ntfy://ntfy.example.org/topic"])

    assert swept(office, chat) > 0

    with office.desk.work(reads_only=True) as work:
        standing = health.standing(work.session)
    assert len(office.post.subjects(office.cast.ada)) == 1
    assert standing.chat_why == ("" if works else "The service ntfy did not take a message.")
    faults = standing.faults(health.real_now() + timedelta(hours=1))
    assert any("No chat or SMS" in each for each in faults) is not works


@pytest.mark.parametrize(("why", "knocks"), [(Bounced("no such box"), 1), (PostDown("down"), 0)])
def test_whose_mail_comes_back_is_told_by_chat_and_while_mail_waits_nobody_is(
    office: Office, tmp_path: Path, services: Services, why: OSError, knocks: int
) -> None:
    chat = chat_of(tmp_path, ["ada@example.org ntfy://ntfy.example.org/topic"])
    office.post.fails = {office.cast.ada.email: why}

    swept(office, chat)

    assert len(services.sent) == knocks


def test_much_at_once_is_one_knock_that_leads_to_what_is_due(office: Office) -> None:
    with office.desk.work() as work:
        for number in range(7):
            row = makes.make_deadline(
                work.session, office.matter, DUE, whose=Side.OURS, title=str(number)
            )
            owing.owe_reminders(work, row)
        at = replace(work, now=moment(DAY))
        told = [each for each in reminders.claim(at, "us") if each.to_id == office.cast.ada.id]

    says = reminder_chat.chat_of(office.desk, told)
    again = reminder_chat.chat_of(office.desk, [replace(told[0], unsure=2)])
    morning = reminder_chat.chat_of(office.desk, [replace(told[0], kind=ReminderKind.DIGEST)])

    assert says.startswith(f"casemgr: {len(told)} reminders wait for you. ")
    assert says.endswith("/due")
    assert again.startswith("(Possible repeat) casemgr: a reminder waits")
    assert morning == "", "the morning's list is a mail alone"


@pytest.mark.usefixtures("lacking")
def test_without_the_package_page_and_sending_say_what_to_type(
    office: Office, tmp_path: Path
) -> None:
    chat = chat_of(tmp_path, ["ada@example.org ntfy://ntfy.example.org/topic"])
    chosen = replace(office.desk.settings, notify_file=chat.file)
    office.desk = replace(office.desk, settings=chosen, demonstration=False)

    with pytest.raises(NotTaken, match="apprise"):
        chat.tell("ada@example.org", "x")
    assert "pip install" in browser(office, office.cast.ada).get("/reminders").text
    assert "pip install" not in browser(office, office.cast.sam).get("/reminders").text


def test_a_page_says_by_what_one_is_told_and_never_where(
    tmp_path: Path, services: Services
) -> None:
    chat = chat_of(tmp_path, ["ada@example.org ntfy://ntfy.example.org/5ecret"])

    assert says_of(chat, "ada@example.org") == "You are also told by ntfy."
    assert says_of(chat, "sam@example.org") == ""
    assert says_of(None, "ada@example.org") == ""


@pytest.mark.usefixtures("services")
@pytest.mark.parametrize("address", ["carrier-pigeon://5ecret", "5ecret"])
def test_an_address_nobody_knows_is_told_without_saying_it(tmp_path: Path, address: str) -> None:
    chat = chat_of(tmp_path, [f"ada@example.org {address}"])

    with pytest.raises(NotTaken) as told:
        chat.tell("ada@example.org", "x")
    assert "5ecret" not in str(told.value)


def test_a_file_that_is_not_there_is_told_and_stops_no_page(tmp_path: Path) -> None:
    chat = Chat(tmp_path / "none")

    assert "cannot be read" in says_of(chat, "ada@example.org")
    with pytest.raises(Unusable):
        chat.by("ada@example.org")


def test_nothing_leaves_a_demonstration_nor_an_office_without_the_setting(tmp_path: Path) -> None:
    env = {"CASEMGR_DATA": str(tmp_path)}
    chosen = settings({**env, "CASEMGR_NOTIFY_FILE": str(tmp_path / "notify")})

    assert open_chat(settings(env)) is None
    assert open_chat(chosen, demonstration=True) is None
    assert open_chat(chosen) == Chat(tmp_path / "notify")
