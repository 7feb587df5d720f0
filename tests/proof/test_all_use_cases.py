"""A machine that does anything in any order, beside a model of what must be true.

The model is the stack of contents: after an undo the store must hold what it held before, after
a redo what it held after. Besides, whatever was done, the follow-ups on the board must be those
that the rules plan from what is stored, and no row may be without its application.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import col, select

from store.clock import FixedClock
from store.errors import NotFound
from store.exchange.incoming import Incoming
from store.exchange.mail import Received
from store.exchange.mail.message import MailRead
from store.file.database import open_database
from store.model.orders import LANE_ORDERS
from store.pipeline import Pipeline
from store.pipeline.arriving.mail import Confirmed
from store.pipeline.facts import read_facts, read_outlook, read_processes
from store.pipeline.planner import shipped_rules
from store.rules.followups.plan import plan
from store.rules.mail.message import Event, Letter, MailKind
from store.rules.people import in_a_line
from store.rules.stages import Outcome, Stage, read_round
from store.rules.text import Refused
from store.rules.weekly.goals import KINDS
from store.rules.weekly.reminders import EVERY
from store.rules.weekly.weeks import week_of
from store.tables import Application, Contact, FollowUp, Interview, Interviewer

LONG = os.environ.get("ROUNDS_PROOF") == "long"
START = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))
TABLES = (
    "application",
    "contact",
    "interview",
    "interviewer",
    "debrief",
    "point",
    "follow_up",
    "stage_move",
    "message",
    "draft",
    "tip_tick",
    "note",
    "criterion",
    "employer_name",
    "posting",
    "mail",
    "score",
    "setting",
)
EMPLOYERS = ("Globex", "Globex GmbH", "Initech", "Hooli AG", " ")
PEOPLE = ("Ana", "Bo", "Ana and Bo", "Cy, ana", "")
WHO = ("them", "you")
PROMISES = ("a sample", "a link")
OFFER_DAYS = (
    "letter_on",
    "signed_on",
    "extension_asked_on",
    "reference_check_on",
    "counter_sent_on",
)
MEMORY = Path("/dev/shm")
"""Where thousands of boards come and go without a disk being worn."""
ids = st.integers(1, 6)
ago = st.integers(0, 40)

TIPS = ("A-1", "F-2", "S-1", "O-4", "A-2")


def letters() -> list[Received]:
    """Six messages, two of which bring a calendar entry, the second a newer one of the same."""
    found = []
    for number in range(6):
        starts = START + timedelta(days=number, hours=2)
        event = Event("uid", number, False, starts, 45, "", "Talk", "", ("Bo",))
        letter = Letter(
            START.date(), "Bo", "bo@x.example", f"Mail {number}", "Hello.",
            event=event if number in (2, 4) else None,
        )  # fmt: skip
        found.append(Received("box", f"key {number}", MailRead(f"key {number}", START, letter)))
    return found


@cache
def blank() -> bytes:
    """A board with nothing on it: copying it takes less than making one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "board.db"
        open_database(path, FixedClock(START)).close()
        return path.read_bytes()


class Board(RuleBasedStateMachine):
    """Everything a user can do, on a real file."""

    STEPS: ClassVar[int] = 0

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory(
            dir=MEMORY if os.access(MEMORY, os.W_OK) else None
        )
        self.clock = FixedClock(START)
        path = Path(self.folder.name) / "board.db"
        path.write_bytes(blank())
        path.chmod(0o600)
        self.eye = sqlite3.connect(path)
        self.looked_at: object = None
        self.db = open_database(path, self.clock)
        self.pipeline = Pipeline(self.db)
        self.pipeline.receive_mail(letters())  # is no step: it stands at the beginning
        self.copied: tuple[Path, object] | None = None
        self.past = [self.content()]
        self.future: list[object] = []

    def teardown(self) -> None:
        self.eye.close()
        self.db.close()
        self.folder.cleanup()

    def content(self) -> object:
        with self.db.writing() as session:
            return [
                [
                    tuple(v for k, v in row.items() if k not in ("version", "updated_at"))
                    for row in session.connection()
                    .exec_driver_sql(f"SELECT * FROM {table} ORDER BY id")
                    .mappings()
                ]
                for table in TABLES
            ]

    def act(self, name: str, *args: object, **more: object) -> None:
        """Do it; a refusal must leave everything as it was."""
        Board.STEPS += 1
        before = self.db.glance().change_id()
        try:
            getattr(self.pipeline, name)(*args, **more)
        except Refused:
            assert self.content() == self.past[-1]
            return
        if self.db.glance().change_id() != before:
            self.past.append(self.content())
            self.future.clear()

    def day(self, back: int) -> date:
        return self.clock.now().date() - timedelta(days=back)

    @rule(name=st.text(min_size=1, max_size=8), back=ago, stage=st.sampled_from(Stage))
    def add(self, name: str, back: int, stage: Stage) -> None:
        self.act("add", name, name, applied_on=self.day(back), stage=stage, note=name)

    @rule(card=ids, role=st.text(max_size=5), ahead=st.none() | st.integers(-5, 20))
    def edit(self, card: int, role: str, ahead: int | None) -> None:
        changes: dict[str, object] = {"expected_by": None if ahead is None else self.day(-ahead)}
        if role.strip():
            changes["role"] = role
        self.act("edit", card, changes)

    @rule(card=ids, stage=st.sampled_from(Stage), back=st.none() | ago)
    def move(self, card: int, stage: Stage, back: int | None) -> None:
        self.act("move", card, stage, on=None if back is None else self.day(back))

    @rule(card=ids, outcome=st.sampled_from(Outcome))
    def close(self, card: int, outcome: Outcome) -> None:
        self.act("close", card, outcome, reason="so it was")

    @rule(card=ids)
    def reopen(self, card: int) -> None:
        self.act("reopen", card)

    @rule(card=ids)
    def delete(self, card: int) -> None:
        self.act("delete", card)

    @rule(
        names=st.lists(st.sampled_from(("Globex", "globex GmbH", "Umbrella", " ")), max_size=3),
        stage=st.sampled_from(Stage),
        unless=st.sampled_from(("link", "role", None)),
    )
    def add_all(self, names: list[str], stage: Stage, unless: str | None) -> None:
        rows = [{"company": name, "role": "Nurse", "stage": stage} for name in names]
        self.act("add_all", rows, unless=unless)

    @rule(cards=st.lists(ids, max_size=3), stage=st.sampled_from(Stage))
    def move_all(self, cards: list[int], stage: Stage) -> None:
        self.act("move_all", cards, stage)

    @rule(
        cards=st.lists(ids, max_size=3), outcome=st.sampled_from(Outcome), keep=st.text(max_size=3)
    )
    def close_all(self, cards: list[int], outcome: Outcome, keep: str) -> None:
        self.act("close_all", cards, outcome, keep=keep)

    @rule(
        cards=st.lists(ids, max_size=3), stage=st.sampled_from(Stage), end=st.sampled_from(Outcome)
    )
    def move_each(self, cards: list[int], stage: Stage, end: Outcome) -> None:
        self.act(
            "move_each", {card: tuple(Stage)[(stage.place + card) % len(Stage)] for card in cards}
        )
        self.act("close_each", dict.fromkeys(cards[:1], end))

    @rule(cards=st.lists(ids, max_size=3), tags=st.lists(st.sampled_from(["a", "b"])))
    def edit_all(self, cards: list[int], tags: list[str]) -> None:
        self.act("edit_all", {card: {"tags": tags, "no_contact": card % 2 > 0} for card in cards})

    @rule(cards=st.lists(ids, max_size=3), what=st.sampled_from(["reopen_all", "delete_all"]))
    def reopen_all(self, cards: list[int], what: str) -> None:
        self.act(what, cards)

    @rule(card=ids, hours=st.none() | st.integers(-200, 200), people=st.sampled_from(PEOPLE))
    def interview(self, card: int, hours: int | None, people: str) -> None:
        starts = None if hours is None else self.clock.now() + timedelta(hours=hours)
        self.act("interview", card, starts, people=people)

    @rule(interview=ids, hours=st.none() | st.integers(-200, 200), by=st.sampled_from(WHO))
    def change_interview(self, interview: int, hours: int | None, by: str) -> None:
        if hours is None:
            self.act("cancel_interview", interview, by=by)
        else:
            self.act("reschedule", interview, self.clock.now() + timedelta(hours=hours))

    @rule(interview=ids, back=ago, kept=st.none() | st.booleans())
    def log_slots(self, interview: int, back: int, kept: bool | None) -> None:
        self.act("log_slots", interview, on=self.day(back))
        self.act("mark_held", interview, kept)

    @rule(interview=ids, word=st.sampled_from(["first", "second", "fourth", "final"]))
    def set_round(self, interview: int, word: str) -> None:
        self.act("set_round", interview, read_round(word))

    @rule(card=ids, title=st.sampled_from(["Case", ""]), back=ago, due=st.none() | ago)
    def assignment(self, card: int, title: str, back: int, due: int | None) -> None:
        due_on = None if due is None else self.day(back - due)
        self.act("assignment", card, title, given_on=self.day(back), due_on=due_on)

    @rule(task=ids, back=st.none() | ago, gone=st.booleans())
    def edit_assignment(self, task: int, back: int | None, gone: bool) -> None:
        if gone:
            self.act("remove_assignment", task)
        elif back is None:
            self.act("edit_assignment", task, {"handed_in_on": None, "minutes_spent": 90})
        else:
            self.act("edit_assignment", task, {"handed_in_on": self.day(back)})

    @rule(contact=ids, main=st.booleans())
    def main_contact(self, contact: int, main: bool) -> None:
        self.act("main_contact", contact, main)

    @rule(card=ids, name=st.sampled_from(PEOPLE), email=st.sampled_from(["", "c@x.example"]))
    def edit_main(self, card: int, name: str, email: str) -> None:
        self.act("edit", card, {"contact_name": name, "contact_email": email})

    @invariant()
    def one_at_most_is_written_to(self) -> None:
        if not hasattr(self, "db"):
            return
        with self.db.writing() as session:
            owners = [
                row.application_id for row in session.exec(select(Contact).where(col(Contact.main)))
            ]
        assert len(owners) == len(set(owners))

    @rule(card=ids, name=st.sampled_from(PEOPLE), email=st.sampled_from(["", "a@x.example"]))
    def contact(self, card: int, name: str, email: str) -> None:
        self.act("contact", card, name, email=email)

    @rule(contact=ids, name=st.sampled_from(PEOPLE), gone=st.booleans())
    def edit_contact(self, contact: int, name: str, gone: bool) -> None:
        if gone:
            self.act("remove_contact", contact)
        else:
            self.act("edit_contact", contact, {"name": name, "email": "b@x.example"})

    @rule(interview=ids, names=st.lists(st.sampled_from(["Ana", "Bo", "Cy", ""]), max_size=3))
    def set_interviewers(self, interview: int, names: list[str]) -> None:
        self.act("set_interviewers", interview, names)
        self.act("mention", interview, "the migration")

    @rule(
        interview=ids,
        finished=st.booleans(),
        ahead=st.none() | st.integers(-5, 20),
        lines=st.lists(
            st.tuples(
                st.sampled_from(["asked", "concern", "my_promise", "topic"]),
                st.sampled_from(["a sample", "a link", "Python", ""]),
                st.booleans(),
            ),
            max_size=3,
        ),
    )
    def debrief(
        self, interview: int, finished: bool, ahead: int | None, lines: list[tuple[str, str, bool]]
    ) -> None:
        by = None if ahead is None else self.day(-ahead)
        self.act("debrief", interview, finished=finished, promised_by=by, points=lines)

    @rule(
        card=ids,
        kind=st.sampled_from(["my_promise", "concern", "skill", "requirement", "story"]),
        text=st.sampled_from(PROMISES),
        answers=st.none() | st.just("Why us?") | ids,
        ahead=st.none() | st.integers(-5, 9),
    )
    def point(
        self, card: int, kind: str, text: str, answers: str | int | None, ahead: int | None
    ) -> None:
        due_on = None if ahead is None else self.day(-ahead)
        to = {"question" if isinstance(answers, str) else "answers_id": answers}
        self.act("point", card, kind, text, due_on=due_on, **to)

    @rule(
        point=ids,
        state=st.sampled_from(["open", "addressed", "done"]),
        kind=st.none() | st.sampled_from(["my_promise", "concern", "topic"]),
        answers=st.booleans(),
    )
    def edit_point(self, point: int, state: str, kind: str | None, answers: bool) -> None:
        changes: dict[str, object] = {"state": state}
        if kind is not None:
            changes["kind"] = kind
        if answers:
            changes["answers_id"] = None
        self.act("edit_point", point, changes)

    @rule(point=ids)
    def remove_point(self, point: int) -> None:
        self.act("remove_point", point)

    @rule(point=ids, card=ids, rehearsed=st.booleans())
    def carry(self, point: int, card: int, rehearsed: bool) -> None:
        self.act("carry", point, card)
        self.act("rehearse", card, "Why us?", rehearsed)

    @rule(card=ids, text=st.sampled_from(["", "Dear Ana", "x" * 5_000]), to=st.none() | ids)
    def draft(self, card: int, text: str, to: int | None) -> None:
        self.act("draft", card, "thank_you", text, follow_up_id=to)

    @rule(number=ids)
    def draft_for_what_is_due(self, number: int) -> None:
        due = self.db.glance().due(days=60)
        if due:
            one = due[number % len(due)]
            self.act("draft", one.application_id, "thank_you", "Hello", follow_up_id=one.id)

    @rule(draft=ids, back=st.integers(0, 3))
    def log_sent(self, draft: int, back: int) -> None:
        self.act("log_sent", draft, on=self.day(back))

    @rule(
        card=ids,
        kind=st.none() | st.sampled_from(["", "verbal", "written"]),
        what=st.none()
        | st.sampled_from(
            [
                "letter_on",
                "signed_on",
                "extension_asked_on",
                "reference_check_on",
                "counter_sent_on",
            ]
        ),
        extended=st.none() | st.integers(1, 30),
    )
    def offer(self, card: int, kind: str | None, what: str | None, extended: int | None) -> None:
        days: dict[str, object] = {} if what is None else {what: self.day(0)}
        to = None if extended is None else self.day(-extended)
        self.act("offer", card, kind=kind, extended_to=to, **days)

    @rule(card=ids, back=st.none() | st.integers(-1, 30), kind=st.none() | st.just("verbal"))
    def receive_offer(self, card: int, back: int | None, kind: str | None) -> None:
        self.act("receive_offer", card, None if back is None else self.day(back), kind=kind)

    @rule(card=ids, back=st.integers(-1, 5), what=st.sampled_from(["letter_on", "deadline"]))
    def thank_for_offer(self, card: int, back: int, what: str) -> None:
        self.act("thank_for_offer", card, on=self.day(back))
        self.act("unsay", card, what)

    @rule(card=ids, back=st.none() | st.integers(-1, 5), switch=st.booleans())
    def lesson(self, card: int, back: int | None, switch: bool) -> None:
        self.act(
            "lesson",
            card,
            reason="They chose another one",
            thanked_on=None if back is None else self.day(back),
            feedback_asked=switch,
            stay_in_touch=not switch,
            ticks={"RC-04": switch},
        )

    @rule(
        name=st.sampled_from(EMPLOYERS),
        ahead=st.none() | st.integers(-3, 9),
        asked=st.lists(st.sampled_from(["Go", "SQL", ""]), max_size=3),
    )
    def shelve(self, name: str, ahead: int | None, asked: list[str]) -> None:
        closes = None if ahead is None else self.day(-ahead)
        self.act("shelve", name, "Nurse", closing_on=closes, requirements=asked, unless="link")

    @rule(posting=ids, back=st.none() | ago, role=st.sampled_from(["", "Cook"]))
    def apply_to(self, posting: int, back: int | None, role: str) -> None:
        if role:
            self.act("edit_posting", posting, {"role": role, "requirements": [role]})
        else:
            self.act("apply_to", posting, on=None if back is None else self.day(back))

    @rule(postings=st.lists(ids, max_size=3))
    def drop_postings(self, postings: list[int]) -> None:
        self.act("drop_postings", postings)

    @rule(
        kind=st.sampled_from(sorted(KINDS)),
        number=st.integers(-1, 6),
        away=st.integers(-2, 2),
    )
    def set_goal(self, kind: str, number: int, away: int) -> None:
        self.act("set_goal", kind, number, week_of(self.day(0)).shift(away))

    @rule(
        ahead=st.none() | st.integers(-2, 9),
        every=st.sampled_from(["", *EVERY]),
        text=st.sampled_from(["update the CV", "call Bo", " "]),
        reminder=st.none() | ids,
    )
    def add_reminder(self, ahead: int | None, every: str, text: str, reminder: int | None) -> None:
        on = None if ahead is None else self.day(-ahead)
        if reminder is None:
            self.act("add_reminder", text, on, every=every)
        else:
            self.act("edit_reminder", reminder, {"text": text, "on": on, "every": every})

    @rule(
        reminders=st.lists(ids, max_size=3),
        what=st.sampled_from(["complete", "snooze", "drop"]),
        ahead=st.integers(-1, 9),
    )
    def settle_reminders(self, reminders: list[int], what: str, ahead: int) -> None:
        more = {"snooze": [self.day(-ahead)]}.get(what, [])
        self.act(f"{what}_reminders", reminders, *more)

    @rule(
        messages=st.lists(ids, min_size=1, max_size=3),
        kind=st.sampled_from(MailKind),
        card=st.none() | ids,
        name=st.sampled_from(EMPLOYERS),
        back=st.none() | ago,
    )
    def confirm_mail(
        self, messages: list[int], kind: MailKind, card: int | None, name: str, back: int | None
    ) -> None:
        by = None if back is None else self.day(-back)
        self.act(
            "confirm_mail",
            [Confirmed(one, kind, card, by, "Thanks!", name, "Cook") for one in messages],
        )

    @rule(messages=st.lists(ids, max_size=2))
    def drop_mail(self, messages: list[int]) -> None:
        self.act("drop_mail", messages)

    @rule(
        name=st.sampled_from(EMPLOYERS),
        other=st.sampled_from(EMPLOYERS),
        what=st.sampled_from(["same_employer", "other_employer"]),
    )
    def employer(self, name: str, other: str, what: str) -> None:
        self.act(what, name, other)

    @rule(criterion=ids, name=st.sampled_from(["Pay", "team"]), weight=st.integers(0, 6))
    def edit_criterion(self, criterion: int, name: str, weight: int) -> None:
        self.act("edit_criterion", criterion, name, weight)

    @rule(name=st.sampled_from(["Pay", "Team"]), weight=st.integers(0, 6), gone=st.none() | ids)
    def criterion(self, name: str, weight: int, gone: int | None) -> None:
        self.act("criterion", name, weight)
        if gone is not None:
            self.act("remove_criterion", gone)

    @rule(card=ids, criterion=ids, value=st.none() | st.integers(-1, 11))
    def score(self, card: int, criterion: int, value: int | None) -> None:
        self.act("score", card, criterion, value)

    @rule(card=ids, name=st.sampled_from(["", "fast", "uk", "nobody's"]))
    def preset(self, card: int, name: str) -> None:
        self.act("preset", card, name)

    @rule(
        follow_ups=st.lists(st.integers(1, 40), max_size=3),
        what=st.sampled_from(["complete_all", "skip_all"]),
    )
    def settle_all(self, follow_ups: list[int], what: str) -> None:
        self.act(what, follow_ups)

    @rule(follow_ups=st.lists(st.integers(1, 40), max_size=3), ahead=st.integers(0, 30))
    def snooze_all(self, follow_ups: list[int], ahead: int) -> None:
        self.act("snooze_all", follow_ups, self.day(-ahead))

    @rule(card=ids, follow_ups=st.lists(st.integers(1, 40), max_size=2), back=st.integers(0, 3))
    def log_sent_text(self, card: int, follow_ups: list[int], back: int) -> None:
        self.act(
            "log_sent_text",
            card,
            "thank_you",
            "Thank you",
            follow_up_ids=follow_ups,
            on=self.day(back),
        )

    @rule(card=ids, ahead=st.none() | st.integers(-3, 20), automatic=st.booleans())
    def log_reply(self, card: int, ahead: int | None, automatic: bool) -> None:
        by = None if ahead is None or automatic else self.day(-ahead)
        self.act("log_reply", card, decides_by=by, automatic=automatic)

    @rule(card=ids, ahead=st.integers(-3, 20))
    def deadline(self, card: int, ahead: int) -> None:
        self.act("deadline", card, self.day(-ahead))

    @rule(card=ids, text=st.text(max_size=10))
    def note(self, card: int, text: str) -> None:
        self.act("note", card, text)

    @rule(card=ids, tip=st.sampled_from(TIPS), on=st.booleans())
    def tick(self, card: int, tip: str, on: bool) -> None:
        self.act("tick", card, tip, on)

    @rule(card=ids, tips=st.lists(st.sampled_from(TIPS), min_size=1, max_size=3), on=st.booleans())
    def tick_all(self, card: int, tips: list[str], on: bool) -> None:
        self.act("tick_all", card, tips, on)

    @rule(
        follow_up=st.integers(1, 40),
        what=st.sampled_from(["complete", "skip"]),
    )
    def settle(self, follow_up: int, what: str) -> None:
        self.act(what, follow_up)

    @rule(follow_up=st.integers(1, 40), ahead=st.integers(0, 30))
    def snooze(self, follow_up: int, ahead: int) -> None:
        self.act("snooze", follow_up, self.day(-ahead))

    @rule(card=ids, ahead=st.integers(-1, 30))
    def remind(self, card: int, ahead: int) -> None:
        self.act("remind", card, self.day(-ahead), "call Ana")

    @rule(again=st.booleans())
    def restore_copy(self, again: bool) -> None:
        """Copy the board, or go back to the last copy: then all is as it was, but for choices that
        are no step of undo, and the numbers of settings."""
        if self.copied is None or again:
            number = len(list(Path(self.folder.name).glob("copy-*.db")))
            place = Path(self.folder.name) / f"copy-{number}.db"
            self.copied = self.db.backup(place), self.content()
            return
        self.act("restore_copy", self.copied[0])
        now, then = self.content(), self.copied[1]
        assert isinstance(now, list)
        assert isinstance(then, list)
        assert now[:-1] == then[:-1]

    @rule(order=st.permutations(range(1, 7)), stage=st.sampled_from(Stage))
    def reorder(self, order: list[int], stage: Stage) -> None:
        self.act("reorder", stage, order)

    @rule(stage=st.sampled_from(Stage), order=st.sampled_from(LANE_ORDERS))
    def sort_lane(self, stage: Stage, order: str) -> None:
        self.act("sort_lane", stage, order)

    @rule(
        name=st.sampled_from(["Remote", "This week"]), query=st.sampled_from(["remote", "due<7d"])
    )
    def save_search(self, name: str, query: str) -> None:
        self.act("save_search", name, query)

    @rule(name=st.sampled_from(["remote", "This week"]), new=st.sampled_from(["REMOTE", "Mine"]))
    def rename_search(self, name: str, new: str) -> None:
        self.act("rename_search", name, new)

    @rule(name=st.sampled_from(["remote", "This week"]))
    def remove_search(self, name: str) -> None:
        self.act("remove_search", name)

    @rule(
        numbers=st.lists(st.integers(1, 5), min_size=1, max_size=4),
        back=ago,
        stage=st.sampled_from(Stage),
        outcome=st.sampled_from([None, None, Outcome.REJECTED, Outcome.NO_RESPONSE]),
        note=st.sampled_from(["", "from a file"]),
    )
    def bring_in(
        self, numbers: list[int], back: int, stage: Stage, outcome: Outcome | None, note: str
    ) -> None:
        """New ones, and what the file tells of those that are there."""
        day = self.day(back) if back % 3 else None
        rows = [
            Incoming(n, f"C{n}", "Engineer", day, stage=stage, outcome=outcome, note=note)
            for n in numbers
        ]
        self.act("bring_in", rows, source="a file")

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.clock.moment += timedelta(hours=hours)

    @rule()
    def restart(self) -> None:
        self.db.close()
        self.db = open_database(Path(self.folder.name) / "board.db", self.clock)
        self.pipeline = Pipeline(self.db)

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self) -> None:
        self.pipeline.undo(seen=self.db.glance().change_id())
        self.future.append(self.past.pop())
        assert self.content() == self.past[-1]

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.pipeline.redo()
        self.past.append(self.future.pop())
        assert self.content() == self.past[-1]

    @rule()
    def all_the_way_back_and_forth(self) -> None:
        steps = len(self.past) - 1
        for _ in range(steps):
            self.undo()
        for _ in range(steps):
            self.redo()

    @invariant()
    def what_is_shown_follows_from_what_is_stored(self) -> None:
        if not hasattr(self, "db"):
            return
        (version,) = self.eye.execute("PRAGMA data_version").fetchone()
        if self.looked_at == (version, self.clock.now()):
            return  # nothing was stored since, and it is no later
        self.looked_at = version, self.clock.now()
        glance = self.db.glance()
        cards = {card.id: card for card in glance.cards(closed=None)}
        with self.db.writing() as session:
            rows = session.exec(select(Application)).all()
            assert {row.id for row in rows} == set(cards)
            there = read_processes(session, {row.employer for row in rows}, self.clock.zone)
            lines: dict[int, list[FollowUp]] = {row.id or 0: [] for row in rows}
            for line in session.exec(select(FollowUp).where(col(FollowUp.rule) != "own")).all():
                lines[line.application_id].append(line)
            outlook = read_outlook(session)
            for row, known in read_facts(session, rows, self.clock.zone, outlook):
                others = there.get(row.employer, [])
                beside = tuple(one for one in others if one.application_id != row.id)
                facts = replace(known, processes=beside)
                planned = plan(facts, shipped_rules(row.preset))
                assert (row.dormant_on, row.close_suggested_on) == (
                    planned.quiet_on,
                    planned.close_suggested_on,
                )
                wanted = {one.key for one in planned.follow_ups}
                stored = lines[row.id or 0]
                keys = {(one.rule, one.anchor, one.person, one.nth) for one in stored}
                assert wanted <= keys
                live = {
                    (one.rule, one.anchor, one.person, one.nth)
                    for one in stored
                    if one.state == "open"
                }
                assert live <= wanted
            assert not list(session.connection().exec_driver_sql("PRAGMA foreign_key_check"))
            met: dict[int, list[str]] = {}
            for meeting_id, name in session.exec(
                select(Interviewer.interview_id, Contact.name)
                .join(Contact, col(Interviewer.contact_id) == col(Contact.id))
                .order_by(col(Interviewer.id))
            ):
                met.setdefault(meeting_id, []).append(name)
            for meeting in session.exec(select(Interview)).all():
                assert meeting.people == in_a_line(met.get(meeting.id or 0, []))
        due = glance.due(days=4_000)
        for card in cards.values():
            first = next((one for one in due if one.application_id == card.id), None)
            assert card.follow_up == first, "the card shows the first of what is due"
        assert {one.application_id for one in due} <= set(cards)


@pytest.mark.parametrize("part", range(4 if LONG else 1))
def test_whatever_is_done_in_whatever_order(part: int, figure: Callable[..., None]) -> None:
    examples, steps = (20, 60) if LONG else (4, 40)
    Board.STEPS = 0
    run_state_machine_as_test(
        Board,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Board.STEPS, "the first example that hypothesis tries does nothing at all"
    figure("machine: steps through every use case", Board.STEPS, "undo and redo to the letter")


def test_the_machine_knows_every_use_case() -> None:
    """A new use case must join the machine."""
    known = {name for name in vars(Board) if not name.startswith("_")}
    told = {
        "complete_all": "settle_all",
        "skip_all": "settle_all",
        "delete_all": "reopen_all",
        "close_each": "move_each",
        "complete": "settle",
        "skip": "settle",
        "cancel_interview": "change_interview",
        "reschedule": "change_interview",
        "mark_held": "log_slots",
        "remove_contact": "edit_contact",
        "remove_assignment": "edit_assignment",
        "mention": "set_interviewers",
        "rehearse": "carry",
        "remove_criterion": "criterion",
        "same_employer": "employer",
        "edit_posting": "apply_to",
        "edit_reminder": "add_reminder",
        **{f"{what}_reminders": "settle_reminders" for what in ("complete", "snooze", "drop")},
        "receive_mail": "open",
        "other_employer": "employer",
        "unsay": "thank_for_offer",
    }
    left_out = {
        *("database", "today", "preview", "remember", "remember_mapping"),
        *("edit_note", "delete_note", "catch_up", "preview_restore", "out_of_plan", "plan_again"),
    }
    cases = {name for name in dir(Pipeline) if not name.startswith("_")} - left_out
    missing = {name for name in cases if told.get(name, name) not in known}
    assert not missing


def test_a_missing_application_is_not_found(tmp_path: Path) -> None:
    db = open_database(tmp_path / "board.db", FixedClock(START))
    pipeline = Pipeline(db)
    for act in (
        lambda: pipeline.move(7, Stage.FIRST),
        lambda: pipeline.delete(7),
        lambda: pipeline.note(7, "x"),
        lambda: pipeline.interview(7, None),
        lambda: pipeline.complete(7),
    ):
        try:
            act()
        except NotFound:
            continue
        raise AssertionError("nothing was refused")
    db.close()
