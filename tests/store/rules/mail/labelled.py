"""The labelled messages, and how the program puts them: run this file for the table."""

import sys
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from email.utils import parseaddr
from pathlib import Path
from typing import Any, NamedTuple

from store.rules.employers import folded_employer
from store.rules.mail.cards import KnownCard, KnownCards, hosts_of
from store.rules.mail.message import Letter, MailKind
from store.rules.mail.proposals import Proposal, propose
from store.rules.text import searchable

FOLDER = Path(__file__).with_name("letters")
TODAY = date(2026, 11, 24)


class Labelled(NamedTuple):
    """A message, what a careful reader says of it, and what the program says."""

    file: str
    name: str
    label: dict[str, Any]
    found: Proposal | None

    @property
    def wanted(self) -> tuple[str, object, date | None]:
        return self.label["kind"], self.label.get("card"), self.label.get("by")

    @property
    def given(self) -> tuple[str, object, date | None]:
        if self.found is None:
            return "nothing", None, None
        card = self.found.card_id if self.found.newcomer is None else "new"
        kind = self.found.kind
        if kind is MailKind.INTERVIEW and self.found.event is None:
            kind = MailKind.INVITATION  # one that names its time
        return kind.value, card, self.found.by

    @property
    def is_right(self) -> bool:
        kind, card, by = self.given
        alike = self.label.get("alike", [])
        return (kind, by) == (self.wanted[0], self.wanted[2]) and (
            card == self.wanted[1] or card in alike
        )

    @property
    def is_sure(self) -> bool:
        return self.found is not None and self.found.sure


def read_board() -> KnownCards:
    cards = tomllib.loads((FOLDER / "board.toml").read_text(encoding="utf-8"))["card"]
    return KnownCards(_known(card) for card in cards)


def _known(card: dict[str, Any]) -> KnownCard:
    people = [searchable(parseaddr(one)[1]) for one in card.get("people", [])]
    return KnownCard(
        card["id"],
        card["company"],
        card["role"],
        folded_employer(card["company"]),
        not card.get("closed", False),
        frozenset(people),
        hosts_of(card.get("url", ""), [] if card.get("via") else people),
    )


def read_labelled(*files: str) -> Sequence[Labelled]:
    board = read_board()
    return [
        Labelled(file, label["name"], label, propose(letter, board))
        for file in files
        for label, letter in read_letters(file)
    ]


def read_letters(file: str) -> Iterator[tuple[dict[str, Any], Letter]]:
    """The labelled messages of a file, each with its label."""
    whole = tomllib.loads((FOLDER / f"{file}.toml").read_text(encoding="utf-8"))
    for label in whole["letter"]:
        name, address = parseaddr(label["from"])
        yield (
            label,
            Letter(
                label.get("sent", TODAY),
                name,
                address,
                label["subject"],
                label["text"],
                label.get("bulk", False),
                label.get("auto", False),
            ),
        )


def table(letters: Sequence[Labelled]) -> str:
    """The messages that are not put right, and the counts of each file."""
    lines = []
    for one in letters:
        if not one.is_right:
            sure = "  SURE" if one.is_sure else ""
            lines.append(
                f"{one.file:6} {one.name:55.55} {_told(one.wanted)} -> {_told(one.given)}{sure}"
            )
    files = dict.fromkeys(one.file for one in letters)
    for file in files:
        lines.append(_counts(file, [one for one in letters if one.file == file]))
    lines.append(_counts("all", letters))
    return "\n".join(lines)


def _told(said: tuple[str, object, date | None]) -> str:
    kind, card, by = said
    return f"{kind} {card if card is not None else '-'}{f' by {by}' if by else ''}"


def _counts(file: str, letters: Sequence[Labelled]) -> str:
    right = sum(one.is_right for one in letters)
    sure = [one for one in letters if one.is_sure]
    wrong = sum(not one.is_right for one in sure)
    return (
        f"{file:6} {right:3} of {len(letters):3} right ({100 * right / len(letters):5.1f} %), "
        f"{len(sure):3} sure, {wrong} of those wrong"
    )


if __name__ == "__main__":
    named = sys.argv[1:] or sorted(
        file.stem for file in FOLDER.glob("*.toml") if file.stem != "board"
    )
    print(table(read_labelled(*named)))
