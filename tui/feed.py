"""Brings the dossier of the card under the cursor, and has those beside it ready."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence

from store.card import Dossier
from store.errors import NotFound
from tui.desk import Desk

_KEPT = 64
"""Dossiers kept ready; about 20 KB each."""


class Feed:
    """Reads dossiers one at a time: the newest wish first, so that a held key waits for nothing.

    Args:
        desk: where they are read.
        arrived: told of every dossier that was read.
        failed: told when one cannot be read, unless it is gone.
    """

    def __init__(
        self,
        desk: Desk,
        arrived: Callable[[Dossier], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._desk = desk
        self._arrived = arrived
        self._failed = failed
        self._known: OrderedDict[int, Dossier] = OrderedDict()
        self._wishes: list[int] = []
        self._stamp = 0
        self._reading = False

    def known(self, application_id: int) -> Dossier | None:
        """The dossier, if it has been read and nothing was written since."""
        return self._known.get(application_id)

    def want(self, application_ids: Sequence[int]) -> None:
        """Read these next, the first one first, unless they are known; forget older wishes."""
        self._wishes = [wish for wish in application_ids if wish not in self._known]
        self._read_next()

    def put(self, dossier: Dossier) -> None:
        """Take a dossier as foreseen, until the stored one is read."""
        self._keep(dossier)

    def forget(self) -> None:
        """Something was written: everything known is out of date."""
        self._known.clear()
        self._stamp += 1

    def _read_next(self) -> None:
        if self._reading or not self._wishes:
            return
        wish, stamp = self._wishes.pop(0), self._stamp
        self._reading = True
        future = self._desk.read(lambda glance: glance.dossier(wish))
        future.add_done_callback(lambda done: self._read(done, stamp))

    def _read(self, future: "asyncio.Future[Dossier]", stamp: int) -> None:
        self._reading = False
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            if stamp == self._stamp:
                self._keep(future.result())
                self._arrived(future.result())
            else:
                self._wishes.insert(0, future.result().card.id)
        elif not isinstance(error, NotFound):
            self._failed(error)
        self._read_next()

    def _keep(self, dossier: Dossier) -> None:
        self._known[dossier.card.id] = dossier
        self._known.move_to_end(dossier.card.id)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
