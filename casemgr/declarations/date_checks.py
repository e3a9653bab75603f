"""Checks of dates: what cannot be, what hardly can be, and what is printed so that one wonders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from casemgr.declarations.date_words import LIFE, OF_OLD, OWN_DEED, SINCE, is_a_step
from casemgr.declarations.dates import (
    WEEKDAYS,
    Form,
    impossible_days,
    in_words,
)
from casemgr.declarations.findings import change, found
from casemgr.declarations.given import Dated, Given
from casemgr.declarations.paper import Finding, Paper
from casemgr.declarations.year_checks import year_out_of_range

_NEAR, _MOST_YEARS = 400, 200  # signs before a year, and years, that are read for a post's begin
# What lies ahead may be dated after the oath: terms, plans and expiries.
_AHEAD = re.compile(
    r"\b(?:will|shall|would|until|through|expires?|expiring|scheduled|due|deadline|no\s+later\s+than|"
    r"anticipat\w+|expect\w*|plans?\s+to|planned|set\s+for|effective|estimat\w+|by\s+the\s+end|"
    r"renew\w*|project(?:s|ed)\b|intend\w*|hearing|trial|ending|sunset\w*|upcoming|target\w*|before|"
    r"valid|by\s+(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|\d{4}))\b",
    re.IGNORECASE,
)
_BASIS = re.compile(
    r"(?:review(?:ed)?\s+of|reviewed|examination\s+of|examined|familiar(?:ity)?\s+with)\s+(?:\w+\s+){0,6}?"
    r"(?:records?|files?|documents?|correspondence|materials?|systems?|database)"
    r"|official\s+capacity|official\s+duties|made\s+available\s+to\s+me|"
    r"information\s+(?:provided|furnished|obtained|acquired|available|conveyed|supplied|given)|"
    r"records?\s+(?:show|indicate|reflect|kept|maintained)|according\s+to\s+(?:\w+\s+){0,4}records?|"
    r"business\s+records|regularly\s+kept|our\s+records|told\s+by|conversations?\s+with|"
    r"consult\w+\s+with|upon\s+(?:conclusions|determinations)\s+reached",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?P<vague>in\s+or\s+(?:around|about)|(?<!\bor\s)around|on\s+or\s+around|approximately|circa|"
    r"sometime\s+(?:around|about|on|in)|at\s+or\s+around|roughly|(?<!\bon\s)(?<!\bor\s)(?<!\bin\s)about)"
    r"\s+(?:the\s+date\s+of\s+|the\s+)?$",
    re.IGNORECASE,
)


def before_tenure(given: Given) -> Iterator[Finding]:
    """Find what is told of the time before the declarant's post, without records to rest on."""
    paper, against = given.paper, given.against
    days = given.dated
    told = next((each for each in days if _tells_since(each)), None)
    since = told.seen.first if told is not None else _since_year(paper)
    if against is not None and against.declarant_since is not None:
        since = against.declarant_since
    if since is None or _BASIS.search(
        " ".join([paper.opening, *(p.text for p in paper.paragraphs)])
    ):
        return
    for each in days:
        if each is told or each.seen.last >= since or LIFE.search(each.sentence):
            continue
        own = OWN_DEED.search(each.sentence)
        if OF_OLD.search(each.sentence) and not own:
            continue
        if own or (each.seen.exact and is_a_step(each)):
            says = (
                f"{each.seen.text} is before {in_words(since)}, the day from which the declarant "
                "holds the post, and nothing says on what the statement rests."
            )
            yield found("before-tenure", says, paper, each.position)


def _tells_since(each: Dated) -> bool:
    after = each.sentence[len(each.before) + len(each.seen.text) :]
    turned = re.match(r",?\s+I\s+have\s+(?:been|served|worked|held)\b", after)
    return bool(
        SINCE.search(each.before[-_NEAR:]) or (turned and re.search(r"\b[Ss]ince\s+$", each.before))
    )


def _since_year(paper: Paper) -> date | None:
    """Return the first day of the year since which the declarant says the post is held."""
    for para in paper.paragraphs[:5]:
        years = re.finditer(r"(?<=since )(?:[12]\d{3})(?!\d)", para.text)
        for year in islice(years, _MOST_YEARS):
            if SINCE.search(para.text[max(0, year.start() - _NEAR) : year.start()]):
                return date(int(year[0]), 1, 1)
    return None


def executed_before_fact(given: Given) -> Iterator[Finding]:
    """Find what is told as past and lies after the day of execution."""
    paper = given.paper
    if paper.executed_on is None:
        return
    for each in given.dated:
        if each.seen.first > paper.executed_on and not _lies_ahead(each):
            says = (
                f"{each.seen.text} is after {in_words(paper.executed_on)}, the day on which the "
                "paper was executed."
            )
            yield found("executed-before-fact", says, paper, each.position)


def future_date(given: Given) -> Iterator[Finding]:
    """Find what is told as past and has not come yet."""
    paper, today = given.paper, given.today
    if paper.executed_on is not None and paper.executed_on > today:
        says = f"The paper says it was executed on {in_words(paper.executed_on)}, which is to come."
        yield found("future-date", says)
    for each in given.dated:
        if each.seen.first > today and not _lies_ahead(each):
            says = f"{each.seen.text} is still to come, and is told as past."
            yield found("future-date", says, paper, each.position)


def _lies_ahead(each: Dated) -> bool:
    return bool(_AHEAD.search(each.sentence)) and not OWN_DEED.search(each.sentence)


def weekday_mismatch(given: Given) -> Iterator[Finding]:
    """Find a weekday that the day beside it does not have, and days no calendar has."""
    paper = given.paper
    for each in given.dated:
        if each.seen.weekday and each.seen.exact:
            real = WEEKDAYS[each.seen.first.weekday()]
            if real != each.seen.weekday:
                says = f"{in_words(each.seen.first)} was a {real}, not a {each.seen.weekday}."
                yield found("weekday-mismatch", says, paper, each.position)
    for position, para in enumerate(paper.paragraphs):
        for text in impossible_days(para.text):
            says = f"There is no such day as {text}."
            fix = "Look the day up in the document it comes from."
            yield found("date-form", says, paper, position, fix=fix)


def vague_exact_date(given: Given) -> Iterator[Finding]:
    """Find a vague word before one exact day; the customary “on or about” is left alone."""
    paper = given.paper
    for each in given.dated:
        vague = _VAGUE.search(each.before) if each.seen.exact else None
        if vague is None:
            continue
        start = each.seen.start - len(each.before) + vague.start("vague")
        end = each.seen.start - len(each.before) + vague.end("vague")
        word = vague["vague"]
        on = "On" if word[0].isupper() else "on"
        says = f"“{word} {each.seen.text}”: a vague word before one exact day."
        replacement = change(paper, each.position, start, end, on)
        yield found("vague-exact-date", says, paper, each.position, replacement=replacement)


def date_form(given: Given) -> Iterator[Finding]:
    """Find dates in another form than the paper's others."""
    paper = given.paper
    days = given.dated
    usual = sum(each.seen.form is Form.LONG for each in days)
    military = sum(each.seen.form is Form.DAY_FIRST for each in days)
    for each in days:
        form = each.seen.form
        odd = form in {Form.ORDINAL, Form.NO_COMMA}
        odd = odd or (form is Form.DAY_FIRST and usual > military)
        odd = odd or (form in {Form.FIGURES, Form.ISO} and usual > 0 and not _is_a_name(each))
        if not odd:
            continue
        good = in_words(each.seen.first)
        says = f"“{each.seen.text}” is not written as court papers write a date: {good}."
        ambiguous = form is Form.FIGURES and each.seen.first.day <= 12
        start, end = each.seen.start, each.seen.end
        start += len(each.seen.text) - len(re.sub(r"^(?:\w+day,?\s+|the\s+)", "", each.seen.text))
        replacement = None if ambiguous else change(paper, each.position, start, end, good)
        yield found(
            "date-form", says, paper, each.position, fix=f"Write {good}.", replacement=replacement
        )


def _is_a_name(each: Dated) -> bool:
    """Say whether figures are part of a file's or request's name, not a date in a sentence."""
    after = each.sentence[len(each.before) + len(each.seen.text) :][:1]
    return bool(re.search(r"[\w/_#.-]$", each.before)) or after in {"-", "_", "/"}


DATE_CHECKS = (
    year_out_of_range,
    before_tenure,
    executed_before_fact,
    future_date,
    weekday_mismatch,
    vague_exact_date,
    date_form,
)
