"""What is noted around an interview or an offer, one line each: the kinds, and what answers what.

A *point* is a line with a kind: a concern they voiced, a piece of news to raise, a story to tell,
a part of the offer. Light on purpose: forms and lists load it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from store.rules.text import Refused, quoted, shell_word, suggestion


class Kind(NamedTuple):
    """One kind of point: its name in the table, its title, and what to write in the line."""

    name: str
    title: str
    hint: str


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("news", "News", "what happened at the company lately"),
        Kind("project", "Project", "one of their projects to talk about"),
        Kind("culture", "Culture", "what they value, and where you saw it"),
        Kind("concern", "Concern", "a gap they see in you"),
        Kind("research", "Research", "what you have read since"),
        Kind("networking", "Networking", "who you have spoken to since"),
        Kind("skill", "Skill", "what you have learned since"),
        Kind("asked", "Asked", "a question they asked"),
        Kind("topic", "Topic", "a topic they liked"),
        Kind("achievement", "Achievement", "a result they liked"),
        Kind("question", "Question", "a question to be ready for, or to ask"),
        Kind("story", "Story", "situation, task, action, result"),
        Kind("requirement", "Requirement", "what the posting asks for"),
        Kind("my_promise", "You promised", "what you said you would do"),
        Kind("their_promise", "They promised", "what they said they would do"),
        Kind("component", "Package item", "pay, bonus, leave and so on"),
        Kind("condition", "Condition", "what the offer depends on"),
        Kind("counter", "Counter-offer", "what you ask to change, and why"),
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
