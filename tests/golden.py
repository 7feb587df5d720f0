"""Texts that a test compares with to the letter: a folder of them, one file for each subject.

A file has a block for each case: a line with `== ` and the name of the case, and below it what is
told of it. So a diff shows which cases of which subject have changed. Read the blocks that fail;
when what they would say is right, `ROUNDS_DRAW=1` writes the files anew.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

Told = dict[str, dict[str, str]]
"""The text of each case, by subject and by the name of the case, both in their order."""
HEAD = re.compile(r"^== (.+)\n", re.MULTILINE)


def expected(folder: Path, tell: Callable[[], Mapping[str, Mapping[str, str]]]) -> Told:
    """What the files of `folder` say; drawn from what `tell` gives first, where that is asked for.

    Raises ValueError where a file has two blocks of one name.
    """
    if os.environ.get("ROUNDS_DRAW"):
        _draw(folder, tell())
    return {path.stem: _blocks(path) for path in sorted(folder.glob("*.txt"))}


def check_names(expected: Told, cases: Mapping[str, Iterable[str]]) -> None:
    """Check that each case has its block and each block its case, in the same order."""
    blocks = {subject: list(texts) for subject, texts in expected.items()}
    assert blocks == {subject: list(names) for subject, names in cases.items()}


def _blocks(path: Path) -> dict[str, str]:
    _, *parts = HEAD.split(path.read_text(encoding="utf-8"))
    names, texts = parts[::2], parts[1::2]
    if len(set(names)) < len(names):
        raise ValueError(f"{path.name} has two blocks of one name")
    return {name: text.strip() for name, text in zip(names, texts, strict=True)}


def _draw(folder: Path, told: Mapping[str, Mapping[str, str]]) -> None:
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.txt"):
        if path.stem not in told:
            path.unlink()
    for subject, texts in told.items():
        blocks = "\n\n".join(f"== {name}\n{text}" for name, text in texts.items())
        (folder / f"{subject}.txt").write_text(f"{blocks}\n", encoding="utf-8")
