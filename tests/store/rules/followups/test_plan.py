"""The follow-up table as a whole: its test vectors, and what may never happen.

The families of rules have tests of their own: test_followups_*.py.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from store.rules.followups.actions import INQUIRIES, NUDGES
from store.rules.followups.facts import (
    Acceptance,
    Facts,
    InterviewFacts,
    OtherOffer,
    Person,
    Process,
    Promise,
    Task,
    Word,
)
from store.rules.followups.numbers import Rules, midnight
from store.rules.followups.plan import plan
from store.rules.followups.planned import Planned, at_birth
from store.rules.followups.presets import presets, rules_for
from store.rules.stages import Outcome, Stage
from tests.store.rules.followups.one_autumn import APPLIED, MET, RULES, ZONE, at, nudge
from tests.tables import each_row

OFFERED = replace(
    APPLIED,
    stage=Stage.OFFER,
    stage_since=date(2025, 12, 4),
    offered_on=date(2025, 12, 4),
    offered_at=at(2025, 12, 4, 11),
)


def promised(by: date) -> Facts:
    return replace(MET, expected_by=by, expected_set_on=date(2025, 11, 27))


@each_row(
    ("facts", "rule", "due"),
    [
        (promised(date(2025, 12, 3)), "R9", ["2025-12-04"]),
        (promised(date(2025, 12, 5)), "R9", ["2025-12-08"]),
        (promised(date(2025, 12, 6)), "R9", ["2025-12-08"]),
        (MET, "R7", ["2025-11-28 15:00"]),
        (MET, "R8", ["2025-12-04"]),
        (replace(MET, words=nudge(date(2025, 12, 4))), "R8", ["2025-12-11"]),
        (APPLIED, "R1", ["2025-11-11"]),
        (replace(APPLIED, words=nudge(date(2025, 11, 11))), "R1", ["2025-11-25"]),
        (replace(APPLIED, closing_on=date(2025, 11, 14)), "R1", ["2025-11-21"]),
        (
            replace(APPLIED, applied_on=date(2025, 11, 5), stage_since=date(2025, 11, 5)),
            "R1",
            ["2025-11-17"],
        ),
        (
            replace(
                OFFERED,
                deadline_on=date(2025, 12, 12),
                deadline_at=at(2025, 12, 12, 17),
                deadline_set_on=date(2025, 12, 4),
            ),
            "R14",
            ["2025-12-09", "2025-12-10"],
        ),
        (
            replace(
                MET,
                words=(
                    *nudge(date(2025, 12, 4)),
                    Word(date(2025, 12, 5), inbound=True, kind="date_given"),
                ),
                expected_by=date(2025, 12, 12),
                expected_set_on=date(2025, 12, 5),
            ),
            "R9",
            ["2025-12-15"],
        ),
    ],
    ids=[
        "date given Wed 3 Dec",
        "date given Fri 5 Dec",
        "date given Sat 6 Dec",
        "thank-you",
        "no date named",
        "no date named, asked once",
        "applied Sat 1 Nov",
        "applied Sat 1 Nov, asked once",
        "closing date 14 Nov",
        "lands on Saturday",
        "offer deadline",
        "their new date",
    ],
)
def test_the_vectors_of_the_table(facts: Facts, rule: str, due: list[str]) -> None:
    rows = [one for one in plan(facts, RULES).follow_ups if one.rule == rule]
    told = [
        f"{one.due_at:%Y-%m-%d %H:%M}" if one.due_at else one.due_on.isoformat() for one in rows
    ]
    assert told == due


def test_the_vector_of_silence() -> None:
    asked = replace(MET, words=nudge(date(2025, 12, 4), date(2025, 12, 11)))
    planned = plan(asked, RULES)
    assert not [one for one in planned.follow_ups if one.action in NUDGES]
    assert planned.quiet_on == date(2025, 12, 25)


def test_each_follow_up_tells_its_reason() -> None:
    for facts in (APPLIED, MET, OFFERED):
        for one in plan(facts, RULES).follow_ups:
            assert one.reason
            assert one.label
            assert "{" not in one.reason + one.label


days = st.dates(date(2025, 11, 1), date(2026, 1, 31))
maybe_day = st.none() | days
moments = st.integers(1_761_955_200, 1_769_817_600).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
"""November 2025 to January 2026."""
Drawn = TypeVar("Drawn")
names = st.text("aäZ '", max_size=80)


@st.composite
def talks(draw: st.DrawFn) -> InterviewFacts:
    starts = draw(st.none() | moments)
    minutes = draw(st.integers(1, 600))
    people = st.builds(Person, id=st.integers(1, 9), name=names, email=st.sampled_from(["", "a@b"]))
    return InterviewFacts(
        id=draw(st.integers(1, 9)),
        stage=draw(st.sampled_from([Stage.FIRST, Stage.SECOND])),
        logged_on=draw(days),
        starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes) if starts else None,
        invited_on=draw(maybe_day),
        invited_at=draw(st.none() | moments),
        answered=draw(st.booleans()),
        people=draw(names),
        interviewers=tuple(draw(st.lists(people, max_size=3, unique_by=lambda person: person.id))),
        timed_on=draw(maybe_day),
        answered_on=draw(maybe_day),
        offered_slots_on=draw(maybe_day),
        kept=draw(st.sampled_from([None, None, None, True, False])),
        called_off_by=draw(st.sampled_from(["", "", "", "them", "you"])),
        called_off_on=draw(maybe_day),
        debriefed=draw(st.booleans()),
        thanked=draw(st.booleans()),
    )


def rarely(strategy: st.SearchStrategy[Drawn]) -> st.SearchStrategy[Drawn | None]:
    return st.one_of(st.none(), st.none(), st.none(), strategy)


WORDS = st.builds(
    Word,
    sent_on=days,
    inbound=st.booleans(),
    kind=st.sampled_from(["reply", "nudge", "date_given", "invitation", "other"]),
    human=st.booleans(),
)


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    due_at = draw(rarely(moments))
    return Task(
        id=draw(st.integers(1, 9)),
        stage=draw(st.sampled_from([Stage.FIRST, Stage.SECOND])),
        title=draw(st.text("aäZ '", min_size=1, max_size=120)),
        given_on=draw(days),
        due_on=due_at.astimezone(ZONE).date() if due_at else draw(maybe_day),
        due_at=due_at,
        handed_in_on=draw(maybe_day),
    )


PROCESSES = st.builds(
    Process,
    application_id=st.integers(20, 29),
    role=names,
    stage=st.sampled_from([Stage.FIRST, Stage.SECOND, Stage.OFFER]),
    last_interview_on=maybe_day,
)
companies = st.sampled_from(["", "Globex", "GLOBEX GmbH", "Initech"])


@st.composite
def all_facts(draw: st.DrawFn) -> Facts:
    flag = st.booleans()
    deadline_at = draw(rarely(moments))
    helpers = st.lists(st.builds(Person, id=st.integers(1, 9), name=names), max_size=2)
    return Facts(
        zone=ZONE,
        stage=draw(st.sampled_from(Stage)),
        stage_since=draw(days),
        applied_on=draw(maybe_day),
        company=draw(companies),
        closing_on=draw(rarely(days)),
        expected_by=draw(rarely(days)),
        expected_set_on=draw(maybe_day),
        no_contact=draw(rarely(st.just(True))) is not None,
        outcome=draw(rarely(st.sampled_from(Outcome))),
        closed_on=draw(maybe_day),
        interviews=tuple(draw(st.lists(talks(), max_size=3, unique_by=lambda talk: talk.id))),
        assignments=tuple(
            draw(rarely(st.lists(tasks(), min_size=1, max_size=2, unique_by=lambda t: t.id))) or ()
        ),
        words=tuple(draw(st.lists(WORDS, max_size=4))),
        offered_on=draw(maybe_day),
        offered_at=draw(st.none() | moments),
        acknowledged=draw(flag),
        deadline_on=deadline_at.astimezone(ZONE).date() if deadline_at else draw(maybe_day),
        deadline_at=deadline_at,
        deadline_set_on=draw(maybe_day),
        deadline_asked_on=draw(maybe_day),
        verbal=draw(flag),
        letter_on=draw(rarely(days)),
        signed_on=draw(rarely(days)),
        extension_asked_on=draw(maybe_day),
        counter_sent_on=draw(maybe_day),
        reference_check_on=draw(rarely(days)),
        references_announced_on=draw(maybe_day),
        references=tuple(draw(helpers)),
        referrers=tuple(draw(helpers)),
        via_recruiter=draw(names),
        contact_known=draw(flag),
        open_conditions=draw(st.integers(0, 1)),
        starts_work_on=draw(maybe_day),
        processes=tuple(
            draw(st.lists(PROCESSES, max_size=2, unique_by=lambda one: one.application_id))
        ),
        promises=tuple(
            draw(
                st.lists(
                    st.builds(Promise, id=st.integers(1, 9), text=names, made_on=days),
                    max_size=2,
                    unique_by=lambda promise: promise.id,
                )
            )
        ),
        other_offer=draw(st.none() | st.builds(OtherOffer, st.just(5), companies, days, maybe_day)),
        accepted_elsewhere=draw(rarely(st.builds(Acceptance, st.just(6), companies, days))),
        keeps_going=draw(flag),
        acknowledgement_skipped=draw(flag),
        closed_at=draw(st.none() | moments),
        thanked_for_rejection=draw(flag),
        stay_in_touch=draw(flag),
    )


HOLIDAYS = frozenset(
    date(year, month, day) for year in (2025, 2026) for month, day in ((1, 1), (12, 25), (12, 26))
)
all_rules = st.builds(
    rules_for,
    st.sampled_from(list(presets())),
    st.dictionaries(
        st.sampled_from(["debrief", "thank_you"]),
        st.fixed_dictionaries({"due_hours": st.integers(0, 400)}),
    ),
    st.sampled_from([frozenset(), HOLIDAYS]),
    slow_season=st.booleans(),
)


def instants(one: Planned) -> list[datetime]:
    """The ends of the window in the order in which they must follow each other.

    What is due on a day is due at any time of it.
    """
    opens = one.due_at or midnight(one.due_on, ZONE)
    ends = one.due_at or midnight(one.due_on + timedelta(days=1), ZONE)
    not_before = one.not_before or opens
    due = min(max(not_before, opens), ends)
    found = [not_before, due, one.late_until or due]
    return found + ([one.lapses_at] if one.lapses_at else [])


@given(all_facts(), all_rules)
def test_whatever_the_facts(facts: Facts, rules: Rules) -> None:
    planned = plan(facts, rules)
    assert planned == plan(facts, rules)
    keys = [one.key for one in planned.follow_ups]
    assert len(keys) == len(set(keys)), "each is planned once"
    asking = [one for one in planned.follow_ups if one.action in INQUIRIES]
    assert len(asking) <= 1, "nobody is asked twice at a time"
    for one in planned.follow_ups:
        assert 1 <= one.nth <= one.of
        assert one.reason
        assert one.label
        assert not {"{", "}"} & set(one.reason + one.label)
        assert len(one.anchor) <= 64
        assert len(one.label) <= 200
        assert len(one.reason) <= 500
        window = instants(one)
        assert window == sorted(window), "not before <= due <= late <= lapses"
        if one.due_at is not None:
            assert one.due_at.astimezone(ZONE).date() == one.due_on
    for one in asking:
        assert not facts.no_contact
        assert facts.outcome is None or one.action == "ask_letter"
        assert one.due_on.weekday() < 5
        assert one.due_on not in rules.holidays
        assert one.nth <= 2
        if one.action not in ("ask_letter", "ask_counter"):
            assert one.lapses_at is not None
            assert planned.quiet_on is not None
            assert one.due_on < planned.quiet_on
    if facts.no_contact or facts.outcome not in (None, Outcome.ACCEPTED):
        assert not [one for one in planned.follow_ups if one.action in NUDGES]
    if facts.outcome is Outcome.ACCEPTED:
        actions = {one.action for one in planned.follow_ups}
        assert actions & NUDGES <= {"ask_letter"}, "only what is on paper is an offer"
    if planned.quiet_on:
        assert planned.close_suggested_on is not None
        assert planned.close_suggested_on >= planned.quiet_on


@given(all_facts(), all_rules, days)
def test_an_automatic_word_changes_nothing(facts: Facts, rules: Rules, day: date) -> None:
    word = Word(day, inbound=True, kind="automatic", human=False)
    assert plan(replace(facts, words=(*facts.words, word)), rules) == plan(facts, rules)


@given(all_facts(), all_rules)
def test_a_persons_word_ends_the_asking(facts: Facts, rules: Rules) -> None:
    """After a word that is the last thing known, all is asked for the first time and later."""
    last = Word(date(2026, 6, 1), inbound=True, kind="reply")
    planned = plan(replace(facts, words=(*facts.words, last)), rules)
    asking = [one for one in planned.follow_ups if one.action in INQUIRIES]
    assert all(one.nth == 1 and one.due_on > last.sent_on for one in asking)
    if facts.stage is Stage.OFFER:
        assert {one.rule for one in asking} <= {"R13"}


@given(all_facts(), all_rules)
def test_one_more_inquiry_is_never_followed_by_the_same(facts: Facts, rules: Rules) -> None:
    for one in plan(facts, rules).follow_ups:
        if one.action not in INQUIRIES:
            continue
        sent = Word(one.due_on, inbound=False, kind="nudge")
        again = plan(replace(facts, words=(*facts.words, sent)), rules)
        asking = [other for other in again.follow_ups if other.action in INQUIRIES]
        assert one.key not in {other.key for other in asking}
        assert all(other.due_on > one.due_on for other in asking)


def shown(one: Planned, now: datetime) -> bool:
    return one.lapses_at is None or one.lapses_at > now


def taken_elsewhere(facts: Facts) -> bool:
    """Whether a yes to another offer ends this application."""
    accepted = facts.accepted_elsewhere
    begun = facts.applied_on or facts.stage_since
    return accepted is not None and not facts.keeps_going and begun <= accepted.on


def interview_days(facts: Facts) -> list[date]:
    """The days of the interviews at that employer, whichever application they are for."""
    held = [
        t for t in facts.interviews if t.ends_at and not t.called_off_by and t.kept is not False
    ]
    days = [talk.ends_at.astimezone(ZONE).date() for talk in held if talk.ends_at]
    return days + [one.last_interview_on for one in facts.processes if one.last_interview_on]


@given(all_facts(), all_rules)
def test_no_dead_ends(facts: Facts, rules: Rules) -> None:
    """What is open and not quiet has a next line, or says what it waits for."""
    planned = plan(facts, rules)
    if facts.outcome is not None:
        assert planned.waiting == ""
        assert planned.quiet_on is None
        return
    assert planned.waiting
    assert not {"{", "}"} & set(planned.waiting)
    assert len(planned.waiting) <= 200
    quiet = facts.stage is Stage.OFFER or taken_elsewhere(facts)
    assert (planned.quiet_on is None) == quiet
    if planned.quiet_on is not None:
        own = interview_days(replace(facts, processes=()))
        assert all(planned.quiet_on > day for day in own), "awake before an interview"


@given(all_facts(), all_rules)
def test_nobody_is_asked_before_an_interview_there_is_over(facts: Facts, rules: Rules) -> None:
    for one in plan(facts, rules).follow_ups:
        if one.action in ("inquire", "ask_slot", "ask_time"):
            assert all(one.due_on > day for day in interview_days(facts))


@given(all_facts(), all_rules)
def test_nobody_is_asked_before_the_date_that_they_named(facts: Facts, rules: Rules) -> None:
    """As long as it stands: said in this stage, and nothing has happened after it."""
    by, named_on = facts.expected_by, facts.expected_set_on or facts.expected_by
    if by is None or named_on is None or named_on < facts.stage_since:
        return
    happened = [w.sent_on for w in facts.words if w.inbound and w.human and w.kind != "date_given"]
    later = [t.invited_on for t in facts.interviews if not t.starts_at] + [
        t.starts_at.astimezone(ZONE).date() for t in facts.interviews if t.starts_at
    ]
    later += [task.given_on for task in facts.assignments]
    later += [task.handed_in_on for task in facts.assignments]
    if any(day >= by for day in happened) or any(day is not None and day > by for day in later):
        return
    appointed = [
        day
        for talk in facts.interviews
        for day in (
            talk.invited_on,
            talk.answered_on,
            talk.offered_slots_on,
            talk.called_off_on or talk.logged_on,
            talk.starts_at.astimezone(ZONE).date() if talk.starts_at else None,
        )
        if day is not None
    ]
    for one in plan(facts, rules).follow_ups:
        if one.action == "inquire" or one.action == "ask_letter":
            assert one.due_on > by
        if one.action in ("ask_slot", "ask_time"):
            assert any(day > named_on for day in appointed), "they invited since"


@given(all_facts(), all_rules)
def test_after_a_yes_there_is_nothing_but_the_farewell(facts: Facts, rules: Rules) -> None:
    planned = plan(facts, rules)
    rows = {one.rule for one in planned.follow_ups}
    if facts.outcome is Outcome.ACCEPTED:
        assert rows <= {"R7", "R11", "R13", "R21", "R28"}
        notice = [one for one in planned.follow_ups if one.action == "give_notice"]
        assert not notice or (facts.signed_on is not None and not facts.open_conditions)
    elif taken_elsewhere(facts):
        assert rows <= ({"R18"} if facts.outcome is None else set())
        assert len(planned.follow_ups) <= 1
    else:
        assert not rows & {"R18", "R28"}


@given(all_facts(), all_rules)
def test_two_at_most_for_one_anchor(facts: Facts, rules: Rules) -> None:
    """Each inquiry is sent on its day, and nobody answers."""
    sent: list[tuple[str, str]] = []
    for _ in range(6):
        asking = [o for o in plan(facts, rules).follow_ups if o.action in INQUIRIES]
        if not asking:
            break
        (one,) = asking
        sent.append((one.rule, one.anchor))
        word = Word(one.due_on, inbound=False, kind="nudge")
        facts = replace(facts, words=(*facts.words, word))
    assert all(sent.count(anchor) <= 2 for anchor in sent)
    assert len(sent) <= 2


@given(all_facts(), all_rules, moments)
def test_nothing_is_late_at_birth(facts: Facts, rules: Rules, moment: datetime) -> None:
    now = moment.astimezone(ZONE)
    for planned in plan(facts, rules).follow_ups:
        born = at_birth(planned, now)
        assert born.due_on >= now.date()
        assert born.due_at is None or born.due_at >= now
        assert born.late_from is None or born.late_from > now
        if planned.due_on > now.date():
            assert born == planned


@given(all_facts(), all_rules, st.randoms(use_true_random=False))
def test_the_order_in_which_things_were_noted_does_not_matter(
    facts: Facts, rules: Rules, chance: Random
) -> None:
    def mixed(these: tuple[Drawn, ...]) -> tuple[Drawn, ...]:
        return tuple(chance.sample(these, len(these)))

    other = replace(
        facts,
        interviews=mixed(facts.interviews),
        words=mixed(facts.words),
        assignments=mixed(facts.assignments),
        processes=mixed(facts.processes),
        promises=mixed(facts.promises),
    )
    one, two = plan(facts, rules), plan(other, rules)
    assert set(one.follow_ups) == set(two.follow_ups)
    assert replace(one, follow_ups=()) == replace(two, follow_ups=())


@given(all_facts(), all_rules)
def test_one_line_for_an_offer_and_one_for_its_deadline(facts: Facts, rules: Rules) -> None:
    rows = plan(facts, rules).follow_ups
    actions = [one.action for one in rows]
    if "acknowledge" in actions:
        assert not {"ask_deadline", "ask_letter"} & set(actions)
    for action in ("acknowledge", "decide", "record_answer", "propose_time", "tell_date"):
        assert actions.count(action) <= 1
