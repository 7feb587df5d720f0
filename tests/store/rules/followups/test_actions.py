"""`actions.toml` says everything about an action, and is read right without a TOML library."""

import tomllib
from pathlib import Path

import pytest

from store.pipeline.followups import RECORDS
from store.rules.drafts.kinds import KINDS
from store.rules.followups import actions
from store.rules.followups.actions import FOLDS, Action, Rank, action_of, all_actions, read_sections
from store.tables.followup import MESSAGES_OUT
from tests.tables import each_row

TEXT = (Path(actions.__file__).parent / "actions.toml").read_text(encoding="utf-8")
CHOICES = {
    "messages": set(KINDS),
    "sends": {"", *MESSAGES_OUT},
    "records": {"", *RECORDS},
    "rank": {rank.name.lower() for rank in Rank},
    "interview": {"", "agree", "prepare", "over"},
    "fold": {"", *FOLDS},
    "kept_by": {"", "closed", "accepted"},
}


def test_the_file_is_read_as_a_toml_library_reads_it() -> None:
    expected = {}
    for name, table in tomllib.loads(TEXT).items():
        expected[name] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in table.items()
            if not isinstance(value, dict)
        }
        for rule, own in table.items():
            if isinstance(own, dict):
                expected[f"{name}.{rule}"] = {
                    key: tuple(value) if isinstance(value, list) else value
                    for key, value in own.items()
                }
    assert read_sections(TEXT) == expected


@each_row(("name", "action"), all_actions().items(), ids=list(all_actions()))
def test_an_action_says_only_what_there_is(name: str, action: Action) -> None:
    for key, choices in CHOICES.items():
        value = getattr(action, key)
        assert set(value if key == "messages" else [value]) <= choices, key
    assert not action.sends or action.messages, "what is sent can be drafted"


def test_everything_that_is_recorded_is_asked_for() -> None:
    assert {action.records for action in all_actions().values()} - {""} == set(RECORDS)


def test_a_rule_changes_what_it_says_and_nothing_else() -> None:
    plain, cold = action_of("inquire"), action_of("inquire", "R1")
    assert (cold.messages, cold.rank) == (("application_inquiry",), "cold")
    assert cold == plain._replace(messages=cold.messages, rank=cold.rank)
    assert action_of("inquire", "R99") == plain


def test_an_action_of_another_edition_says_nothing() -> None:
    assert action_of("unheard of") == Action()


@pytest.mark.parametrize("line", ["words", 'words = "a"\nwords = "b"'])
def test_a_line_of_another_kind_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"actions\.toml: words"):
        read_sections(f"[x]\n{line}")
