"""Fields changed as a text in the user's editor, or read from a file; nothing typed is lost."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any, NamedTuple

from store.errors import StoreError
from store.rules.text import Refused, quoted
from store.rules.typed.debrief import WrongForm
from store.rules.typed.field_text import TextField, read_fields, write_fields
from tui.cli.call import Call, tell_nothing
from tui.cli.source import edit, keep_text, read_source
from tui.cli.words import STDIN, Usage

if TYPE_CHECKING:
    from argparse import ArgumentParser


class FieldsForm(NamedTuple):
    """The fields of one thing, and how each is read.

    `again` is the command that changes the same thing, without “--from FILE”; `kept_as` begins the
    name of the file in which a text is kept that could not be used.
    """

    heading: str
    hints: Sequence[str]
    fields: Sequence[TextField]
    read: Callable[[str, str], object]
    again: str
    kept_as: str

    @property
    def text(self) -> str:
        """The form as it is written out."""
        return write_fields(self.heading, self.hints, self.fields)


def form_words(parser: "ArgumentParser", *, edit: str = "") -> None:
    """Add what a command understands whose fields can be changed as a text.

    `edit` says what `--edit` does, where the editor does not open by itself.
    """
    how = parser.add_mutually_exclusive_group()
    if edit:
        how.add_argument("--edit", action="store_true", help=edit)
    how.add_argument(
        "--from", dest="text_file", metavar="FILE", help="the changed fields; - is standard input"
    )
    how.add_argument(
        "--form", action="store_true", help="print the fields for --from; change nothing"
    )


def wants_text(call: Call) -> bool:
    """Whether the fields are to be changed, or printed, as a text."""
    words = call.words
    return bool(words.form or words.text_file is not None or getattr(words, "edit", False))


def print_form(call: Call, text: str) -> int:
    """Print a form that `--from` takes once it is filled in."""
    if call.wants_json:
        call.out.json("form", {"text": text})
    else:
        call.out.lines(text.rstrip("\n"))
    return 0


def change_fields(call: Call, form: FieldsForm, write: Callable[[dict[str, Any]], int]) -> int:
    """Have the fields changed as a text, and hand those that changed to `write`.

    The text comes from the editor, or from the file that `--from` names; `--form` prints it. One
    that cannot be read or stored is kept, and the sentence says where.
    """
    words = call.words
    if words.form:
        return print_form(call, form.text)
    if words.text_file is None:
        call.settings()
        text = edit(call, form.text, lambda file: _again(form, file))
    else:
        text = read_source(words.text_file)
    try:
        changes = _read(call, form, text)
        if not changes:
            return tell_nothing(call, "Nothing changed.", words.id)
        return write(changes)
    except (Refused, StoreError, Usage) as error:
        if words.text_file not in (None, STDIN):
            raise
        file = keep_text(call, form.kept_as, text)
        raise type(error)(
            f"{error} What you typed is in {quoted(str(file), 200)}. "
            f"Correct it there, then: “{_again(form, file)}”."
        ) from None


def _again(form: FieldsForm, file: Path) -> str:
    return f"{form.again} --from {quote(str(file))}"


def _read(call: Call, form: FieldsForm, text: str) -> dict[str, Any]:
    """The values of the fields whose text is another one than before."""
    problems: list[str] = []
    values: dict[str, Any] = {}
    try:
        typed = read_fields(text, form.fields)
        before: Mapping[str, str] = {one.name: one.text for one in form.fields}
        for name, one in typed.items():
            if one.text == before[name]:
                continue
            try:
                values[name] = form.read(name, one.text)
            except Refused as refused:
                problems.append(f"Line {one.line}: {refused}")
    except WrongForm as wrong:
        problems += wrong.problems
    for problem in problems:
        call.out.say(problem)
    if problems:
        raise Refused("Could not read the text; nothing changed.")
    return values
