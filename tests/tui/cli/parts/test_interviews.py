"""`rounds interview`: formats, zones and people, and what becomes of an interview later."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest


def talks(shell: Any, card: str) -> list[dict[str, Any]]:
    """The interviews as scripts see them."""
    found: list[dict[str, Any]] = shell.ok("show", card, "--json").json["interviews"]
    return found


@pytest.fixture
def card(shell: Any) -> str:
    """An application of three weeks ago."""
    shell.begin(("add", "Globex", "Engineer", "--applied", "2026-11-02"))
    return "1"


@pytest.mark.parametrize(
    "words",
    [
        ("tue", "10:00", "45m", "panel+case", "with", "Ana", "and", "Bo", "at", "Room", "4"),
        ("tue 10:00 45m", "--format", "panel", "--format", "case", "--with", "Ana", "--with", "Bo",
         "--place", "Room 4"),
        ("--with", "Ana and Bo", "--format", "panel, case", "--place", "Room 4", "tue 10:00 45m"),
        ("tue 10:00 phone with Cy at HQ", "--minutes", "45", "--with", "Ana, Bo",
         "--format", "panel+case", "--place", "Room 4"),
    ],
    ids=["line", "options", "options first", "options win"],
)  # fmt: skip
def test_the_line_and_the_options_say_the_same(shell: Any, card: str, words: Any) -> None:
    shell.ok("interview", card, *words)
    (talk,) = talks(shell, card)
    assert (talk["minutes"], talk["formats"], talk["place"]) == (45, ["panel", "case"], "Room 4")
    assert [person["name"] for person in talk["interviewers"]] == ["Ana", "Bo"]


@pytest.mark.parametrize(
    "words",
    [
        ("fri", "9am", "America/New_York", "video"),
        ("fri", "9am", "video", "--zone", "new york"),
        ("fri", "9am", "video", "--zone", "america/new_york"),
    ],
)
def test_a_time_of_another_zone_is_shown_in_both(shell: Any, card: str, words: Any) -> None:
    shell.ok("interview", card, *words)
    (talk,) = talks(shell, card)
    assert talk["zone"] == "America/New_York"
    assert talk["starts_at"] == "2026-11-27T15:00:00+01:00"
    assert talk["starts_there"] == "2026-11-27T09:00:00-05:00"
    shown = "Fri 27 Nov 15:00–16:00 (09:00–10:00 in America/New_York) · first interview · video"
    assert shown in shell.ok("show", card).out


def test_a_past_and_an_overlapping_one_are_logged_with_a_note(shell: Any, card: str) -> None:
    past = shell.ok("interview", card, "2026-11-20 10:00")
    assert past.err.splitlines()[1:] == ["Note: This interview is in the past: logged as held."]
    other = shell.add("Initech", "SRE")
    shell.ok("interview", card, "thu 10:00")
    both = shell.ok("interview", other, "thu 10:30")
    assert both.err.splitlines()[1:] == [
        "Note: It overlaps with the interview at Globex, Thu 26 Nov 10:00–11:00."
    ]


def test_a_move_keeps_what_it_does_not_say(shell: Any, card: str) -> None:
    shell.ok("interview", card, "tue 10:00 45m panel with Ana at Room 4")
    number = str(talks(shell, card)[0]["id"])
    shell.ok("interview", card, "--move", number, "thu", "11:00")
    (talk,) = talks(shell, card)
    assert talk["starts_at"] == "2026-11-26T11:00:00+01:00"
    assert (talk["minutes"], talk["formats"], talk["place"]) == (45, ["panel"], "Room 4")
    assert (talk["people"], talk["moved_times"]) == ("Ana", 1)
    shell.ok("interview", card, "thu 12:00 30m with Bo", "--move", f"#{number}")
    (talk,) = talks(shell, card)
    assert (talk["minutes"], talk["people"]) == (30, "Bo")
    assert shell("interview", card, "--move", number, "invited").code == 1


def test_an_interview_is_cancelled_or_was_not_held(shell: Any, card: str) -> None:
    shell.ok("interview", card, "2026-11-20 10:00")
    shell.ok("interview", card, "thu 10:00")
    held, ahead = talks(shell, card)
    assert (held["held"], ahead["held"]) == (True, False)
    shell.ok("interview", card, "--not-held", str(held["id"]))
    assert not talks(shell, card)[0]["held"]
    assert "not held" in shell.ok("show", card).out
    shell.ok("interview", card, "--held", str(held["id"]))
    assert talks(shell, card)[0]["held"]
    assert shell("interview", card, "--not-held", str(ahead["id"])).code == 1
    shell.ok("interview", card, "--cancel", str(ahead["id"]))
    assert talks(shell, card)[1]["status"] == "cancelled"
    assert shell("interview", card, "--cancel", str(ahead["id"])).code == 1


def test_who_called_it_off_is_said(shell: Any, card: str) -> None:
    shell.ok("interview", card, "2026-11-20 10:00")
    shell.ok("interview", card, "thu 10:00")
    shell.ok("interview", card, "fri 10:00")
    missed, ahead, last = (str(talk["id"]) for talk in talks(shell, card))
    assert (
        "did not take place: they did not come"
        in shell.ok("interview", card, "--not-held", missed).err
    )
    assert (
        "they cancelled"
        in shell.ok("interview", card, "--cancel", ahead, "--by", "them", "--on", "yesterday").err
    )
    shell.ok("interview", card, "--cancel", last)
    found = [(talk["called_off_by"], talk["called_off_on"]) for talk in talks(shell, card)]
    assert found == [("them", "2026-11-20"), ("them", "2026-11-22"), ("you", "2026-11-23")]
    shown = shell.ok("show", card).out
    assert "not held: they did not come" in shown
    assert "cancelled by them" in shown
    shell.ok("interview", card, "--cancel", last, "--by", "them")
    shell.ok("interview", card, "--held", missed)
    found = [talk["called_off_by"] for talk in talks(shell, card)]
    assert found == [None, "them", "them"]
    for wrong in (("tue 10:00", "--by", "them"), ("--held", missed, "--on", "today")):
        assert shell("interview", card, *wrong).code == 2


def test_times_that_suit_were_offered(shell: Any, card: str) -> None:
    shell.ok("interview", card, "invited", "fri", "panel", "with", "Ana")
    (talk,) = talks(shell, card)
    assert (talk["status"], talk["formats"], talk["people"]) == ("invited", ["panel"], "Ana")
    shell.ok("interview", card, "--slots", str(talk["id"]))
    assert talks(shell, card)[0]["offered_slots_on"] == "2026-11-23"


def test_an_interview_of_another_application_is_none_of_this_one(shell: Any, card: str) -> None:
    other = shell.add("Initech", "SRE")
    shell.ok("interview", other, "thu 10:00")
    for change in (("--cancel", "1"), ("--move", "1", "fri 10:00"), ("--not-held", "1")):
        result = shell("interview", card, *change)
        assert (result.code, result.err) == (
            3,
            f"rounds: There is no interview 1 of application {card}.\n",
        )
    assert talks(shell, other)[0]["status"] == "confirmed"


@pytest.mark.parametrize("zone", ["America/New_York", ""])
def test_a_time_that_the_clocks_skip(shell: Any, zone: str) -> None:
    shell.clock.moment = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    card = shell.add()
    day = "2026-03-08" if zone else "2026-03-29"
    result = shell("interview", card, day, "02:30", *(("--zone", zone) if zone else ()))
    assert result.code == 2
    assert "the clocks skip 02:30" in result.err
    assert (zone in result.err) is True
    assert talks(shell, card) == []


def test_the_second_round_moves_the_card_and_says_so(shell: Any, card: str) -> None:
    shell.ok("interview", card, "2026-11-20 10:00")
    said = shell.ok("interview", card, "thu 10:00").err
    assert "second interview Thu 26 Nov 10:00, moved to second." in said
    shell.ok("undo")
    assert shell.ok("show", card, "--json").json["stage"] == "first"
    shell.ok("interview", card, "thu 10:00", "--stage", "first")
    assert [talk["called"] for talk in talks(shell, card)] == ["first", "first"]
    number = str(talks(shell, card)[1]["id"])
    for word in ("second", "third", "fourth", "final"):
        shell.ok("interview", card, "--move", number, "--stage", word)
        assert talks(shell, card)[1]["called"] == word
    assert "final interview" in shell.ok("show", card).out
    shell.ok("interview", card, "fri 10:00", "--stage", "final")
    assert shell("interview", card, "fri 10:00", "--stage", "offer").code == 2
    assert shell("interview", card, "--move", number, "fri 11:00", "--stage", "third").code == 2


def test_a_task_from_the_command_line(shell: Any, card: str) -> None:
    assert "No task yet" in shell.ok("task", card).err
    shell.ok("task", card, "Case study", "--due", "fri 17:00")
    (task,) = shell.ok("task", card, "--json").json
    assert (task["title"], task["due_at"]) == ("Case study", "2026-11-27T17:00:00+01:00")
    shell.ok("task", card, "case STUDY", "--hours", "6")
    shell.ok("task", card, "--handed-in")
    shown = shell.ok("show", card)
    assert "Take-home: Case study · received Mon 23 Nov, due Fri 27 Nov 17:00, 6 hours" in shown.out
    (task,) = shell.ok("show", card, "--json").json["tasks"]
    assert (task["minutes_spent"], task["handed_in_on"]) == (360, "2026-11-23")
    shell.ok("task", card, "Case study", "--not-handed-in")
    assert shell.ok("task", card, "--json").json[0]["handed_in_on"] is None
    assert shell("task", card, "Other", "--remove").code == 3
    shell.ok("task", card, "Case study", "--remove")
    assert shell.ok("task", card, "--json").json == []
