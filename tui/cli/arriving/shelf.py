"""`rounds shelf`: the postings that wait for an answer, and what becomes of them."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from store.errors import AlreadyThere
from store.model.shelf import Shelved
from store.pipeline.arriving.shelf import DETAILS
from store.read.arriving.shelf import read_shelf, read_shelved
from store.read.employers import read_employers
from store.rules.dates import echo_day, short_day
from store.rules.employers import before_line
from store.rules.shelf import closing_words, is_closed, read_posting_number
from store.rules.text import Refused, quoted
from store.rules.typed.fields import ALL, AREAS, text_of
from store.rules.urgency import Level
from tui.cli.call import Call, tell, tell_nothing
from tui.cli.output import YELLOW, TableCell
from tui.cli.several.listed import earlier
from tui.cli.table import DATE
from tui.cli.words import Usage, past_day

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.model.board import Written
    from store.pipeline import Pipeline

OF_A_POSTING = [line for line in ALL if line.name in DETAILS]
"""The fields of the form that a posting has too."""
_EMPTY = "Nothing is on the shelf. “rounds take FILE” puts a posting there."


def shelf_words(parser: "ArgumentParser") -> None:
    from tui.cli.edit import FIELDS, field_options

    parser.add_argument(
        "posting",
        metavar="POSTING-ID",
        nargs="*",
        default=[],
        type=posting_id,
        help="the posting, such as p3, from “rounds shelf”; several with --drop",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--apply",
        metavar="DATE",
        nargs="?",
        const="today",
        help="make an application of it, sent today or on DATE; prints its ID",
    )
    what.add_argument(
        "--drop", action="store_true", help="take it off (“rounds undo” reverts this)"
    )
    parser.add_argument("--again", action="store_true", help="also when its link is there already")
    field_options(parser, [line for line in FIELDS if line.name in DETAILS])
    parser.epilog = f"A DATE is {DATE}. An option of a field changes it: --salary 80k."


def posting_id(text: str) -> int:
    """The number of a posting, "p3"."""
    from argparse import ArgumentTypeError

    number = read_posting_number(text)
    if number is None:
        raise ArgumentTypeError(
            f"{quoted(text)} is not the number of a posting, such as p3; “rounds shelf” shows them"
        )
    return number


def shelf(call: Call) -> int:
    """List the shelf, show one posting, change it, drop it, or make an application of it."""
    words = call.words
    given = [name for name in DETAILS if getattr(words, name) is not None]
    if not words.posting:
        if words.drop or words.apply is not None or given:
            raise Usage("Which posting? Give its number, such as p3; “rounds shelf” shows them.")
        return _list(call)
    if words.drop:
        with call.pipeline() as pipeline:
            written = pipeline.drop_postings(words.posting)
        return tell(call, written, "“rounds undo” reverts this.")
    if len(words.posting) > 1:
        raise Usage("One posting at a time, unless they are dropped: “rounds shelf p3 p4 --drop”.")
    if words.apply is not None:
        return _apply(call, words.posting[0])
    if given:
        return _edit(call, words.posting[0])
    return _show(call, words.posting[0])


def _list(call: Call) -> int:
    today = call.today
    with call.glance() as glance:
        found: Sequence[Shelved] = read_shelf(glance, today) if glance is not None else ()
    if call.wants_json:
        call.out.json("shelf", [_shape(one, text=False) for one in found])
        return 0
    if not found:
        call.out.say(_EMPTY)
        return 0
    rows = [
        (
            one.number,
            _closes(one, call),
            one.company,
            one.role,
            one.location,
            one.salary,
            short_day(one.taken_on, today),
        )
        for one in found
    ]
    names = ("ID", "CLOSES", "COMPANY", "ROLE", "LOCATION", "SALARY", "TAKEN")
    call.out.table(names, rows, yielding=("TAKEN", "LOCATION", "SALARY", "ROLE", "COMPANY"))
    call.out.say(
        "“rounds shelf POSTING-ID --apply” makes an application of one, --drop takes it off."
    )
    return 0


def _closes(one: Shelved, call: Call) -> TableCell | str:
    from store.rules.shelf import closing_level

    said = closing_words(one.closing_on, call.today)
    if one.closing_on is None or is_closed(one.closing_on, call.today):
        return said or "–"
    soon = closing_level(one.closing_on, call.today) is Level.TODAY
    return TableCell(said, YELLOW) if soon else said


def _show(call: Call, number: int) -> int:
    with call.glance() as glance:
        if glance is None:
            raise Refused(_EMPTY)
        one = read_shelved(glance, number)
        there = read_employers(glance, one.company)
    if call.wants_json:
        call.out.json("posting", _shape(one))
        return 0
    out, values = call.out, one.form_values()
    out.line(f"{one.number}  {one.company}, {one.role}")
    if said := closing_words(one.closing_on, call.today):
        out.line(said)
    for line in OF_A_POSTING:
        value = values[line.name]
        if value and line.name not in ("company", "role") and line not in AREAS:
            out.line(f"{line.label}: {_value_words(value, call)}")
    out.line(f"Taken: {_value_words(one.taken_on, call)}")
    out.section("It asks for", one.requirements)
    if one.posting_text:
        out.line()
        out.lines(one.posting_text)
    before = before_line(there.at(one.company), call.today, there.people_at(one.company))
    if before:
        out.say(f"Note: {before}")
    return 0


def _value_words(value: object, call: Call) -> str:
    from datetime import date

    return echo_day(value, call.today) if isinstance(value, date) else text_of(value)


def _apply(call: Call, number: int) -> int:
    on = past_day(call.words.apply, call.today)
    with call.pipeline() as pipeline:
        written = _make(call, pipeline, number, on)
        card = written.card
        names = {"company": card.company, "role": card.role} if card is not None else {}
        notes = earlier(call, pipeline, names, written.application_id) if names else []
    if not call.wants_json:
        call.out.line(str(written.application_id))
    tell(call, written, days={"applied": on})
    for note in notes:
        call.out.say(f"Note: {note}")
    return 0


def _make(call: Call, pipeline: "Pipeline", number: int, on: Any) -> "Written":
    try:
        return pipeline.apply_to(number, on=on, unless=None if call.words.again else "link")
    except AlreadyThere as there:
        raise Refused(f"{there} Nothing was added; --again adds it all the same.") from None


def _edit(call: Call, number: int) -> int:
    from tui.cli.edit import FIELDS, read_options

    with call.pipeline() as pipeline:
        with closing(pipeline.database.glance()) as glance:
            one = read_shelved(glance, number)
        stored = one.form_values()
        given = read_options(call, stored, [line for line in FIELDS if line.name in DETAILS])
        changes = {name: value for name, value in given.items() if value != stored[name]}
        if not changes:
            return tell_nothing(call, f"{one.company}, {one.role}: it says that already.")
        return tell(call, pipeline.edit_posting(number, changes))


def _shape(one: Shelved, *, text: bool = True) -> dict[str, object]:
    """A posting on the shelf."""
    shape = found_shape(one.form_values(), (), one.requirements, ())
    shape |= {"id": one.id, "number": one.number, "taken_on": one.taken_on.isoformat()}
    if not text:
        del shape["posting_text"], shape["guessed"], shape["remarks"]
    return shape


def found_shape(
    values: Mapping[str, Any],
    guessed: Collection[str],
    requirements: Sequence[str],
    remarks: Sequence[str],
) -> dict[str, object]:
    """What was found of a posting that is not on the shelf; `guessed` names what is a guess."""

    def day(name: str) -> str | None:
        return values[name].isoformat() if values.get(name) else None

    return {
        "id": None,
        "number": None,
        **{
            name: values.get(name) or None
            for name in ("company", "role", "location", "url", "source", "salary")
        },
        "tags": [*(values.get("tags") or ())],
        "posted_on": day("posted_on"),
        "closing_on": day("closing_on"),
        "taken_on": None,
        "posting_text": values.get("posting_text") or None,
        "requirements": [*requirements],
        "guessed": sorted(guessed),
        "remarks": [*remarks],
    }
