"""The timeline of an application: of which changes it tells. The journal asks it, too, before the
images of a change go.

Light on purpose: each change passes through here.
"""

THINNED = "journal.thinned"
"""The setting that holds the newest change whose images go: of it and those before, the table
`timeline_entry` says of which applications they tell."""


_BEFORE = "json_extract(coalesce(own.before, '{}'), '$.' || now.key)"


def timeline_condition(application: str) -> str:
    """The condition in SQL on which the change `c`, which has images of `application`, is told in
    the timeline of that.

    A change is told where it was made: its first image is of the application that it was about.
    What an offer, say, means for the follow-ups of others is stored with it and no story of theirs.
    Several applications have an order by hand, going back to a copy, what is said of their
    employers, what is done to follow-ups together, and an import and what was done to all of them
    at once: there more of their own row is another than what is planned, or a part came with it.
    Few images are of one application and many of one import: the plus looks among those few.
    """
    return f"""(c.verb IN ('employer', 'reorder', 'restore', 'skip', 'snooze')
    OR {application} = (SELECT application_id FROM row_image
              WHERE change_id = c.id AND application_id IS NOT NULL ORDER BY id LIMIT 1)
    OR EXISTS (SELECT 1 FROM row_image AS follow_up
               WHERE change_id = c.id AND follow_up.application_id = {application}
                 AND table_name = 'follow_up'
                 AND before LIKE '%"state":"open"%' AND after LIKE '%"state":"done"%')
    OR (c.verb = 'mail' AND EXISTS (SELECT 1 FROM row_image AS message
               WHERE change_id = c.id AND message.application_id = {application}
                 AND table_name = 'message' AND before IS NULL))
    OR (c.verb = 'import' AND EXISTS (SELECT 1 FROM row_image AS came
               WHERE +came.change_id = c.id AND came.application_id = {application}
                 AND table_name IN ('application', 'contact', 'note', 'stage_move')
                 AND before IS NULL))
    OR (c.verb IN ('add', 'close', 'edit', 'import', 'move', 'reopen')
      AND EXISTS (SELECT 1 FROM row_image AS own, json_each(coalesce(own.after, '{{}}')) AS now
                  WHERE +own.change_id = c.id AND own.application_id = {application}
                    AND table_name = 'application'
                    AND now.key NOT IN ('version', 'updated_at', 'dormant_on',
                                        'close_suggested_on', 'waiting')
                    AND NOT coalesce({_BEFORE} = now.value,
                                     {_BEFORE} IS NULL AND now.value IS NULL))))"""


TIMELINE = f"""
SELECT id, happened_on, verb, summary, at, made_by FROM change c
WHERE state = 'done' AND id IN (SELECT change_id FROM row_image WHERE application_id = :id)
  AND id > coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = '{THINNED}'), 0)
  AND {timeline_condition(":id")}
UNION ALL
SELECT id, happened_on, verb, summary, at, made_by FROM change
WHERE state = 'done'
  AND id IN (SELECT change_id FROM timeline_entry WHERE application_id = :id)
ORDER BY id DESC"""
"""The changes that the timeline of the application `:id` tells, newest first."""
