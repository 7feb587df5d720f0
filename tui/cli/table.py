"""The table of commands: name, what it does in a line, its words, where it is carried out."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from store.rules.stages import Outcome, Stage
from tui.cli.words import DAYS_AT_MOST, application_id, counted, follow_up_ids

if TYPE_CHECKING:
    from argparse import ArgumentParser


DATE = "a day: today, yesterday, fri, -3d, 3 dec, 2026-12-03"
COMING = "a day: tomorrow, fri, +3d, 2w, 3 dec, 2026-12-03"


class Entry(NamedTuple):
    """One command. `does` is `module:function` in `tui.cli`, imported when it is called."""

    line: str
    does: str
    words: "Callable[[ArgumentParser], None]"


def one(parser: "ArgumentParser") -> None:
    """The number of an application."""
    parser.add_argument("id", metavar="ID", type=application_id, help="the application's number")


def several(parser: "ArgumentParser") -> None:
    """The numbers of one or several applications."""
    parser.add_argument(
        "id",
        metavar="ID",
        nargs="+",
        type=application_id,
        help="the application’s number, or several",
    )


def _before(parser: "ArgumentParser") -> None:
    """The same before another word; read by `application_ids`, which knows the culprit."""
    parser.add_argument("id", metavar="ID", nargs="+", help="the application’s number, or several")


def follow_ups(parser: "ArgumentParser") -> None:
    """The numbers of one or several follow-ups, or the word that stands for many."""
    parser.add_argument(
        "id",
        metavar="FOLLOW-UP-ID",
        nargs="+",
        type=follow_up_ids,
        help="its number in “rounds due”, f12, or several; “imported” or “silent” for all of "
        "that line",
    )


def _on(parser: "ArgumentParser") -> None:
    parser.add_argument("--on", metavar="DATE", help=f"when it happened, {DATE}; default today")


def json(parser: "ArgumentParser") -> None:
    """The choice of JSON."""
    parser.add_argument("--json", action="store_true", help="print JSON for scripts")


def _nothing(_: "ArgumentParser") -> None:
    return


def _add(parser: "ArgumentParser") -> None:
    parser.add_argument("company", metavar="COMPANY")
    parser.add_argument("role", metavar="ROLE")
    parser.add_argument("--stage", metavar="STAGE", help=f"{_names(Stage)}; default applied")
    parser.add_argument("--applied", metavar="DATE", help=f"{DATE}; default today")
    parser.add_argument("--url", metavar="URL", default="", help="the posting")
    parser.add_argument("--location", metavar="TEXT", default="")
    parser.add_argument("--source", metavar="TEXT", default="", help="where you found it")
    parser.add_argument("--salary", metavar="TEXT", default="")
    parser.add_argument("--tag", metavar="TAG", action="append", default=[], help="may be repeated")
    parser.add_argument("--contact", metavar="NAME", default="", help="whom to write to there")
    parser.add_argument("--email", metavar="ADDRESS", default="", help="their address")
    parser.add_argument("--relation", metavar="WHAT", help="recruiter, manager, referrer, …")
    parser.add_argument("--note", metavar="TEXT", default="")
    twice = parser.add_mutually_exclusive_group()
    twice.add_argument("--again", action="store_true", help="also when its link is there already")
    twice.add_argument(
        "--if-new",
        action="store_true",
        help="print the number of the one that is there: same link, or same role and company",
    )


def _list(parser: "ArgumentParser") -> None:
    parser.add_argument("--stage", metavar="STAGE", help=_names(Stage))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--closed", action="store_true", help="the closed ones instead")
    which.add_argument("--all", action="store_true", help="the closed ones too")
    parser.add_argument(
        "--search",
        metavar="TEXT",
        help="words in company, role, place, source, people, notes, debriefs; or #tag",
    )
    json(parser)


def _show(parser: "ArgumentParser") -> None:
    one(parser)
    json(parser)


def _move(parser: "ArgumentParser") -> None:
    _before(parser)
    parser.add_argument("stage", metavar="STAGE", help=_names(Stage))
    _on(parser)


def _close(parser: "ArgumentParser") -> None:
    _before(parser)
    parser.add_argument("outcome", metavar="OUTCOME", help=_names(Outcome))
    _on(parser)
    parser.add_argument("--reason", metavar="TEXT", default="")
    parser.add_argument("--keep", metavar="TEXT", default="", help="one thing to do again")
    parser.add_argument("--change", metavar="TEXT", default="", help="one thing to do otherwise")


def _deadline(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument(
        "when",
        metavar="WHEN",
        nargs="+",
        help="“fri”, “3 dec 17:00”, “fri 17:00 Europe/Berlin”, “in 48 hours”",
    )


def _replied(parser: "ArgumentParser") -> None:
    one(parser)
    _on(parser)
    parser.add_argument(
        "--decides-by", metavar="DATE", help="when they will decide: 3 dec, “next week”"
    )
    parser.add_argument("--text", metavar="TEXT", default="", help="what they wrote")
    parser.add_argument(
        "--automatic", action="store_true", help="an automatic reply: follow-ups stay as they are"
    )


def _note(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument("text", metavar="TEXT", nargs="+", help="the note; - is standard input")


def _remind(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument("when", metavar="WHEN", help=COMING)
    parser.add_argument("text", metavar="TEXT", nargs="+", help="what to do then")


def _due(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--on", metavar="DATE", help="as if today were that day: fri, 3 dec, 2026-12-03"
    )
    parser.add_argument(
        "--days",
        metavar="N",
        type=counted(0, DAYS_AT_MOST),
        default=0,
        help="those of the next N days too",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print JSON for scripts")
    how.add_argument("--line", action="store_true", help="one short line for a prompt")
    parser.add_argument(
        "--check", action="store_true", help="print no list; exit with 10 if something is due"
    )
    parser.add_argument("--all", action="store_true", help="each line of what is told in one")


def _stats(parser: "ArgumentParser") -> None:
    parser.add_argument("--since", metavar="DATE", help=f"only those made since then; {DATE}")
    parser.add_argument("--by", metavar="WHAT", help="compare by source, tag, month or referral")
    json(parser)


def _done(parser: "ArgumentParser") -> None:
    follow_ups(parser)
    _on(parser)


def _snooze(parser: "ArgumentParser") -> None:
    follow_ups(parser)
    parser.add_argument("to", metavar="DATE", help=COMING)


def _import(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "file", metavar="FILE", help="LinkedIn’s “Job Applications.csv”; - is standard input"
    )
    parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")


def _backup(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "target", metavar="TO", nargs="?", help="a file or a folder; default: the backup folder"
    )


def _told_in(place: str) -> "Callable[[ArgumentParser], None]":
    """The words that `place` (`module:function`) tells, loaded for their command only."""

    def words(parser: "ArgumentParser") -> None:
        module, function = place.split(":")
        getattr(import_module(f"tui.cli.{module}"), function)(parser)

    return words


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)


BOARD = "boards:board"
"""What `rounds` alone does."""

COMMANDS: dict[str, Entry] = {
    "add": Entry("add an application; prints its number", "applications:add", _add),
    "list": Entry("list the applications", "lists:applications", _list),
    "show": Entry("everything about one application", "show:show", _show),
    "move": Entry("move one to another stage", "applications:move", _move),
    "close": Entry("close one with its outcome", "applications:close", _close),
    "reopen": Entry("put a closed one back on the board", "applications:reopen", several),
    "delete": Entry("delete one (“rounds undo” brings it back)", "applications:delete", several),
    "interview": Entry(
        "log an interview or an invitation, or change one",
        "interviews:interview",
        _told_in("interviews:interview_words"),
    ),
    "task": Entry(
        "take-homes and tests: by when, hours, handed in",
        "interviews:task",
        _told_in("interviews:task_words"),
    ),
    "contact": Entry(
        "the people: list, add, change, remove",
        "contacts:contact",
        _told_in("contacts:contact_words"),
    ),
    "debrief": Entry(
        "write down how an interview went, in your editor",
        "debrief:debrief",
        _told_in("debrief:debrief_words"),
    ),
    "point": Entry(
        "note a concern, news, a story, a promise in one line",
        "points:point",
        _told_in("points:point_words"),
    ),
    "offer": Entry("what became known of an offer", "offers:offer", _told_in("offers:offer_words")),
    "deadline": Entry("by when an offer must be answered", "applications:deadline", _deadline),
    "replied": Entry("they replied", "applications:replied", _replied),
    "note": Entry("write a note", "applications:note", _note),
    "remind": Entry("add a follow-up of your own", "applications:remind", _remind),
    "due": Entry("what to do today, and why", "lists:due", _due),
    "draft": Entry(
        "the message that a follow-up asks for",
        "drafts:draft",
        _told_in("drafts:draft_words"),
    ),
    "stats": Entry("your own chances, step by step", "stats:stats", _stats),
    "done": Entry("a follow-up is done", "applications:done", _done),
    "snooze": Entry("put a follow-up off to another day", "applications:snooze", _snooze),
    "skip": Entry("skip a follow-up for good", "applications:skip", follow_ups),
    "undo": Entry("take the last change back", "applications:undo", _nothing),
    "redo": Entry("bring it again", "applications:redo", _nothing),
    "import": Entry("bring applications in from a file", "boards:bring_in", _import),
    "demo": Entry("open a board with a made-up sample, kept nowhere", "boards:demo", _nothing),
    "where": Entry("where board, configuration and backups are", "boards:where", _nothing),
    "backup": Entry("make a backup; prints where it is", "boards:backup", _backup),
}


OVERVIEW = """\
rounds: where each application stands, and what to do today.

  rounds                             open the board
  rounds demo                        look around on a made-up board

Begin
  rounds add COMPANY ROLE            add an application; prints its number
  rounds import FILE [--dry-run]     bring in LinkedIn’s “Job Applications.csv”

Every day (FOLLOW-UP-ID is the number in “rounds due”, f12)
  rounds due                         what to do today, first things first
  rounds draft FOLLOW-UP-ID          the message it asks for; --edit, --sent
  rounds done FOLLOW-UP-ID...        it is done
  rounds snooze FOLLOW-UP-ID... DATE put it off
  rounds skip FOLLOW-UP-ID...        skip it for good
  rounds remind ID DATE TEXT         a follow-up of your own
  rounds stats [--by source]         your own chances, beside published ones

One application (ID is the number in “rounds list”)
  rounds list [--search TEXT]        the applications
  rounds show ID                     everything about one
  rounds move ID... STAGE            applied, first, second, offer
  rounds replied ID                  they replied
  rounds note ID TEXT                write a note
  rounds close ID... OUTCOME         accepted, declined, rejected, withdrawn,
                                     no-response, cancelled
  rounds reopen ID...                put it back on the board
  rounds delete ID...                delete it

Interviews and offers
  rounds interview ID WHEN           log one; “invited”, --move, --cancel
  rounds task ID [TITLE]             a take-home: --due, --hours, --handed-in
  rounds contact ID [NAME]           the people: list, add, change, --remove
  rounds debrief ID                  how it went, in your editor; --from FILE
  rounds point ID [KIND TEXT]        a concern, news, a story, a promise
  rounds offer ID                    --verbal, --letter DATE, --extended-to …
  rounds deadline ID WHEN            by when an offer must be answered

Safety
  rounds undo, rounds redo           take the last change back, bring it again
  rounds backup [TO]                 make a backup; prints where it is
  rounds where                       where board, configuration and backups are

Examples
  rounds add "Globex" "Staff Engineer" --applied yesterday --tag remote
  rounds move 3 first
  rounds close 4 7 9 no-response     several at once, one step of undo
  rounds interview 3 tue 10:00 45m panel+case with Ana and Bo
  rounds interview 3 fri 9am America/New_York video
  rounds contact 3 Ana --email ana@globex.example --relation manager
  rounds point 3 concern "little cloud experience"
  rounds replied 3 --decides-by "3 dec"
  rounds due --days 7
  rounds due --line                  for a prompt or a status bar

Options
  --db PATH                          the board’s file; also ROUNDS_DB
  -V, --version                      print the version
  -h, --help, rounds help            this page; “rounds help COMMAND”

Lists take --json. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no such
application or follow-up, 10 something is due (“rounds due --check”).
"""
