"""`rounds offer`: what is known of an offer, and what became known."""

from typing import TYPE_CHECKING, Any, NamedTuple

from tui.cli.call import Call, tell
from tui.cli.json_shapes import offer_shape
from tui.cli.showing.show import offer_lines
from tui.cli.table import DATE, json, one
from tui.cli.words import Usage, any_day, coming_day, past_day

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable
    from datetime import date


def offer_words(parser: "ArgumentParser") -> None:
    one(parser)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--verbal", action="store_true", help="verbal offer")
    kind.add_argument("--written", action="store_true", help="written offer")
    parser.add_argument(
        "--received", metavar="DATE", help="corrects the date on which you received it"
    )
    parser.add_argument("--thanked", metavar="DATE", help="date you thanked them")
    for option, day in _DAYS.items():
        parser.add_argument(option, dest=day.column, metavar="DATE", help=day.help)
    parser.epilog = (
        f"A DATE is {DATE}; “none” clears what was entered. Without an option the offer is shown."
    )
    json(parser)


class _DayOption(NamedTuple):
    """A day of an offer: what the store calls it, how it is read, the word before it once it is
    stored, and what the help says."""

    column: str
    read: "Callable[[str, date], date | None]"
    word: str
    help: str


NONE = ("none", "")
"""What stands for no day."""
_LASTING = ("extended_to", "announced_on")
"""What cannot be cleared on its own: the deadline has a command, the check of references a day."""
_DAYS = {
    "--letter": _DayOption("letter_on", past_day, "written offer", "date of the written offer"),
    "--signed": _DayOption("signed_on", past_day, "signed", "date it was signed"),
    "--asked-deadline": _DayOption(
        "deadline_asked_on", past_day, "asked for the deadline", "date you asked for the deadline"
    ),
    "--asked-time": _DayOption(
        "extension_asked_on", past_day, "asked for more time", "date you asked for more time"
    ),
    "--extended-to": _DayOption("extended_to", coming_day, "extended to", "new deadline"),
    "--references": _DayOption(
        "reference_check_on",
        any_day,
        "references called",
        "date of the reference check; also before an offer",
    ),
    "--announced": _DayOption(
        "announced_on", past_day, "announced", "date they announced it; default today"
    ),
    "--counter": _DayOption(
        "counter_sent_on", past_day, "proposed", "date you sent a counter-offer"
    ),
    "--starts": _DayOption("starts_on", any_day, "first day", "your first day at work"),
}


def offer(call: Call) -> int:
    """Show the offer; or put down what the options say of it."""
    words, today = call.words, call.today
    typed = {day: getattr(words, day.column) for day in _DAYS.values()}
    cleared = [day for day, text in typed.items() if text is not None and _is_none(text)]
    said = {
        day: day.read(text, today)
        for day, text in typed.items()
        if text is not None and day not in cleared
    }
    for day in cleared:
        if day.column in _LASTING:
            instead = "“rounds deadline ID none”" if "to" in day.column else "--references none"
            raise Usage(f"Use {instead} to clear it.")
    kind = "verbal" if words.verbal else "written" if words.written else None
    if alone := [name for name in ("thanked", "received") if getattr(words, name) is not None]:
        if said or cleared or len(alone) > 1 or (alone == ["thanked"] and kind is not None):
            raise Usage(f"Use --{alone[0]} on its own.")
        on = past_day(getattr(words, alone[0]), today)
        with call.pipeline() as pipeline:
            if alone == ["thanked"]:
                return tell(call, pipeline.thank_for_offer(words.id, on=on), days={"on": on})
            return tell(call, pipeline.receive_offer(words.id, on, kind=kind))
    if kind is None and not said and not cleared:
        return _show(call)
    days: dict[str, Any] = {day.column: on for day, on in said.items()}
    with call.pipeline() as pipeline:
        written = pipeline.offer(
            words.id, kind=kind, unsaid=[day.column for day in cleared], **days
        )
        # One day needs no word: the summary says what was on it.
        named = {day.word if len(said) > 1 else "on": on for day, on in said.items()}
        return tell(call, written, days=named)


def _is_none(text: str) -> bool:
    return text.strip().lower() in NONE


def _show(call: Call) -> int:
    wanted, now = call.words.id, call.now
    dossier, criteria = call.read(lambda g: (g.dossier(wanted, now), g.criteria()))
    if call.words.json:
        call.out.json("offer", offer_shape(dossier, now, criteria))
    elif not any((dossier.offer, dossier.reference_check_on, dossier.references_announced_on)):
        call.out.say(f"No offer yet. When there is one: “rounds move {wanted} offer”.")
    else:
        for line in offer_lines(dossier, now, criteria):
            call.out.lines(line)
    return 0
