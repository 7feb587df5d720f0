"""Brings the dossier of the card under the cursor, and has those beside it ready."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from store.errors import NotFound
from store.model.dossier import Dossier
from store.read.glance import Glance
from store.rules.stages import Stage
from tui.desk import Desk

_KEPT = 64
"""Dossiers kept ready; about 20 KB each."""

Chances = Mapping[Stage, str]
"""By stage, how the user's applications fared from there, in one line."""
_Found = tuple[Dossier | None, Chances | None]


class Feed:
    """Reads dossiers one at a time: the newest wish first, so that a held key waits for nothing.

    Args:
        desk: where they are read.
        arrived: told of every dossier that was read.
        failed: told when one cannot be read, unless it is gone.
        chances: told how all applications fare: with the first dossier, and after every change as
            soon as there is nothing else to do.
    """

    def __init__(
        self,
        desk: Desk,
        arrived: Callable[[Dossier], None],
        failed: Callable[[BaseException], None],
        chances: Callable[[Chances], None] | None = None,
    ) -> None:
        self._desk = desk
        self._arrived = arrived
        self._failed = failed
        self._chances = chances
        self._chances_wanted = chances is not None
        self._first = True
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
        self._chances_wanted = self._chances is not None

    def _read_next(self) -> None:
        if self._reading:
            return
        stamp = self._stamp
        if self._wishes:
            wish = self._wishes.pop(0)
            ask = _page_and_chances if self._first and self._chances_wanted else _page
            self._chances_wanted &= not self._first
            future = self._desk.read(lambda glance: ask(glance, wish))
        elif self._chances_wanted and not self._first and not self._desk.writes_waiting:
            future = self._desk.read(_only_chances)
            self._chances_wanted = False
        else:
            return
        self._reading, self._first = True, False
        future.add_done_callback(lambda done: self._read(done, stamp))

    def _read(self, future: "asyncio.Future[_Found]", stamp: int) -> None:
        self._reading = False
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            dossier, chances = future.result()
            if stamp == self._stamp:
                if chances is not None and self._chances is not None:
                    self._chances(chances)
                if dossier is not None:
                    self._keep(dossier)
                    self._arrived(dossier)
            elif dossier is not None:
                self._wishes.insert(0, dossier.card.id)
        elif not isinstance(error, NotFound):
            self._failed(error)
        self._read_next()

    def _keep(self, dossier: Dossier) -> None:
        self._known[dossier.card.id] = dossier
        self._known.move_to_end(dossier.card.id)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)


def _page(glance: Glance, application_id: int) -> _Found:
    return glance.dossier(application_id), None


def _page_and_chances(glance: Glance, application_id: int) -> _Found:
    from store.read.history import read_card_chances

    return glance.dossier(application_id), read_card_chances(glance)


def _only_chances(glance: Glance) -> _Found:
    from store.read.history import read_card_chances

    return None, read_card_chances(glance)
