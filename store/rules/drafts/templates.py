"""Messages written from templates: what is known is filled in, what is not is left out.

A template is plain text. Its first line is "Subject: ...". Each further line is a sentence; lines
that follow each other make a paragraph, a blank line begins a new one. `$name` stands for what is
known (see SLOTS), `$$` for a dollar sign. A line is left out while something that it names is not
known; a line that begins with "|" stands in for the one before it where that was left out. Lines
that begin with "#" are remarks.

Nothing in a template repeats itself or asks for another one, so every template comes to its end.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from string import Template
from typing import NamedTuple
from urllib.parse import quote

from store.rules.drafts.kinds import check_kind
from store.rules.drafts.slots import SLOTS, DraftFacts, slots, values
from store.rules.fields import DRAFT
from store.rules.text import Refused, printable, quoted

_SUBJECT = "Subject:"
_INSTEAD = "|"
_REMARK = "#"
_NO_ADDRESS = re.compile(r"[\s,;<>()\[\]\"\\]")


class DraftMessage(NamedTuple):
    """A message: the subject is one line, the body has no blank lines at its ends."""

    subject: str
    body: str


class _TemplateLine(NamedTuple):
    """A line of a template: `number` from 1, `instead` of the one before it."""

    number: int
    text: str
    instead: bool


@cache
def template(kind: str) -> str:
    """The template that comes with the program; Refused for a kind that there is not."""
    from store.rules.shipped_lists import read_shipped

    return read_shipped(f"drafts/{check_kind(kind)}.txt")


def render(template_text: str, facts: DraftFacts, *, source: str) -> DraftMessage:
    """The message that the template makes of the facts.

    Raises Refused, naming `source` and the line, for a template that is wrong, and for a message
    too long to be kept.
    """
    head, paragraphs = _parse(template_text, source)
    known = values(facts)
    subject = " ".join(_lines(head, known)).replace("\n", " ")
    said = (" ".join(_lines(lines, known)) for lines in paragraphs)
    body = "\n\n".join(paragraph for paragraph in said if paragraph)
    if len(subject) + len(body) + len(_SUBJECT) + 3 > DRAFT.limit:
        raise Refused(
            f"The message that {source} makes has more than {DRAFT.limit:,} characters. Shorten it."
        )
    return DraftMessage(subject, body)


def as_text(message: DraftMessage) -> str:
    """The message as one text, as a draft is kept: "Subject: ...", a blank line, the body."""
    return f"{_SUBJECT} {message.subject}\n\n{message.body}".strip()


_HEAD = re.compile(r"(?:to[ \t]*:[^\n]*\n\s*)?subject[ \t]*:[ \t]*([^\n]*)(?:\n|\Z)", re.I)


def split_text(text: str, subject: str = "") -> DraftMessage:
    """The message in a draft that the user may have changed.

    Without a subject line it has the `subject` that it had before; an empty line means none. The
    line that names the recipient may stand above, as `rounds draft` prints it.
    """
    text = text.strip()
    if (head := _HEAD.match(text)) is None:
        return DraftMessage(subject, text)
    return DraftMessage(head[1].strip(), text[head.end() :].strip())


def mailto(to: str, subject: str, body: str) -> str:
    """The address of a new message for the user's mail program; `to` may be empty.

    Everything is percent-encoded as RFC 6068 wants it, letters of other scripts as their UTF-8.
    Raises Refused for what is no single address, and for a subject of several lines: both could
    smuggle in further recipients.
    """
    to = to.strip()
    wrong = _NO_ADDRESS.search(to) or not to.isprintable()
    if to and (wrong or to.count("@") != 1 or to.strip("@") != to):
        raise Refused(f"{quoted(to)} is not a valid email address. Correct it, or leave it empty.")
    if any(not character.isprintable() for character in subject):
        raise Refused("The subject must be one line of text. Take the line breaks out.")
    lines = printable(body).split("\n")
    fields_ = (("subject", _encode(subject)), ("body", "%0D%0A".join(map(_encode, lines))))
    query = "&".join(f"{name}={value}" for name, value in fields_ if value)
    return f"mailto:{quote(to, safe='@')}" + (f"?{query}" if query else "")


def _encode(text: str) -> str:
    return quote(printable(text), safe="")


def _parse(text: str, source: str) -> tuple[list[_TemplateLine], list[list[_TemplateLine]]]:
    """The lines of the subject, and those of each paragraph; Refused where something is wrong."""
    numbered = enumerate(printable(text.removeprefix("\ufeff")).split("\n"), start=1)
    lines = [(number, line.strip()) for number, line in numbered if not line.startswith(_REMARK)]
    while lines and not lines[0][1]:
        del lines[0]
    first, line = lines[0] if lines else (1, "")
    if not line.startswith(_SUBJECT):
        raise _wrong(source, first, f"it must start with “{_SUBJECT}” and the subject")
    head = [_TemplateLine(first, line.removeprefix(_SUBJECT).strip(), instead=False)]
    del lines[0]
    blocks: list[list[_TemplateLine]] = [head]
    for number, line in lines:
        if not line:
            blocks.append([])
            continue
        instead = line.startswith(_INSTEAD)
        if instead and not blocks[-1]:
            raise _wrong(source, number, f"“{_INSTEAD}” has no line before it to stand in for")
        if blocks[-1] is head and not instead:
            raise _wrong(source, number, "leave a blank line after the subject")
        blocks[-1].append(_TemplateLine(number, line.removeprefix(_INSTEAD).strip(), instead))
    for block in blocks:
        for one in block:
            _check(one, source)
    if not any(blocks[1:]):
        raise _wrong(source, first, "it has nothing but a subject")
    return head, blocks[1:]


def _check(line: _TemplateLine, source: str) -> None:
    if not line.text:
        raise _wrong(source, line.number, "there is nothing on it")
    for found in Template.pattern.finditer(line.text):
        slot = found["named"] or found["braced"]
        if found["invalid"] is not None:
            raise _wrong(source, line.number, "a $ needs a name after it; write $$ for a dollar")
        if slot is not None and slot not in slots():
            raise _wrong(
                source, line.number, f"there is no {quoted('$' + slot)}.{_suggestion(slot)}"
            )


def _suggestion(slot: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(slot[:40], slots(), n=1)
    return f" Did you mean ${near[0]}?" if near else f" There are ${', $'.join(SLOTS)}"


def _wrong(source: str, line: int, what: str) -> Refused:
    stop = "" if what.endswith((".", "?")) else "."
    return Refused(f"{source}, line {line}: {what}{stop}")


def _lines(lines: list[_TemplateLine], known: Mapping[str, str]) -> Iterator[str]:
    """The lines that can be filled; of a line and those that stand in for it the first one."""
    done = False
    for line in lines:
        if line.instead and done:
            continue
        filled = _fill(line.text, known)
        done = filled is not None
        if filled is not None:
            yield filled


def _fill(text: str, known: Mapping[str, str]) -> str | None:
    """The line with its slots filled in one go, so that nothing in a value counts as a slot; None
    when one of them is empty."""
    parts: list[str] = []
    end = 0
    for found in Template.pattern.finditer(text):
        between = text[end : found.start()]
        parts.append(_after_value(parts, between))
        slot = found["named"] or found["braced"]
        value = "$" if slot is None else known.get(slot, "")
        if not value:
            return None
        parts.append(value)
        end = found.end()
    parts.append(_after_value(parts, text[end:]))
    return "".join(parts)


def _after_value(parts: list[str], text: str) -> str:
    """What follows a value, without a full stop where the value brought one along."""
    if parts and parts[-1].endswith((".", "?", "!", "…")):
        return text.removeprefix(".")
    return text
