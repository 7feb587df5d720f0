"""In every dialog at 80 columns: no label, title, example or key name is cut."""

from datetime import date, timedelta

import pytest
from textual.content import Content
from textual.widgets import Static

from store.model.dossier import ContactEntry, NoteEntry, PointEntry
from store.read.drafts import LetterChoice, LetterRequest
from store.rules.lists import signals
from store.rules.points import KINDS
from store.rules.stages import Outcome, Stage
from tests import makers
from tui.dialogs import (
    application,
    contact,
    debrief,
    file,
    lesson,
    line,
    note,
    pickers,
    point,
    posting,
    setting,
)
from tui.dialogs.dialog import Dialog
from tui.widgets.cells import cell_len, wrap
from tui.widgets.line_fields import FoldLine, LineInput

TODAY = date(2026, 11, 23)
CARD = makers.card(1, Stage.OFFER, applied_on=TODAY, stage_since=TODAY)
PERSON = ContactEntry(1, "Ana Ruiz", "CTO", "ana@example.org", "", "", "recruiter", "", "", True)
POINT = PointEntry(1, "concern", "cloud", "", False, "open", TODAY, None, "", None, None)
LETTER = LetterChoice(LetterRequest("thanks", 1), "Thank-you for an interview", "Ana Ruiz")
DIALOGS = {
    "ApplicationForm": lambda: application.ApplicationForm("New application", TODAY),
    "ContactForm": lambda: contact.ContactForm("Ana Ruiz", adding=True),
    "DebriefForm": lambda: debrief.DebriefForm(
        "Debrief", TODAY, TODAY, dict.fromkeys(debrief_names(), ""), {}, signals()
    ),
    "LineEntry": lambda: line.LineEntry("Reminder", "A date.", lambda text: (text, text)),
    "FileEntry": file.ask_file,
    "MailboxEntry": file.ask_mailbox,
    "NoteForm": lambda: note.NoteForm("Note on Globex"),
    "NotePicker": lambda: note.NotePicker("Notes", [NoteEntry(1, TODAY, "A word.")], TODAY),
    "PostingEntry": lambda: posting.PostingEntry(),
    "PostingForm": lambda: posting.PostingForm(
        "Save a posting", TODAY, values={}, remark="A word."
    ),
    "PointForm": lambda: point.PointForm("Globex", POINT, TODAY, tuple(KINDS)),
    "PointLine": lambda: point.PointLine("Globex", TODAY, tuple(KINDS)),
    "SettingPicker": lambda: setting.SettingPicker(
        "Preset", "How long to wait for a reply.", {"standard": "as shipped"}, "standard"
    ),
    "LinesForm": lambda: setting.LinesForm("Signature", "What ends a message.", str, stored=""),
    "StagePicker": lambda: pickers.StagePicker([CARD], TODAY),
    "OutcomePicker": lambda: pickers.OutcomePicker([CARD], TODAY),
    "KindPicker": lambda: pickers.KindPicker("Write to Globex", [LETTER]),
    "RecipientPicker": lambda: pickers.RecipientPicker("Globex", [PERSON]),
    "TogetherPicker": lambda: pickers.TogetherPicker("Done", "Globex", "SRE: follow up", 3),
    "Confirm": lambda: pickers.Confirm("Delete Globex — Engineer?", "Delete"),
    "WhoDialog": lambda: pickers.WhoDialog("Cancelled", "Who cancelled it?"),
}


ON_A_BOARD = (lesson.LessonForm, pickers.CardPicker)
"""These are reached with keys, below."""


def debrief_names():
    from store.advice.debriefs import NAMES

    return NAMES


def text_of(content):
    return content.plain if isinstance(content, Content) else str(content)


def cut(screen):
    """What does not fit where it stands, of all that the program itself says."""
    found = []
    box = screen.query_one("#dialog")
    for words in (box.border_title, box.border_subtitle):
        if cell_len(Content.from_markup(words).plain if words else "") > box.size.width - 4:
            found.append(words)
    for field in screen.query(LineInput):
        if cell_len(text_of(field.placeholder)) > field.content_size.width:
            found.append(text_of(field.placeholder))
    found += [fold.render().plain for fold in screen.query(FoldLine) if "…" in fold.render().plain]
    for label in screen.query(".name, Label, #label, #echo, .over, #question").results(Static):
        if label.display:
            text, (width, height) = text_of(label.content), label.content_size
            lines = [part for one in text.split("\n") for part in wrap(one, max(width, 1))]
            if any(cell_len(one) > width for one in text.split()) or len(lines) > max(height, 1):
                found.append(text)
    return found


def kinds_of(dialog):
    below = [one for kind in dialog.__subclasses__() for one in kinds_of(kind)]
    return [*below, *([] if dialog.__subclasses__() else [dialog.__name__])]


def test_every_dialog_is_looked_at():
    known = {name for name in kinds_of(Dialog) if not name.startswith("_")}
    assert known <= {*DIALOGS, *(dialog.__name__ for dialog in ON_A_BOARD)}


@pytest.mark.parametrize("name", DIALOGS)
async def test_no_label_of_a_dialog_is_cut(show, name):
    async with show(DIALOGS[name](), size=(80, 24)) as stage:
        if name == "ApplicationForm":
            await stage.press("ctrl+o")
        assert cut(stage.screen) == []


def an_offer(p, clock):
    p.add("Globex", "Engineer", applied_on=TODAY, stage=Stage.FIRST)
    p.interview(1, clock.moment + timedelta(days=1), people="Ana Ruiz")
    p.interview(1, clock.moment - timedelta(hours=3), people="Ana Ruiz")
    p.point(1, "concern", "Little cloud experience")
    p.assignment(1, "Case study")
    p.add("Hooli", "Engineer", stage=Stage.OFFER)
    p.add("Stark", "Engineer")
    p.close(3, Outcome.REJECTED)


LINES = {
    "reply": ("2", "r"),
    "reminder": ("2", "f"),
    "interview": ("2", "i"),
    "snooze": ("2", "z"),
    "references": ("4", "F"),
    "deadline": ("4", "i"),
    "interview, changed": ("2", "I", "e"),
    "interviewers": ("2", "I", "W"),
    "round": ("2", "I", "ctrl+n"),
    "task, changed": ("2", "I", "G", "e"),
    "hours": ("2", "I", "G", "number_sign"),
    "criterion": ("4", "C", "a"),
    "LessonForm": ("c", "B"),
    "CardPicker": ("2", "v", "j", "j", "B"),
    **{f"line {n} of the offer": ("4", "O", *["j"] * n, "enter") for n in range(14)},
    "part of the offer": ("4", "O", "a"),
}


async def test_no_label_of_a_prompt_is_cut(play):
    found = {}
    async with play(an_offer) as it:
        for name, keys in LINES.items():
            await it.press(*keys)
            if isinstance(it.screen, Dialog):
                found[name] = cut(it.screen)
            else:  # a line that is ticked, or leads elsewhere
                assert name.startswith("line"), (name, it.painted())
            while it.screen is not it.app.board_screen:
                await it.press("escape")
            await it.press("1", "home")
    assert {name: labels for name, labels in found.items() if labels} == {}
    assert len(found) > len(LINES) - 14
