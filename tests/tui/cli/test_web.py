"""`rounds web` from the shell: where it may serve, and what it says."""

import socket
from typing import Any

import pytest


def test_an_address_that_others_can_reach_has_to_be_meant(shell: Any) -> None:
    result = shell("web", "--address", "0.0.0.0")
    assert (result.code, result.out) == (2, "")
    assert "Other machines can reach “0.0.0.0”" in result.err
    assert "say it twice: add --let-others-in" in result.err


def test_without_the_extra_it_says_what_to_install(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.cli.serving.find_spec", lambda _: None)
    result = shell("web")
    assert result.code == 1
    assert result.err == (
        "rounds: “rounds web” needs the extra “web”, which is not installed. In the folder of "
        "rounds, type: pipx install --force '.[web]'\n"
    )


def test_a_port_that_is_taken_is_told(shell: Any) -> None:
    shell.add()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = shell("web", "--port", str(port))
    assert result.code == 1
    assert f"Nothing can be served at “127.0.0.1”, port {port}: address already in use." in (
        result.err
    )


def test_a_board_that_cannot_be_opened_is_told_before_it_serves(shell: Any) -> None:
    shell.path.write_text("no board", encoding="utf-8")
    result = shell("web", "--port", "0")
    assert result.code == 1
    assert "is not a rounds board" in result.err


def test_it_tells_where_and_for_whom(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    served = []

    def serve(server: Any) -> None:
        served.append(server)
        for sentence in server._entrance.lines():
            server._say(sentence)

    monkeypatch.setattr("tui.browser.server.BoardServer.serve", serve)
    shell.add()
    said = shell.ok("web", "--port", "0").err
    (server,) = served
    assert f"The board is at http://127.0.0.1:{server.port}/?key=" in said
    assert str(shell.path) in server.command
    shell.ok("web", "--port", "0", "--address", "0.0.0.0", "--let-others-in")
