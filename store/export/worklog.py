"""The record of work search that employment offices ask for.

What an office wants to see, how it counts and how it is printed is data: a file in `offices` for
each, with the source of every number. Where no number could be verified there is none, and the user
gives the one that was agreed on. A range that begins or ends within a week or month has a part of
it: that is called one, and not held against the number of a whole one. What a record lacks is
listed, so that it can be filled in; what is not on the board stays empty for a pen.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from store.export.board import Row
from store.export.csv import CsvLine, main_contact
from store.export.page import document, text
from store.rules.dates import WEEKDAYS, days_in_month, short_day
from store.rules.stages import Outcome
from store.rules.text import plural

_ROOM = Path(__file__).with_name("offices")
APPLICATION, INTERVIEW, FOLLOW_UP = "application", "interview", "follow-up"
_ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "application": "application",
        "interview": "interview",
        "follow-up": "follow-up",
        "open": "no decision yet",
        "invited": "interview",
        "offer": "offer",
        **{outcome.value: outcome.title for outcome in Outcome},
        "period": "Period",
        "to": "to",
        "name": "Name",
        "number": "Number",
        "signature": "Date, signature",
        "of": "of",
        "sum": "Efforts",
        "none": "No efforts in this period.",
    }
)
_REASON = "--reason"
_NEEDED_WORDS: Mapping[str, tuple[str, str]] = {
    "channel": ("how you applied", "--channel"),
    "url": ("the web address", "--url"),
    "address": ("a place or a web address", "--location"),
    "company-address": ("a place or a web address", "--location"),
    "contact": ("a person", "--contact"),
    "contact-phone": ("a person", "--contact"),
    "source": ("where you found it", "--source"),
    "reason": ("the reason", _REASON),
}
"""What an empty cell lacks, and what fills it."""


class RecordColumn(NamedTuple):
    """A column: what it is called, what stands in it, and for what effort or end it may not be
    empty."""

    head: str
    of: str
    needed: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """What an employment office wants: see the files in `offices`.

    `goal` is how many of the `counted` efforts it wants in each period, of them `applications`
    applications at least; None where that is agreed with everybody for themselves. `parts_count`
    is for an office that wants as many where a record has only a part of a period.
    """

    key: str
    name: str
    title: str
    language: str
    period: str
    efforts: Sequence[str]
    counted: Sequence[str]
    columns: Sequence[RecordColumn]
    note: str
    paper: str
    signature: bool
    goal: int | None = None
    applications: int = 0
    parts_count: bool = False
    week_begins: str = "monday"
    words: Mapping[str, str] = field(default_factory=lambda: _ENGLISH)


@cache
def offices() -> Mapping[str, Office]:
    """The offices that are known, by their keys."""
    return {file.stem: _read(file) for file in sorted(_ROOM.glob("*.toml"))}


def _read(file: Path) -> Office:
    said: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    columns = [RecordColumn(**column) for column in said.pop("columns")]
    part = f"part of a {said['period']}, {{days}} of {{all}} days"
    words = MappingProxyType({**_ENGLISH, "part": part, **said.pop("words", {})})
    return Office(key=file.stem, columns=columns, words=words, **said)


class Effort(NamedTuple):
    """One effort: its day, its kind, and what stands in the columns by what these are of."""

    on: date
    kind: str
    cells: Mapping[str, str]
    application: int


@dataclass(frozen=True, slots=True)
class Period:
    """A week or a month, or the part of one that is in the record: its days, and the efforts in it.

    `of_days` is how many days the whole week or month has.
    """

    first: date
    last: date
    of_days: int
    efforts: Sequence[Effort]
    counted: int
    applications: int

    @property
    def days(self) -> int:
        """How many days of it are in the record."""
        return (self.last - self.first).days + 1

    @property
    def is_part(self) -> bool:
        """Whether some of its days are not in the record."""
        return self.days < self.of_days


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """The record for an office: period by period, and what it lacks, in sentences."""

    office: Office
    first: date
    last: date
    periods: Sequence[Period]
    goal: int | None
    missing: tuple[str, ...]
    applications: int


def make_record(
    rows: Iterable[Row],
    office: Office,
    *,
    since: date | None,
    until: date,
    zone: tzinfo,
    goal: int | None = None,
    now: datetime | None = None,
) -> WorkRecord:
    """The record of what was done from `since` to `until`, both days counted.

    Without `since` it begins with the period of the first effort. `goal` stands in for the number
    of the office; the day of an interview is the one in `zone`, and one that begins after `now`
    (aware) is no effort yet.
    """
    efforts: list[Effort] = []
    lacks: list[str] = []
    for row in rows:
        for effort in _efforts(row, office, zone, now):
            if effort.on <= until and (since is None or effort.on >= since):
                efforts.append(effort)
        if any(effort.application == row["id"] for effort in efforts[-1:]):
            lacks += _gaps(row, office)
    efforts.sort(key=lambda effort: (effort.on, effort.application, effort.kind))
    first = since or (_begin_of(efforts[0].on, office) if efforts else until)
    goal = goal if goal is not None else office.goal
    periods = list(_periods(efforts, office, first, until))
    missing = [*_short_of(periods, office, goal), *lacks]
    about = len({effort.application for effort in efforts})
    return WorkRecord(office, first, until, periods, goal, tuple(missing), about)


def _efforts(row: Row, office: Office, zone: tzinfo, now: datetime | None) -> Iterator[Effort]:
    if APPLICATION in office.efforts and row["applied_on"]:
        yield _effort(row, office, APPLICATION, date.fromisoformat(row["applied_on"]))
    if INTERVIEW in office.efforts:
        for one in row["interviews"]:
            held = one["status"] == "confirmed" and one["kept"] is not False
            if held and one["starts_at"] is not None:
                starts = datetime.fromisoformat(one["starts_at"])
                if now is None or starts <= now:
                    yield _effort(row, office, INTERVIEW, starts.astimezone(zone).date())
    if FOLLOW_UP in office.efforts:
        for one in row["messages"]:
            if one["direction"] == "out" and one["kind"] == "nudge":
                yield _effort(row, office, FOLLOW_UP, date.fromisoformat(one["sent_on"]))


def _effort(row: Row, office: Office, kind: str, on: date) -> Effort:
    return Effort(on, kind, {**_cells(row, office), "effort": office.words[kind]}, row["id"])


def _cells(row: Row, office: Office) -> Mapping[str, str]:
    """What stands in the columns about an application."""
    contact = main_contact(row) or next(iter(row["contacts"]), {})
    address = ", ".join(filter(None, (row["location"], row["url"])))
    name = contact.get("name") or contact.get("email") or ""
    return {
        "company": row["company"],
        "role": row["role"],
        "address": address,
        "company-address": ", ".join(filter(None, (row["company"], address))),
        "url": row["url"],
        "contact": name,
        "contact-phone": ", ".join(filter(None, (name, contact.get("phone")))),
        "channel": row["channel"],
        "source": row["source"],
        "result": _result(row, office),
        "reason": row["reason"] if row["outcome"] == Outcome.REJECTED else "",
        "blank": "",
    }


def _result(row: Row, office: Office) -> str:
    if row["outcome"] is not None:
        return office.words[row["outcome"]]
    if row["stage"] == "offer":
        return office.words["offer"]
    return office.words["invited" if row["stage"] in ("first", "second") else "open"]


def _gaps(row: Row, office: Office) -> Iterator[str]:
    """What the record wants to know of an application and the board does not, in a sentence."""
    cells = dict(_cells(row, office))
    cells["company-address"] = cells["address"]
    wanted = {
        _NEEDED_WORDS[column.of]
        for column in office.columns
        if column.needed in (APPLICATION, row["outcome"]) and not cells[column.of]
    }
    if not wanted:
        return
    what = ", ".join(sorted(words for words, _ in wanted))
    named = f"{row['company']} ({row['role']}) lacks {what}"
    options = " ".join(sorted(f"{option} …" for _, option in wanted if option != _REASON))
    fills = [f"“rounds edit {row['id']} {options}”"] if options else []
    if any(option == _REASON for _, option in wanted):
        fills.append(f"“rounds lesson {row['id']} {_REASON} …”")
    yield f"{named}: {', '.join(fills)}"


def _begin_of(day: date, office: Office) -> date:
    """The first day of the period in which `day` is."""
    if office.period == "month":
        return day.replace(day=1)
    first = [name.lower() for name in WEEKDAYS].index(office.week_begins)
    return day - timedelta(days=(day.weekday() - first) % 7)


def _end_of(begin: date, office: Office) -> date:
    if office.period == "month":
        return begin.replace(day=days_in_month(begin.year, begin.month))
    return begin + timedelta(days=6)


def _periods(
    efforts: Sequence[Effort], office: Office, first: date, last: date
) -> Iterator[Period]:
    """Every period from `first` to `last`, those without efforts too."""
    begin, place = _begin_of(first, office), 0
    while begin <= last:
        end = _end_of(begin, office)
        start = place
        while place < len(efforts) and efforts[place].on <= end:
            place += 1
        some = efforts[start:place]
        yield Period(
            max(begin, first),
            min(end, last),
            (end - begin).days + 1,
            some,
            counted=sum(effort.kind in office.counted for effort in some),
            applications=sum(effort.kind == APPLICATION for effort in some),
        )
        begin = end + timedelta(days=1)


def _short_of(periods: Sequence[Period], office: Office, goal: int | None) -> Iterator[str]:
    """The periods in which less was done than wanted; of a part of one, that it is a part."""
    for period in periods:
        when = f"{short_day(period.first)} to {short_day(period.last)}"
        if goal is not None and period.counted < goal:
            done, wanted, what, ending = period.counted, goal, "effort", "efforts are on the board"
        elif period.applications < office.applications:
            done, wanted = period.applications, office.applications
            what, ending = "application", "applications made"
        else:
            continue
        if period.is_part and not office.parts_count:
            part = f"part of a {office.period}, {period.days} of {period.of_days} days"
            whole = f"not compared with the {wanted} of a whole {office.period}"
            yield f"{when}: {part}; {plural(done, what)}, {whole}"
        else:
            yield f"{when}: {done} of {wanted} {ending}"


# How it is written


def record_table(record: WorkRecord) -> Iterator[str]:
    """The record as CSV, as `store.export.csv` has it, a column for the period in front."""
    line = CsvLine()
    words = record.office.words
    yield line((words["period"], *(column.head for column in record.office.columns)))
    for period in record.periods:
        span = f"{_day(period.first, 'iso')} {words['to']} {_day(period.last, 'iso')}"
        if period.is_part:
            span = f"{span} ({_part_words(period, record.office)})"
        for effort in period.efforts:
            yield line((span, *_row(effort, record.office, "iso")))


def record_page(record: WorkRecord) -> Iterator[str]:
    """The record as a page to print and sign: a table for each week or month."""
    office = record.office
    style = f"@page{{size:{office.paper};margin:14mm}}{_STYLE}"
    return document(office.title, _body(record), style, office.language)


_KINDS = {
    **dict.fromkeys(("date", "effort"), " class=nowrap"),
    **dict.fromkeys(("address", "company-address", "url"), " class=long"),
}
"""How cells are set that hold words of ours, or addresses, which break anywhere."""
_STYLE = """\
body{max-width:none}td.long{overflow-wrap:anywhere;min-width:11em}
h2{margin:1.4rem 0 .4rem}td,th{font-size:.86rem;border:1px solid var(--line);
padding:.3rem .45rem}
p.lines span{display:inline-block;width:20rem;max-width:100%;margin:0 2rem .8rem 0;
border-bottom:1px solid var(--dim);color:var(--dim)}
p.sign{margin-top:3.2rem}p.sign span{border-top:1px solid var(--dim);padding-top:.2rem;
color:var(--dim);display:inline-block;width:20rem;max-width:100%}
"""


def _body(record: WorkRecord) -> Iterator[str]:
    office, words = record.office, record.office.words
    style = office.language
    span = f"{_day(record.first, style)} {words['to']} {_day(record.last, style)}"
    yield f"<h1>{text(office.title)}</h1><p class=dim>{text(office.name)}</p>\n"
    yield (
        f'<p class="lines"><span>{text(words["name"])}:</span>'
        f"<span>{text(words['number'])}:</span></p>\n"
        f"<p>{text(words['period'])}: {span}</p>\n<p class=dim>{text(office.note)}</p>\n"
    )
    if not any(period.efforts for period in record.periods):
        yield f"<p>{text(words['none'])}</p>\n"
    head = "".join(f"<th>{text(column.head)}</th>" for column in office.columns)
    for period in record.periods:
        if not period.efforts and record.goal is None:
            continue
        yield (
            f"<section><h2>{_day(period.first, style)}–{_day(period.last, style)} "
            f"<span class=dim>{text(_sum_words(period, record))}</span></h2>\n"
            f"<div class=wide><table><thead><tr>{head}</tr></thead><tbody>\n"
        )
        for effort in period.efforts:
            yield "<tr>"
            for column, said in zip(office.columns, _row(effort, office, style), strict=True):
                kind = _KINDS.get(column.of, "")
                yield f"<td{kind}>{text(said)}</td>"
            yield "</tr>\n"
        yield "</tbody></table></div></section>\n"
    if office.signature:
        yield f'<p class="sign"><span>{text(words["signature"])}</span></p>\n'


def _sum_words(period: Period, record: WorkRecord) -> str:
    """How many efforts count, of how many; a part of a period is called one."""
    office, goal = record.office, record.goal
    said = f"{office.words['sum']}: {period.counted}"
    compared = not period.is_part or office.parts_count
    if goal is not None and (compared or period.counted >= goal):
        said = f"{said} {office.words['of']} {goal}"
    return f"{said}, {_part_words(period, office)}" if period.is_part else said


def _part_words(period: Period, office: Office) -> str:
    """ "part of a week, 3 of 7 days", in the language of the office."""
    return office.words["part"].format(days=period.days, all=period.of_days)


def _row(effort: Effort, office: Office, style: str) -> Sequence[str]:
    return [
        _day(effort.on, style) if column.of == "date" else effort.cells[column.of]
        for column in office.columns
    ]


def _day(day: date, style: str) -> str:
    """A day as the office writes it."""
    if style == "iso":
        return day.isoformat()
    return f"{day:%d.%m.%Y}" if style == "de" else short_day(day)
