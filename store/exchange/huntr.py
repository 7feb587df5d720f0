"""Huntr's download: what was done about a job, from the table of activities beside the one of the
jobs."""

import json
from collections.abc import Mapping, Sequence

from store.exchange.tables.table import Body, Candidate, TableRow, header_key
from store.rules import fields

MADE = ("activities", "moves")
"""The columns that the activities add to a table of jobs: a text to read, and the days of steps."""
_STEPS: Mapping[str, str] = {
    "apply": "applied",
    "applied": "applied",
    "phonescreen": "first interview",
    "phoneinterview": "first interview",
    "onsiteinterview": "second interview",
    "offerreceived": "offer",
    "offer": "offer",
}
"""The kinds of activities that tell when a step was taken, and the status that it led to."""
_NOTE_AT_MOST = fields.NOTE.limit - 500
"""Characters of activities; the rest of the note is for what stands above them."""


def with_activities(jobs: Candidate, activities: Sequence[Candidate]) -> Candidate:
    """The table of jobs with two more columns: what was done, and when steps were taken.

    `activities` name the job by its ID; those of a job that is not in the table are left out.
    """

    def read() -> Body:
        done = _by_job(activities)
        body = jobs.read()
        place = _place(jobs.headers, "id")
        for number, (line, cells) in enumerate(body.rows):
            found = sorted(done.get(_at(cells, place), ()), key=lambda one: one[0] or "to do")
            whole = [*cells, *[""] * (len(jobs.headers) - len(cells))]
            texts = _fit([text for _, _, text in found])
            moves = [(_STEPS[kind], day) for day, kind, _ in found if day and kind in _STEPS]
            body.rows[number] = TableRow(line, [*whole, texts, json.dumps(moves) if moves else ""])
        return body

    return jobs._replace(headers=(*jobs.headers, *MADE), read=read)


def _by_job(tables: Sequence[Candidate]) -> dict[str, list[tuple[str, str, str]]]:
    """By the ID of the job its activities: the day when each was done, its kind, and a line."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for table in tables:
        job, kind, title, note, done, began, ended = (
            _place(table.headers, name)
            for name in (
                "jobid", "activitycategoryname", "title", "note", "completed", "startat",
                "completedat",
            )
        )  # fmt: skip
        for _, cells in table.read().rows:
            is_done = _at(cells, done).casefold() in ("true", "yes", "1")
            day = (_at(cells, began) or _at(cells, ended))[:10] if is_done else ""
            names = dict.fromkeys(filter(None, (_at(cells, kind), _at(cells, title))))
            line = f"{day if is_done else 'to do'} {': '.join(names)}".strip()
            text = "\n".join(filter(None, (line, _at(cells, note))))
            found.setdefault(_at(cells, job), []).append((day, header_key(_at(cells, kind)), text))
    found.pop("", None)
    return found


def _fit(texts: Sequence[str]) -> str:
    """The texts in their order, without the first ones where all are too long for a note."""
    kept: list[str] = []
    left = _NOTE_AT_MOST
    for text in reversed(texts):
        left -= len(text) + 1
        if left < 0:
            break
        kept.append(text)
    return "\n".join(reversed(kept))


def _place(headers: Sequence[str], name: str) -> int:
    keys = [header_key(header) for header in headers]
    return keys.index(name) if name in keys else -1


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if 0 <= place < len(cells) else ""
