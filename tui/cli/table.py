"""The table of commands: name, what it does in a line, its words, where it is carried out."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from store.rules.stages import Outcome, Stage
from tui.cli.words import DAYS_AT_MOST, application_id, number_between

if TYPE_CHECKING:
    from argparse import ArgumentParser


DATE = "a day: today, yesterday, fri, -3d, 3 dec, 2026-12-03"
WHICH = "application ID, or words of company and role that fit one"
COMING = "a day: tomorrow, fri, +3d, 2w, 3 dec, 2026-12-03"


class Verb(NamedTuple):
    """One command. `does` is `module:function` in `tui.cli`, imported when it is called.

    `words` adds what the command understands to a parser; where there is none here,
    a function of that module, named after it with `_words`, does.
    """

    line: str
    does: str
    words: "Callable[[ArgumentParser], None] | None" = None

    def add_words(self, parser: "ArgumentParser") -> None:
        """Add what the command understands."""
        words = self.words
        if words is None:
            module, function = self.does.split(":")
            words = getattr(import_module(f"tui.cli.{module}"), f"{function}_words")
        words(parser)


def one(parser: "ArgumentParser") -> None:
    parser.add_argument("id", metavar="ID", type=application_id, help=WHICH)


def several(parser: "ArgumentParser") -> None:
    """One or several applications; read by `application_ids`, which knows the culprit."""
    parser.add_argument(
        "id",
        metavar="ID",
        nargs="+",
        help=f"{WHICH}; or several: 4 7 9, a range 3-7, - for those on standard input",
    )
    _where(parser, "all that “rounds list --where” lists")


def _where(parser: "ArgumentParser", chosen: str) -> None:
    parser.add_argument("--where", metavar="QUERY", help=f"instead of IDs: {chosen}")


def follow_ups(parser: "ArgumentParser") -> None:
    """The numbers of one or several follow-ups, or the word that stands for many; read by
    `read_follow_ups`."""
    parser.add_argument(
        "id",
        metavar="FOLLOW-UP-ID",
        nargs="+",
        help="follow-up ID, from “rounds due”, such as f12, or several: f2 f5, - for those on "
        "standard input, f3-f7 for those of them that are due, “imported” or “silent” for that "
        "whole line; or reminder IDs such as r4",
    )
    _where(parser, "the next follow-up of each application that “rounds list --where” lists")


def _on(parser: "ArgumentParser") -> None:
    parser.add_argument("--on", metavar="DATE", help=f"date it happened, {DATE}; default today")


def json(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help="print JSON for scripts")


def _nothing(_: "ArgumentParser") -> None:
    return


def _list(parser: "ArgumentParser") -> None:
    parser.add_argument("--stage", metavar="STAGE", help=_names(Stage))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--closed", action="store_true", help="closed applications only")
    which.add_argument("--all", action="store_true", help="include closed applications")
    parser.add_argument(
        *("--search", "--where"),
        metavar="QUERY",
        help="words, #tag, and fields: “remote stage:second due<7d salary>80k -closed”",
    )
    parser.add_argument("--saved", metavar="NAME", help="a search kept by “rounds search”")
    _list_words(parser)
    json(parser)


def _search(parser: "ArgumentParser") -> None:
    parser.add_argument("name", metavar="NAME", nargs="?", help="its name")
    parser.add_argument("query", metavar="QUERY", nargs="*", default=[], help="what it finds")
    parser.add_argument("--rename", metavar="NEW", help="new name")
    parser.add_argument("--remove", action="store_true", help="forget this search")


def _list_words(parser: "ArgumentParser") -> None:
    """In which order a list is shown, how much of it, and how."""
    from tui.cli.showing.options import SORTS

    parser.add_argument("--sort", metavar="ORDER", help=_names(SORTS))
    parser.add_argument("--reverse", action="store_true", help="the other way round")
    parser.add_argument(
        "--limit", metavar="N", type=number_between(1, 1_000_000), help="the first N only"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--columns", metavar="NAMES", help="columns to show: “id,company,salary”")
    how.add_argument("--format", metavar="TEXT", help="a line for each: “{id} {company}”")


def _show(parser: "ArgumentParser") -> None:
    one(parser)
    json(parser)


def _employer(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "name", metavar="NAME", nargs="+", help="the employer, or the ID of an application there"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--same-as", metavar="OTHER", help="both names are one employer")
    which.add_argument("--not", metavar="OTHER", dest="not_as", help="they are two employers")
    json(parser)


def _move(parser: "ArgumentParser") -> None:
    several(parser)
    parser.add_argument("stage", metavar="STAGE", help=_names(Stage))
    _on(parser)


def _close(parser: "ArgumentParser") -> None:
    several(parser)
    parser.add_argument("outcome", metavar="OUTCOME", help=_names(Outcome))
    _on(parser)
    parser.add_argument("--reason", metavar="TEXT", default="")
    parser.add_argument("--keep", metavar="TEXT", default="", help="one thing to keep doing")
    parser.add_argument("--change", metavar="TEXT", default="", help="one thing to change")


def _deadline(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument(
        "when",
        metavar="WHEN",
        nargs="+",
        help="“fri”, “3 dec 17:00”, “fri 17:00 Europe/Berlin”, “in 48 hours”; “none” clears it",
    )


def _reply(parser: "ArgumentParser") -> None:
    one(parser)
    _on(parser)
    parser.add_argument(
        "--decides-by", metavar="DATE", help="their decision date: 3 dec, “next week”"
    )
    parser.add_argument("--text", metavar="TEXT", default="", help="what they wrote")
    parser.add_argument(
        "--automatic", action="store_true", help="auto-reply: follow-ups do not change"
    )


def _remind(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument("when", metavar="WHEN", help=COMING)
    parser.add_argument("text", metavar="TEXT", nargs="+", help="what to remind you of")
    parser.epilog = "A reminder of no application: “rounds reminder TEXT --on DATE”."


def _due(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--on", metavar="DATE", help="show what is due on that date: fri, 3 dec, 2026-12-03"
    )
    parser.add_argument(
        "--days",
        metavar="N",
        type=number_between(0, DAYS_AT_MOST),
        default=0,
        help="include the next N days",
    )
    _list_words(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print JSON for scripts")
    how.add_argument("--line", action="store_true", help="one line, for a prompt or status bar")
    parser.add_argument(
        "--check", action="store_true", help="print no list; exit with 10 if something is due"
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="list every follow-up that is otherwise shown as one line",
    )


def _stats(parser: "ArgumentParser") -> None:
    parser.add_argument("--since", metavar="DATE", help=f"only applications made since; {DATE}")
    parser.add_argument("--by", metavar="WHAT", help="compare by source, tag, month or referral")
    json(parser)


def _complete(parser: "ArgumentParser") -> None:
    follow_ups(parser)
    _on(parser)


def _snooze(parser: "ArgumentParser") -> None:
    follow_ups(parser)
    parser.add_argument(
        "to", metavar="DATE", help="fri, +3d, 3 dec; +3d counts from the day it is due, if later"
    )


def _import(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a table (.csv, .xlsx, .ods), LinkedIn’s zip, another tracker’s export; - is standard "
        "input",
    )
    parser.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        action="append",
        help="what a column is: “Firma=company”, “Datum=applied”, “Extra=note”, “Rank=skip”",
    )
    parser.add_argument(
        "--status",
        metavar="STATUS=WHAT",
        action="append",
        help="what a status is: a stage, an outcome, saved or skip: “Absage=rejected”",
    )
    parser.add_argument(
        "--dates",
        choices=("dmy", "mdy"),
        help="day or month first, where the file does not tell",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show what would be imported; change nothing"
    )


def _completions(parser: "ArgumentParser") -> None:
    parser.add_argument("shell", metavar="SHELL", choices=("bash", "zsh", "fish"))


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)


BOARD = "boards:board"
"""What `rounds` alone does."""

COMMANDS: dict[str, Verb] = {
    "add": Verb("add an application; prints its ID", "applications:add"),
    "take": Verb("put a posting on the shelf: a saved page, a text", "arriving.take:take"),
    "shelf": Verb("list the postings to be answered; apply, or drop them", "arriving.shelf:shelf"),
    "edit": Verb("change any field of one or several applications", "edit:edit"),
    "list": Verb("list applications", "showing.lists:applications", _list),
    "search": Verb("list, keep, rename or remove searches with a name", "boards:search", _search),
    "show": Verb("show everything about one application", "showing.show:show", _show),
    "employer": Verb("show all that was with one employer", "showing.employer:employer", _employer),
    "order": Verb("list a column of the board; put a card elsewhere in it", "parts.order:order"),
    "move": Verb("move an application to another stage", "applications:move", _move),
    "close": Verb("close an application with an outcome", "applications:close", _close),
    "reopen": Verb("put a closed application back on the board", "applications:reopen", several),
    "sweep": Verb(
        "list the quiet applications; close those that may be over", "several.sweep:sweep"
    ),
    "delete": Verb(
        "delete an application (“rounds undo” reverts this)", "applications:delete", several
    ),
    "interview": Verb("add or change an interview or an invitation", "parts.interviews:interview"),
    "task": Verb("add or change a take-home task or a test", "parts.interviews:task"),
    "contact": Verb("list, add, change or remove contacts", "parts.contacts:contact"),
    "prepare": Verb("prepare for the next interview: questions, answers", "parts.prepare:prepare"),
    "debrief": Verb("write the debrief of an interview in your editor", "parts.debrief:debrief"),
    "point": Verb("note a concern, news, story or promise", "parts.points:point"),
    "offer": Verb("show or update an offer", "parts.offers:offer"),
    "criteria": Verb(
        "compare offers: what matters to you, and how much", "parts.criteria:criteria"
    ),
    "score": Verb("score an offer by one of your criteria", "parts.criteria:score"),
    "tick": Verb("list tips and checklist items, and tick them", "parts.ticks:tick_items"),
    "lesson": Verb("what a closed application taught you", "parts.lessons:lesson"),
    "deadline": Verb(
        "set the deadline for your answer to an offer", "applications:deadline", _deadline
    ),
    "replied": Verb("record a reply from the employer", "applications:record_reply", _reply),
    "note": Verb("add, list, change or remove notes", "parts.notes:note"),
    "remind": Verb("add your own reminder", "applications:remind", _remind),
    "reminder": Verb(
        "reminders that belong to no application: list, add, change", "weekly.reminder:reminder"
    ),
    "due": Verb("show what is due today, and why", "showing.due:due", _due),
    "draft": Verb("write the message for a follow-up", "parts.drafts:draft"),
    "stats": Verb("your rates beside published figures", "showing.stats:stats", _stats),
    "review": Verb("the week in one page, to look back and ahead", "weekly.review:review"),
    "goal": Verb("your goals for a week: set one, see how far it is", "weekly.goal:goal"),
    "done": Verb("mark a follow-up as done", "applications:mark_done", _complete),
    "snooze": Verb("snooze a follow-up to another day", "applications:snooze", _snooze),
    "skip": Verb("drop a follow-up for good", "applications:skip", follow_ups),
    "undo": Verb("undo the last change", "applications:undo", _nothing),
    "redo": Verb("redo the last undone change", "applications:redo", _nothing),
    "import": Verb("import applications from a file", "several.imported:bring_in", _import),
    "mail": Verb("read mail: what it means for your applications", "arriving.mail:mail"),
    "export": Verb("write the board, or some of it, to a file", "leaving.export:export"),
    "ics": Verb(
        "write interviews, follow-ups and deadlines for calendar programs", "leaving.calendar:ics"
    ),
    "notify": Verb("show a desktop notice for what is due, each once", "leaving.notify:notify"),
    "mcp": Verb("let an assistant read the board and propose changes (MCP)", "serving:mcp"),
    "web": Verb("show the board in a browser on this machine", "serving:web"),
    "demo": Verb("try a board with sample data; nothing is kept", "boards:demo", _nothing),
    "where": Verb("show the paths of board, config and backups", "boards:where", _nothing),
    "config": Verb("show every setting and where it comes from; change one", "config:config"),
    "backup": Verb("make a backup and print its path; or list them", "safety.copies:backup"),
    "restore": Verb("go back to a backup, after showing the changes", "safety.copies:restore"),
    "copy": Verb("copy the whole board to a file or a server", "servers:copy"),
    "boards": Verb("list the boards in a database, or give one to someone", "servers:boards"),
    "doctor": Verb(
        "check board, backups, plan, program and terminal; --fix", "safety.doctor:doctor"
    ),
    "completions": Verb(
        "print the script that completes in your shell", "shells.hints:completions", _completions
    ),
    "man": Verb("print the manual, as “man” reads it", "shells.manual:manual", _nothing),
}

WITHOUT_JSON = frozenset(("mcp", "web", "demo", "completions", "man"))
"""The commands that print no result for scripts; every other one takes `--json`."""


OVERVIEW = """\
rounds: where every application stands, and what to do today.

  rounds                             open the board
  rounds demo                        try it with sample data; nothing is kept

Get started
  rounds add COMPANY ROLE            add an application; prints its ID
  rounds add --from FILE             add what a list has, one a line
  rounds import FILE [--dry-run]     import a table, or LinkedIn’s zip
  rounds take FILE                   a posting onto the shelf: a page, a text
  rounds shelf [POSTING-ID]          the postings there; --apply, --drop
  rounds mail FILE [--yes]           what a mailbox says; also “| rounds mail”

Take it with you
  rounds export -o FILE              json, csv, html; --format markdown, org
  rounds export --format worklog     the record for an employment office

Every day (FOLLOW-UP-ID: first column of “rounds due”, such as f12)
  rounds due                         follow-ups due today, and why
  rounds draft FOLLOW-UP-ID          the message to send; --edit, --sent
  rounds done FOLLOW-UP-ID...        mark a follow-up as done
  rounds snooze FOLLOW-UP-ID... DATE remind me later
  rounds skip FOLLOW-UP-ID...        drop a follow-up for good
  rounds remind ID DATE TEXT         add your own reminder
  rounds reminder TEXT [--on DATE]   one that belongs to no application
  rounds stats [--by source]         your rates, beside published figures

Every week
  rounds review [--week last]        the week in one page; -o FILE
  rounds goal 5 applications         your goals for a week, and how far

One application (ID: first column of “rounds list”), or several (ID...: also a
range such as 3-7, or - for those on standard input)
  rounds list [--search QUERY]       list applications
  rounds search [NAME QUERY]         keep a search; rounds list --saved NAME
  rounds show ID                     show everything about one
  rounds employer NAME               all that was with one employer
  rounds move ID... STAGE            applied, first, second or offer
  rounds order ID WHERE              first, last, up or down in its column
  rounds replied ID                  record a reply from the employer
  rounds edit ID...                  change any field, in your editor or not
  rounds note ID TEXT                add a note; --edit N, --remove N
  rounds close ID... OUTCOME         accepted, declined, rejected, withdrawn,
                                     no-response, cancelled
  rounds sweep [--yes]               quiet ones; --yes closes what may be over
  rounds reopen ID...                put a closed one back on the board
  rounds lesson ID                   what to keep and what to change
  rounds delete ID...                delete them

Interviews and offers
  rounds interview ID WHEN           add one; “invited”, --move, --cancel
  rounds task ID [TITLE]             a take-home: --due, --hours, --handed-in
  rounds contact ID [NAME]           list, add, change or --remove people
  rounds prepare ID                  questions and answers for the next one
  rounds debrief ID                  write the debrief in your editor
  rounds point ID [KIND TEXT]        note a concern, news, story or promise
  rounds offer ID                    show or update the offer
  rounds deadline ID WHEN            set the deadline for your answer
  rounds tick ID [ITEM]              tick tips and checklist items
  rounds criteria [NAME WEIGHT]      what matters to you; compare offers
  rounds score ID NAME SCORE         how far an offer gives it, 0 to 10

In other programs
  rounds ics FILE                    the calendar; --vdir FOLDER for khal
  rounds notify [--dry-run]          a desktop notice for what is due
  rounds mcp [--read-only]           for an assistant; its program starts it
  rounds web [--port N]              the board in a browser, on this machine

Safety
  rounds undo, rounds redo           undo or redo the last change
  rounds backup [TO]                 make a backup; --list lists them all
  rounds restore FILE|DATE           go back to one; shows the changes first
  rounds doctor [--fix]              check all of it; silent when all is well
  rounds where                       paths of board, config and backups

Settings
  rounds config [SETTING]            every setting, and where it comes from
  rounds config SETTING VALUE        change one; --unset SETTING, --edit

On a server (PostgreSQL)
  rounds copy --to PLACE             the whole board to a file or an address
  rounds boards [--give ROLE]        all boards there; who has something late

In your shell
  rounds completions SHELL           completion for bash, zsh or fish
  rounds man                         the manual: “rounds man | man -l -”

Examples
  rounds add "Globex" "Staff Engineer" --applied yesterday --tag remote
  rounds interview 3 tue 10:00 45m panel+case with Ana and Bo
  rounds interview 3 fri 9am America/New_York video
  rounds contact 3 Ana --email ana@globex.example --relation manager
  rounds point 3 concern "little cloud experience"
  rounds replied 3 --decides-by "3 dec"
  rounds close 4 7 9 no-response     several at once, undone together
  rounds due --line                  for a prompt or status bar

Options
  --db PLACE                         board file, or postgresql://HOST/DATABASE
                                     ?board=NAME; or set ROUNDS_DB
  -V, --version                      print the version
  -h, --help, rounds help            this help; “rounds help COMMAND” for one

Commands take --json. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no such
application or follow-up, 10 something is due (“rounds due --check”).
"""
