"""Which application a message belongs to, and how the one of a new employer is called."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple
from urllib.parse import urlsplit

from store.rules import fields
from store.rules.employers import folded_employer
from store.rules.mail.letter import LetterText
from store.rules.mail.message import Letter
from store.rules.mail.senders import Sender, is_own_host, plain_key, registered_part
from store.rules.text import searchable

_PERSON, _DOMAIN, _TENANT, _CALLED = 100, 60, 60, 55
_SUBJECT, _TEXT, _ROLE_IN_SUBJECT, _ROLE_IN_TEXT = 40, 20, 30, 20
"""What each sign counts (product): one that is somebody's own address decides alone."""
_SYSTEM_TEXT = 40
"""The employer's name in a text that an applicant system wrote for somebody."""
_ENOUGH, _SURE = 40, 60
_SHORT = 3
"""Letters of a name that is too short to be looked for in a text: “BP”, “Ing”."""
_GENDERS = re.compile(
    r"\((?:[mwfdxhai]\s?[/|,*]\s?)+[mwfdxhai*]\)|\b[mwfdh](?:/[mwfdhx])+\b|\(all genders\)"
    r"|[*:_]in(?:nen)?\b",
    re.I,
)
_FIRST_LETTERS = 4_000
"""Of a text that is looked through for names (product): a card is named near its beginning."""


_LINES_OF_SIGNATURE = 12


class KnownCard(NamedTuple):
    """An application on the board, as far as messages can name it.

    `people` are the addresses of its contacts in small letters. `hosts` are those of its posting
    and of its contacts. `employer` is its key among the employers.
    """

    id: int
    company: str
    role: str
    employer: str
    is_open: bool
    people: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    via_recruiter: bool = False


class Match(NamedTuple):
    """The application that a message belongs to.

    `card_id` is None where it is none that is known. `others` may be meant just as well. `why`
    says in words what tells it.
    """

    card_id: int | None
    sure: bool
    why: str
    others: tuple[int, ...] = ()
    by_person: bool = False
    """Whether a contact of that application wrote."""
    names_role: bool = False
    """Whether its role is named."""
    by_role: bool = False
    """Whether nothing but its role tells it: many employers have the same."""


class Newcomer(NamedTuple):
    """A new application, as far as a message names it; "" for what it does not."""

    company: str
    role: str


NOBODY = Match(None, sure=False, why="")


class KnownCards:
    """The applications that there are, looked up by what messages name.

    Args:
        known: all of them, closed ones too.
    """

    def __init__(self, known: Iterable[KnownCard]) -> None:
        self._known = {one.id: one for one in known}
        self._people: dict[str, list[int]] = {}
        self._hosts: dict[str, list[int]] = {}
        self._labels: dict[str, list[int]] = {}
        self._names: dict[int, str] = {}
        self._roles: dict[int, str] = {}
        self._by_name: dict[str, list[int]] = {}
        self._by_role: dict[str, list[int]] = {}
        """The applications by the first word of their employer's name, and of their role."""
        for one in self._known.values():
            for address in one.people:
                self._people.setdefault(address, []).append(one.id)
            for host in one.hosts:
                self._hosts.setdefault(host, []).append(one.id)
            for key in {plain_key(folded_employer(one.company)), plain_key(one.employer)}:
                self._labels.setdefault(key.replace("and", ""), []).append(one.id)
            self._names[one.id] = _plain_name(one.company)
            self._roles[one.id] = plain_role(one.role)
            for index, words in ((self._by_name, self._names), (self._by_role, self._roles)):
                index.setdefault(words[one.id].split(" ", 2)[1], []).append(one.id)

    def find(self, letter: Letter, body: LetterText, sender: Sender) -> Match:
        """The application that `letter` belongs to."""
        subject, text = _plain(letter.subject), _plain(body.own[:_FIRST_LETTERS])
        called = _plain(letter.name)
        points: dict[int, int] = {}
        whys: dict[int, str] = {}

        def add(ids: Iterable[int], more: int, why: str) -> None:
            for one in ids:
                points[one] = points.get(one, 0) + more
                whys.setdefault(one, why)

        written = self._people.get(sender.address, ())
        add(written, _PERSON, "from a contact")
        if sender.domain:
            add(self._labels.get(sender.label.replace("and", ""), ()), _DOMAIN, "by the address")
            there = set(self._hosts.get(sender.domain, ())) - points.keys()
            add(there, _DOMAIN, "by the address")
        if sender.tenant:
            add(
                self._labels.get(plain_key(sender.tenant).replace("and", ""), ()), _TENANT,
                "by the address",
            )  # fmt: skip
        by_system = sender.is_system or sender.is_board
        said = set(called.split()) | set(subject.split()) | set(text.split())
        for id_ in _under(self._by_name, said):
            name = self._names[id_]
            if len(name) <= _SHORT + 2:
                continue
            if name in called and not sender.is_board:
                far = sender.is_provider or (sender.domain and id_ not in points)
                add((id_,), _TEXT if far else _CALLED, "by the sender’s name")
            if name in subject:
                add((id_,), _SUBJECT, "the subject names the employer")
            elif name in text:
                add((id_,), _SYSTEM_TEXT if by_system else _TEXT, "the text names the employer")
        by_role = not points
        for id_ in _under(self._by_role, said) if by_role else list(points):
            role = self._roles[id_]
            if role.strip() and role in subject:
                add((id_,), _ROLE_IN_SUBJECT, "the subject names the role")
            elif role.strip() and role in text:
                add((id_,), _ROLE_IN_TEXT, "the text names the role")
        match = self._decide(points, whys, subject + text, frozenset(written))
        return match._replace(by_role=by_role)

    def _decide(
        self,
        points: Mapping[int, int],
        whys: Mapping[int, str],
        texts: str,
        written: frozenset[int],
    ) -> Match:
        most = max(points.values(), default=0)
        if most < _ENOUGH:
            near = [one for one, some in points.items() if some == most and most > _ROLE_IN_TEXT]
            if len(near) == 1 and self._known[near[0]].is_open:
                return Match(near[0], sure=False, why=whys[near[0]])
            return NOBODY
        best = [one for one in points if points[one] == most]
        named = [one for one in best if self._roles[one].strip() and self._roles[one] in texts]
        tied = named or best
        open_ones = [one for one in tied if self._known[one].is_open]
        tied = open_ones or tied
        # The newest of those that are alike; the others are told.
        chosen = max(tied)
        card = self._known[chosen]
        same_employer = [
            one
            for one, other in self._known.items()
            if one != chosen and other.is_open and other.employer == card.employer
        ]
        alone = len(tied) == 1 and (chosen in named or not same_employer)
        sure = alone and card.is_open and most >= _SURE
        others = tuple(sorted({*tied, *(() if chosen in named else same_employer)} - {chosen}))
        return Match(chosen, sure, whys[chosen], others, chosen in written, chosen in named)

    def goes_via_recruiter(self, card_id: int) -> bool:
        """Whether somebody who is not of the employer writes about an application."""
        return self._known[card_id].via_recruiter

    def fits_role(self, card_id: int, role: str) -> bool:
        """Whether a role that is named may be that of an application: they share a word."""
        ours = set(self._roles[card_id].split())
        theirs = set(plain_role(role).split()) - _SMALL
        return not theirs or not ours or bool(ours & theirs)


def _under(index: Mapping[str, Sequence[int]], words: Iterable[str]) -> list[int]:
    """The numbers that stand under some of the words, in their order."""
    return sorted(chain.from_iterable(index[word] for word in words if word in index))


_SMALL = frozenset(
    """the a an of for at in und and der die das des de la le el du del en y et as als our
    your""".split()  # noqa: SIM905
)


def hosts_of(url: str, addresses: Iterable[str]) -> frozenset[str]:
    """The hosts that are the employer's own, of its posting and its people."""
    found = [searchable(urlsplit(url).hostname or "")] if "//" in url else []
    found += [searchable(address).rpartition("@")[2] for address in addresses]
    return frozenset(registered_part(host) for host in found if is_own_host(host) and "." in host)


def guess_newcomer(letter: Letter, body: LetterText, sender: Sender) -> Newcomer:
    """The employer and the role that a message about an unknown application names."""
    own = body.own[:_FIRST_LETTERS]
    texts = (letter.subject, " ".join(own.split()))
    company, role = sender.company, ""
    for spoken in body.languages:
        for text in texts:
            company = company or _first(spoken.companies, text, bare=company)
            role = role or _first(spoken.roles, text, bare=company)
    if not company and sender.label:
        company = _signature_name(body.below, sender.label) or (
            sender.domain.partition(".")[0].replace("-", " ").title()
        )
    return Newcomer(
        company[: fields.APPLICATION["company"].limit], role[: fields.APPLICATION["role"].limit]
    )


def _signature_name(signature: str, label: str) -> str:
    """The line of a signature that is the name of a domain as people write it: “Möbel Krüger”
    of moebel-krueger.de; "" where there is none."""
    for line in signature.split("\n")[:_LINES_OF_SIGNATURE]:
        name = " ".join(line.split()).strip(" -–|*,.")
        if name and plain_key(folded_employer(name)) == label:
            return name
    return ""


def _first(patterns: Sequence["re.Pattern[str]"], text: str, *, bare: str) -> str:
    """The first name that one of `patterns` finds in `text`, trimmed."""
    for pattern in patterns:
        for match in pattern.finditer(text):
            name = _trim(match[1], bare)
            if name:
                return name
    return ""


_TAIL = re.compile(
    r"\s+(?:at|with|in|bei|chez|en|und|and|et|y|has|ist|für|for|was|have|we|is|on|to|from|als|das|position"
    r"|role|opening|job|dans|au|a été|ha|y la|die|that|which)\b.*$",
    re.I,
)
_LEAD = re.compile(
    r"^(?:(?:the|our|an?|der|die|das|la|le|el|los|une?|una?|unsere[rn]?|eine?n?)\s+|[ld]['’]\s*)",
    re.I,
)
_NAMELESS = frozenset(
    """us our we you your it this that the interview position role job application team next uns
    unserem unserer ihnen nous notre vous nosotros nuestra nuestro esta este unsere formal written
    verbal conditional phone video technical zoom teams first second final""".split()  # noqa: SIM905
)


def _trim(name: str, company: str) -> str:
    name = _LEAD.sub("", _TAIL.sub("", " ".join(name.split()))).strip(" -–|*’'")
    if company and searchable(name).endswith(searchable(company)):
        name = name[: -len(company)].strip(" -–|,")
    words = searchable(name).split()
    if not words or words[0] in _NAMELESS or not name[0].isupper() or len(words) > 8:
        return ""
    return name


def plain_role(role: str) -> str:
    """A role as it is looked for, between spaces: without case, signs and who may apply."""
    return _plain(_GENDERS.sub(" ", role))


def _plain_name(company: str) -> str:
    """An employer's name as it is looked for, between spaces: without its legal form."""
    words = _plain(company).split()
    key = folded_employer(company)
    while len(words) > 1 and "".join(words[:-1]) == key.replace("and", ""):
        words.pop()
    short = list(words)
    while len(short) > 1 and len("".join(short)) > len(key):
        short.pop()
    return f" {' '.join(short)} "


_SIGNS = re.compile(r"[^\w]+")


def _plain(text: str) -> str:
    """`text` between spaces, in small letters, with nothing but words."""
    words = _SIGNS.sub(" ", searchable(text)).split()
    return f" {' '.join(word for word in words if word not in _AND)} "


_AND = frozenset(("and", "und", "et", "y", "e"))
