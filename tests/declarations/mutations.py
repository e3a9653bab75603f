"""Slips, each planted alone into a sound declaration: which check must find it, and where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from casemgr.declarations.paper import (
    ChangedFact,
    EnglishMissed,
    KnownExhibit,
    PartyName,
    Record,
)
from tests.declarations.papers import BY_NAME


@dataclass(frozen=True)
class Slip:
    """One slip: in which paper, what becomes what, and the check that finds it."""

    code: str
    paper: str
    paragraph: int | None  # the number of the paragraph; None for the paper as a whole
    old: str
    new: str
    against: Record | None = None

    @property
    def text(self) -> str:
        """Return the paper with the slip in it."""
        sound = BY_NAME[self.paper].text
        assert sound.count(self.old), f"{self.paper} has no {self.old!r}"
        return sound.replace(self.old, self.new, 1)

    def __str__(self) -> str:
        return f"{self.code}:{self.paper}:{self.new[:24]!r}"


LAMPS = Record(
    docket_number="12 Civ. 4471 (ABC)",
    court="nysd",
    parties=(
        PartyName("Night Schools Network"),
        PartyName(
            "United States Bureau of Lamps and United States Department of Evenings",
            ("Bureau of Lamps",),
        ),
    ),
    first_event_on=date(2011, 6, 7),
    exhibits=(
        KnownExhibit("A", "Request", "We ask for all records of lamps.", date(2011, 6, 7)),
        KnownExhibit(
            "B",
            "Acknowledgment",
            "We received it on June 9, 2011. A memorandum of agreement with the states is kept "
            "in our lamp room and will be searched in its turn.",
            date(2011, 6, 24),
        ),
    ),
)

LAMPS_AND_MORE = replace(LAMPS, exhibits=(*LAMPS.exhibits, KnownExhibit("C", "A reply")))

SLIPS = (
    # --- dates
    Slip("year-out-of-range", "colons", 4, "On August 2, 2011", "On August 2, 2001"),
    Slip(
        "year-out-of-range", "colons", 3, "letter dated June 24, 2011", "letter dated June 24, 2021"
    ),
    Slip("year-out-of-range", "parentheses", 5, "On March 11, 2013", "On March 11, 2003"),
    Slip("year-out-of-range", "box", 3, "On January 17, 2014", "On January 17, 1914"),
    Slip("year-out-of-range", "flat", 5, "on October 6, 2014", "on October 6, 2004"),
    Slip("year-out-of-range", "table", 3, "*April 1, 2020*", "*April 1, 2002*"),
    Slip("year-out-of-range", "appeal", 3, "On July 20, 2017", "On July 20, 2071"),
    Slip("before-tenure", "colons", 4, "On August 2, 2011", "On February 2, 2009"),
    Slip("before-tenure", "colons", 2, "On Tuesday, June 7, 2011", "On Saturday, June 7, 2008"),
    Slip("before-tenure", "box", 4, "On February 21, 2014", "On February 21, 2006"),
    Slip("executed-before-fact", "colons", 4, "On August 2, 2011", "On August 2, 2012"),
    Slip("executed-before-fact", "pleading", 4, "On May 12, 2015", "On June 12, 2015"),
    Slip("executed-before-fact", "affidavit", 4, "on December 8, 2015", "on December 8, 2016"),
    Slip("executed-before-fact", "abroad", 3, "on May 10, 2018", "on May 10, 2020"),
    Slip("future-date", "nocaption", 3, "On November 1, 2016", "On November 1, 2061"),
    Slip("future-date", "bankrupt", None, "Dated: March 10, 2014", "Dated: March 10, 2041"),
    Slip("weekday-mismatch", "colons", 2, "On Tuesday, June 7", "On Wednesday, June 7"),
    Slip("weekday-mismatch", "affidavit", 2, "On Wednesday, October 14", "On Thursday, October 14"),
    Slip("weekday-mismatch", "headings", 3, "On Friday, January 13", "On Monday, January 13"),
    Slip("weekday-mismatch", "wide", 2, "Saturday, July 23", "Sunday, July 23"),
    Slip("vague-exact-date", "colons", 4, "On August 2", "In or around August 2"),
    Slip("vague-exact-date", "pleading", 2, "On April 3", "On approximately April 3"),
    Slip("vague-exact-date", "attorney", 5, "on September 30", "sometime around September 30"),
    Slip("date-form", "colons", 4, "On August 2, 2011", "On August 2nd, 2011"),
    Slip("date-form", "affidavit", 3, "On November 30, 2015", "On November 30 2015"),
    Slip("date-form", "longhand", 4, "on July 15, 2015", "on 7/15/2015"),
    Slip("date-form", "attorney", 2, "February 8, 2021", "8th of February 2021"),
    Slip("date-form", "nocaption", 3, "November 1, 2016", "November 31, 2016"),
    # --- numbers
    Slip("unnumbered-paragraph", "box", None, "   5)  The Department", "The Department"),
    Slip("unnumbered-paragraph", "table", None, "\n4. Mr. Frey", "\nMr. Frey"),
    Slip("unnumbered-paragraph", "appeal", None, "4.  As stated", "As stated"),
    Slip("duplicate-number", "affidavit", 3, "4. I then wrote", "3. I then wrote"),
    Slip("duplicate-number", "colons", 2, "        3.      By letter", "        2.      By letter"),
    Slip("duplicate-number", "attorney", 4, "     5. Attached", "     4. Attached"),
    Slip("number-gap", "affidavit", 5, "4. I then wrote", "5. I then wrote"),
    Slip("number-gap", "degrees", 4, "     3.   Of these", "     4.   Of these"),
    Slip("number-gap", "abroad", 4, "3. Mr. Long", "4. Mr. Long"),
    Slip("cross-reference-broken", "colons", 4, "in paragraph 3 above", "in paragraph 13 above"),
    Slip("cross-reference-broken", "appeal", 4, "paragraphs 2 and 3", "paragraphs 2 and 8"),
    Slip("cross-reference-broken", "headings", 6, "3 and 4, above", "3 and 14, above"),
    # --- caption
    Slip("caption-missing-number", "colons", None, "12 Civ. 4471 (ABC)(DEF)", ""),
    Slip("caption-missing-number", "pleading", None, "Case No. 4:15-cv-02210-HSG", "Case No."),
    Slip("caption-missing-number", "state", None, "151177/2024", "________"),
    Slip("caption-differs", "colons", None, "12 Civ. 4471", "12 Civ. 4417", LAMPS),
    Slip("caption-differs", "colons", None, "SOUTHERN DISTRICT", "EASTERN DISTRICT", LAMPS),
    Slip(
        "party-name-differs",
        "colons",
        None,
        "NIGHT SCHOOLS NETWORK,",
        "NIGHT SCHOOLS LEAGUE,",
        LAMPS,
    ),
    # --- the end
    Slip(
        "jurat-missing",
        "abroad",
        None,
        "I declare under penalty of perjury under the laws of the "
        "United States of America that the foregoing\nis true and correct.\n",
        "",
    ),
    Slip(
        "jurat-missing",
        "nocaption",
        None,
        "I declare under penalty of perjury that the foregoing is true and correct.\n",
        "",
    ),
    Slip(
        "jurat-reworded",
        "box",
        None,
        "I certify under penalty of perjury that the foregoing is true and correct.",
        "I certify subject to the penalties of perjury that all of this is right.",
    ),
    Slip("jurat-place", "abroad", None, " under the laws of the United States of America", ""),
    Slip("jurat-place", "nocaption", None, "at Columbus, Ohio", "at Toronto, Canada"),
    Slip("undated", "colons", None, "Dated: New York, New York\n       March 5, 2012", ""),
    Slip(
        "undated",
        "longhand",
        None,
        "Signed on this 11th day of May, 2016, in Chicago, Illinois.",
        "",
    ),
    Slip(
        "undated", "degrees", None, "Executed on April 23, 2018.", "Executed on __________, 2018."
    ),
    Slip("unsigned", "colons", None, "/s/ Rosa Alvarez", "____________"),
    Slip("unsigned", "box", None, "s/ Mei-Ling Chang", ""),
    Slip(
        "signature-alone-on-page",
        "parentheses",
        None,
        "       I say so of what stands above.\n\n       Executed",
        "       Executed",
    ),
    # --- exhibits
    Slip("exhibit-missing", "colons", 4, "See Ex. B.", "See Ex. D."),
    Slip("exhibit-missing", "fees", 4, "as the notes in Exhibit A show", "as Exhibit C shows"),
    Slip(
        "exhibit-uncited",
        "attorney",
        None,
        "/s/ Priya Raman\nPriya Raman\n",
        "/s/ Priya Raman\nPriya Raman\n\fEXHIBIT G\n",
    ),
    Slip(
        "exhibit-uncited",
        "colons",
        None,
        "A true and correct copy of that letter is attached hereto as Exhibit B.",
        "That letter is attached hereto as Exhibit B.",
        LAMPS_AND_MORE,
    ),
    Slip("exhibit-order", "box", 4, "attached as Exhibit A", "attached as Exhibit C"),
    Slip("exhibit-order", "attorney", 3, "Exhibit A is a true", "Exhibit G is a true"),
    Slip(
        "exhibit-date-differs",
        "colons",
        2,
        "dated June 7, 2011, is",
        "dated June 17, 2011, is",
        LAMPS,
    ),
    Slip(
        "exhibit-date-differs",
        "colons",
        4,
        "See Ex. B.",
        "See the letter dated June 25, 2011 (Ex. B).",
    ),
    Slip(
        "term-differs-from-exhibit",
        "colons",
        5,
        "NSN has received no records",
        "NSN has not seen the Memorandums of Understanding",
        LAMPS,
    ),
    Slip(
        "quote-differs-from-exhibit",
        "colons",
        3,
        "received the\nRequest on June 9, 2011.",
        "received the\nRequest on June 9, 2011, and that it “is kept in our lamp house.”",
        LAMPS,
    ),
    # --- what is said
    Slip(
        "unnamed-speaker",
        "colons",
        4,
        "I telephoned Marcia Lind, the Bureau’s FOIA public liaison.\nMs. Lind told me",
        "A Bureau official told me",
    ),
    Slip(
        "unnamed-speaker",
        "pleading",
        4,
        "Daniel Reyes, who identified\n",
        "an agency employee, who spoke\n",
    ),
    Slip(
        "unnamed-speaker",
        "longhand",
        3,
        "the reading room’s keeper, Nora Quill, for the model register. She told\nme",
        "for the model register. A staff member told\nme",
    ),
    Slip("unnamed-speaker", "wide", 4, "Ranger Whitcomb told me", "Someone told me"),
    Slip(
        "no-basis-of-knowledge",
        "abroad",
        None,
        "I live in Guatemala City. I have personal knowledge of the facts in this declaration.",
        "I live in Guatemala City.",
    ),
    Slip(
        "information-and-belief",
        "affidavit",
        4,
        "I have had no answer.",
        "Upon information and belief, it was lost.",
    ),
    Slip(
        "information-and-belief",
        "degrees",
        None,
        "to the best of my knowledge.",
        "to the best of my knowledge, information and belief.",
    ),
    Slip("argument-or-law", "box", 5, "answered neither", "unlawfully answered neither"),
    Slip(
        "argument-or-law",
        "colons",
        5,
        "has received no records.",
        "has received no records. See Open v. Shut, 123 F.3d 456 (2d Cir. 1997).",
    ),
    Slip(
        "argument-or-law",
        "longhand",
        4,
        "I wrote to the Bureau",
        "Under 44 U.S.C. § 3101, I wrote to it",
    ),
    Slip("citation-form", "colons", 2, "5 U.S.C. § 552", "5 U.S.C § 552"),
    Slip("citation-form", "parentheses", 1, "5 U.S.C.\n§ 552", "5 U.S.C.\n552"),
    Slip(
        "personal-identifier",
        "affidavit",
        1,
        "I live in Boston",
        "I (SSN 078-05-1120) live in Boston",
    ),
    Slip(
        "personal-identifier", "abroad", 1, "I live in", "I was born on March 3, 1980, and live in"
    ),
    Slip(
        "personal-identifier", "abroad", 2, "Peter Long", "Peter Long, for my file A 123-456-789,"
    ),
    Slip(
        "stale-fact",
        "colons",
        3,
        "acknowledged",
        "acknowledged",
        Record(changed=(ChangedFact(2, "The day of receipt", "June 10, 2011"),)),
    ),
    Slip(
        "stale-translation",
        "colons",
        3,
        "acknowledged",
        "received",
        Record(english=(EnglishMissed(2, old=True),)),
    ),
    Slip(
        "not-translated",
        "colons",
        None,
        "acknowledged",
        "acknowledged",
        Record(english=(EnglishMissed(None, old=False),)),
    ),
    Slip(
        "suspected-scanner-text",
        "table",
        None,
        "/s/ Grace Lee\n",
        "A handwritten signature in cursive script that reads “Grace Lee”.\n/s/ Grace Lee\n",
    ),
    Slip("suspected-scanner-text", "affidavit", 2, "I carried it", "[illegible] carried it"),
)
