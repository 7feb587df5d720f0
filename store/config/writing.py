"""The config file changed by one value: whole or not at all, and nothing else of it.

Comments, order, line ends and permissions stay, and a link stays one. What is written is read
again before it takes the place of what was there: unless it says the new value and everything else
as before, nothing is written. `tomlkit` is loaded here alone, when something is written.
"""

import errno
import os
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from store.config.file import LARGEST, ConfigFile, line_of, lines_of
from store.errors import StoreError, name, reason
from store.file.opening import make_folder
from store.file.outgoing import write_whole
from store.file.text import Unreadable, read_text, text_of
from store.rules.text import Refused, quoted

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_MARK = b"\xef\xbb\xbf"
_BY_HAND = "Nothing was written. Change it with “rounds config --edit”."


class WrittenValue(NamedTuple):
    """A value that was written, and the line where it stands now; None where it was removed."""

    path: Path
    line: int | None


class _FileRead(NamedTuple):
    """A file as it was found."""

    raw: bytes
    text: str

    def encode(self, text: str) -> bytes:
        """`text` with the line ends and the mark of UTF-8 that the file had."""
        windows = self.raw.count(b"\r\n") * 2 > self.raw.count(b"\n")
        if windows:
            text = text.replace("\n", "\r\n")
        return (_MARK if self.raw.startswith(_MARK) else b"") + text.encode()


Check = Callable[[ConfigFile], None]
"""Is shown the file as it would be, and raises Refused where that must not be."""


def _anything(_: ConfigFile) -> None:
    return


def set_value(
    path: Path,
    keys: Sequence[str],
    value: Any,
    *,
    also: Sequence[str] = (),
    check: Check = _anything,
) -> WrittenValue:
    """Write `value` as what `keys` name in the file at `path`, which is made where there is none.

    Args:
        also: further names in the same table that say the same, and are removed.
        check: is shown the file as it would be.

    Raises Refused where the file is no whole TOML, and StoreError where it cannot be written; then
    nothing has changed.
    """
    found = _read(path)
    text = found.text
    for other in also:
        text = _without(path, text, [*keys[:-1], other])
    expected = _put(tomllib.loads(text), keys, value)
    for attempt in (_replace, _insert, _append, _by_the_library, _put_over):
        changed = attempt(text, keys, value)
        if changed is not None and _says(changed, expected) and _keeps_remarks(text, changed, keys):
            check(ConfigFile(path, changed))
            _write(path, found, changed)
            return WrittenValue(path, line_of(changed, keys))
    raise Refused(
        f"{quoted('.'.join(keys))} cannot be written without changing something else in the config "
        f"file {name(path)}. {_BY_HAND}"
    )


def unset_value(path: Path, keys: Sequence[str]) -> WrittenValue | None:
    """Remove what `keys` name from the file at `path`; None where it does not stand there.

    Raises as `set_value`.
    """
    found = _read(path)
    changed = _without(path, found.text, keys)
    if changed == found.text:
        return None
    _write(path, found, changed)
    return WrittenValue(path, None)


def write_text(path: Path, text: str) -> None:
    """Write the whole text of the file at `path`; Refused for what cannot be read again as it is.

    Raises StoreError where it cannot be written; then nothing has changed.
    """
    if len(text.encode()) > LARGEST:
        raise Refused(f"The text has more than {LARGEST:,} bytes. Nothing was written. Shorten it.")
    _write(path, _read(path, whole=False), text)


def _read(path: Path, *, whole: bool = True) -> _FileRead:
    """The file as it is now; Refused where it is no text or, if wanted, no whole TOML."""
    try:
        raw = _bytes_of(path)
        text = text_of(raw, LARGEST)
    except Unreadable as why_not:
        if not whole:
            with suppress(OSError):
                if path.is_file():
                    return _FileRead(path.read_bytes(), "")
        told = why_not.sentence(f"The config file {name(path)}")
        raise Refused(f"{told} Nothing was written.") from None
    file = ConfigFile(path, text)
    if whole and file.mistakes:
        raise Refused(f"{file.mistakes[0]} {_BY_HAND}")
    return _FileRead(raw, text)


def _bytes_of(path: Path) -> bytes:
    """What the file holds, nothing where there is none; Unreadable for what is no file."""
    if (text := read_text(path, LARGEST)) is None:
        return b""
    raw = path.read_bytes()
    return raw if text_of(raw, LARGEST) == text else text.encode()


def _put(tables: dict[str, Any], keys: Sequence[str], value: Any) -> dict[str, Any]:
    """`tables` as they are to be."""
    changed = deepcopy(tables)
    table = changed
    for key in keys[:-1]:
        below = table.setdefault(key, {})
        if not isinstance(below, dict):
            raise Refused(f"{quoted(key)} is no section in the config file. {_BY_HAND}")
        table = below
    table[keys[-1]] = value
    return changed


def _says(text: str, expected: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == expected
    except ValueError:
        return False


def _keeps_remarks(before: str, after: str, keys: Sequence[str]) -> bool:
    """Whether every line that is a remark is there still, in its order; what stands within the
    value that is changed belongs to it."""
    left = iter(_remarks(after))
    return all(remark in left for remark in _remarks(_cut_out(before, keys)))


def _remarks(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if line.lstrip().startswith("#"))


def _document(text: str) -> "TOMLDocument":
    from tomlkit import parse

    return parse(text)


def _replace(text: str, keys: Sequence[str], value: Any) -> str | None:
    """The text with another value in the place of the one that stands there, if one does."""
    document: Any = _document(text)
    table = document
    for key in keys[:-1]:
        table = table.get(key)
        if not hasattr(table, "get"):
            return None
    if keys[-1] not in table:
        return None
    table[keys[-1]] = _item(value)
    return _dump(document)


def _insert(text: str, keys: Sequence[str], value: Any) -> str | None:
    """The text with a new line below the last one of its section, or below the heading."""
    lines = text.split("\n")
    heading = _heading_of(lines, keys[:-1])
    if heading is None:
        return None
    table: Any = tomllib.loads(text)
    for key in keys[:-1]:
        table = table[key]
    spans = [lines_of(text, [*keys[:-1], key]) for key in table]
    later = [at for at, line in enumerate(lines) if at > heading and line.lstrip().startswith("[")]
    end = min((at for at in later if _is_heading(lines, at)), default=len(lines))
    place = max((span.stop for span in spans if heading < span.start < end), default=heading + 1)
    return "\n".join([*lines[:place], as_line(keys[-1], value), *lines[place:]])


def _heading_of(lines: Sequence[str], keys: Sequence[str]) -> int | None:
    """The place of the line that begins the section, if it has one of its own."""
    from tomlkit import key as toml_key

    wanted = toml_key(list(keys)) if len(keys) > 1 else toml_key(keys[0])
    for at, line in enumerate(lines):
        bare = line.partition("#")[0].strip()
        if not (bare.startswith("[") and bare.endswith("]")) or bare.startswith("[["):
            continue
        try:
            said = tomllib.loads(bare)
        except ValueError:
            continue
        if said == tomllib.loads(f"[{wanted.as_string()}]") and _is_heading(lines, at):
            return at
    return None


def _is_heading(lines: Sequence[str], at: int) -> bool:
    """Whether the line is a heading rather than part of a value over many lines."""
    try:
        tomllib.loads("\n".join(lines[:at]))
    except ValueError:
        return False
    return True


def _append(text: str, keys: Sequence[str], value: Any) -> str | None:
    """The text with a section of its own at the end."""
    from tomlkit import key as toml_key

    wanted = toml_key(list(keys[:-1])) if len(keys) > 2 else toml_key(keys[0])
    before = text.rstrip("\n")
    gap = "\n\n" if before else ""
    return f"{before}{gap}[{wanted.as_string()}]\n{as_line(keys[-1], value)}\n"


def _by_the_library(text: str, keys: Sequence[str], value: Any) -> str | None:
    """The text as tomlkit changes it: for tables on one line, and names with dots."""
    document: Any = _document(text)
    table = document
    for key in keys[:-1]:
        if key not in table:
            table[key] = {}
        table = table[key]
    table[keys[-1]] = _item(value)
    return _dump(document)


def _put_over(text: str, keys: Sequence[str], value: Any) -> str | None:
    """The text with another line in the place of those that say it now."""
    lines, span = text.split("\n"), lines_of(text, keys)
    if not span:
        return None
    return "\n".join([*lines[: span.start], as_line(keys[-1], value), *lines[span.stop :]])


def _dump(document: "TOMLDocument") -> str:
    from tomlkit import dumps

    text: str = dumps(document)
    return text


def as_line(key: str, value: Any) -> str:
    """The line of a file that gives `key` this value."""
    from tomlkit import key as toml_key

    return f"{toml_key(key).as_string()} = {_item(value).as_string()}"


def _item(value: Any) -> Any:
    """The value as tomlkit writes it: texts of several lines so, tables on one line."""
    from tomlkit import inline_table, item, string

    if isinstance(value, dict):
        table = inline_table()
        table.update(value)
        return table
    if isinstance(value, str) and "\n" in value:
        return string(value, multiline=True)
    return item(value)


def _without(path: Path, text: str, keys: Sequence[str]) -> str:
    """The text without what `keys` name; as it is where that does not stand there."""
    tables = tomllib.loads(text)
    table: Any = tables
    for key in keys[:-1]:
        table = table.get(key) if isinstance(table, dict) else None
    if not isinstance(table, dict) or keys[-1] not in table:
        return text
    expected = deepcopy(tables)
    below: Any = expected
    for key in keys[:-1]:
        below = below[key]
    del below[keys[-1]]
    attempts: tuple[Callable[[str, Sequence[str]], str], ...] = (_cut_out, _cut_by_the_library)
    for attempt in attempts:
        changed = attempt(text, keys)
        if _says(changed, expected) and _keeps_remarks(text, changed, keys):
            return changed
    raise Refused(
        f"{quoted('.'.join(keys))} cannot be removed without changing something else in the config "
        f"file {name(path)}. {_BY_HAND}"
    )


def _cut_out(text: str, keys: Sequence[str]) -> str:
    """The text without the lines that say it."""
    lines, span = text.split("\n"), lines_of(text, keys)
    return "\n".join([*lines[: span.start], *lines[span.stop :]]) if span else text


def _cut_by_the_library(text: str, keys: Sequence[str]) -> str:
    document: Any = _document(text)
    table = document
    for key in keys[:-1]:
        table = table[key]
    del table[keys[-1]]
    return _dump(document)


def _write(path: Path, found: _FileRead, text: str) -> None:
    """Put `text` in the place of what was found, through a link if there is one."""
    target = Path(os.path.realpath(path))
    raw = found.encode(text)
    if len(raw) > LARGEST:
        raise Refused(
            f"The config file {name(path)} would have more than {LARGEST:,} bytes. Nothing was "
            "written. Remove what is not needed there."
        )
    try:
        now = target.read_bytes()
    except FileNotFoundError:
        now = b""
    except OSError as error:
        raise _unwritable(path, error) from None
    if now != found.raw:
        raise StoreError(
            f"The config file {name(path)} was changed by another program just now. Nothing was "
            "written. Try again."
        )
    try:
        make_folder(target.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    if target.exists() and not os.access(target, os.W_OK):
        # The folder would let us, but whoever protected the file meant it.
        raise _unwritable(path, PermissionError(errno.EACCES, ""))
    write_whole(target, raw)


def _unwritable(path: Path, error: OSError) -> StoreError:
    why = reason(error)
    return StoreError(
        f"The config file {name(path)} could not be written ({why}). What was there before is "
        "unchanged. Allow writing there, and try again."
    )
