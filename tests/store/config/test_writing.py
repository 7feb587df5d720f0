"""One value of the config file is changed, and nothing else of it."""

import os
import stat
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.config.file import ConfigFile
from store.config.writing import set_value, unset_value, write_text
from store.errors import StoreError
from store.rules.text import Refused


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


MINE = """\
# mine, since May

[follow_ups]            # the rules
preset = "uk"           # they are slow here
# country = "DE"

# keys that I am used to
[keys]
"move.right" = "L"

[follow_ups.interview]
inquiry_days = 6
"""
"""A file with remarks in every place."""

CHANGES = [
    (("follow_ups", "preset"), "fast", 'preset = "fast"           # they are slow here'),
    (("follow_ups", "country"), "DE", '# they are slow here\ncountry = "DE"\n# country = "DE"'),
    (("keys", "note"), "f9", '"move.right" = "L"\nnote = "f9"\n'),
    (("keys", "move.left"), "H", '"move.left" = "H"\n'),
    (("follow_ups", "interview", "at_most"), 1, "inquiry_days = 6\nat_most = 1\n"),
    (("follow_ups", "offer", "lapse_days"), 9, "\n\n[follow_ups.offer]\nlapse_days = 9\n"),
    (("screen", "theme"), "rounds-light", '\n\n[screen]\ntheme = "rounds-light"\n'),
    (("me", "signature"), "Ana\n+49 30", '[me]\nsignature = """Ana\n+49 30"""\n'),
    (("commands", "f9"), "firefox {url}", '[commands]\nf9 = "firefox {url}"\n'),
    (("commands", "f9"), {"run": "x", "shell": True}, 'f9 = {run = "x", shell = true}\n'),
    (("follow_ups", "season", "seasons"), ["07-01 to 07-31"], 'seasons = ["07-01 to 07-31"]'),
    (("follow_ups", "slow_season"), True, "slow_season = true\n"),
]


@pytest.mark.parametrize(("keys", "value", "there"), CHANGES, ids=[str(c[0]) for c in CHANGES])
def test_the_value_is_written_where_it_belongs(config: Path, keys, value, there) -> None:
    config.write_text(MINE)
    written = set_value(config, keys, value)
    text = config.read_text()
    assert there in text
    assert written.line == ConfigFile(config, text).line_of(*keys)
    table = tomllib.loads(text)
    for key in keys:
        table = table[key]
    assert table == value
    remarks = [line for line in MINE.splitlines() if line.startswith("#")]
    assert [line for line in text.splitlines() if line.startswith("#")] == remarks
    back = unset_value(config, keys)
    assert back is not None
    if keys != ("follow_ups", "preset"):
        assert MINE.strip() in config.read_text()


SHAPES = [
    'follow_ups = { preset = "uk", country = "DE" } # one line\n',
    'follow_ups.preset = "uk"\nfollow_ups.country = "DE"\n',
    '[follow_ups]\npreset = "uk"\ncountry = "DE"',
    '[keys]\nnote = "f9"\n[follow_ups]\npreset = "uk"\ncountry = "DE"\n[cards]\n',
    '[follow_ups.interview]\nat_most = 1\n[follow_ups]\npreset = "uk"\ncountry = "DE"\n',
    "[ follow_ups ]\n  'preset' = 'uk'\n\n  \"country\" = 'DE'\n\n\n",
]


@pytest.mark.parametrize("text", SHAPES)
def test_every_way_to_write_a_section_is_kept(config: Path, text: str) -> None:
    config.write_text(text)
    set_value(config, ("follow_ups", "preset"), "fast")
    set_value(config, ("follow_ups", "slow_season"), True)
    unset_value(config, ("follow_ups", "country"))
    found = tomllib.loads(config.read_text())["follow_ups"]
    assert found.pop("interview", {"at_most": 1}) == {"at_most": 1}
    assert found == {"preset": "fast", "slow_season": True}


_KEYS = st.sampled_from(["preset", "a.b", "note", "x y", "ä", "f9", "#", '"'])
_VALUES = st.booleans() | st.integers(0, 99) | st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12) | st.lists(st.sampled_from(["a", "b # c"]), max_size=3)  # fmt: skip  # noqa: E501


@given(
    st.dictionaries(st.sampled_from(["keys", "me", "a b"]), st.dictionaries(_KEYS, _VALUES)),
    st.lists(st.tuples(st.sampled_from(["keys", "me", "new"]), _KEYS, _VALUES), max_size=4),
)
def test_whatever_is_set_stands_there_and_all_else_as_before(tmp_path_factory, begin, sets) -> None:
    import tomlkit

    config = tmp_path_factory.mktemp("c") / "config.toml"
    text = "".join(f"# of {section}\n{line}" for section, table in begin.items()
                   for line in [tomlkit.dumps({section: table})])  # fmt: skip
    config.write_text(text, encoding="utf-8")
    expected = tomllib.loads(text)
    for section, key, value in sets:
        set_value(config, (section, key), value)
        expected.setdefault(section, {})[key] = value
        assert tomllib.loads(config.read_text(encoding="utf-8")) == expected
    for section in begin:
        assert f"# of {section}\n" in config.read_text(encoding="utf-8")
    for section, key, _ in sets:
        unset_value(config, (section, key))
        expected[section].pop(key, None)
    assert tomllib.loads(config.read_text(encoding="utf-8")) == expected


def test_line_ends_mark_mode_and_link_stay(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "rounds.toml"
    real.parent.mkdir()
    real.write_bytes(b"\xef\xbb\xbf# a\r\n[keys]\r\nnote = 'f9'\r\n")
    real.chmod(0o640)
    config = tmp_path / "config.toml"
    config.symlink_to(real)
    set_value(config, ("keys", "note"), "f8")
    assert config.is_symlink()
    assert real.read_bytes() == b'\xef\xbb\xbf# a\r\n[keys]\r\nnote = "f8"\r\n'
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_file_that_is_read_only_stays(
    own_folder: Path, commoner: Callable[[], AbstractContextManager[None]]
) -> None:
    with commoner():
        config = own_folder / "config.toml"
        config.write_text("# mine\n", encoding="utf-8")
        config.chmod(0o444)
        with pytest.raises(StoreError, match=r"could not be written \(permission denied\)"):
            set_value(config, ("keys", "note"), "f8")
    assert config.read_text(encoding="utf-8") == "# mine\n"


def test_a_new_file_is_for_the_owner_alone(tmp_path: Path) -> None:
    config = tmp_path / "new" / "config.toml"
    before = os.umask(0)
    try:
        set_value(config, ("follow_ups", "preset"), "uk")
    finally:
        os.umask(before)
    assert config.read_text() == '[follow_ups]\npreset = "uk"\n'
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert stat.S_IMODE(config.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[keys\n", "line 1: It could not be read"),
        ("keys = 3\n", "“keys” is no section"),
        ("#" * 32_768, "more than 32,768 bytes"),
    ],
)
def test_a_file_that_cannot_be_changed_safely_stays(config: Path, text: str, told: str) -> None:
    config.write_text(text)
    with pytest.raises(Refused, match=r"Nothing was written|more than") as refused:
        set_value(config, ("keys", "note"), "f9")
    assert told in str(refused.value)
    assert config.read_text() == text


def test_what_the_check_refuses_is_not_written(config: Path) -> None:
    config.write_text(MINE)

    def check(file: ConfigFile) -> None:
        assert file.tables["keys"]["note"] == "f9"
        raise Refused("No.")

    with pytest.raises(Refused, match="No"):
        set_value(config, ("keys", "note"), "f9", check=check)
    assert config.read_text() == MINE


def test_something_else_in_its_place(config: Path, tmp_path: Path) -> None:
    config.mkdir()
    with pytest.raises(Refused, match="is not a file"):
        set_value(config, ("keys", "note"), "f9")
    config.rmdir()
    os.mkfifo(config)
    with pytest.raises(Refused, match="is not a file"):
        set_value(config, ("keys", "note"), "f9")
    with pytest.raises(Refused, match="is not a file"):
        write_text(config, "")


def test_a_full_disk_leaves_what_was_there(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text(MINE)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreError, match="the disk is full"):
        set_value(config, ("keys", "note"), "f9")
    assert config.read_text() == MINE
    assert [file.name for file in config.parent.iterdir()] == ["config.toml"]


def test_another_program_that_wrote_meanwhile_is_not_overwritten(config: Path) -> None:
    config.write_text(MINE)

    def meanwhile(_: ConfigFile) -> None:
        config.write_text("# theirs\n")

    with pytest.raises(StoreError, match="changed by another program"):
        set_value(config, ("keys", "note"), "f9", check=meanwhile)
    assert config.read_text() == "# theirs\n"


def test_what_is_not_there_cannot_be_removed(config: Path) -> None:
    assert unset_value(config, ("keys", "note")) is None
    assert not config.exists()
    config.write_text(MINE)
    assert unset_value(config, ("keys", "note")) is None
    assert config.read_text() == MINE


def test_remarks_within_a_value_go_with_it(config: Path) -> None:
    config.write_text(
        "[follow_ups.season]\nseasons = [\n  # summer\n  '07-01 to 07-31',\n]\n# end\n"
    )
    set_value(config, ("follow_ups", "season", "seasons"), ["08-01 to 08-31"])
    assert config.read_text().endswith("# end\n")
