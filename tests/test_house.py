"""How the house is built: no circle of imports, all of them downwards, shallow classes, names that
lead somewhere, tests in the same tree, and what a quick command may load.
"""

import ast
import os
import pwd
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path

import pytest
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from store.file.location import config_path, data_folder
from tests.stillness import PATIENCE
from tests.tables import each_row
from tui.cli.run import run
from tui.cli.table import BOARD
from tui.cli.table import COMMANDS as WORDS
from tui.commands import BARS, COMMANDS, OWN_WAY, commands_for
from tui.rounds import ROUTES, resolve

PROJECT = Path(__file__).parents[1]
MODULES = {
    ".".join(file.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): file
    for room in ("store", "tui")
    for file in sorted((PROJECT / room).rglob("*.py"))
}
LIVING = [file for file in MODULES.values() if "migrations" not in file.parts]
"""Those whose names may change: a migration stays as it once ran."""
LOADABLE = [name for name in MODULES if not name.endswith("__main__") and "migrations" not in name]
ABOVE_AT_MOST = 3
"""Classes of our own that a class may stand on."""
IN_A_FOLDER_AT_MOST = 20
"""Modules of the program, its style sheets among them, or files of tests in one folder."""
SIDE_BY_SIDE = {"Pipeline"}
"""All use cases under one name: it joins what stands side by side, and adds nothing."""


@cache
def nodes(file: Path) -> list[ast.AST]:
    """All that a module is made of."""
    return list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


def imported(file: Path) -> Iterator[str]:
    """The modules of ours that `file` imports: anywhere in it, for its types alone too."""
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else node.module for name in whole)


def test_no_modules_import_each_other_in_a_circle() -> None:
    order = TopologicalSorter({name: {*imported(file)} for name, file in MODULES.items()})
    order.prepare()  # raises CycleError, which names the modules of a circle


IRREGULAR = frozenset((
    "begun", "bought", "broken", "brought", "built", "chosen", "done", "drawn", "fallen", "felt",
    "found", "given", "gone", "got", "heard", "held", "hidden", "kept", "known", "laid", "led",
    "left", "lost", "made", "meant", "met", "paid", "said", "seen", "sent", "shown", "sold",
    "sought", "spoken", "spelt", "swept", "taken", "thrown", "told", "torn", "understood", "worn",
    "written",
))  # fmt: skip
"""Participles that do not end in -ed."""
VERBS = frozenset(("embed", "exceed", "feed", "heed", "need", "proceed", "seed", "speed"))
"""Verbs that do."""
AFTER_A_PARTICIPLE = frozenset((
    "as", "at", "away", "back", "before", "by", "for", "in", "last", "meanwhile", "of", "off", "on",
    "out", "to", "unknown", "up", "with",
))  # fmt: skip
"""What makes a participle of the word before it, where another word makes it an adjective: what is
`folded_by`, and a `folded_role`."""
NOUNS = frozenset((
    "anything", "beginning", "ending", "heading", "incoming", "mapping", "meaning", "morning",
    "nothing", "posting", "reading", "setting", "standing", "writing",
))  # fmt: skip
"""Things that end in -ing."""
PARTICIPLES = {
    "quoted": "`quote` is the shell's: where texts are quoted for it, both are imported",
    "_done": "a step of the sample is called so in its file",
    "_invited": "a step of the sample is called so in its file",
    "_replied": "a step of the sample is called so in its file",
}
"""Functions that may be called by a participle, with the reason."""


def is_participle(name: str) -> bool:
    """Whether a function's name says what was done rather than what it does."""
    first, *rest = name.strip("_").split("_")
    if rest and rest[0] not in AFTER_A_PARTICIPLE:
        return False
    if first.endswith("ing") and not rest:
        return len(first) > len("string") and first not in NOUNS
    return first in IRREGULAR or (first.endswith("ed") and len(first) > 4 and first not in VERBS)


def participles(code: Iterable[ast.AST]) -> list[str]:
    """The functions in `code` that are called by a participle. Properties are values, and what
    answers yes or no may be an adjective."""
    return [
        node.name
        for node in code
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("__")
        and is_participle(node.name)
        and node.name not in PARTICIPLES
        and (node.returns is None or ast.unparse(node.returns) != "bool")
        and not any("property" in ast.unparse(each) for each in node.decorator_list)
    ]


def test_functions_are_called_by_verbs_or_nouns() -> None:
    assert not wrong(LIVING, lambda file: participles(nodes(file)))


@each_row(
    ("name", "seen"),
    [
        ("told", True),
        ("_kept", True),
        ("laid_out", True),
        ("replaced", True),
        ("fitting", True),
        ("heading", False),
        ("folded_role", False),
        ("read", False),
        ("feed", False),
        ("bring", False),
        ("tell", False),
        ("was_told", False),
    ],
)
def test_a_participle_is_seen(name: str, seen: bool) -> None:
    assert is_participle(name) is seen


ROW_AND_VALUE = {
    "Goal": "the row of the table, and the goal of one week with what is done of it",
    "Reminder": "the row of the table, and the reminder as it is shown",
    "TimelineEntry": "the row of the table, and the entry as it is shown",
}
"""Class names that stand for two things, with the reason: a row is called as its table."""


def test_a_class_name_stands_for_one_thing() -> None:
    named = Counter(
        name
        for file in LIVING
        for name in {
            node.name.strip("_")
            for node in ast.parse(file.read_text(encoding="utf-8")).body
            if isinstance(node, ast.ClassDef)
        }
    )
    assert {name for name, many in named.items() if many > 1} == {*ROW_AND_VALUE}


def above(kind: type) -> list[type]:
    return [base for base in kind.__mro__[1:] if base.__module__ in MODULES]


def test_no_class_stands_on_more_than_three_of_ours() -> None:
    deep = {
        f"{module}.{name}": [base.__name__ for base in above(kind)]
        for module in LOADABLE
        for name, kind in getmembers(import_module(module), isclass)
        if kind.__module__ == module and name not in SIDE_BY_SIDE
        if len(above(kind)) > ABOVE_AT_MOST
    }
    assert not deep


PLACES = [
    *(f"tui.actions.{command.does}" for command in COMMANDS if ":" in command.does),
    *ROUTES.values(),
    *(f"tui.cli.{does}" for does in (BOARD, *(entry.does for entry in WORDS.values()))),
]


def test_every_name_in_a_table_leads_to_something_that_can_be_called() -> None:
    for place in sorted(set(PLACES)):
        assert callable(resolve(place)), place


def test_key_bars_and_own_ways_name_commands_that_the_screen_offers() -> None:
    for where in BARS:
        screen = where.partition(".")[0]
        named_there = {*BARS[where].split(), *OWN_WAY.get(screen, ())}
        assert named_there <= {c.id for c in commands_for(screen)}, where


def every_kind_of(kind: type) -> Iterator[type]:
    for below in kind.__subclasses__():
        yield below
        yield from every_kind_of(below)


def test_every_handler_is_called_by_a_message() -> None:
    """Textual finds it by the name of the message's class: renamed alone, nobody hears it."""
    loaded = [import_module(module) for module in LOADABLE]
    known = {kind.handler_name for kind in every_kind_of(Message)}
    known |= {name for kind in (App, Screen, Widget) for name in dir(kind)}
    assert not [
        f"{kind.__qualname__}.{name}"
        for module in loaded
        for _, kind in getmembers(module, isclass)
        if issubclass(kind, MessagePump) and kind.__module__ in MODULES
        for name in vars(kind)
        if name.startswith(("on_", "_on_")) and name.removeprefix("_") not in known
    ]


def test_the_tests_lie_in_the_same_tree() -> None:
    tests = PROJECT / "tests"
    folders = {file.parent.relative_to(tests) for file in tests.rglob("test_*.py")}
    mirrored = [folder for folder in folders if folder.parts[:1] in (("store",), ("tui",))]
    assert not [folder for folder in mirrored if not (PROJECT / folder).is_dir()]


@each_row(
    ("room", "names"),
    [("store", ("*.py",)), ("tui", ("*.py", "*.tcss")), ("tests", ("test_*.py",))],
)
def test_no_folder_is_crowded(room: str, names: tuple[str, ...]) -> None:
    files = [file for name in names for file in (PROJECT / room).rglob(name)]
    folders = Counter(path_of(file.parent) for file in files)
    crowded = {name: many for name, many in folders.items() if many > IN_A_FOLDER_AT_MOST}
    assert not crowded


def test_every_page_that_is_opened_by_name_has_a_route() -> None:
    opened = {
        node.args[0].value
        for file in MODULES.values()
        for node in nodes(file)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if ast.unparse(node.func).endswith(("rounds.open", "self.open"))
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert opened == set(ROUTES)


RULES = sorted((PROJECT / "store" / "rules").rglob("*.py"))
HEAVY = ("textual", "rich", "sqlmodel", "sqlalchemy", "alembic", "pydantic", "dateutil", "tomllib")


def path_of(file: Path) -> str:
    return str(file.relative_to(PROJECT))


def full_names(file: Path) -> Iterator[str]:
    """The full names of the modules that `file` imports anywhere in it."""
    package = file.relative_to(PROJECT).parent.parts
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join((*above, *filter(None, [node.module])))


def wrong(files: Iterable[Path], found: Callable[[Path], list[str]]) -> dict[str, list[str]]:
    """What is found in each of the files where anything is."""
    return {path_of(file): what for file in files if (what := found(file))}


def test_the_store_never_looks_at_the_screen() -> None:
    def upwards(file: Path) -> list[str]:
        return [name for name in full_names(file) if name.split(".")[0] == "tui"]

    assert not wrong((PROJECT / "store").rglob("*.py"), upwards)


def test_the_rules_import_nothing_but_rules() -> None:
    def others(file: Path) -> list[str]:
        return [
            name
            for name in full_names(file)
            if name.split(".")[0] not in (*sys.stdlib_module_names, "dateutil")
            if not f"{name}.".startswith("store.rules.")
        ]

    assert not wrong(RULES, others)


def test_the_rules_ask_no_clock() -> None:
    def asked(file: Path) -> list[str]:
        return [
            ast.unparse(node)
            for node in nodes(file)
            if isinstance(node, ast.Attribute)
            and node.attr in ("now", "utcnow", "today", "time_ns")
            if isinstance(node.value, ast.Name) and node.value.id in ("datetime", "date", "time")
        ]

    assert not wrong(RULES, asked)


OUTSIDE_THE_RULES = sorted(
    file
    for room in ("store", "tui")
    for file in (PROJECT / room).rglob("*.py")
    if not file.is_relative_to(PROJECT / "store" / "rules")
    and not file.is_relative_to(PROJECT / "store" / "migrations")
)
RULE = re.compile(r"\bR\d+\b")


def rule_numbers(code: list[ast.AST]) -> list[str]:
    """The texts in `code` that name a rule; docstrings, which only say where a thing stands in the
    knowledge, may."""
    spoken = {
        id(node.value)
        for node in code
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in code
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in spoken
        and RULE.search(node.value)
    ]


def test_rule_numbers_stand_only_in_the_rules() -> None:
    assert not wrong(OUTSIDE_THE_RULES, lambda file: rule_numbers(nodes(file)))


@each_row(
    ("code", "found"),
    [
        ('"""By R7."""\nx = 1', []),
        ('x = "R7"', ["R7"]),
        ("sql = f\"rule IN ('R7', {x})\"", ["rule IN ('R7', "]),
        ('x = {"R1": 2}\nclass A:\n    """R2."""', ["R1"]),
        ('x = "R2D2 and AR7"', []),
    ],
)
def test_a_rule_number_is_seen_wherever_it_stands(code: str, found: list[str]) -> None:
    assert rule_numbers(list(ast.walk(ast.parse(code)))) == found


def loaded(code: str, board: Path) -> set[str]:
    """The names of the top-level modules that are loaded once `code` has run."""
    report = "\nimport sys\nprint('\\nLOADED', *sorted({n.split('.')[0] for n in sys.modules}))"
    return set(printed(code + report, board).rpartition("LOADED ")[2].split())


def printed(code: str, board: Path) -> str:
    """What a process of its own prints that runs `code`, with `board` as its board."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env={**os.environ, "ROUNDS_DB": str(board)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A board with something on it that is late."""
    path = tmp_path_factory.mktemp("layers") / "board.db"
    for words in (["Globex", "Engineer", "--applied", "-14d"], ["Initech", "Engineer"]):
        assert run(["--db", str(path), "add", *words]) == 0
    return path


QUICK = (
    "--version",
    "--help",
    "nonsense",
    "due",
    "due --line",
    "due --json",
    "due --check --days 7",
    "list",
    "list --json --search globex",
)
CHANGING = "note 1 x", "edit globex --salary 1", "point 1 concern x"


def loaded_by(commands: Iterable[str], board: Path) -> dict[str, set[str]]:
    """What each command loads that those before it, in the same process, have not."""
    calls = "".join(
        f"\nrun({line.split()})\nprint('\\nLOADED', *sorted(names() - known)); known |= names()"
        for line in commands
    )
    begin = (
        "import sys\nfrom tui.cli.run import run\nknown = set()\n"
        "names = lambda: {name.split('.')[0] for name in sys.modules}"
    )
    told = printed(begin + calls, board).split("\nLOADED")[1:]
    return dict(zip(commands, [set(part.split("\n")[0].split()) for part in told], strict=True))


def test_quick_commands_load_nothing_heavy(board: Path) -> None:
    found = loaded_by(QUICK, board)
    assert {"tui", "store"} <= found[QUICK[0]]
    assert {line: heavy for line, new in found.items() if (heavy := new.intersection(HEAVY))} == {}


def test_the_rules_load_neither_database_nor_screen(board: Path) -> None:
    modules = [".".join(file.relative_to(PROJECT).with_suffix("").parts) for file in RULES]
    code = "".join(f"import {module.removesuffix('.__init__')}\n" for module in modules)
    assert not loaded(code, board).intersection(
        {"textual", "sqlmodel", "sqlalchemy", "alembic", "sqlite3"}
    )


def test_changing_the_board_loads_no_screen(board: Path) -> None:
    found = loaded_by(CHANGING, board)
    assert "sqlmodel" in found[CHANGING[0]]
    assert [line for line, new in found.items() if "textual" in new] == []


def test_the_tests_leave_the_home_of_whoever_runs_them_alone() -> None:
    own = Path(pwd.getpwuid(os.getuid()).pw_dir)
    assert own not in (*data_folder().parents, *config_path().parents)
