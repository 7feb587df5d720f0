"""The numbers of the follow-up rules: as shipped, by preset, and the user's own."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from store.rules.followups.facts import Facts, Word
from store.rules.followups.numbers import Delay, Rules, Season
from store.rules.followups.plan import plan
from store.rules.followups.presets import (
    STANDARD,
    WrongRule,
    presets,
    read_numbers,
    rules_for,
)
from store.rules.stages import Stage
from store.rules.text import Refused
from tests.makers import facts, interview_facts
from tests.tables import each_row


def told(delay: Delay) -> str:
    return f"{delay.days} {'bd' if delay.business else 'd'}"


@each_row(
    ("preset", "application", "thank_you", "interview", "after_date", "dormant"),
    [
        ("standard", "10 d, 14 d / 2", 24, "7 d, 7 d / 2", "1 bd", (30, 28)),
        ("fast", "5 bd, 7 d / 2", 24, "5 d, 5 d / 2", "1 bd", (21, 21)),
        ("slow", "21 d, 21 d / 1", 24, "14 d, 14 d / 2", "3 bd", (60, 56)),
        ("uk", "8 bd, 14 d / 1", 48, "7 d, 7 d / 1", "1 bd", (30, 28)),
        ("dach", "21 d, 14 d / 2", 24, "10 d, 10 d / 2", "2 bd", (42, 42)),
    ],
)
def test_the_table_of_presets(
    preset: str,
    application: str,
    thank_you: int,
    interview: str,
    after_date: str,
    dormant: tuple[int, int],
) -> None:
    rules = rules_for(preset)
    for rule, wanted in ((rules.application, application), (rules.interview, interview)):
        assert f"{told(rule.inquiry)}, {told(rule.spacing)} / {rule.at_most}" == wanted
    assert rules.thank_you.due_hours == thank_you
    assert told(rules.promise.inquiry) == after_date
    assert rules.promise.spacing == rules.interview.spacing
    assert rules.promise.at_most == rules.interview.at_most
    assert (rules.application.dormant_days, rules.interview.dormant_days) == dormant


def test_every_preset_has_a_name_and_the_standard_comes_first() -> None:
    assert list(presets()) == ["standard", "fast", "slow", "uk", "dach"]
    assert all(presets().values())
    assert rules_for(STANDARD) == rules_for()


APPLIED = facts(date(2025, 11, 1), zone=UTC)
MET = replace(
    APPLIED,
    stage=Stage.FIRST,
    interviews=(interview_facts(datetime(2025, 11, 27, 14, tzinfo=UTC)),),
)
PROMISED = replace(MET, expected_by=date(2025, 12, 5), expected_set_on=date(2025, 11, 27))


def inquiry(facts: Facts, rules: Rules) -> tuple[str, int, date] | None:
    found = [o for o in plan(facts, rules).follow_ups if o.action == "inquire"]
    return (found[0].rule, found[0].nth, found[0].due_on) if found else None


@each_row(
    ("preset", "applied", "met", "promised", "dormant"),
    [
        ("standard", date(2025, 11, 11), date(2025, 12, 4), date(2025, 12, 8), date(2025, 12, 1)),
        ("fast", date(2025, 11, 7), date(2025, 12, 2), date(2025, 12, 8), date(2025, 11, 22)),
        ("slow", date(2025, 11, 24), date(2025, 12, 11), date(2025, 12, 10), date(2025, 12, 31)),
        ("uk", date(2025, 11, 12), date(2025, 12, 4), date(2025, 12, 8), date(2025, 12, 1)),
        ("dach", date(2025, 11, 24), date(2025, 12, 8), date(2025, 12, 9), date(2025, 12, 13)),
    ],
)
def test_the_days_that_follow_from_a_preset(
    preset: str, applied: date, met: date, promised: date, dormant: date
) -> None:
    rules = rules_for(preset)
    assert inquiry(APPLIED, rules) == ("R1", 1, applied)
    assert inquiry(MET, rules) == ("R8", 1, met)
    assert inquiry(PROMISED, rules) == ("R9", 1, promised)
    assert plan(APPLIED, rules).quiet_on == dormant


@each_row(
    ("preset", "second"), [("standard", True), ("fast", True), ("slow", False), ("uk", False)]
)
def test_how_often_one_asks(preset: str, second: bool) -> None:
    first = inquiry(APPLIED, rules_for(preset))
    assert first is not None
    asked = replace(APPLIED, words=(Word(first[2], inbound=False, kind="nudge"),))
    assert (inquiry(asked, rules_for(preset)) is not None) == second


def test_own_numbers_win_over_the_preset_in_either_unit() -> None:
    overrides = {
        "application": {"inquiry_days": 12},
        "interview": {"inquiry_business_days": 6, "at_most": 1},
    }
    rules = rules_for("fast", overrides)
    assert rules.application.inquiry == Delay(12)
    assert rules.interview.inquiry == Delay(6, business=True)
    assert rules.interview.at_most == 1
    assert rules.interview.spacing == Delay(5), "the rest is the preset's"
    assert inquiry(MET, rules) == ("R8", 1, date(2025, 12, 5))


def test_a_cards_own_preset_wins_over_own_numbers_in_what_presets_speak_of() -> None:
    overrides = {"application": {"inquiry_days": 12, "close_days": 90}}
    rules = rules_for("fast", overrides, card_preset="slow")
    assert rules.application.inquiry == Delay(21)
    assert rules.application.close_days == 90
    back = rules_for("fast", overrides, card_preset="standard")
    assert back.application.inquiry == Delay(10)
    assert back.interview == rules_for().interview
    assert rules_for("fast", overrides, card_preset="fast") == rules_for("fast", overrides)


def test_asking_nobody_at_all() -> None:
    never = rules_for(overrides={"application": {"at_most": 0}})
    assert inquiry(APPLIED, never) is None
    assert plan(APPLIED, never).quiet_on == date(2025, 12, 1)


def test_numbers_at_odds_with_each_other_keep_a_window_in_order() -> None:
    odd = rules_for(
        overrides={"thank_you": {"due_hours": 200, "not_before_hours": 300, "late_hours": 0}}
    )
    (row,) = [one for one in plan(MET, odd).follow_ups if one.rule == "R7"]
    assert row.due_at == datetime(2025, 12, 5, 23, tzinfo=UTC)
    assert row.not_before == row.late_until == row.lapses_at == row.due_at


def test_every_number_can_be_changed() -> None:
    for section, values in read_all().items():
        for field, value in values.items():
            if isinstance(value, Delay):
                changes: dict[str, object] = {f"{field}_days": 9, f"{field}_business_days": 9}
            elif isinstance(value, bool):
                changes = {field: not value}
            elif isinstance(value, int):
                changes = {field: 9}
            else:
                changes = {field: []}
            for key, changed in changes.items():
                rules = rules_for(overrides={section: {key: changed}})
                assert getattr(getattr(rules, section), field) != value, f"{section}.{key}"


def read_all() -> dict[str, dict[str, object]]:
    rules = rules_for()
    sections = {name: getattr(rules, name) for name in rules.__slots__}
    return {
        name: {field: getattr(section, field) for field in section.__dataclass_fields__}
        for name, section in sections.items()
        if hasattr(section, "__dataclass_fields__")
    }


@each_row(
    ("tables", "section", "key", "words"),
    [
        ({"aplication": {}}, "aplication", "", "Did you mean “application”?"),
        ({"zzz": {}}, "zzz", "", "Known are application, "),
        ({"offer": 3}, "offer", "", "must be a section"),
        (
            {"application": {"inquiry": 3}},
            "application",
            "inquiry",
            "Did you mean “inquiry_",
        ),
        ({"thank_you": {"due_days": 3}}, "thank_you", "due_days", "Did you mean “d"),
        ({"offer": {"lapse_days": "7"}}, "offer", "lapse_days", "whole number from 0 to 3,650"),
        ({"offer": {"lapse_days": True}}, "offer", "lapse_days", "not true."),
        ({"offer": {"lapse_days": False}}, "offer", "lapse_days", "not false."),
        ({"offer": {"lapse_days": 7.5}}, "offer", "lapse_days", "not “7.5”"),
        ({"offer": {"lapse_days": -1}}, "offer", "lapse_days", "not “-1”"),
        ({"offer": {"lapse_days": 3_651}}, "offer", "lapse_days", "not “3651”"),
        ({"offer": {"lapse_days": 10**6_000}}, "offer", "lapse_days", "not that"),
        ({"offer": {"lapse_days": [7]}}, "offer", "lapse_days", "not that"),
        ({"offer": {"acknowledge_hours": 8_761}}, "offer", "acknowledge_hours", "8,760"),
        ({"interview": {"at_most": 11}}, "interview", "at_most", "from 0 to 10"),
        (
            {"letter": {"inquiry_business_days": 2_601}},
            "letter",
            "inquiry_business_days",
            "from 0 to 2,600",
        ),
        (
            {"letter": {"inquiry_days": 3, "inquiry_business_days": 3}},
            "letter",
            "inquiry_business_days",
            "twice",
        ),
        (
            {"rejection": {"only_after_interview": 1}},
            "rejection",
            "only_after_interview",
            "true or false",
        ),
        ({"season": {"seasons": "12-20 to 01-02"}}, "season", "seasons", "a list of spans"),
        ({"season": {"seasons": ["12-20 to 01-02", 3]}}, "season", "seasons", "month and day."),
        ({"season": {"seasons": ["December"]}}, "season", "seasons", "not “December”"),
        (
            {"season": {"seasons": ["02-01 to 02-30"]}},
            "season",
            "seasons",
            "; “02-01 to 02-30” names no such day",
        ),
        ({"season": {"seasons": ["13-01 to 13-02"]}}, "season", "seasons", "no such day"),
    ],
)
def test_a_number_that_is_not_possible(
    tables: dict[str, object], section: str, key: str, words: str
) -> None:
    with pytest.raises(WrongRule) as refused:
        read_numbers(tables)
    assert (refused.value.section, refused.value.key) == (section, key)
    assert words in str(refused.value)
    assert str(refused.value).endswith((".", "?"))


def test_spans_of_the_year_are_read() -> None:
    read = read_numbers({"season": {"seasons": ["12-20 to 01-02", " 08-01 to 08-31 "]}})
    assert read == {"season": {"seasons": (Season((12, 20), (1, 2)), Season((8, 1), (8, 31)))}}


def test_the_slow_season_is_off_unless_asked_for() -> None:
    assert rules_for() == rules_for(slow_season=False) != rules_for(slow_season=True)


def test_an_unknown_preset() -> None:
    for choose in (lambda: rules_for("brisk"), lambda: rules_for(card_preset="brisk")):
        with pytest.raises(Refused, match=r"“brisk”.*standard, fast, slow, uk, dach"):
            choose()


@each_row(
    ("day", "inside"),
    [
        (date(2025, 12, 19), False),
        (date(2025, 12, 20), True),
        (date(2026, 1, 2), True),
        (date(2026, 1, 3), False),
        (date(2026, 7, 31), False),
        (date(2026, 8, 1), True),
        (date(2026, 8, 31), True),
        (date(2026, 9, 1), False),
    ],
)
def test_the_slow_seasons(day: date, inside: bool) -> None:
    assert any(day in season for season in rules_for().season.seasons) == inside


@each_row(
    ("delay", "over"),
    [
        (Delay(0), date(2025, 12, 1)),
        (Delay(0, business=True), date(2025, 12, 1)),
        (Delay(1), date(2025, 12, 1)),
        (Delay(2), date(2025, 12, 2)),
        (Delay(1, business=True), date(2025, 12, 1)),
        (Delay(2, business=True), date(2025, 12, 2)),
    ],
)
def test_a_delay_is_over_on_a_business_day(delay: Delay, over: date) -> None:
    sunday_before_a_monday = date(2025, 11, 30)
    assert delay.after(sunday_before_a_monday, frozenset()) == over
