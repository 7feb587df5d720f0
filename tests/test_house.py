"""How the house is built: no circle of imports, shallow classes, and names that lead somewhere."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path

import pytest

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
LOADABLE = [name for name in MODULES if not name.endswith("__main__") and "migrations" not in name]
ABOVE_AT_MOST = 3
"""Classes of our own that a class may stand on."""
SIDE_BY_SIDE = {"Pipeline"}
"""All use cases under one name: it joins what stands side by side, and adds nothing."""


def imported(file: Path) -> Iterator[str]:
    """The modules of ours that `file` imports: anywhere in it, for its types alone too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else node.module for name in whole)


def test_no_modules_import_each_other_in_a_circle() -> None:
    order = TopologicalSorter({name: {*imported(file)} for name, file in MODULES.items()})
    order.prepare()  # raises CycleError, which names the modules of a circle


def above(kind: type) -> list[type]:
    return [base for base in kind.__mro__[1:] if base.__module__ in MODULES]


@pytest.mark.parametrize("module", LOADABLE)
def test_no_class_stands_on_more_than_three_of_ours(module: str) -> None:
    deep = {
        name: [base.__name__ for base in above(kind)]
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


@pytest.mark.parametrize("place", sorted(set(PLACES)))
def test_every_name_in_a_table_leads_to_something_that_can_be_called(place: str) -> None:
    assert callable(resolve(place))


@pytest.mark.parametrize("where", BARS)
def test_key_bars_and_own_ways_name_commands_that_the_screen_offers(where: str) -> None:
    screen = where.partition(".")[0]
    named_there = {*BARS[where].split(), *OWN_WAY.get(screen, ())}
    assert named_there <= {c.id for c in commands_for(screen)}


def test_every_page_that_is_opened_by_name_has_a_route() -> None:
    opened = {
        node.args[0].value
        for file in MODULES.values()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if ast.unparse(node.func).endswith(("rounds.open", "self.open"))
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert opened == set(ROUTES)
