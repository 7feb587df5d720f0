"""Whatever comes: a posting is found, with clean texts that fit, or one sentence refuses it."""

import json
from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from store.exchange.document import Document
from store.exchange.postings.posting import read_posting
from store.rules.fields import APPLICATION, POINT
from store.rules.text import Refused, clean, clean_tags
from tests.conftest import examples

BERLIN = ZoneInfo("Europe/Berlin")
PIECES = (
    *("<p>", "</p>", "<li>", "<ul>", "</ul>", "<div>", "<h1>", "<title>", "</title>", "<br>"),
    *("<script type='application/ld+json'>", "</script>", "<!--", "-->", "<td class=line-content>"),
    *("&lt;", "&#0;", "&#xD800;", "&", "<", ">", "\x00", "\x1b[31m", "\u202e", "\ud7ff", "é", "職"),
    *("Requirements", "Ihr Profil:", "• Go", "- SQL", "Company: ", "Bewerbungsfrist: 3.12.2026"),
    *("€70,000 – €90,000", "is looking for", "SRE at Globex", "https://x.example/1", "\n", "\n\n"),
    *("From: a\r\nMIME-Version: 1\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n",),
)
NAMES = (
    *("@type", "@graph", "@id", "title", "hiringOrganization", "name", "jobLocation", "address"),
    *("addressLocality", "baseSalary", "value", "minValue", "currency", "unitText", "description"),
    *("validThrough", "employmentType", "jobLocationType", "identifier", "url", "skills"),
)
ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(("JobPosting", "TELECOMMUTE", "2026-12-03", "2026-12-03T23:59:59Z", "#o")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
        | inner.map(lambda one: {"@type": "JobPosting", "title": "Cook", "baseSalary": one})
    ),
    max_leaves=12,
)


def check(data: bytes) -> None:
    try:
        found = read_posting(Document.of("posting", data), BERLIN)
    except Refused:
        return
    for name, value in found.fields.items():
        if isinstance(value, str):
            assert clean(value, APPLICATION[name]) == value
        else:
            assert isinstance(value, date)
    assert found.guessed <= {*found.fields, "tags"}
    assert clean_tags([*found.tags])[:1] or not found.values()["tags"]
    for line in found.requirements:
        assert clean(line, POINT["text"]) == line


@settings(max_examples=examples(60))
@given(st.binary(max_size=600))
def test_bytes(data: bytes) -> None:
    check(data)


@settings(max_examples=examples(60))
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40))
def test_pages_of_pieces(pieces: list[str]) -> None:
    check("".join(pieces).encode("utf-8", "replace"))


@settings(max_examples=examples(60))
@given(ANY_JSON, st.booleans())
def test_json_ld_of_any_shape(value: object, escaped: bool) -> None:
    block = json.dumps(value)
    block = block.replace('"', "&quot;") if escaped else block
    check(f"<title>x</title><script type='application/ld+json'>{block}</script><p>y".encode())
