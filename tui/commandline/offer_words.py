"""The words of the commands around offers and messages: `offer`, `draft`."""

from argparse import ArgumentParser

from store.rules.drafts.kinds import KINDS
from tui.commandline.table import DATE, follow_up, json, one


def offer(parser: ArgumentParser) -> None:
    """Of `rounds offer`."""
    one(parser)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--verbal", action="store_true", help="it was made by word of mouth")
    kind.add_argument("--written", action="store_true", help="it was made in writing")
    for option, said in (
        ("--thanked", "when you thanked them for it"),
        ("--letter", "when it came in writing"),
        ("--signed", "when it was signed"),
        ("--asked-deadline", "when you asked by when they need your answer"),
        ("--asked-time", "when you asked for more time"),
        ("--extended-to", "the new day by which to answer"),
        ("--references", "when they call your references; also before an offer"),
        ("--announced", "when they said that they would; default today"),
        ("--counter", "when you proposed other terms"),
        ("--starts", "your first day there"),
    ):
        parser.add_argument(option, metavar="DATE", help=said)
    parser.epilog = f"A DATE is {DATE}. Without an option the offer is shown."
    json(parser)


def draft(parser: ArgumentParser) -> None:
    """Of `rounds draft`."""
    follow_up(parser)
    parser.add_argument("--to", metavar="NAME", help="somebody else of this application")
    parser.add_argument("--kind", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument(
        "--from", dest="text_file", metavar="FILE", help="take this text; - is standard input"
    )
    parser.add_argument(
        "--alone", action="store_true", help="about this one only, whatever else is due there"
    )
    parser.add_argument("--edit", action="store_true", help="open it in your editor, and keep it")
    parser.add_argument("--save", action="store_true", help="keep it as a draft")
    parser.add_argument("--sent", action="store_true", help="it was sent: the follow-up is done")
    parser.add_argument("--on", metavar="DATE", help=f"when it was sent, {DATE}; default today")
    parser.add_argument("--mailto", action="store_true", help="print it as a mailto: address")
    json(parser)
