"""What is noted around an interview, and carried over into the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.model.dossier import Card
from tui.screens.conversation import Conversation

if TYPE_CHECKING:
    from tui.screens.conversation import Act
    from tui.screens.point_line import PointTyped


class PrepareActions(Conversation):
    """The actions around points."""

    def action_point(self) -> None:
        """Note one line with a kind."""
        if card := self._open_subject():
            self._note_point(card, _kinds(card, self.rounds.kind_used))

    def action_prepare(self) -> None:
        """What the last interview brings into the next."""
        if card := self._open_subject():
            from tui.screens.prepare import PrepareScreen

            self.app.push_screen(PrepareScreen(card.id))

    def _note_point(self, card: Card, kinds: Sequence[str], line: str = "") -> None:
        """Ask for a line of one of `kinds`, the first of them unless told, and note it.

        It begins with `line`, such as "weak: ".
        """
        from tui.screens.point_line import PointLine

        today = self.rounds.now().date()

        def act(typed: PointTyped) -> Act:
            point = typed.point
            self.rounds.kind_used = point.kind
            return lambda p: p.point(
                card.id,
                point.kind,
                point.text,
                detail=point.detail,
                felt=point.felt,
                due_on=point.due_on,
                link=point.link,
            )

        self._converse(
            lambda typed, error: PointLine(
                f"Note on {card.company}", today, kinds, line=line, typed=typed, error=error
            ),
            act,
            told=None,
        )


def _kinds(card: Card, used: str) -> tuple[str, ...]:
    """The kinds of points in the order in which they are offered for this card."""
    from store.rules.typed.point import kinds_for, moment

    meeting = card.interview
    now = moment(
        card.stage,
        over=card.outcome is not None,
        ahead=meeting is not None,
        again=meeting is not None and meeting.round > 1,
        met=card.met,
    )
    return kinds_for(now, used)
