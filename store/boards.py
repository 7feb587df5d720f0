"""Opens a board for writing, wherever it is."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.clock import Clock
from store.errors import PathName, StoreError
from store.place import Place
from store.server.address import Address

if TYPE_CHECKING:
    from store.database import Database


def open_database(
    place: Place, clock: Clock, *, create: bool = True, sound: Callable[[], bool] | None = None
) -> "Database":
    """The board at `place`, in the newest form; made where there is none, if `create`.

    Raises StoreError, having changed nothing. `sound` is of use for files: see
    `store.file.database.open_database`.
    """
    if isinstance(place, Address):
        from store.server.database import open_database as open_server

        return open_server(place, clock, create=create)
    from store.file.database import open_database as open_file

    return open_file(place, clock, create=create, sound=sound)


def no_board(place: PathName) -> StoreError:
    """There is no board at `place`."""
    if isinstance(place, Address):
        from store.server.failures import NO_BOARD, server_error

        return server_error(NO_BOARD, place)
    from store.file.opening import no_board as no_file

    return no_file(place)


def identity(place: Place) -> object:
    """What tells a board from another one in its place; None where there is none.

    Of a board on a server its address: nothing else can come to stand there unnoticed.
    """
    if isinstance(place, Address):
        return place
    from store.file.opening import identity as of_file

    return of_file(place)


def check_beside(place: "Place | str") -> Callable[[], bool] | None:
    """Begin to check the file beside other work; None for a server, which looks after that."""
    if isinstance(place, Address):
        return None
    from store.file.opening import check_beside as check_file

    return check_file(place)
