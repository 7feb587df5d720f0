"""The door for keys that name an entry of a list: formats, signals, kinds of drafts."""

import re
from collections.abc import Iterable

from store.rules.refusal import Refused
from store.rules.text import quoted

_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")


def check_formats(keys: Iterable[str]) -> list[str]:
    """Each format once, in the order given; Refused for one that there is not."""
    return [_checked("format", key) for key in dict.fromkeys(keys)]


def check_signals(keys: Iterable[str]) -> list[str]:
    """Each signal once, in the order given; Refused for one that there is not."""
    return [_checked("signal", key) for key in dict.fromkeys(keys)]


def check_draft_kind(kind: str) -> str:
    """`kind` itself; Refused when there are no drafts of that kind."""
    return _checked("kind of draft", kind)


def _checked(what: str, key: str) -> str:
    if not _KEY.fullmatch(key):
        raise Refused(f"There is no {what} {quoted(key)}.")
    return key
