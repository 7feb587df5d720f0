"""`rounds draft`: the message that a follow-up asks for, to print, edit, keep and send."""

from contextlib import suppress
from datetime import date, datetime
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from store.advice.drafts import draft_folder, read_draft
from store.errors import NotFound, StoreError
from store.model.board import follow_up_number
from store.model.dossier import Due
from store.rules.drafts.kinds import KINDS, read_kind
from store.rules.drafts.templates import as_text, mailto, split_text
from store.rules.people import match
from store.rules.text import Refused, quoted, shell_word
from tui.cli.call import Call, tell, tell_nothing
from tui.cli.follow_ups import find_follow_up
from tui.cli.source import edit, keep_text, read_source
from tui.cli.table import DATE, json
from tui.cli.words import STDIN, Usage, follow_up_id, past_day, understand

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.read.glance import Glance


def draft_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "id",
        metavar="FOLLOW-UP-ID",
        type=follow_up_id,
        help="follow-up ID, from “rounds due”, such as f12",
    )
    parser.add_argument("--to", metavar="NAME", help="another contact of this application")
    parser.add_argument("--kind", metavar="KIND", help=", ".join(map(shell_word, KINDS)))
    parser.add_argument(
        "--from", dest="text_file", metavar="FILE", help="use this text; - is standard input"
    )
    parser.add_argument("--alone", action="store_true", help="this application only")
    parser.add_argument(
        "--edit", action="store_true", help="edit in your editor and keep the draft"
    )
    parser.add_argument("--save", action="store_true", help="keep as a draft")
    parser.add_argument(
        "--discard", action="store_true", help="discard the kept draft; the template comes back"
    )
    parser.add_argument("--sent", action="store_true", help="mark as sent; completes the follow-up")
    parser.add_argument("--on", metavar="DATE", help=f"when it was sent, {DATE}; default today")
    parser.add_argument("--mailto", action="store_true", help="print it as a mailto: address")
    json(parser)


class FoundDraft(NamedTuple):
    """The message for a follow-up, and the others that it answers too."""

    due: Due
    others: tuple[Due, ...]
    kind: str
    to: str
    text: str
    stored: bool


def draft(call: Call) -> int:
    """Print the draft; or edit it, keep it, or say that it was sent."""
    words = call.words
    if words.kind is not None:
        words.kind = understand(lambda: read_kind(words.kind))
    if words.on is not None and not words.sent:
        raise Usage("--on says when it was sent, so it needs --sent.")
    on = past_day(words.on, call.today)
    changing = words.edit or words.save or words.sent or words.text_file is not None
    if words.discard and changing:
        raise Usage("Use --discard on its own.")
    changing = changing or words.discard
    with call.glance(patient=changing) as glance:
        if glance is None:
            raise NotFound(f"There is no open follow-up {follow_up_number(words.id)}.")
        due = glance.follow_up(find_follow_up(glance, words.id))
        found = find_draft(glance, due, call.now, kind=words.kind, to=words.to, alone=words.alone)
    if not changing:
        _print(call, found)
        return 0
    call.settings()
    if words.discard:
        if not found.stored:
            raise Refused("This is the template; no draft of it is kept.")
        return _store(call, found, "", on)
    text = found.text if words.text_file is None else read_source(words.text_file)
    if words.edit:
        again = f"rounds draft {words.id} --from {{}} --save"
        text = edit(call, f"{text}\n", lambda file: again.format(quote(str(file)))).strip()
    if text.strip():
        text = as_text(split_text(text, split_text(found.text).subject))
    if not (text.strip() or found.stored):
        said = "The text is empty; nothing changed."
        return tell_nothing(call, said, found.due.application_id)
    try:
        return _store(call, found, text, on)
    except (Refused, StoreError, Usage) as error:
        if not words.edit and words.text_file != STDIN:
            raise
        file = keep_text(call, f"draft-{found.due.id}", text)
        told_where = f"{error} What you typed is in {quoted(str(file), 200)}."
        raise type(error)(told_where) from None


def find_draft(
    glance: "Glance",
    due: Due,
    now: datetime,
    *,
    kind: str | None = None,
    to: str | None = None,
    alone: bool = False,
) -> FoundDraft:
    """The message that `due` asks for: the draft that is kept, or else the template.

    Args:
        kind: a kind of message; None for the usual one.
        to: the name of whom to write to; None leaves it to the rules.
        alone: whether other follow-ups of today that one message could answer are left out.

    Raises NotFound for a contact that there is not, and Refused as `read_draft`.
    """
    others = () if alone else _together(glance, due, now)
    dossiers = [glance.dossier(other.application_id) for other in others]
    stored = next(
        (
            each
            for each in glance.dossier(due.application_id).drafts
            if each.follow_up_id == due.id and kind in (None, each.kind)
        ),
        None,
    )
    prepared = read_draft(
        glance,
        due.application_id,
        due.id,
        kind or (stored.kind if stored else None),
        others=dossiers,
        folder=draft_folder(),
        contact_id=_recipient(glance, due, to),
    )
    message = split_text(stored.text, prepared.message.subject) if stored else prepared.message
    text = as_text(message)
    return FoundDraft(due, others, prepared.kind, prepared.to, text, stored is not None)


def _recipient(glance: "Glance", due: Due, to: str | None) -> int | None:
    if to is None:
        return None
    people = glance.dossier(due.application_id).contacts
    place = match(to, [person.called for person in people])
    if place is None:
        raise NotFound(f"There is no contact {quoted(to)}.")
    return people[place].id


def _together(glance: "Glance", due: Due, now: datetime) -> tuple[Due, ...]:
    """The other follow-ups of today that the same message is about."""
    from store.rules.followups.together import together

    for group in together(glance.due(now), now.date()):
        if any(each.id == due.id for each in group):
            return tuple(each for each in group if each.id != due.id)
    return ()


def _print(call: Call, found: FoundDraft) -> None:
    message, to = split_text(found.text), ""
    with suppress(Refused):
        to = mailto(found.to, message.subject, message.body)
    if call.words.json:
        call.out.json(
            "draft",
            {
                "follow_up_id": found.due.id,
                "application_id": found.due.application_id,
                "together": [other.id for other in found.others],
                "kind": found.kind,
                "to": found.to or None,
                "subject": message.subject,
                "body": message.body,
                "mailto": to or None,
                "stored": found.stored,
            },
        )
        return
    if call.words.mailto:
        call.out.line(mailto(found.to, message.subject, message.body))
    else:
        if found.to:
            call.out.line(f"To: {found.to}")
        call.out.lines(found.text)
    if not found.to:
        adds = f"“rounds contact {found.due.application_id} NAME --email …” adds one."
        call.out.say(f"No email address yet. {adds}")
    if found.others:
        numbers = ", ".join(other.number for other in found.others)
        call.out.say(f"This message also covers {numbers}; use --alone to leave them out.")


def _store(call: Call, found: FoundDraft, text: str, on: date | None) -> int:
    words, due = call.words, found.due
    with call.pipeline() as pipeline:
        if words.sent:
            ids = [due.id, *(other.id for other in found.others)]
            return tell(
                call,
                pipeline.log_sent_text(
                    due.application_id, found.kind, text, follow_up_ids=ids, on=on
                ),
                days={"on": on},
            )
        return tell(
            call,
            pipeline.draft(due.application_id, found.kind, text, follow_up_id=due.id),
        )
