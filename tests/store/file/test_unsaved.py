"""What is kept of a form that is not saved yet."""

import errno
import os
import stat
from pathlib import Path

import pytest

from store.file.unsaved import Unsaved


@pytest.fixture
def unsaved(tmp_path: Path) -> Unsaved:
    return Unsaved(tmp_path / "jobs.db", "debrief-3", "Globex 2026-11-23")


def test_what_is_kept_comes_back_until_it_is_forgotten(unsaved: Unsaved, tmp_path: Path) -> None:
    texts = {"asked": "Why us?\n[/b] “…” \x1b]52; \ud800", "remarks": ""}
    unsaved.keep(texts={"asked": "old"}, base={})
    unsaved.keep(texts=texts, base={"asked": "old"})
    assert unsaved.read("texts") == texts
    assert unsaved.read("base") == {"asked": "old"}
    assert unsaved.read("other") is None
    unsaved.forget()
    assert unsaved.read("texts") is None
    assert list(tmp_path.iterdir()) == [], "nothing is left lying about"
    unsaved.forget()


def test_its_name_is_on_the_disk_like_its_text(
    unsaved: Unsaved, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A power cut takes away the name of a file whose folder was not written."""
    synced: list[object] = []

    def fsync(descriptor: int) -> None:
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        synced.append([each.name for each in sorted(tmp_path.rglob("*.*"))] if folder else "file")

    monkeypatch.setattr(os, "fsync", fsync)
    unsaved.keep(texts={"asked": "Why us?"})
    assert synced == [[], "file", ["debrief-3.json"]], "the folder’s own name first"


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EACCES])
def test_a_folder_that_cannot_be_synced_is_no_failure(
    unsaved: Unsaved, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fsync)
    unsaved.keep(texts={"asked": "Why us?"})
    assert unsaved.read("texts") == {"asked": "Why us?"}


def test_nobody_else_can_read_it(unsaved: Unsaved, tmp_path: Path) -> None:
    unsaved.keep(texts={"asked": "What do you earn?"})
    (folder,) = tmp_path.iterdir()
    (file,) = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_was_kept_for_something_else_is_not_given(unsaved: Unsaved, tmp_path: Path) -> None:
    unsaved.keep(texts={"asked": "Why us?"})
    other = Unsaved(tmp_path / "jobs.db", "debrief-3", "Initech 2026-11-20")
    assert other.read("texts") is None
    assert unsaved.read("texts") == {"asked": "Why us?"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"about": "Globex 2026-11-23", "texts": []}',
        b'{"about": "Globex 2026-11-23", "texts": {"asked": 1}}',
        b"[" * 100_000,
        b" " * 2_000_000,
    ],
    ids=range(8),
)
def test_a_damaged_file_counts_as_none(unsaved: Unsaved, tmp_path: Path, content: bytes) -> None:
    unsaved.keep(texts={})
    (file,) = (tmp_path / "jobs-unsaved").iterdir()
    file.write_bytes(content)
    assert unsaved.read("texts") is None
    unsaved.keep(texts={"asked": "Why us?"})
    assert unsaved.read("texts") == {"asked": "Why us?"}


def test_where_nothing_can_be_written_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "jobs-unsaved").write_text("a file where the folder should be")
    unsaved = Unsaved(tmp_path / "jobs.db", "debrief-3", "")
    unsaved.keep(texts={"asked": "Why us?"})
    assert unsaved.read("texts") is None
    unsaved.forget()
