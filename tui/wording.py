"""In words, for screen, command line and messages: an interview or task, a follow-up, how an
application stands, the dates of an offer, what somebody else, such as an assistant, has changed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from store.rules.dates import (
    clock_time,
    countdown,
    distance_words,
    echo_day,
    elapsed_words,
    is_late,
    short_countdown,
    short_day,
)
from store.rules.fields import LABELS
from store.rules.followups.actions import THANKS
from store.rules.people import in_a_line
from store.rules.stages import Stage, stage_name
from store.rules.text import capital, plural, shorten
from store.zones import beside, their_time, zone_name

if TYPE_CHECKING:
    from store.model.dossier import (
        AssignmentEntry,
        Card,
        ContactEntry,
        Dossier,
        Due,
        InterviewEntry,
        OfferEntry,
    )
    from store.read.changes import MadeByOther
    from store.rules.weekly.goals import Goal

PROPOSED = "proposed, waiting for your reply"
"""What stands beside an interview whose time they proposed, until it is answered."""
_A_WEEK = 7 * 86_400
_HEADING_AT_MOST = 400
"""Characters of the names above a page: what stands below them is seen, too (product)."""


def heading_of(company: str, role: str) -> str:
    """Whose page it is: "Globex — Staff Engineer"; of very long names as much as has room."""
    return shorten(f"{company} — {role}", _HEADING_AT_MOST)


def span(interview: "InterviewEntry", now: datetime) -> str:
    """ "Tue 24 Nov 10:00–11:00" in the zone of `now`; "no time yet" for an invitation."""
    if interview.starts_at is None:
        return "no time yet"
    starts = interview.starts_at.astimezone(now.tzinfo)
    words = f"{short_day(starts.date(), now.date())} {clock_time(starts)}"
    if interview.ends_at is not None:
        words += f"–{clock_time(interview.ends_at.astimezone(now.tzinfo))}"
    return words


def interview_name(interview: "InterviewEntry", *, people: bool = False) -> str:
    """ "first interview"; with its `people` "first interview with Ana Ruiz"."""
    names = f" with {interview.people}" if people and interview.people else ""
    return f"{interview.called} interview{names}"


def interview_when(interview: "InterviewEntry", now: datetime) -> str:
    """`span`; of an invitation since when it waits: "invited Mon 16 Nov, no time yet"."""
    when = span(interview, now)
    if interview.starts_at is None and interview.invited_on is not None:
        when = f"invited {short_day(interview.invited_on, now.date())}, {when}"
    return when


def moved_words(interview: "InterviewEntry") -> str:
    """ "moved once", "moved twice", "moved 3 times"; nothing where it was not."""
    times = interview.moved_times
    often = {1: "once", 2: "twice"}.get(times, f"{times} times")
    return f"moved {often}" if times else ""


def distance(interview: "InterviewEntry", now: datetime) -> str:
    """ "tomorrow", "in 4 days", "6 days ago"; nothing for an invitation without a time."""
    if interview.starts_at is None:
        return ""
    return distance_words((interview.starts_at.astimezone(now.tzinfo).date() - now.date()).days)


def week_left(until: datetime, now: datetime) -> float:
    """How much of the week before `until` is left, 0 to 1: full a week ahead (product)."""
    return max(0.0, min(1.0, (until.timestamp() - now.timestamp()) / _A_WEEK))


def how_far(interview: "InterviewEntry", now: datetime) -> str:
    """ "in 20 min", "in 26 h", "in 4 d", "under way", "over", "did not take place"."""
    if interview.kept is False:
        return "did not take place"
    if interview.starts_at is None or interview.was_held(now):
        return "over"
    if interview.starts_at.timestamp() <= now.timestamp():
        return state(interview, now)
    return short_countdown(
        interview.starts_at.astimezone(now.tzinfo).date(), interview.starts_at, now
    )


def abroad(interview: "InterviewEntry", now: datetime) -> str:
    """ "04:00–05:00 in America/New_York" where the clocks there show another time than here.

    Nothing of UTC for a user whose own zone has no name: that is what such a zone is stored as.
    """
    if interview.starts_at is None or now.tzinfo is None:
        return ""
    if interview.zone in ("", zone_name(now.tzinfo)):
        return ""
    return their_time(interview.starts_at.astimezone(now.tzinfo), interview.ends_at, interview.zone)


def state(interview: "InterviewEntry", now: datetime) -> str:
    """ "invited", "proposed", "confirmed", "under way", "held", "not held" or "cancelled"."""
    if interview.status != "confirmed":
        return interview.status
    if interview.kept is False:
        return "not held"
    if interview.was_held(now):
        return "held"
    begun = interview.starts_at is not None and interview.starts_at.timestamp() <= now.timestamp()
    if begun:
        return "under way"
    return "proposed" if interview.awaits_reply else "confirmed"


def not_agreed(interview: "InterviewEntry", now: datetime) -> str:
    """ ", proposed" behind the name of an interview that is still to be answered; "" for others."""
    return ", proposed" if state(interview, now) == "proposed" else ""


def state_in_full(interview: "InterviewEntry", now: datetime) -> str:
    """`state`, and through whom it does not, or did not, take place: "cancelled by them"."""
    how = state(interview, now)
    if how == "cancelled" and interview.called_off_by:
        return f"{how} by {interview.called_off_by}"
    if how == "not held" and interview.called_off_by:
        return f"{how}: {'they' if interview.called_off_by == 'them' else 'you'} did not come"
    return how


def due_words(task: "AssignmentEntry", now: datetime) -> str:
    """By when a task is to be handed in: "Fri 27 Nov 17:00", "no due date"."""
    if task.due_on is None:
        return "no due date"
    if task.due_at is None:
        return short_day(task.due_on, now.date())
    local = task.due_at.astimezone(now.tzinfo)
    there = "" if now.tzinfo and task.zone == zone_name(now.tzinfo) else beside(local, task.zone)
    return f"{short_day(local.date(), now.date())} {clock_time(local)}{there}"


def hours_words(hours: float) -> str:
    """ "1 hour", "1.5 hours"."""
    return f"{hours:g} {'hour' if hours == 1 else 'hours'}"


def task_history(task: "AssignmentEntry", now: datetime) -> Iterator[str]:
    """What is known of a task, part by part."""
    today = now.date()
    yield f"received {short_day(task.given_on, today)}"
    yield f"due {due_words(task, now)}" if task.due_on is not None else "no due date"
    if task.minutes_spent:
        yield f"{hours_words(task.minutes_spent / 60)} spent"
    if task.handed_in_on is not None:
        yield f"handed in {short_day(task.handed_in_on, today)}"


def format_titles(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The formats by their titles; one that is unknown by its key."""
    if not keys:
        return ()
    from store.rules.lists import formats

    known = formats()
    return tuple(known[key].title if key in known else key for key in keys)


def follow_up_words(due: "Due", *, brief: bool = False) -> str:
    """What to do; of several in a row, which one it is: "follow up (1 of 2)".

    In `brief` without that, and whom to thank without for what.
    """
    if brief:
        return due.label.partition(" for ")[0] if due.action == THANKS else due.label
    return f"{due.label} ({due.nth} of {due.of})" if due.of > 1 else due.label


def follow_up_line(due: "Due", now: datetime, *, brief: bool = False) -> str:
    """A follow-up in a list: "2 days late · follow up (1 of 2)"; in `brief` "2 d late · ..."."""
    if brief:
        return f"{due.short_countdown(now)} · {due.label}"
    return f"{due.countdown(now)} · {follow_up_words(due)}"


def follow_up_title(due: "Due", now: datetime) -> str:
    """A follow-up as a heading: "Follow up (1 of 2) · 2 days late, snoozed"."""
    words = follow_up_words(due)
    snoozed = ", snoozed" if due.snoozed else ""
    return f"{words if due.own else capital(words)} · {due.countdown(now)}{snoozed}"


def standing(card: "Card", now: datetime, *, brief: bool = False, alone: bool = False) -> str:
    """How an application stands: "in the second interview stage for 6 days · applied Tue 13 Oct,
    41 days ago".

    In `brief` "Second interview stage for 6 d · applied 41 d ago"; the stage `alone` without the
    day of the application.
    """
    today = now.date()
    quiet = [QUIET] if card.is_quiet(today) else []
    since = elapsed_words(card.stage_since, today)
    if brief:
        parts = list(_briefly(card, today))
        return " · ".join([*(parts[:1] if alone else parts), *quiet])
    applied = []
    if card.applied_on is not None:
        applied = [f"applied {echo_day(card.applied_on, today)}"]
    if card.outcome is not None:
        on = f" on {short_day(card.closed_on, today)}" if card.closed_on else ""
        on = " on a day that is not known" if card.undated else on
        reached = [] if card.stage is Stage.APPLIED else [f"reached {stage_name(card.stage)}"]
        return " · ".join([f"{card.outcome.title}{on}", *reached, *applied])
    if card.stage is Stage.APPLIED and card.applied_on == card.stage_since:
        return " · ".join([*applied, *quiet])
    span = "since today" if since == "today" else f"for {since}"
    span = "since a day that is not known" if card.undated else span
    return " · ".join([f"in the {stage_name(card.stage)} stage {span}", *applied, *quiet])


def _briefly(card: "Card", today: date) -> Iterator[str]:
    """ "Second interview stage for 6 d", "applied 41 d ago"; while applied only the latter."""
    days = (today - card.stage_since).days
    ago = (today - card.applied_on).days if card.applied_on is not None else None
    if card.stage is Stage.APPLIED:
        days = days if ago is None else ago
        yield f"Applied {days:,} d ago" if days > 0 else "Applied today"
        return
    since = "" if card.undated else f" for {days:,} d" if days > 0 else " since today"
    yield f"{capital(stage_name(card.stage))} stage{since}"
    if ago is not None:
        yield f"applied {ago:,} d ago" if ago > 0 else "applied today"


def relation_words(contact: "ContactEntry") -> str:
    """What they are, and whether they are the one to write to: "recruiter, main contact".

    Of a main contact whose relation is not told, that alone.
    """
    from store.rules.people import OTHER, RELATIONS

    what = RELATIONS.get(contact.relation, contact.relation)
    if not contact.main:
        return what
    return MAIN_CONTACT if contact.relation == OTHER else f"{what}, {MAIN_CONTACT}"


def decision_label(card: "Card", today: date) -> str:
    """What stands before the day by which they decide, or wanted to."""
    over = card.expected_by is not None and card.expected_by < today
    return "They decided by" if over else LABELS["expected_by"]


MAIN_CONTACT = "main contact"
"""Whom messages of an application go to first."""
QUIET = "quiet"
"""An application from which nothing is expected any more unless they write."""
APPLY_OR_DROP = "apply, or drop the posting"
"""What is to be done with a posting that closes."""

OFFER_LABELS: Mapping[str, str] = {
    "received": "Received",
    "thanked": "Thanked",
    "letter": "Written offer",
    "deadline": "Deadline",
    "asked": "Deadline asked",
    "time": "More time",
    "counter": "Counter-offer",
    "check": "References",
    "signed": "Signed",
    "starts": "First day",
}
"""What the dates of an offer are called, in the order in which they are listed."""


def offer_words(dossier: "Dossier", now: datetime) -> dict[str, str]:
    """The dates of an offer by the keys of `OFFER_LABELS`; empty where there is none.

    Without an offer what is known of the references is left.
    """
    offer, today = dossier.offer, now.date()
    words = dict.fromkeys(OFFER_LABELS, "") | {"check": references_words(dossier, today)}
    if offer is None:
        return words
    received = (_echo(offer.offered_on, today), offer.kind)
    settled = dossier.card.outcome is not None or offer.signed_on is not None
    deadline = deadline_words(offer, now)
    if settled and offer.deadline_on is not None:
        deadline = deadline_day(offer.deadline_on, offer.deadline_at, now)
    asked, sent = offer.extension_asked_on, offer.counter_sent_on
    return words | {
        "received": " · ".join(filter(None, received)),
        "thanked": _echo(offer.acknowledged_on, today),
        "letter": _echo(offer.letter_on, today),
        "deadline": deadline,
        "asked": _echo(offer.deadline_asked_on, today),
        "time": f"asked {echo_day(asked, today)}" if asked is not None else "",
        "counter": f"sent {echo_day(sent, today)}" if sent is not None else "",
        "signed": _echo(offer.signed_on, today),
        "starts": _echo(offer.starts_on, today),
    }


def deadline_day(on: date, at: datetime | None, now: datetime) -> str:
    """By when an offer wants an answer: "Fri 27 Nov 17:00", "Fri 27 Nov"."""
    time = f" {clock_time(at.astimezone(now.tzinfo))}" if at is not None else ""
    return f"{short_day(on, now.date())}{time}"


def deadline_words(offer: "OfferEntry", now: datetime, *, brief: bool = False) -> str:
    """The same with what is left: "Fri 27 Nov 17:00, due in 30 h"; "" without a day.

    In `brief` "Fri 27 Nov 17:00, in 30 h". A deadline that has passed is a fact, and no task that
    is late.
    """
    on, at = offer.deadline_on, offer.deadline_at
    if on is None:
        return ""
    words, over = deadline_day(on, at, now), is_late(on, at, now)
    if brief:
        left = "over" if over else short_countdown(on, at, now)
        return f"{words}, {left}"
    left = "over" if over else countdown(on, at, now)
    if left == short_day(on, now.date()):
        left = distance_words((on - now.date()).days)
    return f"{words}, {left}"


def references_words(dossier: "Dossier", today: date) -> str:
    """When references are called: "called Fri 4 Dec, in 11 days, announced Mon 23 Nov"."""
    on, announced_on = dossier.reference_check_on, dossier.references_announced_on
    parts = [f"called {echo_day(on, today)}"] if on is not None else []
    if announced_on is not None:
        parts.append(f"announced {short_day(announced_on, today)}")
    return ", ".join(parts)


def _echo(day: date | None, today: date) -> str:
    return echo_day(day, today) if day is not None else ""


MESSAGES: Mapping[str, str] = {
    "reply": "they replied",
    "automatic": "auto-reply",
    "invitation": "they invited you",
    "date_given": "they gave a date",
    "offer": "they made an offer",
    "rejection": "they sent a rejection",
    "application": "you applied",
    "answer": "you replied",
    "nudge": "you followed up",
    "thank_you": "you thanked them",
    "acknowledgement": "you thanked them for the offer",
    "other": "you wrote",
}
"""What each kind of message is called in a log."""


YOUR_REMINDER = "your own reminder"
"""Why a reminder stands on a list."""


def goals_line(goals: "Collection[Goal]") -> str:
    """ "3 of 5 applications, 1 of 2 interviews this week"; "" without a goal."""
    return ", ".join(goal.words("") for goal in goals) + " this week" if goals else ""


_COMPANIES_AT_MOST = 160


def count_of(number: int) -> str:
    """ "1 application", "40 applications"."""
    return plural(number, "application")


def companies_of(cards: "Iterable[Card]") -> str:
    """The companies of several applications, each once, as far as there is room for them."""
    return in_a_line(list(dict.fromkeys(card.company for card in cards)), _COMPANIES_AT_MOST)


def made_words(moments: Sequence[datetime], today: date) -> list[str]:
    """When each of several copies was made, "Mon 23 Nov, 09:12"; with the second where two would
    read the same."""
    words = [f"{short_day(made.date(), today)}, {clock_time(made)}" for made in moments]
    return [
        f"{said}:{made.second:02}" if words.count(said) > 1 else said
        for said, made in zip(words, moments, strict=True)
    ]


def size_words(number: int) -> str:
    """So many bytes, as people read it: "312 KB", "4.1 MB"."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1_000)):,} KB"
    return f"{number / 1_000_000:,.1f} MB"


_DID: Mapping[str, str] = {
    "add": "added {whose}",
    "note": "added a note to {whose}",
    "reply": "recorded a reply from {whose}",
    "interview": "added an interview with {whose}",
    "draft": "wrote a draft for {whose}",
}
"""What was done to an application, by the verb of the change."""


def tell_others(made: "Sequence[MadeByOther]") -> Iterator[str]:
    """A sentence for each of those who made the changes, and how to take the last one back."""
    for made_by, some in groupby(made, key=lambda one: one.made_by):
        changes = list(some)
        who, last = capital(made_by), _change_words(changes[-1])
        if len(changes) == 1:
            yield f"{who} {last}. u undoes it."
        else:
            yield f"{who} made {len(changes):,} changes. The last: {last}. u undoes that one."


def _change_words(one: "MadeByOther") -> str:
    if not one.company:
        return f"changed the board: {one.summary}"
    whose = f"{one.company}, {one.role}"
    did = _DID.get(one.verb)
    return did.replace("{whose}", whose) if did else f"changed {whose}: {one.summary}"
