"""A file for each card, for grep, git and Obsidian (Markdown) or Emacs (Org).

What the user typed is literal: in Markdown it is escaped within a line and fenced where it has
several, in YAML it is quoted, in Org it stands in fixed-width lines. Nothing in it makes a
heading, a list, a link, a property or an appointment. Files are called after the number of the
card, so that they stay the same when a card is renamed or two are alike.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from store.export.board import Row
from store.export.csv import local, main_contact
from store.rules.dates import WEEKDAYS
from store.rules.fields import APPLICATION, LABELS
from store.rules.followups.actions import actions_that
from store.rules.points import KINDS
from store.rules.stages import Outcome, Stage, round_words
from store.rules.text import LETTERS, printable, searchable, shell_word

_CLOSED_KEEP = actions_that(lambda action: action.kept_by == "closed")
_ACCEPTED_KEEP = _CLOSED_KEEP | actions_that(lambda action: action.kept_by == "accepted")
"""What a closed application still asks for; the board shows no more of it either."""
_LONGEST = 60
"""Characters of the readable part of a file's name."""
_ENDINGS = {"markdown": ".md", "org": ".org"}
_TRANSLITERATED = str.maketrans({**LETTERS, "ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"})


def file_name(row: Row, format_: str) -> str:
    """What the file of a card is called: “card-0012-globex-staff-engineer.md”.

    Letters, digits and dashes of ASCII alone, which every system takes; unique by its number.
    """
    said = f"{row['company']} {row['role']}".lower().translate(_TRANSLITERATED)
    words = re.findall(r"[a-z0-9]+", searchable(said))
    readable = "-".join(words)[:_LONGEST].strip("-")
    return f"card-{row['id']:04}{'-' if readable else ''}{readable}{_ENDINGS[format_]}"


def of_card(format_: str) -> Callable[[str], str]:
    """What tells of which card a file is, by its name; "" for all others."""
    form = re.compile(rf"(card-\d{{4,}})(?:-[a-z0-9-]*)?{re.escape(_ENDINGS[format_])}")

    def of(name: str) -> str:
        found = form.fullmatch(name)
        return found[1] if found else ""

    return of


class CardEntry(NamedTuple):
    """One line of a section.

    `ours` is what the program says, `said` what the user typed within the line, `more` what they
    typed in lines of its own. `at` is the day or time of an appointment, `state` what became of
    something that is to be done.
    """

    ours: str
    said: str = ""
    more: str = ""
    at: date | datetime | None = None
    until: datetime | None = None
    state: str = ""


class CardText(NamedTuple):
    """A card as it is written: its facts by name, and the sections below them."""

    id: int
    title: str
    facts: Mapping[str, Any]
    sections: Sequence[tuple[str, Sequence[CardEntry]]]


def card_files(
    rows: Iterable[Row], format_: str, now: datetime
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each card: the name of its file, and its text, as of `now` (aware), by whose clocks instants
    are told but for those of interviews, which have a zone."""
    write = _markdown if format_ == "markdown" else _org
    for row in rows:
        yield file_name(row, format_), ("\n".join(write(_card(row, now))) + "\n",)


# What a card says


def _card(row: Row, now: datetime) -> CardText:
    sections = (
        ("Interviews", _interviews(row)),
        ("To do", _follow_ups(row, now, open_=True)),
        ("Tasks", _tasks(row)),
        ("Offer", _offer(row)),
        ("People", _people(row)),
        ("Points", _points(row)),
        ("Debriefs", _debriefs(row)),
        ("Notes", [CardEntry(note["noted_on"], more=note["text"]) for note in row["notes"]]),
        ("Messages", _messages(row)),
        ("Drafts", [CardEntry(shell_word(one["kind"]), more=one["text"]) for one in row["drafts"]]),
        ("Done", _follow_ups(row, now, open_=False)),
        ("Stages", [CardEntry(_step_line(move)) for move in row["moves"]]),
        ("Reasons and lessons", _texts(row, "why_role", "why_company", "reason", "lesson_keep",
                                       "lesson_change")),
        ("Job posting", _texts(row, "posting_text")),
    )  # fmt: skip
    return CardText(
        row["id"],
        f"{row['company']}, {row['role']}",
        _facts(row),
        [(title, entries) for title, entries in sections if entries],
    )


def _step_line(move: Row) -> str:
    """A step with its day, "unknown" for one that is not known."""
    return f"{'unknown' if move['undated'] else move['moved_on']} {move['to_stage']}"


def _facts(row: Row) -> dict[str, Any]:
    """The facts of a card, without those that are not known."""
    contact = main_contact(row)
    facts = {
        "rounds": row["id"],
        "company": row["company"],
        "role": row["role"],
        "stage": row["stage"],
        "status": "closed" if row["outcome"] else "open",
        "outcome": row["outcome"],
        "applied": row["applied_on"],
        "stage_since": None if row["undated"] and not row["outcome"] else row["stage_since"],
        "closed": None if row["undated"] else row["closed_on"],
        "location": row["location"],
        "posting": row["url"],
        "source": row["source"],
        "salary": row["salary"],
        "tags": [re.sub(r"\s+", "-", tag) for tag in row["tags"]],
        "contact": contact.get("name"),
        "email": contact.get("email"),
        "recruiter": row["via_recruiter"],
        "channel": row["channel"],
        "cv": row["cv_version"],
        "cover_letter": row["letter_version"],
        "next_step": row["next_step"],
        "closing_date": row["closing_on"],
        "decides_by": row["expected_by"],
    }
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def _interviews(row: Row) -> list[CardEntry]:
    entries = []
    for one in sorted(row["interviews"], key=lambda one: (one["starts_at"] or "", one["id"])):
        called = round_words(Stage(one["stage"]), one["round"], one["final"])
        words = [f"{called} interview"]
        if one["status"] != "confirmed" or one["kept"] is False:
            words.append("cancelled" if one["status"] == "cancelled" or one["kept"] is False
                         else "invited, no time yet")  # fmt: skip
        if one["formats"]:
            words.append(" + ".join(map(shell_word, one["formats"])))
        begins = ends = None
        if one["starts_at"] is not None:
            begins = datetime.fromisoformat(local(one["starts_at"], one["zone"]))
            ends = begins + timedelta(minutes=one["minutes"])
            words.append(one["zone"])
        said = ", ".join(
            part for part in (one["people"] and f"with {one['people']}", one["place"]) if part
        )
        entries.append(CardEntry(", ".join(words), said, at=begins, until=ends))
    return entries


def _follow_ups(row: Row, now: datetime, *, open_: bool) -> list[CardEntry]:
    """What is still to be done, or what was done, dropped, or lapsed."""
    kept = {None: None, Outcome.ACCEPTED: _ACCEPTED_KEEP}.get(row["outcome"], _CLOSED_KEEP)
    entries = []
    for one in sorted(row["follow_ups"], key=lambda one: (one["snoozed_to"] or one["due_on"],
                                                          one["id"])):  # fmt: skip
        state = one["state"]
        lapses = one["lapses_at"]
        if state == "open" and lapses is not None and datetime.fromisoformat(lapses) <= now:
            continue
        if state == "open" and kept is not None and one["action"] not in kept:
            continue
        if (state == "open") is not open_:
            continue
        due: date | datetime = date.fromisoformat(one["snoozed_to"] or one["due_on"])
        if one["due_at"] is not None and one["snoozed_to"] is None:
            due = datetime.fromisoformat(one["due_at"]).astimezone(now.tzinfo)
        done = "" if state == "open" else f"{state} {one['done_on'] or ''}".strip()
        entries.append(CardEntry(done, one["label"], at=due, state=state))
    return entries


def _tasks(row: Row) -> list[CardEntry]:
    return [
        CardEntry(
            ", ".join(
                filter(None, [
                    shell_word(one["kind"]),
                    f"given {one['given_on']}",
                    one["due_on"] and f"due {one['due_on']}",
                    one["handed_in_on"] and f"handed in {one['handed_in_on']}",
                ])
            ),
            one["title"],
            one["remarks"],
        )
        for one in row["tasks"]
    ]  # fmt: skip


def _offer(row: Row) -> list[CardEntry]:
    if row["offered_on"] is None:
        return []
    days = {
        "received": row["offered_on"],
        "written": row["offer_letter_on"],
        "deadline": row["offer_deadline_on"],
        "counter-offer": row["counter_sent_on"],
        "signed": row["offer_signed_on"],
        "first day": row["starts_work_on"],
    }
    return [CardEntry(f"{name} {day}") for name, day in days.items() if day]


def _people(row: Row) -> list[CardEntry]:
    return [
        CardEntry(
            shell_word(one["relation"]),
            ", ".join(
                one[name]
                for name in ("name", "title", "email", "phone", "link", "common_ground")
                if one[name]
            ),
            one["background"],
        )
        for one in row["contacts"]
    ]


def _points(row: Row) -> list[CardEntry]:
    return [
        CardEntry(
            f"{KINDS[one['kind']].title.lower()}{'' if one['state'] == 'open' else ', settled'}",
            one["text"],
            "\n".join(filter(None, (one["detail"], one["link"]))),
        )
        for one in row["points"]
    ]


def _debriefs(row: Row) -> list[CardEntry]:
    return [
        CardEntry(
            ", ".join(
                filter(None, [
                    one["written_on"],
                    one["mood"] and f"gut feeling {one['mood']} of 5",
                    one["wish"] and f"still interested {one['wish']} of 5",
                    *map(shell_word, one["signals"]),
                ])
            ),
            one["next_step"],
            "\n".join(filter(None, (one["promised_text"], one["remarks"]))),
        )
        for one in row["debriefs"]
    ]  # fmt: skip


def _messages(row: Row) -> list[CardEntry]:
    return [
        CardEntry(
            f"{one['sent_on']} {'from them' if one['direction'] == 'in' else 'sent'}: "
            f"{shell_word(one['kind'])}",
            more=one["text"],
        )
        for one in row["messages"]
    ]


def _texts(row: Row, *names: str) -> list[CardEntry]:
    return [
        CardEntry(LABELS[name], more=row[name])
        for name in names
        if row[name] and name in APPLICATION
    ]


# Markdown

_MARKS = re.compile(r"[\\`*_\[\]<>#|~$^=&%{}!]")
_LEADING = re.compile(r"([-+:]|\d+(?=[.)]))")


def escape(said: str) -> str:
    """What the user typed within a line of Markdown, so that it is shown to the letter."""
    said = _MARKS.sub(r"\\\g<0>", printable(said).replace("\n", " ").strip())
    if found := _LEADING.match(said):
        end = found.end()
        return f"\\{said}" if end == 1 and not said[0].isdigit() else f"{said[:end]}\\{said[end:]}"
    return said


def _fence(text: str, indent: str) -> Iterator[str]:
    """What the user typed in several lines, between fences that are longer than any in it."""
    text = printable(text)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    yield f"{indent}{fence}text"
    for line in text.split("\n"):
        yield f"{indent}{line}".rstrip(" ") if not line.strip() else f"{indent}{line}"
    yield f"{indent}{fence}"


def _yaml(value: Any) -> str:
    """A value in YAML: days and numbers as they are, texts between quotation marks, as JSON has
    them, which YAML reads the same."""
    if isinstance(value, list):
        return f"[{', '.join(map(_yaml, value))}]"
    if isinstance(value, int):
        return str(value)
    text = printable(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _markdown(card: CardText) -> Iterator[str]:
    yield "---"
    for name, value in card.facts.items():
        yield f"{name}: {_yaml(value)}"
    yield "---"
    yield ""
    yield f"# {escape(card.title)}"
    for title, entries in card.sections:
        yield ""
        yield f"## {title}"
        yield ""
        for entry in entries:
            box = {"open": "[ ] ", "done": "[x] ", "skipped": "[x] "}.get(entry.state, "")
            parts = filter(None, (_when(entry), entry.ours, escape(entry.said)))
            yield f"- {box}{': '.join(parts)}"
            if entry.more.strip():
                yield ""
                yield from _fence(entry.more, "  ")


def _when(entry: CardEntry) -> str:
    """The day of an entry, with its hours where it has some."""
    at, until = entry.at, entry.until
    if at is None:
        return ""
    if not isinstance(at, datetime):
        return at.isoformat()
    return f"{at:%Y-%m-%d %H:%M}{f'–{until:%H:%M}' if until is not None else ''}"


# Org


def _org(card: CardText) -> Iterator[str]:
    yield f"#+TITLE: {_line(card.title)}"
    if tags := [re.sub(r"[^\w@#%]+", "_", tag) for tag in card.facts.get("tags", ())]:
        yield f"#+FILETAGS: :{':'.join(tags)}:"
    yield "* Card"
    yield ":PROPERTIES:"
    for name, value in card.facts.items():
        said = ", ".join(value) if isinstance(value, list) else str(value)
        yield f":{_TAKEN.get(name, name.upper())}: {_line(said)}"
    yield ":END:"
    for title, entries in card.sections:
        yield f"* {title}"
        for entry in entries:
            yield from _org_entry(entry)


_TAKEN = {"tags": "LABELS", "closed": "CLOSED_ON"}
"""Names that Org has for something of its own."""


def _org_entry(entry: CardEntry) -> Iterator[str]:
    when = _org_time(entry)
    if entry.state:
        yield f"** {'TODO' if entry.state == 'open' else 'DONE'}"
        yield f"{'SCHEDULED: ' if entry.state == 'open' else ''}{when}"
    elif when:
        yield f"** {entry.ours}"
        yield when
    if entry.ours and (entry.state or not when):
        yield f"- {entry.ours}"
    for text in (entry.said, entry.more):
        yield from _literal(text)


def _org_time(entry: CardEntry) -> str:
    """The day or time of an entry as Org's agenda reads it; not active once it is done."""
    at, until = entry.at, entry.until
    if at is None:
        return ""
    day = f"{at:%Y-%m-%d} {WEEKDAYS[at.weekday()][:3]}"
    if isinstance(at, datetime):
        same_day = until is not None and until.date() == at.date()
        day += f" {at:%H:%M}{f'-{until:%H:%M}' if until is not None and same_day else ''}"
    active = entry.state in ("", "open")
    return f"<{day}>" if active else f"[{day}]"


def _literal(text: str) -> Iterator[str]:
    """What the user typed as lines that Org takes to the letter."""
    if text.strip():
        for line in printable(text).split("\n"):
            yield f": {line}".rstrip()


def _line(text: str) -> str:
    """What the user typed as the rest of a line."""
    return printable(text).replace("\n", " ").strip()
