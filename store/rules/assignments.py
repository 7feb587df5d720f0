"""Take-home tasks and tests as they are typed: “take-home by fri 17:00”."""

import re
from collections.abc import Mapping

from store.rules.refusal import Refused

KINDS: Mapping[str, str] = {"take_home": "Take-home", "assessment": "Assessment"}
"""What a task may be, with the words for it."""
_BEGINNINGS = (
    (re.compile(r"^(?:take[ -]?home|homework|task)\b[\s:]*", re.IGNORECASE), "take_home"),
    (re.compile(r"^(?:assessment|test)\b[\s:]*", re.IGNORECASE), "assessment"),
)
_DUE = re.compile(r"(?:^|[\s,])(?:due|by|until)\s+(\S.*)$", re.IGNORECASE)


def is_assignment(text: str) -> bool:
    """Whether a line speaks of a task, and not of an interview."""
    return any(pattern.match(text.strip()) for pattern, _ in _BEGINNINGS)


def split_assignment(text: str) -> tuple[str, str, str]:
    """The kind, the title and the words for the day of a line such as “take-home Case study by
    fri”. The title is the kind's own name where none is said; Refused for another line."""
    line = text.strip()
    for pattern, kind in _BEGINNINGS:
        if begun := pattern.match(line):
            rest = line[begun.end() :]
            when = ""
            if due := _DUE.search(rest):
                rest, when = rest[: due.start()], due[1]
            return kind, " ".join(rest.split()).strip(" ,") or KINDS[kind], when.strip()
    raise Refused("Begin with “take-home” or “assessment”, then by when: “take-home by fri 17:00”.")
