"""The table of settings: every number has its words, every default is read as a value."""

import tomllib
from pathlib import Path

from store.config.file import ConfigFile
from store.config.overview import find_setting, show_settings
from store.config.reading import read_chosen, read_value
from store.config.table import SECTIONS, of_section, settings
from tests.tables import each_row

PROJECT = Path(__file__).parents[3]
NAMES = [setting.name for setting in settings()]


def test_names_are_unique_and_lie_in_a_section() -> None:
    keys = [".".join(one.path(key)) for one in settings() for key in one.keys]
    assert len(keys) == len(set(keys))
    assert {one.section[0] for one in settings()} <= set(SECTIONS)


@each_row("setting", settings(), ids=NAMES)
def test_the_default_is_a_value_and_what_is_typed_for_it_too(setting) -> None:
    read_value(setting, setting.key, setting.default)
    typed = setting.default
    if isinstance(typed, bool):
        typed = "yes" if typed else "no"
    elif isinstance(typed, list):
        typed = ", ".join(typed)
    assert setting.kind.raw(str(typed)) == setting.default
    assert setting.what
    assert not setting.what.endswith(".")


def test_every_number_of_the_rules_is_a_setting() -> None:
    shipped = tomllib.loads(
        (PROJECT / "store/rules/followups/followups.toml").read_text(encoding="utf-8")
    )
    words = {"labels", "recruiter_labels", "person_labels", "reasons", "waiting"}
    numbers = {f"follow_ups.{section}.{key}" for section, table in shipped.items()
               if section not in words for key in table}  # fmt: skip
    assert numbers <= {".".join(one.path(key)) for one in settings() for key in one.keys}
    assert "follow_ups.application.quiet_days" in NAMES, "the word that all else says"


def shown(text: str) -> dict[str, tuple[object, object, str, int | None]]:
    file = ConfigFile(Path("/x/config.toml"), text)
    return {
        one.name: (one.value, one.default, one.source, one.line)
        for one in show_settings(file, of_section(settings(), "follow_ups"), {})
    }


def test_what_is_chosen_what_is_not_and_what_the_preset_says() -> None:
    found = shown("[follow_ups]\npreset = 'dach'\n[follow_ups.interview]\nspacing_days = 3\n")
    assert found["follow_ups.preset"] == ("dach", "standard", "file", 2)
    assert found["follow_ups.interview.spacing_days"] == (3, 10, "file", 4)
    assert found["follow_ups.application.inquiry_days"] == (21, 21, "preset", None)
    assert found["follow_ups.offer.lapse_days"] == (7, 7, "default", None)


def test_a_delay_in_another_unit_is_shown_by_the_name_that_it_has() -> None:
    found = shown("[follow_ups.application]\ninquiry_business_days = 6\n")
    assert found["follow_ups.application.inquiry_business_days"] == (6, 10, "file", 2)
    assert "follow_ups.application.inquiry_days" not in found


def test_a_setting_is_found_by_each_of_its_keys() -> None:
    for name in ("dormant_days", "quiet_days"):
        found = find_setting(settings(), f"follow_ups.application.{name}")
        assert found is not None
        assert found[1] == name
    assert find_setting(settings(), "follow_ups.application.inquiry_weeks") is None


def test_a_wrong_value_costs_only_itself() -> None:
    text = "[follow_ups]\npreset = 'brisk'\ncountry = 3\nslow_season = true\n"
    file = ConfigFile(Path("/x/config.toml"), text)
    chosen = read_chosen(file, of_section(settings(), "follow_ups"))
    assert {name: said.value for name, said in chosen.said.items()} == {
        "follow_ups.slow_season": True
    }
    assert [mistake.line for mistake in chosen.mistakes] == [2, 3]
    assert [mistake.keys for mistake in chosen.mistakes] == [
        ("follow_ups", "preset"),
        ("follow_ups", "country"),
    ]
