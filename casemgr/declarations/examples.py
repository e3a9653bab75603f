"""An example of what each check finds, and the same put right, for people who meet it first.

Made up, as are the people in them; a test runs those that one paragraph can show.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """What is found, and how it reads once it is mended."""

    found: str
    mended: str


# Each of these is a paragraph in which its check finds something, and one in which it does not.
IN_WORDS: dict[str, Example] = {
    "weekday-mismatch": Example(
        "On Wednesday, June 16, 2015, I carried the request to the Bureau's counter.",
        "On Tuesday, June 16, 2015, I carried the request to the Bureau's counter.",
    ),
    "vague-exact-date": Example(
        "In or around July 27, 2011, I spoke with Ada Lind of the Bureau.",
        "On July 27, 2011, I spoke with Ada Lind of the Bureau.",
    ),
    "date-form": Example(
        "On August 5th 2011, I joined a call with Ada Lind of the Bureau.",
        "On August 5, 2011, I joined a call with Ada Lind of the Bureau.",
    ),
    "executed-before-fact": Example(
        "On December 24, 2012, I received the Bureau's letter.",
        "On September 24, 2011, I received the Bureau's letter.",
    ),
    "cross-reference-broken": Example(
        "I kept the letters named in paragraph 41 above.",
        "I kept the letters named in paragraph 1 above.",
    ),
    "unnamed-speaker": Example(
        "A Bureau official told me that the request was lost.",
        "Ada Lind, the Bureau's FOIA officer, told me that the request was lost.",
    ),
    "information-and-belief": Example(
        "Upon information and belief, the Bureau holds more records.",
        "The Bureau's index of June 9, 2011 names four boxes that were not released.",
    ),
    "argument-or-law": Example(
        "The Bureau's delay was unlawful.",
        "The Bureau had not answered by March 5, 2011.",
    ),
    "citation-form": Example(
        "The form cites 8 U.S.C § 1722.",
        "The form cites 8 U.S.C. § 1722.",
    ),
    "personal-identifier": Example(
        "My Social Security number is 219-09-9999.",
        "The last four digits of my Social Security number are 9999.",
    ),
}

# These are about the paper as a whole, or about what the matter knows beside it.
OF_THE_PAPER: dict[str, Example] = {
    "year-out-of-range": Example(
        "Every date lies between 2008 and 2013, and one paragraph says July 27, 2001.",
        "July 27, 2011, as the letter of that day says.",
    ),
    "before-tenure": Example(
        "Paragraph 1: I came to the network in 2010. Paragraph 3: In 2008 we sent the request.",
        "According to the network's files, it sent the request in 2008.",
    ),
    "future-date": Example(
        "Read in March 2011: On June 1, 2011, the Bureau refused the request.",
        "On June 1, 2010, the Bureau refused the request.",
    ),
    "unnumbered-paragraph": Example(
        "Between paragraphs 5 and 6 stands: However, the Bureau went on counting.",
        "The sentence ends paragraph 5, or is paragraph 6.",
    ),
    "duplicate-number": Example("4, 5, 5, 6", "4, 5, 6, 7"),
    "number-gap": Example("4, 5, 7, 8", "4, 5, 6, 7"),
    "caption-missing-number": Example(
        "The caption names the court and the parties only.",
        "Beside the parties stands the docket number: 10 Civ. 9999.",
    ),
    "caption-differs": Example(
        "The matter's lawsuit is 10 Civ. 9999; the paper says 08 Civ. 1111.",
        "The caption comes from the matter, so the paper says 10 Civ. 9999.",
    ),
    "party-name-differs": Example(
        "The docket names the Bureau of Lamps; the paper names the Lamp Office.",
        "The paper names the Bureau of Lamps, or Lamp Office is recorded as its alias.",
    ),
    "jurat-missing": Example(
        "The paper ends with the date and the name.",
        "Above them stands: I declare under penalty of perjury that the foregoing is true and "
        "correct.",
    ),
    "jurat-reworded": Example(
        "I swear that all of this is so.",
        "I declare under penalty of perjury that the foregoing is true and correct.",
    ),
    "jurat-place": Example(
        "Executed at Puebla, Mexico, under penalty of perjury.",
        "Executed at Puebla, Mexico, under penalty of perjury under the laws of the United States "
        "of America.",
    ),
    "undated": Example("Executed at Albany, New York.", "Executed on May 4, 2011, at Albany."),
    "unsigned": Example("The line above the name is empty.", "The signed scan is kept beside it."),
    "signature-alone-on-page": Example(
        "The last page holds the date and the signature only.",
        "The last lines of the last paragraph stand above them.",
    ),
    "exhibit-missing": Example(
        "Paragraph 4 says: See Ex. D. The paper attaches A to C.",
        "The letter is attached as Exhibit D, or the paragraph says: See Ex. C.",
    ),
    "exhibit-uncited": Example(
        "Exhibit C is attached, and no paragraph names it.",
        "Paragraph 7 says: A copy of the reply is attached as Exhibit C.",
    ),
    "exhibit-order": Example(
        "Paragraph 2 cites Exhibit B, paragraph 3 Exhibit A.",
        "The letters follow the first mention: A in paragraph 2, B in paragraph 3.",
    ),
    "exhibit-date-differs": Example(
        "The paper says the letter of June 3; the document on file is dated June 8.",
        "The date was looked up in the exhibit, and the wrong one corrected.",
    ),
    "term-differs-from-exhibit": Example(
        "The paper says memorandum of understanding; its exhibit says memorandum of agreement.",
        "Both say memorandum of agreement.",
    ),
    "quote-differs-from-exhibit": Example(
        "The paper quotes “will not keep the agreement”; the exhibit says “will not sign”.",
        "The words between the quotation marks are the exhibit's.",
    ),
    "no-basis-of-knowledge": Example(
        "The paper tells what an agency did, and never how the witness knows.",
        "Paragraph 2: I state this from my own calls, and from the network's files, which I keep.",
    ),
    "stale-fact": Example(
        "The paragraph was written from a receipt on May 4; the record now says May 6.",
        "The paragraph says May 6, or its source was confirmed again.",
    ),
    "stale-translation": Example(
        "The Spanish of paragraph 3 was changed to 5 de mayo; its English still says May 4.",
        "The English says May 5, or somebody said that it is still right.",
    ),
    "not-translated": Example(
        "Paragraph 7 was added to the Spanish, and has no English.",
        "Paragraph 7 has its English, before the translator certifies all of it.",
    ),
    "suspected-scanner-text": Example(
        "A handwritten signature in cursive script that reads Ada Lind.",
        "The line was compared with the page, and taken out.",
    ),
}

EXAMPLES = {**IN_WORDS, **OF_THE_PAPER}
