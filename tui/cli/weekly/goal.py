"""`rounds goal`: the user's own goals for a week, and how far they are."""

from typing import TYPE_CHECKING

from store.read.weekly.goals import first_weekday, read_goals
from store.rules.text import Refused, shell_word
from store.rules.weekly.goals import KINDS, Goal, read_goal
from store.rules.weekly.weeks import week_of
from store.settings import read_week_begins
from tui.cli.call import Call, tell
from tui.cli.words import understand

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.read.glance import Glance

_NONE = "No goals. Set one: “rounds goal 5 applications”."


def goal_words(parser: "ArgumentParser") -> None:
    named = ", ".join(shell_word(name) for name in KINDS)
    parser.add_argument(
        "goal",
        metavar="GOAL",
        nargs="*",
        default=[],
        help=f"a number and what to count, of {named}: 5 applications; 0 ends it",
    )


def goal(call: Call) -> int:
    """Show this week's goals, or set one from this week on."""
    if call.words.goal:
        return _set(call)
    with call.glance() as glance:
        goals: tuple[Goal, ...] = ()
        if glance is not None:
            goals = read_goals(glance, week_of(call.today, begins_on(call, glance)), call.now)
    if call.wants_json:
        call.out.json("goals", [goal_shape(one) for one in goals])
        return 0
    for one in goals:
        call.out.line(f"{one.bar()}  {one.words()}")
    if not goals:
        call.out.say(_NONE)
    return 0


def begins_on(call: Call, glance: "Glance") -> int:
    """The weekday on which weeks begin, as the config file says; a mistake in it is told, and then
    it is as the board knows it."""
    try:
        return read_week_begins()
    except Refused as refused:
        call.out.say(f"Note: {refused}")
        return first_weekday(glance)


def _set(call: Call) -> int:
    kind, number = understand(lambda: read_goal(" ".join(call.words.goal)))
    begins = call.settings().week_begins
    with call.pipeline(create=True) as pipeline:
        return tell(call, pipeline.set_goal(kind, number, week_of(call.today, begins)))


def goal_shape(one: Goal) -> dict[str, object]:
    """A goal for a week, with how much of it is done."""
    return {"kind": one.kind, "number": one.number, "done": one.done, "reached": one.reached}
