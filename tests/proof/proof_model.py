"""What a board must show, worked out from what was done alone: no table, no query, no screen.

One model for the store, the command line and the screen. Of the product it uses the pure rules
only (`plan`, birth, rank, names); what an action means is said here a second time, in few words,
and every application is planned again after each step, whomever that step was about.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from proof_known import (
    Due,
    Face,
    FollowUp,
    Known,
    Line,
    No,
    Step,
    acceptance_of,
    by_day_accepted,
    by_day_offered,
    by_order,
    is_over,
    last_talk,
    next_round,
    offer_of,
    since_birth,
    stage_of_next,
    told,
    with_row,
    with_talk,
)

from store.rules.dates import clock_time, is_business_day, roll_forward, short_day
from store.rules.employers import folded_employer
from store.rules.followups.actions import DEADLINES, NUDGES, SILENT, last_day, rank
from store.rules.followups.facts import Facts, InterviewFacts, Process, Task, Telling, Word
from store.rules.followups.offers import questions_in_thanks, with_birth
from store.rules.followups.plan import plan
from store.rules.followups.planned import Key, Planned, at_birth
from store.rules.followups.presets import rules_for
from store.rules.stages import INTERVIEW_STAGES, Outcome, Stage, outcomes_from, round_words

RULES = rules_for()
_AROUND = frozenset({"R3", "R4", "R5", "R22", "R23"})
"""The rules about an interview that is ahead: what they ask for is not folded under it."""
_UNANSWERED = "R25"
SENT = {
    **dict.fromkeys(
        ("inquire", "ask_slot", "ask_time", "ask_letter", "ask_counter"),
        "nudge",
    ),
    "answer": "answer",
    "thank": "thank_you",
    "acknowledge": "acknowledgement",
    **dict.fromkeys(
        (
            *("more_time", "ask_deadline", "tell_date", "propose_time", "tell_recruiter"),
            *("decline", "withdraw", "kind_word", "thank_reply", "keep_in_touch", "thank_helper"),
            "confirm_yes",
        ),
        "other",
    ),
}
"""The message that doing a follow-up of this action sends."""
ENDS = {
    "decline": Outcome.DECLINED,
    **dict.fromkeys(("withdraw", "kind_word", "close_silent"), Outcome.WITHDRAWN),
}
"""How doing a follow-up of this action ends the application (R18)."""
AFTER_THE_TALK = ("thank", "inquire", "debrief", "tell_recruiter")
"""What cannot be done before the interview that it hangs on is over."""
OWED_AFTER_THE_END = ("R7", "R19", "R20", "R21")
OWED_AFTER_YES = ("R11", "R13", "R28")
"""Until the first day at work."""
NO_OFFER: dict[str, Any] = {
    "offered_on": None,
    "offered_at": None,
    "acknowledged": False,
    "deadline_on": None,
    "deadline_at": None,
    "deadline_set_on": None,
    "deadline_asked_on": None,
    "extension_asked_on": None,
    "verbal": False,
    "letter_on": None,
    "signed_on": None,
    "counter_sent_on": None,
    "starts_work_on": None,
}
"""What is known of an offer that was a mistake: nothing."""
_SET = ("snooze", "deadline", "offer", "edit")
"""What sets a day, or a fact, and writes nothing else down."""
HOUR = timedelta(hours=1)

Board = dict[int, Known]


class Model:
    """The board now, and the boards that undo and redo lead to."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.board: Board = {}
        self.past: list[Board] = []
        self.future: list[Board] = []
        self.applications = 0
        """How many there ever were: numbers are not given twice."""
        self._parts = 0

    # What is shown

    def faces(self) -> set[Face]:
        """The applications, open and closed."""
        return {self._face(one) for one in self.board.values()}

    def rows(self, days: int) -> list[Line]:
        """What is late, due today, or due in the next `days` days, in order."""
        until = self._today + timedelta(days=days)
        lines = (line for one in self.board.values() for line in self._lines(one))
        return sorted((line for line in lines if line.due.day <= until), key=by_order)

    def due(self, days: int) -> tuple[list[Due], list[Due]]:
        """What is listed in the next `days` days, in order, and what is folded under an interview.

        No list has what was answered to an offer before its deadline.
        """
        rows = self.rows(days)
        below = [row.due for row in rows if row.folded and row.key[0] != _UNANSWERED]
        return [row.due for row in rows if not row.folded], below

    def by_message(self, days: int) -> list[Due]:
        """What is listed, with what goes into one message together, under the days at which it
        stands: late ones and today's first, then each under its day."""
        messages: dict[object, list[Line]] = {}
        for row in self.rows(days):
            if not row.folded:
                messages.setdefault(row.message, []).append(row)
        listed = sorted(messages.values(), key=self._stands)
        return [row.due for message in listed for row in message]

    def _stands(self, message: list[Line]) -> int:
        """In how many days what goes into one message stands; 0 once any of it is due, and -1
        once any is late."""
        if any(row.due.late for row in message):
            return -1
        if any(row.due.day <= self._today for row in message):
            return 0
        first = message[0]
        rule, anchor, *_ = first.key
        day = first.due.day
        if rule == "R14" and anchor.startswith("deadline:"):
            # A decision stands under the day by which it is to fall, unless it was put off longer.
            day = max(day, date.fromisoformat(anchor.removeprefix("deadline:")))
        return (day - self._today).days

    def timeline(self, number: int) -> list[Step]:
        """What happened to one application, the newest first."""
        return list(reversed(self.board[number].timeline))

    # What is done

    def add(self, company: str, role: str, back: int, stage: Stage) -> None:
        self.applications += 1
        day = self._today - timedelta(days=back)
        facts = Facts(
            zone=self._zone,
            stage=Stage.APPLIED,
            stage_since=day,
            applied_on=day,
            company=company,
            contact_known=False,
        )
        earlier = day < self._today
        said = "applied" if earlier else "added"
        one = Known(self.applications, company, role, facts, ((day, "add", said),), (day,))
        if stage is not Stage.APPLIED:
            one = self._put(one, stage, self._today)
            one = replace(one, timeline=((day, "add", f"{'applied, ' * earlier}added in {stage}"),))
        self._store({**self.board, one.id: one})

    def move(self, number: int, stage: Stage) -> None:
        one, now = self._open(number), self._now()
        before = one.facts.stage
        if before is stage:
            raise No
        round_ = next_round(one, stage, now)
        one = self._put(one, stage, self._today)
        if {before, stage} == set(INTERVIEW_STAGES):
            for talk in one.facts.interviews:
                if not talk.called_off_by and talk.stage is before and not is_over(talk, now):
                    one = with_talk(one, replace(talk, stage=stage), round_)
        self._change(one, "move", f"moved from {before} to {stage}")

    def close(self, number: int, outcome: Outcome) -> None:
        one = self._open(number)
        if outcome not in outcomes_from(one.facts.stage):
            raise No
        self._change(self._ended(one, outcome), "close", f"closed: {outcome.title}")

    def reopen(self, number: int) -> None:
        one = self._get(number)
        if one.facts.outcome is None:
            raise No
        open_again = {"outcome": None, "closed_on": None, "closed_at": None}
        self._change(told(one, **open_again, thanked_for_rejection=False), "reopen", "reopened")

    def delete(self, number: int) -> None:
        self._get(number)
        self._store({n: one for n, one in self.board.items() if n != number})

    def note(self, number: int, text: str) -> None:
        self._change(self._get(number), "note", "noted")

    def replied(self, number: int, ahead: int | None) -> None:
        one = self._get(number)
        if ahead is None:
            self._change(self._heard(one, "reply"), "reply", "they replied")
            return
        by = self._today + timedelta(days=ahead)
        one = told(one, expected_by=by, expected_set_on=self._today)
        said = f"they replied: decision by {short_day(by, self._today)}"
        self._change(self._heard(one, "date_given"), "reply", said)

    def deadline(self, number: int, ahead: int) -> None:
        one = self._open(number)
        if one.facts.stage is not Stage.OFFER:
            raise No
        day = self._today + timedelta(days=ahead)
        one = told(one, deadline_on=day, deadline_set_on=self._today)
        self._change(one, "deadline", f"answer due {short_day(day, self._today)}")

    def offer(self, number: int, what: str, ahead: int) -> None:
        """What became known today of an offer, or of the day `ahead`."""
        one, today = self._get(number), self._today
        facts, day = one.facts, today + timedelta(days=ahead)
        if facts.outcome not in (None, Outcome.ACCEPTED):
            raise No
        if what != "check" and facts.stage is not Stage.OFFER:
            raise No
        if what == "letter" and facts.signed_on is not None and facts.signed_on < today:
            raise No
        facts_told: dict[str, dict[str, Any]] = {
            "verbal": {"verbal": True},
            "letter": {"verbal": False, "letter_on": today},
            "signed": {"signed_on": today},
            "counter": {"counter_sent_on": today},
            "starts": {"starts_work_on": day},
            "check": {
                "reference_check_on": day,
                "references_announced_on": min(facts.references_announced_on or today, day),
            },
        }
        said = {
            "verbal": "verbal offer",
            "letter": "written offer",
            "signed": "offer signed",
            "counter": "counter-offer sent",
            "starts": f"first day: {short_day(day, today)}",
            "check": "reference check",
        }
        self._change(told(one, **facts_told[what]), "offer", said[what])

    def agency(self, number: int, recruiter: str) -> None:
        one = told(self._get(number), via_recruiter=recruiter)
        self._change(one, "edit", "edited recruiter" if one != self._get(number) else "edited")

    def task(self, number: int, title: str, ahead: int) -> None:
        """Something to do at home and to hand in on the day `ahead`."""
        one, today = self._open(number), self._today
        self._parts += 1
        stage = one.facts.stage
        if stage is Stage.APPLIED:
            stage = Stage.FIRST
            one = self._put(one, stage, today)
        elif stage is Stage.OFFER:
            stage = Stage.SECOND
        day = today + timedelta(days=ahead)
        task = Task(self._parts, stage, title, today, day)
        one = told(one, assignments=(*one.facts.assignments, task))
        self._change(one, "task", f"take-home: {title}, due {short_day(day, today)}")

    def interview(self, number: int, starts_at: datetime | None) -> None:
        one, now, today = self._open(number), self._now(), self._today
        before, since = one.facts.stage, one.facts.stage_since
        held = starts_at.astimezone(self._zone).date() if starts_at else today
        stage = stage_of_next(one, now, starts_at)
        moved = ""
        if stage.place > before.place:
            one = self._put(one, stage, max(min(today, held), since))
            moved = f", moved to {stage}" if before is not Stage.APPLIED else ""
        elif stage is before and held < since:
            # The stage was reached with its first interview at the latest.
            *earlier, _ = one.reached
            since = max(held, *earlier)
            one = replace(told(one, stage_since=since), reached=(*earlier, since))
        if one.facts.applied_on is not None and held < one.facts.applied_on:
            raise No
        round_ = next_round(one, stage, now)
        called = f"{round_words(stage, round_)} interview"
        self._parts += 1
        new = InterviewFacts(self._parts, stage, today)
        if starts_at is None:
            talk = replace(new, invited_on=today, invited_at=now.astimezone(UTC))
            one = self._heard(with_talk(one, talk, round_), "invitation")
            self._change(one, "interview", f"invited to a {called}{moved}")
            return
        open_ones = (t for t in one.facts.interviews if t.starts_at is None and not t.called_off_by)
        talk = next((t for t in open_ones if t.stage is stage), new)
        if talk is not new:
            talk = replace(talk, answered=True, answered_on=talk.answered_on or today)
        talk = replace(talk, starts_at=starts_at, ends_at=starts_at + HOUR, timed_on=today)
        local = starts_at.astimezone(self._zone)
        said = f"{called} {short_day(local.date(), today)} {clock_time(local)}{moved}"
        self._change(with_talk(one, talk, round_), "interview", said)

    def called_off(self, number: int, by: str) -> None:
        """The last interview that stands is cancelled."""
        one = self._get(number)
        talk = replace(last_talk(one), called_off_by=by, called_off_on=self._today)
        said = "they cancelled the interview" if by == "them" else "interview cancelled"
        self._change(with_talk(one, talk), "interview", said)

    def missed(self, number: int, by: str) -> None:
        """One side did not come to the last interview that stands."""
        one = self._get(number)
        talk = last_talk(one)
        if talk.starts_at is None or talk.starts_at > self._now():
            raise No
        day = talk.starts_at.astimezone(self._zone).date()
        said = "interview did not take place" + (": they did not come" if by == "them" else "")
        talk = replace(talk, kept=False, called_off_by=by, called_off_on=day)
        self._change(with_talk(one, talk), "interview", said)

    def remind(self, number: int, ahead: int, label: str) -> None:
        one = self._open(number)
        self._parts += 1
        day = self._today + timedelta(days=ahead)
        anchor = f"own:{self._parts}"
        planned = Planned("own", anchor, "own", label, "your own reminder", day)
        one = with_row(one, planned.key, FollowUp(planned, self._today))
        self._change(one, "remind", f"reminder for {short_day(day, self._today)}: {label}")

    def complete(self, number: int, key: Key) -> None:
        one, today = self._get(number), self._today
        row = one.follow_ups[key]
        planned, action = row.planned, row.planned.action
        talk = next((t for t in one.facts.interviews if t.id == planned.interview_id), None)
        ahead = talk is not None and talk.ends_at is not None and talk.ends_at > self._now()
        if action == "record_answer" or (action in AFTER_THE_TALK and ahead):
            raise No
        one = with_row(one, key, replace(row, state="done"))
        if action in SENT:
            one = self._said(one, SENT[action])
        match action:
            case "acknowledge":
                # What the message asks for is ticked with it.
                for_deadline, for_letter = questions_in_thanks(one.facts)
                one = told(one, acknowledged=True)
                if for_deadline:
                    one = told(one, deadline_asked_on=today)
                if for_letter:
                    one = self._said(one, "nudge")
            case "ask_deadline":
                one = told(one, deadline_asked_on=today)
            case "answer" if talk:
                one = with_talk(one, replace(talk, answered=True, answered_on=today))
            case "debrief" if talk:
                one = with_talk(one, replace(talk, debriefed=True))
            case "more_time":
                one = told(one, extension_asked_on=today)
            case "thank_reply":
                one = told(one, thanked_for_rejection=True)
            case "tell_date":
                offer = int(planned.anchor.split(":")[1])
                one = told(one, told=Telling(offer, today, planned.names_day))
            case "sign":
                one = told(one, signed_on=today)
            case "hand_in":
                tasks = (
                    replace(t, handed_in_on=today) if planned.anchor == f"hand_in:{t.id}" else t
                    for t in one.facts.assignments
                )
                one = told(one, assignments=tuple(tasks))
        said = f"done: {planned.label}"
        if action in ENDS:
            one, said = self._ended(one, ENDS[action]), ENDS[action].title
        self._change(one, "done", said)

    def skip(self, number: int, key: Key) -> None:
        one = self._get(number)
        row = one.follow_ups[key]
        one = with_row(one, key, replace(row, state="skipped"))
        self._change(one, "skip", f"skipped: {row.planned.label}")

    def snooze(self, number: int, key: Key, ahead: int) -> None:
        """Put off, it waits to be seen; but getting ready has no sense after the interview."""
        one = self._get(number)
        row = one.follow_ups[key]
        day, until = self._today + timedelta(days=ahead), row.planned.lapses_at
        lapses = row.planned.rule == "R5"
        if lapses and until is not None and day > until.astimezone(self._zone).date():
            raise No
        one = with_row(one, key, replace(row, snoozed_to=day, lapses=lapses))
        said = f"snoozed to {short_day(day, self._today)}: {row.planned.label}"
        self._change(one, "snooze", said)

    def undo(self) -> None:
        if not self.past:
            raise No
        self.future.append(self.board)
        self.board = self.past.pop()

    def redo(self) -> None:
        if not self.future:
            raise No
        self.past.append(self.board)
        self.board = self.future.pop()

    # How a step is taken

    @property
    def _zone(self) -> tzinfo:
        zone = self._now().tzinfo
        assert zone is not None
        return zone

    @property
    def _today(self) -> date:
        return self._now().date()

    def _get(self, number: int) -> Known:
        if number not in self.board:
            raise No
        return self.board[number]

    def _open(self, number: int) -> Known:
        one = self._get(number)
        if one.facts.outcome is not None:
            raise No
        return one

    def _put(self, one: Known, stage: Stage, day: date) -> Known:
        if stage is Stage.OFFER:
            # An offer is the decision: nothing is waited for any more.
            at = self._now().astimezone(UTC) if day == self._today else None
            one = told(one, offered_on=day, offered_at=at, expected_by=None, expected_set_on=None)
        elif one.facts.stage is Stage.OFFER:
            one = told(one, **NO_OFFER)
        one = replace(one, reached=(*one.reached, day))
        return told(one, stage=stage, stage_since=day)

    def _ended(self, one: Known, outcome: Outcome) -> Known:
        closed_at = self._now().astimezone(UTC)
        return told(one, outcome=outcome, closed_on=self._today, closed_at=closed_at)

    def _heard(self, one: Known, kind: str) -> Known:
        return told(one, words=(*one.facts.words, Word(self._today, True, kind)))

    def _said(self, one: Known, kind: str) -> Known:
        return told(one, words=(*one.facts.words, Word(self._today, False, kind)))

    def _change(self, one: Known, verb: str, said: str) -> None:
        # Said a second time it is a step to undo, but nothing that happened to the application.
        if verb not in _SET or one != self.board[one.id]:
            one = replace(one, timeline=(*one.timeline, (self._today, verb, said)))
        self._store({**self.board, one.id: one})

    def _store(self, board: Board) -> None:
        self.past.append(self.board)
        self.future.clear()
        self.board = {number: self._planned(one, board) for number, one in board.items()}

    # What follows from it

    def _planned(self, one: Known, board: Board) -> Known:
        others = [other for other in board.values() if other.id != one.id]
        settled = [row for row in one.follow_ups.values() if row.state != "open"]
        thanked = {row.planned.interview_id for row in settled if row.planned.rule == "R7"}
        skipped = {(r.planned.rule, r.planned.anchor) for r in settled if r.state == "skipped"}
        accepted = max(filter(None, map(acceptance_of, others)), key=by_day_accepted, default=None)
        facts = replace(
            one.facts,
            interviews=tuple(
                replace(talk, thanked=talk.id in thanked) for talk in one.facts.interviews
            ),
            processes=tuple(self._processes(one, others)),
            other_offer=min(filter(None, map(offer_of, others)), key=by_day_offered, default=None),
            accepted_elsewhere=accepted,
            keeps_going=accepted is not None
            and ("R18", f"accepted:{accepted.application_id}") in skipped,
            acknowledgement_skipped=any(rule == "R12" for rule, _ in skipped),
        )
        born = {key: row.born_on for key, row in one.follow_ups.items()}
        planned = plan(with_birth(facts, RULES, born, self._now()), RULES)
        wanted = {each.key: each for each in planned.follow_ups}
        rows = {}
        for key, row in one.follow_ups.items():
            if row.state != "open" or row.planned.rule == "own":
                rows[key] = row
            elif key in wanted:
                rows[key] = replace(row, planned=since_birth(row, wanted[key]))
        for key, each in wanted.items():
            if key not in rows:
                rows[key] = self._born(each)
        return replace(one, follow_ups=rows, dormant_on=planned.quiet_on, waiting=planned.waiting)

    def _processes(self, one: Known, others: list[Known]) -> list[Process]:
        """What is under way at the same employer besides."""
        found = []
        for other in others:
            facts = other.facts
            same = folded_employer(other.company) == folded_employer(one.company)
            if same and facts.outcome is None and facts.stage is not Stage.APPLIED:
                starts = [
                    t.starts_at for t in facts.interviews if t.starts_at and not t.called_off_by
                ]
                last_on = max(starts).astimezone(self._zone).date() if starts else None
                found.append(Process(other.id, other.role, facts.stage, last_on))
        return sorted(found, key=lambda process: process.application_id)

    def _born(self, planned: Planned) -> FollowUp:
        """Nothing is late at birth; what would have been is as old as the day it is put to."""
        born = at_birth(planned, self._now(), RULES.holidays)
        late = planned.due_on < self._today
        return FollowUp(born, born.due_on if late else self._today)

    # How it is shown

    def _face(self, one: Known) -> Face:
        facts = one.facts
        lines = sorted(self._lines(one), key=by_order)
        first = next((line.due.label for line in lines if line.now and not line.folded), "")
        is_open = facts.outcome is None
        dormant = is_open and one.dormant_on is not None and one.dormant_on <= self._today
        return Face(
            one.id,
            one.company,
            one.role,
            facts.stage.value,
            facts.outcome.value if facts.outcome else None,
            facts.applied_on or date.min,
            facts.stage_since,
            facts.expected_by,
            dormant,
            first or (one.waiting if is_open and not dormant else ""),
        )

    def _lines(self, one: Known) -> list[Line]:
        rows = one.follow_ups.items()
        return [self._line(one, key, row) for key, row in rows if self._is_shown(one, row)]

    def _is_shown(self, one: Known, row: FollowUp) -> bool:
        lapses_at = row.planned.lapses_at if row.lapses else None
        owed = OWED_AFTER_THE_END
        starts = one.facts.starts_work_on
        if one.facts.outcome is Outcome.ACCEPTED and (starts is None or starts >= self._today):
            owed += OWED_AFTER_YES
        return (
            row.state == "open"
            and (lapses_at is None or lapses_at > self._now())
            and (one.facts.outcome is None or row.planned.rule in owed)
        )

    def _line(self, one: Known, key: Key, row: FollowUp) -> Line:
        planned, now, today, zone = row.planned, self._now(), self._today, self._zone
        at, late_from = planned.due_at, planned.late_from
        day = at.astimezone(zone).date() if at else planned.due_on
        if row.snoozed_to is not None:
            at, day = None, row.snoozed_to
            if late_from is not None and late_from.astimezone(zone).date() <= day:
                late_from = None
        rests = not is_business_day(today, RULES.holidays)
        if rests and planned.action in NUDGES and at is None and day < today:
            # Nobody is written to unasked on days off: what was left lying waits.
            day = roll_forward(today, RULES.holidays)
        moment = at or datetime.combine(day, time(9), zone)
        late = False
        if day <= today:
            moment = late_from or moment
            late = late_from <= now if late_from else at < now if at else day < today
        talks = (t for t in one.facts.interviews if t.id == planned.interview_id)
        ahead = next((t for t in talks if t.starts_at and not t.called_off_by), None)
        if ahead is not None and is_over(ahead, now):
            ahead = None
        target = None
        if planned.late_from is not None and planned.action in DEADLINES:
            target = last_day(planned.late_from.astimezone(zone))
        elif ahead is not None and ahead.starts_at is not None:
            target = ahead.starts_at.astimezone(zone).date()
        days = None if target is None else (target - max(day, today)).days
        can_be_done = planned.not_before is None or planned.not_before <= now
        folded = ahead is not None and planned.rule not in _AROUND
        if planned.rule == _UNANSWERED:
            folded = not can_be_done
        fold = SILENT if planned.action == "close_silent" else ""
        late = late and not fold
        place = rank(planned.rule, planned.action, days=days, fold=fold)
        who = (one.id, planned.rule, planned.person, planned.nth)
        order = (max(day, today), place, not late, moment.timestamp(), *who)
        due = Due(
            day,
            at.astimezone(UTC) if at else None,
            *(one.id, planned.label, planned.nth, planned.of),
            planned.reason,
            late,
        )
        message: object = (one.id, key)
        if planned.action in ("inquire", "withdraw"):
            employer = folded_employer(one.company)
            whom = employer, one.facts.via_recruiter.casefold()
            message = (planned.rule, planned.action, *whom, max(day, today))
        elif fold:
            message = (fold, max(day, today))
        return Line(order, due, key, message, folded, can_be_done)
