"""A hunt that chance leads: what people do and what befalls them, on a real board, day by day."""

import sqlite3
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from sqlmodel import SQLModel, select

from store.clock import FixedClock
from store.exchange.incoming import Incoming
from store.file.database import open_database
from store.pipeline import Pipeline
from store.rules.dates import is_late
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from store.tables import Application, Assignment, FollowUp, Interview

ZONE = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 23, 9, tzinfo=ZONE)
"""A Monday morning."""
EMPLOYERS = ("Globex", "Initech GmbH", "Hooli", "initech gmbh")
PEOPLE = ("", "Ana Ruiz", "Ana Ruiz and Bo Lind")

_BEGUN = (("Globex", "Engineer", 12), ("Initech GmbH", "Developer", 3), ("Hooli", "Architect", 1))
"""What is on the board on the first morning: employer, role, days since the application."""

Event = tuple[str, int, int, int]
"""What happens, and three numbers that choose to whom, when and how."""
Key = tuple[int, str, str, str, int]


def events() -> st.SearchStrategy[list[Event]]:
    """What happens in a hunt, nights included: some three weeks."""
    number = st.integers(0, 59)
    what = st.sampled_from([name for name, often in _OFTEN.items() for _ in range(often)])
    return st.lists(st.tuples(what, number, number, number), min_size=20, max_size=70)


_OFTEN = {
    "night": 16,
    "add": 5,
    "work": 8,
    "replied": 4,
    "invited": 3,
    "slots": 2,
    "interview": 5,
    "called_off": 2,
    "not_held": 2,
    "debrief": 3,
    "move": 3,
    "offer": 3,
    "deadline": 2,
    "papers": 3,
    "references": 1,
    "task": 2,
    "handed_in": 2,
    "promise": 1,
    "recruiter": 1,
    "no_contact": 1,
    "closing": 1,
    "expected": 1,
    "contact": 1,
    "remind": 1,
    "snooze": 1,
    "bring_in": 1,
    "close": 2,
    "accept": 2,
}
"""How often each thing happens, beside the others."""


class RandomHunt:
    """A board, a clock, and what can happen; what the board refuses does not happen."""

    def __init__(self, path: Path) -> None:
        self.clock = FixedClock(START)
        self._eye = sqlite3.connect(path)
        self._read: tuple[object, dict[type[SQLModel], list[Any]]] = None, {}
        self.database = open_database(path, self.clock)
        self.pipeline = Pipeline(self.database)
        self.accepted = False
        for company, role, back in _BEGUN:
            self.pipeline.add(company, role, applied_on=self._day(back))

    def close(self) -> None:
        """Let go of the file."""
        self._eye.close()
        self.database.close()

    def happen(self, event: Event) -> None:
        """Let one thing happen, a quarter of an hour after the last."""
        what, *numbers = event
        self.clock.moment += timedelta(minutes=15)
        if what == "night":
            self.night(1 + (numbers[0] % 4) // 3)
            return
        with suppress(Refused):
            getattr(self, f"_{what}")(*numbers)

    def night(self, days: int) -> None:
        """The next morning, or one some days later."""
        day = self.clock.now().date() + timedelta(days=days)
        self.clock.moment = datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.clock.now()

    def rows(self, table: type[SQLModel]) -> list[Any]:
        """All that is stored of one kind, by id; read again only when something was stored."""
        (version,) = self._eye.execute("PRAGMA data_version").fetchone()
        if self._read[0] != version:
            self._read = version, {}
        known = self._read[1]
        if table not in known:
            with self.database.writing() as session:
                found: list[Any] = list(session.exec(select(table)).all())
                session.expunge_all()
            known[table] = sorted(found, key=lambda row: row.id)
        return list(known[table])

    def lines(self) -> list[FollowUp]:
        """The open follow-ups whose window is not over, those to come among them."""
        return [
            row
            for row in self.rows(FollowUp)
            if row.state == "open" and (row.lapses_at is None or aware(row.lapses_at) > self.now)
        ]

    def _id(self, number: int, *stages: Stage) -> int:
        """An open card, in one of `stages` where there is any such."""
        cards = [card for card in self.rows(Application) if card.outcome is None]
        cards = [card for card in cards if card.stage in stages] or cards
        if not cards:
            raise Refused("There is no card.")
        found: int = cards[number % len(cards)].id
        return found

    def _some(self, number: int, table: type[SQLModel], *, over: bool | None = None) -> int:
        """A row of `table` on an open card; of interviews one that is over, or is not."""
        open_ones = {card.id for card in self.rows(Application) if card.outcome is None}
        rows: list[Any] = [row for row in self.rows(table) if row.application_id in open_ones]
        if over is not None:
            rows = [
                row for row in rows if row.starts_at and (aware(row.starts_at) < self.now) is over
            ]
        if not rows:
            raise Refused("There is none.")
        found: int = rows[-1 - number % len(rows)].id
        return found

    def _day(self, back: int) -> date:
        return self.now.date() - timedelta(days=back)

    def _add(self, a: int, b: int, c: int) -> None:
        back = (0, 0, 0, 1, 9, 25)[b % 6]
        stage = (Stage.APPLIED,) * 5 + (Stage.FIRST,)
        self.pipeline.add(
            EMPLOYERS[a % len(EMPLOYERS)],
            f"Role {a}",
            applied_on=self._day(back),
            stage=stage[c % 6],
        )

    def _work(self, a: int, b: int, c: int) -> None:
        """Do the first things on the list."""
        for due in self.database.glance().due()[: 1 + a % 6]:
            with suppress(Refused):
                self.pipeline.complete(due.id)

    def _replied(self, a: int, b: int, c: int) -> None:
        by = self._day(-(b % 12)) if b % 2 else None
        self.pipeline.log_reply(self._id(a), decides_by=by, automatic=not by and c % 5 == 0)

    def _invited(self, a: int, b: int, c: int) -> None:
        self.pipeline.interview(self._id(a), None, people=PEOPLE[b % 3], stage=_stage(c))

    def _slots(self, a: int, b: int, c: int) -> None:
        self.pipeline.log_slots(self._some(a % 2, Interview))

    def _interview(self, a: int, b: int, c: int) -> None:
        day = self._day(3 - b % 15)
        starts = datetime(day.year, day.month, day.day, 10 + c % 7, tzinfo=ZONE)
        self.pipeline.interview(self._id(a), starts, people=PEOPLE[c % 3], stage=_stage(a + c))

    def _called_off(self, a: int, b: int, c: int) -> None:
        talk = self._some(a, Interview, over=False)
        self.pipeline.cancel_interview(talk, by=("them", "you")[b % 2])

    def _not_held(self, a: int, b: int, c: int) -> None:
        talk = self._some(a, Interview, over=True)
        self.pipeline.mark_held(talk, False, by=("them", "you")[b % 2])

    def _debrief(self, a: int, b: int, c: int) -> None:
        by = self._day(-(b % 12)) if b % 2 else None
        lines = [("my_promise", "a sample", False)] if c % 3 == 0 else []
        talk = self._some(a % 3, Interview, over=True)
        self.pipeline.debrief(talk, promised_by=by, points=lines, remarks="so so")

    def _move(self, a: int, b: int, c: int) -> None:
        self.pipeline.move(self._id(a), (Stage.FIRST, Stage.SECOND, Stage.OFFER)[b % 3])

    def _offer(self, a: int, b: int, c: int) -> None:
        owner = self._id(a, Stage.FIRST, Stage.SECOND)
        self.pipeline.move(owner, Stage.OFFER)
        if b % 3:
            self.pipeline.offer(owner, kind=("verbal", "written")[b % 2])

    def _deadline(self, a: int, b: int, c: int) -> None:
        self.pipeline.deadline(self._id(a, Stage.OFFER), self._day(-(b % 10)))

    def _papers(self, a: int, b: int, c: int) -> None:
        """What becomes known of an offer, of the accepted one where there is one."""
        taken = [card for card in self.rows(Application) if card.outcome == "accepted"]
        owner = taken[0].id if taken else self._id(a, Stage.OFFER)
        what = ("letter_on", "signed_on", "counter_sent_on", "extension_asked_on", "starts_on")
        name = what[b % len(what)]
        days: dict[str, Any] = {name: self._day(-c if name == "starts_on" else 0)}
        self.pipeline.offer(owner, **days)

    def _references(self, a: int, b: int, c: int) -> None:
        self.pipeline.offer(self._id(a), reference_check_on=self._day(-(b % 5)))

    def _task(self, a: int, b: int, c: int) -> None:
        self.pipeline.assignment(self._id(a), "a task", due_on=self._day(-(b % 9)))

    def _handed_in(self, a: int, b: int, c: int) -> None:
        self.pipeline.edit_assignment(self._some(a, Assignment), {"handed_in_on": self.now.date()})

    def _promise(self, a: int, b: int, c: int) -> None:
        self.pipeline.point(self._id(a), "my_promise", "a link", due_on=self._day(-(b % 5)))

    def _recruiter(self, a: int, b: int, c: int) -> None:
        self.pipeline.edit(self._id(a), {"via_recruiter": ("Mara Kim", "")[b % 2]})

    def _no_contact(self, a: int, b: int, c: int) -> None:
        self.pipeline.edit(self._id(a), {"no_contact": b % 3 > 0})

    def _closing(self, a: int, b: int, c: int) -> None:
        self.pipeline.edit(self._id(a), {"closing_on": self._day(-(b % 20))})

    def _expected(self, a: int, b: int, c: int) -> None:
        self.pipeline.edit(self._id(a), {"expected_by": self._day(-(b % 12))})

    def _contact(self, a: int, b: int, c: int) -> None:
        relation = ("reference", "referrer", "recruiter", "other")[b % 4]
        self.pipeline.contact(self._id(a), f"Person {c % 4}", relation=relation)

    def _remind(self, a: int, b: int, c: int) -> None:
        self.pipeline.remind(self._id(a), self._day(-(b % 5)), "call Ana")

    def _snooze(self, a: int, b: int, c: int) -> None:
        dues = self.database.glance().due()
        if dues:
            self.pipeline.snooze(dues[a % len(dues)].id, self._day(-1 - b % 5))

    def _bring_in(self, a: int, b: int, c: int) -> None:
        rows = [
            Incoming(n, EMPLOYERS[n % 4], f"Imported {n}", self._day(1 + 7 * (n % 6)))
            for n in range(a % 5)
        ]
        self.pipeline.bring_in(rows, source="a file")

    def _close(self, a: int, b: int, c: int) -> None:
        ends = (Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.DECLINED, Outcome.NO_RESPONSE)
        self.pipeline.close(self._id(a), ends[b % 4])

    def _accept(self, a: int, b: int, c: int) -> None:
        if not self.accepted:
            self.pipeline.close(self._id(a, Stage.OFFER), Outcome.ACCEPTED)
            self.accepted = True


def _stage(number: int) -> Stage | None:
    return (None, None, Stage.FIRST, Stage.SECOND)[number % 4]


def aware(moment: datetime) -> datetime:
    """An instant as it is stored."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def key_of(row: FollowUp) -> Key:
    """What makes a follow-up the same one."""
    return row.application_id, row.rule, row.anchor, row.person, row.nth


def late(row: FollowUp, now: datetime) -> bool:
    """Whether it is late at `now`."""
    if row.snoozed_to is not None:
        return now.date() > row.snoozed_to
    if row.late_from is not None:
        return now > aware(row.late_from)
    return is_late(row.due_on, aware(row.due_at).astimezone(ZONE) if row.due_at else None, now)


def for_today(row: FollowUp, now: datetime) -> bool:
    """Whether it is to be done now: its day has come, and nothing bars it."""
    day = row.snoozed_to or row.due_on
    return day <= now.date() and (row.not_before is None or aware(row.not_before) <= now)
