"""The people of an application: contacts, and which of them are met in which interview."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from store.errors import NotFound
from store.model.board import Written
from store.pipeline.changes.use_case import Step, UseCases, find
from store.rules import fields
from store.rules.people import check_relation, in_a_line, match, same_name
from store.rules.text import Refused, clean, quoted
from store.tables import Contact, Interview, Interviewer


class Contacts(UseCases):
    """Use cases about people."""

    def contact(
        self, application_id: int, name: str, *, main: bool = False, **details: str
    ) -> Written:
        """A person of this application; `main` for the one to write to.

        `details` are the other fields of `store.rules.fields.CONTACT`, and `relation`. Refused
        when there is one of that name. An address alone will do for a name.
        """
        columns = _clean({"name": name, **details})
        with self._step("contact", application_id) as step:
            _refuse_twice(step, columns["name"])
            row = step.add(Contact, **columns)
            if main:
                make_main(step, row)
            step.made = row.id
            step.tell(f"contact: {row.name or row.email}")
        return step.result()

    def main_contact(self, contact_id: int, main: bool = True) -> Written:
        """The person is the one to write to, instead of whoever was; or is not any more."""
        with self._step_of("contact", Contact, contact_id) as (step, row):
            if main:
                make_main(step, row)
                step.tell(f"main contact: {row.name or row.email}")
            else:
                step.entry.put(row, main=False)
                step.tell(f"not the main contact: {row.name or row.email}")
        return step.result()

    def edit_contact(
        self,
        contact_id: int,
        changes: Mapping[str, Any],
        *,
        mentions: Mapping[int, str] | None = None,
        main: bool | None = None,
    ) -> Written:
        """Change fields of a contact: those of `store.rules.fields.CONTACT`, and `relation`.

        The interviews with that person name them as they are called now. `mentions` says what to
        mention when thanking for an interview, by the id of the interviewer; `main` whether this
        is the one to write to, if that changes too.
        """
        columns = _clean(changes, whole=False)
        texts = {key: clean(point, fields.MENTION) for key, point in (mentions or {}).items()}
        with self._step_of("contact", Contact, contact_id) as (step, row):
            if not columns.get("name", row.name) and not columns.get("email", row.email):
                clean("", fields.CONTACT["name"])
            if "name" in columns:
                _refuse_twice(step, columns["name"], besides=row)
            step.entry.put(row, **columns)
            if main:
                make_main(step, row)
            elif main is not None:
                step.entry.put(row, main=False)
            step.tell(f"contact changed: {row.name or row.email}")
            for interview in _interviews_with(step.entry.session, row):
                name_people(step, interview)
            for interviewer_id, text in texts.items():
                there = find(step.entry.session, Interviewer, interviewer_id)
                if there.contact_id != row.id:
                    raise NotFound("This interviewer no longer exists.")
                step.entry.put(there, point=text)
        return step.result()

    def remove_contact(self, contact_id: int) -> Written:
        """Remove a contact, also from the interviews; what was sent to them stays in the log."""
        with self._step_of("contact", Contact, contact_id) as (step, row):
            step.tell(f"contact removed: {row.name or row.email}")
            interviews = _interviews_with(step.entry.session, row)
            there = select(Interviewer).where(Interviewer.contact_id == row.id)
            for interviewer in step.entry.session.exec(there).all():
                step.entry.remove(interviewer)
            step.entry.remove(row)
            for interview in interviews:
                name_people(step, interview)
        return step.result()

    def set_interviewers(self, interview_id: int, names: Sequence[str]) -> Written:
        """Who takes, or took, part in an interview; those who are not named do not."""
        called = [clean(name, fields.CONTACT["name"]) for name in names]
        with self._step_of("people", Interview, interview_id) as (step, interview):
            set_people(step, interview, called)
            step.tell(f"interview with {interview.people}" if called else "interviewers cleared")
        return step.result()

    def mention(self, interviewer_id: int, point: str) -> Written:
        """What to mention when thanking one interviewer."""
        text = clean(point, fields.MENTION)
        with self._step_of("people", Interviewer, interviewer_id) as (step, row):
            name = find(step.entry.session, Contact, row.contact_id).name
            step.entry.put(row, point=text)
            step.tell(f"to mention to {name}: {text}" if text else f"nothing to mention to {name}")
        return step.result()


def set_people(step: Step, interview: Interview, names: Sequence[str]) -> None:
    """Make those called `names` (cleaned) the interviewers of `interview`.

    A name that is known in the application means that contact, another one a new contact. Who stays
    keeps what is to be mentioned.
    """
    entry = step.entry
    contacts = _contacts(step)
    wanted: list[int] = []
    for name in names:
        place = match(name, [contact.name for contact in contacts])
        if place is None:
            contacts.append(step.add(Contact, name=name))
            place = len(contacts) - 1
        contact_id = contacts[place].id
        assert contact_id is not None
        if contact_id not in wanted:
            wanted.append(contact_id)
    query = select(Interviewer).where(Interviewer.interview_id == interview.id)
    for row in entry.session.exec(query).all():
        if row.contact_id in wanted:
            wanted.remove(row.contact_id)
        else:
            entry.remove(row)
    for contact_id in wanted:
        step.add(Interviewer, interview_id=interview.id or 0, contact_id=contact_id)
    name_people(step, interview)


def make_main(step: Step, contact: Contact) -> None:
    """`contact` is the one to write to, and nobody else of the application."""
    for other in _contacts(step):
        step.entry.put(other, main=other is contact)


def set_main(step: Step, said: Mapping[str, str]) -> None:
    """What the application's form says of the contact to write to: `contact_name`,
    `contact_email`, `contact_relation`, cleaned; what is left out stays as it is.

    A name that is known means that person. Another name than that of somebody who takes part in
    interviews means somebody else; of anybody else it is the name as it should be.
    """
    contacts, entry = _contacts(step), step.entry
    main = next((one for one in contacts if one.main), None)
    name = said.get("contact_name", main.name if main else "")
    email = said.get("contact_email", main.email if main else "")
    relation = said.get("contact_relation") or (main.relation if main else "other")
    if not name and not email:
        if main is not None:
            _forget(step, main)
        return
    named = match(name, [one.name for one in contacts]) if name else None
    meant = contacts[named] if named is not None else main
    if meant is None or (meant is main and name and _is_another(step, main, name)):
        relation = said.get("contact_relation") or "other"
        meant = step.add(Contact, name=name, email=email)
    elif meant is not main:
        email, name = said.get("contact_email") or meant.email, meant.name
        relation = said.get("contact_relation") or meant.relation
    entry.put(meant, name=name, email=email, relation=relation)
    make_main(step, meant)
    for interview in _interviews_with(entry.session, meant):
        name_people(step, interview)


def _is_another(step: Step, main: Contact, name: str) -> bool:
    """Whether `name` is somebody else than the contact who has been met or will be."""
    alike = match(name, [main.name]) is not None or match(main.name, [name]) is not None
    return not alike and bool(main.name) and bool(_interviews_with(step.entry.session, main))


def _forget(step: Step, main: Contact) -> None:
    """Nobody is to be written to any more; who takes part in interviews stays among the people."""
    more = (main.title, main.phone, main.link, main.common_ground, main.background)
    if any(more) or _interviews_with(step.entry.session, main):
        step.entry.put(main, main=False, email="")
    else:
        step.entry.remove(main)


def name_people(step: Step, interview: Interview) -> None:
    """Write the interviewers' names into the line of the interview."""
    query = (
        select(Contact.name)
        .join(Interviewer, col(Interviewer.contact_id) == col(Contact.id))
        .where(Interviewer.interview_id == interview.id)
        .order_by(col(Interviewer.id))
    )
    step.entry.put(interview, people=in_a_line(step.entry.session.exec(query).all()))


def _clean(changes: Mapping[str, Any], *, whole: bool = True) -> dict[str, Any]:
    """The columns of `contact` for `changes`; TypeError for one that there is not.

    A name is needed where no address is known; of one that changes the caller knows that.
    """
    columns: dict[str, Any] = {}
    address = clean(changes.get("email", ""), fields.CONTACT["email"])
    may_be_nameless = not whole or bool(address)
    for name, value in changes.items():
        if name == "name" and may_be_nameless:
            columns[name] = clean(value, fields.CONTACT[name]._replace(required=False))
        elif name in fields.CONTACT:
            columns[name] = clean(value, fields.CONTACT[name])
        elif name == "relation":
            columns[name] = check_relation(value)
        else:
            raise TypeError(f"a contact has no field {name!r}")
    return columns


def _contacts(step: Step) -> list[Contact]:
    query = select(Contact).where(Contact.application_id == step.id).order_by(col(Contact.id))
    return list(step.entry.session.exec(query))


def _refuse_twice(step: Step, name: str, besides: Contact | None = None) -> None:
    for other in _contacts(step):
        if name and other is not besides and same_name(other.name, name):
            raise Refused(f"{quoted(other.name)} is among the contacts already.")


def _interviews_with(session: Session, contact: Contact) -> list[Interview]:
    query = (
        select(Interview)
        .join(Interviewer, col(Interviewer.interview_id) == col(Interview.id))
        .where(Interviewer.contact_id == contact.id)
    )
    return list(session.exec(query))
