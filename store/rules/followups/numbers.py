"""The numbers and words of the follow-up rules, one class for each section of `followups.toml`.

Units stand in the names there: `inquiry_days` or `inquiry_business_days` is the field `inquiry`
here, a `Delay`. The other numbers keep their unit in the field's name.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from store.rules.dates import add_business_days, roll_forward


@dataclass(frozen=True, slots=True)
class Delay:
    """So many calendar days, or so many business days."""

    days: int
    business: bool = False

    def after(self, day: date, holidays: Container[date]) -> date:
        """The business day on which the delay is over, counted from `day`, which does not count.

        Calendar days that end on a weekend or a holiday roll forward (knowledge A.1).
        """
        if self.business and self.days > 0:
            return add_business_days(day, self.days, holidays)
        return roll_forward(day + timedelta(days=self.days), holidays)


def hours_later(moment: datetime, hours: int, zone: tzinfo) -> datetime:
    """So many hours on the clock later (a clock change does not stretch them), in `zone`."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(zone)


def midnight(day: date, zone: tzinfo) -> datetime:
    """The moment at which `day` begins."""
    return datetime.combine(day, time(), zone)


def local_day(moment: datetime, zone: tzinfo) -> date:
    """The day that it is in `zone` at `moment`."""
    return moment.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Inquiries:
    """When to ask, and how often.

    `inquiry` is counted from the anchor of the section, `spacing` from the inquiry before.
    """

    inquiry: Delay
    spacing: Delay
    at_most: int


@dataclass(frozen=True, slots=True)
class Asking(Inquiries):
    """Following up, and when silence makes an application quiet; the users' files say "dormant"."""

    dormant_days: int
    dormant_after_nudge_days: int
    close_days: int


@dataclass(frozen=True, slots=True)
class ApplicationRule(Asking):
    """R1 and R2: asking after an application, counted from its day and the posting's last day."""

    after_closing: Delay
    only_with_contact: bool
    """Whether nobody is asked as long as no named person is known."""


@dataclass(frozen=True, slots=True)
class InterviewRule(Asking):
    """R8 and R10: asking after an interview without a date named."""


@dataclass(frozen=True, slots=True)
class PromiseRule(Asking):
    """R9 and R10: asking after the employer's own date has passed."""


@dataclass(frozen=True, slots=True)
class InvitationRule:
    """R3: answer an invitation."""

    answer_hours: int
    lapse_days: int


@dataclass(frozen=True, slots=True)
class SlotsRule:
    """R4: ask whether one of the times offered was picked."""

    inquiry: Delay
    at_most: int


@dataclass(frozen=True, slots=True)
class TimeRule(Inquiries):
    """R22: ask when the interview will be."""


@dataclass(frozen=True, slots=True)
class CalledOffRule(Inquiries):
    """R23: after an interview that was called off, ask for a new time."""

    lapse_days: int


@dataclass(frozen=True, slots=True)
class RecruiterCallRule:
    """R27: tell the recruiter how the interview went, as soon as it is over."""

    lapse_days: int


@dataclass(frozen=True, slots=True)
class TaskRule:
    """R26: hand in a task; the wait afterwards is that of R8."""

    remind_days: int
    without_day: Delay
    """When to hand in where no day was named."""
    lapse_days: int


@dataclass(frozen=True, slots=True)
class AfterYesRule:
    """R28: what an accepted offer asks for until the first day at work."""

    sign: Delay
    helpers: Delay
    notice: Delay
    start: Delay
    lapse_days: int


@dataclass(frozen=True, slots=True)
class PreparationRule:
    """R5: reminders that lead up to an interview."""

    prepare_days: int
    logistics_days: int
    go_hours: int
    reconfirm_if_booked_days: int


@dataclass(frozen=True, slots=True)
class DebriefRule:
    """R6: write down how it went."""

    due_hours: int
    drop_days: int


@dataclass(frozen=True, slots=True)
class ThankYouRule:
    """R7: the thank-you after an interview."""

    due_hours: int
    not_before_hours: int
    late_hours: int
    drop_days: int


@dataclass(frozen=True, slots=True)
class ReferencesRule:
    """R11: warn the references, and ask how the check went."""

    inquiry: Delay
    at_most: int
    lapse_days: int


@dataclass(frozen=True, slots=True)
class OfferRule:
    """R12: thank for an offer."""

    acknowledge_hours: int
    lapse_days: int


@dataclass(frozen=True, slots=True)
class LetterRule(Inquiries):
    """R13: ask for the offer in writing."""


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """R14: decide before the offer's deadline."""

    first_days: int
    more_time_days: int


@dataclass(frozen=True, slots=True)
class NoDeadlineRule:
    """R15: an offer without a deadline."""

    ask_hours: int
    ask_again: Delay
    soft: Delay


@dataclass(frozen=True, slots=True)
class OtherOfferRule:
    """R16: tell the other employers of an offer."""

    tell: Delay
    lapse_days: int


@dataclass(frozen=True, slots=True)
class CounterRule:
    """R17: ask for the answer to a counter-proposal, at the latest so long before the deadline."""

    inquiry: Delay
    at_most: int
    last_days: int


@dataclass(frozen=True, slots=True)
class AcceptanceRule:
    """R18: withdraw the other applications."""

    withdraw: Delay
    late: Delay
    kind_word_days: int


@dataclass(frozen=True, slots=True)
class RejectionRule:
    """R19: thank for a rejection and ask for feedback."""

    thank_hours: int
    not_before_hours: int
    lapse_days: int
    only_after_interview: bool


@dataclass(frozen=True, slots=True)
class StayingRule:
    """R20: stay in touch after a rejection, and look again."""

    touch: Delay
    look_again: Delay
    lapse_days: int


@dataclass(frozen=True, slots=True)
class OwnPromiseRule:
    """R21: deliver what the user promised without naming a day."""

    deliver_hours: int


@dataclass(frozen=True, slots=True)
class Season:
    """A slow time of the year, both ends included; it may run over the turn of the year."""

    first: tuple[int, int]
    """Month and day."""
    last: tuple[int, int]

    def __contains__(self, day: date) -> bool:
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, slots=True)
class SlowSeasonRule:
    """By how much R1 and R8 wait longer in a slow season, where the user wants that (A.2)."""

    more: Delay
    seasons: tuple[Season, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All that `plan` needs to know besides the facts."""

    application: ApplicationRule
    invitation: InvitationRule
    slots: SlotsRule
    time: TimeRule
    called_off: CalledOffRule
    recruiter_call: RecruiterCallRule
    task: TaskRule
    preparation: PreparationRule
    debrief: DebriefRule
    thank_you: ThankYouRule
    interview: InterviewRule
    promise: PromiseRule
    references: ReferencesRule
    offer: OfferRule
    letter: LetterRule
    deadline: DeadlineRule
    no_deadline: NoDeadlineRule
    other_offer: OtherOfferRule
    counter: CounterRule
    acceptance: AcceptanceRule
    rejection: RejectionRule
    staying: StayingRule
    own_promise: OwnPromiseRule
    after_yes: AfterYesRule
    season: SlowSeasonRule
    labels: Mapping[str, str]
    recruiter_labels: Mapping[str, str]
    """Instead of the label of the same name, where a recruiter stands between."""
    person_labels: Mapping[str, str]
    """Instead of it, where it is known by name who is written to."""
    reasons: Mapping[str, str]
    waiting: Mapping[str, str]
    """What an application waits for that asks for nothing."""
    holidays: Container[date] = frozenset()
    """Days that are no business days, besides weekends."""
    slow_season: bool = False
    """Whether slow seasons count at all."""
