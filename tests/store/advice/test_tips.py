"""The tips know the card: what is stored fills their words and ticks them."""

from datetime import date, datetime, timedelta

import pytest

from store.advice.carry_over import preparation
from store.clock import FixedClock
from store.pipeline import Pipeline
from store.read.glance import Glance
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from store.rules.tips.tips import TipLine

APPLIED = date(2026, 11, 2)


def tip(glance: Glance, tip_id: str, application_id: int = 1) -> TipLine:
    return next(line for line in glance.dossier(application_id).tips if line.id == tip_id)


def text(glance: Glance, tip_id: str) -> str:
    return tip(glance, tip_id).text


def hours(clock: FixedClock, count: int) -> datetime:
    return clock.now() + timedelta(hours=count)


def test_while_applied(pipeline: Pipeline, glance: Glance) -> None:
    pipeline.add("Globex", "Engineer", applied_on=APPLIED)
    assert not tip(glance, "A-1").ticked
    assert text(glance, "A-11") == "Keep applying: one open application is not a plan"
    pipeline.edit(1, {"posting_text": "We look for an engineer."})
    pipeline.contact(1, "Eve", relation="employee")
    pipeline.point(1, "skill", "the CKA course")
    pipeline.point(1, "requirement", "Kubernetes")
    pipeline.add("Hooli", "Engineer", applied_on=APPLIED)
    assert tip(glance, "A-1").ticked
    assert text(glance, "A-4").startswith("Ask Eve for a referral")
    assert text(glance, "A-8").endswith(": “the CKA course”")
    assert text(glance, "A-9").endswith("; cover Kubernetes")
    assert "1 other application open" in text(glance, "A-11")
    pipeline.close(2, Outcome.REJECTED)
    assert text(glance, "A-11") == "Keep applying: one open application is not a plan"


def test_before_the_first_interview(pipeline: Pipeline, glance: Glance, clock: FixedClock) -> None:
    pipeline.add("Globex", "Engineer", applied_on=APPLIED, stage=Stage.FIRST)
    pipeline.interview(1, None, stage=Stage.FIRST)
    assert "who you will meet, in what format and 1 more" in text(glance, "F-2")
    pipeline.interview(1, hours(clock, 48), people="Ana", formats=["video_live"])
    assert text(glance, "F-2").endswith(": where or by which link")
    assert not tip(glance, "F-2").ticked
    pipeline.reschedule(1, hours(clock, 48), place="https://meet.example/x")
    assert tip(glance, "F-2").ticked
    pipeline.point(1, "requirement", "Kubernetes")
    pipeline.point(1, "requirement", "Go")
    needs = {point.text: point.id for point in glance.dossier(1).points}
    assert text(glance, "F-3").endswith("still missing: Kubernetes and Go")
    pipeline.point(1, "story", "the migration", answers_id=needs["Kubernetes"])
    assert text(glance, "F-3").endswith("still missing: Go")
    assert text(glance, "F-4").endswith("you have 1")
    pipeline.edit_point(needs["Go"], {"state": "addressed"})
    assert tip(glance, "F-3").ticked
    for _ in range(4):
        pipeline.point(1, "story", "another one")
    assert tip(glance, "F-4").ticked


def test_after_the_first_interview(pipeline: Pipeline, glance: Glance, clock: FixedClock) -> None:
    pipeline.add("Globex", "Engineer", applied_on=APPLIED, stage=Stage.FIRST)
    pipeline.interview(1, hours(clock, -3), people="Ana and Bo", stage=Stage.FIRST)
    assert text(glance, "F-10") == "Thank Ana and Bo within 24 hours, with a separate note for each"
    pipeline.debrief(1, points=[("asked", "Why us?", True), ("asked", "Who are you?", False)])
    assert tip(glance, "F-9").ticked
    assert text(glance, "F-11").endswith(": Why us?")
    first = next(e.due for e in glance.dossier(1).follow_ups if e.due.rule == "R7")
    pipeline.complete(first.id)
    assert text(glance, "F-10") == "Thank Bo too within 24 hours, with a separate note"
    assert not tip(glance, "F-10").ticked
    (second,) = (
        e.due for e in glance.dossier(1).follow_ups if e.due.rule == "R7" and e.state == "open"
    )
    pipeline.complete(second.id)
    assert tip(glance, "F-10").ticked


def test_before_the_second_interview(pipeline: Pipeline, glance: Glance, clock: FixedClock) -> None:
    pipeline.add(
        "Globex", "Engineer", applied_on=APPLIED, why_company="They ship tools.\nMore of it."
    )
    pipeline.interview(1, hours(clock, -48), people="Ana", stage=Stage.FIRST)
    pipeline.debrief(
        1, points=[("topic", "event sourcing", False), ("concern", "no Kubernetes", False)]
    )
    doubt = next(p.id for p in glance.dossier(1).points if p.kind == "concern")
    pipeline.point(1, "skill", "the CKA course", answers_id=doubt)
    pipeline.move(1, Stage.SECOND)
    pipeline.interview(1, hours(clock, 48), people="Bo", formats=["panel", "case"])
    bo = next(c.id for c in glance.dossier(1).contacts if c.name == "Bo")
    pipeline.edit_contact(bo, {"common_ground": "chess"})
    pipeline.point(1, "culture", "candour")
    pipeline.point(1, "news", "a new office")
    assert text(glance, "S-1").endswith(": candour")
    assert text(glance, "S-2").endswith("1 noted, newest from today")
    assert not tip(glance, "S-2").ticked
    assert text(glance, "S-4").endswith(": They ship tools")
    assert text(glance, "S-5").endswith(": “event sourcing”")
    assert text(glance, "S-6").endswith("“no Kubernetes”; say what you did: “the CKA course”")
    assert text(glance, "S-7") == "Build on genuine common ground: chess (Bo)"
    assert text(glance, "S-10") == "Show what you have done since: “the CKA course”"
    assert text(glance, "S-11") == "Prepare for each part of the agenda: panel and case"
    assert tip(glance, "S-11").ticked
    question = "Why us, and why now, given what you learned last time?"
    pipeline.rehearse(1, question)
    assert text(glance, "S-3") == "Rehearse the second-round questions aloud: 1 of 20 done"
    pipeline.edit_point(doubt, {"state": "done"})
    assert tip(glance, "S-6").ticked


def test_an_offer(pipeline: Pipeline, glance: Glance) -> None:
    pipeline.add("Globex", "Engineer", applied_on=APPLIED, stage=Stage.OFFER)
    pipeline.deadline(1, date(2026, 12, 3))
    pipeline.point(1, "component", "base 85,000")
    pipeline.point(1, "condition", "work permit")
    pipeline.point(1, "counter", "90,000")
    pipeline.contact(1, "Rob", relation="reference")
    assert "nothing yet on bonus, equity and 5 more" in text(glance, "O-4")
    assert text(glance, "O-6").endswith(": 90,000")
    assert text(glance, "O-7").endswith("before Thu 3 Dec")
    assert text(glance, "O-9") == "Read the conditions (work permit) and brief Rob"
    ticked = {line.id for line in glance.dossier(1).tips if line.ticked}
    assert ticked == {"O-3"}
    today = date(2026, 11, 23)
    pipeline.offer(1, letter_on=today, signed_on=today, extension_asked_on=today,
                   counter_sent_on=today)  # fmt: skip
    condition = next(p.id for p in glance.dossier(1).points if p.kind == "condition")
    pipeline.edit_point(condition, {"state": "done"})
    ticked = {line.id for line in glance.dossier(1).tips if line.ticked}
    assert ticked >= {"O-2", "O-3", "O-6", "O-7", "O-10"}


def test_after_a_rejection(pipeline: Pipeline, glance: Glance, clock: FixedClock) -> None:
    pipeline.add("Globex", "Engineer", applied_on=APPLIED)
    pipeline.interview(1, hours(clock, -48), people="Ana and Bo", stage=Stage.FIRST)
    pipeline.debrief(1, points=[("concern", "no Kubernetes", False)])
    pipeline.close(1, Outcome.REJECTED)
    assert text(glance, "C-2").endswith("about “no Kubernetes”")
    assert text(glance, "C-5").endswith(": “no Kubernetes”")
    assert text(glance, "C-6") == "Stay in touch with Ana and Bo"
    pipeline.edit(1, {"lesson_keep": "stories"})
    assert not tip(glance, "C-4").ticked
    pipeline.edit(1, {"lesson_change": "ask more"})
    assert tip(glance, "C-4").ticked


def test_items_of_a_checklist_are_ticked_beside_tips(pipeline: Pipeline, glance: Glance) -> None:
    pipeline.add("Globex", "Engineer", applied_on=APPLIED, stage=Stage.OFFER)
    assert glance.dossier(1).ticked == frozenset()
    pipeline.tick(1, "OC-01", True)
    pipeline.tick(1, "RC-09", True)
    pipeline.tick(1, "O-5", True)
    pipeline.tick(1, "RC-09", False)
    assert glance.dossier(1).ticked == {"OC-01", "O-5"}
    assert tip(glance, "O-5").ticked
    pipeline.undo()
    assert "RC-09" in glance.dossier(1).ticked


@pytest.mark.parametrize("tick_id", ["A-2", "A-5", "OC-99", "oc-01", "O-1", "S-12", "", "x" * 5000])
def test_what_cannot_be_ticked(pipeline: Pipeline, tick_id: str) -> None:
    pipeline.add("Globex", "Engineer", applied_on=APPLIED)
    with pytest.raises(Refused):
        pipeline.tick(1, tick_id, True)


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (
            lambda p, at: p.interview(1, at, formats=["tea_party"]),
            "There is no format “tea_party”.",
        ),
        (lambda p, at: p.debrief(1, signals=["vibes"]), "There is no signal “vibes”."),
        (lambda p, at: p.draft(1, "love_letter", "x"), "Unknown message type “love_letter”."),
    ],
)
def test_keys_that_there_are_not(
    pipeline: Pipeline, clock: FixedClock, act: object, sentence: str
) -> None:
    pipeline.add("Globex", "Engineer", applied_on=APPLIED)
    pipeline.interview(1, hours(clock, -3))
    assert callable(act)
    with pytest.raises(Refused) as refused:
        act(pipeline, hours(clock, 3))
    assert str(refused.value).startswith(sentence)


def test_what_was_rehearsed_under_an_earlier_wording_stays_rehearsed(
    pipeline: Pipeline, glance: Glance, clock: FixedClock
) -> None:
    pipeline.add("Globex", "Engineer", stage=Stage.SECOND)
    pipeline.point(1, "topic", "event sourcing")
    pipeline.rehearse(1, "Back to event sourcing: go into detail.")
    pipeline.rehearse(1, "Tell us of a failure, and of what changed afterwards.")
    questions = {q.text: q for q in preparation(glance.dossier(1), clock.now()).questions}
    assert questions["Last time we talked about event sourcing: can you go into detail?"].rehearsed
    assert questions["Tell us about a failure, and what you changed afterwards."].rehearsed
    assert [q for q in questions.values() if q.rehearsed and not q.group] == [], "none is twice"
