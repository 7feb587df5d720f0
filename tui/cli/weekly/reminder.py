"""`rounds reminder`: reminders that belong to no application, such as “update the CV”."""

from typing import TYPE_CHECKING, Any

from store.errors import NotFound
from store.read.weekly.reminders import read_reminder, read_reminders
from store.rules.text import quoted
from store.rules.weekly.reminders import read_every, read_reminder_number, reminder_number
from tui.cli.call import Call, tell
from tui.cli.output import TableCell
from tui.cli.showing.options import COLOURS
from tui.cli.source import text_or_input
from tui.cli.table import COMING
from tui.cli.words import Usage, coming_day, understand

if TYPE_CHECKING:
    from argparse import ArgumentParser

_NONE = "No reminders. Add one: “rounds reminder 'update the CV' --on fri”."


def reminder_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="*",
        default=[],
        help="what to remind you of; or a reminder ID such as r4, to change or --drop it",
    )
    parser.add_argument("--on", metavar="DATE", help=f"{COMING}; “none” for no day")
    parser.add_argument(
        "--every", metavar="SPAN", help="again every day, week, 2w or month; “never” ends that"
    )
    parser.add_argument("--text", dest="new_text", metavar="TEXT", help="what it says from now on")
    parser.add_argument(
        "--drop", action="store_true", help="delete it (“rounds undo” reverts this)"
    )


def reminder(call: Call) -> int:
    """List the reminders of no application, add one, change it or drop it."""
    words = call.words
    number = read_reminder_number(words.text[0]) if len(words.text) == 1 else None
    if number is not None:
        return _change(call, number)
    if words.drop or words.new_text is not None:
        raise Usage("Which reminder? Give its ID, such as r4; “rounds reminder” shows them.")
    if words.text:
        return _add(call)
    if words.on is not None or words.every is not None:
        raise Usage("A word is missing: “rounds reminder TEXT”. See “rounds reminder --help”.")
    return _list(call)


def _list(call: Call) -> int:
    with call.glance() as glance:
        found = read_reminders(glance) if glance is not None else ()
    if call.wants_json:
        from tui.cli.json_shapes import reminder_shape

        call.out.json("reminders", [reminder_shape(one, call.now) for one in found])
        return 0
    if not found:
        call.out.say(_NONE)
        return 0
    rows = [
        (
            one.number,
            TableCell(one.countdown(call.now), COLOURS.get(one.level(call.now), "")),
            one.text,
            one.again,
        )
        for one in found
    ]
    call.out.table(("ID", "WHEN", "WHAT", "AGAIN"), rows, yielding=("WHAT",))
    return 0


def _add(call: Call) -> int:
    options = _options(call)
    text = text_or_input(" ".join(call.words.text))
    with call.pipeline(create=True) as pipeline:
        written = pipeline.add_reminder(text, **options)
        more = f"Its ID is {reminder_number(written.made)}." if written.made is not None else ""
        return tell(call, written, more)


def _change(call: Call, number: int) -> int:
    words, changes = call.words, _options(call)
    if words.new_text is not None:
        changes["text"] = text_or_input(words.new_text)
    if words.drop:
        if changes:
            raise Usage("Either change a reminder or --drop it.")
        with call.pipeline() as pipeline:
            return tell(call, pipeline.drop_reminders([number]), "“rounds undo” reverts this.")
    if changes:
        with call.pipeline() as pipeline:
            return tell(call, pipeline.edit_reminder(number, changes))
    return _show(call, number)


def _show(call: Call, number: int) -> int:
    with call.glance() as glance:
        if glance is None:
            raise NotFound(f"There is no open reminder {reminder_number(number)}.")
        one = read_reminder(glance, number)
    if call.wants_json:
        from tui.cli.json_shapes import reminder_shape

        call.out.json("reminder", reminder_shape(one, call.now))
        return 0
    call.out.line(f"{one.number}  {one.text}")
    call.out.line(", ".join(filter(None, (one.countdown(call.now), one.again))))
    return 0


def _options(call: Call) -> dict[str, Any]:
    """The day and how often, as far as they are given."""
    words = call.words
    options: dict[str, Any] = {}
    if words.on is not None:
        none = words.on.strip().casefold() == "none"
        options["on"] = None if none else coming_day(words.on, call.today)
    if words.every is not None:
        options["every"] = understand(lambda: read_every(words.every))
    if "on" in options and options["on"] is None and options.get("every"):
        raise Usage(f"What comes {quoted(words.every)} needs a day: leave out “--on none”.")
    return options
