"""Published figures: complete, sourced, within their range, and none of those not to be used."""

import re
from collections.abc import Callable
from importlib.resources import files

import pytest

from store.rules.chances.figures import QUALITIES, TOPICS, published_figures, read_figures, typical
from store.rules.stages import ORDER, Stage
from tests.tables import each_row

TOML = files("store.rules").joinpath("chances/figures.toml").read_text(encoding="utf-8")

# Untraceable, or numbers of which two were swapped: never to be shown.
UNUSABLE = (
    *("worldmetrics", "careery", "51 %", "72 %", "4×", "4x"),
    *("47.5", "+19", "19 points", "naceweb.org, 2014", "January 2014"),
)


@each_row("text", UNUSABLE)
def test_what_cannot_be_trusted_stays_out(text: str) -> None:
    assert text.casefold() not in TOML.casefold()


@each_row(
    ("stage", "line", "low", "high"),
    [
        (Stage.APPLIED, "3–8 % (cold)", 0.03, 0.08),
        (Stage.FIRST, "25–35 %", 0.25, 0.35),
        (Stage.SECOND, "25–50 %", 0.25, 0.5),
        (Stage.OFFER, "65–90 %", 0.65, 0.9),
    ],
)
def test_typical_of_each_step(stage: Stage, line: str, low: float, high: float) -> None:
    found = typical(stage)
    assert (found.line, found.low, found.high) == (line, low, high)
    assert found.years
    assert {figure.about for figure in found.figures} == {stage.value}


def test_typical_of_a_whole_search() -> None:
    whole = published_figures().whole
    assert (whole.low, whole.high) == (0.003, 0.007)
    assert "1 in 152" in " ".join(figure.figure for figure in whole.figures) + TOML


@each_row("stage", ORDER)
def test_the_typical_range_lies_among_its_figures(stage: Stage) -> None:
    found = typical(stage)
    ranges = [(f.low, f.high) for f in found.figures if f.unit == "share"]
    assert ranges
    assert any(
        low is not None and high is not None and low <= found.high and high >= found.low
        for low, high in ranges
    )
    assert set(found.quality.split("/")) & {figure.quality for figure in found.figures}


def test_every_figure_is_whole() -> None:
    figures = published_figures().figures
    assert len(figures) == 41
    assert {figure.about for figure in figures} == set(TOPICS)
    for figure in figures:
        assert figure.quality in QUALITIES
        assert figure.sources
        assert re.search(r"(19|20)\d\d|not shown", figure.year), figure.id


def test_every_source_is_cited() -> None:
    listed = re.findall(r"^([A-Z0-9-]+) = ", TOML, flags=re.MULTILINE)
    assert len(listed) == len(set(listed))
    for key in listed:
        assert TOML.count(f'"{key}"') >= 1, key


def test_shares_of_people_are_told_from_those_of_applications() -> None:
    """“Ever met with silence” is no risk of one card, so no step is built on it."""
    figures = published_figures().figures
    assert all(figure.per_person for figure in figures if figure.about == "silence")
    used = [figure for stage in ORDER for figure in typical(stage).figures]
    assert not any(figure.per_person for figure in used)


def test_the_figures_of_the_second_interview() -> None:
    found = {figure.id: figure for figure in typical(Stage.SECOND).figures}
    lever = found["offer-2017"]
    assert "1.5 offers per 4.7 on-site interviews" in lever.figure
    assert (lever.year, lever.quality) == ("2017", "B")
    assert lever.sources == ("globenewswire.com, March 2017",)
    assert found["offer-estimates"].quality == "D"


SMALL = """
[step.applied]
line = "few"
range = "few of many"
low = 0.1
high = 0.2
years = "2020"
quality = "B"
figures = ["one"]
caption = "Many apply."
[step.first]
line = "a"
range = "a"
low = 0
high = 1
years = "2020"
quality = "B/D"
figures = ["one"]
caption = "c"
[step.second]
line = "a"
range = "a"
low = 0
high = 1
years = "2020"
quality = "B"
figures = ["one"]
caption = "c"
[step.offer]
line = "a"
range = "a"
low = 0
high = 1
years = "2020"
quality = "B"
figures = ["one"]
caption = "c"
[whole]
line = "a"
range = "a"
low = 0
high = 1
years = "not shown"
quality = "A"
figures = ["one"]
caption = "c"
[[figure]]
id = "one"
about = "applied"
what = "those who got one"
figure = "10 %"
low = 0.1
high = 0.1
unit = "share"
who = "Somebody"
year = "2020"
quality = "B"
sources = ["S"]
[source]
S = "somebody.example"
"""


def test_a_small_file_is_read() -> None:
    found = read_figures(SMALL)
    assert found.steps[Stage.APPLIED].figures == found.figures
    assert found.figures[0].sources == ("somebody.example",)


def swap(old: str, new: str) -> Callable[[str], str]:
    def change(toml: str) -> str:
        assert old in toml
        return toml.replace(old, new, 1)

    return change


@each_row(
    ("change", "sentence"),
    [
        (swap("[step.offer]", "[step.hired]"), "needs a .step. for each of applied, first"),
        (swap("[whole]", "[hole]"), r"no \[whole\]"),
        (swap("[source]", "[sauce]"), r"no \[source\]"),
        (swap('line = "few"\n', ""), "step applied: it has no line"),
        (swap('line = "few"', 'line = "few "'), "step applied: its line is empty or not trimmed"),
        (
            swap('line = "few"', 'line = "a\\u001bb"'),
            "applied: its line has a control character",
        ),
        (swap('line = "few"', "line = 3"), "step applied: its line is not a str"),
        (
            swap('line = "few"', 'lime = "few"\nline = "few"'),
            "applied: there is no key “lime”",
        ),
        (swap("low = 0.1", "low = 0.3"), "step applied: low and high are no range from 0 to 1"),
        (swap("high = 0.2", "high = 1.2"), "step applied: low and high are no range"),
        (swap("low = 0.1", 'low = "0.1"'), "step applied: its low is not a float"),
        (swap("low = 0.1", "low = true"), "step applied: its low is not a float"),
        (swap('years = "2020"', 'years = "lately"'), "step applied: its years are none"),
        (swap('"B/D"', '"B/E"'), "step first: its quality is none of A, B, C, D"),
        (swap('figures = ["one"]', "figures = []"), "step applied: it names no figure"),
        (swap('figures = ["one"]', 'figures = ["two"]'), "step applied: there is no figure two"),
        (swap('figures = ["one"]', 'figures = "one"'), "step applied: its figures is not a list"),
        (swap('about = "applied"', 'about = "luck"'), "figure one: it is about none of applied"),
        (swap('unit = "share"', 'unit = "apples"'), "figure one: its unit is none of share, days"),
        (swap('unit = "share"\n', ""), "figure one: low, high and unit belong together"),
        (swap('year = "2020"\nquality', 'year = "x"\nquality'), "figure one: its year is none"),
        (swap('sources = ["S"]', "sources = []"), "figure one: it names no source"),
        (swap('sources = ["S"]', 'sources = ["T"]'), "figure one: there is no source T"),
        (swap('"S"]', '"S"]\nper_person = 1'), "figure one: its per_person is not a bool"),
        (swap('id = "one"\n', ""), "figure number 1: it has no id"),
        (swap("somebody.example", ""), "source: its S is empty or not trimmed"),
        (lambda toml: toml + "=", "line"),
        (
            lambda toml: toml + toml[toml.index("[[figure]]") : toml.index("[source]")],
            "figure one: there is another figure",
        ),
    ],
)
def test_a_wrong_entry_is_named(change: Callable[[str], str], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_figures(change(SMALL))
