"""What is to be done before and after an interview: R3, R5, R6, R7, and the references of R11."""

from dataclasses import replace
from datetime import date

from store.rules.followups.facts import Facts, Person
from store.rules.followups.plan import plan
from store.rules.followups.presets import rules_for
from store.rules.stages import Outcome, Stage
from tests.makers import invited
from tests.store.rules.followups.one_autumn import MET, RULES, TALK, at, by_rule
from tests.tables import each_row

ANA = Person(11, "Ana", "ana@example.org")
BO = Person(12, "Bo")


def with_talk(**changes: object) -> Facts:
    return replace(MET, interviews=(replace(TALK, **changes),))  # type: ignore[arg-type]


def test_the_thank_you_names_the_people() -> None:
    (thanks,) = by_rule(replace(MET, interviews=(replace(TALK, people="Ana"),)), "R7")
    assert thanks.label == "thank Ana for the interview"


def test_no_thanks_for_a_talk_that_the_closing_prevented() -> None:
    closed = replace(MET, outcome=Outcome.WITHDRAWN, closed_on=date(2025, 11, 26))
    assert plan(closed, RULES).follow_ups == ()


def test_no_reminder_is_due_before_the_interview_was_known() -> None:
    short = replace(MET, interviews=(replace(TALK, logged_on=date(2025, 11, 26)),))
    rows = by_rule(short, "R5")
    assert [row.due_on for row in rows] == [
        date(2025, 11, 26),
        date(2025, 11, 26),
        date(2025, 11, 27),
    ]


def test_the_reminders_come_with_the_time_that_was_agreed_last() -> None:
    moved = replace(MET, interviews=(replace(TALK, timed_on=date(2025, 11, 25)),))
    assert [row.due_on for row in by_rule(moved, "R5")] == [
        date(2025, 11, 25),
        date(2025, 11, 26),
        date(2025, 11, 27),
    ]
    long_ago = replace(
        MET, interviews=(replace(TALK, logged_on=date(2025, 11, 1), timed_on=date(2025, 11, 25)),)
    )
    assert "reconfirm" not in by_rule(long_ago, "R5")[1].label
    afterwards = replace(MET, interviews=(replace(TALK, logged_on=date(2025, 11, 29)),))
    assert {row.due_on for row in by_rule(afterwards, "R5")} == {date(2025, 11, 27)}


def test_preparing_begins_on_a_weekend_too() -> None:
    monday = with_talk(starts_at=at(2025, 12, 1, 10), ends_at=at(2025, 12, 1, 11))
    prepare, check, _ = by_rule(monday, "R5")
    assert (prepare.due_on, check.due_on) == (date(2025, 11, 28), date(2025, 11, 30))
    tuesday = with_talk(starts_at=at(2025, 12, 2, 10), ends_at=at(2025, 12, 2, 11))
    assert by_rule(tuesday, "R5")[0].due_on == date(2025, 11, 29)


@each_row("rule", ["R5", "R6", "R7", "R8"])
@each_row("who", ["them", "you"])
def test_nothing_for_an_interview_that_was_called_off(rule: str, who: str) -> None:
    assert by_rule(with_talk(called_off_by=who), rule) == []


def test_reconfirm_what_was_booked_long_ago() -> None:
    early = replace(MET, interviews=(replace(TALK, logged_on=date(2025, 11, 19)),))
    assert "reconfirm" in by_rule(early, "R5")[1].label
    assert "reconfirm" not in by_rule(MET, "R5")[1].label


def test_hours_are_hours_on_the_clock_when_the_clocks_change() -> None:
    talk = replace(
        TALK, starts_at=at(2026, 3, 28, 11), ends_at=at(2026, 3, 28, 12), logged_on=date(2026, 3, 1)
    )
    (thanks,) = by_rule(replace(MET, interviews=(talk,)), "R7")
    assert thanks.due_at == at(2026, 3, 29, 13), "the night of the change is an hour short"


def test_who_has_said_when_there_is_time_has_answered() -> None:
    answered = invited(date(2025, 11, 20), offered_slots_on=date(2025, 11, 20))
    assert by_rule(replace(MET, interviews=(answered,)), "R3") == []


def test_each_interviewer_gets_a_thank_you() -> None:
    rows = by_rule(with_talk(interviewers=(ANA, BO), people="Ana and Bo"), "R7")
    assert [(row.person, row.label) for row in rows] == [
        ("11", "thank Ana for the interview"),
        ("12", "thank Bo for the interview"),
    ]
    assert {row.due_at for row in rows} == {at(2025, 11, 28, 15)}
    assert {(row.nth, row.of) for row in rows} == {(1, 1)}
    assert len({row.key for row in rows}) == 2
    assert [row.reason for row in rows] == [
        "interview Thu 27 Nov 14:00",
        "interview Thu 27 Nov 14:00, no email address: send it to whoever invited you",
    ]


def test_every_round_is_thanked_for_again() -> None:
    second = replace(
        TALK,
        id=8,
        stage=Stage.SECOND,
        starts_at=at(2025, 12, 9, 9),
        ends_at=at(2025, 12, 9, 12),
        interviewers=(ANA, BO, Person(13, "Cy", "cy@example.org")),
    )
    facts = replace(MET, interviews=(replace(TALK, interviewers=(ANA,)), second))
    assert [(row.anchor, row.person) for row in by_rule(facts, "R7")] == [
        ("interview:7", "11"),
        ("interview:8", "11"),
        ("interview:8", "12"),
        ("interview:8", "13"),
    ]


def test_one_message_to_all_of_them_is_enough() -> None:
    assert by_rule(with_talk(interviewers=(ANA, BO), thanked=True), "R7") == []


def test_a_thank_you_in_britain_has_a_day_more() -> None:
    (row,) = by_rule(MET, "R7", rules_for("uk"))
    assert row.due_at == at(2025, 11, 29, 15)
    assert row.late_until == at(2025, 11, 30, 15)
    assert row.lapses_at == at(2025, 12, 4, 15)


def test_a_long_list_of_people_is_cut() -> None:
    (row,) = by_rule(with_talk(people="Ana, " * 40), "R7")
    assert len(row.label) < 100


def test_no_debrief_twice_or_after_the_end() -> None:
    assert by_rule(with_talk(debriefed=True), "R6") == []
    closed = replace(MET, outcome=Outcome.REJECTED, closed_on=date(2025, 11, 28))
    assert by_rule(closed, "R6") == []


@each_row("rule", ["R5", "R6", "R7", "R8"])
def test_nothing_for_an_interview_that_did_not_take_place(rule: str) -> None:
    assert by_rule(MET, rule)
    assert by_rule(with_talk(kept=True), rule) == by_rule(MET, rule)
    assert by_rule(with_talk(kept=False), rule) == []


def test_references_are_told_on_the_same_day() -> None:
    checked = replace(MET, reference_check_on=date(2025, 11, 29))
    row, _ = by_rule(checked, "R11")
    assert row.action == "warn_references"
    assert row.label == "tell your references to expect a call"
    assert row.due_on == date(2025, 11, 29), "a Saturday too: references are no employers"
    assert row.lapses_at == at(2025, 12, 6, 0)
    assert row.reason == "reference check Sat 29 Nov"


@each_row(
    ("checked", "announced", "due_on", "lapses_on"),
    [
        (date(2025, 12, 8), date(2025, 12, 2), date(2025, 12, 2), date(2025, 12, 15)),
        (date(2025, 12, 8), date(2025, 12, 8), date(2025, 12, 8), date(2025, 12, 15)),
        (date(2025, 12, 8), date(2025, 12, 10), date(2025, 12, 8), date(2025, 12, 17)),
        (date(2025, 12, 8), None, date(2025, 12, 8), date(2025, 12, 15)),
    ],
    ids=["announced before", "that day", "heard of afterwards", "nobody knows"],
)
@each_row("stage", Stage)
def test_references_are_told_the_day_the_check_is_announced_in_any_stage(
    stage: Stage, checked: date, announced: date | None, due_on: date, lapses_on: date
) -> None:
    facts = replace(MET, stage=stage, reference_check_on=checked, references_announced_on=announced)
    (row,) = (one for one in by_rule(facts, "R11") if one.action == "warn_references")
    assert (row.due_on, row.lapses_at) == (due_on, at(2025, 12, lapses_on.day, 0))


def test_references_are_told_before_an_offer_too_but_not_of_an_old_check() -> None:
    offer = replace(MET, stage=Stage.OFFER, stage_since=date(2025, 12, 4), interviews=())
    announced = replace(offer, reference_check_on=date(2025, 12, 5))
    assert [row.action for row in by_rule(announced, "R11")] == ["warn_references"]
    on_that_day = replace(offer, reference_check_on=date(2025, 12, 4))
    assert len(by_rule(on_that_day, "R11")) == 1
    assert by_rule(replace(offer, reference_check_on=date(2025, 12, 1)), "R11") == []
    heard = replace(
        offer,
        reference_check_on=date(2025, 12, 1),
        references_announced_on=date(2025, 12, 5),
    )
    assert len(by_rule(heard, "R11")) == 1, "entered in any stage"
