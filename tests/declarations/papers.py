"""Twenty sound declarations, every one laid out as another office or court would.

All names, requests and agencies are invented. Each says what reading it must give.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from casemgr.declarations.paper import Jurat


@dataclass(frozen=True)
class Sound:
    """A declaration with nothing wrong, and what it says."""

    name: str
    text: str
    court: str | None
    docket_number: str | None
    title: str
    declarant: str
    numbers: tuple[int, ...]
    executed_on: date | None
    executed_at: str
    jurat: Jurat = Jurat.INSIDE
    signed: bool = True
    exhibits: tuple[str, ...] = ()
    parties: tuple[str, ...] = field(default=())


def upto(last: int) -> tuple[int, ...]:
    return tuple(range(1, last + 1))


COLONS = """
UNITED STATES DISTRICT COURT
SOUTHERN DISTRICT OF NEW YORK
-------------------------------------------------------x
NIGHT SCHOOLS NETWORK, et al.,                         :
                                                       :
                           Plaintiffs,                 :      12 Civ. 4471 (ABC)(DEF)
                                                       :
               - against -                             :      DECLARATION OF
                                                       :      ROSA ALVAREZ IN SUPPORT OF
UNITED STATES BUREAU OF LAMPS and UNITED STATES        :      PLAINTIFFS’ MOTION FOR
DEPARTMENT OF EVENINGS,                                :      SUMMARY JUDGMENT
                                                       :
                           Defendants.                 :
-------------------------------------------------------x

        I, ROSA ALVAREZ, declare under penalty of perjury, pursuant to 28 U.S.C. § 1746, as
follows:

        1.      I am the policy director of the Night Schools Network (“NSN”), a plaintiff in this
action. I have held this position since March 2009. I make this declaration from personal
knowledge.

        2.      On Tuesday, June 7, 2011, I sent a request under the Freedom of Information Act,
5 U.S.C. § 552, to the Bureau of Lamps (the “Request”). A true and correct copy of the Request,
dated June 7, 2011, is attached hereto as Exhibit A.

        3.      By letter dated June 24, 2011, the Bureau acknowledged that it had received the
Request on June 9, 2011. A true and correct copy of that letter is attached hereto as Exhibit B.

        4.      On August 2, 2011, I telephoned Marcia Lind, the Bureau’s FOIA public liaison.
Ms. Lind told me that the search described in paragraph 3 above had not begun. See Ex. B.

        5.      As of the date of this declaration, NSN has received no records.

        I declare under penalty of perjury that the foregoing is true and correct.

Dated: New York, New York
       March 5, 2012

                                                       /s/ Rosa Alvarez
                                                       ROSA ALVAREZ
"""

PARENTHESES = """
Case 1:13-cv-00917-RMC   Document 14-2   Filed 09/30/13   Page 1 of 3

                         IN THE UNITED STATES DISTRICT COURT
                             FOR THE DISTRICT OF COLUMBIA

____________________________________
                                    )
OPEN LEDGER PROJECT,                )
                                    )
              Plaintiff,            )
                                    )
       v.                           )       Civil Action No. 13-0917 (RMC)
                                    )
UNITED STATES OFFICE OF WEIGHTS,    )
                                    )
              Defendant.            )
____________________________________)

                        DECLARATION OF THOMAS R. WHITFIELD

       I, Thomas R. Whitfield, hereby declare as follows:

       (1)    I am the Chief of the FOIA Branch of the United States Office of Weights
(“OW”), a position I have held since January 10, 2010. In that capacity I supervise fourteen
employees who process requests under the Freedom of Information Act (“FOIA”), 5 U.S.C.
§ 552.

       (2)    The statements in this declaration are based upon my personal knowledge, upon
my review of the records of my office, and upon information made available to me in my
official capacity.

                              I. PLAINTIFF’S FOIA REQUEST

       (3)    By e-mail dated February 4, 2013, plaintiff asked for records of the calibration

Case 1:13-cv-00917-RMC   Document 14-2   Filed 09/30/13   Page 2 of 3

of scales between January 1, 1998, and December 31, 2001. (Exhibit A.) A copy of the e-mail is
attached as Exhibit A.

       (4)    OW assigned the request number 2013-F-00412 and, by letter dated February 20,
2013, acknowledged it. A copy of this letter is attached as Exhibit B.

                              II. THE SEARCH

       (5)    On March 11, 2013, my staff searched the following systems:

              (a) the Calibration Register, by the words “scale” and “balance”; and

              (b) the electronic mail of the three inspectors named in the request.

       (6)    The search found 212 pages. All of them were released on May 17, 2013, except
for names withheld under Exemption 6.

              In accordance with 28 U.S.C. § 1746, I declare under penalty of perjury that the
foregoing is true and correct.

Case 1:13-cv-00917-RMC   Document 14-2   Filed 09/30/13   Page 3 of 3

       I say so of what stands above.

       Executed this 27th day of September, 2013, in Washington, D.C.

                                             /s/ Thomas R. Whitfield
                                             THOMAS R. WHITFIELD
                                             Chief, FOIA Branch
                                             United States Office of Weights
"""

PLEADING = "\n".join(
    f"{number:>2}  {words}" if number else words
    for number, words in [
        (1, "LINA OKAFOR (SBN 201234)"),
        (2, "lokafor@lanternlaw.example"),
        (3, "LANTERN LAW PROJECT"),
        (4, "100 Harbor Street, Suite 3"),
        (5, "Oakland, California 94600"),
        (6, "Attorneys for Plaintiff"),
        (7, "HARBOR READERS"),
        (8, ""),
        (9, "                 UNITED STATES DISTRICT COURT"),
        (10, "               NORTHERN DISTRICT OF CALIFORNIA"),
        (11, "                    OAKLAND DIVISION"),
        (12, ""),
        (13, "HARBOR READERS,                   )   Case No. 4:15-cv-02210-HSG"),
        (14, "                                  )"),
        (15, "            Plaintiff,            )   DECLARATION OF LINA OKAFOR IN"),
        (16, "                                  )   SUPPORT OF PLAINTIFF’S MOTION FOR"),
        (17, "       v.                         )   PRELIMINARY INJUNCTION"),
        (18, "                                  )"),
        (19, "DEPARTMENT OF TIDES,              )   Date: July 9, 2015"),
        (20, "                                  )   Time: 2:00 p.m."),
        (21, "            Defendant.            )   Courtroom 5"),
        (22, "__________________________________)"),
        (23, ""),
        (24, "      I, Lina Okafor, declare:"),
        (25, "      1.    I am an attorney for plaintiff Harbor Readers and a member of the bar"),
        (26, "of this Court. I have personal knowledge of the facts stated here and could testify"),
        (27, "to them."),
        (
            28,
            "      2.    On April 3, 2015, I submitted a request to the Department of Tides by its",
        ),
        (0, "\f"),
        (1, "web portal. Attached as Exhibit 1 is a true and correct copy of the request."),
        (2, "      3.    On April 6, 2015, I received an e-mail with the tracking number"),
        (3, "DT-2015-0077. Attached as Exhibit 2 is a true and correct copy of the e-mail."),
        (4, "      4.    On May 12, 2015, I spoke by telephone with Daniel Reyes, who identified"),
        (5, "himself as the analyst of the request. He said that it was number 61 in the"),
        (6, "queue."),
        (7, "      5.    I have received nothing since."),
        (8, ""),
        (9, "      I declare under penalty of perjury under the laws of the United States of"),
        (10, "America that the foregoing is true and correct."),
        (11, ""),
        (12, "      Executed on June 1, 2015, at Oakland, California."),
        (13, ""),
        (14, "                                        /s/ Lina Okafor"),
        (15, "                                        Lina Okafor"),
        (16, ""),
        (17, ""),
        (18, ""),
        (19, ""),
        (20, ""),
        (21, ""),
        (22, ""),
        (23, ""),
        (24, ""),
        (25, ""),
        (26, ""),
        (27, ""),
        (28, ""),
    ]
)

AFFIDAVIT = """
UNITED STATES DISTRICT COURT
DISTRICT OF MASSACHUSETTS

                                        |
GREEN HARBOR TENANTS UNION,             |
                                        |
                 Plaintiff,             |     C.A. No. 16-cv-11822-FDS
                                        |
v.                                      |
                                        |
FEDERAL BRIDGE AUTHORITY,               |
                                        |
                 Defendant.             |
                                        |

AFFIDAVIT OF PAUL J. MARCHETTI

COMMONWEALTH OF MASSACHUSETTS )
                              ) ss.
COUNTY OF SUFFOLK             )

PAUL J. MARCHETTI, being duly sworn, deposes and says:

1. I live in Boston and was the secretary of the Green Harbor Tenants Union from 2012 to 2016.

2. On Wednesday, October 14, 2015, I mailed the letter that is attached as Exhibit A. I know this
because I carried it to the post office.

3. On November 30, 2015, I received the answer that is attached as Exhibit B. It says that “no
records were located.”

4. I then wrote to the Federal Bridge Authority on December 8, 2015. I have had no answer.

FURTHER AFFIANT SAYETH NAUGHT.

                                   /s/ Paul J. Marchetti
                                   Paul J. Marchetti

Sworn to before me this 9th day of September, 2016

/s/ Amy Tran
Notary Public
"""

BOX = """
                     UNITED STATES DISTRICT COURT
                     WESTERN DISTRICT OF WASHINGTON
                              AT SEATTLE

RIVER KEEPERS OF THE SOUND,
                                             NO. C14-0552RSL
                    Plaintiff,
                                             DECLARATION OF
         v.                                  MEI-LING CHANG
                                             IN SUPPORT OF
U.S. DEPARTMENT OF CURRENTS,                 MOTION TO COMPEL

                    Defendant.


I, Mei-Ling Chang, state as follows:

   1)  I am over eighteen years of age and competent to testify. I make this statement of my own
   knowledge.

   2)  I work as a hydrologist for River Keepers of the Sound and have done so since 2007.

   3)  On January 17, 2014, I filed by fax the request that is attached as Exhibit A.

   4)  On February 21, 2014, I wrote again. A copy of my letter is attached as Exhibit B.

   5)  The Department answered neither.

I certify under penalty of perjury that the foregoing is true and correct.

EXECUTED at Seattle, Washington, this 30th day of June, 2014.

                         s/ Mei-Ling Chang
                         Mei-Ling Chang
"""

APPEAL = """
                                  17-2044
                    United States Court of Appeals
                         for the Second Circuit

                       QUIET STREETS ALLIANCE,
                                             Plaintiff-Appellant,
                                 v.
                       BUREAU OF NOISE,
                                             Defendant-Appellee.

                                                          No. 17-2044

            DECLARATION OF SAMUEL D. BRANDT IN SUPPORT OF MOTION TO EXPEDITE

Samuel D. Brandt, pursuant to 28 U.S.C. § 1746, declares as follows:

1.  I am counsel for the appellant. I have personal knowledge of what follows.

2.  The district court entered judgment on June 13, 2017. The notice of appeal was filed on
    July 3, 2017.

3.  On July 20, 2017, I asked counsel for the Bureau, Judith Klein, for the Bureau’s position.
    Ms. Klein told me on July 21, 2017, that the Bureau takes none.

4.  As stated in paragraphs 2 and 3, the motion is made within three weeks of the notice.

I declare under penalty of perjury that the foregoing is true and correct.

Executed on: July 24, 2017
             Brooklyn, New York

                                       /s/ Samuel D. Brandt
                                       Samuel D. Brandt
"""

STATE = """
SUPREME COURT OF THE STATE OF NEW YORK
COUNTY OF NEW YORK
------------------------------------------------------------------X
In the Matter of the Application of
JOSEPHINE ADEYEMI,
                                        Petitioner,          Index No. 151177/2024

              -against-                                      AFFIRMATION OF
                                                             JOSEPHINE ADEYEMI
CITY DEPARTMENT OF GATES,
                                        Respondent.
------------------------------------------------------------------X

JOSEPHINE ADEYEMI, affirms the following:

1. I am the petitioner, and I make this affirmation of my own knowledge.

2. On September 6, 2023, I asked the respondent for its gate keys register under the Freedom of
Information Law. A copy of my request is annexed as Exhibit A.

3. On October 11, 2023, the respondent denied the request. A copy of the denial is annexed as
Exhibit B.

I affirm this 31st day of January, 2024, under the penalties of perjury under the laws of New York,
which may include a fine or imprisonment, that the foregoing is true, and I understand that this
document may be filed in an action or proceeding in a court of law.

                                   /s/ Josephine Adeyemi
                                   JOSEPHINE ADEYEMI
"""

DEGREES = """
            UNITED STATES DISTRICT COURT FOR THE EASTERN DISTRICT OF VIRGINIA
                                  Alexandria Division

PATIENTS’ TABLE, INC.,                  )
                                        )
           Plaintiff,                   )
                                        )
     v.                                  )     Civil Action No. 1:18-cv-00733-LMB-TCB
                                        )
AGENCY FOR REMEDIES,                    )
                                        )
           Defendant.                   )
                                        )

          SECOND SUPPLEMENTAL DECLARATION OF DR. HANNAH B. O’DONNELL, Ph.D.

     I, Hannah B. O’Donnell, Ph.D., do hereby declare and state:

     1.   I am a statistician. From 2004 until 2016 I taught at a state university; since August 15,
2016, I have been the director of research of Patients’ Table, Inc.

     2.   I have personally reviewed the 1,204 pages that the Agency for Remedies released on
March 2, 2018, and April 6, 2018.

     3.   Of these pages, 388 are blank or blacked out, which is 32.3 percent. The count is
attached as Exhibit 1.

     4.   This supplements the count in paragraph 9 of my declaration of March 19, 2018, which did
not include the second release.

                                  * * *

     Pursuant to 28 U.S.C. § 1746, I declare under penalty of perjury that the foregoing is true
and correct to the best of my knowledge.

     Executed on April 23, 2018.

                                                  ____/s/ Hannah B. O’Donnell____
                                                  Hannah B. O’Donnell, Ph.D.
"""

ABROAD = """
UNITED STATES DISTRICT COURT
EASTERN DISTRICT OF NEW YORK

KEEPERS OF THE WELL,
                    Plaintiff,
          v.                                   Case No. 19-CV-3120 (PKC) (RLM)
MINISTRY LIAISON OFFICE,
                    Defendant.

DECLARATION OF ÁNGELA PEÑA DE LA CRUZ

I, Ángela Peña de la Cruz, declare as follows:

1. I live in Guatemala City. I have personal knowledge of the facts in this declaration.

2. On May 9, 2018, I gave the well keepers’ register to Peter Long of the Ministry Liaison Office.

3. Mr. Long gave me a receipt on May 10, 2018. A true and correct copy of the receipt is attached as
Exhibit A.

I declare under penalty of perjury under the laws of the United States of America that the foregoing
is true and correct.

Executed on June 20, 2019, in Guatemala City, Guatemala.

/s/ Ángela Peña de la Cruz
Ángela Peña de la Cruz
"""

PAGES = """
                      UNITED STATES DISTRICT COURT
                      CENTRAL DISTRICT OF CALIFORNIA

FRIENDS OF THE ORCHARD, a nonprofit    Case No. CV 11-6604-JFW (PLAx)
corporation,
                                       DECLARATION OF WALTER
           Plaintiff,                  KOWALSKI REGARDING SERVICE
     vs.
                                       Judge: Hon. J. Doe
FEDERAL FRUIT SERVICE,

           Defendant.


     I, WALTER KOWALSKI, declare and state as follows:

1.
I am a process server. The facts below are of my own personal knowledge.

2.
On August 19, 2011, I served the summons and complaint on the Federal Fruit Service by certified
mail.

3.
The return receipt came back on August 29, 2011, signed by Gloria Tanaka. It is attached hereto as
Exhibit A.

                                  - 1 -
\f
4.
I served the United States Attorney for the Central District of California by hand on August 22,
2011.

I declare under penalty of perjury under the laws of the United States that the foregoing is true
and correct.

DATED: September 2, 2011                By: /s/ Walter Kowalski
                                            WALTER KOWALSKI

                                  - 2 -
"""

TABLE = """
# UNITED STATES DISTRICT COURT
## DISTRICT OF NEW JERSEY

| | |
|---|---|
| THE BEACON TRUST, | |
| Plaintiff, | Civil Action No. 20-cv-08811 (KM)(JBC) |
| v. | |
| U.S. DEPARTMENT OF SHORES, | **DECLARATION OF GRACE LEE** |
| Defendant. | |

I, Grace Lee, of full age, hereby certify and declare as follows:

1. I am the archivist of The Beacon Trust and know the facts of this declaration personally.

2. On **March 3, 2020**, I requested the lighthouse logs of the U.S. Department of Shores.

3. On *April 1, 2020*, I received a letter from its records officer, Alan Frey, a copy of which is attached as Exhibit A.

4. Mr. Frey wrote that the logs are “kept at the Sandy Point depot.”

Pursuant to 28 U.S.C. § 1746, I declare under penalty of perjury that the foregoing is true and correct.

Executed on July 14, 2020, at Newark, New Jersey.

/s/ Grace Lee

Grace Lee
"""  # noqa: E501 - a web page's lines are as long as they are

FLAT = """\
Case 1:14-cv-01566-ABJ Document 22-3 Filed 02/27/15 Page 1 of 2 UNITED STATES DISTRICT COURT
FOR THE DISTRICT OF COLUMBIA __________________________ ) CITIZENS FOR CLEAR SKIES, ) )
Plaintiff, ) ) v. ) Civil Action No. 14-1566 (ABJ) ) NATIONAL CLOUD OFFICE, ) ) Defendant. )
__________________________) DECLARATION OF KAREN S. FULTON I, Karen S. Fulton, declare as
follows: 1. I am the Deputy Records Officer of the National Cloud Office (“NCO”). I have held
this position since May 2011. 2. The facts in this declaration are based on my personal
knowledge and on my review of NCO’s records. 3. On June 2, 2014, NCO received a request from
plaintiff for the cloud ledgers of 2012. A copy is attached as Exhibit A. 4. By letter dated
June 27, 2014, NCO asked plaintiff to narrow its request. Plaintiff answered on July 9, 2014,
that it would not. Case 1:14-cv-01566-ABJ Document 22-3 Filed 02/27/15 Page 2 of 2 5. NCO
searched its ledger room on October 6, 2014. The search took nine hours. It found the ledgers
of January to November 2012. 6. The ledger of December 2012 was not found. I asked the two
ledger keepers, Owen Marsh and Lee Pratt, and neither knows of it. 7. NCO released the eleven
ledgers in full on December 12, 2014. I declare under penalty of perjury that the foregoing is
true and correct. Executed on February 25, 2015, in Washington, D.C. /s/ Karen S. Fulton KAREN
S. FULTON
""".replace("\n", " ")

LONGHAND = """
IN THE UNITED STATES DISTRICT COURT
FOR THE NORTHERN DISTRICT OF ILLINOIS
EASTERN DIVISION

THE ARCHIVE COLLECTIVE,                 §
                                        §
     Plaintiff,                         §
                                        §
v.                                      §   No. 16 C 4021
                                        §
BUREAU OF PATENT MODELS,                §   Hon. Jane Roe
                                        §
     Defendant.                         §

DECLARATION OF FREDERICK
T. OYELARAN IN OPPOSITION TO
DEFENDANT’S MOTION TO DISMISS

I, the undersigned, Frederick T. Oyelaran, hereby depose and state under penalty of perjury the
following:

¶ 1. I am the curator of The Archive Collective, and I have personal knowledge of these facts.

¶ 2. Between May 2, 2015, and June 30, 2015, I visited the Bureau’s reading room nine times.

¶ 3. On each visit I asked the reading room’s keeper, Nora Quill, for the model register. She told
me on June 30, 2015, that it was “on loan until further notice.”

¶ 4. I wrote to the Bureau on July 15, 2015. My letter is attached as Exhibit 1.

I declare under penalty of perjury that the foregoing is true and correct.

Signed on this 11th day of May, 2016, in Chicago, Illinois.

/s/ Frederick T. Oyelaran
"""

ATTORNEY = """
UNITED STATES DISTRICT COURT
SOUTHERN DISTRICT OF NEW YORK

THE PAPER TRAIL FUND,

                Plaintiff,                     No. 21 Civ. 09233 (LTS)

       -v-                                     ATTORNEY DECLARATION

NATIONAL INK COUNCIL,

                Defendant.

PRIYA RAMAN, an attorney duly admitted to practice before this Court, declares pursuant to
28 U.S.C. § 1746:

     1. I represent the plaintiff, The Paper Trail Fund. I submit this declaration to put before the
Court the papers on which its motion rests.

     2. Attached hereto as Exhibit A is a true and correct copy of plaintiff’s request dated
February 8, 2021.

     3. Attached hereto as Exhibit B is a true and correct copy of the Council’s letter of March 12,
2021.

     4. Attached hereto as Exhibits C through E are true and correct copies of plaintiff’s letters
of April 5, 2021, May 3, 2021, and June 7, 2021.

     5. Attached hereto as Exhibit F is a true and correct copy of an excerpt of the transcript of
the conference held on September 30, 2022, before the Court.

I declare under penalty of perjury that the foregoing is true and correct.

Executed: October 21, 2022
New York, NY

/s/ Priya Raman
Priya Raman
"""

FEES = """
UNITED STATES DISTRICT COURT
DISTRICT OF COLUMBIA

WATCHFUL NEIGHBORS, INC. v. COMMISSION ON FENCES
Civ. A. No. 10-1183 (CKK)

DECLARATION OF HAROLD STEIN IN SUPPORT OF PLAINTIFF’S MOTION FOR ATTORNEYS’ FEES

I, Harold Stein, declare:

1. I have practiced law since 1984, when I was admitted to the bar of the District of Columbia.
I graduated from law school on May 20, 1984.

2. I kept the time records of this case myself, on the day on which the work was done. They are
attached as Exhibit A.

3. My rate in 2012 was $420 an hour. From June 21, 2010, to August 31, 2012, I worked 142.6 hours on
this case.

4. I have left out 18.2 hours, as the notes in Exhibit A show.

I declare under penalty of perjury that the foregoing is true and correct.

Date: October 12, 2012          /s/ Harold Stein
                                Harold Stein
"""

HEADINGS = """
                UNITED STATES DISTRICT COURT
                  DISTRICT OF CONNECTICUT

MILL RIVER PRESS                  :     CIVIL ACTION NO. 3:17CV00461 (JAM)
                                  :
v.                                :
                                  :
STATE LIAISON FOR MILLS           :     NOVEMBER 6, 2017

                DECLARATION OF ELEANOR VANCE

I, Eleanor Vance, declare under the penalty of perjury:

A. Background

1.  I edit the Mill River Press. What follows I know from my own work, unless I say otherwise.

2.  The Press has published a weekly paper since 1998. It prints 4,000 copies.

B. The Request

3.  On Friday, January 13, 2017, I sent a request for the mill inspection reports.

4.  On February 10, 2017, Dean Ashby, the liaison’s records clerk, wrote to me:

        We have your request of January 13, 2017. Our reports are kept by mill and by year. It
        will take us until summer to copy them.

    His letter is attached as Exhibit 1.

C. What Came Back

5.  Nothing has come. I called Mr. Ashby on September 5, 2017, and on October 2, 2017. He told me
both times that the copying had not been done.1

1 The calls took five minutes each.

6.  See paragraphs 3 and 4, above, for what was promised.

I declare under the penalty of perjury that the foregoing is true and correct.

Executed on November 3, 2017, at Hartford, Connecticut.

/s/ Eleanor Vance
Eleanor Vance
"""

MILITARY = """
                      IN THE UNITED STATES DISTRICT COURT
                          FOR THE DISTRICT OF COLUMBIA

BALLAST WATCH, et al.,

            Plaintiffs,

      v.                                  Case No. 1:09-cv-02118 (RJL)

DEPARTMENT OF HARBORS,

            Defendant.

                      DECLARATION OF COLONEL JAMES P. ARDEN

I, Colonel James P. Arden, state and declare as follows:

1. I am assigned as the Director of Records of the Department of Harbors. I have served in this
capacity since 14 June 2008. I am a custodian of the records that I describe.

2. I make these statements on the basis of my personal knowledge and of information furnished to me
in the course of my official duties.

3. The request was received on 3 March 2009 and given the number HB-09-118.

4. On 22 May 2009 the Department released 41 pages. On 6 November 2009 it released 17 more.

I declare under penalty of perjury that the foregoing is true and correct.
Executed on 11 January 2010.

                                    //signed//
                                    /s/ James P. Arden
                                    JAMES P. ARDEN
                                    Colonel
"""

NOCAPTION = """
DECLARATION OF BEATRIZ SOLANO

I, Beatriz Solano, declare the following under 28 U.S.C. § 1746:

1. I am a student at the law clinic and I have personal knowledge of what I state.

2. On October 4, 2016, I mailed the clinic’s request to the Bureau of Signs.

3. On November 1, 2016, I opened the Bureau’s letter of October 27, 2016.

4. I put both into the clinic’s file on the day I mailed or opened them.

I declare under penalty of perjury that the foregoing is true and correct.

Executed on December 2, 2016, at Columbus, Ohio.

/s/ Beatriz Solano
Beatriz Solano
"""

WIDE = """
UNITED STATES DISTRICT COURT
DISTRICT OF OREGON

COAST TRAILS SOCIETY,
an Oregon nonprofit,
     Plaintiff,                                    Case No.: 6:22-cv-01054-MK
v.
FEDERAL PATHS BOARD,
     Defendant.

DECLARATION OF OLE BJORNSTAD

I, Ole Bjornstad, declare:

1. I have walked the coast trails for the Society since 2011, and I write from what I saw.


2. On the morning of Saturday, July 23, 2022, I saw the gate at mile nine locked.


3. I photographed the gate. The photograph of July 23, 2022, is attached as Exhibit A.


4. On August 8, 2022, I met Ranger Dale Whitcomb there. Ranger Whitcomb told me that the gate is to
stay locked until May 2023.


I hereby declare that the above statement is true to the best of my knowledge, and that I understand
it is made for use as evidence in court and is subject to penalty for perjury.

DATED this 6th day of September, 2022.

/s/ Ole Bjornstad
Ole Bjornstad
"""

BANKRUPT = """
UNITED STATES BANKRUPTCY COURT
SOUTHERN DISTRICT OF NEW YORK
-----------------------------------------------------------x
In re                                                      :   Chapter 11
                                                           :
EVENING LAMP COMPANY, INC.,                                :   Case No. 14-10557 (REG)
                                                           :
                                Debtor.                    :
-----------------------------------------------------------x

              DECLARATION OF MICHAEL A. TORRES PURSUANT TO LOCAL RULE 1007-2

I, Michael A. Torres, hereby declare, under penalty of perjury, as follows:

     1.   I am the treasurer of the debtor. Except as otherwise indicated, all facts are based upon
my personal knowledge and my review of the debtor’s records.

     2.   The debtor asked the Bureau of Lamps for its tariff files on January 6, 2014. A copy of
the request is attached as Exhibit A.

     3.   It had no answer when it filed its petition on March 10, 2014.

     I declare under penalty of perjury that the foregoing is true and correct.

Dated: March 10, 2014
       New York, New York

                                        /s/ Michael A. Torres
                                        Michael A. Torres
"""

SOUND = (
    Sound("colons", COLONS, "nysd", "12 Civ. 4471 (ABC)(DEF)",
          "DECLARATION OF ROSA ALVAREZ IN SUPPORT OF PLAINTIFFS’ MOTION FOR SUMMARY JUDGMENT",
          "Rosa Alvarez", upto(5), date(2012, 3, 5), "New York, New York", exhibits=("A", "B"),
          parties=("NIGHT SCHOOLS NETWORK",
                   "UNITED STATES BUREAU OF LAMPS and UNITED STATES DEPARTMENT OF EVENINGS")),
    Sound("parentheses", PARENTHESES, "dcd", "13-0917 (RMC)", "DECLARATION OF THOMAS R. WHITFIELD",
          "Thomas R. Whitfield", upto(6), date(2013, 9, 27), "Washington, D.C.",
          exhibits=("A", "B"), parties=("OPEN LEDGER PROJECT", "UNITED STATES OFFICE OF WEIGHTS")),
    Sound("pleading", PLEADING, "cand", "4:15-cv-02210-HSG",
          "DECLARATION OF LINA OKAFOR IN SUPPORT OF PLAINTIFF’S MOTION FOR PRELIMINARY INJUNCTION",
          "Lina Okafor", upto(5), date(2015, 6, 1), "Oakland, California", Jurat.OUTSIDE,
          exhibits=("1", "2"), parties=("HARBOR READERS", "DEPARTMENT OF TIDES")),
    Sound("affidavit", AFFIDAVIT, "mad", "16-cv-11822-FDS", "AFFIDAVIT OF PAUL J. MARCHETTI",
          "Paul J. Marchetti", upto(4), date(2016, 9, 9), "", Jurat.REWORDED,
          exhibits=("A", "B"),
          parties=("GREEN HARBOR TENANTS UNION", "FEDERAL BRIDGE AUTHORITY")),
    Sound("box", BOX, "wawd", "C14-0552RSL",
          "DECLARATION OF MEI-LING CHANG IN SUPPORT OF MOTION TO COMPEL", "Mei-Ling Chang",
          upto(5), date(2014, 6, 30), "Seattle, Washington", exhibits=("A", "B"),
          parties=("RIVER KEEPERS OF THE SOUND", "U.S. DEPARTMENT OF CURRENTS")),
    Sound("appeal", APPEAL, "ca2", "17-2044",
          "DECLARATION OF SAMUEL D. BRANDT IN SUPPORT OF MOTION TO EXPEDITE", "Samuel D. Brandt",
          upto(4), date(2017, 7, 24), "Brooklyn, New York",
          parties=("QUIET STREETS ALLIANCE", "BUREAU OF NOISE")),
    Sound("state", STATE, "nysupctnewyork", "151177/2024", "AFFIRMATION OF JOSEPHINE ADEYEMI",
          "Josephine Adeyemi", upto(3), date(2024, 1, 31), "", Jurat.REWORDED,
          exhibits=("A", "B")),
    Sound("degrees", DEGREES, "vaed", "1:18-cv-00733-LMB-TCB",
          "SECOND SUPPLEMENTAL DECLARATION OF DR. HANNAH B. O’DONNELL, Ph.D.",
          "Hannah B. O’Donnell", upto(4), date(2018, 4, 23), "", exhibits=("1",),
          parties=("PATIENTS’ TABLE, INC", "AGENCY FOR REMEDIES")),
    Sound("abroad", ABROAD, "nyed", "19-CV-3120 (PKC) (RLM)",
          "DECLARATION OF ÁNGELA PEÑA DE LA CRUZ", "Ángela Peña de la Cruz", upto(3),
          date(2019, 6, 20), "Guatemala City, Guatemala", Jurat.OUTSIDE, exhibits=("A",),
          parties=("KEEPERS OF THE WELL", "MINISTRY LIAISON OFFICE")),
    Sound("pages", PAGES, "cacd", "CV 11-6604-JFW (PLAx)",
          "DECLARATION OF WALTER KOWALSKI REGARDING SERVICE", "Walter Kowalski", upto(4),
          date(2011, 9, 2), "", Jurat.OUTSIDE, exhibits=("A",)),
    Sound("table", TABLE, "njd", "20-cv-08811 (KM)(JBC)", "DECLARATION OF GRACE LEE", "Grace Lee",
          upto(4), date(2020, 7, 14), "Newark, New Jersey", exhibits=("A",),
          parties=("THE BEACON TRUST", "U.S. DEPARTMENT OF SHORES")),
    Sound("flat", FLAT, "dcd", "14-1566 (ABJ)", "DECLARATION OF KAREN S. FULTON",
          "Karen S. Fulton", upto(7), date(2015, 2, 25), "Washington, D.C.", exhibits=("A",)),
    Sound("longhand", LONGHAND, "ilnd", "16 C 4021",
          "DECLARATION OF FREDERICK T. OYELARAN IN OPPOSITION TO DEFENDANT’S MOTION TO DISMISS",
          "Frederick T. Oyelaran", upto(4), date(2016, 5, 11), "Chicago, Illinois",
          exhibits=("1",), parties=("THE ARCHIVE COLLECTIVE", "BUREAU OF PATENT MODELS")),
    Sound("attorney", ATTORNEY, "nysd", "21 Civ. 09233 (LTS)", "ATTORNEY DECLARATION",
          "Priya Raman", upto(5), date(2022, 10, 21), "New York, NY",
          exhibits=("A", "B", "C", "D", "E", "F"),
          parties=("THE PAPER TRAIL FUND", "NATIONAL INK COUNCIL")),
    Sound("fees", FEES, "dcd", "10-1183 (CKK)",
          "DECLARATION OF HAROLD STEIN IN SUPPORT OF PLAINTIFF’S MOTION FOR ATTORNEYS’ FEES",
          "Harold Stein", upto(4), date(2012, 10, 12), "", exhibits=("A",)),
    Sound("headings", HEADINGS, "ctd", "3:17CV00461 (JAM)", "DECLARATION OF ELEANOR VANCE",
          "Eleanor Vance", upto(6), date(2017, 11, 3), "Hartford, Connecticut", exhibits=("1",)),
    Sound("military", MILITARY, "dcd", "1:09-cv-02118 (RJL)",
          "DECLARATION OF COLONEL JAMES P. ARDEN", "James P. Arden", upto(4), date(2010, 1, 11),
          "", parties=("BALLAST WATCH", "DEPARTMENT OF HARBORS")),
    Sound("nocaption", NOCAPTION, None, None, "DECLARATION OF BEATRIZ SOLANO", "Beatriz Solano",
          upto(4), date(2016, 12, 2), "Columbus, Ohio"),
    Sound("wide", WIDE, "ord", "6:22-cv-01054-MK", "DECLARATION OF OLE BJORNSTAD", "Ole Bjornstad",
          upto(4), date(2022, 9, 6), "", Jurat.REWORDED, exhibits=("A",)),
    Sound("bankrupt", BANKRUPT, "nysb", "14-10557 (REG)",
          "DECLARATION OF MICHAEL A. TORRES PURSUANT TO LOCAL RULE 1007-2", "Michael A. Torres",
          upto(3), date(2014, 3, 10), "New York, New York", exhibits=("A",)),
)  # fmt: skip

BY_NAME = {each.name: each for each in SOUND}
