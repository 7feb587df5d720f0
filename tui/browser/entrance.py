"""Who may come in: what a request must bring before the server shows it anything.

A port of this machine is open to every program and every user on it, and to each page that the
browser shows: one of another site may try to connect, too, under a name of its own. So a request
must name this server as the one it asks (`Host`), must not come from another page (`Origin`), and
must bring the key, which only the link has that was printed.
"""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from secrets import compare_digest, token_urlsafe
from typing import NamedTuple

LOCAL = "127.0.0.1"
_KEY_BYTES = 24
"""192 bits: nobody guesses it, however often they try."""


def is_local(address: str) -> bool:
    """Whether only programs of this machine can reach `address`."""
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


class Entrance(NamedTuple):
    """The address and port that are served, and the key that opens."""

    address: str
    port: int
    key: str

    @classmethod
    def at(cls, address: str, port: int) -> "Entrance":
        """An entrance with a new key."""
        return cls(address, port, token_urlsafe(_KEY_BYTES))

    @property
    def place(self) -> str:
        """Address and port, as they stand in a link."""
        return f"[{self.address}]:{self.port}" if ":" in self.address else self._plain

    @property
    def _plain(self) -> str:
        return f"{self.address}:{self.port}"

    @property
    def link(self) -> str:
        """The link that opens the board without a question."""
        return f"http://{self.place}/?key={self.key}"

    def lines(self) -> Iterator[str]:
        """Where the board is to be seen, and who can see it."""
        if is_local(self.address):
            yield f"The board is at {self.link}"
            yield "Only this machine can reach it. Ctrl+C ends it."
            return
        yield f"The board is at port {self.port} of this machine, for everybody who has the key:"
        yield self.key
        yield "What is sent there is not encrypted. Ctrl+C ends it."

    @property
    def cookie(self) -> str:
        """The name under which the browser keeps the key: cookies know no ports."""
        return f"rounds-{self.port}"

    def opens(self, key: str) -> bool:
        """Whether this is the key; takes as long whatever is wrong with it."""
        return compare_digest(key.encode(), self.key.encode())

    def refuses(self, headers: Mapping[str, str]) -> str:
        """Why a request with these headers is for somebody else, or from another page; "" if not.

        Under an address that others can reach any name may lead here: there the key decides alone.
        """
        host, origin = headers.get("Host", ""), headers.get("Origin")
        if is_local(self.address) and host not in (self.place, f"localhost:{self.port}"):
            return "This server answers under its own address only."
        if origin is not None and origin != f"http://{host}":
            return "This server answers its own page only."
        return ""
