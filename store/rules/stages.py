"""The four stages, the six outcomes, and what may follow what."""

from datetime import date
from enum import StrEnum

from store.rules.dates import short_day
from store.rules.refusal import Refused
from store.rules.text import quoted


class Stage(StrEnum):
    """A column of the board, in the order in which a hiring process runs."""

    APPLIED = "applied"
    FIRST = "first"
    SECOND = "second"
    OFFER = "offer"

    @property
    def place(self) -> int:
        """0 for applied ... 3 for offer."""
        return ORDER.index(self)

    @property
    def title(self) -> str:  # type: ignore[override]  # the trade's word; str.title is not missed
        """The name as the head of a column: "Applied"."""
        return self.value.capitalize()


class Outcome(StrEnum):
    """How an application ended. Silence has an outcome of its own: it is not a rejection."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NO_RESPONSE = "no-response"
    CANCELLED = "cancelled"

    @property
    def title(self) -> str:  # type: ignore[override]  # the trade's word; str.title is not missed
        """The name in a sentence: "no response"."""
        return self.value.replace("-", " ")


ORDER: tuple[Stage, ...] = tuple(Stage)
INTERVIEW_STAGES = (Stage.FIRST, Stage.SECOND)
OFFER_OUTCOMES = (Outcome.ACCEPTED, Outcome.DECLINED)


def read_stage(text: str) -> Stage:
    """The stage named by `text`; Refused, with the names there are, when it is none."""
    try:
        return Stage(text.strip().lower())
    except ValueError:
        raise Refused(
            f"There is no stage {quoted(text)}. The stages are {', '.join(ORDER)}."
        ) from None


def read_outcome(text: str) -> Outcome:
    """The outcome named by `text` (spaces or underscores serve as the hyphen); else Refused."""
    words = text.lower().replace("_", " ").replace("-", " ").split()
    try:
        return Outcome("-".join(words))
    except ValueError:
        raise Refused(
            f"There is no outcome {quoted(text)}. The outcomes are {', '.join(Outcome)}."
        ) from None


def neighbour(stage: Stage, step: int) -> Stage:
    """The stage `step` columns to the right; Refused at either end of the board."""
    place = stage.place + step
    if 0 <= place < len(ORDER):
        return ORDER[place]
    if step > 0:
        raise Refused("Offer is the last stage. Close the card with x when it is decided.")
    raise Refused("Applied is the first stage.")


def outcomes_from(stage: Stage) -> tuple[Outcome, ...]:
    """The outcomes that an application in `stage` can have: only an offer can be answered."""
    if stage is Stage.OFFER:
        return tuple(Outcome)
    return tuple(outcome for outcome in Outcome if outcome not in OFFER_OUTCOMES)


def check_move(
    stage: Stage, to: Stage, on: date, *, since: date, today: date, outcome: Outcome | None
) -> None:
    """Refused unless an application in `stage` since `since` may move to `to` on the day `on`."""
    if outcome is not None:
        raise Refused("This application is closed. Reopen it first.")
    if stage is to:
        raise Refused(f"It is in {to} already.")
    check_day(on, since=since, today=today)


def check_close(
    stage: Stage, outcome: Outcome, on: date, *, since: date, today: date, closed: bool
) -> None:
    """Refused unless an application in `stage` since `since` may end so on the day `on`."""
    if closed:
        raise Refused("This application is closed already.")
    if outcome not in outcomes_from(stage):
        verb = "accept" if outcome is Outcome.ACCEPTED else "decline"
        raise Refused(f"There is no offer to {verb} yet: move the card to offer first.")
    check_day(on, since=since, today=today)


def check_day(on: date, *, since: date, today: date) -> None:
    """Refused unless `on` lies between `since`, the last step of the application, and today."""
    if on > today:
        raise Refused(f"{short_day(on)} has not come yet. Give today or an earlier day.")
    if on < since:
        raise Refused(
            f"{short_day(on)} lies before the last step of this application ({short_day(since)})."
        )
