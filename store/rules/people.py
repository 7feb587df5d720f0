"""The people of an application: what they are to the user, and their names in one line."""

import re
from collections.abc import Mapping, Sequence

from store.rules import fields
from store.rules.text import Refused, key_of, quoted, suggestion

RELATIONS: Mapping[str, str] = {
    "recruiter": "recruiter",
    "manager": "hiring manager",
    "coordinator": "coordinator",
    "interviewer": "interviewer",
    "employee": "works there",
    "referrer": "referrer",
    "reference": "reference",
    "alumni": "alumni",
    "other": "other",
}
"""What a contact may be, with the words for it."""
OTHER = "other"
"""What a contact is of whom no more is told."""
_BETWEEN = r"(?i)\s*(?:[,;&\n]|\band\b)\s*"


def check_relation(relation: str) -> str:
    """`relation` itself; Refused, with those there are, when it is none."""
    if relation not in RELATIONS:
        like = suggestion(relation, RELATIONS)
        raise Refused(
            f"Unknown relation {quoted(relation)}.{like} Known are {', '.join(RELATIONS)}."
        )
    return relation


def read_relation(text: str) -> str:
    """The relation that `text` names, by its key or the words for it; else Refused."""
    wanted = key_of(text)
    named = {key_of(words): key for key, words in RELATIONS.items()}
    return check_relation(named.get(wanted, wanted if wanted in RELATIONS else text))


def in_a_line(names: Sequence[str], limit: int = fields.PEOPLE.limit) -> str:
    """ "Ana", "Ana and Bo", "Ana, Bo and Cy"; "Ana, Bo and 40 more" where `limit` asks for it.

    A single name always stands whole.
    """
    for shown in range(len(names), 0, -1):
        more = len(names) - shown
        parts = [*names[:shown], *([f"{more} more"] if more else [])]
        line = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
        if len(line) <= limit or shown == 1:
            return line
    return ""


def names_in(text: str) -> tuple[str, ...]:
    """The people in "Ana, Bo and Cy", each once, in order."""
    return tuple(dict.fromkeys(name for name in re.split(_BETWEEN, text.strip()) if name))


def same_name(name: str, other: str) -> bool:
    """Whether two names are the same but for their case and spaces."""
    return " ".join(name.casefold().split()) == " ".join(other.casefold().split())


def match(name: str, known: Sequence[str]) -> int | None:
    """The place in `known` of the person called `name`; None when there is nobody, or nobody sure.

    The whole name counts first; a first name alone will do where only one person bears it.
    """
    for place, other in enumerate(known):
        if same_name(name, other):
            return place
    if len(name.split()) == 1:
        first = [p for p, other in enumerate(known) if other and same_name(name, other.split()[0])]
        if len(first) == 1:
            return first[0]
    return None
