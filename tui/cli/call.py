"""One call of a command: what was asked for, and the way to the board."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from store import errors
from store.clock import Clock
from store.errors import NeedsMigration, NotFound, StoreError
from store.file.location import VARIABLE
from store.place import Place, board_place, path_beside
from store.rules.dates import echo_day, short_day
from store.rules.text import Refused, capital
from store.server.address import Address
from tui.cli.output import Output
from tui.cli.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from store.database import Database
    from store.model.board import Written
    from store.model.dossier import Dossier
    from store.pipeline import Pipeline
    from store.read.glance import Glance
    from store.settings import Settings


Found = TypeVar("Found")

_GARBAGE = 100_000
"""Objects made that begin a collection: a small change never comes to it, a large import does."""


BEGIN = (
    "No board yet. Start with “rounds add COMPANY ROLE” or “rounds import FILE”, "
    "or try “rounds demo”."
)
INTERRUPTED = "Interrupted. Nothing was changed."


def is_missing(place: "Path") -> bool:
    """Whether nothing is at `place`; False when that cannot be told."""
    try:
        place.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


class Call:
    """The words of one command, read, with the clock, the streams and the board's place."""

    def __init__(self, words: Words, clock: Clock, out: Output, environ: Mapping[str, str]) -> None:
        self.words = words
        self.clock = clock
        self.out = out
        self.environ = environ
        self._place = board_place(words.db, environ)
        self._told: set[str] = set()
        """The mistakes in the config file that were told."""
        self._changed = False
        """Whether a change was stored."""
        self.made_by = ""
        """Who makes the changes, where it is not the user: see `Database.made_by`."""
        self.named = words.db is not None or bool(environ.get(VARIABLE, "").strip())
        """Whether the user said where; if so, a board that is not there is a mistake."""

    @cached_property
    def place(self) -> Place:
        """Where the board is, or would be."""
        if isinstance(self._place, Address):
            return self._place
        from pathlib import Path

        return Path(self._place)

    @cached_property
    def path(self) -> "Path":
        """The board's file; for one on a server, where this machine keeps what belongs to it."""
        return path_beside(self._place)

    @cached_property
    def is_on_server(self) -> bool:
        """Whether the board is in a database on a server, and no file."""
        return isinstance(self._place, Address)

    def need_file(self, instead: str) -> None:
        """Refused for a board on a server; `instead` says what to do there."""
        if self.is_on_server:
            raise Refused(
                f"The board {errors.name(self._place)} is on a server, and this is for files. "
                f"Nothing was changed. {instead}"
            )

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def today(self) -> date:
        return self.clock.now().date()

    @property
    def wants_json(self) -> bool:
        """Whether the result is asked for as JSON."""
        return bool(getattr(self.words, "json", False))

    @property
    def is_missing(self) -> bool:
        """Whether nothing is at the board's place; False when that cannot be told."""
        return not self.is_on_server and is_missing(self.path)

    @contextmanager
    def glance(self, *, patient: bool = False) -> "Iterator[Glance | None]":
        """The board for reading; None when there is none yet at the usual place.

        An older board is brought up to date first, which is said. Another program is waited for
        as long as a reader does; with `patient`, when a change is to follow, as a writer does.
        Raises StoreError when a board that the user named is not there.
        """
        from store.boards import no_board
        from store.file import opening
        from store.read.glance import open_glance

        patience = None if patient else opening.READING_SECONDS
        try:
            glance = open_glance(self._place, self.clock, patience=patience)
        except NeedsMigration:
            self._migrate()
            glance = open_glance(self._place, self.clock, patience=patience)
        if glance is None:
            if self.named:
                raise no_board(self._place)
            yield None
            return
        with closing(glance):
            yield glance

    def read(self, question: "Callable[[Glance], Found]", *, patient: bool = False) -> "Found":
        """What `question` finds about the application that was named; see `glance`.

        Raises NotFound where there is no board yet.
        """
        with self.glance(patient=patient) as glance:
            if glance is None:
                raise NotFound(f"There is no application {self.words.id}.")
            return question(glance)

    @contextmanager
    def database(self, *, create: bool = False) -> "Iterator[Database]":
        """The board for writing; made where there is none only if `create`.

        Otherwise NotFound for an application or follow-up on the usual board that was never begun,
        and StoreError for what is not there at a place that the user named.
        """
        if not create and not self.named and self.is_missing and "id" in self.words:
            raise NotFound("No board yet. Start with “rounds add COMPANY ROLE”.")
        from store.boards import check_beside, open_database

        sound = None if self.is_missing else check_beside(self.place)

        if not gc.isenabled():
            # What was loaded stays to the end; large files need a collector again.
            gc.freeze()
            gc.set_threshold(_GARBAGE)
            gc.enable()
        with closing(open_database(self.place, self.clock, create=create, sound=sound)) as database:
            database.made_by = self.made_by
            try:
                yield database
            finally:
                self._changed |= database.changed

    def end(self) -> None:
        """The command is done and its result is out: make the copy of the day if something was
        changed. A failure is told, and changes nothing of what was done."""
        if not self._changed or self.is_on_server:
            return
        from store.file.backup import copy_of_the_day

        try:
            copy_of_the_day(self.path, self.clock)
        except StoreError as failed:
            self.out.say(f"Note: {failed}")
        except KeyboardInterrupt:
            return

    @contextmanager
    def pipeline(self, *, create: bool = False, planned: bool = True) -> "Iterator[Pipeline]":
        """The use cases on the board, by the user's rules; see `database`.

        Unless told otherwise, what was planned by other rules is first planned by these. Raises
        Refused, before the board is opened, for a config file that is no text at all.
        """
        newest = None
        try:
            settings = self.settings()
            with self.database(create=create) as database:
                from store.pipeline import Pipeline
                from store.settings import replan_notice

                pipeline = Pipeline(database, settings.rules)
                if planned and (
                    changed := pipeline.catch_up(settings.fingerprint, settings.week_begins)
                ):
                    self.out.say(replan_notice(changed))
                with closing(database.glance()) as glance:
                    newest = glance.change_id()
                yield pipeline
            if settings.says_calendar:
                self.keep_calendar()
        except KeyboardInterrupt:
            self.out.say(self._explain_interrupt(newest))
            raise

    def _explain_interrupt(self, newest: int | None) -> str:
        """What became of a change that Ctrl+C met; `newest` was the newest one before, if known.

        Asked of the file: the interrupt may come while the disk is still busy with the commit.
        """
        from store.read.glance import open_glance

        if newest is None:
            return INTERRUPTED
        try:
            glance = open_glance(self._place, self.clock)
            if glance is not None:
                with closing(glance):
                    if glance.change_id() == newest:
                        return INTERRUPTED
        except StoreError:
            return "Interrupted. “rounds list” shows whether it was done."
        return (
            "Interrupted, but the change was stored by then. “rounds list” shows it; "
            "“rounds undo” reverts the newest change."
        )

    def keep_calendar(self) -> None:
        """Bring the calendar that the user chose in line with the board; what fails is a note."""
        from store.export.calendar_upkeep import keep_calendar

        try:
            keep_calendar(self.place, self.clock)
        except StoreError as error:
            self.out.say(f"Note: {error}")

    def settings(self) -> "Settings":
        """What the user chose. What is wrong there is told, once, and counts as not set; Refused
        for a file that is no text at all."""
        from store.settings import read_settings

        settings = read_settings()
        self.tell_mistakes(settings.mistakes)
        return settings

    def tell_mistakes(self, mistakes: "Iterable[object]") -> None:
        """Say what is wrong in the config file, each mistake once."""
        for mistake in map(str, mistakes):
            if mistake not in self._told:
                self._told.add(mistake)
                self.out.say(f"Note: {mistake}")

    def _migrate(self) -> None:
        from store.boards import open_database

        open_database(self.place, self.clock, create=False).close()
        self.out.say("This board was made by an older version. It was backed up and updated.")


def tell(
    call: Call,
    written: "Written",
    more: str = "",
    *,
    days: "Mapping[str, date | None] | None" = None,
) -> int:
    """Say what was done to whom, what comes next there, and what deserves a look.

    `days` are the days that were stored, with the words to stand before each. Known are said back
    as they were read, but for today and for those that the summary tells already.
    """
    card, today = written.card, call.today
    stored = [
        f"{word} {echo_day(day, today)}".strip()
        for word, day in (days or {}).items()
        if day is not None and day != today and short_day(day, today) not in written.summary
    ]
    said = written.sentence
    if stored:
        said += f" {capital('; '.join(stored))}."
    if card is not None and (due := card.follow_up) is not None:
        more = more or f"Next: {due.line(call.now)}."
    call.out.say(f"{said} {more}".rstrip())
    for warning in written.warnings:
        call.out.say(f"Note: {warning}")
    if call.wants_json:
        print_change(call, written)
    return 0


def tell_nothing(call: Call, said: str, *applications: int) -> int:
    """Say why nothing had to be changed, and which applications that was about."""
    call.out.say(said)
    if call.wants_json:
        from tui.cli.json_shapes import nothing_shape

        call.out.json("change", nothing_shape(said, applications))
    return 0


def print_change(call: Call, written: "Written") -> None:
    """Print as JSON what a change made, with the ids, and what it was about."""
    from store.read.changes import read_touched
    from store.read.glance import read_stamps
    from tui.cli.json_shapes import change_shape

    card = written.card
    with call.glance() as glance:
        assert glance is not None  # something was just written there
        touched = read_touched(glance, written.change_id)
        stamps = read_stamps(glance, card.id).get(card.id) if card is not None else None
    call.out.json("change", change_shape(written, touched, call.now, stamps))


def read_dossier(pipeline: "Pipeline", application_id: int) -> "Dossier":
    """Everything about one application, on the board that is open for writing."""
    with closing(pipeline.database.glance()) as glance:
        return glance.dossier(application_id)


class NumberedPart(Protocol):
    """A part of an application, with a number of its own."""

    @property
    def id(self) -> int:
        """The number."""


Part = TypeVar("Part", bound=NumberedPart)


def find_own(call: Call, parts: "Iterable[Part]", what: str, number: int) -> Part:
    """The one of `parts` with this number; NotFound when the application that was named has none.

    `what` says what they are: "interview".
    """
    for part in parts:
        if part.id == number:
            return part
    raise NotFound(f"There is no {what} {number} of application {call.words.id}.")


def say_all_closed(glance: "Glance") -> str:
    """That all applications are closed, if they are."""
    from store.read.glance import read_all_closed
    from store.rules.stages import all_closed_line

    found = read_all_closed(glance)
    return all_closed_line(found) if found is not None else ""
