"""The kinds of messages that can be drafted, and which follow-up asks for which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from store.rules.followups.actions import action_of, actions_that
from store.rules.stages import INTERVIEW_STAGES, Outcome, Stage
from store.rules.text import Refused, key_of, quoted, shell_word, suggestion

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "thank_you": "Thank-you note after an interview",
        "application_inquiry": "Application follow-up",
        "inquiry_after_days": "Interview follow-up",
        "inquiry_after_date": "Follow-up after their decision date",
        "inquiry_after_check": "Reference-check follow-up",
        "inquiry_after_task": "Take-home task follow-up",
        "together": "Follow-up on several applications",
        "confirm_interview": "Confirm an interview",
        "availability": "Reply to an invitation",
        "ask_slot": "Follow-up on the times you sent",
        "ask_time_of_interview": "Ask for an interview time",
        "cancelled": "Reschedule a cancelled interview",
        "no_show": "Reschedule a missed interview",
        "rebook": "Offer new times after you cancelled",
        "recruiter_call": "Tell the recruiter how the interview went",
        "reconfirm": "Reconfirm an interview",
        "offer_thanks": "Thank-you for an offer",
        "ask_letter": "Ask for the written offer",
        "ask_deadline": "Ask for the deadline",
        "ask_time": "Ask for more time",
        "ask_counter": "Counter-offer follow-up",
        "accept": "Accept an offer",
        "decline": "Decline an offer",
        "tell_date": "Tell them your deadline elsewhere",
        "withdraw": "Withdraw an application",
        "kind_word": "Withdraw from another team at your new employer",
        "references": "Message to a reference",
        "helper_thanks": "Thank a reference or referrer",
        "feedback": "Feedback request after a rejection",
        "keep_in_touch": "Short note to stay in touch",
        "look_again": "Ask about new openings",
        "promise": "Send what you promised",
    }
)
"""The title of each kind by its key, which names its template, in the order of the offer."""

SILENT = actions_that(lambda action: not action.messages)
"""The actions of follow-ups that ask for no message."""


def kinds_for(action: str, rule: str = "") -> tuple[str, ...]:
    """The kinds of message for a follow-up, the usual one first; none where none is asked for."""
    return action_of(action, rule).messages


def kind_for(action: str, rule: str = "") -> str:
    """The usual kind of message for a follow-up; empty where none is asked for."""
    return next(iter(kinds_for(action, rule)), "")


def check_kind(kind: str) -> str:
    """`kind` itself; Refused, with those there are, when it is none."""
    if kind not in KINDS:
        like, known = suggestion(kind, KINDS), ", ".join(map(shell_word, KINDS))
        raise Refused(f"Unknown message type {quoted(kind)}.{like} Known are {known}.")
    return kind


def read_kind(text: str) -> str:
    """The kind that `text` names, by its key or title, however its words are joined; else Refused.

    "thank-you", "Thank you", "what you promised".
    """
    wanted = key_of(text)
    named = {key_of(title): key for key, title in KINDS.items()} | {key: key for key in KINDS}
    return check_kind(named.get(wanted, text.strip()))


_ANY_INQUIRY = frozenset(
    (
        *("application_inquiry", "inquiry_after_days", "inquiry_after_date"),
        *("inquiry_after_check", "inquiry_after_task", "ask_time_of_interview"),
    )
)
_AFTERWARDS: dict[Outcome, tuple[str, ...]] = {
    Outcome.ACCEPTED: ("accept", "helper_thanks"),
    Outcome.DECLINED: ("decline",),
    Outcome.REJECTED: ("feedback", "keep_in_touch", "look_again"),
    Outcome.WITHDRAWN: ("withdraw",),
    Outcome.NO_RESPONSE: ("keep_in_touch", "look_again"),
    Outcome.CANCELLED: ("keep_in_touch", "look_again"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an application stands, as far as messages go.

    `invited`: there is an invitation without a time; `agreed`: an interview that is to come;
    `met`: one that took place; `cancelled` and `missed`: one that they called off, or did not come
    to; `rebook`: one that did not take place because of the user; `handed_in`: a task was handed
    in.
    """

    stage: Stage
    outcome: Outcome | None = None
    invited: bool = False
    agreed: bool = False
    met: bool = False
    cancelled: bool = False
    missed: bool = False
    rebook: bool = False
    handed_in: bool = False
    via_recruiter: bool = False
    date_named: bool = False
    references_checked: bool = False
    counter_sent: bool = False
    no_contact: bool = False


def fitting_kinds(standing: Standing) -> tuple[str, ...]:
    """The keys of the kinds that fit, in the order of all kinds.

    Where no contact is wanted, nobody is asked how it stands (knowledge A.2).
    """
    fitting = set(_kinds_that_fit(standing))
    if standing.no_contact:
        fitting -= _ANY_INQUIRY
    return tuple(kind for kind in KINDS if kind in fitting)


def _kinds_that_fit(standing: Standing) -> Iterator[str]:
    if standing.met:
        yield "thank_you"
    if standing.outcome is not None:
        yield from _AFTERWARDS[standing.outcome]
        return
    if standing.invited:
        yield from ("availability", "ask_time_of_interview")
    if standing.cancelled:
        yield from ("cancelled", "ask_time_of_interview")
    if standing.missed:
        yield from ("no_show", "ask_time_of_interview")
    if standing.rebook:
        yield from ("rebook", "ask_time_of_interview")
    if standing.met and standing.via_recruiter:
        yield "recruiter_call"
    if standing.agreed:
        yield from ("confirm_interview", "reconfirm")
    if standing.stage is Stage.OFFER:
        yield from ("offer_thanks", "ask_letter", "ask_deadline", "ask_time", "accept", "decline")
        if standing.counter_sent:
            yield "ask_counter"
        return
    yield "withdraw"
    if standing.met:
        yield "inquiry_after_days"
    elif standing.stage not in INTERVIEW_STAGES:
        yield "application_inquiry"
    if standing.met and standing.date_named:
        yield "inquiry_after_date"
    if standing.handed_in:
        yield "inquiry_after_task"
    if standing.references_checked:
        yield "inquiry_after_check"
