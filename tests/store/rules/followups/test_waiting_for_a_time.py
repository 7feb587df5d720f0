"""A time for an interview that is waited for: R22 without one, R23 after one was called off."""

from dataclasses import replace
from datetime import date

import pytest

from store.rules.followups.actions import NUDGES
from store.rules.followups.facts import Facts, Word
from store.rules.followups.plan import plan
from store.rules.followups.presets import rules_for
from store.rules.stages import Outcome, Stage
from tests.makers import invited
from tests.store.rules.followups.one_autumn import (
    MET,
    RULES,
    TALK,
    asking,
    at,
    by_rule,
    inquiries,
    nudge,
    reply,
)
from tests.tables import each_row

ANSWERED = invited(date(2025, 11, 20), id=3, answered=True, answered_on=date(2025, 11, 21))
"""Invited on Thursday 20 November, answered on Friday, and no time."""
NO_TIME = replace(MET, interviews=(ANSWERED,))
REACHED = replace(MET, stage=Stage.SECOND, stage_since=date(2025, 12, 1))
"""In second since Monday 1 December."""
UNANSWERED = replace(ANSWERED, id=4, answered=False, answered_on=None)


@each_row(
    ("facts", "expected"),
    [
        pytest.param(NO_TIME, [("R22", 1, date(2025, 11, 25))], id="two business days"),
        pytest.param(
            replace(NO_TIME, interviews=(replace(ANSWERED, answered_on=None),)),
            [("R22", 1, date(2025, 11, 24))],
            id="the day of the answer not known: that of the invitation",
        ),
        pytest.param(
            replace(NO_TIME, words=nudge(date(2025, 11, 25))),
            [("R22", 2, date(2025, 12, 2))],
            id="again a week later",
        ),
        pytest.param(
            replace(NO_TIME, words=nudge(date(2025, 11, 25), date(2025, 12, 2))),
            [],
            id="not thrice",
        ),
        pytest.param(
            replace(NO_TIME, words=nudge(date(2025, 11, 21))),
            [("R22", 1, date(2025, 11, 25))],
            id="what was asked before the answer does not count",
        ),
        pytest.param(
            replace(NO_TIME, words=(reply(date(2025, 11, 24)),)),
            [("R22", 1, date(2025, 11, 26))],
            id="they wrote, still without a time: counted anew",
        ),
        pytest.param(
            replace(NO_TIME, words=(*nudge(date(2025, 11, 25)), reply(date(2025, 11, 26)))),
            [("R22", 1, date(2025, 11, 28))],
            id="asked, and put off",
        ),
        pytest.param(
            replace(NO_TIME, words=(reply(date(2025, 11, 21)),)),
            [("R22", 1, date(2025, 11, 25))],
            id="they wrote on that very day",
        ),
        pytest.param(
            replace(NO_TIME, interviews=(
                ANSWERED,
                replace(ANSWERED, id=5, invited_on=date(2025, 11, 24),
                        answered_on=date(2025, 11, 24)),
            )),
            [("R22", 1, date(2025, 11, 26))],
            id="invited twice: the later one",
        ),
        pytest.param(
            replace(NO_TIME, interviews=(
                ANSWERED, replace(UNANSWERED, invited_on=date(2025, 11, 24)),
            )),
            [],
            id="invited again since, not answered: the user's turn",
        ),
        pytest.param(
            replace(NO_TIME, interviews=(ANSWERED, TALK)),
            [("R8", 1, date(2025, 12, 4))],
            id="a time was agreed in another line: after that interview",
        ),
        pytest.param(
            replace(NO_TIME, interviews=(replace(ANSWERED, answered_on=date(2025, 11, 28)), TALK)),
            [("R22", 1, date(2025, 12, 2))],
            id="invited again after an interview",
        ),
        pytest.param(
            replace(NO_TIME, interviews=(replace(ANSWERED, answered_on=date(2025, 11, 27)), TALK)),
            [("R22", 1, date(2025, 12, 1))],
            id="invited again in the interview itself, and answered there",
        ),
        pytest.param(
            replace(NO_TIME, interviews=(replace(ANSWERED, stage=Stage.SECOND),)),
            [("R22", 1, date(2025, 11, 25))],
            id="an invitation to the next stage, the card not moved yet",
        ),
        pytest.param(
            replace(NO_TIME, stage=Stage.APPLIED, stage_since=date(2025, 11, 1)),
            [("R22", 1, date(2025, 11, 25))],
            id="the card was not moved at all: no word of the application",
        ),
        pytest.param(
            replace(NO_TIME, interviews=(replace(ANSWERED, called_off_by="you",
                                            called_off_on=date(2025, 11, 24)),)),
            [("R23", 1, date(2025, 12, 10))],
            id="the invitation was called off",
        ),
        pytest.param(
            replace(NO_TIME, expected_by=date(2025, 11, 28), expected_set_on=date(2025, 11, 21)),
            [("R9", 1, date(2025, 12, 1))],
            id="they named a day on that day",
        ),
        pytest.param(
            replace(
                NO_TIME,
                stage_since=date(2025, 11, 10),
                expected_by=date(2025, 12, 5),
                expected_set_on=date(2025, 11, 12),
            ),
            [("R22", 1, date(2025, 11, 25))],
            id="a day named before they invited is answered by it",
        ),
        pytest.param(replace(NO_TIME, no_contact=True), [], id="no contact"),
        pytest.param(REACHED, [("R22", 1, date(2025, 12, 3))], id="moved on, no interview agreed"),
        pytest.param(
            replace(REACHED, interviews=()),
            [("R22", 1, date(2025, 12, 3))],
            id="none before either",
        ),
        pytest.param(
            replace(REACHED, stage_since=date(2025, 12, 5)),
            [("R22", 1, date(2025, 12, 9))],
            id="moved on on a Friday",
        ),
        pytest.param(
            replace(REACHED, words=nudge(date(2025, 12, 3))),
            [("R22", 2, date(2025, 12, 10))],
            id="moved on, asked once",
        ),
        pytest.param(
            replace(REACHED, words=(reply(date(2025, 12, 4)),)),
            [("R22", 1, date(2025, 12, 8))],
            id="moved on, and they wrote",
        ),
        pytest.param(
            replace(REACHED, interviews=(TALK, ANSWERED)),
            [("R22", 1, date(2025, 12, 3))],
            id="moved on, with an old invitation that never got a time",
        ),
        pytest.param(
            replace(REACHED, interviews=(TALK, UNANSWERED)),
            [("R22", 1, date(2025, 12, 3))],
            id="moved on, with an old invitation that was never answered",
        ),
        pytest.param(
            replace(REACHED, interviews=(TALK, replace(UNANSWERED, stage=Stage.SECOND,
                                                  invited_on=date(2025, 12, 1)))),
            [],
            id="invited: the user's turn",
        ),
        pytest.param(
            replace(REACHED, interviews=(replace(TALK, starts_at=at(2025, 12, 4, 14),
                                            ends_at=at(2025, 12, 4, 15)),)),
            [("R22", 1, date(2025, 12, 5))],
            id="the first interview is still ahead: the business day after it",
        ),
    ],
)  # fmt: skip
def test_asking_for_a_time(facts: Facts, expected: list[tuple[str, int, date]]) -> None:
    assert inquiries(facts) == expected


def test_the_words_of_asking_for_a_time() -> None:
    (row,) = asking(NO_TIME)
    assert (row.action, row.interview_id) == ("ask_time", 3)
    assert row.action in NUDGES
    assert row.label == "ask when the interview will take place"
    assert row.reason == "you replied to the invitation Fri 21 Nov, no time yet"
    (row,) = asking(REACHED)
    assert (row.anchor, row.interview_id) == ("stage:second:2025-12-01", None)
    assert row.reason == "in second since Mon 1 Dec, no interview agreed"
    (row,) = asking(replace(NO_TIME, words=(reply(date(2025, 11, 24)),)))
    assert row.reason == "they wrote Mon 24 Nov, no date given"
    (row,) = asking(replace(NO_TIME, words=nudge(date(2025, 11, 25))))
    assert row.label == "follow up one last time"
    assert row.reason == "followed up Tue 25 Nov, no reply since"


def test_silence_about_a_time_ends_in_quiet() -> None:
    assert plan(NO_TIME, RULES).quiet_on == date(2025, 12, 19)
    assert plan(REACHED, RULES).quiet_on == date(2025, 12, 29)
    asked = replace(REACHED, words=nudge(date(2025, 12, 20)))
    assert plan(asked, RULES).quiet_on == date(2026, 1, 12), "two weeks after the second"


@each_row(
    ("facts", "shown"),
    [
        pytest.param(replace(MET, interviews=(UNANSWERED,)), True, id="not answered"),
        pytest.param(replace(REACHED, interviews=(UNANSWERED,)), False, id="moved on without it"),
        pytest.param(
            replace(REACHED, interviews=(replace(UNANSWERED, invited_on=date(2025, 12, 1)),)),
            True,
            id="invited since the card moved",
        ),
        pytest.param(
            replace(
                REACHED, stage=Stage.OFFER, interviews=(replace(UNANSWERED, stage=Stage.SECOND),)
            ),
            False,
            id="an offer since",
        ),
        pytest.param(
            replace(MET, stage=Stage.APPLIED, interviews=(UNANSWERED,)),
            True,
            id="the card not moved",
        ),
        pytest.param(
            replace(MET, interviews=(replace(UNANSWERED, called_off_by="them"),)),
            False,
            id="called off",
        ),
    ],
)
def test_an_invitation_is_answered_while_it_counts(facts: Facts, shown: bool) -> None:
    assert bool(by_rule(facts, "R3")) is shown


OFF = replace(TALK, called_off_by="them", called_off_on=date(2025, 11, 26))
"""Called off by them on Wednesday, a day before it."""
CALLED_OFF = replace(MET, interviews=(OFF,))
MISSED = replace(TALK, kept=False, called_off_by="them", called_off_on=date(2025, 11, 27))
NO_SHOW = replace(MET, interviews=(MISSED,))
BY_ME = replace(MET, interviews=(replace(OFF, called_off_by="you"),))


def wrote(day: date, kind: str = "other") -> Word:
    return Word(day, inbound=False, kind=kind)


@each_row(
    ("facts", "write_on", "ask_on"),
    [
        pytest.param(
            CALLED_OFF, date(2025, 11, 26), date(2025, 12, 12), id="called off: write the same day"
        ),
        pytest.param(NO_SHOW, date(2025, 11, 27), date(2025, 12, 15), id="nobody came"),
        pytest.param(
            replace(CALLED_OFF, words=(wrote(date(2025, 11, 26)),)),
            None,
            date(2025, 11, 28),
            id="written to: asked two business days later",
        ),
        pytest.param(
            replace(CALLED_OFF, words=(wrote(date(2025, 11, 28)),)),
            None,
            date(2025, 12, 2),
            id="written to two days later",
        ),
        pytest.param(
            replace(CALLED_OFF, words=(wrote(date(2025, 11, 25)),)),
            date(2025, 11, 26),
            date(2025, 12, 12),
            id="what was written before does not count",
        ),
        pytest.param(
            replace(CALLED_OFF, words=(wrote(date(2025, 11, 27), "thank_you"),)),
            date(2025, 11, 26),
            date(2025, 12, 12),
            id="thanks for another interview are no word about it",
        ),
        pytest.param(
            replace(CALLED_OFF, words=(reply(date(2025, 11, 28)),)),
            None,
            date(2025, 12, 2),
            id="they wrote since: they look for a time",
        ),
        pytest.param(
            replace(CALLED_OFF, words=(reply(date(2025, 11, 26)),)),
            date(2025, 11, 26),
            date(2025, 12, 12),
            id="the word that called it off is no answer",
        ),
        pytest.param(
            replace(CALLED_OFF, words=(wrote(date(2025, 11, 26)), reply(date(2025, 11, 27)))),
            None,
            date(2025, 12, 1),
            id="written to, and they answered without a time",
        ),
        pytest.param(BY_ME, date(2025, 11, 26), date(2025, 12, 12), id="called off by me"),
        pytest.param(
            replace(BY_ME, words=(wrote(date(2025, 11, 27)),)),
            None,
            date(2025, 12, 1),
            id="called off by me, and written to",
        ),
        pytest.param(
            replace(MET, interviews=(replace(TALK, kept=False),)),
            None,
            date(2025, 12, 1),
            id="nobody knows through whom",
        ),
        pytest.param(
            replace(NO_SHOW, no_contact=True), date(2025, 11, 27), None, id="no contact wanted"
        ),
        pytest.param(
            replace(MET, interviews=(OFF, replace(TALK, id=8, starts_at=at(2025, 12, 2, 9),
                                             ends_at=at(2025, 12, 2, 10)))),
            None,
            date(2025, 12, 9),
            id="agreed anew: after that interview",
        ),
        pytest.param(
            replace(MET, interviews=(replace(OFF, called_off_on=date(2025, 11, 25)),
                                replace(TALK, id=8, logged_on=date(2025, 11, 10)))),
            None,
            date(2025, 12, 4),
            id="another one was agreed long before, and is still ahead",
        ),
        pytest.param(
            replace(MET, interviews=(OFF, replace(TALK, id=8, logged_on=date(2025, 11, 28),
                                             starts_at=at(2025, 11, 21, 9),
                                             ends_at=at(2025, 11, 21, 10)))),
            date(2025, 11, 26),
            date(2025, 12, 12),
            id="one that was held before, noted later",
        ),
        pytest.param(
            replace(MET, interviews=(OFF, replace(UNANSWERED, invited_on=date(2025, 11, 26)))),
            None,
            None,
            id="invited anew that day: the user's turn",
        ),
        pytest.param(
            replace(REACHED, interviews=(OFF,)), None, date(2025, 12, 3), id="moved on since"
        ),
        pytest.param(
            replace(CALLED_OFF, stage=Stage.OFFER, stage_since=date(2025, 12, 1)),
            None,
            None,
            id="an offer since",
        ),
    ],
)  # fmt: skip
def test_after_a_calling_off(facts: Facts, write_on: date | None, ask_on: date | None) -> None:
    letters = [one for one in plan(facts, RULES).follow_ups if one.action == "propose_time"]
    assert [one.due_on for one in letters] == ([write_on] if write_on else [])
    assert [one.due_on for one in asking(facts)] == ([ask_on] if ask_on else [])


def test_they_named_a_day_when_they_called_it_off() -> None:
    named = replace(CALLED_OFF, expected_by=date(2025, 12, 3), expected_set_on=date(2025, 11, 26))
    assert by_rule(named, "R23") == []
    assert inquiries(named) == [("R9", 1, date(2025, 12, 4))]
    before = replace(named, expected_set_on=date(2025, 11, 25))
    assert [one.action for one in by_rule(before, "R23")] == ["propose_time", "ask_time"]


def test_the_letter_after_a_calling_off() -> None:
    (letter, _) = by_rule(CALLED_OFF, "R23")
    assert (letter.nth, letter.of, letter.interview_id) == (1, 1, 7)
    assert letter.label == "ask for a new interview time"
    assert letter.reason == "they cancelled the interview Wed 26 Nov"
    assert letter.lapses_at == at(2025, 12, 10, 0)
    assert letter.action not in NUDGES, "they are owed an answer"
    (letter, _) = by_rule(replace(NO_SHOW, via_recruiter="Rita"), "R23")
    assert letter.label == "ask Rita for a new interview time"
    assert letter.reason == "they missed the interview Thu 27 Nov"


@each_row(
    ("facts", "reason"),
    [
        (BY_ME, "you cancelled the interview Wed 26 Nov"),
        (
            replace(MET, interviews=(replace(MISSED, called_off_by="you"),)),
            "you missed the interview Thu 27 Nov",
        ),
        (
            replace(MET, interviews=(replace(TALK, kept=False),)),
            "the interview Thu 27 Nov did not take place",
        ),
        (
            replace(CALLED_OFF, words=(wrote(date(2025, 11, 27)),)),
            "you wrote Thu 27 Nov, no new time yet",
        ),
        (
            replace(CALLED_OFF, words=(reply(date(2025, 11, 28)),)),
            "they wrote Fri 28 Nov, no date given",
        ),
        (
            replace(BY_ME, interviews=(replace(OFF, called_off_by="you", called_off_on=None),)),
            "you cancelled the interview Thu 27 Nov",
        ),
        (
            replace(
                BY_ME,
                interviews=(replace(ANSWERED, called_off_by="you"),),
            ),
            "you cancelled the interview Thu 20 Nov",
        ),
    ],
)
def test_why_a_new_time_is_asked_for(facts: Facts, reason: str) -> None:
    (row,) = asking(facts)
    assert (row.rule, row.action, row.label) == (
        "R23",
        "ask_time",
        "ask when the interview will take place",
    )
    assert row.reason == reason


def test_a_new_time_is_asked_for_twice_a_week_apart() -> None:
    written = replace(CALLED_OFF, words=(wrote(date(2025, 11, 26)),))
    once = replace(written, words=(*written.words, *nudge(date(2025, 11, 28))))
    assert inquiries(once) == [("R23", 2, date(2025, 12, 5))]
    assert inquiries(replace(once, words=(*once.words, *nudge(date(2025, 12, 5))))) == []
    rules = rules_for(overrides={"called_off": {"inquiry_business_days": 4, "spacing_days": 3}})
    assert inquiries(written, rules) == [("R23", 1, date(2025, 12, 2))]
    assert inquiries(once, rules) == [("R23", 2, date(2025, 12, 1))]
    assert plan(once, RULES).quiet_on == date(2025, 12, 24)


def test_the_last_of_several_that_were_called_off_counts() -> None:
    earlier = replace(OFF, id=2, called_off_on=date(2025, 11, 22))
    assert [
        one.interview_id for one in by_rule(replace(MET, interviews=(OFF, earlier)), "R23")
    ] == [
        7,
        7,
    ]
    other = replace(OFF, id=9)
    assert [one.interview_id for one in by_rule(replace(MET, interviews=(other, OFF)), "R23")] == [
        9,
        9,
    ]


def test_nothing_is_asked_about_a_closed_application() -> None:
    closed = replace(CALLED_OFF, outcome=Outcome.WITHDRAWN, closed_on=date(2025, 11, 28))
    assert plan(closed, RULES).follow_ups == ()


def test_a_new_time_is_asked_for_once_by_those_who_want_that() -> None:
    once = replace(BY_ME, words=nudge(date(2025, 11, 28)))
    rules = rules_for(overrides={"called_off": {"at_most": 1}})
    assert inquiries(once, rules) == []


def test_an_interview_after_midnight_belongs_to_the_users_day() -> None:
    night = replace(
        TALK, kept=False, starts_at=at(2025, 11, 28, 0, 30), ends_at=at(2025, 11, 28, 1)
    )
    (row,) = asking(replace(MET, interviews=(night,)))
    assert (row.due_on, row.reason) == (
        date(2025, 12, 2),
        "the interview Fri 28 Nov did not take place",
    )
    other = replace(TALK, id=8, starts_at=at(2025, 11, 26, 0, 30), ends_at=at(2025, 11, 26, 1))
    assert by_rule(replace(MET, interviews=(OFF, other)), "R23") == []


def test_an_invitation_that_was_overtaken_hides_no_other() -> None:
    both = replace(REACHED, interviews=(UNANSWERED, replace(UNANSWERED, id=5, stage=Stage.SECOND)))
    assert [row.interview_id for row in by_rule(both, "R3")] == [5]


def test_an_invitation_from_before_the_card_was_moved_is_answered() -> None:
    moved_late = replace(MET, stage_since=date(2025, 11, 24), interviews=(UNANSWERED,))
    assert len(by_rule(moved_late, "R3")) == 1
