"""What an offer or an acceptance on one card means for the others: R16 and R18."""

from dataclasses import replace
from datetime import date

import pytest

from store.rules.followups.actions import NUDGES
from store.rules.followups.facts import (
    Acceptance,
    Facts,
    OtherOffer,
    Promise,
    Task,
    Telling,
    Word,
)
from store.rules.followups.plan import plan
from store.rules.followups.planned import Plan
from store.rules.stages import Outcome, Stage
from tests.makers import invited
from tests.store.rules.followups import one_autumn
from tests.store.rules.followups.one_autumn import RULES, TALK, at, by_rule, nudge, reply
from tests.tables import each_row

MET = replace(one_autumn.MET, stage=Stage.SECOND, interviews=(replace(TALK, stage=Stage.SECOND),))
GLOBEX = OtherOffer(4, "Globex", date(2025, 12, 5), date(2025, 12, 12))
TOLD = replace(MET, other_offer=GLOBEX)
TAKEN = replace(MET, accepted_elsewhere=Acceptance(4, "Globex", date(2025, 12, 8)))


def test_they_are_told_before_a_short_deadline() -> None:
    short = replace(GLOBEX, deadline_on=date(2025, 12, 6))
    (row,) = by_rule(replace(MET, other_offer=short), "R16")
    assert (row.due_on, row.lapses_at) == (date(2025, 12, 6), at(2025, 12, 7, 0))


def test_a_moved_deadline_is_the_same_message() -> None:
    moved = replace(GLOBEX, deadline_on=date(2025, 12, 19))
    (row,) = by_rule(replace(MET, other_offer=moved), "R16")
    assert row.key == by_rule(TOLD, "R16")[0].key
    assert row.reason.endswith("Fri 19 Dec")


UNDATED = Telling(4, date(2025, 12, 8))
"""They know of the offer, and not by when it must be answered."""


@each_row(
    ("told", "set_on", "expected"),
    [
        pytest.param(UNDATED, date(2025, 12, 9), "2025-12-10", id="the day became known"),
        pytest.param(UNDATED, date(2025, 12, 11), "2025-12-12", id="known late"),
        pytest.param(UNDATED, date(2025, 12, 12), "2025-12-12", id="not after the deadline"),
        pytest.param(UNDATED, date(2025, 12, 6), "2025-12-09", id="known before they were told"),
        pytest.param(UNDATED, None, "2025-12-09", id="since when is not known"),
        pytest.param(
            replace(UNDATED, deadline_on=date(2025, 12, 15)),
            date(2025, 12, 9),
            "2025-12-10",
            id="it is earlier now",
        ),
        pytest.param(
            replace(UNDATED, deadline_on=date(2025, 12, 12)), date(2025, 12, 9), "", id="as told"
        ),
        pytest.param(
            replace(UNDATED, deadline_on=date(2025, 12, 10)), date(2025, 12, 9), "", id="later now"
        ),
        pytest.param(replace(UNDATED, application_id=3), date(2025, 12, 9), "", id="of another"),
        pytest.param(None, date(2025, 12, 9), "", id="not told yet: that is the first message"),
    ],
)
def test_who_was_told_of_an_offer_hears_of_its_deadline(
    told: Telling | None, set_on: date | None, expected: str
) -> None:
    offer = replace(GLOBEX, deadline_set_on=set_on)
    rows = by_rule(replace(MET, other_offer=offer, told=told), "R16")
    first, again = rows[0], rows[1:]
    assert (first.nth, first.anchor) == (1, "offer-of:4")
    assert [row.due_on.isoformat() for row in again] == ([expected] if expected else [])
    assert first.names_day == date(2025, 12, 12)
    for row in again:
        assert (row.action, row.nth, row.of) == ("tell_date", 2, 2)
        assert row.names_day == date(2025, 12, 12)
        assert row.lapses_at == at(2025, 12, 13, 0)


def test_the_words_of_the_second_message_about_an_offer() -> None:
    facts = replace(TOLD, told=UNDATED)
    row = by_rule(facts, "R16")[1]
    assert row.label == "tell them your deadline elsewhere"
    assert row.reason == "you told them of the offer Mon 8 Dec; answer to Globex due Fri 12 Dec"
    earlier = replace(facts, told=replace(UNDATED, deadline_on=date(2025, 12, 15)))
    row = by_rule(earlier, "R16")[1]
    assert row.label == "tell them your deadline elsewhere is earlier"
    assert row.reason == "you told them of the offer Mon 8 Dec; answer to Globex due Fri 12 Dec"
    row = by_rule(replace(earlier, via_recruiter="Rita"), "R16")[1]
    assert row.label == "tell Rita your deadline elsewhere is earlier"
    assert row.reason.endswith(", via Rita")
    assert by_rule(replace(earlier, no_contact=True), "R16") == []


def test_each_earlier_deadline_is_a_message_of_its_own() -> None:
    first = by_rule(replace(TOLD, told=UNDATED), "R16")[1]
    sooner = replace(GLOBEX, deadline_on=date(2025, 12, 10))
    told = Telling(4, date(2025, 12, 9), date(2025, 12, 12))
    second = by_rule(replace(MET, other_offer=sooner, told=told), "R16")[1]
    assert first.key != second.key


@each_row(
    ("facts", "times"),
    [
        (TOLD, 1),
        (replace(TOLD, stage=Stage.FIRST), 1),
        (replace(TOLD, stage=Stage.APPLIED), 0),
        (replace(TOLD, stage=Stage.OFFER), 0),
        (replace(TOLD, no_contact=True), 0),
        (replace(TOLD, outcome=Outcome.REJECTED, closed_on=date(2025, 12, 5)), 0),
    ],
    ids=["second", "first", "applied", "offer", "no contact", "closed"],
)
def test_only_those_who_are_interviewing_are_told(facts: Facts, times: int) -> None:
    assert len(by_rule(facts, "R16")) == times


def test_a_recruiter_is_told() -> None:
    (row,) = by_rule(replace(TOLD, via_recruiter="Rita"), "R16")
    assert row.label == "tell Rita your deadline elsewhere"
    assert row.reason.endswith(", via Rita")


def test_an_application_is_withdrawn_through_its_recruiter() -> None:
    (row,) = by_rule(replace(TAKEN, via_recruiter="Rita"), "R18")
    assert row.label == "withdraw through Rita"


def test_who_accepts_on_a_weekend_withdraws_on_monday() -> None:
    weekend = replace(TAKEN, accepted_elsewhere=Acceptance(4, "Globex", date(2025, 12, 6)))
    (row,) = by_rule(weekend, "R18")
    assert row.due_on == date(2025, 12, 8)


@each_row("stage", Stage)
def test_every_open_card_is_withdrawn(stage: Stage) -> None:
    assert len(by_rule(replace(TAKEN, stage=stage), "R18")) == 1
    closed = replace(TAKEN, outcome=Outcome.WITHDRAWN, closed_on=date(2025, 12, 8))
    assert by_rule(closed, "R18") == []


@each_row(
    "facts",
    [
        TAKEN,
        replace(TAKEN, other_offer=GLOBEX),
        replace(TAKEN, stage=Stage.APPLIED),
        replace(TAKEN, stage=Stage.OFFER, verbal=True),
    ],
    ids=["met", "another offer", "applied", "offer"],
)
def test_nobody_is_asked_about_what_is_to_be_withdrawn(facts: Facts) -> None:
    assert not [one for one in plan(facts, RULES).follow_ups if one.action in NUDGES]
    goes_on = replace(facts, keeps_going=True)
    assert by_rule(goes_on, "R18") == []
    assert plan(goes_on, RULES) == plan(replace(facts, accepted_elsewhere=None), RULES)


def test_nothing_but_the_farewell_is_owed_after_an_acceptance() -> None:
    busy = replace(
        TAKEN,
        promises=(Promise(3, "slides", date(2025, 11, 27)),),
        other_offer=GLOBEX,
        reference_check_on=date(2025, 12, 9),
        expected_by=date(2025, 12, 12),
        expected_set_on=date(2025, 12, 1),
        via_recruiter="Rita",
        assignments=(Task(2, Stage.SECOND, "A case study", date(2025, 12, 1)),),
    )
    assert [one.rule for one in plan(busy, RULES).follow_ups] == ["R18"]
    assert len(plan(replace(busy, keeps_going=True), RULES).follow_ups) > 8
    assert plan(busy, RULES).quiet_on is None


def test_what_was_closed_owes_nothing_after_an_acceptance() -> None:
    rejected = replace(MET, outcome=Outcome.REJECTED, closed_on=date(2025, 12, 2))
    assert plan(rejected, RULES).follow_ups
    assert plan(replace(rejected, accepted_elsewhere=TAKEN.accepted_elsewhere), RULES) == Plan(())
    later = replace(
        rejected, applied_on=date(2025, 12, 9), accepted_elsewhere=TAKEN.accepted_elsewhere
    )
    assert plan(later, RULES).follow_ups


NOBODY = replace(TAKEN, stage=Stage.APPLIED, interviews=(), contact_known=False)
INVITED = invited(date(2025, 12, 4))
AUTOMATIC = Word(date(2025, 11, 2), inbound=True, kind="automatic", human=False)


@each_row(
    ("facts", "action", "label"),
    [
        pytest.param(
            replace(TAKEN, stage=Stage.OFFER), "decline", "decline this offer", id="another offer"
        ),
        pytest.param(
            replace(NOBODY, stage=Stage.OFFER), "decline", "decline this offer", id="offer, nobody"
        ),
        pytest.param(TAKEN, "withdraw", "withdraw this application", id="an interview"),
        pytest.param(
            replace(NOBODY, stage=Stage.FIRST), "withdraw", "withdraw this application", id="first"
        ),
        pytest.param(
            replace(NOBODY, interviews=(INVITED,)),
            "withdraw",
            "withdraw this application",
            id="invited",
        ),
        pytest.param(
            replace(NOBODY, interviews=(replace(INVITED, called_off_by="them"),)),
            "withdraw",
            "withdraw this application",
            id="called off",
        ),
        pytest.param(
            replace(NOBODY, contact_known=True),
            "withdraw",
            "withdraw this application",
            id="a person known",
        ),
        pytest.param(
            replace(NOBODY, words=(reply(date(2025, 11, 2)),)),
            "withdraw",
            "withdraw this application",
            id="they wrote",
        ),
        pytest.param(
            replace(NOBODY, via_recruiter="Rita"),
            "withdraw",
            "withdraw through Rita",
            id="a recruiter",
        ),
        pytest.param(NOBODY, "close_silent", "close as withdrawn, no message needed", id="nobody"),
        pytest.param(
            replace(NOBODY, words=(AUTOMATIC, *nudge(date(2025, 11, 11)))),
            "close_silent",
            "close as withdrawn, no message needed",
            id="only a machine wrote",
        ),
        pytest.param(
            replace(TAKEN, company="Globex GmbH"),
            "kind_word",
            "tell the other team you accepted another role at Globex",
            id="another team",
        ),
        pytest.param(
            replace(NOBODY, company="Globex", interviews=(INVITED,)),
            "kind_word",
            "tell the other team you accepted another role at Globex",
            id="another team invited",
        ),
        pytest.param(
            replace(NOBODY, company="GLOBEX", stage=Stage.OFFER),
            "kind_word",
            "tell the other team you accepted another role at Globex",
            id="another offer of that employer",
        ),
    ],
)
def test_how_one_says_farewell(facts: Facts, action: str, label: str) -> None:
    (row,) = plan(facts, RULES).follow_ups
    assert (row.rule, row.action, row.label) == ("R18", action, label)
    assert row.due_on == date(2025, 12, 8)
    assert row.lapses_at is None
    assert row.action not in NUDGES


@each_row(
    "facts",
    [
        replace(NOBODY, company="Globex"),
        replace(NOBODY, company="Globex", contact_known=True, words=(reply(date(2025, 11, 2)),)),
        replace(NOBODY, company="Globex", interviews=(replace(INVITED, called_off_by="them"),)),
        replace(NOBODY, company="Globex", interviews=(replace(TALK, kept=False),)),
    ],
    ids=["silent", "a person known", "called off", "missed"],
)
def test_nothing_at_the_employer_whose_offer_was_taken(facts: Facts) -> None:
    planned = plan(facts, RULES)
    assert planned.follow_ups == ()
    assert planned.waiting == "you accepted another role there"
    assert plan(replace(facts, company="Initech"), RULES).waiting == "you accepted Globex"
    assert plan(replace(facts, company=""), RULES).waiting == "you accepted Globex"


def test_a_declined_offer_goes_through_the_recruiter() -> None:
    (row,) = by_rule(replace(TAKEN, stage=Stage.OFFER, via_recruiter="Rita"), "R18")
    assert row.label == "decline this offer through Rita"


@each_row(("company", "times"), [("Globex Inc.", 0), ("Initech", 1), ("", 1)])
def test_an_employer_is_not_told_of_its_own_offer(company: str, times: int) -> None:
    assert len(by_rule(replace(TOLD, company=company), "R16")) == times


def test_an_acceptance_of_years_ago_means_nothing_for_a_new_search() -> None:
    new = replace(TAKEN, accepted_elsewhere=Acceptance(4, "Globex", date(2025, 10, 31)))
    assert plan(new, RULES) == plan(MET, RULES)


LATER = replace(TOLD, expected_by=date(2025, 12, 8), expected_set_on=date(2025, 11, 27))
"""They said by Monday 8 December; the offer of Globex came on Friday, and is told on Monday."""


@each_row(
    ("facts", "due_on"),
    [
        pytest.param(replace(LATER, other_offer=None), "2025-12-09", id="no other offer"),
        pytest.param(LATER, "2025-12-15", id="to be told on Monday, which asks where it stands"),
        pytest.param(
            replace(LATER, told=Telling(4, date(2025, 12, 5), date(2025, 12, 12))),
            "2025-12-12",
            id="told on Friday",
        ),
        pytest.param(
            replace(LATER, told=Telling(4, date(2025, 12, 5))),
            "2025-12-15",
            id="told without the deadline, and to be told again",
        ),
        pytest.param(
            replace(LATER, told=Telling(9, date(2025, 11, 20))), "2025-12-15", id="told of another"
        ),
        pytest.param(
            replace(
                LATER,
                other_offer=replace(GLOBEX, deadline_on=None),
                told=Telling(4, date(2025, 12, 5)),
            ),
            "2025-12-12",
            id="told what is known",
        ),
        pytest.param(
            replace(LATER, told=Telling(4, date(2025, 12, 5)), company="Globex"),
            "2025-12-09",
            id="its own offer is no news",
        ),
        pytest.param(
            replace(LATER, expected_by=date(2025, 12, 17)), "2025-12-18", id="their date is later"
        ),
    ],
)
def test_an_inquiry_rests_while_they_are_told_of_another_offer(facts: Facts, due_on: str) -> None:
    """That message asks where things stand: a second one would pester."""
    (row,) = by_rule(facts, "R9")
    assert row.due_on.isoformat() == due_on
    assert row.lapses_at is not None
    assert row.lapses_at.date() > row.due_on, "not gone before it is due"


@each_row(
    ("facts", "label"),
    [
        pytest.param(TOLD, "tell Ana your deadline elsewhere", id="a date"),
        pytest.param(
            replace(TOLD, other_offer=replace(GLOBEX, deadline_on=None)),
            "tell Ana you have another offer",
            id="no date",
        ),
        pytest.param(
            replace(TAKEN, company="Globex"),
            "tell Ana you accepted another role at Globex",
            id="another team",
        ),
        pytest.param(
            replace(TOLD, via_recruiter="Cy"), "tell Cy your deadline elsewhere", id="a recruiter"
        ),
    ],
)
def test_the_label_names_who_is_written_to(facts: Facts, label: str) -> None:
    labels = [row.label for row in plan(replace(facts, contact="Ana"), RULES).follow_ups]
    assert label in labels
