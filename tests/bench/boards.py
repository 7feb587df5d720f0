"""Board files of any size as a long search leaves them: most old ones silent, some tens due."""

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import NamedTuple

from interviews import hold_interview

from store.clock import FixedClock, SystemClock, local_instant
from store.exchange.incoming import Incoming
from store.file.database import open_database
from store.model.dossier import Board
from store.pipeline import Pipeline
from store.read.glance import Glance, open_glance
from store.rules.dates import roll_forward
from store.rules.stages import INTERVIEW_STAGES, Stage
from store.settings import Settings

_FIRST_WORDS = """
Ardent Basalt Cobalt Delta Ember Fjord Granite Harbour Indigo Juniper Kestrel Lumen Maple
Nimbus Orchard Pioneer Quarry Ripple Summit Tundra Umber Vector Willow Xenon Yarrow Zephyr
"""
_SECOND_WORDS = """
Analytics Bank Chemicals Dynamics Energy Foods Games Health Insurance Labs Logistics Media
Motors Networks Optics Payments Robotics Software Systems Travel
"""
_LEVELS = ("Junior", "Senior", "Staff", "Lead", "Principal")
_TRADES = ("Backend Engineer", "Data Engineer", "Designer", "Product Manager", "SRE", "Writer")
_TAGS = ("remote", "referral", "dream", "hybrid", "contract")
_BATCH_DAYS = 30
"""The old applications came in month by month, so that they lie silent since then."""
_MONTHS = 24
_HELD = 0.1
"""Of the old applications in interviews, the share with an interview on the board."""
DUE_SHARE = 0.6
"""Of the board of `fill_due`, the share that is late."""
_DUE_SINCE = 21
_RECENT_DAYS = 26
"""Applications of this age are not dormant yet: those of more than ten days are due."""


class Filled(NamedTuple):
    """A board made for measuring."""

    path: Path
    size: int


def fill(path: Path, size: int) -> Filled:
    """Make a board of `size` open applications at `path`, relative to the machine's today.

    About forty are recent, with interviews and offers ahead; the others are in the stages
    applied, first and second, and dormant. Of those in interviews, a share has an interview
    behind it, with people, a debrief, points and a draft. The same board comes out on every run of
    a day.
    """
    choose = random.Random(size)
    clock = SystemClock()
    now = clock.now()
    recent = min(size, 40 + size // 250)
    names = _names(choose)
    walking = FixedClock(now)
    with closing(open_database(path, walking)) as database:
        pipeline = Pipeline(database)
        pipeline.catch_up(Settings().fingerprint)  # or the first start would plan all anew
        months = range(_MONTHS, 0, -1)
        for number, month in enumerate(months):
            share = _share(size - recent, number, len(months))
            end = now.date() - timedelta(days=_RECENT_DAYS + _BATCH_DAYS * month)
            walking.moment = local_instant(end, time(12), clock.zone)
            rows = [_incoming(choose, next(names), end, _BATCH_DAYS) for _ in range(share)]
            pipeline.bring_in(rows, source="a file")
        walking.moment = now
        for stage in INTERVIEW_STAGES:
            for card in stored(path).lanes[stage]:
                if choose.random() < _HELD:
                    before = card.stage_since + timedelta(days=7)
                    hold_interview(pipeline, walking, choose, card.id, before)
        rows = [
            _incoming(choose, next(names), now.date(), _RECENT_DAYS, old=False)
            for _ in range(recent)
        ]
        pipeline.bring_in(rows, source="a file")
        _make_lively(pipeline, walking, choose, size - recent, recent)
    return Filled(path, size)


def fill_due(path: Path, size: int) -> Filled:
    """Make a board of `size` applications at `path`, of which `DUE_SHARE` are to be followed up.

    They came in three weeks ago, the others today.
    """
    choose = random.Random(size)
    clock = SystemClock()
    now = clock.now()
    due = round(size * DUE_SHARE)
    walking = FixedClock(now)
    with closing(open_database(path, walking)) as database:
        pipeline = Pipeline(database)
        pipeline.catch_up(Settings().fingerprint)
        for count, days in ((due, _DUE_SINCE), (size - due, 0)):
            walking.moment = local_instant(now.date() - timedelta(days=days), time(1), clock.zone)
            day = walking.moment.date()
            names = (f"Company {days}-{number}" for number in range(count))
            rows = [replace(_incoming(choose, name, day, 1), stage=Stage.APPLIED) for name in names]
            pipeline.bring_in(rows, source="a file")
    return Filled(path, size)


def stored(path: Path) -> Board:
    """The board as it is stored at `path`."""
    with closing(_open(path)) as glance:
        return glance.board()


def _open(path: Path) -> Glance:
    glance = open_glance(path, SystemClock())
    assert glance is not None, f"no board at {path}"
    return glance


def _names(choose: random.Random) -> Iterator[str]:
    """Companies, some of them again and again."""
    plain = [
        f"{first} {second}" for first in _FIRST_WORDS.split() for second in _SECOND_WORDS.split()
    ]
    choose.shuffle(plain)
    yield from plain
    while True:
        yield choose.choice(plain)


def _share(total: int, number: int, of: int) -> int:
    """The size of part `number` when `total` is cut in `of` nearly equal parts."""
    return total * (number + 1) // of - total * number // of


def _incoming(
    choose: random.Random, company: str, until: date, days: int, *, old: bool = True
) -> Incoming:
    """An application of the `days` up to `until`."""
    site = company.casefold().replace(" ", "-")
    return Incoming(
        line=0,
        company=company,
        role=f"{choose.choice(_LEVELS)} {choose.choice(_TRADES)}",
        applied_on=until - timedelta(days=choose.randrange(days)),
        url=f"https://{site}.example/jobs/{choose.randrange(10**9)}",
        location=choose.choice(("remote", "Berlin", "Leipzig", "")),
        source=choose.choice(("LinkedIn", "referral", "company site")),
        tags=tuple(choose.sample(_TAGS, choose.randrange(3))),
        note="Found through a friend; they use Python." if choose.random() < 0.2 else "",
        stage=choose.choices(tuple(Stage)[:3], (82, 12, 6))[0] if old else Stage.APPLIED,
    )


def _make_lively(
    pipeline: Pipeline, clock: FixedClock, choose: random.Random, before: int, recent: int
) -> None:
    """Interviews ahead, promises and offers for the newer half of the `recent` applications."""
    now = clock.moment
    week_ago = now.date() - timedelta(days=7)
    cards = stored(pipeline.database.path).cards()
    long_enough = {card.id for card in cards if card.applied_on and card.applied_on < week_ago}
    ids: Sequence[int] = range(before + 1, before + recent + 1)
    for number, card in enumerate(choose.sample(ids, max(4, recent // 2))):
        day = roll_forward(now.date() + timedelta(days=1 + number % 9))
        at = local_instant(day, time(9 + number % 8), pipeline.database.clock.zone)
        match number % 4:
            case 0:
                pipeline.interview(card, at, minutes=45, people="Ana Ruiz")
            case 1:
                if card in long_enough:
                    hold_interview(pipeline, clock, choose, card, now.date(), "Send the talk")
                pipeline.interview(card, at, people="Bo", place="Room 4", stage=Stage.SECOND)
            case 2:
                pipeline.log_reply(card, decides_by=day, text="We decide next week.")
            case _:
                pipeline.move(card, Stage.OFFER)
                pipeline.deadline(card, day)
