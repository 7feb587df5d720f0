"""Messages that are being written, and the moment at which one was sent."""

from datetime import date

from sqlmodel import col, select

from store.pipeline.followups import done
from store.pipeline.lists import check_draft_kind
from store.pipeline.use_case import Step, UseCases, found, owner_of
from store.rules import fields
from store.rules.dates import short_day
from store.rules.refusal import Refused
from store.rules.stages import Outcome
from store.rules.text import clean
from store.tables import Draft, FollowUp, Message
from store.written import Written

_MISSING = "This draft does not exist any more."

_MESSAGES = {
    "thank_you": "thank_you",
    "inquiry_after_days": "nudge",
    "inquiry_after_date": "nudge",
    "application_inquiry": "nudge",
    "together": "nudge",
    "offer_thanks": "acknowledgement",
    "confirm_interview": "answer",
    "availability": "answer",
}
"""What a draft of this kind is as a message, where it was not written for a follow-up."""


class Drafts(UseCases):
    """Use cases about drafts."""

    def draft(
        self, application_id: int, kind: str, text: str, *, follow_up_id: int | None = None
    ) -> Written:
        """Keep a draft, in place of the one for the same follow-up, or of the same kind.

        With an empty text the draft goes.
        """
        check_draft_kind(kind)
        body = clean(text, fields.DRAFT)
        with self._step("draft", application_id) as step:
            row = self._present(step, kind, follow_up_id)
            label = kind.replace("_", " ")
            step.tell(f"draft: {label}" if body else f"draft thrown away: {label}")
            if row is None and body:
                row = step.entry.add(
                    Draft(
                        application_id=step.id,
                        follow_up_id=follow_up_id,
                        kind=kind,
                        text=body,
                        updated_on=self.today,
                    )
                )
                step.made = row.id
            elif row is not None and body:
                step.entry.put(row, kind=kind, text=body, updated_on=self.today)
                step.made = row.id
            elif row is not None:
                step.entry.remove(row)
        return step.result()

    def sent(self, draft_id: int, *, on: date | None = None) -> Written:
        """The draft was sent on the day `on`: its follow-up is done, and the text is in the log.

        The draft goes, unless its text is too long for the log, which then has its beginning.
        """
        with self._step("sent", owner_of(Draft, draft_id, _MISSING), on=on) as step:
            row = found(step.entry.session, Draft, draft_id, _MISSING)
            day = self._day(on, since=step.row.applied_on)
            text = row.text
            if len(text) > fields.MESSAGE.limit:
                text = f"{text[: fields.MESSAGE.limit - 1]}…"
            follow_up = None
            if row.follow_up_id is not None:
                follow_up = step.entry.session.get(FollowUp, row.follow_up_id)
            if follow_up is not None and follow_up.state == "open":
                done(step, follow_up, day, text)
            else:
                step.tell(f"sent on {short_day(day, self.today)}: {row.kind.replace('_', ' ')}")
                step.entry.add(
                    Message(
                        application_id=step.id,
                        follow_up_id=row.follow_up_id,
                        direction="out",
                        kind=_MESSAGES.get(row.kind, "other"),
                        sent_on=day,
                        text=text,
                    )
                )
                if row.kind == "feedback" and step.row.outcome == Outcome.REJECTED:
                    step.entry.put(step.row, thanked_rejection_on=day, feedback_asked=True)
            if text == row.text:
                step.entry.remove(row)
            else:
                step.entry.put(row, follow_up_id=None)
        return step.result()

    def _present(self, step: Step, kind: str, follow_up_id: int | None) -> Draft | None:
        """The draft that a new one replaces; Refused for a follow-up of another application."""
        query = select(Draft).where(Draft.application_id == step.id)
        if follow_up_id is None:
            query = query.where(col(Draft.follow_up_id).is_(None), Draft.kind == kind)
        else:
            follow_up = found(
                step.entry.session,
                FollowUp,
                follow_up_id,
                f"There is no follow-up {follow_up_id}.",
            )
            if follow_up.application_id != step.id:
                raise Refused("This follow-up belongs to another application.")
            query = query.where(Draft.follow_up_id == follow_up.id)
        return step.entry.session.exec(query.order_by(col(Draft.id).desc())).first()
