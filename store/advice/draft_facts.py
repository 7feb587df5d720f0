"""What an application has to say in a message: pure over a `Dossier`."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import NamedTuple

from store.advice.facts import closest, contacts_by_latest
from store.model.dossier import (
    AssignmentEntry,
    ContactEntry,
    Dossier,
    Due,
    InterviewEntry,
    InterviewerEntry,
    PointEntry,
)
from store.rules.dates import MONTHS, WEEKDAYS, clock_time, roll_forward
from store.rules.drafts.slots import DraftFacts
from store.rules.followups.actions import LEAVING
from store.rules.people import in_a_line, match, same_name
from store.rules.points import LANDED, STEPS
from store.rules.text import Refused, first_sentence

_THROUGH_RECRUITER = (
    *("application_inquiry", "inquiry_after_days", "inquiry_after_date", "inquiry_after_check"),
    *("together", "ask_slot", "ask_letter", "ask_counter", "tell_date", "withdraw"),
    *("inquiry_after_task", "ask_time_of_interview", "cancelled", "no_show", "rebook"),
    "recruiter_call",
    *("confirm_interview", "availability", "offer_thanks", "ask_deadline", "ask_time", "kind_word"),
    *("reconfirm", "accept", "decline"),
)
"""The kinds that go to the recruiter where there is one (knowledge A.2)."""
_TO_REFERRERS = ("application_inquiry", "keep_in_touch", "look_again", "helper_thanks")
"""The kinds that may go to a referrer."""


class Recipient(NamedTuple):
    """Whom a message is to; both are empty where nobody is known."""

    name: str = ""
    email: str = ""


def recipient(
    dossier: Dossier, due: Due | None, kind: str, contact_id: int | None = None
) -> Recipient:
    """Whom the message is to: the contact `contact_id` where the user chose one, the person of the
    follow-up, the recruiter, or the best contact."""
    chosen = next((c for c in dossier.contacts if c.id == contact_id), None)
    if chosen is not None:
        return _of(chosen)
    if kind == "helper_thanks":
        return _helper(dossier, due)
    if kind == "references":
        them = [c for c in dossier.contacts if c.relation == "reference"]
        return _of(them[0]) if len(them) == 1 else Recipient()
    if kind == "thank_you":
        return _thanks_recipient(dossier, due)
    if through_recruiter(dossier, kind):
        return _recruiter(dossier)
    return _closest(dossier, kind)


def through_recruiter(dossier: Dossier, kind: str) -> bool:
    """Whether a message of this kind goes to a recruiter, who passes it on."""
    return bool(dossier.fields["via_recruiter"]) and kind in _THROUGH_RECRUITER


def _of(contact: ContactEntry) -> Recipient:
    return Recipient(contact.name, contact.email)


def _thanks_recipient(dossier: Dossier, due: Due | None) -> Recipient:
    """The interviewer; one without an address is written to via the coordinator (knowledge R7), or
    the recruiter."""
    contact_id = due.contact_id if due is not None else None
    person = next((c for c in dossier.contacts if c.id == contact_id), None)
    interview = next(
        (m for m in dossier.interviews if due is not None and m.id == due.interview_id), None
    )
    names = interview.names if interview is not None else ()
    if person is None:
        if len(names) > 1:
            return Recipient(email=_coordinator(dossier))
        if not names:
            return _closest(dossier, "thank_you")
        known = match(names[0], [c.name for c in dossier.contacts])
        person = dossier.contacts[known] if known is not None else None
        if person is None:
            return Recipient(names[0], _coordinator(dossier))
    others = [name for name in names if not same_name(name, person.name)]
    return Recipient(person.name, person.email or _coordinator(dossier, others))


def _coordinator(dossier: Dossier, others: Sequence[str] = ()) -> str:
    """The address of who arranged the interview, and is none of the `others` who led it: of the
    recruiter before all others."""
    if dossier.fields["via_recruiter"] and (between := _recruiter(dossier).email):
        return between
    contact, email = dossier.fields["contact_name"], dossier.fields["contact_email"]
    if email and not any(_may_be(contact, other) for other in others):
        return email
    arranging = [c for c in dossier.contacts if c.relation in ("coordinator", "recruiter")]
    return next((c.email for c in arranging if c.email), "")


def _may_be(name: str, other: str) -> bool:
    """Whether two names may be one person's, as "Ana" and "Ana Silva"."""
    return match(name, [other]) is not None or match(other, [name]) is not None


def _recruiter(dossier: Dossier) -> Recipient:
    """The recruiter in between, with the address if it is known."""
    name = dossier.fields["via_recruiter"]
    known = match(name, [contact.name for contact in dossier.contacts])
    if known is not None:
        return Recipient(name, dossier.contacts[known].email)
    if same_name(name, dossier.fields["contact_name"]):
        return Recipient(name, dossier.fields["contact_email"])
    theirs = [c for c in dossier.contacts if c.relation == "recruiter"]
    return _of(theirs[0]) if len(theirs) == 1 else Recipient(name)


def _helper(dossier: Dossier, due: Due | None) -> Recipient:
    """Who helped on the way: the person of the follow-up, else the only one there is."""
    helpers = [c for c in dossier.contacts if c.relation in ("reference", "referrer")]
    if due is not None and due.contact_id is not None:
        helpers = [c for c in dossier.contacts if c.id == due.contact_id]
    return _of(helpers[0]) if len(helpers) == 1 else Recipient()


def _closest(dossier: Dossier, kind: str) -> Recipient:
    """The best contact for a message of this kind."""
    interviewers = {m.id: [one.contact_id for one in m.interviewers] for m in dossier.interviews}
    met = contacts_by_latest(dossier.interviews, interviewers)
    best = closest(dossier.contacts, met, referrers=kind in _TO_REFERRERS)
    return _of(best) if best is not None else Recipient()


_AHEAD = ("confirm_interview", "availability", "reconfirm")
"""The kinds about an interview that is still to come."""
_CALLED_OFF = ("cancelled", "no_show", "rebook")
"""The kinds about an interview that did not, or does not, take place."""
_MORE_TIME = timedelta(days=7)
"""How much more time is asked for: a week, the upper end of what is usual (knowledge R14)."""
_TITLES = frozenset("dr prof professor mr mrs ms miss mx herr frau sir dame".split())  # noqa: SIM905
_AT_MOST = 2


def facts_for(
    dossier: Dossier,
    due: Due | None,
    kind: str,
    now: datetime,
    *,
    me: str = "",
    roles: Sequence[str] = (),
    offer_by: date | None = None,
    contact_id: int | None = None,
) -> DraftFacts:
    """What the dossier has to say in a message of this kind at `now`.

    Args:
        roles: the further roles that the message is about.
        offer_by: the day by which another employer wants the answer to an offer.
        contact_id: whom the user chose to write to.
    """
    card, points, today = dossier.card, dossier.points, now.date()
    interview = _interview_for(dossier, due, kind, now)
    there = _there(due, interview)
    concern, steps = _concern(points, interview, kind)
    question, answer = _better_answer(points, interview if kind == "thank_you" else None)
    name = recipient(dossier, due, kind, contact_id).name
    deadline = offer_by if kind == "tell_date" else card.deadline_on
    offer = dossier.offer
    task = _task(dossier, due)
    return DraftFacts(
        today=today,
        company=card.company,
        role=card.role,
        me=me,
        via=card.company if through_recruiter(dossier, kind) else "",
        name=name,
        first_name=salutation(name),
        names=in_a_line(interview.names) if interview is not None else "",
        point=_phrase(there.point if there is not None else ""),
        topic=_topic(points, interview, there, kind),
        topics=_lines_from(points, interview, LANDED),
        concern=concern,
        steps=steps,
        doubts=_lines_from(points, interview, ("concern",)),
        next_step=_next_step(dossier, interview),
        since=_since(dossier, now),
        question=question,
        answer=answer,
        why=first_sentence(dossier.fields["why_company"] or dossier.fields["why_role"]),
        promise=_promise(dossier, due),
        proposal=_join(p.text for p in points if p.kind == "counter" and p.state != "done"),
        roles=in_a_line(tuple(dict.fromkeys((card.role, *roles)))) if roles else "",
        when=_when(interview, today),
        place=interview.place if interview is not None else "",
        missing=_open_questions(interview) if kind in _AHEAD else "",
        task=task.title if task is not None else "",
        by_when="By what date" if deadline is None and not _asked_for_deadline(dossier) else "",
        in_writing="in writing" if _by_word(dossier) else "",
        elsewhere="another position" if due is not None and due.action in LEAVING else "",
        date=_date(dossier, interview, kind, today),
        applied=card.applied_on,
        asked=_last_inquiry(dossier, due, interview),
        promised=_decision_day(card.expected_by, kind, today),
        deadline=deadline if deadline is not None and deadline >= today else None,
        new_date=roll_forward(deadline + _MORE_TIME) if deadline is not None else None,
        offered=_offer_day(dossier, interview, kind),
        proposed=offer.counter_sent_on if offer is not None else None,
        handed_in=task.handed_in_on if task is not None else None,
    )


def salutation(name: str) -> str:
    """How to address someone: "Ana" for Ana Ruiz, the whole name where it begins with a title.

    Empty for what is no name, such as "two people of the team".
    """
    words = name.split()
    if not words or words[0][0].islower():
        return ""
    first = words[0].rstrip(".").casefold()
    titled = words[0].endswith(".") or first in _TITLES
    return name if titled or len(words) == 1 else words[0]


def _interview_for(
    dossier: Dossier, due: Due | None, kind: str, now: datetime
) -> InterviewEntry | None:
    """The interview that the message is about."""
    if due is not None and due.interview_id is not None:
        return next((m for m in dossier.interviews if m.id == due.interview_id), None)
    if kind in _AHEAD:
        return dossier.card.interview
    if kind in _CALLED_OFF:
        by = "you" if kind == "rebook" else "them"
        off = [m for m in dossier.interviews if m.called_off_by == by]
        return max(off, key=lambda m: (m.called_off_on or date.min, m.id), default=None)
    if kind == "ask_slot":
        asked = [m for m in dossier.interviews if m.offered_slots_on and m.status == "invited"]
        return asked[-1] if asked else None
    held = [m for m in dossier.interviews if m.was_held(now)]
    return max(held, key=lambda m: m.starts_at.timestamp() if m.starts_at else 0.0, default=None)


def _there(due: Due | None, interview: InterviewEntry | None) -> InterviewerEntry | None:
    """The interviewer that the message is about."""
    people = interview.interviewers if interview is not None else ()
    if due is None or due.contact_id is None:
        return people[0] if len(people) == 1 else None
    return next((one for one in people if one.contact_id == due.contact_id), None)


def _topic(
    points: Sequence[PointEntry],
    interview: InterviewEntry | None,
    there: InterviewerEntry | None,
    kind: str,
) -> str:
    """What went well: in a thank-you of its interview, another for each person; else the last."""
    landed = [p for p in points if p.kind in LANDED]
    if kind != "thank_you":
        return in_a_sentence(landed[-1].text) if landed else ""
    if interview is None:
        return ""
    landed = [p for p in landed if p.interview_id == interview.id]
    place = interview.interviewers.index(there) if there is not None else 0
    return in_a_sentence(landed[place % len(landed)].text) if landed else ""


_COMMON = frozenset(("a", "an", "how", "my", "our", "that", "the", "their", "this", "what", "why"))
"""Words that are written small within a sentence; of others it is not known."""


def in_a_sentence(text: str) -> str:
    """A topic as it stands within a sentence: "moving off cron", "the migration", "SQL"."""
    phrase = _phrase(text)
    word = phrase.partition(" ")[0]
    common = word.lower() in _COMMON or (word.istitle() and word.endswith("ing"))
    return phrase[:1].lower() + phrase[1:] if common else phrase


def _concern(
    points: Sequence[PointEntry], interview: InterviewEntry | None, kind: str
) -> tuple[str, str]:
    """A concern that they raised, with what was done about it; for feedback, one that is open.

    One that the user only sensed is never put into their mouth, and a thank-you note speaks of no
    interview but its own.
    """
    said = [p for p in points if p.kind == "concern" and not p.felt]
    if kind == "thank_you":
        said = [p for p in said if interview is not None and p.interview_id == interview.id]
    if kind == "feedback":
        return _phrase(next((p.text for p in said if p.state == "open"), "")), ""
    for concern in reversed(said):
        steps = [p.text for p in points if p.answers_id == concern.id]
        if steps and concern.state != "done":
            return _phrase(concern.text), _join(steps)
    return "", ""


def _lines_from(
    points: Sequence[PointEntry], interview: InterviewEntry | None, kinds: Sequence[str]
) -> str:
    """All lines of these kinds from one interview, without a concern that nobody raised."""
    here = [p for p in points if interview is not None and p.interview_id == interview.id]
    return "; ".join(
        _phrase(p.text) for p in here if p.kind in kinds and not (p.kind == "concern" and p.felt)
    )


def _next_step(dossier: Dossier, interview: InterviewEntry | None) -> str:
    """What they said comes next, in the debrief of this interview."""
    said = [d.next_step for d in dossier.debriefs if interview and d.interview_id == interview.id]
    return _phrase(said[0]) if said else ""


def _task(dossier: Dossier, due: Due | None) -> AssignmentEntry | None:
    """The task that the follow-up is about, else the one that was handed in last."""
    tasks = {task.id: task for task in dossier.assignments}
    for entry in dossier.follow_ups:
        head, _, rest = entry.anchor.partition(":")
        number = rest.partition(":")[0]
        if due is not None and entry.due.id == due.id and head == "task" and number.isdecimal():
            return tasks.get(int(number))
    done = [task for task in tasks.values() if task.handed_in_on is not None]
    return max(done, key=lambda task: (task.handed_in_on or date.min, task.id), default=None)


def _asked_for_deadline(dossier: Dossier) -> bool:
    return dossier.offer is not None and dossier.offer.deadline_asked_on is not None


def _better_answer(
    points: Sequence[PointEntry], interview: InterviewEntry | None
) -> tuple[str, str]:
    """A question of this interview that was answered weakly, and the answer found since."""
    if interview is None:
        return "", ""
    for asked in points:
        if asked.kind == "asked" and asked.felt and asked.interview_id == interview.id:
            answers = [p.text for p in points if p.answers_id == asked.id]
            if asked.state == "addressed" and asked.detail:
                answers = [first_sentence(asked.detail)]
            if answers:
                return asked.text.strip(), _join(answers)
    return "", ""


def _since(dossier: Dossier, now: datetime) -> str:
    """The steps taken since the last interview, or the application, that answer no concern."""
    days = [m.ends_at.date() for m in dossier.interviews if m.ends_at and m.was_held(now)]
    since = max(days, default=dossier.card.applied_on or date.min)
    return _join(
        p.text
        for p in dossier.points
        if p.kind in STEPS and p.answers_id is None and p.noted_on >= since
    )


def _promise(dossier: Dossier, due: Due | None) -> str:
    """What was promised: in this follow-up, else what is open and comes first."""
    mine = [p for p in dossier.points if p.kind == "my_promise" and p.state == "open"]
    if due is not None and due.action == "deliver":
        anchors = {e.anchor for e in dossier.follow_ups if e.due.id == due.id}
        mine = [p for p in mine if f"point:{p.id}" in anchors]
    return _phrase(mine[0].text) if mine else ""


def _when(interview: InterviewEntry | None, today: date) -> str:
    """ "Tuesday 24 November, 10:00", in the zone of the interview where that is another one."""
    if interview is None or interview.starts_at is None:
        return ""
    starts, zone = interview.starts_at, ""
    if interview.zone:
        from store.zones import zone_named, zone_words

        with suppress(Refused):
            there = starts.astimezone(zone_named(interview.zone))
            if there.utcoffset() != starts.utcoffset():
                starts, zone = there, f" ({zone_words(interview.zone, there).removeprefix('in ')})"
    year = "" if starts.year == today.year else f" {starts.year}"
    day = f"{WEEKDAYS[starts.weekday()]} {starts.day} {MONTHS[starts.month - 1]}{year}"
    return f"{day}, {clock_time(starts)}{zone}"


def _open_questions(interview: InterviewEntry | None) -> str:
    """What to ask about an interview: who, in what format, where, and for how long."""
    asked = [] if interview is not None and interview.names else ["who I will be meeting"]
    if interview is None or not interview.formats:
        asked.append("what format the interview will take")
    if interview is not None and interview.starts_at is not None and not interview.place:
        asked.append("where we will meet or which link to use")
    if interview is None or interview.starts_at is None:
        asked.append("how long it will last")
    return in_a_line(asked)


def _by_word(dossier: Dossier) -> bool:
    offer = dossier.offer
    return offer is not None and offer.kind == "verbal" and offer.letter_on is None


def _date(
    dossier: Dossier, interview: InterviewEntry | None, kind: str, today: date
) -> date | None:
    """The day of the interview; for references the one on which they are called."""
    if kind == "references":
        on = dossier.reference_check_on
        return on if on is not None and on > today else None
    return interview.starts_at.date() if interview is not None and interview.starts_at else None


def _last_inquiry(
    dossier: Dossier, due: Due | None, interview: InterviewEntry | None
) -> date | None:
    """The day of the last inquiry that nobody has answered."""
    if due is not None and due.nth == 1:
        return None
    answered = [
        m.sent_on for m in dossier.messages if m.direction == "in" and m.kind != "automatic"
    ]
    held = [interview.ends_at.date()] if interview is not None and interview.ends_at else []
    since = max([dossier.card.stage_since, *answered, *held])
    asked = [m.sent_on for m in dossier.messages if m.kind == "nudge" and m.sent_on >= since]
    return max(asked, default=None)


def _decision_day(by: date | None, kind: str, today: date) -> date | None:
    """The day that they named: one that has passed is spoken of only where it is the point."""
    return by if by is not None and (kind == "inquiry_after_date" or by >= today) else None


def _offer_day(dossier: Dossier, interview: InterviewEntry | None, kind: str) -> date | None:
    if kind == "ask_slot":
        return interview.offered_slots_on if interview is not None else None
    return dossier.offered_on


def _join(texts: Iterable[str]) -> str:
    """Some texts as one, the last ones where there are many: "a; b"."""
    return "; ".join([_phrase(text) for text in texts][-_AT_MOST:])


def _phrase(text: str) -> str:
    """A line of the user's as it can end a sentence of ours."""
    return " ".join(text.split()).rstrip(" .;,:")
