"""What an entry's text says of itself."""

import pytest

from casemgr.domain.docket_text import Attachment, read_entry
from casemgr.domain.words import EntryKind


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ("COMPLAINT against Old Mill, LLC. Document filed by Ada Park.", EntryKind.COMPLAINT),
        ("SECOND AMENDED COMPLAINT amending 1 Complaint", EntryKind.COMPLAINT),
        ("ANSWER to 1 Complaint.", EntryKind.ANSWER),
        ("Assented to MOTION for Extension of Time by Old Mill, LLC.", EntryKind.MOTION),
        ("CONSENT LETTER MOTION to Adjourn Conference", EntryKind.LETTER),
        ("MOTION for Reconsideration re 49 Order", EntryKind.RECONSIDERATION),
        ("MOTION for Attorney Fees. Document filed by Ada Park.", EntryKind.FEE_MOTION),
        (
            "MEMORANDUM OF LAW in Opposition re: 40 MOTION for Summary Judgment",
            EntryKind.OPPOSITION,
        ),
        ("Opposition re 7 MOTION to Strike filed by Ada Park.", EntryKind.OPPOSITION),
        ("LETTER RESPONSE in Opposition to Motion", EntryKind.OPPOSITION),
        ("REPLY MEMORANDUM OF LAW in Support re: 40 MOTION", EntryKind.REPLY),
        ("DECLARATION of Ada Park in Opposition re: 40 MOTION", EntryKind.DECLARATION),
        ("MEMORANDUM in Support re 7 MOTION to Strike", EntryKind.OTHER),
        ("OPINION AND ORDER re: 40 MOTION", EntryKind.OPINION),
        ("CLERK'S JUDGMENT re: 60 Opinion", EntryKind.JUDGMENT),
        ("Judge Ruth B. Hale: ELECTRONIC ORDER entered granting 5 Motion", EntryKind.ORDER),
        ("CIVIL CASE MANAGEMENT PLAN AND SCHEDULING ORDER: as set out", EntryKind.ORDER),
        ("STIPULATION AND ORDER of dismissal", EntryKind.STIPULATION),
        ("NOTICE OF INTERLOCUTORY APPEAL from 53 Order", EntryKind.NOTICE_OF_APPEAL),
        ("NOTICE OF APPEARANCE by Eve Moss on behalf of Ada Park", EntryKind.OTHER),
        ("Minute Entry for proceedings held before Judge Ruth B. Hale", EntryKind.MINUTE),
        ("JOINT LETTER addressed to Judge Ruth B. Hale", EntryKind.LETTER),
        (
            "Set/Reset Deadlines as to 17 MOTION to Intervene. Responses due by 2/4/2022",
            EntryKind.OTHER,
        ),
        ("", EntryKind.OTHER),
    ],
)
def test_the_kind_follows_from_the_words_an_entry_begins_with(says: str, kind: EntryKind) -> None:
    assert read_entry(says).kind is kind


def test_a_paper_says_who_filed_it_and_what_it_answers() -> None:
    read = read_entry(
        "MEMORANDUM OF LAW in Opposition re: 40 MOTION for Summary Judgment . Document filed by "
        "Old Mill, LLC, River Co.. (Attachments: # 1 Exhibit A - Letter, of May 3, # 2 Exhibit B)."
        "(Moss, Eve) (Entered: 02/04/2022)"
    )
    assert (read.filers, read.answers, read.decides) == ("Old Mill, LLC, River Co", (40,), ())
    assert read.attachments == (
        Attachment(1, "Exhibit A - Letter, of May 3"),
        Attachment(2, "Exhibit B"),
    )
    assert read.plain.endswith("# 2 Exhibit B)")


@pytest.mark.parametrize(
    ("says", "decides"),
    [
        ("ORDER granting 41 Letter Motion for Extension of Time.", (41,)),
        ("ORDER denying without prejudice 27 Letter Motion.", (27,)),
        ("ORDER granting in part and denying in part 50 Motion for Reconsideration", (50,)),
        ("ORDER denying 40 Motion for Summary Judgment; granting 43 Motion to Preclude.", (40, 43)),
        ("ORDER granting 14 days to answer.", ()),
    ],
)
def test_an_order_says_which_motions_it_decides(says: str, decides: tuple[int, ...]) -> None:
    read = read_entry(says)
    assert (read.decides, read.filers) == (decides, "")
