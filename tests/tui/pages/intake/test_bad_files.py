"""Bad files on the page of an import: a sentence, and the screen stays alive."""

import pytest
from readers.bad_files import BAD
from textual.widgets import Input

SHORT = [bad for bad in BAD if bad.added is None and not bad.long]


@pytest.mark.parametrize("part", range(4))
async def test_the_screen_tells_and_stays_alive(play, tmp_path, part):
    """One after the other in one program: the board is there after each, and takes a key."""
    async with play(keys=(), size=(100, 30)) as it:
        for bad in SHORT[part::4]:
            file = tmp_path / bad.name
            bad.make(file)
            it.app.open("import", file)
            await it.settle()
            assert it.screen is it.app.board_screen, bad.name
            assert bad.said in it.told, bad.name
            assert not it.app.cards()
            file.unlink()
        it.app.action_import_file()
        await it.settle()
        assert it.screen.query(Input), "it takes a key"


async def test_what_can_be_read_of_a_bad_file_comes_in(play, tmp_path):
    for bad in BAD:
        if bad.added and not bad.long:
            file = tmp_path / bad.name
            bad.make(file)
            async with play(keys=(), size=(100, 30)) as it:
                it.app.open("import", file)
                await it.settle()
                await it.press("enter")
                await it.settle()
                assert f"{bad.added} added" in it.told, bad.name
                assert len(it.app.cards()) == bad.added
