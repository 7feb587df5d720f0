"""Whom a message is to: pure over a `Dossier`."""

from collections.abc import Sequence
from typing import NamedTuple

from store.card import ContactEntry, Dossier, Due, Meeting
from store.rules.people import match, same_name
from store.rules.tips import people_named

_THROUGH_RECRUITER = (
    *("application_inquiry", "inquiry_after_days", "inquiry_after_date", "inquiry_after_check"),
    *("together", "ask_slot", "ask_letter", "ask_counter", "tell_date", "withdraw"),
    *("inquiry_after_task", "ask_time_of_interview", "cancelled", "no_show", "recruiter_call"),
    *("confirm_interview", "availability", "offer_thanks", "ask_deadline", "ask_time", "kind_word"),
    *("reconfirm", "accept", "decline"),
)
"""The kinds that go to the recruiter where one stands between (knowledge A.2)."""
_CLOSEST = ("coordinator", "manager", "recruiter", "interviewer", "employee", "alumni", "other")
"""Which of the people to write to where the user chose nobody, the best one first. A reference is
never written to for this, a referrer only about an application that nobody has answered."""
_TO_REFERRERS = ("application_inquiry", "keep_in_touch", "look_again", "helper_thanks")


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
        return _thanked(dossier, due)
    if through_recruiter(dossier, kind):
        return _recruiter(dossier)
    return _closest(dossier, kind)


def through_recruiter(dossier: Dossier, kind: str) -> bool:
    """Whether a message of this kind goes to a recruiter, who passes it on."""
    return bool(dossier.fields["via_recruiter"]) and kind in _THROUGH_RECRUITER


def names_of(meeting: Meeting | None) -> tuple[str, ...]:
    """The names of those who take part in an interview."""
    if meeting is None:
        return ()
    if meeting.interviewers:
        return tuple(one.name for one in meeting.interviewers)
    return people_named(meeting.people)


def _of(contact: ContactEntry) -> Recipient:
    return Recipient(contact.name, contact.email)


def _thanked(dossier: Dossier, due: Due | None) -> Recipient:
    """The interviewer; one without an address is written to via the coordinator (knowledge R7), or
    the recruiter who stands between."""
    contact_id = due.contact_id if due is not None else None
    person = next((c for c in dossier.contacts if c.id == contact_id), None)
    meeting = next(
        (m for m in dossier.interviews if due is not None and m.id == due.interview_id), None
    )
    names = names_of(meeting)
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
    """The recruiter who stands between, with the address if it is known."""
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
    """The contact that the user chose, the person met last, then by what they are there; those
    with an address first."""
    fitting = [c for c in dossier.contacts if _may_be_asked(c, kind)]
    ordered = [c for c in fitting if c.main]
    ordered += [c for c in _met_last(dossier, fitting) if c not in ordered]
    rest = [c for relation in (*_CLOSEST, "referrer") for c in fitting if c.relation == relation]
    ordered += [c for c in rest if c not in ordered]
    best = next((c for c in ordered if c.email), None) or next(iter(ordered), None)
    return _of(best) if best is not None else Recipient()


def _may_be_asked(contact: ContactEntry, kind: str) -> bool:
    if contact.relation == "referrer":
        return kind in _TO_REFERRERS
    return contact.relation != "reference"


def _met_last(dossier: Dossier, people: Sequence[ContactEntry]) -> list[ContactEntry]:
    """Those of `people` who took part in interviews, the last interview first."""
    talks = [m for m in dossier.interviews if m.starts_at is not None and m.status == "confirmed"]
    talks = [m for m in talks if m.kept is not False]
    met: list[ContactEntry] = []
    for talk in sorted(talks, key=lambda m: m.starts_at.timestamp() if m.starts_at else 0.0)[::-1]:
        ids = [one.contact_id for one in talk.interviewers]
        met += [c for c in people if c.id in ids and c not in met]
    return met
