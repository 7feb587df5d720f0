"""Notes in the dossier: written, changed, removed, and every step taken back."""


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
