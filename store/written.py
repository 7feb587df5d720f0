"""What a use case gives back: frozen, and free of the database."""

from dataclasses import dataclass

from store.card import Card


@dataclass(frozen=True, slots=True)
class Written:
    """One change that is safely on disk.

    `card` is the application as stored; None when it was deleted, or when the change touched
    several applications or none. `summary` is the change in words: "moved to second".
    """

    change_id: int
    application_id: int | None
    card: Card | None
    summary: str
