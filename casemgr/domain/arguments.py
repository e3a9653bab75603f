"""What can be argued in an appeal: by the kind of appeal, the exemption claimed, and the day.

These are choices. Whoever writes the appeal ticks what is true of their decision; nothing is put
into a letter unasked. `verified` says whether the authority was read for this office's rule book;
what was not is shown as such to whoever chooses, and is to be looked up before it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from casemgr.domain.words import LetterKind

IMPROVED = date(2016, 7, 1)  # requests after June 30, 2016: Pub. L. 114-185, § 6
MILNER = date(2011, 3, 7)
ARGUS = date(2019, 6, 24)
FEE_BAR = date(2008, 12, 31)  # Pub. L. 110-175, § 6(b): requests filed from that day on

_EXEMPTION = re.compile(
    r"^(?:.*552\s*)?(?:ex(?:emption|\.)?\s*)?\(?b?\)?\s*\(?(\d)\)?\s*(?:\(?([a-f])\)?)?", re.I
)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: for which appeals, against which exemption (none: any), since which day.

    `since` is compared with the day of the request where `by_request`, else with the day of the
    letter. `says` is the paragraph that goes into the letter, `cites` the law after it.
    """

    key: str
    kind: LetterKind
    heading: str
    says: str
    cites: str
    exemption: str = ""
    since: date | None = None
    by_request: bool = False
    verified: bool = False


DENIAL, SEARCH = LetterKind.APPEAL_DENIAL, LetterKind.APPEAL_SEARCH
WAIVER, SPEED = LetterKind.APPEAL_FEE_WAIVER, LetterKind.APPEAL_EXPEDITION

ARGUMENTS: tuple[Argument, ...] = (
    Argument(
        "not_explained",
        DENIAL,
        "The decision does not say why the exemption applies",
        (
            "The decision names exemptions and does not tie them to records. It is the agency "
            "that must show that a record is exempt; whoever asks cannot answer a reason that is "
            "not given."
        ),
        "5 U.S.C. § 552(a)(4)(B)",
        verified=True,
    ),
    Argument(
        "segregable",
        DENIAL,
        "What is not exempt was not released",
        (
            "Where part of a record is exempt, every part that can reasonably be separated from "
            "it is to be released, with a mark of how much was taken out and why. The decision "
            "withholds whole records and does not say that they were read for such parts."
        ),
        "5 U.S.C. § 552(b)",
    ),
    Argument(
        "foreseeable_harm",
        DENIAL,
        "No harm is shown",
        (
            "For a request of this date it is not enough that an exemption fits. The agency may "
            "withhold only where it reasonably foresees that release would harm an interest that "
            "the exemption protects, or where the law forbids release. The decision names no such "
            "harm for these records."
        ),
        "5 U.S.C. § 552(a)(8)(A)(i)",
        since=IMPROVED,
        by_request=True,
    ),
    Argument(
        "b1_classified",
        DENIAL,
        "Exemption 1: proper classification is not shown",
        (
            "A record is exempt as classified only if it was classified under an executive order, "
            "by that order's procedure and within its substance. The decision does not say by "
            "whom, when, under which order and for which reason these records were classified."
        ),
        "5 U.S.C. § 552(b)(1)",
        "1",
    ),
    Argument(
        "b2_personnel",
        DENIAL,
        "Exemption 2: these are not rules about personnel",
        (
            "The exemption reaches records that concern personnel rules and practices of the "
            "agency alone. It does not reach other internal matters, whatever harm their release "
            "is thought to do."
        ),
        "5 U.S.C. § 552(b)(2); Milner v. Department of the Navy, 562 U.S. 562 (2011)",
        "2",
        since=MILNER,
    ),
    Argument(
        "b3_statute",
        DENIAL,
        "Exemption 3: no statute that qualifies is shown",
        (
            "A statute allows withholding here only if it leaves no discretion, or sets particular "
            "criteria or names particular types of matter; one enacted after October 28, 2009 must "
            "also cite this very paragraph of the Act. The decision must name the statute and show "
            "that each record is within it."
        ),
        "5 U.S.C. § 552(b)(3)",
        "3",
    ),
    Argument(
        "b4_confidential",
        DENIAL,
        "Exemption 4: nothing confidential came from outside",
        (
            "The exemption covers trade secrets, and commercial or financial information that "
            "came from a person outside the government and is privileged or confidential. Prices, "
            "terms and performance of an agreement with the government are the government's own."
        ),
        "5 U.S.C. § 552(b)(4)",
        "4",
    ),
    Argument(
        "b4_kept_private",
        DENIAL,
        "Exemption 4: the owner did not keep it private",
        (
            "Information is confidential at least where its owner both customarily and actually "
            "treats it as private. The decision does not say that the owner does."
        ),
        "5 U.S.C. § 552(b)(4); Food Marketing Institute v. Argus Leader Media, 588 U.S. 427 (2019)",
        "4",
        since=ARGUS,
    ),
    Argument(
        "b5_deliberative",
        DENIAL,
        "Exemption 5: not shown to precede a decision and to deliberate about it",
        (
            "Advice is protected only where it came before a decision and was part of making it. "
            "The decision names neither the decision that was being made nor the part the record "
            "had in it. Facts are to be released wherever they can be separated from advice."
        ),
        "5 U.S.C. § 552(b)(5)",
        "5",
    ),
    Argument(
        "b5_working_law",
        DENIAL,
        "Exemption 5: the agency's working law",
        (
            "What states a policy the agency applies, or a decision it has taken, is no advice any "
            "more. A memorandum that was adopted or is followed must be released, whatever it is "
            "called."
        ),
        "5 U.S.C. § 552(b)(5); NLRB v. Sears, Roebuck & Co., 421 U.S. 132 (1975)",
        "5",
    ),
    Argument(
        "b5_old",
        DENIAL,
        "Exemption 5: records of 25 years or more",
        (
            "The deliberative process privilege does not apply to a record made 25 years or more "
            "before the day on which it was requested."
        ),
        "5 U.S.C. § 552(b)(5)",
        "5",
        since=IMPROVED,
        by_request=True,
    ),
    Argument(
        "b6_privacy",
        DENIAL,
        "Exemption 6: no clearly unwarranted invasion of privacy",
        (
            "The exemption asks for a balance, and leans toward release: privacy must be so much "
            "the weightier that the invasion is clearly unwarranted. What officials do in office "
            "is what the Act means to show. Names and identifiers of private persons can be taken "
            "out and the rest released."
        ),
        "5 U.S.C. § 552(b)(6)",
        "6",
    ),
    Argument(
        "b7_threshold",
        DENIAL,
        "Exemption 7: not compiled for law enforcement",
        (
            "Every part of this exemption begins with a record compiled for law enforcement "
            "purposes. Records about policy, budgets, agreements and relations with the public are "
            "not that because an agency that enforces law holds them."
        ),
        "5 U.S.C. § 552(b)(7)",
        "7",
    ),
    Argument(
        "b7a_interfere",
        DENIAL,
        "Exemption 7(A): no proceeding that release would harm",
        (
            "The agency must point to an enforcement proceeding that is pending or expected, and "
            "say how release of these records could interfere with it. The exemption ends when the "
            "proceeding does."
        ),
        "5 U.S.C. § 552(b)(7)(A)",
        "7(A)",
    ),
    Argument(
        "b7c_privacy",
        DENIAL,
        "Exemption 7(C): no unwarranted invasion of privacy",
        (
            "The public interest in how the government acts outweighs the privacy of those who act "
            "for it in what they do officially. Identifying details of others can be taken out."
        ),
        "5 U.S.C. § 552(b)(7)(C)",
        "7(C)",
    ),
    Argument(
        "b7d_source",
        DENIAL,
        "Exemption 7(D): no confidential source",
        (
            "Confidence is not presumed of everybody who tells an agency something. The agency "
            "must show that it was promised, or why it can be inferred for this source."
        ),
        "5 U.S.C. § 552(b)(7)(D); Department of Justice v. Landano, 508 U.S. 165 (1993)",
        "7(D)",
    ),
    Argument(
        "b7e_techniques",
        DENIAL,
        "Exemption 7(E): no technique whose release would help anybody around the law",
        (
            "The exemption protects techniques, procedures and guidelines of investigation and "
            "prosecution. What is known to the public, and what says whether and where a program "
            "applies rather than how it catches anybody, is outside it."
        ),
        "5 U.S.C. § 552(b)(7)(E)",
        "7(E)",
    ),
    Argument(
        "b7f_safety",
        DENIAL,
        "Exemption 7(F): no danger to an individual",
        (
            "The agency must say for whom release could reasonably be expected to endanger life or "
            "physical safety, and how. A danger to nobody in particular does not suffice."
        ),
        "5 U.S.C. § 552(b)(7)(F)",
        "7(F)",
    ),
    Argument(
        "glomar",
        DENIAL,
        "To say whether records exist would reveal nothing exempt",
        (
            "An agency may decline to say whether it has records only where that fact is itself "
            "exempt. Here it is not: the answer yes or no tells nothing that an exemption protects."
        ),
        "5 U.S.C. § 552(b)",
        "glomar",
    ),
    Argument(
        "search_not_described",
        SEARCH,
        "The search is not described",
        (
            "The decision does not say which offices and systems were searched, by whom, for which "
            "words and for which dates. A search must be reasonably calculated to find everything "
            "that was asked for, and the agency must be able to show that."
        ),
        "5 U.S.C. § 552(a)(3)(C)",
    ),
    Argument(
        "search_places",
        SEARCH,
        "Offices that must have such records were not searched",
        (
            "An agency may not stop at the one place where it is used to look, when others are "
            "likely to hold what was asked for. The places named below are likely to."
        ),
        "5 U.S.C. § 552(a)(3)(C)",
    ),
    Argument(
        "search_leads",
        SEARCH,
        "What was found points to more",
        (
            "Records that are known, or were released, speak of others that fall under the "
            "request. A reasonable search follows such leads."
        ),
        "5 U.S.C. § 552(a)(3)(C)",
    ),
    Argument(
        "search_electronic",
        SEARCH,
        "E-mail and electronic files were left out",
        (
            "The Act asks for reasonable efforts to search in electronic form. E-mail accounts, "
            "shared drives and databases are part of that."
        ),
        "5 U.S.C. § 552(a)(3)(C)",
    ),
    Argument(
        "search_scope",
        SEARCH,
        "The request was read too narrowly",
        (
            "The search left out records that the words of the request reach. A request is to be "
            "read as broadly as it reasonably can be, and not as narrowly as its words allow."
        ),
        "5 U.S.C. § 552(a)(3)(A)",
    ),
    Argument(
        "waiver_operations",
        WAIVER,
        "The records are about what the government does",
        (
            "The request concerns identifiable activities of a federal agency, and the connection "
            "between the records and those activities is direct."
        ),
        "5 U.S.C. § 552(a)(4)(A)(iii)",
    ),
    Argument(
        "waiver_understanding",
        WAIVER,
        "Release will add significantly to what the public understands",
        (
            "Little of what the records show is public. The requesters have the knowledge to "
            "analyse them and the means to reach a broad public, and say how they will."
        ),
        "5 U.S.C. § 552(a)(4)(A)(iii)",
    ),
    Argument(
        "waiver_not_commercial",
        WAIVER,
        "No commercial interest",
        ("The requesters sell nothing and gain nothing by these records."),
        "5 U.S.C. § 552(a)(4)(A)(iii)",
    ),
    Argument(
        "waiver_category",
        WAIVER,
        "In any case, only duplication may be charged",
        (
            "If the waiver is refused again, the requesters are to be placed in the category the "
            "request names. A scholarly or scientific institution and a representative of the "
            "news media pay for duplication only."
        ),
        "5 U.S.C. § 552(a)(4)(A)(ii)(II)",
    ),
    Argument(
        "waiver_late",
        WAIVER,
        "The agency missed its time limit and may charge no search fees",
        (
            "The agency did not decide within the time the Act allows. Unless an exception that "
            "the statute names is shown, it may charge no search fees, and an educational "
            "institution or a representative of the news media no duplication fees either."
        ),
        "5 U.S.C. § 552(a)(4)(A)(viii)",
        since=FEE_BAR,
        by_request=True,
        verified=True,
    ),
    Argument(
        "speed_inform",
        SPEED,
        "There is an urgency to inform the public",
        (
            "The requesters are primarily engaged in spreading information, and the public needs "
            "these records now, about an activity of the federal government that is under way or "
            "in dispute. A release in the ordinary turn cannot undo what happens meanwhile."
        ),
        "5 U.S.C. § 552(a)(6)(E)(v)(II)",
    ),
    Argument(
        "speed_safety",
        SPEED,
        "Delay endangers life or safety",
        (
            "Without the records, an imminent threat to the life or physical safety of individuals "
            "can reasonably be expected."
        ),
        "5 U.S.C. § 552(a)(6)(E)(v)(I)",
    ),
    Argument(
        "speed_late",
        SPEED,
        "The agency did not decide within ten days",
        (
            "Notice of the decision on expedition was due within ten days of the day of the "
            "request. It came later, or not at all."
        ),
        "5 U.S.C. § 552(a)(6)(E)(ii)(I)",
        verified=True,
    ),
)

BY_KEY = {each.key: each for each in ARGUMENTS}


def exemption(claimed: str) -> str:
    """Return an exemption in one form, whichever way it was written; empty where it is none.

    >>> exemption("(b)(7)(C)"), exemption("b(5)"), exemption("Exemption 7E"), exemption("none")
    ('7(C)', '5', '7(E)', '')
    """
    found = _EXEMPTION.match(claimed.strip())
    if found is None or found[1] == "0":
        return ""
    part = f"({found[2].upper()})" if found[2] and found[1] == "7" else ""
    return f"{found[1]}{part}"


def offered(
    kind: LetterKind, claimed: Collection[str], requested_on: date, written_on: date
) -> list[Argument]:
    """Return the arguments that can be chosen: of this kind of appeal, in force on these days.

    Against an exemption only where it was claimed; `claimed` empty means nobody noted which were,
    and then all are offered.
    """
    forms = {exemption(each) or each for each in claimed}
    return [
        each
        for each in ARGUMENTS
        if each.kind is kind
        and _in_force(each, requested_on, written_on)
        and _against(each.exemption, forms)
    ]


def _in_force(argument: Argument, requested_on: date, written_on: date) -> bool:
    day = requested_on if argument.by_request else written_on
    return argument.since is None or day >= argument.since


def _against(wanted: str, forms: Collection[str]) -> bool:
    if not wanted or not forms or wanted in forms:
        return True
    # Exemption 7 without its letter: every part of it may have been meant; a part means the whole.
    return any(form == wanted[0] or (wanted == "7" and form[:1] == "7") for form in forms)
