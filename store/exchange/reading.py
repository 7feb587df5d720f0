"""From the rows of a table to applications, by what its columns and statuses are taken for."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta, tzinfo
from html import unescape
from typing import NamedTuple

from store.exchange.days import Order, is_no_day, local_day, order_of, read_day, read_time, unclear
from store.exchange.incoming import Column, Incoming, Problem, Status, Step
from store.exchange.mapping import SAVED, SEVERAL, SKIP, meaning_of, status_key
from store.exchange.tables.table import Body, Row, header_key
from store.rules import fields
from store.rules.dates import clock_time, short_day
from store.rules.stages import ORDER, Outcome, Stage
from store.rules.text import Refused, clean, clean_tags, quoted, searchable

EARLIEST = date(2000, 1, 1)
"""Before it nobody applied whose file comes in here (product)."""
_REMEMBERED, _SHORT = 2_000, 100
"""Texts that are kept cleaned, and how long one of them is at most: places, sources and tags come
again and again."""
ROLE_UNKNOWN = "Role unknown"
_DAYS = ("applied", "first", "second", "offer", "rejected", "ended", "changed", "added")
_NOTHING = frozenset(("n/a", "na", "-", "–", "—", "none", "null", "nan", "tbd", "?"))
_NO = frozenset(("", "no", "n", "false", "0", "nein", "non", "off", "x no"))
_GUARDED = re.compile(r"'+[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
"""How cells begin that an export guarded, so that no spreadsheet takes them for a formula: one
apostrophe is the guard, any other one was typed (see `store.export.csv`)."""
_ADVICE = (
    " Shorten it.", " Type at least one character.", " An address looks like ana@example.org.",
)  # fmt: skip
"""What those are told who type a text that does not fit, and of no use for a file."""
_BARE_LINK = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")
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


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is read: by whose name, and what its columns (by key) and statuses are."""

    name: str
    columns: Mapping[str, str]
    statuses: Mapping[str, str]
    loose: bool = True
    order: Order | None = None
    dated: str = ""
    source: str = ""
    entities: bool = False
    saved: bool = False
    zone: tzinfo | None = None
    """The user's, for the day of an instant; without it the day stands as it is written."""
    utc: bool = False
    """Whether an instant without an offset is in UTC."""
    roleless: bool = False
    """Whether a row without a role counts all the same."""
    file: str = ""


class Read(NamedTuple):
    """What became of the rows of a table."""

    rows: list[Incoming]
    problems: list[Problem]
    saved: list[Problem]
    columns: list[Column]
    statuses: list[Status]


def read_table(
    headers: Sequence[str],
    body: Body,
    how: Reading,
    today: date,
    told: Callable[[int], None] = lambda _: None,
) -> Read:
    """The applications in the rows of `body` below `headers`.

    `told` hears from time to time how many rows are done. Raises Refused where the days of a column
    can be read in two ways and nothing says which one is right.
    """
    reader = _Reader(headers, body.rows, how, today)
    rows: list[Incoming] = []
    if how.dated and "applied" not in reader.places:
        reader.problem(1, f"There is no column “{how.dated}”: the days stay empty.")
    for number, row in enumerate(body.rows):
        if number % 1_000 == 0:
            told(number)
        if (incoming := reader.read(row)) is not None:
            rows.append(incoming)
    reader.tell_of_statuses()
    problems = [
        *(problem._replace(file=how.file) for problem in body.broken), *reader.problems
    ]  # fmt: skip
    return Read(rows, problems, reader.saved, reader.columns(body.rows), reader.statuses())


class _Seen:
    """A status of the file: as it was spelled first, where, how often, and what it means."""

    def __init__(self, name: str, line: int, meaning: str) -> None:
        self.name = name
        self.line = line
        self.meaning = meaning
        self.rows = 0


class _Reader:
    """Reads one table row by row."""

    def __init__(
        self, headers: Sequence[str], rows: Sequence[Row], how: Reading, today: date
    ) -> None:
        self.headers = headers
        self.how = how
        self.today = today
        self.problems: list[Problem] = []
        self.saved: list[Problem] = []
        self.places: dict[str, list[int]] = {}
        seen: set[str] = set()
        for place, header in enumerate(headers):
            key = header_key(header)
            target = how.columns.get(key, "")
            if key in seen or target in ("", SKIP):
                continue
            seen.add(key)
            if target in SEVERAL or target not in self.places:
                self.places.setdefault(target, []).append(place)
        self._orders = {
            target: self._order(target, rows) for target in _DAYS if target in self.places
        }
        self._statuses: dict[str, _Seen] = {}
        self._told_roleless = False
        self._tagged: dict[tuple[str, ...], tuple[str, ...]] = {(): ()}
        self._cleaned: dict[tuple[str, str], str] = {}
        self._line = 0
        self._cells: Sequence[str] = ()

    def _order(self, target: str, rows: Sequence[Row]) -> Order | None:
        """The order of day and month in a column; Refused where it has to be known and is not."""
        if self.how.order is not None:
            return self.how.order
        (place,) = self.places[target][:1]
        days = [row.cells[place] for row in rows if place < len(row.cells)]
        order = order_of(days, self.today)
        if order is None and (example := unclear(days)) is not None:
            as_dmy, as_mdy = read_day(example, "dmy"), read_day(example, "mdy")
            ways = " or ".join(short_day(day, self.today) for day in (as_dmy, as_mdy) if day)
            raise DatesUnclear(
                f"In the column {quoted(self.headers[place])}, {quoted(example)} can be {ways}, "
                "and no other day tells which. Say --dates dmy for day first, --dates mdy for "
                "month first. Nothing was changed."
            )
        return order

    def problem(self, line: int, sentence: str) -> None:
        """Tell the user `sentence` about this line."""
        self.problems.append(Problem(line, sentence, self.how.file))

    def report(self, sentence: str) -> None:
        """Tell the user `sentence` about the row that is read."""
        self.problem(self._line, sentence)

    def cell(self, target: str) -> str:
        """The cell of what is taken for `target`, without a guard; "" for none."""
        places = self.places.get(target)
        return self._at(places[0]) if places else ""

    def cells(self, target: str) -> list[tuple[str, str]]:
        """All cells that are taken for `target` and hold something, with their headers."""
        found = ((self.headers[p], self._at(p)) for p in self.places.get(target, ()))
        return [(header, cell) for header, cell in found if cell]

    def _at(self, place: int) -> str:
        if place >= len(self._cells):
            return ""
        cell = self._cells[place]
        if cell.startswith("'") and _GUARDED.match(cell):
            cell = cell[1:]
        if self.how.entities and "&" in cell:
            cell = unescape(cell)
        return "" if len(cell) < 5 and cell.casefold() in _NOTHING else cell

    def read(self, row: Row) -> Incoming | None:
        """The application in a row, without the fields that could not be read; None for none."""
        self._line, self._cells = row
        if any(row.cells[len(self.headers) :]):
            self.report("The row has more cells than there are columns; it was left out.")
            return None
        standing = self._standing()
        if standing is None:
            return None
        role = self.cell("role")
        if not role and (self.how.roleless or "role" not in self.places):
            role = ROLE_UNKNOWN
            self._tell_no_role()
        company, role = self._needed("company", self.cell("company")), self._needed("role", role)
        if not company or not role:
            return None
        if self.how.saved or standing.saved:
            named = f"{quoted(company)}, {quoted(role)}"
            self.saved.append(Problem(self._line, f"{named} was only saved.", self.how.file))
            return None
        applied_on = self.day("applied")
        if applied_on is None and self.how.dated and "applied" in self.places:
            self._tell_no_day()
        return self._incoming(company, role, applied_on, standing)

    def _needed(self, name: str, text: str) -> str:
        """A text that no application is without; "" and reported where it is missing or does not
        fit."""
        field = fields.APPLICATION[name]
        try:
            return clean(text, field)
        except Refused as refusal:
            told = _told(refusal)
            if told == f"{field.label} is empty.":
                self.report(f"No {name}; the row was left out.")
            else:
                self.report(f"{told} The row was left out.")
            return ""

    def _tell_no_role(self) -> None:
        if "role" in self.places:
            self.report(f"No role is named; “{ROLE_UNKNOWN}” stands for it.")
        elif not self._told_roleless:
            self._told_roleless = True
            self.problem(1, f"No column is a role; “{ROLE_UNKNOWN}” stands for it.")

    def _tell_no_day(self) -> None:
        if not self.cell("applied"):
            self.report(f"There is no {self.how.dated.lower()}; the day was left empty.")

    def _incoming(
        self, company: str, role: str, applied_on: date | None, standing: "_Standing"
    ) -> Incoming:
        steps, outcome, closed_on = standing.steps, standing.outcome, standing.closed_on
        if applied_on is None and standing.applied_on is not None:
            applied_on = standing.applied_on
        elif applied_on is None and (added := self.day("added", quietly=True)) is not None:
            applied_on = added
        changed = self.day("changed", quietly=True)
        if applied_on is None and not steps and outcome is None and changed is not None:
            applied_on = changed
        stage = steps[-1].stage if steps else Stage.APPLIED
        if outcome is not None:
            ended = self.day("ended", quietly=True)
            # Beside a column that tells what was put away, a day of an end may be that of doing so.
            told = "archived" in self.places and not standing.put_away
            closed_on = closed_on or (changed or ended if told else ended or changed)
        elif steps and steps[-1].on is None:
            steps = [*steps[:-1], Step(stage, changed)]
        steps, closed_on = self._in_order(applied_on, steps, closed_on)
        texts = {field: self.text(target, fields.APPLICATION[field], field)
                 for target, field in _TEXTS.items() if target in self.places}  # fmt: skip
        return Incoming(
            line=self._line,
            company=company,
            role=role,
            applied_on=applied_on,
            salary=self._salary(),
            tags=self._tags(),
            note=self._note(),
            posting_text=self._posting(),
            closing_on=self.day("closing", ahead=True),
            offer_deadline_on=self._deadline(stage, steps, open_=outcome is None),
            stage=stage,
            steps=tuple(steps),
            outcome=outcome,
            closed_on=closed_on,
            file=self.how.file,
            **{"source": self.how.source, **texts},
        )

    def _deadline(self, stage: Stage, steps: Sequence[Step], *, open_: bool) -> date | None:
        """The day by which an offer is to be answered; None, and reported, where there is no
        offer to answer."""
        on = self.day("deadline", ahead=True)
        if on is None or not open_:
            return None
        header = quoted(self._header("deadline"))
        if stage is not Stage.OFFER:
            self.report(
                f"{short_day(on)} under {header} was left out: there is no offer to answer."
            )
            return None
        if steps[-1].on is None and on < self.today:
            self.report(f"{short_day(on)} under {header} was left out: it is over.")
            return None
        if steps[-1].on is not None and on < steps[-1].on:
            self.report(f"{short_day(on)} under {header} was left out: it is before the offer.")
            return None
        return on

    def _in_order(
        self, applied_on: date | None, steps: Sequence[Step], closed_on: date | None
    ) -> tuple[list[Step], date | None]:
        """The steps without days that lie before the step before."""
        since, kept = applied_on, []
        for step in steps:
            on = step.on
            if on is not None and since is not None and on < since:
                on = None
            kept.append(Step(step.stage, on))
            since = on or since
        if closed_on is not None and since is not None and closed_on < since:
            closed_on = None
        return kept, closed_on

    def _standing(self) -> "_Standing | None":
        """How far the application has come, by its statuses and days; None to leave it out."""
        found = _Standing()
        for _, cell in self.cells("status"):
            meaning = self._meaning(cell)
            if meaning == SKIP:
                return None
            found.take(meaning)
        if "is-applied" in self.places and self.cell("is-applied").casefold() in _NO:
            found.saved = True
        archived = self.cell("archived")
        if archived.casefold() not in _NO and found.outcome is None and not found.saved:
            meaning = self._meaning("archived")
            if meaning == SKIP:
                return None
            found.take(meaning)
            found.put_away = True
        if moves := self.cell("moves"):
            self._follow(moves, found)
        for target, stage in (("first", Stage.FIRST), ("second", Stage.SECOND),
                              ("offer", Stage.OFFER)):  # fmt: skip
            if target not in self.places:
                continue
            if target == "first" and self._is_of_second(found):
                stage = Stage.SECOND
            if (on := self._day_of(target, stage)) is not None:
                found.reach(stage, on)
        if "rejected" in self.places and (on := self.day("rejected")) is not None:
            found.outcome = found.outcome or Outcome.REJECTED
            found.closed_on = on
        return found

    def _is_of_second(self, found: "_Standing") -> bool:
        """Whether the day of an interview, of which the column does not say that it is the first,
        is that of the second one: its status says so, and no other column has that day."""
        alone = found.stage is Stage.SECOND and "second" not in self.places
        return alone and _FIRST_ONE.search(searchable(self._header("first"))) is None

    def _day_of(self, target: str, stage: Stage) -> date | None:
        """The day of a stage. In a sheet of the user's own it is that of an interview, and the
        user hears that no interview comes of it: one is agreed with its time, which few tell."""
        if self.how.name or target == "offer":
            return self.day(target)
        on = self.day(target, ahead=True)
        if on is None or on < EARLIEST:
            return None if on is None else self.day(target)
        taken = f"counts as the day of {stage}"
        if on > self.today:
            taken = "lies ahead and was left out"
        elif on < (self.day("applied", quietly=True) or on):
            taken = "lies before you applied and was left out"
        what = f"{quoted(self.cell(target))} under {quoted(self._header(target))}"
        at = read_time(self.cell(target))
        add = "add the interview" if at else "add the interview with its time, such as"
        moment = f"{on} {clock_time(at or _EXAMPLE)}"
        self.report(f'{what} {taken}; {add}: rounds interview ID "{moment}".')
        return None if on > self.today else on

    def _follow(self, moves: str, found: "_Standing") -> None:
        """Take over the days of the moves that are known."""
        for name, written in _moves_in(moves):
            meaning = self._meaning(name, counted=False)
            on = self._plausible(self._local(written) or read_day(written))
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
            seen = _Seen(cell, self._line, meaning)
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
                self.problem(
                    seen.line,
                    f"The status {quoted(seen.name)} ({rows}) is not known and counts as applied. "
                    f'Say what it is: --status "{quoted(seen.name)[1:-1]}=rejected".',
                )

    def columns(self, rows: Sequence[Row]) -> list[Column]:
        """What each column was taken for, with an example."""
        used = {place: target for target, places in self.places.items() for place in places}
        return [
            Column(header, used.get(place, ""), _example(rows, place))
            for place, header in enumerate(self.headers)
            if header
        ]

    def day(self, target: str, *, quietly: bool = False, ahead: bool = False) -> date | None:
        """The day in the column of `target`; None, and reported, when it cannot be right.

        The files name no zone, so that a day may be ahead of the user's by one.
        """
        text = self.cell(target)
        if is_no_day(text):
            return None
        on = self._local(text)
        if on is None:
            order = self._orders.get(target) or self.how.order
            if ahead:  # such days tell no order of their own: they are written as the others
                order = self._orders.get("applied") or order
            on = read_day(text, order, serial=True)
        name = {"applied": "date"}.get(target, f"date under {quoted(self._header(target))}")
        if on is None:
            if not quietly and target != "closing":
                self.report(f"The {name} {quoted(text)} cannot be read; the day was left empty.")
            return None
        if ahead:
            return on
        if quietly:
            return self._plausible(on)
        if on > self.today + timedelta(days=1):
            self.report(f"{short_day(on)} is in the future; the day was left empty.")
        elif on < EARLIEST:
            self.report(f"{short_day(on)} is too long ago; the day was left empty.")
        return self._plausible(on)

    def _local(self, text: str) -> date | None:
        zone = self.how.zone
        return local_day(text, zone, utc=self.how.utc) if zone and ":" in text else None

    def _header(self, target: str) -> str:
        return self.headers[self.places[target][0]]

    def _plausible(self, on: date | None) -> date | None:
        if on is None or on > self.today + timedelta(days=1) or on < EARLIEST:
            return None
        return min(on, self.today)

    def text(self, target: str, field: fields.Field, name: str) -> str:
        """The cell of `target`, cleaned for `field`; empty and reported when it does not fit."""
        text = self.fitting(self.cell(target), field)
        if name == "url" and text and not text.lower().startswith(("https://", "http://")):
            link = text.split("; ")[0]
            if _BARE_LINK.fullmatch(link) and "@" not in link:
                return f"https://{link}"
            if link.lower().startswith(("https://", "http://")):
                return link
            self.report(f"{quoted(text)} is not a web address; it was left empty.")
            return ""
        if name == "url" and "; " in text:
            return text.split("; ")[0]
        return text

    def fitting(self, text: str, field: fields.Field) -> str:
        """`text` cleaned for `field`; empty and reported when it does not fit."""
        if not text:
            return ""
        known = self._cleaned.get((field.name, text))
        if known is not None:
            return known
        try:
            cleaned = clean(text, field)
            if len(text) < _SHORT and len(self._cleaned) < _REMEMBERED:
                self._cleaned[field.name, text] = cleaned
            return cleaned
        except Refused as refusal:
            self.report(f"{_told(refusal)} It was left empty.")
            return ""

    def _salary(self) -> str:
        field = fields.APPLICATION["salary"]
        if salary := self.cell("salary"):
            return self.fitting(salary, field)
        low, high = self.cell("salary-min"), self.cell("salary-max")
        amounts = [amount for amount in dict.fromkeys((low, high)) if amount not in ("", "0")]
        if not amounts:
            return ""
        per = self.cell("per")
        per = _PERIODS.get(per.casefold(), per)
        words = ["–".join(amounts), self.cell("currency"), f"per {per}" if per else ""]
        return self.fitting(" ".join(filter(None, words)), field)

    def _tags(self) -> tuple[str, ...]:
        cells = tuple(cell for _, cell in self.cells("tags"))
        if self.cell("remote").casefold() not in _NO:
            cells = (*cells, "remote")
        if cells in self._tagged:
            return self._tagged[cells]
        problems = len(self.problems)
        tags = self._tags_in(cells)
        if problems == len(self.problems) and len(self._tagged) < _REMEMBERED:
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
                self.report(f"{_told(refusal)} It was left out.")
        return clean_tags(tuple(dict.fromkeys(kept))[: fields.TAGS_AT_MOST])

    def _note(self) -> str:
        """The notes, those of a second column behind its name."""
        found = self.cells("note")
        texts = [cell if place == 0 else f"{header}: {cell}" for place, (header, cell)
                 in enumerate(found)]  # fmt: skip
        return self.fitting("\n\n".join(texts), fields.NOTE._replace(required=False))

    def _posting(self) -> str:
        texts = [cell for _, cell in self.cells("posting")]
        return self.fitting("\n\n".join(texts), fields.APPLICATION["posting_text"])


class _Standing:
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
    def steps(self) -> list[Step]:
        """The stages after applied in their order."""
        return [Step(s, self._reached[s]) for s in ORDER if s in self._reached]


class DatesUnclear(Refused):
    """Day and month could stand either way round, and the file does not tell."""


def _told(refusal: Refused) -> str:
    """What is wrong with a text of a file, without what somebody who types it could do."""
    told = str(refusal)
    for advice in _ADVICE:
        told = told.removesuffix(advice)
    return told


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


def _example(rows: Iterable[Row], place: int) -> str:
    for row in rows:
        if place < len(row.cells) and row.cells[place]:
            return row.cells[place]
    return ""
