"""Every check there is: its code, how much it weighs, what it looks for, why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from casemgr.declarations.paper import Severity

PROBLEM, NOTE = Severity.PROBLEM, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Code:
    """One check, as the table of checks prints it."""

    code: str
    severity: Severity
    what: str
    why: str
    fix: str


CODES: tuple[Code, ...] = (
    # --- dates
    Code(
        "year-out-of-range", PROBLEM,
        "A date whose year stands far from every other date of the paper or of the matter.",
        "A mistyped year is sworn to like everything else.",
        "Compare it with the document it comes from, and correct the year.",
    ),
    Code(
        "before-tenure", NOTE,
        "A fact told as seen or done before the day the declarant says the post began.",
        "Fed. R. Civ. P. 56(c)(4) asks for personal knowledge.",
        "Correct the date, or say on which records the statement rests.",
    ),
    Code(
        "executed-before-fact", PROBLEM,
        "A fact told as past that is later than the day of execution.",
        "Nobody can swear today to what happened tomorrow.",
        "Correct the date of the fact or of the execution.",
    ),
    Code(
        "future-date", PROBLEM,
        "A fact told as past, or a day of execution, that lies after today.",
        "It cannot have happened yet.",
        "Correct the date.",
    ),
    Code(
        "weekday-mismatch", PROBLEM,
        "A weekday that the date beside it does not have.",
        "One of the two is wrong.",
        "Look the day up in the document, and correct the one that is wrong.",
    ),
    Code(
        "vague-exact-date", NOTE,
        "“In or around” and the like before one exact day.",
        "The reader cannot tell whether the day is known.",
        "Write “on” if the day is certain; else name the month only.",
    ),
    Code(
        "date-form", NOTE,
        "A date written in another way than Month day, year: “5th”, a missing comma, figures only.",
        "One form throughout is read without doubt.",
        "Write it like August 5, 2011.",
    ),
    # --- numbers
    Code(
        "unnumbered-paragraph", PROBLEM,
        "A paragraph without a number among numbered ones.",
        "Nothing can refer to it (Fed. R. Civ. P. 10(b)).",
        "Join it to the paragraph before it, or number it.",
    ),
    Code(
        "duplicate-number", PROBLEM,
        "Two paragraphs with the same number.",
        "A reference to that number points to both.",
        "Number the paragraphs again from there.",
    ),
    Code(
        "number-gap", PROBLEM,
        "A number is left out.",
        "A reader looks for the paragraph that is missing.",
        "Number the paragraphs again, or put the missing one back.",
    ),
    Code(
        "cross-reference-broken", PROBLEM,
        "A reference to a paragraph of this paper that is not there.",
        "Editing moved or removed it.",
        "Point it to the paragraph that is meant.",
    ),
    # --- caption
    Code(
        "caption-missing-number", PROBLEM,
        "A caption without the docket number.",
        "Fed. R. Civ. P. 10(a) asks for the file number; the clerk cannot place the paper.",
        "Put the docket number into the caption.",
    ),
    Code(
        "caption-differs", PROBLEM,
        "A court or docket number that is not the matter's.",
        "It may be left over from another case's paper.",
        "Take the caption from the matter.",
    ),
    Code(
        "party-name-differs", PROBLEM,
        "A party that the matter does not know by this name.",
        "The docket's name identifies the party.",
        "Use the docket's name, or record the other as an alias of the party.",
    ),
    # --- the end
    Code(
        "jurat-missing", PROBLEM,
        "No oath under penalty of perjury.",
        "28 U.S.C. § 1746 asks for one; without it the paper is no evidence.",
        "Add: I declare under penalty of perjury that the foregoing is true and correct.",
    ),
    Code(
        "jurat-reworded", NOTE,
        "An oath in other words than the statute's.",
        "28 U.S.C. § 1746 takes substantially its own form; a reader may object.",
        "Use the statute's words.",
    ),
    Code(
        "jurat-place", PROBLEM,
        "Executed outside the United States with the oath for inside.",
        "28 U.S.C. § 1746(1) asks there for “under the laws of the United States of America”.",
        "Add these words to the oath.",
    ),
    Code(
        "undated", PROBLEM,
        "No day of execution.",
        "28 U.S.C. § 1746 asks for a date.",
        "Add: Executed on (date).",
    ),
    Code(
        "unsigned", NOTE,
        "No signature that can be read.",
        "28 U.S.C. § 1746 asks that the declarant subscribe it.",
        "Have it signed, or keep the signed copy beside it.",
    ),
    Code(
        "signature-alone-on-page", NOTE,
        "The signature stands on a page with none of the text.",
        "Such a page could be put behind any other paper.",
        "Keep at least two lines of the last paragraph with it.",
    ),
    # --- exhibits
    Code(
        "exhibit-missing", PROBLEM,
        "An exhibit is cited that the paper does not attach.",
        "The reader looks for it in vain.",
        "Attach it, or correct the letter.",
    ),
    Code(
        "exhibit-uncited", PROBLEM,
        "An exhibit is attached that no paragraph cites.",
        "Nobody says what it is or that it is genuine.",
        "Cite it where it belongs, or take it out.",
    ),
    Code(
        "exhibit-order", NOTE,
        "Exhibits are first mentioned out of the order of their letters.",
        "The reader expects A before B.",
        "Letter them in the order in which they are mentioned.",
    ),
    Code(
        "exhibit-date-differs", PROBLEM,
        "An exhibit has one date here and another there.",
        "One of the two is wrong.",
        "Compare with the exhibit, and correct the date.",
    ),
    Code(
        "term-differs-from-exhibit", NOTE,
        "The paper uses another term for a thing than its exhibits.",
        "A reader may think of two things.",
        "Use the exhibits' term, or say that both mean the same.",
    ),
    Code(
        "quote-differs-from-exhibit", PROBLEM,
        "Words in quotation marks that the exhibit cited does not have.",
        "A quotation is compared with its source.",
        "Quote the exhibit exactly, or take the quotation marks off.",
    ),
    # --- what is said
    Code(
        "unnamed-speaker", NOTE,
        "Somebody without a name is said to have said something.",
        "The court asks who spoke, and whether the declarant may say so.",
        "Name or describe the person, or say why you cannot.",
    ),
    Code(
        "no-basis-of-knowledge", NOTE,
        "Nothing says how the declarant knows.",
        "Fed. R. Civ. P. 56(c)(4): personal knowledge, shown in the paper.",
        "Say on what the statements rest: what was seen, done, or read in which records.",
    ),
    Code(
        "information-and-belief", NOTE,
        "A statement made on information and belief.",
        "Fed. R. Civ. P. 56(c)(4) asks for personal knowledge.",
        "Say who told it or which record shows it, or leave it out.",
    ),
    Code(
        "argument-or-law", NOTE,
        "Argument, or the citation of a law or a decision, in a declaration of facts.",
        "Law and argument belong in the memorandum.",
        "Move it to the memorandum.",
    ),
    Code(
        "citation-form", NOTE,
        "A citation that is not in the usual form.",
        "A wrong stop or space makes it hard to look up.",
        "Write it as the finding shows.",
    ),
    Code(
        "personal-identifier", PROBLEM,
        "A full Social Security, account or A-number, a birth date, or a child's name.",
        "Fed. R. Civ. P. 5.2 lets only a part of it be filed.",
        "Leave only what the rule allows: the last four digits, the year, the initials.",
    ),
    Code(
        "stale-fact", PROBLEM,
        "The record changed since the paragraph was written.",
        "The paragraph may no longer be true.",
        "Compare the paragraph with the record.",
    ),
    Code(
        "stale-translation", PROBLEM,
        "A text whose English was made from other words than those that stand now.",
        "The translator certifies that the English is complete and true.",
        "On the page of the translation, change its English, or say that it is still right.",
    ),
    Code(
        "not-translated", PROBLEM,
        "A text without English in a declaration that has a translation.",
        "The translator certifies that the English is complete and true.",
        "Write its English on the page of the translation.",
    ),
    Code(
        "suspected-scanner-text", NOTE,
        "Words that seem to come from a scanner or a describing program, not from the declarant.",
        "Such words are sworn to like the others, and quoted like them.",
        "Compare the line with the page itself.",
    ),
)  # fmt: skip

BY_CODE = {each.code: each for each in CODES}
