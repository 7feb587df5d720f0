"""A posting: what is handed over to be read, and the fields that were found in it."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Grid, HorizontalGroup
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Label, TextArea

from store.exchange.document import Document
from store.rules.employers import Employers, before_line, link_line, twins
from store.rules.fields import REQUIREMENTS
from store.rules.links import address_in
from store.rules.shelf import closing_words
from store.rules.text import Refused, clean, plural
from store.rules.typed.fields import LINES, MORE_LEFT, FormLine, FormReader, Meaning, text_of
from tui.dialogs.dialog import put
from tui.dialogs.file import read_path
from tui.dialogs.form import BY_LINE, Form
from tui.widgets.line_fields import NoteArea

HELD = 20_000
"""Characters of a paste from which on it is kept aside: the source of a page would be laid out
letter by letter."""
_HELD_SHOWN = 600
_PATH_AT_MOST = 4_000


@dataclass(frozen=True, slots=True)
class Handed:
    """What is to be read: the text, or the file at the path that the text is."""

    text: str
    path: Path | None

    def document(self) -> Document:
        """What is read; Refused for a file that cannot be opened."""
        if self.path is not None:
            return Document.open(self.path)
        return Document.of("the paste", self.text.encode("utf-8", "replace"))


class PasteArea(NoteArea):
    """Takes the text of a page at once; of one that is long only the beginning is shown.

    Enter takes a path or an address, and begins a new line in anything longer.
    """

    class Ended(Message):
        """Enter was pressed behind a single line."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._held = ""
        self._shown = ""
        """What stands in the place of the text that is held."""

    @property
    def whole(self) -> str:
        """The text that was pasted or typed."""
        return self._held if self._held and self.text == self._shown else self.text

    def hold(self, text: str) -> None:
        """Keep a long text aside, and show how it begins."""
        self._held = text
        start = text[:_HELD_SHOWN].rstrip()
        self._shown = f"{start}…\n({len(text):,} characters were pasted)"
        self.text = self._shown
        self.move_cursor((0, 0))

    async def _on_paste(self, event: events.Paste) -> None:
        if len(event.text) > HELD and not self.text.strip():
            event.prevent_default()
            event.stop()
            self.hold(event.text)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and self.text.strip() and "\n" not in self.text:
            event.prevent_default()
            event.stop()
            self.post_message(self.Ended())


class PostingEntry(Form[Handed | None]):
    """Asks for a posting: a path, a paste, an address."""

    def __init__(self, *, typed: Handed | None = None, error: str = "") -> None:
        super().__init__(
            "Save a posting",
            (("ctrl+s", "read it"), ("esc", "cancel")),
            stored={"posting": ""},
            error=error,
        )
        self._typed = typed

    def fields(self) -> ComposeResult:
        hint = (
            "Paste the text of the posting or the source of its page; or type the path of a saved "
            "page, or paste its address, and press Enter. Nothing is fetched."
        )
        yield self.area("posting", hint, kind=PasteArea)
        yield self.echo("posting", steady=True)

    def ready(self) -> None:
        super().ready()
        area = self.query_one(PasteArea)
        if self._typed is not None:
            if len(self._typed.text) > HELD:
                area.hold(self._typed.text)
            else:
                area.text = self._typed.text
        self.begin(("posting",))
        area.focus()

    def read(self, name: str, text: str) -> Meaning:  # noqa: ARG002
        whole = self.query_one(PasteArea).whole
        if not whole.strip():
            raise Refused("Nothing is there to be read yet.")
        alone = whole.strip()
        if "\n" in alone or len(alone) > _PATH_AT_MOST:
            lines = plural(whole.count("\n") + 1, "line")
            return Meaning(Handed(whole, None), f"a text of {lines}, {len(whole):,} characters")
        if address_in(alone):
            return Meaning(Handed(alone, None), "an address: kept as the link, nothing is fetched")
        path, told = read_path(alone)
        return Meaning(Handed(alone, path), told)

    @on(PasteArea.Ended)
    def _take_line(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        values = self.read_all(("posting",))
        if values is not None:
            handed = values["posting"]
            self.dismiss(handed if isinstance(handed, Handed) else None)


_OF_LINES = {line.name: line for line in (*LINES, *MORE_LEFT)}
LEFT = tuple(_OF_LINES[name] for name in ("company", "role", "applied_on", "url", "location"))
RIGHT = tuple(_OF_LINES[name] for name in ("salary", "closing_on", "posted_on", "source", "tags"))
_TEXT = FormLine("posting_text")
_NAMES = tuple(line.name for line in (*LEFT, *RIGHT))
_KEYS = (("ctrl+s", "save"), ("tab", "next field"), ("esc", "cancel"))
_KEYS_IN_TEXT = (
    ("ctrl+s", "save"),
    ("enter", "new line"),
    ("tab", "next field"),
    ("esc", "cancel"),
)
_WAITS = "empty: it waits on the shelf"
_GUESSED = "?"
_GUESSES = "Fields with ? were guessed: check them."
_ASKED = "What it asks for: each line becomes a point to prepare"


@dataclass(frozen=True, slots=True)
class FilledPosting:
    """The fields of a posting, ready for the store, and as typed.

    Taking one, all values are given; changing one, those that the user changed.
    """

    values: dict[str, Any]
    texts: dict[str, str]


class PostingForm(Form[FilledPosting | None]):
    """Asks for the fields of a posting; those that were found stand in it, to be corrected.

    Args:
        title: “Save a posting”, or whose fields these are.
        values: what was found, or what is stored, by field name.
        requirements: what it asks for.
        guessed: the names of fields that are only guessed.
        stored: whether it is on the shelf: then there is no day of an application, and only what
            was changed is given.
        employers: will hold all applications by employer, of which the form tells.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*BY_LINE]

    def __init__(
        self,
        title: str,
        today: date,
        *,
        values: Mapping[str, object],
        requirements: Sequence[str] = (),
        guessed: Collection[str] = (),
        stored: bool = False,
        remark: str = "",
        texts: Mapping[str, str] | None = None,
        companies: Sequence[str] = (),
        employers: "asyncio.Future[Employers] | None" = None,
        error: str = "",
    ) -> None:
        found = {name: text_of(values.get(name)) for name in (*_NAMES, _TEXT.name)}
        found["requirements"] = "\n".join(requirements)
        empty = dict.fromkeys(found, "")
        super().__init__(title, _KEYS, stored=found if stored else empty, error=error)
        self._texts = {**found, **(texts or {})}
        self._tried = bool(texts)
        self._on_the_shelf = stored
        self._found = found
        self._guessed = frozenset(guessed)
        self._remark = remark
        self._reader = FormReader(today, dict(values))
        self._today = today
        self._companies = companies
        self._employers_read = employers
        self._employers = Employers()

    def fields(self) -> ComposeResult:
        for remark in (self._remark, _GUESSES if self._guessed else ""):
            if remark:
                yield Label(remark, markup=False, classes="remark")
        with HorizontalGroup(classes="columns"):
            with Grid(classes="column -first"):
                for line in LEFT:
                    if not (self._on_the_shelf and line.name == "applied_on"):
                        yield from self._line(line)
            with Grid(classes="column"):
                for line in RIGHT:
                    yield from self._line(line)
        yield Label(_ASKED, classes="name over")
        yield self.area("requirements")
        yield self.echo("requirements")
        yield Label(_TEXT.label, classes="name over")
        yield self.area(_TEXT.name)
        yield self.echo(_TEXT.name)

    def _line(self, line: FormLine) -> ComposeResult:
        company = line.name == "company"
        field = self.line(
            line.name,
            line.example,
            suggester=SuggestFromList(self._companies, case_sensitive=False) if company else None,
        )
        yield from self.with_label(line.label, line.name, field)

    def ready(self) -> None:
        super().ready()
        self.begin((*_NAMES, "requirements", _TEXT.name) if not self._on_the_shelf else self._shown)
        for name in self._guessed:
            self._mark(name)
        self._tell_employer()
        first = next((name for name in ("company", "role") if not self.text(name)), "company")
        self.query_one(f"#{first}").focus()
        if self._employers_read is not None:
            self._employers_read.add_done_callback(self._learn_employers)

    @property
    def _shown(self) -> tuple[str, ...]:
        """The fields that there are."""
        return (*(name for name in _NAMES if name != "applied_on"), "requirements", _TEXT.name)

    def read(self, name: str, text: str) -> Meaning:
        if name == "requirements":
            clean(text, REQUIREMENTS)
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            return Meaning(lines, f"{len(lines)} points to prepare" if len(lines) > 1 else "")
        if name == "applied_on" and not text.strip():
            return Meaning(None, _WAITS)
        line = _OF_LINES.get(name, _TEXT)
        meaning = self._reader.read(line, text)
        if name == "closing_on" and isinstance(meaning.value, date):
            return Meaning(meaning.value, closing_words(meaning.value, self._today))
        return meaning

    def follow(self, name: str) -> None:
        super().follow(name)
        self._mark(name)
        if name in ("company", "role", "url"):
            self._tell_employer()

    def _mark(self, name: str) -> None:
        """Mark a guess beside its label, until it is changed."""
        if name not in self._guessed or name not in _OF_LINES:
            return
        guess = self.text(name) == self._found.get(name)
        label, words = self.query_one(f"#{name}-name", Label), _OF_LINES[name].label
        put(label, f"{words} {_GUESSED}" if guess else words)
        label.set_class(guess, "-guessed")

    def _learn_employers(self, read: "asyncio.Future[Employers]") -> None:
        """Take the earlier applications once they are read; the form works without them too."""
        if self.is_attached and not read.cancelled() and read.exception() is None:
            self._employers = read.result()
            self._tell_employer()

    def _tell_employer(self) -> None:
        """Tell of earlier applications to this employer, and of one with this link."""
        company = self.text("company")
        there = self._employers.at(company)
        if there:
            people = self._employers.people_at(company)
            self.say_under("company", before_line(there, self._today, people), "-warned")
        url = self.text("url").strip()
        if url:
            every, names = self._employers.every(), self._employers.names
            _, same = twins(company, self.text("role"), url, every, names)
            if same:
                self.say_under("url", link_line(same[0], self._today), "-warned")

    def keys_in(self, field: Widget) -> tuple[tuple[str, str], ...]:
        return _KEYS_IN_TEXT if isinstance(field, TextArea) else super().keys_in(field)

    def action_save(self) -> None:
        """Answer with the values; Enter in one of the two required fields leads to the other while
        that is empty."""
        empty = [name for name in ("company", "role") if not self.text(name).strip()]
        focused = self.focused.id if self.focused else None
        if empty and focused in ("company", "role") and focused not in empty:
            self.go_to(empty[0])
            return
        names = self._shown if self._on_the_shelf else (*_NAMES, "requirements", _TEXT.name)
        values = self.read_all(names)
        if values is None:
            return
        texts = self.texts
        if self._on_the_shelf:
            values = self.pick_changed(values)
        self.dismiss(FilledPosting(values, texts) if values else None)
