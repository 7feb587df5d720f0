"""The lines of the application form: what each takes, and how it is read while it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from store.card import Dossier
from store.rules.dates import echo_day
from store.rules.fields import APPLICATION
from store.rules.reading import parse_day, parse_window
from store.rules.text import clean, clean_tags


class Kind(Enum):
    """What a line of the form holds."""

    TEXT = auto()
    APPLIED = auto()
    DAY = auto()
    WINDOW = auto()
    TAGS = auto()


class FormLine(NamedTuple):
    """One line: the name of its value, its label, what it holds, an example."""

    name: str
    label: str
    kind: Kind
    example: str = ""


LEFT = (
    FormLine("company", "Company", Kind.TEXT, "needed"),
    FormLine("role", "Role", Kind.TEXT, "needed"),
    FormLine("applied_on", "Applied", Kind.APPLIED, "today, mon, 3 dec"),
    FormLine("url", "Posting", Kind.TEXT, "https://…"),
    FormLine("location", "Location", Kind.TEXT),
    FormLine("source", "Source", Kind.TEXT, "where you found it"),
    FormLine("salary", "Salary", Kind.TEXT),
)
RIGHT = (
    FormLine("tags", "Tags", Kind.TAGS, "remote python"),
    FormLine("contact_name", "Contact", Kind.TEXT, "whom to ask"),
    FormLine("contact_email", "E-mail", Kind.TEXT),
    FormLine("closing_on", "Closes", Kind.DAY, "last day to apply"),
    FormLine("expected_by", "They decide by", Kind.WINDOW, "3 dec, end of month"),
)
LINES = LEFT + RIGHT
_TOLD_AT_MOST = 60


class Reading(NamedTuple):
    """What the text of a line means, and the words that say it back."""

    value: object
    echo: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the lines as of `today`.

    Adding an application, with nothing `stored`, no day means today. A line that was not touched
    keeps what is stored, even if it could not be typed any more, as a date that has passed.
    """

    today: date
    stored: Mapping[str, object]

    def read(self, line: FormLine, text: str) -> Reading:
        """The meaning of `text` in `line`; Refused, with what to do instead, when it has none."""
        kept = self.stored.get(line.name)
        if kept is not None and text == shown_value(kept):
            return Reading(kept, echo_day(kept, self.today) if isinstance(kept, date) else "")
        match line.kind:
            case Kind.TEXT:
                return Reading(clean(text, APPLICATION[line.name]))
            case Kind.TAGS:
                return Reading(clean_tags(split_tags(text)))
            case _:
                return self._read_day(line.kind, text)

    def _read_day(self, kind: Kind, text: str) -> Reading:
        if not text.strip():
            if kind is not Kind.APPLIED or self.stored:
                return Reading(None)
            text = "today"
        if kind is Kind.WINDOW:
            day = parse_window(text, self.today)
        else:
            day = parse_day(text, self.today, past=kind is Kind.APPLIED)
        return Reading(day, echo_day(day, self.today))


def split_tags(text: str) -> tuple[str, ...]:
    """The tags in a line: between commas if there are any, else between spaces."""
    parts = text.split(",") if "," in text else text.split()
    return tuple(part.strip() for part in parts if part.strip())


def stored_values(dossier: Dossier) -> dict[str, object]:
    """What the form edits, as it is stored."""
    card = dossier.card
    return {
        **dossier.fields,
        "company": card.company,
        "role": card.role,
        "location": card.location,
        "url": card.url,
        "source": card.source,
        "salary": card.salary,
        "tags": card.tags,
        "applied_on": card.applied_on,
        "posted_on": dossier.posted_on,
        "closing_on": dossier.closing_on,
        "expected_by": card.expected_by,
        "no_contact": dossier.no_contact,
    }


def newly_stored(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """The lines that somebody else changed from `before` to `after`, in a sentence; else ""."""
    changed = [
        f"{line.label} “{_clipped(shown_value(after.get(line.name)))}”"
        for line in LINES
        if after.get(line.name) != before.get(line.name)
    ]
    return f"It now says: {', '.join(changed)}." if changed else ""


def _clipped(text: str) -> str:
    return text if len(text) <= _TOLD_AT_MOST else f"{text[: _TOLD_AT_MOST - 1]}…"


def shown(values: Mapping[str, object]) -> dict[str, str]:
    """Stored values as texts to edit."""
    return {line.name: shown_value(values.get(line.name)) for line in LINES}


def shown_value(value: object) -> str:
    """A stored value as a text that reads as the same again."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        alone = len(value) == 1 and " " in str(value[0])
        return ", ".join(map(str, value)) + ("," if alone else "")
    return "" if value is None else str(value)
