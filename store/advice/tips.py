"""The tips of one application: what its page says, put as the facts that tips ask for."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from store.advice.carry_over import preparation
from store.model.dossier import Dossier, InterviewEntry, OfferEntry
from store.rules.lists import format_words
from store.rules.points import LANDED, NEWS, STEPS
from store.rules.stages import INTERVIEW_STAGES
from store.rules.text import few_words, first_sentence
from store.rules.tips.facts import TipFacts, TipInterview
from store.rules.tips.tips import TipLine, lines

_NO_PERSON = "automatic"
"""The kind of a message that no human wrote."""
_AT_MOST = 2
"""Inquiries in all where none is planned that could tell (knowledge R1, R8, R9)."""


class TipKnowledge(NamedTuple):
    """What tips ask for and the page does not show.

    `to_tell` are the employers who are still to hear of the offer, and `told` says whether any
    other has heard of it.
    """

    ticked: frozenset[str]
    to_tell: tuple[str, ...] = ()
    told: bool = False
    others_open: int = 0
    """How many other applications are open."""


def tip_lines(page: Dossier, known: TipKnowledge, now: datetime) -> tuple[TipLine, ...]:
    """The tips to show on the page of an application, whose own `tips` do not matter."""
    return lines(tip_facts(page, known, now), known.ticked)


def tip_facts(page: Dossier, known: TipKnowledge, now: datetime) -> TipFacts:
    """What the page says, as tips want to know it at `now` (aware, in the user's zone)."""
    card, texts, today = page.card, page.fields, now.date()
    interviews = [m for m in page.interviews if m.stage is card.stage and m.status != "cancelled"]
    invitations = [
        m for m in interviews if m.status == "invited" or (m.awaits_reply and not m.was_held(now))
    ]
    over = [interview for interview in interviews if interview.was_held(now)]
    since = card.applied_on or date.min
    answers = _human_answers(page)
    sent, at_most, inquiry_on = _inquiries(page, over, answers)
    return TipFacts(
        today=today,
        now=now,
        stage=card.stage,
        outcome=card.outcome,
        applied_on=card.applied_on,
        posted_on=page.posted_on,
        closing_on=page.closing_on,
        expected_by=card.expected_by,
        no_contact=page.no_contact,
        source=card.source,
        next_step=texts["next_step"],
        cv_version=texts["cv_version"],
        contact_name=texts["contact_name"],
        via_recruiter=texts["via_recruiter"],
        reason=texts["reason"],
        inbound=any(m.direction == "in" and m.sent_on >= since for m in page.messages),
        heard=any(day >= since for day in answers),
        nudges_sent=sent,
        nudges_at_most=at_most,
        inquiry_on=inquiry_on,
        quiet=card.is_quiet(today),
        interviews=tuple(
            TipInterview(m.starts_at, m.ends_at, m.names, m.place)
            for m in interviews
            if m.status == "confirmed" and m.kept is not False and m.starts_at and m.ends_at
        ),
        invited=bool(invitations),
        answered=all(invitation.answered_on is not None for invitation in invitations),
        thanked={m.id for m in over} <= page.thanks().complete(),
        debriefed=bool(over) and all(interview.debriefed_on is not None for interview in over),
        **_the_interview(page, over),
        **_preparation(page, now),
        **_lessons(page, over, since),
        **_offer_facts(page),
        companies=known.to_tell,
        all_told=known.told and not known.to_tell,
        others_open=known.others_open,
        thanked_for_reply=page.thanked_rejection_on is not None,
        feedback_asked=page.feedback_asked,
        lessons=bool(texts["lesson_keep"] and texts["lesson_change"]),
        look_again_planned=any(
            entry.due.action == "look_again" and entry.state in ("open", "done")
            for entry in page.follow_ups
        ),
    )


def _the_interview(page: Dossier, over: Sequence[InterviewEntry]) -> dict[str, Any]:
    """What is known of the interview ahead, and whom the user owes thanks."""
    ahead = page.card.interview
    waiting = page.thanks().waiting_persons({m.id for m in over})
    missing = _open_questions(ahead) if ahead is not None else ()
    return {
        "to_thank": tuple(c.name for c in page.contacts if str(c.id) in waiting),
        "formats": tuple(format_words([key]) for key in (ahead.formats if ahead else ())),
        "missing": missing,
        "ahead_known": ahead is not None and not missing,
    }


def _open_questions(ahead: InterviewEntry) -> tuple[str, ...]:
    """What to ask about the interview ahead."""
    missing = [] if ahead.names else ["who you will meet"]
    if not ahead.formats:
        missing.append("in what format")
    if ahead.starts_at is None:
        missing.append("when and for how long")
    elif not ahead.place:
        missing.append("where or by which link")
    return tuple(missing)


def _preparation(page: Dossier, now: datetime) -> dict[str, Any]:
    """What the user has ready for an interview."""
    points, texts = page.points, page.fields
    answered = {point.answers_id for point in points}
    required = [point for point in points if point.kind == "requirement"]
    news = [point for point in points if point.kind in NEWS and point.state != "done"]
    questions = preparation(page, now) if page.card.stage in INTERVIEW_STAGES else None
    to_rehearse = questions.to_rehearse if questions else ()
    return {
        "posting_saved": bool(texts["posting_text"]),
        "why": first_sentence(texts["why_company"] or texts["why_role"]),
        "requirements": tuple(point.text for point in required),
        "uncovered": tuple(
            point.text for point in required if point.state == "open" and point.id not in answered
        ),
        "stories": sum(point.kind == "story" for point in points),
        "own_questions": sum(
            question.mine and question.point is not None
            for question in (questions.questions if questions else ())
        ),
        "to_rehearse": len(to_rehearse),
        "rehearsed": sum(question.rehearsed for question in to_rehearse),
        "values": tuple(point.text for point in points if point.kind == "culture"),
        "news_count": len(news),
        "newest_news_on": max((point.due_on or point.noted_on for point in news), default=None),
        "ground": _ground(page),
        "met": _people_met(page, now),
        "inside": _names_of(page, "employee", "alumni"),
        "references": _names_of(page, "reference"),
    }


def _lessons(page: Dossier, over: Sequence[InterviewEntry], applied_on: date) -> dict[str, Any]:
    """What the interviews have shown so far, and what the user did about it."""
    points = page.points
    concerns = [point for point in points if point.kind == "concern"]
    open_ones = {point.id for point in concerns if point.state == "open"}
    since = max([m.ends_at.date() for m in over if m.ends_at], default=applied_on)
    these = {interview.id for interview in over}
    return {
        "weak": tuple(
            point.text
            for point in points
            if point.kind == "asked" and point.felt and point.interview_id in these
        ),
        "topics": tuple(point.text for point in points if point.kind in LANDED),
        "concerns": tuple(point.text for point in concerns if point.id in open_ones),
        "concerns_settled": bool(concerns) and not open_ones,
        "taken": tuple(point.text for point in points if point.answers_id in open_ones),
        "steps": tuple(
            point.text for point in points if point.kind in STEPS and point.noted_on >= since
        ),
    }


def _offer_facts(page: Dossier) -> dict[str, Any]:
    """What there is of an offer."""
    offer, points = page.offer, page.points
    return {
        "acknowledged": page.acknowledged_on is not None,
        "in_writing": _in_writing(offer),
        "signed": offer is not None and offer.signed_on is not None,
        "deadline_known": page.card.deadline_on is not None,
        "deadline_on": page.card.deadline_on,
        "extension_asked": offer is not None and offer.extension_asked_on is not None,
        "components": tuple(point.text for point in points if point.kind == "component"),
        "counters": tuple(point.text for point in points if point.kind == "counter"),
        "counter_sent": offer is not None and offer.counter_sent_on is not None,
        "conditions": tuple(
            point.text for point in points if point.kind == "condition" and point.state == "open"
        ),
        "compared": offer is not None and bool(offer.scores),
    }


def _ground(page: Dossier) -> tuple[str, ...]:
    """What there is in common with those who are met next, else with everyone."""
    names = set(page.card.interview.names) if page.card.interview else set()
    shared = [contact for contact in page.contacts if contact.common_ground]
    coming = [contact for contact in shared if contact.name in names] or shared
    return tuple(f"{few_words(contact.common_ground)} ({contact.name})" for contact in coming)


def _people_met(page: Dossier, now: datetime) -> tuple[str, ...]:
    """Everyone who was met, each once."""
    held = (interview for interview in page.interviews if interview.was_held(now))
    return tuple(dict.fromkeys(name for interview in held for name in interview.names))


def _names_of(page: Dossier, *relations: str) -> tuple[str, ...]:
    return tuple(contact.name for contact in page.contacts if contact.relation in relations)


def _in_writing(offer: OfferEntry | None) -> bool:
    return offer is not None and (offer.kind == "written" or offer.letter_on is not None)


def _human_answers(page: Dossier) -> list[date]:
    """The days on which a person wrote."""
    return [m.sent_on for m in page.messages if m.direction == "in" and m.kind != _NO_PERSON]


def _inquiries(
    page: Dossier, over: Sequence[InterviewEntry], answers: Sequence[date]
) -> tuple[int, int, date | None]:
    """How many inquiries were sent, how many may be, and the day of the one that comes next.

    The planned one knows; when none is planned, those count that were sent since the stage
    began, the last interview, or the last answer.
    """
    for entry in page.follow_ups:
        if entry.state == "open" and entry.due.action == "inquire":
            return entry.due.nth - 1, entry.due.of, entry.due.due_on
    held = [interview.ends_at.date() for interview in over if interview.ends_at]
    since = max([page.card.stage_since, *held, *answers])
    sent = sum(m.kind == "nudge" and m.sent_on >= since for m in page.messages)
    return sent, _AT_MOST, None


def known_items(dossier: Dossier) -> frozenset[str]:
    """The items of the checklist that the offer itself answers: they tick themselves."""
    offer = dossier.offer
    if offer is None:
        return frozenset()
    known = {
        "OC-01": offer.offered_on is not None and bool(offer.kind),
        "OC-02": offer.acknowledged_on is not None,
        "OC-03": offer.deadline_on is not None,
        "OC-23": any(point.kind == "counter" for point in dossier.points),
        "OC-29": offer.signed_on is not None,
    }
    return frozenset(item for item, done in known.items() if done)
