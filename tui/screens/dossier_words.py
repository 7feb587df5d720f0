"""What the parts of the page about one application are made of."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from store.model.dossier import Dossier
from tui.widgets.paragraphs import Paragraph

_EMPTY = Paragraph()


class Part(NamedTuple):
    """One part of the page: its title and its words."""

    title: str
    words: tuple[Paragraph, ...]


Tell = Callable[[Dossier, datetime], Part]


def spaced(groups: list[list[Paragraph]]) -> tuple[Paragraph, ...]:
    """The groups under each other with an empty line between them."""
    words: list[Paragraph] = []
    for group in groups:
        words += [_EMPTY, *group] if words else group
    return tuple(words)
