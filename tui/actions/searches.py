"""What is done with the saved searches of the board: kept under a name, renamed, forgotten."""

from collections.abc import Callable, Mapping

from store.read.searches import is_search
from store.rules.fields import SEARCH_NAME
from store.rules.text import Refused, clean, quoted
from tui.conversation import Act, Conversation
from tui.dialogs.line import Typed, line_dialog

_HINT = "A name for it, such as Remote or This week."


Show = Callable[[Mapping[str, str]], None]
"""Shows the searches that are kept now, before the board has been read again."""


def save(it: Conversation, query: str, kept: Mapping[str, str], show: Show) -> None:
    """Ask for the name under which `query` is kept beside the searches that are `kept` already."""
    it.run(_save(it, query, kept, show))


async def _save(it: Conversation, query: str, kept: Mapping[str, str], show: Show) -> None:
    names = []

    def read(text: str) -> tuple[str, str]:
        name = clean(text, SEARCH_NAME)
        before = next((found for known, found in kept.items() if is_search(known, name)), "")
        told = f"{name} finds: {query}"
        return name, f"{told} · in place of: {before}" if before else told

    def act(typed: Typed[str]) -> Act:
        names.append(next((known for known in kept if is_search(known, typed.value)), typed.value))
        return lambda p: p.save_search(typed.value, query)

    dialog = line_dialog("Save this search", _HINT, read)
    if await it.ask(dialog, act, told="Saved. [ and ] walk the saved searches."):
        show({**kept, names[-1]: query})


def rename(it: Conversation, name: str, kept: Mapping[str, str], show: Show) -> None:
    """Ask for another name for the search called `name`, one of those that are `kept`."""
    it.run(_rename(it, name, kept, show))


async def _rename(it: Conversation, name: str, kept: Mapping[str, str], show: Show) -> None:
    names = []

    def read(text: str) -> tuple[str, str]:
        new = clean(text, SEARCH_NAME)
        if any(is_search(known, new) for known in kept if known != name):
            raise Refused(f"There is a saved search {quoted(new)} already.")
        return new, f"{name} will be called {new}."

    def act(typed: Typed[str]) -> Act:
        names.append(typed.value)
        return lambda p: p.rename_search(name, typed.value)

    dialog = line_dialog(f"Rename the search {quoted(name)}", _HINT, read, name, editing=True)
    if await it.ask(dialog, act, told="Renamed. u undoes it."):
        show({names[-1] if each == name else each: query for each, query in kept.items()})


def remove(it: Conversation, name: str) -> None:
    """Forget the search called `name`."""
    told = f"The search {quoted(name)} is removed. u undoes it."
    it.write(lambda p: p.remove_search(name), told=told)
