"""The fourth line of a card, where there is room for one: `[cards]` in the configuration file.

    [cards]
    fourth_line = "tags, salary"

Fields are shown in the order in which they stand there; "off" leaves the line out.
"""

from store.model.dossier import Card
from store.rules.text import Refused, quoted, suggestion

FIELDS = ("salary", "location", "tags", "source")
"""What the line can show."""
USUAL_FIELDS: tuple[str, ...] = ("salary", "location", "tags")
"""What it shows unless the user chose otherwise (product)."""
OFF = "off"
_MEANT = {"place": "location", "pay": "salary", "tag": "tags"}
"""Other words for the fields."""
_BETWEEN = " · "


def more_of(card: Card, fields: tuple[str, ...]) -> str:
    """The fourth line of a card: those of `fields` (see `FIELDS`) that it has."""
    tags = " ".join(f"#{tag}" for tag in card.tags)
    words = {"salary": card.salary, "location": card.location, "source": card.source, "tags": tags}
    return _BETWEEN.join(words[name] for name in fields if words[name])


def read_fields(value: object) -> tuple[str, ...]:
    """The fields that a value of the config file asks for, in its order.

    Raises Refused for what is no field, ValueError for what is no list of words.
    """
    words = value.split(",") if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError
    fields = [_field(word) for word in words]
    if fields == [OFF] or not fields:
        return ()
    for word, field in zip(words, fields, strict=True):
        if field not in FIELDS:
            known = suggestion(field, FIELDS) or f" Known are {', '.join(FIELDS)}; “{OFF}” alone."
            raise Refused(f"The fourth line of a card cannot show {quoted(word.strip())}.{known}")
    return tuple(dict.fromkeys(fields))


def _field(word: str) -> str:
    name = word.strip().lower()
    return _MEANT.get(name, name)
