"""Undo and redo: each row that a change touched goes back to how it was, or forth again."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, get_args

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, insert, select, update

from store.errors import Conflict
from store.pipeline.changes.journal import TABLES, batches, defaults_of, plain
from store.pipeline.changes.use_case import WHOSE_AT_MOST
from store.pipeline.safety.thinning import last_thinned
from store.rules.people import in_a_line
from store.rules.text import Refused, as_sentence
from store.rules.tips.texts import name_ticks
from store.tables import Application, Change, FollowUp, Mail, RowImage
from store.tables.columns import Numbered

_OF_THE_BOARD = (
    *("import", "reorder", "criterion", "employer", "search", "shelf", "restore"),
    *("goal", "reminder"),
)
_USERS_OWN = ("deleted ", "edited ", "interview with ", "to mention to ", "nothing to mention")
"""How summaries begin in which a colon may be the user's own."""
_ONE_BY_ONE = 3
"""Up to how many applications are told by all their names."""
_STAMPS = ("version", "updated_at")
"""Columns that every write moves on: they never decide whether a row is still the same."""


def travel(
    session: Session, now: datetime, seen: int | None, *, back: bool
) -> tuple[Change, set[int]]:
    """Take the newest change back, or do again what was undone last.

    Returns the change and the ids of the applications it touched. Raises Refused when there is
    nothing to undo or redo, and Conflict when somebody changed something since `seen` or when a
    row is no longer as the change left it; then nothing is written.
    """
    _refuse_unseen(session, seen)
    verb, state = ("undo", "done") if back else ("redo", "undone")
    number = col(Change.id)
    query = select(Change).where(Change.state == state, number > last_thinned(session))
    change = session.exec(query.order_by(number.desc() if back else number).limit(1)).first()
    if change is None:
        raise Refused(f"There is nothing to {verb}.")
    _Journey(session, change, back=back).go()
    step = Change(
        at=now,
        happened_on=now.date(),
        verb=verb,
        summary=f"{verb}: {name_ticks(change.summary)}"[:500],
        state="step",
        target_id=change.id,
    )
    change.state = "undone" if back else "done"
    session.add(step)
    session.add(change)
    session.flush()
    touched = _applications_of(session, change)
    for part in batches(sorted(touched)):
        those = update(Application).where(col(Application.id).in_(part))
        session.exec(those.values(version=step.id, updated_at=now))
    session.expire_all()
    return step, touched


def travel_to(session: Session, change: Change) -> set[int]:
    """Bring every row of `change`, which has images only, to how it shall be after it.

    Returns the ids of the applications it touches. Raises Conflict when a row is not as before.
    """
    _Journey(session, change, back=False).go()
    return _applications_of(session, change)


def _applications_of(session: Session, change: Change) -> set[int]:
    of_change = select(RowImage.application_id).where(RowImage.change_id == change.id).distinct()
    return {owner for owner in session.exec(of_change) if owner is not None}


class Travelled(NamedTuple):
    """What an undo or redo is told with, and where it leads."""

    sentence: str
    about: int | None
    """The application that it was about, where it was one."""
    follow_ups: tuple[int, ...]
    """The follow-ups that it was about: those whose state or day it changed."""


def describe(session: Session, change: Change) -> Travelled:
    """Tell what `change`, an undo or redo, took back or did again, and of whom.

    Other applications whose follow-ups were planned again with it are not told of.
    """
    target = session.get(Change, change.target_id)
    assert target is not None
    names = {} if target.verb in _OF_THE_BOARD else _names(session, _images(session, target))
    lead = "Undone" if change.verb == "undo" else "Done again"
    both = select(RowImage).where(
        RowImage.change_id == target.id,
        RowImage.table_name == FollowUp.__tablename__,
        col(RowImage.before).is_not(None),
        col(RowImage.after).is_not(None),
    )
    changed = tuple(
        image.row_id
        for image in session.exec(both.order_by(col(RowImage.id)))
        if image.before and image.after
        and _is_move(json.loads(image.before), json.loads(image.after))
    )  # fmt: skip
    about = next(iter(names)) if len(names) == 1 else None
    return Travelled(
        f"{lead}: {as_sentence(_description(target, list(names.values())))}", about, changed
    )


def _is_move(before: dict[str, object], after: dict[str, object]) -> bool:
    return any(before.get(name) != after.get(name) for name in ("state", "snoozed_to"))


def _description(change: Change, names: list[tuple[str, str]]) -> str:
    """What `change` did, without a second colon: "thank Ana (Globex, SRE)"."""
    what = change.summary
    head, colon, rest = what.partition(": ")
    companies = list(dict.fromkeys(company for company, _ in names))
    if len(names) > _ONE_BY_ONE and any(f"{company} — {role}" in rest for company, role in names):
        whose = in_a_line(companies, WHOSE_AT_MOST)
        return f"{head}, {len(names):,} applications ({whose})"
    if colon and not head.startswith(_USERS_OWN) and change.verb != "score":
        if head == "closed" and len(names) == 1:
            return f"{names[0][0]} closed as {rest}"
        what = rest if head in ("done", "done together") else f"{head} — {rest}"
    if all(company in what for company in companies):
        return what
    if len(names) == 1:
        return f"{what} ({', '.join(names[0])})"
    return f"{what} ({in_a_line(companies, WHOSE_AT_MOST)})"


def _names(session: Session, images: list[RowImage]) -> dict[int, tuple[str, str]]:
    """Company and role of each application that a change with these images was about, by id."""
    meant = [image for image in images if image.table_name != FollowUp.__tablename__] or images
    names: dict[int, tuple[str, str]] = {}
    for owner in dict.fromkeys(image.application_id for image in meant):
        if owner is not None and (row := session.get(Application, owner)) is not None:
            names[owner] = (row.company, row.role)
    for image in meant:
        stored = image.after or image.before
        if image.table_name == Application.__tablename__ and stored is not None:
            row_then = json.loads(stored)
            if {"company", "role"} <= row_then.keys():
                names.setdefault(image.row_id, (row_then["company"], row_then["role"]))
    return names


def newest(session: Session) -> int:
    """The id of the newest change; 0 on a new board."""
    return session.exec(select(func.max(Change.id))).one() or 0


def _refuse_unseen(session: Session, seen: int | None) -> None:
    if seen is None or newest(session) <= seen:
        return
    change = session.exec(select(Change).order_by(col(Change.id).desc()).limit(1)).one()
    raise Conflict(
        f"Another window has changed the board since ({name_ticks(change.summary)}). "
        "Nothing was undone; look again, then press u once more."
    )


def _images(session: Session, change: Change) -> list[RowImage]:
    query = select(RowImage).where(RowImage.change_id == change.id).order_by(col(RowImage.id))
    return list(session.exec(query))


_NAMES = ("name", "anchor", "tip")
"""Columns that tell the rows of a table apart, and hold a text."""
_STUCK = "These changes do not fit together. Nothing was undone, redone or restored."


class _Journey:
    """Brings every row of a change to how it was before it (`back`) or after it.

    All rows are compared before the first is touched. Rows go before others come, so that a
    unique key is free again when it is needed; children go first, and parents come first. Images
    and rows are read in parts, as columns: an import has tens of thousands.
    """

    def __init__(self, session: Session, change: Change, *, back: bool) -> None:
        self._session = session
        self._back = back
        query = (
            select(RowImage.table_name, RowImage.id)
            .where(RowImage.change_id == change.id)
            .order_by(col(RowImage.id))
        )
        self._images: dict[str, list[int]] = {name: [] for name in TABLES}
        for name, image_id in session.exec(query):
            assert image_id is not None
            self._images[name].append(image_id)
        self._going: dict[str, list[int]] = {name: [] for name in TABLES}

    def go(self) -> None:
        """Raises Conflict when a row is no longer as the change left it."""
        for name in TABLES:
            for images in self._parts(name):
                self._compare(name, images)
        for name in reversed(TABLES):
            for ids in batches(self._going[name]):
                table = TABLES[name]
                self._session.execute(delete(table).where(col(table.id).in_(ids)))
        for name, table in TABLES.items():
            for images in self._parts(name):
                self._bring(table, images)

    def _parts(self, name: str) -> Iterator[list[tuple[int, str | None, str | None]]]:
        """The images of a table: the id of the row, what is expected, and what is wanted."""
        for ids in batches(self._images[name]):
            query = (
                select(RowImage.row_id, RowImage.after, RowImage.before)
                .where(col(RowImage.id).in_(ids))
                .order_by(col(RowImage.id))
            )
            images = list(self._session.exec(query))
            yield [(i, a, b) if self._back else (i, b, a) for i, a, b in images]

    def _compare(self, name: str, images: list[tuple[int, str | None, str | None]]) -> None:
        table = TABLES[name]
        rows = stored_rows(self._session, table, [row_id for row_id, _, _ in images])
        for row_id, expected, wanted in images:
            row = rows.get(row_id)
            if not _is_as(row, expected):
                raise Conflict(
                    "What this step changed has been changed again since, so it stays as it is. "
                    "Nothing was undone or redone."
                )
            if wanted is None and row is not None:
                self._going[name].append(row_id)

    def _bring(
        self, table: type[Numbered], images: list[tuple[int, str | None, str | None]]
    ) -> None:
        coming: list[dict[str, Any]] = []
        changing: dict[int, dict[str, Any]] = {}
        for row_id, expected, wanted in images:
            if wanted is None:
                continue
            columns = _columns(table, wanted)
            if expected is None:
                coming.append(dict(defaults_of(table)) | columns)
            elif columns:
                changing[row_id] = columns
        self._change(table, changing)
        if table is Mail:
            self._make_way([row["key"] for row in coming])
        if coming:
            whole = insert(table).execution_options(render_nulls=True)
            self._session.execute(whole, coming)

    def _make_way(self, keys: list[str]) -> None:
        """A message that comes back may have been read again meanwhile, which is no change."""
        for some in batches(keys):
            again = delete(Mail).where(col(Mail.key).in_(some), col(Mail.state) == "waiting")
            self._session.execute(again)

    def _change(self, table: type[Numbered], changing: dict[int, dict[str, Any]]) -> None:
        """Set columns of rows. One whose name another row still has waits until that has let go of
        it: going back to a copy changes rows at once that were changed one after the other."""
        aside: set[int] = set()
        while changing:
            waiting: dict[int, dict[str, Any]] = {}
            for row_id, columns in changing.items():
                those = update(table).where(col(table.id) == row_id)
                try:
                    self._session.execute(those.values(**columns))
                except IntegrityError:
                    waiting[row_id] = columns
            if len(waiting) == len(changing):
                # Each waits for another: the first lets go of its name.
                row_id, columns = next(iter(waiting.items()))
                name = next((name for name in _NAMES if name in columns), None)
                if name is None or row_id in aside:
                    raise Conflict(_STUCK)
                aside.add(row_id)
                those = update(table).where(col(table.id) == row_id)
                self._session.execute(those.values(**{name: f"\x01{row_id}"}))
            changing = waiting


def stored_rows(
    session: Session, table: type[Numbered], ids: Sequence[int]
) -> dict[int, dict[str, object]]:
    """The rows with these ids as they stand, with the values as in an image."""
    columns = [getattr(table, name) for name in table.model_fields]
    found = session.execute(select(*columns).where(col(table.id).in_(ids)))
    names = list(table.model_fields)
    place = names.index("id")
    return {row[place]: dict(zip(names, map(plain, row), strict=True)) for row in found}


def _is_as(row: Mapping[str, object] | None, image: str | None) -> bool:
    """Whether `row` is as `image` says, as far as that goes: it knows only the columns that its
    change changed, and from before a migration nothing of later ones."""
    if row is None or image is None:
        return row is None and image is None
    then = json.loads(image)
    return all(row.get(name) == value for name, value in then.items() if name not in _STAMPS)


def _columns(table: type[Numbered], image: str) -> dict[str, Any]:
    """The columns of an image, their days and instants read back from their texts.

    Limits are not asked for again: what was stored must be able to come back as it was. A column
    that the image does not know has its default, one that is no more is left out.
    """
    values: dict[str, Any] = json.loads(image)
    for name, read in _readers(table):
        if values.get(name) is not None:
            values[name] = read(values[name])
    return {name: value for name, value in values.items() if name in table.model_fields}


@cache
def _readers(table: type[Numbered]) -> tuple[tuple[str, Callable[[str], object]], ...]:
    """The columns of `table` that are no plain JSON, each with what reads its text."""
    readers: list[tuple[str, Callable[[str], object]]] = []
    for name, column in table.model_fields.items():
        kinds = get_args(column.annotation) or (column.annotation,)
        if datetime in kinds:
            readers.append((name, datetime.fromisoformat))
        elif date in kinds:
            readers.append((name, date.fromisoformat))
    return tuple(readers)
