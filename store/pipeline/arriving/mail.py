"""Messages that came in: kept until they are confirmed, then done to the applications they mean."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import col, select

from store.advice.facts import aware
from store.model.board import Written
from store.pipeline.applications import begin, read_new
from store.pipeline.changes.journal import record
from store.pipeline.changes.use_case import Several, Step, distinct, find, must_be_open, summary_of
from store.pipeline.contacts import make_main
from store.pipeline.interviews import Interviews, clean_interview
from store.pipeline.replies import hear
from store.pipeline.stages import close, last_known, last_words, put_in_stage, redate
from store.rules import fields
from store.rules.dates import short_day
from store.rules.employers import folded_employer, folded_role
from store.rules.mail.message import Details, Event, MailKind, event_of, event_text
from store.rules.mail.senders import is_person, read_sender
from store.rules.naming import refuse_any
from store.rules.people import match
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused, address_trouble, clean, printable, shorten
from store.tables import Contact, Interview, Mail
from store.zones import zone_name

if TYPE_CHECKING:
    from store.exchange.mail.boxes import Received
    from store.rules.mail.times_named import OfferedTime

_USUAL_MINUTES = 60
_SAME_TIME = 15 * 60
"""Seconds between two times that are still one interview (product)."""


class Confirmed(NamedTuple):
    """A message, and what the user says that it means.

    `card_id` is the application; None begins one, for `role` at `company`. `text` is what is
    logged of it, without quotations and signature.
    """

    mail_id: int
    kind: MailKind
    card_id: int | None
    by: date | None = None
    text: str = ""
    company: str = ""
    role: str = ""
    slot: "OfferedTime | None" = None
    """The time that the text names, for an interview that no calendar entry tells of."""
    details: Details = Details()
    """What the text says beside it; unless that confirms the time, it is to be answered."""


class Correspondence(Interviews):
    """Use cases about mail."""

    def receive_mail(self, messages: "Iterable[Received]") -> int:
        """Keep those messages that never came before until they are confirmed; no step of undo.

        Returns how many are new.
        """
        new = 0
        with self.database.writing() as session:
            there = set(session.exec(select(Mail.key)))
            for one in messages:
                if one.key in there:
                    continue
                there.add(one.key)
                letter = one.read.letter
                session.add(
                    Mail(
                        key=one.key,
                        came_on=self.today,
                        sent_at=one.read.sent_at,
                        name=letter.name[: fields.MAIL["name"].limit],
                        address=letter.address[: fields.MAIL["address"].limit],
                        subject=letter.subject[: fields.MAIL["subject"].limit],
                        text=letter.text[: fields.MAIL["text"].limit],
                        event=event_text(letter.event),
                        bulk=letter.bulk,
                        automatic=letter.automatic,
                    )
                )
                new += 1
        return new

    def confirm_mail(self, chosen: Sequence[Confirmed]) -> Written:
        """Do what each message means, in the order in which they were sent, or none of it.

        The day of each is that on which it was sent. Raises Refused, naming the message, where
        one cannot be done, and for one that means nothing; NotFound for one that there is not.
        """
        if not chosen:
            raise Refused("No message was named.")
        if any(one.kind is MailKind.NOTHING for one in chosen):
            raise Refused("A message that means nothing is dropped, not confirmed.")
        with self._several("mail") as several:
            rows = {one.mail_id: self._find_waiting(several, one.mail_id) for one in chosen}
            refusals: list[tuple[str, Refused]] = []
            told: list[str] = []
            begun: dict[tuple[str, str], int] = {}
            order = sorted(chosen, key=lambda one: (rows[one.mail_id].sent_at, one.mail_id))
            for one in order:
                row = rows[one.mail_id]
                name = folded_employer(one.company), folded_role(one.role)
                if one.card_id is None and name in begun:
                    # An earlier message has begun this application already.
                    one = one._replace(card_id=begun[name])
                try:
                    step = self._take(several, one, row)
                except Refused as refused:
                    refusals.append((f"{one.mail_id} ({shorten(row.subject, 60)})", refused))
                    continue
                if one.card_id is None:
                    begun[name] = step.id
                told.append(f"{step.row.company} ({one.kind.label})")
                _settle_row(several, row, "taken")
            refuse_any(refusals, len(chosen), "Message ")
            if len(told) > 1:
                several.entry.change.summary = summary_of("mail", told)
                several.named = True
        return several.result()

    def drop_mail(self, mail_ids: Sequence[int]) -> Written:
        """These messages mean nothing: they are never proposed again."""
        with record(self.database, "mail", "mail dropped") as entry:
            several = Several(entry)
            rows = [self._find_waiting(several, one) for one in distinct(mail_ids, "message")]
            entry.change.summary = summary_of("mail dropped", [row.subject for row in rows])
            for row in rows:
                _settle_row(several, row, "dropped")
            return self._answer(entry.session, entry.change)

    def _find_waiting(self, several: Several, mail_id: int) -> Mail:
        row = find(several.entry.session, Mail, mail_id, "There is no such message.")
        if row.state != "waiting":
            raise Refused(f"Message {mail_id} was already {_SETTLED[row.state]}.")
        return row

    def _take(self, several: Several, one: Confirmed, row: Mail) -> Step:
        """Do what one message means."""
        sent_at = aware(row.sent_at)
        assert sent_at is not None
        day = min(sent_at.astimezone(self.database.clock.zone).date(), self.today)
        text = clean(shorten(printable(one.text).strip(), fields.MESSAGE.limit), fields.MESSAGE)
        event = event_of(row.event)
        if one.card_id is None:
            step = self._begin(several, one, row, day)
        else:
            step = several.step(one.card_id)
        day = max(day, step.row.applied_on or day)
        if one.card_id is not None:
            _meet(step, one, row)
        _ACTS[one.kind](self, step, one, day, text, event)
        return step

    def _begin(self, several: Several, one: Confirmed, row: Mail, day: date) -> Step:
        details: dict[str, str] = {}
        sender = read_sender(row.name, row.address)
        nobody = sender.is_post or sender.is_board or one.kind is MailKind.ACKNOWLEDGEMENT
        if not nobody and not address_trouble(row.address):
            # Somebody who wrote is somebody to write to.
            details = {"contact_name": row.name, "contact_email": row.address}
        new = read_new(
            one.company, one.role, day=day, stage=Stage.APPLIED, note="", details=details
        )
        return begin(several, new)

    def _hear(self, step: Step, one: Confirmed, day: date, text: str, _: Event | None) -> None:
        by = one.by if one.by is not None and one.by >= day else None
        automatic = one.kind is MailKind.ACKNOWLEDGEMENT
        hear(step, day, by, "", text, self.database.clock.zone, automatic)

    def _take_invitation(
        self, step: Step, one: Confirmed, day: date, text: str, event: Event | None
    ) -> None:
        """An invitation; where one waits for its time, or an interview is ahead, a word on that."""
        must_be_open(step)
        ahead = [
            row
            for row in self._interviews(step)
            if row.status == "invited" or (row.status == "confirmed" and self._is_ahead(row))
        ]
        if ahead:
            self._hear(step, one._replace(kind=MailKind.REPLY), day, text, event)
            return
        at = self._stage_for(step, None, None, day)
        said = one.details
        details = clean_interview(
            minutes=said.minutes or _USUAL_MINUTES,
            place=said.place,
            people=", ".join(said.people),
            formats=said.formats,
            zone="",
        )
        details |= self._round(step, at, None, final=False)
        details.pop("zone")
        self._invite(step, at, day, details, text=text)

    def _take_rejection(
        self, step: Step, _: Confirmed, day: date, text: str, __: Event | None
    ) -> None:
        step.log("rejection", day, direction="in", text=text)
        step.tell("their rejection is logged")
        if step.row.outcome is None:
            close(step, Outcome.REJECTED, max(day, last_known(step)), last_words())

    def _take_offer(
        self, step: Step, one: Confirmed, day: date, text: str, _: Event | None
    ) -> None:
        must_be_open(step)
        step.log("offer", day, direction="in", text=text)
        told = f"offer of {short_day(day, self.today)} noted"
        if step.row.stage != Stage.OFFER:
            told = f"they made an offer {short_day(day, self.today)}, moved to offer"
            put_in_stage(step, Stage.OFFER, max(day, last_known(step)))
        elif step.row.undated and day >= last_known(step):
            redate(step, day)
        offered_on = step.row.offered_on or day
        if one.by is not None and one.by >= offered_on:
            step.entry.put(
                step.row,
                offer_deadline_on=one.by,
                offer_deadline_at=None,
                offer_deadline_set_on=self.today,
            )
            told = f"{told}, answer due {short_day(one.by, self.today)}"
        step.tell(told)

    def _take_entry(
        self, step: Step, one: Confirmed, day: date, text: str, event: Event | None
    ) -> None:
        """A calendar entry tells an interview, or another time of one."""
        must_be_open(step)
        formats: Sequence[str] = ()
        if event is None and one.slot is not None:
            event, formats = self._event_of(one.slot, one.details), one.details.formats
        if event is None or event.starts_at is None:
            self._hear(step, one._replace(kind=MailKind.REPLY), day, text, event)
            return
        details = clean_interview(
            minutes=event.minutes,
            place=shorten(event.place, fields.PLACE.limit),
            people=shorten(", ".join(event.people), fields.PEOPLE.limit),
            formats=formats,
            zone=event.zone,
        )
        asked_at = self._moment_of(one.mail_id, step) if event.asks else None
        row = self._interview_of(step, event)
        if row is None:
            at = self._stage_for(step, None, event.starts_at, day)
            details |= self._round(step, at, None, final=False)
            row = self._agree(step, at, event.starts_at, details, day, asked_at)
        else:
            # What the entry leaves open stays as the user has it.
            known = {name: value for name, value in details.items() if value not in ("", [], "[]")}
            if row.answered_on is not None or row.invited_on is None:
                asked_at = None  # it was agreed before
            self._reschedule(step, row, event.starts_at, known, day, asked_at)
        if event.uid:
            step.entry.put(row, calendar_uid=event.uid, calendar_sequence=event.sequence)
        step.log("invitation", day, direction="in", interview_id=row.id, text=text)

    def _moment_of(self, mail_id: int, step: Step) -> datetime:
        row = step.entry.session.get(Mail, mail_id)
        sent_at = aware(row.sent_at) if row is not None else None
        return min(sent_at or step.entry.now, step.entry.now)

    def _event_of(self, slot: "OfferedTime", details: Details) -> Event:
        """What a calendar entry would tell of a time that stands in a text."""
        here = self.database.clock.zone
        return Event(
            uid="",
            sequence=0,
            cancelled=False,
            starts_at=slot.moment(here),
            minutes=slot.minutes or details.minutes or _USUAL_MINUTES,
            zone=slot.zone or zone_name(here),
            title="",
            place=details.place,
            people=details.people,
            asks=not details.confirmed,
        )

    def _take_cancellation(
        self, step: Step, one: Confirmed, day: date, text: str, event: Event | None
    ) -> None:
        row = self._interview_of(step, event) if event is not None else None
        if row is None and event is None:
            ahead = [one for one in self._interviews(step) if self._is_ahead(one)]
            row = ahead[0] if len(ahead) == 1 else None
        if row is None:
            raise Refused("No interview here is the one that they call off.")
        if row.status != "cancelled":
            step.entry.put(row, status="cancelled", called_off_by="them", called_off_on=day)
        if event is not None:
            step.entry.put(row, calendar_sequence=max(event.sequence, row.calendar_sequence))
        self._hear(step, one._replace(kind=MailKind.REPLY), day, text, event)

    def _interviews(self, step: Step) -> list[Interview]:
        query = select(Interview).where(Interview.application_id == step.id)
        return list(step.entry.session.exec(query.order_by(col(Interview.id))))

    def _is_ahead(self, row: Interview) -> bool:
        starts_at = aware(row.starts_at)
        is_off = row.status == "cancelled"
        return not is_off and starts_at is not None and starts_at > self.database.clock.now()

    def _interview_of(self, step: Step, event: Event) -> Interview | None:
        """The interview that the entry told of before, or that was noted at its time by hand."""
        rows = self._interviews(step)
        for row in rows:
            if event.uid and row.calendar_uid == event.uid:
                return row
        if event.starts_at is None:
            return None
        for row in rows:
            starts_at = aware(row.starts_at)
            told = bool(row.calendar_uid) and bool(event.uid)
            if told or row.status == "cancelled" or starts_at is None:
                continue
            if abs((starts_at - event.starts_at).total_seconds()) <= _SAME_TIME:
                return row
        return None


_ACTS = {
    MailKind.ACKNOWLEDGEMENT: Correspondence._hear,
    MailKind.REPLY: Correspondence._hear,
    MailKind.DATE: Correspondence._hear,
    MailKind.INVITATION: Correspondence._take_invitation,
    MailKind.REJECTION: Correspondence._take_rejection,
    MailKind.OFFER: Correspondence._take_offer,
    MailKind.INTERVIEW: Correspondence._take_entry,
    MailKind.CANCELLED: Correspondence._take_cancellation,
}
"""What each kind of message does."""


_SETTLED = {"taken": "recorded", "dropped": "dropped"}
"""What became of a message that does not wait any more."""
_NOBODY = (MailKind.ACKNOWLEDGEMENT, MailKind.CANCELLED, MailKind.NOTHING)
"""Messages that make nobody known to whom one could write."""


def _meet(step: Step, one: Confirmed, row: Mail) -> None:
    """Whoever wrote is somebody to write to: a contact, and the main one where there is none."""
    sender = read_sender(row.name, row.address)
    if one.kind in _NOBODY or row.automatic or row.bulk or not is_person(row.name, sender):
        return
    if address_trouble(row.address):
        return
    query = select(Contact).where(Contact.application_id == step.id).order_by(col(Contact.id))
    known = list(step.entry.session.exec(query))
    if any(contact.email.casefold() == row.address.casefold() for contact in known):
        return
    name = shorten(" ".join(row.name.split()), fields.CONTACT["name"].limit)
    place = match(name, [contact.name for contact in known])
    if place is None:
        contact = step.add(Contact, name=name, email=row.address, relation="other")
    else:
        contact = known[place]
        if contact.email:
            return
        step.entry.put(contact, email=row.address)
    if not any(other.main for other in known):
        make_main(step, contact)
    step.warnings.append(f"{name}, who wrote, is now a contact at {step.row.company}.")


def _settle_row(several: Several, row: Mail, state: str) -> None:
    """The message is dealt with; what it said goes, its key stays."""
    several.entry.put(row, state=state, name="", address="", subject="", text="", event="")
