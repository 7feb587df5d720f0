"""Which kinds of messages fit an application when nothing asks for one."""

from collections.abc import Iterator
from dataclasses import dataclass

from store.rules.draft_kinds import KINDS
from store.rules.stages import INTERVIEW_STAGES, Outcome, Stage

_INQUIRIES = frozenset(
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
        fitting -= _INQUIRIES
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
