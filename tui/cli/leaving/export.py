"""`rounds export`: the board as a file, or as a folder of files, for somewhere else."""

import os
from argparse import ArgumentParser
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, NamedTuple

from store.file.location import path_of
from store.file.outgoing import Folder, in_blocks, refuse_place, write_file, write_folder
from store.rules.text import Refused, plural, quoted, suggestion
from tui.cli.call import BEGIN, Call
from tui.cli.table import DATE
from tui.cli.words import STDIN, Usage, any_day, number_between, past_day, read_query_option

if TYPE_CHECKING:
    from store.export.anonymous import Veil
    from store.export.board import Row
    from store.export.page import PageFacts
    from store.export.worklog import Office, WorkRecord
    from store.model.board import Card
    from store.read.glance import Glance

FORMATS = ("json", "csv", "markdown", "org", "html", "worklog")
_ENDINGS = {
    ".json": "json", ".csv": "csv", ".md": "markdown", ".org": "org", ".html": "html",
    ".htm": "html",
}  # fmt: skip
"""The format that the ending of a file says, where --format says none."""
_FOLDERS = ("markdown", "org")
"""The formats that are a file for each card."""
_IN_MEMORY = 8 << 20
"""Bytes of a result for standard output that are kept in memory: the board is not held while a
slow reader takes it."""
_MISSING_AT_MOST = 20


def export_words(parser: ArgumentParser) -> None:
    """Add what `rounds export` understands."""
    parser.add_argument("--format", metavar="NAME", help=f"{', '.join(FORMATS)}; default json")
    parser.add_argument(
        *("-o", "--output"),
        dest="target",
        metavar="TO",
        help="file, or folder for several; default: standard output",
    )
    parser.add_argument("--since", metavar="DATE", help=f"only applications made since; {DATE}")
    parser.add_argument("--until", metavar="DATE", help="only applications made until then")
    parser.add_argument(
        "--where", metavar="QUERY", help="only what “rounds list --all --where” lists"
    )
    parser.add_argument("--anonymous", action="store_true", help="leave out pay, names and notes")
    parser.add_argument("--journal", action="store_true", help="json: with the whole history")
    parser.add_argument("--flow", metavar="FILE", help="the flow of applications as an SVG picture")
    parser.add_argument("--office", metavar="OFFICE", help="worklog: for which employment office")
    parser.add_argument(
        "--goal",
        metavar="N",
        type=number_between(1, 1_000),
        help="worklog: efforts that you agreed on for each week or month",
    )


class _ExportPlan(NamedTuple):
    """What is asked for."""

    format: str
    """"" for the picture alone."""
    target: Path | None
    """None for standard output."""
    since: date | None
    until: date | None


class _Exported(NamedTuple):
    """What became of it."""

    applications: int
    written: int = 1
    same: int = 0
    missing: tuple[str, ...] = ()


def export(call: Call) -> int:
    """Write the board, or what is asked of it, in the format that is asked for."""
    plan = _read_plan(call)
    flow = path_of(call.words.flow) if call.words.flow is not None else None
    for place in (plan.target, flow):
        if place is not None and not place.is_dir():
            refuse_place(place.absolute(), call.path)
    if flow is not None and flow == plan.target:
        raise Usage("Give -o and --flow a file each.")
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="") as spool:
        with call.glance() as glance:
            if glance is None:
                raise Refused(f"There is nothing to export. {BEGIN}")
            made = _Exported(0, 0)
            with glance.reader.snapshot():
                chosen = _choose(call, glance, plan)
                if flow is not None:
                    _write_flow(call, glance, chosen, flow)
                if plan.format:
                    made = _write(call, glance, plan, chosen, spool.write)
        if plan.target is None and plan.format:
            spool.seek(0)
            while part := spool.read(1 << 20):
                call.out.document(part)
    _tell(call, plan, made, flow)
    return 0


def _read_plan(call: Call) -> _ExportPlan:
    """What the words ask for; Usage where they contradict each other."""
    words = call.words
    target = path_of(words.target) if words.target not in (None, STDIN) else None
    name = _read_format(words.format, target, picture=words.flow is not None)
    if words.journal and (name != "json" or words.where or words.since or words.until):
        raise Usage("--journal goes with the whole board as json: leave out the other options.")
    if words.journal and words.anonymous:
        raise Usage("The history holds names and notes: give either --journal or --anonymous.")
    if (words.office or words.goal) and name != "worklog":
        raise Usage("--office and --goal are for the record of your work search: --format worklog.")
    if name == "worklog" and words.anonymous:
        raise Usage("The office wants the names: leave out --anonymous.")
    if target is None and name in _FOLDERS:
        raise Usage(f"{name} is a file for each application: name a folder with -o.")
    if call.wants_json and target is None and name:
        raise Usage("--json tells what was written: name a file with -o.")
    since = past_day(words.since, call.today)
    return _ExportPlan(name, target, since, _last_day(words.until, since, call.today))


def _last_day(text: str | None, since: date | None, today: date) -> date | None:
    """The last day that is meant: the first such one from `since` on, else one that is over."""
    if text is None:
        return None
    if since is None:
        return past_day(text, today)
    last = any_day(text, since, future=True)
    if last < since:
        raise Usage("--until is before --since. Give a later day.")
    return last


def _read_format(said: str | None, target: Path | None, *, picture: bool) -> str:
    """The format that is meant; "" where only the picture is."""
    if said is not None:
        name = said.strip().lower()
        name = {"md": "markdown"}.get(name, name)
        if name not in FORMATS:
            like = suggestion(said, FORMATS)
            raise Usage(f"There is no format {quoted(said)}.{like} There are {', '.join(FORMATS)}.")
        return name
    if target is None:
        return "" if picture else "json"
    ending = target.suffix.lower()
    if ending in _ENDINGS and not target.is_dir():
        name = _ENDINGS[ending]
        if name in _FOLDERS:
            raise Usage(f"{name} is a file for each application: --format {name} -o FOLDER.")
        return name
    raise Usage(f"Say in which format: --format {', '.join(FORMATS)}.")


def _choose(call: Call, glance: "Glance", plan: _ExportPlan) -> Collection[int] | None:
    """The ids of the applications that are meant; None for all."""
    query = read_query_option(call.words.where, call.now)
    in_days = plan.format != "worklog" and (plan.since or plan.until)
    if query is None and not in_days:
        return None
    if query is not None:
        from tui.filtering import find_cards

        cards: Iterable[Card] = find_cards(glance, query, call.now, closed=None)
    else:
        cards = glance.cards(closed=None, now=call.now, lean=True)
    return {
        card.id for card in cards if not in_days or _within(card.applied_on, plan.since, plan.until)
    }


def _within(day: date | None, since: date | None, until: date | None) -> bool:
    return day is not None and (since is None or day >= since) and (until is None or day <= until)


def _write(
    call: Call,
    glance: "Glance",
    plan: _ExportPlan,
    chosen: Collection[int] | None,
    print_: Callable[[str], object],
) -> _Exported:
    """Write it where it is to go, or to `print_`."""
    from store.export.board import read_applications, read_tables

    veil = _veil(call)
    counted = _Counted(veil)

    def put(parts: Iterable[str], *, mark: bool = False) -> None:
        if plan.target is not None:
            write_file(plan.target, parts, call.path, mark=mark)
            return
        for block in in_blocks(parts):
            print_(block)

    if plan.format == "worklog":
        return _write_worklog(call, glance, plan, chosen, put)
    rows = counted(read_applications(glance.reader, read_tables(glance.reader), chosen))
    folder: Folder | None = None
    if plan.format == "json":
        from store.export.json import board_parts

        parts = board_parts(glance.reader, chosen=chosen, journal=call.words.journal, veil=veil)
        put(counted.lines(parts))
    elif plan.format == "csv":
        from store.export.csv import all_tables, table_parts

        if plan.target is None or _is_file(plan.target, ".csv"):
            put(table_parts(rows), mark=plan.target is not None)
        else:
            folder = write_folder(plan.target, all_tables(rows), call.path, mark=True)
    elif plan.format in _FOLDERS:
        from store.export.text import card_files, of_card

        assert plan.target is not None
        files = card_files(rows, plan.format, call.now)
        folder = write_folder(plan.target, files, call.path, earlier=of_card(plan.format))
    else:
        from store.export.page import page_parts

        put(page_parts(rows, _read_seen(call, glance, chosen)))
    if folder is not None:
        return _Exported(counted.many, folder.written, folder.same)
    return _Exported(counted.many)


def _veil(call: Call) -> "Veil | None":
    if not call.words.anonymous:
        return None
    from store.export.anonymous import Veil

    return Veil()


def _is_file(target: Path, *endings: str) -> bool:
    return target.suffix.lower() in endings and not target.is_dir()


class _Counted:
    """Counts the applications that pass, each veiled where that is asked for."""

    def __init__(self, veil: "Veil | None") -> None:
        self.many = 0
        self._veil = veil

    def __call__(self, rows: "Iterable[Row]") -> "Iterator[Row]":
        for row in rows:
            self.many += 1
            yield self._veil.over(row) if self._veil is not None else row

    def lines(self, parts: Iterable[str]) -> Iterator[str]:
        """The same of the lines of JSON, of which each application has one."""
        within = False
        for part in parts:
            within = part.endswith('"applications":[') or (within and not part.startswith("\n]"))
            self.many += within and not part.endswith('"applications":[')
            yield part


def _read_seen(call: Call, glance: "Glance", chosen: Collection[int] | None) -> "PageFacts":
    """What the page shows besides the applications themselves: figures, and what comes next."""
    from store.export.page import PageFacts
    from store.read.history import read_histories, summary

    histories = [
        history
        for history in read_histories(glance, call.now)
        if chosen is None or history.id in chosen
    ]
    cards = {
        card.id: card
        for card in glance.cards(closed=None, now=call.now)
        if chosen is None or card.id in chosen
    }
    report = summary(histories, call.today)
    return PageFacts(call.now, report, tuple(histories), cards, anonymous=call.words.anonymous)


def _write_flow(call: Call, glance: "Glance", chosen: Collection[int] | None, flow: Path) -> None:
    from store.export.flow import flow_picture
    from store.read.history import read_histories

    histories = read_histories(glance, call.now)
    shown = [one for one in histories if chosen is None or one.id in chosen]
    write_file(flow, [flow_picture(shown, call.today)], call.path)


def _write_worklog(
    call: Call,
    glance: "Glance",
    plan: _ExportPlan,
    chosen: Collection[int] | None,
    put: Callable[..., None],
) -> _Exported:
    from store.export.board import read_applications, read_tables
    from store.export.worklog import make_record, record_page, record_table

    office = _office(call.words.office)
    until = plan.until or call.today
    if until > call.today and (plan.since is None or plan.since <= call.today):
        # A week that goes on is a part of one.
        until = call.today
    rows = read_applications(glance.reader, read_tables(glance.reader), chosen)
    record: WorkRecord = make_record(
        rows,
        office,
        since=plan.since,
        until=until,
        zone=call.clock.zone,
        goal=call.words.goal,
        now=call.now,
    )
    as_page = plan.target is not None and _is_file(plan.target, ".html", ".htm")
    if as_page:
        put(record_page(record))
    else:
        put(record_table(record), mark=plan.target is not None)
    return _Exported(record.applications, missing=record.missing)


def _office(said: str | None) -> "Office":
    from store.export.worklog import offices

    known = offices()
    if said is None:
        listed = "; ".join(f"{key}: {office.name}" for key, office in known.items())
        raise Usage(f"Say for which office: --office {', '.join(known)} ({listed}).")
    key = said.strip().lower().replace("_", "-")
    if key not in known:
        like = suggestion(said, known)
        raise Usage(f"There is no office {quoted(said)}.{like} There are {', '.join(known)}.")
    return known[key]


def _tell(call: Call, plan: _ExportPlan, made: _Exported, flow: Path | None) -> None:
    """Say what was written; nothing beside a result on standard output but what is missing."""
    if call.wants_json:
        places = [str(place) for place in (plan.target, flow) if place is not None]
        call.out.json(
            "export",
            {
                "format": plan.format or None,
                "paths": places,
                "applications": made.applications,
                "files": made.written,
                "unchanged": made.same,
                "missing": list(made.missing),
            },
        )
        return
    if plan.target is not None:
        many = plural(made.applications, "application")
        same = f" ({plural(made.same, 'file was', 'files were')} the same)" if made.same else ""
        call.out.say(f"Exported {many} to {quoted(os.fspath(plan.target), 200)}.{same}")
    if flow is not None:
        call.out.say(f"The flow of applications is in {quoted(os.fspath(flow), 200)}.")
    if made.missing:
        call.out.say("Missing in this record:")
        for line in made.missing[:_MISSING_AT_MOST]:
            call.out.say(f"  {line}")
        if len(made.missing) > _MISSING_AT_MOST:
            call.out.say(f"  and {len(made.missing) - _MISSING_AT_MOST:,} more")
