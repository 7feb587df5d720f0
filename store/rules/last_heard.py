"""When an employer was heard from, and for how long not: facts about the past, no advice."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

SILENT_DAYS = 14
"""Days without a word that count as a silence (product)."""


class Heard(NamedTuple):
    """Days on which something was heard from an employer: one, or from the agreement on an
    interview to the interview."""

    first: date
    last: date


class Silence(NamedTuple):
    """Days on which nothing was heard; `until` is the day that ended them, None where they last."""

    since: date
    until: date | None
    days: int


def days_to_answer(
    applied_on: date | None, heard: Iterable[Heard], logged_on: date | None = None
) -> int | None:
    """The days from the application to the first that was heard.

    None while nothing was, and where it cannot be known: without the day of the application, and
    where the first word is of the day `logged_on`, on which the application was entered: what had
    happened before was made up for then.
    """
    days = [one.first for one in heard]
    if applied_on is None or not days:
        return None
    first = min(days)
    if first < applied_on or first == logged_on:
        return None
    return (first - applied_on).days


def silences(
    since: date | None, heard: Iterable[Heard], until: date, *, lasting: bool
) -> tuple[Silence, ...]:
    """The stretches of at least `SILENT_DAYS` days between `since` and `until` without a word.

    Args:
        since: the day of the application; None where it is not known, and then the first word.
        until: the day on which nothing more was to be heard, or today.
        lasting: whether a silence that reaches `until` lasts.
    """
    found = []
    spans = sorted(heard)
    last = since or (spans[0].first if spans else until)
    for span in spans:
        if span.first > until:
            break
        found.append(_silence(last, span.first))
        last = max(last, span.last)
    rest = _silence(last, until)
    found.append(rest._replace(until=None) if lasting else rest)
    return tuple(one for one in found if one.days >= SILENT_DAYS)


def _silence(since: date, until: date) -> Silence:
    return Silence(since, until, (until - since).days)
