"""What messages are that were written by somebody who did not know the phrases, and how the cues of
a sentence are found. The weights come from these messages: they show that nothing is lost, and not
how often unknown ones are put right."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from store.rules.mail import cues
from store.rules.mail.cues import SAYINGS, cues_of, read_weights, shares_of, words_of
from store.rules.mail.kinds import MailReading, read_letter
from store.rules.mail.letter import LetterText
from store.rules.mail.message import MailKind
from store.rules.mail.phrases import LANGUAGES, language
from store.rules.mail.senders import read_sender
from store.rules.mail.weighing import WEIGHED, read_kind_weights
from store.rules.text import searchable
from tests.store.rules.mail.learn import WIDE, letter_of
from tests.tables import each_row

FOLDER = Path(__file__).with_name("kinds")
AT_LEAST = 70
RIGHT = 0.95


class _Read(NamedTuple):
    label: dict[str, Any]
    reading: MailReading

    @property
    def is_right(self) -> bool:
        return self.reading.kind.value == self.label["kind"]


@cache
def readings(name: str) -> tuple[_Read, ...]:
    whole = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    found = []
    for label in whole["letter"]:
        letter = letter_of(label)
        sender = read_sender(letter.name, letter.address)
        found.append(_Read(label, read_letter(letter, LetterText(letter), sender)))
    return tuple(found)


@pytest.mark.parametrize("name", LANGUAGES)
def test_nearly_all_are_put_right(name: str) -> None:
    found = readings(name)
    assert len(found) >= AT_LEAST
    assert {one.label["kind"] for one in found} == {kind.value for kind in WEIGHED}
    wrong = [f"{one.label['subject']}: {one.reading.kind}" for one in found if not one.is_right]
    assert len(wrong) <= (1 - RIGHT) * len(found), wrong


@each_row("name", LANGUAGES)
def test_none_that_is_wrong_is_called_sure(name: str) -> None:
    wrong = [
        one.label["subject"] for one in readings(name) if one.reading.sure and not one.is_right
    ]
    assert wrong == []


@each_row(
    ("name", "text", "saying"),
    [
        ("en", "The job has gone to somebody else.", "rejection"),
        ("en", "Could you come in on Tuesday at three for a chat?", "invitation"),
        ("en", "If your profile fits, we will invite you to an interview.", "plain"),
        ("de", "Leider haben wir die Stelle anderweitig besetzt.", "rejection"),
        ("de", "Leider können wir keine Fahrtkosten erstatten.", "plain"),
        ("fr", "Votre candidature nous est bien parvenue.", "acknowledgement"),
        ("es", "El puesto es tuyo si lo quieres.", "offer"),
    ],
)
def test_what_a_sentence_says(name: str, text: str, saying: str) -> None:
    folded = " ".join(searchable(text).split())
    _, shares = shares_of(["", folded], language(name))
    assert SAYINGS[shares.index(max(shares))] == saying


def test_cues_are_words_cut_short_and_two_that_stand_near() -> None:
    words = words_of("you have not been successful on 3 may at 10:30?", language("en"))
    assert words == [
        "you", "have", "not", "been", "successful", "on", "#number", "#month", "at", "#time",
        "#asks",
    ]  # fmt: skip
    found = cues_of(words, frozenset(("not",)))
    assert {"succes", "-cessful", "not succes", "^ you", "you not"} <= found
    assert "not #asks" in found, "a word that turns all that follows reaches far"
    assert "you #month" not in found


def test_what_is_quoted_says_nothing() -> None:
    words = words_of("“we regret to inform you”: never again", language("en"))
    assert words == ["#quoted", "never", "again"]


@each_row("name", LANGUAGES)
def test_every_file_of_weights_is_whole(name: str) -> None:
    weights = read_weights(name)
    assert weights.wide == frozenset(WIDE[name].split())
    assert cues.ALWAYS in weights.cues
    assert len(weights.cues) > 1_000
    assert {len(row) for row in weights.cues.values()} == {len(SAYINGS)}


def test_the_weights_of_signs_are_whole() -> None:
    weights = read_kind_weights()
    assert {len(row) for row in weights.values()} == {len(WEIGHED)}
    assert MailKind.NOTHING in WEIGHED
