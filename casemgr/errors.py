"""What can go wrong, in the reader's words: what was asked, why not, what to do.

Every error that a person may meet belongs to one family. None of them knows of HTTP:
`casemgr.app` says which class becomes which status, the command line prints the sentence
and exits with 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class CasemgrError(Exception):
    """Something a person asked for cannot be done; `str()` is the sentence to show."""


class Malformed(CasemgrError):
    """What was typed cannot be understood. `problems` names each field and its sentence."""

    def __init__(self, problems: Mapping[str, str] | str) -> None:
        self.problems: dict[str, str] = (
            {"": problems} if isinstance(problems, str) else dict(problems)
        )
        super().__init__(" ".join(self.problems.values()))


class WrongMoment(CasemgrError):
    """The act is possible, but not now: the record is in another state."""


class Overtaken(WrongMoment):
    """Somebody else changed the record since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this while you had it open. "
            "Yours is not lost: look at theirs, then save again."
        )


class Held(WrongMoment):
    """A legal hold keeps the record: the database refused to delete it or write over it."""

    def __init__(self) -> None:
        super().__init__(
            "A legal hold keeps everything of this matter, so nothing was deleted or written "
            "over. Two people can lift the hold: one asks, an attorney agrees."
        )


class NotFound(CasemgrError):
    """There is no such thing, or the person asking may not know of it: the words are the same."""

    def __init__(self) -> None:
        super().__init__("There is nothing here, or it is not yours to see.")


@dataclass(frozen=True)
class Ask:
    """What was refused, to which record, and who on the matter could do it: ids and names."""

    matter_id: str
    subject_kind: str
    subject_id: str
    right: str
    people: tuple[tuple[str, str], ...]


class Refused(CasemgrError):
    """The person may know of the record but may not do this to it; `ask` says whom to ask."""

    def __init__(self, sentence: str, ask: Ask | None = None) -> None:
        self.ask = ask
        super().__init__(sentence)


class NotFresh(Refused):
    """The act is dangerous, and the sign-in it rests on is too long ago."""

    def __init__(self) -> None:
        super().__init__(
            "This asks for a sign-in less than ten minutes old. Sign in again, then repeat it."
        )


class NotSignedIn(CasemgrError):
    """Nobody is signed in."""

    def __init__(self) -> None:
        super().__init__("Sign in first.")


class LawError(CasemgrError):
    """The law engine cannot answer: unknown rule, day, court or agency, or no data for a year."""


class LawFileWrong(LawError):
    """A file of law cannot be read as written; the sentence names file, line and key."""

    def __init__(self, file: str, line: int, wrong: str) -> None:
        self.file, self.line = file, line
        super().__init__(f"{file}, line {line}: {wrong}")


class SeedsWrong(CasemgrError):
    """A seed file cannot be planted as written; the sentence names the file and the place."""


class CalendarNotKnown(LawError):
    """A calendar is asked about a year for which it holds no days."""

    def __init__(self, calendar: str, year: int, first: int, last: int) -> None:
        super().__init__(
            f"The {calendar} calendar holds the years {first} to {last}; {year} is outside it. "
            "Enter that year's holidays in casemgr/law/calendars before counting there."
        )


class Unusable(CasemgrError):
    """This machine or configuration lacks something; the sentence says what mends it."""


class NoRoom(CasemgrError):
    """There is no room left on the office's disk: nothing was saved, and nothing is half done."""

    def __init__(self) -> None:
        super().__init__(
            "The office's disk is full, so nothing was saved. What is here can be read. Tell "
            "whoever looks after casemgr to make room, then send this again."
        )


class DatabaseAway(CasemgrError):
    """The database does not answer at the moment: nothing was saved."""

    def __init__(self) -> None:
        super().__init__(
            "The database does not answer at the moment, so nothing was saved. Wait a few seconds "
            "and send this again."
        )


class NotRendered(CasemgrError):
    """A paper could not be made within its limits; nothing else was harmed."""
