"""Two pairs of hands that live through one story: the command line, and keys on the screen."""

import io
import json
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from store.clock import FixedClock
from store.place import Place
from store.read.glance import open_glance
from store.rules.dates import clock_time, short_day
from tui.cli.run import run

AHEAD = 45
"""Days that the lists look ahead."""


class Words:
    """Lives the story through the command line. Each verb is one line that a person would type."""

    def __init__(self, place: Place, clock: FixedClock, folder: Path) -> None:
        self.place = place
        self.folder = folder
        self.clock = clock
        self.ids: dict[str, str] = {}

    def apply(self, company: str, role: str) -> None:
        self.ids[company] = self._run("add", company, role).strip()

    def acknowledged(self, company: str) -> None:
        self._run("replied", self.ids[company], "--automatic")

    def invited(self, company: str) -> None:
        self._run("interview", self.ids[company], "invited")

    def interview(self, company: str, line: str, stage: str = "first") -> None:
        self._run("interview", self.ids[company], "--stage", stage, *line.split())

    def debrief(self, company: str, by: str, concern: str = "", *landed: str) -> None:
        form = self.folder / "form.txt"
        form.write_text(
            f"Doubts they voiced:\n{concern}\n\nWarmed to:\n"
            + "".join(f"{topic}\n" for topic in landed if topic)
            + f"\nThey decide by: {by}\n",
            encoding="utf-8",
        )
        self._run("debrief", self.ids[company], "--from", str(form))

    def done(self, company: str, label: str) -> None:
        self._run("done", self._follow_up(company, label))

    def move(self, company: str, stage: str) -> None:
        self._run("move", self.ids[company], stage)

    def carried(self, company: str, concern: str, topic: str) -> None:
        told = self._run("show", self.ids[company])
        assert concern in told
        assert topic in told
        page = json.loads(self._run("show", self.ids[company], "--json"))["data"]
        points = {point["id"]: point["text"] for point in page["points"]}
        names = {contact["id"]: contact["name"] for contact in page["contacts"]}
        carried = page["carried_over"]
        assert [points[each["point_id"]] for each in carried["concerns"]] == [concern]
        assert [points[each] for each in carried["landed"]] == [topic]
        assert [names[each["contact_id"]] for each in carried["met"]] == ["Ana Ruiz", "Bo Lind"]

    def verbal(self, company: str) -> None:
        self._run("offer", self.ids[company], "--verbal")

    def deadline(self, company: str, when: str) -> None:
        self._run("deadline", self.ids[company], *when.split())

    def extended(self, company: str, when: str) -> None:
        self._run("offer", self.ids[company], "--asked-time", "today", "--extended-to", when)

    def accept(self, company: str) -> None:
        self._run("close", self.ids[company], "accepted")

    def withdraw(self, company: str) -> None:
        self._run("close", self.ids[company], "withdrawn")

    def _follow_up(self, company: str, label: str) -> str:
        due = json.loads(self._run("due", "--days", str(AHEAD), "--json"))["data"]
        return "f{}".format(
            next(d["id"] for d in due if (d["company"], d["label"]) == (company, label))
        )

    def _run(self, *words: str) -> str:
        out, err = io.StringIO(), io.StringIO()
        code = run(
            ["--db", str(self.place), *words],
            clock=self.clock,
            stdout=out,
            stderr=err,
            environ={},
        )
        assert code == 0, (words, err.getvalue())
        return out.getvalue()


def due_list(place: Place, clock: FixedClock) -> list[str]:
    """What is planned, as the story writes it: when, whose, what; as another program reads it."""
    glance = open_glance(place, clock)
    assert glance is not None
    with closing(glance):
        dues = glance.due(days=AHEAD)
    return [f"{_when(due, clock.now()):<17} {due.company:<8} {due.label}" for due in dues]


def _when(due: Any, now: datetime) -> str:
    if due.due_at is None:
        return short_day(due.due_on, now.date())
    at = due.due_at.astimezone(now.tzinfo)
    return f"{short_day(at.date(), now.date())} {clock_time(at)}"
