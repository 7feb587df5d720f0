"""What an assistant may do to the board: each is one change, in its name, which the user undoes.

Nothing here sends, deletes, closes or moves anything.
"""

from typing import TYPE_CHECKING

from store.errors import NotFound
from store.rules.drafts.templates import as_text, split_text
from store.rules.stages import Stage, read_stage
from store.rules.text import Refused, printable, shorten
from tui.assistants.marks import Shape
from tui.assistants.reading import NO_BOARD, card_in_short, find_message
from tui.cli.call import Call
from tui.cli.words import past_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.board import Written

_NAME_AT_MOST = 60
"""Characters of the name under which an assistant's changes are told."""
NOBODY = "assistant"
"""Who made a change, where the assistant gives no name."""


def signature(name: str) -> str:
    """Who made a change, by the name that the assistant gives itself: “assistant deskmate”."""
    told = shorten(" ".join(printable(name).split()), _NAME_AT_MOST)
    return f"{NOBODY} {told}" if told else NOBODY


def add_application(
    call: Call,
    company: str,
    role: str,
    *,
    applied_on: str = "",
    stage: str = "",
    tags: "Sequence[str]" = (),
    note: str = "",
    **details: str,
) -> Shape:
    """Add an application. Raises AlreadyThere for one whose link is on the board already."""
    day = past_day(applied_on or None, call.today)
    at = read_stage(stage) if stage else Stage.APPLIED
    with call.pipeline(create=True) as pipeline:
        written = pipeline.add(
            company,
            role,
            stage=at,
            applied_on=day,
            note=note,
            unless="link",
            tags=tuple(tags),
            **{name: text for name, text in details.items() if text},
        )
    return _answer(call, written)


def add_note(call: Call, application: int, text: str) -> Shape:
    """Add a note to an application."""
    _must_have_a_board(call)
    with call.pipeline() as pipeline:
        written = pipeline.note(application, text)
    return _answer(call, written)


def record_reply(
    call: Call,
    application: int,
    *,
    on: str = "",
    decides_by: str = "",
    text: str = "",
    automatic: bool = False,
) -> Shape:
    """Record that the employer wrote, and by when they decide if they said so."""
    from store.rules.typed.days import parse_window

    _must_have_a_board(call)
    day = past_day(on or None, call.today)
    by = parse_window(decides_by, day or call.today) if decides_by else None
    with call.pipeline() as pipeline:
        written = pipeline.log_reply(
            application, on=day, decides_by=by, said=decides_by, text=text, automatic=automatic
        )
    return _answer(call, written)


def add_interview(call: Call, application: int, when: str) -> Shape:
    """Add an interview, or with “invited” an invitation that has no time yet."""
    from tui.typed.interviews import read_interview

    _must_have_a_board(call)
    read, _ = read_interview(when, call.today, call.clock.zone, Stage.FIRST)
    with call.pipeline() as pipeline:
        written = pipeline.interview(
            application,
            read.starts_at,
            minutes=read.minutes,
            place=read.place,
            people=read.people,
            invited_on=read.invited_on,
            formats=read.formats,
            zone=read.zone,
        )
    return _answer(call, written)


def write_draft(call: Call, follow_up: str, text: str, *, replace: bool = False) -> Shape:
    """Keep `text` as the draft for a follow-up; the user reads, changes and sends it.

    Raises Refused where the user keeps a draft of their own, unless `replace`.
    """
    with call.glance(patient=True) as glance:
        if glance is None:
            raise NotFound(f"There is no open follow-up {follow_up}. {NO_BOARD}")
        found = find_message(call, glance, follow_up)
    if found.stored and not replace:
        raise Refused(
            f"A draft for {found.due.number} is kept already. Nothing was changed. Read it, and "
            "say “replace” to put yours in its place."
        )
    if not text.strip():
        raise Refused("The text is empty. Nothing was changed.")
    whole = as_text(split_text(text, split_text(found.text).subject))
    with call.pipeline() as pipeline:
        written = pipeline.draft(
            found.due.application_id, found.kind, whole, follow_up_id=found.due.id
        )
    return _answer(call, written)


def _must_have_a_board(call: Call) -> None:
    if call.is_missing and not call.named:
        raise NotFound(NO_BOARD)


def _answer(call: Call, written: "Written") -> Shape:
    """What was done, and what the user is to be told of it."""
    call.end()
    shape: Shape = {
        "done": written.sentence,
        "change": written.change_id,
        "undo": "The user undoes it with u on the board, or with “rounds undo”.",
    }
    if written.warnings:
        shape["warnings"] = [*written.warnings]
    if written.application_id is not None:
        shape["application"] = card_in_short(call, written.application_id)
    return shape
