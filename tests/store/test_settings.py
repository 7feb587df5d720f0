"""The follow-up rules in the configuration file, and how it is told what is wrong there."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.followups.numbers import Delay
from store.rules.followups.presets import rules_for
from store.rules.text import Refused
from store.settings import Settings, read_settings, read_week_begins
from tests.tables import each_row

Written = Callable[[str], Settings]


@pytest.fixture
def read(tmp_path: Path) -> Written:
    """Reads a configuration with the text given."""

    def reader(text: str) -> Settings:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return read_settings(path)

    return reader


def test_no_file_means_the_rules_as_shipped(tmp_path: Path) -> None:
    for path in (tmp_path / "config.toml", tmp_path / "missing" / "config.toml"):
        assert read_settings(path) == Settings()
    assert Settings().rules() == rules_for()


def test_the_users_own_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("store.settings.config_path", lambda: tmp_path / "config.toml")
    (tmp_path / "config.toml").write_text('[follow_ups]\npreset = "uk"\n')
    assert read_settings().preset == "uk"


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing yet\n", "[follow_ups]\n", '[keys]\n"move.right" = "L"\n']
)
def test_an_empty_file_means_the_same(read: Written, text: str) -> None:
    assert read(text) == Settings()


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("", 0),
        ('[review]\nweek_begins = "sunday"\n', 6),
        ('[review]\nweek_begins = "Sat"\n', 5),
        ('[follow_ups]\ncountry = "US"\n', 6),
        ('[follow_ups]\ncountry = "DE"\n', 0),
        ('[follow_ups]\ncountry = "US"\n[review]\nweek_begins = "monday"\n', 0),
    ],
)
def test_on_which_day_the_week_begins(
    read: Written, tmp_path: Path, text: str, begins: int
) -> None:
    settings = read(text)
    assert settings.week_begins == begins
    assert read_week_begins(tmp_path / "config.toml") == begins
    as_shipped = settings.country == "" and begins == 0
    assert (settings.fingerprint == Settings().fingerprint) is as_shipped


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("review = 1\n", "line 1: “review” must be a section"),
        ("[review]\nweek_begins = 6\n", "line 2: “week_begins” must be a day in quotation marks"),
        ('[review]\nweek_begins = "sonday"\n', "line 2: “sonday” is no day of the week"),
        ('[review]\nweek_begin = "sunday"\n', "Did you mean “week_begins”"),
    ],
)
def test_what_names_no_day_is_told_with_its_line(
    read: Written, tmp_path: Path, text: str, why: str
) -> None:
    settings = read(text)
    (mistake,) = settings.mistakes
    assert re.search(why, str(mistake))
    assert settings.week_begins == 0
    with pytest.raises(Refused, match=why):
        read_week_begins(tmp_path / "config.toml")


def test_everything_at_once(read: Written) -> None:
    settings = read(
        """
        [keys]
        "move.right" = "L"

        [follow_ups]
        preset = "slow"
        slow_season = true

        [follow_ups.application]
        inquiry_business_days = 12
        only_with_contact = true

        [follow_ups.season]
        seasons = [
          "07-01 to 07-31",
        ]
        """
    )
    rules = settings.rules()
    assert rules.application.inquiry == Delay(12, business=True)
    assert rules.application.only_with_contact
    assert rules.interview.inquiry == Delay(14), "from the preset"
    assert rules.slow_season
    assert date(2026, 7, 15) in rules.season.seasons[0]
    own = settings.rules("fast")
    assert own.interview.inquiry == Delay(5)
    assert own.application.only_with_contact, "no preset speaks of it"
    assert settings.rules("fast") is own


def test_a_mark_of_byte_order_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'\xef\xbb\xbf[follow_ups]\r\npreset = "uk"\r\n')
    assert read_settings(path).preset == "uk"


WRONG: list[tuple[str, int, str]] = [
    ("presett = 'uk'", 1, "There is no section “presett”"),
    ("[follow_up]", 1, "Did you mean “follow_ups”?"),
    ("follow_ups = 3", 1, "must be a section: [follow_ups]"),
    ("[follow_ups]\nfoo = 1", 2, "There is no “foo” in “follow_ups”. Known are preset, country"),
    ("[follow_ups]\n\n[follow_ups.interviews]", 3, "Did you mean “interview”?"),
    ("[follow_ups]\ninterview = 7", 2, "must be a section: [follow_ups.interview]"),
    ("[follow_ups]\npreset = 'brisk'", 2, "The presets are standard, fast, slow, uk, dach"),
    ("[follow_ups]\npreset = 1", 2, "“preset” must be a text"),
    ("[follow_ups]\ncountry = true", 2, "“country” must be a text"),
    ("[follow_ups]\nslow_season = 'yes'", 2, "must be true or false"),
    ("[follow_ups.application]\n# inquiry_dais\ninquiry_dais = 3", 3, "mean “inquiry_days”?"),
    ("[follow_ups.application]\n\ninquiry_days = -1", 3, "from 0 to 3,650, not “-1”"),
    ("[follow_ups.application]\ninquiry_days = 3651", 2, "from 0 to 3,650"),
    ("[follow_ups.application]\ninquiry_days = '10'", 2, "a whole number"),
    ("[follow_ups.application]\ninquiry_days = 1_0.0", 2, "a whole number"),
    ("[follow_ups.application]\nat_most = true", 2, "a whole number"),
    ("[follow_ups.application]\nat_most = 0x" + "f" * 6_000, 2, "a whole number"),
    (
        "[follow_ups.letter]\ninquiry_days = 1\n\ninquiry_business_days = 1",
        4,
        "“inquiry_business_days” says the same as “inquiry_days” above",
    ),
    ("[follow_ups]\nletter.inquiry_days = 'x'", 2, "a whole number"),
    ("[follow_ups]\nletter = { at_most = 99 }", 2, "from 0 to 10"),
    ("[follow_ups.season]\nseasons = [\n 'May',\n]\n", 2, "a list of spans"),
    ("[follow_ups]\npreset = 'uk'\npreset = 'fast'", 3, "overwrite a value"),
    ("[follow_ups]\npreset = uk", 2, "It could not be read: invalid value"),
    ("[follow_ups]\npreset = 'uk'\nx = '''y", 3, "could not be read"),
    ("x = " + "[" * 30_000, 1, "It is nested too deeply"),
    ("x = 2025-13-40", 1, "It could not be read"),
    ("x = " + "9" * 5_000, 1, "It could not be read"),
]


@each_row(("text", "line", "words"), WRONG, ids=[text[:40] for text, *_ in WRONG])
def test_what_is_wrong_is_told_by_line_and_costs_only_itself(
    read: Written, text: str, line: int, words: str
) -> None:
    whole = text.startswith("follow_ups =")
    settings = read(text if whole else f"{text}\n[keys]\n[follow_ups.offer]\nlapse_days = 9\n")
    told = str(settings.mistakes[0])
    assert "config.toml”" in told
    assert f", line {line}: " in told
    assert words.lower() in told.lower()
    assert "Until it is fixed" in told
    assert len(told) < 900
    if not whole:
        assert settings.overrides["offer"] == {"lapse_days": 9}


def test_a_country_that_is_not_known(read: Written) -> None:
    pytest.importorskip("holidays")
    settings = read("[follow_ups]\npreset = 'uk'\ncountry = 'XX'")
    assert "line 3: There are no holidays for “XX”" in str(settings.mistakes[0])
    assert (settings.preset, settings.country) == ("uk", "")


def test_holidays_count_once_a_country_is_set(read: Written) -> None:
    pytest.importorskip("holidays")
    settings = read("[follow_ups]\ncountry = 'DE'")
    assert date(2025, 12, 26) in settings.rules().holidays
    assert date(2025, 12, 26) in settings.rules("uk").holidays


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"[follow_ups]\npreset = '\xff'\n")
    with pytest.raises(Refused, match=r"line 2: this is not UTF-8"):
        read_settings(path)
    path.write_bytes(b"#" * 32_769)
    with pytest.raises(Refused, match="more than 32,768 bytes"):
        read_settings(path)


def test_something_else_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not a file"):
        read_settings(tmp_path)
    with pytest.raises(Refused, match="could not be read"):
        read_settings(tmp_path / ("x" * 300))


@given(st.text(max_size=60) | st.from_regex(r"\[follow_ups(\.offer)?\]\n[a-z_]+ = .{0,20}"))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("config") / "config.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    told = ""
    try:
        settings = read_settings(path)
        settings.rules()
        told = "".join(map(str, settings.mistakes))
    except Refused as refused:
        told = str(refused)
    assert told.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "[follow_ups]\npreset = 'uk'",
        "[follow_ups]\nslow_season = true",
        "[follow_ups.offer]\nlapse_days = 8",
        "[follow_ups.offer]\nlapse_days = 9",
    ],
)
def test_the_fingerprint_tells_rules_apart(read: Written, text: str) -> None:
    changed = read(text)
    assert changed.fingerprint != Settings().fingerprint
    assert changed.fingerprint == read(f"# the same\n{text}\n").fingerprint
