"""Every command of the screens, once: keys, footer, palette, help and README come from here.

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

    `where` names the screens that offer it; `footer` says whether the key bar shows it, in the
    order of the table, as far as there is room.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    label: str
    tooltip: str
    group: str
    where: tuple[str, ...]
    footer: bool = False


BOARD = ("board",)
CARD = ("board", "dossier")
LISTS = ("today", "closed", "prepare")
FIGURES = ("chances", "behind")
PAGES = ("interviews", "people", "offer", "compare", "draft")


APPLICATION: tuple[Command, ...] = (
    Command("add", ("a",), "add", "Add", "Add an application", "Application", BOARD, True),
    Command(
        "open",
        ("enter",),
        "open",
        "Open",
        "Everything about this application",
        "Application",
        ("board", "closed", "behind"),
        True,
    ),
    Command(
        "jump",
        ("enter",),
        "jump",
        "Go to card",
        "Go to this application on the board",
        "Application",
        ("today",),
        True,
    ),
    Command(
        "move.right",
        ("L", "shift+right"),
        "move(1)",
        "Next stage",
        "Move to the next stage, at once",
        "Application",
        BOARD,
        True,
    ),
    Command(
        "move.left",
        ("H", "shift+left"),
        "move(-1)",
        "Stage before",
        "Move back one stage, at once",
        "Application",
        BOARD,
    ),
    Command(
        "move.to",
        ("m",),
        "move_to",
        "Move to …",
        "Move to any stage, on any day",
        "Application",
        CARD,
    ),
    Command(
        "interview",
        ("i",),
        "interview",
        "Interview",
        "“tue 10:00 with Ana”, “take-home by fri”; or a deadline",
        "Application",
        (*CARD, "today", "prepare", "interviews"),
        True,
    ),
    Command(
        "done",
        ("d",),
        "done",
        "Done",
        "The next follow-up is done",
        "Follow-up",
        (*CARD, "today", "offer"),
        True,
    ),
    Command(
        "snooze",
        ("z",),
        "snooze",
        "Snooze",
        "Put it off to another day",
        "Follow-up",
        (*CARD, "today", "offer"),
    ),
    Command(
        "skip",
        ("s",),
        "skip",
        "Skip",
        "Never remind me of this again",
        "Follow-up",
        ("dossier", "today", "offer"),
    ),
    Command(
        "remind",
        ("f",),
        "remind",
        "Remind me",
        "A reminder of your own: “fri call Ana”",
        "Follow-up",
        (*CARD, "today", "offer"),
    ),
    Command(
        "replied",
        ("r",),
        "replied",
        "They replied",
        "They wrote; by when they decide, if said",
        "Application",
        (*CARD, "today", "offer"),
        True,
    ),
    Command(
        "note",
        ("n",),
        "note",
        "Note",
        "Write a note",
        "Application",
        (*CARD, "today", "prepare", "offer"),
        True,
    ),
    Command(
        "edit_note",
        ("N",),
        "edit_note",
        "Change a note",
        "Rewrite a note, or remove it",
        "Application",
        ("dossier",),
    ),
    Command("edit", ("e",), "edit", "Edit", "Change its fields", "Application", (*CARD, "closed")),
    Command(
        "close",
        ("x",),
        "close",
        "Close",
        "It is over: say how it ended",
        "Application",
        (*CARD, "today"),
        True,
    ),
    Command(
        "reopen",
        ("R",),
        "reopen",
        "Reopen",
        "Put it back on the board",
        "Application",
        ("closed", "dossier"),
        True,
    ),
    Command(
        "delete",
        ("D",),
        "delete",
        "Delete",
        "Delete all of it, after a question",
        "Application",
        (*CARD, "closed"),
    ),
    Command(
        "posting",
        ("o",),
        "open_posting",
        "Posting",
        "Open the posting in your browser",
        "Application",
        (*CARD, *LISTS, "behind"),
    ),
    Command(
        "copy",
        ("y",),
        "copy",
        "Copy",
        "Copy company, role and link",
        "Application",
        (*CARD, *LISTS, "behind"),
    ),
)


ARRANGING: tuple[Command, ...] = (
    Command(
        "order.down",
        ("J", "shift+down"),
        "reorder(1)",
        "Lower",
        "Lower in the lane, in your own order",
        "Order",
        BOARD,
    ),
    Command(
        "order.up",
        ("K", "shift+up"),
        "reorder(-1)",
        "Higher",
        "Higher in the lane, in your own order",
        "Order",
        BOARD,
    ),
    Command(
        "order.urgency",
        ("S",),
        "sort_by_urgency",
        "By urgency",
        "Sort this lane by urgency again",
        "Order",
        BOARD,
    ),
)


GOING: tuple[Command, ...] = (
    Command(
        "cursor.down",
        ("down", "j"),
        "cursor(1)",
        "Down",
        "The card or line below",
        "Go",
        ("board", "panel", "dossier", *LISTS, *FIGURES, *PAGES),
    ),
    Command(
        "cursor.up",
        ("up", "k"),
        "cursor(-1)",
        "Up",
        "The card or line above",
        "Go",
        ("board", "panel", "dossier", *LISTS, *FIGURES, *PAGES),
    ),
    Command(
        "cursor.right", ("right", "l"), "lane(1)", "Right", "The lane to the right", "Go", BOARD
    ),
    Command("cursor.left", ("left", "h"), "lane(-1)", "Left", "The lane to the left", "Go", BOARD),
    Command(
        "cursor.page_down",
        ("pagedown",),
        "page(1)",
        "Page down",
        "A screenful down",
        "Go",
        (*CARD, *LISTS, *FIGURES, *PAGES),
    ),
    Command(
        "cursor.page_up",
        ("pageup",),
        "page(-1)",
        "Page up",
        "A screenful up",
        "Go",
        (*CARD, *LISTS, *FIGURES, *PAGES),
    ),
    Command(
        "cursor.first",
        ("g", "home"),
        "edge(-1)",
        "First",
        "The first card of the lane, or the top",
        "Go",
        (*CARD, *LISTS, *FIGURES, *PAGES),
    ),
    Command(
        "cursor.last",
        ("G", "end"),
        "edge(1)",
        "Last",
        "The last card of the lane, or the end",
        "Go",
        (*CARD, *LISTS, *FIGURES, *PAGES),
    ),
    Command("lane.1", ("1",), "go_lane(0)", "Applied", "To the lane Applied", "Go", BOARD),
    Command("lane.2", ("2",), "go_lane(1)", "First", "To the lane First", "Go", BOARD),
    Command("lane.3", ("3",), "go_lane(2)", "Second", "To the lane Second", "Go", BOARD),
    Command("lane.4", ("4",), "go_lane(3)", "Offer", "To the lane Offer", "Go", BOARD),
)


INTERVIEWS = ("interviews",)
PEOPLE = ("people",)

INTERVIEWING: tuple[Command, ...] = (
    Command(
        "debrief",
        ("b",),
        "debrief",
        "Debrief",
        "After a talk: questions, doubts, date",
        "Interview",
        (*CARD, "today", "prepare", *INTERVIEWS),
    ),
    Command(
        "interviews",
        ("I",),
        "interviews",
        "Interviews",
        "Move them, cancel, who takes part; tasks",
        "Interview",
        (*CARD, "today", "prepare", *PEOPLE),
    ),
    Command(
        "people",
        ("P",),
        "people",
        "People",
        "Its interviewers and other contacts",
        "Interview",
        (*CARD, "today", "prepare", "draft", *INTERVIEWS),
    ),
    Command(
        "meeting.change",
        ("enter", "e"),
        "change",
        "Change",
        "Another time, length, place, form, other people: the line that made it",
        "Interview",
        INTERVIEWS,
        True,
    ),
    Command(
        "meeting.people",
        ("W",),
        "who",
        "Who",
        "Who takes part: their names in one line",
        "Interview",
        INTERVIEWS,
        True,
    ),
    Command(
        "meeting.slots",
        ("A",),
        "slots",
        "Times sent",
        "You answered the invitation and said when there is time",
        "Interview",
        INTERVIEWS,
        True,
    ),
    Command(
        "meeting.cancel",
        ("x",),
        "cancel",
        "Cancel",
        "It will not take place; u takes it back",
        "Interview",
        INTERVIEWS,
        True,
    ),
    Command(
        "meeting.not_held",
        ("N",),
        "not_held",
        "Not held",
        "It did not take place after all; once more: it did",
        "Interview",
        INTERVIEWS,
        True,
    ),
    Command(
        "meeting.round",
        ("R",),
        "round",
        "Round",
        "Which round it is: second, third, final",
        "Interview",
        INTERVIEWS,
        True,
    ),
    Command(
        "task.handed_in",
        ("d",),
        "handed_in",
        "Handed in",
        "You handed the task in; once more: not yet",
        "Task",
        INTERVIEWS,
        True,
    ),
    Command(
        "task.hours",
        ("H",),
        "hours",
        "Hours",
        "How many hours the task took",
        "Task",
        INTERVIEWS,
        True,
    ),
    Command(
        "task.remove",
        ("D",),
        "remove_task",
        "Remove",
        "Take the task away; u brings it back",
        "Task",
        INTERVIEWS,
    ),
    Command(
        "person.add",
        ("a",),
        "add_person",
        "Add",
        "Add somebody; a name is enough",
        "People",
        PEOPLE,
        True,
    ),
    Command(
        "person.edit",
        ("enter", "e"),
        "edit_person",
        "Edit",
        "Everything about this person, and what to mention in the thanks",
        "People",
        PEOPLE,
        True,
    ),
    Command(
        "person.copy",
        ("y",),
        "copy_address",
        "Copy",
        "Copy the e-mail address",
        "People",
        PEOPLE,
        True,
    ),
    Command(
        "person.main",
        ("m",),
        "main_person",
        "Main",
        "The one to write to; once more: not any more",
        "People",
        PEOPLE,
        True,
    ),
    Command(
        "person.remove",
        ("D",),
        "remove_person",
        "Remove",
        "Take this person off the application, after a question",
        "People",
        PEOPLE,
        True,
    ),
)


LOOKING: tuple[Command, ...] = (
    Command(
        "today", ("t",), "today", "Today", "What is late, and what is due", "Look", BOARD, True
    ),
    Command(
        "filter",
        ("/",),
        "filter",
        "Filter",
        "Show the cards that match, as you type",
        "Look",
        ("board", "closed"),
        True,
    ),
    Command("closed", ("c",), "closed", "Closed", "Applications that are over", "Look", BOARD),
    Command(
        "chances",
        ("s",),
        "chances",
        "Chances",
        "Your rates, beside published figures",
        "Look",
        BOARD,
    ),
    Command(
        "behind",
        ("enter",),
        "behind",
        "Applications",
        "The applications behind this bar",
        "Look",
        ("chances",),
        True,
    ),
    Command(
        "figures",
        ("p",),
        "figures",
        "Published",
        "Typical figures in full: range, year, quality, source",
        "Look",
        ("chances",),
        True,
    ),
    Command(
        "compare",
        ("b",),
        "compare",
        "Compare by",
        "By source, by tag, by month, with and without a referral",
        "Look",
        ("chances",),
        True,
    ),
    Command("panel", ("p",), "panel", "Panel", "Show or hide the side panel", "Look", BOARD),
    Command(
        "panel.enter",
        ("tab", "shift+tab"),
        "switch_panel",
        "Tips",
        "Into the side panel and back",
        "Look",
        ("board", "panel"),
        True,
    ),
    Command("panel.tick", ("space",), "tick", "Tick", "Tick this tip", "Look", ("panel",), True),
)


OFFER = ("offer",)
COMPARE = ("compare",)

OFFERING: tuple[Command, ...] = (
    Command(
        "offer",
        ("O",),
        "offer",
        "Offer",
        "Papers, package, checklist, whom to tell",
        "Interview",
        CARD,
    ),
    Command(
        "references",
        ("F",),
        "references",
        "References",
        "They call your references: when, and when they said so",
        "Interview",
        CARD,
    ),
    Command(
        "offer.change",
        ("enter", "e"),
        "change",
        "Change",
        "Change the line under the cursor",
        "Offer",
        OFFER,
        True,
    ),
    Command(
        "offer.tick",
        ("space",),
        "tick",
        "Tick",
        "Tick it: done today, cleared, agreed, told, withdrawn",
        "Offer",
        OFFER,
        True,
    ),
    Command(
        "offer.add",
        ("a", "plus"),
        "add_part",
        "Add",
        "Add to this list: a part of the package, a condition, what you ask for",
        "Offer",
        OFFER,
        True,
    ),
    Command(
        "offer.remove",
        ("D",),
        "remove",
        "Remove",
        "Take this line away; u brings it back",
        "Offer",
        OFFER,
    ),
    Command("offer.accept", ("A",), "accept", "Accept", "You take the offer", "Offer", OFFER, True),
    Command(
        "offer.decline",
        ("x",),
        "decline",
        "Decline",
        "You turn it down, or it ended otherwise",
        "Offer",
        OFFER,
        True,
    ),
    Command(
        "offers",
        ("C",),
        "compare_offers",
        "Side by side",
        "The offers, by what matters to you",
        "Interview",
        (*CARD, "offer"),
    ),
    Command(
        "compare.right", ("right", "l"), "offer_beside(1)", "Right", "The next offer", "Go", COMPARE
    ),
    Command(
        "compare.left",
        ("left", "h"),
        "offer_beside(-1)",
        "Left",
        "The offer before",
        "Go",
        COMPARE,
    ),
    Command(
        "compare.ten",
        ("equals_sign", "x"),
        "score(10)",
        "Score 10, or 0–9",
        "How far this offer gives it: 0 to 9 by their digits, this is a 10",
        "Compare",
        COMPARE,
        True,
    ),
    Command(
        "compare.unscore",
        ("backspace", "delete"),
        "unscore",
        "No score",
        "Take the score away",
        "Compare",
        COMPARE,
    ),
    Command(
        "compare.add",
        ("a", "plus"),
        "add_criterion",
        "Add",
        "Something that matters to you, and its weight: “pay 5”",
        "Compare",
        COMPARE,
        True,
    ),
    Command(
        "compare.change",
        ("e",),
        "change_criterion",
        "Change",
        "Another name or weight for this criterion",
        "Compare",
        COMPARE,
        True,
    ),
    Command(
        "compare.remove",
        ("D",),
        "remove_criterion",
        "Remove",
        "Take this criterion away, with its scores; u brings it back",
        "Compare",
        COMPARE,
        True,
    ),
    Command(
        "compare.open",
        ("enter",),
        "open_offer",
        "Open",
        "The page of this offer",
        "Compare",
        COMPARE,
        True,
    ),
    Command(
        "lesson",
        ("L",),
        "lesson",
        "Lesson",
        "What to keep and what to change; open doubts for the next card",
        "Application",
        ("closed", "dossier"),
    ),
)


PREPARE = ("prepare",)

PREPARING: tuple[Command, ...] = (
    Command(
        "point",
        ("plus",),
        "point",
        "Note a point",
        "A concern, news, a question: one line",
        "Interview",
        (*CARD, "today", *PREPARE),
    ),
    Command(
        "prepare",
        ("v",),
        "prepare",
        "Prepare",
        "What to take into the next interview",
        "Interview",
        (*CARD, "today"),
    ),
    Command(
        "prepare.tick",
        ("space",),
        "tick",
        "Tick",
        "Rehearsed, addressed, raised, kept",
        "Prepare",
        PREPARE,
        True,
    ),
    Command(
        "prepare.answer",
        ("a",),
        "answer",
        "Answer",
        "A step against this doubt, a story for this",
        "Prepare",
        PREPARE,
        True,
    ),
    Command(
        "prepare.edit",
        ("enter", "e"),
        "edit",
        "Edit",
        "Its text, plan or answer, day, link",
        "Prepare",
        PREPARE,
        True,
    ),
    Command(
        "prepare.remove",
        ("D",),
        "remove",
        "Remove",
        "Take this line away; u brings it back",
        "Prepare",
        PREPARE,
    ),
    Command(
        "prepare.carry",
        ("C",),
        "carry",
        "Carry over",
        "Take an open doubt along to another card",
        "Prepare",
        PREPARE,
    ),
)


_STORED_WHEN_LEFT = "draft"
"""The page of a message: its text is stored, or asked about, on the way out."""

PROGRAM: tuple[Command, ...] = (
    Command(
        "undo",
        ("u",),
        "undo",
        "Undo",
        "Take the last change back",
        "Program",
        (*CARD, *LISTS, *PAGES),
        True,
    ),
    Command(
        "redo",
        ("U",),
        "redo",
        "Redo",
        "Do again what was taken back",
        "Program",
        (*CARD, *LISTS, *PAGES),
    ),
    Command(
        "back",
        ("escape",),
        "back",
        "Back",
        "Leave this; on the board: end the filter",
        "Look",
        ("board", "panel", "dossier", *LISTS, *FIGURES, *PAGES),
    ),
    Command(
        "help",
        ("?", "f1"),
        "app.help",
        "Help",
        "The keys for where you are",
        "Program",
        ("board", "panel", "dossier", *LISTS, *FIGURES, *PAGES),
        True,
    ),
    Command(
        "palette",
        ("ctrl+p",),
        "app.command_palette",
        "Commands",
        "Find any command by its name",
        "Program",
        ("board", "panel", "dossier", *LISTS, *FIGURES, *PAGES),
        True,
    ),
    Command(
        "theme",
        ("T",),
        "app.next_theme",
        "Light or dark",
        "The other theme; ctrl+p has all of them",
        "Program",
        BOARD,
    ),
    Command(
        "quit",
        ("q",),
        "app.quit",
        "Quit",
        "Leave; everything is saved",
        "Program",
        (*CARD, *LISTS, *FIGURES, *(page for page in PAGES if page != _STORED_WHEN_LEFT)),
        True,
    ),
)


DRAFT = ("draft",)
TYPING = ("typing",)

WRITING: tuple[Command, ...] = (
    Command(
        "write",
        ("w",),
        "write",
        "Write",
        "The message that the follow-up asks for",
        "Follow-up",
        (*CARD, "today", "closed", "offer"),
        True,
    ),
    Command(
        "draft.edit",
        ("e", "enter"),
        "edit_text",
        "Edit",
        "Edit the message here; esc ends that and keeps the draft",
        "Message",
        DRAFT,
    ),
    Command(
        "draft.editor",
        ("E",),
        "edit_outside",
        "Editor",
        "Edit it in your own editor ($VISUAL, $EDITOR)",
        "Message",
        DRAFT,
    ),
    Command(
        "draft.kind",
        ("K", "tab"),
        "kind",
        "Kind",
        "Write another kind of message, or to somebody else",
        "Message",
        DRAFT,
    ),
    Command(
        "draft.recipient",
        ("R",),
        "recipient",
        "Recipient",
        "Write to somebody else of this application",
        "Message",
        DRAFT,
    ),
    Command(
        "draft.throw",
        ("D",),
        "throw_away",
        "Template",
        "Throw the draft away and begin with the template again",
        "Message",
        DRAFT,
    ),
    Command(
        "draft.copy",
        ("y",),
        "copy_text",
        "Copy",
        "Copy the text to the clipboard",
        "Message",
        DRAFT,
    ),
    Command(
        "draft.copy_all",
        ("Y",),
        "copy_all",
        "Copy all",
        "Copy address, subject and text",
        "Message",
        DRAFT,
    ),
    Command(
        "draft.mail",
        ("o",),
        "mail",
        "Mail",
        "Open it in your mail program, filled in",
        "Message",
        DRAFT,
    ),
    Command(
        "draft.sent",
        ("d",),
        "sent",
        "Sent",
        "It was sent today: the follow-up is done, the text is in the log",
        "Message",
        DRAFT,
    ),
    Command(
        "typing.keep",
        ("escape", "ctrl+s"),
        "keep",
        "Done",
        "End editing; the draft is kept",
        "Message",
        TYPING,
        True,
    ),
    Command(
        "typing.next",
        ("tab", "shift+tab"),
        "next_field",
        "Subject, text",
        "From the one to the other",
        "Message",
        TYPING,
        True,
    ),
)


COMMANDS: tuple[Command, ...] = (
    *APPLICATION,
    *INTERVIEWING,
    *PREPARING,
    *WRITING,
    *OFFERING,
    *LOOKING,
    *GOING,
    *ARRANGING,
    *PROGRAM,
)


def commands_for(where: str) -> tuple[Command, ...]:
    """The commands that the screen `where` offers, in the order of the table."""
    return tuple(command for command in COMMANDS if where in command.where)


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
            show=command.footer and key == command.keys[0],
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
