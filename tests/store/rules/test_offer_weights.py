"""Offers against what somebody wants."""

from hypothesis import given
from hypothesis import strategies as st

from store.rules.offer_weights import CriterionEntry, Weighed, weigh
from tests.tables import each_row

PAY = CriterionEntry(1, "Pay", 5)
TEAM = CriterionEntry(2, "Team", 4)
WAY = CriterionEntry(3, "Way to work", 1)


@each_row(
    ("wishes", "scores", "weighed"),
    [
        ((), {}, Weighed(None, 0, 0, ())),
        ((), {1: 9}, Weighed(None, 0, 0, ())),
        ((PAY, TEAM), {}, Weighed(None, 0, 2, ("Pay", "Team"))),
        ((PAY, TEAM), {1: 8}, Weighed(8.0, 1, 2, ("Team",))),
        ((PAY, WAY), {1: 10, 3: 4}, Weighed(9.0, 2, 2, ())),
        ((PAY, TEAM, WAY), {1: 0, 2: 0}, Weighed(0.0, 2, 3, ("Way to work",))),
        ((PAY,), {1: 7, 99: 0}, Weighed(7.0, 1, 1, ())),
    ],
)
def test_the_mean_is_over_what_is_scored_and_says_what_is_not(wishes, scores, weighed):
    assert weigh(wishes, scores) == weighed


@given(st.dictionaries(st.integers(1, 9), st.tuples(st.integers(1, 5), st.integers(0, 10))))
def test_a_mean_lies_between_the_lowest_and_the_highest_score(found):
    wishes = [CriterionEntry(id_, f"wish {id_}", weight) for id_, (weight, _) in found.items()]
    scores = {id_: score for id_, (_, score) in found.items()}
    weighed = weigh(wishes, scores)
    if scores:
        assert min(scores.values()) - 1e-9 <= weighed.mean <= max(scores.values()) + 1e-9
    else:
        assert weighed.mean is None
    assert weighed.scored + len(weighed.missing) == weighed.of
