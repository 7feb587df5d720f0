"""The fourth line of a card, where there is room for one: `[cards]` in the configuration file.

    [cards]
    fourth_line = "tags, salary"

Fields are shown in the order in which they stand there; "off" leaves the line out.
"""

from pathlib import Path
from typing import Any

from store.model.dossier import Card
from store.rules.text import quoted, suggestion

FIELDS = ("salary", "location", "tags", "source")
"""What the line can show."""
USUAL_FIELDS: tuple[str, ...] = ("salary", "location", "tags")
"""What it shows unless the user chose otherwise (product)."""
OFF = "off"
_SECTION, _KEY = "cards", "fourth_line"
_MEANT = {"place": "location", "pay": "salary", "tag": "tags"}
"""Other words for the fields."""
_BETWEEN = " · "


def more_of(card: Card, fields: tuple[str, ...]) -> str:
    """The fourth line of a card: those of `fields` (see `FIELDS`) that it has."""
    tags = " ".join(f"#{tag}" for tag in card.tags)
    words = {"salary": card.salary, "location": card.location, "source": card.source, "tags": tags}
    return _BETWEEN.join(words[name] for name in fields if words[name])


def read_fourth_line(path: Path) -> tuple[str, ...]:
    """The fields that the file at `path` asks for, in its order; without a word the usual ones.

    Raises Refused, naming file and line, for what is no field; of a file that could not be read at
    all with the sentence of `store.settings.read_settings`.
    """
    from store.settings import read_config  # not before the first picture

    file = read_config(path)
    if file is None:
        return USUAL_FIELDS
    table: Any = file.tables.get(_SECTION, {})
    if not isinstance(table, dict):
        raise file.refusal(f"“{_SECTION}” must be a section: [{_SECTION}].", _SECTION)
    for name in table:
        if name != _KEY:
            like = suggestion(name, (_KEY,)) or f" There is “{_KEY}”."
            sentence = f"There is no {quoted(name)} in “{_SECTION}”.{like}"
            raise file.refusal(sentence, _SECTION, name)
    value = table.get(_KEY)
    if value is None:
        return USUAL_FIELDS
    words = value.split(",") if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        sentence = f"“{_KEY}” must be a text such as “tags, salary”, or “{OFF}”."
        raise file.refusal(sentence, _SECTION, _KEY)
    fields = [_field(word) for word in words]
    if fields == [OFF] or not fields:
        return ()
    for word, field in zip(words, fields, strict=True):
        if field not in FIELDS:
            known = suggestion(field, FIELDS) or f" Known are {', '.join(FIELDS)}; “{OFF}” alone."
            sentence = f"The fourth line of a card cannot show {quoted(word.strip())}.{known}"
            raise file.refusal(sentence, _SECTION, _KEY)
    return tuple(dict.fromkeys(fields))


def _field(word: str) -> str:
    name = word.strip().lower()
    return _MEANT.get(name, name)
