"""The debrief as a text for an editor: written out, filled in by the user, read back line by line.

Sections have a title with a colon and a line for each entry; whatever follows "Remarks" is kept as
it stands. Lines that begin with `#` say how it is done and are not read.
"""

import re
from collections.abc import Callable, Iterator
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
    points: tuple[tuple[str, str, bool], ...] = ()
    """Kind, text, and whether it was felt (of a concern) or weak (of an answer)."""

    @property
    def empty(self) -> bool:
        """Whether nothing was said at all."""
        return self._replace(finished=True) == DebriefAnswers()


class WrongForm(Refused):
    """The text cannot be taken as it is; each of `problems` is a sentence that names its line."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class _Section(NamedTuple):
    title: str
    hint: str
    kind: str
    felt: bool = False


_SECTIONS = (
    _Section("They asked", "A question a line; begin it with ! if your answer was weak.", "asked"),
    _Section("Went down well", "Results and stories of yours that they liked.", "achievement"),
    _Section("Warmed to", "Topics to pick up again.", "topic"),
    _Section("Doubts they voiced", "What they said they doubt about you.", "concern"),
    _Section("Doubts you felt", "What nobody said.", "concern", felt=True),
    _Section("You promised", "“send the sample by fri”: a day is remembered.", "my_promise"),
    _Section("They promised", "What they said they would do.", "their_promise"),
)
_SIGNALS, _REMARKS = "Signals", "Remarks"
_MOOD, _WISH = "Gut feeling (1 to 5)", "Wish to go on (1 to 5)"
_STEP, _BY, _WORDS, _FINISHED = "Next step", "They decide by", "In their words", "Finished"
_FIELDS = (_STEP, _BY, _WORDS, _MOOD, _WISH, _FINISHED)
_TITLES = {
    title.casefold(): title
    for title in (*(section.title for section in _SECTIONS), _SIGNALS, _REMARKS, *_FIELDS)
} | {"gut feeling": _MOOD, "wish to go on": _WISH}


def write_form(heading: str, answers: DebriefAnswers = DebriefAnswers()) -> str:  # noqa: B008
    """The text to fill in, with what is known already; `heading` says which interview it is."""
    lines = [
        f"# {' '.join(printable(heading).split())}",
        "# Write what you like and leave out the rest; lines that begin with # are not read.",
    ]
    for section in _SECTIONS:
        entries = [
            f"- {_WEAK} {text}" if felt and section.kind == "asked" else f"- {text}"
            for kind, text, felt in answers.points
            if kind == section.kind and (kind != "concern" or felt == section.felt)
        ]
        lines += ["", f"# {section.hint}", f"{section.title}:", *(entries or ["- "])]
    lines += ["", "# By when? “next week”, “3 dec”; and their own words for it.", f"{_STEP}: "]
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
        "# no: it waits, to be taken up again.",
        f"{_FINISHED}: {'yes' if answers.finished else 'no'}",
        "",
        "# All that follows is kept as it stands.",
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
    return _Reader(today, held_on).read(printable(text))


class _Reader:
    """Reads one form, and collects what is wrong in it."""

    def __init__(self, today: date, held_on: date | None) -> None:
        self._today = today
        self._held_on = held_on or today
        self._problems: list[tuple[int, str]] = []
        self._points: list[tuple[int, _Section, str]] = []
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
            promised_by=self._read(_BY, None, self._decision),
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
        known = next((each for each in _SECTIONS if each.title == section), None)
        if known is None:
            self._wrong(number, f"{quoted(line)} stands below no title. Put it below one.")
            return
        text = _BULLET.sub("", line.strip(), count=1)
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
            self._wrong(number, f"{quoted(line)} is no signal. Put an x between the brackets.")
            return
        if not found[1].strip():
            return
        wanted = found[2].strip().casefold()
        keys = [key for key, text in _known().items() if wanted in (text.casefold(), key)]
        if keys:
            self._signals.append(keys[0])
        elif re.fullmatch(r"[a-z][a-z0-9_]*", wanted):
            self._signals.append(wanted)
        else:
            self._wrong(number, f"There is no signal {quoted(found[2])}. Leave its text as it was.")

    def _checked_points(self) -> Iterator[tuple[str, str, bool]]:
        for number, section, text in self._points:
            felt = section.felt
            if section.kind == "asked" and text.startswith(_WEAK):
                text, felt = text.removeprefix(_WEAK).strip(), True
                if not text:
                    continue
            try:
                yield section.kind, clean(text, fields.POINT["text"]), felt
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

    def _decision(self, words: str) -> date:
        try:
            return parse_window(words, self._today)
        except Refused as refused:
            try:
                day = parse_day(words, self._today, past=True)
            except Refused:
                raise refused from None
            if day < self._held_on:
                raise Refused("That day lies before the interview.") from None
            return day

    def _their_words(self) -> str:
        """What was typed as the day, if that is more than a date."""
        words = self._fields[_BY][1]
        return "" if _ISO.fullmatch(words) else clean(words, fields.DEBRIEF["promised_text"])

    def _wrong(self, number: int, sentence: str) -> None:
        self._problems.append((number, sentence))


def _one_to_five(words: str) -> int:
    if words in ("1", "2", "3", "4", "5"):
        return int(words)
    raise Refused(f"{quoted(words)} is no whole number from 1 to 5.")


def _yes_or_no(words: str) -> bool:
    if words.casefold() in _YES:
        return True
    if words.casefold() in _NO:
        return False
    raise Refused(f"{quoted(words)} is neither yes nor no.")


def _signals(answers: DebriefAnswers) -> Iterator[tuple[str, str]]:
    """Every signal with its text; one that is ticked and not known any more by its key."""
    known = _known()
    yield from known.items()
    yield from ((key, key) for key in answers.signals if key not in known)


def _known() -> dict[str, str]:
    from store.rules.lists import signals

    return {key: signal.text for key, signal in signals().items()}
