"""Which rows of a file are new, which tell of an application that is there, and which say a thing
twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import NamedTuple

from sqlmodel import Session, col, select

from store.exchange.incoming import Incoming, Problem
from store.pipeline.employers import read_names
from store.rules.employers import folded_role
from store.rules.links import link_target
from store.rules.stages import Stage
from store.rules.text import quoted
from store.tables import Application, Change, RowImage, StageMove, TimelineEntry


class Sifted(NamedTuple):
    """The new rows; those about applications that are there, by number; and a word on each row
    that only repeats another one."""

    fresh: list[Incoming]
    known: dict[int, Incoming]
    duplicates: list[Problem]


class _Index:
    """Finds an application by its posting or its names. New rows have numbers below 0: -1 is the
    first of them."""

    def __init__(self) -> None:
        self._postings: dict[str, int] = {}
        self._named: dict[tuple[str, str], list[tuple[date | None, str, int]]] = {}

    def learn(self, employer: str, role: str, on: date | None, mark: str, id_: int) -> None:
        """From now on this one is there; `mark` tells its posting from others, if anything."""
        if mark:
            self._postings.setdefault(mark, id_)
        self._named.setdefault((employer, role), []).append((on, mark, id_))

    def find(self, employer: str, role: str, on: date | None, mark: str) -> int | None:
        """The one that is meant; None for none."""
        if mark and mark in self._postings:
            return self._postings[mark]
        near = self._named.get((employer, role), ())
        same_day = [one for one in near if one[0] == on]
        vague = [one for one in near if on is None or one[0] is None]
        for those in (same_day, vague):
            marks = {one[1] for one in those} - {""}
            if those and not (mark and marks and mark not in marks):
                return next((one[2] for one in those if one[1] == mark), those[-1][2])
        return None


def sift(session: Session, rows: Sequence[Incoming]) -> Sifted:
    """Which rows are new, also against earlier rows, and which are about what is there."""
    there, key = list(_present(session)), read_names(session).key
    roles: dict[str, set[str]] = {}
    for url, role in chain(
        ((url, role) for _, _, role, _, url in there), ((row.url, row.role) for row in rows)
    ):
        roles.setdefault(link_target(url).key, set()).add(role.casefold())

    def posting(url: str) -> str:
        """What tells the posting of `url` from others; "" for a page that several roles share."""
        named = link_target(url)
        return named.key if named.posting or len(roles[named.key]) == 1 else ""

    index = _Index()
    sifted = Sifted([], {}, [])
    for id_, employer, role, applied_on, url in there:
        index.learn(employer, folded_role(role), applied_on, posting(url), id_)
    for row in rows:
        mark = posting(row.url)
        name = (key(row.company), folded_role(row.role), row.applied_on, mark)
        found = index.find(*name)
        if found is None:
            index.learn(*name, -len(sifted.fresh) - 1)
            sifted.fresh.append(row)
            continue
        if found >= 0 and found not in sifted.known:
            sifted.known[found] = row
            continue
        said = f"{quoted(row.company)}, {quoted(row.role)} stands on another line, too."
        sifted.duplicates.append(Problem(row.line, said, row.file))
        if found < 0:
            sifted.fresh[-found - 1] = sifted.fresh[-found - 1].together_with(row)
        else:
            sifted.known[found] = sifted.known[found].together_with(row)
    for id_ in _find_taken_back(session) & sifted.known.keys() if sifted.known else ():
        row = sifted.known[id_]
        sifted.known[id_] = replace(row, stage=Stage.APPLIED, steps=(), outcome=None)
    return sifted


def _find_taken_back(session: Session) -> set[int]:
    """The applications that the user reopened or put into an earlier stage: a file still tells
    what was taken back there."""
    reopened = (
        select(RowImage.application_id)
        .join(Change, col(Change.id) == col(RowImage.change_id))
        .where(Change.verb == "reopen", Change.state == "done")
    )
    found = {owner for owner in session.exec(reopened) if owner is not None}
    long_ago = (
        select(TimelineEntry.application_id)
        .join(Change, col(Change.id) == col(TimelineEntry.change_id))
        .where(Change.verb == "reopen", Change.state == "done")
    )
    found |= set(session.exec(long_ago))
    moves = select(StageMove.application_id, StageMove.from_stage, StageMove.to_stage)
    for owner, before, after in session.exec(moves.where(col(StageMove.from_stage).is_not(None))):
        if Stage(str(before)).place > Stage(after).place:
            found.add(owner)
    return found


def _present(session: Session) -> Iterable[tuple[int, str, str, date | None, str]]:
    """Number, employer, role, day and link of each application there is."""
    columns = (Application.id, Application.employer, Application.role, Application.applied_on)
    query = select(*map(col, (*columns, Application.url)))
    return (tuple(row) for row in session.execute(query))
