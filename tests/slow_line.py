"""A long line to a server: everything takes a while on it, and nothing passes while it is held."""

import asyncio
import threading
from contextlib import suppress
from pathlib import Path
from typing import Self

_CHUNK = 65_536


class SlowLine:
    """Takes connections on a port of this machine and hands on what it hears, both ways, late.

    Args:
        socket: where the server listens.
        delay: seconds that a question and its answer take together, beside what the server needs.
    """

    def __init__(self, socket: Path, delay: float) -> None:
        self._socket = socket
        self._delay = delay / 2
        self._loop = asyncio.new_event_loop()
        self._open = asyncio.Event()
        self._open.set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._in_loop(self._begin())
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        self._in_loop(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def hold(self) -> None:
        """Let nothing pass until `release`."""
        self._loop.call_soon_threadsafe(self._open.clear)

    def release(self) -> None:
        """Let pass what has waited."""
        self._loop.call_soon_threadsafe(self._open.set)

    def _in_loop(self, what: object) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(10)  # type: ignore[arg-type]

    async def _begin(self) -> None:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        self._server.close()
        ours = asyncio.current_task()
        for task in asyncio.all_tasks():
            if task is not ours:
                task.cancel()

    async def _join(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, there = await asyncio.open_unix_connection(self._socket)
        with suppress(asyncio.CancelledError, OSError):
            await asyncio.gather(self._carry(near, there), self._carry(far, back))

    async def _carry(self, start: asyncio.StreamReader, end: asyncio.StreamWriter) -> None:
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        handing = asyncio.create_task(self._hand_on(under_way, end))
        with suppress(OSError):
            while data := await start.read(_CHUNK):
                under_way.put_nowait((self._loop.time() + self._delay, data))
        under_way.put_nowait((self._loop.time() + self._delay, b""))
        await handing

    async def _hand_on(
        self, under_way: "asyncio.Queue[tuple[float, bytes]]", end: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError):
            while True:
                due, data = await under_way.get()
                await asyncio.sleep(max(0.0, due - self._loop.time()))
                await self._open.wait()
                if not data:
                    break
                end.write(data)
                await end.drain()
        end.close()
