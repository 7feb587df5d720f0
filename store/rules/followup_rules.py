"""The numbers and words of the follow-up rules, read from `followups.toml` and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from store.rules.refusal import Refused


@dataclass(frozen=True, slots=True)
class ApplicationRule:
    """R1 and R2: the inquiry after an application, and when silence makes it dormant."""

    inquiry_days: int
    after_closing_days: int
    spacing_days: int
    at_most: int
    dormant_days: int
    dormant_after_nudge_days: int
    close_days: int


@dataclass(frozen=True, slots=True)
class InvitationRule:
    """R3: answer an invitation."""

    answer_hours: int
    lapse_days: int


@dataclass(frozen=True, slots=True)
class PreparationRule:
    """R5: reminders that lead up to an interview."""

    prepare_days: int
    logistics_days: int
    go_hours: int
    reconfirm_if_booked_days: int


@dataclass(frozen=True, slots=True)
class ThankYouRule:
    """R7: the thank-you after an interview."""

    due_hours: int
    not_before_hours: int
    late_hours: int
    drop_days: int


@dataclass(frozen=True, slots=True)
class InterviewRule:
    """R8 and R10: the inquiry after an interview without a date named."""

    inquiry_days: int
    spacing_days: int
    at_most: int
    dormant_days: int
    dormant_after_nudge_days: int
    close_days: int


@dataclass(frozen=True, slots=True)
class PromiseRule:
    """R9 and R10: the inquiry after the employer's own date has passed."""

    after_business_days: int
    spacing_days: int
    at_most: int
    dormant_days: int
    dormant_after_nudge_days: int
    close_days: int


@dataclass(frozen=True, slots=True)
class OfferRule:
    """R12: thank for an offer."""

    acknowledge_hours: int
    lapse_days: int


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """R14: decide before the offer's deadline."""

    first_days: int
    second_days: int
    last_hours: int
    more_time_days: int
    lapse_days: int


@dataclass(frozen=True, slots=True)
class NoDeadlineRule:
    """R15: an offer without a deadline."""

    ask_hours: int
    ask_lapse_days: int
    soft_business_days: int


@dataclass(frozen=True, slots=True)
class Rules:
    """All that `plan` needs to know besides the facts."""

    application: ApplicationRule
    invitation: InvitationRule
    preparation: PreparationRule
    thank_you: ThankYouRule
    interview: InterviewRule
    promise: PromiseRule
    offer: OfferRule
    deadline: DeadlineRule
    no_deadline: NoDeadlineRule
    labels: Mapping[str, str]
    reasons: Mapping[str, str]


@cache
def standard_rules() -> Rules:
    """The rules as shipped."""
    text = (Path(__file__).parent / "followups.toml").read_text(encoding="utf-8")
    return read_rules(text)


def read_rules(text: str) -> Rules:
    """The rules in the TOML `text`; Refused, naming section and entry, when one is wrong."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"The follow-up rules cannot be read: {error}.") from None
    return Rules(
        application=_numbers(ApplicationRule, "application", tables),
        invitation=_numbers(InvitationRule, "invitation", tables),
        preparation=_numbers(PreparationRule, "preparation", tables),
        thank_you=_numbers(ThankYouRule, "thank_you", tables),
        interview=_numbers(InterviewRule, "interview", tables),
        promise=_numbers(PromiseRule, "promise", tables),
        offer=_numbers(OfferRule, "offer", tables),
        deadline=_numbers(DeadlineRule, "deadline", tables),
        no_deadline=_numbers(NoDeadlineRule, "no_deadline", tables),
        labels=_words("labels", tables),
        reasons=_words("reasons", tables),
    )


_Section = TypeVar("_Section")
_MOST = 3_650
"""Ten years in days: more than that is a slip of the finger (product)."""


def _numbers(section: type[_Section], name: str, tables: Mapping[str, Any]) -> _Section:
    table = tables.get(name, {})
    wanted = {field.name for field in fields(section)}  # type: ignore[arg-type]
    for key in wanted.symmetric_difference(table):
        problem = "is missing" if key in wanted else "is not known"
        raise Refused(f"Follow-up rules, [{name}]: {key} {problem}.")
    for key, number in table.items():
        if type(number) is not int or not 0 <= number <= _MOST:
            raise Refused(
                f"Follow-up rules, [{name}]: {key} must be a whole number from 0 to {_MOST:,}."
            )
    return section(**table)


def _words(name: str, tables: Mapping[str, Any]) -> Mapping[str, str]:
    table: dict[str, str] = tables.get(name, {})
    for key, words in table.items():
        if not isinstance(words, str) or not words:
            raise Refused(f"Follow-up rules, [{name}]: {key} must be a text.")
    return table
