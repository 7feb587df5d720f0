"""The four stages, the rounds in them, the six outcomes, and what may follow what."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from store.rules.dates import short_day
from store.rules.text import Refused, as_sentence, key_of, quoted, shell_word, suggestion


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


def stage_name(stage: Stage) -> str:
    """ "first interview", "offer": in prose, where nobody should have to ask “first what?”."""
    return f"{stage} interview" if stage in INTERVIEW_STAGES else stage.value


def brief_stage_name(stage: Stage) -> str:
    """ "1st interview", "offer": the same where there is little room."""
    return f"{_BRIEF[stage]} interview" if stage in INTERVIEW_STAGES else stage.value


_BRIEF = {Stage.FIRST: "1st", Stage.SECOND: "2nd"}


def read_stage(text: str) -> Stage:
    """The stage named by `text`; Refused, with the names there are, when it is none."""
    try:
        return Stage(key_of(text))
    except ValueError:
        like = suggestion(text, ORDER)
        raise Refused(
            f"Unknown stage {quoted(text)}.{like} The stages are {', '.join(ORDER)}."
        ) from None


_OUTCOMES_TOO = {
    **dict.fromkeys(("ghosted", "ghost", "silent", "silence", "quiet"), Outcome.NO_RESPONSE.value),
    **dict.fromkeys(("no", "refused", "turned-down", "lost"), Outcome.REJECTED.value),
    **dict.fromkeys(("yes", "won", "hired", "signed"), Outcome.ACCEPTED.value),
    **dict.fromkeys(("withdrew", "quit", "retracted"), Outcome.WITHDRAWN.value),
    **dict.fromkeys(("closed", "filled", "on-hold"), Outcome.CANCELLED.value),
}
"""Other words for an outcome. They are guesses, not taken: an end is easily the wrong one."""


def read_outcome(text: str) -> Outcome:
    """The outcome named by `text` (spaces or underscores serve as the hyphen); else Refused."""
    name = shell_word(key_of(text))
    try:
        return Outcome(name)
    except ValueError:
        like = suggestion(_OUTCOMES_TOO.get(name, name), Outcome)
        raise Refused(
            f"Unknown outcome {quoted(text)}.{like} The outcomes are {', '.join(Outcome)}."
        ) from None


def neighbour(stage: Stage, step: int) -> Stage:
    """The stage `step` columns to the right; Refused at either end of the board."""
    place = stage.place + step
    if 0 <= place < len(ORDER):
        return ORDER[place]
    if step > 0:
        raise Refused("Offer is the last stage. Press x to close the card once it is decided.")
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
        raise Refused("This application is already closed.")
    if outcome not in outcomes_from(stage):
        verb = "accept" if outcome is Outcome.ACCEPTED else "decline"
        raise Refused(f"There is no offer to {verb} yet: move the card to offer first.")
    check_day(on, since=since, today=today)


def step_day(on: date, *, since: date, today: date) -> date:
    """The day of a step that is made on `on`: the day of the last step, `since`, where that one
    was made in a zone further east, in which tomorrow had begun."""
    return since if on == today and since == today + timedelta(days=1) else on


def check_day(on: date, *, since: date, today: date) -> None:
    """Refused unless `on` lies between `since`, the last step of the application, and today."""
    if step_day(on, since=since, today=today) == since:
        return
    if on > today:
        raise Refused(f"{short_day(on)} is in the future. Enter today or earlier.")
    if on < since:
        raise Refused(
            f"{short_day(on)} lies before the last step of this application ({short_day(since)})."
        )


class AllClosed(NamedTuple):
    """How many are closed, and the employer whose offer ended the search; "" for none."""

    number: int
    accepted: str = ""


def all_closed_line(found: AllClosed) -> str:
    """ "All 32 are closed. You accepted Globex."; "" when there has never been an application."""
    if not found.number:
        return ""
    words = f"All {found.number:,} are closed."
    if found.number == 1:
        words = "Your only application is closed."
    return f"{words} {as_sentence(f'You accepted {found.accepted}')}" if found.accepted else words


FINAL = "final"
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    "tenth",
)
SAID = ("second", "third", "fourth", FINAL)
"""How rounds are usually named, besides first."""


class Round(NamedTuple):
    """A round: its column, its number where that is known, and whether it is the last one."""

    stage: Stage
    number: int | None = None
    final: bool = False


class Had(NamedTuple):
    """An interview of the application that was not called off; without an end an invitation."""

    stage: Stage
    number: int
    ends_at: datetime | None


def round_words(stage: Stage, number: int, final: bool = False) -> str:
    """What an interview is called: "first", "second", "third", "final"; "11th" after the tenth.

    In the stage first it is the first one, whatever its number; in second at least the second.
    """
    if stage is Stage.FIRST:
        return _ORDINALS[0]
    if final:
        return FINAL
    number = max(number, 2)
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def read_round(text: str) -> Round:
    """The round named by `text`: "first", "third", "final"; Refused for anything else."""
    word = text.strip().lower()
    if word == _ORDINALS[0]:
        return Round(Stage.FIRST, 1)
    if word == FINAL:
        return Round(Stage.SECOND, None, final=True)
    if word in _ORDINALS:
        return Round(Stage.SECOND, _ORDINALS.index(word) + 1)
    like = suggestion(text, (_ORDINALS[0], *SAID))
    raise Refused(
        f"There is no round {quoted(text)}.{like} Interviews are "
        f"first, {', '.join(SAID[:-1])} or final."
    )


def comes_after_first(
    stage: Stage, had: Iterable[Had], now: datetime, begins: datetime | None
) -> bool:
    """Whether an interview that begins at `begins`, or an invitation, is the second round though
    the application is in first: the first interview was held, and no invitation waiting for a time.
    """
    first = [one for one in had if one.stage is Stage.FIRST]
    if stage is not Stage.FIRST or any(one.ends_at is None for one in first):
        return False
    over = [one.ends_at for one in first if one.ends_at is not None and one.ends_at <= now]
    return bool(over) and (begins is None or begins >= min(over))


def next_number(stage: Stage, had: Iterable[Had], now: datetime) -> int:
    """The number of a new interview of `stage`: that of the last round while something of it is
    ahead, since a round may have several interviews, else the one after it."""
    if stage is Stage.FIRST:
        return 1
    later = [one for one in had if one.stage is Stage.SECOND]
    if not later:
        return 2
    last = max(2, *(one.number for one in later))
    of_it = [one for one in later if max(one.number, 2) == last]
    is_over = all(one.ends_at is not None and one.ends_at <= now for one in of_it)
    return last + 1 if is_over else last
