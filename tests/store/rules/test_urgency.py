"""The one line of a card, and the order of the cards that follows from it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from store.rules.dates import short_countdown
from store.rules.followups.actions import Rank
from store.rules.stages import Outcome, Stage
from store.rules.urgency import (
    CardFacts,
    CardLine,
    Level,
    NextStep,
    briefly,
    countdown_target,
    deadline_level,
    due_level,
    in_room,
    line,
    short_words,
    sort_key,
)
from tests.tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN)
TODAY = NOW.date()
SIX_DAYS_AGO = date(2026, 11, 17)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


def nov(day: int) -> date:
    return date(2026, 11, day)


def step(action: str, due_on: date, due_at: datetime | None = None, label: str = "") -> NextStep:
    return NextStep(action, label or action, due_on, due_at)


def in_stage(stage: Stage, since: date = SIX_DAYS_AGO, **known: object) -> CardFacts:
    return CardFacts(stage, since, **known)  # type: ignore[arg-type]


APPLIED, FIRST, SECOND, OFFER = (in_stage(stage) for stage in Stage)
MET = FIRST._replace(met=True)
LATE = step("inquire", nov(21))
FOR_TODAY = step("inquire", nov(23))
TO_COME = step("inquire", nov(27))
THANKS = NextStep("thank", "thank Ana for the interview", nov(23), at(23, 15), at(24, 15))


@each_row(
    ("facts", "expected"),
    [
        (APPLIED._replace(step=LATE), CardLine(Level.LATE, "follow up", "2 d late")),
        (APPLIED._replace(step=FOR_TODAY), CardLine(Level.TODAY, "follow up", "today")),
        (APPLIED._replace(step=TO_COME), CardLine(Level.COMING, "follow up", "in 4 d")),
        (MET._replace(step=THANKS), CardLine(Level.TODAY, "thank Ana", "in 5 h")),
        (
            MET._replace(step=THANKS._replace(due_at=at(23, 7))),
            CardLine(Level.LATE, "thank Ana", "3 h late"),
        ),
        (
            MET._replace(step=NextStep("own", "send the portfolio", nov(24))),
            CardLine(Level.COMING, "send the portfolio", "tomorrow"),
        ),
    ],
)
def test_a_follow_up_is_told_with_its_countdown(facts: CardFacts, expected: CardLine) -> None:
    assert line(facts, NOW) == expected


@each_row(
    ("starts_at", "expected"),
    [
        (at(23, 9, 30), CardLine(Level.TODAY, "interview 09:30", "now")),
        (at(23, 12), CardLine(Level.TODAY, "interview 12:00", "in 2 h")),
        (at(23, 13), CardLine(Level.SOON, "interview 13:00", "in 3 h")),
        (at(24, 10), CardLine(Level.SOON, "interview", "Tue 10:00")),
        (at(25, 10), CardLine(Level.SOON, "interview", "Wed 10:00")),
        (at(25, 10, 1), CardLine(Level.COMING, "interview", "Wed 10:01")),
        (at(30, 10), CardLine(Level.COMING, "interview 30 Nov 10:00", "in 7 d")),
    ],
)
def test_an_interview_is_told_with_its_time(starts_at: datetime, expected: CardLine) -> None:
    assert line(MET._replace(starts_at=starts_at), NOW) == expected


def test_an_interview_within_two_hours_goes_before_what_is_late() -> None:
    late = MET._replace(step=NextStep("go", "get ready for the interview", nov(23), at(23, 9)))
    assert line(late._replace(starts_at=at(23, 11)), NOW).what == "interview 11:00"
    assert line(late._replace(starts_at=at(23, 12, 1)), NOW).level is Level.LATE


def test_an_interview_in_another_zone_is_told_in_the_users_time() -> None:
    starts_at = datetime(2026, 11, 24, 1, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert line(MET._replace(starts_at=starts_at), NOW).what == "interview 17:30"


def test_soon_counts_hours_not_days_when_the_clocks_change() -> None:
    """From Saturday 10:00 to Monday 10:00 are 49 hours when summer time ends in between."""
    saturday = datetime(2026, 10, 24, 10, 0, tzinfo=BERLIN)
    monday = datetime(2026, 10, 26, 10, 0, tzinfo=BERLIN)
    facts = in_stage(Stage.FIRST, date(2026, 10, 20), met=True, starts_at=monday)
    assert line(facts, saturday).level is Level.COMING
    assert line(facts, saturday + timedelta(hours=2)).level is Level.SOON


@each_row(
    ("facts", "expected"),
    [
        (FIRST, "date? i"),
        (SECOND, "date? i"),
        (OFFER, "deadline? i"),
        (OFFER._replace(deadline_on=nov(26)), "answer by Thu"),
        (MET, "6 days in first"),
        (APPLIED, "6 days in applied"),
        (FIRST._replace(quiet=True), "quiet 6 days"),
    ],
)
def test_what_nobody_has_agreed_yet_is_asked(facts: CardFacts, expected: str) -> None:
    assert line(facts, NOW).what == expected


SOON = at(24, 10)
IN_TWO_DAYS = at(25, 9)
BY_THURSDAY = date(2026, 12, 3)


@each_row(
    ("stronger", "weaker"),
    [
        (MET._replace(step=LATE), MET._replace(step=FOR_TODAY)),
        (MET._replace(step=FOR_TODAY), MET._replace(starts_at=IN_TWO_DAYS)),
        (MET._replace(starts_at=IN_TWO_DAYS), FIRST),
        (FIRST, MET._replace(step=TO_COME)),
        (MET._replace(step=TO_COME), MET),
        (MET._replace(expected_by=BY_THURSDAY), MET),
        (MET, MET._replace(quiet=True)),
    ],
)
def test_precedence_orders_the_lane_as_well(stronger: CardFacts, weaker: CardFacts) -> None:
    assert line(stronger, NOW).level < line(weaker, NOW).level
    assert sort_key(stronger, "Zeta", 2, NOW) < sort_key(weaker, "Alpha", 1, NOW)


@each_row("weaker", [{"starts_at": SOON}, {"met": False}, {"expected_by": TODAY}])
@each_row("follow_up", [LATE, FOR_TODAY])
def test_a_follow_up_for_today_beats_everything(
    follow_up: NextStep, weaker: dict[str, object]
) -> None:
    facts = MET._replace(step=follow_up)._replace(**weaker)  # type: ignore[arg-type]
    assert line(facts, NOW).what == "follow up"


@each_row(
    ("known", "expected"),
    [
        ({"expected_by": BY_THURSDAY}, ("they decide by Thu 3 Dec", "in 10 d")),
        ({"expected_by": TODAY}, ("they decide by Mon 23 Nov", "today")),
        ({"expected_by": nov(22)}, ("they decided by Sun 22 Nov", "")),
        (
            {"expected_by": BY_THURSDAY, "step": step("inquire", date(2026, 12, 4))},
            ("they decide by Thu 3 Dec", "in 10 d"),
        ),
        (
            {"expected_by": BY_THURSDAY, "step": step("own", BY_THURSDAY, label="call Ana")},
            ("call Ana", "in 10 d"),
        ),
        ({"step": step("own", nov(28)), "starts_at": at(27, 9)}, ("interview", "Fri 09:00")),
        ({"step": step("own", nov(27)), "starts_at": at(27, 9)}, ("own", "in 4 d")),
        ({"deadline_on": nov(27), "starts_at": at(27, 9)}, ("interview", "Fri 09:00")),
    ],
)
def test_of_what_is_to_come_the_nearest_is_told(
    known: dict[str, object], expected: tuple[str, str]
) -> None:
    assert line(MET._replace(**known), NOW)[1:3] == expected  # type: ignore[arg-type]


@each_row(
    ("deadline_on", "deadline_at", "due_on", "expected"),
    [
        (nov(27), None, nov(24), (Level.SOON, "answer by Fri", "in 4 d")),
        (nov(29), None, nov(26), (Level.SOON, "answer by Sun", "in 6 d")),
        (nov(30), None, nov(27), (Level.SOON, "answer by Mon 30 Nov", "in 7 d")),
        (date(2026, 12, 10), None, nov(30), (Level.COMING, "answer by Thu 10 Dec", "in 17 d")),
        (nov(26), None, nov(23), (Level.TODAY, "answer by Thu", "in 3 d")),
        (nov(25), None, nov(22), (Level.TODAY, "answer by Wed", "in 2 d")),
        (nov(24), at(24, 17), nov(24), (Level.TODAY, "answer by Tue 17:00", "in 31 h")),
        (
            nov(24),
            datetime(2026, 11, 24, 23, 30, tzinfo=UTC),
            nov(24),
            (Level.TODAY, "answer by Wed 00:30", "in 38 h"),
        ),
        (nov(20), None, nov(20), (Level.TODAY, "record answer", "")),
    ],
)
def test_a_decision_to_come_counts_down_to_the_deadline(
    deadline_on: date,
    deadline_at: datetime | None,
    due_on: date,
    expected: tuple[Level, str, str],
) -> None:
    facts = OFFER._replace(
        deadline_on=deadline_on, deadline_at=deadline_at, step=step("decide", due_on)
    )
    assert line(facts, NOW)[:3] == expected


@each_row(
    ("since", "expected"),
    [
        (nov(23), "new in applied"),
        (nov(22), "1 day in applied"),
        (date(2026, 10, 20), "34 days in applied"),
    ],
)
def test_without_anything_to_do_the_days_in_the_stage_are_told(since: date, expected: str) -> None:
    assert line(in_stage(Stage.APPLIED, since), NOW) == CardLine(Level.IDLE, expected, "")


def test_silence_is_counted_unless_the_user_wants_something() -> None:
    silent = in_stage(Stage.APPLIED, date(2026, 10, 20), quiet=True)
    assert line(silent, NOW) == CardLine(Level.QUIET, "quiet 34 days", "")
    reminded = silent._replace(step=step("own", nov(26), label="look again"))
    assert line(reminded, NOW) == CardLine(Level.COMING, "look again", "in 3 d")


def test_a_closed_application_tells_its_outcome_or_a_thank_you_still_owed() -> None:
    closed = in_stage(Stage.FIRST, outcome=Outcome.NO_RESPONSE)
    assert line(closed, NOW) == CardLine(Level.IDLE, "no response", "")
    assert line(closed._replace(step=THANKS), NOW).what == "thank Ana"
    tomorrow = THANKS._replace(due_on=nov(25), due_at=at(25, 15))
    assert line(closed._replace(step=tomorrow), NOW).what == "thank Ana"


@each_row(
    ("action", "label", "expected"),
    [
        ("answer", "reply to the invitation", "reply to invite"),
        ("prepare", "prepare for the interview", "prepare"),
        ("logistics", "check link or route, names and documents", "check details"),
        ("go", "get ready for the interview", "get ready"),
        ("thank", "thank Ana and Bo for the interview", "thank Ana and Bo"),
        ("thank", "Thank Ana for the interview", "thank Ana"),
        ("thank", f"thank {'Ana ' * 20} for the interview", "thank them"),
        ("thank", "write to them", "thank them"),
        ("inquire", "follow up on the interview", "follow up"),
        ("acknowledge", "thank them for the offer", "thank them"),
        ("decide", "decide on the offer", "decide"),
        ("decide_soft", "decide on the offer", "decide"),
        ("more_time", "last day to ask for more time", "ask for time"),
        ("ask_deadline", "ask when they need your answer", "ask deadline"),
        ("own", "call [b]Ana[/b]", "call [b]Ana[/b]"),
        ("made later", "its own words", "its own words"),
    ],
)
def test_wording(action: str, label: str, expected: str) -> None:
    assert short_words(step(action, TODAY, label=label)) == expected


@each_row(
    ("due_on", "due_at", "expected"),
    [
        (nov(22), None, Level.LATE),
        (nov(23), None, Level.TODAY),
        (nov(24), None, Level.COMING),
        (nov(23), at(23, 9, 59), Level.LATE),
        (nov(23), at(23, 10), Level.TODAY),
        (nov(23), at(24, 0), Level.COMING),
        (nov(23), datetime(2026, 11, 23, 23, 30, tzinfo=UTC), Level.COMING),
    ],
)
def test_level_of_a_follow_up(due_on: date, due_at: datetime | None, expected: Level) -> None:
    assert due_level(due_on, due_at, NOW) is expected


def test_within_a_level_the_moment_decides_then_the_stage_then_the_name() -> None:
    by_moment = [
        MET._replace(step=step("own", nov(23), at(23, 11))),
        MET._replace(step=step("own", nov(23), at(23, 12))),
    ]
    earlier, later = (sort_key(facts, "B", 1, NOW) for facts in by_moment)
    assert earlier < later
    longer, shorter = in_stage(Stage.APPLIED, nov(1)), in_stage(Stage.APPLIED, nov(2))
    assert sort_key(longer, "B", 9, NOW) < sort_key(shorter, "A", 1, NOW)
    assert sort_key(longer, "alpha", 9, NOW) < sort_key(longer, "Beta", 1, NOW)
    assert sort_key(longer, "A", 1, NOW) < sort_key(longer, "A", 2, NOW)


def test_of_two_deadlines_on_one_day_the_earlier_hour_stands_first() -> None:
    offers = [
        OFFER._replace(deadline_on=nov(25), deadline_at=deadline_at)
        for deadline_at in (at(25, 8), None, at(25, 12), at(25, 17))
    ]
    keys = [sort_key(facts, name, 1, NOW) for facts, name in zip(offers, "DCBA", strict=True)]
    assert keys == sorted(keys)
    assert line(offers[3], NOW) == CardLine(Level.TODAY, "answer by Wed 17:00", "in 2 d")
    assert (
        line(offers[2]._replace(deadline_on=nov(24), deadline_at=at(24, 17)), NOW)[2] == "in 31 h"
    )


def test_a_follow_up_for_the_whole_day_stands_at_nine() -> None:
    keys = [
        sort_key(APPLIED._replace(step=step("own", nov(25), due_at)), "A", 1, NOW)
        for due_at in (at(25, 8, 59), None, at(25, 9, 1))
    ]
    assert keys == sorted(keys)


@each_row(
    ("due_on", "late_from", "level", "countdown"),
    [
        (nov(24), at(27, 17), Level.COMING, "tomorrow"),
        (nov(23), at(27, 17), Level.TODAY, "in 4 d"),
        (nov(20), at(27, 17), Level.TODAY, "in 4 d"),
        (nov(20), at(24, 17), Level.TODAY, "in 31 h"),
        (nov(20), at(23, 10), Level.LATE, "now"),
        (nov(20), at(23, 9), Level.LATE, "1 h late"),
        (nov(20), at(20, 9), Level.LATE, "3 d late"),
        # A midnight: the day before is the last one.
        (nov(21), at(24, 0), Level.TODAY, "today"),
        (nov(21), at(25, 0), Level.TODAY, "tomorrow"),
        (nov(21), at(26, 0), Level.TODAY, "in 2 d"),
        (nov(21), at(23, 0), Level.LATE, "1 d late"),
    ],
)
def test_late_from_then_on_only(
    due_on: date, late_from: datetime, level: Level, countdown: str
) -> None:
    assert due_level(due_on, None, NOW, late_from) is level
    target = countdown_target(due_on, None, NOW, late_from)
    assert short_countdown(*target, NOW) == countdown
    told = line(MET._replace(step=NextStep("own", "call", due_on, late_from=late_from)), NOW)
    assert (told.level, told.when) == (level, countdown)


def test_late_from_goes_before_an_instant_of_its_own() -> None:
    """To get ready is due two hours before, and late once it begins."""
    assert due_level(nov(23), at(23, 9), NOW, at(23, 11)) is Level.TODAY
    assert countdown_target(nov(23), at(23, 9), NOW, at(23, 11)) == (nov(23), at(23, 11))
    assert countdown_target(nov(24), at(24, 9), NOW, at(24, 11)) == (nov(24), at(24, 9))


def test_what_has_waited_since_an_import_is_never_late() -> None:
    told = line(APPLIED._replace(step=LATE._replace(any_time=True)), NOW)
    assert told == CardLine(Level.TODAY, "follow up", "any time")


@each_row(
    ("facts", "aside"),
    [
        (MET._replace(step=LATE, starts_at=at(24, 10)), "Tue 10:00"),
        (MET._replace(step=FOR_TODAY, starts_at=at(23, 15)), "today 15:00"),
        (SECOND._replace(step=LATE, starts_at=at(30, 10)), "30 Nov 10:00"),
        (MET._replace(step=TO_COME, starts_at=at(30, 10)), "30 Nov 10:00"),
        (MET._replace(expected_by=nov(25), starts_at=at(27, 10)), "Fri 10:00"),
        (FIRST._replace(starts_at=at(27, 10)), "Fri 10:00"),
        (MET._replace(starts_at=at(27, 10)), ""),
        (MET._replace(step=LATE, starts_at=at(23, 11)), ""),
        (MET._replace(step=LATE), ""),
        (OFFER._replace(step=LATE, deadline_on=nov(27), deadline_at=at(27, 17)), "by Fri 17:00"),
        (OFFER._replace(step=LATE, deadline_on=nov(27)), "by Fri"),
        (OFFER._replace(step=LATE, deadline_on=date(2026, 12, 3)), "by Thu 3 Dec"),
        (OFFER._replace(step=LATE, deadline_on=nov(20)), ""),
        (OFFER._replace(deadline_on=nov(27)), ""),
        (OFFER._replace(step=step("decide", nov(23)), deadline_on=nov(25)), ""),
        (OFFER._replace(starts_at=at(23, 11), deadline_on=nov(27)), "by Fri"),
        (OFFER._replace(step=LATE, starts_at=at(25, 11)), "Wed 11:00"),
        (MET._replace(step=LATE, starts_at=at(27, 10), outcome=Outcome.REJECTED), ""),
    ],
)
def test_the_next_interview_or_the_deadline_is_always_on_the_card(
    facts: CardFacts, aside: str
) -> None:
    told = line(facts, NOW)
    assert told.aside == aside
    if aside == "" and facts.starts_at is not None and facts.outcome is None:
        assert "interview" in told.what


@each_row(
    ("known", "expected"),
    [
        # An offer is the decision: the employer's date says nothing any more.
        ({"expected_by": nov(25)}, (Level.ASK, "deadline? i", "")),
        (
            {"expected_by": nov(25), "deadline_on": nov(27), "deadline_at": at(27, 17)},
            (Level.SOON, "answer by Fri 17:00", "in 4 d"),
        ),
        (
            {"deadline_on": nov(27), "step": step("ask_letter", nov(25))},
            (Level.SOON, "answer by Fri", "in 4 d"),
        ),
        (
            {"deadline_on": nov(27), "step": step("acknowledge", nov(23), at(23, 15))},
            (Level.TODAY, "thank them", "in 5 h"),
        ),
        (
            {"deadline_on": nov(23), "deadline_at": at(23, 9)},
            (Level.TODAY, "record answer", ""),
        ),
        (
            {"deadline_on": nov(22), "step": step("record_answer", nov(22), at(22, 17))},
            (Level.LATE, "record answer", "17 h late"),
        ),
    ],
)
def test_the_face_of_an_offer_is_its_deadline(
    known: dict[str, object], expected: tuple[Level, str, str]
) -> None:
    assert line(OFFER._replace(**known), NOW)[:3] == expected  # type: ignore[arg-type]


@each_row(
    ("on", "deadline_at", "level"),
    [
        (nov(23), None, Level.TODAY),
        (nov(25), at(25, 23), Level.TODAY),
        (nov(26), at(26, 8), Level.SOON),
        (nov(30), None, Level.SOON),
        (date(2026, 12, 1), None, Level.COMING),
    ],
)
def test_a_deadline_is_soon_within_a_week_and_urgent_within_two_days(
    on: date, deadline_at: datetime | None, level: Level
) -> None:
    assert deadline_level(on, deadline_at, NOW) is level
    assert line(OFFER._replace(deadline_on=on, deadline_at=deadline_at), NOW).level is level


def test_what_is_to_be_done_now_is_sorted_by_rank_before_lateness() -> None:
    steps = [
        (Rank.OFFER, nov(23)),
        (Rank.WORD, nov(20)),
        (Rank.WORD, nov(23)),
        (Rank.COLD, nov(1)),
    ]
    keys = [
        sort_key(MET._replace(step=NextStep("own", "x", due_on, rank=rank)), "A", 1, NOW)
        for rank, due_on in steps
    ]
    assert keys == sorted(keys)


def test_an_interview_today_or_tomorrow_stands_first() -> None:
    """But what is to be handed in today stands before that of tomorrow."""
    cards = [
        MET._replace(starts_at=at(23, 15)),
        MET._replace(step=LATE._replace(action="hand_in", rank=Rank.DEADLINE)),
        MET._replace(starts_at=at(24, 23)),
        OFFER._replace(step=LATE._replace(rank=Rank.OFFER)),
        MET._replace(starts_at=at(25, 9)),
    ]
    keys = [sort_key(facts, "A", 1, NOW) for facts in cards]
    assert keys == sorted(keys)
    owing = MET._replace(starts_at=at(24, 23), step=LATE._replace(rank=Rank.COLD))
    assert keys[1] < sort_key(owing, "A", 1, NOW) < keys[3]
    busy = MET._replace(starts_at=at(23, 15), step=LATE._replace(rank=Rank.COLD))
    assert sort_key(busy, "A", 1, NOW) < keys[1]
    handing_in = MET._replace(starts_at=at(24, 23), step=LATE._replace(rank=Rank.DEADLINE))
    assert sort_key(handing_in, "A", 1, NOW) < keys[2]


@each_row(
    ("room", "words"),
    [(19, "answer by Fri 17:00"), (18, "answer Fri 17:00"), (15, "Fri 17:00"), (2, "Fri 17:00")],
)
def test_the_words_of_a_deadline_give_way_to_its_time(room: int, words: str) -> None:
    assert in_room("answer by Fri 17:00", room) == words


days = st.dates(date(2026, 1, 1), date(2028, 1, 1))
instants = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
steps = st.builds(
    NextStep,
    st.sampled_from(["inquire", "thank", "decide", "own"]),
    st.just("thank Ana for it"),
    days,
    st.none() | instants,
    st.none() | instants,
    st.none() | instants,
    st.sampled_from(Rank),
    st.booleans(),
)
anything = st.builds(
    CardFacts,
    stage=st.sampled_from(Stage),
    stage_since=days,
    outcome=st.none() | st.sampled_from(Outcome),
    quiet=st.booleans(),
    step=st.none() | steps,
    starts_at=st.none() | instants,
    met=st.booleans(),
    expected_by=st.none() | days,
    deadline_on=st.none() | days,
    deadline_at=st.none() | instants,
)


@given(anything, instants)
def test_every_card_has_a_line_that_fits(facts: CardFacts, now: datetime) -> None:
    now = now.astimezone(BERLIN)
    told = line(facts, now)
    assert told.what
    assert len(told.when) <= 10
    assert len(told.aside) <= len("by Sun 10 Jan 2027"), "the longest form that a day has"
    assert told.level is sort_key(facts, "A", 1, now)[2]


@given(anything, st.integers(0, 48 * 60))
def test_the_same_moment_in_another_zone_keeps_the_order(facts: CardFacts, minutes: int) -> None:
    """Nothing but the calendar day depends on where the user is: the moments do not."""
    if facts.step is None or facts.step.due_at is None:
        return
    now = NOW + timedelta(minutes=minutes)
    late_here = due_level(facts.step.due_on, facts.step.due_at, now) is Level.LATE
    late_there = due_level(
        facts.step.due_on, facts.step.due_at, now.astimezone(ZoneInfo("Asia/Tokyo"))
    )
    assert late_here == (late_there is Level.LATE)


@each_row(
    ("what", "brief"),
    [
        ("reply to invite", "reply"),
        ("interview 10:00", "at 10:00"),
        ("answer by Thu", "answer Thu"),
        ("interview 30 Nov 10:00", "30 Nov 10:00"),
        ("they decide by Thu 26 Nov", "they: Thu 26 Nov"),
        ("thank Ana", "thank Ana"),
        ("send Art the link", "send Art the link"),
    ],
)
def test_the_brief_wording_of_a_narrow_lane(what: str, brief: str) -> None:
    assert briefly(what) == brief
