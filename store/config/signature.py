"""The user's name and signature: `[me]` in the config file, or the older file `signature.txt`."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from store.config.file import read_config
from store.config.reading import Chosen, read_chosen
from store.config.table import ME, of_section, settings
from store.errors import name
from store.file.location import CONFIG
from store.file.text import Unreadable, read_text
from store.rules.text import Refused, printable

_SIGNATURE = "signature.txt"
_LARGEST = 65_536
"""Bytes of a template: three times the longest draft there can be."""
_SIGNATURE_AT_MOST = 500


class Signature(NamedTuple):
    """What stands below a message; `file` is where it was read from, None for the config file."""

    name: str = ""
    below: str = ""
    file: Path | None = None

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(filter(None, (self.name, self.below)))


def read_signature(folder: Path | None) -> Signature:
    """The user's name and signature: what the config file beside `folder` says of them, else the
    file `signature.txt` in the folder.

    Raises Refused where that file cannot be used.
    """
    if folder is None:
        return Signature()
    chosen = Chosen()
    with suppress(Refused):  # a config file that is no text costs no message
        chosen = read_chosen(read_config(folder.with_name(CONFIG)), of_section(settings(), ME))
    if chosen.said:
        return Signature(chosen.value(f"{ME}.name", ""), chosen.value(f"{ME}.signature", ""))
    first, _, rest = _signature_file(folder).partition("\n")
    return Signature(first, rest, folder / _SIGNATURE if first else None)


def _signature_file(folder: Path) -> str:
    """What the older place of the signature has; empty where there is none."""
    path = folder / _SIGNATURE
    lines = (" ".join(line.split()) for line in printable(read_own(path) or "").split("\n"))
    text = "\n".join(lines).strip("\n")
    if len(text) > _SIGNATURE_AT_MOST:
        raise Refused(
            f"The file {name(path)} has {len(text):,} characters; "
            f"{_SIGNATURE_AT_MOST} fit. Shorten it."
        )
    return text


def read_own(path: Path) -> str | None:
    """The text of a file of the user's; None where there is none. Refused, with its name, when it
    is no text, too long, or cannot be read."""
    try:
        return read_text(path, _LARGEST)
    except Unreadable as why:
        raise Refused(why.sentence(name(path))) from None
