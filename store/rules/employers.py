"""Employers by name: which spellings mean the same one, and what happened there before."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from store.rules import fields
from store.rules.dates import MONTHS
from store.rules.links import link_target
from store.rules.stages import Outcome, Stage, stage_name
from store.rules.text import LETTERS, Refused, plural, quoted, searchable

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
_PEOPLE_NAMED = 2
"""How many people are named before the rest is only counted (product)."""
_OWN = "="
"""How the key of a name begins that the user keeps apart from others of the same fold."""


class Before(NamedTuple):
    """An earlier application to an employer; `stage` is the last one it stood in, `employer` the
    key of its employer where that is known (see `EmployerNames`)."""

    id: int
    role: str
    stage: Stage
    applied_on: date | None
    outcome: Outcome | None
    closed_on: date | None
    company: str = ""
    url: str = ""
    employer: str = ""


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


def exact_name(name: str) -> str:
    """The key under which `name` stands alone, apart from others that fold to the same.

    Without case, punctuation and spaces only: “=globex gmbh”. No folded name begins so.
    """
    return (_OWN + " ".join(_words(name, accents=True)))[:_LONGEST]


@dataclass(frozen=True, slots=True)
class EmployerNames:
    """Which names mean one employer: those that fold to the same, but for what the user `said`.

    `said` leads from a name, folded or exact (see `exact_name`), to the key of its employer. The
    exact one counts first.
    """

    said: Mapping[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """The key of the employer that is called `name`; "" for a blank name."""
        folded = folded_employer(name)
        if not self.said or not folded:
            return folded
        return self.said.get(self.mark(name), folded)

    def mark(self, name: str) -> str:
        """What decides to whom `name` belongs: itself where the user said so, else its fold."""
        exact = exact_name(name)
        return exact if exact in self.said else folded_employer(name)


def as_one(names: EmployerNames, name: str, other: str) -> dict[str, str]:
    """What has to be `said` besides, so that `name` is the same employer as `other`.

    All that was one with `name` goes along, unless the two only were told apart by more than their
    fold. Raises Refused where they are one already.
    """
    ours, theirs = names.key(name), names.key(other)
    if ours == theirs:
        raise Refused(f"{quoted(name)} and {quoted(other)} are one employer already.")
    mark = names.mark(name)
    if mark == folded_employer(other):
        # The other one was told apart from all that folds so: this name alone comes to it.
        return {exact_name(name): theirs}
    said = {mark: theirs for mark, key in names.said.items() if key == ours}
    return said | {ours: theirs, mark: theirs}


def as_two(names: EmployerNames, name: str, other: str) -> dict[str, str]:
    """What has to be `said` besides, so that `name` is another employer than `other`.

    Raises Refused where they are two already, and where only case and signs tell them apart.
    """
    ours = names.key(name)
    if ours != names.key(other):
        raise Refused(f"{quoted(name)} and {quoted(other)} are two employers already.")
    if exact_name(name) == exact_name(other):
        raise Refused(
            f"Only case or signs tell {quoted(name)} from {quoted(other)}: they stay one employer."
        )
    mark, other_mark = names.mark(name), names.mark(other)
    if mark == other_mark:
        mark = exact_name(name)
    elif mark == ours:
        mark = other_mark  # The others there are called after this one, so the other one goes.
    return {mark: mark}


class Employers:
    """All applications of a board by employer, and who is known there."""

    def __init__(
        self,
        applications: Mapping[str, Sequence[Before]] | None = None,
        people: Mapping[str, Sequence[str]] | None = None,
        names: EmployerNames | None = None,
    ) -> None:
        self._applications = applications or {}
        self._people = people or {}
        self.names = names or EmployerNames()

    def at(self, company: str) -> Sequence[Before]:
        """The applications to the employer that is called `company`."""
        return self._applications.get(self.names.key(company), ())

    def people_at(self, company: str) -> Sequence[str]:
        """The names of those who are known there, the newest application's first."""
        return self._people.get(self.names.key(company), ())

    def every(self) -> Iterable[Before]:
        """All applications there are."""
        return chain.from_iterable(self._applications.values())


def before_line(found: Sequence[Before], today: date, people: Sequence[str] = ()) -> str:
    """What happened at an employer before, the oldest first, and who is there; "" when nothing did.

    "2 applications since Mar 2025; rejected after the first interview on 4 Jun, open since 12 Oct;
    you know Ana Ruiz there."
    """
    if not found:
        return ""
    told = ", ".join(_fate(one, today) for one in sorted(found, key=_when)[-_NAMED:])
    number = len(found)
    noun = plural(number, "application")
    last = f"the last {_NAMED}: " if number > _NAMED else ""
    parts = (f"{noun}{_since(found)}", f"{last}{told}", _who(people))
    return f"{'; '.join(filter(None, parts))}."


def before_brief(
    found: Sequence[Before], today: date, people: Sequence[str], fits: Callable[[str], bool]
) -> str:
    """`before_line` in the most words that `fits` has room for: without who is there, then of the
    newest application alone, then only how many there are."""
    whole = before_line(found, today, people)
    if not found or fits(whole):
        return whole
    number = plural(len(found), "application")
    last = "the last one " if len(found) > 1 else ""
    newest = f"{number}; {last}{_fate(max(found, key=_when), today)}."
    shorter = (before_line(found, today), newest)
    return next(filter(fits, shorter), f"{number}{_since(found)}.")


def _since(found: Sequence[Before]) -> str:
    days = [one.applied_on for one in found if one.applied_on is not None]
    if len(found) == 1 and found[0].outcome is None:
        return ""  # It is told since when it is open.
    if not days:
        return " before"
    first = min(days)
    lead = "in" if len(found) == 1 else "since"
    return f" {lead} {MONTHS[first.month - 1][:3]} {first.year}"


def _who(people: Sequence[str]) -> str:
    if not people:
        return ""
    named, more = list(people[:_PEOPLE_NAMED]), len(people) - _PEOPLE_NAMED
    if more > 0:
        named.append(f"{more:,} more")
    if len(named) == 1:
        return f"you know {named[0]} there"
    return f"you know {', '.join(named[:-1])} and {named[-1]} there"


def folded_role(role: str) -> str:
    """The key under which the spellings of a role fall together: without case, accents, spaces."""
    return " ".join(searchable(role).split())


def twins(
    company: str,
    role: str,
    url: str,
    there: Iterable[Before],
    names: EmployerNames | None = None,
) -> tuple[list[Before], list[Before]]:
    """The applications of `there` for the same role at the same employer, and for the same link.

    A link that says of itself that it is one posting is the same whatever the role is called; a
    page that many postings may share counts for the same role at the same employer only. The open
    ones come first, then the newest.
    """
    key = (names or EmployerNames()).key
    employer, wanted, named = key(company), folded_role(role), link_target(url)
    same_role, same_link = [], []
    for one in sorted(there, key=lambda one: (one.outcome is not None, -one.id)):
        there_too = (one.employer or key(one.company)) == employer
        same = there_too and folded_role(one.role) == wanted
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


def _words(name: str, *, accents: bool = False) -> list[str]:
    """The words of a name, folded; those of single letters (“S. A.”) stay apart. With `accents`,
    letters keep theirs."""
    text = unicodedata.normalize("NFKC", name).casefold()
    if not accents:
        text = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    kept = []
    for character in text:
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
        since = f" since {_day(one.applied_on, today)}" if one.applied_on else ""
        stage = f" ({stage_name(one.stage)})" if one.stage is not Stage.APPLIED else ""
        return f"open{since}{stage}"
    if one.outcome in (Outcome.ACCEPTED, Outcome.DECLINED):
        words = f"offer {one.outcome.title}"
    else:
        stage = "an offer" if one.stage is Stage.OFFER else f"the {stage_name(one.stage)}"
        words = one.outcome.title
        words += f" after {stage}" if one.stage is not Stage.APPLIED else ""
        if one.outcome is Outcome.NO_RESPONSE and one.closed_on:
            return f"{words} (closed {_day(one.closed_on, today)})"
    return f"{words} on {_day(one.closed_on, today)}" if one.closed_on else words


def _day(day: date, today: date) -> str:
    """Without its weekday, which nobody asks of a day long gone: "4 Jun", "4 Jun 2025"."""
    words = f"{day.day} {MONTHS[day.month - 1][:3]}"
    return words if day.year == today.year else f"{words} {day.year}"
