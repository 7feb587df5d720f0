"""The words that may stand in a place of a command: names from the rules, numbers from the board.

What a place takes is told by the name that its help gives it, such as STAGE; where one name has
several meanings, by the command, too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from store.clock import Clock
from store.errors import NotFound, StoreError
from store.model.orders import LANE_ORDERS
from store.place import board_place
from store.rules.stages import ORDER, SAID, Outcome, Stage
from store.rules.text import shell_word

if TYPE_CHECKING:
    from argparse import Action

    from store.model.dossier import Dossier
    from store.read.glance import Glance


class Value(NamedTuple):
    """A word that may stand there, and what it is."""

    text: str
    said: str = ""


FILES = Value(":")
"""Stands for any path: shells complete these themselves."""
_AHEAD = 7
"""Days within which a follow-up is offered (product)."""
_DAYS = ("today", "yesterday", "tomorrow", "mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Asked(NamedTuple):
    """What is known when a word is to be completed: the command, the words before, the board."""

    command: str
    words: list[str]
    db: str | None
    clock: Clock
    environ: Mapping[str, str]

    def read(self, question: "Callable[[Glance], Iterable[Value]]") -> Iterable[Value]:
        """What `question` finds on the board; nothing where it cannot be read as it is."""
        from store.read.glance import open_glance

        with suppress(StoreError, NotFound):
            glance = open_glance(board_place(self.db, self.environ), self.clock)
            if glance is not None:
                with closing(glance):
                    return list(question(glance))
        return ()

    def read_dossier(self, question: "Callable[[Dossier], Iterable[Value]]") -> Iterable[Value]:
        """What `question` finds in the application that is the first word."""
        digits = "".join(self.words[:1]).removeprefix("#")
        if not (digits.isascii() and digits.isdigit()):
            return ()
        return self.read(lambda glance: question(glance.dossier(int(digits))))


def values_for(action: "Action", asked: Asked) -> Iterable[Value]:
    """The words that `action` of the command takes; none where it takes any."""
    if action.choices is not None:
        return [Value(str(choice)) for choice in action.choices]
    finder = find(asked.command, action)
    return finder(asked) if finder is not None else ()


def find(command: str, action: "Action") -> "_Finder | None":
    """What finds the words for `action`: by the command, or else by the name in its help."""
    name = f"{command}.{action.dest}"
    return _OWN[name] if name in _OWN else _NAMED.get(str(action.metavar))


_Finder = Callable[[Asked], Iterable[Value]]
_CLOSED_TOO = frozenset(
    {
        "show",
        "delete",
        "note",
        "point",
        "contact",
        "offer",
        "debrief",
        "task",
        "interview",
        "edit",
        "tick",
        "lesson",
    }
)
"""Commands for closed applications, too. Others are for the open ones, and `reopen` is not."""


def _applications(asked: Asked) -> Iterable[Value]:
    from store.read.names import read_names

    closed = True if asked.command == "reopen" else None if asked.command in _CLOSED_TOO else False
    named = {word.removeprefix("#") for word in asked.words}
    return asked.read(
        lambda glance: (
            Value(str(one.id), f"{one.company}, {one.role}")
            for one in read_names(glance, closed=closed)
            if str(one.id) not in named
        )
    )


_ALSO_REMINDERS = frozenset(("done", "snooze", "skip"))
"""The commands that take reminders of no application in the place of follow-ups."""


def _follow_ups(asked: Asked) -> Iterable[Value]:
    def question(glance: "Glance") -> Iterator[Value]:
        now = asked.clock.now()
        found = [due for due in glance.due(now, _AHEAD) if not due.waits(now)]
        for due in found:
            if due.number not in asked.words:
                yield Value(due.number, f"{due.company}: {due.label}, {due.countdown(now)}")
        if asked.command in _ALSO_REMINDERS:
            yield from _reminders(asked)
        for fold in dict.fromkeys(due.fold for due in found) if asked.command != "draft" else ():
            if fold:
                yield Value(fold, "all of that line of “rounds due”")

    return asked.read(question)


def _reminders(asked: Asked) -> Iterable[Value]:
    from store.read.weekly.reminders import read_reminders

    now = asked.clock.now()
    return asked.read(
        lambda glance: (
            Value(one.number, f"{one.text}, {one.countdown(now)}")
            for one in read_reminders(glance)
            if one.number not in asked.words
        )
    )


def _goal(asked: Asked) -> Iterable[Value]:
    """The number first, then what is counted."""
    from store.rules.weekly.goals import KINDS

    if not asked.words:
        return map(Value, ("3", "5", "10", "0"))
    return [Value(shell_word(kind.name), kind.hint) for kind in KINDS.values()]


def _postings(asked: Asked) -> Iterable[Value]:
    from store.read.arriving.shelf import read_shelf

    today = asked.clock.now().date()
    return asked.read(
        lambda glance: (
            Value(one.number, f"{one.company}, {one.role}")
            for one in read_shelf(glance, today)
            if one.number not in asked.words
        )
    )


def _interviews(asked: Asked) -> Iterable[Value]:
    from tui.wording import interview_name, interview_when

    now = asked.clock.now()
    return asked.read_dossier(
        lambda dossier: (
            Value(str(one.id), f"{interview_name(one, people=True)}, {interview_when(one, now)}")
            for one in dossier.interviews
        )
    )


def _points(asked: Asked) -> Iterable[Value]:
    return asked.read_dossier(
        lambda dossier: (
            Value(str(one.id), f"{shell_word(one.kind)}: {one.text}") for one in dossier.points
        )
    )


def _notes(asked: Asked) -> Iterable[Value]:
    return asked.read_dossier(
        lambda dossier: (Value(str(one.id), one.text.partition("\n")[0]) for one in dossier.notes)
    )


def _questions(asked: Asked) -> Iterable[Value]:
    from store.advice.carry_over import preparation

    now = asked.clock.now()
    return asked.read_dossier(
        lambda dossier: (
            Value(f"q{number}", one.text)
            for number, one in enumerate(preparation(dossier, now).questions, 1)
        )
    )


def _items(asked: Asked) -> Iterable[Value]:
    from tui.cli.parts.ticks import tick_lines

    return asked.read_dossier(
        lambda dossier: (
            Value(line.id, line.text) for line in tick_lines(dossier) if not line.automatic
        )
    )


def _criteria(asked: Asked) -> Iterable[Value]:
    return asked.read(
        lambda glance: (Value(one.name, f"weight {one.weight}") for one in glance.criteria())
    )


def _people(asked: Asked) -> Iterable[Value]:
    from tui.wording import relation_words

    return asked.read_dossier(
        lambda dossier: (
            Value(one.name, relation_words(one)) for one in dossier.contacts if one.name
        )
    )


def _tasks(asked: Asked) -> Iterable[Value]:
    return asked.read_dossier(lambda dossier: (Value(one.title) for one in dossier.assignments))


def _used(column: str) -> _Finder:
    """Finds what applications have in a column already, the most frequent first."""

    def finder(asked: Asked) -> Iterable[Value]:
        from store.read.names import read_used

        return asked.read(lambda glance: map(Value, read_used(glance, column)))

    return finder


def _searches(asked: Asked) -> Iterable[Value]:
    from store.read.searches import read_searches

    return asked.read(
        lambda glance: (Value(name, query) for name, query in read_searches(glance).items())
    )


def _messages(asked: Asked) -> Iterable[Value]:
    from store.read.arriving.mail import read_waiting

    zone = asked.clock.zone
    return asked.read(
        lambda glance: (
            Value(str(one.id), f"{one.company}: {one.letter.subject}")
            for one in read_waiting(glance, zone)
        )
    )


def _words(*words: str) -> _Finder:
    return lambda _: map(Value, words)


def _keys(place: str) -> _Finder:
    """Finds the keys of a table `module:name`, or of what a function of that name gives."""

    def finder(_: Asked) -> Iterable[Value]:
        module, name = place.split(":")
        table = getattr(import_module(module), name)
        table = table() if callable(table) else table
        said = table if isinstance(table, Mapping) else {}
        return [Value(shell_word(key), _name_of(said.get(key))) for key in table]

    return finder


def _name_of(entry: object) -> str:
    if isinstance(entry, str):
        return entry
    return str(getattr(entry, "hint", "") or getattr(entry, "title", ""))


def _zones(_: Asked) -> Iterable[Value]:
    from zoneinfo import available_timezones

    return map(Value, sorted(available_timezones()))


def _files(_: Asked) -> Iterable[Value]:
    return (FILES,)


def _settings(_: Asked) -> Iterable[Value]:
    from tui.config.table import all_settings

    return [Value(one.name, one.what) for one in all_settings()]


def _setting_values(asked: Asked) -> Iterable[Value]:
    from store.rules.text import Refused
    from tui.config.changing import find_place

    with suppress(Refused):
        place = find_place("".join(asked.words[:1]))
        if place.setting is not None:
            return [Value(each, said) for each, said in place.setting.kind.choices().items()]
    return ()


def _commands(_: Asked) -> Iterable[Value]:
    from tui.cli.table import COMMANDS

    return [Value(name, verb.line) for name, verb in COMMANDS.items()]


_NAMED: Mapping[str, _Finder] = {
    "ID": _applications,
    "FOLLOW-UP-ID": _follow_ups,
    "POSTING-ID": _postings,
    "INTERVIEW-ID": _interviews,
    "POINT-ID": _points,
    "STAGE": _words(*ORDER),
    "ROUND": _words(Stage.FIRST, *SAID),
    "OUTCOME": _words(*Outcome),
    "DATE": _words(*_DAYS),
    "WHEN": _words(*_DAYS),
    "FILE": _files,
    "FOLDER": _files,
    "FILE|DATE": _files,
    "PATH": _files,
    "PLACE": _files,
    "TO": _files,
    "FORMAT": _keys("store.rules.lists:formats"),
    "PRESET": _keys("store.rules.followups.presets:presets"),
    "TAG": _used("tags"),
    "ORDER": _keys("tui.cli.showing.options:SORTS"),
    "ZONE": _zones,
    "COMMAND": _commands,
    "SETTING": _settings,
}
_RELATIONS = _keys("store.rules.people:RELATIONS")
_PRESETS = _keys("store.rules.followups.presets:presets")
_OWN: Mapping[str, _Finder] = {
    **{
        f"{command}.{name}": finder
        for command in ("add", "edit", "take", "shelf")
        for name, finder in (
            ("company", _used("company")),
            ("source", _used("source")),
            ("location", _used("location")),
            ("contact_relation", _RELATIONS),
            ("preset", _PRESETS),
        )
    },
    "config.value": _setting_values,
    "list.columns": _keys("tui.cli.showing.lists:LIST_FIELDS"),
    "due.columns": _keys("tui.cli.showing.due:DUE_COLUMNS"),
    "export.format": _keys("tui.cli.leaving.export:FORMATS"),
    "export.office": _keys("store.export.worklog:offices"),
    "list.saved": _searches,
    "search.name": _searches,
    "note.edit": _notes,
    "note.remove": _notes,
    "order.what": _applications,
    "order.place": _words("first", "last", "up", "down", *LANE_ORDERS),
    "prepare.question": _questions,
    "tick.item": _items,
    "criteria.name": _criteria,
    "criteria.weight": _words(*"12345"),
    "score.name": _criteria,
    "score.score": _words(*"0123456789", "10", "none"),
    "contact.relation": _RELATIONS,
    "contact.name": _people,
    "draft.kind": _keys("store.rules.drafts.kinds:KINDS"),
    **dict.fromkeys(("employer.name", "employer.same_as", "employer.not_as"), _used("company")),
    "interview.people": _people,
    "mail.kind": _keys("tui.cli.arriving.mail:KINDS"),
    **dict.fromkeys(("mail.take", "mail.drop"), _messages),
    "point.kind": _keys("store.rules.points:KINDS"),
    "stats.by": _keys("store.read.history:GROUPINGS"),
    "task.title": _tasks,
    "reminder.text": _reminders,
    "reminder.every": _words("day", "week", "2w", "month", "never"),
    "goal.goal": _goal,
    "review.format": _keys("tui.cli.weekly.review:FORMATS"),
    "review.week": _words("this", "last", *_DAYS),
    **dict.fromkeys(
        (f"interview.{name}" for name in ("move", "cancel", "held", "not_held", "slots")),
        _interviews,
    ),
    **dict.fromkeys((f"point.{name}" for name in ("done", "addressed", "open", "remove")), _points),
    "point.edit": _points,
    "point.carry": _points,
}
