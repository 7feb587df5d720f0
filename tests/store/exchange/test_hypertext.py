"""HTML of a message as plain text, and what is no HTML at all."""

from store.exchange.hypertext import LARGEST, plain_text
from tests.tables import each_row


@each_row(
    ("html", "text"),
    [
        ("<p>Hi Sam,</p><p>yes.<br>Bye</p>", "Hi Sam,\n\nyes.\nBye"),
        ("<style>p { x }</style><script>if (a < b) {}</script>Yes", "Yes"),
        ("<head><title>No</title></head><body>Yes</body>", "Yes"),
        ("Yes<!-- no <p> -->&amp; no", "Yes& no"),
        ("Yes<!-- never ends", "Yes"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", "One Two"),
        ("Yes.<blockquote>No.<br>No.</blockquote>Bye", "Yes.\n> No.\n> No.\nBye"),
        ("a &lt; b &#x1F600; &nope;", "a < b 😀 &nope;"),
        ("if a < b then", "if a < b then"),
        ("<p", "<p"),
        ("", ""),
        ("<img src='http://x/y.gif' width=1>Yes", "Yes"),
        ("wrapped\nin  two", "wrapped in two"),
    ],
)
def test_what_can_be_read_of_it(html: str, text: str) -> None:
    assert plain_text(html) == text


@each_row("html", ["<" * LARGEST, "<a " * 300_000, "<!--" * 100_000, "<b>" * 130_000])
def test_a_million_signs_are_one_pass(html: str) -> None:
    assert len(plain_text(html)) <= LARGEST


def test_blockquotes_without_end_are_twenty_deep_at_most() -> None:
    assert plain_text("<blockquote>" * 1_000 + "x").endswith("\n" + "> " * 20 + "x")
