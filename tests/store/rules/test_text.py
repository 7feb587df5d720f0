"""The door: what comes in stays readable, and nothing in it is obeyed by a terminal.

Of addresses, what cannot be one is refused, not what is rare.
"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.drafts.templates import mailto
from store.rules.fields import APPLICATION, CONTACT, NOTE, PEOPLE, TAG, TAGS_AT_MOST, Field
from store.rules.text import (
    Refused,
    address_trouble,
    as_sentence,
    clean,
    clean_tags,
    first_sentence,
    printable,
    quoted,
)
from tests.tables import each_row

LINE = Field("line", "Line", 1_000_000)
LINES = Field("lines", "Lines", 1_000_000, many_lines=True)
COMPANY = APPLICATION["company"]
FAMILY = "👩\u200d👩\u200d👧\u200d👦"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

hostile = st.text(
    st.characters()
    | st.sampled_from("\x00\x1b\x9b\x07\r\n\t\x85\u2028\u2029\u202e\ud800\udfff\ufeff\u200b\u200d")
    | st.sampled_from("\u0301\u0323\U000e0061\U000e007f\U0001f3f4\u00ad\u3164\uffff"),
    max_size=60,
)


@each_row(
    "text",
    [
        "Acme [/b] [@click=app.quit]x[/]",
        "Müller & Söhne – Straße “Nord” …",
        "Łódź Šibenik Ålesund Nguyễn",
        "日本語の会社",
        "葛\U000e0100飾区",
        "شركة ١٢",
        "می\u200cخواهم",
        "क\u094d\u200dष",
        "חברה בע״מ",
        "\u0600١٢",
        FAMILY,
        ENGLAND,
        "❤\ufe0f 👍🏽 🇩🇪 1\ufe0f\u20e3",
        "g\u0303 x\u0323\u0302",
        "\U0001fae9 a face that older tables of characters do not know",
        "\ue0b0 a private glyph",
    ],
)
@each_row("field", [LINE, LINES])
def test_writing_of_all_kinds_survives(text, field):
    assert clean(text, field) == text


@each_row(
    ("text", "cleaned"),
    [
        pytest.param("\x1b]52;c;eA==\x07Acme", "]52;c;eA==Acme", id="clipboard"),
        pytest.param("\x1b[31mred", "[31mred", id="colour"),
        pytest.param("\x9b31mred", "31mred", id="C1"),
        pytest.param("a\x00b\x7fc\x08d", "abcd", id="NUL DEL BS"),
        pytest.param("invoice\u202egpj.exe", "invoicegpj.exe", id="right-to-left override"),
        pytest.param("a\u2066b\u2069c\u200ed\u200fe\u061cf", "abcdef", id="isolates and marks"),
        pytest.param("a\ud800b\udfffc", "abc", id="lone surrogates"),
        pytest.param("\ufeffAcme", "Acme", id="byte order mark"),
        pytest.param("Ac\u200bme Sys\u00adtems\u2060", "Acme Systems", id="zero width"),
        pytest.param("a\u180eb", "ab", id="Mongolian vowel separator"),
        pytest.param("a\ufff9b\ufffac\ufffbd", "abcd", id="interlinear annotation"),
        pytest.param("hi\U000e0001\U000e0068\U000e0069", "hi", id="smuggled tags"),
        pytest.param("\U0001f3f4\U000e0067 x", "\U0001f3f4 x", id="a flag without an end"),
        pytest.param(ENGLAND + "\U000e0041", ENGLAND, id="a tag behind a flag"),
        pytest.param("a\ufdd0b\uffffc\U0010fffe", "abc", id="noncharacters"),
        pytest.param("e\u0301", "é", id="NFC"),
        pytest.param("\u212b", "Å", id="NFC of the sign for ångström"),
        pytest.param("a\tb\x1fc", "a b c", id="tab and unit separator"),
    ],
)
@each_row("field", [LINE, LINES])
def test_what_a_terminal_obeys_or_nobody_sees_is_dropped(text, cleaned, field):
    assert clean(text, field) == cleaned


@each_row("line_break", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_one(line_break):
    assert clean(f"one{line_break}two", LINES) == "one\ntwo"
    assert clean(f"one{line_break}two", LINE) == "one two"
    assert clean(f"{line_break}one{line_break}", LINES) == "one"


def test_spaces_are_trimmed_and_on_one_line_single():
    assert clean("  Acme \t\u00a0\u3000 Corp  ", LINE) == "Acme Corp"
    assert clean("  two  spaces\n\n  stay  ", LINES) == "two  spaces\n\n  stay"


@each_row(
    "text",
    ["", "   ", "\n", "\u200b", "\ufeff", "\u200d", "\u3164", "\u2800", "\u0301", "\ufe0f", "\x1b"],
)
def test_a_required_field_needs_a_character_that_can_be_seen(text):
    with pytest.raises(Refused, match=r"^Company is empty\."):
        clean(text, COMPANY)


@each_row("text", ["x", "🎉", "-", "社", "\U0001fae9", "é"])
def test_one_character_that_can_be_seen_is_enough(text):
    assert clean(text, COMPANY) == text


def test_an_optional_field_may_be_empty():
    assert clean(" \n ", PEOPLE) == ""


def test_the_limit_counts_what_is_kept():
    assert clean("  " + "x" * 200 + "\x1b" * 50, COMPANY) == "x" * 200
    with pytest.raises(Refused, match=r"^Company has 201 characters; 200 fit\. Shorten it\.$"):
        clean("x" * 201, COMPANY)
    with pytest.raises(Refused, match=r"^Note has 100,000 characters; 20,000 fit"):
        clean("x" * 100_000, NOTE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" + "\u0301\u0323" * 50_000, id="marks in the wrong order"),
        pytest.param("a" + "\u302e\U0001d165" * 50_000, id="spacing marks in the wrong order"),
        pytest.param("\u200d" * 100_000, id="joiners"),
        pytest.param("\x1b[31m" * 20_000, id="colours"),
        pytest.param("\U0001f3f4" * 50_000 + "\U000e0061" * 50_000, id="unfinished flags"),
        pytest.param("\r\n\t" * 33_333, id="breaks"),
        pytest.param("".join(map(chr, range(0x100, 0x18800))), id="everything"),
    ],
)
def test_a_hundred_thousand_hostile_characters_do_not_hang(text):
    clean(text, LINES)


def test_thirty_marks_on_a_letter_are_kept_and_no_more():
    marked = "x" + "\u0337" * 30
    assert clean(marked, LINE) == marked
    assert clean(marked + "\u0337y", LINE) == marked + "y"


@given(text=hostile, field=st.sampled_from([LINE, LINES]))
def test_nothing_hostile_passes_and_cleaning_again_changes_nothing(text, field):
    cleaned = clean(text, field)
    for character in cleaned:
        assert unicodedata.category(character) not in ("Cc", "Cs") or character == "\n"
        assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    assert "\n" not in cleaned or field.many_lines
    assert cleaned == cleaned.strip()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned, field) == cleaned
    cleaned.encode("utf-8")


@given(text=st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=40))
def test_letters_numbers_and_signs_are_never_lost(text):
    assert printable(text) == unicodedata.normalize("NFC", text)


@each_row(
    ("text", "said"),
    [
        ("fri", "“fri”"),
        ("", "“”"),
        ("two\nlines\x1b[2J", "“two lines[2J”"),
        ("x" * 40, f"“{'x' * 40}”"),
        ("x" * 41, f"“{'x' * 39}…”"),
        ("\x1b" * 200 + "x", "“…”"),
        ("a" + " " * 300 + "b", "“a…”"),
    ],
)
def test_what_was_typed_is_quoted_harmlessly(text, said):
    assert quoted(text) == said


@given(text=hostile, at_most=st.integers(5, 60))
def test_a_quotation_is_short_and_printable_in_a_sentence(text, at_most):
    said = quoted(text, at_most)
    assert len(said) <= at_most + 2
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in said)


@each_row(
    ("tags", "cleaned"),
    [
        (["remote", "Remote", "#remote", " # REMOTE "], ("remote",)),
        (["#C#", "c++", "#1 choice"], ("C#", "c++", "1 choice")),
        (["", "#", "##", " \u200b ", "\u3164"], ()),
        (["b", "a", "b"], ("b", "a")),
        (["two\nlines", "\x1b[31mred"], ("two lines", "[31mred")),
        (["\u00a0#x"], ("x",)),
        (["#" + "x" * 40], ("x" * 40,)),
        (["Straße", "STRASSE"], ("Straße",)),
    ],
)
def test_tags_are_cleaned_and_each_kept_once(tags, cleaned):
    assert clean_tags(tags) == cleaned


def test_a_long_tag_and_too_many_tags_are_refused():
    with pytest.raises(Refused, match=r"^Tag has 41 characters; 40 fit"):
        clean_tags(["x" * (TAG.limit + 1)])
    many = [f"tag {n}" for n in range(TAGS_AT_MOST + 1)]
    assert len(clean_tags(many[:-1])) == TAGS_AT_MOST
    with pytest.raises(Refused, match="21 tags are too many; 20 fit"):
        clean_tags(many)


def test_the_fields_are_found_by_their_own_names():
    assert all(name == field.name for name, field in APPLICATION.items())
    assert [field.name for field in APPLICATION.values() if field.required] == ["company", "role"]


@each_row(
    ("text", "expected"),
    [
        ("", ""),
        (" \n \n", ""),
        ("They ship tools. More of it.", "They ship tools"),
        ("\nThey ship  tools;\nmore", "They ship tools"),
        ("Why not? Because.", "Why not"),
        ("Version 1.2 is theirs.", "Version 1.2 is theirs"),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_the_first_sentence(text: str, expected: str) -> None:
    assert first_sentence(text) == expected


def test_a_refusal_is_taken_for_no_other_kind_of_error() -> None:
    """“except ValueError”, “except OSError” further down would take its words away."""
    assert Refused.__mro__ == (Refused, Exception, BaseException, object)


@each_row(
    ("words", "sentence"),
    [
        ("concern: why", "concern: why."),
        ("why?", "why?"),
        ("Acme Inc.", "Acme Inc."),
        ("and so on…", "and so on…"),
        ("“why?”", "“why?”"),
        ("(why not)", "(why not)."),
        ("何故？", "何故？"),
        ("3 %", "3 %."),
        ("", "."),
    ],
)
def test_a_sentence_ends_once(words: str, sentence: str) -> None:
    assert as_sentence(words) == sentence


REAL = (
    "ana@example.org",
    "ana.ruiz+jobs@mail.eu.example.co.uk",
    "o'brien@example.ie",
    "A_B-c@example-mail.com",
    "1@2.example",
    "jürgen@müller.example",
    "用户@例子.公司",
    "ana@xn--mller-kva.example",
    "a..b.@docomo.example.jp",
    "#!$%&'*/=?^_`{|}~@example.org",
    f"{'a' * 64}@example.org",
    f"ana@{'a' * 63}.example",
    "ana@EXAMPLE.MUSEUM",
    "संपर्क@डाटामेल.भारत",
)


@each_row("text", REAL)
def test_what_real_people_have(text: str) -> None:
    assert address_trouble(text) == ""
    assert clean(f"  {text} ", CONTACT["email"]) == text
    assert mailto(text, "", "").startswith("mailto:")


@each_row(
    ("text", "trouble"),
    [
        ("ana", "there is no @ in it"),
        ("ana.example.org", "there is no @ in it"),
        ("ana at example.org", "there is no @ in it"),
        ("@example.org", "there is nothing before the @"),
        ("ana@", "there is no domain, such as example.org, after the @"),
        ("ana@example", "there is no domain, such as example.org, after the @"),
        ("ana@localhost", "there is no domain, such as example.org, after the @"),
        ("ana@.org", "there is no domain, such as example.org, after the @"),
        ("ana@example.", "there is no domain, such as example.org, after the @"),
        ("ana@example..org", "there is no domain, such as example.org, after the @"),
        ("ana@-example.org", "there is no domain, such as example.org, after the @"),
        ("ana@example-.org", "there is no domain, such as example.org, after the @"),
        ("ana@exam_ple.org", "there is no domain, such as example.org, after the @"),
        ("ana@192.168.0.1", "there is no domain, such as example.org, after the @"),
        ("ana@example.o", "there is no domain, such as example.org, after the @"),
        ("ana@example.org.", "there is no domain, such as example.org, after the @"),
        (f"ana@{'a' * 64}.org", "there is no domain, such as example.org, after the @"),
        ("ana@bo@example.org", "there is more than one address in it"),
        ("ana@example.org, bo@example.org", "there is more than one address in it"),
        ("ana@example.org;bo@example.org", "there is more than one address in it"),
        ("Ana Ruiz <ana@example.org>", "there is more than the address in it"),
        ("mailto:ana@example.org", "there is more than the address in it"),
        ("ana ruiz@example.org", "there is more than the address in it"),
        ("(ana)@example.org", "there is more than the address in it"),
        ('"ana ruiz"@example.org', "there is more than the address in it"),
        (f"{'a' * 65}@example.org", "the part before the @ is too long"),
    ],
)
def test_what_cannot_be_one(text: str, trouble: str) -> None:
    assert address_trouble(text) == trouble
    for field in (CONTACT["email"], APPLICATION["contact_email"]):
        with pytest.raises(Refused) as refused:
            clean(text, field)
        said = str(refused.value)
        assert said.endswith(f": {trouble}. An address looks like ana@example.org.")
        assert "is not a valid email address" in said


def test_none_at_all_is_fine() -> None:
    assert clean("  ", CONTACT["email"]) == ""


@given(st.text(max_size=40))
def test_what_is_taken_can_be_written_to(text: str) -> None:
    if text and not address_trouble(text):
        assert mailto(text, "", "").startswith("mailto:")


@given(st.emails(domains=st.sampled_from(("example.org", "mail.example.co.uk", "bücher.example"))))
def test_every_plain_address_of_the_standard_is_taken(text: str) -> None:
    assert address_trouble(text) == ""
