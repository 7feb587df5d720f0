"""The messages that wait, each with what it would do to which application; done when confirmed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.pipeline import Pipeline
from store.pipeline.arriving.mail import Confirmed
from store.read.arriving.mail import Waiting, read_keys, read_office, read_waiting, sift
from store.rules.dates import short_day
from store.rules.mail.message import MailKind
from store.rules.mail.proposals import Proposal, effect
from store.rules.text import Refused, as_sentence, capital, quoted
from tui.dialogs.dialog import WIDTHS
from tui.dialogs.line import LineEntry, line_dialog
from tui.dialogs.pickers import ChoicePicker, Confirm, one_a_line
from tui.pages.page import ListPage
from tui.widgets.cells import BOX, TICKED
from tui.widgets.choice_fields import Choice
from tui.widgets.keybar import key_hints
from tui.widgets.paragraphs import Detail, Paragraph, Spread
from tui.widgets.rows import Cell, Column, Row, Rows, Section, Tone

COLUMNS = (
    Column(11, most=14, head="Type"),
    Column(10, most=32, head="Company"),
    Column(10, most=32, head="Role"),
    Column(10, most=15, head="Sent"),
    Column(12, most=48, turn=1, head="Subject"),
    Column(10, most=30, turn=2, head="From"),
)
_SURE, _UNSURE, _NEW = "Sure", "Unsure", "New applications"
_HINT = (
    "No mail waits.",
    "",
    "Press a to read a mailbox: a message, an mbox, a Maildir.",
    "Or pipe a message from your mail program into “rounds mail”.",
)
_PICK_KEYS = (("↑ ↓", "choose"), ("enter", "take"), ("esc", "cancel"))
_TEXT_LINES = 24
"""How much of a message is shown, in lines that say something (product)."""
_GREETING_AT_MOST = 40
_PROBLEMS_AT_MOST = 3


class MailScreen(ListPage[None], where="mail"):
    """All messages that wait. Those that are sure are ticked; nothing is recorded before Enter is
    pressed and the question is answered."""

    HORIZONTAL_BREAKPOINTS = WIDTHS

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[int, Waiting] = {}
        self._decided: dict[int, Confirmed] = {}
        """What the user decided otherwise than proposed."""
        self._in: dict[int, bool] = {}
        """Which are to be recorded, where that was said."""

    def parts(self) -> ComposeResult:
        with Spread():
            yield Rows(COLUMNS, id="mail")
            yield Detail()

    async def reload(self) -> None:
        here = self.rounds.desk.clock.zone
        found = await self.rounds.desk.read(lambda glance: read_waiting(glance, here))
        self._found = {one.id: one for one in found}
        self.draw()

    def draw(self) -> None:
        rows = self.query_one(Rows)
        number = len(self._found)
        rows.border_title = Content(f"Mail  {number:,} waiting" if number else "Mail")
        if chosen := len(self._confirmations()):
            rows.border_subtitle = key_hints(("enter", f"record {chosen:,}"))
        else:
            rows.border_subtitle = Content("none is ticked" if number else "")
        rows.show([*self._lines()], hint=_HINT)
        self._explain()

    def _lines(self) -> Iterator[Section | Row]:
        today = self.rounds.now().date()
        for title in (_SURE, _UNSURE, _NEW):
            part = [one for one in self._found.values() if _section(one.proposal) == title]
            if part:
                yield Section(title, len(part))
                for one in part:
                    yield self._row(one, today)

    def _row(self, one: Waiting, today: date) -> Row:
        meant = self._decision(one)
        is_in = self._is_in(one)
        tone = Tone.STRONG if is_in else Tone.MUTED
        company, role = self._names(one, meant)
        return Row(
            one.id,
            (
                Cell(meant.kind.label, tone),
                Cell(company or "?", tone),
                Cell(role or "?", Tone.MUTED),
                Cell(short_day(one.letter.sent_on, today), Tone.MUTED),
                Cell(one.letter.subject, Tone.MUTED),
                Cell(one.letter.name or one.letter.address, Tone.MUTED),
            ),
            mark=TICKED if is_in else BOX,
        )

    def _decision(self, one: Waiting) -> Confirmed:
        """What a message is to do: as it was proposed, or decided."""
        usual = one.proposal
        return self._decided.get(one.id) or Confirmed(
            one.id,
            usual.kind,
            usual.card_id,
            usual.by,
            usual.text,
            one.company,
            one.role,
            usual.slot,
            usual.details,
        )

    def _names(self, one: Waiting, meant: Confirmed) -> tuple[str, str]:
        """Employer and role of the application that a message is for."""
        if meant.card_id is None or meant.card_id == one.proposal.card_id:
            return meant.company, meant.role
        card = next((card for card in self.rounds.cards() if card.id == meant.card_id), None)
        return (card.company, card.role) if card is not None else (meant.company, meant.role)

    def _is_in(self, one: Waiting) -> bool:
        return self._in.get(one.id, one.proposal.sure)

    def _confirmations(self) -> list[Confirmed]:
        """Those that are to be recorded."""
        return [self._decision(one) for one in self._found.values() if self._is_in(one)]

    def _current(self) -> Waiting | None:
        """The message under the cursor; None, and a sentence, where there is none."""
        one = self.under_cursor(self._found)
        if one is None:
            self.rounds.say("No mail waits. Press a to read a mailbox.")
        return one

    @on(Rows.Moved)
    def _explain(self) -> None:
        """Say more of the chosen one: what it would do, which sentence says so, its text."""
        one = self.under_cursor(self._found)
        if one is None:
            self.query_one(Detail).tell()
            return
        now, here = self.rounds.now(), self.rounds.desk.clock.zone
        meant = self._decision(one)
        does = effect(one.proposal._replace(kind=meant.kind, by=meant.by), now.date(), here)
        company, role = self._names(one, meant)
        self.query_one(Detail).tell(
            [*_detail(one, meant, does, company, role)],
            [Paragraph(line) for line in _first_words(one.proposal.text)],
        )

    def action_take(self) -> None:
        """Tick it, or not any more, and go to the next one."""
        one = self._current()
        if one is not None:
            self._in[one.id] = not self._is_in(one)
            self.draw()
            self.query_one(Rows).move(1)

    def action_kind(self) -> None:
        """Say what the message is instead."""
        one = self._current()
        if one is not None:
            self.conversation.run(self._pick_kind(one))

    async def _pick_kind(self, one: Waiting) -> None:
        kinds: list[MailKind] = [kind for kind in MailKind if kind is not MailKind.NOTHING]
        choices = [(Choice(capital(kind.label)), kind) for kind in kinds]
        meant = self._decision(one)
        picker: ChoicePicker[MailKind] = ChoicePicker(
            "Type of message", _PICK_KEYS, choices, chosen=kinds.index(meant.kind)
        )
        kind: MailKind | None = await self.rounds.push_screen_wait(picker)
        if kind is not None:
            self._decide(one, meant._replace(kind=kind))

    def action_card(self) -> None:
        """Say which application the message is for."""
        one = self._current()
        if one is not None:
            self.conversation.run(self._pick_card(one))

    async def _pick_card(self, one: Waiting) -> None:
        cards = sorted(self.rounds.cards(), key=lambda card: (card.company.casefold(), card.id))
        others = one.proposal.others
        cards.sort(key=lambda card: card.id not in others)
        choices: list[tuple[Choice, int | None]] = [
            (Choice(f"{card.company}, {card.role}"), card.id) for card in cards
        ]
        choices.append((Choice("A new application"), None))
        meant = self._decision(one)
        ids = [card_id for _, card_id in choices]
        at = ids.index(meant.card_id) if meant.card_id in ids else 0
        picker: ChoicePicker[tuple[int | None]] = ChoicePicker(
            "Which application?", _PICK_KEYS, [(c, (i,)) for c, i in choices], chosen=at
        )
        picked: tuple[int | None] | None = await self.rounds.push_screen_wait(picker)
        if picked is not None:
            self._decide(one, meant._replace(card_id=picked[0]))

    def action_change(self) -> None:
        """Put right the employer and the role of a new application."""
        one = self._current()
        if one is None:
            return
        meant = self._decision(one)
        if meant.card_id is not None:
            self.rounds.say("This application is on the board. Press ctrl+r to pick another one.")
            return
        self.conversation.run(self._name_new(one, meant))

    async def _name_new(self, one: Waiting, meant: Confirmed) -> None:
        initial = f"{meant.company} — {meant.role}" if meant.role else f"{meant.company} — "
        dialog: LineEntry[tuple[str, str]] = line_dialog(
            "Employer and role", "Company — Role", _read_names, initial, editing=True
        )(None, "")
        typed = await self.rounds.push_screen_wait(dialog)
        if typed is not None:
            company, role = typed.value
            self._decide(one, meant._replace(company=company, role=role))

    def _decide(self, one: Waiting, meant: Confirmed) -> None:
        """What was put right by hand is ticked."""
        self._decided[one.id] = meant
        self._in[one.id] = True
        self.draw()

    def action_one(self) -> None:
        """Record what this one says, alone."""
        one = self._current()
        if one is not None:
            self._do([self._decision(one)])

    def action_drop(self) -> None:
        """It means nothing; it is never proposed again."""
        one = self._current()
        if one is not None:
            self.conversation.write(lambda p: p.drop_mail([one.id]), told="Removed. u undoes it.")

    def action_settle(self) -> None:
        """Record what all say that are ticked, after a question."""
        chosen = self._confirmations()
        if chosen:
            self.conversation.run(self._settle(chosen))
        elif self._found:
            self.rounds.say("None is ticked. Press space to tick one, or d to record this one.")
        else:
            self._current()

    async def _settle(self, chosen: list[Confirmed]) -> None:
        each = [
            (self._names(self._found[one.mail_id], one)[0] or "?", one.kind.label) for one in chosen
        ]
        what = "what this message says" if len(each) == 1 else f"what {len(each):,} messages say"
        question = Confirm(f"Record {what}?\n\n{one_a_line(each)}", "Record", "No")
        if await self.rounds.push_screen_wait(question):
            self._do(chosen)

    def _do(self, chosen: list[Confirmed]) -> None:
        nameless = [one for one in chosen if one.card_id is None and not (one.company and one.role)]
        if nameless:
            self.go_to_line(nameless[0].mail_id)
            self.rounds.warn("This begins a new application: press e to name employer and role.")
            return
        number = len(chosen)
        told = f"{number:,} recorded. u undoes it." if number > 1 else None
        self.conversation.write(lambda p: p.confirm_mail(chosen), told=told)

    def action_read(self) -> None:
        """Read a mailbox."""
        self.conversation.run(self._read())

    async def _read(self) -> None:
        from tui.dialogs.file import ask_mailbox

        asked = await self.rounds.push_screen_wait(ask_mailbox())
        if asked is None:
            return
        path: Path = asked.value
        zone, now = self.rounds.desk.clock.zone, self.rounds.now()

        def receive(pipeline: Pipeline) -> tuple[int, int, tuple[str, ...]]:
            from store.exchange.mail import read_mailbox

            box = read_mailbox(path, zone, now)
            with closing(pipeline.database.glance()) as glance:
                new, known = sift(read_office(glance), read_keys(glance), box.messages)
            problems = tuple(f"{one.where}: {one.sentence}" for one in box.problems)
            return pipeline.receive_mail(new), known, problems

        try:
            new, known, problems = await self.rounds.desk.write(receive)
        except Refused as refused:
            self.rounds.warn(str(refused))
            return
        also = f" {known:,} came before." if known else ""
        found = f"{new:,} new" if new else "Nothing there is new about an application"
        self.rounds.say(f"{found}.{also}")
        for problem in problems[:_PROBLEMS_AT_MOST]:
            self.rounds.warn(problem)
        await self.fetch()

    def no_subject(self) -> str:
        return "No mail waits. Press a to read a mailbox."


def _first_words(text: str) -> list[str]:
    """The first lines of a message that say something: without its greeting and empty lines."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and lines[0].rstrip().endswith(",") and len(lines[0]) <= _GREETING_AT_MOST:
        del lines[0]
    return lines[:_TEXT_LINES]


def _section(proposal: Proposal) -> str:
    if proposal.card_id is None:
        return _NEW
    return _SURE if proposal.sure else _UNSURE


def _read_names(text: str) -> tuple[tuple[str, str], str]:
    """Company and role of “Company — Role”, and words that say them back."""
    for sign in (" — ", " – ", " - ", ";", " | "):
        company, found, role = text.partition(sign)
        if found and company.strip() and role.strip():
            company, role = company.strip(), role.strip()
            return (company, role), f"{quoted(company)} for {quoted(role)}"
    raise Refused("Write both, with a dash between: “Globex — Engineer”.")


def _detail(
    one: Waiting, meant: Confirmed, does: str, company: str, role: str
) -> Iterator[Paragraph]:
    whose = f"{company or '?'} — {role or '?'}"
    lead = "New application: " if meant.card_id is None else ""
    yield Paragraph(f"{lead}{whose}", Tone.STRONG)
    yield Paragraph(capital(as_sentence(does)), Tone.ACCENT)
    if one.proposal.unsure:
        yield Paragraph(f"Unsure: {one.proposal.unsure}.", Tone.TEXT)
    if one.proposal.sentence:
        yield Paragraph(f"“{one.proposal.sentence}”", Tone.TEXT)
    yield Paragraph(f"{one.letter.name or one.letter.address}: {one.letter.subject}", Tone.MUTED)
