"""`rounds contact`: the people of an application."""

from shlex import quote
from typing import TYPE_CHECKING, Any

from store.errors import NotFound
from store.model.dossier import ContactEntry, Dossier
from store.rules.fields import CONTACT, MENTION
from store.rules.people import RELATIONS, match, read_relation
from store.rules.text import Refused, clean, quoted
from store.rules.typed.field_text import TextField
from tui.cli.call import Call, find_own, read_dossier, tell
from tui.cli.field_editor import FieldsForm, change_fields, form_words, wants_text
from tui.cli.json_shapes import contact_shape
from tui.cli.table import json, one
from tui.cli.words import Usage, part_id, understand
from tui.wording import relation_words

if TYPE_CHECKING:
    from argparse import ArgumentParser


def contact_words(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument(
        "name", metavar="NAME", help="the contact; omit to list all"
    ).required = False
    parser.add_argument("--rename", metavar="NAME", dest="new_name", help="new name")
    parser.add_argument("--title", metavar="TEXT", help="job title")
    parser.add_argument("--email", metavar="ADDRESS")
    parser.add_argument("--phone", metavar="TEXT")
    parser.add_argument("--link", metavar="URL", help="link to their profile")
    parser.add_argument("--relation", metavar="WHAT", help=", ".join(RELATIONS))
    parser.add_argument("--common-ground", metavar="TEXT", help="what you have in common")
    parser.add_argument("--background", metavar="TEXT")
    parser.add_argument("--mention", metavar="TEXT", help="what to mention in the thank-you note")
    parser.add_argument(
        "--interview",
        metavar="INTERVIEW-ID",
        type=part_id,
        help="the interview that --mention is about; default their last one",
    )
    main = parser.add_mutually_exclusive_group()
    main.add_argument("--main", action="store_true", help="make this the main contact")
    main.add_argument("--not-main", action="store_true", help="no longer the main contact")
    parser.add_argument("--remove", action="store_true", help="remove this contact")
    form_words(parser, edit="change all fields in your editor")
    json(parser)


_FIELDS = ("title", "email", "phone", "link", "relation", "common_ground", "background")
_MENTION = "mention-"


def contact(call: Call) -> int:
    """List the people; or add, change or remove the one who is named."""
    words = call.words
    said = {name: getattr(words, name) for name in _FIELDS}
    changes: dict[str, Any] = {name: text for name, text in said.items() if text is not None}
    if words.new_name is not None:
        changes["name"] = words.new_name
    if words.relation is not None:
        changes["relation"] = understand(lambda: read_relation(words.relation))
    if words.interview is not None and words.mention is None:
        raise Usage("--interview says which one --mention is about.")
    main = True if words.main else False if words.not_main else None
    more = main is not None or words.mention is not None
    if words.name is None:
        if changes or more or words.remove or wants_text(call):
            raise Usage(f"Name the contact: “rounds contact {words.id} Ana …”.")
        return _list(call)
    if wants_text(call):
        if changes or more or words.remove:
            raise Usage("Give either options or a text.")
        return _edit_as_text(call)
    with call.pipeline() as pipeline:
        dossier = read_dossier(pipeline, words.id)
        person = _find(dossier, words.name)
        if words.remove:
            if person is None:
                raise NotFound(f"There is no contact {quoted(words.name)}.")
            return tell(call, pipeline.remove_contact(person.id))
        if person is None:
            if words.mention is not None:
                raise Refused(_in_none(words.name))
            changes.pop("name", None)
            return tell(call, pipeline.contact(words.id, words.name, main=words.main, **changes))
        mentions = _mention(call, dossier, person)
        if main is not None and not changes and not mentions:
            return tell(call, pipeline.main_contact(person.id, main))
        if changes or mentions:
            written = pipeline.edit_contact(person.id, changes, mentions=mentions, main=main)
            return tell(call, written)
        return tell(call, pipeline.contact(words.id, words.name))


def _find(dossier: Dossier, name: str) -> ContactEntry | None:
    place = match(name, [person.called for person in dossier.contacts])
    return dossier.contacts[place] if place is not None else None


def _in_none(name: str) -> str:
    return f"{quoted(name)} takes part in no interview yet, so there is nothing to thank for."


def _mention(call: Call, dossier: Dossier, person: ContactEntry) -> dict[int, str]:
    """What to mention, by the id of the interviewer; nothing where it is not said."""
    words = call.words
    if words.mention is None:
        return {}
    interviews = dossier.interviews
    if words.interview is not None:
        interviews = (find_own(call, interviews, "interview", words.interview),)
    own = [who.id for one in interviews for who in one.interviewers if who.contact_id == person.id]
    if not own:
        raise Refused(_in_none(person.called))
    return {own[-1]: words.mention}


def _edit_as_text(call: Call) -> int:
    wanted, name = call.words.id, call.words.name
    dossier = call.read(lambda glance: glance.dossier(wanted), patient=not call.words.form)
    person = _find(dossier, name)
    if person is None:
        raise NotFound(f"There is no contact {quoted(name)}.")
    number = person.id

    def write(changes: dict[str, Any]) -> int:
        mentions = {
            int(key.removeprefix(_MENTION)): changes.pop(key)
            for key in list(changes)
            if key.startswith(_MENTION)
        }
        with call.pipeline() as pipeline:
            return tell(call, pipeline.edit_contact(number, changes, mentions=mentions))

    return change_fields(call, _form(dossier, person), write)


def _form(dossier: Dossier, person: ContactEntry) -> FieldsForm:
    card = dossier.card
    fields = [TextField(name, each.label, getattr(person, name)) for name, each in CONTACT.items()]
    fields.insert(2, TextField("relation", "Relation", person.relation))
    fields += [
        TextField(f"{_MENTION}{who.id}", f"Mention (interview {one.id})", who.point)
        for one in dossier.interviews
        for who in one.interviewers
        if who.contact_id == person.id
    ]

    def read(name: str, text: str) -> object:
        if name == "relation":
            return read_relation(text)
        field = CONTACT.get(name, MENTION)
        return clean(text, field._replace(required=False))

    return FieldsForm(
        heading=f"{person.called}, {card.company} — {card.role} (application {card.id})",
        hints=(f"Relation: {', '.join(RELATIONS)}.", "Mention: in the thank-you note."),
        fields=fields,
        read=read,
        again=f"rounds contact {card.id} {quote(person.called)}",
        kept_as=f"contact-{person.id}",
    )


def _list(call: Call) -> int:
    wanted = call.words.id
    people = call.read(lambda glance: glance.dossier(wanted, call.now)).contacts
    if call.words.json:
        call.out.json("contacts", [contact_shape(person) for person in people])
    elif people:
        heads = ("ID", "NAME", "RELATION", "TITLE", "EMAIL", "PHONE")
        call.out.table(heads, [_row(person) for person in people])
    else:
        call.out.say(f"No contacts yet. Add one: “rounds contact {wanted} Ana”.")
    return 0


def _row(person: ContactEntry) -> tuple[str, ...]:
    relation = relation_words(person)
    return str(person.id), person.name, relation, person.title, person.email, person.phone
