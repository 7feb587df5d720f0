"""Who was thanked: of each interview, of each person, by one message or by several."""

from store.rules.followups.thanks import Thanks, ThankYou
from tests.tables import each_row

TO_ALL, TO_7, TO_8 = "", "7", "8"


def thanks(*people_and_states: tuple[str, str]) -> Thanks:
    """The thank-yous of interview 1, and an open one after no interview."""
    found = [ThankYou(1, person, state) for person, state in people_and_states]
    return Thanks([*found, ThankYou(None, TO_ALL, "open")])


@each_row(
    ("known", "settled", "reached", "complete"),
    [
        ((), (False, False), (False, False), False),
        ([(TO_ALL, "done")], (True, True), (True, True), True),
        ([(TO_ALL, "skipped")], (True, True), (False, False), False),
        ([(TO_ALL, "open")], (False, False), (False, False), False),
        ([(TO_7, "done")], (False, True), (True, False), True),
        ([(TO_7, "done"), (TO_8, "open")], (False, True), (True, False), False),
        ([(TO_7, "done"), (TO_8, "lapsed")], (False, True), (True, False), False),
        ([(TO_7, "done"), (TO_8, "skipped")], (False, True), (True, False), True),
    ],
)
def test_who_was_thanked(
    known: list[tuple[str, str]],
    settled: tuple[bool, bool],
    reached: tuple[bool, bool],
    complete: bool,
) -> None:
    all_of_them = thanks(*known)
    found = tuple(all_of_them.is_settled(1, named=named) for named in (True, False))
    assert found == settled, "with its interviewers named, and without"
    assert (all_of_them.was_thanked(1, 7), all_of_them.was_thanked(1, 8)) == reached
    assert all_of_them.complete() == ({1} if complete else set())


def test_another_interview_is_another_matter() -> None:
    done = thanks((TO_ALL, "done"))
    assert not done.is_settled(2, named=False)
    assert not done.was_thanked(2, 7)


def test_thanks_are_owed_to_those_who_can_still_get_them() -> None:
    waiting = thanks((TO_7, "done"), (TO_8, "open"), ("9", "lapsed"))
    assert waiting.waiting_persons({1}) == {TO_8}
    assert waiting.waiting_persons({2}) == frozenset()
