"""Who may come in: the right name, no other page, the key."""

from tests.tables import each_row
from tui.browser.entrance import Entrance, is_local

HERE = Entrance("127.0.0.1", 8765, "the-key")
ANYWHERE = Entrance("0.0.0.0", 8765, "the-key")
ELSEWHERE = "This server answers under its own address only."
NOT_OURS = "This server answers its own page only."


@each_row(
    ("address", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.7", False),
        ("", False),
        ("localhost.example", False),
        ("my-machine", False),
    ],
)
def test_which_addresses_only_this_machine_can_reach(address, local):
    assert is_local(address) is local


@each_row(
    ("entrance", "headers", "why"),
    [
        (HERE, {"Host": "127.0.0.1:8765"}, ""),
        (HERE, {"Host": "localhost:8765", "Origin": "http://localhost:8765"}, ""),
        (HERE, {"Host": "evil.example:8765"}, ELSEWHERE),
        (HERE, {"Host": "127.0.0.1"}, ELSEWHERE),
        (HERE, {}, ELSEWHERE),
        (HERE, {"Host": "127.0.0.1:8765", "Origin": "https://evil.example"}, NOT_OURS),
        (HERE, {"Host": "127.0.0.1:8765", "Origin": "null"}, NOT_OURS),
        (HERE, {"Host": "127.0.0.1:8765", "Origin": "http://127.0.0.1:8766"}, NOT_OURS),
        (ANYWHERE, {"Host": "my-machine:8765", "Origin": "http://my-machine:8765"}, ""),
        (ANYWHERE, {"Host": "my-machine:8765", "Origin": "http://evil.example"}, NOT_OURS),
    ],
)
def test_a_request_for_somebody_else_or_from_another_page_is_refused(entrance, headers, why):
    assert entrance.refuses(headers) == why


def test_each_server_has_a_key_of_its_own_and_only_that_opens():
    one, other = (Entrance.at("127.0.0.1", 8765) for _ in range(2))
    assert one.opens(one.key)
    for wrong in (other.key, "", one.key[:-1], f"{one.key}x", "é"):
        assert not one.opens(wrong)
    assert len(one.key) >= 32


def test_the_link_has_the_key_only_where_nobody_else_can_use_it():
    assert next(iter(HERE.lines())).endswith("http://127.0.0.1:8765/?key=the-key")
    told = list(ANYWHERE.lines())
    assert told[1] == "the-key"
    assert not any("key=" in line for line in told)
    assert "not encrypted" in told[-1]
    assert Entrance("::1", 8765, "k").link == "http://[::1]:8765/?key=k"
