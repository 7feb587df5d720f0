"""One page to show to a coach: it needs nothing else, runs no scripts, and prints well.

Light or dark as the reader has it, light on paper. All that the user typed is escaped. Links lead
to postings alone, and are told in full by the paper.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import NamedTuple

from store.export.board import Row
from store.export.csv import local
from store.export.flow import DARK, STYLE, funnel_picture, inline_flow
from store.model.board import Card
from store.read.history import Summary
from store.rules.chances.chances import ActivityWeek, History
from store.rules.chances.words import time_line
from store.rules.dates import short_day
from store.rules.followups.actions import action_of
from store.rules.lists import formats
from store.rules.stages import Outcome, Stage, round_words
from store.rules.text import capital, printable

_WEEKS = 12
"""How many weeks are shown (product: a quarter)."""
_NOTES_AT_MOST = 2_000
"""Characters of a note on this page, which is no archive."""

PAGE_STYLE = """\
:root{color-scheme:light;--ink:#1d2433;--dim:#5b6475;--paper:#fff;--line:#d8dce4;--soft:#f4f6f9}
*{box-sizing:border-box}
body{margin:0 auto;padding:2.2rem 1.6rem 3rem;max-width:68rem;background:var(--paper);
color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,
sans-serif;overflow-wrap:break-word}
h1{font-size:1.7rem;margin:0 0 .2rem}h2{font-size:1.15rem;margin:2.4rem 0 .7rem}
h3{font-size:1rem;margin:1.2rem 0 .2rem}
p{margin:.4rem 0}.dim{color:var(--dim)}.num{text-align:right;font-variant-numeric:tabular-nums}
.nowrap{white-space:nowrap}
dl.tiles{display:flex;flex-wrap:wrap;gap:.8rem;margin:1.4rem 0}
dl.tiles div{flex:1 1 8rem;padding:.7rem .9rem;background:var(--soft);border-radius:.5rem}
dl.tiles dt{color:var(--dim);font-size:.85rem}dl.tiles dd{margin:0;font-size:1.5rem;font-weight:600}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th{text-align:left;color:var(--dim);font-weight:600;border-bottom:2px solid var(--line)}
th,td{padding:.35rem .7rem .35rem 0;vertical-align:top;max-width:14rem}
td{border-bottom:1px solid var(--line)}
.wide{overflow-x:auto}
@media screen and (max-width:44rem){body{padding:1.4rem 1rem 2rem}
.wide svg.rounds{max-width:none;width:44rem}.wide table{min-width:34rem}}
h1,h2,h3,p,blockquote{overflow-wrap:anywhere}
blockquote{margin:.3rem 0 .8rem;padding:.1rem 0 .1rem .8rem;border-left:3px solid var(--line);
white-space:pre-wrap}
a{color:inherit;text-decoration-color:var(--dim)}
"""
_PAGE_DARK = """\
:root{color-scheme:dark;--ink:#e6e9ef;--dim:#a4adbd;--paper:#171b23;--line:#343b49;--soft:#212733}
"""
_PRINT = """\
@page{margin:16mm 14mm}
@media print{body{max-width:none;padding:0;font-size:10.5pt;-webkit-print-color-adjust:exact;
print-color-adjust:exact}
.wide{overflow:visible}
h2,h3{break-after:avoid}tr,svg,dl.tiles,ul,blockquote{break-inside:avoid}thead{display:table-header-group}
table{font-size:9pt}a{text-decoration:none}}
"""


_SHORT = frozenset(("When", "Stage", "Applied", "Closed", "Reached", "Outcome", "Round", "Week of"))
"""The columns of words of ours, which stay on one line."""


class PageFacts(NamedTuple):
    """What the page shows besides the applications: figures as of `now`, histories, and the cards
    by id, for what comes next."""

    now: datetime
    report: Summary
    histories: Sequence[History]
    cards: Mapping[int, Card]
    anonymous: bool = False


def document(
    title: str, body: Iterable[str], style: str = "", language: str = "en"
) -> Iterator[str]:
    """The parts of a page of its own: `body` is HTML, `title` is not."""
    dark = f"@media screen and (prefers-color-scheme:dark){{{_PAGE_DARK}{DARK}}}"
    yield (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text(title)}</title>\n<style>\n{PAGE_STYLE}{STYLE}{dark}{_PRINT}{style}</style>"
        "</head><body>\n"
    )
    yield from body
    yield "</body></html>\n"


def text(said: object) -> str:
    """What somebody typed, or anything else, as HTML."""
    return escape(printable(str(said)))


def wide(what: str) -> str:
    """A table or a picture as HTML, which moves sideways where the screen is too narrow."""
    return f"<div class=wide>{what}</div>"


def page_parts(rows: Iterable[Row], seen: PageFacts) -> Iterator[str]:
    """The parts of the page about these applications."""
    return document("Job search", _body(rows, seen))


def _body(rows: Iterable[Row], seen: PageFacts) -> Iterator[str]:
    lists = _Lists(seen)
    for row in rows:
        lists.add(row)
    today = seen.now.date()
    yield f"<header><h1>Job search</h1><p class=dim>As of {_long(today)}"
    if seen.anonymous:
        yield ". Pay, names and notes are left out"
    yield "</p></header>\n"
    yield _tiles(seen)
    yield f"<h2>How far applications came</h2>\n{wide(funnel_picture(seen.report.whole.steps))}\n"
    yield f"<h2>Where they went</h2>\n{wide(inline_flow(seen.histories, today))}\n"
    times = [capital(time_line(time)) for time in seen.report.whole.times if time.cases]
    if times:
        yield "<h2>Time to an answer</h2>\n<ul>"
        yield "".join(f"<li>{text(line)}</li>" for line in times)
        yield "</ul>\n"
    yield _weeks(seen.report.weeks[-_WEEKS:], today)
    yield from lists.parts()


def _long(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _tiles(seen: PageFacts) -> str:
    whole = seen.report.whole
    open_ = sum(len(step.undecided) for step in whole.steps)
    held = sum(len(history.interviews) for history in seen.histories)
    offers = whole.step(Stage.OFFER).counted + len(whole.step(Stage.OFFER).withdrawn)
    tiles = (
        ("Applications", len(whole.applications)),
        ("Open", open_),
        ("Interviews held", held),
        ("Offers", offers),
    )
    shown = "".join(f"<div><dt>{name}</dt><dd>{many:,}</dd></div>" for name, many in tiles)
    return f'<dl class="tiles">{shown}</dl>\n'


def _weeks(weeks: Sequence[ActivityWeek], today: date) -> str:
    rows = [
        (
            short_day(week.monday, today),
            *(_count(ids) for ids in (week.applications, week.interviews, week.on_time, week.late)),
        )
        for week in weeks
    ]
    heads = ("Week of", "Applications", "Interviews", "Follow-ups on time", "Late")
    return _table("Week by week", heads, rows, numbers=range(1, 5))


def _count(ids: Sequence[int]) -> str:
    return f"{len(ids):,}" if ids else ""


class _Lists:
    """The tables of the page, row by row."""

    def __init__(self, seen: PageFacts) -> None:
        self._seen = seen
        self._today = seen.now.date()
        self._open: list[tuple[tuple[int, str, int], Sequence[str]]] = []
        self._closed: list[tuple[tuple[str, int], Sequence[str]]] = []
        self._interviews: list[tuple[str, Sequence[str]]] = []
        self._notes: list[str] = []

    def add(self, row: Row) -> None:
        """Take an application into the tables that it belongs to."""
        named = _company_and_role(row)
        applied = self._day(row["applied_on"])
        pay = () if self._seen.anonymous else (text(row["salary"]),)
        stage = Stage(row["stage"])
        if row["outcome"] is None:
            key = (-stage.place, row["company"].casefold(), row["id"])
            cells = (*named, text(row["location"]), *pay, stage.value, applied, self._next(row))
            self._open.append((key, cells))
        else:
            outcome = Outcome(row["outcome"]).title
            cells = (*named, *pay, stage.value, text(capital(outcome)), applied,
                     self._day(row["closed_on"]))  # fmt: skip
            self._closed.append(((row["closed_on"] or "", row["id"]), cells))
        for one in row["interviews"]:
            self._meet(one, named)
        if not self._seen.anonymous:
            self._note(row)

    def _meet(self, one: Row, named: Sequence[str]) -> None:
        if one["starts_at"] is None or one["status"] == "cancelled" or one["kept"] is False:
            return
        begins = local(one["starts_at"], one["zone"])
        called = round_words(Stage(one["stage"]), one["round"], one["final"])
        known = formats()
        kinds = ", ".join(known[key].title if key in known else key for key in one["formats"])
        people = () if self._seen.anonymous else (text(one["people"]),)
        when = f"{short_day(date.fromisoformat(begins[:10]), self._today)}, {begins[11:16]}"
        cells = (when, *named, text(called), text(kinds), *people)
        self._interviews.append((one["starts_at"], cells))

    def _note(self, row: Row) -> None:
        """What was noted about an application, and learned from it."""
        said = [(self._day(note["noted_on"]), note["text"]) for note in row["notes"]] + [
            (label, row[name])
            for name, label in (
                ("reason", "Reason"),
                ("lesson_keep", "Keep"),
                ("lesson_change", "Change"),
            )
            if row[name]
        ]
        if said:
            notes = "".join(
                f"<p class=dim>{label}</p><blockquote>{text(_cut(what))}</blockquote>"
                for label, what in said
            )
            self._notes.append(f"<h3>{text(row['company'])}, {text(row['role'])}</h3>{notes}\n")

    def _next(self, row: Row) -> str:
        """What comes next for an open application."""
        card = self._seen.cards.get(row["id"])
        if card is None:
            return ""
        due = card.follow_up
        if due is not None:
            label = due.label
            if self._seen.anonymous:
                label = action_of(due.action).words or "reminder"
            return f"{text(label)}, {text(due.countdown(self._seen.now))}"
        if card.is_quiet(self._today):
            return "quiet: no reply for weeks"
        return "" if self._seen.anonymous else text(card.waits_for(self._today))

    def _day(self, day: str | None) -> str:
        return short_day(date.fromisoformat(day), self._today) if day else ""

    def parts(self) -> Iterator[str]:
        """The tables, those that have anything."""
        pay = () if self._seen.anonymous else ("Pay",)
        people = () if self._seen.anonymous else ("With",)
        now = self._seen.now.timestamp()
        ahead = [one for one in self._interviews if _timestamp(one[0]) > now]
        held = [one for one in self._interviews if _timestamp(one[0]) <= now]
        heads = ("When", "Company", "Role", "Round", "Format", *people)
        yield _table("Interviews ahead", heads, [cells for _, cells in sorted(ahead)])
        heads_open = ("Company", "Role", "Location", *pay, "Stage", "Applied", "Next")
        yield _table("Open applications", heads_open, [cells for _, cells in sorted(self._open)])
        yield _table("Interviews held", heads, [cells for _, cells in sorted(held, reverse=True)])
        heads_closed = ("Company", "Role", *pay, "Reached", "Outcome", "Applied", "Closed")
        closed = sorted(self._closed, reverse=True)
        yield _table("Closed applications", heads_closed, [cells for _, cells in closed])
        if self._notes:
            yield "<h2>Notes</h2>\n"
            yield from self._notes


def _timestamp(instant: str) -> float:
    return datetime.fromisoformat(instant).timestamp()


def _company_and_role(row: Row) -> tuple[str, str]:
    """Company and role, the role leading to the posting where that is on the web."""
    role, url = text(row["role"]), row["url"]
    if url.lower().startswith(("https://", "http://")):
        role = f'<a href="{text(url)}" rel="noreferrer">{role}</a>'
    return text(row["company"]), role


def _cut(said: str) -> str:
    return said if len(said) <= _NOTES_AT_MOST else f"{said[:_NOTES_AT_MOST].rstrip()}…"


def _table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Iterable[int] = ()
) -> str:
    """A table of cells that are HTML; "" without rows."""
    if not rows:
        return ""
    right = set(numbers)

    def cell(tag: str, place: int, said: str) -> str:
        kind = " class=num" if place in right else ""
        kind = kind or (" class=nowrap" if heads[place] in _SHORT else "")
        return f"<{tag}{kind}>{said}</{tag}>"

    head = "".join(cell("th", place, name) for place, name in enumerate(heads))
    body = "\n".join(
        f"<tr>{''.join(cell('td', place, said) for place, said in enumerate(row))}</tr>"
        for row in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
    return f"<h2>{title}</h2>\n{wide(table)}\n"
