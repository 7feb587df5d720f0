"""What interviews leave behind on a made-up board: people, debriefs, points, drafts."""

import random
from datetime import date, time, timedelta

from store.clock import FixedClock, local_instant
from store.pipeline import Pipeline
from store.rules.dates import roll_back

_PEOPLE = ("Ana Ruiz", "Bo Lind", "Cy Marsh", "Dana Okafor", "Emil Sato")
_CONCERNS = (
    "No experience with payments",
    "Two jobs in three years",
    "Has led no team yet",
    "Notice period of three months",
)
_ASKED = (
    "Tell me about yourself",
    "A conflict in a team, and what you did",
    "Why do you want to leave",
    "How would you shard this table",
)
_NEWS = ("They bought a competitor in Lyon", "A new head of engineering since May")
_STEPS = ("Read two papers on settlement", "Took a course on incident command")
_SIGNALS = ("at_length", "next_steps", "availability", "team", "rapport", "ran_over")


def hold_interview(
    pipeline: Pipeline,
    clock: FixedClock,
    choose: random.Random,
    card: int,
    before: date,
    promised: str = "",
) -> None:
    """An interview of `card` two days before the day `before`, prepared, held, and debriefed.

    `promised` is what the user said they would do, and has not done.
    """
    now = clock.moment
    day = roll_back(before - timedelta(days=2))
    clock.moment = local_instant(day - timedelta(days=1), time(8), clock.zone)
    people = choose.sample(_PEOPLE, 2)
    at = local_instant(day, time(10), clock.zone)
    interview = pipeline.interview(card, at, minutes=45, people=" and ".join(people)).made
    pipeline.contact(card, "Finn Adler", relation="employee", email="finn@people.example")
    pipeline.point(card, "news", choose.choice(_NEWS))
    pipeline.point(card, "story", "The night the database stood still", detail="STAR")
    clock.moment = at + timedelta(hours=2)
    assert interview is not None
    pipeline.debrief(
        interview,
        mood=choose.randint(2, 5),
        wish=choose.randint(2, 5),
        signals=choose.sample(_SIGNALS, 3),
        next_step="a talk with the team",
        remarks="The office is loud; they were kind.",
        points=[
            ("asked", choose.choice(_ASKED), choose.random() < 0.3),
            ("concern", choose.choice(_CONCERNS), False),
            ("concern", choose.choice(_CONCERNS), True),
            ("topic", "How they test migrations", False),
            *([("my_promise", promised, False)] if promised else []),
        ],
    )
    pipeline.point(card, "skill", choose.choice(_STEPS))
    pipeline.draft(card, "thank_you", f"Subject: Thank you\n\nDear {people[0]},\n\nthank you.")
    clock.moment = now
