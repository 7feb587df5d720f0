"""`rounds contact`: the people of an application."""

from typing import TYPE_CHECKING, Any

from store.errors import NotFound
from store.model.dossier import ContactEntry
from store.rules.people import RELATIONS, match, read_relation
from store.rules.text import quoted
from tui.cli.call import Call, read_dossier, tell
from tui.cli.json_shapes import contact_shape
from tui.cli.table import json, one
from tui.cli.words import Usage, understand
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
    main = parser.add_mutually_exclusive_group()
    main.add_argument("--main", action="store_true", help="make this the main contact")
    main.add_argument("--not-main", action="store_true", help="no longer the main contact")
    parser.add_argument("--remove", action="store_true", help="remove this contact")
    json(parser)


_FIELDS = ("title", "email", "phone", "link", "relation", "common_ground", "background")


def contact(call: Call) -> int:
    """List the people; or add, change or remove the one who is named."""
    words = call.words
    said = {name: getattr(words, name) for name in _FIELDS}
    changes: dict[str, Any] = {name: text for name, text in said.items() if text is not None}
    if words.new_name is not None:
        changes["name"] = words.new_name
    if words.relation is not None:
        changes["relation"] = understand(lambda: read_relation(words.relation))
    if words.name is None:
        if changes or words.remove or words.main or words.not_main:
            raise Usage(f"Name the contact: “rounds contact {words.id} Ana …”.")
        return _list(call)
    with call.pipeline() as pipeline:
        people = read_dossier(pipeline, words.id).contacts
        place = match(words.name, [person.called for person in people])
        if words.remove:
            if place is None:
                raise NotFound(f"There is no contact {quoted(words.name)}.")
            return tell(call, pipeline.remove_contact(people[place].id))
        if place is not None and (words.main or words.not_main):
            if changes:
                pipeline.edit_contact(people[place].id, changes)
            return tell(call, pipeline.main_contact(people[place].id, words.main))
        if place is not None and changes:
            return tell(call, pipeline.edit_contact(people[place].id, changes))
        changes.pop("name", None)
        return tell(call, pipeline.contact(words.id, words.name, main=words.main, **changes))


def _list(call: Call) -> int:
    wanted = call.words.id
    people = call.read(lambda glance: glance.dossier(wanted, call.now)).contacts
    if call.words.json:
        call.out.json([contact_shape(person) for person in people])
    elif people:
        heads = ("ID", "NAME", "RELATION", "TITLE", "EMAIL", "PHONE")
        call.out.table(heads, [_row(person) for person in people])
    else:
        call.out.say(f"No contacts yet. Add one: “rounds contact {wanted} Ana”.")
    return 0


def _row(person: ContactEntry) -> tuple[str, ...]:
    relation = relation_words(person)
    return str(person.id), person.name, relation, person.title, person.email, person.phone
