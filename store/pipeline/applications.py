"""An application from the first entry to its outcome, with notes and ticked tips."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlmodel import col, select

from store.errors import AlreadyThere
from store.model.board import Written
from store.pipeline.changes.journal import TABLES, JournalEntry, application, record
from store.pipeline.changes.use_case import Several, Step, UseCases, summary_of
from store.pipeline.contacts import set_main
from store.pipeline.employers import read_names
from store.pipeline.facts import read_outlook
from store.pipeline.stages import close, last_words, move, moves_of, put_in_stage, reopen
from store.read.employers import read_employers
from store.read.glance import Glance
from store.rules import fields
from store.rules.dates import short_day
from store.rules.employers import Before, EmployerNames, link_line, twin_line, twins
from store.rules.followups.presets import check_preset
from store.rules.links import link_target
from store.rules.lists import formats, is_item, signals
from store.rules.people import check_relation
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused, clean, clean_tags, quoted
from store.rules.tips.texts import tick_words
from store.rules.tips.tips import check_tick as check_tip
from store.tables import Application, Note, Point, StageMove, TipTick
from store.tables.columns import OfApplication

_DAYS = ("posted_on", "closing_on", "expected_by")
OF_THE_CONTACT = ("contact_name", "contact_email", "contact_relation")
"""What belongs to the person to write to: see `store.pipeline.contacts.set_main`."""
Unless = Literal["link", "role"]
"""What must not be there yet: see `Applications.add`."""
REQUIREMENTS_AT_MOST = 50
"""Points that one posting may make (product)."""
_SWITCHES = ("no_contact", "stay_in_touch", "feedback_asked")


def clean_details(details: Mapping[str, Any], *, applied_on: date | None) -> dict[str, Any]:
    """The columns of `application` that `details` stand for, and what `OF_THE_CONTACT` names.

    Args:
        details: names of `store.rules.fields.APPLICATION` with texts, `tags` with a sequence of
            texts, `posted_on`, `closing_on`, `expected_by` with a day or None, `no_contact`,
            `stay_in_touch` and `feedback_asked` with a bool, `preset` with the name of one or "",
            `contact_relation` with one of `store.rules.people` or "", `applied_on` (left to the
            caller).
        applied_on: the day of the application, before which nobody can have named a date.

    Raises Refused for a text that does not fit and a day that cannot be; TypeError for a name
    that is none of these, since that is a mistake in the program.
    """
    columns: dict[str, Any] = {}
    for name, value in details.items():
        if name in fields.APPLICATION:
            columns[name] = clean(value, fields.APPLICATION[name])
        elif name == "tags":
            columns[name] = json.dumps(clean_tags(value), ensure_ascii=False)
        elif name in _DAYS:
            columns[name] = value
        elif name in _SWITCHES:
            columns[name] = bool(value)
        elif name == "contact_relation":
            columns[name] = check_relation(value) if value else ""
        elif name == "preset":
            if value:
                check_preset(value)
            columns[name] = value
        elif name != "applied_on":
            raise TypeError(f"an application has no detail {name!r}")
    by = columns.get("expected_by")
    if by is not None and applied_on is not None and by < applied_on:
        raise Refused(
            f"The date they named ({short_day(by)}) lies before the application "
            f"({short_day(applied_on)})."
        )
    return columns


def check_formats(keys: Iterable[str]) -> list[str]:
    """Each format once, in the order given; Refused for one that there is not."""
    return [_must_be_known("format", key, formats()) for key in dict.fromkeys(keys)]


def check_signals(keys: Iterable[str]) -> list[str]:
    """Each signal once, in the order given; Refused for one that there is not."""
    return [_must_be_known("signal", key, signals()) for key in dict.fromkeys(keys)]


def check_tick(tick_id: str) -> None:
    """Refused unless the user may tick this by hand: a tip with a box, or an item to check off."""
    if not is_item(tick_id):
        check_tip(tick_id)


def _name_employer(entry: JournalEntry, columns: dict[str, Any]) -> None:
    """Add the key of the employer where the company is among `columns`."""
    if "company" in columns:
        columns["employer"] = read_names(entry.session).key(columns["company"])


def _must_be_known(what: str, key: str, known: Collection[str]) -> str:
    if key not in known:
        raise Refused(f"There is no {what} {quoted(key)}.")
    return key


class New(NamedTuple):
    """A new application with its texts cleaned, ready to be stored."""

    columns: Mapping[str, Any]
    contact: Mapping[str, Any]
    day: date
    stage: Stage
    note: str


def read_new(
    company: str, role: str, *, day: date, stage: Stage, note: str, details: Mapping[str, Any]
) -> New:
    """The application that these make; see `clean_details` for what `details` hold and raise."""
    columns = clean_details({"company": company, "role": role, **details}, applied_on=day)
    contact = {name: columns.pop(name) for name in OF_THE_CONTACT if name in columns}
    return New(columns, contact, day, stage, clean(note, fields.NOTE) if note.strip() else "")


def begin(several: Several, new: New) -> Step:
    """Store a new application. In a later stage it counts as having reached that today."""
    entry, stage, today = several.entry, new.stage, several.entry.today
    columns = dict(new.columns)
    _name_employer(entry, columns)
    row = Application(
        **columns,
        applied_on=new.day,
        stage_since=new.day,
        expected_set_on=today if new.columns.get("expected_by") else None,
        created_at=entry.now,
        updated_at=entry.now,
    )
    step = several.begin(row)
    step.tell("added")
    step.add(StageMove, to_stage=Stage.APPLIED, moved_on=new.day)
    set_main(step, new.contact)
    if stage is not Stage.APPLIED:
        put_in_stage(step, stage, today)
        step.tell(f"added in {stage}")
    if new.note:
        step.add(Note, noted_on=today, text=new.note)
    return step


def clean_requirements(texts: Iterable[str]) -> list[str]:
    """The texts of the points that requirements make, each once, empty ones left out.

    Raises Refused for one that does not fit, and for more than `REQUIREMENTS_AT_MOST`.
    """
    field = fields.POINT["text"]
    found: dict[str, str] = {}
    for text in texts:
        if text.strip():
            cleaned = clean(text, field)
            found.setdefault(cleaned.casefold(), cleaned)
    if len(found) > REQUIREMENTS_AT_MOST:
        raise Refused(
            f"{len(found):,} requirements are too many; {REQUIREMENTS_AT_MOST} fit. "
            "Leave out those that go without saying."
        )
    return [*found.values()]


def note_requirements(step: Step, texts: Iterable[str]) -> None:
    """Note what the posting asks for, each as a point to prepare."""
    for text in texts:
        step.add(Point, kind="requirement", text=text, noted_on=step.entry.today)


class There:
    """The applications that there are, by employer and by link, to tell whether one is new."""

    def __init__(self, names: EmployerNames) -> None:
        self._names = names
        self._by_employer: dict[str, list[Before]] = {}
        self._by_link: dict[str, list[Before]] = {}

    def learn(self, one: Before) -> None:
        """From now on `one` is there."""
        key = one.employer or self._names.key(one.company)
        self._by_employer.setdefault(key, []).append(one)
        if key := link_target(one.url).key:
            self._by_link.setdefault(key, []).append(one)

    def check(self, new: New, unless: Unless, today: date) -> None:
        """AlreadyThere when an application is there that `unless` names."""
        company, url = new.columns["company"], new.columns.get("url", "")
        near = self._by_employer.get(self._names.key(company), [])
        linked = self._by_link.get(link_target(url).key, [])
        either = {one.id: one for one in (*near, *linked)}.values()
        same_role, same_link = twins(company, new.columns["role"], url, either, self._names)
        if same_link:
            raise AlreadyThere(link_line(same_link[0], today), same_link[0].id)
        if same_role and unless == "role":
            raise AlreadyThere(twin_line(same_role[0], today), same_role[0].id)


def read_there(glance: Glance) -> There:
    """Those on the board; in a transaction with what it has added."""
    employers = read_employers(glance)
    there = There(employers.names)
    for one in employers.every():
        there.learn(one)
    return there


class Applications(UseCases):
    """Use cases about one application as a whole."""

    def add(
        self,
        company: str,
        role: str,
        *,
        stage: Stage = Stage.APPLIED,
        applied_on: date | None = None,
        note: str = "",
        unless: Unless | None = None,
        requirements: Sequence[str] = (),
        **details: Any,
    ) -> Written:
        """A new application; `details` are those of `store.pipeline.applications.clean_details`.

        One that is added in a later stage counts as having reached that stage today.

        Args:
            requirements: what the posting asks for, each to be a point to prepare.
            unless: raise AlreadyThere when an application has the same link ("link"), or when one
                has it or is for the same role at the same employer ("role"): see `twins`.
        """
        day = self._day(applied_on)
        new = read_new(company, role, day=day, stage=stage, note=note, details=details)
        points = clean_requirements(requirements)
        with self._several("add", on=day) as several:
            if unless is not None:
                read_there(self.database.glance(several.entry.session)).check(
                    new, unless, self.today
                )
            step = begin(several, new)
            note_requirements(step, points)
        return step.result()

    def edit(
        self, application_id: int, changes: Mapping[str, Any], *, version: int | None = None
    ) -> Written:
        """Change details (see `store.pipeline.applications.clean_details`) of an application.

        Raises Conflict when `version` is given and the stored application has another one.
        """
        with self._step("edit", application_id, version=version) as step:
            edit(step, changes)
        return step.result()

    def move(self, application_id: int, stage: Stage, *, on: date | None = None) -> Written:
        """Put an application into another stage, on a day between its last step and today.

        Between first and second its interviews that are still ahead go along: they are of the
        round that the card has come to.
        """
        with self._step("move", application_id, on=on) as step:
            move(step, stage, on or self.today)
        return step.result()

    def close(
        self,
        application_id: int,
        outcome: Outcome,
        *,
        on: date | None = None,
        reason: str = "",
        keep: str = "",
        change: str = "",
    ) -> Written:
        """End an application; of its open follow-ups stay a thank-you still owed and the like.

        `keep` and `change` are the lesson: one thing to keep doing, and one to do otherwise.
        """
        texts = last_words(reason, keep, change)
        with self._step("close", application_id, on=on) as step:
            close(step, outcome, on or self.today, texts)
        return step.result()

    def reopen(self, application_id: int) -> Written:
        """Bring a closed application back to the stage in which it ended."""
        with self._step("reopen", application_id) as step:
            reopen(step)
        return step.result()

    def delete(self, application_id: int) -> Written:
        """Remove an application with all that belongs to it; undo brings everything back."""
        with record(self.database, "delete", "deleted") as entry:
            before = read_outlook(entry.session)
            row = application(entry.session, application_id)
            entry.change.summary = f"deleted {row.company} — {row.role}"[:500]
            remove(entry, row)
            after = read_outlook(entry.session)
            also = self._planner.replan_others(entry, before, after, application_id)
            return self._answer(entry.session, entry.change, application_id, also=also)

    def preset(self, application_id: int, name: str) -> Written:
        """Follow up by the preset `name` on this application; with "" by that of the settings."""
        if name:
            check_preset(name)
        with self._step("preset", application_id) as step:
            step.tell(f"follow-ups by the preset {name}" if name else "follow-ups by the settings")
            step.entry.put(step.row, preset=name)
        return step.result()

    def note(self, application_id: int, text: str) -> Written:
        """Write a note."""
        cleaned = clean(text, fields.NOTE)
        with self._step("note", application_id) as step:
            step.tell("noted")
            step.add(Note, noted_on=self.today, text=cleaned)
        return step.result()

    def edit_note(self, note_id: int, text: str) -> Written:
        """Rewrite a note."""
        cleaned = clean(text, fields.NOTE)
        with self._step_of("note", Note, note_id) as (step, row):
            step.tell("note changed")
            step.entry.put(row, text=cleaned)
        return step.result()

    def delete_note(self, note_id: int) -> Written:
        """Remove a note."""
        with self._step_of("note", Note, note_id) as (step, row):
            step.tell("note removed")
            step.entry.remove(row)
        return step.result()

    def tick(self, application_id: int, tip_id: str, ticked: bool) -> Written:
        """Tick a tip, or an item of a checklist, for one application, or take the tick away."""
        check_tick(tip_id)
        with self._step("tick", application_id) as step:
            tick(step, tip_id, ticked)
            step.tell(tick_words(tip_id, ticked))
        return step.result()

    def tick_all(self, application_id: int, tip_ids: Sequence[str], ticked: bool) -> Written:
        """Tick several tips or items at once, or take their ticks away; see `tick`."""
        for tip_id in tip_ids:
            check_tick(tip_id)
        with self._step("tick", application_id) as step:
            for tip_id in tip_ids:
                tick(step, tip_id, ticked)
            step.tell(summary_of("ticked" if ticked else "not ticked", tip_ids))
        return step.result()


def tick(step: Step, tip_id: str, ticked: bool) -> None:
    """Tick a tip or an item for the application, or take the tick away."""
    query = select(TipTick).where(TipTick.application_id == step.id, TipTick.tip == tip_id)
    row = step.entry.session.exec(query).first()
    if ticked and row is None:
        today = step.entry.today
        step.add(TipTick, tip=tip_id, ticked_on=today)
    elif not ticked and row is not None:
        step.entry.remove(row)


def edit(step: Step, changes: Mapping[str, Any]) -> None:
    """Change details of the application; see `clean_details` for what `changes` hold and raise."""
    row, today = step.row, step.entry.today
    applied_on = changes.get("applied_on", row.applied_on)
    columns = clean_details(changes, applied_on=applied_on)
    _name_employer(step.entry, columns)
    named = ["applied_on"] if applied_on != row.applied_on else []
    if "applied_on" in changes:
        _apply_on(step, applied_on, today)
    if "expected_by" in columns and columns["expected_by"] != row.expected_by:
        columns["expected_set_on"] = today if columns["expected_by"] else None
    contact = {name: columns.pop(name) for name in OF_THE_CONTACT if name in columns}
    named += [n for n, new in columns.items() if getattr(row, n) != new]
    step.entry.put(row, **columns)
    if contact:
        step.entry.touch(row)
        set_main(step, contact)
        named += contact
    step.tell(edited_words(named))


def edited_words(names: Iterable[str]) -> str:
    """What was edited, in words: "edited salary, tags"."""
    labels = [fields.NOUNS[name] for name in names if name in fields.NOUNS]
    return "edited" + (f" {', '.join(labels)}" if labels else "")


def remove(entry: JournalEntry, row: Application) -> None:
    """Remove the application with all that belongs to it."""
    assert row.id is not None
    _remove_parts(entry, row.id)
    entry.remove(row)


def _apply_on(step: Step, day: date | None, today: date) -> None:
    """Correct the day of the application, and of the first step in its history."""
    row, entry = step.row, step.entry
    if day is not None and day > today:
        raise Refused("The application date cannot be in the future. Enter today or earlier.")
    moves = moves_of(step)
    if day is not None and len(moves) > 1 and day > moves[1].moved_on:
        raise Refused(
            f"It reached {moves[1].to_stage} on {short_day(moves[1].moved_on)}, "
            "so the application cannot be later than that."
        )
    if day is not None and moves:
        entry.put(moves[0], moved_on=day)
    alone = len(moves) <= 1
    entry.put(row, applied_on=day, **({"stage_since": day} if day and alone else {}))


def _remove_parts(entry: JournalEntry, application_id: int) -> None:
    """Remove what belongs to the application, children before their parents."""
    for table in reversed(TABLES.values()):
        if not issubclass(table, OfApplication):
            continue
        owner = col(table.application_id)
        rows = entry.session.exec(select(table).where(owner == application_id))
        # A point that answers another one goes before it.
        for row in sorted(rows, key=lambda row: getattr(row, "answers_id", None) is None):
            entry.remove(row)
