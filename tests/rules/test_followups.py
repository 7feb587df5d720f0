"""The follow-up table: every test vector, and what may never happen whatever the facts are."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.followup_rules import standard_rules
from store.rules.followups import Facts, Plan, Planned, Talk, Word, plan
from store.rules.stages import Outcome, Stage

ZONE = ZoneInfo("Europe/Berlin")
RULES = standard_rules()


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


APPLIED = Facts(
    zone=ZONE,
    stage=Stage.APPLIED,
    stage_since=date(2025, 11, 1),
    applied_on=date(2025, 11, 1),
)
TALK = Talk(
    id=7,
    stage=Stage.FIRST,
    logged_on=date(2025, 11, 20),
    starts_at=at(2025, 11, 27, 14),
    ends_at=at(2025, 11, 27, 15),
)
MET = replace(APPLIED, stage=Stage.FIRST, stage_since=date(2025, 11, 20), talks=(TALK,))
OFFERED = replace(
    APPLIED,
    stage=Stage.OFFER,
    stage_since=date(2025, 12, 4),
    offered_on=date(2025, 12, 4),
    offered_at=at(2025, 12, 4, 11),
)


def nudge(*days: date) -> tuple[Word, ...]:
    return tuple(Word(day, inbound=False, kind="nudge") for day in days)


def reply(day: date, kind: str = "reply") -> Word:
    return Word(day, inbound=True, kind=kind, human=kind != "automatic")


def by_rule(planned: Plan, rule: str) -> list[Planned]:
    return [one for one in planned.follow_ups if one.rule == rule]


def inquiries(facts: Facts) -> list[tuple[str, int, date]]:
    planned = plan(facts, RULES)
    return [(p.rule, p.nth, p.due_on) for p in planned.follow_ups if p.action == "inquire"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            replace(MET, expected_by=date(2025, 12, 3), expected_set_on=date(2025, 11, 27)),
            [("R9", 1, date(2025, 12, 4))],
            id="date given Wed: the day after",
        ),
        pytest.param(
            replace(MET, expected_by=date(2025, 12, 5), expected_set_on=date(2025, 11, 27)),
            [("R9", 1, date(2025, 12, 8))],
            id="date given Fri: Monday",
        ),
        pytest.param(
            replace(MET, expected_by=date(2025, 12, 6), expected_set_on=date(2025, 11, 27)),
            [("R9", 1, date(2025, 12, 8))],
            id="date given Sat: Monday",
        ),
        pytest.param(MET, [("R8", 1, date(2025, 12, 4))], id="interview, no date: a week"),
        pytest.param(
            replace(MET, words=nudge(date(2025, 12, 4))),
            [("R8", 2, date(2025, 12, 11))],
            id="a week after the first inquiry",
        ),
        pytest.param(
            replace(MET, words=nudge(date(2025, 12, 4), date(2025, 12, 11))),
            [],
            id="two are enough",
        ),
        pytest.param(APPLIED, [("R1", 1, date(2025, 11, 11))], id="applied: ten days"),
        pytest.param(
            replace(APPLIED, words=nudge(date(2025, 11, 11))),
            [("R1", 2, date(2025, 11, 25))],
            id="two weeks after the first nudge",
        ),
        pytest.param(
            replace(APPLIED, closing_on=date(2025, 11, 14)),
            [("R1", 1, date(2025, 11, 21))],
            id="a week after the posting closed",
        ),
        pytest.param(
            replace(APPLIED, applied_on=date(2025, 11, 5), stage_since=date(2025, 11, 5)),
            [("R1", 1, date(2025, 11, 17))],
            id="Saturday rolls to Monday",
        ),
        pytest.param(
            replace(
                MET,
                words=(*nudge(date(2025, 12, 4)), reply(date(2025, 12, 5), "date_given")),
                expected_by=date(2025, 12, 12),
                expected_set_on=date(2025, 12, 5),
            ),
            [("R9", 1, date(2025, 12, 15))],
            id="their new date: counted anew",
        ),
        pytest.param(
            replace(
                MET,
                words=(
                    reply(date(2025, 12, 5), "date_given"),
                    *nudge(date(2025, 12, 15), date(2025, 12, 22)),
                ),
                expected_by=date(2025, 12, 12),
                expected_set_on=date(2025, 12, 5),
            ),
            [],
            id="two after their date are enough",
        ),
        pytest.param(
            replace(APPLIED, expected_by=date(2025, 11, 7), expected_set_on=date(2025, 11, 3)),
            [("R9", 1, date(2025, 11, 10))],
            id="their date beats the default also before an interview",
        ),
        pytest.param(
            replace(APPLIED, words=(reply(date(2025, 11, 3)),)), [], id="a human reply ends R1"
        ),
        pytest.param(
            replace(APPLIED, words=(reply(date(2025, 11, 3), "automatic"),)),
            [("R1", 1, date(2025, 11, 11))],
            id="an automatic acknowledgement changes nothing",
        ),
        pytest.param(
            replace(MET, words=(reply(date(2025, 11, 28)),)), [], id="a human reply ends R8"
        ),
        pytest.param(
            replace(MET, words=(reply(date(2025, 11, 21)),)),
            [("R8", 1, date(2025, 12, 4))],
            id="a reply before the interview does not count",
        ),
        pytest.param(replace(APPLIED, no_contact=True), [], id="the posting forbids contact"),
        pytest.param(replace(APPLIED, applied_on=None), [], id="no known day of application"),
        pytest.param(
            replace(MET, outcome=Outcome.REJECTED, closed_on=date(2025, 11, 28)),
            [],
            id="closed",
        ),
        pytest.param(
            replace(MET, stage=Stage.SECOND, stage_since=date(2025, 12, 1)),
            [],
            id="moved on: the first interview is no longer asked about",
        ),
        pytest.param(
            replace(
                MET,
                talks=(
                    TALK,
                    Talk(
                        id=8,
                        stage=Stage.FIRST,
                        logged_on=date(2025, 12, 1),
                        starts_at=at(2025, 12, 9, 10),
                        ends_at=at(2025, 12, 9, 11),
                    ),
                ),
            ),
            [("R8", 1, date(2025, 12, 16))],
            id="the next round is booked: counted from it",
        ),
        pytest.param(
            replace(
                MET,
                talks=(
                    TALK,
                    Talk(8, Stage.FIRST, date(2025, 12, 1), invited_on=date(2025, 12, 1)),
                ),
            ),
            [],
            id="invited again: nothing to ask",
        ),
        pytest.param(
            replace(
                MET,
                stage=Stage.SECOND,
                stage_since=date(2025, 12, 1),
                expected_by=date(2025, 11, 30),
                expected_set_on=date(2025, 11, 27),
            ),
            [],
            id="a date from the round before is history",
        ),
    ],
)
def test_inquiries(facts: Facts, expected: list[tuple[str, int, date]]) -> None:
    assert inquiries(facts) == expected


def test_the_thank_you_window() -> None:
    (thanks,) = by_rule(plan(MET, RULES), "R7")
    assert thanks.due_at == at(2025, 11, 28, 15)
    assert thanks.not_before == at(2025, 11, 27, 16)
    assert thanks.late_until == at(2025, 11, 29, 15)
    assert thanks.lapses_at == at(2025, 12, 4, 15)
    assert thanks.label == "thank each interviewer"
    assert thanks.reason == "interview Thu 27 Nov 14:00"


def test_the_thank_you_names_the_people() -> None:
    (thanks,) = by_rule(plan(replace(MET, talks=(replace(TALK, people="Ana"),)), RULES), "R7")
    assert thanks.label == "thank Ana for the interview"


def test_a_closed_application_keeps_the_thank_you_only() -> None:
    closed = replace(MET, outcome=Outcome.REJECTED, closed_on=date(2025, 11, 28))
    planned = plan(closed, RULES)
    assert [one.rule for one in planned.follow_ups] == ["R7"]
    assert planned.dormant_on is None


def test_no_thanks_for_a_talk_that_the_closing_prevented() -> None:
    closed = replace(MET, outcome=Outcome.WITHDRAWN, closed_on=date(2025, 11, 26))
    assert plan(closed, RULES).follow_ups == ()


@pytest.mark.parametrize(
    ("facts", "dormant", "close"),
    [
        pytest.param(APPLIED, date(2025, 12, 1), date(2025, 12, 31), id="30 days, 60 days"),
        pytest.param(
            replace(APPLIED, words=nudge(date(2025, 11, 11), date(2025, 11, 25))),
            date(2025, 12, 9),
            date(2025, 12, 31),
            id="two weeks after the last nudge",
        ),
        pytest.param(
            replace(MET, words=nudge(date(2025, 12, 4), date(2025, 12, 11))),
            date(2025, 12, 25),
            date(2026, 1, 26),
            id="28 days after the interview",
        ),
        pytest.param(
            replace(MET, expected_by=date(2025, 12, 3), expected_set_on=date(2025, 11, 27)),
            date(2025, 12, 24),
            date(2026, 2, 1),
            id="21 days after their date",
        ),
        pytest.param(
            replace(APPLIED, words=(reply(date(2025, 11, 20)),)),
            date(2025, 12, 20),
            date(2026, 1, 19),
            id="a reply wakes the card",
        ),
        pytest.param(OFFERED, None, None, id="an offer is never dormant"),
    ],
)
def test_silence(facts: Facts, dormant: date | None, close: date | None) -> None:
    planned = plan(facts, RULES)
    assert (planned.dormant_on, planned.close_suggested_on) == (dormant, close)


def test_a_nudge_lapses_when_the_card_goes_dormant() -> None:
    (first,) = by_rule(plan(APPLIED, RULES), "R1")
    assert first.lapses_at == at(2025, 12, 1, 0)


def test_no_second_nudge_when_the_first_was_so_late_that_the_card_is_dormant() -> None:
    late = replace(APPLIED, words=nudge(date(2025, 11, 28)))
    assert inquiries(late) == []
    assert plan(late, RULES).dormant_on == date(2025, 12, 12)


def test_the_reminders_before_an_interview() -> None:
    rows = by_rule(plan(MET, RULES), "R5")
    assert [(row.action, row.due_on, row.due_at) for row in rows] == [
        ("prepare", date(2025, 11, 24), None),
        ("logistics", date(2025, 11, 26), None),
        ("go", date(2025, 11, 27), at(2025, 11, 27, 12)),
    ]
    assert {row.lapses_at for row in rows} == {TALK.starts_at}
    assert {row.reason for row in rows} == {"interview Thu 27 Nov 14:00"}


def test_no_reminder_is_due_before_the_interview_was_known() -> None:
    short = replace(MET, talks=(replace(TALK, logged_on=date(2025, 11, 26)),))
    rows = by_rule(plan(short, RULES), "R5")
    assert [row.due_on for row in rows] == [
        date(2025, 11, 26),
        date(2025, 11, 26),
        date(2025, 11, 27),
    ]


def test_reconfirm_what_was_booked_long_ago() -> None:
    early = replace(MET, talks=(replace(TALK, logged_on=date(2025, 11, 19)),))
    assert "reconfirm" in by_rule(plan(early, RULES), "R5")[1].label
    assert "reconfirm" not in by_rule(plan(MET, RULES), "R5")[1].label


def test_an_invitation_is_answered_within_a_day() -> None:
    invited = Talk(
        3,
        Stage.FIRST,
        date(2025, 11, 20),
        invited_on=date(2025, 11, 20),
        invited_at=at(2025, 11, 20, 17),
    )
    facts = replace(MET, talks=(invited,))
    (row,) = by_rule(plan(facts, RULES), "R3")
    assert row.due_at == at(2025, 11, 21, 17)
    backdated = replace(facts, talks=(replace(invited, invited_at=None),))
    (row,) = by_rule(plan(backdated, RULES), "R3")
    assert (row.due_on, row.due_at) == (date(2025, 11, 21), None)
    answered = replace(facts, talks=(replace(invited, answered=True),))
    assert by_rule(plan(answered, RULES), "R3") == []


def test_an_offer_with_a_deadline_at_a_time() -> None:
    facts = replace(
        OFFERED,
        acknowledged=True,
        deadline_on=date(2025, 12, 12),
        deadline_at=at(2025, 12, 12, 17),
        deadline_set_on=date(2025, 12, 4),
    )
    rows = plan(facts, RULES).follow_ups
    assert [(row.action, row.due_at) for row in rows] == [
        ("decide", at(2025, 12, 9, 17)),
        ("more_time", at(2025, 12, 10, 17)),
        ("decide", at(2025, 12, 11, 17)),
        ("decide", at(2025, 12, 12, 13)),
    ]
    assert rows[0].lapses_at == rows[2].due_at, "a reminder gives way to the next"
    assert rows[3].lapses_at == at(2025, 12, 19, 17)
    assert rows[0].reason == "they want your answer by Fri 12 Dec 17:00"


def test_an_offer_with_a_deadline_on_a_day() -> None:
    facts = replace(
        OFFERED,
        acknowledged=True,
        deadline_on=date(2025, 12, 15),
        deadline_set_on=date(2025, 12, 4),
    )
    rows = plan(facts, RULES).follow_ups
    assert [(row.action, row.due_on, row.due_at) for row in rows] == [
        ("decide", date(2025, 12, 12), None),
        ("more_time", date(2025, 12, 12), None),
        ("decide", date(2025, 12, 14), None),
        ("decide", date(2025, 12, 15), None),
    ], "more time is asked for on the business day before the weekend"


def test_a_deadline_entered_late_reminds_only_of_what_is_left() -> None:
    facts = replace(
        OFFERED,
        acknowledged=True,
        deadline_on=date(2025, 12, 12),
        deadline_set_on=date(2025, 12, 11),
    )
    assert [row.nth for row in plan(facts, RULES).follow_ups] == [3, 4]


def test_an_offer_is_thanked_for_and_asked_about_within_a_day() -> None:
    rows = plan(OFFERED, RULES).follow_ups
    assert [(row.rule, row.nth, row.due_on, row.due_at) for row in rows] == [
        ("R12", 1, date(2025, 12, 5), at(2025, 12, 5, 11)),
        ("R15", 1, date(2025, 12, 5), at(2025, 12, 5, 11)),
        ("R15", 2, date(2025, 12, 11), None),
    ]


def test_an_offer_on_friday_waits_for_monday() -> None:
    facts = replace(OFFERED, offered_on=date(2025, 12, 5), offered_at=at(2025, 12, 5, 16))
    (row,) = by_rule(plan(facts, RULES), "R12")
    assert row.due_at == at(2025, 12, 8, 16)


def test_an_offer_entered_later_is_due_on_a_day() -> None:
    facts = replace(OFFERED, offered_at=None)
    (row,) = by_rule(plan(facts, RULES), "R12")
    assert (row.due_on, row.due_at) == (date(2025, 12, 5), None)


def test_hours_are_hours_on_the_clock_when_the_clocks_change() -> None:
    talk = replace(
        TALK, starts_at=at(2026, 3, 28, 11), ends_at=at(2026, 3, 28, 12), logged_on=date(2026, 3, 1)
    )
    (thanks,) = by_rule(plan(replace(MET, talks=(talk,)), RULES), "R7")
    assert thanks.due_at == at(2026, 3, 29, 13), "the night of the change is an hour short"


def test_each_follow_up_tells_its_reason() -> None:
    for facts in (APPLIED, MET, OFFERED):
        for one in plan(facts, RULES).follow_ups:
            assert one.reason
            assert one.label
            assert "{" not in one.reason + one.label


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
maybe_day = st.none() | days
moments = st.integers(1_704_067_200, 1_861_833_600).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
"""Between 2024 and 2028."""


@st.composite
def talks(draw: st.DrawFn) -> Talk:
    starts = draw(st.none() | moments)
    minutes = draw(st.integers(1, 600))
    return Talk(
        id=draw(st.integers(1, 9)),
        stage=draw(st.sampled_from([Stage.FIRST, Stage.SECOND])),
        logged_on=draw(days),
        starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes) if starts else None,
        invited_on=draw(maybe_day),
        invited_at=draw(st.none() | moments),
        answered=draw(st.booleans()),
    )


@st.composite
def all_facts(draw: st.DrawFn) -> Facts:
    return Facts(
        zone=ZONE,
        stage=draw(st.sampled_from(Stage)),
        stage_since=draw(days),
        applied_on=draw(maybe_day),
        closing_on=draw(maybe_day),
        expected_by=draw(maybe_day),
        expected_set_on=draw(maybe_day),
        no_contact=draw(st.booleans()),
        outcome=draw(st.none() | st.sampled_from(Outcome)),
        closed_on=draw(maybe_day),
        talks=tuple(draw(st.lists(talks(), max_size=3, unique_by=lambda talk: talk.id))),
        words=tuple(
            draw(
                st.lists(
                    st.builds(
                        Word,
                        sent_on=days,
                        inbound=st.booleans(),
                        kind=st.sampled_from(["reply", "nudge", "date_given", "automatic"]),
                        human=st.booleans(),
                    ),
                    max_size=4,
                )
            )
        ),
        offered_on=draw(maybe_day),
        offered_at=draw(st.none() | moments),
        acknowledged=draw(st.booleans()),
        deadline_on=draw(maybe_day),
        deadline_at=None,
        deadline_set_on=draw(maybe_day),
    )


@given(all_facts())
def test_whatever_the_facts(facts: Facts) -> None:
    planned = plan(facts, RULES)
    keys = [one.key for one in planned.follow_ups]
    assert len(keys) == len(set(keys)), "each is planned once"
    asking = [one for one in planned.follow_ups if one.action == "inquire"]
    assert len(asking) <= 1, "nobody is asked twice at a time"
    for one in planned.follow_ups:
        assert 1 <= one.nth <= one.of
        assert one.reason
        if one.due_at is not None:
            assert one.due_at.astimezone(ZONE).date() == one.due_on
    for one in asking:
        assert not facts.no_contact
        assert facts.outcome is None
        assert one.due_on.weekday() < 5
        assert one.lapses_at is not None
        assert planned.dormant_on is not None
        assert one.due_on < planned.dormant_on
        assert one.nth <= 2
    if planned.dormant_on:
        assert planned.close_suggested_on is not None
        assert planned.close_suggested_on >= planned.dormant_on
