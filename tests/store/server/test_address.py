"""Addresses of boards on a server: what libpq gets, what is shown, and that no password is."""

import os
from pathlib import Path

import pytest

from store.errors import name
from store.place import board_place, path_beside
from store.rules.text import Refused
from store.server.address import Address, address_of
from tests.tables import each_row

SECRET = "hunter2"


@each_row(
    ("said", "conninfo", "board", "shown"),
    [
        ("postgresql://h/d", "postgresql://h/d", "board", "postgresql://h/d"),
        ("postgres://h/d", "postgresql://h/d", "board", "postgresql://h/d"),
        ("POSTGRES://h/d", "postgresql://h/d", "board", "postgresql://h/d"),
        ("postgresql://h/d?board=ana", "postgresql://h/d", "ana", "postgresql://h/d?board=ana"),
        (f"postgres://u:{SECRET}@h:5433/d", f"postgresql://u:{SECRET}@h:5433/d", "board",
         "postgresql://u@h:5433/d"),
        (f"postgresql://u:p%40{SECRET}@h/d?board=b&sslmode=require",
         f"postgresql://u:p%40{SECRET}@h/d?sslmode=require", "b", "postgresql://u@h/d?board=b"),
        (f"postgresql://h/d?user=u&password={SECRET}", f"postgresql://h/d?user=u&password={SECRET}",
         "board", "postgresql://h/d?user=u"),
        ("postgresql://a:1,b:2/d", "postgresql://a:1,b:2/d", "board", "postgresql://a:1,b:2/d"),
        ("postgresql://[::1]:5432/d", "postgresql://[::1]:5432/d", "board",
         "postgresql://[::1]:5432/d"),
        ("postgresql://?service=jobs&board=ana", "postgresql://?service=jobs", "ana",
         "postgresql://?service=jobs&board=ana"),
        ("postgresql://", "postgresql://", "board", "postgresql://"),
        ("postgresql:///d?host=%2Frun%2Fpg", "postgresql:///d?host=%2Frun%2Fpg", "board",
         "postgresql:///d?host=%2Frun%2Fpg"),
    ],
)  # fmt: skip
def test_what_libpq_gets_and_what_is_shown(
    said: str, conninfo: str, board: str, shown: str
) -> None:
    found = address_of(said, "--db")
    assert (found.conninfo, found.board, str(found)) == (conninfo, board, shown)
    assert SECRET not in f"{found} {found!r} {os.fspath(found)} {name(found)}"
    assert address_of(str(found), "--db").board == board


@each_row(
    "said",
    [
        f"postgresql://u:p@{SECRET}/x@h/d",
        f"postgresql://u:a/{SECRET}@h/d",
        f"postgresql://u:{SECRET}?@h/d",
        f"postgresql://u:{SECRET}#x@h/d",
        f"postgresql://u:{SECRET} x@h/d",
        f"postgresql://h:{SECRET}/d",
        f"postgresql://u:{SECRET}@h/d?board=a/b",
        f"postgresql://u:{SECRET}@h/d?board=",
        f"postgresql://u:{SECRET}@h/d?board={'a' * 64}",
        f"postgresql://u:{SECRET}\0@h/d",
    ],
)
def test_what_cannot_be_an_address_is_refused_without_being_repeated(said: str) -> None:
    with pytest.raises(Refused) as refused:
        address_of(said, "--db")
    assert SECRET not in str(refused.value)


def test_the_option_counts_before_the_environment() -> None:
    environ = {"ROUNDS_DB": "postgres://h/d?board=ana"}
    found = board_place(None, environ)
    assert isinstance(found, Address)
    assert found.board == "ana"
    assert board_place("/tmp/x.db", environ) == "/tmp/x.db"
    other = board_place("postgresql://h/other", environ)
    assert str(other) == "postgresql://h/other"


def test_what_lies_on_this_machine_is_named_after_board_and_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    places = [
        path_beside(address_of(said, ""))
        for said in ("postgres://h/d?board=ana", "postgres://h/d?board=bo", "postgres://i/d")
    ]
    assert len(set(places)) == len(places)
    assert {place.parent for place in places} == {tmp_path / "rounds" / "servers"}
    with_password = path_beside(address_of("postgres://u:old@h/d", ""))
    assert with_password == path_beside(address_of("postgres://u:new@h/d", ""))


def test_another_board_of_the_same_database() -> None:
    found = address_of("postgres://u:p@h/d?sslmode=require&board=ana", "").of("bo")
    assert (found.board, found.conninfo) == ("bo", "postgresql://u:p@h/d?sslmode=require")
