"""The kinds of messages that can be drafted, and which follow-up asks for which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from store.rules.followups.actions import action_of, actions_that
from store.rules.stages import INTERVIEW_STAGES, Outcome, Stage
from store.rules.text import Refused, key_of, quoted, suggestion, typed


class DraftKind(NamedTuple):
    """One kind of message: its key, which names its template, and its title."""

    key: str
    title: str


KINDS: Mapping[str, DraftKind] = MappingProxyType(
    {
        kind.key: kind
        for kind in (
            DraftKind("thank_you", "Thank-you after an interview"),
            DraftKind("application_inquiry", "Question about your application"),
            DraftKind("inquiry_after_days", "Question after an interview"),
            DraftKind("inquiry_after_date", "Question after the date they named"),
            DraftKind("inquiry_after_check", "Question after the reference check"),
            DraftKind("inquiry_after_task", "Question about the task you handed in"),
            DraftKind("together", "One question about several applications"),
            DraftKind("confirm_interview", "Yes to an interview"),
            DraftKind("availability", "Answer to an invitation without a time"),
            DraftKind("ask_slot", "Question about the times you offered"),
            DraftKind("ask_time_of_interview", "Question when the interview will be"),
            DraftKind("cancelled", "New time for an interview that they cancelled"),
            DraftKind("no_show", "New time for an interview that they missed"),
            DraftKind("recruiter_call", "Word to the recruiter how the interview went"),
            DraftKind("reconfirm", "Interview reconfirmed the day before"),
            DraftKind("offer_thanks", "Thanks for an offer"),
            DraftKind("ask_letter", "Question for the offer in writing"),
            DraftKind("ask_deadline", "Question by when they need your answer"),
            DraftKind("ask_time", "Question for more time"),
            DraftKind("ask_counter", "Question about your proposal"),
            DraftKind("accept", "Yes to an offer"),
            DraftKind("decline", "No to an offer"),
            DraftKind("tell_date", "Word of another offer"),
            DraftKind("withdraw", "Withdrawal of an application"),
            DraftKind("kind_word", "Word to another team at your new employer"),
            DraftKind("references", "Word to a reference"),
            DraftKind("helper_thanks", "Thanks to a reference or a referrer"),
            DraftKind("feedback", "Thanks after a rejection, with one question"),
            DraftKind("keep_in_touch", "Short note to stay in touch"),
            DraftKind("look_again", "Question for a new role"),
            DraftKind("promise", "What you promised"),
        )
    }
)
"""All kinds by their keys, in the order in which they are offered."""

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
        like = suggestion(kind, KINDS)
        raise Refused(
            f"There is no kind of draft {quoted(kind)}.{like} "
            f"The kinds are {', '.join(map(typed, KINDS))}."
        )
    return kind


def read_kind(text: str) -> str:
    """The kind that `text` names, by its key or title, however its words are joined; else Refused.

    "thank-you", "Thank you", "what you promised".
    """
    wanted = key_of(text)
    named = {key_of(kind.title): key for key, kind in KINDS.items()} | {key: key for key in KINDS}
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
