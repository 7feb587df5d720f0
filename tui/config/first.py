"""The theme of the first picture, which waits for nothing else of the config file."""

from store.file.location import config_file
from store.file.text import Unreadable, read_text


def first_theme() -> str | None:
    """The theme that the user's config file names; None unless it does.

    Without such a line the file is read and nothing more: what reads TOML takes 3 ms to load.
    """
    from pathlib import Path

    try:
        text = read_text(Path(config_file()), 32_768)
    except Unreadable:
        return None
    if text is None or "theme" not in text:
        return None
    import tomllib

    try:
        found = tomllib.loads(text).get("screen")
    except (ValueError, RecursionError):
        return None
    theme = found.get("theme") if isinstance(found, dict) else None
    return theme if isinstance(theme, str) else None
