"""Every command of the screens, once: keys, key bars, palette, help and KEYS.md come from here.

A command has one binding per key, and each binding an id of its own ("move.right",
"move.right.2"), so that a keymap can change one key without clashing with the next.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from textual.binding import Binding
from textual.keys import format_key


class Command(NamedTuple):
    """One thing that the user can ask for.

    `does` is a function of `tui.actions` ("applications:close"), or an action of the screen itself
    ("cursor(1)"). `where` names the screens that offer it. `opens` says that a dialog, a page or a
    mode comes of it, to which the keys belong that follow.
    """

    id: str
    keys: tuple[str, ...]
    does: str
    label: str
    tooltip: str
    group: str
    where: tuple[str, ...]
    opens: bool = False

    @property
    def action(self) -> str:
        """What a binding runs on the screen."""
        return f"do({self.does!r})" if ":" in self.does else self.does


def c(
    id: str,
    keys: str,
    does: str,
    label: str,
    tooltip: str,
    group: str,
    where: str,
    *,
    opens: bool = False,
) -> Command:
    """A line of the table; keys and screens are separated by spaces."""
    return Command(
        id, tuple(keys.split()), does, label, tooltip, group, tuple(where.split()), opens
    )


EVERYWHERE = (
    "board panel dossier today closed prepare chances behind interviews people offer compare draft"
)
SCREENS = EVERYWHERE.replace("panel ", "")
CHANGING = SCREENS.replace("chances behind ", "")
"""The screens on which something can be changed."""
LEAVING = SCREENS.replace(" draft", "")
"""The text of a message is stored, or asked about, on the way out; so that page is left first."""

# fmt: off
COMMANDS: tuple[Command, ...] = (
    c("add", "a", "add", "Add", "Add an application", "Application", "board", opens=True),
    c("open", "enter", "open", "Open", "Everything about this application", "Application", "board closed behind", opens=True),
    c("jump", "enter", "jump", "Go to card", "Go to this application on the board", "Application", "today"),
    c("move.right", "L shift+right", "move(1)", "Next stage", "Move to the next stage, at once", "Application", "board"),
    c("move.left", "H shift+left", "move(-1)", "Stage before", "Move back one stage, at once", "Application", "board"),
    c("move.to", "m", "applications:move_to", "Move to …", "Move to any stage, on any day", "Application", "board dossier", opens=True),
    c("interview", "i", "interviews:interview", "Interview", "“tue 10:00 with Ana”, “take-home by fri”; or a deadline", "Application", "board dossier today prepare interviews", opens=True),
    c("done", "d", "applications:done", "Done", "The next follow-up is done", "Follow-up", "board dossier today offer"),
    c("snooze", "z", "applications:snooze", "Snooze", "Put it off to another day", "Follow-up", "board dossier today offer", opens=True),
    c("skip", "Z", "applications:skip", "Skip", "Never remind me of this again", "Follow-up", "dossier today offer"),
    c("remind", "f", "applications:remind", "Remind me", "A reminder of your own: “fri call Ana”", "Follow-up", "board dossier today offer", opens=True),
    c("replied", "r", "applications:replied", "They replied", "They wrote; by when they decide, if said", "Application", "board dossier today offer", opens=True),
    c("note", "n", "applications:note", "Note", "Write a note", "Application", "board dossier today prepare offer", opens=True),
    c("edit_note", "N", "applications:edit_note", "Change a note", "Rewrite a note, or remove it", "Application", "dossier", opens=True),
    c("edit", "e", "applications:edit", "Edit", "Change its fields", "Application", "board dossier closed", opens=True),
    c("close", "x", "applications:close", "Close", "It is over: say how it ended", "Application", "board dossier today", opens=True),
    c("reopen", "R", "applications:reopen", "Reopen", "Put it back on the board", "Application", "closed dossier"),
    c("delete", "D", "applications:delete", "Delete", "Delete all of it, after a question", "Application", "board dossier closed", opens=True),
    c("posting", "o", "applications:open_posting", "Posting", "Open the posting in your browser", "Application", "board dossier today closed prepare behind"),
    c("copy", "y", "applications:copy", "Copy", "Copy company, role and link", "Application", "board dossier today closed prepare behind"),
    c("debrief", "b", "interviews:debrief", "Debrief", "After a talk: questions, doubts, date", "Interview", "board dossier today prepare interviews", opens=True),
    c("interviews", "I", "interviews:interviews", "Interviews", "Move them, cancel, who takes part; tasks", "Interview", "board dossier today prepare people", opens=True),
    c("people", "P", "interviews:people", "People", "Its interviewers and other contacts", "Interview", "board dossier today prepare draft interviews", opens=True),
    c("meeting.change", "enter e", "change", "Change", "Another time, length, place, form, other people: the line that made it", "Interview", "interviews", opens=True),
    c("meeting.people", "W", "who", "Who", "Who takes part: their names in one line", "Interview", "interviews", opens=True),
    c("meeting.slots", "A", "slots", "Times sent", "You answered the invitation and said when there is time", "Interview", "interviews"),
    c("meeting.cancel", "X", "cancel", "Cancel", "It will not take place; u takes it back", "Interview", "interviews", opens=True),
    c("meeting.not_held", "M", "not_held", "Not held", "It did not take place after all; once more: it did", "Interview", "interviews"),
    c("meeting.round", "R", "round", "Round", "Which round it is: second, third, final", "Interview", "interviews", opens=True),
    c("task.handed_in", "d", "handed_in", "Handed in", "You handed the task in; once more: not yet", "Task", "interviews"),
    c("task.hours", "H", "hours", "Hours", "How many hours the task took", "Task", "interviews", opens=True),
    c("task.remove", "D", "remove_task", "Remove", "Take the task away; u brings it back", "Task", "interviews"),
    c("person.add", "a", "add_person", "Add", "Add somebody; a name is enough", "People", "people", opens=True),
    c("person.edit", "enter e", "edit_person", "Edit", "Everything about this person, and what to mention in the thanks", "People", "people", opens=True),
    c("person.copy", "y", "copy_address", "Copy", "Copy the e-mail address", "People", "people"),
    c("person.main", "m", "main_person", "Main", "The one to write to; once more: not any more", "People", "people"),
    c("person.remove", "D", "remove_person", "Remove", "Take this person off the application, after a question", "People", "people", opens=True),
    c("point", "plus", "interviews:point", "Note a point", "A concern, news, a question: one line", "Interview", "board dossier today prepare", opens=True),
    c("prepare", "v", "interviews:prepare", "Prepare", "What to take into the next interview", "Interview", "board dossier today", opens=True),
    c("prepare.tick", "space", "tick", "Tick", "Rehearsed, addressed, raised, kept", "Prepare", "prepare"),
    c("prepare.answer", "a", "answer", "Answer", "A step against this doubt, a story for this", "Prepare", "prepare", opens=True),
    c("prepare.edit", "enter e", "edit", "Edit", "Its text, plan or answer, day, link", "Prepare", "prepare", opens=True),
    c("prepare.remove", "D", "remove", "Remove", "Take this line away; u brings it back", "Prepare", "prepare"),
    c("prepare.carry", "B", "carry", "Carry over", "Take an open doubt along to another card", "Prepare", "prepare", opens=True),
    c("write", "w", "applications:write", "Write", "The message that the follow-up asks for", "Follow-up", "board dossier today closed offer", opens=True),
    c("draft.edit", "e enter", "edit_text", "Edit", "Edit the message here; esc ends that and keeps the draft", "Message", "draft", opens=True),
    c("draft.editor", "E", "edit_outside", "Editor", "Edit it in your own editor ($VISUAL, $EDITOR)", "Message", "draft"),
    c("draft.kind", "K tab", "kind", "Kind", "Write another kind of message, or to somebody else", "Message", "draft", opens=True),
    c("draft.recipient", "R", "recipient", "Recipient", "Write to somebody else of this application", "Message", "draft", opens=True),
    c("draft.throw", "D", "throw_away", "Template", "Throw the draft away and begin with the template again", "Message", "draft"),
    c("draft.copy", "y", "copy_text", "Copy", "Copy the text to the clipboard", "Message", "draft"),
    c("draft.copy_all", "Y", "copy_all", "Copy all", "Copy address, subject and text", "Message", "draft"),
    c("draft.mail", "o", "mail", "Mail", "Open it in your mail program, filled in", "Message", "draft"),
    c("draft.sent", "d", "sent", "Sent", "It was sent today: the follow-up is done, the text is in the log", "Message", "draft"),
    c("typing.keep", "escape ctrl+s", "keep", "Done", "End editing; the draft is kept", "Message", "typing"),
    c("typing.next", "tab shift+tab", "next_field", "Subject, text", "From the one to the other", "Message", "typing"),
    c("offer", "O", "offers:offer", "Offer", "Papers, package, checklist, whom to tell", "Interview", "board dossier", opens=True),
    c("references", "F", "offers:references", "References", "They call your references: when, and when they said so", "Interview", "board dossier", opens=True),
    c("offer.change", "enter e", "change", "Change", "Change the line under the cursor", "Offer", "offer"),
    c("offer.tick", "space", "tick", "Tick", "Tick it: done today, cleared, agreed, told, withdrawn", "Offer", "offer"),
    c("offer.add", "a plus", "add_part", "Add", "Add to this list: a part of the package, a condition, what you ask for", "Offer", "offer", opens=True),
    c("offer.remove", "D", "remove", "Remove", "Take this line away; u brings it back", "Offer", "offer"),
    c("offer.accept", "A", "accept", "Accept", "You take the offer", "Offer", "offer", opens=True),
    c("offer.decline", "x", "decline", "Decline", "You turn it down, or it ended otherwise", "Offer", "offer", opens=True),
    c("offers", "C", "offers:compare_offers", "Side by side", "The offers, by what matters to you", "Interview", "board dossier offer", opens=True),
    c("compare.right", "right l", "offer_beside(1)", "Right", "The next offer", "Go", "compare"),
    c("compare.left", "left h", "offer_beside(-1)", "Left", "The offer before", "Go", "compare"),
    c("compare.ten", "equals_sign", "score(10)", "Score 10, or 0–9", "How far this offer gives it: 0 to 9 by their digits, this is a 10", "Compare", "compare"),
    c("compare.unscore", "backspace delete", "unscore", "No score", "Take the score away", "Compare", "compare"),
    c("compare.add", "a plus", "add_criterion", "Add", "Something that matters to you, and its weight: “pay 5”", "Compare", "compare", opens=True),
    c("compare.change", "e", "change_criterion", "Change", "Another name or weight for this criterion", "Compare", "compare", opens=True),
    c("compare.remove", "D", "remove_criterion", "Remove", "Take this criterion away, with its scores; u brings it back", "Compare", "compare"),
    c("compare.open", "enter", "open_offer", "Open", "The page of this offer", "Compare", "compare", opens=True),
    c("lesson", "V", "offers:lesson", "Lesson", "What to keep and what to change; open doubts for the next card", "Application", "closed dossier", opens=True),
    c("today", "t", "today", "Today", "What is late, and what is due", "Look", "board", opens=True),
    c("due.group", "S", "group", "Group by", "By day, by employer, by kind of action", "Order", "today"),
    c("filter", "/", "filter", "Filter", "Show the cards that match, as you type", "Look", "board closed", opens=True),
    c("closed", "c", "closed", "Closed", "Applications that are over", "Look", "board", opens=True),
    c("chances", "s", "chances", "Chances", "Your rates, beside published figures", "Look", "board", opens=True),
    c("behind", "enter", "behind", "Applications", "The applications behind this bar", "Look", "chances", opens=True),
    c("figures", "percent_sign", "figures", "Published", "Typical figures in full: range, year, quality, source", "Look", "chances", opens=True),
    c("compare", "b", "compare", "Compare by", "By source, by tag, by month, with and without a referral", "Look", "chances"),
    c("panel", "p", "panel", "Panel", "Show or hide the side panel", "Look", "board"),
    c("panel.enter", "tab shift+tab", "switch_panel", "Tips", "Into the side panel and back", "Look", "board panel"),
    c("panel.tick", "space", "tick", "Tick", "Tick this tip", "Look", "panel"),
    c("cursor.down", "down j", "cursor(1)", "Down", "The card or line below", "Go", EVERYWHERE),
    c("cursor.up", "up k", "cursor(-1)", "Up", "The card or line above", "Go", EVERYWHERE),
    c("cursor.right", "right l", "lane(1)", "Right", "The lane to the right", "Go", "board"),
    c("cursor.left", "left h", "lane(-1)", "Left", "The lane to the left", "Go", "board"),
    c("cursor.page_down", "pagedown", "page(1)", "Page down", "A screenful down", "Go", SCREENS),
    c("cursor.page_up", "pageup", "page(-1)", "Page up", "A screenful up", "Go", SCREENS),
    c("cursor.first", "g home", "edge(-1)", "First", "The first card of the lane, or the top", "Go", SCREENS),
    c("cursor.last", "G end", "edge(1)", "Last", "The last card of the lane, or the end", "Go", SCREENS),
    c("lane.1", "1", "go_lane(0)", "Applied", "To the lane Applied", "Go", "board"),
    c("lane.2", "2", "go_lane(1)", "First", "To the lane First", "Go", "board"),
    c("lane.3", "3", "go_lane(2)", "Second", "To the lane Second", "Go", "board"),
    c("lane.4", "4", "go_lane(3)", "Offer", "To the lane Offer", "Go", "board"),
    c("days.next", "]", "day(1)", "Next day", "Walk the coming days; enter opens what is due then", "Look", "board"),
    c("days.before", "[", "day(-1)", "Day before", "Back along the coming days", "Look", "board"),
    c("cards.short", "full_stop", "cards", "Short cards", "Two lines a card, or as many as there is room for", "Look", "board"),
    c("quiet", "Q", "quiet", "Quiet cards", "Show the quiet cards of this lane, or fold them into one line", "Look", "board"),
    c("order.down", "J shift+down", "reorder(1)", "Lower", "Lower in the lane, in your own order", "Order", "board"),
    c("order.up", "K shift+up", "reorder(-1)", "Higher", "Higher in the lane, in your own order", "Order", "board"),
    c("order.urgency", "S", "sort_by_urgency", "By urgency", "Sort this lane by urgency again", "Order", "board"),
    c("undo", "u", "applications:undo", "Undo", "Take the last change back", "Program", CHANGING),
    c("redo", "U", "applications:redo", "Redo", "Do again what was taken back", "Program", CHANGING),
    c("back", "escape", "back", "Back", "Leave this; on the board: end the filter", "Look", EVERYWHERE),
    c("help", "? f1", "app.help", "Help", "The keys for where you are", "Program", EVERYWHERE, opens=True),
    c("palette", "ctrl+p", "app.command_palette", "Commands", "Find any command by its name", "Program", EVERYWHERE, opens=True),
    c("theme", "T", "app.next_theme", "Light or dark", "The other theme; ctrl+p has all of them", "Program", "board"),
    c("quit", "q", "app.quit", "Quit", "Leave; everything is saved", "Program", LEAVING),
)

BARS: Mapping[str, str] = {
    "board": "add today filter closed chances quit help",
    "board.empty": "add closed palette quit help",
    "board.applied": "add interview replied write done today open help",
    "board.invited": "interview write prepare people done today open help",
    "board.before": "prepare interview done people write today open help",
    "board.after": "debrief replied interview write done today open help",
    "board.offer": "offer offers write done replied today open help",
    "board.quiet": "close replied write note add today open help",
    "panel": "panel.tick cursor.down cursor.up back help",
    "today": "jump done write snooze due.group replied back help",
    "dossier": "interview replied write done note edit back help",
    "dossier.invited": "interview write prepare people done note back help",
    "dossier.before": "prepare interview done people write note back help",
    "dossier.after": "debrief replied interview write done note back help",
    "dossier.offer": "offer offers write done replied note back help",
    "dossier.quiet": "close replied write note edit back help",
    "dossier.closed": "reopen lesson write note edit back help",
    "closed": "open reopen lesson write filter back help",
    "chances": "behind compare figures back help",
    "behind": "open posting copy back help",
    "prepare": "prepare.tick point prepare.answer prepare.edit prepare.remove people back help",
    "draft": "draft.edit draft.copy draft.mail draft.sent draft.kind draft.editor back help",
    "offer": "offer.change offer.tick offer.add offers offer.accept offer.decline back help",
    "compare": "compare.ten compare.add compare.change compare.remove compare.open back help",
    "interviews": "meeting.change debrief interview meeting.people meeting.cancel meeting.not_held back help",
    "people": "person.add person.edit person.main person.copy person.remove interviews back help",
    "typing": "typing.keep typing.next",
}
"""The commands on the key bar, the most wanted first, at most seven and the help: those of a
screen, and of a screen and a moment of the application (see `moment_of`)."""
# fmt: on

OWN_WAY: Mapping[str, tuple[str, ...]] = {
    "today": ("done", "snooze", "skip"),
    "interviews": ("debrief",),
    "prepare": ("point",),
    "offer": ("offers",),
}
"""Commands that a screen carries out by an action of its own, named like the function: what they
are about is not its one application, but the line under the cursor."""


@cache
def commands_for(where: str) -> tuple[Command, ...]:
    """The commands that the screen `where` offers, in the order of the table."""
    own = OWN_WAY.get(where, ())
    return tuple(
        command._replace(does=command.does.partition(":")[2]) if command.id in own else command
        for command in COMMANDS
        if where in command.where
    )


@cache
def openings(where: str) -> frozenset[str]:
    """The actions of the screen `where` that open something."""
    return frozenset(command.action for command in commands_for(where) if command.opens)


def bar_of(where: str, moment: str = "") -> list[Command]:
    """The commands on the key bar of the screen `where`, the most wanted first.

    `moment` is what `moment_of` gives; a screen that knows no such moment shows what it always has.
    """
    by_id = {command.id: command for command in commands_for(where)}
    return [by_id[name] for name in BARS.get(f"{where}.{moment}", BARS[where]).split()]


def binding_ids(command: Command) -> Iterator[tuple[str, str]]:
    """Each key of a command with the id of its binding: the plain id, then ".2", ".3" ..."""
    for number, key in enumerate(command.keys, start=1):
        yield (command.id if number == 1 else f"{command.id}.{number}"), key


@cache
def bindings_for(where: str) -> list[Binding]:
    """The bindings of the screen `where`: one per key, each with id, tooltip and group."""
    groups: dict[str, Binding.Group] = {}
    return [
        Binding(
            key,
            command.action,
            command.label,
            show=False,
            tooltip=command.tooltip,
            id=binding_id,
            group=groups.setdefault(command.group, Binding.Group(command.group)),
        )
        for command in commands_for(where)
        for binding_id, key in binding_ids(command)
    ]


_KEY_NAMES: Mapping[str, str] = {
    "enter": "enter",
    "escape": "esc",
    "space": "space",
    "tab": "tab",
    "shift+tab": "shift+tab",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "home": "home",
    "end": "end",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def key_name(key: str) -> str:
    """A key as people read it: "ctrl+p", "→", "shift+→", "?"."""
    modifiers, _, last = key.rpartition("+")
    if not last:
        return key
    name = _KEY_NAMES.get(last) or (last if len(last) == 1 else format_key(last))
    return f"{modifiers}+{name}" if modifiers else name
