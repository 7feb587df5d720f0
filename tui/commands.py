"""Every command of the screens, once: keys, key bars, palette, help and KEYS.md come from here.

A command has one binding per key, and each binding an id of its own ("move.right",
"move.right.2"), so that a keymap can change one key without clashing with the next.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from textual.binding import Binding
from textual.keys import format_key

from store.model.dossier import Card
from store.model.orders import ORDER_WORDS
from store.rules.followups.actions import action_of
from store.rules.stages import INTERVIEW_STAGES, Stage


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
    "board panel dossier today closed sweep prepare chances behind interviews people employer "
    "offer compare draft import shelf mail backups review settings"
)
SCREENS = EVERYWHERE.replace("panel ", "")
CHANGING = SCREENS.replace("chances behind ", "").replace(" settings", "")
"""The screens on which something can be changed."""
LEAVING = SCREENS.replace(" draft", "")
"""The text of a message is stored, or asked about, on the way out; so that page is left first."""

# Ids stand in config files for keys, and stay: “meeting.change” is older than the word interview.
# fmt: off
COMMANDS: tuple[Command, ...] = (
    c("add", "a", "applications:add", "Add", "Add an application", "Application", "board", opens=True),
    c("open", "enter", "open", "Open", "Open the application page", "Application", "board closed behind employer review", opens=True),
    c("jump", "enter", "jump", "Show card", "Go to this card on the board", "Application", "today"),
    c("move.right", "L shift+right", "move(1)", "Next stage", "Move to the next stage", "Application", "board"),
    c("move.left", "H shift+left", "move(-1)", "Previous stage", "Move back one stage", "Application", "board"),
    c("move.to", "m", "applications:move_to", "Move to…", "Choose a stage and a date", "Application", "board dossier", opens=True),
    c("interview", "i", "interviews:interview", "Interview", "Add an interview, a task or the offer deadline", "Application", "board dossier today prepare interviews", opens=True),
    c("done", "d", "applications:mark_done", "Done", "Mark the next follow-up as done", "Follow-up", "board dossier today offer review"),
    c("snooze", "z", "applications:snooze", "Snooze", "Remind me on another day", "Follow-up", "board dossier today offer review", opens=True),
    c("skip", "Z", "applications:skip", "Skip", "Drop this follow-up for good", "Follow-up", "dossier today offer review"),
    c("remind", "f", "applications:remind", "Remind me", "Add your own reminder: “fri call Ana”", "Follow-up", "board dossier today offer", opens=True),
    c("reminder", "ctrl+f", "week:add_reminder", "Reminder", "Add a reminder that belongs to no card", "Follow-up", "board today review", opens=True),
    c("replied", "r", "applications:log_reply", "They replied", "Record a reply and their decision date", "Application", "board dossier today offer", opens=True),
    c("note", "n", "applications:note", "Note", "Add a note", "Application", "board dossier today prepare offer", opens=True),
    c("edit_note", "N", "applications:edit_note", "Edit notes", "Edit or remove a note", "Application", "dossier", opens=True),
    c("edit", "e", "applications:edit", "Edit", "Edit the application", "Application", "board dossier closed", opens=True),
    c("field", "colon", "applications:field", "Set a field", "Set one field: “salary 95k”, “tag +remote”", "Application", "board dossier closed", opens=True),
    c("close", "x", "applications:close", "Close", "Close it with an outcome", "Application", "board dossier today", opens=True),
    c("reopen", "R", "applications:reopen", "Reopen", "Put it back on the board", "Application", "closed dossier"),
    c("delete", "D", "applications:delete", "Delete", "Delete the application (asks first)", "Application", "board dossier closed", opens=True),
    c("posting", "o", "applications:open_posting", "Posting", "Open the posting in your browser", "Application", "board dossier today closed sweep prepare behind employer shelf review"),
    c("copy", "y", "applications:copy", "Copy", "Copy company, role and link", "Application", "board dossier today closed sweep prepare behind employer review"),
    c("debrief", "b", "interviews:debrief", "Debrief", "Write the debrief of an interview", "Interview", "board dossier today prepare interviews", opens=True),
    c("interviews", "I", "interviews:interviews", "Interviews", "Reschedule, cancel, set interviewers; tasks", "Interview", "board dossier today prepare people", opens=True),
    c("people", "P", "interviews:people", "People", "Interviewers and other contacts", "Interview", "board dossier today prepare draft interviews", opens=True),
    c("meeting.change", "enter e", "change", "Change", "Change time, place, format or people", "Interview", "interviews", opens=True),
    c("meeting.people", "W", "who", "Interviewers", "Set who takes part", "Interview", "interviews", opens=True),
    c("meeting.slots", "ctrl+t", "slots", "Times sent", "You replied with times that suit you", "Interview", "interviews"),
    c("meeting.cancel", "X", "cancel", "Cancel interview", "Cancel this interview (u undoes)", "Interview", "interviews", opens=True),
    c("meeting.not_held", "M", "not_held", "Not held", "It did not take place; again to revert", "Interview", "interviews"),
    c("meeting.round", "ctrl+n", "round", "Round", "Set the round: second, third, final", "Interview", "interviews", opens=True),
    c("task.handed_in", "d", "handed_in", "Handed in", "Mark the task as handed in; again to revert", "Task", "interviews"),
    c("task.hours", "number_sign", "hours", "Hours", "Record the hours the task took", "Task", "interviews", opens=True),
    c("task.remove", "D", "remove_task", "Remove", "Remove this task (u undoes)", "Task", "interviews"),
    c("person.add", "a", "add_person", "Add", "Add a contact; a name is enough", "People", "people", opens=True),
    c("person.edit", "enter e", "edit_person", "Edit", "Edit this contact and thank-you points", "People", "people", opens=True),
    c("person.copy", "y", "copy_address", "Copy email", "Copy the email address", "People", "people"),
    c("person.main", "asterisk", "main_person", "Main contact", "Make this the main contact; again to revert", "People", "people"),
    c("person.remove", "D", "remove_person", "Remove", "Remove from this application (asks first)", "People", "people", opens=True),
    c("employer", "E", "applications:employer", "Employer", "See all that was with this employer", "Application", "board dossier today closed sweep prepare behind interviews people offer shelf review", opens=True),
    c("employer.same", "ampersand", "same", "Same as", "Another name means this employer too", "Employer", "employer", opens=True),
    c("employer.other", "exclamation_mark", "other", "Not the same", "A name means another employer", "Employer", "employer", opens=True),
    c("import.take", "enter", "take", "Import", "Import all of it, in one step of undo", "Import", "import"),
    c("import.change", "e", "change", "Change", "Change what this column or status is", "Import", "import", opens=True),
    c("take", "A", "postings:take", "Save posting", "Save a posting: a saved page, a paste, an address", "Posting", "board shelf", opens=True),
    c("shelf", "underscore", "postings:open_shelf", "Shelf", "See the postings that wait for an answer", "Posting", "board", opens=True),
    c("shelf.apply", "a", "apply", "Add as applied", "Make an application of it, sent today (u undoes)", "Posting", "shelf"),
    c("shelf.edit", "enter e", "edit", "Edit", "See all of it, and correct it", "Posting", "shelf", opens=True),
    c("shelf.drop", "D", "drop", "Remove", "Take it off the shelf (u undoes)", "Posting", "shelf"),
    c("mail", "M", "postings:open_mail", "Mail", "See what your mail says, and record it", "Look", "board", opens=True),
    c("mail.settle", "enter", "settle", "Record ticked", "Record what all ticked ones say, in one step (asks first)", "Mail", "mail", opens=True),
    c("mail.take", "space", "take", "Tick", "Tick or untick this message", "Mail", "mail"),
    c("mail.alone", "d", "one", "Record this", "Record what this message says, alone", "Mail", "mail"),
    c("mail.kind", "ctrl+k", "kind", "Change type", "Say what this message is", "Mail", "mail", opens=True),
    c("mail.card", "ctrl+r", "card", "Application", "Pick the application that it is for", "Mail", "mail", opens=True),
    c("mail.change", "e", "change", "Edit", "Edit employer and role of a new application", "Mail", "mail", opens=True),
    c("mail.drop", "D", "drop", "Remove", "It means nothing; never propose it again (u undoes)", "Mail", "mail"),
    c("mail.read", "a", "read", "Add mail", "Read a message, an mbox or a Maildir", "Mail", "mail", opens=True),
    c("point", "plus", "interviews:point", "Add point", "Note a concern, news, a question…", "Interview", "board dossier today prepare", opens=True),
    c("prepare", "v", "interviews:prepare", "Prepare", "Prepare for the next interview", "Interview", "board dossier today", opens=True),
    c("prepare.tick", "space", "tick", "Tick", "Mark as rehearsed, addressed or raised", "Prepare", "prepare"),
    c("prepare.answer", "a", "answer", "Add answer", "Add an answer, story or action taken", "Prepare", "prepare", opens=True),
    c("prepare.edit", "enter e", "edit", "Edit", "Edit text, answer, date or link", "Prepare", "prepare", opens=True),
    c("prepare.remove", "D", "remove", "Remove", "Remove this line (u undoes)", "Prepare", "prepare"),
    c("prepare.carry", "B", "carry", "Carry over", "Copy an open concern to another card", "Prepare", "prepare", opens=True),
    c("write", "w", "applications:write", "Write", "Write the message for the follow-up", "Follow-up", "board dossier today closed offer", opens=True),
    c("draft.edit", "e enter", "edit_text", "Edit", "Edit the message here", "Message", "draft", opens=True),
    c("draft.editor", "E", "edit_outside", "Your editor", "Edit in your editor ($VISUAL, $EDITOR)", "Message", "draft"),
    c("draft.kind", "ctrl+k", "kind", "Change type", "Pick another message type", "Message", "draft", opens=True),
    c("draft.recipient", "ctrl+r", "recipient", "Recipient", "Pick another recipient", "Message", "draft", opens=True),
    c("draft.name", "W", "name", "Your name", "Set the name below your messages", "Program", "draft", opens=True),
    c("draft.throw", "D", "throw_away", "Start over", "Discard the draft, use the template", "Message", "draft"),
    c("draft.copy", "y", "copy_text", "Copy", "Copy the text", "Message", "draft"),
    c("draft.copy_all", "Y", "copy_all", "Copy all", "Copy address, subject and text", "Message", "draft"),
    c("draft.mail", "o", "mail", "Email", "Open it in your mail program", "Message", "draft"),
    c("draft.sent", "d", "sent", "Mark as sent", "Log it as sent and finish the follow-up", "Message", "draft"),
    c("typing.keep", "escape ctrl+s", "keep", "Done", "Stop editing and keep the draft", "Message", "typing"),
    c("typing.next", "tab shift+tab", "next_field", "Next field", "Switch between subject and text", "Message", "typing"),
    c("offer", "O", "offers:offer", "Offer", "Open the offer page", "Interview", "board dossier", opens=True),
    c("references", "F", "offers:references", "References", "Set the date of the reference check", "Interview", "board dossier", opens=True),
    c("offer.change", "enter e", "change", "Edit", "Edit this line", "Offer", "offer"),
    c("offer.tick", "space", "tick", "Tick", "Mark this line as done", "Offer", "offer"),
    c("offer.add", "a plus", "add_part", "Add", "Add an item to this list", "Offer", "offer", opens=True),
    c("offer.remove", "D", "remove", "Remove", "Remove this line (u undoes)", "Offer", "offer"),
    c("offer.accept", "A", "accept", "Accept", "Accept the offer", "Offer", "offer", opens=True),
    c("offer.decline", "x", "decline", "Decline", "Decline it, or record another outcome", "Offer", "offer", opens=True),
    c("offers", "C", "offers:compare_offers", "Compare", "Compare offers by what matters to you", "Interview", "board dossier offer", opens=True),
    c("compare.right", "right l", "offer_beside(1)", "Right", "Next offer", "Go", "compare"),
    c("compare.left", "left h", "offer_beside(-1)", "Left", "Previous offer", "Go", "compare"),
    c("compare.ten", "equals_sign", "score(10)", "Score 0–10", "Score with 0–9; = gives 10", "Compare", "compare"),
    c("compare.unscore", "backspace delete", "unscore", "No score", "Clear the score", "Compare", "compare"),
    c("compare.add", "a plus", "add_criterion", "Add", "Add a criterion with a weight: “pay 5”", "Compare", "compare", opens=True),
    c("compare.change", "e", "change_criterion", "Edit", "Rename it or change its weight", "Compare", "compare", opens=True),
    c("compare.remove", "D", "remove_criterion", "Remove", "Remove this criterion (u undoes)", "Compare", "compare"),
    c("compare.open", "enter", "open_offer", "Open", "Open this offer", "Compare", "compare", opens=True),
    c("lesson", "B", "offers:lesson", "Lesson", "What to keep, change and carry over", "Application", "board closed dossier today", opens=True),
    c("today", "t", "today", "Due", "See what is late and due", "Look", "board", opens=True),
    c("due.group", "S", "group", "Group by", "By day, by employer, by kind of action", "Look", "today"),
    c("review", "W", "week:open_review", "Review", "The week in one page, to look back and ahead", "Look", "board", opens=True),
    c("review.next", "greater_than_sign right l", "week(1)", "Next week", "See the week after this one", "Look", "review"),
    c("review.before", "less_than_sign left h", "week(-1)", "Previous week", "See the week before this one", "Look", "review"),
    c("goal", "plus", "week:set_goal", "Goal", "Set a goal for a week: “5 applications”", "Look", "review", opens=True),
    c("filter", "/", "filter", "Filter", "Filter cards as you type", "Look", "board closed", opens=True),
    c("closed", "c", "closed", "Closed", "See closed applications", "Look", "board", opens=True),
    c("chances", "s", "chances", "Chances", "Your rates beside published figures", "Look", "board", opens=True),
    c("behind", "enter", "behind", "Applications", "See the applications in this bar", "Look", "chances", opens=True),
    c("figures", "percent_sign", "figures", "Published", "Published figures with their sources", "Look", "chances", opens=True),
    c("compare", "S", "compare", "Group by", "Compare by source, tag, month or referral", "Look", "chances"),
    c("panel", "p", "panel", "Panel", "Show or hide the side panel", "Look", "board"),
    c("panel.enter", "tab shift+tab", "switch_panel", "Tips", "Switch between board and side panel", "Look", "board panel"),
    c("panel.tick", "space", "tick", "Tick", "Tick or untick this tip", "Look", "panel"),
    c("cursor.down", "down j", "cursor(1)", "Down", "Next card or line", "Go", EVERYWHERE),
    c("cursor.up", "up k", "cursor(-1)", "Up", "Previous card or line", "Go", EVERYWHERE),
    c("cursor.right", "right l", "lane(1)", "Right", "Next column", "Go", "board"),
    c("cursor.left", "left h", "lane(-1)", "Left", "Previous column", "Go", "board"),
    c("cursor.page_down", "pagedown", "page(1)", "Page down", "One screen down", "Go", SCREENS),
    c("cursor.page_up", "pageup", "page(-1)", "Page up", "One screen up", "Go", SCREENS),
    c("cursor.first", "g home", "edge(-1)", "First", "First card or line", "Go", SCREENS),
    c("cursor.last", "G end", "edge(1)", "Last", "Last card or line", "Go", SCREENS),
    c("lane.1", "1", "go_lane(0)", "Applied", "Go to the Applied column", "Go", "board"),
    c("lane.2", "2", "go_lane(1)", "First", "Go to the First column", "Go", "board"),
    c("lane.3", "3", "go_lane(2)", "Second", "Go to the Second column", "Go", "board"),
    c("lane.4", "4", "go_lane(3)", "Offer", "Go to the Offer column", "Go", "board"),
    c("view", "vertical_line", "view", "List", "All cards as one list, or in columns again", "Look", "board"),
    c("search.next", "]", "search(1)", "Next search", "Show the cards of the next saved search", "Look", "board"),
    c("search.before", "[", "search(-1)", "Search before", "Back along the saved searches", "Look", "board"),
    c("search.save", "ctrl+s", "save_search", "Save search", "Save what you are looking for under a name", "Look", "board", opens=True),
    c("days.next", "greater_than_sign", "day(1)", "Next day", "Walk the coming days; enter opens what is due then", "Look", "board"),
    c("days.before", "less_than_sign", "day(-1)", "Day before", "Back along the coming days", "Look", "board"),
    c("cards.short", "full_stop", "cards", "Short cards", "Two lines a card, or as many as there is room for", "Look", "board"),
    c("quiet", "minus", "quiet", "Quiet cards", "Show the quiet cards of this column, or fold them into one line", "Look", "board"),
    c("mark", "space", "mark", "Mark", "Mark it for an action on several; again removes the mark", "Many at once", "board closed"),
    c("mark.range", "V", "mark_range", "Mark range", "Mark from here to where the cursor goes; V or Esc ends it", "Many at once", "board"),
    c("sweep", "Q", "sweep", "Sweep", "See all quiet cards, and close those that are over in one step", "Many at once", "board review", opens=True),
    c("sweep.take", "space", "take", "Tick", "Tick it, to be closed, or untick it", "Many at once", "sweep"),
    c("sweep.outcome", "x", "outcome", "Outcome", "Close it with another outcome; again for the next one", "Many at once", "sweep"),
    c("sweep.settle", "enter", "settle", "Close ticked", "Close all that are ticked, in one step (asks first)", "Many at once", "sweep", opens=True),
    c("order.down", "J shift+down", "reorder(1)", "Move down", "Move the card down in its column", "Order", "board"),
    c("order.up", "K shift+up", "reorder(-1)", "Move up", "Move the card up in its column", "Order", "board"),
    c("order.next", "S", "sort", "Sort", "Sort this column: urgency, day applied, company, salary; turn the list round", "Order", "board"),
    c("backups", "ctrl+g", "backups", "Backups", "See the backups, and restore one", "Program", "board", opens=True),
    c("backups.restore", "enter", "restore", "Restore", "Make the board what it was in this backup (asks first; u undoes)", "Backups", "backups", opens=True),
    c("backups.make", "a plus", "make", "Add backup", "Make a checked copy of the board now", "Backups", "backups"),
    c("settings", "comma", "settings", "Settings", "See and change the settings, keys and commands", "Program", "board", opens=True),
    c("settings.change", "enter e", "change", "Change", "Change this setting; it applies at once", "Settings", "settings", opens=True),
    c("settings.add", "a plus", "add_own", "Add", "Put a command of your own on a key", "Settings", "settings", opens=True),
    c("settings.reset", "D", "reset", "Reset", "Remove it from the config file: the default counts again", "Settings", "settings"),
    c("settings.editor", "E", "edit_file", "Editor", "Edit the whole config file in your editor", "Settings", "settings"),
    c("undo", "u", "applications:undo", "Undo", "Undo the last change", "Program", CHANGING),
    c("redo", "U", "applications:redo", "Redo", "Redo the last undone change", "Program", CHANGING),
    c("back", "escape", "back", "Back", "Go back; on the board, clear the filter", "Look", EVERYWHERE),
    c("help", "? f1", "app.help", "Help", "Show the keys for this screen", "Program", EVERYWHERE, opens=True),
    c("palette", "ctrl+p", "app.command_palette", "Commands", "Find any command by name", "Program", EVERYWHERE, opens=True),
    c("theme", "T", "app.next_theme", "Theme", "Switch theme; ctrl+p lists them all", "Program", "board"),
    c("quit", "q", "app.quit", "Quit", "Quit; your changes are saved", "Program", LEAVING),
)

BY_NAME: tuple[Command, ...] = (
    c("import", "", "app.import_file", "Import a file", "Import a table, LinkedIn’s zip or another export", "Program", "", opens=True),
    c("backup", "", "app.backup", "Back up the board now", "Make a checked copy, and say where it is", "Program", ""),
    c("search.rename", "", "rename_search", "Rename search", "Call the saved search that is shown otherwise", "Look", "board"),
    c("search.remove", "", "remove_search", "Remove search", "Forget the saved search that is shown (u undoes)", "Look", "board"),
    *(
        c(f"order.{order}", "", f"sort_by({order!r})", f"Sort by {words}", f"Sort this column by {words}", "Order", "board")
        for order, words in ORDER_WORDS.items()
    ),
)
"""Commands without a key: the palette finds them on their screens, or on every one."""
BARS: Mapping[str, str] = {
    "board": "add today filter closed chances quit help",
    "board.empty": "add closed palette quit help",
    "board.applied": "add interview replied write done today open help",
    "board.invited": "interview write prepare people done today open help",
    "board.before": "prepare interview done people write today open help",
    "board.after": "debrief replied interview write done today open help",
    "board.owing": "write done debrief replied interview today open help",
    "board.offer": "offer offers write done replied today open help",
    "board.marked": "mark move.right close snooze edit delete back help",
    "board.quiet": "close replied write note add today open help",
    "panel": "panel.tick cursor.down cursor.up back help",
    "today.empty": "back help",
    "today": "jump done write snooze due.group replied back help",
    "dossier": "interview replied write done note edit back help",
    "dossier.invited": "interview write prepare people done note back help",
    "dossier.before": "prepare interview done people write note back help",
    "dossier.after": "debrief replied interview write done note back help",
    "dossier.owing": "write done debrief replied interview note back help",
    "dossier.offer": "offer offers write done replied note back help",
    "dossier.quiet": "close replied write note edit back help",
    "dossier.closed": "reopen lesson write note edit back help",
    "closed.empty": "back help",
    "closed": "open reopen lesson write filter back help",
    "closed.marked": "mark reopen delete back help",
    "review": "open review.before review.next goal reminder sweep back help",
    "sweep.empty": "back help",
    "sweep": "sweep.settle sweep.take sweep.outcome posting employer back help",
    "chances": "behind compare figures back help",
    "behind": "open posting copy back help",
    "prepare": "prepare.tick point prepare.answer prepare.edit prepare.remove people back help",
    "draft": "draft.edit draft.copy draft.mail draft.sent draft.kind draft.editor back help",
    "offer": "offer.change offer.tick offer.add offers offer.accept offer.decline back help",
    "compare": "compare.ten compare.add compare.change compare.remove compare.open back help",
    "interviews.empty": "interview back help",
    "interviews": "meeting.change debrief interview meeting.people meeting.cancel meeting.not_held back help",
    "employer": "open employer.same employer.other posting copy undo back help",
    "import": "import.take import.change back help",
    "shelf.empty": "take back help",
    "shelf": "shelf.apply shelf.edit shelf.drop take posting employer back help",
    "mail": "mail.settle mail.take mail.alone mail.read mail.kind mail.card back help",
    "mail.empty": "mail.read back help",
    "backups.empty": "backups.make back help",
    "backups": "backups.restore backups.make undo redo back help",
    "settings": "settings.change settings.add settings.reset settings.editor back help",
    "people.empty": "person.add back help",
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
    "shelf": ("posting", "employer"),
    "review": ("done", "snooze", "skip"),
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


def moment_of(card: Card, today: date) -> str:
    """Where an application stands, as far as other commands matter there.

    One of "closed", "quiet", "applied", "invited" (no time is agreed yet), "before" and "after" an
    interview, "owing" (after one, with a message to write today), "offer".
    """
    if card.outcome is not None:
        return "closed"
    if card.stage is Stage.OFFER:
        return "offer"
    if card.is_quiet(today):
        return "quiet"
    if card.interview is not None:
        return "before" if card.interview.starts_at is not None else "invited"
    if card.stage in INTERVIEW_STAGES:
        if not card.met:
            return "invited"
        return "owing" if _is_to_write(card, today) else "after"
    return "applied"


def _is_to_write(card: Card, today: date) -> bool:
    """Whether a message is due, or late."""
    due = card.follow_up
    return due is not None and due.due_on <= today and bool(action_of(due.action).messages)


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


def key_name(key: str) -> str:
    """A key as people read it: "ctrl+p", "→", "shift+→", "?"."""
    modifiers, _, last = key.rpartition("+")
    if not last:
        return key
    name = last if len(last) == 1 or last == "enter" else format_key(last)
    return f"{modifiers}+{name}" if modifiers else name
