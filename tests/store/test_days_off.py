"""Public holidays by country."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from store.config.days_off import days_off
from store.rules.followups.facts import Facts
from store.rules.followups.plan import plan
from store.rules.followups.presets import rules_for
from store.rules.stages import Stage
from store.rules.text import Refused
from tests import makers
from tests.stillness import PATIENCE
from tests.tables import each_row

CHRISTMAS, BOXING_DAY, NEW_YEAR = date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)


def test_no_country_has_no_holidays() -> None:
    assert CHRISTMAS not in days_off("")


def test_nothing_is_loaded_without_a_country() -> None:
    code = (
        "import sys; from store.config.days_off import days_off; days_off('');"
        "from store.settings import Settings; Settings().rules();"
        "assert 'holidays' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE)


def test_without_the_library_a_country_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(Refused, match=r"Python package “holidays”\. Install it"):
        days_off("DE")


@pytest.fixture(autouse=True)
def _library(request: pytest.FixtureRequest) -> None:
    if "without" not in request.node.name:
        pytest.importorskip("holidays")


@each_row(
    ("country", "day", "off"),
    [
        ("DE", CHRISTMAS, True),
        ("DE", BOXING_DAY, True),
        ("DE", NEW_YEAR, True),
        ("DE", date(2025, 12, 24), False),
        ("DE", date(2026, 1, 6), False),
        ("DE-BY", date(2026, 1, 6), True),
        ("de-by", date(2026, 1, 6), True),
        ("GB-SCT", date(2026, 1, 2), True),
        ("GB-ENG", date(2026, 1, 2), False),
        ("US", date(2025, 11, 27), True),
        ("US", BOXING_DAY, False),
    ],
)
def test_holidays(country: str, day: date, off: bool) -> None:
    assert (day in days_off(country)) == off


@each_row("country", ["XX", "D", "Germany", "DE-", "-", "DE-ZZ", "\x1b[31m", "9"])
def test_a_country_that_is_none(country: str) -> None:
    with pytest.raises(Refused) as refused:
        days_off(country)
    assert str(refused.value).isprintable()


MET = makers.facts(
    date(2025, 12, 1),
    Stage.FIRST,
    interviews=(makers.interview_facts(datetime(2025, 12, 18, 10, tzinfo=UTC)),),
    zone=UTC,
)


@each_row(
    ("facts", "usual", "in_germany"),
    [
        (MET, CHRISTMAS, date(2025, 12, 29)),
        (
            replace(MET, expected_by=date(2025, 12, 24), expected_set_on=date(2025, 12, 18)),
            CHRISTMAS,
            date(2025, 12, 29),
        ),
        (
            replace(MET, expected_by=date(2025, 12, 31), expected_set_on=date(2025, 12, 18)),
            NEW_YEAR,
            date(2026, 1, 2),
        ),
    ],
    ids=["a week after the interview", "after 24 December", "after 31 December"],
)
def test_nobody_is_asked_on_a_holiday(facts: Facts, usual: date, in_germany: date) -> None:
    for country, due_on in (("", usual), ("DE", in_germany)):
        rules = rules_for(holidays=days_off(country))
        asking = [one for one in plan(facts, rules).follow_ups if one.action == "inquire"]
        assert [one.due_on for one in asking] == [due_on]
