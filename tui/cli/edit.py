"""`rounds edit`: all fields of an application, as options or as text in an editor.

The options, which `rounds add` takes too, come from the table of the form's fields.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

from store.errors import Conflict
from store.rules.fields import NOUNS
from store.rules.people import RELATIONS
from store.rules.text import Refused, clean_tags, quoted
from store.rules.typed.fields import (
    ALL,
    AREAS,
    NO_CONTACT,
    FieldKind,
    FormLine,
    FormReader,
    text_of,
)
from tui.cli.call import Call, read_dossier, tell, tell_nothing
from tui.cli.naming import find_applications
from tui.cli.several.selection import choose_applications, read_applications, read_named
from tui.cli.source import read_source
from tui.cli.table import DATE, several
from tui.cli.words import STDIN, Named, Usage, understand

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.model.dossier import Dossier
    from tui.cli.field_editor import FieldsForm


FIELDS = (*ALL, NO_CONTACT)
"""All fields of an application, in the order of the form."""
REQUIRED = ("company", "role")
_OF_ONE = frozenset(
    ("company", "role", "url", "contact_name", "contact_email", "contact_relation", "posting_text")
)
"""What no two applications have in common."""
_REMOVED = re.compile(r"-[^-]")
_DAYS = (FieldKind.APPLIED, FieldKind.PAST, FieldKind.DAY, FieldKind.WINDOW)


def edit_words(parser: "ArgumentParser") -> None:
    from tui.cli.field_editor import form_words

    several(parser)
    field_options(parser, FIELDS)
    form_words(parser)
    parser.epilog = (
        f"A DATE is {DATE}. An empty value clears a field: --salary ''. Without an option the "
        "fields open in your editor ($VISUAL, $EDITOR)."
    )


def field_options(parser: "ArgumentParser", lines: Iterable[FormLine]) -> None:
    """An option for each field; None where it is not given."""
    for line in lines:
        option = f"--{line.called}"
        if line.kind is FieldKind.SWITCH:
            either = parser.add_mutually_exclusive_group()
            either.add_argument(
                option, dest=line.name, action="store_const", const="yes", help=line.example
            )
            either.add_argument(
                "--contact-ok",
                dest=line.name,
                action="store_const",
                const="no",
                help="they may be contacted",
            )
            continue
        metavar, said = "TEXT", _option_help(line)
        if line.kind in _DAYS:
            metavar = "DATE"
        elif line.kind is FieldKind.TAGS:
            metavar, said = "TAG", "+TAG adds it, -TAG removes it; repeat for more"
        elif line.kind is FieldKind.RELATION:
            metavar, said = "WHAT", ", ".join(RELATIONS)
        elif line.kind is FieldKind.PRESET:
            metavar, said = "NAME", "the preset of its follow-ups; '' for that of the settings"
        elif line in AREAS:
            said = f"{line.label.lower()}; @FILE reads it, - is standard input"
        many: dict[str, Any] = {"action": "append"} if line.kind is FieldKind.TAGS else {}
        parser.add_argument(option, dest=line.name, metavar=metavar, help=said, **many)


def _option_help(line: FormLine) -> str:
    """What the help says of an option: the label of its field, and an example."""
    label = line.label if line.label[1:2].isupper() else line.label.lower()
    example = "" if line.name in REQUIRED else line.example
    return f"{label}: {example}" if example else label


def edit(call: Call) -> int:
    """Change fields of an application: those that the options name, else in the editor. Of several
    the options change each."""
    words = call.words
    as_text = words.form or words.text_file is not None
    given = [line for line in FIELDS if getattr(words, line.name) is not None]
    if given and as_text:
        raise Usage("Give either options or a text.")
    named = find_applications(call, read_applications(read_named(call)))
    if words.where is not None or len(named) > 1 or not isinstance(named[0], int):
        return _edit_several(call, named, given)
    words.id = named[0]
    if given:
        return _edit_by_options(call)
    from tui.cli.field_editor import change_fields

    wanted = words.id
    dossier = call.read(lambda glance: glance.dossier(wanted), patient=not words.form)
    return change_fields(
        call, fields_form(call, dossier), lambda changes: _write(call, changes, dossier)
    )


def fields_form(call: Call, dossier: "Dossier") -> "FieldsForm":
    """The fields of an application as a text."""
    from store.rules.followups.presets import presets
    from store.rules.typed.field_text import TextField
    from tui.cli.field_editor import FieldsForm

    card, stored = dossier.card, dossier.form_values()
    lines = {line.name: line for line in FIELDS}
    reader = FormReader(call.today, stored)
    return FieldsForm(
        heading=f"{card.company} — {card.role} (application {card.id})",
        hints=(
            "Days: “today”, “3 dec”, 2026-12-03. Tags: “remote, python”. No contact: yes or no.",
            f"Relation: {', '.join(RELATIONS)}.",
            f"Follow-ups: {', '.join(presets())}; empty for those of the settings.",
        ),
        fields=[
            TextField(line.name, line.label, text_of(stored.get(line.name)), line in AREAS)
            for line in (*(line for line in FIELDS if line not in AREAS), *AREAS)
        ],
        read=lambda name, text: reader.read(lines[name], text).value,
        again=f"rounds edit {card.id}",
        kept_as=f"edit-{card.id}",
    )


def _edit_by_options(call: Call) -> int:
    wanted = call.words.id
    dossier = call.read(lambda glance: glance.dossier(wanted), patient=True)
    stored = dossier.form_values()
    given = read_options(call, stored, FIELDS)
    changes = {name: value for name, value in given.items() if value != stored.get(name)}
    if not changes:
        said = f"{dossier.card.company}, {dossier.card.role}: it says that already."
        return tell_nothing(call, said, wanted)
    return _write(call, changes, dossier)


def _edit_several(call: Call, named: Sequence[Named], given: Sequence[FormLine]) -> int:
    """Change the fields `given` as options in each of several applications, or in none."""
    if not given:
        raise Usage("Several are edited with options: “rounds edit 4 7 --tag +remote”.")
    for line in given:
        if line.name in _OF_ONE:
            raise Usage(f"“--{line.called}” is for one application at a time.")
    common = read_options(call, {}, [line for line in given if line.kind is not FieldKind.TAGS])
    with call.pipeline() as pipeline:
        from store.pipeline.changes.at_once import NothingNew

        chosen = choose_applications(call, pipeline, named)
        changes: dict[int, Mapping[str, Any]] = dict.fromkeys(chosen.ids, common)
        if call.words.tags is not None:
            with closing(pipeline.database.glance()) as glance:
                tags = {one: glance.card(one).tags for one in chosen.ids}
            edited = _edit_tags(call.words.tags, tags)
            changes = {one: {**common, "tags": edited[one]} for one in chosen.ids}
        try:
            written = pipeline.edit_all(changes)
        except NothingNew as same:
            return tell_nothing(call, str(same), *chosen.ids)
        return chosen.tell(call, pipeline, written, days=days_of(common))


def _edit_tags(
    words: Sequence[str], tags: Mapping[int, tuple[str, ...]]
) -> dict[int, tuple[str, ...]]:
    """The tags of each as `words` change them; Usage for one to be removed that none has."""
    for word in words:
        gone = word[1:].lstrip("#").casefold()
        if _REMOVED.match(word) and not any(
            gone in map(str.casefold, each) for each in tags.values()
        ):
            raise Usage(f"None of them has the tag {quoted(word[1:])}.")
    return {one: _read_tags(words, each, strict=False) for one, each in tags.items()}


def _write(call: Call, changes: dict[str, Any], seen: "Dossier") -> int:
    """Store what changed; Conflict where somebody else changed the same field meanwhile."""
    before = seen.form_values()
    refuse_nobodys_relation({**before, **changes})
    with call.pipeline() as pipeline:
        now = read_dossier(pipeline, seen.card.id)
        stored = now.form_values()
        for name in changes:
            if stored.get(name) != before.get(name):
                label = next(line.label for line in FIELDS if line.name == name)
                raise Conflict(f"{label} was changed elsewhere meanwhile. Nothing was saved.")
        written = pipeline.edit(seen.card.id, changes, version=now.card.version)
        return tell(call, written, days=days_of(changes))


def refuse_nobodys_relation(values: Mapping[str, Any]) -> None:
    """Refused where `values` say what somebody is, and nobody is named: that would be lost."""
    if values.get("contact_relation") and not (
        values.get("contact_name") or values.get("contact_email")
    ):
        raise Refused("There is no main contact yet. Give a name or an address too: --contact Ana.")


def days_of(values: Mapping[str, Any], nouns: Mapping[str, str] = NOUNS) -> dict[str, date | None]:
    """The days among the values, by the words that go before each when it is said back."""
    return {
        nouns[line.name]: values[line.name]
        for line in FIELDS
        if line.kind in _DAYS and line.name in values
    }


def read_options(
    call: Call, stored: Mapping[str, object], lines: Iterable[FormLine]
) -> dict[str, Any]:
    """The values of the fields whose options were given, as the form reads them.

    Raises Usage for words that cannot be understood, and Refused for a text that does not fit.
    """
    reader = FormReader(call.today, stored)
    values: dict[str, Any] = {}
    for line in lines:
        text = getattr(call.words, line.name)
        if text is None:
            continue
        if line.kind is FieldKind.TAGS:
            values[line.name] = _read_tags(text, stored.get(line.name))
        elif line in AREAS:
            values[line.name] = reader.read(line, _text_or_file(text)).value
        elif line.kind is FieldKind.TEXT:
            values[line.name] = reader.read(line, text).value
        else:
            values[line.name] = understand(lambda at=line, said=text: reader.read(at, said).value)  # type: ignore[misc]
    return values


def _text_or_file(text: str) -> str:
    """`text`; of “@notes.txt” what the file holds, of “-” what standard input does."""
    if text.startswith("@") and len(text) > 1:
        return read_source(text[1:])
    return read_source(STDIN) if text.strip() == STDIN else text


def _read_tags(words: Sequence[str], stored: object, *, strict: bool = True) -> tuple[str, ...]:
    """The tags after “+remote” and “-python” have been added and removed; '' removes all.

    A tag without a sign is added too; a new application has none to remove, so that a minus
    belongs to the tag there. With `strict` Usage for one to be removed that is not there.
    """
    tags = list(stored) if isinstance(stored, tuple | list) else []
    removing = stored is not None
    for word in words:
        if not word.strip():
            tags = []
        elif removing and _REMOVED.match(word):
            gone = clean_tags([word[1:]])
            left = [tag for tag in tags if tag.casefold() not in map(str.casefold, gone)]
            if strict and len(left) == len(tags):
                raise Usage(f"There is no tag {quoted(word[1:])} to remove.")
            tags = left
        else:
            tags.append(word.removeprefix("+"))
    return clean_tags(tags)
