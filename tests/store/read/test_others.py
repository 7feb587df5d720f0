"""Which changes the user did not make: told once, while they stand."""

from contextlib import closing

from store.file.database import Database
from store.pipeline import Pipeline
from store.read.changes import MadeByOther, read_made_by_others
from store.rules.stages import Stage

ASSISTANT = "assistant deskmate"


def told(db: Database, after: int = 0) -> list[MadeByOther]:
    with closing(db.glance()) as glance:
        return list(read_made_by_others(glance, after))


def test_only_what_others_did_is_told_and_only_while_it_stands(db: Database) -> None:
    pipeline = Pipeline(db)
    pipeline.add("Acme", "Engineer")
    pipeline.move(1, Stage.FIRST)
    db.made_by = ASSISTANT
    noted = pipeline.note(1, "They use Rust.")
    added = pipeline.add("Globex", "Cook")
    db.made_by = ""
    pipeline.note(2, "So do they.")
    first, second = told(db)
    assert first == (noted.change_id, ASSISTANT, "note", "noted", "Acme", "Engineer")
    assert second == (added.change_id, ASSISTANT, "add", "added", "Globex", "Cook")
    assert told(db, noted.change_id) == [second]
    assert told(db, added.change_id) == []
    pipeline.undo()
    pipeline.undo()
    assert told(db) == [first], "what was undone is not told"
    pipeline.redo()
    assert told(db) == [first, second]


def test_an_order_by_hand_is_about_no_application(db: Database) -> None:
    pipeline = Pipeline(db)
    db.made_by = ASSISTANT
    pipeline.sort_lane(Stage.FIRST, "company")
    (one,) = told(db)
    assert (one.company, one.summary) == ("", "sorted first by company")
