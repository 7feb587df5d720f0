"""Tables of cases that are looked at in one test.

A row that takes microseconds costs pytest some milliseconds as a test of its own: it is collected
by each process, set up, and reported. `each_row` looks at all of them in one test, and tells of
every row that fails. Where a row opens a board or a screen, or needs fixtures of its own, it stays
`pytest.mark.parametrize`.
"""

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

import pytest

PARAM = type(pytest.param())
SHOWN = 60
"""Characters of a value that stand for a row without a name."""


def each_row(
    names: str | Sequence[str],
    table: Iterable[Any],
    *,
    ids: Callable[[Any], object] | Iterable[object] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Call the test with each row of `table`, as `pytest.mark.parametrize` does, but in one test.

    It fails when any row does, with what all of those say; each is told with its name. What it
    looks at is in its attribute `table`.
    """
    arguments = [*map(str.strip, names.split(","))] if isinstance(names, str) else [*names]
    arguments = [name for name in arguments if name]
    one = isinstance(names, str) and len(arguments) == 1
    table = [*table]
    listed = [row if isinstance(row, PARAM) else None for row in table]
    values = [
        tuple(param.values) if param is not None else (row,) if one else tuple(row)
        for row, param in zip(table, listed, strict=True)
    ]
    given = None if ids is None or callable(ids) else [*ids]
    assert values, f"no rows for {', '.join(arguments)}"
    assert all(len(row) == len(arguments) for row in values), arguments
    assert not any(param is not None and param.marks for param in listed), "rows have no marks"

    def name(number: int) -> str:
        param, row = listed[number], values[number]
        if param is not None and param.id is not None:
            return str(param.id)
        if given is not None and given[number] is not None:
            return str(given[number])
        if callable(ids):
            return "-".join(str(ids(each)) for each in row)
        return "-".join(ascii(each)[:SHOWN] for each in row)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(test)
        assert set(arguments) <= set(signature.parameters), f"{test.__name__} takes other names"

        @wraps(test)
        def look_at_all(**fixtures: Any) -> None:
            failed: list[BaseException] = []
            for number, row in enumerate(values):
                try:
                    test(**fixtures, **dict(zip(arguments, row, strict=True)))
                except (Exception, pytest.fail.Exception) as error:
                    error.add_note(f"in the row {name(number)}")
                    failed.append(error)
            if len(failed) == 1:
                raise failed[0]
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(values)} rows fail", failed)

        rest = [p for p in signature.parameters.values() if p.name not in arguments]
        look_at_all.__signature__ = signature.replace(parameters=rest)  # type: ignore[attr-defined]
        look_at_all.table = values  # type: ignore[attr-defined]
        return look_at_all

    return decorate
