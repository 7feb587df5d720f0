"""What is on the board and what is due: read through two views, decided in one place."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import StaticPool
from sqlmodel import Session, create_engine

from store.clock import FixedClock
from store.errors import NotFound
from store.model.board import line_of
from store.model.dossier import Card, Due
from store.read.glance import Glance, open_glance
from store.rules.followups.actions import Rank
from store.rules.stages import Outcome, Stage
from store.tables import Change, FollowUp, Interview, Setting
from tests.makers import BERLIN, NOW, TODAY, application, follow_up, interview
from tests.tables import each_row

Put = Callable[..., None]


def nov(day: int) -> date:
    return date(2026, 11, day)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def nudge(id: int, due_on: date, application_id: int = 1, **values: object) -> FollowUp:
    return follow_up(id, due_on, application_id, rule="R1", action="inquire", **values)


def thanks(id: int, due_at: datetime, application_id: int = 1, **values: object) -> FollowUp:
    return follow_up(
        id, due_at.date(), application_id, due_at=due_at, rule="R7", action="thank", **values
    )


def ids(dues: tuple[Due, ...]) -> list[int]:
    return [due.id for due in dues]


# What is due


def test_due_is_late_or_today_and_with_days_what_comes_next(put: Put, glance: Glance) -> None:
    put(
        application(id=1),
        *(follow_up(day, nov(day)) for day in (26, 25, 24, 23, 22)),
        follow_up(30, nov(1), state="done", done_on=nov(2)),
        follow_up(31, nov(1), state="skipped", done_on=nov(2)),
    )
    assert ids(glance.due()) == [22, 23]
    assert ids(glance.due(days=1)) == [22, 23, 24]
    assert ids(glance.due(days=10**9)) == [22, 23, 24, 25, 26]
    assert ids(glance.due(at(25, 0, 0))) == [22, 23, 24, 25]


@pytest.mark.parametrize(
    ("closing", "words"),
    [
        (nov(23), "no reply for weeks; it may be over and can be closed as no response"),
        (nov(24), "a reply brings it back; from Tue 24 Nov it may be closed as no response"),
        (None, ""),
    ],
)
def test_a_quiet_card_says_how_it_ends(
    put: Put, glance: Glance, closing: date | None, words: str
) -> None:
    put(application(id=1, dormant_on=nov(23), close_suggested_on=closing))
    card = glance.card(1)
    assert card.ending(nov(23)) == words
    assert card.ending(nov(22)) == "", "not quiet yet"


def test_a_due_carries_its_whole_row(put: Put, glance: Glance) -> None:
    put(
        application(id=1, company="Globex", role="SRE", stage="first"),
        follow_up(
            7,
            nov(23),
            rule="R7",
            action="thank",
            label="thank Ana for the interview",
            reason="interview Sun 22 Nov 15:00",
            due_at=at(23, 15),
            late_until=at(24, 15),
            lapses_at=at(29, 15),
        ),
    )
    assert glance.due() == (
        Due(
            id=7,
            application_id=1,
            company="Globex",
            role="SRE",
            stage=Stage.FIRST,
            rule="R7",
            action="thank",
            label="thank Ana for the interview",
            due_on=nov(23),
            due_at=at(23, 15),
            late_until=at(24, 15),
            lapses_at=at(29, 15),
            reason="interview Sun 22 Nov 15:00",
            nth=1,
            of=1,
            snoozed=False,
            rank=Rank.WORD,
        ),
    )
    (due,) = glance.due()
    assert due.due_at is not None
    assert due.due_at.tzinfo is BERLIN


def test_order_is_day_then_time_with_nine_for_the_whole_day_then_id(
    put: Put, glance: Glance
) -> None:
    put(
        application(id=1),
        thanks(1, at(23, 9, 1)),
        follow_up(3, nov(23)),
        follow_up(2, nov(23)),
        thanks(4, at(23, 8, 59)),
        follow_up(5, nov(22)),
    )
    assert ids(glance.due()) == [5, 4, 2, 3, 1]


@pytest.mark.parametrize(
    ("due_on", "snoozed_to", "expected"),
    [
        (nov(20), nov(23), True),
        (nov(20), nov(24), False),
        (nov(30), nov(23), True),
        (nov(30), nov(24), False),
    ],
)
def test_a_snooze_decides_the_day_in_either_direction(
    put: Put, glance: Glance, due_on: date, snoozed_to: date, expected: bool
) -> None:
    due_at = datetime(due_on.year, due_on.month, due_on.day, 15, tzinfo=BERLIN)
    put(application(id=1), thanks(1, due_at, snoozed_to=snoozed_to))
    assert ids(glance.due()) == ([1] if expected else [])
    shown = glance.card(1).follow_up
    assert shown is not None
    assert (shown.due_on, shown.due_at, shown.snoozed) == (snoozed_to, None, True)


def test_what_has_lapsed_is_gone_to_the_microsecond(put: Put, glance: Glance) -> None:
    put(application(id=1), follow_up(1, nov(20), lapses_at=NOW))
    assert ids(glance.due(NOW - timedelta(microseconds=1))) == [1]
    assert glance.due(NOW) == ()
    assert glance.card(1).follow_up is None


def test_silence_ends_inquiries_and_nothing_else(put: Put, glance: Glance) -> None:
    """The window of an inquiry ends on the day its card goes dormant, unless it was put off."""
    put(
        application(id=1, dormant_on=TODAY),
        nudge(1, nov(20), lapses_at=at(23, 0)),
        nudge(2, nov(20), anchor="put off", snoozed_to=nov(22)),
        follow_up(3, nov(21)),
        application(id=2, company="Hooli", dormant_on=nov(24)),
        nudge(4, nov(20), application_id=2, lapses_at=at(24, 0)),
    )
    assert ids(glance.due()) == [3, 4, 2], "the user's own before cold inquiries"
    assert glance.card(1).is_quiet(TODAY)
    assert not glance.card(2).is_quiet(TODAY)


def test_of_a_closed_application_only_the_thanks_are_due(put: Put, glance: Glance) -> None:
    put(
        application(id=1, outcome="rejected", closed_on=nov(20)),
        nudge(1, nov(20)),
        follow_up(2, nov(20)),
        thanks(3, at(21, 15), lapses_at=at(27, 15)),
        thanks(4, at(10, 15), anchor="long ago", lapses_at=at(16, 15)),
    )
    assert ids(glance.due()) == [3]
    first = glance.card(1).follow_up
    assert first is not None
    assert first.id == 3


def test_the_day_of_an_instant_is_the_readers(put: Put, path: Path, glance: Glance) -> None:
    """Planned in Honolulu for its 22nd, due in Berlin on the 23rd, in Kiritimati already late."""
    honolulu = datetime(2026, 11, 22, 20, 0, tzinfo=ZoneInfo("Pacific/Honolulu"))
    put(application(id=1), thanks(1, honolulu))
    assert [due.due_on for due in glance.due()] == [nov(23)]
    assert glance.due(at(22, 23)) == ()
    kiritimati = FixedClock(NOW.astimezone(ZoneInfo("Pacific/Kiritimati")))
    there = open_glance(path, kiritimati)
    assert there is not None
    with closing(there):
        assert [due.due_on for due in there.due()] == [nov(23)]
        assert there.due()[0].due_at == honolulu


def test_a_day_planned_east_of_the_reader_is_not_missed(put: Put, glance: Glance) -> None:
    kiritimati = datetime(2026, 11, 24, 1, 0, tzinfo=ZoneInfo("Pacific/Kiritimati"))
    put(application(id=1), thanks(1, kiritimati))
    assert [due.due_on for due in glance.due()] == [nov(23)]


def test_the_next_one_is_sought_after_today(put: Put, glance: Glance) -> None:
    assert glance.next_due() is None
    put(
        application(id=1),
        follow_up(1, nov(22)),
        follow_up(2, nov(23)),
        follow_up(3, date(2031, 1, 1)),
    )
    assert glance.next_due() == glance.follow_ups_of(1)[-1]
    put(follow_up(4, nov(20), snoozed_to=date(2027, 1, 1)))
    following = glance.next_due()
    assert following is not None
    assert following.id == 4


def test_one_follow_up_by_its_id(put: Put, glance: Glance) -> None:
    """Also one that is shown nowhere: who names it by its number means it."""
    put(
        application(id=1, dormant_on=nov(1)),
        nudge(1, nov(20)),
        follow_up(2, nov(20), state="done", done_on=nov(20)),
    )
    assert glance.follow_up(1).label == "do 1"
    for missing in (2, 3, 0, -1, 2**80):
        with pytest.raises(NotFound, match=f"no open follow-up f{missing}"):
            glance.follow_up(missing)


@pytest.mark.file
def test_due_reads_from_its_indexes(put: Put, glance: Glance) -> None:
    put(application(id=1), follow_up(1, nov(23)))
    plans = plans_of(glance, lambda: glance.due(days=3))
    assert any("ix_follow_up_due (state=? AND due_on<?)" in plan for plan in plans)
    assert any("ix_follow_up_snoozed (state=? AND snoozed_to<?)" in plan for plan in plans)
    assert not any("SCAN" in plan for plan in plans)


@pytest.mark.file
@pytest.mark.parametrize(
    "ask",
    [lambda g: g.card(1), lambda g: g.follow_ups_of(1), lambda g: g.next_due(), lambda g: g.due()],
)
def test_small_questions_read_no_whole_table(
    put: Put, glance: Glance, ask: Callable[[Glance], object]
) -> None:
    put(application(id=1), follow_up(1, nov(24)))
    plans = plans_of(glance, lambda: ask(glance))
    assert plans
    assert not any("SCAN" in plan or plan.endswith("(state=?)") for plan in plans), plans


def plans_of(glance: Glance, ask: Callable[[], object]) -> list[str]:
    """How SQLite finds what `ask` reads, line by line."""
    connection, asked = glance.reader.connection, list[str]()
    connection.set_trace_callback(asked.append)
    ask()
    connection.set_trace_callback(None)
    return [
        row[3]
        for sql in asked
        if sql.lstrip().startswith("SELECT")
        for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")
    ]


# Cards


def test_a_card_carries_its_whole_row(put: Put, glance: Glance) -> None:
    put(
        application(
            id=1,
            version=4,
            company="Globex",
            role="SRE",
            stage="offer",
            stage_since=nov(20),
            location="Bonn",
            url="https://example.org",
            source="board",
            salary="60k",
            tags='["remote", "läuft"]',
            expected_by=nov(27),
            offer_deadline_on=nov(28),
            offer_deadline_at=at(28, 17),
            dormant_on=nov(29),
            close_suggested_on=nov(30),
            position=1.5,
        )
    )
    assert glance.card(1) == Card(
        id=1,
        version=4,
        company="Globex",
        role="SRE",
        stage=Stage.OFFER,
        outcome=None,
        applied_on=nov(2),
        stage_since=nov(20),
        closed_on=None,
        location="Bonn",
        url="https://example.org",
        source="board",
        salary="60k",
        tags=("remote", "läuft"),
        expected_by=nov(27),
        deadline_on=nov(28),
        deadline_at=at(28, 17),
        quiet_on=nov(29),
        close_suggested_on=nov(30),
        position=1.5,
    )


@each_row("missing", [0, -1, 2, 2**63, -(2**80)])
def test_no_such_application(glance: Glance, missing: int) -> None:
    for ask in (glance.card, glance.dossier):
        with pytest.raises(NotFound, match=f"no application {missing}"):
            ask(missing)
    assert glance.follow_ups_of(missing) == ()


def test_open_closed_or_all(put: Put, glance: Glance) -> None:
    put(application(id=2), application(id=1, outcome="no-response", closed_on=nov(20)))
    assert [card.id for card in glance.cards()] == [2]
    assert [card.outcome for card in glance.cards(closed=True)] == [Outcome.NO_RESPONSE]
    assert [card.id for card in glance.cards(closed=None)] == [1, 2]


@pytest.mark.parametrize(
    ("talks", "interview", "met"),
    [
        ([], None, False),
        ([interview(1, at(20, 10))], None, True),
        ([interview(1, at(23, 8), minutes=60)], None, True),
        ([interview(1, at(23, 8), minutes=61)], 1, True),
        ([interview(1, at(26, 10)), interview(2, at(25, 10))], 2, True),
        ([interview(1, at(25, 10), status="cancelled")], None, False),
        ([interview(2, None), interview(1, None)], 1, False),
        ([interview(1, None), interview(2, at(25, 10))], 2, True),
        ([interview(1, None), interview(2, at(20, 10))], 1, True),
        ([interview(1, at(25, 10), stage="second")], 1, False),
    ],
)
def test_the_interview_of_a_card(
    put: Put,
    glance: Glance,
    talks: list[Interview],
    interview: int | None,
    met: bool,
) -> None:
    copies = [Interview(**found.model_dump()) for found in talks]
    put(application(id=1, stage="first"), *copies)
    for card in (glance.card(1), *glance.cards(), *glance.board().cards()):
        assert (card.interview and card.interview.id, card.met) == (interview, met)


def test_an_interview_ends_on_the_clock_when_the_clocks_change(put: Put, glance: Glance) -> None:
    starts_at = datetime(2026, 10, 25, 0, 30, tzinfo=BERLIN)
    put(
        application(id=1, stage="first", applied_on=date(2026, 10, 1)),
        interview(1, starts_at, minutes=180),
    )
    found = glance.card(1, starts_at).interview
    assert found is not None
    assert found.ends_at is not None
    assert found.ends_at.isoformat() == "2026-10-25T02:30:00+01:00"


# The board


def test_lanes_hold_the_open_cards_by_urgency(put: Put, glance: Glance) -> None:
    put(
        application(id=1, company="Quiet", dormant_on=nov(20)),
        application(id=2, company="Coming"),
        application(id=3, company="Late"),
        application(id=4, company="Closed", outcome="rejected", closed_on=nov(20)),
        application(id=5, company="Asked", stage="second"),
        nudge(1, nov(30), application_id=2),
        nudge(2, nov(20), application_id=3),
        Change(id=6, at=NOW, happened_on=TODAY, verb="add", summary="added"),
    )
    board = glance.board()
    assert {stage: [c.company for c in lane] for stage, lane in board.lanes.items()} == {
        Stage.APPLIED: ["Late", "Coming", "Quiet"],
        Stage.FIRST: [],
        Stage.SECOND: ["Asked"],
        Stage.OFFER: [],
    }
    assert [line_of(card, NOW).what for card in board.cards()] == [
        "follow up",
        "follow up",
        "quiet 21 days",
        "date? i",
    ]
    assert (board.by_hand, board.change_id) == (frozenset(), 6)


@pytest.mark.parametrize(
    ("order", "companies"),
    [
        ("company", "Acme Bluth Cyberdyne"),
        ("salary", "Bluth Acme Cyberdyne"),
        ("applied", "Cyberdyne Bluth Acme"),
        ("urgency", "Acme Bluth Cyberdyne"),
        ("colour", "Acme Bluth Cyberdyne"),
    ],
)
def test_a_lane_is_sorted_as_its_setting_says(
    put: Put, glance: Glance, order: str, companies: str
) -> None:
    put(
        application("Acme", salary="80k", applied_on=nov(1), stage_since=nov(1)),
        application("Bluth", salary="95k", applied_on=nov(2), stage_since=nov(2)),
        application("Cyberdyne", applied_on=nov(3), stage_since=nov(3)),
        Setting(name="order.applied", value=order),
        Setting(name="order.nowhere", value="company"),
        Setting(name="orderly", value="company"),
    )
    board = glance.board()
    assert " ".join(card.company for card in board.lanes[Stage.APPLIED]) == companies
    known = {} if order in ("urgency", "colour") else {Stage.APPLIED: order}
    assert dict(board.orders) == known
    assert not board.by_hand


def test_a_lane_ordered_by_hand_keeps_that_order_newcomers_first(put: Put, glance: Glance) -> None:
    put(
        *(
            application(id=id_, company=company, position=position)
            for id_, company, position in (
                (1, "Third", 2.0),
                (2, "Second", -1.0),
                (3, "New", None),
                (4, "New and late", None),
            )
        ),
        nudge(1, nov(20), application_id=4),
        nudge(2, nov(20), application_id=1),
        Setting(name="order.applied", value="hand"),
        Setting(name="order.first", value="urgency"),
    )
    board = glance.board()
    assert board.by_hand == {Stage.APPLIED}
    assert [card.company for card in board.lanes[Stage.APPLIED]] == [
        "New and late",
        "New",
        "Second",
        "Third",
    ]


@pytest.mark.file  # a server tells others a moment later
def test_settings_and_change_numbers(put: Put, glance: Glance) -> None:
    assert (glance.change_id(), glance.setting("theme")) == (0, None)
    before = glance.data_version()
    assert glance.data_version() == before
    put(
        application(id=1),
        Setting(name="theme", value="night"),
        Change(at=NOW, happened_on=TODAY, verb="undo", summary="undone", state="step"),
    )
    assert glance.data_version() != before
    assert glance.setting("theme") == "night"
    assert glance.change_id() == 1


# One computation


@pytest.fixture(scope="session")
def in_memory(empty_board: bytes) -> Callable[[list[FollowUp]], Glance]:
    """Makes a board in memory: 1 is open, 2 quiet, 3 closed, with the follow-ups given."""

    def make(follow_ups: list[FollowUp]) -> Glance:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.deserialize(empty_board)
        engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
        with Session(engine) as session:
            session.add(application("Open", id=1))
            session.add(application("Quiet", id=2, dormant_on=nov(20)))
            session.add(application("Closed", id=3, outcome="rejected", closed_on=TODAY))
            session.flush()
            session.add_all(follow_ups)
            session.commit()
        return Glance(connection, FixedClock(NOW))

    return make


near_days = st.integers(-6, 6).map(lambda days: TODAY + timedelta(days=days))
planned = st.fixed_dictionaries(
    {
        "application_id": st.integers(1, 3),
        "rule": st.sampled_from(["R1", "R7", "own"]),
        "due_on": near_days,
        "hour": st.none() | st.integers(0, 23),
        "lapses_in": st.none() | st.integers(-100, 100),
        "snoozed_to": st.none() | near_days,
        "late_in": st.none() | st.integers(-100, 100),
        "state": st.sampled_from(["open", "open", "open", "done"]),
    }
)


def row_of(number: int, plan: dict[str, Any]) -> FollowUp:
    day, hour, lapses_in = plan["due_on"], plan["hour"], plan["lapses_in"]
    return follow_up(
        number,
        day,
        plan["application_id"],
        rule=plan["rule"],
        action=_ACTIONS[plan["rule"]],
        due_at=None if hour is None else at_hour(day, hour),
        lapses_at=None if lapses_in is None else NOW + timedelta(hours=lapses_in),
        snoozed_to=plan["snoozed_to"],
        late_from=None if plan["late_in"] is None else NOW + timedelta(hours=plan["late_in"]),
        state=plan["state"],
    )


def at_hour(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)


_RANKS = {"own": 2, "R7": 2, "R1": 6}
_ACTIONS = {"own": "own", "R7": "thank", "R1": "inquire"}


def place_of(plan: dict[str, Any]) -> tuple[date, int, bool, datetime, date] | None:
    """Where it stands by the rules of the board, and its day; None when it is not to be shown."""
    lapsed = plan["lapses_in"] is not None and plan["lapses_in"] <= 0
    owed = plan["application_id"] != 3 or plan["rule"] == "R7"
    if plan["state"] != "open" or lapsed or not owed:
        return None
    day, hour = plan["snoozed_to"] or plan["due_on"], plan["hour"]
    if plan["snoozed_to"] is not None:
        hour = None
    until = at_hour(day, 9 if hour is None else hour)
    late = day < TODAY or (hour is not None and until < NOW)
    if plan["late_in"] is not None:
        late_from = NOW + timedelta(hours=plan["late_in"])
        if plan["snoozed_to"] is None or late_from.astimezone(UTC).date() > day:
            late, until = late_from <= NOW, until if day > TODAY else late_from
    if day > TODAY:
        late = False
    return max(day, TODAY), _RANKS[plan["rule"]], not late, until, day


@settings(deadline=None)
@given(st.lists(planned, max_size=12))
def test_lists_cards_and_board_never_disagree(
    in_memory: Callable[[list[FollowUp]], Glance], plans: list[dict[str, Any]]
) -> None:
    places = {number: place_of(plan) for number, plan in enumerate(plans, start=1)}
    ties = {n: (plan["application_id"], plan["rule"]) for n, plan in enumerate(plans, start=1)}
    found = (
        (*place[:4], ties[number], number, place[4])
        for number, place in places.items()
        if place is not None
    )
    order = sorted(found)
    glance = in_memory([row_of(number, plan) for number, plan in enumerate(plans, start=1)])
    with closing(glance):
        everything = glance.due(days=30)
        assert ids(everything) == [number for *_, number, _ in order]
        assert [due.due_on for due in everything] == [day for *_, day in order]
        assert sorted(everything, key=lambda due: due.order(NOW)) == list(everything)
        for days in (0, 1, 3):
            last = TODAY + timedelta(days=days)
            assert glance.due(days=days) == tuple(d for d in everything if d.due_on <= last)
        assert glance.next_due() == next((d for d in everything if d.due_on > TODAY), None)
        for card in glance.cards(closed=None):
            mine = tuple(due for due in everything if due.application_id == card.id)
            assert glance.follow_ups_of(card.id) == mine
            assert card.follow_up == (mine[0] if mine else None)
            assert glance.card(card.id) == card
            page = glance.dossier(card.id)
            assert tuple(e.due for e in page.follow_ups if e.state == "open") == mine
        assert set(glance.board().cards()) == set(glance.cards())
