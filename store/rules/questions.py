"""The questions of a second interview: those to be ready for, and those to ask."""

import re
from functools import cache
from typing import NamedTuple

from store.rules.shipped import check_line, entries, one_of, shipped

SLOTS = ("topic", "concern")
_SLOT = re.compile(r"\{([^{}]*)\}")
LONGEST = 120
"""Characters of what is filled in: the question is kept as one line and must stay readable."""


class PrepQuestion(NamedTuple):
    """One question, with the group it belongs to; `mine` when the user asks it."""

    group: str
    text: str
    mine: bool


def questions(topic: str = "", concern: str = "") -> tuple[PrepQuestion, ...]:
    """All questions, in the order in which they are shown, those to ask last.

    One about the `topic` or the `concern` of the last interview is left out where there is none.
    """
    known = {"topic": _filled(topic), "concern": _filled(concern)}
    return tuple(
        question._replace(text=_SLOT.sub(lambda slot: known[slot[1]], question.text))
        for question in _questions()
        if all(known[slot] for slot in _SLOT.findall(question.text))
    )


def read_questions(toml: str) -> tuple[PrepQuestion, ...]:
    """The questions in `toml`, slots unfilled. ValueError names the entry that is wrong."""
    found: list[PrepQuestion] = []
    required = {"text": str, "group": str}
    for entry in entries(toml, "questions.toml", "question", required, {"mine": bool}):
        try:
            for slot in _SLOT.findall(entry["text"]):
                one_of("slot", slot, SLOTS)
            check_line("text", _SLOT.sub("x", entry["text"]))
        except ValueError as error:
            raise ValueError(f"questions.toml, question {entry['text']}: {error}") from None
        found.append(PrepQuestion(entry["group"], entry["text"], entry.get("mine", False)))
    return tuple(found)


@cache
def _questions() -> tuple[PrepQuestion, ...]:
    return read_questions(shipped("questions.toml"))


def _filled(text: str) -> str:
    line = " ".join(text.split()).rstrip(" .?!")
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
