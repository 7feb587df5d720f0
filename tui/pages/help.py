"""What the page in front is for, the keys that matter there, and behind one more key the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from store.rules.chances.figures import QUALITIES, Typical, published_figures
from store.rules.chances.words import DECIDES, figure_line, step_name
from store.rules.stages import ORDER, Stage
from store.rules.urgency import Level
from tui.commands import Command, bar_of, commands_for, key_name
from tui.dialogs.dialog import WIDTHS, fit
from tui.pages.page import Scrolled
from tui.rounds import MODALS, LeftOnce, ctrl_c
from tui.widgets.keybar import key_hints
from tui.widgets.paragraphs import Paragraph, Paragraphs
from tui.widgets.rows import Tone

TITLES = {
    "board": "The board",
    "panel": "The side panel",
    "today": "Due",
    "dossier": "Application",
    "closed": "Closed applications",
    "sweep": "Sweep",
    "review": "Review",
    "chances": "Chances",
    "behind": "Applications in this bar",
    "prepare": "Interview preparation",
    "draft": "Message",
    "interviews": "Interviews",
    "people": "People",
    "employer": "Employer",
    "import": "Import",
    "shelf": "Shelf",
    "mail": "Mail",
    "backups": "Backups",
    "settings": "Settings",
    "offer": "Offer",
    "compare": "Compare offers",
}
WHAT: Mapping[str, str] = {
    "board": "Each card is an application, and each column a stage. A stripe at the edge of a card "
    "means that something is late, due today or soon; the line below the role says what. Cards "
    "that need you first come first. The panel shows what comes next and tips for the stage.",
    "panel": "The tips for this card and stage, the first ones to do on top. Tick what you have "
    "done. The keys of the board work here too.",
    "today": "Everything that is late, then what is due today, and below it what comes in the "
    "next days. Write the message or do it, mark it as done, or snooze it.",
    "dossier": "Everything about one application: what is next, people and dates, then the details "
    "and what happened so far.",
    "closed": "The applications that are over, newest first, and how each one ended. Reopen one if "
    "they write after all.",
    "sweep": "Every application that has gone quiet, the longest silence first. Those that may be "
    "over are ticked, to be closed as no response: untick one, or choose another outcome. Nothing "
    "is closed before you press Enter and say yes; one undo brings all of them back.",
    "review": "A week in one page: your goals, what you sent, who answered, what fell silent, what "
    "comes in the week after, promises, lessons, and what may be swept. Enter opens what a line "
    "stands for; the keys d, z and Z are for reminders that belong to no card.",
    "chances": "How many of your applications went on to the next stage, and how long answers "
    "took, beside published figures. A solid bar is your rate so far; the thin line is the range "
    "in which it may really lie.",
    "behind": "The applications that are counted in the bar that you opened.",
    "prepare": "What to take into the next interview: their concerns first, then what went well, "
    "questions and news. Tick a line once you have rehearsed it.",
    "draft": "The message that the follow-up asks for, filled in. Edit it, copy it or open it in "
    "your mail program. Mark it as sent once it is: that completes the follow-up.",
    "interviews": "Every interview and task of this application. Change one by editing the line "
    "that made it.",
    "people": "Your contacts for this application. One of them is the person to write to.",
    "employer": "All your applications to one employer, the newest first: how they went, how long "
    "answers took, and who you know there. Say when two names are one employer, or are not.",
    "import": "A file before it comes in: what its columns and statuses are taken for, and its "
    "first rows. Change what is wrong, then import all of it; one undo takes it out again.",
    "shelf": "Postings that you have not answered yet, the next to close first. Make an "
    "application of one, or remove it. What closes within three days is due, too.",
    "mail": "Messages that may mean something for your applications, and what each would do. Those "
    "that are sure are ticked; tick others, or say what they are. Nothing is recorded before you "
    "press Enter and say yes; one undo takes all of it back.",
    "backups": "The copies of the board, the newest first. One is made with the first change of "
    "each day, and before an import or a restore. Below the list stands what restoring one would "
    "change; nothing is changed before you press Enter and say yes, and u undoes it.",
    "settings": "What you can choose: look, follow-ups, your name, keys and commands of your own. "
    "Each change is written into the config file, where your remarks stay, and applies at once. "
    "“rounds config” has all settings.",
    "offer": "One offer: the deadline, what is in it, what you ask for, and who to "
    "tell. Add its parts before you compare or decide.",
    "compare": "Your offers beside each other. Name what matters to you, give it a weight, and "
    "score each offer from 0 to 10.",
}
"""Each page in a few sentences: what there is to see, and what to do with it."""
_MATTERS: Mapping[str, str] = {
    "board": "add open interview replied debrief prepare move.right done write snooze "
    "note close mark sweep today filter view chances undo quit",
    "dossier": "interview replied debrief prepare people interviews point note edit done write "
    "snooze remind offer move.to close reopen lesson posting undo",
}
"""The keys to know first, on pages that have many more."""
_AT_MOST = 20
_ASIDE = ("Go", "Order")
"""The groups of the keys that people find by themselves, or need seldom."""
_LEAVING = ("back", "help")
"""What ends each key bar; here it comes last, as in the table."""
Sign = tuple[str, Tone | Level, str]
"""As it is written, its look, and what it means."""
LEGEND: tuple[Sign, ...] = (
    ("▌", Level.LATE, "edge of a card: late, today or soon"),
    ("▲ 2 d late", Level.LATE, "overdue, still worth doing"),
    ("● today", Level.TODAY, "follow-ups due today, or on that day"),
    ("■ in 3 d", Level.SOON, "interview"),
    ("◆ by Fri", Level.SOON, "deadline of an offer"),
    ("▰▱", Level.SOON, "time left, full a week before"),
    ("date? i", Level.ASK, "no date yet; press i to add it"),
    ("quiet", Level.QUIET, "no reply for weeks; a reply brings it back"),
    ("◀", Tone.STRONG, "selected card"),
    ("*", Tone.ACCENT, "marked for an action on several"),
    ("→ ✓", Tone.STRONG, "just moved; just saved"),
)
"""The signs and words on cards and days, as they are written there, and what they mean."""
_LATE, _TODAY, _INTERVIEW, _DEADLINE, _WEEK = LEGEND[1:6]
SIGNS: Mapping[str, tuple[Sign, ...]] = {
    "board": LEGEND,
    "panel": (
        _INTERVIEW,
        _WEEK,
        ("☐ ☑", Tone.TEXT, "a tip that can be ticked; one that is"),
    ),
    "today": (
        _LATE,
        _TODAY,
        _INTERVIEW,
        _DEADLINE,
        ("╭ ╰", Tone.TEXT, "to one employer: they go into one message"),
        ("▸ ▾", Tone.TEXT, "several in one line; Enter opens and closes it"),
    ),
    "prepare": (("☐ ☑", Tone.TEXT, "still to do; rehearsed, addressed or raised"),),
    "offer": (
        ("☐ ☑", Tone.TEXT, "still to do; done"),
        ("▰▱", Level.SOON, "time left to the deadline, full a week before"),
    ),
    "compare": (("▰▱", Level.SOON, "your score, from 0 to 10"),),
}
"""The signs of each page that has some; the charts of the chances explain their own."""
_KEYS_WIDE, _KEY_WIDE = 13, 6
_LANES = "lane."
_OWN = "own."
_LABELS_WIDE = 12
_Columns = tuple[list[tuple[Paragraph, ...]], list[tuple[Paragraph, ...]]]


class _Overlay(Scrolled[None], LeftOnce, ModalScreen[None]):
    """Words over the whole screen, in a box that scrolls."""

    CSS_PATH = MODALS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Back", tooltip="Close it"),
        *ctrl_c("dismiss"),
        Binding("down,j", "cursor(1)", show=False),
        Binding("up,k", "cursor(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home,g", "edge(-1)", show=False),
        Binding("end,G", "edge(1)", show=False),
    ]

    def on_mount(self) -> None:
        if self.children:  # there are none when the program ends while this opens
            self.dress()
            self.rounds.theme_changed_signal.subscribe(self, lambda _: self.dress())

    def dress(self) -> None:
        """Give the words their inks, and the box its title and keys."""
        for words in self.query(Paragraphs):
            words.show_inks(self.rounds.inks)

    def entitle(self, title: str, *keys: tuple[str, str]) -> None:
        """Show the title of the box, and at its foot keys and what they do."""
        box = self.query_one(self.scrolled)
        box.border_title = Content(title)
        box.border_subtitle = key_hints(*keys)


class HelpScreen(_Overlay):
    """What `where` is for, one of the screens named in the table of commands, and its keys.

    First those that matter, in one list; Tab shows all of them by group.
    """

    scrolled = "#help"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "dismiss", "Back", show=False),
        Binding("tab", "more", "All keys", tooltip="All keys of this page, or those that matter"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS

    def __init__(self, where: str) -> None:
        super().__init__()
        self._where = where
        self._all = False

    def compose(self) -> ComposeResult:
        fit(self)
        with VerticalScroll(id="help", can_focus=False):
            if words := WHAT.get(self._where):
                yield Paragraphs(Paragraph(words), id="what", classes="keys")
            columns = self._all_columns() if self._all else self._first_columns()
            with HorizontalGroup(id="columns"):
                for column in columns:
                    first = column is columns[0]
                    with VerticalGroup(classes="column -first" if first else "column"):
                        for keys in column:
                            goes_on = first and not self._all and bool(keys[0].second)
                            yield Paragraphs(*keys, classes="keys -goes-on" if goes_on else "keys")

    def _first_columns(self) -> _Columns:
        """What the signs say, and the keys that matter: as they stand side by side.

        Where they stand under each other, the keys at the left go on at the right without a gap.
        """
        known = self.rounds.keymap.commands(self._where)
        lines = [_first_key(command) for command in first_commands(self._where, known)]
        signs = _signs(self._where)
        left = max(0, (len(lines) - len(signs[0]) - 1) // 2 if signs else (len(lines) + 1) // 2)
        first = [tuple(lines[:left])] if left else []
        return [*signs, *first], [tuple(lines[left:])]

    def _all_columns(self) -> _Columns:
        groups = [
            _keys(title, [*_lanes_in_one(commands)])
            for title, commands in group_commands(
                self._where, self.rounds.keymap.commands(self._where)
            )
        ]
        groups[:0] = _signs(self._where)
        half = _half([len(words) for words in groups])
        return groups[:half], groups[half:]

    def dress(self) -> None:
        super().dress()
        more = "fewer keys" if self._all else "all keys"
        title = f"Help · {TITLES.get(self._where, self._where)}"
        self.entitle(title, ("tab", more), ("esc", "back"))

    async def action_more(self) -> None:
        """All keys, or those that matter."""
        self._all = not self._all
        await self.recompose()
        self.dress()


def first_commands(where: str, offered: Sequence[Command] | None = None) -> list[Command]:
    """The keys of a screen to know first, at most twenty: those on its bar, then the others.

    `offered` are the commands as the user has them, by whose keys they are told; their own ones
    come last.
    """
    commands = commands_for(where) if offered is None else offered
    known = {command.id: command for command in commands if command.keys}
    if where in _MATTERS:
        first = [known[name] for name in _MATTERS[where].split() if name in known]
        own = [command for command in commands if command.id.startswith(_OWN)]
        return first[: _AT_MOST - len(own)] + own[:_AT_MOST]
    bar = [known[c.id] for c in bar_of(where) if c.id in known and c.id not in _LEAVING]
    own = [command for command in (*bar, *known.values()) if command.group not in _ASIDE]
    return list(dict.fromkeys(own))[:_AT_MOST]


def group_commands(
    where: str, offered: Sequence[Command] | None = None
) -> list[tuple[str, list[Command]]]:
    """The commands of a screen under the titles of their groups, in the order of the table."""
    commands = [c for c in (commands_for(where) if offered is None else offered) if c.keys]
    order = list(dict.fromkeys(command.group for command in commands))
    by_group = sorted(commands, key=lambda command: order.index(command.group))
    return [(title, list(part)) for title, part in groupby(by_group, attrgetter("group"))]


def _lanes_in_one(commands: Iterable[Command]) -> Iterator[Command]:
    """The commands, with those that only differ in the number of a lane as one."""
    keys: tuple[str, ...] = ()
    lanes = [command for command in commands if command.id.startswith(_LANES)]
    for command in commands:
        if not command.id.startswith(_LANES):
            yield command
            continue
        keys += command.keys
        if command is lanes[-1]:
            yield command._replace(
                keys=keys, label="Column", tooltip="Go to the column of that number"
            )


def _half(sizes: list[int]) -> int:
    """How many groups make the left column, so that the longer column is as short as can be."""
    sizes = [size + 1 for size in sizes]
    return min(range(1, len(sizes)), key=lambda place: max(sum(sizes[:place]), sum(sizes[place:])))


def _keys(title: str, commands: list[Command]) -> tuple[Paragraph, ...]:
    return Paragraph(title, Tone.ACCENT), *map(_key, commands)


def _first_key(command: Command) -> Paragraph:
    """One key of the command: the others are told with all keys."""
    return _key(command._replace(keys=command.keys[:1]), _KEY_WIDE)


def _key(command: Command, wide: int = _KEYS_WIDE) -> Paragraph:
    return Paragraph(
        command.tooltip,
        Tone.MUTED,
        lead=f"{' '.join(map(key_name, command.keys)):<{wide}}",
        lead_tone=Tone.ACCENT,
        second=f"{command.label:<{_LABELS_WIDE}}",
    )


def _signs(where: str) -> list[tuple[Paragraph, ...]]:
    """What the signs of a page mean, under their heading; nothing for a page without any."""
    lines = [
        Paragraph(meaning, Tone.MUTED, lead=f"{word:<{_KEYS_WIDE}}", lead_tone=tone)
        for word, tone, meaning in SIGNS.get(where, ())
    ]
    return [(Paragraph("Signs", Tone.ACCENT), *lines)] if lines else []


class FiguresScreen(_Overlay):
    """The published figures, those of the step out of `stage` first."""

    scrolled = "#figures"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("percent_sign", "dismiss", "Back", show=False),
    ]

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="figures", can_focus=False):
            yield Paragraphs(*figure_words(self._stage))

    def dress(self) -> None:
        super().dress()
        self.entitle("Published figures", ("esc", "back"))


def figure_words(stage: Stage) -> tuple[Paragraph, ...]:
    """All figures of the four steps and of the whole way, those of `stage` first."""
    found = published_figures()
    steps = sorted(ORDER, key=lambda other: other is not stage)
    parts = [(step_name(other), found.steps[other]) for other in steps]
    words = [Paragraph(DECIDES, Tone.MUTED)]
    for title, typical in [*parts, ("the whole way", found.whole)]:
        words += _part(f"{title[:1].upper()}{title[1:]}", typical)
    words += [Paragraph(), Paragraph("Quality", Tone.ACCENT)]
    words += [Paragraph(meaning, lead=mark) for mark, meaning in QUALITIES.items()]
    return tuple(words)


def _part(title: str, typical: Typical) -> Iterator[Paragraph]:
    yield Paragraph()
    yield Paragraph(title, Tone.ACCENT)
    yield Paragraph(f"Typical: {typical.range} ({typical.years}, quality {typical.quality}).")
    yield Paragraph(typical.caption, Tone.MUTED)
    for figure in typical.figures:
        yield Paragraph(figure_line(figure), lead="·")
