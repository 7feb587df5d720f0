"""What can be an email address: refused is what cannot be one, not what is rare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.drafts.templates import mailto
from store.rules.fields import APPLICATION, CONTACT
from store.rules.text import Refused, address_trouble, clean

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


@pytest.mark.parametrize("text", REAL)
def test_what_real_people_have(text: str) -> None:
    assert address_trouble(text) == ""
    assert clean(f"  {text} ", CONTACT["email"]) == text
    assert mailto(text, "", "").startswith("mailto:")


@pytest.mark.parametrize(
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
        assert said.endswith(f": {trouble}. It looks like ana@example.org.")
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
