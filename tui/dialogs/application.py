"""The form of an application: company and role are enough."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, HorizontalGroup, VerticalGroup
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Label, TextArea

from store.rules.employers import Employers, before_line, folded_role, link_line, twins
from store.rules.fields import APPLICATION, NOTE
from store.rules.text import clean
from store.rules.typed.fields import (
    ALL,
    AREAS,
    LEFT,
    LINES,
    MORE,
    MORE_LEFT,
    MORE_RIGHT,
    RIGHT,
    FormLine,
    FormReader,
    Meaning,
    text_of,
)
from tui.dialogs.form import BY_LINE, Form
from tui.widgets.line_fields import FoldLine

_BY_NAME = {line.name: line for line in ALL}
_TOLD_AT_MOST = 60


def tell_changes(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """Tell in a sentence which fields changed from `before` to `after`; "" when none did."""
    changed = [
        f"{line.label} “{_clip(text_of(after.get(line.name)))}”"
        for line in ALL
        if after.get(line.name) != before.get(line.name)
    ]
    return f"It now says: {', '.join(changed)}." if changed else ""


def _clip(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _TOLD_AT_MOST else f"{text[: _TOLD_AT_MOST - 1]}…"


def texts_of(values: Mapping[str, object]) -> dict[str, str]:
    return {line.name: text_of(values.get(line.name)) for line in ALL}


_NEEDED = ("company", "role")
_KEYS = (("ctrl+s", "save"), ("tab", "next field"), ("ctrl+o", "more"), ("esc", "cancel"))
_KEYS_IN_TEXT = (
    ("ctrl+s", "save"),
    ("enter", "new line"),
    ("tab", "next field"),
    ("esc", "cancel"),
)
"""The keys in a field of many lines, where Enter makes a new line."""
_MORE = "CV, cover letter, recruiter, posting text"
_NO_CONTACT = "they asked not to be contacted"
_TAKEN = "You already have an open application for this role."


@dataclass(frozen=True, slots=True)
class FilledApplication:
    """The form's values, ready for the store, and its texts, ready to be opened again.

    When adding, all values are given; when editing, those that the user changed.
    """

    values: dict[str, Any]
    texts: dict[str, str]


class ApplicationForm(Form[FilledApplication | None]):
    """Asks for the fields of an application; ctrl+s saves from anywhere, Enter from any line.

    Fields that are seldom needed are behind a fold. Saving without a change does what Esc does.

    Args:
        title: “New application”, or whose fields these are.
        values: what is stored, by field name; empty when adding, and then a note is asked too.
        companies: names to suggest while the company is typed.
        employers: will hold all applications by employer. The form tells of earlier applications
            to the employer and who is there (when adding), of an open card for the same role, and
            of one with the same link.
        own: the id of the application that is changed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "more", "More", id="application.more", tooltip="More fields"),
        *BY_LINE,
    ]
    addresses = frozenset(name for name, field in APPLICATION.items() if field.address)

    def __init__(
        self,
        title: str,
        today: date,
        *,
        values: Mapping[str, object] | None = None,
        texts: Mapping[str, str] | None = None,
        companies: Sequence[str] = (),
        employers: "asyncio.Future[Employers] | None" = None,
        own: int | None = None,
        error: str = "",
    ) -> None:
        values = values or {}
        self._adding = not values
        stored = texts_of(values) | {"no_contact": "yes" if values.get("no_contact") else ""}
        if self._adding:
            stored |= {"applied_on": "today", "note": ""}
        super().__init__(title, _KEYS, stored=stored, texts=texts, error=error)
        self._reader = FormReader(today, dict(values))
        self._companies = companies
        self._own = own
        self._today = today
        self._employers_read = employers
        self._employers = Employers()
        self._unfolded = any(self._texts[line.name] != self._stored[line.name] for line in MORE)
        """Whether the fields behind the fold exist: they are made when it is opened first."""

    def fields(self) -> ComposeResult:
        no_contact = (Label("", classes="name"), self.switch("no_contact", _NO_CONTACT))
        yield from self._columns(LEFT, RIGHT, *no_contact)
        if self._adding:
            yield Label("Note", classes="name", id="note-name")
            yield self.area("note")
            yield self.echo("note")
        filled = sum(bool(self._texts[line.name]) for line in MORE)
        count = f" ({filled} filled in)" if filled else ""
        yield FoldLine(f"More{count}: {_MORE}", opened=self._unfolded, id="fold")
        with VerticalGroup(id="more"):
            if self._unfolded:
                yield from self._more()

    def _more(self) -> ComposeResult:
        """The fields behind the fold."""
        yield from self._columns(MORE_LEFT, MORE_RIGHT)
        for line in AREAS:
            yield Label(line.label, classes="name over")
            yield self.area(line.name)
            yield self.echo(line.name)

    def _columns(
        self, left: Sequence[FormLine], right: Sequence[FormLine], *below: Widget
    ) -> ComposeResult:
        """Two columns of lines, and what stands `below` the right one."""
        with HorizontalGroup(classes="columns"):
            with Grid(classes="column -first"):
                for line in left:
                    yield from self._line(line)
            with Grid(classes="column"):
                for line in right:
                    yield from self._line(line)
                yield from below

    def _line(self, line: FormLine) -> ComposeResult:
        company = line.name == "company"
        field = self.line(
            line.name,
            line.example,
            suggester=SuggestFromList(self._companies, case_sensitive=False) if company else None,
            select=self._adding and line.name == "applied_on" and not self._tried,
        )
        yield from self.with_label(line.label, line.name, field)

    def ready(self) -> None:
        super().ready()
        self.begin(line.name for line in LINES)
        if self._unfolded:
            self.begin(line.name for line in MORE)
        self._warn_of_others()
        self.query_one("#company").focus()
        if self._employers_read is not None:
            self._employers_read.add_done_callback(self._learn_employers)

    @on(FoldLine.Turned)
    async def _show_more(self) -> None:
        """Show or hide the fields behind the fold; what they hold stays."""
        more = self.query_one("#more")
        opened = more.display = self.query_one(FoldLine).opened
        if not opened:
            return
        if not self._unfolded:
            self._unfolded = True
            await more.mount_compose(self._more())
            self.begin(line.name for line in MORE)
        if self.query_one(FoldLine).has_focus:
            self.go_to(MORE[0].name)

    def action_more(self) -> None:
        """Open the fold, or close it."""
        fold = self.query_one(FoldLine)
        fold.focus()
        fold.action_turn()

    def follow(self, name: str) -> None:
        super().follow(name)
        if name in _NEEDED:
            self._warn_of_others()
        elif name == "url":
            self._warn_link()

    def keys_in(self, field: Widget) -> tuple[tuple[str, str], ...]:
        return _KEYS_IN_TEXT if isinstance(field, TextArea) else super().keys_in(field)

    def action_save(self) -> None:
        """Answer with the values; a field that cannot be read gets the cursor instead.

        Enter in one of the two required fields leads to the other while that is empty.
        """
        empty = [name for name in _NEEDED if not self.text(name).strip()]
        focused = self.focused.id if self.focused else None
        if empty and focused in _NEEDED and focused not in empty:
            self.go_to(empty[0])
            return
        values = self.read_all(self._stored)
        if values is None:
            return
        texts = self.texts
        if not self._adding:
            values = self.pick_changed(values)
        self.dismiss(FilledApplication(values, texts) if values else None)

    def go_to(self, name: str) -> None:
        if any(line.name == name for line in MORE):
            self.query_one(FoldLine).opened = self.query_one("#more").display = True
        super().go_to(name)

    def read(self, name: str, text: str) -> Meaning:
        if name == "no_contact":
            return Meaning(bool(text))
        if name == "note":
            clean(text, NOTE._replace(required=False))
            return Meaning(text.strip())
        return self._reader.read(_BY_NAME[name], text)

    def _learn_employers(self, read: "asyncio.Future[Employers]") -> None:
        """Take the earlier applications once they are read; the form works without them too."""
        if self.is_attached and not read.cancelled() and read.exception() is None:
            self._employers = read.result()
            self._warn_of_others()

    def _warn_of_others(self) -> None:
        """Warn of earlier applications to this employer, and of an open card for this role."""
        company = self.text("company")
        there = self._employers.at(company)
        if self._adding and there:
            people = self._employers.people_at(company)
            self.say_under("company", before_line(there, self._today, people), "-warned")
        role = folded_role(self.text("role"))
        others = [one for one in there if one.outcome is None and one.id != self._own]
        if any(folded_role(one.role) == role for one in others):
            self.say_under("role", _TAKEN, "-warned")
        if self.text("url").strip() and self.show_meaning("url") is not None:
            self._warn_link()

    def _warn_link(self) -> None:
        """Warn of an application that has the link typed, whatever its employer is called."""
        if not (url := self.text("url").strip()) or url == self._stored["url"]:
            return
        others = (one for one in self._employers.every() if one.id != self._own)
        names = self._employers.names
        _, same_link = twins(self.text("company"), self.text("role"), url, others, names)
        if same_link:
            self.say_under("url", link_line(same_link[0], self._today), "-warned")
