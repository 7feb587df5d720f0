"""The table of commands: name, what it does in a line, its words, where it is carried out."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from store.rules.stages import Outcome, Stage
from tui.commandline.arguments import DAYS_AT_MOST, application_id, counted, follow_up_id

if TYPE_CHECKING:
    from argparse import ArgumentParser

DATE = "a day: today, yesterday, fri, -3d, 3 dec, 2026-12-03"
COMING = "a day: tomorrow, fri, +3d, 2w, 3 dec, 2026-12-03"


class Entry(NamedTuple):
    """One command. `does` is `module:function` in `tui.commandline`, imported when it is called."""

    line: str
    does: str
    words: "Callable[[ArgumentParser], None]"


def one(parser: "ArgumentParser") -> None:
    """The number of an application."""
    parser.add_argument("id", metavar="ID", type=application_id, help="the application's number")


def follow_up(parser: "ArgumentParser") -> None:
    """The number of a follow-up, or the word that stands for many."""
    parser.add_argument(
        "id",
        metavar="FOLLOW-UP-ID",
        type=follow_up_id,
        help="its number in “rounds due”, or “imported” or “silent” for all of that line",
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
    one(parser)
    parser.add_argument("stage", metavar="STAGE", help=_names(Stage))
    _on(parser)


def _close(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument("outcome", metavar="OUTCOME", help=_names(Outcome))
    _on(parser)
    parser.add_argument("--reason", metavar="TEXT", default="")
    parser.add_argument("--keep", metavar="TEXT", default="", help="one thing to do again")
    parser.add_argument("--change", metavar="TEXT", default="", help="one thing to do otherwise")


def _deadline(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument("when", metavar="WHEN", nargs="+", help="“fri”, “3 dec 17:00”")


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
    parser.add_argument("text", metavar="TEXT", nargs="+")


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
    parser.add_argument("--check", action="store_true", help="exit with 10 if something is due")
    parser.add_argument("--all", action="store_true", help="each line of what is told in one")


def _stats(parser: "ArgumentParser") -> None:
    parser.add_argument("--since", metavar="DATE", help=f"only those made since then; {DATE}")
    parser.add_argument("--by", metavar="WHAT", help="compare by source, tag, month or referral")
    json(parser)


def _done(parser: "ArgumentParser") -> None:
    follow_up(parser)
    parser.add_argument(
        "more",
        metavar="MORE",
        nargs="*",
        type=application_id,
        help="others that the same message was about",
    )
    _on(parser)


def _snooze(parser: "ArgumentParser") -> None:
    follow_up(parser)
    parser.add_argument("to", metavar="DATE", help=COMING)


def _import(parser: "ArgumentParser") -> None:
    parser.add_argument("file", metavar="FILE", help="LinkedIn’s “Job Applications.csv”")
    parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")


def _backup(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "target", metavar="TO", nargs="?", help="a file; default: in the backup folder"
    )


def _told_in(place: str) -> "Callable[[ArgumentParser], None]":
    """The words that `place` (`module:function`) tells, loaded for their command only."""

    def words(parser: "ArgumentParser") -> None:
        module, function = place.split(":")
        getattr(import_module(f"tui.commandline.{module}"), function)(parser)

    return words


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)


BOARD = "opening:board"
"""What `rounds` alone does."""

COMMANDS: dict[str, Entry] = {
    "add": Entry("add an application; prints its number", "acting:add", _add),
    "list": Entry("list the applications", "listing:applications", _list),
    "show": Entry("everything about one application", "showing:show", _show),
    "move": Entry("move one to another stage", "acting:move", _move),
    "close": Entry("close one with its outcome", "acting:close", _close),
    "reopen": Entry("put a closed one back on the board", "acting:reopen", one),
    "delete": Entry("delete one (“rounds undo” brings it back)", "acting:delete", one),
    "interview": Entry(
        "log an interview or an invitation, or change one",
        "interviewing:interview",
        _told_in("interviewing:interview_words"),
    ),
    "task": Entry(
        "take-homes and tests: by when, hours, handed in",
        "interviewing:task",
        _told_in("interviewing:task_words"),
    ),
    "contact": Entry(
        "the people: list, add, change, remove",
        "contacting:contact",
        _told_in("contacting:contact_words"),
    ),
    "debrief": Entry(
        "write down how an interview went, in your editor",
        "debriefing:debrief",
        _told_in("debriefing:debrief_words"),
    ),
    "point": Entry(
        "note a concern, news, a story, a promise in one line",
        "pointing:point",
        _told_in("pointing:point_words"),
    ),
    "offer": Entry(
        "what became known of an offer", "offering:offer", _told_in("offering:offer_words")
    ),
    "deadline": Entry("by when an offer must be answered", "acting:deadline", _deadline),
    "replied": Entry("they replied", "acting:replied", _replied),
    "note": Entry("write a note", "acting:note", _note),
    "remind": Entry("add a follow-up of your own", "acting:remind", _remind),
    "due": Entry("what to do today, and why", "listing:due", _due),
    "draft": Entry(
        "the message that a follow-up asks for",
        "drafting:draft",
        _told_in("drafting:draft_words"),
    ),
    "stats": Entry("your own chances, step by step", "figuring:stats", _stats),
    "done": Entry("a follow-up is done", "acting:done", _done),
    "snooze": Entry("put a follow-up off to another day", "acting:snooze", _snooze),
    "skip": Entry("skip a follow-up for good", "acting:skip", follow_up),
    "undo": Entry("take the last change back", "acting:undo", _nothing),
    "redo": Entry("bring it again", "acting:redo", _nothing),
    "import": Entry("bring applications in from a file", "bringing:bring_in", _import),
    "demo": Entry("open a board with a made-up sample, kept nowhere", "opening:demo", _nothing),
    "where": Entry("where board, configuration and backups are", "keeping:where", _nothing),
    "backup": Entry("make a backup; prints where it is", "keeping:backup", _backup),
}
