"""What the fourth line of a card shows, as the configuration file says."""

from pathlib import Path

import pytest

from store.rules.stages import Stage
from tests import makers
from tests.tables import each_row
from tui.board.columns.face import CardForm
from tui.board.columns.fourth_line import FIELDS, USUAL_FIELDS, more_of
from tui.config.screen import read_screen

TAGGED = makers.card(salary="90k", location="Berlin", source="referral", tags=("go", "remote"))


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The configuration file that `play` reads, which is not there yet."""
    folder = tmp_path / "config" / "rounds"
    folder.mkdir(parents=True)
    return folder / "config.toml"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('"tags, salary"', "#go #remote · 90k"),
        ('"salary,tags"', "90k · #go #remote"),
        ('"Location"', "Berlin"),
        ('"place, pay, source"', "Berlin · 90k · referral"),
        ('["tags", "location"]', "#go #remote · Berlin"),
        ('"salary, salary"', "90k"),
        ('"off"', ""),
        ("[]", ""),
    ],
)
def test_the_fields_stand_in_the_order_of_the_file(config, value, shown):
    config.write_text(f"[cards]\nfourth_line = {value}\n")
    assert more_of(TAGGED, read_screen(config).fourth_line) == shown


@pytest.mark.parametrize("text", [None, "", "[cards]\n", '[follow_ups]\npreset = "fast"\n'])
def test_without_a_word_about_it_the_usual_fields_are_shown(config, text):
    if text is not None:
        config.write_text(text)
    assert read_screen(config).fourth_line == USUAL_FIELDS
    assert set(USUAL_FIELDS) <= set(FIELDS)


NO_FIELDS = (
    ('cards = "tags"\n', "line 1: “cards” must be a section: [cards]."),
    ("[cards]\nfourth_line = 4\n", "line 2: “fourth_line” must be a text such as"),
    ("[cards]\nfourth_line = [4]\n", "line 2: “fourth_line” must be a text such as"),
    ('[cards]\nfourth_line = "tags, salery"\n', "show “salery”. Did you mean “salary”?"),
    ('[cards]\nfourth_line = "xyz"\n', "Known are salary, location, tags, source; “off” alone"),
    ('[cards]\nfourth_line = "tags, off"\n', "show “off”."),
    ('[cards]\nfourth_line = ""\n', "line 2: The fourth line of a card cannot show “”."),
    ('[cards]\n\nfourthline = "tags"\n', "line 3: There is no “fourthline” in “cards”. Did"),
    ('[cards]\nzoom = "tags"\n', "There is no “zoom” in “cards”. Known are fourth_line."),
)


@each_row(("text", "said"), NO_FIELDS)
def test_what_is_no_field_is_a_mistake_with_its_line(config, text, said):
    config.write_text(text)
    assert said in str(read_screen(config).mistakes[0])
    assert read_screen(config).fourth_line == USUAL_FIELDS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        NO_FIELDS[0],
        NO_FIELDS[3],
        *(pytest.param(*row, marks=pytest.mark.long) for row in (*NO_FIELDS[1:3], *NO_FIELDS[4:])),
    ],
)
async def test_what_is_no_field_is_told_and_the_usual_ones_are_shown(play, config, text, said):
    config.write_text(text)
    async with play(one_card) as it:
        assert it.told.count(said) == 1
        assert "standard rules" not in it.told
        assert "Berlin · #go" in it.painted()


def one_card(p, clock):
    p.add("Acme", "Engineer", location="Berlin", tags=("go",))


async def test_the_board_shows_the_fields_from_the_start(play, config):
    config.write_text('[cards]\nfourth_line = "tags, place"\n')
    async with play(one_card) as it:
        assert it.told == ""
        assert "#go · Berlin" in it.painted()


async def test_a_card_without_it_is_a_line_shorter(play, config):
    config.write_text('[cards]\nfourth_line = "off"\n')
    async with play(one_card) as it:
        lane = it.app.board_screen.lane_widgets[Stage.APPLIED]
        assert lane.form is CardForm.USUAL
        drawn = lane.draw_lines(it.app.inks, *lane.size)
        assert any("Acme" in line.text for line in drawn)
        assert not any("#go" in line.text for line in drawn)


async def test_a_file_that_cannot_be_read_is_still_told_once(play, config):
    config.write_text("[cards\n")
    async with play(one_card) as it:
        assert it.told.count("could not be read") == 1
