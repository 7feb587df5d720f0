"""What a terminal sends becomes events, or is left out: it never ends the reading."""

from textual.events import Key, Paste, Resize

from tests.tables import each_row
from tui.terminal import TerminalReader


def keys(reader: TerminalReader, text: str) -> list[str]:
    """The keys of `text`, other events by their kind."""
    return [
        each.key if isinstance(each, Key) else type(each).__name__ for each in reader.read(text)
    ]


@each_row(
    "sequence",
    [
        "\x1b[99999999999999;1u",
        "\x1b[1114112u",
        "\x1b[1:2;5u",
        "\x1b[97;1:3u",
        "\x1b[97;5;9999999999u",
        "\x1b[48;0;0;0;0t",
        "\x1b[48;99999;99999;1;1t",
        "\x1b[48;4000000000000000000000;1;1;1t",
        f"\x1b[<{'9' * 5000};1;1M",
    ],
)
def test_a_sequence_that_cannot_be_meant_is_left_out(sequence: str) -> None:
    reader = TerminalReader()
    assert keys(reader, "a")
    assert "Resize" not in keys(reader, sequence)
    assert keys(reader, "xyz")[-3:] == ["x", "y", "z"]


def test_a_mouse_on_a_terminal_without_a_size_is_left_out() -> None:
    reader = TerminalReader()
    assert keys(reader, "\x1b[48;40;140;0;0t") == ["Resize"]
    assert keys(reader, "\x1b[<0;10;10M") == []
    assert keys(reader, "j") == ["j"]


def test_what_can_be_meant_is_read() -> None:
    reader = TerminalReader()
    assert keys(reader, "j\x1b[A\x1b[97;5u\x1b[<0;10;10M") == ["j", "up", "ctrl+a", "MouseDown"]
    (paste,) = reader.read("\x1b[200~fri 10:00\x1b[201~")
    assert isinstance(paste, Paste)
    assert paste.text == "fri 10:00"
    (size,) = reader.read("\x1b[48;40;140;800;1400t")
    assert isinstance(size, Resize)
    assert size.size == (140, 40)
