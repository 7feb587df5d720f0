"""The review of a week in words: one wording for the screen, as plain text, and as markdown."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from store.model.review import Review, ReviewLine
from store.rules.dates import short_day
from store.rules.weekly.review import NONE, Part
from store.rules.weekly.weeks import week_days, week_name

AT_MOST = 6
"""Lines of a part on the one page (product): a review is read in two minutes."""
NO_GOALS = "No goals."
_GOALS = "Goals"


class ToldPart(NamedTuple):
    """One part of a review in words: its title, how many there are, its lines, and what is said
    below them."""

    part: Part
    title: str
    number: int
    lines: Sequence[ReviewLine]
    below: str


def review_title(review: Review, today: date) -> str:
    """ "This week, Mon 23 Nov – Sun 29 Nov"."""
    return f"{week_name(review.week, today)}, {week_days(review.week, today)}"


def told_parts(review: Review, today: date, at_most: int | None = AT_MOST) -> Iterator[ToldPart]:
    """The parts in their order, each with `at_most` lines."""
    for part, lines in review.parts.items():
        shown = lines if at_most is None else lines[:at_most]
        yield ToldPart(
            part, _title(part, review, today), len(lines), shown, _below(part, review, len(shown))
        )


def _title(part: Part, review: Review, today: date) -> str:
    """The week after another week than this one is not the next one."""
    if part is Part.NEXT and today not in review.week:
        return f"The week after, {week_days(review.week.shift(1), today)}"
    return part.value


def _below(part: Part, review: Review, shown: int) -> str:
    lines, more = review.parts[part], review.more.get(part, 0)
    left_out = len(lines) - shown
    said = [f"{left_out:,} more."] if left_out else []
    if more:
        have = "has" if more == 1 else "have"
        said.append(f"{more:,} {'more ' if lines else ''}{have} been silent for longer.")
    return " ".join(said) or ("" if lines else NONE[part])


def line_when(line: ReviewLine, today: date) -> str:
    """The day of a line; "" for one without."""
    return short_day(line.day, today) if line.day is not None else ""


def line_whose(line: ReviewLine) -> str:
    """ "Globex, SRE"."""
    return ", ".join(filter(None, (line.company, line.role)))


def as_text(review: Review, today: date) -> Iterator[str]:
    """The page as lines of plain text."""
    yield review_title(review, today)
    yield ""
    yield _GOALS
    for goal in review.goals:
        yield f"  {goal.bar()}  {goal.words('')}"
    if not review.goals:
        yield f"  {NO_GOALS} “rounds goal 5 applications” sets one."
    for told in told_parts(review, today):
        yield ""
        yield f"{told.title}  {told.number:,}" if told.number else told.title
        days = max((len(line_when(line, today)) for line in told.lines), default=0)
        for line in told.lines:
            when = f"{line_when(line, today).ljust(days)}  " if days else ""
            yield f"  {when}{' · '.join(filter(None, (line.what, line_whose(line))))}"
        if told.below:
            yield f"  {told.below}"


def as_markdown(review: Review, today: date, escaped: Callable[[str], str]) -> Iterator[str]:
    """The page as lines of markdown; `escaped` makes literal text of what people typed."""
    yield f"# {review_title(review, today)}"
    yield ""
    yield f"## {_GOALS}"
    yield ""
    for goal in review.goals:
        yield f"- [{'x' if goal.reached else ' '}] {goal.words('')}"
    if not review.goals:
        yield NO_GOALS
    for told in told_parts(review, today):
        yield ""
        yield f"## {told.title}"
        yield ""
        for line in told.lines:
            whose = escaped(line_whose(line))
            words = (line_when(line, today), escaped(line.what), f"**{whose}**" if whose else "")
            yield f"- {' · '.join(filter(None, words))}"
        if told.below:
            if told.lines:
                yield ""
            yield told.below
