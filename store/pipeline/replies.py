"""What the employer wrote."""

from datetime import date

from store.pipeline.decision import written_by
from store.pipeline.use_case import UseCases
from store.rules import fields
from store.rules.dates import short_day
from store.rules.reading import worth_quoting
from store.rules.refusal import Refused
from store.rules.text import clean
from store.tables import Message
from store.written import Written


class Replies(UseCases):
    """Use cases about messages that came in."""

    def replied(
        self,
        application_id: int,
        *,
        on: date | None = None,
        decides_by: date | None = None,
        said: str = "",
        text: str = "",
        automatic: bool = False,
    ) -> Written:
        """The employer wrote on the day `on`; perhaps they named a day by when they decide.

        A human reply ends the pending inquiries and wakes a dormant card; a date that they named
        before the one that is known changes nothing about that. An automatic
        acknowledgement is logged and changes nothing.
        """
        expected_text = clean(said, fields.APPLICATION["expected_text"])
        body = clean(text, fields.MESSAGE) if text.strip() else ""
        with self._step("reply", application_id, on=on) as step:
            row = step.row
            day = self._day(on, since=row.applied_on)
            if decides_by is not None and decides_by < day:
                raise Refused("The day by which they decide lies before their message.")
            kind = "automatic" if automatic else "date_given" if decides_by else "reply"
            if decides_by is not None:
                words = expected_text if worth_quoting(expected_text, day) else ""
                written_by(step, decides_by, day, words, self.database.clock.zone)
            step.entry.add(
                Message(application_id=step.id, direction="in", kind=kind, sent_on=day, text=body)
            )
            step.tell(
                "automatic acknowledgement"
                if automatic
                else f"they replied: decision by {short_day(decides_by, self.today)}"
                if decides_by
                else "they replied"
            )
        return step.result()
