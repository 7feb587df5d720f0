"""What is typed into the filter, letter by letter: found as if it had been typed at once, with
little asked again.
"""

from collections.abc import Iterator
from datetime import timedelta

from store.model.board import Card
from store.read.glance import SearchTexts
from store.rules.query.fields import Record
from store.rules.query.query import Query, read_while_typed
from store.rules.stages import ORDER
from tests.makers import NOW, card
from tests.tables import each_row
from tui.filtering import Filter

PLACES = ("Berlin", "Leipzig", "Zürich", "")
TAGS = (("remote",), ("remote", "big company"), (), ("contract",))


def cards() -> tuple[Card, ...]:
    """Forty cards in which words, places and tags are mixed."""
    return tuple(
        card(
            number,
            company=f"{'Kestrel' if number % 3 else 'Lumen'} {number}",
            stage=ORDER[number % 4],
            location=PLACES[number % len(PLACES)],
            tags=TAGS[number % 5 % len(TAGS)],
            applied_on=NOW.date() - timedelta(days=number),
        )
        for number in range(1, 41)
    )


def typed(*lines: str) -> Iterator[str]:
    """Each line as it is typed, taken back letter by letter, and typed again in one go."""
    for line in lines:
        yield from (line[:end] for end in range(len(line) + 1))
        yield from (line[:end] for end in range(len(line), 0, -1))
        yield line


@each_row(
    "line",
    [
        "kestrel 1",
        "kest lumen",
        "-kestrel -lumen",
        "remote -tag:remote",
        "stage:second,first applied<7d remote",
        "-tag:rem location:berlin applied>20d",
        "quiet kestrel",
        'closed "lumen 3"',
        "tag:big company:lum -stage:first",
    ],
)
def test_letter_by_letter_the_same_is_found(line: str) -> None:
    known, all_cards = Filter({3: SearchTexts("a note on remote work")}), cards()
    for text in typed(line, "lumen", line):
        query = read_while_typed(text, NOW)
        fresh = Filter({3: SearchTexts("a note on remote work")})
        assert known.match(all_cards, query) == fresh.match(all_cards, query), text


def test_a_day_later_the_same_words_are_asked_anew() -> None:
    known, all_cards = Filter(), cards()
    for days, found in ((0, 7), (1, 6), (0, 7)):
        query = read_while_typed("applied<8d", NOW + timedelta(days=days))
        assert len(known.match(all_cards, query)) == found


def test_what_was_learned_meanwhile_is_found() -> None:
    known, all_cards, query = Filter(), cards(), read_while_typed("zebra", NOW)
    assert not known.match(all_cards, query)
    known.learn({3: SearchTexts("zebra")})
    assert [each.id for each in known.match(all_cards, query)] == [3]
    known.learn_one(3, None, None)
    assert not known.match(all_cards, query)


def test_of_a_query_that_grows_only_the_new_term_is_asked() -> None:
    asked: list[int] = []

    def even(record: Record) -> bool:
        asked.append(record.id)
        return record.id % 2 == 0

    def small(record: Record) -> bool:
        asked.append(record.id)
        return record.id < 10

    known, all_cards = Filter(), cards()
    known.match(all_cards, Query(words=("kest",), tests=(even,)))
    assert len(asked) == len([each for each in all_cards if each.company.startswith("Kest")])
    asked.clear()
    found = known.match(all_cards, Query(words=("kest",), tests=(even, small)))
    assert [each.id for each in found] == [2, 4, 8]
    assert all(each % 2 == 0 for each in asked), "the first test was not asked again"
    asked.clear()
    assert known.match(all_cards, Query(words=("kest",), tests=(even, small))) == found
    assert not asked


def test_the_same_term_is_the_same_test() -> None:
    first, second = (read_while_typed("-tag:remote quiet", NOW) for _ in range(2))
    assert all(a is b for a, b in zip(first.tests, second.tests, strict=True))
    later = read_while_typed("-tag:remote quiet", NOW + timedelta(days=1))
    assert first.tests[1] is not later.tests[1]
