"""The line to a server: a connection that is there within seconds, or not at all, and that notices
when nobody answers on it any more.

A server that is stopped without a word, or a network that is gone, answers nothing: no error comes,
and whoever waits would wait for ever. So when an answer takes long, the server is asked on a line
beside: one that answers there is only busy, and is waited for.
"""

import socket
from collections.abc import Generator, Mapping
from threading import Event, Thread
from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict

CONNECT_SECONDS = 4.0
"""How long connecting takes at most, whatever there is to try (product): the sentence is there
within 5 s. Finding the host of a name counts."""
_LEAST_SECONDS = 2
"""How long one of several addresses is tried; libpq knows no less."""
SILENT_SECONDS = 1.0
"""After which the server is asked on a line beside whether it is there (product)."""
_ASK_AGAIN_SECONDS = 5.0
"""After which it is asked again, while one question goes on (product)."""

_Found = TypeVar("_Found")


class SilentError(psycopg.OperationalError):
    """Nobody answers on the line, nor on a new one."""


class ServerLine(psycopg.Connection[tuple[Any, ...]]):
    """A connection on which nobody is waited for who is not there."""

    conninfo = ""
    """What the server can be asked by on another line; "" while it cannot."""

    def wait(self, gen: Generator[Any, Any, _Found], *args: Any, **kwargs: Any) -> _Found:
        """As psycopg waits. Raises SilentError once nobody answers any more; the line is closed
        then, and what was asked may have been done or not."""
        return super().wait(self._listen(gen), *args, **kwargs)

    def _listen(self, gen: Generator[Any, Any, _Found]) -> Generator[Any, Any, _Found]:
        ask_at = monotonic() + SILENT_SECONDS
        ready = None
        while True:
            try:
                wanted = gen.send(ready)
            except StopIteration as end:
                found: _Found = end.value
                return found
            ready = yield wanted
            if ready:
                ask_at = monotonic() + SILENT_SECONDS
            elif self.conninfo and monotonic() >= ask_at:
                if not _is_there(self.conninfo):
                    self.close()
                    raise SilentError("the server does not answer")
                ask_at = monotonic() + _ASK_AGAIN_SECONDS


def draw_line(conninfo: str, kept: Mapping[str, Any], *, patient: bool) -> ServerLine:
    """A connection by `conninfo`, and by what of `kept` it does not say.

    Within `CONNECT_SECONDS`, unless `patient`: then as long as libpq was told. Raises
    psycopg.Error, and OSError or ValueError for an address that libpq cannot read.
    """
    made: list[ServerLine] = []
    failed: list[BaseException] = []
    too_late = Event()

    def connect() -> None:
        try:
            known = dict(kept)
            if not patient:
                known["connect_timeout"] = _seconds_each(conninfo)
            made.append(ServerLine.connect(conninfo, autocommit=True, **known))
            if too_late.is_set():
                made[0].close()
        except BaseException as error:  # it belongs to who waits
            failed.append(error)

    trying = Thread(target=connect, name="rounds-connect", daemon=True)
    trying.start()
    trying.join(None if patient else CONNECT_SECONDS + 0.5)
    if failed:
        raise failed[0]
    if not made:
        too_late.set()
        raise psycopg.OperationalError("no answer in time")
    made[0].conninfo = conninfo
    return made[0]


def _seconds_each(conninfo: str) -> int:
    """Seconds for each of the addresses that there are to try."""
    hosts = str(conninfo_to_dict(conninfo).get("host") or "").split(",")
    many = sum(map(_addresses, hosts))
    return max(int(CONNECT_SECONDS) // max(many, 1), _LEAST_SECONDS)


def _addresses(host: str) -> int:
    if not host or host.startswith(("/", "@")):
        return 1
    try:
        return len({at[4][0] for at in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError):
        return 1


def _is_there(conninfo: str) -> bool:
    """Whether the server says anything to a new line: that it has no place for it, say."""
    try:
        ServerLine.connect(conninfo, connect_timeout=_LEAST_SECONDS).close()
    except psycopg.Error as error:
        return error.sqlstate is not None or "FATAL" in str(error)
    return True
