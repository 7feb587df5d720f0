"""`rounds sweep`: the quiet applications, and an end for those of which one is suggested."""

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from store.read.quiet import QuietCard, ends_words, read_quiet
from tui.cli.call import Call, tell_nothing
from tui.cli.several.selection import ChosenOnes
from tui.cli.table import json
from tui.wording import count_of

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.pipeline import Pipeline

_NONE = "No application is quiet."
_NOTHING = "No quiet application is to be closed."


def sweep_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--yes", action="store_true", help="close those that may be over, as is suggested"
    )
    json(parser)


def sweep(call: Call) -> int:
    """List the quiet applications, or with `--yes` close those of which an end is suggested."""
    if call.words.yes:
        return _settle(call)
    with call.glance() as glance:
        found: Sequence[QuietCard] = read_quiet(glance, call.now) if glance is not None else ()
    if call.wants_json:
        call.out.json("sweep", [_shape(one) for one in found])
        return 0
    if not found:
        call.out.say(_NONE)
        return 0
    names = ("ID", "CLOSE AS", "SILENCE", "STAGE", "COMPANY", "ROLE")
    rows = [
        (
            str(one.card.id),
            one.suggested.title if one.suggested is not None else "–",
            f"{one.days:,} d",
            one.card.stage.value,
            one.card.company,
            one.card.role,
        )
        for one in found
    ]
    call.out.table(names, rows, yielding=("ROLE", "COMPANY"))
    ends = [one.suggested for one in found if one.suggested is not None]
    if ends:
        whose = f"{count_of(len(ends))}{ends_words(ends)}"
        call.out.say(
            f"“rounds sweep --yes” closes {whose}. “rounds close ID... OUTCOME” ends some in "
            "another way first."
        )
    else:
        call.out.say(f"{_NOTHING} A reply may still come.")
    return 0


def _settle(call: Call) -> int:
    with call.pipeline() as pipeline:
        with closing(pipeline.database.glance()) as glance:
            found = [one for one in read_quiet(glance, call.now) if one.suggested is not None]
        if not found:
            return tell_nothing(call, f"{_NOTHING} Nothing was changed.")
        return _close(call, pipeline, found)


def _close(call: Call, pipeline: "Pipeline", found: Sequence[QuietCard]) -> int:
    ends = {one.card.id: one.suggested for one in found if one.suggested is not None}
    names = {
        one.card.id: (f"{one.card.id}  {one.card.company}, {one.card.role}", one.card.id)
        for one in found
    }
    written = pipeline.close_each(ends)
    return ChosenOnes(list(ends), names).tell(
        call, pipeline, written, "“rounds undo” reverts this."
    )


def _shape(one: QuietCard) -> dict[str, object]:
    card = one.card
    return {
        "id": card.id,
        "company": card.company,
        "role": card.role,
        "stage": card.stage.value,
        "silent_days": one.days,
        "suggested": one.suggested.value if one.suggested is not None else None,
    }
