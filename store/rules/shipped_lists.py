"""The lists that come with the program, one TOML file each: read, and checked when first asked for.

They are read lazily, so that a quick command loads no reader of TOML.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from store.rules.text import printable


def read_shipped(name: str) -> str:
    """The text of the file `name` beside the rules."""
    return Path(__file__).parent.joinpath(name).read_text(encoding="utf-8")


def entries(
    toml: str,
    file: str,
    table: str,
    required: Mapping[str, type],
    optional: Mapping[str, type] | None = None,
) -> list[dict[str, Any]]:
    """The `[[table]]`s of a list, in order; each text in them is one trimmed line.

    Raises ValueError that names the file, the entry (by its first required key, else its number)
    or the line, and what is wrong with it.
    """
    import tomllib

    found: Any = tomllib.loads(toml).get(table)
    require(isinstance(found, list), f"{file}: it has no [[{table}]]")
    first, *_ = required
    seen: set[Any] = set()
    for place, entry in enumerate(found, 1):
        name = entry.get(first) if isinstance(entry, dict) else None
        known = name if isinstance(name, str) and name else f"number {place}"
        with name_entry(f"{file}, {table} {known}"):
            check_entry(entry, required, optional or {})
            require(name not in seen, f"there is another {table} with this {first}")
        seen.add(name)
    tables: list[dict[str, Any]] = found
    return tables


@contextmanager
def name_entry(entry: str) -> Iterator[None]:
    """A ValueError of the block names the entry that is wrong."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{entry}: {error}") from None


def check_entry(entry: Any, required: Mapping[str, type], optional: Mapping[str, type]) -> None:
    """ValueError unless `entry` is a table with these keys, and each text in it one line."""
    check_keys(entry, required, optional)
    for key, value in entry.items():
        if isinstance(value, str):
            check_line(key, value)


def check_keys(entry: Any, required: Mapping[str, type], optional: Mapping[str, type]) -> None:
    """ValueError unless `entry` is a table with these keys, each of its type."""
    require(isinstance(entry, dict), "it is not a table")
    known = {**required, **optional}
    for key in required:
        require(key in entry, f"it has no {key}")
    for key, value in entry.items():
        one_of("key", key, tuple(known))
        kind = known[key]
        fits = type(value) in (int, float) if kind is float else isinstance(value, kind)
        require(fits, f"its {key} is not a {kind.__name__}")


def check_line(key: str, text: str) -> None:
    """ValueError unless `text` is one trimmed line with something in it that can be seen."""
    require(bool(text.strip()) and text == text.strip(), f"its {key} is empty or not trimmed")
    require("\n" not in text and printable(text) == text, f"its {key} has a control character")


def one_of(what: str, value: object, known: Sequence[str]) -> None:
    """ValueError, with those that there are, unless `value` is one of them."""
    require(value in known, f"there is no {what} “{value}”; known are {', '.join(known)}")


def require(condition: bool, sentence: str) -> None:
    """ValueError with this sentence unless the condition holds."""
    if not condition:
        raise ValueError(sentence)
