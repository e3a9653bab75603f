"""Which passwords are refused: too short, or easy to guess. Nothing else is asked of one.

No capitals, digits or signs are demanded: length is what helps (NIST SP 800-63B-4, 3.1.1.2). What
is refused is what guessing programs try first: well-known passwords and phrases, walks over the
keyboard, repetitions, and names anybody could know, with a year or some digits hung on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SHORTEST, LONGEST = 15, 1024
# What must be left once everything that is easy to guess is taken out.
OF_ITS_OWN = 5

TOO_SHORT = f"Use at least {SHORTEST} characters. A sentence of your own is easiest."
TOO_LONG = f"Use at most {LONGEST} characters."
TOO_EASY = (
    "This is among the first that guessing programs try. Use a sentence of your own that "
    "nobody else would write."
)

# Compiled by us from what is generally known to lead every list of leaked passwords.
_WORDS = """
    password passwort passwords passw0rd pass pwd passphrase secret secrets geheim login logon
    signin letmein opensesame welcome welcomeback hello hellothere admin administrator root user
    username guest test testing tester temp temporary default changeme change changeit please
    iloveyou loveyou iloveu love lovely loveme princess prince sunshine shadow superman batman
    spiderman starwars startrek pokemon football baseball basketball soccer hockey golf tennis
    master monkey dragon tiger lion eagle falcon mustang ferrari porsche harley michael michelle
    jessica jennifer jordan ashley daniel thomas robert andrew joshua matthew charlie george
    summer winter spring autumn fall january february march april june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday
    computer internet google facebook microsoft windows apple samsung android linux
    america american usa newyork washington california boston london
    freedom whatever trustno nothing something anything everything forever together family
    friends mother father sister brother baby babygirl angel angels flower butterfly rainbow
    chocolate cookie cheese banana orange purple yellow silver golden diamond ginger pepper
    hunter killer ranger soldier access account private secure security safety
    abc abcd qwerty qwertz azerty asdf asdfgh zxcv zxcvbn qaz wsx edc rfv qazwsx
    the this that is are my your our it and for of to in me you my
    casemgr office lawoffice lawyer lawyers attorney attorneys lawschool clinic legal legalclinic
    student students staff law foia records request requests court justice matter matters
""".split()  # noqa: SIM905 - a list of words reads best as words
_PHRASES = frozenset(
    """
    correcthorsebatterystaple tobeornottobe tobeornottobethatisthequestion
    maytheforcebewithyou thequickbrownfox thequickbrownfoxjumpsoverthelazydog
    wethepeople wethepeopleoftheunitedstates onceuponatime itwasthebestoftimes
    inthebeginning ourfatherwhoartinheaven ifyoucanreadthis ilovemyfamily
    liveandletlive knowledgeispower timeismoney practicemakesperfect nevergiveup
    onering oneringtorulethemall winteriscoming youshallnotpass hastalavistababy
    mynameisinigomontoya iamyourfather letitgoletitgo imissyousomuch freedomofinformationact
    equaljusticeunderlaw innocentuntilprovenguilty forwhomthebelltolls
    """.split()  # noqa: SIM905 - as above
)
_WALKS = (
    "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn", "1234567890", "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "a1b2c3d4e5f6g7h8i9j0",
)  # fmt: skip
_LEET = str.maketrans("013457@$!|", "oleastasil")
_WALKED = 4  # signs in a row that make a walk
_STEPS = frozenset(
    way[at : at + _WALKED]
    for way in (each for walk in _WALKS for each in (walk * 2, (walk * 2)[::-1]))
    for at in range(len(way) - _WALKED + 1)
)
_PLAIN = re.compile(r"[\x00-\x60\x7b-\x7f]")  # ASCII that is no small letter
_YEARS = re.compile(r"(19|20)\d\d")


def why_refused(password: str, context: Iterable[str] = ()) -> str | None:
    """Say why a password is refused, or None; `context` is what others know: names, the office.

    >>> why_refused("my aunt repaired seven clocks") is None
    True
    """
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    return TOO_EASY if _is_easy(password, _known(context)) else None


def _known(context: Iterable[str]) -> tuple[str, ...]:
    names = {word for text in context for word in re.split(r"[\W_]+", text.casefold())}
    return tuple(word for word in names if len(word) > 2)


def _is_easy(password: str, names: tuple[str, ...]) -> bool:
    typed = "".join(_signs(password).split())
    if len(set(typed)) < OF_ITS_OWN or _is_repeated(typed):
        return True
    # As typed, and with figures read as the letters they stand for: the shorter rest counts.
    readings = (typed, typed.translate(_LEET))
    return any(len(_left(each, names)) < OF_ITS_OWN for each in readings)


def _signs(password: str) -> str:
    plain = unicodedata.normalize("NFKD", password).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _is_repeated(text: str) -> bool:
    """Say whether a text is one short piece over and over."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 9))


def _left(text: str, names: tuple[str, ...]) -> str:
    """Return what nobody could know: no walks, years, known words or names; half the figures."""
    text = _YEARS.sub("", _without_walks(text))
    letters = _PLAIN.sub("", text)
    for word in sorted({*_PHRASES, *_WORDS, *names}, key=len, reverse=True):
        letters = letters.replace(word, " ")
    figures = re.sub(r"\D", "", text)
    return letters.replace(" ", "") + figures[: len(figures) // 2]


def _without_walks(text: str) -> str:
    at_walk = [text[at : at + _WALKED] in _STEPS for at in range(len(text))]
    walked = [any(at_walk[max(0, at - _WALKED + 1) : at + 1]) for at in range(len(text))]
    return "".join(sign for sign, on in zip(text, walked, strict=True) if not on)
