"""What is said about the chances of a card: the same for all cards of one stage."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.history import read_steps
from store.rules.chances.words import WHAT_DECIDES, card_line
from store.rules.stages import Stage

if TYPE_CHECKING:
    from store.glance import Glance


def read_card_chances(glance: "Glance") -> Mapping[Stage, tuple[str, str]]:
    """By stage, how the user's own applications fared from there, and what decides.

    Raises StoreError when the file cannot be read.
    """
    return {step.stage: (card_line(step), WHAT_DECIDES) for step in read_steps(glance)}
