"""The words of the commands around interviews: `interview`, `contact`, `debrief`, `point`."""

from argparse import ArgumentParser

from store.rules.people import RELATIONS
from store.rules.points import KINDS
from store.rules.stages import SAID
from tui.commandline.arguments import MINUTES_AT_MOST, counted, part_id
from tui.commandline.table import DATE, json, one


def interview(parser: ArgumentParser) -> None:
    """Of `rounds interview`."""
    one(parser)
    parser.add_argument(
        "when",
        metavar="WHEN",
        nargs="+",
        help="“tue 10:00 45m panel with Ana and Bo at Room 4”; or “invited” while there is no "
        "time yet, “invited fri”",
    ).required = False
    parser.add_argument("--minutes", metavar="N", type=counted(1, MINUTES_AT_MOST))
    parser.add_argument(
        "--stage",
        metavar="ROUND",
        help=f"first, {', '.join(SAID)}; default the next one; with --move N alone it changes that",
    )
    parser.add_argument("--place", metavar="TEXT", default="", help="a place or a link")
    parser.add_argument(
        "--with",
        dest="people",
        metavar="NAME",
        action="append",
        default=[],
        help="who takes part; may be repeated",
    )
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        action="append",
        default=[],
        help="panel, video, case+technical; may be repeated",
    )
    parser.add_argument(
        "--zone", metavar="ZONE", help="the zone of the time: America/New_York; default yours"
    )
    parser.add_argument(
        "--by",
        metavar="WHO",
        choices=("them", "you"),
        help="who cancelled it (default you), or did not come (default them): them, you",
    )
    parser.add_argument(
        "--on", metavar="DATE", help=f"when it was cancelled, or slots were sent, {DATE}"
    )
    become = parser.add_mutually_exclusive_group()
    for option, said in (
        ("--move", "give interview N the time WHEN; what is not said stays"),
        ("--cancel", "interview N will not take place"),
        ("--held", "interview N took place"),
        ("--not-held", "interview N did not take place after all"),
        ("--slots", "for invitation N you said when there is time"),
    ):
        become.add_argument(option, metavar="N", type=part_id, help=said)


def task(parser: ArgumentParser) -> None:
    """Of `rounds task`."""
    one(parser)
    parser.add_argument(
        "title", metavar="TITLE", help="“Case study”; without it all of them are listed"
    ).required = False
    parser.add_argument("--due", metavar="WHEN", help="“fri 17:00”, “3 dec”")
    parser.add_argument(
        "--handed-in",
        metavar="DATE",
        nargs="?",
        const="today",
        help=f"it was handed in, {DATE}; default today",
    )
    parser.add_argument("--not-handed-in", action="store_true", help="not handed in after all")
    parser.add_argument("--hours", metavar="N", help="how many hours it took so far")
    parser.add_argument("--given", metavar="DATE", help=f"when it came, {DATE}; default today")
    parser.add_argument("--kind", choices=("take-home", "assessment"), help="default take-home")
    parser.add_argument("--remarks", metavar="TEXT")
    parser.add_argument("--remove", action="store_true", help="take the task away")
    json(parser)


def contact(parser: ArgumentParser) -> None:
    """Of `rounds contact`."""
    one(parser)
    parser.add_argument(
        "name", metavar="NAME", help="who; without a name all of them are listed"
    ).required = False
    parser.add_argument("--rename", metavar="NAME", dest="new_name", help="their name as it is now")
    parser.add_argument("--title", metavar="TEXT", help="what they are there")
    parser.add_argument("--email", metavar="ADDRESS")
    parser.add_argument("--phone", metavar="TEXT")
    parser.add_argument("--link", metavar="URL", help="their profile")
    parser.add_argument("--relation", metavar="WHAT", help=", ".join(RELATIONS))
    parser.add_argument("--common-ground", metavar="TEXT", help="what you have in common")
    parser.add_argument("--background", metavar="TEXT")
    main = parser.add_mutually_exclusive_group()
    main.add_argument("--main", action="store_true", help="the one to write to")
    main.add_argument("--not-main", action="store_true", help="not the one to write to any more")
    parser.add_argument("--remove", action="store_true", help="take the contact off")
    json(parser)


def debrief(parser: ArgumentParser) -> None:
    """Of `rounds debrief`."""
    one(parser)
    parser.add_argument(
        "--interview",
        metavar="INTERVIEW-ID",
        type=part_id,
        help="which one; default the latest that has no debrief",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--from", dest="text_file", metavar="FILE", help="the form, filled in; - is standard input"
    )
    how.add_argument(
        "--form", action="store_true", help="print the form, for --from, and change nothing"
    )


def point(parser: ArgumentParser) -> None:
    """Of `rounds point`."""
    one(parser)
    parser.add_argument(
        "kind",
        metavar="KIND",
        help=f"{', '.join(KINDS)}; without it all points are listed",
    ).required = False
    parser.add_argument("text", metavar="TEXT", nargs="+").required = False
    parser.add_argument("--detail", metavar="TEXT", default="", help="plan, answer, reason")
    parser.add_argument("--link", metavar="URL", default="")
    parser.add_argument(
        "--felt", action="store_true", help="a concern nobody said; a weak answer; yours to ask"
    )
    parser.add_argument("--on", metavar="DATE", help="when a promise is due; of when the news is")
    parser.add_argument("--interview", metavar="INTERVIEW-ID", type=part_id, help="where it arose")
    parser.add_argument(
        "--answers", metavar="POINT-ID", type=part_id, help="the point that this one answers"
    )
    parser.add_argument(
        "--by",
        metavar="WHO",
        choices=("them", "you"),
        help="who cancelled it (default you), or did not come (default them): them, you",
    )
    become = parser.add_mutually_exclusive_group()
    for option, said in (
        ("--done", "point N is settled"),
        ("--addressed", "you have spoken to point N"),
        ("--open", "point N is open again"),
        ("--remove", "take point N off"),
    ):
        become.add_argument(option, metavar="N", type=part_id, help=said)
    json(parser)
