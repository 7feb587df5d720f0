"""Every use case, to the letter: how it is told, what it answers, and each column that it writes.

Three applications live side by side, so that what belongs to one is seen not to touch the others.
What is expected is in the folder `steps`, a file for each use case with a block for each step of
it: the verb and the words of the change, what is given back, and the rows as the journal has them
(`tests.golden` tells how).
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from store.clock import FixedClock
from store.errors import Conflict
from store.exchange.incoming import Incoming, Problem
from store.exchange.incoming import StageStep as Reached
from store.exchange.mail import Received
from store.exchange.mail.message import MailRead
from store.exchange.mapping import Choices
from store.file.backup import copies
from store.file.database import Database
from store.model.board import Written
from store.pipeline import Pipeline
from store.pipeline.arriving.mail import Confirmed
from store.pipeline.changes.at_once import Added
from store.rules.mail.message import Event, Letter, MailKind
from store.rules.stages import Outcome, Round, Stage
from store.rules.text import Refused
from store.rules.weekly.weeks import Week
from store.tables import Change, RowImage, Setting
from tests import golden

EXPECTED = Path(__file__).with_name("steps")
ZONE = ZoneInfo("America/New_York")
"""Not the zone of any machine that tests run on: what is not said in it, is seen."""
START = datetime(2026, 11, 3, 20, 30, tzinfo=ZONE)
"""An evening: the next day has begun in UTC."""
STAMPS = ("version", "updated_at", "created_at")
USE_CASES = {name for name in dir(Pipeline) if not name.startswith("_")} - {"today"}
Step = Callable[[Pipeline, FixedClock], object]


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def due(pipeline: Pipeline, rule: str, card: int) -> int:
    """The id of the first open follow-up of a rule."""
    with closing(pipeline.database.glance()) as glance:
        return next(one.id for one in glance.follow_ups_of(card) if one.rule == rule)


def newest_copy(pipeline: Pipeline) -> Path:
    """The copy that was made before the import."""
    return copies(pipeline.database.path)[-1]


def later(days: int) -> Step:
    def wait(_: Pipeline, clock: FixedClock) -> None:
        clock.moment += timedelta(days=days)

    return wait


ROWS = (
    Incoming(
        2, "Wayne", "Engineer", day("10-30"), url="https://w.example", contact_email="w@x.example",
        contact_name="Lucius", cv_version="cv-3", location="Gotham", source="board",
        salary="100k", tags=("remote",), note="imported",
    ),
    Incoming(3, "Stark", "Engineer", None, stage=Stage.SECOND),
    Incoming(4, "Daily Planet", "Engineer", day("10-30"), stage=Stage.OFFER),
    Incoming(5, "Globex", "Staff Engineer", day("11-01")),
)  # fmt: skip
MORE = (
    Incoming(
        2,
        "Wayne",
        "Engineer",
        day("10-30"),
        salary="1",
        source="x",
        letter_version="b",
        stage=Stage.FIRST,
        steps=(Reached(Stage.FIRST, day("11-02")),),
        closing_on=day("12-01"),
        tags=("x",),
        note="not taken",
    ),
    Incoming(
        5,
        "Globex",
        "Staff Engineer",
        day("11-01"),
        note="taken",
        contact_name="Ana",
        outcome=Outcome.REJECTED,
    ),
)

STEPS: dict[str, Step] = {
    "add": lambda p, _: p.add(
        "Globex", "Staff Engineer", applied_on=day("11-01"), note=" A thought. ",
        location="Bern", url="https://g.example", source="a friend", salary="100k",
        tags=["remote", "#Python", "remote"], contact_name="Ana", posted_on=day("10-20"),
        closing_on=day("11-10"), expected_by=day("11-30"), expected_text="end of month",
        preset="uk", no_contact=False,
    ),
    "add in a later stage": lambda p, _: p.add("Hooli", "Engineer", stage=Stage.SECOND),
    "add an offer": lambda p, _: p.add("Initech", "Engineer", stage=Stage.OFFER),
    "add in the future": lambda p, _: p.add("X", "Y", applied_on=day("11-04")),
    "edit": lambda p, _: p.edit(
        1, {"role": "Architect", "salary": "120k", "expected_by": None, "tags": ["x"]}
    ),
    "edit a date they named": lambda p, _: p.edit(1, {"expected_by": day("12-01")}),
    "edit the same date": lambda p, _: p.edit(1, {"expected_by": day("12-01"), "source": "b"}),
    "edit nothing": lambda p, _: p.edit(1, {"role": "Architect"}),
    "edit the day of the application": lambda p, _: p.edit(1, {"applied_on": day("10-28")}),
    "edit it to a day that has not come": lambda p, _: p.edit(1, {"applied_on": day("11-04")}),
    "edit it to after the next stage": lambda p, _: p.edit(2, {"applied_on": day("11-04")}),
    "edit a stale version": lambda p, _: p.edit(1, {"role": "x"}, version=1),
    "edit what is not there": lambda p, _: p.edit(99, {"role": "x"}),
    "edit a huge number": lambda p, _: p.edit(2**70, {"role": "x"}),
    "preset": lambda p, _: p.preset(1, "fast"),
    "no preset": lambda p, _: p.preset(1, ""),
    "an unknown preset": lambda p, _: p.preset(1, "nonsense"),
    "note": lambda p, _: p.note(1, "They have\na dog."),
    "note elsewhere": lambda p, _: p.note(2, "Other."),
    "edit a note": lambda p, _: p.edit_note(2, "They have two dogs."),
    "delete a note": lambda p, _: p.delete_note(1),
    "a note that is gone": lambda p, _: p.edit_note(1, "x"),
    "tick": lambda p, _: p.tick(1, "A-1", True),
    "tick elsewhere": lambda p, _: p.tick(2, "A-1", True),
    "tick twice": lambda p, _: p.tick(1, "A-1", True),
    "untick": lambda p, _: p.tick(1, "A-1", False),
    "an unknown tip": lambda p, _: p.tick(1, "Z-9", True),
    "remind": lambda p, _: p.remind(1, day("11-05"), " call Ana "),
    "remind again": lambda p, _: p.remind(1, day("11-05"), "call Ana"),
    "remind in the past": lambda p, _: p.remind(1, day("11-02"), "x"),
    "move": lambda p, _: p.move(1, Stage.FIRST, on=day("11-02")),
    "move back before": lambda p, _: p.move(1, Stage.APPLIED, on=day("11-01")),
    "move to where it is": lambda p, _: p.move(1, Stage.FIRST),
    "they replied": lambda p, _: p.log_reply(1, text="  Soon. "),
    "they replied, in time": lambda p, _: p.log_reply(
        1, on=day("11-02"), decides_by=day("11-20"), said=" by the 20th "
    ),
    "an automatic reply": lambda p, _: p.log_reply(1, automatic=True),
    "a reply before the application": lambda p, _: p.log_reply(1, on=day("10-27")),
    "a date on the day of their message": lambda p, _: p.log_reply(2, decides_by=day("11-03")),
    "a date before their message": lambda p, _: p.log_reply(1, decides_by=day("11-02")),
    "invited": lambda p, _: p.interview(
        1, None, people="Ana and Bo", place="Room 4", formats=["panel"], invited_on=day("11-02")
    ),
    "invited today": lambda p, _: p.interview(2, None),
    "offered slots": lambda p, _: p.log_slots(1, on=day("11-03")),
    "offered slots too early": lambda p, _: p.log_slots(1, on=day("11-01")),
    "the invitation answered": lambda p, _: p.complete(due(p, "R3", 2)),
    "agreed": lambda p, _: p.interview(1, at("11-05T10:00"), minutes=45, zone="Europe/London"),
    "offered slots too late": lambda p, _: p.log_slots(1),
    "agreed elsewhere": lambda p, _: p.interview(2, at("11-05T10:30"), people="Cy", place="x"),
    "an interview before the application": lambda p, _: p.interview(1, at("10-20T10:00")),
    "an interview of no length": lambda p, _: p.interview(1, at("11-20T10:00"), minutes=0),
    "an interview in no zone": lambda p, _: p.interview(1, at("11-20T10:00"), zone="Nope/X"),
    "an interview of the wrong stage": lambda p, _: p.interview(
        1, at("11-20T10:00"), stage=Stage.OFFER
    ),
    "another interview, of the next stage": lambda p, _: p.interview(
        1, at("11-30T09:00"), stage=Stage.SECOND, people="Ana, Dee"
    ),
    "reschedule": lambda p, _: p.reschedule(
        1, at("11-06T10:00"), minutes=30, place="Room 5", people="Ana and Bo and Eve", formats=[]
    ),
    "reschedule to the same time": lambda p, _: p.reschedule(1, at("11-06T10:00")),
    "cancel": lambda p, _: p.cancel_interview(3),
    "cancel what is cancelled": lambda p, _: p.cancel_interview(3),
    "contact": lambda p, _: p.contact(
        1, "\tFay ", title="CTO", email="f@x.example", phone="1", link="https://f",
        common_ground="dogs", background="ex Hooli", relation="reference",
    ),
    "contact that is there": lambda p, _: p.contact(1, "ana", title="Head of Engineering"),
    "contact elsewhere": lambda p, _: p.contact(2, "Ana"),
    "edit a contact": lambda p, _: p.edit_contact(1, {"email": "ana@x.example", "name": "Anna"}),
    "met": lambda p, _: p.set_interviewers(1, ["Anna", "Gus"]),
    "met nobody": lambda p, _: p.set_interviewers(2, []),
    "met somebody after all": lambda p, _: p.set_interviewers(2, ["Cy"]),
    "mention": lambda p, _: p.mention(1, " the migration "),
    "remove a contact": lambda p, _: p.remove_contact(2),
    "done before it was held": lambda p, _: p.complete(due(p, "R7", 1)),
    "kept before it was held": lambda p, _: p.mark_held(1, True),
    "three days later": later(3),
    "kept": lambda p, _: p.mark_held(1, True),
    "not kept": lambda p, _: p.mark_held(2, False),
    "as the clock says": lambda p, _: p.mark_held(2, None),
    "kept, though it was cancelled": lambda p, _: p.mark_held(3, True),
    "debrief begun": lambda p, _: p.debrief(
        1, finished=False, mood=4, points=[("asked", "Why us?", True), ("concern", "SQL", False)]
    ),
    "debrief": lambda p, _: p.debrief(
        1, mood=5, wish=4, next_step="second round", promised_by=day("11-21"),
        promised_text="in two weeks", remarks="Nice\npeople.",
        points=[("asked", "Why us?", False), ("my_promise", "a sample", False),
                ("topic", "Python", False)],
    ),
    "debrief again": lambda p, _: p.debrief(
        1, next_step="third round", promised_by=day("11-21"), remarks="Nice people.",
        points=[("asked", "Why us?", False), ("my_promise", "a sample by fri", False),
                ("topic", "Python", True)],
    ),
    "debrief, a date before it": lambda p, _: p.debrief(1, promised_by=day("11-05")),
    "debrief of another": lambda p, _: p.debrief(2, finished=True),
    "debrief of a cancelled one": lambda p, _: p.debrief(3, finished=True),
    "debrief of none": lambda p, _: p.debrief(99),
    "a mood out of range": lambda p, _: p.debrief(1, mood=6),
    "point": lambda p, _: p.point(
        1, "concern", " Kubernetes? ", detail="They asked twice.", felt=True, interview_id=1,
    ),
    "point with an answer": lambda p, _: p.point(1, "story", "The move", answers_id=5),
    "point, a promise of theirs": lambda p, _: p.point(
        1, "their_promise", "the plan", due_on=day("11-12"), link="https://p"
    ),
    "point of no kind": lambda p, _: p.point(1, "nonsense", "x"),
    "edit a point": lambda p, _: p.edit_point(5, {"state": "addressed", "text": "Kubernetes"}),
    "edit what a point is about": lambda p, _: p.edit_point(7, {"interview_id": 1, "kind": "news"}),
    "edit a point into an answer": lambda p, _: p.edit_point(6, {"kind": "concern"}),
    "edit a promise, kept and open again": lambda p, _: p.edit_point(3, {"state": "done"}),
    "edit a promise, open again": lambda p, _: p.edit_point(3, {"state": "open"}),
    "edit a point that is gone": lambda p, _: p.edit_point(99, {"state": "open"}),
    "rehearse": lambda p, _: p.rehearse(1, " Why us? "),
    "rehearse again": lambda p, _: p.rehearse(1, "why us?", False),
    "rehearse elsewhere": lambda p, _: p.rehearse(2, "Why us?"),
    "another doubt": lambda p, _: p.point(1, "concern", "Kafka?", detail="Twice.", felt=True),
    "the same words of another kind": lambda p, _: p.point(2, "topic", "Kafka?"),
    "carry": lambda p, _: p.carry(10, 2),
    "carry twice": lambda p, _: p.carry(10, 2),
    "carry what was addressed": lambda p, _: p.carry(5, 2),
    "carry to where it is": lambda p, _: p.carry(10, 1),
    "remove a point": lambda p, _: p.remove_point(6),
    "draft": lambda p, _: p.draft(1, "thank_you", "Subject: Thanks\n\nDear Anna"),
    "draft for a follow-up": lambda p, _: p.draft(
        1, "thank_you", "Dear all", follow_up_id=due(p, "R7", 1)
    ),
    "draft again": lambda p, _: p.draft(
        1, "thank_you", "Dear both", follow_up_id=due(p, "R7", 1)
    ),
    "draft of no kind": lambda p, _: p.draft(1, "nonsense", "x"),
    "sent": lambda p, _: p.log_sent(2),
    "sent, for nothing planned": lambda p, _: p.log_sent(1, on=day("11-06")),
    "sent again": lambda p, _: p.log_sent(1),
    "sent a text": lambda p, _: p.log_sent_text(
        2, "thank_you", "Dear Cy", follow_up_ids=[due(p, "R7", 2)], on=day("11-06")
    ),
    "snooze": lambda p, _: p.snooze(due(p, "own", 1), day("11-20")),
    "snooze to today": lambda p, _: p.snooze(due(p, "own", 1), day("11-06")),
    "skip": lambda p, _: p.skip(due(p, "own", 1)),
    "done": lambda p, _: p.complete(due(p, "R21", 1), on=day("11-05")),
    "done twice": lambda p, _: p.complete(1),
    "done before the application": lambda p, _: p.complete(due(p, "R12", 3), on=day("10-01")),
    "done together": lambda p, _: p.complete_all([due(p, "R12", 3), due(p, "R8", 2)]),
    "nothing together": lambda p, _: p.complete_all([]),
    "snoozed together": lambda p, _: p.snooze_all(
        [due(p, "R15", 3), due(p, "own", 1)], day("11-21")
    ),
    "skipped together": lambda p, _: p.skip_all([due(p, "R15", 3), due(p, "own", 1)]),
    "deadline": lambda p, _: p.deadline(3, day("11-20"), time(17)),
    "deadline without an hour": lambda p, _: p.deadline(3, day("11-20")),
    "deadline before the offer": lambda p, _: p.deadline(3, day("11-02")),
    "deadline of no offer": lambda p, _: p.deadline(1, day("11-20")),
    "done, more time asked": lambda p, _: p.complete(due(p, "R14", 3)),
    "offer": lambda p, _: p.offer(3, kind="verbal", extension_asked_on=day("11-05")),
    "offer extended": lambda p, _: p.offer(3, extended_to=day("11-27")),
    "offer not extended": lambda p, _: p.offer(3, extended_to=day("11-27")),
    "written offer": lambda p, _: p.offer(3, letter_on=day("11-06")),
    "offer signed before the letter": lambda p, _: p.offer(3, signed_on=day("11-05")),
    "offer of nothing": lambda p, _: p.offer(3),
    "other terms": lambda p, _: p.offer(3, counter_sent_on=day("11-06")),
    "references": lambda p, _: p.offer(2, reference_check_on=day("11-10")),
    "offer of a card without one": lambda p, _: p.offer(2, kind="written"),
    "offer received earlier": lambda p, _: p.receive_offer(3, day("11-05"), kind="written"),
    "offer received twice": lambda p, _: p.receive_offer(3),
    "not so": lambda p, _: p.unsay(3, "counter_sent_on"),
    "no deadline after all": lambda p, _: p.unsay(3, "deadline"),
    "offer thanked": lambda p, _: p.thank_for_offer(3, on=day("11-05")),
    "another offer": lambda p, _: p.add("Umbrella", "Engineer", stage=Stage.OFFER),
    "another offer thanked": lambda p, _: p.thank_for_offer(4),
    "another offer deleted": lambda p, _: p.delete(4),
    "criterion": lambda p, _: p.criterion(" Pay ", 5),
    "criterion again": lambda p, _: p.criterion("pay", 3),
    "criterion out of range": lambda p, _: p.criterion("Team", 6),
    "another criterion": lambda p, _: p.criterion("Team", 2),
    "edit a criterion": lambda p, _: p.edit_criterion(2, "The team", 4),
    "score": lambda p, _: p.score(3, 1, 8),
    "score anew": lambda p, _: p.score(3, 1, 9),
    "score another": lambda p, _: p.score(3, 2, 3),
    "score out of range": lambda p, _: p.score(3, 1, 11),
    "no score": lambda p, _: p.score(3, 2, None),
    "remove a criterion": lambda p, _: p.remove_criterion(1),
    "bring in": lambda p, _: p.bring_in(ROWS, source="a file", problems=[Problem(9, "no name")]),
    "bring in again": lambda p, _: p.bring_in(ROWS, source="a file"),
    "preview": lambda p, _: p.preview(ROWS),
    "reorder": lambda p, _: p.reorder(Stage.SECOND, [5, 2, 99]),
    "reorder again": lambda p, _: p.reorder(Stage.SECOND, [2, 5]),
    "sort by urgency": lambda p, _: p.sort_lane(Stage.SECOND, "urgency"),
    "sort by pay": lambda p, _: p.sort_lane(Stage.SECOND, "salary"),
    "sort by what is no order": lambda p, _: p.sort_lane(Stage.SECOND, "colour"),
    "by urgency again": lambda p, _: p.sort_lane(Stage.SECOND, "urgency"),
    "reject": lambda p, _: p.close(1, Outcome.REJECTED, reason=" They wanted Rust. "),
    "reject twice": lambda p, _: p.close(1, Outcome.REJECTED),
    "close on an earlier day": lambda p, _: p.close(5, Outcome.NO_RESPONSE, on=day("11-04")),
    "accept without an offer": lambda p, _: p.close(2, Outcome.ACCEPTED),
    "decline without an offer": lambda p, _: p.close(2, Outcome.DECLINED),
    "lesson": lambda p, _: p.lesson(
        1, lesson_keep="the story", lesson_change="ask earlier", thanked_on=day("11-06"),
        feedback_asked=True, stay_in_touch=False, ticks={"RC-01": True},
    ),
    "lesson, the tick taken away": lambda p, _: p.lesson(1, ticks={"RC-01": False}),
    "lesson of an open one": lambda p, _: p.lesson(2, lesson_keep="x"),
    "draft for feedback": lambda p, _: p.draft(1, "feedback", "What could I do better?"),
    "sent for feedback": lambda p, _: p.log_sent(3),
    "remind of a closed one": lambda p, _: p.remind(1, day("11-20"), "x"),
    "move a closed one": lambda p, _: p.move(1, Stage.SECOND),
    "interview with a closed one": lambda p, _: p.interview(1, None),
    "rejected": lambda p, _: p.close(2, Outcome.REJECTED),
    "thanked for it": lambda p, _: p.complete(due(p, "R19", 2)),
    "open after all": lambda p, _: p.reopen(2),
    "reopen": lambda p, _: p.reopen(1),
    "reopen an open one": lambda p, _: p.reopen(1),
    "accept": lambda p, _: p.close(3, Outcome.ACCEPTED),
    "keep going": lambda p, _: p.skip(due(p, "R18", 2)),
    "withdraw": lambda p, _: p.complete(due(p, "R18", 1)),
    "undo": lambda p, _: p.undo(),
    "undo unseen": lambda p, _: p.undo(seen=1),
    "redo": lambda p, _: p.redo(),
    "redo nothing": lambda p, _: p.redo(),
    "delete": lambda p, _: p.delete(1),
    "delete what is gone": lambda p, _: p.delete(1),
    "a task": lambda p, _: p.assignment(
        2, " Case study ", due_on=day("12-11"), remarks="four pages"
    ),
    "a task that is there no more": lambda p, _: p.edit_assignment(99, {"handed_in_on": p.today}),
    "a task changed": lambda p, _: p.edit_assignment(
        1, {"minutes_spent": 90, "kind": "assessment"}
    ),
    "a task handed in": lambda p, _: p.edit_assignment(1, {"handed_in_on": p.today}),
    "a task removed": lambda p, _: p.remove_assignment(1),
    "another round": lambda p, _: p.set_round(2, Round(Stage.SECOND, 3)),
    "make this the main contact": lambda p, _: p.main_contact(3),
    "remember": lambda p, _: p.remember("theme", "rounds-light"),
    "remember anew": lambda p, _: p.remember("theme", "rounds-dark"),
    "catch up": lambda p, _: p.catch_up("other rules"),
    "catch up again": lambda p, _: p.catch_up("other rules"),
    "several are moved": lambda p, _: p.move_all([6, 7, 6], Stage.FIRST),
    "several, one of which is there already": lambda p, _: p.move_all([2, 6], Stage.FIRST),
    "several, one of which is gone": lambda p, _: p.move_all([6, 1], Stage.OFFER),
    "none of several": lambda p, _: p.move_all([], Stage.OFFER),
    "several are closed": lambda p, _: p.close_all(
        [6, 7], Outcome.CANCELLED, reason=" frozen ", keep="ask first", change="reply sooner"
    ),
    "several, one of which is closed": lambda p, _: p.close_all([8, 7], Outcome.REJECTED),
    "several are reopened": lambda p, _: p.reopen_all([7, 6]),
    "several, one of which is open": lambda p, _: p.reopen_all([3, 6]),
    "several are deleted": lambda p, _: p.delete_all([6, 7, 7]),
    "several, one of which is gone by now": lambda p, _: p.delete_all([2, 7]),
    "one employer": lambda p, _: p.same_employer(" Initech ", "Globex"),
    "one employer already": lambda p, _: p.same_employer("globex", "INITECH"),
    "two employers": lambda p, _: p.other_employer("Initech", "Globex"),
    "two employers already": lambda p, _: p.other_employer("Initech", "Globex"),
    "one by its exact name": lambda p, _: p.other_employer("Globex AG", "Globex"),
    "one without a name": lambda p, _: p.other_employer(" ", "Globex"),
    "a search is kept": lambda p, _: p.save_search(" Café  jobs ", "tag:remote -quiet"),
    "the search is another one": lambda p, _: p.save_search("cafe jobs", "stage:second"),
    "a search that cannot be read": lambda p, _: p.save_search("Mine", "stag:second"),
    "a search without a name": lambda p, _: p.save_search(" ", "remote"),
    "another search": lambda p, _: p.save_search("Soon", "due<7d"),
    "a search is renamed": lambda p, _: p.rename_search("CAFÉ JOBS", "Cafés"),
    "its name in other letters": lambda p, _: p.rename_search("cafes", " CAFES "),
    "a name that is taken": lambda p, _: p.rename_search("cafes", "soon"),
    "a search that there is not, renamed": lambda p, _: p.rename_search("jobs", "Mine"),
    "the search called so before": lambda p, _: p.rename_search("cafes", "Café jobs"),
    "the search goes": lambda p, _: p.remove_search("CAFÉ JOBS"),
    "a search that there is not": lambda p, _: p.remove_search("cafe jobs"),
    "undo of a search": lambda p, _: p.undo(),
    "several are added": lambda p, _: p.add_all(
        [
            {"company": " Umbrella ", "role": "Nurse", "applied_on": day("11-01"), "tags": ("a",)},
            {"company": "Cyberdyne", "role": "Tester", "stage": Stage.SECOND, "note": "x",
             "contact_name": "Miles", "url": "https://jobs.example/postings/12345"},
        ],
        unless="link",
    ),
    "several, one of which has a link that is there": lambda p, _: p.add_all(
        [{"company": "A", "role": "B"},
         {"company": "C", "role": "D", "url": "https://jobs.example/postings/12345"}],
        unless="link",
    ),
    "several, one of which does not fit": lambda p, _: p.add_all(
        [{"company": "A", "role": "B"}, {"company": " ", "role": "D"}]
    ),
    "several, of which some are there": lambda p, _: p.add_all(
        [{"company": "UMBRELLA gmbh", "role": "nurse"}, {"company": "A", "role": "B"},
         {"company": "a", "role": "b"}],
        unless="role",
    ),
    "several that are all there": lambda p, _: p.add_all(
        [{"company": "A", "role": "B"}], unless="role"
    ),
    "several twice, if wished": lambda p, _: p.add_all([{"company": "A", "role": "B"}] * 2),
    "no several": lambda p, _: p.add_all([]),
    "tick several": lambda p, _: p.tick_all(2, ["A-1", "OC-04"], True),
    "untick several": lambda p, _: p.tick_all(2, ["OC-04", "A-1"], False),
    "tick several, one unknown": lambda p, _: p.tick_all(2, ["A-1", "Z-9"], True),
    "a contact to change": lambda p, _: p.contact(2, "Zoe", email="zoe@x.example"),
    "edit a contact and make it the main one": lambda p, _: p.edit_contact(
        10, {"title": "CTO"}, main=True
    ),
    "edit a contact that is not the main one any more": lambda p, _: p.edit_contact(
        10, {"title": ""}, main=False
    ),
    "an offer once more": lambda p, _: p.add("Oscorp", "Engineer", stage=Stage.OFFER),
    "its letter and more time": lambda p, _: p.offer(
        9, letter_on=day("11-06"), extension_asked_on=day("11-06")
    ),
    "neither, and the first day": lambda p, _: p.offer(
        9, unsaid=["letter_on", "extension_asked_on"], starts_on=day("12-01")
    ),
    "several to be edited": lambda p, _: p.add_all(
        [{"company": "Tyrell", "role": "Engineer"}, {"company": "Soylent", "role": "Cook"},
         {"company": "Wonka", "role": "Taster", "stage": Stage.SECOND}]
    ),
    "several are edited": lambda p, _: p.edit_all(
        {15: {"tags": ("remote",)}, 16: {"tags": ("remote", "food"), "no_contact": True}}
    ),
    "several are edited, one of which does not fit": lambda p, _: p.edit_all(
        {15: {"source": "fair"}, 16: {"source": "x" * 9_999}}
    ),
    "each goes on": lambda p, _: p.move_each({15: Stage.FIRST, 17: Stage.OFFER}),
    "two of three are there already": lambda p, _: p.move_each(
        {15: Stage.FIRST, 16: Stage.FIRST, 17: Stage.OFFER}
    ),
    "each has its end": lambda p, _: p.close_each(
        {15: Outcome.NO_RESPONSE, 16: Outcome.REJECTED}
    ),
    "each has the same end": lambda p, _: p.close_each({17: Outcome.CANCELLED}),
    "several are closed, and some of them are already": lambda p, _: p.close_each(
        {9: Outcome.NO_RESPONSE, 15: Outcome.REJECTED, 16: Outcome.REJECTED}
    ),
    "bring in what tells more": lambda p, _: p.bring_in(MORE, source="another file"),
    "what the columns are": lambda p, _: p.remember_mapping("0a", Choices({"firma": "company"})),
    "no, these": lambda p, _: p.remember_mapping("0a", Choices(order="dmy")),
    "a posting": lambda p, _: p.shelve(
        "Cyberdyne", "Cook", url="https://cyberdyne.example/1234567", closing_on=day("12-01"),
        tags=("remote",), posting_text="Cook for us.", requirements=["A knife", "", "a knife"],
    ),
    "the posting again": lambda p, _: p.shelve("CYBERDYNE", "cook"),
    "a posting without a role": lambda p, _: p.shelve("Cyberdyne", " "),
    "another posting": lambda p, _: p.shelve("Weyland", "Nurse"),
    "its salary and what it asks for": lambda p, _: p.edit_posting(
        2, {"salary": "80k", "requirements": ["Patience"]}
    ),
    "a posting as it is": lambda p, _: p.edit_posting(2, {"salary": "80k"}),
    "a posting that there is not, changed": lambda p, _: p.edit_posting(9, {"salary": "80k"}),
    "the posting is answered": lambda p, _: p.apply_to(1),
    "a posting that there is not, answered": lambda p, _: p.apply_to(1),
    "undo of the answer": lambda p, _: p.undo(),
    "the posting is answered after all": lambda p, _: p.apply_to(1, on=None),
    "the posting goes": lambda p, _: p.drop_postings([2]),
    "one of two postings": lambda p, _: p.drop_postings([2, 9]),
    "undo of the drop": lambda p, _: p.undo(),
    "mail comes": lambda p, clock: p.receive_mail(mail(clock)),
    "the same mail comes": lambda p, clock: p.receive_mail(mail(clock)),
    "a message is confirmed": lambda p, _: p.confirm_mail(
        [Confirmed(1, MailKind.REPLY, 5, text="We are on it.")]
    ),
    "two more are, about new applications": lambda p, _: p.confirm_mail([
        Confirmed(2, MailKind.ACKNOWLEDGEMENT, None, text="Thanks!", company="Acme", role="Cook"),
        Confirmed(3, MailKind.INTERVIEW, None, text="See you.", company="Bravo", role="Cook"),
    ]),
    "one is confirmed twice": lambda p, _: p.confirm_mail([Confirmed(1, MailKind.REPLY, 5)]),
    "a message is dropped": lambda p, _: p.drop_mail([4]),
    "none is dropped": lambda p, _: p.drop_mail([99]),
    "a goal": lambda p, _: p.set_goal("applications", 5, Week(day("11-02"))),
    "the same goal": lambda p, _: p.set_goal("applications", 5, Week(day("11-02"))),
    "another number from the next week on": lambda p, _: p.set_goal(
        "applications", 3, Week(day("11-09"))
    ),
    "no goal any more": lambda p, _: p.set_goal("applications", 0, Week(day("11-02"))),
    "a reminder of no card": lambda p, _: p.add_reminder("update the CV", day("11-10")),
    "one that comes again": lambda p, _: p.add_reminder("look for postings", every="week"),
    "one without a day": lambda p, _: p.add_reminder("call Bo"),
    "one without words": lambda p, _: p.add_reminder(" "),
    "a reminder is changed": lambda p, _: p.edit_reminder(3, {"on": day("11-12")}),
    "a reminder as it is": lambda p, _: p.edit_reminder(3, {"on": day("11-12")}),
    "two are snoozed": lambda p, _: p.snooze_reminders([1, 2], day("11-13")),
    "two are done": lambda p, _: p.complete_reminders([1, 2]),
    "one is done twice": lambda p, _: p.complete_reminders([1]),
    "one goes": lambda p, _: p.drop_reminders([3]),
    "one that there is not": lambda p, _: p.drop_reminders([2, 9]),
    "undo of that it went": lambda p, _: p.undo(),
    "what going back would change": lambda p, _: p.preview_restore(newest_copy(p)),
    "back to the copy before the import": lambda p, _: p.restore_copy(newest_copy(p)),
    "back to it unseen": lambda p, _: p.restore_copy(copies(p.database.path)[-2], seen=1),
    "back to what it is": lambda p, _: p.restore_copy(copies(p.database.path)[-2]),
    "undo of going back": lambda p, _: p.undo(),
    "the plan is as the rules say": lambda p, _: p.out_of_plan(),
    "all is planned again": lambda p, _: p.plan_again(),
}  # fmt: skip


def mail(clock: FixedClock) -> Sequence[Received]:
    """Four messages, the third with a calendar entry."""
    event = Event("uid", 1, False, at("12-01T10:00"), 45, "", "Talk", "Room 1", ("Bo",))
    return [
        Received(
            "box", f"key {number}",
            MailRead(
                f"key {number}", clock.now(),
                Letter(clock.now().date(), "Bo", "bo@x.example", f"Mail {number}", "Hello.",
                       event=event if number == 3 else None),
            ),
        )
        for number in (1, 2, 3, 4)
    ]  # fmt: skip


def answered(value: object) -> str:
    """What a use case gave back, in a line."""
    if isinstance(value, Added):
        there = "".join(f", at {place}: {said}" for place, said in value.there.items())
        return f"{answered(value.written) or 'nothing'}, as {value.ids}{there}"
    if isinstance(value, Written):
        card = f"{value.card.company}, {value.card.stage}" if value.card else "none"
        told = f"{value.application_id} ({card})"
        told += f", made {value.made}" if value.made is not None else ""
        told += f", also {value.also}" if value.also else ""
        return told + "".join(f", warning: {sentence}" for sentence in value.warnings)
    return "" if value is None else str(value)


def written(session: Session, change: Change) -> Iterator[str]:
    """The rows of a change: what came, what went, which columns differ."""
    images = session.exec(
        select(RowImage).where(RowImage.change_id == change.id).order_by(col(RowImage.id))
    )
    for image in images:
        before: dict[str, Any] = json.loads(image.before or "{}")
        after: dict[str, Any] = json.loads(image.after or "{}")
        mark = "~" if image.before and image.after else "+" if image.after else "-"
        empty = (None, "", "[]", False)
        shown = {
            name: after.get(name)
            for name in sorted(after)
            if name not in (*STAMPS, "id", "application_id")
            and (after[name] != before[name] if before else after[name] not in empty)
        }
        whose = f" of {image.application_id}" if image.table_name != "application" else ""
        columns = ", ".join(f"{name}={value}" for name, value in shown.items())
        yield f"  {mark} {image.table_name} {image.row_id}{whose}: {columns}".rstrip(": ")


def block(db: Database, clock: FixedClock, step: Step) -> str:
    """Do one step; all that is to be told of it."""
    pipeline = Pipeline(db)
    with closing(db.glance()) as glance:
        before = glance.change_id()
    try:
        answer = answered(step(pipeline, clock))
    except (Refused, Conflict) as refused:
        return f"refused ({type(refused).__name__}): {refused}"
    lines = [f"gives {answer}"] if answer else []
    with db.writing() as session:
        news = session.exec(select(Change).where(col(Change.id) > before).order_by(col(Change.id)))
        for change in news:
            lines.append(
                f"{change.verb} on {change.happened_on} [{change.state}]: {change.summary}"
            )
            lines += written(session, change)
        if not lines:
            settings = session.exec(select(Setting).order_by(col(Setting.name)))
            lines.append(", ".join(f"{one.name}={one.value}" for one in settings))
    return "\n".join(filter(None, lines)) or "nothing"


def use_case(step: Step) -> str:
    """The use case that a step is about; "wait" where it lets time pass only."""
    return next((name for name in step.__code__.co_names if name in USE_CASES), "wait")


def by_use_case(told: dict[str, str]) -> golden.Told:
    """What is told of each step, by its use case."""
    found: golden.Told = {}
    for name, words in told.items():
        found.setdefault(use_case(STEPS[name]), {})[name] = words
    return found


@pytest.mark.file  # copies are made and gone back to
def test_every_use_case_to_the_letter(db: Database, clock: FixedClock) -> None:
    clock.zone, clock.moment = ZONE, START
    told = {name: block(db, clock, step) for name, step in STEPS.items()}
    expected = golden.expected(EXPECTED, lambda: by_use_case(told))
    golden.check_names(expected, by_use_case(told))
    for name, words in told.items():
        subject = use_case(STEPS[name])
        assert words == expected[subject][name], f"{subject}: {name}"


def test_every_use_case_is_there() -> None:
    assert {use_case(step) for step in STEPS.values()} == USE_CASES | {"wait"}
