"""Work that every test would do anew, and that comes out the same: done once in each process, or
left undone."""

from typing import Any

import pytest


def read_styles_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all programs of this process share what style sheets were read as: a fifth of the time
    that a program takes to start."""
    from textual.css.stylesheet import Stylesheet
    from textual.dom import DOMNode

    parse, read, default_css = Stylesheet.parse, Stylesheet._parse_rules, DOMNode._get_default_css
    sheets: dict[object, Any] = {}
    known: dict[object, Any] = {}

    def parse_once(self: Stylesheet) -> None:
        key = (*self.source.items(), *self._variables.items())
        if key not in sheets:
            parse(self)
            sheets[key] = self._rules
        self._rules = sheets[key]
        self._require_parse = False
        self._rules_map = None

    def parse_rules(self: Stylesheet, *sheet: Any, **more: Any) -> Any:
        key = (sheet, *more.items(), *self._variables.items())
        if key not in known:
            known[key] = read(self, *sheet, **more)
        return known[key]

    monkeypatch.setattr(Stylesheet, "parse", parse_once)
    monkeypatch.setattr(Stylesheet, "_parse_rules", parse_rules)
    of_kinds: dict[type, Any] = {}

    def default_css_once(self: DOMNode) -> Any:
        if (found := of_kinds.get(type(self))) is None:
            found = of_kinds[type(self)] = default_css(self)
        return found

    monkeypatch.setattr(DOMNode, "_get_default_css", default_css_once)


class _Found(dict[object, Any]):
    """What Textual keeps while it dresses several widgets, with a name of ours for what it seeks:
    the styles that `name` was given by `rules`."""

    def __init__(self, styles: dict[object, Any], name: object) -> None:
        self.styles = styles
        self.name = name

    def get(self, *_: object) -> Any:
        found = self.styles.get(self.name)
        return None if found is None else dict(found)

    def __setitem__(self, _: object, found: Any) -> None:
        self.styles[self.name] = dict(found)


def find_styles_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let widgets share the styles that their like were given before: those of the same class,
    name and state, within the same, under the same rules. Most tests open the same few screens.

    Needs `read_styles_once`: rules are the same if they are the same list.
    """
    from textual.css.stylesheet import Stylesheet
    from textual.dom import DOMNode

    apply, rules_of = Stylesheet.apply, Stylesheet.rules.fget
    maps: dict[int, Any] = {}
    eligible: dict[object, tuple[list[Any], list[str], list[str]]] = {}
    styles: dict[object, Any] = {}
    few: list[Any] = []  # that the widget may have which is about to be dressed

    def rules(self: Stylesheet) -> Any:
        return few.pop() if few else rules_of(self)

    def choose(all_of_them: list[Any], meant: set[Any]) -> tuple[list[Any], list[str], list[str]]:
        """The rules that are meant, and the states that they ask of a widget, and of those it is
        in."""
        chains = [chain.selectors for rule in meant for chain in rule.selector_set]
        above = {state for chain in chains for link in chain[:-1] for state in link.pseudo_classes}
        own = above | {state for chain in chains for state in chain[-1].pseudo_classes}
        return [rule for rule in all_of_them if rule in meant], list(own), list(above)

    def seen(node: Any, states: list[str]) -> tuple[object, ...]:
        """All that a rule can ask of `node`."""
        checks = node._PSEUDO_CLASSES
        return (
            node._css_type_names,
            node._id,
            node.classes,
            *[state for state in states if state in checks and checks[state](node)],
        )

    def apply_once(self: Stylesheet, node: Any, *, animate: bool = False, **_: Any) -> None:
        all_of_them = rules_of(self)
        which = id(all_of_them)
        if which not in maps:
            maps[which] = all_of_them, self.rules_map  # kept, and with it what `id` says
        self._rules_map = by_name = maps[which][1]
        names = frozenset(node._selector_names)
        if (found := eligible.get((which, names))) is None:
            meant = {rule for name in by_name.keys() & names for rule in by_name[name]}
            found = eligible[which, names] = choose(all_of_them, meant)
        here, own, above = found
        name: list[object] = [which, seen(node, own)]
        within = node
        while isinstance(within := within._parent, DOMNode):
            name.append(seen(within, above))
        few.append(here)
        apply(self, node, animate=animate, cache=_Found(styles, tuple(name)))

    monkeypatch.setattr(Stylesheet, "rules", property(rules))
    monkeypatch.setattr(Stylesheet, "apply", apply_once)


def hand_on_only_what_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no widget look again for what handles a message where its class has nothing that does,
    and log no message: nobody reads that log."""
    import textual.message_pump
    from textual.message import Message
    from textual.message_pump import MessagePump

    look = MessagePump._get_dispatch_methods
    heard: dict[tuple[type, str, type], bool] = {}

    def is_heard(pump: type, name: str, message: type) -> bool:
        kinds = {kind for kind in message.__mro__ if issubclass(kind, Message)}
        return any(
            vars(each).get(f"_{name}") is not None
            or vars(each).get(name) is not None
            or not kinds.isdisjoint(vars(each).get("_decorated_handlers") or ())
            for each in pump.__mro__
        )

    def look_once(self: MessagePump, method_name: str, message: Message) -> Any:
        key = type(self), method_name, type(message)
        if (found := heard.get(key)) is None:
            found = heard[key] = is_heard(*key)
        return look(self, method_name, message) if found else ()

    class Silence:
        def __call__(self, *_: object, **__: object) -> None: ...

        def __getattr__(self, _: str) -> "Silence":
            return self

        def verbosity(self, _: bool) -> "Silence":
            return self

    monkeypatch.setattr(MessagePump, "_get_dispatch_methods", look_once)
    monkeypatch.setattr(textual.message_pump, "log", Silence())


def compile_statements_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all boards of this process share their compiled statements: a program has one engine,
    the tests thousands, and half of a first change is spent on compiling."""
    import store.file.engine

    create = store.file.engine.create_engine
    first: list[Any] = []

    def create_engine(*args: Any, **options: Any) -> Any:
        engine = create(*args, **options)
        if first:
            engine.dialect = engine.pool._dialect = first[0].dialect
            engine._compiled_cache = first[0]._compiled_cache
        else:
            first.append(engine)
        return engine

    monkeypatch.setattr(store.file.engine, "create_engine", create_engine)


def wait_for_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let writers of this process not wait until the disk has what they wrote, as only a power cut
    would tell: a third of the time that the tests of the store and the command line take.

    Where the disk is what a test is about, `waits_for_the_disk` lets them wait.
    """
    import store.file.engine

    connect = store.file.engine.connect

    def connect_at_once(*args: Any, **options: Any) -> Any:
        connection = connect(*args, **options)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    monkeypatch.setattr(store.file.engine, "connect", connect_at_once)
