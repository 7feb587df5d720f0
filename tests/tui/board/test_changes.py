"""Pure changes of the board, how it is counted, searched, and when it turns."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from store.model.board import urgency_key
from store.model.dossier import Board
from store.read.glance import SearchTexts
from store.rules.query.query import read_query
from store.rules.stages import ORDER, Outcome, Stage
from tests.makers import board, card, due, interview_shown
from tests.tables import each_row
from tui.board.agenda import Agenda, Tally, anything_between, next_turn
from tui.board.changes import find, in_order, reorder, with_card, with_change, without
from tui.filtering import Filter

ZONE = ZoneInfo("Europe/Zurich")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
SOON = NOW + timedelta(minutes=5)
TODAY = NOW.date()


def ids(shown: Board, stage: Stage = Stage.APPLIED) -> list[int]:
    return [c.id for c in shown.lanes[stage]]


def test_a_changed_card_moves_to_its_place_by_urgency():
    shown = board(card(1), card(2), card(3))
    assert ids(shown) == [3, 2, 1], "the longest in its stage first"
    shown = with_card(shown, card(1, follow_up=due(0)), NOW)
    assert ids(shown) == [1, 3, 2]


def test_a_moved_card_leaves_its_lane():
    shown = with_card(board(card(1), card(2)), card(1, Stage.FIRST), NOW)
    assert ids(shown) == [2]
    assert ids(shown, Stage.FIRST) == [1]


def test_a_closed_card_leaves_the_board():
    closed = card(1, outcome=Outcome.REJECTED, closed_on=TODAY)
    assert ids(with_card(board(card(1), card(2)), closed, NOW)) == [2]


def test_in_a_lane_by_hand_a_card_keeps_its_place_and_a_new_one_stands_first():
    by_hand = frozenset({Stage.APPLIED})
    shown = board(card(1), card(2), card(3), by_hand=by_hand)
    shown = with_card(shown, card(2, company="Other", follow_up=due(0)), NOW)
    assert ids(shown) == [3, 2, 1]
    assert ids(with_card(shown, card(9), NOW)) == [9, 3, 2, 1]


def test_sorting_by_hand_stops_at_both_ends():
    shown = board(card(1), card(2), card(3))
    down = reorder(shown, Stage.APPLIED, 0, 1)
    assert ids(down) == [2, 3, 1]
    assert Stage.APPLIED in down.by_hand
    assert reorder(shown, Stage.APPLIED, 0, -1) is shown
    assert reorder(shown, Stage.APPLIED, 2, 1) is shown
    again = in_order(down, Stage.APPLIED, "urgency", NOW)
    assert ids(again) == [3, 2, 1]
    assert Stage.APPLIED not in again.by_hand


def test_a_board_never_forgets_a_newer_change():
    assert with_change(board(), 7).change_id == 7
    assert with_change(with_change(board(), 7), 3).change_id == 7


def test_what_is_not_there_is_not_found():
    assert find(board(card(1)).lanes, 9) == (None, 0)
    shown = board(card(1))
    assert without(shown, 9) is shown


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from(ORDER)), max_size=30))
def test_after_any_changes_every_card_is_there_once_and_in_order(steps):
    shown = board()
    last: dict[int, Stage] = {}
    for card_id, stage in steps:
        shown = with_card(shown, card(card_id, stage), NOW)
        last[card_id] = stage
    assert {c.id: c.stage for c in shown.cards()} == last
    for lane in shown.lanes.values():
        keys = [urgency_key(c, NOW) for c in lane]
        assert keys == sorted(keys)


def test_the_tally_counts_late_today_and_week():
    agenda = Agenda([due(-2), due(0, 2), due(0, 3), due(7, 4)], NOW)
    assert agenda.tally == Tally(1, 2, 1)


def test_a_follow_up_changes_the_tally_by_itself():
    agenda = Agenda([due(-2), due(0, 2)], NOW)
    agenda.put(1, ())
    assert agenda.tally == Tally(0, 1, 0)
    agenda.put(2, [due(-1, 2), due(3, 2), due(8, 2)])
    assert agenda.tally == Tally(1, 0, 1), "what lies beyond the week is not counted"


def test_a_fold_counts_as_one_and_is_never_late():
    members = [due(-3, n, fold="imported") for n in range(1, 11)]
    ahead = [due(2, n, fold="imported") for n in (20, 21)]
    agenda = Agenda([*members, *ahead, due(0, 30)], NOW)
    assert agenda.tally == Tally(0, 2, 1)
    for number in range(1, 11):
        agenda.put(number, ())
    assert agenda.tally == Tally(0, 1, 1)


def test_what_hangs_on_an_interview_counts_when_that_is_over():
    ends = NOW + timedelta(hours=1)
    agenda = Agenda([due(0, after=ends, due_at=NOW + timedelta(hours=3))], NOW)
    assert agenda.tally == Tally(0, 0, 0)
    assert agenda.is_overtaken(ends + timedelta(minutes=1))
    agenda.turn(ends + timedelta(minutes=1))
    assert agenda.tally == Tally(0, 1, 0)


def test_what_is_late_from_a_later_moment_is_for_today_until_then():
    late_from = NOW + timedelta(days=2)
    agenda = Agenda([due(-1, late_from=late_from)], NOW)
    assert agenda.tally == Tally(0, 1, 0)
    assert agenda.is_overtaken(late_from + timedelta(minutes=1))
    agenda.turn(late_from + timedelta(minutes=1))
    assert agenda.tally == Tally(1, 0, 0)


def test_an_accepted_card_stays_in_reach_until_its_first_day():
    taken = card(1, Stage.OFFER, outcome=Outcome.ACCEPTED, closed_on=TODAY)
    begins = taken._replace(starts_work_on=TODAY + timedelta(days=30))
    shown = with_card(board(card(1, Stage.OFFER), card(2)), begins, NOW)
    assert (shown.taken, ids(shown, Stage.OFFER)) == ((begins,), [])
    other = begins._replace(id=3, starts_work_on=TODAY)
    assert with_card(shown, other, NOW).taken == (other, begins), "the first to begin first"
    assert with_card(shown, card(1, Stage.OFFER), NOW).taken == (), "undone"
    assert without(shown, 1).taken == ()
    begun = begins._replace(starts_work_on=TODAY - timedelta(days=1))
    assert with_card(shown, begun, NOW).taken == ()
    assert taken.in_reach(TODAY + timedelta(days=180))
    assert not taken.in_reach(TODAY + timedelta(days=181)), "nobody said when it begins"


def test_the_tally_turns_with_the_clock():
    agenda = Agenda([due(0)], NOW)
    agenda.turn(NOW + timedelta(days=1))
    assert agenda.tally == Tally(1, 0, 0)


@each_row(
    ("query", "found"),
    [
        ("globex", [1]),
        ("GLOBEX staff", [1]),
        ("berlin", [2]),
        ("straße", [2]),
        ("STRASSE", [2]),
        ("python", [3]),
        ("ana said", [3]),
        ("", [1, 2, 3]),
        ("   ", [1, 2, 3]),
        ("globex berlin", []),
        ("[/]", []),
    ],
)
def test_the_filter_looks_in_company_role_place_tags_and_notes(query, found):
    cards = (
        card(1, company="Globex", role="Staff Engineer"),
        card(2, company="Hooli", location="Berlin, Hauptstraße"),
        card(3, company="Initech", tags=("python",)),
    )
    matching = Filter({3: SearchTexts("ana said hello")}).match(cards, read_query(query, NOW))
    assert [c.id for c in matching] == found


WRITTEN = {
    1: "Café Nøir", 2: "Dvořák s.r.o.", 3: "Müller & Söhne", 4: "O’Brien Ltd", 5: "Łódź Full‑Stack",
    6: "Straße", 7: "ﬁntech １２３", 8: "ガス", 9: "İstanbul",
}  # fmt: skip


@each_row(
    ("typed", "found"),
    [
        ("cafe", 1),
        ("CAFÉ", 1),
        ("cafe\u0301", 1),
        ("noir", 1),
        ("dvorak", 2),
        ("dvořák", 2),
        ("muller", 3),
        ("sohne", 3),
        ("o'brien", 4),
        ("o’brien", 4),
        ("O`BRIEN", 4),
        ("lodz", 5),
        ("full-stack", 5),
        ("strasse", 6),
        ("fintech 123", 7),
        ("ガス", 8),
        ("istanbul", 9),
    ],
)
def test_what_any_keyboard_types_finds_what_has_all_its_marks(typed, found):
    cards = [card(number, company=name) for number, name in WRITTEN.items()]
    assert [each.id for each in Filter().match(cards, read_query(typed, NOW))] == [found]
    assert [each.id for each in Filter().match(cards, read_query(typed, NOW))] == [found]


def test_other_letters_stay_others():
    cards = [card(1, company="カス"), card(2, company="O Brien"), card(3, company="Cafd")]
    for typed in ("ガス", "o'brien", "café"):
        assert not Filter().match(cards, read_query(typed, NOW)), typed


def test_the_filter_sees_a_card_that_changed_and_texts_that_came_later():
    search = Filter()
    assert not search.match([card(1)], read_query("globex", NOW))
    assert search.match([card(1, company="Globex")], read_query("globex", NOW))
    search.learn({1: SearchTexts("remote")})
    assert search.match([card(1)], read_query("remote", NOW))


@each_row(
    ("values", "now", "turns"),
    [
        ({}, NOW, NOW.replace(hour=11)),
        ({}, NOW.replace(hour=23, minute=30), datetime(2026, 11, 24, tzinfo=ZONE)),
        ({"follow_up": due(0, due_at=NOW + timedelta(hours=5))}, NOW, NOW.replace(minute=1)),
        ({"interview": interview_shown(NOW + timedelta(days=5))}, NOW, NOW.replace(hour=11)),
        ({"interview": interview_shown(NOW + timedelta(days=1))}, NOW, NOW.replace(minute=1)),
        ({"deadline_at": NOW - timedelta(hours=3)}, NOW, NOW.replace(minute=1)),
    ],
)
def test_countdowns_turn_by_the_minute_only_when_they_show_it(values, now, turns):
    assert next_turn([card(1, **values)], now) == turns


@each_row(
    ("values", "later", "passed"),
    [
        ({}, NOW + timedelta(hours=1), False),
        ({}, NOW + timedelta(days=1), True),
        ({"follow_up": due(0, due_at=SOON)}, NOW + timedelta(minutes=4), False),
        ({"follow_up": due(0, due_at=SOON)}, SOON, True),
        ({"follow_up": due(0, lapses_at=SOON)}, NOW + timedelta(hours=1), True),
        (
            {"interview": interview_shown(NOW - timedelta(minutes=59))},
            NOW + timedelta(minutes=2),
            True,
        ),
    ],
)  # fmt: skip
def test_it_is_told_when_something_passed(values, later, passed):
    assert anything_between([card(1, **values)], NOW, later) is passed


def test_the_agenda_knows_when_one_of_its_follow_ups_has_become_late():
    at = NOW + timedelta(minutes=30)
    agenda = Agenda([due(0, due_at=at), due(0, 2)], NOW)
    assert not agenda.is_overtaken(at)
    late = at + timedelta(seconds=1)
    assert agenda.is_overtaken(late)
    agenda.turn(late)
    assert not agenda.is_overtaken(late + timedelta(days=1))
    agenda.put(2, [due(0, 2, due_at=late + timedelta(minutes=1))])
    assert agenda.is_overtaken(late + timedelta(minutes=2))
