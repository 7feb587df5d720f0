"""`rounds show`: all of one application, for people and for scripts."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def globex(shell: Any) -> str:
    """An application with something of everything."""
    card: str = shell.add(
        "Globex", "Staff Engineer", "--applied", "2026-11-02", "--url", "https://globex.example/1",
        "--tag", "remote", "--note", "first line\nsecond line",
    )  # fmt: skip
    shell.ok("interview", card, "tue 10:00 45m with Ana", "--place", "Room 4")
    shell.ok("replied", card, "--text", "see you then")
    shell.ok("remind", card, "today", "print the papers")
    return card


def test_the_objects_of_show(shell: Any, globex: str) -> None:
    shown = shell.ok("show", globex, "--json").json
    listed = shell.ok("list", "--json").json[0]
    assert list(shown) == [
        *listed, "interviews", "follow_ups", "notes", "messages", "timeline", "tips",
        "fields", "preset", "reference_check_on", "references_announced_on", "tasks", "contacts",
        "debriefs", "points", "offer", "drafts", "carried_over", "siblings", "at_employer",
    ]  # fmt: skip
    assert {name: shown[name] for name in listed} == listed
    assert shown["interviews"] == [
        {
            "id": 1,
            "stage": "first",
            "status": "confirmed",
            "starts_at": "2026-11-24T10:00:00+01:00",
            "ends_at": "2026-11-24T10:45:00+01:00",
            "minutes": 45,
            "zone": "Europe/Berlin",
            "starts_there": "2026-11-24T10:00:00+01:00",
            "place": "Room 4",
            "people": "Ana",
            "invited_on": None,
            "answered_on": None,
            "round": 1,
            "final": False,
            "called": "first",
            "formats": [],
            "held": False,
            "called_off_by": None,
            "called_off_on": None,
            "moved_times": 0,
            "offered_slots_on": None,
            "debriefed_on": None,
            "interviewers": [
                {
                    "id": 1,
                    "contact_id": 1,
                    "name": "Ana",
                    "email": None,
                    "to_mention": None,
                    "thanked": False,
                }
            ],
        }
    ]
    assert shown["notes"] == [
        {"id": 1, "noted_on": "2026-11-23", "text": "first line\nsecond line"}
    ]
    (message,) = shown["messages"]
    assert message == {
        "id": message["id"],
        "direction": "in",
        "kind": "reply",
        "sent_on": "2026-11-23",
        "text": "see you then",
    }
    (own,) = (each for each in shown["follow_ups"] if each["action"] == "own")
    assert own == {
        "id": own["id"],
        "application_id": 1,
        "company": "Globex",
        "role": "Staff Engineer",
        "stage": "first",
        "action": "own",
        "label": "print the papers",
        "due_on": "2026-11-23",
        "due_at": None,
        "days": 0,
        "reason": "your own reminder",
        "nth": 1,
        "of": 1,
        "late": False,
        "late_from": None,
        "number": f"f{own['id']}",
        "state": "open",
        "done_on": None,
    }
    assert all(
        list(entry) == ["change_id", "happened_on", "verb", "summary", "made_by"]
        for entry in shown["timeline"]
    )
    assert {entry["verb"] for entry in shown["timeline"]} == {
        "add", "interview", "reply", "remind",
    }  # fmt: skip
    assert shown["tips"]
    assert all(
        list(tip) == ["id", "text", "why", "when", "tickable", "automatic", "ticked"]
        for tip in shown["tips"]
    )


def test_show_for_people(shell: Any, globex: str) -> None:
    out = shell.ok("show", globex).out
    head, rest = out.split("\nNext\n")
    assert head == (
        "Globex — Staff Engineer  (1)\n"
        "in the first interview stage since today · applied Mon 2 Nov, 21 days ago\n"
        "  Posting: https://globex.example/1\n"
        "  Tags: remote\n"
    )
    assert "print the papers — your own reminder  (follow-up " in rest
    talk = "  Tue 24 Nov 10:00–10:45 · first interview · with Ana · Room 4  (interview 1)\n"
    assert f"\nInterviews\n{talk}" in rest
    assert "\nPeople\n  Ana · interviewer\n" in rest
    assert "\nNotes\n  Mon 23 Nov  first line  (note 1)\n    second line\n" in rest
    assert "\nMessages\n  Mon 23 Nov  they replied  see you then\n" in rest
    assert rest.endswith("  Mon 2 Nov  applied\n")


def test_show_of_a_closed_one(shell: Any, globex: str) -> None:
    shell.ok("close", globex, "no-response", "--reason", "silence")
    out = shell.ok("show", globex).out
    words = "no response on Mon 23 Nov · reached first interview · applied Mon 2 Nov, 21 days ago\n"
    assert words in out
    assert "  Reason: silence\n" in out
    shown = shell.ok("show", globex, "--json").json
    assert (shown["outcome"], shown["dormant"]) == ("no-response", False)


def test_show_of_an_offer(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--stage", "offer")
    shell.ok("deadline", card, "fri 17:00")
    out = shell.ok("show", card).out
    assert "\nin offer since today · applied Mon 23 Nov, today\n" in out
    received = "  Received: Mon 23 Nov, today\n"
    assert f"\nOffer\n{received}  Deadline: Fri 27 Nov 17:00, in 4 days\n" in out


def test_an_invitation_and_a_cancelled_talk(shell: Any) -> None:
    from contextlib import closing

    from store.file.database import open_database
    from store.pipeline import Pipeline

    card = shell.add("Globex", "Engineer", "--applied", "2026-11-02")
    shell.ok("interview", card, "invited yesterday")
    assert (
        "  invited Sun 22 Nov, no time yet · first interview  (interview 1)\n"
        in shell.ok("show", card).out
    )
    with closing(open_database(shell.path, shell.clock)) as database:
        Pipeline(database).cancel_interview(1)
    assert "first interview · cancelled by you  (interview 1)\n" in shell.ok("show", card).out


def test_the_reader_is_elsewhere(shell: Any, globex: str) -> None:
    shell.clock.zone = ZoneInfo("America/New_York")
    shell.clock.moment = datetime(2026, 11, 23, 9, 0, tzinfo=shell.clock.zone)
    both = "Tue 24 Nov 04:00–04:45 (10:00–10:45 in Europe/Berlin)"
    assert both in shell.ok("show", globex).out
    (interview,) = shell.ok("show", globex, "--json").json["interviews"]
    assert interview["starts_at"] == "2026-11-24T04:00:00-05:00"
    assert interview["zone"] == "Europe/Berlin"
