"""Checks of dates: what cannot be, what hardly can be, and what is printed so that one wonders."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from casemgr.declarations.dates import (
    WEEKDAYS,
    Form,
    impossible_days,
    in_words,
)
from casemgr.declarations.findings import change, found
from casemgr.declarations.given import Dated, Given
from casemgr.declarations.paper import Finding, Paper, Record

# What lies ahead may be dated after the oath: terms, plans and expiries.
_AHEAD = re.compile(
    r"\b(?:will|shall|would|until|through|expires?|expiring|scheduled|due|deadline|no\s+later\s+than|"
    r"anticipat\w+|expect\w*|plans?\s+to|planned|set\s+for|effective|estimat\w+|by\s+the\s+end|"
    r"renew\w*|project(?:s|ed)\b|intend\w*|hearing|trial|ending|sunset\w*|upcoming|target\w*|before|"
    r"valid|by\s+(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|\d{4}))\b",
    re.IGNORECASE,
)
# A life, a law or a paper of another day may be as old as it likes.
_OF_OLD = re.compile(
    r"\b(?:Act|Executive\s+Order|E\.O\.|Pub(?:lic|\.)\s+L|Fed\.\s+Reg|Federal\s+Register|enacted|"
    r"amended|Attorney\s+General|Memorandum\s+(?:from|of|for)|born|graduat\w+|degree|admitted|B\.A\.|"
    r"J\.D\.|founded|established|created|incorporated|since|retired|career|law\s+school|licensed|"
    r"September\s+11|promulgated|adopted|statute|regulation|F\.\d|F\.\s?Supp|U\.S\.C|C\.F\.R|"
    r"began\s+(?:my|work)|joined|served|employed|worked|held|appointed|previously|formerly|prior\s+to|"
    r"history|historical|records?\s+(?:from|dating|created|dated|of)|created\s+(?:on|between)|"
    r"time\s*frame|date\s+range|between|from\s+\w+\s+\d)\b",
    re.IGNORECASE,
)
_LIFE = re.compile(
    r"\b(?:graduat\w+|degree|admitted|B\.A|J\.D|law\s+school|licensed|born|career|employed|worked|"
    r"served\s+as|joined|began\s+(?:my|work)|prior\s+to|previously|formerly|before\s+(?:joining|"
    r"becoming|that|my)|assigned|held|appointed|retired|position|practic\w+|hired|member|resid\w+|"
    r"lived|moved|married|arrived|was\s+(?:a|an|the))\b",
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
_SINCE = re.compile(
    r"\b(?:I\s+(?:have\s+(?:been|served|worked|held|acted|directed|led)|am|was\s+(?:appointed|named|"
    r"hired|promoted|assigned|elected|selected)|became|joined|assumed|began|started|took|serve|hold)"
    r"|have\s+(?:been|served|worked|held|done\s+so)|held\s+(?:this|that|the)\s+(?:\w+\s+)?position|in\s+this\s+"
    r"(?:position|capacity|role)\s+since)\b[^.;]*?"
    r"\b(?:since|effective|on|in|as\s+of|from)\s+(?:about\s+|approximately\s+|or\s+about\s+)?$",
    re.IGNORECASE,
)
_OWN_DEED = re.compile(
    r"\b(?:I|[Ww]e)\s+(?:also\s+|then\s+|personally\s+|again\s+)?(?:discussed|participated|received|"
    r"attended|met|spoke|wrote|sent|called|observed|saw|witnessed|heard|submitted|requested|"
    r"telephoned|e-?mailed|asked|visited|took|mailed|filed|searched|conducted|signed|told|learned|"
    r"informed|interviewed|contacted|responded|informed|emailed|testified|traveled|watched)\b"
)
_VAGUE = re.compile(
    r"\b(?P<vague>in\s+or\s+(?:around|about)|(?<!\bor\s)around|on\s+or\s+around|approximately|circa|"
    r"sometime\s+(?:around|about|on|in)|at\s+or\s+around|roughly|(?<!\bon\s)(?<!\bor\s)(?<!\bin\s)about)"
    r"\s+(?:the\s+date\s+of\s+|the\s+)?$",
    re.IGNORECASE,
)
_YEARS = 4  # as far as this from every other date of the paper, a day asks for a second look


def year_out_of_range(given: Given) -> Iterator[Finding]:
    """Find a year far from every other, above all where one mistyped figure explains it."""
    paper, against, days = given.paper, given.against, given.dated
    years = [each.seen.first.year for each in days]
    if paper.executed_on is not None:
        years.append(paper.executed_on.year)
    if against is None and years and max(years) - min(years) < _YEARS:
        return
    compared = sorted(_compared(given))
    for each in days:
        day = each.seen.first
        others = _without(compared, day) if _counts(each) else compared
        if not each.seen.exact or not others or _is_quoted(paper, each):
            continue
        near = _nearest(others, day)
        far = abs(near.year - day.year)
        if far < _YEARS or not _is_fact(each):
            continue
        meant = _meant(each, days, others)
        if meant is None and (far < 3 * _YEARS or (far < 40 and day < near and len(others) < 3)):
            continue
        yield _out_of_range(paper, against, each, others[0], meant)


def _compared(given: Given) -> Iterator[date]:
    """Return the days a date is held against: the paper's others, and the matter's first."""
    yield from (each.seen.first for each in given.dated if _counts(each))
    if given.paper.executed_on is not None:
        yield given.paper.executed_on
    if given.against is not None and given.against.first_event_on is not None:
        yield given.against.first_event_on


def _without(days: list[date], day: date) -> list[date]:
    at = bisect_left(days, day)
    if at + 1 < len(days) and days[at + 1] == day:
        return days  # the same day again: it does not stand alone
    return days[:at] + days[at + 1 :]


def _nearest(days: Sequence[date], day: date) -> date:
    at = bisect_left(days, day)
    return min(days[max(0, at - 1) : at + 1] or days[-1:], key=lambda one: abs((one - day).days))


def _counts(each: Dated) -> bool:
    return not _OF_OLD.search(each.sentence) or bool(_SINCE.search(each.before))


def _is_fact(each: Dated) -> bool:
    near = f"{each.before[-70:]}{each.seen.text}"
    if re.search(r"September\s+11,?\s+2001", near):
        return False
    own = bool(_OWN_DEED.search(each.sentence))
    return own or not _OF_OLD.search(each.sentence) or _is_a_step(each)


def _is_a_step(each: Dated) -> bool:
    """Say whether the sentence tells a step of the case: a letter, a request, a receipt."""
    return bool(
        re.search(
            r"\b(?:[Bb]y\s+letter|letter\s+dated|request\s+dated|dated|received|submitted|sent|"
            r"acknowledg\w+|responded|appeal\w*|[Oo]n)\b[^.]{0,40}$",
            each.before,
        )
        and not _LIFE.search(each.sentence)
        and not re.search(r"\bAct\b|Order\b|Reg\b|enacted|records\s+from|F\.\d", each.sentence)
    )


def _is_quoted(paper: Paper, each: Dated) -> bool:
    text = paper.paragraphs[each.position].text[: each.seen.start]
    return text.count("“") > text.count("”")


def _meant(this: Dated, days: Sequence[Dated], others: list[date]) -> date | None:
    """Return the day that was meant, if changing one figure of the year puts it in its place."""
    low, high = _place(this, days, others)
    options = []
    for near in _one_figure_off(this.seen.first.year):
        try:
            day = this.seen.first.replace(year=near)
        except ValueError:
            continue
        if low - timedelta(days=370) <= day <= high + timedelta(days=370):
            options.append(day)
    middle = low + (high - low) / 2
    return min(options, key=lambda day: abs((day - middle).days), default=None)


def _place(this: Dated, days: Sequence[Dated], others: list[date]) -> tuple[date, date]:
    """Return between which days the date should lie, going by those told before and after it."""
    years = sorted(day for day in others)
    before = [each.seen.first for each in days if _order(each) < _order(this)]
    after = [each.seen.first for each in days if _order(each) > _order(this)]
    low = before[-1] if before and before[-1] in others else years[0]
    high = after[0] if after and after[0] in others else years[-1]
    return (low, high) if low <= high else (years[0], years[-1])


def _order(each: Dated) -> tuple[int, int]:
    return each.position, each.seen.start


def _one_figure_off(year: int) -> Iterator[int]:
    said = str(year)
    for at in range(4):
        for figure in "0123456789":
            if figure != said[at]:
                changed = int(said[:at] + figure + said[at + 1 :])
                if 1900 <= changed <= 2100:
                    yield changed
    yield from {int(said[:2] + said[3] + said[2]), year + 100, year - 100} - {year}


def _out_of_range(
    paper: Paper, against: Record | None, this: Dated, first: date, meant: date | None
) -> Finding:
    year = this.seen.first.year
    event = against.first_event_on if against is not None else None
    if event is not None and year < event.year:
        than = f"{event.year - year} years before this matter's first event ({event.year})"
    elif year < first.year:
        than = f"{first.year - year} years before every other date here ({first.year} and later)"
    else:
        than = "far from every other date here"
    ask = f" Did you mean {meant.year}?" if meant is not None else ""
    place = paper.paragraphs[this.position].name
    says = f"In {place}, “{this.seen.text}”: {year} is {than}.{ask}"
    replacement = None
    if meant is not None:
        start = this.seen.start + this.seen.text.rfind(str(year))
        replacement = change(paper, this.position, start, start + 4, str(meant.year))
    return found("year-out-of-range", says, paper, this.position, replacement=replacement)


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
        if each is told or each.seen.last >= since or _LIFE.search(each.sentence):
            continue
        own = _OWN_DEED.search(each.sentence)
        if _OF_OLD.search(each.sentence) and not own:
            continue
        if own or (each.seen.exact and _is_a_step(each)):
            says = (
                f"{each.seen.text} is before {in_words(since)}, the day from which the declarant "
                "holds the post, and nothing says on what the statement rests."
            )
            yield found("before-tenure", says, paper, each.position)


def _tells_since(each: Dated) -> bool:
    after = each.sentence[len(each.before) + len(each.seen.text) :]
    turned = re.match(r",?\s+I\s+have\s+(?:been|served|worked|held)\b", after)
    return bool(
        _SINCE.search(each.before) or (turned and re.search(r"\b[Ss]ince\s+$", each.before))
    )


def _since_year(paper: Paper) -> date | None:
    """Return the first day of the year since which the declarant says the post is held."""
    for para in paper.paragraphs[:5]:
        for year in re.finditer(r"(?<=since )(?:[12]\d{3})(?!\d)", para.text):
            if _SINCE.search(para.text[: year.start()]):
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
    return bool(_AHEAD.search(each.sentence)) and not _OWN_DEED.search(each.sentence)


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
