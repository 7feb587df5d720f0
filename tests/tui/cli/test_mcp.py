"""`rounds mcp` as a client starts it: in a process of its own, over standard input and output."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[3]


async def test_a_client_starts_it_and_lists_what_is_due(shell: Any, sample_board: bytes) -> None:
    from mcp import Client, StdioServerParameters, stdio_client

    shell.open(sample_board)
    words = ["-m", "tui", "--db", str(shell.path), "mcp"]
    program = StdioServerParameters(
        command=sys.executable,
        args=words,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )
    async with Client(stdio_client(program)) as client:
        assert "data" in (client.instructions or "")
        result = await client.call_tool("list_due", {"days": 60})
        assert result.structured_content["due"]
        result = await client.call_tool("add_note", {"application": 1, "text": "Hello."})
        assert not result.is_error
    assert "Hello." in shell.ok("note", "1").out
    assert "noted (assistant" in shell.ok("show", "1").out
    shell.ok("undo")
    assert "Hello." not in shell.ok("note", "1").out


def test_without_the_extra_it_says_what_to_install(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.cli.serving.find_spec", lambda _: None)
    result = shell("mcp")
    assert (result.code, result.err) == (
        1,
        "rounds: “rounds mcp” needs the extra “mcp”, which is not installed. In the folder of "
        "rounds, type: pipx install --force '.[mcp]'\n",
    )


def test_a_mistake_in_the_config_file_is_told_before_it_begins(shell: Any, config: Path) -> None:
    config.parent.mkdir(parents=True)
    config.write_text("[follow_ups]\npreset = 'never'\n", encoding="utf-8")
    result = shell("mcp")
    assert result.code == 1
    assert "never" in result.err
