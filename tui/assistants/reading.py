"""What an assistant may ask of the board: each answer is one document, and says that it is data."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from store.errors import NotFound
from store.model.board import Card, follow_up_number
from store.model.due_list import DuePart, due_list
from store.rules.stages import ORDER
from tui.assistants.marks import DATA, MAIL, POSTING, Shape, by_others, mark_application
from tui.cli.call import Call
from tui.cli.json_shapes import card_shape, dossier_shape, due_shape, due_shapes, instant
from tui.cli.words import Usage, read_query_option

if TYPE_CHECKING:
    from store.model.board import Due
    from store.read.glance import Glance, Stamps
    from tui.cli.parts.drafts import FoundDraft

CARDS_AT_MOST = 200
"""Applications in one answer (product): more of them crowd out what a model has to think about."""
_OF_A_CARD = (
    *("id", "company", "role", "stage", "outcome", "applied_on", "stage_since", "location"),
    *("salary", "tags", "quiet", "waiting", "next_interview", "expected_by", "deadline_on"),
    *("deadline_at", "starts_work_on", "closed_on", "follow_up"),
)
"""What a list tells of an application."""
_OF_A_FOLLOW_UP = ("number", "label", "due_on", "due_at", "days", "late", "reason")
NO_BOARD = "There is no board yet. The first application that is added makes it."


def read_board(call: Call) -> Shape:
    """The open applications, stage by stage, in the order in which the user sees them."""
    with call.glance() as glance:
        if glance is None:
            return _nothing({stage.value: [] for stage in ORDER}, "stages")
        lanes, stamps = glance.board(call.now).lanes, _stamps(glance)
    room, stages = CARDS_AT_MOST, {}
    for stage in ORDER:
        cards = lanes[stage][:room]
        stages[stage.value] = [_in_short(card, call.now, stamps) for card in cards]
        room -= len(cards)
    left_out = sum(map(len, lanes.values())) - (CARDS_AT_MOST - room)
    return {"about": DATA, "stages": stages, "left_out": left_out}


def read_due(call: Call, days: int = 0) -> Shape:
    """What is late, due today, and due in the next `days` days, with the interviews ahead."""
    with call.glance() as glance:
        if glance is None:
            return _nothing([], "due")
        shapes = due_shapes(_due_parts(glance, call.now, days), call.now)
    return {"about": DATA, "today": call.today.isoformat(), "due": shapes}


def find_applications(call: Call, search: str, limit: int, *, closed: bool) -> Shape:
    """The applications that a search finds, the open ones or also those that are closed.

    Raises Usage for a search that cannot be read.
    """
    query = read_query_option(search, call.now) if search.strip() else None
    with call.glance() as glance:
        if glance is None:
            return _nothing([], "applications")
        scope = None if closed else False
        if query is None:
            found = glance.cards(closed=scope, now=call.now)
        else:
            from tui.filtering import find_cards

            found = find_cards(glance, query, call.now, closed=scope)
        stamps = _stamps(glance)
    shown = found[: min(limit, CARDS_AT_MOST)]
    shapes = [_in_short(card, call.now, stamps) for card in shown]
    return {"about": DATA, "applications": shapes, "left_out": len(found) - len(shown)}


def read_application(call: Call, application: int) -> Shape:
    """Everything about one application; NotFound when there is none with this id."""
    with call.glance() as glance:
        if glance is None:
            raise NotFound(f"There is no application {application}. {NO_BOARD}")
        dossier = glance.dossier(application, call.now)
        stamps = _stamps(glance, application)[application]
        shape = dossier_shape(dossier, call.now, glance.criteria(), stamps)
    return {"about": DATA, "application": mark_application(shape)}


def read_postings(call: Call) -> Shape:
    """The postings on the shelf, to which the user has not applied."""
    from store.read.arriving.shelf import read_shelf

    with call.glance() as glance:
        shelf = read_shelf(glance, call.today) if glance is not None else ()
    postings = [
        {
            "number": one.number,
            "company": one.company,
            "role": one.role,
            "location": one.location or None,
            "salary": one.salary or None,
            "url": one.url or None,
            "closing_on": one.closing_on.isoformat() if one.closing_on else None,
            "posting_text": by_others(one.posting_text, POSTING),
            "requirements": by_others("\n".join(one.requirements), POSTING),
        }
        for one in shelf
    ]
    return {"about": DATA, "postings": postings}


def read_mail(call: Call) -> Shape:
    """The messages that rounds has read and the user has not confirmed: what they seem to mean."""
    from store.read.arriving.mail import read_waiting

    with call.glance() as glance:
        waiting = tuple(read_waiting(glance, call.clock.zone)) if glance is not None else ()
    mail = [
        {
            "number": one.id,
            "sent_at": instant(one.sent_at, call.now),
            "from": by_others(f"{one.letter.name} <{one.letter.address}>", MAIL),
            "subject": by_others(one.letter.subject, MAIL),
            "text": by_others(one.letter.text, MAIL),
            "seems_to_be": one.proposal.kind.label,
            "application_id": one.proposal.card_id,
        }
        for one in waiting
    ]
    return {"about": DATA, "mail": mail}


def read_message(call: Call, follow_up: str) -> Shape:
    """The message that a follow-up asks for: the draft that is kept, or else the template.

    Raises NotFound when there is no such follow-up, Refused for one that needs no message.
    """
    with call.glance() as glance:
        if glance is None:
            raise NotFound(f"There is no open follow-up {follow_up}. {NO_BOARD}")
        found = find_message(call, glance, follow_up)
    return {"about": DATA, "message": message_shape(found)}


def message_shape(found: "FoundDraft") -> Shape:
    """A message to be sent by the user; `kept` says whether it is a draft or the template."""
    return {
        "follow_up": found.due.number,
        "application_id": found.due.application_id,
        "kind": found.kind,
        "to": found.to or None,
        "text": found.text,
        "kept": found.stored,
    }


def find_message(call: Call, glance: "Glance", follow_up: str) -> "FoundDraft":
    """The message for the follow-up with this number, f12; raises as `read_message`."""
    from tui.cli.parts.drafts import find_draft

    return find_draft(glance, find_due(glance, follow_up), call.now, alone=True)


def find_due(glance: "Glance", follow_up: str) -> "Due":
    """The open follow-up with this number, “f12”; Usage for what is none, NotFound without one."""
    digits = follow_up.strip().lower().removeprefix("f")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        raise Usage("A follow-up has a number such as f12; the list of what is due has them.")
    with suppress(NotFound):
        return glance.follow_up(int(digits))
    raise NotFound(f"There is no open follow-up {follow_up_number(int(digits))}.")


def card_in_short(call: Call, application_id: int) -> Shape | None:
    """One application as lists have it; None when there is none (any more)."""
    with call.glance() as glance:
        if glance is None:
            return None
        with suppress(NotFound):
            card = glance.card(application_id, call.now)
            return _in_short(card, call.now, _stamps(glance, application_id))
    return None


def _in_short(card: Card, now: datetime, stamps: "Mapping[int, Stamps]") -> Shape:
    whole = card_shape(card, now, stamps[card.id])
    if card.follow_up is not None:
        due = due_shape(card.follow_up, now)
        whole["follow_up"] = _some(due, _OF_A_FOLLOW_UP)
    return _some(whole, _OF_A_CARD)


def _some(shape: Shape, names: Iterable[str]) -> Shape:
    """Those of the values `names` that say something."""
    return {name: shape[name] for name in names if shape[name] not in (None, [], False)}


def _stamps(glance: "Glance", application_id: int | None = None) -> "Mapping[int, Stamps]":
    from store.read.glance import read_stamps

    return read_stamps(glance, application_id)


def _due_parts(glance: "Glance", now: datetime, days: int) -> Sequence[DuePart]:
    from store.read.glance import closings_on, interviews_on

    interviews = interviews_on(glance, now.date(), max(1, days))
    ahead = [one for one in interviews if not one.over(now)]
    return due_list(glance.due(now, days), ahead, now, closings_on(glance, now.date(), days))


def _nothing(what: object, name: str) -> Shape:
    return {"about": DATA, name: what, "note": NO_BOARD}
