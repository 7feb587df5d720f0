"""Phrases: the small language that they are written in, and the files of all languages."""

import pytest

from store.rules.mail.phrases import (
    GROUPS,
    LANGUAGES,
    Folded,
    language,
    read_phrase,
    told_languages,
)
from tests.tables import each_row


def finds(phrase: str, text: str) -> bool:
    return any(True for _ in Folded([text]).find([read_phrase(phrase)]))


@each_row(
    ("phrase", "text", "found"),
    [
        ("not moving forward", "We are NOT  moving forward.", True),
        ("not moving forward", "knot moving forward", False),
        ("not moving forward", "not moving forwards", False),
        ("(hire|appoint) (another|other)", "we appoint other people", True),
        ("(hire|appoint) (another|other)", "we appoint people", False),
        ("has (been )?filled", "it has filled", True),
        ("has (been )?filled", "it has been filled", True),
        ("a (very )*good", "a very very good", True),
        ("a (very )*good", "a very very very very good", False),
        ("role * filled", "the role has now been filled", True),
        ("role * filled", "the role filled", True),
        ("role * filled", "the role one two three four five six seven filled", False),
        ("don't", "we don’t", True),
        ("für", "FUR", True),
        ("(am|i'm) (away|on (leave|holiday))", "I’m on leave", True),
    ],
)
def test_what_a_phrase_finds(phrase: str, text: str, found: bool) -> None:
    assert finds(phrase, text) is found


def test_a_gap_ends_with_the_sentence() -> None:
    folded = Folded(["The role is open.", "The order was filled."])
    assert not list(folded.find([read_phrase("role * filled")]))
    (found,) = folded.find([read_phrase("order")])
    assert (found.sentence, found.start) == (1, 4)


@each_row("wrong", ["a [b]", "(a|b", "a)", "a *b", "a{2}", r"\w+"])
def test_a_sign_that_means_nothing_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"bracket|sign|stand"):
        read_phrase(wrong)


@each_row("name", LANGUAGES)
def test_every_file_is_whole_and_every_phrase_can_be_found(name: str) -> None:
    spoken = language(name)
    assert set(spoken.phrases) == set(GROUPS)
    for group, phrases in spoken.phrases.items():
        assert phrases, (name, group)
        for phrase in phrases:
            assert phrase.pattern.flags, phrase.source
            assert min(phrase.pieces, key=len), (name, group, phrase.source)
    assert sorted(set(spoken.months.values())) == list(range(1, 13))
    assert sorted(set(spoken.weekdays.values())) == list(range(1, 8))
    assert set(spoken.units.values()) <= {"d", "bd", "w", "m", "h"}


@each_row(
    ("text", "name"),
    [
        ("Thank you for your application, we will be in touch with you.", "en"),
        ("Vielen Dank für Ihre Bewerbung, wir melden uns bei Ihnen.", "de"),
        ("Nous vous remercions de votre candidature pour le poste.", "fr"),
        ("Gracias por tu candidatura, nos pondremos en contacto con el equipo.", "es"),
        ("12345", "en"),
    ],
)
def test_the_language_is_told(text: str, name: str) -> None:
    assert told_languages(Folded([text]))[0].name == name
