"""Pages of HTML as text: readable, clean, and never a danger to who reads them."""

import pytest

from store.exchange.postings.page import check_depth, is_html, plain_text, read_page
from store.rules.text import Refused
from tests.tables import each_row

PAGE = """<!DOCTYPE html>
<html><head><title>SRE &amp; more | Globex</title>
<link rel="canonical" href="https://globex.example/jobs/1">
<meta property="og:site_name" content="Globex Careers">
<script>var x = "<p>not this</p>";</script><style>p { color: red }</style></head>
<body><nav>Home Jobs</nav><h1>SRE</h1>
<p>We are <b>Globex</b>.<br>A second line.</p>
<ul><li>Go</li><li><p>SQL</p></li><li> </li></ul>
<h2>About us</h2><div>One</div><div>Two</div>
<table><tr><td>a</td><td>b</td></tr></table>
<button>Apply</button></body></html>"""
TEXT = "SRE\n\nWe are Globex.\nA second line.\n\n• Go\n• SQL\n\nAbout us\n\nOne\nTwo\n\na b"


def test_a_page_is_read_as_a_person_sees_it() -> None:
    page = read_page(PAGE, "x.html")
    assert page.text == TEXT
    assert (page.title, page.heading, page.site) == ("SRE & more | Globex", "SRE", "Globex Careers")
    assert page.link == "https://globex.example/jobs/1"


def test_the_source_that_a_browser_shows_is_the_page() -> None:
    cells = "".join(
        f'<tr><td class="line-number"></td><td class="line-content">{line}</td></tr>'
        for line in PAGE.replace("&", "&amp;").replace("<", "&lt;").split("\n")
    )
    assert read_page(f"<html><body><table>{cells}</table></body></html>", "x").text == TEXT


@each_row(
    ("html", "text"),
    [
        ("<p>one<p>two", "one\n\ntwo"),
        ("<ul><li>one<li>two</ul>", "• one\n• two"),
        ("<ul><li>one<ul><li>in it</ul><li>two</ul>", "• one\n\n• in it\n\n• two"),
        ("<ol><li>one</ol>", "• one"),
        ("a<br><br><br><br>b", "a\n\nb"),
        ("  a \n b\t c ", "a\nb c"),
        ("<i>  a \n b\t c </i>", "a b c"),
        ("a &amp; b &lt;c&gt; &eacute; &nbsp;d", "a & b <c> é d"),
        ("<p>cut <b>off", "cut off"),
        ("<p>a\x00b\x1b[31mc\u202ed\u200be</p>", "ab[31mcde"),
        ("plain &amp; simple", "plain & simple"),
        ("<script>alert(1)</script>", ""),
        ("<p hidden>behind “more”</p>", "behind “more”"),
        ("", ""),
    ],
)
def test_pieces(html: str, text: str) -> None:
    if "\x00" in html:
        html = html.replace("\x00", "")
    assert plain_text(html) == text


@each_row(
    ("text", "yes"),
    [
        (PAGE, True),
        ("<div>x</div>", True),
        ("We use <b>bold</b> <p>words <div>here", False),
        ("Title\n\n<p>a</p><ul><li>b</li></ul>", True),
        ("SRE at Globex\n5 < 7", False),
        ("", False),
    ],
)
def test_whether_it_is_the_source_of_a_page(text: str, yes: bool) -> None:
    assert is_html(text) is yes


@each_row("html", ["<div>" * 6_000, "<div></span>" * 6_000, "<ul><li>" * 300_000])
def test_what_is_nested_too_deep_is_refused_before_the_parser_sees_it(html: str) -> None:
    with pytest.raises(Refused, match=r"“x”, line 3: this is nested too deep\."):
        read_page(f"\n\n{html}", "x")


def test_a_million_tags_are_read_and_more_are_refused() -> None:
    assert len(read_page("<i>x</i>" * 200_000, "x").text) == 200_000
    with pytest.raises(Refused, match="has more tags than a page"):
        check_depth("<i></i>" * 500_001, "x")


@each_row(
    "html",
    [
        *(
            "<",
            "<!--" * 50_000,
            "<" * 100_000,
            "<a " + "x=1 " * 50_000,
            "&" * 100_000,
            "\ud800<p>x",
        ),
        *("<p>" + "x" * 1_000_000, "<table>" * 4_000, "<![CDATA[" * 10_000, "</p>" * 100_000),
        *('<html><script type="application/ld+json">', "<li>" * 100_000, "<b>" * 4_999),
    ],
)
def test_broken_pages_are_read_somehow(html: str) -> None:
    page = read_page(html, "x")
    assert page.text.replace("\n", "").isprintable()


def test_of_a_page_that_says_where_its_text_stands_only_that_is_kept() -> None:
    body = "We run things, day and night. " * 20
    html = f"<html><body><div>Menu</div><main><h1>SRE</h1><p>{body}</p></main><div>Cookies</div>"
    assert read_page(html, "x").text == f"SRE\n\n{body.strip()}"
    short = "<html><body><div>All about it</div><main>A teaser</main></body></html>"
    assert read_page(short, "x").text == "All about it\nA teaser"
    assert read_page("<p>one</p><footer>Imprint</footer>", "x").text == "one"


@each_row(
    ("head", "link"),
    [
        ('<meta property="og:url" content="https://a.example/1">', "https://a.example/1"),
        ("<!-- saved from url=(0021)https://a.example/2 -->", "https://a.example/2"),
        ('<link rel="canonical" href="/relative">', ""),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
    ],
)
def test_the_address_that_a_page_knows(head: str, link: str) -> None:
    assert read_page(f"<html>{head}<p>x", "x").link == link
