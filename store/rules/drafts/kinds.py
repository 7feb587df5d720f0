"""The kinds of messages that can be drafted, and which follow-up asks for which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from store.rules.stages import INTERVIEW_STAGES, Outcome, Stage
from store.rules.text import Refused, quoted


class DraftKind(NamedTuple):
    """One kind of message: its key, which names its template, and its title."""

    key: str
    title: str


KINDS: Mapping[str, DraftKind] = MappingProxyType(
    {
        kind.key: kind
        for kind in (
            DraftKind("thank_you", "Thank-you note after an interview"),
            DraftKind("application_inquiry", "Application follow-up"),
            DraftKind("inquiry_after_days", "Interview follow-up"),
            DraftKind("inquiry_after_date", "Follow-up after their decision date"),
            DraftKind("inquiry_after_check", "Reference-check follow-up"),
            DraftKind("inquiry_after_task", "Take-home task follow-up"),
            DraftKind("together", "Follow-up on several applications"),
            DraftKind("confirm_interview", "Confirm an interview"),
            DraftKind("availability", "Reply to an invitation"),
            DraftKind("ask_slot", "Follow-up on the times you sent"),
            DraftKind("ask_time_of_interview", "Ask for an interview time"),
            DraftKind("cancelled", "Reschedule a cancelled interview"),
            DraftKind("no_show", "Reschedule a missed interview"),
            DraftKind("recruiter_call", "Tell the recruiter how the interview went"),
            DraftKind("reconfirm", "Reconfirm an interview"),
            DraftKind("offer_thanks", "Thank-you for an offer"),
            DraftKind("ask_letter", "Ask for the written offer"),
            DraftKind("ask_deadline", "Ask for the deadline"),
            DraftKind("ask_time", "Ask for more time"),
            DraftKind("ask_counter", "Counter-offer follow-up"),
            DraftKind("accept", "Accept an offer"),
            DraftKind("decline", "Decline an offer"),
            DraftKind("tell_date", "Mention another offer"),
            DraftKind("withdraw", "Withdraw an application"),
            DraftKind("kind_word", "Withdraw from another team at your new employer"),
            DraftKind("references", "Message to a reference"),
            DraftKind("helper_thanks", "Thank a reference or referrer"),
            DraftKind("feedback", "Feedback request after a rejection"),
            DraftKind("keep_in_touch", "Short note to stay in touch"),
            DraftKind("look_again", "Ask about new openings"),
            DraftKind("promise", "Send what you promised"),
        )
    }
)
"""All kinds by their keys, in the order in which they are offered."""

SILENT = frozenset(
    (
        *("prepare", "go", "debrief", "own", "hand_in", "record_answer", "close_silent"),
        *("sign", "give_notice", "agree_start", "first_day"),
    )
)
"""The actions of follow-ups that ask for no message."""

_BY_ACTION: Mapping[str, tuple[str, ...]] = {
    "answer": ("availability", "confirm_interview"),
    "logistics": ("reconfirm",),
    "thank": ("thank_you",),
    "ask_slot": ("ask_slot",),
    "ask_time": ("ask_time_of_interview",),
    "propose_time": ("cancelled", "no_show"),
    "tell_recruiter": ("recruiter_call",),
    "acknowledge": ("offer_thanks",),
    "ask_letter": ("ask_letter",),
    "ask_deadline": ("ask_deadline",),
    "more_time": ("ask_time",),
    "decide": ("accept", "decline", "ask_time"),
    "decide_soft": ("accept", "decline", "ask_deadline"),
    "ask_counter": ("ask_counter",),
    "tell_date": ("tell_date",),
    "decline": ("decline",),
    "withdraw": ("withdraw",),
    "kind_word": ("kind_word",),
    "thank_helper": ("helper_thanks",),
    "warn_references": ("references",),
    "thank_reply": ("feedback",),
    "keep_in_touch": ("keep_in_touch",),
    "look_again": ("look_again",),
    "deliver": ("promise",),
}
_INQUIRIES: Mapping[str, str] = {
    "R1": "application_inquiry",
    "R24": "application_inquiry",
    "R8": "inquiry_after_days",
    "R9": "inquiry_after_date",
    "R11": "inquiry_after_check",
    "R26": "inquiry_after_task",
}
"""What an inquiry is about, by its rule."""


def kinds_for(action: str, rule: str = "") -> tuple[str, ...]:
    """The kinds of message for a follow-up, the usual one first; none where none is asked for."""
    if action == "inquire":
        return (_INQUIRIES.get(rule, "inquiry_after_days"),)
    return _BY_ACTION.get(action, ())


def kind_for(action: str, rule: str = "") -> str:
    """The usual kind of message for a follow-up; empty where none is asked for."""
    return next(iter(kinds_for(action, rule)), "")


def check_kind(kind: str) -> str:
    """`kind` itself; Refused, with those there are, when it is none."""
    if kind not in KINDS:
        raise Refused(
            f"There is no kind of draft {quoted(kind)}. The kinds are {', '.join(KINDS)}."
        )
    return kind


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
    to; `handed_in`: a task was handed in.
    """

    stage: Stage
    outcome: Outcome | None = None
    invited: bool = False
    agreed: bool = False
    met: bool = False
    cancelled: bool = False
    missed: bool = False
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
    fitting = set(_fitting(standing))
    if standing.no_contact:
        fitting -= _ANY_INQUIRY
    return tuple(kind for kind in KINDS if kind in fitting)


def _fitting(standing: Standing) -> Iterator[str]:
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
