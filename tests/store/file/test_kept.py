"""Files that are written whole or not at all."""

import os
from pathlib import Path

import pytest

from store.errors import StoreError
from store.file.kept import check_place, open_folder, remove_all, write_all, write_whole
from store.rules.text import Refused


def test_what_is_written_is_there_and_nothing_else(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.ics", b"one")
    write_all(tmp_path, {"a.ics": b"two", "b.ics": b"", "é.ics": b"x"})
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        "a.ics": b"two", "b.ics": b"", "é.ics": b"x",
    }  # fmt: skip


def test_many_are_written_as_one_is(tmp_path: Path) -> None:
    contents = {f"{number}.ics": str(number).encode() for number in range(100)}
    write_all(tmp_path, contents)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == contents


def test_a_link_that_came_in_between_is_replaced_and_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    (tmp_path / "a.ics").symlink_to(other)
    write_whole(tmp_path / "a.ics", b"ours")
    assert other.read_text() == "mine"
    assert not (tmp_path / "a.ics").is_symlink()


def test_what_a_killed_program_left_goes_and_what_another_writes_stays(tmp_path: Path) -> None:
    left, fresh = tmp_path / ".a.ics.abcd1234.part", tmp_path / ".a.ics.efgh5678.part"
    others = tmp_path / ".b.ics.abcd1234.part", tmp_path / "a.ics.part", tmp_path / ".profile"
    for file in (left, fresh, *others):
        file.write_text("x")
    for file in (left, *others):
        os.utime(file, (1, 1))
    write_whole(tmp_path / "a.ics", b"one")
    assert not left.exists()
    assert all(file.exists() for file in (fresh, *others))


def test_in_the_place_of_a_folder_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "b.ics").mkdir()
    with pytest.raises(StoreError, match="could not be written"):
        write_all(tmp_path, {"a.ics": b"1", "b.ics": b"2"})
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".")]


def test_a_name_that_no_file_can_have_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no file can be called so"):
        check_place(Path("a\0b"), tmp_path / "board.db")
    with pytest.raises(Refused, match="name too long"):
        check_place(tmp_path / ("x" * 300), tmp_path / "board.db")


def test_a_folder_is_made_for_the_owner_alone(tmp_path: Path) -> None:
    open_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    open_folder(tmp_path / "a" / "b")
    with pytest.raises(StoreError, match="cannot be made"):
        open_folder(Path("/proc/none/of/ours"))


def test_what_is_gone_already_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    remove_all(tmp_path, ["a", "b"])
    assert list(tmp_path.iterdir()) == []
