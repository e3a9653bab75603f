"""Dockets that somebody keeps as a table."""

from datetime import date

import pytest

from casemgr.dockets.shapes import Unreadable
from casemgr.dockets.table import read_table


@pytest.mark.parametrize(
    "data",
    [
        b"No.,Date filed,Docket text\n29-1,10/29/2010,Exhibit A\n,2010-11-02,Designated ECF.\n",
        b"\xef\xbb\xbfDkt;Filed;Text\r\n29-1;10/29/10;Exhibit A\r\n;11/2/2010;Designated ECF.\r\n",
        "Entry\tDate\tDescription\n29-1\t10/29/2010\tExhibit A\n\n\t11/2/2010\tDesignated ECF."
        .encode("utf-16"),
    ],
)  # fmt: skip
def test_tables_are_read_whatever_parts_their_columns(data: bytes) -> None:
    [case] = read_table(data).cases
    assert [(each.number, each.part, each.filed_on, each.says) for each in case.entries] == [
        (29, 1, date(2010, 10, 29), "Exhibit A"),
        (None, None, date(2010, 11, 2), "Designated ECF."),
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "must name the columns"),
        (b"a,b\n1,2\n", "must name the columns"),
        (b"No.,Filed,Text\n", "must name the columns"),
        (b"No.,Filed,Text\n1,13/2/2015,COMPLAINT\n", "Row 2: '13/2/2015' is no day"),
        (b"No.,Filed,Text\n1,,COMPLAINT\n", "Row 2: 'an empty cell' is no day"),
        (b"No.,Filed,Text\n1,10/29/2010,\n", "Row 2 has no text"),
        (b"No.,Filed,Text\nx,10/29/2010,ORDER\n", "Row 2: 'x' is no number"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_table(data)
