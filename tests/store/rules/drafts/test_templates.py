"""Messages from templates: they read well whatever is known, and nothing in a value is obeyed."""

import ast
import re
import string
from dataclasses import fields, replace
from datetime import date
from email.message import EmailMessage
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.rules import fields as limits
from store.rules.drafts.kinds import KINDS, SILENT, check_kind, kind_for, kinds_for
from store.rules.drafts.slots import DAYS, SLOTS, DraftFacts, values
from store.rules.drafts.templates import (
    DraftMessage,
    as_text,
    mailto,
    render,
    split_text,
    template,
)
from store.rules.followups import ends, interviews, offers, waits
from store.rules.text import Refused
from tests.tables import each_row

TODAY = date(2026, 11, 23)
BARE = DraftFacts(TODAY, company="Globex", role="Engineer")
TEXTS = [field.name for field in fields(DraftFacts) if field.name not in (*DAYS, "today")]
FULL = DraftFacts(
    TODAY,
    **{name: f"<{name}>" for name in TEXTS},
    **{name: date(2026, 11, day) for day, name in enumerate(DAYS, 1)},
)
FAMILIES = (ends, interviews, offers, waits)


def made(kind: str, facts: DraftFacts) -> DraftMessage:
    return render(template(kind), facts, source=f"{kind}.txt")


def rendered(text: str, facts: DraftFacts = BARE) -> str:
    return render(f"Subject: x\n\n{text}", facts, source="own.txt").body


# Which follow-up asks for which message


def planned_actions() -> set[str]:
    """The actions of all follow-ups that the rules can plan, as they stand in the rules."""
    found: set[str] = set()
    for module in FAMILIES:
        assert module.__file__
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            match node:
                case ast.keyword(arg="action", value=ast.Constant(value=str(name))):
                    found.add(name)
                case ast.AnnAssign(
                    target=ast.Name(id="action"), value=ast.Constant(value=str(name))
                ):
                    found.add(name)
                case ast.Tuple(elts=[ast.Constant(value=str(name)), *rest]) if (
                    module is not waits and not all(isinstance(e, ast.Constant) for e in rest)
                ):
                    found.add(name)
    return found


def test_every_follow_up_that_asks_for_a_message_has_a_kind() -> None:
    actions = planned_actions()
    assert {"inquire", "thank", "decide", "more_time", "logistics", "keep_in_touch"} <= actions
    assert len(actions) >= 22
    for action in actions:
        assert (action in SILENT) == (kind_for(action) == ""), action
        assert set(kinds_for(action)) <= set(KINDS)


@each_row(
    ("action", "rule", "kind"),
    [
        ("inquire", "R1", "application_inquiry"),
        ("inquire", "R8", "inquiry_after_days"),
        ("inquire", "R9", "inquiry_after_date"),
        ("inquire", "R11", "inquiry_after_check"),
        ("warn_references", "R11", "references"),
        ("thank", "R7", "thank_you"),
        ("answer", "R3", "availability"),
        ("ask_slot", "R4", "ask_slot"),
        ("acknowledge", "R12", "offer_thanks"),
        ("ask_letter", "R13", "ask_letter"),
        ("more_time", "R14", "ask_time"),
        ("decide", "R14", "accept"),
        ("ask_deadline", "R15", "ask_deadline"),
        ("tell_date", "R16", "tell_date"),
        ("ask_counter", "R17", "ask_counter"),
        ("withdraw", "R18", "withdraw"),
        ("thank_reply", "R19", "feedback"),
        ("keep_in_touch", "R20", "keep_in_touch"),
        ("look_again", "R20", "look_again"),
        ("deliver", "R21", "promise"),
        ("own", "own", ""),
        ("prepare", "R5", ""),
        ("inquire", "R26", "inquiry_after_task"),
        ("ask_time", "R22", "ask_time_of_interview"),
        ("propose_time", "R23", "cancelled"),
        ("tell_recruiter", "R27", "recruiter_call"),
        ("decline", "R18", "decline"),
        ("kind_word", "R18", "kind_word"),
        ("close_silent", "R18", ""),
        ("record_answer", "R25", ""),
        ("hand_in", "R26", ""),
        ("thank_helper", "R28", "helper_thanks"),
    ],
)
def test_kind_for(action: str, rule: str, kind: str) -> None:
    assert kind_for(action, rule) == kind


def test_deciding_is_a_choice() -> None:
    assert kinds_for("decide") == ("accept", "decline", "ask_time")


def test_every_kind_has_its_template_and_no_template_is_left_over() -> None:
    shipped = (file.name for file in files("store.rules.drafts").iterdir())
    there = {name for name in shipped if name.endswith(".txt")}
    assert there == {f"{kind}.txt" for kind in KINDS}


def test_an_unknown_kind() -> None:
    with pytest.raises(Refused, match="Unknown message type “love_letter”"):
        check_kind("love_letter")


# Our templates


@each_row("kind", KINDS)
def test_with_nothing_known_it_is_a_whole_message(kind: str) -> None:
    message = made(kind, BARE)
    paragraphs = message.body.split("\n\n")
    assert message.subject
    assert paragraphs[0] == "Hello,"
    assert paragraphs[-1] == "Kind regards,"
    assert len(paragraphs) >= 4
    assert "Engineer" in as_text(message) or "Globex" in as_text(message) or kind == "promise"


@each_row("kind", KINDS)
@each_row("facts", [BARE, FULL, replace(FULL, via="")], ids=["bare", "full", "direct"])
def test_it_is_written_in_sentences(kind: str, facts: DraftFacts) -> None:
    for paragraph in made(kind, facts).body.split("\n\n")[1:-2]:
        assert paragraph[0].isupper() or paragraph[0] == "<"
        assert paragraph[-1] in ".?"
        assert not [pair for pair in ("  ", "..", " .", " ,", "()", "$", "|") if pair in paragraph]


@each_row("kind", KINDS)
def test_with_everything_known_each_slot_is_used_where_it_stands(kind: str) -> None:
    """Slots of lines that stand in for others are not seen, all others are."""
    text = as_text(made(kind, FULL))
    for line in template(kind).splitlines():
        if line.startswith("|") or "$" not in line:
            continue
        for _, slot, _, _ in string.Formatter().parse(line.replace("{", "")):
            assert slot is None
        for found in string.Template.pattern.finditer(line):
            assert values(FULL)[found["named"]] in text


@each_row(
    ("kind", "known", "part"),
    [
        ("thank_you", {"first_name": "Ana"}, "Dear Ana,"),
        ("thank_you", {"point": "the on-call rota"}, "has stayed with me: the on-call rota."),
        (
            "thank_you",
            {"concern": "no Kubernetes", "steps": "the CKA course"},
            "no Kubernetes. Here is what I have done about it: the CKA course.",
        ),
        ("thank_you", {"question": "Why us?", "answer": "the story"}, "When you asked “Why us?”"),
        ("thank_you", {"date": date(2026, 11, 20)}, "on Friday 20 November"),
        ("inquiry_after_date", {"promised": date(2026, 11, 20)}, "by Friday 20 November"),
        ("inquiry_after_days", {"via": "Globex"}, "Have you heard anything from Globex"),
        (
            "application_inquiry",
            {"asked": date(2026, 11, 16)},
            "I also wrote on Monday 16 November",
        ),
        (
            "ask_time",
            {"deadline": TODAY, "new_date": date(2026, 12, 1)},
            "Tuesday 1 December instead",
        ),
        ("tell_date", {"deadline": date(2027, 1, 5)}, "by Tuesday 5 January 2027"),
        ("together", {"roles": "Engineer and Analyst"}, "(Engineer and Analyst)"),
        ("withdraw", {"elsewhere": "another position"}, "I have accepted another position"),
        ("feedback", {"concern": "no Kubernetes"}, "no Kubernetes. Was that the deciding factor"),
        (
            "promise",
            {"promise": "the link"},
            "As promised, I am getting back to you on this: the link.",
        ),
        ("offer_thanks", {"in_writing": "in writing"}, "send me the offer in writing?"),
        (
            "offer_thanks",
            {"by_when": "By what date"},
            "carefully. By what date do you need my answer?",
        ),
        ("recruiter_call", {"topics": "the cache"}, "well received: the cache."),
        ("recruiter_call", {"doubts": "no Go"}, "concern about the following: no Go."),
        ("recruiter_call", {"next_step": "a panel"}, "On the next steps, they told me: a panel."),
        ("inquiry_after_task", {"task": "Case", "handed_in": TODAY}, "November (Case), and I hope"),
        ("no_show", {"via": "Globex"}, "ask Globex for two or three times"),
        ("cancelled", {"date": date(2026, 11, 20)}, "on Friday 20 November cannot go ahead"),
        ("ask_time_of_interview", {"via": "Globex"}, "suit Globex?"),
        ("kind_word", {"date": date(2026, 11, 20)}, "conversation on Friday 20 November"),
    ],
)
def test_what_is_known_is_said(kind: str, known: dict[str, object], part: str) -> None:
    assert part in made(kind, replace(BARE, **known)).body
    assert part not in made(kind, BARE).body


def test_a_doubt_is_raised_only_with_what_was_done_about_it() -> None:
    for kind in KINDS:
        if kind != "feedback":
            assert "no Kubernetes" not in made(kind, replace(BARE, concern="no Kubernetes")).body


@given(
    kind=st.sampled_from(list(KINDS)),
    texts=st.dictionaries(st.sampled_from(TEXTS), st.text(max_size=40)),
    days=st.dictionaries(st.sampled_from(DAYS), st.dates(date(1990, 1, 1), date(2100, 12, 31))),
)
@example(kind="thank_you", texts={"me": "\n"}, days={})
@example(kind="thank_you", texts={"me": "\nKim\n \n\n\nNovak\n"}, days={})
def test_whatever_is_known_nothing_unfilled_is_left(
    kind: str, texts: dict[str, str], days: dict[str, date]
) -> None:
    message = made(kind, replace(BARE, **{k: v.replace("$", "") for k, v in texts.items()}, **days))
    assert "$" not in as_text(message)
    assert "\n\n\n" not in message.body
    assert "\n" not in message.subject
    assert message.body == message.body.strip()
    assert split_text(as_text(message)) == message


@given(name=st.text(alphabet=string.printable + "ü\u202e\x1b", max_size=60))
@pytest.mark.parametrize(
    "hostile", ["$role", "${role}", "$$", "| Hello", "# Ana", "Subject: x", "{role}"]
)
def test_names_stay_literal(hostile: str, name: str) -> None:
    facts = replace(BARE, first_name=hostile)
    assert f"Dear {hostile}," in made("thank_you", facts).body
    assert "\x1b" not in as_text(made("thank_you", replace(BARE, first_name=name, role=name)))


@given(text=st.text())
def test_any_text_is_a_template_or_told_why_not(text: str) -> None:
    refusal = ""
    try:
        render(text, FULL, source="own.txt")
    except Refused as refused:
        refusal = str(refused)
    assert not refusal or re.match(r"own\.txt, line \d+: ", refusal)


# Templates of the user's own


@each_row(
    ("text", "body"),
    [
        ("Dear $first_name,\n| Hello,\n\nText.", "Hello,\n\nText."),
        ("One.\nTwo.", "One. Two."),
        ("One $topic.\n| Two $point.\n| Three.\nFour.", "Three. Four."),
        ("One.\n| Two.\n| Three.", "One."),
        ("$topic\n\n\n\nText.\n\n$me\n", "Text."),
        ("It costs 5 $$.", "It costs 5 $."),
        ("${role}s", "Engineers"),
        ("# a remark\nText.\n# another", "Text."),
        ("Text.\r\nMore.", "Text. More."),
        ("  Text.  ", "Text."),
    ],
)
def test_lines(text: str, body: str) -> None:
    assert rendered(text) == body


def test_a_signature_keeps_its_lines_but_in_a_subject() -> None:
    facts = replace(BARE, me="Kim Novak\n+49 30 1234")
    message = render("Subject: From $me\n\nHello,\n\n$me\n", facts, source="x")
    assert message == ("From Kim Novak +49 30 1234", "Hello,\n\nKim Novak\n+49 30 1234")


@each_row(
    ("value", "end"),
    [("why?", "why?"), ("now!", "now!"), ("and so on…", "and so on…"), ("this", "this.")],
)
def test_a_sentence_has_one_end(value: str, end: str) -> None:
    assert rendered("I ask: $topic.", replace(BARE, topic=value)) == f"I ask: {end}"


def test_days_in_both_forms() -> None:
    facts = replace(BARE, promised=date(2027, 1, 4))
    assert rendered("$promised, $promised_iso", facts) == "Monday 4 January 2027, 2027-01-04"


def test_a_value_of_many_lines_and_too_many_words_fits_a_sentence() -> None:
    body = rendered("$topic", replace(BARE, topic="a\n\nb " * 1000))
    assert body.startswith("a b a b")
    assert len(body) <= 600
    assert body.endswith("…")


@each_row(
    ("text", "sentence"),
    [
        ("", "own.txt, line 1: it must start with “Subject:” and the subject."),
        ("Dear Ana,", "own.txt, line 1: it must start with “Subject:” and the subject."),
        ("# a\n\nHi", "own.txt, line 3: it must start with “Subject:” and the subject."),
        ("Subject:\n\nHi", "own.txt, line 1: there is nothing on it."),
        ("Subject: x", "own.txt, line 1: it has nothing but a subject."),
        ("Subject: x\nHi", "own.txt, line 2: leave a blank line after the subject."),
        ("Subject: x\n\n| Hi", "own.txt, line 3: “|” has no line before it to stand in for."),
        ("Subject: x\n\nHi\n|", "own.txt, line 4: there is nothing on it."),
        (
            "Subject: x\n\nHi\n\nDear $frist_name",
            "own.txt, line 5: there is no “$frist_name”. Did you mean $first_name?",
        ),
        ("Subject: $zzz\n\nHi", "own.txt, line 1: there is no “$zzz”. There are $company, "),
        ("Subject: x\n\n5 $ each", "own.txt, line 3: a $ needs a name after it; write $$"),
        ("Subject: x\n\n${role", "own.txt, line 3: a $ needs a name after it; write $$"),
    ],
)
def test_a_broken_template_says_where(text: str, sentence: str) -> None:
    for facts in (BARE, FULL):
        with pytest.raises(Refused) as refused:
            render(text, facts, source="own.txt")
        said = str(refused.value)
        assert said.startswith(sentence)
        assert said.endswith((".", "?"))
        assert not said.endswith(("..", "?."))


def test_a_line_that_is_left_out_is_checked_all_the_same() -> None:
    with pytest.raises(Refused, match="line 4"):
        render("Subject: x\n\nHi.\n| $nobody", FULL, source="own.txt")


def test_a_message_too_long_to_be_kept() -> None:
    with pytest.raises(Refused, match="more than 20,000 characters"):
        rendered("x" * limits.DRAFT.limit)


def test_every_slot_is_explained_and_is_a_fact() -> None:
    assert set(SLOTS) == {field.name for field in fields(DraftFacts)} - {"today"}
    assert set(DAYS) <= set(SLOTS)
    used = {
        found["named"]
        for kind in KINDS
        for found in string.Template.pattern.finditer(template(kind))
    }
    assert used <= set(SLOTS)
    assert set(SLOTS) - used <= {"name"}, "nothing is explained in vain"


# As one text


def test_a_text_without_a_subject_line_keeps_the_subject() -> None:
    assert split_text("Dear Ana", "Thank you") == ("Thank you", "Dear Ana")
    assert split_text("Subject:\n\nDear Ana", "Thank you") == ("", "Dear Ana"), (
        "taken away on purpose"
    )
    assert split_text("SUBJECT : Thanks\nDear Ana", "x") == ("Thanks", "Dear Ana")
    printed = "To: ana@globex.example\nSubject: Thanks\n\nDear Ana"
    assert split_text(printed, "x") == ("Thanks", "Dear Ana"), "as it is printed"
    assert split_text("To: Ana\nDear Ana", "x") == ("x", "To: Ana\nDear Ana")


@each_row(
    ("text", "message"),
    [
        ("Subject: Hi\n\nText", ("Hi", "Text")),
        ("subject:Hi\nText\n\nMore\n", ("Hi", "Text\n\nMore")),
        ("Text without", ("", "Text without")),
        ("", ("", "")),
        ("Subject:", ("", "")),
    ],
)
def test_parted(text: str, message: tuple[str, str]) -> None:
    assert split_text(text) == message


# For the mail program


def test_mailto_is_encoded() -> None:
    address = mailto("ana@globex.example", "Q&A: 50 % + more?", "Dear Ana,\n\nHi = “ü”\n")
    assert address.startswith(
        "mailto:ana@globex.example?subject=Q%26A%3A%2050%20%25%20%2B%20more%3F"
    )
    assert "Dear%20Ana%2C%0D%0A%0D%0AHi%20%3D%20%E2%80%9C%C3%BC%E2%80%9D" in address
    assert mailto("", "", "") == "mailto:"
    assert mailto("ana+jobs@globex.example", "", "x") == "mailto:ana%2Bjobs@globex.example?body=x"


@given(subject=st.text(), body=st.text())
def test_mailto_carries_subject_and_body_and_nothing_else(subject: str, body: str) -> None:
    try:
        address = mailto("ana@globex.example", subject, body)
    except Refused:
        assert not subject.isprintable()
        return
    assert address.isascii()
    assert address.isprintable()
    parts = urlsplit(address)
    assert unquote(parts.path) == "ana@globex.example"
    assert set(parse_qs(parts.query)) <= {"subject", "body"}
    assert not parts.fragment


@each_row(
    "to",
    [
        "ana@globex.example\nBcc: all@globex.example",
        "ana@globex.example,bo@globex.example",
        "Ana <ana@globex.example>",
        "ana",
        "@globex.example",
        "ana@",
        "ana@bo@globex.example",
        "ana@globex.example\x1b[2J",
        "ana@globex.example\u202e",
    ],
)
def test_no_further_recipients(to: str) -> None:
    with pytest.raises(Refused, match="is not a valid email address") as refused:
        mailto(to, "x", "y")
    assert "\x1b" not in str(refused.value)


def test_an_address_in_another_script_is_encoded() -> None:
    assert mailto("jürgen@müller.example", "x", "") == (
        "mailto:j%C3%BCrgen@m%C3%BCller.example?subject=x"
    )


def test_an_address_cannot_bring_headers_along() -> None:
    address = mailto("ana@globex.example?bcc=bo", "x", "y")
    assert unquote(urlsplit(address).path) == "ana@globex.example?bcc=bo"
    assert set(parse_qs(urlsplit(address).query)) == {"subject", "body"}


@each_row("subject", ["Hi\nBcc: all@globex.example", "Hi\r", "Hi\u2028there", "\x00"])
def test_no_further_headers(subject: str) -> None:
    with pytest.raises(Refused, match=r"^The subject must be one line of text\. Take the line "):
        mailto("ana@globex.example", subject, "x")


def test_what_means_something_in_an_address_is_written_as_itself() -> None:
    assert mailto("ana+x@globex.example", "A/B & C?", "") == (
        "mailto:ana%2Bx@globex.example?subject=A%2FB%20%26%20C%3F"
    )
    assert mailto("", "", "") == "mailto:"


@each_row("kind", KINDS)
def test_a_message_can_be_mailed(kind: str) -> None:
    message = made(kind, FULL)
    mail = EmailMessage()
    mail["Subject"] = message.subject
    mail.set_content(message.body)
    assert parse_qs(urlsplit(mailto("a@b.example", *message)).query)["body"] == [
        message.body.replace("\n", "\r\n")
    ]
