"""The copies of the board: when they were made, and what going back to one would change."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.errors import StoreError
from store.file.copies import read_copies
from store.file.location import backup_dir
from store.model.copies import CopiedCard, Difference, StoredCopy
from store.rules.dates import clock_time, distance_words, short_day
from store.rules.text import Refused
from tui.dialogs.dialog import LIST_WIDTHS
from tui.pages.page import ListPage
from tui.widgets.paragraphs import Detail, Paragraph, Spread
from tui.widgets.rows import Cell, Column, Row, Rows, Tone
from tui.wording import count_of, made_words, size_words

COLUMNS = (
    Column(17, most=25, head="Made"),
    Column(9, most=14, head="Age"),
    Column(7, most=9, head="Size", right=True),
    Column(7, most=7, head="Cards", right=True),
    Column(20, most=40, turn=1, head="File"),
)
"""The day and time, how long ago that is, the size, the number of applications, the file's name."""
_NAMES_AT_MOST = 8
"""How many applications of a kind are named before the others are counted (product)."""
_HINT = (
    "No backups yet.",
    "",
    "One is made with the first change of each day. Press a to add one.",
)
_DAMAGED = "This copy cannot be read: it is damaged, or made by a newer version."


class BackupsScreen(ListPage[None], where="backups"):
    """The copies of the board, the newest first."""

    HORIZONTAL_BREAKPOINTS = LIST_WIDTHS

    def __init__(self) -> None:
        super().__init__()
        self._copies: dict[int, StoredCopy] = {}
        self._keys: dict[Path, int] = {}
        """The key of each copy, which it keeps however the list changes."""
        self._known: dict[Path, Difference | str] = {}
        """What going back would change, or why that is not known; as long as nothing is stored."""
        self._asked: Path | None = None
        """Of which copy that is being found out."""

    def parts(self) -> ComposeResult:
        with Spread():
            yield Rows(COLUMNS, id="backups")
            yield Detail()

    def no_subject(self) -> str:
        return "Press Enter to restore this backup, or Esc to leave."

    async def reload(self) -> None:
        rounds = self.rounds
        found = await rounds.desk.read(lambda _: read_copies(rounds.path, rounds.clock))
        self._copies = {self._keys.setdefault(one.path, len(self._keys) + 1): one for one in found}
        self._known.clear()
        self.draw()

    def draw(self) -> None:
        now = self.rounds.now()
        rows = self.query_one(Rows)
        number = len(self._copies)
        rows.border_title = Content(f"Backups  {number:,}" if number else "Backups")
        shown = backup_dir(self.rounds.path).name if number else ""
        rows.border_subtitle = Content(shown)
        told = made_words([one.made for one in self._copies.values()], now.date())
        lines = zip(self._copies.items(), told, strict=True)
        rows.show([_row(key, one, made, now.date()) for (key, one), made in lines], hint=_HINT)
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        """Say what going back to the chosen one would change, once that has been found out."""
        one = self.under_cursor(self._copies)
        if one is None:
            self.query_one(Detail).tell()
            return
        known = self._known.get(one.path)
        self.query_one(Detail).tell(_detail(one, known, self.rounds.now()))
        if known is None and self._asked is None:
            self._asked = one.path
            self.run_worker(self._compare(one.path), group="compare")

    async def _compare(self, file: Path) -> None:
        """One at a time, and then that under the cursor: a held key waits for nothing."""
        try:
            self._known[file] = await self.rounds.desk.look_into(lambda p: p.preview_restore(file))
        except (Refused, StoreError) as problem:
            self._known[file] = str(problem)
        finally:
            self._asked = None
        if self in self.app.screen_stack:
            self._explain()

    def action_make(self) -> None:
        """Make a copy now."""
        made = self.rounds.desk.write(lambda p: p.database.backup())
        self.rounds.heed(made, self._take_made)

    def _take_made(self, path: Path) -> None:
        self.rounds.say(f"Backed up as {path.name}")
        self.run_worker(self.fetch(), group="made")

    @on(Rows.Chosen)
    def action_restore(self) -> None:
        """Go back to the chosen copy, after a question."""
        one = self.under_cursor(self._copies)
        if one is not None:
            self.conversation.run(self._restore(one))
        else:
            self.rounds.say("No backups yet. Press a to add one.")

    async def _restore(self, one: StoredCopy) -> None:
        from tui.dialogs.pickers import Confirm

        known = self._known.get(one.path)
        if not isinstance(known, Difference):
            try:
                known = await self.rounds.desk.look_into(lambda p: p.preview_restore(one.path))
            except (Refused, StoreError) as problem:
                self.rounds.warn(str(problem))
                return
            self._known[one.path] = known
        if known.is_none:
            self.rounds.say("The board is as in this copy already.")
            return
        when = f"{short_day(one.made.date(), self.rounds.now().date())}, {clock_time(one.made)}"
        question = Confirm(
            f"Restore the backup of {when}?\n\n{_summary(known)}\n\n"
            "The board as it is now is backed up first, and u undoes it.",
            "Restore",
            "No",
        )
        if await self.rounds.push_screen_wait(question):
            seen = known.change_id
            await self.conversation.store(
                lambda p: p.restore_copy(one.path, seen=seen), f"Back to {when}. u undoes it."
            )


def _row(key: int, one: StoredCopy, words: str, today: date) -> Row:
    made = one.made.date()
    return Row(
        key,
        (
            Cell(words, Tone.STRONG),
            Cell(distance_words((made - today).days), Tone.TEXT),
            Cell(size_words(one.size), Tone.MUTED),
            Cell("–" if one.cards is None else f"{one.cards:,}", Tone.TEXT),
            Cell(one.path.name, Tone.MUTED),
        ),
    )


def _detail(one: StoredCopy, known: Difference | str | None, now: datetime) -> Iterator[Paragraph]:
    made = f"{short_day(one.made.date(), now.date())}, {clock_time(one.made)}"
    yield Paragraph(f"Restoring the backup of {made}", Tone.STRONG)
    if one.cards is None:
        yield Paragraph(_DAMAGED, Tone.TEXT)
    elif known is None:
        yield Paragraph("Comparing with the board…", Tone.MUTED)
    elif isinstance(known, str):
        yield Paragraph(known, Tone.TEXT)
    elif not known.same_board:
        yield Paragraph(
            "It is of another board. Close rounds and use “rounds restore FILE”.", Tone.TEXT
        )
    elif known.is_none:
        yield Paragraph("Nothing would change: the board is as in this copy.", Tone.MUTED)
    else:
        for lead, cards in _kinds(known):
            if cards:
                yield Paragraph(_names(cards), Tone.TEXT, lead)
        if known.others:
            yield Paragraph(_others(known.others), Tone.TEXT, "Board")


def _kinds(known: Difference) -> tuple[tuple[str, Sequence[CopiedCard]], ...]:
    return (
        ("Will return", known.back),
        ("Will go", known.gone),
        ("Will change back", known.changed),
    )


def _names(cards: Sequence[CopiedCard]) -> str:
    """The first applications of a kind, one a line, and how many there are besides."""
    named = [f"{card.company}, {card.role}" for card in cards[:_NAMES_AT_MOST]]
    more = len(cards) - len(named)
    return "\n".join([*named, *([f"and {more:,} more"] if more else [])])


def _others(number: int) -> str:
    return f"{number:,} of shelf, mail, goals, reminders, criteria, employers, searches, orders"


def _summary(known: Difference) -> str:
    """What would change, in one sentence."""
    parts = [
        f"{count_of(len(cards))} {what}"
        for cards, what in (
            (known.back, "will return"),
            (known.gone, "will go"),
            (known.changed, "will change back"),
        )
        if cards
    ]
    if known.others:
        parts.append(_others(known.others))
    return "; ".join(parts) + "."
