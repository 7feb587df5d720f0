"""Writing a note; in the dossier, written, changed, removed, and every step taken back."""

from datetime import date

import pytest

from store.model.dossier import NoteEntry
from store.rules.fields import NOTE
from tui.dialogs.note import NoteForm, NotePicker


async def test_a_note_of_several_lines_is_saved_with_ctrl_s(show):
    async with show(NoteForm("Note · Globex")) as stage:
        await stage.type("They use Python.")
        await stage.press("enter")
        await stage.type("Ask about on-call.")
        await stage.press("ctrl+s")
        assert stage.answers == ["They use Python.\nAsk about on-call."]


async def test_an_empty_note_is_told_and_stays_open(show):
    async with show(NoteForm("Note · Globex")) as stage:
        await stage.type("  ")
        await stage.press("ctrl+s")
        assert stage.answers == []
        assert "Note is empty" in stage.painted()


async def test_a_note_that_failed_to_be_saved_comes_back_and_can_be_added_to(show):
    form = NoteForm("Note · Globex", typed="First line\nsecond", error="The disk is full.")
    async with show(form) as stage:
        assert "The disk is full." in stage.painted()
        await stage.type("!")
        await stage.press("ctrl+s")
        assert stage.answers == ["First line\nsecond!"]


async def test_esc_throws_nothing_away_without_saying_so(show):
    async with show(NoteForm("Note · Globex")) as stage:
        await stage.type("half a thought")
        await stage.press("escape")
        assert stage.answers == []
        assert "Not saved" in stage.painted()
        await stage.type(" more")
        assert "Not saved" not in stage.painted()
        await stage.press("escape", "escape")
        assert stage.answers == [None]


async def test_esc_leaves_at_once_when_nothing_was_typed(show):
    async with show(NoteForm("Note · Globex", stored="as stored")) as stage:
        await stage.press("escape")
        assert stage.answers == [None]


async def test_a_pasted_page_is_kept_whole_and_harmless(show):
    async with show(NoteForm("Note · Globex")) as stage:
        await stage.paste("one\r\ntwo\x1b]52;c;aGk=\x07\nthree")
        await stage.press("ctrl+s")
        assert stage.answers == ["one\ntwo]52;c;aGk=\nthree"]


async def test_a_note_over_the_limit_is_kept_and_the_limit_named(show):
    form = NoteForm("Note · Globex", stored="x" * NOTE.limit)
    async with show(form) as stage:
        await stage.type("yz")
        assert f"{NOTE.limit + 2:,} of {NOTE.limit:,}" in stage.painted()
        await stage.press("ctrl+s")
        assert stage.answers == []
        assert f"{NOTE.limit:,} fit" in stage.painted()
        await stage.press("backspace", "backspace", "ctrl+s")
        assert stage.answers == ["x" * NOTE.limit]


async def test_hostile_text_is_text(show, hostile):
    async with show(NoteForm(hostile, typed="", error=hostile)) as stage:
        await stage.paste(hostile)
        await stage.press("ctrl+s")
        assert stage.app.is_running
        assert len(stage.answers) == 1
        assert "\x1b" not in str(stage.answers[0])


async def test_a_stored_note_is_removed_by_saving_it_without_a_word(show):
    async with show(NoteForm("Note · Globex", stored="as it was")) as stage:
        await stage.press("ctrl+u")
        assert "to remove the note" in stage.painted()
        await stage.press("ctrl+s")
        assert stage.answers == [""]


async def test_what_was_typed_before_a_failure_is_not_taken_for_stored(show):
    form = NoteForm("Note · Globex", stored="old", typed="new", error="The disk is full.")
    async with show(form) as stage:
        await stage.press("escape")
        assert stage.answers == []
        assert "Not saved" in stage.painted()


async def test_one_of_several_notes_is_picked(show):
    notes = [
        NoteEntry(7, date(2026, 11, 20), "[b]newest\nsecond line"),
        NoteEntry(3, date(2025, 12, 1), "oldest " * 30),
    ]
    async with show(NotePicker("Notes on Globex", notes, date(2026, 11, 23))) as stage:
        assert "[b]newest" in stage.painted()
        assert "Mon 1 Dec 2025" in stage.painted()
        await stage.press("down", "enter")
        assert stage.answers == [notes[1]]


def noted(*texts):
    """Puts one application on the board, with notes."""

    def fill(p, clock):
        p.add("Acme", "Engineer")
        for text in texts:
            p.note(1, text)

    return fill


async def notes(it):
    """The notes as they are stored, newest first."""
    dossier = await it.read(lambda glance: glance.dossier(1))
    return [note.text for note in dossier.notes]


async def test_without_a_note_there_is_none_to_change(play):
    async with play(noted()) as it:
        await it.press("enter", "N")
        assert "Acme has no notes yet. Press n to add one." in it.told


async def test_the_only_note_is_changed_at_once(play):
    async with play(noted("They use Pithon")) as it:
        await it.press("enter", "N", "ctrl+u", *"Python", "ctrl+s")
        assert await notes(it) == ["Python"]
        await it.press("u")
        assert await notes(it) == ["They use Pithon"]


async def test_one_of_several_is_removed_and_brought_back(play):
    async with play(noted("first", "second")) as it:
        await it.press("enter", "N")
        assert "second" in it.painted()
        await it.press("down", "enter", "ctrl+u", "ctrl+s")
        assert await notes(it) == ["second"]
        await it.press("u")
        assert await notes(it) == ["second", "first"]


async def test_a_note_that_another_window_removed_is_not_lost_while_typed(play):
    async with play(noted("first")) as it:
        await it.press("enter", "N", *" thought")
        with it.another_window() as p:
            p.delete_note(1)
        await it.press("ctrl+s")
        assert "no longer exists" in it.painted()
        assert "first thought" in it.painted()


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_a_note_that_is_far_too_long_is_told_in_a_sentence(show, size):
    async with show(NoteForm("Note · Globex"), size=size) as stage:
        await stage.paste("line of a page\n" * 6_826 + "123456789")
        await stage.press("ctrl+s")
        assert stage.answers == []
        told = " ".join(stage.painted().replace("│", " ").split())
        assert "Note has 102,399 characters; 20,000 fit. Shorten it." in told
        await stage.press("x", "ctrl+s")
        assert "Note has 102,400 characters" in stage.painted()
