"""The smallest possible Textual program: one text, which a key changes. What all is measured by."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Smallest(App[None]):
    """Shows "smallest 0" and counts the keys pressed."""

    pressed = 0

    def compose(self) -> ComposeResult:
        yield Static("smallest 0")

    def on_key(self, event: Key) -> None:
        if event.key != "ctrl+q":
            self.pressed += 1
            self.query_one(Static).update(f"smallest {self.pressed}")


if __name__ == "__main__":
    Smallest().run()
