"""The shelf: a posting is put there, changed, dropped, or becomes an application."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from store.errors import NotFound
from store.model.board import Written
from store.pipeline.applications import (
    Unless,
    begin,
    clean_details,
    clean_requirements,
    note_requirements,
    read_new,
    read_there,
)
from store.pipeline.changes.journal import record
from store.pipeline.changes.use_case import SUMMARY_AT_MOST, UseCases, distinct, find, summary_of
from store.pipeline.employers import read_names
from store.rules.employers import folded_role
from store.rules.links import link_target
from store.rules.naming import refuse_any
from store.rules.shelf import posting_number
from store.rules.stages import Stage
from store.rules.text import Refused
from store.tables import Posting

_TEXTS = ("company", "role", "location", "url", "source", "salary", "posting_text")
_DAYS = ("posted_on", "closing_on")
DETAILS = (*_TEXTS, *_DAYS, "tags")
"""What is known of a posting, by the names of `store.rules.typed.fields`."""


class Shelf(UseCases):
    """Use cases about postings that wait for an answer."""

    def shelve(
        self,
        company: str,
        role: str,
        *,
        requirements: Sequence[str] = (),
        unless: Unless | None = None,
        **details: Any,
    ) -> Written:
        """Put a posting on the shelf; `details` are those of `DETAILS`.

        Args:
            requirements: what becomes points to prepare with the application.
            unless: raise AlreadyThere when an application is there, as `Applications.add` does.

        Raises Refused when the same posting is on the shelf already, by its link, or by role and
        employer where it has none.
        """
        columns = _columns({"company": company, "role": role, **details})
        points = clean_requirements(requirements)
        new = read_new(company, role, day=self.today, stage=Stage.APPLIED, note="", details=details)
        with record(self.database, "shelf", "put on the shelf") as entry:
            if unless is not None:
                read_there(self.database.glance(entry.session)).check(new, unless, self.today)
            _refuse_twice(entry.session, columns)
            row = entry.add(
                Posting(
                    **columns,
                    requirements=_as_json(points),
                    taken_on=entry.today,
                    created_at=entry.now,
                    updated_at=entry.now,
                )
            )
            entry.change.summary = _summary("put on the shelf", row)
            return self._answer(entry.session, entry.change)._replace(made=row.id)

    def edit_posting(self, posting_id: int, changes: Mapping[str, Any]) -> Written:
        """Change what is known of a posting on the shelf: `DETAILS` and `requirements`.

        Raises NotFound when it is not there any more.
        """
        details = dict(changes)
        points = details.pop("requirements", None)
        columns = _columns(details)
        if points is not None:
            columns["requirements"] = _as_json(clean_requirements(points))
        with record(self.database, "shelf", "changed on the shelf") as entry:
            row = _find(entry.session, posting_id)
            if entry.put(row, **columns):
                entry.put(row, updated_at=entry.now)
            entry.change.summary = _summary("changed on the shelf", row)
            return self._answer(entry.session, entry.change)._replace(made=row.id)

    def drop_postings(self, posting_ids: Sequence[int]) -> Written:
        """Take postings off the shelf for good; undo brings them back.

        Raises NotFound, naming it, when one of them is not there; then all stay.
        """
        ids = distinct(posting_ids, "posting")
        with record(self.database, "shelf", "dropped") as entry:
            rows, missing = [], []
            for posting_id in ids:
                try:
                    rows.append(_find(entry.session, posting_id))
                except NotFound as none:
                    if len(ids) == 1:
                        raise
                    missing.append((posting_number(posting_id), none))
            refuse_any(missing, len(ids))
            told = summary_of("dropped", [f"{row.company} ({row.role})" for row in rows])
            entry.remove_all(rows)
            entry.change.summary = told
            return self._answer(entry.session, entry.change)

    def apply_to(
        self, posting_id: int, *, on: date | None = None, unless: Unless | None = "link"
    ) -> Written:
        """Make an application of a posting: it leaves the shelf, all in one step of undo.

        Its requirements become points. Raises NotFound when it is not there, AlreadyThere as
        `Applications.add` does.
        """
        day = self._day(on)
        with self._several("add", on=day) as several:
            row = _find(several.entry.session, posting_id)
            details = {name: getattr(row, name) for name in (*_TEXTS[2:], *_DAYS)}
            details["tags"] = json.loads(row.tags)
            new = read_new(
                row.company, row.role, day=day, stage=Stage.APPLIED, note="", details=details
            )
            if unless is not None:
                there = read_there(self.database.glance(several.entry.session))
                there.check(new, unless, self.today)
            step = begin(several, new)
            note_requirements(step, json.loads(row.requirements))
            step.tell("applied to, off the shelf")
            several.entry.remove(row)
        return step.result()


def _columns(details: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of `posting` for `details`; TypeError for one that there is not."""
    unknown = details.keys() - set(DETAILS)
    if unknown:
        raise TypeError(f"a posting has no detail {sorted(unknown)[0]!r}")
    return clean_details(details, applied_on=None)


def _as_json(texts: Sequence[str]) -> str:
    return json.dumps(texts, ensure_ascii=False)


def _find(session: Session, posting_id: int) -> Posting:
    missing = f"There is no posting {posting_number(posting_id)} on the shelf."
    return find(session, Posting, posting_id, missing)


def _refuse_twice(session: Session, columns: Mapping[str, Any]) -> None:
    """Refused when the posting that `columns` make is on the shelf already."""
    names, link = read_names(session), link_target(columns.get("url", ""))
    employer, role = names.key(columns["company"]), folded_role(columns["role"])
    for row in session.exec(select(Posting).order_by(col(Posting.id))):
        same = names.key(row.company) == employer and folded_role(row.role) == role
        other = link_target(row.url)
        if other.key and link.key:
            same = other.key == link.key and (same or link.posting)
        if same:
            assert row.id is not None
            raise Refused(
                f"{row.company}, {row.role} is on the shelf already ({posting_number(row.id)}). "
                "Nothing was added."
            )


def _summary(what: str, row: Posting) -> str:
    return f"{what}: {row.company}, {row.role}"[:SUMMARY_AT_MOST]
