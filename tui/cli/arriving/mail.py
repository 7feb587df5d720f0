"""`rounds mail`: messages, and what each would do; confirmed one by one or all at once."""

import os
import stat
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from store.read.arriving.mail import (
    NOTHING_KNOWN,
    MailOffice,
    Waiting,
    hold_against,
    read_keys,
    read_numbers,
    read_office,
    read_waiting,
    sift,
)
from store.rules.dates import short_day
from store.rules.mail.message import MailKind
from store.rules.mail.proposals import effect
from store.rules.text import Refused, plural, quoted, shorten
from tui.cli.call import INTERRUPTED, Call, print_change, tell_nothing
from tui.cli.source import standard_input
from tui.cli.table import json
from tui.cli.words import STDIN, NameWords, Usage, any_day, application_id

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.exchange.mail import Mailbox, Received
    from store.model.board import Written
    from store.pipeline import Pipeline
    from store.pipeline.arriving.mail import Confirmed

KINDS = tuple(kind.value for kind in MailKind if kind is not MailKind.NOTHING)
ALL = "all"
PROBLEMS_AT_MOST = 20
_MANY = 500
"""Messages from which on it is shown how many were read."""
_NONE = "No mail waits."
_SENTENCE = 120


def mail_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="a message (.eml), an mbox, a Maildir, a folder, an .ics; - or a pipe is standard "
        "input; without one: what waits",
    )
    parser.add_argument("--yes", action="store_true", help="do what is sure, in one step of undo")
    parser.add_argument(
        "--take", metavar="N", nargs="+", help="do what these messages mean; “all” for all of them"
    )
    parser.add_argument(
        "--drop", metavar="N", nargs="+", help="these mean nothing; they are never listed again"
    )
    parser.add_argument(
        "--card", metavar="ID", type=application_id, help="with --take N: it is for this one"
    )
    parser.add_argument("--as", metavar="KIND", dest="kind", help=", ".join(KINDS))
    parser.add_argument(
        "--by", metavar="DATE", help="with --take N: their decision date, or the offer’s deadline"
    )
    parser.add_argument("--company", metavar="TEXT", help="with --take N: of a new application")
    parser.add_argument("--role", metavar="TEXT", help="with --take N: of a new application")
    parser.add_argument(
        "--dry-run", action="store_true", help="show what would be listed; change nothing"
    )
    json(parser)


def mail(call: Call) -> int:
    """List what messages mean, or do it."""
    words = call.words
    _check(call)
    box = _read(call)
    if words.dry_run:
        return _preview(call, box)
    if box is None and not (words.yes or words.take or words.drop):
        with call.glance() as glance:
            found = read_waiting(glance, call.clock.zone) if glance is not None else ()
        return _list(call, found, None)
    with call.pipeline(create=box is not None) as pipeline:
        came = _receive(pipeline, box)
        with closing(pipeline.database.glance()) as glance:
            waiting = read_waiting(glance, call.clock.zone)
            keys = [one.key for one in box.messages] if box is not None else []
            ours = read_numbers(glance, keys) if box is not None else None
        shown = [one for one in waiting if ours is None or one.id in ours]
        _tell_problems(call, box)
        if words.drop:
            return _drop(call, pipeline, _find_chosen(words.drop, waiting))
        if words.take:
            return _take(call, pipeline, _find_chosen(words.take, waiting))
        if words.yes:
            return _take_sure(call, pipeline, shown)
        return _list(call, shown, came, more=len(waiting) - len(shown))


def _check(call: Call) -> None:
    words = call.words
    if sum(map(bool, (words.yes, words.take, words.drop))) > 1:
        raise Usage("Use one of --yes, --take and --drop at a time.")
    corrections = (words.card, words.kind, words.by, words.company, words.role)
    if any(one is not None for one in corrections):
        if not words.take or len(words.take) != 1 or words.take[0].lower() == ALL:
            raise Usage("--card, --as, --by, --company and --role go with --take and one number.")
        if isinstance(words.card, NameWords):
            raise Usage("--card takes the ID of an application; “rounds list” shows them.")
    if words.kind is not None and words.kind not in KINDS:
        raise Usage(f"Unknown kind {quoted(words.kind)}: it is one of {', '.join(KINDS)}.")
    if words.dry_run and (words.yes or words.take or words.drop):
        raise Usage("--dry-run changes nothing; leave out --yes, --take and --drop.")


def _read(call: Call) -> "Mailbox | None":
    """The messages that were named or piped; None where none were."""
    from store.file.location import path_of

    words = call.words
    settles = words.take or words.drop
    piped = words.file == STDIN or (words.file is None and not settles and _is_piped())
    if words.file is None and not piped:
        return None
    from store.exchange.mail import read_mailbox, read_piped
    from store.exchange.mail.boxes import PIPE_AT_MOST

    try:
        if piped:
            data = standard_input(PIPE_AT_MOST)
            if not data.strip() and words.file is None:
                return None
            return read_piped(data, call.clock.zone, call.now)
        box = read_mailbox(
            path_of(words.file), call.clock.zone, call.now, lambda done: _tell(call, done)
        )
        call.out.progress("")
        return box
    except KeyboardInterrupt:
        call.out.say(INTERRUPTED)
        raise


def _is_piped() -> bool:
    """Whether standard input is a pipe or a file, and not a terminal or nothing."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)


def _tell(call: Call, done: int) -> None:
    if done >= _MANY and done % _MANY == 0:
        call.out.progress(f"Reading: {done:,} messages")


def _receive(pipeline: "Pipeline", box: "Mailbox | None") -> "tuple[int, int] | None":
    """Keep what means something; how many are new, and how many came before."""
    if box is None:
        return None
    with closing(pipeline.database.glance()) as glance:
        new, known = _sift(read_office(glance), read_keys(glance), box)
    return pipeline.receive_mail(new), known


def _sift(office: MailOffice, keys: frozenset[str], box: "Mailbox") -> "tuple[list[Received], int]":
    return sift(office, keys, box.messages)


def _preview(call: Call, box: "Mailbox | None") -> int:
    """What would be listed; nothing is written, not even a board."""
    if box is None:
        raise Usage("--dry-run needs a file, a folder, or a pipe.")
    office, keys = NOTHING_KNOWN, frozenset[str]()
    with call.glance() as glance:
        if glance is not None:
            office, keys = read_office(glance), read_keys(glance)
    new, known = _sift(office, keys, box)
    letters = [(0, one.read.sent_at, one.read.letter) for one in new]
    _tell_problems(call, box)
    code = _list(call, tuple(hold_against(office, letters)), (len(new), known))
    call.out.say("Dry run: nothing was changed.")
    return code


def _list(
    call: Call,
    found: Sequence[Waiting],
    came: tuple[int, int] | None,
    *,
    more: int = 0,
) -> int:
    if call.wants_json:
        call.out.json("mail", [_shape(one, call) for one in found])
        return 0
    if not found:
        call.out.say(_nothing(came))
    for one in found:
        _print(call, one)
    _hint(call, found, came, more)
    return 0


def _nothing(came: tuple[int, int] | None) -> str:
    if came is None:
        return f"{_NONE} “rounds mail FILE” reads a mailbox."
    known = f" {came[1]:,} came before." if came[1] else ""
    return f"Nothing there is new about an application.{known}"


def _print(call: Call, one: Waiting) -> None:
    proposal = one.proposal
    number = str(one.id) if one.id else "–"
    whose = ", ".join(filter(None, (one.company, one.role or "role unknown")))
    is_new = proposal.card_id is None
    whose = f"new: {whose}" if is_new else f"{whose} ({proposal.card_id})"
    does = effect(proposal, call.today, call.clock.zone)
    out = call.out
    out.line(f"{number}  {whose}: {does}")
    sender = one.letter.name or one.letter.address
    day = short_day(one.letter.sent_on, call.today)
    out.line(f"     {day}, {sender}: {shorten(one.letter.subject, 60)}")
    if proposal.sentence and proposal.sentence != one.letter.subject:
        out.line(f"     “{shorten(proposal.sentence, _SENTENCE)}”")
    if proposal.unsure:
        out.line(f"     unsure: {_unsure_words(one)}")


def _unsure_words(one: Waiting) -> str:
    others = one.proposal.others
    return one.proposal.unsure + (f"; maybe {', '.join(map(str, others))}" if others else "")


def _hint(call: Call, found: Sequence[Waiting], came: tuple[int, int] | None, more: int) -> None:
    if came is not None and found and came[1]:
        call.out.say(f"{came[1]:,} of the messages came before.")
    if more:
        call.out.say(f"{plural(more, 'more waits', 'more wait')}; “rounds mail” lists all.")
    if not found or not found[0].id:
        return
    sure = sum(one.proposal.sure for one in found)
    those = "the one that is" if sure == 1 else f"the {sure:,} that are"
    yes = f"“rounds mail --yes” does {those} sure. " if sure else ""
    call.out.say(f"{yes}“rounds mail --take N” does one, “--drop N” forgets it.")


def _tell_problems(call: Call, box: "Mailbox | None") -> None:
    problems = box.problems if box is not None else ()
    for problem in problems[:PROBLEMS_AT_MOST]:
        where = f"{problem.file}, " if problem.file else ""
        call.out.say(f"{where}message {problem.line}: {problem.sentence}")
    if len(problems) > PROBLEMS_AT_MOST:
        call.out.say(f"and {len(problems) - PROBLEMS_AT_MOST:,} more")


def _find_chosen(numbers: Sequence[str], waiting: Sequence[Waiting]) -> Sequence[Waiting]:
    """The messages with these numbers; NotFound, naming it, for one that does not wait."""
    from store.errors import NotFound

    if any(number.lower() == ALL for number in numbers):
        return waiting
    by_id = {one.id: one for one in waiting}
    found = []
    for number in numbers:
        digits = number.removeprefix("#")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
            raise Usage(f"{quoted(number)} is not a number of a message; “rounds mail” shows them.")
        if int(digits) not in by_id:
            raise NotFound(f"No message {digits} waits. “rounds mail” lists those that do.")
        found.append(by_id[int(digits)])
    return list({one.id: one for one in found}.values())


def _take_sure(call: Call, pipeline: "Pipeline", shown: Sequence[Waiting]) -> int:
    sure = [one for one in shown if one.proposal.sure]
    if not sure:
        said = "Nothing is sure" if shown else "Nothing waits"
        return tell_nothing(call, f"{said}. Nothing was changed.")
    code = _take(call, pipeline, sure)
    if left := len(shown) - len(sure):
        call.out.say(f"{left:,} unsure: “rounds mail” lists them.")
    return code


def _take(call: Call, pipeline: "Pipeline", chosen: Sequence[Waiting]) -> int:
    if not chosen:
        return tell_nothing(call, f"{_NONE} Nothing was changed.")
    done = [_as_confirmed(call, one) for one in chosen]
    written = pipeline.confirm_mail(done)
    return _tell_result(call, written, f"{len(done):,} done" if len(done) > 1 else "")


def _as_confirmed(call: Call, one: Waiting) -> "Confirmed":
    """What is to be done with a message, as it was proposed or corrected."""
    from store.pipeline.arriving.mail import Confirmed

    words, proposal = call.words, one.proposal
    kind = MailKind(words.kind) if words.kind is not None else proposal.kind
    by: date | None = proposal.by
    if words.by is not None:
        by = any_day(words.by, call.today)
    card = words.card if words.card is not None else proposal.card_id
    company, role = words.company or one.company, words.role or one.role
    if card is None and not (company and role):
        what = "role" if company else "company and role"
        raise Refused(
            f"Message {one.id} begins a new application: name its {what}, such as “rounds mail "
            f"--take {one.id} --role Engineer”. Nothing was changed."
        )
    slot, details = proposal.slot, proposal.details
    return Confirmed(one.id, kind, card, by, proposal.text, company, role, slot, details)


def _drop(call: Call, pipeline: "Pipeline", chosen: Sequence[Waiting]) -> int:
    if not chosen:
        return tell_nothing(call, f"{_NONE} Nothing was changed.")
    return _tell_result(call, pipeline.drop_mail([one.id for one in chosen]), "")


def _tell_result(call: Call, written: "Written", lead: str) -> int:
    said = f"{lead}. {written.sentence}" if lead else written.sentence
    call.out.say(f"{said} “rounds undo” reverts this.")
    for warning in written.warnings:
        call.out.say(f"Note: {warning}")
    if call.wants_json:
        print_change(call, written)
    return 0


def _shape(one: Waiting, call: Call) -> dict[str, object]:
    from tui.cli.json_shapes import instant

    proposal, event, here = one.proposal, one.proposal.event, call.clock.zone
    starts_at = event.starts_at if event is not None else None
    if event is None and proposal.slot is not None:
        starts_at = proposal.slot.moment(here)
    return {
        "number": one.id or None,
        "kind": proposal.kind.value,
        "sure": proposal.sure,
        "unsure": proposal.unsure or None,
        "application_id": proposal.card_id,
        "others": list(proposal.others),
        "company": one.company or None,
        "role": one.role or None,
        "does": effect(proposal, call.today, call.clock.zone),
        "sentence": proposal.sentence or None,
        "by": proposal.by.isoformat() if proposal.by is not None else None,
        "sent_on": one.letter.sent_on.isoformat(),
        "from": one.letter.name or None,
        "address": one.letter.address or None,
        "subject": one.letter.subject or None,
        "starts_at": instant(starts_at, call.now) if starts_at is not None else None,
        "times": [instant(slot.moment(here), call.now) for slot in proposal.slots],
    }
