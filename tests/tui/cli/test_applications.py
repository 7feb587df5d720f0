"""The commands that change the board, and the exit code of every way to fail."""

import io
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.tables import each_row
from tests.tui.cli.conftest import Shell

BERLIN = ZoneInfo("Europe/Berlin")


def test_add_prints_the_number_alone(shell: Any) -> None:
    result = shell.ok("add", "Globex", "Staff Engineer")
    assert result.out == "1\n"
    assert result.err.startswith("Globex, Staff Engineer: added.")
    assert shell.ok("add", "Initech", "SRE").out == "2\n"


def test_add_tells_of_earlier_applications_to_the_employer(shell: Any) -> None:
    first = shell.add("Globex GmbH", "SRE", "--applied", "2026-05-04")
    shell.ok("move", first, "first", "--on", "2026-05-20")
    shell.ok("close", first, "rejected", "--on", "2026-06-04")
    result = shell.ok("add", "GLOBEX, Inc.", "Engineer", "--applied", "2026-10-12")
    assert result.out == "2\n"
    added, note = result.err.splitlines()
    assert added.startswith("GLOBEX, Inc., Engineer: added.")
    assert note == "Note: 1 application in May 2026; rejected after the first interview on 4 Jun."
    result = shell.ok("add", "Globéx", "Analyst")
    assert result.err.splitlines()[1] == (
        "Note: 2 applications since May 2026; rejected after the "
        "first interview on 4 Jun, open since 12 Oct."
    )
    assert "Note" not in shell.ok("add", "Globex Labs", "Analyst").err


VIEW = "https://www.linkedin.com/jobs/view/4001"


def test_add_tells_of_the_same_role_there_with_number_day_and_outcome(shell: Any) -> None:
    shell.add("Globex GmbH", "Staff  Engineer", "--applied", "2026-05-04")
    shell.ok("close", "1", "rejected", "--on", "2026-06-04")
    result = shell.ok("add", "GLOBEX", "staff engineer", "--applied", "2026-10-12")
    assert result.out == "2\n"
    assert result.err.splitlines()[1:] == [
        "Note: Application 1 is for the same role there: rejected on 4 Jun."
    ]
    shell.ok("close", "2", "withdrawn", "--on", "2026-11-02")
    shell.add("Globex", "Analyst", "--applied", "2026-11-03")
    assert shell.ok("add", "globex", "STAFF ENGINEER").err.splitlines()[1:] == [
        "Note: Application 2 is for the same role there: withdrawn on 2 Nov.",
        "Note: Application 1 is for the same role there: rejected on 4 Jun.",
        "Note: 1 application; open since 3 Nov.",
    ]


@pytest.mark.parametrize(
    ("role", "link"),
    [
        ("SRE", VIEW),
        ("Site Reliability Engineer", f"{VIEW}/?refId=a&trackingId=x"),
        ("Backend", "http://de.linkedin.com/jobs/view/sre-4001"),
    ],
)
def test_a_link_that_is_there_is_added_again_only_when_told_to(
    shell: Any, role: str, link: str
) -> None:
    shell.add("Globex", "SRE", "--url", VIEW, "--applied", "2026-11-02")
    refused = shell("add", "Globex Inc.", role, "--url", link)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        "rounds: Application 1 (Globex, SRE) has this link already: open since 2 Nov. "
        "Nothing was added; --again adds it all the same.\n"
    )
    assert len(shell.ok("list", "--json").json) == 1
    assert shell.ok("add", "Globex Inc.", role, "--url", link, "--again").out == "2\n"


def test_a_page_that_many_postings_share_is_refused_for_the_same_role_only(shell: Any) -> None:
    page = "https://globex.example/careers"
    shell.add("Globex", "SRE", "--url", page)
    assert shell.ok("add", "Globex", "Data Engineer", "--url", f"{page}/").out == "2\n"
    assert shell("add", "globex", "sre", "--url", page).code == 1
    shell.ok("add", "Initrode", "SRE", "--url", "https://jobs.example/")
    shell.ok("add", "Initrode", "SRE", "--url", "https://jobs.example/")


def test_add_if_new_prints_the_number_of_the_one_that_is_there(shell: Any) -> None:
    assert shell.ok("add", "Globex", "SRE", "--url", VIEW, "--if-new").out == "1\n"
    for words in (("GLOBEX GmbH", "sre"), ("Hooli", "Other", "--url", f"{VIEW}?trk=x")):
        result = shell.ok("add", *words, "--if-new")
        assert result.out == "1\n"
        assert result.err.endswith(" Nothing was added.\n")
    shell.ok("close", "1", "rejected")
    assert shell.ok("add", "Globex", "SRE", "--if-new").out == "1\n", "a script adds it once"
    assert shell.ok("add", "Globex", "Analyst", "--if-new").out == "2\n"
    assert shell.ok("add", "Globex", "SRE").out == "3\n"
    assert shell.ok("add", "Globex", "SRE", "--if-new").out == "3\n", "the open one comes first"
    assert shell("add", "Globex", "SRE", "--if-new", "--again").code == 2


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("note", "1", "-"), lambda card: card["notes"][0]["text"]),
        (("replied", "1", "--text", "-"), lambda card: card["messages"][0]["text"]),
        (("point", "1", "concern", "-"), lambda card: card["points"][0]["text"]),
        (("remind", "1", "fri", "-"), lambda card: card["follow_ups"][0]["label"]),
    ],
)
def test_a_dash_is_standard_input(
    shell: Any,
    words: tuple[str, ...],
    where: Callable[[Any], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shell.add()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("cloud, naïve\n".encode())))
    shell.ok(*words)
    assert where(shell.ok("show", "1", "--json").json) == "cloud, naïve"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"caf\xe9\n")))
    before = shell.path.read_bytes()
    assert "this is not UTF-8 text" in shell(*words).err
    assert shell.path.read_bytes() == before


def test_the_note_of_a_new_card_may_come_from_standard_input(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"first\nsecond\n")))
    card = shell.add("Globex", "SRE", "--note", "-")
    assert shell.ok("show", card, "--json").json["notes"][0]["text"] == "first\nsecond"


def test_add_takes_all_its_options(shell: Any) -> None:
    card = shell.add(
        "Globex", "SRE", "--stage", "second", "--applied", "2 nov", "--url", "https://g.example",
        "--location", "Berlin", "--source", "friend", "--salary", "90k", "--tag", "a", "--tag", "b",
        "--note", "first line",
    )  # fmt: skip
    shown = shell.ok("show", card, "--json").json
    kept = {
        name: shown[name]
        for name in ("stage", "applied_on", "url", "location", "source", "salary", "tags")
    }
    assert kept == {
        "stage": "second",
        "applied_on": "2026-11-02",
        "url": "https://g.example",
        "location": "Berlin",
        "source": "friend",
        "salary": "90k",
        "tags": ["a", "b"],
    }
    assert [note["text"] for note in shown["notes"]] == ["first line"]


def test_an_application_walks_through_the_board(shell: Any) -> None:
    card = shell.add("Globex", "SRE", "--applied", "2026-11-02")
    shell.ok("move", card, "first", "--on", "2026-11-10")
    shell.ok("interview", card, "tue", "10:00", "45m", "with", "Ana", "--place", "Room 4")
    shell.ok("note", card, "bring", "the", "papers")
    shell.ok("replied", card, "--decides-by", "2026-12-03")
    shown = shell.ok("show", card, "--json").json
    (interview,) = shown["interviews"]
    told = ("stage", "status", "starts_at", "ends_at", "place", "people")
    assert {name: interview[name] for name in told} == {
        "stage": "first",
        "status": "confirmed",
        "starts_at": "2026-11-24T10:00:00+01:00",
        "ends_at": "2026-11-24T10:45:00+01:00",
        "place": "Room 4",
        "people": "Ana",
    }
    assert shown["stage_since"] == "2026-11-10"
    assert shown["expected_by"] == "2026-12-03"
    assert shown["notes"][0]["text"] == "bring the papers"
    assert [(m["direction"], m["kind"]) for m in shown["messages"]][-1] == ("in", "date_given")

    shell.ok("move", card, "offer")
    shell.ok("deadline", card, "fri", "17:00")
    shell.ok("close", card, "accepted", "--reason", "the best one")
    assert shell.ok("list", "--json").json == []
    (closed,) = shell.ok("list", "--closed", "--json").json
    assert (closed["stage"], closed["outcome"]) == ("offer", "accepted")
    shell.ok("reopen", card)
    assert shell.ok("list", "--json").json[0]["outcome"] is None


@pytest.mark.parametrize(
    ("when", "more", "minutes"),
    [
        (("tue", "10:00"), (), 60),
        (("tue", "10:00", "45m"), (), 45),
        (("tue", "10:00", "45m"), ("--minutes", "30"), 30),
        (("tue 10:00 1h30 with Bo",), (), 90),
    ],
)
def test_how_long_an_interview_lasts(
    shell: Any, when: tuple[str, ...], more: tuple[str, ...], minutes: int
) -> None:
    card = shell.add()
    shell.ok("interview", card, *when, *more)
    assert shell.ok("show", card, "--json").json["interviews"][0]["minutes"] == minutes


def test_an_invitation_gets_its_time_later(shell: Any) -> None:
    card = shell.add("Globex", "SRE", "--applied", "2026-11-02")
    shell.ok("interview", card, "invited", "fri")
    (invited,) = shell.ok("show", card, "--json").json["interviews"]
    assert (invited["status"], invited["starts_at"], invited["invited_on"]) == (
        "invited", None, "2026-11-20",
    )  # fmt: skip
    shell.ok("interview", card, "thu", "11:00")
    (agreed,) = shell.ok("show", card, "--json").json["interviews"]
    assert (agreed["id"], agreed["status"]) == (invited["id"], "confirmed")


def test_follow_ups_are_done_snoozed_skipped_and_made(shell: Any) -> None:
    card = shell.add("Globex", "SRE", "--applied", "2026-11-10")
    (due,) = shell.ok("due", "--json").json
    shell.ok("snooze", f"f{due['id']}", "+3d")
    assert shell.ok("due", "--json").json == []
    assert shell.ok("due", "--days", "3", "--json").json[0]["due_on"] == "2026-11-26"
    shell.ok("undo")
    shell.ok("done", f"f{due['id']}", "--on", "2026-11-20")
    done = shell.ok("show", card, "--json").json["follow_ups"]
    assert {(each["state"], each["done_on"]) for each in done} >= {("done", "2026-11-20")}
    shell.ok("remind", card, "today", "send", "the", "papers")
    (own,) = shell.ok("due", "--json").json
    assert own["label"] == "send the papers"
    shell.ok("skip", f"#f{own['id']}")
    assert shell.ok("due", "--json").json == []


def test_what_was_done_is_told_with_what_comes_next(shell: Any) -> None:
    card = shell.add()
    result = shell.ok("interview", card, "thu", "10:00")
    assert result.out == ""
    assert re.match(
        r"Globex, Engineer: .*Thu 26 Nov 10:00\. Next: prepare.*, today \(f\d+\)\.\n",
        result.err,
    )


def test_delete_can_be_undone_and_redone(shell: Any) -> None:
    card = shell.add()
    before = shell.ok("list", "--json").out
    assert "“rounds undo” reverts this" in shell.ok("delete", card).err
    assert shell.ok("list", "--all", "--json").json == []
    shell.ok("undo")
    assert shell.ok("list", "--json").out == before
    shell.ok("redo")
    assert shell.ok("list", "--all", "--json").json == []


@pytest.fixture(scope="module")
def one_application(made_once: Callable[..., bytes], empty_board: bytes) -> bytes:
    """The bytes of a board with application 1 on it, applied for on 10 November."""

    def make(path: Path) -> None:
        Shell(path, empty_board).add("Globex", "Engineer", "--applied", "2026-11-10")

    return made_once("one-application.db", make)


@pytest.fixture
def full(shell: Any, one_application: bytes) -> Any:
    """A command line on that board."""
    return shell.open(one_application)


@each_row("missing", ["0", "2", "99", "9223372036854775807", "9" * 40])
@each_row(
    "words",
    [
        ("show", "ID"),
        ("show", "ID", "--json"),
        ("move", "ID", "first"),
        ("close", "ID", "rejected"),
        ("reopen", "ID"),
        ("delete", "ID"),
        ("interview", "ID", "tue", "10:00"),
        ("interview", "ID", "invited"),
        ("interview", "ID", "--cancel", "1"),
        ("interview", "ID", "--move", "1", "tue", "10:00"),
        ("contact", "ID"),
        ("contact", "ID", "Ana"),
        ("interview", "1", "--cancel", "ID"),
        ("interview", "1", "--not-held", "ID"),
        ("contact", "1", "Nobody", "--remove"),
        ("debrief", "1", "--interview", "ID"),
        ("point", "1", "skill", "x", "--answers", "ID"),
        ("point", "1", "skill", "x", "--interview", "ID"),
        ("debrief", "ID"),
        ("point", "ID"),
        ("point", "ID", "concern", "text"),
        ("point", "1", "--done", "ID"),
        ("draft", "ID"),
        ("offer", "ID"),
        ("offer", "ID", "--verbal"),
        ("deadline", "ID", "fri"),
        ("replied", "ID"),
        ("note", "ID", "text"),
        ("remind", "ID", "fri", "text"),
        ("done", "ID"),
        ("snooze", "ID", "fri"),
        ("skip", "ID"),
    ],
    ids=" ".join,
)
def test_what_is_not_there_exits_with_three(
    full: Any, words: tuple[str, ...], missing: str
) -> None:
    result = full(*(missing if word == "ID" else word for word in words))
    assert result.code == 3, result
    assert result.out == ""
    assert re.fullmatch(r"rounds: There is no [^\n]+\.\n", result.err)


@each_row(
    "words",
    [
        ("add", "", "Engineer"),
        ("add", "Globex", " \t "),
        ("add", "G" * 10_000, "Engineer"),
        ("add", "Globex", "E" * 201),
        ("add", "Globex", "Engineer", "--tag", "t" * 50),
        ("add", "Globex", "Engineer", "--url", "u" * 3_000),
        ("move", "1", "applied"),
        ("move", "1", "first", "--on", "2026-11-01"),
        ("close", "1", "accepted"),
        ("close", "1", "rejected", "--on", "2026-11-01"),
        ("reopen", "1"),
        ("interview", "1", "2026-11-01", "10:00"),
        ("contact", "1", ""),
        ("contact", "1", "A" * 201),
        ("contact", "1", "Ana", "--email", "x" * 321),
        ("debrief", "1"),
        ("point", "1", "concern", " "),
        ("point", "1", "concern", "x" * 501),
        ("offer", "1", "--verbal"),
        ("offer", "1", "--letter", "today"),
        ("deadline", "1", "fri"),
        ("replied", "1", "--on", "2026-11-01"),
        ("note", "1", " "),
        ("note", "1", "n" * 20_001),
        ("remind", "1", "fri", " "),
        ("snooze", "1", "today"),
        ("done", "1", "--on", "2026-11-01"),
        ("redo",),
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_a_refusal_is_one_sentence_and_changes_nothing(full: Any, words: tuple[str, ...]) -> None:
    before = full.ok("show", "1", "--json").out
    result = full(*words)
    assert result.code == 1, result
    assert result.out == ""
    assert re.fullmatch(r"rounds: [^\n]+[.?]\n", result.err), result.err
    assert "went wrong inside" not in result.err
    assert full.ok("show", "1", "--json").out == before
    assert len(full.ok("list", "--all", "--json").json) == 1


def test_a_time_that_the_clocks_skip_is_refused(shell: Any) -> None:
    shell.clock.moment = datetime(2026, 3, 25, 9, 0, tzinfo=BERLIN)
    card = shell.add()
    result = shell("interview", card, "2026-03-29", "02:30")
    assert result.code == 2
    assert "02:30" in result.err
    assert shell.ok("show", card, "--json").json["interviews"] == []


def test_undo_reaches_back_to_the_empty_board(shell: Any) -> None:
    card = shell.add()
    shell.ok("move", card, "first")
    shell.ok("note", card, "hello")
    for _ in range(3):
        shell.ok("undo")
    assert shell.ok("list", "--all", "--json").json == []
    assert shell("undo").code == 1
    for _ in range(3):
        shell.ok("redo")
    assert shell.ok("list", "--json").json[0]["stage"] == "first"
    assert shell("redo").code == 1


def test_what_is_known_of_an_offer_and_of_references(shell: Any) -> None:
    card = shell.add("Globex", "SRE", "--applied", "2026-11-02")
    shell.ok("offer", card, "--references", "fri", "--announced", "yesterday")
    shown = shell.ok("show", card, "--json").json
    assert shown["reference_check_on"] == "2026-11-27"
    assert shown["references_announced_on"] == "2026-11-22"
    assert ", announced Sun 22 Nov" in shell.ok("show", card).out
    shell.ok("move", card, "offer")
    assert shell.ok("offer", card, "--thanked", "today").err
    offer = shell.ok("offer", card, "--json").json
    assert (offer["acknowledged_on"], offer["deadline_asked_on"]) == ("2026-11-23", "2026-11-23")
    both = shell("offer", card, "--thanked", "today", "--verbal")
    assert both.code == 2
    shell.ok("close", card, "accepted")
    shell.ok("offer", card, "--starts", "1 feb")
    assert shell.ok("offer", card, "--json").json["starts_on"] == "2027-02-01"
    assert "First day: Mon 1 Feb 2027" in shell.ok("offer", card).out


def test_what_the_user_typed_keeps_its_small_letters_and_its_full_stop(shell: Any) -> None:
    assert shell.ok("add", "eBay", "iOS developer").err.startswith("eBay, iOS developer: added. ")
    told = shell.ok("point", "1", "concern", "why did I leave?").err
    assert told == "eBay, iOS developer: concern: why did I leave?" + told.partition("?")[2]
    assert "?." not in told
    for words in (("remind", "1", "fri", "call Acme Inc."), ("point", "1", "news", "they grow…")):
        assert not re.search(r"[?.…]\.", shell.ok(*words).err), words
    assert "ask “why?”." not in shell.ok("point", "1", "question", "ask “why?”").err


def test_undo_and_redo_name_the_card(shell: Any) -> None:
    shell.add("eBay", "SRE")
    assert shell.ok("undo").err == "Undone: added (eBay, SRE).\n"
    assert shell.ok("redo").err.startswith("Done again: added (eBay, SRE).")
    shell.ok("delete", "1")
    assert shell.ok("undo").err.startswith("Undone: deleted eBay — SRE.")
    assert shell.ok("redo").err == "Done again: deleted eBay — SRE.\n"


def test_undo_names_the_card_though_others_were_planned_anew_with_it(shell: Any) -> None:
    for company in ("Globex", "Hooli", "Initech"):
        card = shell.add(company, "SRE", "--applied", "2026-11-02")
        shell.ok("move", card, "first", "--on", "2026-11-10")
    shell.ok("interview", "2", "thu 10:00")
    shell.ok("move", "1", "offer")
    assert shell.ok("undo").err.startswith("Undone: moved from first to offer (Globex, SRE).")


def test_what_was_done_at_several_is_told_of_all_of_them(shell: Any) -> None:
    for company in ("Globex", "eBay"):
        shell.ok("remind", shell.add(company, "SRE"), "fri", "call")
    own = [d["id"] for d in shell.ok("due", "--days", "9", "--json").json if d["action"] == "own"]
    assert shell.ok("done", *(f"f{number}" for number in own)).err == (
        "Globex and eBay: done together: call.\n"
        "  f2  Globex, SRE: call; next: follow up on your application, Thu 3 Dec (f1)\n"
        "  f4  eBay, SRE: call; next: follow up on your application, Thu 3 Dec (f3)\n"
    )
    assert shell.ok("undo").err == "Undone: call (Globex and eBay).\n"


def test_what_comes_next_names_its_day_once(shell: Any) -> None:
    card = shell.add()
    shell.ok("move", card, "offer")
    shell.ok("deadline", card, "25 nov 17:00")
    while "answer by" not in (said := shell.ok("note", card, "They are kind.").err):
        shell.ok("done", re.search(r"\((f\d+)\)", said)[1])  # type: ignore[index]
    assert re.search(r"Next: answer by Wed 25 Nov 17:00(?:, in \S+ \S+)? \(f\d+\)\.\n$", said)
