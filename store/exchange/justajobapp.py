"""JustAJobApp's list of mails: one application for each employer, with the days of its mails."""

import json
import re
from collections.abc import Sequence

from store.exchange.tables.table import Body, TableRow, header_key
from store.rules.employers import folded_employer

_NEEDED = ("datereceived", "sendername", "senderemail", "subject", "statuslabel")
_TEAM = re.compile(
    r"""[\s,|-]*\b(?:talent\s+acquisition|talent|careers?|jobs?|recruiting|recruitment|recruiters?
    |hiring|people|human\s+resources|hr|team|no-?reply|notifications?|ashby|greenhouse|lever|workday
    |via\s+\w+|@\s+\w+)\b[\s,|-]*""",
    re.IGNORECASE | re.VERBOSE,
)
_AT_EMPLOYER = re.compile(r"\s(?:at|with|bei|chez)\s+(?P<company>[^,!?.|–—]{2,60})", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:application\s+(?:for|to)|applying\s+(?:for|to)|applied\s+(?:for|to)|position(?:\s+of|:)"
    r"|role(?:\s+of|:)|interview\s+for|offer\s+for)\s+(?:the\s+|our\s+)?"
    r"(?P<role>.+?)(?:\s+(?:role|position|job|opening)\b.*|\s+(?:at|with)\s.*|[,!?|–—].*)?$",
    re.IGNORECASE,
)
_SHARED = frozenset(
    """greenhouse ashbyhq lever workday myworkday smartrecruiters icims jobvite workable bamboohr
    taleo successfactors personio teamtailor gmail googlemail outlook hotmail yahoo linkedin indeed
    hire greenhouse-mail us eu""".split()  # noqa: SIM905
)
"""Parts of domains that belong to no employer."""


def by_employer(headers: Sequence[str], body: Body) -> tuple[Sequence[str], Body]:
    """The table with a row for each employer and role, in the order of its first mail."""
    keys = [header_key(header) for header in headers]
    places = [keys.index(name) for name in _NEEDED]
    applications: dict[str, list[tuple[int, str, str, str, str]]] = {}
    for line, cells in body.rows:
        received, sender, address, subject, status = (
            cells[place] if place < len(cells) else "" for place in places
        )
        company = _company(sender, address, subject)
        found = _ROLE.search(subject)
        role = _without(company, found["role"]).strip(" .-:") if found else ""
        applications.setdefault(folded_employer(company), []).append(
            (line, company, role, received[:10], status)
        )
    rows = []
    for mails in applications.values():
        for line, company, role, dated in _of_roles(mails):
            first = dated[0][1]
            moves = json.dumps(dated)
            rows.append(TableRow(line, [company, role, first, dated[-1][0], moves]))
    body.rows = sorted(rows)
    return ("company", "role", "applied", "status", "moves"), body


def _of_roles(
    mails: Sequence[tuple[int, str, str, str, str]],
) -> list[tuple[int, str, str, list[tuple[str, str]]]]:
    """The mails of one employer by role; those that name none belong to the one that is named."""
    named: dict[str, str] = {}
    for _, _, role, _, _ in mails:
        if role:
            named.setdefault(role.casefold(), role)
    only = next(iter(named.values())) if len(named) == 1 else ""
    found: dict[str, tuple[int, str, str, list[tuple[str, str]]]] = {}
    for line, company, role, day, status in sorted(mails, key=lambda mail: (mail[3], mail[0])):
        title = named.get(role.casefold(), only)
        entry = found.setdefault(title, (line, company, title, []))
        entry[3].append((status, day))
    return list(found.values())


def _without(company: str, role: str) -> str:
    """What was taken for a role without the employer: “applying to Globex: Site Reliability
    Engineer” names one, “applying to Globex” none."""
    first, colon, rest = role.partition(":")
    if colon and folded_employer(first) == folded_employer(company):
        return rest
    return "" if folded_employer(role) == folded_employer(company) else role


def _company(sender: str, address: str, subject: str) -> str:
    """The employer: named by the sender, else by the subject, else by the address."""
    name = " ".join(_TEAM.sub(" ", sender).split()).strip(" -|,\"'")
    if name and "@" not in name:
        return name
    if found := _AT_EMPLOYER.search(subject):
        return found["company"].strip()
    parts = address.rpartition("@")[2].casefold().split(".")[:-1]
    own = [part for part in parts if part not in _SHARED]
    return own[-1].capitalize() if own else sender or address
