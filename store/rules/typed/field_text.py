"""Fields as a text for an editor: written out, changed by the user, read back line by line.

A field of one line stands behind its label, one of many below a line like “=== Why this role ===”,
where everything is kept as it is. Lines before the first of those that begin with `#` are not read.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.rules.text import printable, quoted, suggestion
from store.rules.typed.debrief import WrongForm

LONGEST_TEXT = 300_000
"""Characters; all fields filled to their limits take less."""
_HEAD = re.compile(r"(\\*)===+\s*(.*?)\s*===+\s*")
_HOW = (
    "# Change what you like, save and close. A field that you empty is cleared; a line that you",
    "# delete leaves its field as it is. Lines that start with # are ignored.",
)
_BELOW = "# Everything below a line with === is kept as it is."
_PROBLEMS_AT_MOST = 20


class TextField(NamedTuple):
    """A field: its name, its label, what it holds, and whether it has many lines."""

    name: str
    label: str
    text: str
    many_lines: bool = False


class FieldTyped(NamedTuple):
    """What was typed into a field, and in which line of the text."""

    line: int
    text: str


def write_fields(heading: str, hints: Iterable[str], fields: Sequence[TextField]) -> str:
    """The text to change; `heading` says whose fields they are, `hints` what may be typed."""
    lines = [f"# {' '.join(printable(heading).split())}", *_HOW]
    lines += [f"# {hint}" for hint in hints]
    lines.append("")
    lines += [f"{one.label}: {one.text}".rstrip() for one in fields if not one.many_lines]
    areas = [one for one in fields if one.many_lines]
    if areas:
        lines += ["", _BELOW]
    heads = {one.label.casefold() for one in areas}
    for area in areas:
        lines += ["", f"=== {area.label} ==="]
        for line in area.text.split("\n") if area.text else ():
            # What looks like one of our own heads is told from it by a backslash.
            lines.append(f"\\{line}" if _label(line) in heads else line)
    return "\n".join(lines) + "\n"


def read_fields(text: str, fields: Sequence[TextField]) -> dict[str, FieldTyped]:
    """What stands in a text that `write_fields` wrote and the user changed, by field name.

    Fields whose lines are gone are left out. Raises WrongForm with what is wrong by line; nothing
    is left out silently.
    """
    if len(text) > LONGEST_TEXT:
        raise WrongForm((f"The text has {len(text):,} characters; {LONGEST_TEXT:,} fit.",))
    reader = _FieldReader(fields)
    for number, line in enumerate(printable(text).split("\n"), 1):
        reader.take(number, line)
    if reader.problems:
        raise WrongForm(tuple(reader.problems[:_PROBLEMS_AT_MOST]))
    return {name: one._replace(text=one.text.strip()) for name, one in reader.found.items()}


def _label(line: str) -> str:
    """The label in a line that is a head, however many backslashes hide it; else ""."""
    head = _HEAD.fullmatch(line)
    return head[2].casefold() if head else ""


class _FieldReader:
    """Reads one text, line by line."""

    def __init__(self, fields: Sequence[TextField]) -> None:
        self.found: dict[str, FieldTyped] = {}
        self.problems: list[str] = []
        self._areas = {one.label.casefold(): one for one in fields if one.many_lines}
        self._lines = {one.label.casefold(): one for one in fields if not one.many_lines}
        self._area: TextField | None = None

    def take(self, number: int, line: str) -> None:
        """Take the next line."""
        known = self._areas.get(_label(line))
        if known is not None and not line.startswith("\\"):
            if self._begin(number, known, ""):
                self._area = known
        elif self._area is not None:
            typed = self.found[self._area.name]
            kept = line[1:] if known is not None else line
            self.found[self._area.name] = typed._replace(text=f"{typed.text}\n{kept}")
        elif line.strip() and not line.startswith("#"):
            self._read_line(number, line)

    def _read_line(self, number: int, line: str) -> None:
        label, colon, text = line.partition(":")
        field = self._lines.get(" ".join(label.split()).casefold()) if colon else None
        if field is not None:
            self._begin(number, field, text)
            return
        like = ""
        if colon:
            labels = {each.label for each in self._lines.values()}
            like = suggestion(label.capitalize(), labels)
        first = next(iter(self._lines.values())).label if self._lines else "Text"
        form = f"Begin each line with the name of a field and a colon: “{first}: …”."
        what = f"There is no field {quoted(label.strip())}." if colon else _no_label(line)
        self.problems.append(f"Line {number}: {what}{like or f' {form}'}")

    def _begin(self, number: int, field: TextField, text: str) -> bool:
        """Begin a field; whether it was not there before."""
        if field.name in self.found:
            self.problems.append(f"Line {number}: {quoted(field.label)} is there twice. Keep one.")
            return False
        self.found[field.name] = FieldTyped(number, text)
        return True


def _no_label(line: str) -> str:
    return f"{quoted(line.strip())} is not the value of a field."
