"""What `--anonymous` leaves out: pay, names and notes.

Whatever somebody typed goes, unless it is listed here; employers are numbered. From what stays (a
role, a place, a tag, a source) the names that are known from the same application are taken out,
too: “SRE at Globex” is “SRE at …”.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from store.export.board import PARTS, Row

_KEPT: Mapping[str, frozenset[str]] = {
    "application": frozenset(
        ("role", "stage", "location", "source", "tags", "outcome", "preset", "offer_kind")
    ),
    "moves": frozenset(("from_stage", "to_stage")),
    "interviews": frozenset(("stage", "status", "zone", "formats", "called_off_by")),
    "debriefs": frozenset(("signals",)),
    "tasks": frozenset(("stage", "kind", "zone")),
    "messages": frozenset(("direction", "kind")),
    "follow_ups": frozenset(("rule", "action", "state")),
    "ticks": frozenset(("tip",)),
    "scores": frozenset(),
}
"""The texts that stay, by part; parts that are not named go whole, days and numbers stay."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?")
_NUMBERED = re.compile(r"[a-z_]*[:\d-]*")
"""What a follow-up hangs on, and whom it is about, where that is told by numbers."""
_LOOKED_IN = ("role", "location", "source")
"""The texts that stay and somebody typed, besides the tags."""
_LEFT_OUT = "…"
_LETTERS_AT_LEAST = 3
"""A shorter part of a name, “de” or “Bo”, would be taken out of too many words."""


class Veil:
    """Takes out of applications what tells who and how much; employers keep their numbers."""

    def __init__(self) -> None:
        self._employers: dict[str, str] = {}

    def employer(self, key: str) -> str:
        """What the employer with this key is called here: “Employer 3”."""
        return self._employers.setdefault(key, f"Employer {len(self._employers) + 1}")

    def over_criterion(self, criterion: Row) -> Row:
        """A criterion without what it is called."""
        return criterion | {"name": f"Criterion {criterion['id']}"}

    def over(self, application: Row) -> Row:
        """`application`, with all that belongs to it, without pay, names and notes."""
        called = self.employer(application["employer"] or application["company"])
        names = _names(application)
        veiled = _without("application", application, names)
        veiled |= {"company": called, "employer": called.casefold()}
        for part in PARTS.values():
            rows = application.get(part, []) if part in _KEPT else []
            veiled[part] = [_without(part, row, names) for row in rows]
        for row in veiled["follow_ups"]:
            row["label"] = row["action"].replace("_", " ")
        return {name: veiled[name] for name in application if name in veiled}


def _without(part: str, row: Row, names: "re.Pattern[str] | None") -> Row:
    kept = _KEPT[part]
    veiled: Row = {}
    for name, value in row.items():
        if not value or type(value) is int or value is True:
            veiled[name] = value
        elif name not in _PARTS and not (isinstance(value, list) and name not in kept):
            veiled[name] = _value(part, name, value, kept, names)
    return veiled


_PARTS = frozenset(PARTS.values())


def _value(
    part: str, name: str, value: Any, kept: frozenset[str], names: "re.Pattern[str] | None"
) -> Any:
    if isinstance(value, list):
        return [_value(part, name, one, kept, names) for one in value]
    if not isinstance(value, str) or _DAY.fullmatch(value):
        return value
    if name in kept:
        return names.sub(_LEFT_OUT, value) if names is not None else value
    if (part, name) == ("tasks", "title"):
        return "task"
    hangs = part == "follow_ups" and name in ("anchor", "person")
    return value if hangs and _NUMBERED.fullmatch(value) else ""


def _names(application: Row) -> "re.Pattern[str] | None":
    """What finds the names that are known from an application, in any case; of “two people of the
    data team” no word is a name."""
    found: dict[str, None] = {}
    said: list[str] = [application["company"], application["via_recruiter"]]
    said += [contact["name"] for contact in application.get("contacts", ())]
    said += [row["people"] for row in application.get("interviews", ())]
    for name in said:
        found |= dict.fromkeys([name.strip(), *_words(name)])
    kept = "\n".join((*(application[name] for name in _LOOKED_IN), *application["tags"])).casefold()
    # Most have none of them, and making what finds them takes longest of all.
    there = [name for name in found if name and name.casefold() in kept]
    wanted = sorted(map(re.escape, there), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", re.IGNORECASE) if wanted else None


def _words(name: str) -> Iterable[str]:
    words = re.findall(r"[^\W\d_]+", name)
    return (
        word
        for word in words
        if len(word) >= _LETTERS_AT_LEAST and not word.islower() and word not in _USUAL
    )


_USUAL = frozenset(("and", "the", "und", "GmbH", "Inc", "Ltd", "LLC", "Group", "Company"))
"""Words in names that name nobody."""
