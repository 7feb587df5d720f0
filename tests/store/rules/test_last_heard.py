"""When an employer was heard from, and for how long not."""

from datetime import date

from store.rules.last_heard import Heard, Silence, days_to_answer, silences
from tests.tables import each_row


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def heard(*days: str) -> list[Heard]:
    """Each "MM-DD", or "MM-DD/MM-DD" for an interview agreed on the first and held on the last."""
    spans = (text.split("/") for text in days)
    return [Heard(day(span[0]), day(span[-1])) for span in spans]


@each_row(
    ("applied", "words", "logged", "days"),
    [
        ("03-02", ["03-14", "04-20"], "03-02", 12),
        ("03-02", ["04-20", "03-14/03-30"], "03-02", 12),
        ("03-02", ["03-02"], "03-05", 0),
        ("03-02", ["03-02"], "03-02", None),
        ("03-02", [], "03-02", None),
        (None, ["03-14"], "03-02", None),
        ("03-02", ["03-01"], "03-02", None),
        ("03-02", ["03-20"], "03-20", None),
        ("03-02", ["03-21"], "03-20", 19),
    ],
)
def test_days_to_the_first_answer(
    applied: str | None, words: list[str], logged: str, days: int | None
) -> None:
    since = day(applied) if applied else None
    assert days_to_answer(since, heard(*words), day(logged)) == days


@each_row(
    ("since", "words", "until", "lasting", "found"),
    [
        ("03-02", [], "03-15", True, []),
        ("03-02", [], "03-16", True, [("03-02", None, 14)]),
        ("03-02", [], "04-16", False, [("03-02", "04-16", 45)]),
        ("03-02", ["03-15", "03-30"], "04-01", True, [("03-15", "03-30", 15)]),
        ("03-02", ["03-04/04-01"], "04-02", True, []),
        ("03-02", ["03-04/04-20"], "03-25", True, []),
        ("03-02", ["03-04/04-01", "03-10"], "04-16", True, [("04-01", None, 15)]),
        (
            "03-02", ["03-20", "05-01"], "04-10", False,
            [("03-02", "03-20", 18), ("03-20", "04-10", 21)],
        ),
        (None, ["03-20"], "04-10", True, [("03-20", None, 21)]),
        (None, [], "04-10", True, []),
    ],
)  # fmt: skip
def test_days_without_a_word(
    since: str | None,
    words: list[str],
    until: str,
    lasting: bool,
    found: list[tuple[str, str | None, int]],
) -> None:
    begun = day(since) if since else None
    assert silences(begun, heard(*words), day(until), lasting=lasting) == tuple(
        Silence(day(first), day(last) if last else None, days) for first, last, days in found
    )
