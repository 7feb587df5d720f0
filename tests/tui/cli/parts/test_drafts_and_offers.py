"""`rounds draft` and `rounds offer`: messages from templates, and what is known of an offer."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

Edits = Callable[[str], None]


@pytest.fixture
def card(shell: Any) -> str:
    """An application that was not answered; its inquiry is due."""
    shell.begin(
        ("add", "Globex", "Engineer", "--applied", "2026-11-10"),
        ("contact", "1", "Ana", "--email", "ana@globex.example", "--relation", "recruiter"),
    )
    return "1"


@pytest.fixture
def inquiry(shell: Any, card: str) -> str:
    """The number of the inquiry."""
    (due,) = shell.ok("due", "--json").json
    return str(due["id"])


def drafts(shell: Any, card: str) -> list[dict[str, Any]]:
    """The drafts as scripts see them."""
    found: list[dict[str, Any]] = shell.ok("show", card, "--json").json["drafts"]
    return found


def test_the_message_is_printed_in_three_forms(shell: Any, inquiry: str) -> None:
    plain = shell.ok("draft", inquiry).out
    assert plain.startswith("To: ana@globex.example\nSubject: ")
    found = shell.ok("draft", inquiry, "--json").json
    assert list(found) == [
        "follow_up_id", "application_id", "together", "kind", "to", "subject", "body", "mailto",
        "stored",
    ]  # fmt: skip
    assert (found["kind"], found["stored"]) == ("application_inquiry", False)
    assert plain == f"To: {found['to']}\nSubject: {found['subject']}\n\n{found['body']}\n"
    address = shell.ok("draft", inquiry, "--mailto").out.strip()
    assert address == found["mailto"]
    parts = urlsplit(address)
    assert (parts.scheme, parts.path) == ("mailto", "ana@globex.example")
    assert parse_qs(parts.query)["subject"] == [found["subject"]]
    assert parse_qs(parts.query)["body"][0].replace("\r\n", "\n") == found["body"]


@pytest.mark.parametrize("kind", ["thank-you", "thank_you", "Thank you", "THANK-YOU"])
def test_a_kind_is_taken_however_its_words_are_joined(shell: Any, inquiry: str, kind: str) -> None:
    assert shell.ok("draft", inquiry, "--kind", kind, "--json").json["kind"] == "thank_you"
    refused = shell("draft", inquiry, "--kind", "love letter")
    assert (refused.code, "thank-you, application-inquiry" in refused.err) == (2, True)


def test_another_kind_is_written_on_request(shell: Any, inquiry: str) -> None:
    found = shell.ok("draft", inquiry, "--kind", "withdraw", "--json").json
    assert found["kind"] == "withdraw"


def test_it_is_edited_kept_and_sent(shell: Any, card: str, inquiry: str, edits: Edits) -> None:
    edits("text = text.replace('Kind regards', 'Warm regards')")
    result = shell.ok("draft", inquiry, "--edit")
    assert "draft" in result.err
    (kept,) = drafts(shell, card)
    assert (kept["follow_up_id"], kept["kind"]) == (int(inquiry), "application_inquiry")
    assert "Warm regards" in shell.ok("draft", inquiry).out
    assert shell.ok("draft", inquiry, "--json").json["stored"]
    assert "Drafts\n  Mon 23 Nov  application inquiry: Subject: " in shell.ok("show", card).out
    shell.ok("draft", inquiry, "--sent", "--on", "yesterday")
    shown = shell.ok("show", card, "--json").json
    (message,) = shown["messages"]
    assert (message["direction"], message["sent_on"]) == ("out", "2026-11-22")
    assert "Warm regards" in message["text"]
    assert shown["drafts"] == []
    done = [each for each in shown["follow_ups"] if str(each["id"]) == inquiry]
    assert [(each["state"], each["done_on"]) for each in done] == [("done", "2026-11-22")]
    shell.ok("undo")
    assert len(drafts(shell, card)) == 1, "one step of undo"


def test_it_is_sent_without_having_been_kept(shell: Any, card: str, inquiry: str) -> None:
    shell.ok("draft", inquiry, "--sent")
    assert shell.ok("show", card, "--json").json["messages"][0]["kind"] == "nudge"
    assert shell("draft", inquiry).code == 3, "it is not open any more"


def test_a_text_comes_from_a_file_or_a_pipe(
    shell: Any, card: str, inquiry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "text.txt"
    file.write_text("Subject: Hello\n\nIs there news?\n")
    shell.ok("draft", inquiry, "--from", str(file))
    found = shell.ok("draft", inquiry, "--json").json
    assert (found["subject"], found["body"]) == ("Hello", "Is there news?")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"just a line\n")))
    shell.ok("draft", inquiry, "--from", "-")
    assert drafts(shell, card)[0]["text"] == "Subject: Hello\n\njust a line", "it keeps its subject"
    printed = shell.ok("draft", inquiry).out
    assert printed.startswith("To: ana@globex.example\n")
    file.write_text(printed, encoding="utf-8")
    shell.ok("draft", inquiry, "--from", str(file))
    assert drafts(shell, card)[0]["text"] == "Subject: Hello\n\njust a line"
    file.write_text("")
    shell.ok("draft", inquiry, "--from", str(file))
    assert drafts(shell, card) == [], "an empty one goes"
    assert "nothing changed" in shell.ok("draft", inquiry, "--from", str(file)).err


def test_one_message_for_all_at_one_employer(shell: Any, card: str, inquiry: str) -> None:
    other = shell.add("GLOBEX", "SRE", "--applied", "2026-11-10")
    numbers = [each["id"] for each in shell.ok("due", "--json").json]
    found = shell.ok("draft", inquiry, "--json").json
    assert (found["kind"], [found["follow_up_id"], *found["together"]]) == ("together", numbers)
    assert f"also covers f{numbers[1]}" in shell.ok("draft", inquiry).err
    alone = shell.ok("draft", inquiry, "--alone", "--json").json
    assert (alone["kind"], alone["together"]) == ("application_inquiry", [])
    shell.ok("draft", inquiry, "--sent")
    assert shell.ok("due", "--json").json == []
    for each in (card, other):
        assert len(shell.ok("show", each, "--json").json["messages"]) == 1
    shell.ok("undo")
    assert len(shell.ok("due", "--json").json) == 2


def test_what_asks_for_no_message_says_so(shell: Any, card: str) -> None:
    shell.ok("remind", card, "today", "call")
    own = next(each["id"] for each in shell.ok("due", "--json").json if each["action"] == "own")
    result = shell("draft", str(own))
    assert (result.code, "needs no message" in result.err) == (1, True)
    assert shell("draft", str(own), "--kind", "application_inquiry").code == 0


def test_the_users_own_template_counts_and_is_told_when_broken(
    shell: Any, inquiry: str, config: Path
) -> None:
    folder = config.parent / "drafts"
    folder.mkdir(parents=True)
    own = folder / "application_inquiry.txt"
    own.write_text("Subject: $company\n\nHow is it going with $role?\n")
    assert shell.ok("draft", inquiry, "--json").json["body"] == "How is it going with Engineer?"
    own.write_text("Subject: $company\n\nHello $compnay.\n")
    result = shell("draft", inquiry)
    assert result.code == 1
    assert "application_inquiry.txt”, line 3: " in result.err
    assert "Did you mean $company?" in result.err


def test_without_an_address_it_is_said_how_to_add_one(shell: Any) -> None:
    card = shell.add("Initech", "SRE", "--applied", "2026-11-10")
    (due,) = shell.ok("due", "--json").json
    result = shell.ok("draft", str(due["id"]))
    assert result.out.startswith("Subject: ")
    assert f"“rounds contact {card} NAME --email …”" in result.err


def test_an_editor_that_fails_loses_nothing(shell: Any, inquiry: str, edits: Edits) -> None:
    edits("text += 'x' * 30_000")
    result = shell("draft", inquiry, "--edit")
    assert (result.code, "Draft has" in result.err) == (1, True)
    (file,) = shell.path.with_name("board-unsaved").iterdir()
    assert str(file) in result.err
    assert file.read_text().endswith("x" * 30_000)


@pytest.fixture
def offered(shell: Any) -> str:
    """An application that came to an offer two weeks ago."""
    made: str = shell.add("Globex", "Engineer", "--applied", "2026-11-02")
    shell.ok("move", made, "offer", "--on", "2026-11-10")
    return made


def test_what_became_known_of_an_offer(shell: Any, offered: str) -> None:
    shell.ok("offer", offered, "--verbal", "--references", "fri")
    shell.ok("deadline", offered, "27 nov")
    shell.ok("offer", offered, "--asked-time", "-3d", "--extended-to", "3 dec")
    shell.ok("offer", offered, "--letter", "20 nov", "--counter", "yesterday")
    shell.ok("offer", offered, "--signed", "today")
    found = shell.ok("offer", offered, "--json").json
    assert found == {
        "kind": "written",
        "offered_on": "2026-11-10",
        "acknowledged_on": None,
        "deadline_on": "2026-12-03",
        "deadline_at": None,
        "letter_on": "2026-11-20",
        "signed_on": "2026-11-23",
        "extension_asked_on": "2026-11-20",
        "counter_sent_on": "2026-11-22",
        "deadline_asked_on": None,
        "starts_on": None,
        "reference_check_on": "2026-11-27",
        "scores": [],
    }
    assert shell.ok("show", offered, "--json").json["offer"] == found
    assert shell.ok("offer", offered).out == (
        "Received: Tue 10 Nov, 13 days ago · written\n"
        "Written offer: Fri 20 Nov, 3 days ago\n"
        "Deadline: Thu 3 Dec\n"
        "More time: asked Fri 20 Nov, 3 days ago\n"
        "Counter-offer: sent Sun 22 Nov, yesterday\n"
        "References: called Fri 27 Nov, in 4 days, announced Mon 23 Nov\n"
        "Signed: Mon 23 Nov, today\n"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("deadline", "1", "2026-11-24"), ""),
        (("offer", "1", "--letter", "2026-11-03"), "lies before the offer"),
        (("offer", "1", "--extended-to", "fri"), "no deadline to extend"),
        (("offer", "1", "--references", "2026-10-01"), "lies before the application"),
    ],
)
def test_days_of_an_offer_that_cannot_be(
    shell: Any, offered: str, words: tuple[str, ...], sentence: str
) -> None:
    result = shell(*words)
    assert result.code == (1 if sentence else 0)
    assert sentence in result.err


def test_a_deadline_before_the_offer_is_refused(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-02")
    shell.ok("move", card, "offer")
    result = shell("deadline", card, "yesterday")
    assert (result.code, "that date is in the past" in result.err) == (2, True)


def test_there_is_no_offer_yet(shell: Any, card: str) -> None:
    result = shell.ok("offer", card)
    assert (result.out, "No offer yet" in result.err) == ("", True)
    assert shell.ok("offer", card, "--json").json is None


def test_a_rejection_keeps_its_lessons(shell: Any, card: str) -> None:
    shell.ok("close", card, "rejected", "--reason", "too junior", "--keep", "the stories",
             "--change", "ask for the scale")  # fmt: skip
    fields = shell.ok("show", card, "--json").json["fields"]
    assert fields == {
        "reason": "too junior",
        "lesson_keep": "the stories",
        "lesson_change": "ask for the scale",
    }
    assert "  One thing to change: ask for the scale\n" in shell.ok("show", card).out


def test_withdrawals_at_one_employer_are_one_message_of_their_own(shell: Any) -> None:
    for role in ("SRE", "Engineer"):
        card = shell.add("Globex", role, "--applied", "2026-11-20")
        shell.ok("contact", card, "Ana", "--email", "ana@globex.example")
    offer = shell.add("Initech", "Engineer", "--stage", "offer")
    shell.ok("close", offer, "accepted")
    first, second = (
        each["id"] for each in shell.ok("due", "--json").json if each["action"] == "withdraw"
    )
    found = shell.ok("draft", str(first), "--json").json
    assert (found["kind"], found["together"]) == ("withdraw", [second])
    assert "withdrawing my applications at Globex (" in found["body"]
    assert "SRE" in found["body"]
    assert "Engineer" in found["body"]
    shell.ok("draft", str(first), "--sent")
    closed = [each["outcome"] for each in shell.ok("list", "--closed", "--json").json]
    assert closed == ["withdrawn", "withdrawn", "accepted"]
