"""What the application tells its screens."""

from textual.message import Message


class Refresh(Message):
    """What is shown is out of date: read it again.

    Posted by the application to the active screen when another window or a command changed the
    board, after a change of our own that touched more than what is shown, and when the day turns.
    """
