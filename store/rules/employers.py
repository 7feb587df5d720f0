"""Employers by name: which spellings mean the same one, and what happened there before."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from store.rules import fields
from store.rules.dates import MONTHS
from store.rules.links import link_target
from store.rules.stages import Outcome, Stage
from store.rules.text import LETTERS, searchable

_FORMS = frozenset(
    """
    ab ag aps as asa bhd bt bv co company corp corporation cv doo eg ei eirl ek ev gbr ggmbh gk gmbh
    haftungsbeschrankt inc incorporated jsc kft kg kgaa kk limited llc llp lp ltd ltda mbh nv nyrt
    oao ohg ood oe ou oy oyj partg partgmbb plc private psc pte pty pvt rt sa sab sagl sapa sarl sas
    sasu sca scs se sia sicav sl slu snc spa spj spk spzoo srl sro stiftung uab ug vof zrt
    """.split()  # noqa: SIM905 (a list literal of them takes 90 lines)
)
"""Legal forms as they end a name, folded and without dots (product; no list is complete)."""
_LONG_FORMS = ("sp z oo", "sp z o o", "spol s ro", "spol s r o", "sa de cv", "sab de cv")
"""Those of several words."""
_LEADING_FORMS = ("ооо", "оао", "пао", "зао", "ао")
"""Those that begin one."""
_GLUED_FORMS = ("株式会社", "有限会社", "股份有限公司", "有限责任公司", "有限公司")
"""Those that are written without a space, before the name or behind it."""
_LETTERS_AT_MOST = 4
"""How many words one form falls into: “G. m. b. H.”, “Sp. z o. o.”."""
_AND = frozenset(("and", "und", "et"))
_LETTERS = str.maketrans(LETTERS)
_APOSTROPHES = frozenset("'’‘ʼ`´.")
"""Signs that do not part a word: “McDonald's”, “I.B.M.”."""
_WORD_SIGNS = {"&": " and ", "+": " and "}
_LONGEST = fields.APPLICATION["company"].limit
_NAMED = 3
"""How many earlier applications are told one by one (product)."""


class Before(NamedTuple):
    """An earlier application to an employer; `stage` is the last one it stood in."""

    id: int
    role: str
    stage: Stage
    applied_on: date | None
    outcome: Outcome | None
    closed_on: date | None
    company: str = ""
    url: str = ""


@lru_cache(maxsize=20_000)
def folded_employer(name: str) -> str:
    """The key under which all spellings of one employer's name fall together.

    Without case, accents, punctuation, spaces, and a legal form at the end: “Müller GmbH & Co. KG”,
    “muller”. A name of nothing else keeps its first word, one without a letter or digit stays as
    it is; only a blank one gives "". At most as long as a company's name may be; not for showing.
    """
    words = _words(name)
    if not words:
        return " ".join(name.casefold().split())[:_LONGEST]
    if len(words) > 1 and words[0] in _LEADING_FORMS:
        del words[0]
    while (length := _form_at_end(words)) > 0:
        del words[-length:]
    return _without_glued("".join(words))[:_LONGEST]


def before_line(found: Sequence[Before], today: date) -> str:
    """What happened at an employer before, the oldest first; "" when nothing did.

    "2 applications before: rejected after first on 4 Jun, open since 12 Oct."
    """
    if not found:
        return ""
    told = [_fate(one, today) for one in sorted(found, key=_when)[-_NAMED:]]
    number = len(found)
    noun = "1 application" if number == 1 else f"{number:,} applications"
    last = f", the last {_NAMED}" if number > _NAMED else ""
    return f"{noun} before{last}: {', '.join(told)}."


def folded_role(role: str) -> str:
    """The key under which the spellings of a role fall together: without case, accents, spaces."""
    return " ".join(searchable(role).split())


def twins(
    company: str, role: str, url: str, there: Iterable[Before]
) -> tuple[list[Before], list[Before]]:
    """The applications of `there` for the same role at the same employer, and for the same link.

    A link that says of itself that it is one posting is the same whatever the role is called; a
    page that many postings may share counts for the same role at the same employer only. The open
    ones come first, then the newest.
    """
    employer, wanted, named = folded_employer(company), folded_role(role), link_target(url)
    same_role, same_link = [], []
    for one in sorted(there, key=lambda one: (one.outcome is not None, -one.id)):
        same = folded_employer(one.company) == employer and folded_role(one.role) == wanted
        if same:
            same_role.append(one)
        if named.key and (same or named.posting) and link_target(one.url).key == named.key:
            same_link.append(one)
    return same_role, same_link


def twin_line(one: Before, today: date) -> str:
    """Which application is for the same role at the same employer, and how it ended."""
    return f"Application {one.id} is for the same role there: {_fate(one, today)}."


def link_line(one: Before, today: date) -> str:
    """Which application has the same link, and how it ended."""
    return (
        f"Application {one.id} ({one.company}, {one.role}) has this link already: "
        f"{_fate(one, today)}."
    )


def _words(name: str) -> list[str]:
    """The words of a name, folded; those of single letters (“S. A.”) stay apart."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    kept = []
    for character in text.translate(_LETTERS):
        if character in _WORD_SIGNS:
            kept.append(_WORD_SIGNS[character])
        elif "\u0300" <= character <= "\u036f" or character in _APOSTROPHES:
            continue
        else:
            # Letters, digits, and the marks that Indic scripts write vowels with.
            kept.append(character if unicodedata.category(character)[0] in "LNM" else " ")
    return ["and" if word in _AND else word for word in "".join(kept).split()]


def _form_at_end(words: Sequence[str]) -> int:
    """How many words at the end are a legal form, or an “and” that stands before nothing.

    0 when none is, or when nothing would be left.
    """
    for length in range(min(_LETTERS_AT_MOST, len(words) - 1), 1, -1):
        last = words[-length:]
        spelled = all(len(word) == 1 for word in last) and "".join(last) in _FORMS
        if spelled or " ".join(last) in _LONG_FORMS:
            return length
    return int(len(words) > 1 and (words[-1] in _FORMS or words[-1] == "and"))


def _without_glued(key: str) -> str:
    for form in _GLUED_FORMS:
        shorter = key.removeprefix(form).removesuffix(form)
        if shorter:
            key = shorter
    return key


def _when(one: Before) -> tuple[date, int]:
    return one.closed_on or one.applied_on or date.min, one.id


def _fate(one: Before, today: date) -> str:
    if one.outcome is None:
        stage = f"in {one.stage}, " if one.stage is not Stage.APPLIED else ""
        return (
            f"{stage}open since {_day(one.applied_on, today)}" if one.applied_on else f"{stage}open"
        )
    if one.outcome in (Outcome.ACCEPTED, Outcome.DECLINED):
        words = f"offer {one.outcome.title}"
    else:
        stage = "an offer" if one.stage is Stage.OFFER else one.stage.value
        words = one.outcome.title
        words += f" after {stage}" if one.stage is not Stage.APPLIED else ""
        words += ", closed" if one.outcome is Outcome.NO_RESPONSE and one.closed_on else ""
    return f"{words} on {_day(one.closed_on, today)}" if one.closed_on else words


def _day(day: date, today: date) -> str:
    """Without its weekday, which nobody asks of a day long gone: "4 Jun", "4 Jun 2025"."""
    words = f"{day.day} {MONTHS[day.month - 1][:3]}"
    return words if day.year == today.year else f"{words} {day.year}"
