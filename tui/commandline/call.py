"""One call of a command: what was asked for, and the way to the board."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store.clock import Clock
from store.errors import NotFound
from store.location import VARIABLE, board_path
from tui.commandline.output import Output

if TYPE_CHECKING:
    from store.database import Database
    from store.glance import Glance
    from store.pipeline import Pipeline


class Call:
    """The words of one command, read, with the clock, the streams and the board's place."""

    def __init__(
        self, words: Namespace, clock: Clock, out: Output, environ: Mapping[str, str]
    ) -> None:
        self.words = words
        self.clock = clock
        self.out = out
        self.path: Path = board_path(words.db, environ)
        """Where the board is, or would be."""
        self.named = words.db is not None or bool(environ.get(VARIABLE, "").strip())
        """Whether the user said where; if so, a board that is not there is a mistake."""

    @property
    def now(self) -> datetime:
        """The present moment in the user's zone."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """The user's day."""
        return self.clock.now().date()

    @property
    def missing(self) -> bool:
        """Whether nothing is at the board's place; False when that cannot be told."""
        try:
            self.path.stat()
        except FileNotFoundError:
            return True
        except OSError:
            return False
        return False

    @contextmanager
    def glance(self) -> "Iterator[Glance | None]":
        """The board for reading; None when there is none yet at the usual place.

        An older board is brought up to date first, which is said. Raises StoreError when a board
        that the user named is not there.
        """
        from store.failures import NeedsMigration
        from store.glance import open_glance

        try:
            glance = open_glance(self.path, self.clock)
        except NeedsMigration:
            self._migrate()
            glance = open_glance(self.path, self.clock)
        if glance is None:
            if self.named:
                from store.opening import no_board

                raise no_board(self.path)
            yield None
            return
        with closing(glance):
            yield glance

    @contextmanager
    def database(self, *, create: bool = False) -> "Iterator[Database]":
        """The board for writing; made where there is none only if `create`.

        Otherwise NotFound for an application or follow-up on the usual board that was never begun,
        and StoreError for what is not there at a place that the user named.
        """
        if not create and not self.named and self.missing and "id" in self.words:
            raise NotFound("There is no board yet. Begin with “rounds add COMPANY ROLE”.")
        from store.database import open_database

        with closing(open_database(self.path, self.clock, create=create)) as database:
            yield database

    @contextmanager
    def pipeline(self, *, create: bool = False) -> "Iterator[Pipeline]":
        """The use cases on the board; see `database`."""
        with self.database(create=create) as database:
            from store.pipeline import Pipeline

            yield Pipeline(database)

    def _migrate(self) -> None:
        from store.database import open_database

        open_database(self.path, self.clock, create=False).close()
        self.out.say("This board was made by an older rounds. It was backed up and updated.")
