"""The labelled messages: at least 95 of 100 are put right, and none that is wrong is called sure.

`python tests/store/rules/mail/labelled.py` prints the table.
"""

from collections import Counter
from functools import cache

from tests.store.rules.mail.labelled import Labelled, read_labelled, table

FILES = ("en", "de", "fr", "es", "mixed", "fresh", "later")
AT_LEAST = 120
RIGHT = 0.95
KINDS = {"acknowledgement", "reply", "date", "invitation", "rejection", "offer", "nothing"}


@cache
def letters() -> tuple[Labelled, ...]:
    return tuple(read_labelled(*FILES))


def test_there_are_enough_of_each_language_and_kind() -> None:
    assert len(letters()) >= AT_LEAST
    for file in ("en", "de", "fr", "es"):
        kinds = Counter(one.label["kind"] for one in letters() if one.file == file)
        assert set(kinds) == KINDS, file
        assert min(kinds.values()) >= 2, (file, kinds)


def test_nearly_all_are_put_right() -> None:
    right = sum(one.is_right for one in letters())
    assert right >= RIGHT * len(letters()), f"\n{table(letters())}"


def test_none_that_is_wrong_is_called_sure() -> None:
    wrong = [one.name for one in letters() if one.is_sure and not one.is_right]
    assert not wrong, f"\n{table(letters())}"


def test_what_is_sure_is_worth_the_word() -> None:
    """Half of what belongs to an application can be taken without a look."""
    belonging = [one for one in letters() if one.found is not None]
    assert sum(one.is_sure for one in belonging) >= len(belonging) / 2


def test_a_new_employer_is_called_as_the_message_calls_it() -> None:
    named = {one.name: one.found.newcomer for one in letters() if one.found and one.found.newcomer}
    assert named["icims acknowledgement of an employer who is not on the board"] == (
        "Vandelay Industries",
        "Import Analyst",
    )
    assert named["invitation by an employer who is not on the board"] == (
        "Paper Crane",
        "Frontend Developer",
    )
    assert named["Absage von jemand Neuem"] == ("Hafenlogistik Nord", "Disponent")
    assert named["accusé d'un inconnu"] == ("Ateliers Verne", "Chef de projet digital")
    assert named["acuse de una empresa nueva"] == ("Molinos del Sur", "Técnico de calidad")


def test_the_sentence_that_says_so_is_told() -> None:
    told = {one.name: one.found.sentence for one in letters() if one.found}
    assert told["they name the day of their decision"].endswith("will get back to you by 3 Dec.")
    assert (
        "we've offered the position to somebody"
        in told["rejection by a person after the interview"]
    )
    assert told["Absage: keine Zusage"].startswith("Wir können Ihnen heute keine Zusage geben")


def test_the_text_that_is_logged_has_no_quotation_and_no_signature() -> None:
    texts = {one.name: one.found.text for one in letters() if one.found}
    assert "Unfortunately" not in texts["a reply that quotes a rejection from before"]
    assert "absagen" not in texts["Antwort mit zitierter Absage"]
    assert "hiring" not in texts["one signature of many lines with a slogan"]
    assert texts["they name a weekday"].startswith("Sam, the board meets")
