"""`rounds employer`: all that was with one employer, and which names mean it."""

from contextlib import closing
from typing import TYPE_CHECKING

from store.errors import NotFound
from store.rules.text import quoted
from tui.cli.call import Call, tell

if TYPE_CHECKING:
    from store.model.employer import EmployerRecord
    from store.read.glance import Glance


def employer(call: Call) -> int:
    """Print what was with an employer; with --same-as or --not say first what its names mean."""
    words = call.words
    name = " ".join(words.name)
    if words.same_as is not None or words.not_as is not None:
        return _say(call, name)
    with call.glance() as glance:
        if glance is None:
            raise NotFound(f"There is no application at {quoted(name)}.")
        record = _find(call, glance, name)
    if words.json:
        from tui.cli.json_shapes import employer_shape

        call.out.json("employer", employer_shape(record, call.now))
    else:
        _print(call, record)
    return 0


def _say(call: Call, name: str) -> int:
    """Say that two names are one employer, or are not; a name that nobody applied to is told."""
    from store.read.employers import read_employers

    words = call.words
    other = words.not_as if words.same_as is None else words.same_as
    with call.pipeline() as pipeline:
        with closing(pipeline.database.glance()) as glance:
            unknown = [one for one in (name, other) if not read_employers(glance, one).at(one)]
        act = pipeline.other_employer if words.same_as is None else pipeline.same_employer
        written = act(name, other)
        tell(call, written)
        for one in unknown:
            call.out.say(f"Note: There is no application at {quoted(one)} yet.")
    return 0


def _find(call: Call, glance: "Glance", name: str) -> "EmployerRecord":
    """The employer that is called so, or where the application with this number is."""
    from store.read.employers import read_employer

    try:
        return read_employer(glance, name, call.now)
    except NotFound:
        if not name.isdecimal():
            raise
    return read_employer(glance, glance.card(int(name), call.now).company, call.now)


def _print(call: Call, record: "EmployerRecord") -> None:
    from tui.employer_words import facts, known_people, names_line, person_words, summary_line

    out, now = call.out, call.now
    names = names_line(record)
    out.line(f"{record.name}  ({names})" if names else record.name)
    out.line(summary_line(record, now.date()))
    for one in record.applications:
        card = one.card
        spelled = f", as {card.company}" if card.company != record.name else ""
        lines = (f"{lead}: {words}" for lead, words in facts(one, now) if words)
        out.section(f"{card.role}{spelled}  ({card.id})", lines)
    people = known_people(record)
    out.section("People", (f"{person_words(one)}  ({one.application_id})" for one in people))
