"""Which names mean one employer, as far as the user says more than their spelling does."""

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from store.model.board import Written
from store.pipeline.changes.journal import JournalEntry, record
from store.pipeline.changes.use_case import SUMMARY_AT_MOST, UseCases
from store.pipeline.facts import read_outlook
from store.rules import fields
from store.rules.employers import EmployerNames, as_one, as_two, exact_name, folded_employer
from store.rules.text import clean
from store.tables import Application, EmployerName


def read_names(session: Session) -> EmployerNames:
    """What was said of names so far, with what the session has not stored yet."""
    rows = session.exec(select(EmployerName))
    return EmployerNames({row.name: row.employer for row in rows})


class EmployersNamed(UseCases):
    """Use cases about the names of employers."""

    def same_employer(self, name: str, other: str) -> Written:
        """From now on `name` means the employer that `other` does, and so does all that `name`
        was one with. Raises Refused where they are one already."""
        name, other = _clean(name), _clean(other)
        summary = f"same employer: {name} and {other}"
        with record(self.database, "employer", summary[:SUMMARY_AT_MOST]) as entry:
            names = read_names(entry.session)
            return self._say(entry, names, as_one(names, name, other), (name, other))

    def other_employer(self, name: str, other: str) -> Written:
        """From now on `name` means another employer than `other` does.

        Raises Refused where they are two already, and where they differ by case and signs only.
        """
        name, other = _clean(name), _clean(other)
        summary = f"not the same employer: {name} and {other}"
        with record(self.database, "employer", summary[:SUMMARY_AT_MOST]) as entry:
            names = read_names(entry.session)
            return self._say(entry, names, as_two(names, name, other), (name, other))

    def _say(
        self,
        entry: JournalEntry,
        names: EmployerNames,
        said: Mapping[str, str],
        spelled: tuple[str, str],
    ) -> Written:
        """Store what is `said`, and plan anew for all who are concerned by it."""
        before = read_outlook(entry.session)
        concerned = {names.key(one) for one in spelled}
        _store(entry, said, spelled)
        names = read_names(entry.session)
        query = select(Application).where(col(Application.employer).in_(concerned))
        rows = list(entry.session.exec(query.order_by(col(Application.id))))
        for row in rows:
            entry.put(row, employer=names.key(row.company))
        entry.session.flush()
        after = read_outlook(entry.session)
        self._planner.replan(entry, rows, after)
        also = {row.id for row in rows if row.id is not None}
        also |= set(self._planner.replan_others(entry, before, after))
        entry.stamp()
        return self._answer(entry.session, entry.change, also=tuple(sorted(also)))


def _clean(name: str) -> str:
    return clean(name, fields.APPLICATION["company"])


def _store(entry: JournalEntry, said: Mapping[str, str], spelled: Collection[str]) -> None:
    """A name that means what it folds to needs no row."""
    query = select(EmployerName).where(col(EmployerName.name).in_(list(said)))
    rows = {row.name: row for row in entry.session.exec(query)}
    typed = {mark(one): one for one in spelled for mark in (folded_employer, exact_name)}
    for mark, employer in said.items():
        row = rows.get(mark)
        if mark == employer and mark == folded_employer(typed.get(mark, "")):
            if row is not None:
                entry.remove(row)
        elif row is None:
            entry.add(EmployerName(name=mark, employer=employer, spelled=typed.get(mark, "")))
        else:
            entry.put(row, employer=employer)
    entry.session.flush()
