"""Papers of made-up cases, in the form in which courts and docket services give them."""

from __future__ import annotations

from email.message import EmailMessage

_FIRST = (
    "COMPLAINT against River Agency. Document filed by Old Mill Project. "
    "(Attachments: # 1 Civil Cover Sheet)(Moss, Eve) (Entered: 11/01/2010)"
)
_ORDER = (
    "ORDER: Motions due by 1/14/2011. Status Conference set for 1/18/2011 at 10:00 AM before "
    "Judge Ruth B. Hale. (Entered: 12/03/2010)"
)
Entry = tuple[str, str, str]  # the day, the number or none, the text
ENTRIES: tuple[Entry, ...] = (
    ("10/29/2010", "1", _FIRST),
    ("11/02/2010", "", "Case Designated ECF. (jd) (Entered: 11/02/2010)"),
    ("12/03/2010", "2", _ORDER),
)


def sheet(entries: tuple[Entry, ...] = ENTRIES, number: str = "1:10-cv-04321-RBH") -> bytes:
    """Return a docket sheet as the court's site would serve it."""
    rows = "".join(
        f"<tr><td width=94 nowrap valign=top>{filed}</td><td align=right valign=top>"
        f"<a href='https://ecf.nysd.uscourts.gov/doc1/12710000000{at}'>{no}</a>&nbsp;</td>"
        f"<td valign=top>{says}</td></tr>"
        for at, (filed, no, says) in enumerate(entries)
    )
    table = (
        "<table align=center width=99% border=1 rules=all cellpadding=5 cellspacing=0><tr>"
        "<td style='font-weight:bold; width=94; white-space:nowrap'>Date Filed</td><th>#</th>"
        f"<td style='font-weight:bold'>Docket Text</td></tr>{rows}</table>"
        if entries
        else ""
    )
    return (
        "<html><head><title>SDNY CM/ECF</title></head><body><div id=cmecfMainContent>"
        "<h3 align=center>U.S. District Court<br>Southern District of New York (Foley Square)<br>"
        f"CIVIL DOCKET FOR CASE #: {number}</h3>"
        "<table width=100% border=0 cellspacing=5><tr><td valign=top width=60%>"
        "<br>Old Mill Project v. River Agency<br>Assigned to: Judge Ruth B. Hale<br>"
        "Cause: 05:552 Freedom of Information Act</td><td valign=top width=40%>"
        "<br>Date Filed: 10/29/2010<br>Jury Demand: None<br>"
        "Nature of Suit: 895 Freedom of Information Act<br>Jurisdiction: U.S. Government Defendant"
        "</td></tr></table><table width=100% border=0 cellspacing=5>"
        "<tr><td><b><u>Plaintiff</u></b></td></tr><tr><td valign=top width=40%>"
        "<b>Old Mill Project</b></td><td valign=top width=20% align=right>represented&nbsp;by</td>"
        "<td valign=top width=40%><b>Eve Moss</b><br>Mill Law Clinic<br>1 Main Street<br>"
        "<i>LEAD ATTORNEY</i></td></tr><tr><td></td></tr></table>"
        f"<br>{table}<a href='https://ecf.nysd.uscourts.gov/cgi-bin/login.pl'>Log out</a>"
        "</div></body></html>"
    ).encode()


def _block(number: str, title: str, entry: str) -> str:
    return (
        "<table><tr><td><strong>Case Name:</strong></td>"
        f"<td>{title}</td></tr><tr><td><strong>Case Number:</strong></td><td>"
        f"<A HREF=https://ecf.nysd.uscourts.gov/cgi-bin/DktRpt.pl?1>{number}</A></td></tr>"
        "<tr><td><strong>Filer:</strong></td><td>Old Mill Project</td></tr>"
        f"<tr><td><strong>Document Number:</strong></td><td>{entry}</td></tr></table>"
        "<p><strong>Docket Text:</strong><BR><FONT><b>\nLETTER MOTION for Extension\n of Time"
        " <i>to answer</i> from Eve Moss. Case Number: is a label too.(Moss, Eve) </b></FONT></p>"
    )


DOC_7 = '<a href="https://ecf.nysd.uscourts.gov/doc1/127132041950?caseid=1">7</a>'
BLOCKS = (
    _block("1:10-cv-04321-RBH", "Old Mill Project et al v. River Agency", DOC_7),
    _block("1:10-cv-05555-RBH", "Ada Park v. River Agency et al", "12"),
)


def notice(
    *blocks: str, sender: str = "ecf_pool@nysd.uscourts.gov", subtype: str = "html"
) -> bytes:
    """Return a notice of electronic filing for one case or several."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "clinic@example.org"
    message["Subject"] = (
        "Activity in Case 1:10-cv-05555-RBH Ada Park v. River Agency et al "
        "Motion for Extension of Time"
    )
    body = (
        "<p>This is an automatic e-mail message.</p><p>Notice of Electronic Filing</p>"
        "<div>The following transaction was entered by Moss, Eve on 11/9/2010 at 3:44 \nPM EST and "
        f"filed on 11/8/2010</div>{''.join(blocks or BLOCKS)}"
        "<p>1:10-cv-04321-RBH Notice has been electronically mailed to: Eve Moss "
        "eve@example.org</p>"
    )
    message.set_content(body, subtype=subtype)
    return bytes(message)
