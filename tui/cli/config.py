"""`rounds config`: every setting, its value, its default and where it comes from; to change one."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from shlex import quote
from typing import TYPE_CHECKING, Any

from store.config.file import ConfigFile, read_config
from store.config.overview import BOARD, DEFAULT, FILE, PRESET, SIGNATURE, Shown
from store.config.signature import read_signature
from store.config.table import SECTIONS
from store.errors import StoreError
from store.file.location import config_path
from store.rules.text import Refused, quoted
from tui.cli.call import Call
from tui.cli.source import edit, read_source
from tui.cli.words import Usage
from tui.config.changing import (
    Changed,
    begin_edit,
    change,
    find_place,
    show_all,
    take_text,
    unset,
)
from tui.config.table import all_mistakes

if TYPE_CHECKING:
    from argparse import ArgumentParser

_AGAIN = "rounds config --from"


def config_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "name",
        metavar="SETTING",
        nargs="?",
        help="its name, such as follow_ups.preset or keys.note; a section for all of it",
    )
    parser.add_argument("value", metavar="VALUE", nargs="*", default=[], help="the new value")
    parser.add_argument("--unset", metavar="SETTING", help="remove it: the default counts again")
    parser.add_argument(
        "--changed", action="store_true", help="only what is not as it is by default"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--edit", action="store_true", help="change the whole file in your editor")
    how.add_argument(
        "--from", dest="text_file", metavar="FILE", help="take the file’s text; - is standard input"
    )


def config(call: Call) -> int:
    """Show the settings, or change them."""
    words = call.words
    asked = [bool(words.value), words.unset is not None, words.edit or words.text_file is not None]
    if sum(asked) > 1 or (words.name is not None and any(asked[1:])):
        raise Usage("Give one of SETTING VALUE, --unset SETTING, --edit and --from FILE.")
    if words.edit or words.text_file is not None:
        return _take_all(call)
    if words.unset is not None:
        return _unset(call, words.unset)
    if words.value:
        return _set(call, words.name, " ".join(words.value))
    return _show(call)


def _show(call: Call) -> int:
    file = read_config(config_path())
    shown = show_all(file, _others(call))
    name = call.words.name
    if name is not None:
        shown = _find_named(shown, name)
    if call.words.changed:
        shown = [one for one in shown if one.is_chosen]
    if call.wants_json:
        _print_json(call, file, shown)
    elif name is not None and len(shown) == 1:
        _print_one(call, shown[0])
    elif shown:
        rows = [_row(one) for one in shown]
        call.out.table(("NAME", "VALUE", "DEFAULT", "FROM"), rows)
    else:
        call.out.say("Everything is as it is by default.")
    if file is not None:
        call.tell_mistakes(all_mistakes(file))
    return 0


def _find_named(shown: list[Shown], name: str) -> list[Shown]:
    """Those that `name` means: one, or all of a section."""
    below = [one for one in shown if one.name.startswith(f"{name}.")]
    if name in SECTIONS or (below and name.count(".") == 1 and not name.startswith("keys.")):
        return below
    try:
        place = find_place(name)
    except Refused as refused:
        raise Usage(str(refused)) from None
    if place.setting is not None:
        return [one for one in shown if one.setting.name == place.setting.name]
    found = [one for one in shown if one.setting.path()[:2] == place.path[:2]]
    if not found:
        raise Usage(f"There is no command on {quoted(place.path[1])} in the config file.")
    return found


def _set(call: Call, name: str, words: str) -> int:
    try:
        find_place(name)
    except Refused as refused:
        raise Usage(f"{refused} Nothing was written.") from None
    done = change(config_path(), name, words)
    at = f" ({config_path()}, line {done.line})" if done.line else f" ({config_path()})"
    value = done.now.value if done.now is not None else words
    call.out.say(f"{done.name} is now {_words(value)}; {_was(done.before)}{at}.")
    return _tell(call, done)


def _unset(call: Call, name: str) -> int:
    try:
        done = unset(config_path(), name)
    except Refused as refused:
        raise Usage(str(refused)) from None
    if done is None:
        call.out.say(f"{name} is not set in the config file: nothing was changed.")
        return 0
    now = f" It is {_words(done.now.value)} by default." if done.now is not None else ""
    call.out.say(f"{name} is no longer set; {_was(done.before)}.{now}")
    return _tell(call, done)


def _tell(call: Call, done: Changed) -> int:
    """Say what else comes of it."""
    for notice in done.notices:
        call.out.say(f"Note: {notice}")
    if done.name.startswith("follow_ups."):
        call.out.say("The next change on the board plans the follow-ups by it.")
    if call.wants_json:
        now = [done.now] if done.now is not None else []
        _print_json(call, read_config(config_path()), now)
    return 0


def _take_all(call: Call) -> int:
    """Have the whole file changed, and write it if all of it is right."""
    words, path = call.words, config_path()
    begun = None
    if words.text_file is None:
        begun = begin_edit(path)
        text = edit(call, begun.text, lambda file: f"{_AGAIN} {quote(str(file))}", ".toml")
        if text == begun.text == begun.there:
            call.out.say("Nothing changed.")
            return 0
    else:
        text = read_source(words.text_file)
    taken = take_text(path, text, begun)
    for mistake in taken.mistakes:
        at = f"Line {mistake.line}: " if mistake.line else ""
        call.out.say(f"{at}{mistake.what}")
    if taken.kept is not None:
        why = " It was changed elsewhere meanwhile." if taken.overtaken else ""
        over = ", and then writes over that" if taken.overtaken else ""
        raise Refused(
            f"The config file was not changed.{why} Your text is in "
            f"{quoted(str(taken.kept), 200)}: “rounds config --edit” goes on with it{over}."
        )
    call.out.say(f"Written to {path}.")
    if call.wants_json:
        file = read_config(path)
        _print_json(call, file, show_all(file, _others(call)))
    return 0


def _others(call: Call) -> Mapping[str, tuple[Any, str]]:
    """The values that come from elsewhere unless the file has them."""
    from store.read.glance import open_glance

    others: dict[str, tuple[Any, str]] = {}
    with suppress(StoreError):
        glance = open_glance(call.place, call.clock)
        if glance is not None:
            with closing(glance):
                if theme := glance.setting("theme"):
                    others["screen.theme"] = theme, BOARD
    with suppress(Refused):
        signed = read_signature(config_path().with_name("drafts"))
        if signed.file is not None:
            others["me.name"] = signed.name, SIGNATURE
            others["me.signature"] = signed.below, SIGNATURE
    return others


def _row(one: Shown) -> tuple[str, str, str, str]:
    return (one.name, _words(one.value), _default_words(one), _source_words(one))


def _default_words(one: Shown) -> str:
    if one.default is None:
        return "–"
    if one.setting.of_preset is None or one.name == one.default_name:
        return _words(one.default)
    return f"{_words(one.default)} ({one.setting.key})"


def _source_words(one: Shown) -> str:
    match one.source:
        case "file":
            return f"line {one.line}" if one.line else "the config file"
        case "preset":
            return f"preset {one.preset}"
        case "board":
            return "the board, by T"
        case "signature":
            return "drafts/signature.txt"
    return "default"


def _words(value: Any) -> str:
    """A value as it is read and typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(_words, value)) or "–"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_words(each)}" for key, each in value.items())
    return " / ".join(str(value).split("\n")) if value not in (None, "") else "–"


def _was(before: Any) -> str:
    """What a setting was before."""
    words = _words(before)
    return "it was not set before" if words == "–" else f"it was {words} before"


def _print_one(call: Call, one: Shown) -> None:
    call.out.line(f"{one.name}  {_words(one.value)}")
    call.out.line(f"  {one.setting.what}")
    call.out.line(f"  default: {_default_words(one)}; from: {_source_words(one)}")
    if choices := one.setting.kind.choices():
        call.out.line(f"  one of: {', '.join(_first(choices))}")


def _first(choices: Iterable[str]) -> Iterator[str]:
    for place, choice in enumerate(choices):
        if place == _CHOICES_AT_MOST:
            yield "…"
            return
        yield choice


_CHOICES_AT_MOST = 30


def _print_json(call: Call, file: ConfigFile | None, shown: Iterable[Shown]) -> None:
    from tui.config.keys import keymap_of

    path = config_path()
    call.out.json(
        "config",
        {
            "path": str(path),
            "there": file is not None,
            "settings": [_shape(one) for one in shown],
            "mistakes": [
                {"text": mistake.what, "line": mistake.line}
                for mistake in (all_mistakes(file) if file is not None else ())
            ],
            "notices": list(keymap_of(file).notices) if file is not None else [],
        },
    )


_SOURCES = (DEFAULT, PRESET, FILE, BOARD, SIGNATURE)


def _shape(one: Shown) -> dict[str, Any]:
    assert one.source in _SOURCES
    return {
        "name": one.name,
        "value": one.value,
        "default": one.default,
        "source": one.source,
        "line": one.line,
        "what": one.setting.what,
    }
