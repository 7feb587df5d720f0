"""The interviews of today, what is late, and what is due: what to do now, and why."""

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from store.card import Card, Due
from store.day import Appointment, interviews_on
from store.glance import Glance
from store.rules.dates import short_day
from store.rules.together import together
from tui.commands import bindings_for
from tui.screens.day_rows import day_detail, day_rows, key_of
from tui.screens.due_rows import COLUMNS, due_detail, due_rows, nothing_due
from tui.screens.page import ListPage
from tui.tally import DAYS_AHEAD, Agenda
from tui.widgets.headline import Headline, Tally
from tui.widgets.keybar import KeyBar
from tui.widgets.paragraphs import Paragraphs
from tui.widgets.rows import Rows

Group = tuple[Due, ...]
"""The follow-ups that go into one message."""
OnOne = Callable[[], None]
OnAll = Callable[[Group], None]

_ONE_BY_ONE = 100
"""Up to how many cards are read each by itself rather than all there are."""


class _Found(NamedTuple):
    """What the screen shows: interviews, follow-ups, the first one after them, cards by id."""

    talks: tuple[Appointment, ...] = ()
    dues: tuple[Due, ...] = ()
    following: Due | None = None
    cards: Mapping[int, Card] = {}


class TodayScreen(ListPage[int | None]):
    """Today's interviews, and the follow-ups that are late, for today and the seven days after.

    Follow-ups that go into one message are done, put off and skipped together, or one by one.
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
        self._talks: dict[int, Appointment] = {}
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
        talk, due = self.subject_talk(), self.subject_follow_up()
        shown = talk or due
        return self._found.cards.get(shown.application_id) if shown else None

    def subject_follow_up(self) -> Due | None:
        row = self.query_one(Rows).current
        return self._due.get(row.key) if row else None

    def subject_talk(self) -> Appointment | None:
        """The interview under the cursor."""
        row = self.query_one(Rows).current
        return self._talks.get(row.key) if row else None

    async def reload(self) -> None:
        self._found = await self.rounds.desk.read(_find)
        if not self.rounds.desk.writes_waiting:
            self._gone.clear()
        self._due = {due.id: due for due in self._found.dues}
        self._talks = {key_of(talk.meeting.id): talk for talk in self._found.talks}
        self.draw()

    def draw(self) -> None:
        now = self.rounds.now()
        dues = [due for due in self._found.dues if due.id not in self._gone]
        groups = together(dues, now.date())
        self._groups = {due.id: group for group in groups for due in group}
        hint = nothing_due(self._found.following, now)
        rows = [*day_rows(self._found.talks, now), *due_rows(dues, now)]
        self.query_one(Rows).show(rows, hint=hint)
        self.query_one(Headline).show(short_day(now.date(), now.date()), Agenda(dues, now).tally)
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        talk, due, now = self.subject_talk(), self.subject_follow_up(), self.rounds.now()
        detail = self.query_one(Paragraphs)
        detail.display = talk is not None or due is not None
        if talk is not None:
            detail.show(*day_detail(talk, now))
        elif due is not None:
            detail.show(*due_detail(due, now, len(self._group(due)) - 1))

    @on(Rows.Chosen)
    def action_jump(self) -> None:
        """To the card on the board; to the dossier of one that is not on it any more."""
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
        due = self.subject_follow_up()
        group = self._group(due) if due is not None else ()
        if due is None or len(group) == 1:
            self._let_go(one, group if leaves else ())
            return

        async def ask() -> None:
            from tui.screens.draft_picker import TogetherPicker

            picker = TogetherPicker(verb, due.company, f"{due.role}: {due.label}", len(group))
            together = await self.app.push_screen_wait(picker)
            if together is not None:
                action = (lambda: every(group)) if together else one
                meant = group if together else (due,)
                self._let_go(action, meant if leaves else ())

        self.run_worker(ask(), group="card")

    def _done_all(self, group: Group) -> None:
        ids, told = [due.id for due in group], _told("Done", group)
        self._write(lambda p: p.complete_all(ids), told=told)

    def _skip_all(self, group: Group) -> None:
        ids, told = [due.id for due in group], _told("Skipped", group)
        self._write(lambda p: p.skip_all(ids), told=told)

    def _snooze_all(self, group: Group) -> None:
        ids = [due.id for due in group]
        label = f"{len(ids)} follow-ups at {group[0].company}"
        self._ask_until(label, lambda day: lambda p: p.snooze_all(ids, day))

    def _let_go(self, action: Callable[[], None], dues: Iterable[Due]) -> None:
        """Take the lines away at once, so that a key pressed twice means two lines."""
        action()
        gone = {due.id for due in dues}
        if gone:
            self._gone |= gone
            self.draw()

    def _group(self, due: Due) -> Group:
        return self._groups.get(due.id, (due,))


def _told(verb: str, group: Group) -> str:
    return f"{verb}: {len(group)} follow-ups at {group[0].company}. u takes it back."


def _find(glance: Glance) -> _Found:
    dues = glance.due(days=DAYS_AHEAD)
    talks = interviews_on(glance, glance.clock.now().date())
    ids = {due.application_id for due in dues} | {talk.application_id for talk in talks}
    if len(ids) <= _ONE_BY_ONE:
        cards = {card_id: glance.card(card_id) for card_id in ids}
    else:
        cards = {card.id: card for card in glance.cards(closed=None) if card.id in ids}
    return _Found(talks, dues, glance.next_due() if not dues else None, cards)
