"""`list` and `due`: what they choose, how they print it, and the objects that scripts rely on."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.tables import each_row
from tests.tui.cli.conftest import Shell
from tests.tui.cli.showing.conftest import rewritten

BERLIN = ZoneInfo("Europe/Berlin")

APPLICATION = {
    "id": 1,
    "company": "Globex",
    "role": "Staff Engineer",
    "stage": "first",
    "outcome": None,
    "applied_on": "2026-11-02",
    "stage_since": "2026-11-23",
    "location": "Berlin",
    "url": "https://globex.example/1",
    "source": "friend",
    "salary": None,
    "tags": ["remote", "python"],
    "expected_by": None,
    "dormant": False,
    "quiet": False,
    "close_suggested_on": "2027-01-30",
    "next_interview": "2026-12-01T10:00:00+01:00",
    "follow_up": {
        "id": 4,
        "application_id": 1,
        "company": "Globex",
        "role": "Staff Engineer",
        "stage": "first",
        "action": "prepare",
        "label": "prepare for the interview",
        "due_on": "2026-11-28",
        "due_at": None,
        "days": 5,
        "reason": "interview Tue 1 Dec 10:00",
        "nth": 1,
        "of": 3,
        "late": False,
        "late_from": "2026-12-01T00:00:00+01:00",
        "number": "f4",
    },
    "waiting": None,
    "starts_work_on": None,
    "closed_on": None,
    "deadline_on": None,
    "deadline_at": None,
    "posted_on": None,
    "closing_on": None,
    "no_contact": False,
    "created_at": "2026-11-23T09:00:00+01:00",
    "updated_at": "2026-11-23T09:00:00+01:00",
    "employer": "globex",
}


def test_list_prints_the_promised_objects_in_the_promised_order(shell: Any, globex: str) -> None:
    (found,) = shell.ok("list", "--json").json
    number = found["follow_up"]["id"]
    wanted = APPLICATION | {
        "follow_up": APPLICATION["follow_up"] | {"id": number, "number": f"f{number}"}  # type: ignore[operator]
    }
    assert found == wanted
    assert list(found) == list(wanted)
    assert list(found["follow_up"]) == list(wanted["follow_up"])


def test_instants_carry_the_offset_in_force_then(shell: Any) -> None:
    shell.clock.moment = datetime(2026, 10, 20, 9, 0, tzinfo=BERLIN)
    for day, offset in (("2026-10-23", "+02:00"), ("2026-10-26", "+01:00")):
        card = shell.add()
        shell.ok("interview", card, day, "10:00")
        shown = shell.ok("show", card, "--json").json
        assert shown["next_interview"] == f"{day}T10:00:00{offset}"


def test_an_invitation_has_no_next_interview_yet(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "yesterday")
    shell.ok("interview", card, "invited")
    (found,) = shell.ok("list", "--json").json
    assert found["next_interview"] is None
    assert found["follow_up"]["due_at"] == "2026-11-24T09:00:00+01:00"
    assert found["follow_up"]["days"] == 1


@each_row(
    ("words", "found"),
    [
        ((), ["Globex", "Initech"]),
        (("--stage", "offer"), []),
        (("--stage", "FIRST"), ["Initech"]),
        (("--closed",), ["Hooli"]),
        (("--all",), ["Globex", "Initech", "Hooli"]),
        (("--closed", "--stage", "applied"), ["Hooli"]),
        (("--search", "globe"), ["Globex"]),
        (("--search", "STAFF globex"), ["Globex"]),
        (("--search", "globex sre"), []),
        (("--search", "remote"), ["Initech"]),
        (("--search", "parrot"), ["Globex"]),
        (("--all", "--search", "straße"), ["Hooli"]),
        (("--all", "--search", "STRASSE"), ["Hooli"]),
        (("--all", "--search", "hauptstrase"), []),
        (("--search", ""), ["Globex", "Initech"]),
        (("--search", "#remote"), ["Initech"]),
        (("--search", "#REM sre"), ["Initech"]),
        (("--search", "#week"), ["Initech"]),
        (("--search", "#parrot"), []),
        (("--search", "careers"), ["Globex"]),
        (("--search", "ana ruiz"), ["Initech"]),
        (("--search", "ana@initech"), ["Initech"]),
        (("--search", "head of qa"), ["Initech"]),
        (("--search", "terraform"), ["Initech"]),
        (("--search", "second round"), ["Initech"]),
        (("--search", "%"), []),
        (("--search", "*"), []),
    ],
)
def test_list_chooses(
    shell: Any, made_once: Callable[..., bytes], words: tuple[str, ...], found: list[str]
) -> None:
    def three(path: Path) -> None:
        made = Shell(path, shell.empty)
        made.add(
            "Globex", "Staff Engineer", "--note", "Talk of the Parrot.", "--source", "Careers page"
        )
        tags = ("--tag", "Remote", "--tag", "4 day week")
        initech = made.add("Initech", "SRE", "--applied", "-9d", *tags)
        made.ok("move", initech, "first")
        ana = ("Ana Ruiz", "--title", "Head of QA", "--email", "ana@initech.example")
        made.ok("contact", initech, *ana)
        made.ok("interview", initech, "yesterday 10:00 with Ana Ruiz")
        notes = path.with_name("debrief.txt")
        notes.write_text("Doubts they voiced:\nLittle Terraform\nNext step: second round\n")
        made.ok("debrief", initech, "--from", str(notes))
        made.ok("close", made.add("Hooli", "Straßenplaner"), "rejected")

    shell.open(made_once("three.db", three))
    assert [each["company"] for each in shell.ok("list", "--json", *words).json] == found


def test_a_changed_board_shows_at_once(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-10")
    (due,) = shell.ok("due", "--json").json
    shell.ok("done", f"f{due['id']}")
    assert shell.ok("due", "--json").json == []
    assert shell.ok("list", "--json").json[0]["follow_up"]["nth"] == 2
    shell.ok("undo")
    assert shell.ok("due", "--json").json == [due]
    assert card == "1"


def test_reading_changes_no_byte(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-10")
    before = shell.path.read_bytes()
    for words in (("list",), ("due",), ("show", card), ("where",), ("due", "--on", "fri")):
        shell.ok(*words)
    assert shell.path.read_bytes() == before
    assert [entry.name for entry in shell.path.parent.iterdir()] == ["board.db"]


def test_an_empty_list_says_why(shell: Any) -> None:
    card = shell.add()
    assert shell.ok("list", "--closed").err == "No closed applications.\n"
    assert shell.ok("list", "--search", "nothing").err == "No application matches.\n"
    assert shell.ok("list", "--stage", "offer").err == "No application matches.\n"
    shell.ok("delete", card)
    assert "rounds add COMPANY ROLE" in shell.ok("list").err


def test_when_all_are_closed_list_and_due_say_so(shell: Any) -> None:
    first = shell.add("Globex", "SRE", "--stage", "offer")
    shell.ok("close", first, "withdrawn")
    result = shell.ok("list")
    assert (result.out, result.err) == (
        "", "Your only application is closed. “rounds list --closed” shows them.\n",
    )  # fmt: skip
    shell.ok("close", shell.add("Initech", "SRE", "--stage", "offer"), "accepted")
    sentence = "All 2 are closed. You accepted Initech."
    assert shell.ok("list").err == f"{sentence} “rounds list --closed” shows them.\n"
    assert shell.ok("due", "--on", "2027-11-23").err.endswith(f" {sentence}\n")
    assert shell.ok("list", "--json").json == []
    assert (shell.ok("due", "--line").out, shell.ok("due", "--line").err) == ("", "")
    told = "No open application matches, but 1 closed one does: add --all.\n"
    assert shell.ok("list", "--search", "x").err == told


def test_a_dormant_application_says_so(shell: Any) -> None:
    shell.add("Globex", "Engineer", "--applied", "2026-09-01")
    assert shell.ok("list").out.splitlines()[1].endswith("quiet")
    assert shell.ok("list", "--json").json[0]["dormant"] is True
    assert shell.ok("list", "--json").json[0]["quiet"] is True
    assert "quiet" in shell.ok("show", "1").out
    assert shell.ok("due", "--json").json == []
    over = "no reply for weeks; it may be over and can be closed as no response"
    assert f"nothing to do: {over}\n" in shell.ok("show", "1").out
    shell.add("Initech", "Engineer", "--applied", "2026-10-20")
    still = "a reply brings it back; from Sat 19 Dec it may be closed as no response"
    assert f"nothing to do: {still}\n" in shell.ok("show", "2").out
    assert shell.ok("list", "--json").json[1]["close_suggested_on"] == "2026-12-19"


def test_an_open_application_without_anything_to_do_says_what_it_waits_for(shell: Any) -> None:
    card = shell.add("Globex", "Engineer")
    rewritten(
        shell,
        "UPDATE follow_up SET state = 'skipped'",
        "UPDATE application SET waiting = 'they asked not to be contacted'",
    )
    assert shell.ok("list").out.splitlines()[1].endswith("they asked not to be contacted")
    shown = shell.ok("show", card)
    assert "nothing to do: they asked not to be contacted" in shown.out
    assert shell.ok("show", card, "--json").json["waiting"] == "they asked not to be contacted"
    shell.ok("remind", card, "fri", "look")
    assert "not to be contacted" not in shell.ok("show", card).out
    assert shell.ok("show", card, "--json").json["waiting"] is None


def test_an_employers_date_that_has_passed_is_a_fact(shell: Any) -> None:
    card = shell.add("Globex", "Engineer")
    shell.ok("replied", card, "--decides-by", "fri")
    assert "They decide by: Fri 27 Nov" in shell.ok("show", card).out
    shell.clock.moment = shell.clock.moment.replace(day=28)
    assert "They decided by: Fri 27 Nov" in shell.ok("show", card).out


def test_an_accepted_application_asks_until_its_first_day(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--stage", "offer")
    shell.ok("close", card, "accepted")
    rewritten(
        shell,
        "DELETE FROM follow_up",
        "UPDATE application SET starts_work_on = '2026-12-01'",
        "INSERT INTO follow_up (application_id, rule, anchor, person, nth, of, action, label, "
        "reason, due_on, state) VALUES (1, 'R28', 'start', '', 1, 1, 'sign', 'sign the offer', "
        "'', '2026-11-23', 'open'), (1, 'R1', 'x', '', 1, 1, 'inquire', 'ask', '', '2026-11-23', "
        "'open')",
    )
    assert [each["label"] for each in shell.ok("due", "--json").json] == ["sign the offer"]
    assert len(shell.ok("due", "--json", "--on", "1 dec").json) == 1
    assert shell.ok("due", "--json", "--on", "2 dec").json == []
    rewritten(shell, "UPDATE application SET starts_work_on = NULL")
    assert len(shell.ok("due", "--json", "--on", "2 dec").json) == 1


def test_what_was_answered_is_asked_once_the_deadline_has_passed(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--stage", "offer")
    shell.ok("deadline", card, "fri", "17:00")
    ahead = [each["action"] for each in shell.ok("due", "--days", "7", "--json").json]
    assert "record_answer" not in ahead
    shell.clock.moment = shell.clock.moment.replace(day=27, hour=18)
    (asked,) = (d for d in shell.ok("due", "--json").json if d["action"] == "record_answer")
    assert (asked["late"], asked["days"]) == (False, 0)
    assert shell.ok("due", "--json", "--on", "28 nov").json[0]["late"]
