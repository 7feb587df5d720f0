"""An assistant as its own program is: the package's client, connected to the server in memory.

The package is loaded by the first that meets an assistant: each process that runs tests reads this.
"""

import io
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from store.settings import Settings
from tests.conftest import SAMPLE_MADE
from tui.cli.call import Call
from tui.cli.output import Output
from tui.cli.words import Words

if TYPE_CHECKING:
    from mcp import Client

Shape = dict[str, Any]


class Assistant:
    """What an assistant says to the server, and what it hears."""

    def __init__(self, client: "Client", path: Path) -> None:
        self.client = client
        self.path = path

    async def ask(self, tool: str, **arguments: Any) -> Shape:
        """The answer of a tool, which is the same as text and as structured content."""
        result = await self.client.call_tool(tool, arguments)
        (text,) = (each.text for each in result.content)
        assert not result.is_error, text
        assert json.loads(text) == result.structured_content
        return result.structured_content

    async def refused(self, tool: str, **arguments: Any) -> str:
        """The sentence with which a tool refuses, without the name of the tool."""
        result = await self.client.call_tool(tool, arguments)
        (text,) = (each.text for each in result.content)
        assert result.is_error, text
        return text.removeprefix(f"Error executing tool {tool}: ")

    async def read(self, uri: str) -> Shape:
        """What a resource holds."""
        result = await self.client.read_resource(uri)
        (content,) = result.contents
        assert content.mime_type == "application/json"
        return json.loads(content.text)

    def rows(self, sql: str) -> list[Any]:
        """What the file holds."""
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(sql).fetchall()

    def board(self) -> Shape:
        """All rows of all tables but those of the journal, and what every write moves on."""
        names = [name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type='table'")]
        kept = {}
        for name in sorted(names):
            if name in ("change", "row_image", "sqlite_sequence"):
                continue
            columns = [row[1] for row in self.rows(f"PRAGMA table_info({name})")]
            listed = ", ".join(c for c in columns if c not in ("version", "updated_at"))
            kept[name] = self.rows(f"SELECT {listed} FROM {name}")
        return kept


Meet = Callable[..., AbstractAsyncContextManager[Assistant]]


@pytest.fixture(scope="session")
def planned_board(made_once: Callable[..., bytes], sample_board: bytes) -> bytes:
    """The bytes of the sample, planned by the rules as shipped: nothing is left to plan anew."""

    def make(path: Path) -> None:
        path.write_bytes(sample_board)
        path.chmod(0o600)
        with closing(open_database(path, FixedClock(SAMPLE_MADE))) as database:
            Pipeline(database).catch_up(Settings().fingerprint)

    return made_once("planned.db", make)


@pytest.fixture
def meet(tmp_path: Path, planned_board: bytes, monkeypatch: pytest.MonkeyPatch) -> Meet:
    """Connects an assistant: `async with meet() as it`, on the sample board unless told."""
    from mcp import Client
    from mcp.types import Implementation

    from tui.assistants.server import make_server

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))

    @asynccontextmanager
    async def meeting(
        board: bytes | None = planned_board, *, name: str = "tester", **how: Any
    ) -> AsyncIterator[Assistant]:
        path = tmp_path / "board.db"
        environ = {} if board is None else {"ROUNDS_DB": str(path)}
        if board is not None:
            path.write_bytes(board)
            path.chmod(0o600)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        out = Output(io.StringIO(), io.StringIO(), {})
        call = Call(Words(db=None), FixedClock(SAMPLE_MADE), out, environ)
        about = Implementation(name=name, version="1")
        async with Client(make_server(call, **how), client_info=about) as client:
            yield Assistant(client, call.path)

    return meeting
