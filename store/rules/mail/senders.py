"""Who sends: an employer, an applicant system for one, a job board, somebody at a provider."""

import re
from functools import cache
from typing import NamedTuple

from store.rules.employers import folded_employer
from store.rules.shipped_lists import check_line, read_shipped, require
from store.rules.text import searchable

_SECOND_LEVELS = frozenset(("co", "com", "org", "ac", "gov", "net", "edu", "ltd", "plc"))
"""What stands before a country's own letters: example.co.uk."""


class _KnownHosts(NamedTuple):
    systems: frozenset[str]
    boards: frozenset[str]
    providers: frozenset[str]
    posts: frozenset[str]
    beside: frozenset[str]
    confirming: frozenset[str]


@cache
def _read_known() -> _KnownHosts:
    import tomllib

    file = "mail/senders.toml"
    read = tomllib.loads(read_shipped(file))
    for name, words in read.items():
        require(name in _KnownHosts._fields, f"{file}: there is no list {name}")
        for word in words:
            check_line(name, word)
    return _KnownHosts(**{name: frozenset(map(searchable, words)) for name, words in read.items()})


class Sender(NamedTuple):
    """What the address and the name of a sender tell.

    `domain` is the part of the address that somebody registered, `label` its first word, as
    employers are folded; both "" for a job board, an applicant system or a provider. `tenant` is
    what an applicant system writes before the @ for the employer. `company` is the employer's name
    as the sender is called, "" where that is a person.
    """

    address: str
    domain: str
    label: str
    tenant: str
    company: str
    is_system: bool
    is_board: bool
    is_provider: bool
    is_post: bool
    """Whether the address is a post, such as jobs@, and not a person."""
    confirms: bool
    """Whether it is a job board's address that tells what the user did there."""


def read_sender(name: str, address: str) -> Sender:
    """The sender with this name and address."""
    known = _read_known()
    address = searchable(address.strip())
    local, _, host = address.rpartition("@")
    is_system, is_board = _is_below(host, known.systems), _is_below(host, known.boards)
    is_provider = _is_below(host, known.providers)
    first = re.split(r"[+]", local)[0]
    is_post = first in known.posts or local in known.posts or "reply" in local
    tenant = ""
    if is_system:
        below = _below(host, known.systems)
        tenant = next(
            (
                folded_employer(one)
                for one in (first, *below)
                if one not in known.posts and "reply" not in one and len(one) > 2
            ),
            "",
        )
    own = not (is_system or is_board or is_provider) and "." in host
    domain = registered_part(host) if own else ""
    label = folded_host(domain)
    company = _company(name, known.beside)
    return Sender(
        address, domain, label, tenant,
        company if is_system or is_post or _says_more(name, company) else "",
        is_system, is_board, is_provider, is_post or is_system, address in known.confirming,
    )  # fmt: skip


def registered_part(host: str) -> str:
    """The part of a host's name that somebody registered: “example.co.uk”."""
    labels = host.split(".")
    length = 2
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS:
        length = 3
    return ".".join(labels[-length:])


def is_own_host(host: str) -> bool:
    """Whether a host is the employer's own: neither a job board, a system nor a provider."""
    known = _read_known()
    return bool(host) and not any(
        _is_below(host, hosts) for hosts in (known.systems, known.boards, known.providers)
    )


def folded_host(domain: str) -> str:
    """The first word of a domain as `folded_name` writes an employer."""
    return plain_key(folded_employer(domain.partition(".")[0].replace("-", " ")))


def plain_key(key: str) -> str:
    """The key of an employer as it may stand in a domain: without “and”, ue as u."""
    for sign, letter in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        key = key.replace(sign, letter)
    return key


def _is_below(host: str, domains: frozenset[str]) -> bool:
    labels = host.split(".")
    return any(".".join(labels[place:]) in domains for place in range(len(labels) - 1))


def _below(host: str, domains: frozenset[str]) -> list[str]:
    """The labels of `host` before the domain that is known."""
    labels = host.split(".")
    for place in range(len(labels) - 1):
        if ".".join(labels[place:]) in domains:
            return [
                one for one in labels[:place] if one not in ("mail", "us", "eu", "jobs", "hire")
            ]
    return []


def _company(name: str, beside: frozenset[str]) -> str:
    """The name without the words that say what kind of post it is."""
    kept = re.sub(r"\(.*?\)|[\"“”'<>|]", " ", name).strip()
    words = re.split(r"\s+", kept)
    while words and searchable(words[-1]).strip(".,:-!@") in beside:
        words.pop()
    while words and searchable(words[0]).strip(".,:-!@") in beside:
        words.pop(0)
    return "" if "@" in kept else " ".join(words).strip(" ,:-–|@")


def _says_more(name: str, company: str) -> bool:
    """Whether words were left out: “Globex Careers” is an employer, “Ana Ruiz” a person."""
    return bool(company) and len(company.split()) < len(name.split())


def is_person(name: str, sender: Sender) -> bool:
    """Whether somebody wrote, and neither a post, a program nor a job board."""
    told = bool(name.strip()) and "@" not in name and not sender.company
    return told and not (sender.is_post or sender.is_board or sender.is_system)
