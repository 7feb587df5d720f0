"""Several at once: one change with all their names, as far as there is room."""

from store.pipeline import Pipeline
from store.pipeline.changes.use_case import SUMMARY_AT_MOST, summary_of
from store.rules.stages import Outcome, Stage


def test_names_without_room_are_counted() -> None:
    assert summary_of("closed", ["Ada", "Bit", "Cog"]) == "closed: Ada, Bit, Cog"
    names = [f"Company {number} — Engineer" for number in range(100)]
    told = summary_of("closed", names)
    assert len(told) <= SUMMARY_AT_MOST
    shown = told.count(" — ")
    assert told.endswith(f"Company {shown - 1} — Engineer and {100 - shown} more")
    assert len(summary_of("closed", ["x" * 999])) == SUMMARY_AT_MOST


def test_fifty_are_closed_in_one_change_and_come_back_with_one_undo(pipeline: Pipeline) -> None:
    ids = pipeline.add_all([{"company": f"Company {n}", "role": "Cook"} for n in range(50)]).ids
    glance = pipeline.database.glance()
    before, change = glance.cards(), glance.change_id()
    written = pipeline.close_all(ids, Outcome.WITHDRAWN)
    assert written.change_id == glance.change_id() == change + 1
    assert set(written.also) == set(ids)
    assert glance.cards() == ()
    assert pipeline.undo().sentence == (
        "Undone: closed, withdrawn, 50 applications (Company 0, Company 1, Company 2, Company 3 "
        "and 46 more)."
    )
    assert [card._replace(version=0) for card in glance.cards()] == [
        card._replace(version=0) for card in before
    ]
    glance.close()


def test_each_goes_its_own_way_in_one_change(pipeline: Pipeline) -> None:
    ids = pipeline.add_all([{"company": name, "role": "Cook"} for name in ("Ada", "Bit")]).ids
    pipeline.move_each({ids[0]: Stage.FIRST, ids[1]: Stage.SECOND})
    pipeline.edit_all({ids[0]: {"tags": ("a",)}, ids[1]: {"tags": ("b",), "no_contact": True}})
    glance = pipeline.database.glance()
    assert [(card.stage, card.tags) for card in glance.cards()] == [
        (Stage.FIRST, ("a",)),
        (Stage.SECOND, ("b",)),
    ]
    pipeline.undo()
    pipeline.undo()
    assert {(card.stage, card.tags) for card in glance.cards()} == {(Stage.APPLIED, ())}
    glance.close()


def test_the_page_of_each_tells_what_was_done_to_it_without_the_others(
    pipeline: Pipeline,
) -> None:
    names = ("Ada", "Bit", "Cog", "Dot")
    ids = pipeline.add_all([{"company": name, "role": "Cook"} for name in names]).ids
    pipeline.move_all(ids[:3], Stage.FIRST)
    pipeline.edit_all({one: {"tags": ("a",)} for one in ids})
    pipeline.close_all(ids[1:3], Outcome.REJECTED)
    pipeline.move(ids[3], Stage.OFFER)
    pipeline.close_each({ids[0]: Outcome.CANCELLED})
    glance = pipeline.database.glance()
    told = [[entry.summary for entry in glance.dossier(one).timeline] for one in ids]
    assert told == [
        ["closed, cancelled", "edited tags", "moved to first", "added"],
        ["closed, rejected", "edited tags", "moved to first", "added"],
        ["closed, rejected", "edited tags", "moved to first", "added"],
        ["moved from applied to offer", "edited tags", "added"],
    ]
    glance.close()
