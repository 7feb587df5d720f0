"""One command of the screens, and the names of the screens that offer it."""

from typing import NamedTuple


class Command(NamedTuple):
    """One thing that the user can ask for.

    `where` names the screens that offer it; `footer` says whether the key bar shows it, in the
    order of the table, as far as there is room.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    label: str
    tooltip: str
    group: str
    where: tuple[str, ...]
    footer: bool = False


BOARD = ("board",)
CARD = ("board", "dossier")
LISTS = ("today", "closed", "prepare")
FIGURES = ("chances", "behind")
PAGES = ("interviews", "people", "offer", "compare", "draft")
