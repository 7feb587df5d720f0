"""The one reader of the user's text files: a text, nothing, or one sentence about what is there."""

import os
from pathlib import Path

import pytest

from store.file.text import Unreadable, read_text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", ""),
        (b"one\r\ntwo\n", "one\ntwo\n"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        (b"x" * 100, "x" * 100),
    ],
)
def test_a_text_is_read(tmp_path: Path, raw: bytes, text: str) -> None:
    file = tmp_path / "own.txt"
    file.write_bytes(raw)
    assert read_text(file, 100) == text


@pytest.mark.parametrize("name", ["none.txt", "own.txt/below", "with\0nul"])
def test_where_no_file_is_there_is_no_text(tmp_path: Path, name: str) -> None:
    (tmp_path / "own.txt").touch()
    assert read_text(tmp_path / name, 100) is None


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"x" * 101, "It has more than 100 bytes. Shorten it."),
        (b"a\nb\ncaf\xe9", "It, line 3: this is not UTF-8 text. Save the file as UTF-8."),
        (b"a\nb\0", "It, line 2: this is not text. Save it as plain text (UTF-8)."),
    ],
)
def test_what_is_no_text_is_told_with_its_line(tmp_path: Path, raw: bytes, told: str) -> None:
    file = tmp_path / "own.txt"
    file.write_bytes(raw)
    with pytest.raises(Unreadable) as found:
        read_text(file, 100)
    assert found.value.sentence("It") == told


def test_folders_and_pipes_are_no_files_and_hold_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    for name, told in (
        ("folder", "It is not a file. Move it, or replace it with a file."),
        ("pipe", "It is not a file. Move it, or replace it with a file."),
        ("loop", "It could not be read (too many levels of symbolic links). Fix that, or"),
    ):
        with pytest.raises(Unreadable) as found:
            read_text(tmp_path / name, 100)
        assert found.value.sentence("It").startswith(told)


def test_a_pipe_is_read_where_one_is_wanted(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"handed over\n")
    os.close(writing)
    try:
        assert read_text(Path(f"/dev/fd/{reading}"), 100, pipe=True) == "handed over\n"
    finally:
        os.close(reading)
