"""Three hands that do the same things to one board, and say what they see: the use cases, the
command line in this process, and the screen through its keys."""

import asyncio
import io
import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from proof_known import Due, Face, Step
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from store.clock import FixedClock
from store.file.database import open_database
from store.model.dossier import Card
from store.model.dossier import Due as StoredDue
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage, outcomes_from
from store.rules.text import Refused
from store.rules.urgency import Level
from tests.stillness import still
from tui.app import RoundsApp
from tui.cli.run import run
from tui.commands import COMMANDS
from tui.dialogs.line import LineEntry
from tui.dialogs.pickers import Confirm, TogetherPicker
from tui.pages.dossier import DossierScreen
from tui.pages.today_text import fold_name
from tui.widgets.rows import Row, Rows

T = TypeVar("T")
DAYS = 7
"""How far ahead every hand looks: as far as the list of the screen goes."""


def shown(due: StoredDue, now: datetime) -> Due:
    return Due(
        due.due_on,
        due.due_at.astimezone(UTC) if due.due_at else None,
        due.application_id,
        due.label,
        due.nth,
        due.of,
        due.reason,
        due.level(now) is Level.LATE,
    )


def is_below(due: StoredDue, now: datetime) -> bool:
    """Whether it is folded under an interview that is not over."""
    return due.waits(now) and due.interview_id is not None


def face(card: Card, today: date) -> Face:
    first = card.follow_up.label if card.follow_up is not None else card.waits_for(today)
    return Face(
        card.id,
        card.company,
        card.role,
        card.stage.value,
        card.outcome.value if card.outcome else None,
        card.applied_on or date.min,
        card.stage_since,
        card.expected_by,
        card.is_quiet(today),
        first,
    )


class StoreHand:
    """The use cases, called one by one."""

    def __init__(self, path: Path, clock: FixedClock) -> None:
        self.path, self.clock = path, clock
        self.database = open_database(path, clock)
        self.pipeline = Pipeline(self.database)
        self.glance = self.database.glance()

    def close(self) -> None:
        self.glance.close()
        self.database.close()

    def open_anew(self) -> None:
        """As after a restart."""
        self.close()
        StoreHand.__init__(self, self.path, self.clock)

    def faces(self) -> set[Face]:
        today = self.clock.now().date()
        return {face(card, today) for card in self.glance.cards(closed=None)}

    def due(self) -> tuple[list[Due], list[Due]]:
        """What is listed, in order, and what is folded under something else."""
        now, dues = self.clock.now(), self.glance.due(days=DAYS)
        listed = [shown(due, now) for due in dues if not due.waits(now)]
        return listed, [shown(due, now) for due in dues if is_below(due, now)]

    def timeline(self, number: int) -> list[Step]:
        page = self.glance.dossier(number)
        return [(step.happened_on, step.verb, step.summary) for step in page.timeline]

    def do(self, what: str, *args: Any) -> bool:
        """Do it; whether that was allowed."""
        try:
            getattr(self, what)(*args)
        except Refused:
            return False
        return True

    def add(self, company: str, role: str, back: int, stage: Stage) -> None:
        day = self.clock.now().date() - timedelta(days=back)
        self.pipeline.add(company, role, applied_on=day, stage=stage)

    def move(self, number: int, stage: Stage) -> None:
        self.pipeline.move(number, stage)

    def close_card(self, number: int, outcome: Outcome) -> None:
        self.pipeline.close(number, outcome)

    def reopen(self, number: int) -> None:
        self.pipeline.reopen(number)

    def delete(self, number: int) -> None:
        self.pipeline.delete(number)

    def note(self, number: int, text: str) -> None:
        self.pipeline.note(number, text)

    def replied(self, number: int, ahead: int | None) -> None:
        by = None if ahead is None else self.clock.now().date() + timedelta(days=ahead)
        self.pipeline.log_reply(number, decides_by=by)

    def deadline(self, number: int, ahead: int) -> None:
        self.pipeline.deadline(number, self.clock.now().date() + timedelta(days=ahead))

    def interview(self, number: int, starts_at: datetime | None) -> None:
        self.pipeline.interview(number, starts_at)

    def called_off(self, number: int, by: str) -> None:
        self.pipeline.cancel_interview(self.last_talk(number), by=by)

    def missed(self, number: int, by: str) -> None:
        self.pipeline.mark_held(self.last_talk(number), False, by=by)

    def last_talk(self, number: int) -> int:
        """The interview that was told last of those that were not called off."""
        talks = self.glance.dossier(number).interviews
        return max((talk.id for talk in talks if not talk.called_off_by), default=0)

    def offer(self, number: int, what: str, ahead: int) -> None:
        today = self.clock.now().date()
        told: dict[str, Any] = {
            "verbal": {"kind": "verbal"},
            "letter": {"letter_on": today},
            "signed": {"signed_on": today},
            "counter": {"counter_sent_on": today},
            "starts": {"starts_on": today + timedelta(days=ahead)},
            "check": {"reference_check_on": today + timedelta(days=ahead)},
        }
        self.pipeline.offer(number, **told[what])

    def agency(self, number: int, recruiter: str) -> None:
        self.pipeline.edit(number, {"via_recruiter": recruiter})

    def task(self, number: int, title: str, ahead: int) -> None:
        self.pipeline.assignment(
            number, title, due_on=self.clock.now().date() + timedelta(days=ahead)
        )

    def remind(self, number: int, ahead: int, label: str) -> None:
        self.pipeline.remind(number, self.clock.now().date() + timedelta(days=ahead), label)

    def complete(self, number: int) -> None:
        self.pipeline.complete(number)

    def skip(self, number: int) -> None:
        self.pipeline.skip(number)

    def snooze(self, number: int, ahead: int) -> None:
        day = self.clock.now().date() + timedelta(days=ahead)
        self.pipeline.snooze(number, day)

    def undo(self) -> None:
        self.pipeline.undo()

    def redo(self) -> None:
        self.pipeline.redo()


class ShellHand(StoreHand):
    """The command line: words in, text and an exit code out."""

    def __init__(self, path: Path, clock: FixedClock) -> None:
        self.path, self.clock = path, clock

    def close(self) -> None:
        """Nothing stays open between two commands."""

    def run(self, *words: str) -> str:
        """The answer of a command; Refused for the exit codes that say no."""
        out, err = io.StringIO(), io.StringIO()
        argv = ["--db", str(self.path), *words]
        code = run(argv, clock=self.clock, stdout=out, stderr=err, environ={})
        said = err.getvalue()
        assert "went wrong inside" not in said, said
        if code:
            assert code in (1, 2, 3), said
            assert said.startswith("rounds: "), said
            raise Refused(said)
        return out.getvalue()

    def json(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--json"))["data"]

    def faces(self) -> set[Face]:
        return {
            Face(
                card["id"],
                card["company"],
                card["role"],
                card["stage"],
                card["outcome"],
                date.fromisoformat(card["applied_on"]),
                date.fromisoformat(card["stage_since"]),
                date.fromisoformat(card["expected_by"]) if card["expected_by"] else None,
                card["dormant"],
                card["follow_up"]["label"] if card["follow_up"] else card["waiting"] or "",
            )
            for card in self.json("list", "--all")
        }

    def due(self) -> tuple[list[Due], list[Due]]:
        listed, folded = [], []
        for due in self.json("due", "--days", str(DAYS)):
            if due["kind"] == "follow_up":
                (listed if due["after_interview"] is None else folded).append(
                    Due(
                        date.fromisoformat(due["due_on"]),
                        datetime.fromisoformat(due["due_at"]).astimezone(UTC)
                        if due["due_at"]
                        else None,
                        due["application_id"],
                        due["label"],
                        due["nth"],
                        due["of"],
                        due["reason"] or "",
                        due["late"],
                    )
                )
        return listed, folded

    def timeline(self, number: int) -> list[Step]:
        return [
            (date.fromisoformat(step["happened_on"]), step["verb"], step["summary"])
            for step in self.json("show", str(number))["timeline"]
        ]

    def add(self, company: str, role: str, back: int, stage: Stage) -> None:
        self.run("add", f"--stage={stage}", f"--applied=-{back}d", "--", company, role)

    def move(self, number: int, stage: Stage) -> None:
        self.run("move", str(number), stage)

    def close_card(self, number: int, outcome: Outcome) -> None:
        self.run("close", str(number), outcome)

    def reopen(self, number: int) -> None:
        self.run("reopen", str(number))

    def delete(self, number: int) -> None:
        self.run("delete", str(number))

    def note(self, number: int, text: str) -> None:
        self.run("note", str(number), "--", text)

    def replied(self, number: int, ahead: int | None) -> None:
        words = () if ahead is None else (f"--decides-by=+{ahead}d",)
        self.run("replied", str(number), *words)

    def deadline(self, number: int, ahead: int) -> None:
        self.run("deadline", str(number), f"+{ahead}d" if ahead else "today")

    def interview(self, number: int, starts_at: datetime | None) -> None:
        self.run("interview", str(number), *_slot(starts_at, self.clock))

    def called_off(self, number: int, by: str) -> None:
        talk = self.last_talk(number)
        self.run("interview", str(number), "--cancel", str(talk), "--by", by)

    def missed(self, number: int, by: str) -> None:
        talk = self.last_talk(number)
        self.run("interview", str(number), "--not-held", str(talk), "--by", by)

    def last_talk(self, number: int) -> int:
        talks = self.json("show", str(number))["interviews"]
        return max((talk["id"] for talk in talks if not talk["called_off_by"]), default=999_999)

    def offer(self, number: int, what: str, ahead: int) -> None:
        day = f"+{ahead}d" if ahead else "today"
        told = {
            "verbal": ("--verbal",),
            "letter": ("--letter", "today"),
            "signed": ("--signed", "today"),
            "counter": ("--counter", "today"),
            "starts": ("--starts", day),
            "check": ("--references", day),
        }
        self.run("offer", str(number), *told[what])

    def agency(self, number: int, recruiter: str) -> None:
        raise NotImplementedError("no command for it")

    def task(self, number: int, title: str, ahead: int) -> None:
        self.run("task", str(number), title, "--due", f"+{ahead}d" if ahead else "today")

    def remind(self, number: int, ahead: int, label: str) -> None:
        self.run("remind", str(number), f"+{ahead}d" if ahead else "today", label)

    def complete(self, number: int) -> None:
        self.run("done", f"f{number}")

    def skip(self, number: int) -> None:
        self.run("skip", f"f{number}")

    def snooze(self, number: int, ahead: int) -> None:
        self.run("snooze", f"f{number}", str(self.clock.now().date() + timedelta(days=ahead)))

    def undo(self) -> None:
        self.run("undo")

    def redo(self) -> None:
        self.run("redo")


def _key_of(command: str) -> str:
    """The first key of a command, as the table has it."""
    return next(each.keys[0] for each in COMMANDS if each.id == command)


class ScreenHand(StoreHand):
    """The screen: keys in, and what it holds and lists out. A key that may not is no key."""

    def __init__(self, path: Path, clock: FixedClock) -> None:
        self.path, self.clock = path, clock
        self._loop = asyncio.new_event_loop()
        self._jobs: asyncio.Queue[Any] = asyncio.Queue()
        self._task = self._loop.create_task(self._live())
        self._ask(self._settle)

    def close(self) -> None:
        self._jobs.put_nowait(None)
        self._loop.run_until_complete(self._task)
        self._loop.close()

    async def _live(self) -> None:
        """The program, for as long as there are jobs: all of them in its own context."""
        app = RoundsApp(self.path, self.clock)
        async with app.run_test(size=(120, 40)) as pilot:
            self.app: RoundsApp = app
            self.pilot: Pilot[Any] = pilot
            while (job := await self._jobs.get()) is not None:
                work, answer = job
                try:
                    answer.set_result(await work())
                except BaseException as error:
                    answer.set_exception(error)

    def _ask(self, work: Callable[[], Awaitable[T]]) -> T:
        answer: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put_nowait((work, answer))
        waiting = asyncio.wait({answer, self._task}, return_when=asyncio.FIRST_COMPLETED)
        self._loop.run_until_complete(waiting)
        if not answer.done():
            self._task.result()
            raise AssertionError("the screen has ended")
        return answer.result()

    async def _settle(self) -> None:
        """Every message is heard, everything asked for is stored and shown.

        `Pilot.pause` would wait besides until the machine is idle, 20 ms and more each time.
        """
        for _ in range(3):
            await self.app.desk.read(lambda _: None)
            await still()
        assert self.app.crash is None, self.app.crash

    async def _press(self, *keys: str) -> None:
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            self.app.post_message(events.Key(name, key if len(key) == 1 else None))
            await self._settle()

    async def _paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self._settle()

    async def _until(self, true: Callable[[], object]) -> bool:
        """Wait for what a key leads to; False when it does not come."""
        for _ in range(60):
            if true():
                return True
            await self._settle()
            await asyncio.sleep(0.005)
        return False

    async def _dialog(self, key: str) -> bool:
        """Press a key that opens a dialog; False when it does not."""
        await self._press(key)
        return await self._until(lambda: self.app.screen.is_modal and self.app.screen.focused)

    async def _leave(self, key: str) -> None:
        """Press the key that hands a dialog's answer over; one that is refused stays open."""
        await self._press(key)
        await self._until(lambda: not self.app.screen.is_modal)

    async def _answer(self, key: str, text: str) -> None:
        """Open a line, replace what stands in it, leave it with Enter."""
        if await self._dialog(key):
            await self._type(text)

    async def _type(self, text: str) -> None:
        """Put this on the line in front instead of what stands there, and hand it over."""
        await self._press("end", "ctrl+u")
        await self._paste(text)
        await self._leave("enter")

    async def _home(self) -> None:
        """The board in front, as it is stored."""
        for _ in range(6):
            if self.app.screen is not self.app.board_screen:
                await self._press("escape")
        assert self.app.screen is self.app.board_screen
        newest = self._newest()

        def is_seen() -> bool:
            self.app._watch()
            return self.app.newest_seen() == newest

        # More than once: it may be looking already, since before the others did something.
        assert await self._until(is_seen)
        await self._settle()

    async def _open(self, number: int, *, page: bool = False) -> bool:
        """The application under the cursor: on the board, else on its page."""
        await self._home()
        if self.app.board_screen.jump_to(number):
            if page:
                await self._press("enter")
            return True
        await self._press("c")
        if not await self._go_to(number):
            return False
        await self._press("enter")
        return True

    async def _go_to(self, key: int) -> bool:
        """Put the cursor of the list in front on the row with this key."""
        rows = self.app.screen.query_one(Rows)
        await self._press("home")
        for _ in range(rows.count):
            if rows.current is not None and rows.current.key == key:
                return True
            await self._press("j")
        return False

    def do(self, what: str, *args: Any) -> bool:
        """Do it; whether anything was stored."""
        before = self.changes()

        async def work() -> None:
            await getattr(self, f"_{what}")(*args)
            await self._home()

        self._ask(work)
        return self.changes() != before

    def changes(self) -> int:
        """How much was done so far; planning anew by itself does not count."""
        return self._number("SELECT count(*) FROM change WHERE verb <> 'replan'")

    def _newest(self) -> int:
        return self._number("SELECT coalesce(max(id), 0) FROM change")

    def _number(self, sql: str) -> int:
        with closing(sqlite3.connect(self.path)) as connection:
            return int(connection.execute(sql).fetchone()[0])

    def faces(self) -> set[Face]:
        """The open ones on the board, and those that are over as their list says."""

        async def look() -> set[Face]:
            await self._home()
            board = self.app.board_screen.live.board
            cards = list(board.cards())
            for stage, lane in self.app.board_screen.lane_widgets.items():
                drawn, folded = lane.view.cards, lane.view.quiet if lane.view.folded else 0
                assert drawn == board.lanes[stage][: len(drawn)]
                assert len(drawn) + folded == len(board.lanes[stage])
            await self._press("c")
            over = [line.key for line in self._rows()]
            cards += [self.app.screen._cards[key] for key in over]  # type: ignore[attr-defined]
            await self._home()
            return {face(card, self.clock.now().date()) for card in cards}

        return self._ask(look)

    def due(self) -> tuple[list[Due], list[Due]]:
        async def look() -> tuple[list[Due], list[Due]]:
            await self._home()
            await self._press("t")
            screen: Any = self.app.screen
            known = {due.id: due for due in screen._found.dues}
            listed = [known.pop(line.key) for line in self._rows() if line.key in known]
            folded = [due for entry in screen._folds.values() for due in entry.dues]
            folded += [due for due in known.values() if is_below(due, self.clock.now())]
            await self._home()
            now = self.clock.now()
            return [shown(due, now) for due in listed], [shown(due, now) for due in folded]

        return self._ask(look)

    def _rows(self) -> list[Row]:
        return [line for line in self.app.screen.query_one(Rows)._lines if isinstance(line, Row)]

    def timeline(self, number: int) -> list[Step]:
        async def look() -> list[Step]:
            assert await self._open(number, page=True)
            screen = self.app.screen
            assert isinstance(screen, DossierScreen)
            page = screen._dossier
            assert page is not None
            await self._home()
            return [(step.happened_on, step.verb, step.summary) for step in page.timeline]

        return self._ask(look)

    async def _add(self, company: str, role: str, back: int, stage: Stage) -> None:
        await self._home()
        assert await self._dialog("a")
        for text in (company, role, f"-{back}d" if back else "today"):
            await self._press("end", "ctrl+u")
            await self._paste(text)
            await self._press("tab")
        await self._leave("ctrl+s")
        assert stage is Stage.APPLIED

    async def _move(self, number: int, stage: Stage) -> None:
        if await self._open(number) and await self._dialog("m"):
            await self._press(str(stage.place + 1))
            await self._leave("enter")

    async def _close_card(self, number: int, outcome: Outcome) -> None:
        if await self._open(number):
            card = self.app.screen.subject()  # type: ignore[attr-defined]
            offered = outcomes_from(card.stage)
            if outcome in offered and card.outcome is None:
                assert await self._dialog("x")
                await self._press(str(offered.index(outcome) + 1))
                await self._leave("enter")

    async def _reopen(self, number: int) -> None:
        if await self._open(number):
            await self._press("R")

    async def _delete(self, number: int) -> None:
        if await self._open(number):
            assert await self._dialog("D")
            await self._leave("y")

    async def _note(self, number: int, text: str) -> None:
        if await self._open(number):
            assert await self._dialog("n")
            await self._paste(text)
            await self._leave("ctrl+s")

    async def _replied(self, number: int, ahead: int | None) -> None:
        if await self._open(number):
            day = self.clock.now().date() + timedelta(days=ahead or 0)
            await self._answer("r", "" if ahead is None else f"by {day}")

    async def _deadline(self, number: int, ahead: int) -> None:
        if await self._open(number):
            card = self.app.screen.subject()  # type: ignore[attr-defined]
            if card.stage is Stage.OFFER:
                await self._answer("i", str(self.clock.now().date() + timedelta(days=ahead)))

    async def _interview(self, number: int, starts_at: datetime | None) -> None:
        """Where it may be the second round, the screen asks: it is."""
        if await self._open(number) and await self._dialog("i"):
            line, before = self.app.screen, self.changes()

            def is_answered() -> bool:
                asked_again = self.app.screen.is_modal and self.app.screen is not line
                return asked_again or self.changes() != before

            await self._press("end", "ctrl+u")
            await self._paste(" ".join(_slot(starts_at, self.clock)))
            await self._press("enter")
            assert await self._until(is_answered)
            if isinstance(self.app.screen, Confirm):
                await self._leave("y")

    async def _remind(self, number: int, ahead: int, label: str) -> None:
        if await self._open(number):
            day = self.clock.now().date() + timedelta(days=ahead)
            await self._answer("f", f"{day} {label}")

    async def _complete(self, number: int) -> None:
        if await self._line(number):
            await self._alone("d", number)

    async def _skip(self, number: int) -> None:
        if await self._line(number):
            await self._alone(_key_of("skip"), number)

    async def _snooze(self, number: int, ahead: int) -> None:
        if await self._line(number):
            await self._alone("z", number)
            assert await self._until(lambda: isinstance(self.app.screen, LineEntry))
            await self._type(str(self.clock.now().date() + timedelta(days=ahead)))

    async def _alone(self, key: str, number: int) -> None:
        """Press a key on the line of a follow-up; not for others that go into its message."""
        screen: Any = self.app.screen
        is_one_of_several = len(screen._groups.get(number, ())) > 1
        await self._press(key)
        if is_one_of_several:
            assert await self._until(lambda: isinstance(self.app.screen, TogetherPicker))
            picker = self.app.screen
            await self._press("2", "enter")
            assert await self._until(lambda: self.app.screen is not picker)

    async def _line(self, number: int) -> bool:
        """The line of a follow-up in the list of today, in its fold if it is in one."""
        await self._home()
        await self._press("t")
        screen: Any = self.app.screen
        screen._opened = {fold_name(entry) for entry in screen._folds.values()}
        screen.draw()
        return await self._go_to(number)

    async def _undo(self) -> None:
        await self._home()
        await self._press("u")

    async def _redo(self) -> None:
        await self._home()
        await self._press("U")


def _slot(starts_at: datetime | None, clock: FixedClock) -> tuple[str, ...]:
    if starts_at is None:
        return ("invited",)
    local = starts_at.astimezone(clock.zone)
    return (f"{local:%Y-%m-%d}", f"{local:%H:%M}")


HANDS: dict[str, type[StoreHand]] = {
    "store": StoreHand,
    "command line": ShellHand,
    "screen": ScreenHand,
}
