"""The board as something to write to, whichever engine keeps it: what the use cases may ask of it.

`store.boards` opens one; `store.file.database` and `store.server.database` know how.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import Session

from store.clock import Clock
from store.errors import StoreError
from store.place import Place

if TYPE_CHECKING:
    from store.read.glance import Glance


class Database(ABC):
    """An open board. Close it when done.

    Attributes:
        place: where the board is.
        changed: whether a change was stored since it was opened.
        made_by: who makes the changes, such as “assistant deskmate”; empty for the user.

    Raises:
        StoreError: from every method, when the board cannot be used.
    """

    def __init__(self, place: Place, clock: Clock) -> None:
        self.place = place
        self.clock = clock
        self.changed = False
        self.made_by = ""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Session]:
        """One transaction: no other program can write to the board until it ends.

        Commits when the block ends, and is safe then; any exception in the block rolls all of it
        back. What the block read stays readable after it (`expire_on_commit` is off). Not to be
        nested. Refusals pass through; every error of the database is a StoreError, without the
        values that were being stored.
        """

    @abstractmethod
    def glance(self, session: Session | None = None) -> "Glance":
        """What the board shows: in `session` with its unsaved rows, else as it is stored.

        A glance into a session ends with it and is not to be closed; a fresh one is.
        """

    @abstractmethod
    def numbers(self, session: Session, table: str, many: int) -> range:
        """The ids of the next `many` rows of `table`, which no row has ever had."""

    @abstractmethod
    def count_on(self, session: Session, numbers: Mapping[str, int]) -> None:
        """See to it that no table gives a number up to the one that is named for it."""

    @abstractmethod
    def defer_references(self, session: Session) -> None:
        """Until the transaction ends, rows may point to others that are not there yet."""

    @abstractmethod
    def without_waiting(self) -> None:
        """From here on, no change waits until it is on the disk: for a board that is being made,
        and that nobody misses when the power fails meanwhile."""

    @abstractmethod
    def backup(self, to: Path | None = None) -> Path:
        """A checked copy (0600): at `to`, which must not exist, else among the safety copies."""

    @abstractmethod
    def save_before(self) -> str:
        """Make a safety copy before much changes at once that can be undone.

        Gives the sentence to tell when none could be made, which keeps nobody from the change.
        """

    @abstractmethod
    def translate(self, error: Exception) -> StoreError:
        """`error`, met while working on this board, as a sentence."""

    @abstractmethod
    def give_up(self) -> None:
        """From here on, no transaction waits for another program; to be called from any thread."""

    @abstractmethod
    def close(self) -> None:
        """Lets go of the board."""

    def is_untouched(self) -> bool:
        """Whether nothing was ever done on the board."""
        with closing(self.glance()) as glance:
            return not glance.change_id()
