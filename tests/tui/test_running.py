"""What the screen asks of the terminal that it is started in."""

from tests.tables import each_row
from tui.running import takes_mouse


@each_row(
    ("environ", "mouse"),
    [({}, True), ({"TMUX": "/tmp/t"}, True), ({"STY": "1.pts-0"}, False), ({"STY": ""}, True)],
)
def test_in_gnu_screen_the_escape_key_counts_more_than_the_mouse(environ, mouse):
    assert takes_mouse(environ) is mouse
