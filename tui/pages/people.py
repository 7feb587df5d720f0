"""The people of one application: who they are, which interviews they were in, how to reach them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.model.dossier import ContactEntry, Dossier, InterviewEntry, InterviewerEntry
from store.rules.dates import short_day
from store.rules.fields import CONTACT
from store.rules.urgency import Level
from tui.dialogs.dialog import LIST_WIDTHS
from tui.outside import copy
from tui.pages.dossier import points_of
from tui.pages.page import ListPage
from tui.widgets.cells import clip
from tui.widgets.paragraphs import Detail, Paragraph, Spread
from tui.widgets.rows import Cell, Column, Row, Rows, Tone
from tui.wording import interview_name, relation_words, span, state

if TYPE_CHECKING:
    from tui.conversation import Act
    from tui.dialogs.contact import ContactFilled, Mention


COLUMNS = (
    Column(10, most=30, head="Name"),
    Column(8, most=24, head="Relation"),
    Column(8, most=16, head="Thanks"),
    Column(10, most=16, turn=5, head="Last met"),
    Column(10, most=16, turn=4, head="Next"),
    Column(40, most=40, turn=3, head="Email"),
    Column(20, most=20, turn=2, head="Phone"),
    Column(30, most=30, turn=1, head="Title"),
)
"""Name, relation, thanks, the last interview with them and the next one, how to reach them, and
what they are."""
_TITLE_CELLS = 70
_AHEAD = ("confirmed", "proposed", "under way")
"""States of an interview at which somebody is yet to be met."""
_HINT = ("No contacts yet.", "", "Press a to add one; interviewers are added automatically.")


class PeopleScreen(ListPage[None], where="people"):
    """The contacts of the application `application_id`; it closes when that is deleted."""

    HORIZONTAL_BREAKPOINTS = LIST_WIDTHS

    def parts(self) -> ComposeResult:
        with Spread():
            yield Rows(COLUMNS, id="people")
            yield Detail()

    @property
    def chosen(self) -> ContactEntry | None:
        """The person under the cursor."""
        people = self._dossier.contacts if self._dossier is not None else ()
        return self.under_cursor({person.id: person for person in people})

    def draw_dossier(self, dossier: Dossier, now: datetime) -> None:
        rows = self.query_one(Rows)
        whose = f"{dossier.card.company} — {dossier.card.role}"
        rows.border_title = Content(clip(f"People  {whose}", _TITLE_CELLS))
        rows.show([_row(dossier, person, now) for person in dossier.contacts], hint=_HINT)
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        person, now = self.chosen, self.rounds.now()
        if person is None or self._dossier is None:
            self.query_one(Detail).tell()
        else:
            self.query_one(Detail).tell(_detail(person), _interviews(self._dossier, person, now))

    def action_add_person(self) -> None:
        """Somebody new."""
        dossier = self._dossier
        if dossier is None:
            return
        from tui.dialogs.contact import ContactForm
        from tui.dialogs.form import form_dialog

        title, values = f"New contact at {dossier.card.company}", {"relation": "interviewer"}

        def act(filled: "ContactFilled") -> "Act":
            values: dict[str, Any] = {**filled.values}
            return lambda p: p.contact(dossier.card.id, **values)

        form = partial(ContactForm, title, values=values, adding=True)
        self.conversation.converse(form_dialog(form), act)

    @on(Rows.Chosen)
    def action_edit_person(self) -> None:
        """All fields of the chosen one, and what to mention in the thanks."""
        person, dossier = self._need_person(), self._dossier
        if person is None or dossier is None:
            return
        from tui.dialogs.contact import ContactForm
        from tui.dialogs.form import form_dialog

        stored = {name: str(value) for name, value in person._asdict().items()}
        mentions = tuple(_mentions(dossier, person, self.rounds.now()))
        form = partial(ContactForm, person.called, values=stored, mentions=mentions)
        self.conversation.converse(
            form_dialog(form),
            lambda filled: (
                lambda p: p.edit_contact(person.id, filled.values, mentions=filled.mentions)
            ),
        )

    def action_main_person(self) -> None:
        """The chosen one is the one to write to; again: not any more."""
        if person := self._need_person():
            self.conversation.write(lambda p: p.main_contact(person.id, not person.main), told=None)

    def action_remove_person(self) -> None:
        """Take the chosen one off the application, also out of its interviews."""
        if person := self._need_person():
            self.conversation.run(self._remove(person))

    async def _remove(self, person: ContactEntry) -> None:
        from tui.dialogs.pickers import Confirm

        question = f"Remove {person.called} from this application and its interviews?"
        if await self.rounds.push_screen_wait(Confirm(question, "Remove")):
            self.conversation.write(
                lambda p: p.remove_contact(person.id),
                told=f"{person.called} is removed. u undoes it.",
            )

    def action_copy_address(self) -> None:
        person = self._need_person()
        if person is None:
            return
        if not person.email:
            self.rounds.say(f"{person.called} has no email address yet. Press Enter to add one.")
            return
        copy(self.rounds, person.email, person.email)

    def _need_person(self) -> ContactEntry | None:
        if self.chosen is None:
            self.rounds.say("No contacts yet. Press a to add one.")
        return self.chosen


def _interviews_with(
    dossier: Dossier, person: ContactEntry
) -> Iterator[tuple[InterviewEntry, InterviewerEntry]]:
    for interview in dossier.interviews:
        for entry in interview.interviewers:
            if entry.contact_id == person.id:
                yield interview, entry


def _row(dossier: Dossier, person: ContactEntry, now: datetime) -> Row:
    thanks, tone = _thanks(dossier, person, now)
    interviews = [interview for interview, _ in _interviews_with(dossier, person)]
    held = [interview for interview in interviews if interview.was_held(now)]
    ahead = [interview for interview in interviews if state(interview, now) in _AHEAD]
    return Row(
        person.id,
        (
            Cell(person.called, Tone.STRONG),
            Cell(relation_words(person), Tone.MUTED),
            Cell(thanks, tone),
            Cell(_day(held[-1:], now), Tone.MUTED),
            Cell(_day(ahead[:1], now), Level.SOON),
            Cell(person.email),
            Cell(person.phone),
            Cell(person.title, Tone.MUTED),
        ),
    )


def _day(interviews: Sequence[InterviewEntry], now: datetime) -> str:
    """The day of the one that is in `interviews`; nothing without one, or while it has no time."""
    starts = next((interview.starts_at for interview in interviews), None)
    return short_day(starts.astimezone(now.tzinfo).date(), now.date()) if starts else ""


def _thanks(dossier: Dossier, person: ContactEntry, now: datetime) -> tuple[str, Tone | Level]:
    """Whether the person was thanked for the last interview held, or meets the user yet."""
    interviews = list(_interviews_with(dossier, person))
    held = [entry for interview, entry in interviews if interview.was_held(now)]
    if held:
        return ("thanked", Tone.MUTED) if held[-1].thanked else ("not thanked yet", Level.ASK)
    ahead = any(state(interview, now) in (*_AHEAD, "invited") for interview, _ in interviews)
    return ("not met yet", Tone.TEXT) if ahead else ("", Tone.MUTED)


def _detail(person: ContactEntry) -> Iterator[Paragraph]:
    """Who one person is, and how to reach them."""
    relation = relation_words(person)
    yield Paragraph(" · ".join(filter(None, (person.called, person.title, relation))), Tone.STRONG)
    for name in ("email", "phone", "link", "common_ground", "background"):
        if text := getattr(person, name):
            yield Paragraph(text, lead=CONTACT[name].label)


def _interviews(dossier: Dossier, person: ContactEntry, now: datetime) -> Iterator[Paragraph]:
    """The interviews with one person, the last one first: the thanks for it, what was said."""
    for interview, entry in reversed(list(_interviews_with(dossier, person))):
        said = [span(interview, now), interview.called, state(interview, now)]
        if interview.was_held(now):
            said.append("thanked" if entry.thanked else "not thanked yet")
        if entry.point:
            said.append(f"to mention: {entry.point}")
        yield Paragraph(" · ".join(said), lead="Interview")
        yield from points_of(interview.id, dossier.points)


def _mentions(dossier: Dossier, person: ContactEntry, now: datetime) -> Iterator["Mention"]:
    """A line for each interview with the person that was not cancelled, the last one first."""
    from tui.dialogs.contact import Mention

    for interview, entry in reversed(list(_interviews_with(dossier, person))):
        if interview.status == "cancelled" or interview.kept is False:
            continue
        day = (
            short_day(interview.starts_at.date(), now.date())
            if interview.starts_at
            else "no time yet"
        )
        yield Mention(entry.id, f"{interview_name(interview)}, {day}", entry.point)
