"""A change that is safely on disk, as the one who asked for it is told.

By itself, since a screen that only looks must not load the ORM that the journal needs.
"""

from dataclasses import dataclass

from store.model.board import Card


@dataclass(frozen=True, slots=True)
class Written:
    """One change that is safely on disk.

    `card` is the application as stored; None when it was deleted, or when the change touched
    several applications or none. `summary` is the change in words: "moved to second". `warnings`
    are sentences about something that was done as wished and still deserves a look. `also` are
    other applications whose follow-ups changed with it: an offer concerns those in interviews.
    `made` is the id of the contact, interview, point, draft or criterion that was added.
    """

    change_id: int
    application_id: int | None
    card: Card | None
    summary: str
    warnings: tuple[str, ...] = ()
    also: tuple[int, ...] = ()
    made: int | None = None
