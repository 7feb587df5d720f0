"""The lines of the application form: what each takes, and how it is read while it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from store.model.dossier import Dossier
from store.rules.dates import echo_day
from store.rules.fields import APPLICATION
from store.rules.people import RELATIONS, check_relation
from store.rules.text import clean, clean_tags
from store.rules.typed.days import parse_day, parse_window


class Kind(Enum):
    """What a line of the form holds."""

    TEXT = auto()
    APPLIED = auto()
    DAY = auto()
    PAST = auto()
    PRESET = auto()
    WINDOW = auto()
    TAGS = auto()
    RELATION = auto()


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
MORE_LEFT = (
    FormLine("posted_on", "Posted", Kind.PAST, "when it was put up"),
    FormLine("channel", "Sent through", Kind.TEXT, "mail, their site, a portal"),
    FormLine("cv_version", "CV sent", Kind.TEXT, "which one"),
    FormLine("letter_version", "Letter sent", Kind.TEXT, "which one"),
)
MORE_RIGHT = (
    FormLine("contact_relation", "Contact is", Kind.RELATION, "recruiter, manager, referrer"),
    FormLine("via_recruiter", "Recruiter", Kind.TEXT, "if one stands between"),
    FormLine("preset", "Follow-ups", Kind.PRESET, "as in the settings"),
    FormLine("next_step", "Next step", Kind.TEXT, "what they said comes next"),
)
AREAS = (
    FormLine("why_role", "Why this role", Kind.TEXT),
    FormLine("why_company", "Why this company", Kind.TEXT),
    FormLine("posting_text", "Text of the posting", Kind.TEXT),
)
"""Texts of many lines."""
MORE = MORE_LEFT + MORE_RIGHT + AREAS
"""What is asked for further down, where a newcomer need not look."""
ALL = LINES + MORE
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
            case Kind.RELATION:
                return _read_relation(text)
            case Kind.PRESET:
                return _read_preset(text)
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
            day = parse_day(text, self.today, past=kind in (Kind.APPLIED, Kind.PAST))
        return Reading(day, echo_day(day, self.today))


def _read_preset(text: str) -> Reading:
    """The name of a preset, or the beginning of one; nothing for that of the settings."""
    from store.rules.followups.presets import check_preset, presets

    wanted, known = text.strip().lower(), presets()
    if not wanted:
        return Reading("")
    meant = [name for name, title in known.items() if _begins(wanted, name, title)]
    name = meant[0] if len(meant) == 1 else wanted
    check_preset(name)
    return Reading(name, known[name])


def _read_relation(text: str) -> Reading:
    """A relation, or the beginning of one; nothing for one that is not known."""
    wanted = text.strip().lower()
    if not wanted:
        return Reading("")
    meant = [name for name, title in RELATIONS.items() if _begins(wanted, name, title)]
    name = check_relation(meant[0] if len(meant) == 1 else wanted)
    return Reading(name, RELATIONS[name])


def _begins(wanted: str, name: str, title: str) -> bool:
    return name.startswith(wanted) or title.lower().startswith(wanted)


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
        "preset": dossier.preset,
        "contact_relation": next((one.relation for one in dossier.contacts if one.main), ""),
    }


def newly_stored(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """The lines that somebody else changed from `before` to `after`, in a sentence; else ""."""
    changed = [
        f"{line.label} “{_clipped(shown_value(after.get(line.name)))}”"
        for line in ALL
        if after.get(line.name) != before.get(line.name)
    ]
    return f"It now says: {', '.join(changed)}." if changed else ""


def _clipped(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _TOLD_AT_MOST else f"{text[: _TOLD_AT_MOST - 1]}…"


def shown(values: Mapping[str, object]) -> dict[str, str]:
    """Stored values as texts to edit."""
    return {line.name: shown_value(values.get(line.name)) for line in ALL}


def shown_value(value: object) -> str:
    """A stored value as a text that reads as the same again."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        alone = len(value) == 1 and " " in str(value[0])
        return ", ".join(map(str, value)) + ("," if alone else "")
    return "" if value is None else str(value)
