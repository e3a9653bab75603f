"""What another program reads in a calendar is what was written, whatever the words were."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.calendar_dates import CalendarKind, Dated, Standing
from casemgr.domain.calendar_text import Look, calendar
from tests.calendar.entries import SITE, dated, hearing, read

LOOK = Look(SITE)


def one(entry: Dated, look: Look = LOOK) -> tuple[bytes, dict[str, object]]:
    body = calendar("Dates", [entry], look)
    [event] = read(body)
    return body, dict(event.property_items(recursive=False))


def test_a_deadline_is_a_whole_day_and_ends_before_the_next() -> None:
    [event] = read(calendar("Dates", [dated()], LOOK))

    assert event["DTSTART"].dt == date(2010, 11, 12)
    assert event["DTEND"].dt == date(2010, 11, 13)
    assert event["DTSTART"].params == {"VALUE": "DATE"}
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_date_known_as_a_span_fills_its_days() -> None:
    entry = dated(last=date(2010, 11, 15), standing=Standing.NOT_CONFIRMED)

    [event] = read(calendar("Dates", [entry], LOOK))

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2010, 11, 12), date(2010, 11, 16))
    assert event["SUMMARY"].startswith("NOT CONFIRMED: ")
    assert event["STATUS"] == "TENTATIVE"
    assert "any day of these" in event["DESCRIPTION"]


def test_a_hearing_has_its_moment_in_utc() -> None:
    [event] = read(calendar("Dates", [hearing()], LOOK))

    assert event["DTSTART"].dt == datetime(2010, 11, 9, 19, tzinfo=UTC)
    assert event["DTSTART"].to_ical() == b"20101109T190000Z"
    assert event["LOCATION"] == "Courtroom 15C"


@pytest.mark.parametrize(
    ("entry", "triggers"),
    [
        (dated(), [timedelta(days=-6, hours=-15), timedelta(hours=-15)]),
        (hearing(), [timedelta(days=-1), timedelta(hours=-1)]),
        (dated(kind=CalendarKind.THEIRS), []),
        (dated(standing=Standing.DONE), []),
        (dated(standing=Standing.CANCELLED), []),
    ],
)
def test_a_calendar_rings_for_what_we_still_have_to_do(
    entry: Dated, triggers: list[timedelta]
) -> None:
    [event] = read(calendar("Dates", [entry], LOOK))
    [silent] = read(calendar("Dates", [entry], replace(LOOK, alarms=False)))

    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == triggers
    assert silent.walk("VALARM") == []


def test_what_was_called_off_is_sent_as_cancelled_under_the_same_name() -> None:
    [standing] = read(calendar("Dates", [hearing()], LOOK))
    [event] = read(calendar("Dates", [hearing(standing=Standing.CANCELLED, sequence=3)], LOOK))

    assert event["STATUS"] == "CANCELLED"
    assert event["UID"] == standing["UID"]
    assert event["SEQUENCE"] > standing["SEQUENCE"]


def test_neutral_titles_say_nothing_of_matter_people_and_places() -> None:
    body = calendar("Dates", [dated(), hearing()], replace(LOOK, neutral=True))

    for word in (b"Alvarez", b"Civ", b"Oppose", b"motion", b"Courtroom", b"DE-", b"M-"):
        assert word not in body
    titles = [str(each["SUMMARY"]) for each in read(body)]
    assert titles == ["Our deadline (D-0000000001)", "Court date (H-0000000001)"]


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from('\r\n\t;,:\\"')
)
NASTY = st.sampled_from(
    [
        "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y",
        "x\nATTENDEE:mailto:a@example.org",
        "x\u2028BEGIN:VALARM",
        "x\x85URL:https://example.org",
        "x\\nEND:VCALENDAR",
        "x;VALUE=URI:y,z\\",
        "§ 552(a)(6)(A)(i) — “né” " + "ü" * 80,
        "\x00\x07\x1b[2J",
    ]
)


def plain(words: str) -> str:
    """Return words as a calendar can say them: with one line break, and no signs that act."""
    for each in ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"):
        words = words.replace(each, "\n")
    acts = {*map(chr, range(32)), *map(chr, range(127, 160)), *"\u202a\u202b\u202c\u202d\u202e"}
    acts |= set("\u2066\u2067\u2068\u2069")
    return "".join(sign for sign in words if sign in "\t\n" or sign not in acts)


@given(title=WORDS | NASTY, where=WORDS | NASTY, place=WORDS | NASTY, name=WORDS | NASTY)
def test_no_words_begin_a_line_of_their_own(title: str, where: str, place: str, name: str) -> None:
    entry = hearing(title=title, where=where, place=place)
    usual = calendar("Dates", [hearing(where="x", place="x")], LOOK)

    body = calendar(name, [entry], LOOK)

    lines = body.replace(b"\r\n ", b"").split(b"\r\n")
    names = [line.split(b":")[0].split(b";")[0] for line in lines]
    there = [each for each in names if each != b"LOCATION"]
    expected = [
        line.split(b":")[0].split(b";")[0]
        for line in usual.replace(b"\r\n ", b"").split(b"\r\n")
        if not line.startswith(b"LOCATION")
    ]
    assert there == expected
    assert max(map(len, body.split(b"\r\n"))) <= 75
    [event] = read(body)
    said = plain(f"{title}{', ' + where if where else ''} (H-0000000001)")
    assert str(event["SUMMARY"]) == said
    assert str(event.get("LOCATION", "")) == plain(place)


@given(
    entries=st.lists(
        st.builds(
            dated,
            first=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
            sequence=st.integers(0, 10_000),
            key=st.text("abcdef0123456789:.", min_size=1, max_size=40),
        ),
        max_size=8,
        unique_by=lambda entry: entry.key,
    )
)
def test_every_entry_comes_back_once_and_as_it_was(entries: list[Dated]) -> None:
    found = {str(event["UID"]): event for event in read(calendar("Dates", entries, LOOK))}

    assert len(found) == len(entries)
    for entry in entries:
        event = found[entry.uid]
        assert event["DTSTART"].dt == entry.first
        assert event["SEQUENCE"] == entry.sequence
        assert event["URL"] == f"{SITE}{entry.page}"
