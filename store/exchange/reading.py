"""From the rows of a table to applications, by what its columns and statuses are taken for."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from typing import NamedTuple

from store.exchange.cells import EARLIEST, REMEMBERED, CellReader, what_is_wrong
from store.exchange.days import read_day, read_time
from store.exchange.incoming import FileColumn, Incoming, Problem, StageStep, Status
from store.exchange.mapping import SAVED, SKIP, Layout, meaning_of, status_key
from store.exchange.tables.table import Body, TableRow
from store.rules import fields
from store.rules.dates import clock_time, short_day
from store.rules.stages import ORDER, Outcome, Stage
from store.rules.text import Refused, clean, clean_tags, quoted, searchable

ROLE_UNKNOWN = "Role unknown"
_NO = frozenset(("", "no", "n", "false", "0", "nein", "non", "off", "x no"))
_PERIODS = {
    "yearly": "year", "annually": "year", "annual": "year", "monthly": "month", "weekly": "week",
    "daily": "day", "hourly": "hour",
}  # fmt: skip
_FIRST_ONE = re.compile(r"1|first|erst|premier|primer|phone|initial")
_EXAMPLE = time(14)
_BETWEEN_TAGS = re.compile(r"[;,|\n]+")
_TEXTS = {
    "url": "url", "location": "location", "source": "source", "cv": "cv_version",
    "letter": "letter_version", "channel": "channel", "recruiter": "via_recruiter",
    "next": "next_step", "contact": "contact_name", "email": "contact_email",
}  # fmt: skip
"""The targets that are one text, and the field that takes it."""


class TableRead(NamedTuple):
    """What became of the rows of a table."""

    rows: list[Incoming]
    problems: list[Problem]
    saved: list[Problem]
    columns: list[FileColumn]
    statuses: list[Status]


def read_table(
    headers: Sequence[str],
    body: Body,
    how: Layout,
    today: date,
    told: Callable[[int], None] = lambda _: None,
) -> TableRead:
    """The applications in the rows of `body` below `headers`.

    `told` hears from time to time how many rows are done. Raises Refused where the days of a column
    can be read in two ways and nothing says which one is right.
    """
    reader = _TableReader(headers, body.rows, how, today)
    rows: list[Incoming] = []
    if how.dated and "applied" not in reader.cells.places:
        reader.cells.problem(1, f"There is no column “{how.dated}”: the days stay empty.")
    for number, row in enumerate(body.rows):
        if number % 1_000 == 0:
            told(number)
        if (incoming := reader.read(row)) is not None:
            rows.append(incoming)
    reader.tell_of_statuses()
    problems = [
        *(problem._replace(file=how.file) for problem in body.broken), *reader.cells.problems
    ]  # fmt: skip
    return TableRead(rows, problems, reader.saved, reader.columns(body.rows), reader.statuses())


class _StatusSeen:
    """A status of the file: as it was spelled first, where, how often, and what it means."""

    def __init__(self, name: str, line: int, meaning: str) -> None:
        self.name = name
        self.line = line
        self.meaning = meaning
        self.rows = 0


class _TableReader:
    """Reads one table row by row."""

    def __init__(
        self, headers: Sequence[str], rows: Sequence[TableRow], how: Layout, today: date
    ) -> None:
        self.cells = CellReader(headers, rows, how, today)
        self.how = how
        self.saved: list[Problem] = []
        self._statuses: dict[str, _StatusSeen] = {}
        self._told_roleless = False
        self._tagged: dict[tuple[str, ...], tuple[str, ...]] = {(): ()}

    def read(self, row: TableRow) -> Incoming | None:
        """The application in a row, without the fields that could not be read; None for none."""
        self.cells.turn_to(row)
        if any(row.cells[len(self.cells.headers) :]):
            self.cells.report("The row has more cells than there are columns; it was left out.")
            return None
        progress = self._progress()
        if progress is None:
            return None
        role = self.cells.cell("role")
        if not role and (self.how.roleless or "role" not in self.cells.places):
            role = ROLE_UNKNOWN
            self._tell_no_role()
        company = self._require("company", self.cells.cell("company"))
        role = self._require("role", role)
        if not company or not role:
            return None
        if self.how.saved or progress.saved:
            named = f"{quoted(company)}, {quoted(role)}"
            self.saved.append(Problem(self.cells.line, f"{named} was only saved.", self.how.file))
            return None
        applied_on = self.cells.day("applied")
        if applied_on is None and self.how.dated and "applied" in self.cells.places:
            self._tell_no_day()
        return self._incoming(company, role, applied_on, progress)

    def _require(self, name: str, text: str) -> str:
        """A text that every application has; "", and reported, where it is missing or does not
        fit."""
        field = fields.APPLICATION[name]
        try:
            return clean(text, field)
        except Refused as refusal:
            told = what_is_wrong(refusal)
            if told == f"{field.label} is empty.":
                self.cells.report(f"No {name}; the row was left out.")
            else:
                self.cells.report(f"{told} The row was left out.")
            return ""

    def _tell_no_role(self) -> None:
        if "role" in self.cells.places:
            self.cells.report(f"No role is named; “{ROLE_UNKNOWN}” stands for it.")
        elif not self._told_roleless:
            self._told_roleless = True
            self.cells.problem(1, f"No column is a role; “{ROLE_UNKNOWN}” stands for it.")

    def _tell_no_day(self) -> None:
        if not self.cells.cell("applied"):
            self.cells.report(f"There is no {self.how.dated.lower()}; the day was left empty.")

    def _incoming(
        self, company: str, role: str, applied_on: date | None, progress: "_Progress"
    ) -> Incoming:
        steps, outcome, closed_on = progress.steps, progress.outcome, progress.closed_on
        if applied_on is None and progress.applied_on is not None:
            applied_on = progress.applied_on
        elif applied_on is None and (added := self.cells.day("added", quietly=True)) is not None:
            applied_on = added
        changed = self.cells.day("changed", quietly=True)
        if applied_on is None and not steps and outcome is None and changed is not None:
            applied_on = changed
        stage = steps[-1].stage if steps else Stage.APPLIED
        if outcome is not None:
            ended = self.cells.day("ended", quietly=True)
            # Beside a column that tells what was put away, a day of an end may be that of doing so.
            told = "archived" in self.cells.places and not progress.put_away
            closed_on = closed_on or (changed or ended if told else ended or changed)
        elif steps and steps[-1].on is None:
            steps = [*steps[:-1], StageStep(stage, changed)]
        steps, closed_on = self._in_order(applied_on, steps, closed_on)
        texts = {field: self.cells.text(target, fields.APPLICATION[field], field)
                 for target, field in _TEXTS.items() if target in self.cells.places}  # fmt: skip
        return Incoming(
            line=self.cells.line,
            company=company,
            role=role,
            applied_on=applied_on,
            salary=self._salary(),
            tags=self._tags(),
            note=self._note(),
            posting_text=self._posting(),
            closing_on=self.cells.day("closing", ahead=True),
            offer_deadline_on=self._deadline(stage, steps, open_=outcome is None),
            stage=stage,
            steps=tuple(steps),
            outcome=outcome,
            closed_on=closed_on,
            file=self.how.file,
            **{"source": self.how.source, **texts},
        )

    def _deadline(self, stage: Stage, steps: Sequence[StageStep], *, open_: bool) -> date | None:
        """The day by which an offer is to be answered; None, and reported, where there is no
        offer to answer."""
        on = self.cells.day("deadline", ahead=True)
        if on is None or not open_:
            return None
        header = quoted(self.cells.header("deadline"))
        if stage is not Stage.OFFER:
            self.cells.report(
                f"{short_day(on)} under {header} was left out: there is no offer to answer."
            )
            return None
        if steps[-1].on is None and on < self.cells.today:
            self.cells.report(f"{short_day(on)} under {header} was left out: it is over.")
            return None
        if steps[-1].on is not None and on < steps[-1].on:
            self.cells.report(
                f"{short_day(on)} under {header} was left out: it is before the offer."
            )
            return None
        return on

    def _in_order(
        self, applied_on: date | None, steps: Sequence[StageStep], closed_on: date | None
    ) -> tuple[list[StageStep], date | None]:
        """The steps and the day of the end; a day that lies before an earlier step is dropped."""
        since, kept = applied_on, []
        for step in steps:
            on = step.on
            if on is not None and since is not None and on < since:
                on = None
            kept.append(StageStep(step.stage, on))
            since = on or since
        if closed_on is not None and since is not None and closed_on < since:
            closed_on = None
        return kept, closed_on

    def _progress(self) -> "_Progress | None":
        """How far the application has come, by its statuses and days; None to leave it out."""
        found = _Progress()
        for _, cell in self.cells.cells_of("status"):
            meaning = self._meaning(cell)
            if meaning == SKIP:
                return None
            found.take(meaning)
        if "is-applied" in self.cells.places and self.cells.cell("is-applied").casefold() in _NO:
            found.saved = True
        archived = self.cells.cell("archived")
        if archived.casefold() not in _NO and found.outcome is None and not found.saved:
            meaning = self._meaning("archived")
            if meaning == SKIP:
                return None
            found.take(meaning)
            found.put_away = True
        if moves := self.cells.cell("moves"):
            self._follow(moves, found)
        for target, stage in (("first", Stage.FIRST), ("second", Stage.SECOND),
                              ("offer", Stage.OFFER)):  # fmt: skip
            if target not in self.cells.places:
                continue
            if target == "first" and self._is_of_second(found):
                stage = Stage.SECOND
            if (on := self._day_of(target, stage)) is not None:
                found.reach(stage, on)
        if "rejected" in self.cells.places and (on := self.cells.day("rejected")) is not None:
            found.outcome = found.outcome or Outcome.REJECTED
            found.closed_on = on
        return found

    def _is_of_second(self, found: "_Progress") -> bool:
        """Whether a column of interview days means the second one: it does not say “first”, the
        status says second, and no other column has that day."""
        alone = found.stage is Stage.SECOND and "second" not in self.cells.places
        return alone and _FIRST_ONE.search(searchable(self.cells.header("first"))) is None

    def _day_of(self, target: str, stage: Stage) -> date | None:
        """The day of a stage. In a sheet of the user's own that is the day of an interview; none is
        made of it, since few sheets tell the time, and the user hears so."""
        if self.how.name or target == "offer":
            return self.cells.day(target)
        on = self.cells.day(target, ahead=True)
        if on is None or on < EARLIEST:
            return None if on is None else self.cells.day(target)
        taken = f"counts as the day of {stage}"
        if on > self.cells.today:
            taken = "lies ahead and was left out"
        elif on < (self.cells.day("applied", quietly=True) or on):
            taken = "lies before you applied and was left out"
        what = f"{quoted(self.cells.cell(target))} under {quoted(self.cells.header(target))}"
        at = read_time(self.cells.cell(target))
        add = "add the interview" if at else "add the interview with its time, such as"
        moment = f"{on} {clock_time(at or _EXAMPLE)}"
        self.cells.report(f'{what} {taken}; {add}: rounds interview ID "{moment}".')
        return None if on > self.cells.today else on

    def _follow(self, moves: str, found: "_Progress") -> None:
        """Take over the days of the moves that are known."""
        for name, written in _moves_in(moves):
            meaning = self._meaning(name, counted=False)
            on = self.cells.plausible(self.cells.local_day(written) or read_day(written))
            if on is None or meaning in ("", SAVED, SKIP):
                continue
            if meaning == Stage.APPLIED:
                found.applied_on = min(found.applied_on or on, on)
            elif meaning in ORDER:
                found.reach(Stage(meaning), on, furthest=found.stage)
            elif meaning == found.outcome:
                found.closed_on = on

    def _meaning(self, cell: str, *, counted: bool = True) -> str:
        """What a status is taken for; remembered, with how often it came."""
        if cell.startswith("{"):
            cell = _name_in(cell)
        key = status_key(cell)
        seen = self._statuses.get(key)
        if seen is None:
            meaning = meaning_of(key, self.how.statuses, loose=self.how.loose) if key else ""
            seen = _StatusSeen(cell, self.cells.line, meaning)
            if counted:
                self._statuses[key] = seen
        seen.rows += counted
        return seen.meaning

    def statuses(self) -> list[Status]:
        """The statuses that were met, the most frequent first."""
        found = (Status(seen.name, seen.rows, seen.meaning) for seen in self._statuses.values())
        return sorted(found, key=lambda status: -status.rows)

    def tell_of_statuses(self) -> None:
        """Say once for each status that means nothing known what became of its rows."""
        for key, seen in self._statuses.items():
            if not seen.meaning and key:
                rows = f"{seen.rows:,} rows" if seen.rows > 1 else "1 row"
                self.cells.problem(
                    seen.line,
                    f"The status {quoted(seen.name)} ({rows}) is not known and counts as applied. "
                    f'Say what it is: --status "{quoted(seen.name)[1:-1]}=rejected".',
                )

    def columns(self, rows: Sequence[TableRow]) -> list[FileColumn]:
        """What each column was taken for, with an example."""
        used = {place: target for target, places in self.cells.places.items() for place in places}
        return [
            FileColumn(header, used.get(place, ""), _example(rows, place))
            for place, header in enumerate(self.cells.headers)
            if header
        ]

    def _salary(self) -> str:
        field = fields.APPLICATION["salary"]
        if salary := self.cells.cell("salary"):
            return self.cells.fit(salary, field)
        low, high = self.cells.cell("salary-min"), self.cells.cell("salary-max")
        amounts = [amount for amount in dict.fromkeys((low, high)) if amount not in ("", "0")]
        if not amounts:
            return ""
        per = self.cells.cell("per")
        per = _PERIODS.get(per.casefold(), per)
        words = ["–".join(amounts), self.cells.cell("currency"), f"per {per}" if per else ""]
        return self.cells.fit(" ".join(filter(None, words)), field)

    def _tags(self) -> tuple[str, ...]:
        cells = tuple(cell for _, cell in self.cells.cells_of("tags"))
        if self.cells.cell("remote").casefold() not in _NO:
            cells = (*cells, "remote")
        if cells in self._tagged:
            return self._tagged[cells]
        problems = len(self.cells.problems)
        tags = self._tags_in(cells)
        if problems == len(self.cells.problems) and len(self._tagged) < REMEMBERED:
            self._tagged[cells] = tags
        return tags

    def _tags_in(self, cells: Sequence[str]) -> tuple[str, ...]:
        found = [tag for cell in cells for tag in _BETWEEN_TAGS.split(cell)]
        kept: list[str] = []
        for tag in found:
            if tag.strip().casefold() in ("unknown", ""):
                continue
            try:
                kept += clean_tags((tag,))
            except Refused as refusal:
                self.cells.report(f"{what_is_wrong(refusal)} It was left out.")
        return clean_tags(tuple(dict.fromkeys(kept))[: fields.TAGS_AT_MOST])

    def _note(self) -> str:
        """The notes, those of a second column behind its name."""
        found = self.cells.cells_of("note")
        texts = [cell if place == 0 else f"{header}: {cell}" for place, (header, cell)
                 in enumerate(found)]  # fmt: skip
        return self.cells.fit("\n\n".join(texts), fields.NOTE._replace(required=False))

    def _posting(self) -> str:
        texts = [cell for _, cell in self.cells.cells_of("posting")]
        return self.cells.fit("\n\n".join(texts), fields.APPLICATION["posting_text"])


class _Progress:
    """How far an application has come, put together from all that a row says."""

    def __init__(self) -> None:
        self.saved = False
        self.put_away = False
        """Whether only that it was put away tells how it ended."""
        self.outcome: Outcome | None = None
        self.closed_on: date | None = None
        self.applied_on: date | None = None
        self._reached: dict[Stage, date | None] = {}

    def take(self, meaning: str) -> None:
        """Take in what a status is taken for."""
        if meaning == SAVED:
            self.saved = True
        elif meaning in ORDER and meaning != Stage.APPLIED:
            self.reach(Stage(meaning), None)
        elif meaning in tuple(Outcome):
            self.outcome = Outcome(meaning)
            if self.outcome in (Outcome.ACCEPTED, Outcome.DECLINED):
                self.reach(Stage.OFFER, None)

    def reach(self, stage: Stage, on: date | None, *, furthest: Stage = Stage.OFFER) -> None:
        """A stage was reached, on a day where that is known; one beyond `furthest` was left."""
        if stage.place <= furthest.place:
            self._reached[stage] = self._reached.get(stage) or on

    @property
    def stage(self) -> Stage:
        """The last stage that was reached."""
        return max(self._reached, key=ORDER.index, default=Stage.APPLIED)

    @property
    def steps(self) -> list[StageStep]:
        """The stages after applied in their order."""
        return [StageStep(s, self._reached[s]) for s in ORDER if s in self._reached]


def _moves_in(cell: str) -> list[tuple[str, str]]:
    """The moves that a `prepare` made, each with its day; none in a column of that name that the
    file has itself."""
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return []
    return [
        (one[0], one[1])
        for one in (found if isinstance(found, list) else ())
        if isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)
    ]


def _name_in(cell: str) -> str:
    """The name in a status that is JSON."""
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    return str(found.get("name", "")) if isinstance(found, dict) else cell


def _example(rows: Iterable[TableRow], place: int) -> str:
    for row in rows:
        if place < len(row.cells) and row.cells[place]:
            return row.cells[place]
    return ""
