"""All settings together, and what a new config file has to begin with."""

import re
import tomllib
from pathlib import Path

from store.config.file import ConfigFile
from store.config.table import SECTIONS
from tui.config.changing import find_place, template
from tui.config.table import all_mistakes, all_settings


def test_names_are_unique() -> None:
    names = [".".join(one.path(key)) for one in all_settings() for key in one.keys]
    assert len(names) == len(set(names))
    assert {one.section[0] for one in all_settings()} | {"commands"} == set(SECTIONS)


def test_each_is_found_by_its_name_and_its_default_is_right() -> None:
    for one in all_settings():
        place = find_place(one.name)
        assert place.setting is one
        one.kind_of(one.key).read(one.default)


def test_a_new_file_chooses_nothing_and_can_be_taken_as_it_stands_without_its_signs() -> None:
    text = template()
    assert not any(tomllib.loads(text).values())
    chosen = re.sub(r"^# (?=[\w\"]\S* = )", "", text, flags=re.MULTILINE)
    file = ConfigFile(Path("/x/config.toml"), chosen)
    assert all_mistakes(file) == ()
    assert file.tables["follow_ups"]["preset"] == "standard"
    assert max(map(len, text.splitlines())) <= 120
