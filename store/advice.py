"""The tips of one application: what its page says, put as the facts that tips ask for."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from store.card import Dossier, Meeting, OfferEntry, TipLine
from store.rules import tips
from store.rules.points import LANDED, NEWS
from store.rules.stages import INTERVIEW_STAGES, Stage

_NO_PERSON = "automatic"
"""The kind of a message that no human wrote."""
_AT_MOST = 2
"""Inquiries in all where none is planned that could tell (knowledge R1, R8, R9)."""


class Known(NamedTuple):
    """What tips ask for and the page does not show.

    `thanked` are the interviews for which a thank-you was sent; `others` are company and stage of
    the other open applications, where the stage has a tip about them.
    """

    ticked: frozenset[str]
    thanked: frozenset[int]
    others: tuple[tuple[str, Stage], ...]


def tip_lines(page: Dossier, known: Known, now: datetime) -> tuple[TipLine, ...]:
    """The tips to show on the page of an application, whose own `tips` do not matter."""
    return tuple(
        TipLine(
            id=shown.id,
            text=shown.text,
            why=shown.why,
            when=shown.when,
            tickable=shown.tickable,
            automatic=shown.automatic,
            ticked=shown.ticked,
            now=shown.now,
        )
        for shown in tips.lines(tip_facts(page, known, now), known.ticked)
    )


def tip_facts(page: Dossier, known: Known, now: datetime) -> tips.TipFacts:
    """What the page says, as tips want to know it at `now` (aware, in the user's zone)."""
    card, texts, today = page.card, page.fields, now.date()
    meetings = [m for m in page.interviews if m.stage is card.stage and m.status != "cancelled"]
    invitations = [meeting for meeting in meetings if meeting.status == "invited"]
    over = [meeting for meeting in meetings if meeting.held(now)]
    since = card.applied_on or date.min
    answers = _human_answers(page)
    news = [p for p in page.points if p.kind in NEWS and p.state != "done"]
    sent, at_most, inquiry_on = _inquiries(page, over, answers)
    return tips.TipFacts(
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
        dormant=card.dormant(today),
        talks=tuple(
            tips.Talk(m.starts_at, m.ends_at, _people(m), m.place)
            for m in meetings
            if m.status == "confirmed" and m.kept is not False and m.starts_at and m.ends_at
        ),
        invited=bool(invitations),
        answered=all(invitation.answered_on is not None for invitation in invitations),
        thanked=all(meeting.id in known.thanked for meeting in over),
        debriefed=bool(over) and all(meeting.debriefed_on is not None for meeting in over),
        topics=tuple(p.text for p in page.points if p.kind in LANDED),
        concerns=tuple(p.text for p in page.points if p.kind == "concern" and p.state == "open"),
        news_count=len(news),
        newest_news_on=max((p.due_on or p.noted_on for p in news), default=None),
        companies=tuple(name for name, stage in known.others if stage in INTERVIEW_STAGES),
        others_open=len(known.others),
        acknowledged=page.acknowledged_on is not None,
        in_writing=_in_writing(page.offer),
        deadline_known=card.deadline_on is not None,
        thanked_for_reply=page.thanked_rejection_on is not None,
        look_again_planned=any(
            entry.due.action == "look_again" and entry.state in ("open", "done")
            for entry in page.follow_ups
        ),
    )


def _people(meeting: Meeting) -> tuple[str, ...]:
    """The names of those who are met."""
    if meeting.interviewers:
        return tuple(interviewer.name for interviewer in meeting.interviewers)
    return tips.people_named(meeting.people)


def _in_writing(offer: OfferEntry | None) -> bool:
    return offer is not None and (offer.kind == "written" or offer.letter_on is not None)


def _human_answers(page: Dossier) -> list[date]:
    """The days on which a person wrote."""
    return [m.sent_on for m in page.messages if m.direction == "in" and m.kind != _NO_PERSON]


def _inquiries(
    page: Dossier, over: Sequence[Meeting], answers: Sequence[date]
) -> tuple[int, int, date | None]:
    """How many inquiries were sent, how many may be, and the day of the one that comes next.

    The planned one knows; when none is planned, those count that were sent since the stage
    began, the last interview, or the last answer.
    """
    for entry in page.follow_ups:
        if entry.state == "open" and entry.due.action == "inquire":
            return entry.due.nth - 1, entry.due.of, entry.due.due_on
    held = [meeting.ends_at.date() for meeting in over if meeting.ends_at]
    since = max([page.card.stage_since, *held, *answers])
    sent = sum(m.kind == "nudge" and m.sent_on >= since for m in page.messages)
    return sent, _AT_MOST, None
