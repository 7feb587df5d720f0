"""Files that leave are written whole or not at all, and never where they would do harm."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from store.errors import StoreError
from store.file import outgoing
from store.file.outgoing import (
    Folder,
    check_place,
    open_folder,
    remove_all,
    write_all,
    write_file,
    write_folder,
    write_whole,
)
from store.rules.text import Refused


@pytest.fixture
def board(path: Path, empty_board: bytes) -> Path:
    """A board in a file."""
    path.write_bytes(empty_board)
    return path


def left(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(file.name for file in folder.iterdir())


def test_a_new_file_holds_the_text_and_is_for_the_owner_alone(board: Path) -> None:
    target = board.with_name("out.txt")
    write_file(target, ["a\r\n", "ü", "x" * 3_000_000], board)
    assert target.read_bytes() == b"a\r\n\xc3\xbc" + b"x" * 3_000_000
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert left(board.parent) == ["board.db", "out.txt"]


def test_a_file_that_is_there_keeps_its_mode(board: Path) -> None:
    target = board.with_name("out.txt")
    target.write_text("old", encoding="utf-8")
    target.chmod(0o644)
    write_file(target, ["new"], board, mark=True)
    assert target.read_bytes() == b"\xef\xbb\xbfnew"
    assert stat.S_IMODE(target.stat().st_mode) == 0o644


def broken() -> Iterator[str]:
    """Parts of which the second cannot be made."""
    yield "half"
    raise ValueError("no more")


def test_what_cannot_be_made_to_the_end_leaves_what_was_there(board: Path) -> None:
    target = board.with_name("out.txt")
    target.write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="no more"):
        write_file(target, broken(), board)
    assert target.read_text(encoding="utf-8") == "old"
    assert left(board.parent) == ["board.db", "out.txt"]


def full(*_: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("there", [True, False])
def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    board: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    target = board.with_name("out.txt")
    if there:
        target.write_text("old", encoding="utf-8")
    monkeypatch.setattr(outgoing.os, "fsync", full)
    with pytest.raises(StoreError, match=r"disk that holds .*out\.txt.* is full\. Nothing was"):
        write_file(target, ["new"], board)
    assert left(board.parent) == (["board.db", "out.txt"] if there else ["board.db"])
    assert not there or target.read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_device_is_no_place(board: Path) -> None:
    with pytest.raises(StoreError, match="not an ordinary file"):
        write_file(Path("/dev/full"), ["new"], board)


def test_a_read_only_folder_is_one_sentence(
    own_folder: Path, commoner: Callable[[], AbstractContextManager[None]]
) -> None:
    board = own_folder / "board.db"
    inside = own_folder / "closed"
    inside.mkdir()
    inside.chmod(0o555)
    with commoner():
        for target in (inside / "out.txt", inside / "new" / "out.txt"):
            with pytest.raises(StoreError, match=r"(You may not write to|There is no folder)"):
                write_file(target, ["new"], board)
        with pytest.raises(StoreError, match="You may not write to"):
            write_folder(inside / "cards", [("a.md", ["x"])], board)
        with pytest.raises(StoreError, match=r"may not write to “.*closed”"):
            write_folder(inside, [("a.md", ["x"])], board)
    assert left(inside) == []


@pytest.mark.parametrize("of", ["a file", "nothing", "the board", "a folder"])
def test_a_link_is_refused_wherever_it_leads(board: Path, of: str) -> None:
    target = board.with_name("link")
    other = board.with_name("other")
    if of == "a file":
        other.write_text("theirs", encoding="utf-8")
    elif of == "a folder":
        other.mkdir()
    target.symlink_to(board if of == "the board" else other)
    before = board.read_bytes()
    with pytest.raises(StoreError, match="is a link"):
        write_file(target, ["new"], board)
    assert target.is_symlink()
    assert board.read_bytes() == before
    assert of != "a file" or other.read_text(encoding="utf-8") == "theirs"


def test_a_file_that_is_read_only_stays(
    own_folder: Path, commoner: Callable[[], AbstractContextManager[None]]
) -> None:
    with commoner():
        target = own_folder / "kept.txt"
        target.write_text("old", encoding="utf-8")
        target.chmod(0o444)
        with pytest.raises(StoreError, match="may not be written to"):
            write_file(target, ["new"], own_folder / "board.db")
    assert target.read_text(encoding="utf-8") == "old"


def test_a_link_to_a_folder_is_one_unless_it_leads_nowhere(board: Path) -> None:
    target, vault = board.with_name("link"), board.with_name("vault")
    target.symlink_to(vault)
    with pytest.raises(StoreError, match="leads nowhere"):
        write_folder(target, [("a.md", ["x"])], board)
    vault.mkdir()
    write_folder(target, [("a.md", ["x"])], board)
    assert left(vault) == ["a.md"]


def test_a_folder_and_a_pipe_are_refused_without_waiting(board: Path) -> None:
    folder, pipe = board.with_name("folder"), board.with_name("pipe")
    folder.mkdir()
    os.mkfifo(pipe)
    with pytest.raises(StoreError, match="is a folder"):
        write_file(folder, ["new"], board)
    with pytest.raises(StoreError, match="not an ordinary file"):
        write_file(pipe, ["new"], board)
    with pytest.raises(StoreError, match="is not a folder"):
        write_folder(pipe, [("a.md", ["x"])], board)


def test_the_board_is_refused_under_every_name(board: Path) -> None:
    before = board.read_bytes()
    hard = board.with_name("hard.json")
    hard.hardlink_to(board)
    linked = board.with_name("linked.db")
    linked.symlink_to(board)
    round_about = board.parent / "." / ".." / board.parent.name / board.name
    for target in (board, hard, round_about):
        for opened in (board, linked):
            with pytest.raises(StoreError, match="is the board itself"):
                write_file(target, ["new"], opened)
    assert board.read_bytes() == before


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_what_sqlite_keeps_beside_the_board_is_refused_there_or_not(
    board: Path, ending: str
) -> None:
    linked = board.with_name("linked.db")
    linked.symlink_to(board)
    beside = board.with_name(board.name + ending)
    for opened in (board, linked):
        with pytest.raises(StoreError, match="keeps the journal"):
            write_file(beside, ["new"], opened)
        with pytest.raises(StoreError, match="keeps the journal"):
            write_folder(beside, [("a.md", ["x"])], opened)
    beside.write_bytes(b"hot")
    hard = board.with_name("hard")
    hard.hardlink_to(beside)
    with pytest.raises(StoreError, match="keeps the journal"):
        write_file(hard, ["new"], board)
    assert beside.read_bytes() == b"hot"


def test_another_board_is_refused_too(board: Path, empty_board: bytes) -> None:
    other = board.with_name("copy.json")
    other.write_bytes(empty_board)
    with pytest.raises(StoreError, match="a board or another database"):
        write_file(other, ["new"], board)
    assert other.read_bytes() == empty_board


@pytest.mark.parametrize(("name", "said"), [("a\0b", "cannot be called so"), ("x" * 300, "long")])
def test_a_name_that_no_file_can_have_is_one_sentence(board: Path, name: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        write_file(board.with_name(name), ["new"], board)


def test_a_folder_that_is_missing_is_one_sentence_for_a_file(board: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no folder .*nowhere.* Make it first"):
        write_file(board.parent / "nowhere" / "out.txt", ["new"], board)


# Folders


def of_number(name: str) -> str:
    """What a file is of: the word before the first dash."""
    return name.partition("-")[0] if name.endswith(".md") and "-" in name else ""


def test_a_new_folder_gets_its_name_once_all_is_in_it(board: Path) -> None:
    target = board.parent / "new" / "cards"
    made = write_folder(target, [("1-a.md", ["x"]), ("2-b.md", ["y", "z"])], board)
    assert made == Folder(2, 0, 0)
    assert (target / "2-b.md").read_text(encoding="utf-8") == "yz"
    assert stat.S_IMODE(target.stat().st_mode) == 0o700
    assert left(target.parent) == ["cards"]


def test_in_a_folder_that_is_there_only_what_changed_is_written(board: Path) -> None:
    target = board.with_name("cards")
    write_folder(target, [("1-a.md", ["x"]), ("2-b.md", ["y"])], board)
    (target / "mine.md").write_text("my own", encoding="utf-8")
    (target / "1-mine.txt").write_text("my own", encoding="utf-8")
    before = (target / "1-a.md").stat()
    files = [("1-a.md", ["x"]), ("2-c.md", ["y"])]
    assert write_folder(target, files, board, earlier=of_number) == Folder(1, 1, 1)
    assert left(target) == ["1-a.md", "1-mine.txt", "2-c.md", "mine.md"]
    assert (target / "1-a.md").stat().st_mtime_ns == before.st_mtime_ns
    assert write_folder(target, files, board, earlier=of_number) == Folder(0, 2, 0)


def test_a_disk_that_is_full_in_the_middle_leaves_the_folder_as_it_was(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = board.with_name("cards")
    write_folder(target, [("1-a.md", ["x"])], board)
    real, made = outgoing._write_new, []

    def until_full(path: Path, text: str) -> None:
        made.append(path)
        if len(made) > 2:
            full()
        real(path, text)

    monkeypatch.setattr(outgoing, "_write_new", until_full)
    files = [("1-b.md", ["new"]), ("2-b.md", ["y"]), ("3-c.md", ["z"])]
    for place in (target, board.with_name("other")):
        made.clear()
        with pytest.raises(StoreError, match="is full"):
            write_folder(place, files, board, earlier=of_number)
    assert left(target) == ["1-a.md"]
    assert left(board.parent) == ["board.db", "cards"]


def test_a_link_among_the_files_of_a_folder_is_not_followed(board: Path) -> None:
    target = board.with_name("cards")
    target.mkdir()
    outside = board.with_name("outside.txt")
    outside.write_text("theirs", encoding="utf-8")
    (target / "1-a.md").symlink_to(outside)
    with pytest.raises(StoreError, match="is a link"):
        write_folder(target, [("1-a.md", ["x"])], board)
    assert outside.read_text(encoding="utf-8") == "theirs"
    assert left(target) == ["1-a.md"]


def test_the_folder_of_the_board_takes_files_beside_it(board: Path) -> None:
    assert write_folder(board.parent, [("a.csv", ["x"])], board).written == 1
    with pytest.raises(StoreError, match="is the board itself"):
        write_folder(board.parent, [("board.db", ["x"])], board)
    with pytest.raises(StoreError, match="keeps the journal"):
        write_folder(board.parent, [("board.db-journal", ["x"])], board)


# Many of our own


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
