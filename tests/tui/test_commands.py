"""One table of commands: keys never clash, everything has words, every action exists."""

from tests.tables import each_row
from tui.app import RoundsApp
from tui.board.screen import BoardScreen
from tui.board.sweep import SweepScreen
from tui.commands import COMMANDS, binding_ids, bindings_for, commands_for, key_name
from tui.pages.chances import BehindScreen, ChancesScreen
from tui.pages.closed import ClosedScreen
from tui.pages.dossier import DossierScreen
from tui.pages.draft import DraftEditor, DraftScreen
from tui.pages.employer import EmployerScreen
from tui.pages.intake.mail import MailScreen
from tui.pages.intake.shelf import ShelfScreen
from tui.pages.intake.table import TableScreen
from tui.pages.interviews.interviews import InterviewsScreen
from tui.pages.interviews.prepare import PrepareScreen
from tui.pages.offers.compare import CompareScreen
from tui.pages.offers.offer import OfferScreen
from tui.pages.people import PeopleScreen
from tui.pages.review import ReviewScreen
from tui.pages.settings.backups import BackupsScreen
from tui.pages.settings.settings import SettingsScreen
from tui.pages.today import TodayScreen

SCREENS = {
    "board": BoardScreen,
    "panel": BoardScreen,
    "today": TodayScreen,
    "dossier": DossierScreen,
    "closed": ClosedScreen,
    "sweep": SweepScreen,
    "backups": BackupsScreen,
    "chances": ChancesScreen,
    "behind": BehindScreen,
    "prepare": PrepareScreen,
    "draft": DraftScreen,
    "typing": DraftEditor,
    "offer": OfferScreen,
    "compare": CompareScreen,
    "interviews": InterviewsScreen,
    "people": PeopleScreen,
    "employer": EmployerScreen,
    "import": TableScreen,
    "shelf": ShelfScreen,
    "mail": MailScreen,
    "review": ReviewScreen,
    "settings": SettingsScreen,
}
ISSUE_KEYS = [
    "left",
    "down",
    "up",
    "right",
    "h",
    "j",
    "k",
    "l",
    "g",
    "G",
    "1",
    "2",
    "3",
    "4",
    "L",
    "H",
    "shift+left",
    "shift+right",
    "m",
    "a",
    "e",
    "enter",
    "i",
    "n",
    "r",
    "d",
    "z",
    "x",
    "D",
    "o",
    "y",
    "u",
    "U",
    "/",
    "t",
    "p",
    "?",
    "ctrl+p",
    "q",
    "c",
    "f",
    "J",
    "K",
    "tab",
]


@each_row("where", SCREENS)
def test_no_key_means_two_things_on_one_screen(where):
    keys = [binding.key for binding in bindings_for(where)]
    assert len(keys) == len(set(keys))


def test_ids_are_unique_and_each_key_has_its_own():
    ids = [name for command in COMMANDS for name, _ in binding_ids(command)]
    assert len(ids) == len(set(ids))
    assert {"move.right", "move.right.2"} <= set(ids)


@each_row("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_is_told_in_words(command):
    assert command.label
    assert command.tooltip
    assert command.group
    assert command.where
    assert set(command.where) <= set(SCREENS)
    assert command.keys


@each_row("where", SCREENS)
def test_every_command_can_be_carried_out_where_it_is_offered(where):
    for command in commands_for(where):
        name = command.action.partition("(")[0]
        owner = RoundsApp if name.startswith("app.") else SCREENS[where]
        assert hasattr(owner, f"action_{name.removeprefix('app.')}"), command.id


def test_the_board_has_every_key_that_was_asked_for():
    keys = {key for command in commands_for("board") for key in command.keys}
    assert set(ISSUE_KEYS) <= keys


def test_bindings_carry_tooltip_and_group():
    for binding in bindings_for("board"):
        assert binding.tooltip
        assert binding.group is not None


@each_row(
    ("key", "name"),
    [
        ("a", "a"),
        ("L", "L"),
        ("shift+right", "shift+→"),
        ("ctrl+p", "ctrl+p"),
        ("escape", "esc"),
        ("?", "?"),
        ("/", "/"),
        ("pagedown", "pgdn"),
    ],
)
def test_a_key_is_named_as_people_read_it(key, name):
    assert key_name(key) == name


ONE_VERB = {
    "A": (
        "takes what they have to offer: a posting, an offer",
        "offer.accept take",
    ),
    "B": (
        "looks back on what is over, and carries over what was learned: a lesson, an open concern",
        "lesson prepare.carry",
    ),
    "D": (
        "removes what is here: an application, a posting, a line, a person, a draft",
        "compare.remove delete draft.throw mail.drop offer.remove person.remove prepare.remove "
        "settings.reset shelf.drop task.remove",
    ),
    "E": (
        "opens what stands behind: the employer of an application, the editor of a text",
        "draft.editor employer settings.editor",
    ),
    "S": (
        "arranges what is here: a column or the list in an order, a list or a chart by groups",
        "compare due.group order.next",
    ),
    "M": (
        "the mail; on the interviews, where no mail is, that one did not take place",
        "mail meeting.not_held",
    ),
    "W": (
        "the week; on an interview and a message, where no week is, says who it is",
        "draft.name meeting.people review",
    ),
    "a": (
        "adds what belongs here",
        "add backups.make compare.add mail.read offer.add person.add prepare.answer settings.add "
        "shelf.apply",
    ),
    "ctrl+k": (
        "picks another type of message",
        "draft.kind mail.kind",
    ),
    "ctrl+r": (
        "picks whom a message belongs to",
        "draft.recipient mail.card",
    ),
    "ctrl+s": (
        "keeps what was typed: a message, a search under a name",
        "search.save typing.keep",
    ),
    "d": (
        "marks as done, or does: a follow-up, a task handed in, a message sent, what one says",
        "done draft.sent mail.alone task.handed_in",
    ),
    "e": (
        "edits what is here",
        "compare.change draft.edit edit import.change mail.change meeting.change offer.change "
        "person.edit prepare.edit settings.change shelf.edit",
    ),
    "enter": (
        "opens what is under the cursor; where that is one line, to edit it; in the sweep, the "
        "mail, before an import and among the backups, which are one question, to answer it",
        "backups.restore behind compare.open draft.edit import.take jump mail.settle "
        "meeting.change offer.change open person.edit prepare.edit settings.change shelf.edit "
        "sweep.settle",
    ),
    "escape": (
        "leaves; what was typed is kept",
        "back typing.keep",
    ),
    "greater_than_sign": (
        "goes on in time: by a day, by a week",
        "days.next review.next",
    ),
    "h": (
        "goes left; in the weeks to the one before",
        "compare.left cursor.left review.before",
    ),
    "l": (
        "goes right; in the weeks to the one after",
        "compare.right cursor.right review.next",
    ),
    "left": (
        "goes left; in the weeks to the one before",
        "compare.left cursor.left review.before",
    ),
    "less_than_sign": (
        "goes back in time: by a day, by a week",
        "days.before review.before",
    ),
    "o": (
        "opens it outside: a posting in the browser, a message in the mail program",
        "draft.mail posting",
    ),
    "plus": (
        "adds a point, an item, a criterion, a backup, a goal, a command",
        "backups.make compare.add goal offer.add point settings.add",
    ),
    "right": (
        "goes right; in the weeks to the one after",
        "compare.right cursor.right review.next",
    ),
    "shift+tab": (
        "goes to the other part: panel, field",
        "panel.enter typing.next",
    ),
    "space": (
        "ticks or marks what is under the cursor",
        "mail.take mark offer.tick panel.tick prepare.tick sweep.take",
    ),
    "tab": (
        "goes to the other part: panel, field",
        "panel.enter typing.next",
    ),
    "x": (
        "ends an application with an outcome; on an offer, which is to decline it",
        "close offer.decline sweep.outcome",
    ),
    "y": (
        "copies what is here: company and link, an address, a text",
        "copy draft.copy person.copy",
    ),
}
"""The keys that several commands have: the one verb that they share, and the commands."""


def test_a_key_that_several_commands_have_is_one_verb():
    """A new command gets a key of its own, or fits the verb and is added to its line."""
    commands: dict[str, set[str]] = {}
    for command in COMMANDS:
        for key in command.keys:
            commands.setdefault(key, set()).add(command.id)
    shared = {key: " ".join(sorted(ids)) for key, ids in commands.items() if len(ids) > 1}
    assert shared == {key: ids for key, (_, ids) in ONE_VERB.items()}
