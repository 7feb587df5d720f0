"""The hands that live the story on the screen: every verb is keys, as a person would press them."""

from tests.tui.conftest import Play
from tui.widgets.rows import Rows

_ROWS_AT_MOST = 60


class Keys:
    """Lives the story with the keyboard."""

    def __init__(self, play: Play) -> None:
        self.play = play

    async def apply(self, company: str, role: str) -> None:
        await self.play.press("a")
        await self.play.type(company)
        await self.play.press("tab")
        await self.play.type(role)
        await self.play.press("ctrl+s")

    async def acknowledged(self, company: str) -> None:
        await self._line(company, "r", "auto")

    async def invited(self, company: str) -> None:
        await self._line(company, "i", "invited")

    async def interview(self, company: str, line: str, stage: str = "first") -> None:
        if stage == "second":
            await self.move(company, stage)
        await self._line(company, "i", line)

    async def debrief(self, company: str, by: str, concern: str = "", *landed: str) -> None:
        await self._go(company)
        await self.play.press("b")
        for name, text in (
            ("topic", "\n".join(topic for topic in landed if topic)),
            ("said", concern),
            ("decide_by", by),
        ):
            self.play.screen.query_one(f"#{name}").focus()
            await self.play.settle()
            await self.play.type(text)
        await self.play.press("ctrl+s")

    async def done(self, company: str, label: str) -> None:
        await self.play.press("t", "g")
        for _ in range(_ROWS_AT_MOST):
            due = self.play.screen.subject_follow_up()  # type: ignore[attr-defined]
            if due is not None and (due.company, due.label) == (company, label):
                break
            await self.play.press("j")
        else:
            raise AssertionError(f"Today does not list “{label}” of {company}.")
        await self.play.press("d", "escape")

    async def move(self, company: str, stage: str) -> None:
        await self._go(company)
        await self.play.press("L")
        assert self.play.app.board_screen.subject().stage == stage  # type: ignore[union-attr]

    async def carried(self, company: str, concern: str, topic: str) -> None:
        await self._go(company)
        panel = " ".join(self.play.painted().split())
        assert concern in panel
        await self.play.press("v")
        page = self.play.painted()
        for words in (concern, topic, "Ana Ruiz", "Bo Lind"):
            assert words in page
        await self.play.press("escape")

    async def verbal(self, company: str) -> None:
        await self._offer(company, "fact:received", "verbal")

    async def deadline(self, company: str, when: str) -> None:
        await self._line(company, "i", when)

    async def extended(self, company: str, when: str) -> None:
        await self._offer(company, "fact:time", "asked today")
        await self._offer(company, "fact:time", f"until {when}")

    async def accept(self, company: str) -> None:
        await self._go(company)
        await self.play.press("O", "A", "enter", "escape")

    async def withdraw(self, company: str) -> None:
        await self._go(company)
        await self.play.press("x", "2", "enter")

    async def _go(self, company: str) -> None:
        """The cursor onto the card of `company`, by the filter."""
        await self.play.press("escape", "slash")
        await self.play.type(company)
        await self.play.press("enter")
        assert self.play.here == company
        await self.play.press("escape")
        assert self.play.here == company

    async def _line(self, company: str, key: str, text: str) -> None:
        await self._go(company)
        await self.play.press(key)
        await self.play.type(text)
        await self.play.press("enter")

    async def _offer(self, company: str, ident: str, text: str) -> None:
        """One line of the offer's page, changed."""
        await self._go(company)
        await self.play.press("O")
        page = self.play.screen
        for _ in range(_ROWS_AT_MOST):
            line = page.line  # type: ignore[attr-defined]
            if line is not None and line.ident == ident:
                break
            page.query_one(Rows).move(1)
            await self.play.settle()
        await self.play.press("enter")
        await self.play.type(text)
        await self.play.press("enter", "escape")
