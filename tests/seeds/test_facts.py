"""What is known of the two real matters is in the seeds, on its day, with source and confidence.

The lists below were made from the study of the sources by hand, apart from the seed files.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

# Section, key, column, day, confidence (None: the row has none of its own), words of the source.
SECURE_COMMUNITIES = [
    ("events", "2008-program-begins", "happened_on", "2008-01-01", "A", "16 Civ. 387"),
    ("events", "3488-sekhavat-post", "happened_on", "2008-11-01", "A", "para 1"),
    ("requests", "request-2010", "requested_on", "2010-02-03", "A", "3 February 2010"),
    ("recipients", "2010-ice-foia-office", "sent_on", "2010-02-03", "A", "3 February 2010"),
    ("recipients", "2010-ice-records-center", "sent_on", "2010-02-03", "A", "3 February 2010"),
    ("events", "2010-snow/2010-ice", "happened_on", "2010-02-08", "A", "Personnel Management"),
    ("docket_entries", "complaint-2010", "filed_on", "2010-04-27", "A", "FOIA Project"),
    ("events", "3488-rolling-production", "happened_on", "2010-07-01", "B", "28 October 2010"),
    ("events", "3488-summer-release", "until_on", "2010-09-22", "B", "Florida Independent"),
    ("events", "3488-mayer-brown", "happened_on", "2010-09-01", "B", "10 Civ. 3488"),
    ("docket_entries", "emergency-motion", "filed_on", "2010-10-28", "B", "28 October 2010"),
    ("events", "3488-press-conference", "happened_on", "2010-10-28", "B", "28 October 2010"),
    ("events", "3488-opt-out-meetings", "happened_on", "2010-11-01", "B", "Florida Independent"),
    ("hearings", "hearing-2010-12-09", "known_on", "2010-12-09", "B", "December 2010"),
    ("order_dates", "produce-2011-01-17", "fixed_for", "2011-01-17", "B", "December 2010"),
    ("order_dates", "produce-2011-02-25", "fixed_for", "2011-02-25", "B", "December 2010"),
    ("events", "3488-opt-out-produced", "happened_on", "2011-01-17", "A", "11 July 2011"),
    ("docket_entries", "dkt-29-1", "filed_on", "2011-01-26", "A", "entry 29-1"),
    ("docket_entries", "dkt-41", "filed_on", "2011-02-07", "A", "7 February 2011"),
    ("docket_entries", "dkt-50", "filed_on", "2011-02-14", "A", "entry 50"),
    ("docket_entries", "dkt-62", "filed_on", "2011-02-21", "A", "entry 62"),
    ("docket_entries", "dkt-63", "filed_on", "2011-02-21", "A", "entry 63"),
    ("docket_entries", "dkt-82", "filed_on", "2011-03-30", "A", "entry 82"),
    ("documents", "heffernan-letter", "dated_on", "2011-06-03", "A", "Heffernan"),
    ("events", "3488-states-withdraw", "happened_on", "2011-06-01", "A", "Serrano"),
    ("docket_entries", "dkt-97", "filed_on", "2011-06-17", "A", "17 June 2011"),
    ("docket_entries", "dkt-99", "filed_on", "2011-07-11", "A", "11 July 2011"),
    ("docket_entries", "dkt-102", "filed_on", "2011-07-25", "A", "entry 102"),
    ("docket_entries", "cross-motion-2011", "filed_on", "2011-07-25", "A", "8 August 2011"),
    ("events", "3488-sekhavat-talk", "happened_on", "2011-07-27", "C", "para 6"),
    ("events", "3488-agreements-rescinded", "happened_on", "2011-08-05", "A", "para 9"),
    ("docket_entries", "dkt-109", "filed_on", "2011-08-08", "A", "8 August 2011"),
    ("order_dates", "produce-2011-08-29", "fixed_for", "2011-08-29", "A", "8 August 2011"),
    ("documents", "serrano-letter", "dated_on", "2011-08-15", "A", "Serrano"),
    ("documents", "serrano-letter", "posted_on", "2011-08-14", "A", "Serrano"),
    ("declaration_versions", "sekhavat-1", "executed_on", "2011-09-09", None, ""),
    ("docket_entries", "opinion-2011-10-24", "filed_on", "2011-10-24", "A", "24 October 2011"),
    ("order_dates", "produce-2011-11-14", "fixed_for", "2011-11-14", "B", "NDLON"),
    ("lawsuit_statuses", "3488-foia-project-closed", "since_on", "2011-10-25", "B", "FOIA Project"),
    ("docket_entries", "appeal-2011-11", "until_on", "2011-11-18", "B", "FOIA Project"),
    ("docket_entries", "stay-motion-2011-11", "until_on", "2011-11-18", "B", "FOIA Project"),
    ("docket_entries", "dkt-156", "filed_on", "2011-11-18", "A", "entry 156"),
    ("docket_entries", "stay-2011-12-07", "filed_on", "2011-12-07", "B", "10 Civ. 3488"),
    ("docket_entries", "dkt-179", "filed_on", "2012-03-02", "A", "entry 179"),
    ("docket_entries", "opinion-2012-07-13", "filed_on", "2012-07-13", "A", "877 F. Supp. 2d 87"),
    ("events", "3488-fees-announced", "happened_on", "2013-06-28", "B", "28 June 2013"),
    ("docket_entries", "fees-2013-07-03", "filed_on", "2013-07-03", "A", "3 July 2013"),
    ("lawsuit_statuses", "3488-settled", "since_on", "2013-07-03", "A", "3 July 2013"),
]
PRIORITY_ENFORCEMENT = [
    ("events", "2014-pep", "happened_on", "2014-11-20", "A", "para 1"),
    ("events", "2015-sent", "happened_on", "2015-03-09", "B", "16 March 2015"),
    ("documents", "advisory-2015-03-16", "dated_on", "2015-03-16", "B", "press page"),
    ("recipients", "2015-ice-los-angeles", "sent_on", "2015-03-17", "B", "16 March 2015"),
    ("events", "2015-oversight", "happened_on", "2015-03-19", "B", "20 March 2015"),
    ("documents", "release-2015-03-20", "dated_on", "2015-03-20", "B", "press page"),
    ("events", "2015-detainers", "happened_on", "2015-05-12", "B", "12 May 2015"),
    ("events", "2015-task-force", "happened_on", "2015-05-18", "B", "18 May 2015"),
    ("events", "2015-forms", "happened_on", "2015-06-12", "B", "17 June 2015"),
    ("events", "2015-letter", "happened_on", "2015-06-17", "B", "17 June 2015"),
    ("docket_entries", "complaint-2016", "filed_on", "2016-01-19", "A", "2693309"),
    ("events", "387-production-grid", "happened_on", "2016-06-24", "A", "16 Civ. 387"),
    ("docket_entries", "opinion-2017-02", "filed_on", "2017-02-01", "A", "16 Civ. 387"),
    ("docket_entries", "opinion-2017-04-19", "filed_on", "2017-04-19", "A", "16 Civ. 387"),
    ("docket_entries", "dkt-184", "filed_on", "2020-09-14", "A", "16 Civ. 387"),
    ("docket_entries", "dkt-196", "filed_on", "2020-12-11", "A", "16 Civ. 387"),
]


@pytest.mark.parametrize(
    ("section", "key", "column", "day", "confidence", "source"),
    SECURE_COMMUNITIES + PRIORITY_ENFORCEMENT,
)
def test_a_known_fact_is_there_on_its_day(seed, section, key, column, day, confidence, source):
    fact = seed(section, key)

    assert fact.values[column] == date.fromisoformat(day)
    assert fact.values.get("confidence") == confidence
    assert source in fact.values.get("source", "")


WEEKDAYS = {
    "2010-02-03": "Wednesday",
    "2010-04-27": "Tuesday",
    "2010-10-28": "Thursday",
    "2010-12-09": "Thursday",
    "2011-02-21": "Monday",
    "2011-06-17": "Friday",
    "2011-07-25": "Monday",
    "2011-08-14": "Sunday",
    "2011-10-24": "Monday",
    "2012-07-13": "Friday",
    "2013-07-03": "Wednesday",
    "2015-06-17": "Wednesday",
    "2016-01-19": "Tuesday",
    "2020-12-11": "Friday",
}


@pytest.mark.parametrize(("day", "weekday"), WEEKDAYS.items())
def test_a_day_of_the_docket_falls_on_the_weekday_the_sources_give(seeds, day, weekday):
    that = date.fromisoformat(day)

    assert f"{that:%A}" == weekday
    assert any(that in each.values.values() for each in seeds.rows)


def test_the_weekdays_that_the_flags_speak_of_are_right():
    assert f"{date(2001, 7, 27):%A}" == "Friday"
    assert f"{date(2011, 7, 27):%A}" == "Wednesday"
    assert f"{date(2015, 6, 16):%A}" == "Tuesday"


def test_the_hearing_is_at_two_in_the_afternoon_in_new_york(seed):
    hearing = seed("hearings", "hearing-2010-12-09").values

    assert hearing["starts_at"] == datetime(2010, 12, 9, 19, tzinfo=UTC)
    assert (hearing["zone"], "15C" in hearing["place"]) == ("America/New_York", True)


def agencies(seeds, section, prefix):
    rows = [each for each in seeds.rows if each.section == section and each.key.startswith(prefix)]
    return [each.values["agency_id"] for each in rows if each.values["agency_id"]]


def test_five_components_were_asked_and_sued_in_2010(seeds):
    five = ["dhs", "eoir", "fbi", "ice", "olc"]

    assert sorted(agencies(seeds, "tracks", "2010-")) == five
    assert sorted(agencies(seeds, "parties", "3488-")) == five


def test_ten_components_were_sued_in_2016(seeds):
    ten = ["cbp", "crcl", "dhs", "doj", "eoir", "fbi", "ice", "oip", "olc", "uscis"]

    assert sorted(agencies(seeds, "tracks", "2015-")) == ten
    assert sorted(agencies(seeds, "parties", "387-")) == ten


def test_the_day_of_receipt_is_nowhere_given_as_known(seeds):
    received = [each for each in seeds.rows if each.key.startswith("2010-received")]

    assert len(received) == 5
    assert {each.values["certainty"] for each in received} == {"unknown"}
    assert {each.values["confidence"] for each in received} == {"C"}


def test_no_number_stands_on_the_docket_that_the_sources_do_not_give(seeds):
    numbers = {
        (each.values["number"], each.values.get("part"))
        for each in seeds.rows
        if each.section == "docket_entries" and each.values.get("number")
    }

    in_10_civ_3488 = {(n, None) for n in (41, 50, 62, 63, 82, 97, 99, 102, 109, 156, 178, 179)}
    assert numbers == in_10_civ_3488 | {(29, 1), (184, None), (196, None)}


def test_tracking_numbers_are_made_up_for_practice_only(seeds):
    numbers = [each.values["number"] for each in seeds.rows if each.section == "tracking_numbers"]

    assert numbers == ["PRACTICE-0001"]


COUNSEL = {
    "3488": (
        "Peter Markowitz, Bridget Kessler, Sonia Lin, Hannah Weinstein, James Horton, "
        "Caroline Glickler, Elizabeth Seaver, Caroline Fuchs, Sarah Amin, Sunita Patel, "
        "Darius Charney, George Gardner, Scott Paltrowitz, Ghita Schwarz, Anthony Diana, "
        "Paula Tuffin, Therese Craparo, Norman Cerullo, Lisa Plush, Jeremy Schildcrout, "
        "Jarman Russell, Joseph Cordaro, Christopher Connolly, Christopher Harwood, Preet Bharara"
    ),
    "387": (
        "Anthony Diana, Therese Craparo, Erika Kweon, Peter Markowitz, Lindsay Nash, "
        "Angela Chan, Chaudhury, Waterman, Dolinger"
    ),
}


@pytest.mark.parametrize("lawsuit", COUNSEL)
def test_everybody_who_appeared_is_there(seeds, lawsuit):
    names = {each.id: each.values["name"] for each in seeds.rows if each.section == "contacts"}
    appeared = [
        names[each.values["contact_id"]]
        for each in seeds.rows
        if each.section == "appearances" and each.key.startswith(f"{lawsuit}-")
    ]

    assert sorted(appeared) == sorted(COUNSEL[lawsuit].split(", "))


def test_the_declaration_keeps_its_slips(seeds):
    paragraphs = [each.values for each in seeds.rows if each.section == "paragraphs"]
    paragraphs.sort(key=lambda each: each["position"])
    says = {each.get("number"): each["says"] for each in paragraphs}

    assert [each.get("number") for each in paragraphs] == [1, 2, 3, 4, 5, None, 6, 7, 8, 9]
    assert "July 27, 2001" in says[6]
    assert "8 U.S.C § 1722" in says[8]
    assert "8 U.S.C § 1722" in says[9]
    assert "August 5th 2011" in says[9]
    assert "Memorandums of Understanding" in says[9]


def test_of_the_declarations_nobody_read_no_text_is_made_up(seeds):
    versions = [each for each in seeds.rows if each.section == "declaration_versions"]

    assert [each.key for each in versions] == ["sekhavat-1"]


def test_the_agencies_and_courts_of_both_matters_are_in_the_directory(seeds):
    ids = {each.id for each in seeds.rows if each.section in {"agencies", "courts"}}

    wanted = {"ice", "dhs", "doj", "uscis", "cbp", "crcl", "eoir", "fbi", "oip", "olc"}
    assert wanted | {"nysd", "ca2", "dcd"} <= ids
