"""The facts of the NDLON matter that the papers in these tests are made from.

Facts only, in our own words. The declaration is that of Sarang Sekhavat (10 Civ. 3488, S.D.N.Y.,
9 September 2011): its structure, dates and peculiarities are kept, among them the paragraph without
a number after the fifth and the year 2001 in the sixth; the sentences here are ours. The request is
that of 3 February 2010 to ICE: addressee, requesters and day are those of the letter (public copy,
Scribd 30673251); its items and arguments here are a short form of our own. The deadlines follow
from the days of that request and of the motion of 28 October 2010 (press release of the Center for
Constitutional Rights of that day).
"""

from __future__ import annotations

from dataclasses import replace as replaced
from datetime import date

from casemgr.letters import facts as f

__all__ = ["date", "f", "replaced"]

CAPTION = f.Caption(
    court="United States District Court",
    district="Southern District of New York",
    plaintiffs=f.Party(
        names=(
            "National Day Laborer Organizing Network",
            "Center for Constitutional Rights",
            "Immigration Justice Clinic of the Benjamin N. Cardozo School of Law",
        ),
        role="Plaintiff",
    ),
    defendants=f.Party(
        names=(
            "United States Immigration and Customs Enforcement",
            "United States Department of Homeland Security",
            "Federal Bureau of Investigation",
            "Executive Office for Immigration Review",
            "Office of Legal Counsel",
        ),
        role="Defendant",
    ),
    docket_number="10 Civ. 3488 (SAS)(KNF)",
)

TESTIMONY = (
    (
        "Since November 1, 2008, I have been Federal Policy Director of the Massachusetts "
        "Immigrant and Refugee Coalition (“MIRA”)."
    ),
    (
        "MIRA works for the rights and the integration of immigrants and refugees in New England. "
        "It analyses policy, organizes, trains leaders and speaks in public for the foreign-born "
        "residents of the commonwealth, of whom there are about one million."
    ),
    (
        "What I state here rests on what officials of the Department of Homeland Security (“DHS”) "
        "and of Immigration and Customs Enforcement (“ICE”) told me."
    ),
    (
        "MIRA is concerned about the program called Secure Communities, because of what it does to "
        "community policing and to safety."
    ),
    (
        "In June 2011 Governor Deval Patrick announced that Massachusetts would not take part in "
        "Secure Communities. MIRA and other organizations had asked for that."
    ),
    None,
    (
        "In or around July 27, 2001, I spoke with a DHS official about whether the program is "
        "mandatory, and about the agency's plan to make it so by 2013."
    ),
    "I spoke of my concerns with that official by telephone, and wrote of them by e-mail.",
    (
        "The official told me that the mandate of Congress for Secure Communities is in 8 U.S.C "
        "§ 1722."
    ),
    (
        "On August 5th 2011, officials of DHS and ICE held a conference call with immigration "
        "advocates of the whole country, and I took part. They announced that all agreements with "
        "the states were rescinded. One of them named the same statute, 8 U.S.C § 1722, as the "
        "authority for the program whether or not a state or locality takes part."
    ),
)
UNNUMBERED = (
    "DHS and ICE nevertheless said that they would go on using fingerprints from Massachusetts "
    "to enforce the immigration laws."
)


def _numbered() -> tuple[f.Paragraph, ...]:
    number, paragraphs = 0, []
    for text in TESTIMONY:
        if text is None:
            paragraphs.append(f.Paragraph(text=UNNUMBERED))
        else:
            number += 1
            paragraphs.append(f.Paragraph(text=text, number=number))
    return tuple(paragraphs)


DECLARATION = f.DeclarationFacts(
    caption=CAPTION,
    title="Declaration of Sarang Sekhavat",
    declarant=f.Signer(name="Sarang Sekhavat"),
    opening="I, Sarang Sekhavat, declare pursuant to 28 U.S.C. § 1746 as follows:",
    paragraphs=_numbered(),
    executed_on=date(2011, 9, 9),
    executed_at="Boston, Massachusetts",
)

CLINIC = "Kathryn O. Greenberg Immigration Justice Clinic"
REQUEST = f.RequestLetterFacts(
    letterhead=f.Letterhead(
        name=CLINIC,
        lines=("Benjamin N. Cardozo School of Law", "55 Fifth Avenue, New York, New York 10003"),
    ),
    on=date(2010, 2, 3),
    sent_by="By certified mail, return receipt requested",
    addressee=(
        "Catrina Pavlik-Keenan, FOIA Director",
        "U.S. Immigration and Customs Enforcement",
        "800 North Capitol Street NW, Room 585",
        "Washington, D.C. 20536",
    ),
    component="U.S. Immigration and Customs Enforcement",
    agency="U.S. Department of Homeland Security",
    subject="records of the Secure Communities program",
    salutation="Dear Ms. Pavlik-Keenan:",
    requesters=(
        f.Requester(
            name="National Day Laborer Organizing Network",
            about="An organization of day laborers' groups that works for the rights of the "
            "people who find their work on street corners and in worker centers.",
        ),
        f.Requester(
            name="Center for Constitutional Rights",
            about="A legal and educational organization that litigates for civil and human "
            "rights and publishes what it learns.",
        ),
        f.Requester(
            name=CLINIC,
            about="A law school clinic whose students represent immigrants and immigrant "
            "communities under the supervision of their teachers.",
        ),
    ),
    introduction=(
        (
            "Secure Communities began in 2008. Fingerprints taken at local jails are sent on to be "
            "compared with the immigration records of the Department of Homeland Security. What "
            "the program is, whom it reaches, and whether a state or a locality may stay out of it "
            "has not been told to the public."
        ),
    ),
    definitions=(
        f.Definition(
            term="Secure Communities",
            meaning="the program of that name, under whatever name an office knew it, with its "
            "predecessors and pilots",
        ),
        f.Definition(
            term="Record",
            meaning="anything on which information is kept, on paper or electronically, with its "
            "attachments and its metadata",
        ),
    ),
    range_from=date(2008, 1, 1),
    items=(
        f.Item(text="Agreements about Secure Communities with states, counties and cities."),
        f.Item(
            text="Records that say whether taking part is voluntary or mandatory, among them:",
            parts=(
                "requests of a state or a locality to stay out, or to leave, and the answers;",
                "legal memoranda and the authorities they rely on;",
                "instructions and talking points on how to answer that question.",
            ),
        ),
        f.Item(
            text="Statistics kept or received about the program: people identified, detained and "
            "removed, by jurisdiction, by nationality, and by what they were arrested for."
        ),
        f.Item(text="Plans, timetables and budgets for bringing the program to further places."),
        f.Item(text="Complaints received about the program, and what was done about each."),
    ),
    look_in=(
        "the Secure Communities Program Management Office;",
        (
            "the Office of the Assistant Secretary, the Office of the Principal Legal Advisor and "
            "the Office of Policy;"
        ),
        (
            "the e-mail accounts and shared drives of their directors and of the staff who answer "
            "state and local officials."
        ),
    ),
    terms=("Secure Communities", "S-Comm", "opt out", "opt-out", "voluntary", "mandatory"),
    form=(
        (
            "Send electronic records in electronic form, searchable, each file whole and with its "
            "metadata, spreadsheets and databases in their native form, and an e-mail together "
            "with its attachments."
        ),
        "Send records as they become ready rather than all at the end.",
    ),
    fees=f.Fees(
        category="educational",
        why=(
            (
                "The clinic is part of a law school, and the requesters seek these records to "
                "study and to teach, not to sell."
            ),
        ),
        waiver=(
            (
                "The records concern a program of the federal government that reaches every place "
                "where somebody is booked into a jail. Little about it is known."
            ),
            (
                "The requesters will analyse the records, publish them on the Internet free of "
                "charge, and explain them in reports, at public meetings and to the press. None of "
                "them has a commercial interest in them."
            ),
        ),
        cap=200,
        regulation="6 C.F.R. § 5.11(k)",
    ),
    expedition=f.Expedition(
        reasons=(
            (
                "States, counties and cities are deciding now whether to take part, and the "
                "program is brought to further places each month. The people who live there "
                "can speak to those decisions only if they know what the program does."
            ),
        ),
        certified_by="Bridget Kessler",
        regulation="6 C.F.R. § 5.5(d)",
    ),
    contact=f.Signer(
        name="Bridget Kessler",
        lines=(CLINIC, "Benjamin N. Cardozo School of Law", "55 Fifth Avenue", "New York 10003"),
    ),
    signers=(
        f.Signer(name="Bridget Kessler", lines=(CLINIC, "for the requesters")),
        f.Signer(name="Sunita Patel", lines=("Center for Constitutional Rights",)),
    ),
)

DETERMINATION = f.DeadlineFacts(
    reference="D-2ICE01",
    title="Determination on the request of February 3, 2010",
    whose="theirs",
    about="U.S. Immigration and Customs Enforcement",
    obliged="U.S. Immigration and Customs Enforcement",
    act="Decide whether to comply with the request, and say so with the reasons.",
    due=date(2010, 3, 4),
    state="not_confirmed",
    state_says="Not confirmed",
    rule="Twenty working days for a determination",
    cites=("5 U.S.C. § 552(a)(6)(A)(i)",),
    text_since=date(2008, 12, 31),
    starts_with="The request is dated February 3, 2010; the day on which it was received is not in "
    "our sources.",
    steps=(
        f.Step(
            on=date(2010, 2, 3),
            says="Taken as received on the day it was sent. This day is day 0.",
            cites="5 U.S.C. § 552(a)(6)(A)(ii)",
        ),
        f.Step(on=date(2010, 2, 4), says="Working day 1."),
        f.Step(on=date(2010, 2, 6), says="Saturday, not counted; nor is Sunday, February 7."),
        f.Step(
            on=date(2010, 2, 15),
            says="Washington's Birthday, a legal public holiday, not counted.",
            cites="5 U.S.C. § 6103(a)",
        ),
        f.Step(on=date(2010, 3, 4), says="Working day 20: the last day for the determination."),
    ),
    readings=(
        f.Reading(
            name="Received the day it was sent",
            due=date(2010, 3, 4),
            why="The earliest day on which the clock can have started.",
        ),
        f.Reading(
            name="Snow closures left out",
            due=date(2010, 3, 10),
            why="Federal offices in Washington were closed on February 8 to 11, 2010; a closed "
            "day is a working day by the statute's text, but some agencies leave it out.",
        ),
    ),
    safe=date(2010, 3, 10),
)

OPPOSITION = f.DeadlineFacts(
    reference="D-2OPP01",
    title="Opposition to the motion of October 28, 2010",
    whose="theirs",
    about="10 Civ. 3488",
    obliged="Defendants",
    act="Serve the papers that oppose the motion for a preliminary injunction.",
    due=date(2010, 11, 12),
    state="not_confirmed",
    state_says="Not confirmed",
    rule="Fourteen days to oppose a motion",
    cites=("S.D.N.Y. Local Civil Rule 6.1(b)", "Fed. R. Civ. P. 6(a)"),
    text_since=date(2009, 12, 1),
    starts_with="The motion was filed on October 28, 2010; the day and the manner of service are "
    "not in our sources.",
    steps=(
        f.Step(on=date(2010, 10, 28), says="Taken as served. This day is not counted."),
        f.Step(on=date(2010, 11, 11), says="Day 14 is Veterans Day: the period runs on."),
        f.Step(
            on=date(2010, 11, 12),
            says="The next day that is no Saturday, Sunday or legal holiday.",
            cites="Fed. R. Civ. P. 6(a)(1)(C)",
        ),
    ),
    readings=(
        f.Reading(
            name="With three days for electronic service",
            due=date(2010, 11, 15),
            why="Until 2016, Rule 6(d) added three days; November 14 is a Sunday.",
        ),
    ),
)

RIGHT_TO_SUE = f.DeadlineFacts(
    reference="D-2LIM01",
    title="Last day to sue over the request of February 3, 2010",
    whose="ours",
    about="U.S. Immigration and Customs Enforcement",
    obliged="Plaintiffs",
    act="File the complaint.",
    due=date(2016, 3, 4),
    state="done",
    state_says="Done April 27, 2010",
    rule="Six years to sue the United States",
    cites=("28 U.S.C. § 2401(a)",),
    starts_with="The determination was due on March 4, 2010.",
    steps=(
        f.Step(on=date(2010, 3, 4), says="The twentieth working day passes without an answer."),
        f.Step(
            on=date(2016, 3, 4),
            says="Six years later, a Friday.",
            cites="28 U.S.C. § 2401(a)",
        ),
    ),
    checked="Double-checked by R. Alvarez on Friday, October 29, 2010.",
)

REPORT = f.DeadlineReportFacts(
    office=CLINIC,
    matter="National Day Laborer Organizing Network v. U.S. Immigration and Customs Enforcement",
    docket_number="10 Civ. 3488 (SAS)(KNF)",
    as_of=date(2010, 10, 29),
    ours=(RIGHT_TO_SUE,),
    theirs=(DETERMINATION, OPPOSITION),
    notes=("Only what was known on that day is counted; what followed is not in this report.",),
)

PROOF = f.DeadlineProofFacts(
    office=CLINIC,
    matter=REPORT.matter,
    docket_number=REPORT.docket_number,
    as_of=date(2010, 10, 29),
    deadline=DETERMINATION,
)

STATUS_INQUIRY = f.LetterFacts(
    letterhead=REQUEST.letterhead,
    on=date(2010, 3, 12),
    sent_by="By e-mail",
    addressee=REQUEST.addressee,
    subject="Freedom of Information Act request of February 3, 2010",
    salutation=REQUEST.salutation,
    paragraphs=(
        f.Paragraph(
            text="We asked for records of the program called Secure Communities on Wednesday, "
            "February 3, 2010. The time for a determination has passed."
        ),
        f.Paragraph(
            text="Please tell us the number under which you keep the request, where it stands, "
            "and the day on which you expect to complete it. 5 U.S.C. § 552(a)(7)(B)."
        ),
    ),
    signers=REQUEST.signers[:1],
    enclosures=("Request of February 3, 2010",),
)
