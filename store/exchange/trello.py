"""Boards of Trello: company and role out of the names of cards, days of moves out of the JSON."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from store.exchange.tables.objects import cell_of
from store.exchange.tables.table import Body, Candidate, TableRow, header_key

_AT = re.compile(r"(?P<role>.+?)\s+(?:at|@|bei|chez|en)\s+(?P<company>.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+[-–—|/·]+\s+|\s*[:|]\s+|\s*–\s*|\s*—\s*")
_COLOUR = re.compile(r" \([a-z]+(?:_(?:light|dark))?\)(?=,|$)")
"""What stands behind each label in the CSV: “remote (green)”."""
_LINK = re.compile(r"https?://[^\s)>\]\"]+")
_JSON_HEADERS = (
    "Card ID", "Card Name", "Card URL", "Card Description", "Labels", "Due Date", "List Name",
    "Archived", "Last Activity Date", "moves",
)  # fmt: skip


def split_name(name: str) -> tuple[str, str]:
    """Company and role in the name of a card: “Globex – SRE”, “SRE at Globex”; the role is ""
    where the name has one part only."""
    name = " ".join(name.split())
    parts = [part.strip() for part in _BETWEEN.split(name, maxsplit=1) if part.strip()]
    if len(parts) == 2:
        return parts[0], parts[1]
    if found := _AT.fullmatch(name):
        return found["company"], found["role"]
    return name, ""


def with_names(headers: Sequence[str], body: Body) -> tuple[Sequence[str], Body]:
    """The table with a company, a role and the link of the posting for each card."""
    keys = [header_key(header) for header in headers]
    named = keys.index("cardname")
    text = keys.index("carddescription") if "carddescription" in keys else -1
    labels = keys.index("labels") if "labels" in keys else -1
    rows = []
    for row in body.rows:
        cells = [*row.cells, *[""] * (len(headers) - len(row.cells))]
        if labels >= 0:
            cells[labels] = _COLOUR.sub("", cells[labels])
        company, role = split_name(cells[named])
        links = _LINK.findall(cells[text]) if text >= 0 else []
        rows.append(TableRow(row.line, [*cells[: len(headers)], company, role, *links[:1]]))
    body.rows = rows
    return (*headers, "company", "role", "link"), body


def is_board(found: Any) -> bool:
    """Whether JSON is a board of Trello."""
    return (
        isinstance(found, dict)
        and all(isinstance(found.get(name), list) for name in ("lists", "cards"))
        and all(isinstance(card, dict) and "idList" in card for card in found["cards"])
    )


def board_candidate(found: dict[str, Any], file: str = "") -> Candidate:
    """The board as the table that its CSV would be, with the moves of each card."""

    def read() -> Body:
        lists = {cell_of(one.get("id")): one for one in found["lists"] if isinstance(one, dict)}
        moves = _moves(found.get("actions"))
        body = Body()
        for number, card in enumerate(found["cards"], 1):
            column = lists.get(cell_of(card.get("idList")), {})
            # A card in a list that was put away is put away too.
            closed = bool(card.get("closed")) or bool(column.get("closed"))
            labels = card.get("labels")
            body.add(
                number,
                [
                    cell_of(card.get("id")),
                    cell_of(card.get("name")),
                    cell_of(card.get("url")),
                    cell_of(card.get("desc")),
                    cell_of(labels if isinstance(labels, list) else None),
                    cell_of(card.get("due")),
                    cell_of(column.get("name")),
                    "yes" if closed else "",
                    cell_of(card.get("dateLastActivity")),
                    json.dumps(moves.get(cell_of(card.get("id")), [])),
                ],
            )
        return body

    return Candidate(_JSON_HEADERS, 1, read, file)


def _moves(actions: Any) -> dict[str, list[tuple[str, str]]]:
    """By card the lists that it came to, each with the day, the first one first."""
    moves: dict[str, list[tuple[str, str]]] = {}
    for action in actions if isinstance(actions, list) else ():
        for card, name in _move(action):
            moves.setdefault(card, []).append((name, cell_of(action.get("date"))))
    return {card: sorted(found, key=lambda move: move[1]) for card, found in moves.items()}


def _move(action: Any) -> Iterator[tuple[str, str]]:
    data = action.get("data") if isinstance(action, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("card"), dict):
        return
    card = cell_of(data["card"].get("id"))
    kind = action.get("type")
    if kind == "updateCard" and isinstance(data.get("listAfter"), dict):
        yield card, cell_of(data["listAfter"].get("name"))
    elif kind in ("createCard", "copyCard") and isinstance(data.get("list"), dict):
        yield card, cell_of(data["list"].get("name"))
