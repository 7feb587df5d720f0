"""Every failure that a person can meet, as one sentence and one exit code."""

from store.rules.text import Refused


class StoreError(Exception):
    """The database cannot do what was asked; says what is safe and what to do next."""


class NotFound(Refused):
    """There is no such application or follow-up (exit code 3)."""


class Conflict(Refused):
    """Somebody else, mostly another window, changed the same thing first; nothing was written."""


def exit_code(error: Exception) -> int:
    """1 for a failure or a refusal, 3 when what was named does not exist."""
    return 3 if isinstance(error, NotFound) else 1
