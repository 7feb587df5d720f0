"""`rounds offer`: what is known of an offer, and what became known."""

from typing import TYPE_CHECKING

from store.errors import NotFound
from tui.cli.call import Call, told
from tui.cli.json_shapes import offer_shape
from tui.cli.show import offer_lines
from tui.cli.table import DATE, json, one
from tui.cli.words import Usage, any_day, coming_day, past_day

if TYPE_CHECKING:
    from argparse import ArgumentParser


def offer_words(parser: "ArgumentParser") -> None:
    """Add what `rounds offer` understands."""
    one(parser)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--verbal", action="store_true", help="verbal offer")
    kind.add_argument("--written", action="store_true", help="written offer")
    for option, said in (
        ("--thanked", "date you thanked them"),
        ("--letter", "date of the written offer"),
        ("--signed", "date it was signed"),
        ("--asked-deadline", "date you asked for the deadline"),
        ("--asked-time", "date you asked for more time"),
        ("--extended-to", "new deadline"),
        ("--references", "date of the reference check; also before an offer"),
        ("--announced", "date they announced it; default today"),
        ("--counter", "date you sent a counter-offer"),
        ("--starts", "your first day at work"),
    ):
        parser.add_argument(option, metavar="DATE", help=said)
    parser.epilog = f"A DATE is {DATE}. Without an option the offer is shown."
    json(parser)


_WORDS = {
    "letter_on": "written offer",
    "signed_on": "signed",
    "deadline_asked_on": "asked for the deadline",
    "extension_asked_on": "asked for more time",
    "counter_sent_on": "proposed",
    "extended_to": "extended to",
    "reference_check_on": "references called",
    "announced_on": "announced",
    "starts_on": "first day",
}
"""What to say before each day that was stored."""


def offer(call: Call) -> int:
    """Show the offer; or put down what the options say of it."""
    words, today = call.words, call.today
    days = {
        "letter_on": past_day(words.letter, today),
        "signed_on": past_day(words.signed, today),
        "deadline_asked_on": past_day(words.asked_deadline, today),
        "extension_asked_on": past_day(words.asked_time, today),
        "counter_sent_on": past_day(words.counter, today),
        "extended_to": words.extended_to and coming_day(words.extended_to, today),
        "reference_check_on": words.references and any_day(words.references, today),
        "announced_on": past_day(words.announced, today),
        "starts_on": words.starts and any_day(words.starts, today),
    }
    thanked_on = past_day(words.thanked, today)
    said = {name: day for name, day in days.items() if day is not None}
    kind = "verbal" if words.verbal else "written" if words.written else None
    if thanked_on is not None:
        if kind is not None or said:
            raise Usage("Use --thanked on its own: it completes the follow-up.")
        with call.pipeline() as pipeline:
            written = pipeline.thank_for_offer(words.id, on=thanked_on)
            return told(call, written, days={"on": thanked_on})
    if kind is None and not said:
        return _show(call)
    with call.pipeline() as pipeline:
        written = pipeline.offer(words.id, kind=kind, **said)
        # One day needs no word: the summary says what was on it.
        named = {_WORDS[name] if len(said) > 1 else "on": day for name, day in said.items()}
        return told(call, written, days=named)


def _show(call: Call) -> int:
    wanted, now = call.words.id, call.now
    with call.glance() as glance:
        if glance is None:
            raise NotFound(f"There is no application {wanted}.")
        dossier = glance.dossier(wanted, now)
        criteria = glance.criteria()
    if call.words.json:
        call.out.json(offer_shape(dossier, now, criteria))
    elif not any((dossier.offer, dossier.reference_check_on, dossier.references_announced_on)):
        call.out.say(f"No offer yet. When there is one: “rounds move {wanted} offer”.")
    else:
        for line in offer_lines(dossier, now, criteria):
            call.out.lines(line)
    return 0
