"""Bringing applications in from a file: duplicates left out, one change for all."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session, SQLModel, col, select

from store.exchange.incoming import Incoming, Problem, Report
from store.journal import Entry, recorded
from store.pipeline.outlook import read_outlook
from store.pipeline.use_case import UseCases
from store.rules.employers import folded_employer
from store.rules.text import quoted
from store.tables import Application, Contact, Note, StageMove


class Intake(UseCases):
    """Use cases about importing."""

    def preview(self, rows: Sequence[Incoming], problems: Sequence[Problem] = ()) -> Report:
        """What `bring_in` would do; nothing is written."""
        with self.database.writing() as session:
            fresh, duplicates = _sift(session, rows)
        return Report(len(fresh), tuple(duplicates), tuple(problems), None)

    def bring_in(
        self, rows: Sequence[Incoming], *, source: str, problems: Sequence[Problem] = ()
    ) -> Report:
        """Add the `rows` that are not on the board yet, as one step of undo.

        A row is a duplicate when its posting is there already, else when company, role and day
        are. `source` names the format, for the timeline; `problems` go into the report as they
        are. Nothing is written when nothing is new.
        """
        with self.database.writing() as session:
            fresh, duplicates = _sift(session, rows)
        if not fresh:
            return Report(0, tuple(duplicates), tuple(problems), None)
        with recorded(self.database, "import", f"imported from {source}") as entry:
            fresh, duplicates = _sift(entry.session, rows)
            entry.change.summary = f"imported {len(fresh)} from {source}"
            self._store(entry, fresh)
            entry.stamp()
            return Report(len(fresh), tuple(duplicates), tuple(problems), entry.change.id)

    def _store(self, entry: Entry, fresh: Sequence[Incoming]) -> None:
        """All rows table by table, since one round trip a row takes minutes for a big file."""
        before = read_outlook(entry.session)
        applications = [_application(row, entry) for row in fresh]
        entry.add_all(applications)
        outlook = read_outlook(entry.session)
        parts: list[SQLModel] = []
        for row, application in zip(fresh, applications, strict=True):
            assert application.id is not None
            parts.append(
                StageMove(
                    application_id=application.id,
                    to_stage="applied",
                    moved_on=row.applied_on or entry.today,
                )
            )
            if row.stage != "applied":
                parts.append(
                    StageMove(
                        application_id=application.id,
                        from_stage="applied",
                        to_stage=row.stage,
                        moved_on=entry.today,
                    )
                )
            if row.note:
                parts.append(
                    Note(application_id=application.id, noted_on=entry.today, text=row.note)
                )
            known = bool(row.contact_name or row.contact_email)
            if known:
                parts.append(
                    Contact(
                        application_id=application.id,
                        name=row.contact_name,
                        email=row.contact_email,
                        relation="other",
                        main=True,
                    )
                )
            parts += self._planner.rows_for_new(
                application, outlook, entry.now, contact_known=known
            )
        entry.add_all(parts)
        self._planner.replan_others(entry, before, outlook)


def _application(row: Incoming, entry: Entry) -> Application:
    later = row.stage != "applied"
    return Application(
        company=row.company,
        employer=folded_employer(row.company),
        role=row.role,
        stage=row.stage.value,
        stage_since=entry.today if later else row.applied_on or entry.today,
        applied_on=row.applied_on,
        offered_on=entry.today if row.stage == "offer" else None,
        url=row.url,
        location=row.location,
        source=row.source,
        salary=row.salary,
        tags=json.dumps(row.tags, ensure_ascii=False),
        cv_version=row.cv_version,
        imported_on=entry.today,
        created_at=entry.now,
        updated_at=entry.now,
    )


def _sift(session: Session, rows: Sequence[Incoming]) -> tuple[list[Incoming], list[Problem]]:
    """The rows that are new, and a word on each of the others, also against earlier rows."""
    postings, known = _present(session)
    fresh: list[Incoming] = []
    duplicates: list[Problem] = []
    for row in rows:
        posting = _posting(row.url)
        name = _name(row.company, row.role, row.applied_on)
        if (posting and posting in postings) or (
            name in known and not (posting and known[name] and posting not in known[name])
        ):
            duplicates.append(
                Problem(row.line, f"{quoted(row.company)}, {quoted(row.role)} is there already.")
            )
            continue
        fresh.append(row)
        postings.add(posting)
        known.setdefault(name, set()).update({posting} - {""})
    return fresh, duplicates


_Name = tuple[str, str, date | None]


def _present(session: Session) -> tuple[set[str], dict[_Name, set[str]]]:
    """The postings there are; and by company, role and day the postings known for them."""
    postings: set[str] = set()
    known: dict[_Name, set[str]] = {}
    columns: Iterable[tuple[str, str, date | None, str]] = session.exec(
        select(
            col(Application.company),
            col(Application.role),
            col(Application.applied_on),
            col(Application.url),
        )
    )
    for company, role, applied_on, url in columns:
        posting = _posting(url)
        known.setdefault(_name(company, role, applied_on), set()).update({posting} - {""})
        postings.add(posting)
    return postings, known


def _posting(url: str) -> str:
    return url.strip().rstrip("/").casefold()


def _name(company: str, role: str, applied_on: date | None) -> _Name:
    return (company.casefold(), role.casefold(), applied_on)
