"""The interviews that are near, and what is late or due: what to do now, and why."""

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from store.model.dossier import Card, Due
from store.model.due_list import IMPORTED, SILENT, Appointment, Entry, Talk, due_list
from store.read.glance import Glance, interviews_on
from store.rules.dates import short_day
from tui.commands import bindings_for
from tui.screens.day_rows import key_of, talk_detail
from tui.screens.due_rows import (
    COLUMNS,
    due_detail,
    fold_detail,
    fold_key,
    fold_name,
    nothing_due,
    part_rows,
)
from tui.screens.page import ListPage
from tui.tally import DAYS_AHEAD, Agenda
from tui.widgets.headline import Headline, Tally
from tui.widgets.keybar import KeyBar
from tui.widgets.paragraphs import Paragraphs
from tui.widgets.rows import Rows

Group = tuple[Due, ...]
"""The follow-ups that go into one message."""
OnOne = Callable[[], None]
OnAll = Callable[[Entry], None]

_ONE_BY_ONE = 100
"""Up to how many cards are read each by itself rather than all there are."""


class _Found(NamedTuple):
    """What the screen shows: interviews, follow-ups, the first one after them, cards by id."""

    talks: tuple[Appointment, ...] = ()
    dues: tuple[Due, ...] = ()
    following: Due | None = None
    cards: Mapping[int, Card] = {}


class TodayScreen(ListPage[int | None]):
    """The interviews and follow-ups of today, tomorrow and the days after; today's by rank.

    Follow-ups that go into one message are done, put off and skipped together, or one by one;
    those of a fold together, or one by one once it is open.
    Left with the id of the application to jump to, or with None.
    """

    where: ClassVar[str] = "today"
    bar: ClassVar[tuple[str, ...]] = (
        "jump",
        "done",
        "write",
        "snooze",
        "skip",
        "back",
        "undo",
        "note",
        "replied",
        "interview",
        "help",
        "palette",
    )
    inked: ClassVar[tuple[type[Widget], ...]] = (Headline, Rows, Paragraphs, KeyBar)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("today")]

    def __init__(self) -> None:
        super().__init__()
        self._found = _Found()
        self._due: dict[int, Due] = {}
        self._talks: dict[int, Talk] = {}
        self._folds: dict[int, Entry] = {}
        self._opened: set[str] = set()
        """The names of the folds that show their members."""
        self._groups: dict[int, Group] = {}
        """For each follow-up those that go into one message with it, itself among them."""
        self._gone: set[int] = set()
        """Follow-ups just done or skipped, whose writing has not been answered yet."""

    def compose(self) -> ComposeResult:
        yield Headline("", Tally())
        yield Rows(COLUMNS, id="due")
        yield Paragraphs(id="why")
        yield KeyBar(self.where, self.bar)

    def ready(self) -> None:
        super().ready()
        self.query_one("#due").border_title = Content("Due")

    def subject(self) -> Card | None:
        if (talk := self.subject_talk()) is not None:
            return self._found.cards.get(talk.appointment.application_id)
        due = self.subject_follow_up()
        return self._found.cards.get(due.application_id) if due is not None else None

    def subject_follow_up(self) -> Due | None:
        row = self.query_one(Rows).current
        return self._due.get(row.key) if row else None

    def subject_fold(self) -> Entry | None:
        """The fold whose line is under the cursor."""
        row = self.query_one(Rows).current
        return self._folds.get(row.key) if row else None

    def _open_subject(self) -> Card | None:
        if (fold := self.subject_fold()) is None:
            return super()._open_subject()
        self.rounds.say(f"These are {len(fold.dues)} applications. Enter opens the line.")
        return None

    def subject_talk(self) -> Talk | None:
        """The interview under the cursor."""
        row = self.query_one(Rows).current
        return self._talks.get(row.key) if row else None

    async def reload(self) -> None:
        self._found = await self.rounds.desk.read(_find)
        if not self.rounds.desk.writes_waiting:
            self._gone.clear()
        self._due = {due.id: due for due in self._found.dues}
        self.draw()

    def draw(self) -> None:
        now = self.rounds.now()
        dues = [due for due in self._found.dues if due.id not in self._gone]
        parts = due_list(dues, self._found.talks, now)
        listed = [one for part in parts for one in part.entries]
        entries = [one for one in listed if isinstance(one, Entry)]
        self._groups = {due.id: one.dues for one in entries if not one.fold for due in one.dues}
        self._folds = {fold_key(one): one for one in entries if one.fold}
        talks = (one for one in listed if isinstance(one, Talk))
        self._talks = {key_of(talk.appointment.meeting.id): talk for talk in talks}
        hint = nothing_due(self._found.following, now)
        self.query_one(Rows).show(list(part_rows(parts, now, self._opened)), hint=hint)
        self.query_one(Headline).show(short_day(now.date(), now.date()), Agenda(dues, now).tally)
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        talk, due, now = self.subject_talk(), self.subject_follow_up(), self.rounds.now()
        fold, detail = self.subject_fold(), self.query_one(Paragraphs)
        detail.display = (talk or due or fold) is not None
        if talk is not None:
            detail.show(*talk_detail(talk, now))
        elif fold is not None:
            detail.show(*fold_detail(fold, now))
        elif due is not None:
            detail.show(*due_detail(due, now, len(self._group(due)) - 1))

    @on(Rows.Chosen)
    def action_jump(self) -> None:
        """To the card on the board; to the dossier of one that is not on it any more. A fold
        opens or closes."""
        if (fold := self.subject_fold()) is not None:
            self._opened ^= {fold_name(fold)}
            self.draw()
            return
        card = self.subject()
        if card is None:
            return
        if card.outcome is None:
            self.dismiss(card.id)
        else:
            from tui.screens.dossier import DossierScreen

            self.app.push_screen(DossierScreen(card.id))

    def action_done(self) -> None:
        self._for_whom("Done", super().action_done, self._done_all)

    def action_skip(self) -> None:
        self._for_whom("Skip", super().action_skip, self._skip_all)

    def action_snooze(self) -> None:
        self._for_whom("Snooze", super().action_snooze, self._snooze_all, leaves=False)

    def _for_whom(self, verb: str, one: OnOne, every: OnAll, *, leaves: bool = True) -> None:
        """Do something with the follow-up under the cursor, or with all of its message."""
        if self.subject_talk() is not None:
            self.rounds.say("This is an interview. b writes its debrief, I changes it.")
            return
        if (fold := self.subject_fold()) is not None:
            self._let_go(lambda: every(fold), fold.dues if leaves else ())
            return
        due = self.subject_follow_up()
        group = Entry(self._group(due)) if due is not None else Entry(())
        if due is None or len(group.dues) == 1:
            self._let_go(one, group.dues if leaves else ())
            return

        async def ask() -> None:
            from tui.screens.draft_picker import TogetherPicker

            picker = TogetherPicker(verb, due.company, f"{due.role}: {due.label}", len(group.dues))
            together = await self.app.push_screen_wait(picker)
            if together is not None:
                action = (lambda: every(group)) if together else one
                meant = group.dues if together else (due,)
                self._let_go(action, meant if leaves else ())

        self.run_worker(ask(), group="card")

    def _done_all(self, entry: Entry) -> None:
        ids, told = [due.id for due in entry.dues], _told("Done", entry)
        self._write(lambda p: p.complete_all(ids), told=told)

    def _skip_all(self, entry: Entry) -> None:
        ids, told = [due.id for due in entry.dues], _told("Skipped", entry)
        self._write(lambda p: p.skip_all(ids), told=told)

    def _snooze_all(self, entry: Entry) -> None:
        ids = [due.id for due in entry.dues]
        self._ask_until(_whose(entry), lambda day: lambda p: p.snooze_all(ids, day))

    def _let_go(self, action: Callable[[], None], dues: Iterable[Due]) -> None:
        """Take the lines away at once, so that a key pressed twice means two lines."""
        action()
        gone = {due.id for due in dues}
        if gone:
            self._gone |= gone
            self.draw()

    def _group(self, due: Due) -> Group:
        return self._groups.get(due.id, (due,))


def _told(verb: str, entry: Entry) -> str:
    if entry.fold == SILENT and verb == "Done":
        return f"Closed as withdrawn: {_whose(entry)}. u takes it back."
    return f"{verb}: {_whose(entry)}. u takes it back."


def _whose(entry: Entry) -> str:
    count = len(entry.dues)
    if entry.fold in (IMPORTED, SILENT):
        return f"{count:,} {entry.fold} applications"
    return f"{count} follow-ups at {entry.dues[0].company}"


def _find(glance: Glance) -> _Found:
    dues = glance.due(days=DAYS_AHEAD)
    talks = interviews_on(glance, glance.clock.now().date(), DAYS_AHEAD)
    ids = {due.application_id for due in dues} | {talk.application_id for talk in talks}
    if len(ids) <= _ONE_BY_ONE:
        cards = {card_id: glance.card(card_id) for card_id in ids}
    else:
        cards = {card.id: card for card in glance.cards(closed=None) if card.id in ids}
    return _Found(talks, dues, glance.next_due() if not dues else None, cards)
