"""Chat or SMS beside the mail: the address of a page to whom the office's file names, and a service
that fails holds up no mail."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

from casemgr.db.tables import Person, Reminder
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import ReminderState, Side
from casemgr.errors import Unusable
from casemgr.knocking import knock
from casemgr.mail.chat import Chat, open_chat, says_of
from casemgr.mail.outcomes import Bounced, NotTaken, PostDown
from casemgr.settings import settings
from casemgr.sweeping import sweep
from casemgr.usecases import answers, health, knocks, owing, reminders
from casemgr.usecases.told import Owed
from casemgr.usecases.views import reminders as views
from casemgr.usecases.work import Work
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


def swept(office: Office, chat: Chat, at: datetime | None = None) -> int:
    """Sweep, and then knock; return how many knocks arrived."""
    at = at or moment(DAY)
    sweep(office.desk, office.post, at=at, chat=chat)
    return knock(office.desk, chat, at)


def knocks_of(office: Office) -> Sequence[Reminder]:
    return office.reminders(kind=ReminderKind.KNOCK)


def shown(office: Office) -> tuple[str, str, str]:
    """Return what the page of the date says of the knock."""
    with office.desk.work(makes.actor_of(office.cast.ada), reads_only=True) as work:
        lines = views.of_deadline(work, office.deadline.id).lines
    [found] = [each for each in lines if each.kind is ReminderKind.KNOCK]
    return found.about, found.became, found.last_problem


ADA = "ada@example.org ntfy://ntfy.example.org/topic"
WHY = "The service ntfy did not take a message."


def test_who_is_named_is_told_the_address_of_the_page_and_nothing_else(
    office: Office, tmp_path: Path, services: Services
) -> None:
    chat = chat_of(tmp_path, ["Ada@example.org  ntfy://ntfy.example.org/ada"])

    assert swept(office, chat) == 1

    page = f"{office.desk.settings.address}/deadlines/{office.deadline.id}"
    says = f"casemgr: a reminder waits for you. {page}"
    assert services.sent == [("ntfy://ntfy.example.org/ada", says)]
    assert len(office.post.subjects(office.cast.ada)) == 1
    assert "ntfy.example.org" not in str([each.model_dump() for each in knocks_of(office)])


@pytest.mark.parametrize("works", [True, False])
def test_a_service_that_fails_holds_up_no_mail_and_is_told_of(
    office: Office, tmp_path: Path, services: Services, works: bool
) -> None:
    services.works = works
    chat = chat_of(tmp_path, [ADA])

    assert swept(office, chat) == works

    with office.desk.work(reads_only=True) as work:
        standing = health.standing(work.session)
    assert len(office.post.subjects(office.cast.ada)) == 1
    assert standing.chat_why == ("" if works else WHY)
    faults = standing.faults(health.real_now() + timedelta(hours=1))
    assert any("No chat or SMS" in each for each in faults) is not works


def test_what_did_not_go_out_is_tried_again_says_so_and_is_told_once_it_did(
    office: Office, tmp_path: Path, services: Services
) -> None:
    services.works = False
    chat = chat_of(tmp_path, [ADA])
    swept(office, chat)
    assert swept(office, chat, moment(DAY) + timedelta(minutes=1)) == 0
    assert len(services.sent) == 1, "nobody knocks every minute at a service that is down"
    told = shown(office)
    services.works = True

    assert swept(office, chat, moment(DAY) + timedelta(minutes=3)) == 1
    assert swept(office, chat, moment(DAY) + timedelta(hours=3)) == 0

    assert told == ("Beside a mail, by ntfy", "Waits to be tried again", WHY)
    assert services.sent[-1][1].startswith("(Possible repeat) casemgr: a reminder waits")
    assert [each.state for each in knocks_of(office)] == [ReminderState.SENT]
    assert len(office.post.subjects(office.cast.ada)) == 1
    with office.desk.work(reads_only=True) as work:
        assert health.standing(work.session).chat_down_since is None


def test_after_a_day_it_is_given_up_and_the_page_says_so(
    office: Office, tmp_path: Path, services: Services
) -> None:
    services.works = False
    chat, at = chat_of(tmp_path, [ADA]), moment(DAY)
    swept(office, chat)
    for _ in range(knocks.TRIES):
        at += timedelta(minutes=61)
        knock(office.desk, chat, at)

    [given_up] = knocks_of(office)
    with office.desk.work() as work:
        counts = health.waiting(replace(work, now=at))
    assert (given_up.state, given_up.attempts) == (ReminderState.FAILED, knocks.TRIES)
    assert (counts["chat_failed"], counts["failed"]) == (1, 0)
    assert shown(office) == ("Beside a mail, by ntfy", "Could not be sent", WHY)


def test_a_process_that_died_while_knocking_is_not_the_last_word(
    office: Office, tmp_path: Path, services: Services
) -> None:
    chat = chat_of(tmp_path, [ADA])
    sweep(office.desk, office.post, at=moment(DAY), chat=chat)
    with office.desk.work() as work:
        assert len(knocks.claim(replace(work, now=moment(DAY)), "dead")) == 1

    assert knock(office.desk, chat, moment(DAY) + timedelta(minutes=4)) == 0
    assert knock(office.desk, chat, moment(DAY) + timedelta(minutes=6)) == 1
    assert services.sent[0][1].startswith("(Possible repeat)")


def test_nobody_is_told_who_left_or_has_answered_or_is_in_the_file_no_more(
    office: Office, tmp_path: Path, services: Services
) -> None:
    chat = chat_of(tmp_path, [ADA, "sam@example.org ntfy://x/y", "mira@example.org ntfy://x/z"])
    with office.desk.work() as work:
        for person in (office.cast.ada, office.cast.sam, office.cast.mira):
            told = _told(office, work, person)
            knocks.owe(
                work, told, [(name, "ntfy") for name in chat.ways(person.email, office.desk.key)]
            )
    services.works = False
    knock(office.desk, chat, moment(DAY))
    services.works, services.sent = True, []
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        answers.acknowledge(work, office.deadline.id)
    with office.desk.work() as work:
        matter = work.session.merge(office.matter)
        makes.make_wall(work.session, office.cast.sam, matter, office.cast.ada, office.cast.noor)

    later = moment(DAY) + timedelta(minutes=10)
    knock(office.desk, chat_of(tmp_path, [ADA, "sam@example.org ntfy://x/y"]), later)

    assert services.sent == []
    assert {each.state for each in knocks_of(office)} == {ReminderState.CANCELLED}


def _told(office: Office, work: Work, person: Person) -> Sequence[Owed]:
    """Return what somebody would be told of the date."""
    at = replace(work, now=moment(DAY))
    seen = [each for each in reminders.claim(at, "us") if isinstance(each, Owed)]
    told = [replace(each, to_id=person.id, to_email=person.email) for each in seen[:1]]
    reminders.put_back(at, seen, at.now)
    return [replace(each, dedupe_key=f"{each.dedupe_key}:{person.id}") for each in told]


@pytest.mark.parametrize(("why", "expected"), [(Bounced("no such box"), 1), (PostDown("down"), 0)])
def test_whose_mail_comes_back_is_told_by_chat_and_while_mail_waits_nobody_is(
    office: Office, tmp_path: Path, services: Services, why: OSError, expected: int
) -> None:
    office.post.fails = {office.cast.ada.email: why}

    assert swept(office, chat_of(tmp_path, [ADA])) == expected
    assert len(services.sent) == expected


def test_much_at_once_is_one_knock_that_leads_to_what_is_due(
    office: Office, tmp_path: Path, services: Services
) -> None:
    with office.desk.work() as work:
        for number in range(7):
            row = makes.make_deadline(
                work.session, office.matter, DUE, whose=Side.OURS, title=str(number)
            )
            owing.owe_reminders(work, row)

    assert swept(office, chat_of(tmp_path, [ADA])) == 1

    [(_, says)] = services.sent
    assert "8 reminders wait for you. " in says
    assert says.endswith("/due")


def test_the_mornings_list_is_a_mail_alone(
    office: Office, tmp_path: Path, services: Services
) -> None:
    chat = chat_of(tmp_path, ["eve@example.org ntfy://ntfy.example.org/eve"])
    swept(office, chat)
    swept(office, chat, moment(DAY + timedelta(days=3), time(7)))

    assert any("eve@" in str(each["To"]) for each in office.post.mails)
    assert services.sent == []


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
