"""What is noted around an interview or an offer, one line each: the kinds, and what answers what.

A *point* is a line with a kind: a concern they voiced, a piece of news to raise, a story to tell,
a part of the offer. Light on purpose: forms and lists load it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from store.rules.text import Refused, quoted, shell_word, suggestion


class PointKind(NamedTuple):
    """One kind of point: its name in the table, its title, and what to write in the line."""

    name: str
    title: str
    hint: str


KINDS: Mapping[str, PointKind] = {
    kind.name: kind
    for kind in (
        PointKind("news", "News", "what happened at the company lately"),
        PointKind("project", "Project", "one of their projects to talk about"),
        PointKind("culture", "Culture", "what they value, and where you saw it"),
        PointKind("concern", "Concern", "a gap they see in you"),
        PointKind("research", "Research", "what you have read since"),
        PointKind("networking", "Networking", "who you have spoken to since"),
        PointKind("skill", "Skill", "what you have learned since"),
        PointKind("asked", "Asked", "a question they asked"),
        PointKind("topic", "Topic", "a topic they liked"),
        PointKind("achievement", "Achievement", "a result they liked"),
        PointKind("question", "Question", "a question to be ready for, or to ask"),
        PointKind("story", "Story", "situation, task, action, result"),
        PointKind("requirement", "Requirement", "what the posting asks for"),
        PointKind("my_promise", "You promised", "what you said you would do"),
        PointKind("their_promise", "They promised", "what they said they would do"),
        PointKind("component", "Package item", "pay, bonus, leave and so on"),
        PointKind("condition", "Condition", "what the offer depends on"),
        PointKind("counter", "Counter-offer", "what you ask to change, and why"),
    )
}

STATES = ("open", "addressed", "done")

STEPS = ("research", "networking", "skill")
"""What one does after an interview (the article's post-interview actions)."""
LANDED = ("achievement", "topic")
"""What went well, and is worth picking up again."""
NEWS = ("news", "project")
"""What is worth raising, as long as it is fresh."""
DEBRIEFED = ("asked", *LANDED, "concern", "my_promise", "their_promise")
"""The kinds that a debrief asks for."""

ANSWERS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(STEPS, ("concern", "requirement", "asked")),
    "story": ("requirement", "question", "asked", "concern"),
    "achievement": ("requirement", "concern"),
    "project": ("question",),
    "news": ("question",),
}
"""Which kinds may answer a point, and points of which kinds. What is answered answers nothing."""


def check_kind(kind: str) -> str:
    """`kind` itself; Refused, with the kinds there are, when it is none."""
    if kind not in KINDS:
        like = suggestion(kind, map(shell_word, KINDS))
        raise Refused(
            f"Unknown kind {quoted(kind)}.{like} Known are {', '.join(map(shell_word, KINDS))}."
        )
    return kind


def check_state(state: str) -> str:
    """`state` itself; Refused when there is no such state of a point."""
    if state not in STATES:
        raise Refused(f"There is no state {quoted(state)}. A point is {', '.join(STATES)}.")
    return state


def check_answer(kind: str, to: str) -> None:
    """Refused unless a point of `kind` can answer one of the kind `to`."""
    if to not in ANSWERS.get(kind, ()):
        raise Refused(
            f"A point of the kind {KINDS[kind].title.lower()} does not answer "
            f"one of the kind {KINDS[to].title.lower()}."
        )
