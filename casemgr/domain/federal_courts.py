"""The federal courts: name, caption, zone and the court above, from an id of courts-db.

courts-db gives the ids, the state and the short form; the circuit of each state is 28 U.S.C. § 41.
A zone is that of the court's seat: a state with two zones has courts that sit in either, and a
clerk's office elsewhere in the district may keep another time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

EASTERN, CENTRAL = "America/New_York", "America/Chicago"
MOUNTAIN, PACIFIC = "America/Denver", "America/Los_Angeles"
SOURCE = "courts-db; 28 U.S.C. § 41; zone of the court's seat"

# The states of each circuit, 28 U.S.C. § 41.
CIRCUITS = {
    "ca1": "Maine, Massachusetts, New Hampshire, Puerto Rico, Rhode Island",
    "ca2": "Connecticut, New York, Vermont",
    "ca3": "Delaware, New Jersey, Pennsylvania, Virgin Islands",
    "ca4": "Maryland, North Carolina, South Carolina, Virginia, West Virginia",
    "ca5": "Louisiana, Mississippi, Texas",
    "ca6": "Kentucky, Michigan, Ohio, Tennessee",
    "ca7": "Illinois, Indiana, Wisconsin",
    "ca8": "Arkansas, Iowa, Minnesota, Missouri, Nebraska, North Dakota, South Dakota",
    "ca9": "Alaska, Arizona, California, Guam, Hawaii, Idaho, Montana, Nevada, Oregon, Washington, "
    "Northern Mariana Islands",
    "ca10": "Colorado, Kansas, New Mexico, Oklahoma, Utah, Wyoming",
    "ca11": "Alabama, Florida, Georgia",
    "cadc": "Washington D.C.",
}
ORDINALS = {
    "ca1": "First", "ca2": "Second", "ca3": "Third", "ca4": "Fourth", "ca5": "Fifth",
    "ca6": "Sixth", "ca7": "Seventh", "ca8": "Eighth", "ca9": "Ninth", "ca10": "Tenth",
    "ca11": "Eleventh", "cadc": "District of Columbia", "cafc": "Federal",
}  # fmt: skip
SEATS = {"ca5": CENTRAL, "ca7": CENTRAL, "ca8": CENTRAL, "ca9": PACIFIC, "ca10": MOUNTAIN}
ZONES = {
    CENTRAL: "Alabama, Arkansas, Illinois, Iowa, Kansas, Louisiana, Minnesota, Mississippi, "
    "Missouri, Nebraska, North Dakota, Oklahoma, South Dakota, Texas, Wisconsin",
    MOUNTAIN: "Colorado, Montana, New Mexico, Utah, Wyoming",
    PACIFIC: "California, Nevada, Oregon, Washington",
    "America/Phoenix": "Arizona",
    "America/Boise": "Idaho",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "Pacific/Guam": "Guam, Northern Mariana Islands",
    "America/Puerto_Rico": "Puerto Rico, Virgin Islands",
}
# Seats in the other zone of their state: Nashville and Memphis.
ELSEWHERE = {"tnmd": CENTRAL, "tnwd": CENTRAL}
SIDES = {
    "": "District", "n": "Northern District", "s": "Southern District", "e": "Eastern District",
    "w": "Western District", "m": "Middle District", "c": "Central District",
}  # fmt: skip
# Their captions name the place alone.
WITHOUT_OF = {"dcd": "District of Columbia", "nmid": "Northern Mariana Islands"}
# Districts that were divided long ago.
DIVIDED = frozenset({
    "ald", "fld", "gad", "iad", "kyd", "lad", "mod", "ncd", "nyd", "okd", "vad", "wisd", "wvad",
})  # fmt: skip
# Where courts-db's short form is not the usual one.
CITED = {
    "ca3": "3d Cir.", "mdd": "D. Md.", "mnd": "D. Minn.", "nyed": "E.D.N.Y.", "pamd": "M.D. Pa.",
    "wvnd": "N.D. W. Va.", "wvsd": "S.D. W. Va.",
}  # fmt: skip
_DISTRICT = re.compile(r"^(?:[a-z]{2}(?P<side>[nsewmc]?)|nmi)d$")
HEAD = "United States District Court"


@dataclass(frozen=True, slots=True)
class FederalCourt:
    """A court as papers and clocks need it; `caption` has a line for each of its lines."""

    id: str
    name: str
    caption: str
    cites_as: str
    zone: str
    appeals_to: str | None


def describe(id_: str, place: str, cites_as: str) -> FederalCourt | None:
    """Return a federal district court or court of appeals; None for any other court.

    >>> describe("flsd", "Florida", "S.D. Fla.").caption
    'United States District Court\\nSouthern District of Florida'
    >>> describe("ca5", "", "5th Cir.").zone
    'America/Chicago'
    """
    cited = CITED.get(id_, cites_as)
    if id_ in ORDINALS:
        return _of_appeals(id_, cited)
    found = _DISTRICT.match(id_)
    circuit = next((each for each, states in CIRCUITS.items() if place in states.split(", ")), None)
    if found is None or circuit is None or id_ in DIVIDED or not cited:
        return None
    zone = next((zone for zone, states in ZONES.items() if place in states.split(", ")), EASTERN)
    if id_ in WITHOUT_OF:
        name = caption = f"for the {WITHOUT_OF[id_]}"
    else:
        caption = f"{SIDES[found['side'] or '']} of {'the ' * (id_ == 'vid')}{place}"
        name = f"for the {caption}"
    return FederalCourt(
        id_, f"{HEAD} {name}", f"{HEAD}\n{caption}", cited, ELSEWHERE.get(id_, zone), circuit
    )


def _of_appeals(id_: str, cites_as: str) -> FederalCourt:
    circuit = f"{ORDINALS[id_]} Circuit"
    head = "United States Court of Appeals"
    name, caption = f"{head} for the {circuit}", f"{head}\nfor the {circuit}"
    return FederalCourt(id_, name, caption, cites_as, SEATS.get(id_, EASTERN), None)
