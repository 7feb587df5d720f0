"""The morning as the screen shows it: the page of today, read line by line.

The screen has countdowns of its own and gives the reason below the list, so whose it is, what to
do, and the order are compared.
"""

import re
from collections.abc import Iterator, Sequence

from tests.hunts.hunt_hands import Hands
from tests.hunts.hunt_morning import Roles, page, whose
from tests.tui.conftest import Play
from tui.app import RoundsApp
from tui.board.days import INTERVIEW
from tui.widgets.rows import Row, Rows, Section

SIZE = (160, 60)
_COUNTED = re.compile(r" \(\d+ applications\)$")
_APPOINTMENT = re.compile(r"    (?:tomorrow )?\d\d:\d\d (.*) · .*")
_FIRST, _NEXT, _LAST, _CLOSED = "╭ ", "│ ", "╰ ", "▸ "


async def screen_morning(hands: Hands) -> list[str]:
    """What `t` shows now: whose and what, under Interviews, with those of tomorrow, and what is
    late or for today."""
    known = hands.roles
    app = RoundsApp(hands.path, hands.clock)
    async with app.run_test(size=SIZE) as pilot:
        play = Play(app, pilot)
        await play.settle()
        await play.press("t")
        lines = list(play.screen.query_one(Rows)._lines)
    parts: dict[str, list[Row]] = {}
    for line in lines:
        if isinstance(line, Section):
            rows = parts.setdefault(line.title, [])
        elif line is not None:
            rows.append(line)
    return page(
        {
            "Interviews": [
                f"    {whose(_text(row, 2), [_text(row, 3)], known)}"
                for row in (*parts.get("Interviews", ()), *parts.get("Tomorrow", ()))
                if row.mark == INTERVIEW
            ],
            "Today": list(_today([*parts.get("Late", ()), *parts.get("Today", ())], known)),
        }
    )


def as_on_screen(expected: Sequence[str]) -> list[str]:
    """The lines of a written morning, as far as the screen is compared with them."""
    lines = []
    for line in expected:
        if appointment := _APPOINTMENT.fullmatch(line):
            lines.append(f"    {appointment[1]}")
        elif not line.startswith("        then: "):
            parts = line.split(" · ")
            whole = line.startswith("    ") and parts[0].strip()[:1].isdigit()
            lines.append(parts[0] if whole else " · ".join(parts[:2]))
    return lines


def _today(rows: Sequence[Row], known: Roles) -> Iterator[str]:
    """Each line, those of one message as one."""
    roles: list[str] = []
    for row in rows:
        what, company = _text(row, 1), _text(row, 2)
        if what.startswith(_CLOSED):
            what = _COUNTED.sub("", what.removeprefix(_CLOSED))
            yield f"    {_who(company, _text(row, 3).split(', '), known)}{what}"
            continue
        bracket = company[:2] if company[:2] in (_FIRST, _NEXT, _LAST) else ""
        roles = [*roles, _text(row, 3)] if bracket and bracket != _FIRST else [_text(row, 3)]
        if bracket in ("", _LAST):
            yield f"    {_who(company.removeprefix(bracket), roles, known)}{what}"


def _who(company: str, roles: Sequence[str], known: Roles) -> str:
    return f"{whose(company, roles, known)} · " if company else ""


def _text(row: Row, cell: int) -> str:
    return row.cells[cell].text
