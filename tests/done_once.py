"""Work that every test would do anew, and that comes out the same: done once in each process, or
left undone."""

from typing import Any

import pytest


def read_styles_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all programs of this process share what style sheets were read as: a fifth of the time
    that a program takes to start."""
    from textual.css.stylesheet import Stylesheet

    read = Stylesheet._parse_rules
    known: dict[object, Any] = {}

    def parse_rules(self: Stylesheet, *sheet: Any, **more: Any) -> Any:
        key = (sheet, *more.items(), *self._variables.items())
        if key not in known:
            known[key] = read(self, *sheet, **more)
        return known[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", parse_rules)


def compile_statements_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all boards of this process share their compiled statements: a program has one engine,
    the tests thousands, and half of a first change is spent on compiling."""
    import store.file.engine

    create = store.file.engine.create_engine
    first: list[Any] = []

    def create_engine(*args: Any, **options: Any) -> Any:
        engine = create(*args, **options)
        if first:
            engine.dialect = engine.pool._dialect = first[0].dialect
            engine._compiled_cache = first[0]._compiled_cache
        else:
            first.append(engine)
        return engine

    monkeypatch.setattr(store.file.engine, "create_engine", create_engine)


def wait_for_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let writers of this process not wait until the disk has what they wrote, as only a power cut
    would tell: a third of the time that the tests of the store and the command line take.

    Where the disk is what a test is about, `waits_for_the_disk` lets them wait.
    """
    import store.file.engine

    connect = store.file.engine.connect

    def connect_at_once(*args: Any, **options: Any) -> Any:
        connection = connect(*args, **options)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    monkeypatch.setattr(store.file.engine, "connect", connect_at_once)
