"""`rounds lesson`: what is worth keeping of an application that is over."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from store.model.dossier import Dossier
from store.rules.dates import short_day
from store.rules.fields import APPLICATION, LESSON
from store.rules.text import Refused, clean
from store.rules.typed.field_text import TextField
from store.rules.typed.fields import read_switch, text_of
from tui.cli.call import Call, tell
from tui.cli.field_editor import FieldsForm, change_fields, form_words, wants_text
from tui.cli.table import DATE, json, one
from tui.cli.words import Usage, past_day

if TYPE_CHECKING:
    from argparse import ArgumentParser

_OPTIONS = {"reason": "--reason", "lesson_keep": "--keep", "lesson_change": "--change"}
"""The texts of a lesson, by their names in the table."""
_SWITCHES = {
    "feedback_asked": ("--asked-feedback", "--not-asked-feedback", "asked them for feedback"),
    "stay_in_touch": ("--stay-in-touch", "--not-in-touch", "remind me to come back to them"),
}
_LABELS = {
    **LESSON,
    "thanked_on": "Thanked on",
    "feedback_asked": "Asked for feedback",
    "stay_in_touch": "Stay in touch",
}


def lesson_words(parser: "ArgumentParser") -> None:
    one(parser)
    for name, option in _OPTIONS.items():
        said = APPLICATION[name].label.lower()
        parser.add_argument(option, dest=name, metavar="TEXT", help=said)
    parser.add_argument(
        "--thanked", dest="thanked_on", metavar="DATE", help=f"date you thanked them, {DATE}"
    )
    for name, (on, off, said) in _SWITCHES.items():
        either = parser.add_mutually_exclusive_group()
        either.add_argument(on, dest=name, action="store_const", const=True, help=said)
        either.add_argument(off, dest=name, action="store_const", const=False, help="or not")
    form_words(parser, edit="change all of it in your editor")
    json(parser)


def lesson(call: Call) -> int:
    """Show the lesson of a closed application; or write it, by option or in the editor."""
    words = call.words
    given: dict[str, Any] = {
        name: value
        for name in (*_OPTIONS, *_SWITCHES)
        if (value := getattr(words, name)) is not None
    }
    if words.thanked_on is not None:
        given["thanked_on"] = past_day(words.thanked_on, call.today)
    if wants_text(call):
        if given:
            raise Usage("Give either options or a text.")
        dossier = call.read(lambda glance: glance.dossier(words.id), patient=not words.form)
        if dossier.card.outcome is None:
            raise Refused("This application is still open. Close it first.")
        return change_fields(call, _form(call, dossier), lambda changes: _write(call, changes))
    return _write(call, given) if given else _show(call)


def _write(call: Call, given: dict[str, Any]) -> int:
    with call.pipeline() as pipeline:
        written = pipeline.lesson(call.words.id, **given)
        return tell(call, written, days={"thanked": given.get("thanked_on")})


def _values(dossier: Dossier) -> dict[str, Any]:
    return {
        **{name: dossier.fields[name] for name in _OPTIONS},
        "thanked_on": dossier.thanked_rejection_on,
        "feedback_asked": dossier.feedback_asked,
        "stay_in_touch": dossier.stay_in_touch,
    }


def _form(call: Call, dossier: Dossier) -> FieldsForm:
    card = dossier.card

    def read(name: str, text: str) -> object:
        if name in APPLICATION:
            return clean(text, APPLICATION[name])
        if name in _SWITCHES:
            return read_switch(text)
        if not text.strip():
            raise Refused("It cannot be cleared here; “rounds undo” reverts the last change.")
        from store.rules.typed.days import parse_day

        return parse_day(text, call.today, past=True)

    return FieldsForm(
        heading=f"{card.company} — {card.role} (application {card.id})",
        hints=("Thanked on: a day. Asked for feedback, Stay in touch: yes or no.",),
        fields=[
            TextField(name, _LABELS[name], text_of(value))
            for name, value in _values(dossier).items()
        ],
        read=read,
        again=f"rounds lesson {card.id}",
        kept_as=f"lesson-{card.id}",
    )


def _show(call: Call) -> int:
    wanted = call.words.id
    dossier = call.read(lambda glance: glance.dossier(wanted))
    if dossier.card.outcome is None:
        raise Refused("This application is still open. Close it first.")
    values = _values(dossier)
    if call.words.json:
        thanked: date | None = values["thanked_on"]
        shape = {**values, "thanked_on": thanked.isoformat() if thanked else None}
        call.out.json("lesson", shape)
        return 0
    for line in _lines(values, call.today):
        call.out.lines(line)
    return 0


def _lines(values: dict[str, Any], today: date) -> Iterator[str]:
    for name, value in values.items():
        said = short_day(value, today) if isinstance(value, date) else text_of(value)
        yield f"{_LABELS[name]}: {said}".rstrip()
