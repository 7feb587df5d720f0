"""The debrief as a text for an editor: written out, filled in by the user, read back line by line.

Sections have a title with a colon and a line for each entry; whatever follows "Notes" is kept as
it stands. Lines that begin with `#` say how it is done and are not read.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from store.rules import fields
from store.rules.text import Refused, clean, printable, quoted
from store.rules.typed.days import parse_day, parse_window

LONGEST_FORM = 200_000
"""Characters; all fields filled to their limits take less."""

_T = TypeVar("_T")
_WEAK = "!"
_BULLET = re.compile(r"[-*•](?:\s+|$)")
_BOX = re.compile(r"\[(.?)\]\s*(.*)")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_YES, _NO = ("yes", "y", "true", ""), ("no", "n", "not yet", "later", "false")
_PROBLEMS_AT_MOST = 20


DebriefLine = tuple[str, str, bool]
"""A point: its kind, its text, and whether it was sensed (of a concern) or weak (of an answer)."""


class DebriefAnswers(NamedTuple):
    """What was written about an interview: the arguments of the use case `debrief`."""

    finished: bool = True
    mood: int | None = None
    wish: int | None = None
    signals: tuple[str, ...] = ()
    next_step: str = ""
    promised_by: date | None = None
    promised_text: str = ""
    remarks: str = ""
    points: tuple[DebriefLine, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was said at all."""
        return self._replace(finished=True) == DebriefAnswers()


class WrongForm(Refused):
    """The text cannot be taken as it is; each of `problems` is a sentence that names its line."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class DebriefSection(NamedTuple):
    """Lines of one kind: their name in a form, their title, an example, the kind of point."""

    name: str
    title: str
    example: str
    kind: str
    felt: bool = False


SECTIONS = (
    DebriefSection(
        "asked",
        "Questions they asked",
        "one per line; start with ! if your answer was weak",
        "asked",
    ),
    DebriefSection("achievement", "What went well", "a result or story they liked", "achievement"),
    DebriefSection("topic", "Topics they liked", "a topic to come back to", "topic"),
    DebriefSection("said", "Concerns they raised", "a gap they see in you", "concern"),
    DebriefSection(
        "felt", "Concerns you sensed", "not said, but you noticed", "concern", felt=True
    ),
    DebriefSection("mine", "You promised", "e.g. send the sample by fri", "my_promise"),
    DebriefSection("theirs", "They promised", "e.g. they send the agenda", "their_promise"),
)
"""What a debrief asks for line by line, on the screen and in the text."""
_SIGNALS, _REMARKS = "Signals", fields.DEBRIEF["remarks"].label
_MOOD, _WISH = (f"{fields.MARKS[name]} (1 to 5)" for name in ("mood", "wish"))
_STEP = fields.DEBRIEF["next_step"].label
_BY, _WORDS, _FINISHED = "They decide by", "In their words", "Finished"
_FIELDS = (_STEP, _BY, _WORDS, _MOOD, _WISH, _FINISHED)
_TITLES = {
    title.casefold(): title
    for title in (*(section.title for section in SECTIONS), _SIGNALS, _REMARKS, *_FIELDS)
} | {
    fields.MARKS["mood"].casefold(): _MOOD,
    fields.MARKS["wish"].casefold(): _WISH,
    # Titles of forms that earlier versions printed.
    "they asked": "Questions they asked",
    "went down well": "What went well",
    "warmed to": "Topics they liked",
    **dict.fromkeys(("doubts voiced", "doubts they voiced"), "Concerns they raised"),
    **dict.fromkeys(("doubts felt", "doubts you felt"), "Concerns you sensed"),
    **dict.fromkeys(("wish to go on", "wish to go on (1 to 5)"), _WISH),
    "remarks": _REMARKS,
}


def section_lines(section: DebriefSection, points: Iterable[DebriefLine]) -> Iterator[str]:
    """The lines of a section, as they are typed: those of `points` that belong there."""
    for kind, text, felt in points:
        if kind == section.kind and (kind != "concern" or felt == section.felt):
            yield f"{_WEAK} {text}" if felt and kind == "asked" else text


def without_bullet(line: str) -> str:
    """The line without the bullet at its beginning, if there is one."""
    return _BULLET.sub("", line.strip(), count=1)


def read_line(section: DebriefSection, line: str) -> DebriefLine | None:
    """The point that a line of a section, without its bullet, says; None when it says nothing.

    Refused when it is too long.
    """
    text, felt = line.strip(), section.felt
    if section.kind == "asked" and text.startswith(_WEAK):
        text, felt = text.lstrip(f"{_WEAK} "), True
    return (section.kind, clean(text, fields.POINT["text"]), felt) if text else None


def read_decision_day(words: str, today: date, held_on: date) -> date:
    """By when they decide: “next week”, “3 dec”.

    A day that has passed meanwhile counts when it does not lie before the interview, which was on
    `held_on`. Refused when no day can be read.
    """
    try:
        return parse_window(words, today)
    except Refused as refused:
        try:
            day = parse_day(words, today, past=True)
        except Refused:
            raise refused from None
        if day < held_on:
            raise Refused("That is before the interview.") from None
        return day


def write_form(heading: str, answers: DebriefAnswers = DebriefAnswers()) -> str:  # noqa: B008
    """The text to fill in, with what is known already; `heading` says which interview it is."""
    lines = [
        f"# {' '.join(printable(heading).split())}",
        "# Fill in what you like and leave out the rest; lines that start with # are ignored.",
    ]
    for section in SECTIONS:
        entries = [f"- {line}" for line in section_lines(section, answers.points)]
        example = section.example[0].upper() + section.example[1:]
        lines += ["", f"# {example}.", f"{section.title}:", *(entries or ["- "])]
    lines += ["", "# “next week”, “3 dec”; and their own words for it.", f"{_STEP}: "]
    lines[-1] += answers.next_step
    lines += [
        f"{_BY}: {answers.promised_by.isoformat() if answers.promised_by else ''}",
        f"{_WORDS}: {answers.promised_text}",
        "",
        "# Put an x between the brackets. They are counted, never added up to a score.",
        f"{_SIGNALS}:",
        *(f"[{'x' if key in answers.signals else ' '}] {text}" for key, text in _signals(answers)),
        "",
        f"{_MOOD}: {answers.mood or ''}",
        f"{_WISH}: {answers.wish or ''}",
        "",
        "# no: it stays open, and you can continue it later.",
        f"{_FINISHED}: {'yes' if answers.finished else 'no'}",
        "",
        "# Everything below is kept as it is.",
        f"{_REMARKS}:",
        *([answers.remarks] if answers.remarks else []),
    ]
    return "\n".join(line.rstrip() for line in "\n".join(lines).split("\n")) + "\n"


def read_form(text: str, today: date, held_on: date | None = None) -> DebriefAnswers:
    """What stands in a form that `write_form` wrote and the user filled in.

    A day by which they decide may be one that is over, if it lies after the interview, which was
    on `held_on`. Raises WrongForm with what is wrong by line; nothing is left out silently.
    """
    if len(text) > LONGEST_FORM:
        raise WrongForm((f"The text has {len(text):,} characters; {LONGEST_FORM:,} fit.",))
    return _DebriefReader(today, held_on).read(printable(text))


class _DebriefReader:
    """Reads one form, and collects what is wrong in it."""

    def __init__(self, today: date, held_on: date | None) -> None:
        self._today = today
        self._held_on = held_on or today
        self._problems: list[tuple[int, str]] = []
        self._points: list[tuple[int, DebriefSection, str]] = []
        self._signals: list[str] = []
        self._fields: dict[str, tuple[int, str]] = {}
        self._remarks = ""

    def read(self, text: str) -> DebriefAnswers:
        """The answers; WrongForm when there are problems."""
        self._take_apart(text.split("\n"))
        answers = DebriefAnswers(
            finished=self._read(_FINISHED, True, _yes_or_no),
            mood=self._read(_MOOD, None, _one_to_five),
            wish=self._read(_WISH, None, _one_to_five),
            signals=tuple(dict.fromkeys(self._signals)),
            next_step=self._read(
                _STEP, "", lambda words: clean(words, fields.DEBRIEF["next_step"])
            ),
            promised_by=self._read(
                _BY, None, lambda words: read_decision_day(words, self._today, self._held_on)
            ),
            promised_text=self._read(
                _WORDS, "", lambda words: clean(words, fields.DEBRIEF["promised_text"])
            ),
            remarks=self._checked_remarks(),
            points=tuple(self._checked_points()),
        )
        if not answers.promised_text and answers.promised_by is not None:
            answers = answers._replace(promised_text=self._their_words())
        if self._problems:
            told = [f"Line {number}: {sentence}" for number, sentence in sorted(self._problems)]
            raise WrongForm(tuple(told[:_PROBLEMS_AT_MOST]))
        return answers

    def _take_apart(self, lines: list[str]) -> None:
        """Sort the lines into points, signals, fields and remarks."""
        section = ""
        for number, line in enumerate(lines, 1):
            if line.startswith("#") or not line.strip():
                continue
            before, colon, after = line.partition(":")
            title = _TITLES.get(" ".join(before.split()).casefold(), "") if colon else ""
            if title == _REMARKS:
                rest = [after.strip(), *lines[number:]]
                self._fields[_REMARKS] = (number, "")
                self._remarks = "\n".join(rest).strip()
                return
            if title in _FIELDS:
                if title in self._fields:
                    self._wrong(number, f"{quoted(title)} is there twice. Keep one.")
                self._fields[title] = (number, after.strip())
                section = ""
            elif title and not after.strip():
                section = title
            else:
                self._entry(number, line, section)

    def _entry(self, number: int, line: str, section: str) -> None:
        """A line below the title `section`."""
        if section == _SIGNALS:
            self._signal(number, line.strip())
            return
        known = next((each for each in SECTIONS if each.title == section), None)
        if known is None:
            self._wrong(number, f"{quoted(line)} is not below a title. Put it below one.")
            return
        text = without_bullet(line)
        if line[:1].isspace() and text == line.strip() and self._points:
            at, last, begun = self._points[-1]
            if last is known:
                self._points[-1] = (at, last, f"{begun} {text}")
                return
        if text:
            self._points.append((number, known, text))

    def _signal(self, number: int, line: str) -> None:
        found = _BOX.fullmatch(_BULLET.sub("", line, count=1))
        if not found:
            self._wrong(number, f"{quoted(line)} is not a signal. Put an x between the brackets.")
            return
        if not found[1].strip():
            return
        wanted = found[2].strip().casefold()
        keys = [
            key
            for key, (text, was) in _wordings().items()
            if wanted in (key, text.casefold(), was.casefold())
        ]
        if keys:
            self._signals.append(keys[0])
        elif re.fullmatch(r"[a-z][a-z0-9_]*", wanted):
            self._signals.append(wanted)
        else:
            self._wrong(number, f"There is no signal {quoted(found[2])}. Leave its text as it was.")

    def _checked_points(self) -> Iterator[DebriefLine]:
        for number, section, text in self._points:
            try:
                point = read_line(section, text)
                if point is not None:
                    yield point
            except Refused as refused:
                self._wrong(number, str(refused).replace("Text has", "The line has", 1))

    def _checked_remarks(self) -> str:
        try:
            return clean(self._remarks, fields.DEBRIEF["remarks"])
        except Refused as refused:
            self._wrong(self._fields[_REMARKS][0], str(refused))
            return ""

    def _read(self, title: str, default: _T, read: Callable[[str], _T]) -> _T:
        """The field `title`; `default` when it is not there, empty or wrong."""
        number, words = self._fields.get(title, (0, ""))
        if not words:
            return default
        try:
            return read(words)
        except Refused as refused:
            self._wrong(number, str(refused))
            return default

    def _their_words(self) -> str:
        """What was typed as the day, if that is more than a date."""
        words = self._fields[_BY][1]
        return "" if _ISO.fullmatch(words) else clean(words, fields.DEBRIEF["promised_text"])

    def _wrong(self, number: int, sentence: str) -> None:
        self._problems.append((number, sentence))


def _one_to_five(words: str) -> int:
    if words in ("1", "2", "3", "4", "5"):
        return int(words)
    raise Refused(f"{quoted(words)} is not a whole number from 1 to 5.")


def _yes_or_no(words: str) -> bool:
    if words.casefold() in _YES:
        return True
    if words.casefold() in _NO:
        return False
    raise Refused(f"{quoted(words)} is not a valid answer. Answer yes or no.")


def _signals(answers: DebriefAnswers) -> Iterator[tuple[str, str]]:
    """Every signal with its text; one that is ticked and not known any more by its key."""
    known = _title_keys()
    yield from known.items()
    yield from ((key, key) for key in answers.signals if key not in known)


def _title_keys() -> dict[str, str]:
    return {key: text for key, (text, _) in _wordings().items()}


def _wordings() -> dict[str, tuple[str, str]]:
    """The text of each signal, and the one that earlier versions printed."""
    from store.rules.lists import signals

    return {key: (signal.text, signal.was) for key, signal in signals().items()}
