"""The page of one application: all that is stored about it, and the tips that follow."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from store.advice.tips import TipKnowledge, tip_facts
from store.file.database import Database
from store.model.dossier import Dossier, TimelineEntry
from store.read.glance import Glance
from store.rules import fields
from store.rules.stages import Stage
from store.rules.tips.facts import TipFacts
from store.rules.tips.tips import TipLine
from store.tables import (
    Application,
    Change,
    Contact,
    FollowUp,
    Interview,
    Message,
    Note,
    RowImage,
    TipTick,
)
from tests.makers import BERLIN, NOW, application, follow_up, interview

Put = Callable[..., None]


def nov(day: int) -> date:
    return date(2026, 11, day)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=BERLIN)


def message(direction: str, kind: str, day: int, **values: object) -> Message:
    return Message(
        **{"application_id": 1, "direction": direction, "kind": kind, "sent_on": nov(day)} | values
    )


def sent_thanks(interview_id: int) -> FollowUp:
    """The thank-you to all after that interview, as done."""
    return follow_up(
        interview_id,
        nov(23),
        rule="R7",
        anchor=f"interview:{interview_id}",
        action="thank",
        interview_id=interview_id,
        state="done",
    )


def facts_of(glance: Glance) -> TipFacts:
    """What the tips of application 1 are told, as far as its page says it."""
    return tip_facts(glance.dossier(1), TipKnowledge(frozenset()), NOW)


def tip(page: Dossier, tip_id: str) -> TipLine:
    return next(line for line in page.tips if line.id == tip_id)


# The page


def test_all_fields_that_the_card_does_not_show_are_on_the_page(put: Put, glance: Glance) -> None:
    on_the_card = {"company", "role", "location", "url", "source", "salary"}
    texts = {name: f"my {name}" for name in fields.APPLICATION if name not in on_the_card}
    own = {name: text for name, text in texts.items() if not name.startswith("contact_")}
    put(
        application(
            id=1,
            posted_on=nov(1),
            closing_on=nov(14),
            no_contact=True,
            offered_on=nov(20),
            offer_acknowledged_on=nov(21),
            **own,
        ),
        Contact(application_id=1, name="somebody else", email="x@x.example"),
        Contact(application_id=1, name="my contact_name", email="my contact_email", main=True),
    )
    page = glance.dossier(1)
    assert page.card == glance.card(1)
    assert page.fields == texts
    assert (page.posted_on, page.closing_on, page.no_contact) == (nov(1), nov(14), True)
    assert (page.offered_on, page.acknowledged_on) == (nov(20), nov(21))


def test_an_application_with_nothing_to_it_has_an_empty_page(put: Put, glance: Glance) -> None:
    put(application(id=1, applied_on=None))
    page = glance.dossier(1)
    assert not any(page.fields.values())
    assert page[2:7] == (None, None, False, None, None)
    assert page.interviews == page.follow_ups == page.notes == page.messages == page.timeline == ()
    assert page.tips


def test_only_what_belongs_to_the_application_is_on_its_page(put: Put, glance: Glance) -> None:
    put(
        application(id=1),
        application(id=2, stage="first"),
        interview(1, at(24, 10), application_id=2),
        follow_up(1, nov(23), application_id=2),
        message("in", "reply", 20, application_id=2),
        Note(application_id=2, noted_on=nov(20), text="not mine"),
        TipTick(application_id=2, tip="A-1", ticked_on=nov(20)),
        Change(id=1, at=NOW, happened_on=nov(20), verb="note", summary="noted"),
        RowImage(change_id=1, application_id=2, table_name="note", row_id=1, after="{}"),
    )
    page = glance.dossier(1)
    assert page.interviews == page.follow_ups == page.notes == page.messages == page.timeline == ()
    assert not tip(page, "A-1").ticked


def test_interviews_in_the_order_of_time_invitations_last(put: Put, glance: Glance) -> None:
    put(
        application(id=1, stage="second"),
        interview(1, None, stage="second", invited_on=nov(20), answered_on=nov(21)),
        interview(2, at(24, 10), status="cancelled"),
        interview(3, at(12, 15), minutes=45, people="Ana", place="Room 4", zone="Asia/Tokyo"),
    )
    page = glance.dossier(1)
    assert [meeting.id for meeting in page.interviews] == [3, 2, 1]
    held, cancelled, invited = page.interviews
    assert held.ends_at == at(12, 15) + timedelta(minutes=45)
    assert (held.people, held.place, held.zone) == ("Ana", "Room 4", "Asia/Tokyo")
    assert cancelled.status == "cancelled"
    assert (invited.starts_at, invited.ends_at) == (None, None)
    assert (invited.invited_on, invited.answered_on) == (nov(20), nov(21))


def test_follow_ups_with_what_became_of_them(put: Put, glance: Glance) -> None:
    put(
        application(id=1),
        follow_up(1, nov(25)),
        follow_up(2, nov(21), state="done", done_on=nov(22)),
        follow_up(3, nov(20), state="skipped", done_on=nov(20)),
        follow_up(4, nov(10), lapses_at=at(20, 0)),
        follow_up(5, nov(1), snoozed_to=nov(30)),
    )
    page = glance.dossier(1)
    assert [(entry.due.id, entry.state, entry.done_on) for entry in page.follow_ups] == [
        (4, "lapsed", None),
        (3, "skipped", nov(20)),
        (2, "done", nov(22)),
        (1, "open", None),
        (5, "open", None),
    ]
    assert page.follow_ups[3].due == page.card.follow_up
    assert page.follow_ups[4].due.due_on == nov(30)


def test_what_is_open_on_a_closed_application_has_lapsed_but_for_the_thanks(
    put: Put, glance: Glance
) -> None:
    put(
        application(id=1, outcome="rejected", closed_on=nov(20)),
        follow_up(1, nov(20), rule="R1", action="inquire"),
        follow_up(2, nov(22), rule="R7", action="thank"),
    )
    states = {entry.due.id: entry.state for entry in glance.dossier(1).follow_ups}
    assert states == {1: "lapsed", 2: "open"}


def test_notes_and_messages_newest_first(put: Put, glance: Glance) -> None:
    put(
        application(id=1),
        Note(application_id=1, noted_on=nov(20), text="second"),
        Note(application_id=1, noted_on=nov(10), text="first"),
        Note(application_id=1, noted_on=nov(20), text="third"),
        message("out", "nudge", 20),
        message("in", "reply", 10, text="soon"),
    )
    page = glance.dossier(1)
    assert [note.text for note in page.notes] == ["third", "second", "first"]
    assert [(m.direction, m.kind, m.sent_on, m.text) for m in page.messages] == [
        ("out", "nudge", nov(20), ""),
        ("in", "reply", nov(10), "soon"),
    ]


def test_the_timeline_tells_what_was_done_and_not_undone(put: Put, glance: Glance) -> None:
    put(application(id=1))
    for number, (state, owner) in enumerate(
        [("done", 1), ("undone", 1), ("dropped", 1), ("step", 1), ("done", 2), ("done", 1)], start=1
    ):
        put(
            Change(
                id=number,
                at=NOW,
                happened_on=nov(20 - number),
                verb="edit",
                summary=f"change {number}",
                state=state,
            ),
            RowImage(change_id=number, application_id=owner, table_name="note", row_id=1),
            RowImage(change_id=number, application_id=owner, table_name="note", row_id=2),
        )
    assert glance.dossier(1).timeline == (
        TimelineEntry(6, nov(14), "edit", "change 6"),
        TimelineEntry(1, nov(19), "edit", "change 1"),
    )


# The tips


def test_ticked_tips_are_ticked_and_those_of_the_moment_come_first(
    put: Put, glance: Glance
) -> None:
    put(
        application(id=1, stage="first", cv_version="2026-10"),
        interview(1, at(24, 10), people="Ana and Bo"),
        TipTick(application_id=1, tip="F-3", ticked_on=nov(20)),
    )
    page = glance.dossier(1)
    assert tip(page, "F-3").ticked
    assert not tip(page, "F-4").ticked
    assert tip(page, "F-1").ticked, "the talk has its time, so the invitation was answered"
    assert "Ana and Bo" in tip(page, "F-10").text
    assert [line.now for line in page.tips] == sorted(
        (line.now for line in page.tips), reverse=True
    )


def test_tips_know_the_page(put: Put, glance: Glance) -> None:
    texts = {
        "source": "referral",
        "next_step": "second round",
        "cv_version": "2026-10",
        "contact_name": "Ana",
        "via_recruiter": "Rex",
        "reason": "none",
    }
    put(
        application(
            id=1,
            stage="first",
            stage_since=nov(10),
            posted_on=nov(1),
            closing_on=nov(14),
            expected_by=nov(27),
            no_contact=True,
            offer_acknowledged_on=nov(20),
            offer_deadline_on=nov(28),
            dormant_on=nov(23),
            **{name: text for name, text in texts.items() if name != "contact_name"},
        ),
        Contact(application_id=1, name="Ana", main=True),
        interview(1, at(20, 10), people="Ana, Bo", place="Room 4"),
        interview(2, at(24, 10), status="cancelled"),
        interview(3, at(5, 10), stage="second"),
    )
    facts = facts_of(glance)
    assert (facts.now, facts.today, facts.stage) == (NOW, NOW.date(), Stage.FIRST)
    assert (facts.applied_on, facts.posted_on, facts.closing_on) == (nov(2), nov(1), nov(14))
    assert (facts.expected_by, facts.no_contact, facts.quiet) == (nov(27), True, True)
    assert {name: getattr(facts, name) for name in texts} == texts
    assert [(t.starts_at, t.people, t.place) for t in facts.interviews] == [
        (at(20, 10), ("Ana", "Bo"), "Room 4")
    ]
    assert (facts.acknowledged, facts.deadline_known) == (True, True)


@pytest.mark.parametrize(
    ("messages", "inbound", "heard"),
    [
        ([], False, False),
        ([("out", "application", 2)], False, False),
        ([("in", "automatic", 3)], True, False),
        ([("in", "reply", 3)], True, True),
        ([("in", "reply", 2)], True, True),
        ([("in", "reply", 1)], False, False),
    ],
)
def test_an_automatic_answer_came_in_but_nobody_wrote(
    put: Put,
    glance: Glance,
    messages: list[tuple[str, str, int]],
    inbound: bool,
    heard: bool,
) -> None:
    put(application(id=1), *(message(*sent) for sent in messages))
    facts = facts_of(glance)
    assert (facts.inbound, facts.heard) == (inbound, heard)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], (0, 2, None)),
        (
            [follow_up(1, nov(25), rule="R8", action="inquire", nth=1, of=2)],
            (0, 2, nov(25)),
        ),
        (
            [
                follow_up(1, nov(20), rule="R8", action="inquire", state="done", done_on=nov(20)),
                follow_up(2, nov(27), rule="R8", action="inquire", nth=2, of=3),
                message("out", "nudge", 20),
            ],
            (1, 3, nov(27)),
        ),
        ([message("out", "nudge", 12), message("out", "nudge", 19)], (2, 2, None)),
        ([message("out", "nudge", 12), message("out", "thank_you", 19)], (1, 2, None)),
        ([message("out", "nudge", 9)], (0, 2, None)),
        ([message("out", "nudge", 12), message("in", "reply", 13)], (0, 2, None)),
        ([message("out", "nudge", 12), message("in", "automatic", 13)], (1, 2, None)),
        ([message("out", "nudge", 12), interview(1, at(13, 10))], (0, 2, None)),
        ([message("out", "nudge", 12), interview(1, at(24, 10))], (1, 2, None)),
        ([follow_up(1, nov(12), rule="R8", action="inquire", lapses_at=at(20, 0))], (0, 2, None)),
    ],
)
def test_inquiries_sent_and_still_planned(
    put: Put,
    glance: Glance,
    rows: list[FollowUp | Message | Interview],
    expected: tuple[int, int, date | None],
) -> None:
    put(
        application(id=1, stage="first", stage_since=nov(10)),
        *(type(row)(**row.model_dump()) for row in rows),
    )
    facts = facts_of(glance)
    assert (facts.nudges_sent, facts.nudges_at_most, facts.inquiry_on) == expected


@pytest.mark.parametrize(
    ("answered", "expected"), [([None], False), ([20], True), ([20, None], False), ([], True)]
)
def test_an_invitation_is_answered_when_each_is(
    put: Put, glance: Glance, answered: list[int | None], expected: bool
) -> None:
    put(
        application(id=1, stage="first"),
        *(
            interview(id_, None, invited_on=nov(19), answered_on=day and nov(day))
            for id_, day in enumerate(answered, start=1)
        ),
    )
    facts = facts_of(glance)
    assert (facts.invited, facts.answered) == (bool(answered), expected)


def test_thanks_are_sent_when_every_interview_of_the_stage_has_its_own(
    put: Put, glance: Glance
) -> None:
    put(
        application(id=1, stage="first"),
        interview(1, at(20, 10)),
        interview(2, at(21, 10)),
        interview(3, at(24, 10)),
        interview(4, at(10, 10), stage="second"),
        sent_thanks(1),
    )
    assert not tip(glance.dossier(1), "F-10").ticked
    put(sent_thanks(2))
    assert tip(glance.dossier(1), "F-10").ticked
    put(interview(5, at(23, 8), minutes=60))
    assert not tip(glance.dossier(1), "F-10").ticked, "this one is over just now"


def telling(id_: int, application_id: int, **known: object) -> FollowUp:
    """To tell application 1's offer to another employer."""
    usual = {"rule": "R16", "anchor": "offer-of:1", "action": "tell_date"}
    return follow_up(id_, nov(24), application_id, **usual | known)


def test_an_offer_names_the_employers_who_are_still_to_be_told(
    put: Put, glance: Glance, db: Database
) -> None:
    put(
        application(id=1, company="Umbrella", stage="offer"),
        application(id=2, company="Globex", stage="second", stage_since=nov(10)),
        application(id=3, company="Hooli", stage="first", stage_since=nov(5)),
        application(id=4, company="Initech"),
        application(id=5, company="Stark", stage="first", outcome="rejected", closed_on=nov(20)),
        application(id=6, company="Wayne", stage="first", stage_since=nov(4)),
        application(id=7, company="Tyrell", stage="first", stage_since=nov(3)),
        application(id=8, company="Wonka", stage="first", stage_since=nov(2)),
        telling(11, 2),
        telling(12, 3),
        telling(13, 5),
        telling(14, 6, state="done", done_on=nov(20)),
        telling(15, 7, lapses_at=at(20, 0)),
        telling(16, 8, anchor="offer-of:11"),
    )
    line = tip(glance.dossier(1), "O-8")
    assert (line.text, line.ticked) == ("Tell Hooli and Globex your deadline here", False)
    for id_ in (11, 12):
        with db.writing() as session:
            row = session.get(FollowUp, id_)
            assert row is not None
            row.state, row.done_on = "done", nov(23)
    line = tip(glance.dossier(1), "O-8")
    assert line.text == "Tell the other employers your deadline here"
    assert (line.ticked, line.automatic) == (True, True), "nobody is asked to do what is done"
    put(telling(21, 3, anchor="deadline-of:1:2026-11-27", nth=2, of=2))
    line = tip(glance.dossier(1), "O-8")
    assert (line.text, line.ticked) == ("Tell Hooli your deadline here", False)


def test_an_accepted_offer_is_done_when_all_others_are_closed(
    put: Put, glance: Glance, db: Database
) -> None:
    put(
        application(id=1, stage="offer", outcome="accepted", closed_on=nov(20)),
        application(id=2, company="Hooli"),
    )
    assert not tip(glance.dossier(1), "O-12").ticked
    with db.writing() as session:
        other = session.get(Application, 2)
        assert other is not None
        other.outcome, other.closed_on = "withdrawn", nov(20)
    assert tip(glance.dossier(1), "O-12").ticked
