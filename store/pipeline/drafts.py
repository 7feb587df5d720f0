"""Messages that are being written, and the moment at which one was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from store.model.board import Written
from store.pipeline.changes.use_case import Several, Step, UseCases, distinct, find, summary_of
from store.pipeline.followups import complete
from store.rules import fields
from store.rules.dates import short_day
from store.rules.drafts.kinds import check_kind
from store.rules.followups.actions import action_of
from store.rules.stages import Outcome
from store.rules.text import Refused, clean
from store.tables import Draft, FollowUp

_MESSAGES = {
    "thank_you": "thank_you",
    "inquiry_after_days": "nudge",
    "inquiry_after_date": "nudge",
    "application_inquiry": "nudge",
    "inquiry_after_check": "nudge",
    "together": "nudge",
    "inquiry_after_task": "nudge",
    "ask_slot": "nudge",
    "ask_time_of_interview": "nudge",
    "ask_letter": "nudge",
    "ask_counter": "nudge",
    "offer_thanks": "acknowledgement",
    "confirm_interview": "answer",
    "availability": "answer",
}
"""What a draft of this kind is as a message, where it was not written for a follow-up."""


@dataclass(frozen=True)
class _SentMessage:
    """A message that was sent."""

    kind: str
    text: str

    @property
    def logged(self) -> str:
        """As much of the text as the log holds."""
        if len(self.text) <= fields.MESSAGE.limit:
            return self.text
        return f"{self.text[: fields.MESSAGE.limit - 1]}…"


class Drafts(UseCases):
    """Use cases about drafts."""

    def draft(
        self, application_id: int, kind: str, text: str, *, follow_up_id: int | None = None
    ) -> Written:
        """Keep a draft, in place of the one for the same follow-up, or of the same kind.

        With an empty text the draft goes.
        """
        check_kind(kind)
        body = clean(text, fields.DRAFT)
        with self._step("draft", application_id) as step:
            if follow_up_id is not None:
                _check_owner(step, follow_up_id)
            row = self._present(step, kind, follow_up_id)
            label = kind.replace("_", " ")
            step.tell(f"draft: {label}" if body else f"draft discarded:  {label}")
            if row is None and body:
                row = step.add(
                    Draft, follow_up_id=follow_up_id, kind=kind, text=body, updated_on=self.today
                )
                step.made = row.id
            elif row is not None and body:
                step.entry.put(row, kind=kind, text=body, updated_on=self.today)
                step.made = row.id
            elif row is not None:
                step.entry.remove(row)
        return step.result()

    def log_sent(self, draft_id: int, *, on: date | None = None) -> Written:
        """The draft was sent on the day `on`: its follow-up is done, and the text is in the log.

        The draft goes, unless its text is too long for the log, which then has its beginning.
        """
        with self._several("sent", on=on) as several:
            row = find(several.entry.session, Draft, draft_id)
            step = several.step(row.application_id)
            mail = _SentMessage(row.kind, row.text)
            about = row.follow_up_id
            if about is not None and _is_open(step, about):
                self._answer_all(several, mail, [about], on)
            else:
                self._write_down(step, mail, on, about)
            _let_go(step, mail, [row])
        return several.result()

    def log_sent_text(
        self,
        application_id: int,
        kind: str,
        text: str,
        *,
        follow_up_ids: Sequence[int] = (),
        on: date | None = None,
    ) -> Written:
        """A message was sent on the day `on`, whether or not there was a draft of it.

        All of the follow-ups are done with it, those of other applications too: the message is in
        the log of each, and one step of undo takes everything back. Drafts for them go, as with
        `log_sent`. Refused when one of them is not open any more.
        """
        check_kind(kind)
        mail = _SentMessage(kind, clean(text, fields.DRAFT))
        with self._several("sent", on=on) as several:
            step = several.step(application_id)
            if follow_up_ids:
                self._answer_all(several, mail, distinct(follow_up_ids), on)
                drafts = [self._present(step, kind, one) for one in follow_up_ids]
            else:
                self._write_down(step, mail, on)
                drafts = [self._present(step, kind, None)]
            _let_go(step, mail, [row for row in drafts if row is not None])
        return several.result()

    def _answer_all(
        self, several: Several, mail: _SentMessage, follow_up_ids: Sequence[int], on: date | None
    ) -> None:
        """The follow-ups are done with this one message."""
        labels: dict[str, None] = {}
        for follow_up_id in follow_up_ids:
            step, row = several.follow_up(follow_up_id)
            day = self._day(on, since=step.row.applied_on)
            complete(step, row, day, mail.logged)
            if not action_of(row.action).sends:
                _log(step, mail, day, follow_up_id)
            labels[row.label] = None
        if len(follow_up_ids) > 1:
            several.entry.change.summary = summary_of("one message for all", labels)

    def _write_down(
        self, step: Step, mail: _SentMessage, on: date | None, follow_up_id: int | None = None
    ) -> None:
        """A message that does no follow-up, and what it means for the application."""
        day = self._day(on, since=step.row.applied_on)
        step.tell(f"sent on {short_day(day, self.today)}: {mail.kind.replace('_', ' ')}")
        _log(step, mail, day, follow_up_id)
        if mail.kind == "feedback" and step.row.outcome == Outcome.REJECTED:
            step.entry.put(step.row, thanked_rejection_on=day, feedback_asked=True)

    def _present(self, step: Step, kind: str, follow_up_id: int | None) -> Draft | None:
        """The draft for a follow-up of whichever application, or the one of this kind."""
        query = select(Draft)
        if follow_up_id is None:
            query = query.where(
                Draft.application_id == step.id,
                col(Draft.follow_up_id).is_(None),
                Draft.kind == kind,
            )
        else:
            query = query.where(Draft.follow_up_id == follow_up_id)
        return step.entry.session.exec(query.order_by(col(Draft.id).desc())).first()


def _is_open(step: Step, follow_up_id: int) -> bool:
    row = step.entry.session.get(FollowUp, follow_up_id)
    return row is not None and row.state == "open"


def _log(step: Step, mail: _SentMessage, day: date, follow_up_id: int | None) -> None:
    kind = _MESSAGES.get(mail.kind, "other")
    step.log(kind, day, follow_up_id=follow_up_id, text=mail.logged)


def _check_owner(step: Step, follow_up_id: int) -> None:
    """Refused for a follow-up of another application."""
    follow_up = find(step.entry.session, FollowUp, follow_up_id)
    if follow_up.application_id != step.id:
        raise Refused("This follow-up belongs to another application.")


def _let_go(step: Step, mail: _SentMessage, drafts: Sequence[Draft]) -> None:
    """The drafts go, but for a text that the log does not hold in full."""
    kept = None if mail.logged == mail.text else step
    for row in drafts:
        if kept is not None:
            step.entry.put(row, text=mail.text, follow_up_id=None)
            kept = None
        else:
            step.entry.remove(row)
    if kept is not None:
        step.add(Draft, kind=mail.kind, text=mail.text, updated_on=step.entry.today)
