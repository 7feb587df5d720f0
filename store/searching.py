"""The texts to search in that do not stand on a card: people, notes, debriefs, points."""

from store.glance import Glance

_TEXTS = """
SELECT id, via_recruiter FROM application WHERE via_recruiter <> ''
UNION ALL
SELECT application_id, name || char(10) || title || char(10) || email FROM contact
UNION ALL
SELECT application_id, text FROM note
UNION ALL
SELECT application_id, next_step || char(10) || promised_text || char(10) || remarks
FROM debrief WHERE next_step <> '' OR promised_text <> '' OR remarks <> ''
UNION ALL
SELECT application_id, text || char(10) || detail FROM point"""


def read_search_texts(glance: Glance) -> dict[int, str]:
    """The texts of each application that has any, in no order, as one text without case.

    Notes, the names, titles and addresses of people, what was written in debriefs, and every point
    with its detail. Raises StoreError when the file cannot be read.
    """
    texts: dict[int, list[str]] = {}
    with glance.reader.snapshot():
        for owner, text in glance.reader.rows(_TEXTS):
            texts.setdefault(owner, []).append(text)
    return {owner: "\n".join(parts).casefold() for owner, parts in texts.items()}
