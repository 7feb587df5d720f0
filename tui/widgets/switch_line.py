"""A switch on one line: “[x] words”."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Checkbox


class SwitchLine(Checkbox, inherit_bindings=False):
    """A checkbox that differs by its sign, not by colour alone; Space switches, Enter does not.

    Its label is shown literally.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "toggle_button", "Switch", show=False),
    ]
    DEFAULT_CSS = """
    SwitchLine {
        width: 1fr;
        height: 1;
        border: none;
        border-left: outer $foreground 15%;
        padding: 0 1;
        background: $foreground 5%;
        &:focus {
            border: none;
            border-left: outer $accent;
            background: $accent 12%;
            background-tint: transparent;
            & > .toggle--label { color: $foreground; background: transparent; text-style: none; }
        }
    }
    """

    def __init__(self, label: str, *, value: bool, id: str) -> None:
        super().__init__(Content(label), value, id=id)

    @property
    def _button(self) -> Content:
        return Content("[x]" if self.value else "[ ]")
