"""When the rows behind the entries of the calendar were changed last, by the journal."""

from collections.abc import Iterable
from datetime import datetime

from store.read.cancellations import STEPS
from store.read.rows import Reader
from store.read.timeline import THINNED

_NEWEST = "max(CASE WHEN s.last > i.change_id THEN s.last ELSE i.change_id END)"
_FROM = f"FROM row_image i LEFT JOIN {STEPS} s ON s.target_id = i.change_id"
_TOUCHED = f"""
SELECT i.table_name, i.row_id, {_NEWEST} {_FROM}
WHERE i.table_name IN ('interview', 'follow_up', 'assignment', 'reminder') GROUP BY 1, 2
UNION ALL
SELECT 'deadline', i.row_id, {_NEWEST} {_FROM}
WHERE i.table_name = 'application'
  AND (i.before IS NULL OR i.after IS NULL OR i.after LIKE '%"offer_deadline_%'
       OR i.after LIKE '%"closing_on"%' OR i.after LIKE '%"outcome"%'
       OR i.after LIKE '%"stage"%')
GROUP BY 2
UNION ALL
SELECT 'name or end', i.row_id, {_NEWEST} {_FROM}
WHERE i.table_name = 'application'
  AND (i.before IS NULL OR i.after IS NULL OR i.after LIKE '%"company"%' OR i.after LIKE '%"role"%'
       OR i.after LIKE '%"url"%' OR i.after LIKE '%"outcome"%' OR i.after LIKE '%"closed_on"%')
GROUP BY 2
UNION ALL
SELECT 'application', i.application_id, {_NEWEST} {_FROM}
WHERE i.application_id IS NOT NULL GROUP BY 2"""
"""The newest change of each row, undoing and doing again counted: these have no images."""
_LOST = """
SELECT max(step.id) FROM change step JOIN change target ON target.id = step.target_id
WHERE step.state = 'step' AND target.state = 'dropped'
  AND NOT EXISTS (SELECT 1 FROM row_image WHERE change_id = target.id)"""
"""The newest step that undid something of which no image is kept any more."""
_PLANNED_ANEW = "SELECT max(id) FROM change WHERE verb = 'replan'"
"""The newest change that no user made: it moves follow-ups and keeps no images."""
_MOMENTS = "SELECT id, at FROM change WHERE id IN ({})"
_AT_ONCE = 900


class RowStamps:
    """When each row was changed last; to be used inside a snapshot."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._touched = {(table, row): last for table, row, last in reader.rows(_TOUCHED)}
        ((anew,),) = reader.rows(_PLANNED_ANEW)
        self._anew = anew or 0
        ((lost,),) = reader.rows(_LOST)
        self._lost = lost or 0
        kept = reader.rows("SELECT value FROM setting WHERE name = :name", {"name": THINNED})
        self._thinned = int(kept[0][0]) if kept else 0

    def of_reminder(self, row_id: int) -> int:
        """The number of the newest change of a reminder; where the journal does not know it any
        more, that of the newest change which it has forgotten."""
        return int(self._touched.get(("reminder", row_id)) or self._thinned)

    def sequence(self, what: str, row_id: int, application_id: int, version: int) -> int:
        """The number of the newest change of a row, or of what each entry of its application says:
        its names, its address, whether it ended. `version` is that of the application.

        Where the journal does not know it any more, that of its application, which is newer; of an
        undone change whose images are gone, the step that undid it. So the number never falls.
        """
        table = "deadline" if what == "closing" else what
        known = int(self._touched.get((table, row_id)) or version)
        known = max(known, self._touched.get(("name or end", application_id)) or 0)
        known = max(known, min(version, self._lost))
        return max(known, self._anew) if what == "follow_up" else known

    def of_application(self, application_id: int) -> int:
        """The number of the newest change that touched an application; 0 where none is known."""
        return int(self._touched.get(("application", application_id), 0))

    def moments(self, ids: Iterable[int]) -> dict[int, datetime]:
        """When these changes were made, by their numbers."""
        wanted, found = sorted(ids), {}
        for start in range(0, len(wanted), _AT_ONCE):
            numbers = ", ".join(map(str, wanted[start : start + _AT_ONCE]))
            for id_, at in self._reader.rows(_MOMENTS.format(numbers)):
                found[id_] = self._reader.instants[at]
        return found
